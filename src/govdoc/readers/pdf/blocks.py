"""What a document is put together from: paragraphs and tables, in reading order."""

from __future__ import annotations

from dataclasses import dataclass, field
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


@dataclass
class Table:
    """A ruled table: its cells row by row."""

    page: int
    rows: list[list[Cell]] = field(default_factory=list)


Block = Paragraph | Table


def append(table: Table, more: Table) -> bool:
    """Add the rows of a table that goes on over the page; whether its head was repeated and left out."""
    most = min(MOST_HEAD_ROWS, len(more.rows) - 1, len(table.rows))
    texts = [[cell.text for cell in row] for row in table.rows[:most]]
    repeated = 0
    while repeated < most and [cell.text for cell in more.rows[repeated]] == texts[repeated]:
        repeated += 1
    base = len(table.rows)
    for row in more.rows[repeated:]:
        table.rows.append(
            [Cell(cell.text, cell.row - repeated + base, cell.column, cell.down, cell.across) for cell in row]
        )
    return repeated > 0
