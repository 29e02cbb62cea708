"""One face of a TrueType or OpenType file as fontTools reads it: names, characters, widths, heights of ink.

Nothing is read before it is asked for, nor is a file kept open: a face may be shared by threads and forked processes.
"""

from __future__ import annotations

import logging
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from threading import Lock
from typing import Any, Literal, NamedTuple

from govdoc.errors import StyleError

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
        self._drawing = Lock()

    def __reduce__(self) -> tuple[type[FontFile], tuple[Path, int, str]]:
        return FontFile, (self.path, self.index, self.remedy)

    @contextmanager
    def _opened(self) -> Iterator[Any]:
        # Any: fontTools gives its tables their fields as it reads them.
        from fontTools.ttLib import TTFont

        with _damage_named(self.path, self.remedy), TTFont(self.path, fontNumber=self.index, lazy=True) as font:
            if font.flavor or self.index >= getattr(font.reader, "numFonts", 1):
                raise ValueError(f"no TrueType or OpenType face {self.index}")
            yield font

    @cached_property
    def names(self) -> tuple[tuple[int, str], ...]:
        """Family, full and PostScript names in every language, as (name ID, name)."""
        with self._opened() as font:
            # Old Chinese fonts keep GBK bytes as words: ASCII has a zero byte before it.
            named = [
                (record.nameID, record.toUnicode(errors="ignore").replace("\0", "").strip())
                for record in font["name"].names
                if record.nameID in _NAME_IDS
            ]
        return tuple((name_id, name) for name_id, name in named if name)

    @cached_property
    def _tables(self) -> frozenset[str]:
        with self._opened() as font:
            return frozenset(font.keys())

    @property
    def outlines(self) -> Outlines:
        """What the glyphs are drawn with; only glyf can be embedded as it is."""
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
            return bool(font["head"].macStyle & 2), font["OS/2"].usWeightClass if "OS/2" in font else 400

    @cached_property
    def _licence_bits(self) -> int:
        with self._opened() as font:
            bits: int = font["OS/2"].fsType if "OS/2" in font else 0
        return bits

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
            if "OS/2" in font and (font["OS/2"].sTypoAscender or font["OS/2"].sTypoDescender):
                return font["OS/2"].sTypoAscender, font["OS/2"].sTypoDescender
            return font["hhea"].ascender, font["hhea"].descender

    @cached_property
    def box(self) -> tuple[int, int, int, int]:
        """What holds the ink of every glyph: (xmin, ymin, xmax, ymax)."""
        with self._opened() as font:
            head = font["head"]
            return head.xMin, head.yMin, head.xMax, head.yMax

    @cached_property
    def _measured(self) -> _Measured:
        with self._opened() as font:
            order = _number_glyphs(font)
            best = font.getBestCmap()
            if not best:
                raise ValueError("no Unicode character map")
            metrics = font["hmtx"].metrics
            return _Measured(
                font["head"].unitsPerEm,
                {point: number for point, name in best.items() if (number := int(name))},
                [metrics[name] for name in order],
                list(font["loca"].locations),
            )

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
        """Where in the glyf table every glyph begins, and the last one's end."""
        return self._measured.offsets

    @cached_property
    def _glyf(self) -> Any:
        with self._opened() as font:
            _number_glyphs(font)
            return font["glyf"]

    def bounds(self, glyph: int) -> tuple[int, int, int, int] | None:
        """Ink of a glyph as (xmin, ymin, xmax, ymax); None where it draws nothing."""
        with self._drawing, _damage_named(self.path, self.remedy):
            drawn = self._glyf[str(glyph)]
            return (drawn.xMin, drawn.yMin, drawn.xMax, drawn.yMax) if drawn.numberOfContours else None

    def check(self) -> None:
        """Raise UnreadableFontError if a table that typesetting needs is missing, cut short or out of bounds."""
        em, cmap, metrics, offsets = self._measured
        with self._opened() as font:
            sizes = {tag: len(font.reader[tag]) for tag in (*font.reader.keys(), "glyf", "hhea", "post")}
            if not cmap or not em or max(cmap.values()) >= len(metrics) or len(offsets) != len(metrics) + 1:
                raise ValueError("glyphs are missing")
            if offsets[-1] > sizes["glyf"] or any(start > stop for start, stop in pairwise(offsets)):
                raise ValueError("outlines are missing")


def _number_glyphs(font: Any) -> list[str]:
    """Name every glyph by its number: to make names of what they draw takes longer than all the rest."""
    order = [str(number) for number in range(font["maxp"].numGlyphs)]
    font.setGlyphOrder(order)
    return order


def count_faces(path: Path) -> int:
    """How many faces a font file holds: one, or those of a collection. Raises UnreadableFontError, OSError."""
    from fontTools.ttLib import TTFont

    with _damage_named(path, REMEDY), TTFont(path, fontNumber=0, lazy=True) as font:
        return getattr(font.reader, "numFonts", 1)


@contextmanager
def _damage_named(path: Path, remedy: str) -> Iterator[None]:
    """Errors that fontTools lets through where a table is not what it should be, as the one that names the file."""
    from fontTools.ttLib import TTLibError

    try:
        yield
    except (
        TTLibError, struct.error, AssertionError, ArithmeticError, AttributeError, EOFError, LookupError, TypeError,
        ValueError,
    ) as error:  # fmt: skip
        raise UnreadableFontError(f"the font is damaged ({error})", place=str(path), remedy=remedy) from error
