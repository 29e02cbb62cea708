"""Embedding a face: a subset of its glyphs as one composite font, every character with a code of its own.

Type 0 with Identity-H (ISO 32000-1 §9.7): two bytes a character, so that a line is one string whatever its characters;
a ToUnicode map gives the text back.
"""

from __future__ import annotations

import hashlib
import struct
import sys
from array import array
from collections.abc import Iterator
from functools import lru_cache

from govdoc.export.pdf_file import PdfFile, name
from govdoc.fonts import Face
from govdoc.fonts.sfnt import UnreadableFontError

_KEPT = ("cvt ", "fpgm", "prep")
_MORE_COMPONENTS, _WORDS, _SCALE, _XY_SCALE, _TWO_BY_TWO = 0x20, 0x01, 0x08, 0x40, 0x80


class _Outlines:
    """The tables of a face that its subsets are cut from."""

    def __init__(self, face: Face) -> None:
        self.tables = {tag: _optional(face, tag) for tag in ("head", "hhea", "maxp", *_KEPT)}
        (long,) = struct.unpack_from(">h", self.tables["head"], 50)
        raw = face.sfnt.table("loca")
        kind, size, factor = ("L", 4, 1) if long else ("H", 2, 2)
        count = len(raw) // size
        self.loca = [offset * factor for offset in struct.unpack(f">{count}{kind}", raw[: count * size])]
        self.glyf = face.sfnt.table("glyf")
        (self.full,) = struct.unpack_from(">H", self.tables["hhea"], 34)
        self.hmtx = face.sfnt.table("hmtx")

    def glyph(self, number: int) -> bytes:
        return self.glyf[self.loca[number] : self.loca[number + 1]] if number + 1 < len(self.loca) else b""

    def metrics(self, number: int) -> bytes:
        """Advance and left bearing, as hmtx has them."""
        if number < self.full:
            return self.hmtx[4 * number : 4 * number + 4]
        at = 4 * self.full + 2 * (number - self.full)
        return self.hmtx[4 * self.full - 4 : 4 * self.full - 2] + (self.hmtx[at : at + 2] or b"\0\0")


def _optional(face: Face, tag: str) -> bytes:
    try:
        return face.sfnt.table(tag)
    except UnreadableFontError:
        if tag in _KEPT:
            return b""
        raise


@lru_cache(maxsize=12)
def _outlines(face: Face) -> _Outlines:
    return _Outlines(face)


class EmbeddedFont(dict[str, str]):
    """The characters of one face used in a document, each with its code as four hexadecimal digits."""

    def __init__(self, face: Face, resource: str) -> None:
        super().__init__()
        self.face = face
        self.resource = resource

    def __missing__(self, char: str) -> str:
        self[char] = code = f"{len(self) + 1:04X}"
        return code

    def write(self, file: PdfFile) -> int:
        """Add the font's objects to the file; the number of its dictionary."""
        face = self.face
        chars = list(self)
        subset = _subset(_outlines(face), [0, *map(face.glyph, chars)])
        digest = hashlib.md5(subset, usedforsecurity=False).digest()
        base = name("".join(chr(65 + byte % 26) for byte in digest[:6]) + "+" + face.name)
        program = file.stream(subset, b"/Length1 %d" % len(subset))
        descriptor = file.add(_descriptor(face, base, program))
        widths = b" ".join(b"%d" % round(face.advance(char) * 1000) for char in chars)
        descendant = file.add(
            b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont %s"
            b" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
            b" /FontDescriptor %d 0 R /DW 1000 /W [1 [%s]] /CIDToGIDMap /Identity >>" % (base, descriptor, widths)
        )
        unicode_map = file.stream(_to_unicode(chars))
        return file.add(
            b"<< /Type /Font /Subtype /Type0 /BaseFont %s /Encoding /Identity-H /DescendantFonts [%d 0 R]"
            b" /ToUnicode %d 0 R >>" % (base, descendant, unicode_map)
        )


def _descriptor(face: Face, base: bytes, program: int) -> bytes:
    em = face.sfnt.units_per_em
    box = struct.unpack_from(">4h", face.sfnt.table("head"), 36)
    ascent, descent = round(face.ascent * 1000), round(face.descent * 1000)
    return (
        b"<< /Type /FontDescriptor /FontName %s /Flags 4 /FontBBox [%s] /ItalicAngle 0 /Ascent %d /Descent %d"
        b" /CapHeight %d /StemV 80 /FontFile2 %d 0 R >>"
        % (base, b" ".join(b"%d" % round(edge * 1000 / em) for edge in box), ascent, descent, ascent, program)
    )


