"""Web pages: the document in them as text, what surrounds it left out, what the page knows of both as marks."""

from __future__ import annotations

from dataclasses import replace

from govdoc.cleaned import Decoded
from govdoc.edits import Pass
from govdoc.readers.html.layout import Rows, drawn, edits, marks, notices
from govdoc.readers.html.page import Page
from govdoc.readers.html.selection import select
from govdoc.readers.html.tables import find_tables

__all__ = ["read_html"]


def read_html(decoded: Decoded) -> Decoded:
    """A page read: ``plain`` is its document, one paragraph a line, the cells of a table split by TAB.

    Whatever is taken out is an edit of ``reading``, so that undoing gives the page. Marks and notices are in offsets
    of the page. What is not known to be no part of the document stays, with a notice.
    """
    page = Page(decoded.text)
    chosen = select(page)
    kept = [i for i in range(len(page.lines)) if i not in chosen.dropped]
    rows = Rows(find_tables(page, kept))
    found = (*chosen.marks, *marks(page, kept, rows))
    return replace(
        decoded,
        media_type="text/html",
        marks=tuple(sorted(found, key=lambda mark: (mark.start, mark.stop))),
        notices=(*chosen.notices, *notices(page, found)),
        reading=(Pass(tuple(edits(page, kept, chosen.dropped, rows, drawn(page, kept, rows)))),),
    )
