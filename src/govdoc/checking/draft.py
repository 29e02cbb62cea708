"""What checks look at: a canonical document, and the text it was read from where there is one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from govdoc.cleaned import Cleaned
from govdoc.edits import AppliedEdit, Trace
from govdoc.model import Attachment, Block, Document
from govdoc.span import Span


@dataclass(frozen=True)
class Piece:
    """A piece of a document: its cleaned text, and its raw form and places in the source where that is there.

    ``pointer`` names it in the canonical document; ``text`` begins at ``start`` of the cleaned text.
    """

    pointer: str
    text: str
    start: int | None = None
    trace: Trace | None = None

    @property
    def raw(self) -> str:
        """The source's own form; the cleaned text where there is no source."""
        span = self.span(0, len(self.text))
        return self.text if span is None or self.trace is None else self.trace.source[span.start : span.stop]

    def span(self, start: int, stop: int) -> Span | None:
        """The source span of ``[start, stop)`` of the text."""
        if self.trace is None or self.start is None:
            return None
        if start == stop:
            # An empty place stands behind the character before it.
            before = self.trace.back_span(self.start + max(start - 1, 0), self.start + max(start, 1))
            at = before.stop if start else before.start
            return Span(at, at)
        return self.trace.back_span(self.start + start, self.start + stop)


class Body(NamedTuple):
    """The blocks of the main text or of an attachment, and the pointer they hang from."""

    pointer: str
    blocks: tuple[Block, ...]


class SourceEdit(NamedTuple):
    """An edit of cleaning with its place in the source: what stood there is irregular, by the rule that mended it."""

    rule: str
    start: int
    stop: int
    old: str
    new: str


class Draft:
    """One document with its surroundings; ``begin`` and ``end`` part it from others in the same source."""

    def __init__(
        self,
        document: Document,
        cleaned: Cleaned | None = None,
        edits: Sequence[SourceEdit] = (),
        bounds: Span | None = None,
    ) -> None:
        self.document = document
        self.cleaned = cleaned
        self.bounds = bounds or Span(0, len(cleaned.decoded.text) if cleaned else 0)
        self.edits = [edit for edit in edits if self.bounds.start <= edit.start < self.bounds.stop]

    @property
    def source(self) -> str | None:
        """The decoded source text."""
        return self.cleaned.decoded.text if self.cleaned else None

    def piece(self, pointer: str, value: str | None) -> Piece | None:
        """The piece at a pointer: its cleaned form in the text, or its value where no text is there."""
        if value is None:
            return None
        span = self.document.spans.get(pointer)
        return Piece(pointer, value) if span is None else self.at(pointer, Span(*span), value)

    def at(self, pointer: str, span: Span, value: str) -> Piece:
        """The piece that a source span gives in the cleaned text."""
        if self.cleaned is None:
            return Piece(pointer, value)
        trace = self.cleaned.trace
        start, stop = trace.forward(span.start), trace.forward(span.stop)
        text = self.cleaned.text[start:stop]
        return Piece(pointer, text.rstrip("\n"), start, trace)

    @cached_property
    def title(self) -> Piece | None:
        """标题, or the first paragraph where there is none and it reads like one."""
        return self.piece("/main/title", self.document.main.title)

    @cached_property
    def bodies(self) -> list[Body]:
        """The main text and every attachment's, nested ones too."""
        main = self.document.main
        return [Body("/main/body", main.body), *_attached("/main/attachments", main.attachments)]

    @cached_property
    def paragraphs(self) -> list[Piece]:
        """Every block with words in it, as its cleaned line."""
        return [
            self.at(f"{body.pointer}/{i}", Span(*block.span), block.line)
            for body in self.bodies
            for i, block in enumerate(body.blocks)
            if block.type in ("heading", "paragraph")
        ]

    @cached_property
    def fields(self) -> list[Piece]:
        """The elements that hold words of the document, apart from its paragraphs."""
        main, colophon = self.document.main, self.document.colophon
        found = [
            self.title,
            self.piece("/main/subtitle", main.subtitle),
            self.piece("/main/recipients", main.recipients.text if main.recipients else None),
            *(self.piece(f"/main/attachment_notes/{i}", name) for i, name in enumerate(main.attachment_notes)),
            self.piece("/main/annotation", main.annotation),
            self.piece("/colophon/cc", colophon.cc.text if colophon.cc else None),
            *(self.piece(f"/main/attachments/{i}/title", one.title) for i, one in enumerate(main.attachments)),
        ]
        return [piece for piece in found if piece is not None]

    @cached_property
    def prose(self) -> list[Piece]:
        """All words of the document: its elements and its paragraphs."""
        return [*self.fields, *self.paragraphs]

    @cached_property
    def lines(self) -> list[Piece]:
        """The lines of the cleaned text that lie within this document; without a source, its prose."""
        if self.cleaned is None:
            return self.prose
        trace, text = self.cleaned.trace, self.cleaned.text
        start, end = trace.forward(self.bounds.start), trace.forward(self.bounds.stop)
        pieces = []
        for line in text[start:end].splitlines(keepends=True):
            pieces.append(Piece("", line.rstrip("\n"), start, trace))
            start += len(line)
        return [piece for piece in pieces if piece.text]

    def edits_in(self, piece: Piece) -> Iterator[SourceEdit]:
        """The edits of cleaning inside a piece's raw form."""
        span = piece.span(0, len(piece.text))
        if span is not None:
            yield from (edit for edit in self.edits if span.start <= edit.start < span.stop)


def _attached(pointer: str, attachments: Sequence[Attachment]) -> Iterator[Body]:
    for i, one in enumerate(attachments):
        yield Body(f"{pointer}/{i}/body", one.body)
        yield from _attached(f"{pointer}/{i}/attachments", one.attachments)


def source_edits(cleaned: Cleaned) -> list[SourceEdit]:
    """Every edit of a cleaning in source offsets, in the order of the source."""
    found: list[SourceEdit] = []
    for number, one in enumerate(cleaned.ledger):
        trace = Trace(cleaned.decoded.text, "", cleaned.ledger[:number])
        found += (_in_source(edit, trace) for edit in one.edits)
    return sorted(found, key=lambda edit: (edit.start, edit.stop))


def _in_source(edit: AppliedEdit, trace: Trace) -> SourceEdit:
    span = trace.back_span(edit.start, edit.stop) if edit.stop > edit.start else None
    start = span.start if span else trace.back_start(edit.start)
    return SourceEdit(edit.rule, start, span.stop if span else start, edit.old, edit.new)


def make_drafts(documents: Sequence[Document], cleaned: Cleaned | None = None) -> list[Draft]:
    """A draft of each document, each with the part of the source that is its own."""
    if cleaned is None:
        return [Draft(document) for document in documents]
    edits = source_edits(cleaned)
    starts = [_begin(document) for document in documents]
    # What stands above the first document is the first one's, 版头 that could not be placed among it.
    starts[:1] = [0]
    ends = [*starts[1:], len(cleaned.decoded.text)]
    return [
        Draft(document, cleaned, edits, Span(start, max(start, end)))
        for document, start, end in zip(documents, starts, ends, strict=True)
    ]


def _begin(document: Document) -> int:
    spans = [span[0] for span in document.spans.values()]
    spans += [block.span[0] for block in document.main.body]
    return min(spans, default=0)
