"""From blocks to text and marks: one paragraph a line, cells split by TAB."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from govdoc.readers.pdf.blocks import Block, Paragraph, Table
from govdoc.readers.pdf.lines import COLUMN_BLANK
from govdoc.span import Mark

MAIN_HEADING = "1"


def write(blocks: Sequence[Block]) -> tuple[str, tuple[Mark, ...]]:
    """The text of blocks, and what their look says as marks in offsets of that text."""
    pieces: list[str] = []
    marks: list[Mark] = []
    at = 0
    for block in blocks:
        text, found = _write_table(block, at) if isinstance(block, Table) else (block.text, _marks(block, at))
        pieces.append(text + "\n")
        marks += found
        at += len(text) + 1
    return "".join(pieces), tuple(marks)


def _marks(paragraph: Paragraph, at: int) -> Iterator[Mark]:
    stop = at + len(paragraph.text)
    if paragraph.indented:
        yield Mark("indented", at, stop)
    if paragraph.place == "centred":
        yield Mark("centred", at, stop)
    if paragraph.place == "right":
        yield Mark("right-aligned", at, stop)
    if paragraph.heading:
        yield Mark("heading", at, stop, value=MAIN_HEADING)
    if paragraph.bold:
        yield Mark("bold", at, at + paragraph.bold)
    for i, char in enumerate(paragraph.text):
        if char == COLUMN_BLANK:
            yield Mark("column-gap", at + i, at + i + 1)


def _write_table(table: Table, at: int) -> tuple[str, list[Mark]]:
    rows: list[str] = []
    marks: list[Mark] = []
    place = at
    for row in table.rows:
        for cell in row:
            value = f"{cell.row},{cell.column},{cell.down},{cell.across}"
            marks.append(Mark("cell", place, place + len(cell.text), value=value))
            place += len(cell.text) + 1
        rows.append("\t".join(cell.text for cell in row))
    text = "\n".join(rows)
    return text, [Mark("table", at, at + len(text)), *marks]
