"""Places in a text, and what is known of them."""

from __future__ import annotations

from typing import Literal, NamedTuple

import msgspec

MarkKind = Literal[
    "boundary",  # a document begins here (篇一, a second notice)
    "blank-lines",  # a run of blank lines stood here; value is how many
    "column-gap",  # two columns on one line (印发机关 | 印发日期)
    "right-aligned",  # the line was pushed to the right by blanks
    "indented",  # the line began with an indent: a paragraph of its own
    "label",  # a page's own section label stood here (正文, 文章属性)
    "metadata",  # the page said this of the document: key and value
    "page-title",  # the page's own title (SEO), not the document's
    "heading",  # the source's format knew a heading; value is its level
    "centred",  # the source's format knew a centred line
    "table",  # the source's format knew a table
    "cell",  # a cell of it; value is "row,column,rowspan,colspan", counted from 0
    "image",  # a picture's placeholder stands here; value is its address, key its alternative text
    "link",  # a link to an attachment stood here; value is its address
    "bold",  # the source's format knew bold type (a run-in head)
]


class Span(NamedTuple):
    """A half-open range ``[start, stop)`` of code points."""

    start: int
    stop: int


class Mark(msgspec.Struct, frozen=True):
    """What is known of a place beside its characters; ``start`` and ``stop`` are offsets in the decoded source."""

    kind: MarkKind
    start: int
    stop: int
    value: str | None = None
    key: str | None = None


class Notice(msgspec.Struct, frozen=True):
    """Something a person should know: ``span`` is ``(start, stop)`` in the decoded source, where there is a place."""

    code: str
    level: Literal["info", "warning", "error"]
    message: str
    span: tuple[int, int] | None = None
