"""Tables without any lines: rows whose pieces stand under each other, told from names and running text in columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from govdoc.readers.pdf.blocks import Cell, Table
from govdoc.readers.pdf.lines import Line, pieces_of, rows_of
from govdoc.readers.pdf.page import Box, Glyph, Page
from govdoc.readers.pdf.tables import Placed

LEAST_ROWS: Final = 3
LEAST_COLUMNS: Final = 2
PITCH: Final = 2.6
"""Type sizes from the baseline of a row to the next, at most."""
WHITE: Final = 1.1
"""Type sizes of white, all the way down, that part two columns."""
SLACK: Final = 0.6
"""Type sizes by which the beginnings, the middles or the ends of a column's cells may differ."""
ALIGNED: Final = 0.8
"""The part of a column's cells that stand under each other."""
FILLED: Final = 0.8
LONGEST_CELL: Final = 20
LONGEST_HEAD: Final = 10
FEWEST_FIGURES: Final = 0.6
"""The part of a column's cells below the head that are figures, in one column at least."""
MOST_SKIPPED: Final = 2
"""Rows above a table that stand in columns too: a line of unit and date."""
FIGURE: Final = re.compile(r"[-－+±]?[\d,.，]+(?:[%％‰]|[\u4e00-\u9fff㎡]{1,3})?|—|/|[\d.]+[-—～~][\d.]+[%％]?")
HEAD: Final = re.compile(
    r"序\s?号|编\s?号|姓\s?名|单\s?位(?:名称)?|名\s?称|项\s?目(?:名称)?|类\s?别|指\s?标(?:名称)?|数\s?量|金\s?额|职\s?[务称]|学\s?校(?:名称)?|地\s?区"
    r"|县\s?区|区\s?县|备\s?注|日\s?期|时\s?间|地\s?点|内\s?容|年\s?[度份]|计量单位|责任单位|牵头单位|合\s?计|职位|岗位|部门|联系(?:人|电话)"
)
SENTENCE: Final = re.compile(r"[。；！？]|[，、：:]$")


def find_aligned_tables(page: Page, glyphs: Sequence[Glyph]) -> tuple[list[Placed], list[Glyph]]:
    """The tables among glyphs that no line bounds, and the glyphs that stand in none.

    Taken for one are at least three rows of two columns of short cells under each other, with a head of usual words
    or without figures over a column of figures.
    """
    found: list[Placed] = []
    held: set[int] = set()
    rows = [pieces for row in rows_of(glyphs) if (pieces := pieces_of(page.number, row))]
    for run in _runs(rows):
        for skipped in range(min(MOST_SKIPPED, len(run) - LEAST_ROWS) + 1):
            if placed := _read_table(page, run[skipped:]):
                found.append(placed)
                held |= {id(glyph) for row in run[skipped:] for piece in row for glyph in piece.glyphs}
                break
    return found, [glyph for glyph in glyphs if id(glyph) not in held]


def _runs(rows: Sequence[list[Line]]) -> Iterator[list[list[Line]]]:
    """Rows one under the other, each of several short pieces of one size."""
    run: list[list[Line]] = []
    for row in rows:
        if run and not (_is_row(row) and row[0].y - run[-1][0].y <= PITCH * row[0].size):
            if len(run) >= LEAST_ROWS:
                yield run
            run = []
        if _is_row(row):
            run.append(row)
    if len(run) >= LEAST_ROWS:
        yield run


def _is_row(row: Sequence[Line]) -> bool:
    return len(row) >= LEAST_COLUMNS and all(
        len(piece.text) <= LONGEST_CELL and not SENTENCE.search(piece.text) for piece in row
    )


def _read_table(page: Page, rows: Sequence[list[Line]]) -> Placed | None:
    edges = _edges(rows)
    if len(edges) - 1 < LEAST_COLUMNS:
        return None
    grid = [[[piece for piece in row if left <= piece.x0 < right] for left, right in pairwise(edges)] for row in rows]
    cells = [cell for row in grid for cell in row]
    if any(len(cell) > 1 for cell in cells) or sum(map(len, cells)) < FILLED * len(cells):
        return None
    columns = [[cell[0] for cell in column if cell] for column in zip(*grid, strict=True)]
    texts = [[cell[0].text if cell else "" for cell in row] for row in grid]
    if not all(_stand_under(column) for column in columns) or not _says_table(texts):
        return None
    made = [[Cell(text, r, c) for c, text in enumerate(row)] for r, row in enumerate(texts)]
    size = rows[0][0].size
    box = Box(edges[0], rows[0][0].y - size, edges[-1], rows[-1][0].y)
    return Placed(box, Table(page.number, made), edges)


def _edges(rows: Sequence[list[Line]]) -> list[float]:
    """Where columns are parted: the middles of the white that runs all the way down."""
    pieces = sorted((piece for row in rows for piece in row), key=lambda piece: piece.x0)
    edges, reach = [pieces[0].x0], pieces[0].x1
    for piece in pieces:
        if piece.x0 - reach > WHITE * piece.size:
            edges.append((reach + piece.x0) / 2)
        reach = max(reach, piece.x1)
    return [*edges, reach + 1]


def _stand_under(column: Sequence[Line]) -> bool:
    """Whether the cells of a column, its head aside, begin, end or have their middles at one place."""
    cells = column[1:] or column
    slack = SLACK * cells[0].size
    for places in ([c.x0 for c in cells], [c.x1 for c in cells], [(c.x0 + c.x1) / 2 for c in cells]):
        middle = sorted(places)[len(places) // 2]
        if sum(abs(place - middle) <= slack for place in places) >= ALIGNED * len(places):
            return True
    return False


def _says_table(texts: Sequence[Sequence[str]]) -> bool:
    """Whether rows are of a table and no list of names: by the words of the head, or by figures under words."""
    head, rows = texts[0], texts[1:]
    if not all(head) or any(len(text) > LONGEST_HEAD for text in head):
        return False
    named = sum(HEAD.search(text) is not None for text in head)
    if named >= LEAST_COLUMNS:
        return True
    words = not any(FIGURE.fullmatch(text) for text in head)
    figures = [sum(FIGURE.fullmatch(row[c]) is not None for row in rows) for c in range(len(head))]
    return words and any(count >= FEWEST_FIGURES * len(rows) for count in figures[1:])
