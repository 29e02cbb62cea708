"""From glyphs to lines: what stands on one baseline, with blanks only where the page has them."""

from __future__ import annotations

import re
import statistics
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from govdoc.readers.pdf.page import Glyph
from govdoc.rules.text import HANZI

SAME_BASELINE = 0.2
"""Parts of the type size by which the baselines of one row may differ."""
RAISED = 0.55
"""Parts of the larger type size by which a smaller raised or lowered character may stand off its row."""
SMALLER = 0.85
PIECE_GAP = 1.1
"""Type sizes of white that part two pieces on one baseline: two columns."""
COLUMN_GAP = 1.4
"""Type sizes of white that part columns where a line has several such gaps."""
WIDE_GAP = 4.0
"""Type sizes of white that part columns by themselves."""
FULL_BLANK = 0.8
"""Type sizes of white that are a full-width blank."""
SPACE = 0.17
"""Type sizes of white beyond the usual that are a space."""
MARK_SPACE = 0.7
"""The same beside Chinese punctuation, which may be set wide."""
LAYER_SPACE = 0.6
"""The same in the text of an OCR program, which guesses where a character stands."""
DOUBLED = 0.12
"""Type sizes within which the same character drawn twice is one, made bold."""
COLUMN_BLANK = "\N{IDEOGRAPHIC SPACE}"
BLANKS = " \t\u00a0\u3000\u2002\u2003\u2009"
HAN = re.compile(f"[{HANZI}]")


@dataclass
class Line:
    """Characters on one baseline, from left to right; ``y`` is that baseline, ``size`` the type size of most."""

    page: int
    glyphs: list[Glyph]

    @cached_property
    def x0(self) -> float:
        """Where its ink begins."""
        return self.glyphs[0].x0

    @cached_property
    def x1(self) -> float:
        """Where its ink ends."""
        return max(glyph.x1 for glyph in self.glyphs)

    @cached_property
    def size(self) -> float:
        """The type size of most of it."""
        return statistics.mode(round(glyph.size, 1) for glyph in self.glyphs)

    @cached_property
    def y(self) -> float:
        """Its baseline."""
        size = self.size
        return statistics.median(glyph.y for glyph in self.glyphs if abs(glyph.size - size) < 1)

    @cached_property
    def text(self) -> str:
        """Its characters, with a space or a column gap (U+3000) where there is one."""
        return line_text(self.glyphs)

    @cached_property
    def columned(self) -> bool:
        """Whether wide gaps part it into columns: a very wide one, or several."""
        ink = [glyph for glyph in self.glyphs if glyph.char not in BLANKS]
        usual = _usual_gap(ink)
        gaps = [(after.x0 - before.x1) / after.size - usual for before, after in pairwise(ink)]
        parted = max(gaps, default=0.0) > WIDE_GAP or sum(gap > COLUMN_GAP for gap in gaps) > 1
        return parted and not letter_spaced(ink)

    @cached_property
    def bold(self) -> bool:
        """Whether all of it is in heavy type."""
        return all(glyph.face.bold for glyph in self.glyphs)


