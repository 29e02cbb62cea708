"""From pages to blocks: tables, page furniture, columns, footnotes, paragraphs, in reading order."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from govdoc.readers.pdf.aligned_tables import find_aligned_tables
from govdoc.readers.pdf.blocks import Block
from govdoc.readers.pdf.columns import read_columns
from govdoc.readers.pdf.furniture import Furniture, Sheet, drop_furniture
from govdoc.readers.pdf.lines import Line, pieces_of, rows_of
from govdoc.readers.pdf.open_tables import find_open_tables
from govdoc.readers.pdf.page import Box, Extract, Page
from govdoc.readers.pdf.paragraphs import Column, Flow, is_heavy, measure_column, narrowed
from govdoc.readers.pdf.tables import Placed, find_tables

NOTE_RULE = 0.45
"""The part of the text's width that the line over footnotes is long, at most."""
NOTE_SIZE = 0.93
"""Times the size of the text that footnotes are set in, at most."""
HEAVY_SHARE = 0.4
"""The part of the text in heavy type from which on that type marks nothing."""
OWN_EDGES = 6
"""Lines of a column or a page from which on its own edges are measured."""


@dataclass
class Layout:
    """A page on the way to blocks: its rows, its tables, its footnotes."""

    page: Page
    sheet: Sheet
    tables: list[Placed]
    notes: list[list[Line]] = field(default_factory=list)


@dataclass
class Composition:
    """The blocks of a document, and what was done on the way that a person should know of."""

    blocks: list[Block]
    furniture: Furniture
    columned: list[int] = field(default_factory=list)
    heads_joined: int = 0


def compose(found: Extract) -> Composition:
    """The blocks of a document in reading order."""
    layouts = [_lay_out(page) for page in found.pages]
    furniture = drop_furniture([layout.sheet for layout in layouts])
    size = _text_size(layouts)
    for layout in layouts:
        _part_notes(layout, size)
    made = Composition([], furniture)
    usual = _usual_columns(layouts, size)
    flow = Flow(heavy_speaks=_share_of_heavy(layouts) < HEAVY_SHARE)
    for layout in layouts:
        _flow_page(layout, flow, usual, made)
    made.blocks = flow.end()
    made.heads_joined = flow.heads_joined
    return made


def _lay_out(page: Page) -> Layout:
    tables, rest = find_tables(page)
    more, rest = find_open_tables(page, rest)
    aligned, rest = find_aligned_tables(page, rest)
    tables = sorted(tables + more + aligned, key=lambda placed: placed.box.y0)
    rows = [pieces for row in rows_of(rest) if (pieces := pieces_of(page.number, row))]
    return Layout(page, Sheet(page.number, page.height, rows, [box.y0 for box in page.across]), tables)


def _text_size(layouts: Sequence[Layout]) -> float:
    """The type size of most of the text."""
    weights: Counter[float] = Counter()
    for layout in layouts:
        for row in layout.sheet.rows:
            for line in row:
                weights[line.size] += len(line.glyphs)
    return weights.most_common(1)[0][0] if weights else 0.0


def _share_of_heavy(layouts: Sequence[Layout]) -> float:
    """The part of the text that is in heavy type."""
    heavy = [
        is_heavy(glyph) for layout in layouts for row in layout.sheet.rows for line in row for glyph in line.glyphs
    ]
    return sum(heavy) / max(1, len(heavy))


def _part_notes(layout: Layout, size: float) -> None:
    """Take the footnotes of a page out of its rows: small type under a short line, to the end of the page."""
    rows = layout.sheet.rows
    if not rows:
        return
    left, right = min(row[0].x0 for row in rows), max(row[-1].x1 for row in rows)
    for rule in layout.page.across:
        below = [row for row in rows if row[0].y > rule.y0]
        short = rule.x1 - rule.x0 < NOTE_RULE * (right - left) and abs(rule.x0 - left) < 3 * size
        small = all(line.size <= NOTE_SIZE * size for row in below for line in row)
        if short and below and len(below) < len(rows) and small and rule.y0 > layout.page.height / 3:
            layout.notes = below
            layout.sheet.rows = [row for row in rows if row[0].y <= rule.y0]
            return


def _usual_columns(layouts: Sequence[Layout], size: float) -> dict[int, Column]:
    """The edges of text on odd and even pages: they differ where margins are mirrored."""
    by_side: dict[int, list[Line]] = {0: [], 1: []}
    for layout in layouts:
        if not layout.page.turned:
            by_side[layout.page.number % 2] += (_whole(row) for row in layout.sheet.rows)
    every = by_side[0] + by_side[1]
    long_enough = {side: len(lines) >= OWN_EDGES for side, lines in by_side.items()}
    return {
        side: measure_column(lines if long_enough[side] else every, size) for side, lines in by_side.items() if every
    }


def _whole(row: Sequence[Line]) -> Line:
    """The pieces of a row as one line."""
    return row[0] if len(row) == 1 else Line(row[0].page, [glyph for line in row for glyph in line.glyphs])


def _flow_page(layout: Layout, flow: Flow, usual: dict[int, Column], made: Composition) -> None:
    """Send the rows and tables of a page on, from the top down, column by column; its footnotes behind them."""
    stretches = _between_tables(layout)
    for rows, placed in stretches:
        regions = read_columns(rows) if rows else []
        if len(regions) > 1:
            made.columned.append(layout.page.number)
        for region in regions:
            lines = [_whole(row) for row in region]
            flow.add(lines, _column_of(lines, layout, usual, alone=len(regions) == 1))
        if placed:
            flow.add_table(placed.table, placed.xs)
    if layout.notes:
        lines = [_whole(row) for row in layout.notes]
        flow.add_notes(lines, measure_column(lines, statistics.median(line.size for line in lines)))


def _between_tables(layout: Layout) -> Iterable[tuple[list[list[Line]], Placed | None]]:
    """The rows of a page in stretches, each with the table that follows it."""
    rows = layout.sheet.rows
    for placed in layout.tables:
        above = [row for row in rows if row[0].y <= _middle(placed.box)]
        rows = [row for row in rows if row[0].y > _middle(placed.box)]
        yield above, placed
    yield rows, None


def _middle(box: Box) -> float:
    return (box.y0 + box.y1) / 2


def _column_of(lines: Sequence[Line], layout: Layout, usual: dict[int, Column], *, alone: bool) -> Column:
    """The edges that lines are set between: their own in columns and on pages of another shape, else the usual."""
    page = layout.page
    standard = usual.get(page.number % 2)
    if standard is None or (page.turned or not alone):
        if len(lines) >= OWN_EDGES or standard is None:
            return measure_column(lines, standard.size if standard else lines[0].size)
        return standard
    standard = narrowed(standard, [_whole(row) for row in layout.sheet.rows])
    first, last = min(line.x0 for line in lines), max(line.x1 for line in lines)
    beyond = sum(line.x1 > standard.right + 3 * standard.size for line in lines)
    if beyond * 3 > len(lines):  # a landscape page
        middle = page.width / 2
        half = max(last - middle, middle - first)
        return Column(middle - half, middle + half, standard.pitch, standard.size)
    return standard
