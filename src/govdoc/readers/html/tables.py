"""Tables: those that hold data, those that only lay the page out, and the grid of the former."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from govdoc.readers.html.names import is_article
from govdoc.readers.html.page import Page

SPAN: Final = re.compile(r"(?i)\b(rowspan|colspan)\s*=\s*[\"']?\s*(\d{1,4})")
RULED: Final = re.compile(
    r"(?i)\sborder\s*=\s*[\"']?[1-9]|MsoTableGrid|MsoNormalTable|border(?:-\w+)?\s*:[^;\"']*(?:solid|[1-9]\S*pt)|border-collapse"
)
LAID_OUT: Final = re.compile(r"(?i)\srole\s*=\s*[\"']?(?:presentation|none)\b")
WIDEST: Final = 100
"""Columns or rows that a span is taken at its word for."""
MOST_COLUMNS: Final = 256
LONG_CELL: Final = 300
SHORT_CELL: Final = 40
CELL_INK: Final = 60


@dataclass
class Cell:
    """A cell: its element, what it spans, and the lines in it."""

    element: int
    down: int = 1
    across: int = 1
    lines: list[int] = field(default_factory=list)


@dataclass
class Table:
    """A table: its element and its rows of cells; ``ruled`` where its cells are marked off from each other."""

    element: int
    rows: list[list[Cell]] = field(default_factory=list)
    headed: bool = False

    @property
    def cells(self) -> list[Cell]:
        """All cells, row by row."""
        return [cell for row in self.rows for cell in row]


def find_tables(page: Page, kept: Sequence[int]) -> list[Table]:
    """The tables that hold data among the kept lines of a page, with their rows that hold any."""
    tables, around = _gather(page)
    cells = {cell.element: cell for table in tables.values() for cell in table.cells}
    nearest = [0] * len(page.elements)
    for number, element in enumerate(page.elements[1:], 1):
        nearest[number] = number if number in cells else nearest[element.parent]
    for i in kept:
        if cell := nearest[page.lines[i].element]:
            cells[cell].lines.append(i)
    framing: set[int] = set()  # tables around tables only lay them out
    for number in reversed(tables):
        if around[number] and (number in framing or any(cell.lines for cell in tables[number].cells)):
            framing.add(around[number])
    found = [table for number, table in tables.items() if number not in framing and _holds_data(page, table)]
    for table in found:
        _drop_empty_rows(table)
    return found


def _gather(page: Page) -> tuple[dict[int, Table], dict[int, int]]:
    """Every table of the page with its rows, by its element; and the table each stands in, 0 for none."""
    tables: dict[int, Table] = {}
    around: dict[int, int] = {}
    table_of = [0] * len(page.elements)
    row_of: dict[int, list[Cell]] = {}
    for number, element in enumerate(page.elements[1:], 1):
        own = table_of[element.parent]
        if element.name == "table":
            tables[number], around[number] = Table(number), own
            own = number
        elif element.name == "tr" and own:
            row_of[number] = []
            tables[own].rows.append(row_of[number])
        elif element.name in ("td", "th") and element.parent in row_of:
            row_of[element.parent].append(_cell(page, number))
        if element.name in ("th", "thead", "caption") and own:
            tables[own].headed = True
        table_of[number] = own
    return tables, around


def _cell(page: Page, number: int) -> Cell:
    spans = {name.lower(): int(size) for name, size in SPAN.findall(page.tree.tag(number))}
    down, across = (min(max(spans.get(name, 1), 1), WIDEST) for name in ("rowspan", "colspan"))
    return Cell(number, down, across)


def _wraps(page: Page, cells: list[Cell]) -> bool:
    """Whether one of a few cells holds the article or a text of many paragraphs."""
    return any(
        is_article(page.names[cell.element])
        or (len(cells) <= 6 and len(cell.lines) >= 5 and sum(page.prose[i] for i in cell.lines) >= LONG_CELL)
        for cell in cells
    )


def _holds_data(page: Page, table: Table) -> bool:
    filled = [[cell for cell in row if cell.lines] for row in table.rows]
    rows = [row for row in filled if row]
    wide = max((sum(cell.across for cell in row) for row in table.rows), default=0)
    if len(rows) < 2 or wide < 2 or max(len(row) for row in table.rows) < 2:
        return False
    tag = page.tree.tag(table.element)
    if LAID_OUT.search(tag):
        return False
    cells = [cell for row in rows for cell in row]
    if _wraps(page, cells):
        return False
    if table.headed or RULED.search(tag) or any(RULED.search(page.tree.tag(cell.element)) for cell in rows[0]):
        return True
    paired = sum(len(row) >= 2 for row in rows)
    return paired * 5 >= len(rows) * 3 and sum(page.ink[i] for cell in cells for i in cell.lines) <= CELL_INK * len(
        cells
    )


def _drop_empty_rows(table: Table) -> None:
    """Leave out rows in which no cell holds text; cells that span them span one row less."""
    if any(sum(cell.across for cell in row) > MOST_COLUMNS for row in table.rows):
        for cell in table.cells:
            cell.across = 1
    empty = [not any(cell.lines for cell in row) for row in table.rows]
    for r, row in enumerate(table.rows):
        for cell in row:
            cell.down = max(1, min(cell.down, len(table.rows) - r) - sum(empty[r + 1 : r + cell.down]))
    table.rows = [row for r, row in enumerate(table.rows) if not empty[r]]
