"""What a person should know of how a document was made to fit its style and its paper."""

from __future__ import annotations

from collections.abc import Iterator

from govdoc.layout.composition import Composition, Paragraph, Table
from govdoc.layout.tables import column_widths, table_grid, table_width
from govdoc.layout.titles import title_width
from govdoc.model import Document
from govdoc.span import Notice
from govdoc.style import POINTS_PER_MM, StyleSheet

LONG_TITLE, NO_BODY, MOVED = "F201", "F202", "F203"
LEFT_OUT, PARTED, TALL_CELL, BARE, NOT_SET = "F204", "F205", "F206", "F207", "F208"
_KEPT = "/source/metadata/"  # the place of a line that was kept there
_LINES_OF_A_TITLE = 5


def remarks(document: Document, made: Composition, style: StyleSheet, *, bare: bool) -> Iterator[Notice]:
    """The notices on a document's composition: each says what was done, and how many or which.

    ``bare``: nothing of the 正文 stands on page 1.
    """
    yield from _of_titles(made)
    if not document.main.body:
        yield Notice(NO_BODY, "warning", "the document has no 正文")
    if bare:
        yield Notice(BARE, "warning", "what stands above the 正文 fills page 1, which should show some of it (§7.3.3)")
    recipients = document.main.recipients
    if recipients and made.foot and any(row.left.startswith(style.foot.main_label) for row in made.foot.rows):
        yield Notice(MOVED, "info", f"主送机关 ({len(recipients.names)}) stand in the 版记: page 1 shows no 正文 else")
    lines = [at.removeprefix(_KEPT) for at in document.spans if at.startswith(_KEPT)]
    if lines:
        yield Notice(NOT_SET, "warning", f"not set, for GB/T 9704-2012 has no such element: {'、'.join(lines)}")
    if style.letter.enabled:
        yield from _left_out(document)
    yield from _of_tables(document, made, style)


def _of_titles(made: Composition) -> Iterator[Notice]:
    for item in made.flow:
        if isinstance(item, Paragraph) and len(item.breaks) >= _LINES_OF_A_TITLE:
            lines = len(item.breaks) + 1
            yield Notice(LONG_TITLE, "warning", f"a title of {len(item.text)} characters takes {lines} lines")


def _left_out(document: Document) -> Iterator[Notice]:
    """What a 信函 has no place for (§10.1)."""
    mark, printing = document.header.issuer_mark, document.colophon.printing
    rest = [*mark.agencies[1:], *([mark.suffix] if mark.suffix else [])] if mark else []
    if rest:
        yield Notice(LEFT_OUT, "info", f"the mark of a 信函 is the lead agency's name: without {'、'.join(rest)}")
    if printing:
        yield Notice(LEFT_OUT, "info", "a 信函 has no 印发机关 and no 印发日期: left out")


def _of_tables(document: Document, made: Composition, style: StyleSheet) -> Iterator[Notice]:
    tables = [item for item in made.flow if isinstance(item, Table)]
    bodies = (document.main.body, *(each.body for each in document.main.attachments))
    parts = len(tables) - sum(any(block.rows or ()) for body in bodies for block in body if block.type == "table")
    if parts > 0:
        yield Notice(
            PARTED, "warning", f"tables wider than a page laid across: their columns stand in {parts} more parts"
        )
    tall = sum(_tall_cells(table, style) for table in tables)
    if tall:
        yield Notice(TALL_CELL, "warning", f"{tall} table cells are higher than a page: they go on over the next ones")


def _tall_cells(table: Table, style: StyleSheet) -> int:
    """Cells whose text alone takes more than a page, by its count of characters."""
    cells, columns = table_grid(table.rows)
    widths = column_widths(cells, columns, table.size, style, across=table.across)
    height = table_width(style, across=not table.across) * POINTS_PER_MM
    lines = height / (table.size * style.table.pitch)
    count = 0
    for cell in cells:
        width = sum(widths[cell.column : cell.column + cell.colspan]) - 2 * style.table.padding
        count += title_width(cell.text) * table.size > lines * max(width * POINTS_PER_MM, table.size)
    return count
