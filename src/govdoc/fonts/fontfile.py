"""One face of a TrueType or OpenType file: names, characters, widths, heights of ink.

Nothing is read before it is asked for, nor is a file kept open: a face may be shared by threads and forked processes.
"""

from __future__ import annotations

import io
import logging
import struct
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal, NamedTuple

from govdoc.errors import StyleError
from govdoc.fonts.cff import CffOutlines
from govdoc.fonts.sfnt import Sfnt

Outlines = Literal["glyf", "cff", "none"]

REMEDY = "install the font again, or take it away"
_NAME_IDS = frozenset({1, 4, 6})  # family, full name, PostScript name

# fontTools warns of oddities in the user's fonts; without a handler such words would land on stderr.
logging.getLogger("fontTools").addHandler(logging.NullHandler())


class UnreadableFontError(StyleError):
    """The file is no sfnt font, is cut short, or points outside itself."""


class _Measured(NamedTuple):
    """What typesetting asks of every face: em, glyph by code point, (advance, left bearing) and place by glyph."""

    units_per_em: int
    cmap: dict[int, int]
    metrics: list[tuple[int, int]]
    offsets: list[int]


class FontFile:
    """One face of a font file; ``index`` is its number in a collection (TTC). Lengths are font units.

    ``remedy`` is what to do where the file is damaged.

    Every property raises UnreadableFontError where the file is damaged, OSError where it cannot be opened.
    """

    def __init__(self, path: Path, index: int = 0, remedy: str = REMEDY) -> None:
        self.path = path
        self.index = index
        self.remedy = remedy

    def __reduce__(self) -> tuple[type[FontFile], tuple[Path, int, str]]:
        return FontFile, (self.path, self.index, self.remedy)

    @contextmanager
    def _opened(self) -> Iterator[Sfnt]:
        with _damage_named(self.path, self.remedy), self.path.open("rb") as file:
            yield Sfnt(file, self.index)

    @cached_property
    def names(self) -> tuple[tuple[int, str], ...]:
        """Family, full and PostScript names in every language, as (name ID, name)."""
        from fontTools.ttLib import TTFont

        with self._parsed(), TTFont(self.path, fontNumber=self.index, lazy=True) as font:
            # Old Chinese fonts keep GBK bytes as words: ASCII has a zero byte before it.
            named = [
                (record.nameID, record.toUnicode(errors="ignore").replace("\0", "").strip())
                for record in font["name"].names
                if record.nameID in _NAME_IDS
            ]
        return tuple((name_id, name) for name_id, name in named if name)

    @cached_property
    def postscript(self) -> str:
        """The first PostScript name that is ASCII; empty where there is none."""
        with self._opened() as font:
            return next(iter(font.postscript_names()), "")

    @cached_property
    def _tables(self) -> frozenset[str]:
        with self._opened() as font:
            return frozenset(font.places)

    @property
    def outlines(self) -> Outlines:
        """What the glyphs are drawn with: quadratic curves (TrueType), cubic ones, or nothing that can be embedded."""
        if "glyf" in self._tables:
            return "glyf"
        return "cff" if {"CFF ", "CFF2"} & self._tables else "none"

    @property
    def variable(self) -> bool:
        """Whether the face is a variable font."""
        return "fvar" in self._tables

    @cached_property
    def style(self) -> tuple[bool, int]:
        """Whether the face is slanted, and its weight (400 is regular)."""
        with self._opened() as font:
            (mac_style,) = struct.unpack_from(">H", font.table("head"), 44)
            (weight,) = struct.unpack_from(">H", font.table("OS/2"), 4) if "OS/2" in font.places else (400,)
        return bool(mac_style & 2), weight

    @cached_property
    def _licence_bits(self) -> int:
        with self._opened() as font:
            (bits,) = struct.unpack_from(">H", font.table("OS/2"), 8) if "OS/2" in font.places else (0,)
        return int(bits)

    @property
    def embeddable(self) -> bool:
        """Whether the font's own licence bits (OS/2 fsType) allow embedding a subset."""
        return self._licence_bits & 0x000F != 0x0002 and not self._licence_bits & 0x0300

    @property
    def editable(self) -> bool:
        """Whether they allow it in a document that is edited, too: more than preview and print."""
        return self.embeddable and self._licence_bits & 0x000C != 0x0004

    @cached_property
    def vertical(self) -> tuple[int, int]:
        """Ascender and descender (negative): OS/2's typographic ones, else hhea's."""
        with self._opened() as font:
            found = (0, 0)
            if "OS/2" in font.places:
                found = struct.unpack_from(">hh", font.table("OS/2"), 68)
            ascender, descender = found if any(found) else struct.unpack_from(">hh", font.table("hhea"), 4)
        return ascender, descender

    @cached_property
    def box(self) -> tuple[int, int, int, int]:
        """What holds the ink of every glyph: (xmin, ymin, xmax, ymax)."""
        with self._opened() as font:
            left, bottom, right, top = struct.unpack_from(">4h", font.table("head"), 36)
        return left, bottom, right, top

    @cached_property
    def _measured(self) -> _Measured:
        with self._opened() as font:
            (em,) = struct.unpack_from(">H", font.table("head"), 18)
            metrics, cmap = font.metrics(), font.characters()
            offsets = font.outlines() if "glyf" in font.places else []
            if not em or not cmap or max(cmap.values()) >= len(metrics):
                raise ValueError("glyphs are missing")
            if "glyf" in font.places and len(offsets) != len(metrics) + 1:
                raise ValueError("outlines are missing")
            return _Measured(em, cmap, metrics, offsets)

    @cached_property
    def units_per_em(self) -> int:
        """Font units of one em."""
        return self._measured.units_per_em

    @cached_property
    def cmap(self) -> dict[int, int]:
        """Glyph number of every code point the face has."""
        return self._measured.cmap

    @cached_property
    def metrics(self) -> list[tuple[int, int]]:
        """Advance and left bearing of every glyph."""
        return self._measured.metrics

    @cached_property
    def offsets(self) -> list[int]:
        """Where in the glyf table every glyph begins, and the last one's end; nothing where there is no such table."""
        return self._measured.offsets

    def bounds(self, glyph: int) -> tuple[int, int, int, int] | None:
        """Ink of a glyph as (xmin, ymin, xmax, ymax); None where it draws nothing."""
        if self.outlines == "cff":
            with self._parsed():
                return self._cff.bounds(glyph)
        if self.offsets[glyph] == self.offsets[glyph + 1]:
            return None
        with self._opened() as font, self.path.open("rb") as file:
            file.seek(font.places["glyf"][0] + self.offsets[glyph])
            contours, left, bottom, right, top = struct.unpack(">5h", file.read(10))
        return (left, bottom, right, top) if contours else None

    def check(self) -> None:
        """Raise UnreadableFontError if a table that typesetting needs is missing, cut short or out of bounds."""
        offsets = self.offsets
        with self._opened() as font:
            sizes = {tag: len(font.table(tag)) for tag in (*font.places, "hhea", "post")}
            if offsets and (offsets[-1] > sizes["glyf"] or any(start > stop for start, stop in pairwise(offsets))):
                raise ValueError("outlines are missing")
        if self.outlines == "none":
            raise UnreadableFontError("the font has no outlines", place=str(self.path), remedy=self.remedy)
        if self.outlines == "cff" and not self.variable:  # of a variable face the instance is read
            with self._parsed():
                _ = self._cff

    def cut_cff(self, glyphs: Sequence[int]) -> bytes:
        """The program of a CFF font of these glyphs, numbered as they stand here."""
        advances = [(glyph, self.metrics[glyph][0]) for glyph in glyphs]
        with self._parsed():
            return self._cff.cut(advances, self.units_per_em)

    @cached_property
    def _cff(self) -> CffOutlines:
        return CffOutlines(self.path, self.index)

    def at_weight(self, weight: int) -> bytes:
        """A static font file: a variable face where its axis of weight, if it has one, comes next to ``weight``."""
        from fontTools.cffLib import CFF2ToCFF
        from fontTools.ttLib import TTFont
        from fontTools.varLib import instancer

        instantiate: Any = instancer.instantiateVariableFont
        convert: Any = CFF2ToCFF.convertCFF2ToCFF
        out = io.BytesIO()
        with self._parsed(), TTFont(self.path, fontNumber=self.index, recalcTimestamp=False) as font:
            place = {axis.axisTag: axis.defaultValue for axis in font["fvar"].axes}
            for axis in font["fvar"].axes:
                if axis.axisTag == "wght":
                    place["wght"] = min(max(weight, axis.minValue), axis.maxValue)
            static = instantiate(font, place)
            if "CFF2" in static:
                convert(static)
            static.save(out)
        return out.getvalue()

    @contextmanager
    def _parsed(self) -> Iterator[None]:
        """What fontTools raises meanwhile is damage of this file."""
        from fontTools.ttLib import TTLibError

        with _damage_named(self.path, self.remedy, TTLibError):
            yield


def count_faces(path: Path) -> int:
    """How many faces a font file holds: one, or those of a collection. Raises UnreadableFontError, OSError."""
    with _damage_named(path, REMEDY), path.open("rb") as file:
        if file.read(4) != b"ttcf":
            return 1
        _, count = struct.unpack(">II", file.read(8))
        return int(count)


_DAMAGE = (struct.error, AssertionError, ArithmeticError, AttributeError, EOFError, LookupError, TypeError, ValueError)


@contextmanager
def _damage_named(path: Path, remedy: str, *others: type[Exception]) -> Iterator[None]:
    """Errors met where a table is not what it should be, and ``others``, as the one that names the file."""
    damage: tuple[type[Exception], ...] = (*_DAMAGE, *others)
    try:
        yield
    except damage as error:
        raise UnreadableFontError(f"the font is damaged ({error})", place=str(path), remedy=remedy) from error