def rows_of(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Glyphs by baseline, from the top down, each row from left to right; raised and lowered ones in their row."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda each: (each.y, each.x0)):
        if rows and glyph.y - rows[-1][-1].y <= SAME_BASELINE * min(glyph.size, rows[-1][-1].size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return [_undouble(sorted(row, key=lambda each: each.x0)) for row in _gather_raised(rows)]


def _gather_raised(rows: list[list[Glyph]]) -> list[list[Glyph]]:
    """The rows, superscripts and subscripts drawn into the row that has room for them."""
    sizes = [max(glyph.size for glyph in row) for row in rows]
    taken: set[int] = set()
    for i, row in enumerate(rows):
        for j in (i + 1, i - 1):
            if not 0 <= j < len(rows) or j in taken or sizes[i] > SMALLER * sizes[j]:
                continue
            near = abs(row[0].y - rows[j][0].y) <= RAISED * sizes[j]
            if near and _fits(row, rows[j]):
                rows[j] = rows[j] + row
                taken.add(i)
                break
    return [row for i, row in enumerate(rows) if i not in taken]


def _fits(small: Sequence[Glyph], row: Sequence[Glyph]) -> bool:
    """Whether no character of a row stands where the small ones do."""
    slack = 0.25 * small[0].size
    return not any(
        each.x0 < other.x1 - slack and other.x0 < each.x1 - slack
        for each in small
        for other in row
        if other.char not in BLANKS
    )


def _undouble(row: list[Glyph]) -> list[Glyph]:
    """A row without the characters that were drawn twice to look bold."""
    kept: list[Glyph] = []
    for glyph in row:
        twin = next(
            (
                i
                for i in range(len(kept) - 1, max(-1, len(kept) - 4), -1)
                if kept[i].char == glyph.char and abs(kept[i].x0 - glyph.x0) < DOUBLED * glyph.size
            ),
            None,
        )
        if twin is None:
            kept.append(glyph)
        elif glyph.char not in BLANKS:
            kept[twin] = kept[twin]._replace(face=kept[twin].face._replace(bold=True))
    return kept


def pieces_of(page: int, row: Sequence[Glyph]) -> list[Line]:
    """The parts of a row between wide gaps, blanks at their edges left off."""
    if letter_spaced([glyph for glyph in row if glyph.char not in BLANKS]):
        return [Line(page, strip_blanks(row))]
    pieces: list[list[Glyph]] = []
    ink: Glyph | None = None
    for glyph in row:
        if glyph.char in BLANKS:
            if pieces:
                pieces[-1].append(glyph)
            continue
        if ink is None or glyph.x0 - ink.x1 > PIECE_GAP * max(glyph.size, ink.size):
            pieces.append([])
        pieces[-1].append(glyph)
        ink = glyph
    return [Line(page, strip_blanks(piece)) for piece in pieces]


def strip_blanks(row: Sequence[Glyph]) -> list[Glyph]:
    """A row of glyphs without the blanks at its ends."""
    start, stop = 0, len(row)
    while start < stop and row[start].char in BLANKS:
        start += 1
    while stop > start and row[stop - 1].char in BLANKS:
        stop -= 1
    return list(row[start:stop])


def wide(char: str) -> bool:
    """Whether a character is as wide as it is high, in Chinese type."""
    return unicodedata.east_asian_width(char) in "WF" or char in "“”‘’…—·"


def line_text(glyphs: Sequence[Glyph]) -> str:
    """The characters of a row of glyphs with the blanks that are seen between them."""
    ink = [glyph for glyph in glyphs if glyph.char not in BLANKS]
    if letter_spaced(ink):
        return "".join(glyph.char for glyph in ink)
    usual = _usual_gap(ink)
    pieces = [ink[0].char] if ink else []
    for before, after in pairwise(ink):
        pieces += (_between(before, after, usual), after.char)
    return "".join(pieces)


def _usual_gap(ink: Sequence[Glyph]) -> float:
    """The white between two hanzi of a line, in type sizes: more than none where it is spaced out."""
    gaps = [
        (after.x0 - before.x1) / before.size
        for before, after in pairwise(ink)
        if HAN.match(before.char) and HAN.match(after.char)
    ]
    return max(0.0, statistics.median(gaps)) if len(gaps) > 2 else 0.0


def _between(before: Glyph, after: Glyph, usual: float) -> str:
    gap = (after.x0 - before.x1) / max(before.size, after.size)
    if gap > usual + FULL_BLANK:
        return COLUMN_BLANK
    if _apart(before.char, after.char):
        return ""
    beside_mark = any(wide(each.char) and not HAN.match(each.char) for each in (before, after))
    least = MARK_SPACE if beside_mark else LAYER_SPACE if before.face.unpainted else SPACE
    return " " if gap > usual + least else ""


def _apart(before: str, after: str) -> bool:
    """Whether programs set two characters apart by themselves: a figure and a hanzi, without a space."""
    return bool((before.isdecimal() and HAN.match(after)) or (HAN.match(before) and after.isdecimal()))


def letter_spaced(ink: Sequence[Glyph]) -> bool:
    """Whether a line is a word in Chinese set wide: one and the same gap between all of its characters."""
    if not 2 <= len(ink) <= 24 or not all(wide(glyph.char) for glyph in ink):
        return False
    size = ink[0].size
    gaps = [(after.x0 - before.x1) / size for before, after in pairwise(ink)]
    least, most = min(gaps), max(gaps)
    return least > 0.25 and most <= 4 and most - least < 0.3 and (len(ink) > 2 or most <= 2.5)
