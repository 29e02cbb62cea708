"""Cutting a subset of a face for a PDF: the chosen glyphs in the order they were asked for, from a mapped file.

Kept are the tables a CIDFontType2 is drawn with (ISO 32000-1 §9.9): glyf, loca, head, hhea, hmtx, maxp and the hints.
"""

from __future__ import annotations

import mmap
import struct
import sys
from array import array
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from govdoc.fonts.fontfile import FontFile

_WORDS, _SCALE, _MORE, _TWO_SCALES, _MATRIX = 0x1, 0x8, 0x20, 0x40, 0x80  # flags of a component
_HINTS = ("cvt ", "fpgm", "prep")


class Glyph(NamedTuple):
    """A glyph's outline, its length a multiple of four, the sum of its words, and its entry of hmtx."""

    outline: bytes
    checksum: int
    metrics: bytes


class Cutter:
    """The file of a face, mapped into memory; it may be asked by several threads at once.

    OSError where the file cannot be opened, struct.error or LookupError where it is damaged: ``FontFile.check`` says
    so beforehand.
    """

    def __init__(self, file: FontFile) -> None:
        self._file = file
        with file.path.open("rb") as opened:
            self._data = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
        self._glyphs = _Glyphs(self)
        start = 0
        if self._data[:4] == b"ttcf":
            (start,) = struct.unpack_from(">I", self._data, 12 + 4 * file.index)
        (count,) = struct.unpack_from(">H", self._data, start + 4)
        entries = (struct.unpack_from(">4sIII", self._data, start + 12 + 16 * i) for i in range(count))
        self._places = {tag.decode("latin-1"): (offset, length) for tag, _, offset, length in entries}

    def _table(self, tag: str) -> bytearray:
        offset, length = self._places[tag]
        return bytearray(self._data[offset : offset + length])

    def glyph(self, number: int) -> Glyph:
        """A glyph as it lies in the file."""
        base, offsets = self._places["glyf"][0], self._file.offsets
        outline = _padded(self._data[base + offsets[number] : base + offsets[number + 1]])
        advance, bearing = self._file.metrics[number]
        return Glyph(outline, _checksum(outline), struct.pack(">HH", advance, bearing & 0xFFFF))

    def cut(self, glyphs: Sequence[int]) -> bytes:
        """A font of these glyphs, numbered as they stand here; parts of composed glyphs follow them."""
        wanted = list(glyphs)
        numbers = {glyph: i for i, glyph in reversed(list(enumerate(wanted)))}
        outlines, metrics, total = [], [], 0
        for number in wanted:  # grows while parts are found
            outline, checksum, width = self._glyphs[number]
            if outline[:1] > b"\x7f":
                outline = _renumbered(outline, wanted, numbers)
                checksum = _checksum(outline)
            outlines.append(outline)
            metrics.append(width)
            total += checksum
        places = [0, *accumulate(map(len, outlines))]
        head, hhea, maxp = (self._table(tag) for tag in ("head", "hhea", "maxp"))
        struct.pack_into(">I", head, 8, 0)
        struct.pack_into(">H", head, 50, 1)  # long offsets
        struct.pack_into(">H", hhea, 34, len(wanted))
        struct.pack_into(">H", maxp, 4, len(wanted))
        tables = {tag: bytes(self._table(tag)) for tag in _HINTS if tag in self._places}
        tables |= {"glyf": b"".join(outlines), "head": bytes(head), "hhea": bytes(hhea), "maxp": bytes(maxp)}
        tables |= {"hmtx": b"".join(metrics), "loca": struct.pack(f">{len(places)}I", *places)}
        return _sfnt(tables, {"glyf": total & 0xFFFFFFFF})


class _Glyphs(dict[int, Glyph]):
    """The glyphs cut so far: every document asks for the same few hundred."""

    def __init__(self, cutter: Cutter) -> None:
        super().__init__()
        self._cutter = cutter

    def __missing__(self, number: int) -> Glyph:
        self[number] = glyph = self._cutter.glyph(number)
        return glyph


def _renumbered(outline: bytes, wanted: list[int], numbers: dict[int, int]) -> bytes:
    """A composed glyph that names its parts by their new numbers; parts not yet wanted are."""
    made = bytearray(outline)
    at, flags = 10, _MORE
    while flags & _MORE:
        flags, part = struct.unpack_from(">HH", made, at)
        if part not in numbers:
            numbers[part] = len(wanted)
            wanted.append(part)
        struct.pack_into(">H", made, at + 2, numbers[part])
        at += 4 + (4 if flags & _WORDS else 2)
        at += 2 if flags & _SCALE else 4 if flags & _TWO_SCALES else 8 if flags & _MATRIX else 0
    return bytes(made)


def _padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % 4)


def _sfnt(tables: dict[str, bytes], known: dict[str, int]) -> bytes:
    """A font file of these tables, with their checksums, of which some are ``known``."""
    count = len(tables)
    power = 1 << (count.bit_length() - 1)
    header = struct.pack(">IHHHH", 0x00010000, count, power * 16, power.bit_length() - 1, (count - power) * 16)
    at = len(header) + 16 * count
    directory, body, total = b"", {}, 0
    for tag in sorted(tables):
        data = tables[tag]
        body[tag] = padded = _padded(data)
        checksum = known[tag] if tag in known else _checksum(padded)
        directory += struct.pack(">4sIII", tag.encode("latin-1"), checksum, at, len(data))
        at += len(padded)
        total += checksum
    total += _checksum(header + directory)
    head = body["head"]
    body["head"] = head[:8] + struct.pack(">I", (0xB1B0AFBA - total) & 0xFFFFFFFF) + head[12:]
    return b"".join((header, directory, *body.values()))


def _checksum(data: bytes) -> int:
    words = array("I", data)
    if sys.byteorder == "little":
        words.byteswap()
    return sum(words) & 0xFFFFFFFF
