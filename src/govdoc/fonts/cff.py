"""Outlines of OpenType faces in CFF (OTF): how high they are, and cut to the glyphs of a document, as a CFF of its own.

Glyphs are drawn anew one by one: it makes no difference whether the face is keyed by CID or by name, nor which
subroutines its glyphs share.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import Any


class CffOutlines:
    """The outlines of a face; several threads at once may ask for them.

    What fontTools raises where the file is damaged is for the caller: ``FontFile`` gives it a name.
    """

    def __init__(self, path: Path, index: int) -> None:
        from fontTools.ttLib import TTFont

        with TTFont(path, fontNumber=index, lazy=True) as font:
            self._names: list[str] = font.getGlyphOrder()
            top = font["CFF "].cff[0]
        self._drawn: Any = top.CharStrings
        if len(self._drawn) != len(self._names):
            raise ValueError("outlines are missing")
        self._drawing = Lock()
        self._kept: dict[tuple[int, int], bytes] = {}  # glyphs cut so far, by number and advance

    def bounds(self, glyph: int) -> tuple[int, int, int, int] | None:
        """Ink of a glyph as (xmin, ymin, xmax, ymax); None where it draws nothing."""
        with self._drawing:
            found = self._drawn[self._names[glyph]].calcBounds(None)
        return found and (round(found[0]), round(found[1]), round(found[2]), round(found[3]))

    def cut(self, glyphs: Sequence[tuple[int, int]], units_per_em: int) -> bytes:
        """A CFF font of these glyphs, each with its advance, numbered as they stand here; it names them by number."""
        from fontTools import fontBuilder
        from fontTools.misc import psCharStrings

        glyph: Any = psCharStrings.T2CharString
        new_font: Any = fontBuilder.FontBuilder
        builder = new_font(units_per_em, isTTF=False)
        names = [".notdef", *(f"g{i}" for i in range(1, len(glyphs)))]
        builder.setupGlyphOrder(names)
        with self._drawing:
            cut = {name: glyph(bytecode=self._glyph(*each)) for name, each in zip(names, glyphs, strict=True)}
        builder.setupCFF("Cut", {}, cut, {})
        data: bytes = builder.font["CFF "].compile(builder.font)
        return data

    def _glyph(self, number: int, advance: int) -> bytes:
        from fontTools.pens.t2CharStringPen import T2CharStringPen

        key = (number, advance)
        if key not in self._kept:
            pen = T2CharStringPen(advance, None)
            self._drawn[self._names[number]].draw(pen)
            made: Any = pen.getCharString()
            made.compile()
            self._kept[key] = made.bytecode
        return self._kept[key]
