"""From pages to blocks: tables, columns, page furniture, paragraphs, in reading order."""

from __future__ import annotations

from collections.abc import Sequence

from govdoc.readers.pdf.blocks import Block
from govdoc.readers.pdf.lines import Line, pieces_of, rows_of
from govdoc.readers.pdf.page import Page
from govdoc.readers.pdf.paragraphs import measure_column, paragraphs_of


def compose(pages: Sequence[Page]) -> list[Block]:
    """The blocks of a document in reading order."""
    lines: list[Line] = []
    for page in pages:
        for row in rows_of(page.glyphs):
            pieces = pieces_of(page.number, row)
            if pieces:
                lines.append(Line(page.number, [glyph for piece in pieces for glyph in piece.glyphs]))
    if not lines:
        return []
    return list(paragraphs_of(lines, measure_column(lines)))
