"""Embedding a face in a PDF: one subset of its glyphs, every character with a code of its own.

reportlab's own TrueType fonts are cut into pieces of 256 characters. Type 0 with Identity-H (ISO 32000-1 §9.7) has
two bytes a character, so that a line is one string whatever its characters; a ToUnicode map gives the text back.
"""

from __future__ import annotations

import hashlib
import struct
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from itertools import count

from govdoc.exporting.pdf_file import PdfFile
from govdoc.fonts import Face
from govdoc.fonts.subset import Cutter


@lru_cache(maxsize=12)
def _cutter(face: Face) -> Cutter:
    return Cutter(face.file)


class EmbeddedFont(defaultdict[str, str]):
    """The characters of one face used in a document, each with its code as four hexadecimal digits."""

    def __init__(self, face: Face, resource: str) -> None:
        super().__init__(map("{:04X}".format, count(1)).__next__)
        self.face = face
        self.resource = resource

    def add_to(self, file: PdfFile) -> None:
        """Add the font to a file, as the resource of that name on every page."""
        cmap = self.face.file.cmap
        drawn = [cmap[ord(char)] for char in self]
        cff = self.face.file.outlines == "cff"
        # A glyph that two characters share stands in the subset once; codes of a CFF font are its glyphs' numbers.
        glyphs = [0, *drawn] if cff else list(dict.fromkeys((0, *drawn)))
        chosen = struct.pack(f">{len(glyphs)}I", *glyphs)
        digest = hashlib.md5(self.face.name.encode() + chosen, usedforsecurity=False).digest()
        base = "".join(chr(65 + byte % 26) for byte in digest[:6]) + "+" + self.face.name
        if cff:
            program = file.add_stream(self.face.file.cut_cff(glyphs), "/Subtype /CIDFontType0C ")
            kind, named = "/CIDFontType0", f"/FontFile3 {program}"
        else:
            subset = _cutter(self.face).cut(glyphs)
            program = file.add_stream(subset, f"/Length1 {len(subset)} ")
            kind = f"/CIDFontType2 /CIDToGIDMap {_glyph_map(drawn, glyphs, file)}"
            named = f"/FontFile2 {program}"
        unicode = file.add_stream(_to_unicode(self))
        font = file.add(
            f"/Type /Font /Subtype /Type0 /BaseFont /{base} /Encoding /Identity-H /ToUnicode {unicode}"
            f" /DescendantFonts [{self._descendant(base, kind, named, file)}]"
        )
        file.add_font(self.resource, font, digest)

    def _descendant(self, base: str, kind: str, program: str, file: PdfFile) -> str:
        """The CIDFont (§9.7.4) of a ``kind``: widths that are no em, and the glyph of every code."""
        widths = enumerate(map(self.face.advances.__getitem__, self), 1)
        narrow = " ".join(f"{code} [{round(width * 1000)}]" for code, width in widths if width != 1)
        return file.add(
            f"/Type /Font /Subtype {kind} /BaseFont /{base} /DW 1000 /W [{narrow}]"
            " /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
            f" /FontDescriptor {file.add(_descriptor(self.face, base, program))}"
        )


def _glyph_map(drawn: list[int], glyphs: list[int], file: PdfFile) -> str:
    """From codes to glyphs of the subset, where they differ: it holds a glyph once that two characters share."""
    if drawn == glyphs[1:]:
        return "/Identity"
    places = {glyph: place for place, glyph in enumerate(glyphs)}
    return file.add_stream(struct.pack(f">{len(drawn) + 1}H", 0, *map(places.__getitem__, drawn)))


def _descriptor(face: Face, base: str, program: str) -> str:
    em, ascent = face.file.units_per_em, round(face.ascent * 1000)
    box = " ".join(str(round(edge * 1000 / em)) for edge in face.file.box)
    return (
        f"/Type /FontDescriptor /FontName /{base} /Flags 4 /FontBBox [{box}] /ItalicAngle 0 /Ascent {ascent}"
        f" /Descent {round(face.descent * 1000)} /CapHeight {ascent} /StemV 80 {program}"
    )


def _to_unicode(codes: Mapping[str, str]) -> bytes:
    """The map from codes to characters (§9.10.3), in blocks of 100."""
    lines = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
        "1 begincodespacerange <0000> <FFFF> endcodespacerange",
    ]
    pairs = [
        f"<{code}> <{ord(char):04X}>" if char <= "\uffff" else f"<{code}> <{char.encode('utf-16-be').hex().upper()}>"
        for char, code in codes.items()
    ]
    for start in range(0, len(pairs), 100):
        block = pairs[start : start + 100]
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    lines.append("endcmap CMapName currentdict /CMap defineresource pop end end")
    return "\n".join(lines).encode("ascii")
