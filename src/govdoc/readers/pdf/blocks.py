"""What a document is put together from: paragraphs and tables, in reading order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

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
