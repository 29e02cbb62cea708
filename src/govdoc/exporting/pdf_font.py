"""Embedding a face in a reportlab document: one subset of its glyphs, every character with a code of its own.

reportlab's own TrueType fonts are cut into pieces of 256 characters. Type 0 with Identity-H (ISO 32000-1 §9.7) has
two bytes a character, so that a line is one string whatever its characters; a ToUnicode map gives the text back.
"""

from __future__ import annotations

import hashlib
import struct
from functools import lru_cache
from typing import cast

from reportlab.pdfbase.pdfdoc import BasicFonts, PDFArray, PDFDictionary, PDFDocument, PDFName, PDFObject, PDFStream

from govdoc.fonts import Face
from govdoc.fonts.subset import Cutter


@lru_cache(maxsize=12)
def _cutter(face: Face) -> Cutter:
    return Cutter(face.file)


class EmbeddedFont(dict[str, str]):
    """The characters of one face used in a document, each with its code as four hexadecimal digits.

    Among a document's ``delayedFonts`` it adds its objects when reportlab puts the file together.
    """

    def __init__(self, face: Face, resource: str) -> None:
        super().__init__()
        self.face = face
        self.resource = resource

    def __missing__(self, char: str) -> str:
        self[char] = code = f"{len(self) + 1:04X}"
        return code

    def addObjects(self, doc: PDFDocument) -> None:  # noqa: N802 (reportlab's name)
        """Add the font to a document, as the resource of that name on every page."""
        # A glyph that two characters share stands in the subset once.
        glyphs = list(dict.fromkeys((0, *map(self.face.glyph, self))))
        subset = _cutter(self.face).cut(glyphs)
        chosen = struct.pack(f">{len(glyphs)}I", *glyphs)
        digest = hashlib.md5(self.face.name.encode() + chosen, usedforsecurity=False).digest()
        doc.updateSignature(digest)
        base = PDFName("".join(chr(65 + byte % 26) for byte in digest[:6]) + "+" + self.face.name)
        program = PDFStream(PDFDictionary({"Length1": len(subset)}), subset)
        font = {
            "Type": "/Font",
            "Subtype": "/Type0",
            "BaseFont": base,
            "Encoding": "/Identity-H",
            "DescendantFonts": PDFArray([_refer(doc, self._descendant(base, program, doc))]),
            "ToUnicode": _refer(doc, PDFStream(content=_to_unicode(list(self)))),
        }
        fonts = cast(PDFDictionary, doc.idToObject[BasicFonts])
        fonts[self.resource] = _refer(doc, PDFDictionary(font))

    def _descendant(self, base: str, program: PDFStream, doc: PDFDocument) -> PDFDictionary:
        """The CIDFont (§9.7.4): widths that are no em, and the glyph of every code."""
        widths = enumerate(map(self.face.advances.__getitem__, self), 1)
        narrow = " ".join(f"{code} [{round(width * 1000)}]" for code, width in widths if width != 1)
        system = {"Registry": "(Adobe)", "Ordering": "(Identity)", "Supplement": 0}
        font = {
            "Type": "/Font",
            "Subtype": "/CIDFontType2",
            "BaseFont": base,
            "CIDSystemInfo": PDFDictionary(system),
            "FontDescriptor": _refer(doc, _descriptor(self.face, base, _refer(doc, program))),
            "DW": 1000,
            "W": f"[{narrow}]",
            "CIDToGIDMap": self._glyph_map(doc),
        }
        return PDFDictionary(font)

    def _glyph_map(self, doc: PDFDocument) -> object:
        """From codes to glyphs of the subset, where they differ: it holds a glyph once that two characters share."""
        places = {0: 0}
        glyphs = [places.setdefault(self.face.glyph(char), len(places)) for char in self]
        if glyphs == list(range(1, len(self) + 1)):
            return "/Identity"
        return _refer(doc, PDFStream(content=struct.pack(f">{len(glyphs) + 1}H", 0, *glyphs)))


def _refer(doc: PDFDocument, thing: PDFObject) -> object:
    """A reference to an object of its own in the file."""
    return doc.Reference(thing)  # type: ignore[no-untyped-call]


def _descriptor(face: Face, base: str, program: object) -> PDFDictionary:
    em = face.file.units_per_em
    ascent = round(face.ascent * 1000)
    known = {
        "Type": "/FontDescriptor",
        "FontName": base,
        "Flags": 4,
        "FontBBox": PDFArray(round(edge * 1000 / em) for edge in face.file.box),
        "ItalicAngle": 0,
        "Ascent": ascent,
        "Descent": round(face.descent * 1000),
        "CapHeight": ascent,
        "StemV": 80,
        "FontFile2": program,
    }
    return PDFDictionary(known)


def _to_unicode(chars: list[str]) -> bytes:
    """The map from codes to characters (§9.10.3), in blocks of 100."""
    lines = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
        "1 begincodespacerange <0000> <FFFF> endcodespacerange",
    ]
    pairs = [f"<{i:04X}> <{_utf16(char)}>" for i, char in enumerate(chars, 1)]
    for start in range(0, len(pairs), 100):
        block = pairs[start : start + 100]
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    lines.append("endcmap CMapName currentdict /CMap defineresource pop end end")
    return "\n".join(lines).encode()


def _utf16(char: str) -> str:
    """The hexadecimal digits of a character in UTF-16."""
    return f"{ord(char):04X}" if char < "\U00010000" else char.encode("utf-16-be").hex().upper()
