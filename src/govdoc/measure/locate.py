"""From a block of a document to offsets in its source (contract: ``source[start:end] == raw`` always)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from govdoc.edits import Trace
from govdoc.model import Document

Where = Callable[[int, int], tuple[int, int]]


@dataclass(frozen=True)
class Place:
    """A line of text and the way from its offsets to the source; ``exact`` is false where only the block is known."""

    text: str
    where: Where
    exact: bool
    source: str | None


class Locator:
    """Finds the lines of one document in its source."""

    def __init__(self, document: Document) -> None:
        self._trace = document.trace

    def place(self, text: str, span: tuple[int, int]) -> Place:
        """Where the cleaned ``text`` with the source span ``span`` lies."""
        trace = self._trace
        if trace is not None:
            at = self._find(trace, text, span)
            if at >= 0:
                return Place(text, lambda start, end: tuple(trace.back_span(at + start, at + end)), True, trace.source)
            return Place(text, lambda start, end: span, False, trace.source)
        if span[1] - span[0] == len(text):
            return Place(text, lambda start, end: (span[0] + start, span[0] + end), True, None)
        return Place(text, lambda start, end: span, False, None)

    @staticmethod
    def _find(trace: Trace, text: str, span: tuple[int, int]) -> int:
        """The cleaned offset of the line: where its span maps to, or close by."""
        at = trace.forward(span[0])
        if trace.text.startswith(text, at):
            return at
        stop = trace.forward(span[1])
        return trace.text.find(text, max(0, at - 200), max(stop, at) + len(text) + 200)