def _to_unicode(chars: list[str]) -> bytes:
    """The map from codes to characters (§9.10.3), in blocks of 100."""
    lines = [
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        b"/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
        b"1 begincodespacerange <0000> <FFFF> endcodespacerange",
    ]
    pairs = [f"<{i:04X}> <{char.encode('utf-16-be').hex().upper()}>".encode() for i, char in enumerate(chars, 1)]
    for start in range(0, len(pairs), 100):
        block = pairs[start : start + 100]
        lines += [b"%d beginbfchar" % len(block), *block, b"endbfchar"]
    lines.append(b"endcmap CMapName currentdict /CMap defineresource pop end end")
    return b"\n".join(lines)


def _subset(outlines: _Outlines, glyphs: list[int]) -> bytes:
    """A TrueType font of these glyphs in this order, and of the parts they are made of."""
    places: dict[int, int] = {}
    for new, old in enumerate(glyphs):
        places.setdefault(old, new)
    wanted = list(glyphs)
    bodies: list[bytes] = []
    for old in wanted:  # grows while composites name their parts
        body = outlines.glyph(old)
        if body[:1] >= b"\x80":
            patched = bytearray(body)
            for at, part in _components(body):
                if part not in places:
                    places[part] = len(wanted)
                    wanted.append(part)
                struct.pack_into(">H", patched, at, places[part])
            body = bytes(patched)
        bodies.append(body + b"\0" * (-len(body) % 4))
    offsets = [0]
    for body in bodies:
        offsets.append(offsets[-1] + len(body))
    return _sfnt(outlines, wanted, bodies, offsets)


def _components(body: bytes) -> Iterator[tuple[int, int]]:
    """Where a composite glyph names each of its parts, and which."""
    at, flags = 10, _MORE_COMPONENTS
    while flags & _MORE_COMPONENTS:
        flags, part = struct.unpack_from(">HH", body, at)
        yield at + 2, part
        at += 8 if flags & _WORDS else 6
        at += 2 if flags & _SCALE else 4 if flags & _XY_SCALE else 8 if flags & _TWO_BY_TWO else 0


def _sfnt(outlines: _Outlines, glyphs: list[int], bodies: list[bytes], offsets: list[int]) -> bytes:
    count = len(glyphs)
    head = bytearray(outlines.tables["head"])
    struct.pack_into(">L", head, 8, 0)
    struct.pack_into(">h", head, 50, 1)
    hhea = bytearray(outlines.tables["hhea"])
    struct.pack_into(">H", hhea, 34, count)
    maxp = bytearray(outlines.tables["maxp"])
    struct.pack_into(">H", maxp, 4, count)
    tables = {
        "glyf": b"".join(bodies),
        "head": bytes(head),
        "hhea": bytes(hhea),
        "hmtx": b"".join(map(outlines.metrics, glyphs)),
        "loca": struct.pack(f">{count + 1}L", *offsets),
        "maxp": bytes(maxp),
        **{tag: outlines.tables[tag] for tag in _KEPT if outlines.tables[tag]},
    }
    return _assemble(tables)


def _assemble(tables: dict[str, bytes]) -> bytes:
    """A font file of these tables, with its directory and checksums (OpenType §4)."""
    count = len(tables)
    power = 1 << (count.bit_length() - 1)
    header = struct.pack(">LHHHH", 0x00010000, count, 16 * power, power.bit_length() - 1, 16 * (count - power))
    directory: list[bytes] = []
    body: list[bytes] = []
    at = 12 + 16 * count
    for tag in sorted(tables):
        data = tables[tag]
        padded = data + b"\0" * (-len(data) % 4)
        directory.append(struct.pack(">4sLLL", tag.encode(), _checksum(padded), at, len(data)))
        body.append(padded)
        at += len(padded)
    whole = header + b"".join(directory) + b"".join(body)
    head = 12 + 16 * count + sum(len(tables[tag]) + -len(tables[tag]) % 4 for tag in sorted(tables) if tag < "head")
    adjustment = (0xB1B0AFBA - _checksum(whole)) & 0xFFFFFFFF
    return whole[: head + 8] + struct.pack(">L", adjustment) + whole[head + 12 :]


def _checksum(data: bytes) -> int:
    words = array("I", data)
    if sys.byteorder == "little":
        words.byteswap()
    return sum(words) & 0xFFFFFFFF
