"""Embedding a face in a reportlab document: one subset of its glyphs, every character with a code of its own.

reportlab's own TrueType fonts are cut into pieces of 256 characters. Type 0 with Identity-H (ISO 32000-1 §9.7) has
two bytes a character, so that a line is one string whatever its characters; a ToUnicode map gives the text back.
"""

from __future__ import annotations

import hashlib
import struct
from copy import copy
from functools import lru_cache
from typing import cast

from reportlab.pdfbase.pdfdoc import BasicFonts, PDFArray, PDFDictionary, PDFDocument, PDFName, PDFObject, PDFStream
from reportlab.pdfbase.ttfonts import TTFontFile

from govdoc.fonts import Face


class _Program(TTFontFile):
    """The file of a face as reportlab cuts subsets from it.

    Its tables are read by the face, so that one reader says which glyph a character has: reportlab's own refuses
    faces without an English name, and takes another character map where there are several.
    """

    def __init__(self, face: Face) -> None:
        self._file = face.file
        super().__init__(str(face.path), subfontIndex=face.index)

    def extractInfo(self, charInfo: object = 1) -> None:  # noqa: N802, N803 (reportlab's names)
        """Take from the face what ``makeSubset`` asks for."""
        self.charToGlyph = self._file.cmap
        self.hmetrics = [(advance, bearing & 0xFFFF) for advance, bearing in self._file.metrics]
        self.glyphPos = self._file.offsets


@lru_cache(maxsize=12)
def _program(face: Face) -> _Program:
    return _Program(face)


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
        # A copy: makeSubset moves the reading place, and another thread may be at the same face.
        subset = copy(_program(self.face)).makeSubset(list(map(ord, self)))
        digest = hashlib.md5(subset, usedforsecurity=False).digest()
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
        widths = {code: round(self.face.advance(char) * 1000) for code, char in enumerate(self, 1)}
        narrow = [each for code, width in widths.items() if width != 1000 for each in (code, PDFArray([width]))]
        system = {"Registry": "(Adobe)", "Ordering": "(Identity)", "Supplement": 0}
        font = {
            "Type": "/Font",
            "Subtype": "/CIDFontType2",
            "BaseFont": base,
            "CIDSystemInfo": PDFDictionary(system),
            "FontDescriptor": _refer(doc, _descriptor(self.face, base, _refer(doc, program))),
            "DW": 1000,
            "W": PDFArray(narrow),
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
