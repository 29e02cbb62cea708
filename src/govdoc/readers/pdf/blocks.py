"""What a document is put together from: paragraphs and tables, in reading order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

MOST_HEAD_ROWS = 3
"""Rows of a table's head that are looked for again on its next page."""

Place = Literal["left", "centred", "right"]


@dataclass
class Paragraph:
    """A paragraph with what its look says of it; ``page`` is where it begins."""

    text: str
    page: int
    place: Place = "left"
    indented: bool = False
    heading: bool = False
    bold: int = 0
    """How many of its first characters are in heavy type, where the rest is not."""


@dataclass
class Cell:
    """A cell of a table: where it begins, counted from 0, and how far it reaches."""

    text: str
    row: int
    column: int
    down: int = 1
    across: int = 1
    full: bool = False
    """Whether its last line fills it, so that it may go on."""


@dataclass
class Table:
    """A ruled table: its cells row by row."""

    page: int
    rows: list[list[Cell]] = field(default_factory=list)


Block = Paragraph | Table


def append(table: Table, more: Table, join: Callable[[str, str], str]) -> bool:
    """Add the rows of a table that goes on over the page; whether its head was repeated and left out.

    A row that the page cuts is put together again; ``join`` does that for two halves of a text.
    """
    most = min(MOST_HEAD_ROWS, len(more.rows) - 1, len(table.rows))
    texts = [[cell.text for cell in row] for row in table.rows[:most]]
    repeated = 0
    while repeated < most and [cell.text for cell in more.rows[repeated]] == texts[repeated]:
        repeated += 1
    head = repeated > 0
    rows = more.rows[repeated:]
    if _is_cut(table.rows[-1], rows[0]):
        for cell, rest in zip(table.rows[-1], rows[0], strict=True):
            cell.text, cell.full, cell.down = join(cell.text, rest.text), rest.full, cell.down + rest.down - 1
        repeated, rows = repeated + 1, rows[1:]
    base = len(table.rows)
    table.rows += [[replace(cell, row=cell.row - repeated + base) for cell in row] for row in rows]
    return head


def _is_cut(last: Sequence[Cell], first: Sequence[Cell]) -> bool:
    """Whether a page cuts a row in two: what goes on was full, and what was at its end, as its number, does not."""
    if [(cell.column, cell.across) for cell in last] != [(cell.column, cell.across) for cell in first]:
        return False
    goes_on = [cell for cell, rest in zip(last, first, strict=True) if rest.text]
    return not first[0].text and bool(last[0].text) and all(cell.full for cell in goes_on)
