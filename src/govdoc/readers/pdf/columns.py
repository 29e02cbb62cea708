"""Reading order: pages of two and more columns are read column by column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from govdoc.readers.pdf.lines import Line

LEAST_ROWS = 4
"""Rows on either side of a gutter that make columns."""
FILLED = 0.7
"""The part of a column's width that its lines fill, on the average, where it is running text."""
NARROWEST = 7.0
"""Type sizes: no column of text is narrower."""
GUTTER = 0.9
"""Type sizes of white between columns."""
STEP = 3.0
"""Points between the places where a gutter is looked for."""
DEEPEST = 2
"""Columns are parted so many times: up to four side by side."""

Rows = Sequence[Sequence[Line]]


@dataclass(frozen=True)
class _Band:
    """Rows ``[start, stop)`` that a gutter parts from the left to the right."""

    start: int
    stop: int


def read_columns(rows: Rows, depth: int = 0) -> list[list[list[Line]]]:
    """The regions of a page in reading order, each rows of lines; a left column before its right one."""
    if depth >= DEEPEST or len(rows) < LEAST_ROWS:
        return [[list(row) for row in rows]]
    best: tuple[int, float, list[_Band]] = (0, 0.0, [])
    for gutter in _places(rows):
        bands = _bands(rows, gutter)
        if (held := sum(band.stop - band.start for band in bands)) > best[0]:
            best = (held, gutter, bands)
    if not best[0]:
        return [[list(row) for row in rows]]
    regions: list[list[list[Line]]] = []
    at = 0
    for band in best[2]:
        if band.start > at:
            regions.append([list(row) for row in rows[at : band.start]])
        for side in (0, 1):
            regions += read_columns(_side(rows[band.start : band.stop], best[1], side), depth + 1)
        at = band.stop
    if at < len(rows):
        regions.append([list(row) for row in rows[at:]])
    return regions


def _places(rows: Rows) -> list[float]:
    """Where a gutter may be: the middle parts of what is printed, with lines enough on both sides."""
    starts, ends = sorted(line.x0 for row in rows for line in row), sorted(line.x1 for row in rows for line in row)
    if len(starts) < 2 * LEAST_ROWS:
        return []
    # So many lines must end before a gutter, and so many begin behind it.
    first, last = ends[LEAST_ROWS - 1], starts[-LEAST_ROWS]
    left, width = starts[0], ends[-1] - starts[0]
    places = (left + width * 0.2 + STEP * i for i in range(int(width * 0.6 / STEP)))
    return [place for place in places if first <= place <= last]


def _side(rows: Rows, gutter: float, side: int) -> list[list[Line]]:
    """The lines on one side of a gutter, row by row."""
    halves = ([line for line in row if (line.x0 >= gutter) == bool(side)] for row in rows)
    return [half for half in halves if half]


def _bands(rows: Rows, gutter: float) -> list[_Band]:
    """The runs of rows that no line crosses at a gutter and that are columns of text on both sides."""
    bands: list[_Band] = []
    start = 0
    for i in range(len(rows) + 1):
        if i < len(rows) and all(line.x1 <= gutter or line.x0 >= gutter for line in rows[i]):
            continue
        # One-sided rows at the edges of a run are headings over the columns, or the ends of lines above them.
        if i - start >= LEAST_ROWS and _are_columns(rows[start:i], gutter):
            bands.append(_Band(start, i))
        start = i + 1
    return bands


def _are_columns(rows: Rows, gutter: float) -> bool:
    left, right = (_side(rows, gutter, side) for side in (0, 1))
    if min(len(left), len(right)) < LEAST_ROWS:
        return False
    size = left[0][0].size
    inner, outer = max(row[-1].x1 for row in left), min(row[0].x0 for row in right)
    if outer - inner < GUTTER * size:
        return False
    return _is_text(left) and _is_text(right)


def _is_text(side: Rows) -> bool:
    """Whether lines fill their column as running text does."""
    first, last = min(row[0].x0 for row in side), max(row[-1].x1 for row in side)
    sizes = [row[0].size for row in side]
    width = last - first
    filled = sum(row[-1].x1 - row[0].x0 for row in side) / (len(side) * width) if width else 0.0
    return width >= NARROWEST * max(sizes) and filled >= FILLED
