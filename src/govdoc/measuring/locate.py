"""From a block of a document to offsets in its source (contract: ``source[start:end] == raw`` always)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from govdoc.edits import Trace
from govdoc.model import Cell, Document


@dataclass(frozen=True)
class Line:
    """A cleaned text and the way from its offsets to the source.

    ``at`` is its place in the cleaned text of the trace, or in the source where there is no trace; ``None`` where only
    the span of its block is known.
    """

    text: str
    span: tuple[int, int]
    at: int | None
    trace: Trace | None

    @property
    def exact(self) -> bool:
        """Whether offsets are those of the characters, not of the block."""
        return self.at is not None

    def where(self, start: int, end: int) -> tuple[int, int]:
        """The source offsets of ``text[start:end]``."""
        if self.at is None:
            return self.span
        if self.trace is None:
            return self.at + start, self.at + end
        found = self.trace.back_span(self.at + start, self.at + end)
        return found.start, found.stop

    def raw(self, start: int, end: int) -> str:
        """What stands in the source there; the cleaned text where the source is not at hand."""
        if self.trace is None or self.at is None:
            return self.text[start:end] if self.trace is None else self.trace.source[self.span[0] : self.span[1]]
        return self.trace.source[slice(*self.where(start, end))]


class Locator:
    """Finds the lines of one document in its source."""

    def __init__(self, document: Document) -> None:
        self._trace = document.trace

    def place(self, text: str, span: tuple[int, int]) -> Line:
        """Where the cleaned ``text`` with the source span ``span`` lies."""
        trace = self._trace
        if trace is None:
            return Line(text, span, span[0] if span[1] - span[0] == len(text) else None, None)
        at = trace.forward(span[0])
        if not trace.text.startswith(text, at):
            at = trace.text.find(text, max(0, at - 200), max(trace.forward(span[1]), at) + len(text) + 200)
        return Line(text, span, at if at >= 0 else None, trace)

    def cells(self, rows: Sequence[Sequence[Cell]], span: tuple[int, int]) -> dict[tuple[int, int], Line]:
        """The cells of a table with the source span ``span``, each where its text stands, in reading order."""
        trace = self._trace
        at, stop = (trace.forward(span[0]), trace.forward(span[1])) if trace else (0, 0)
        found: dict[tuple[int, int], Line] = {}
        for r, row in enumerate(rows):
            for c, cell in enumerate(row):
                here = trace.text.find(cell.text, at, stop) if trace and cell.text else -1
                found[r, c] = Line(cell.text, span, here if here >= 0 else None, trace)
                at = here + len(cell.text) if here >= 0 else at
        return found
