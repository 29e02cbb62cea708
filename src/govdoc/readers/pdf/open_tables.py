"""Tables without upright lines (三线表): rows between lines of one length, cells parted by white."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from govdoc.readers.pdf.blocks import Cell, Table
from govdoc.readers.pdf.lines import BLANKS, pieces_of, rows_of
from govdoc.readers.pdf.page import Box, Glyph, Page
from govdoc.readers.pdf.tables import Placed, read_cell

SAME_END = 4.0
"""Points by which the ends of a table's lines may differ."""
LEAST_LENGTH = 0.25
"""The part of the page's width that a table's lines are long, at least."""
LEAST_ROWS = 3
LEAST_COLUMNS = 2
WHITE = 0.9
"""Type sizes of white, all the way down, that part two columns."""
MOST_PIECES = 1.1
"""Pieces of text to a cell: more of them are columns that were not seen."""
FILLED = 0.7
"""The part of its cells that hold text."""


@dataclass(frozen=True)
class _Span:
    """What lies between lines of one length: their ends, the highest, the lowest."""

    x0: float
    x1: float
    top: float
    bottom: float


def find_open_tables(page: Page, glyphs: Sequence[Glyph]) -> tuple[list[Placed], list[Glyph]]:
    """The tables among glyphs that no lattice holds, and the glyphs that stand in none."""
    found: list[Placed] = []
    rest = list(glyphs)
    for span in _spans(page):
        box = Box(span.x0 - SAME_END, span.top, span.x1 + SAME_END, span.bottom)
        inside = [g for g in rest if g.char not in BLANKS and box.holds((g.x0 + g.x1) / 2, g.y - g.size / 3)]
        if table := _read_table(page, span, inside):
            held = {id(glyph) for glyph in inside}
            rest = [glyph for glyph in rest if id(glyph) not in held]
            found.append(table)
    return found, rest


def _spans(page: Page) -> list[_Span]:
    """Lines of one length, from the highest to the lowest of them."""
    groups: list[list[Box]] = []
    for rule in sorted(page.across, key=lambda box: box.y0):
        if rule.x1 - rule.x0 < LEAST_LENGTH * page.width:
            continue
        for group in groups:
            if abs(group[0].x0 - rule.x0) < SAME_END and abs(group[0].x1 - rule.x1) < SAME_END:
                group.append(rule)
                break
        else:
            groups.append([rule])
    return [_Span(group[0].x0, group[0].x1, group[0].y0, group[-1].y1) for group in groups if len(group) > 1]


def _read_table(page: Page, span: _Span, inside: Sequence[Glyph]) -> Placed | None:
    rows = rows_of(inside)
    if len(rows) < LEAST_ROWS:
        return None
    edges = _columns(span, inside)
    if len(edges) - 1 < LEAST_COLUMNS:
        return None
    cells: list[list[Cell]] = []
    for r, row in enumerate(rows):
        texts = [
            read_cell([glyph for glyph in row if left <= (glyph.x0 + glyph.x1) / 2 < right])[0]
            for left, right in pairwise(edges)
        ]
        cells.append([Cell(text, r, c) for c, text in enumerate(texts)])
    filled = sum(bool(cell.text) for row in cells for cell in row)
    # Running text may leave white between two words by chance; a table has one piece of text in each cell.
    pieces = sum(len(pieces_of(page.number, row)) for row in rows)
    if filled < FILLED * len(cells) * (len(edges) - 1) or pieces > MOST_PIECES * filled:
        return None
    box = Box(span.x0, span.top, span.x1, span.bottom)
    return Placed(box, Table(page.number, cells), edges)


def _columns(span: _Span, inside: Sequence[Glyph]) -> list[float]:
    """Where columns are parted: the middles of the white that runs all the way down."""
    edges = [span.x0 - SAME_END]
    reach = None
    for glyph in sorted(inside, key=lambda each: each.x0):
        if reach is not None and glyph.x0 - reach > WHITE * glyph.size:
            edges.append((reach + glyph.x0) / 2)
        reach = glyph.x1 if reach is None else max(reach, glyph.x1)
    return [*edges, span.x1 + SAME_END]
