"""Source and cleaned text side by side: what was kept, and what became what."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from govdoc.cleaned import Cleaned
from govdoc.edits import AppliedEdit, Trace


class Piece(NamedTuple):
    """A stretch of source and the stretch of cleaned text it became; equal where ``edits`` is empty."""

    source: str
    cleaned: str
    start: int  # offset in the decoded source
    edits: tuple[AppliedEdit, ...]


def align(cleaned: Cleaned) -> list[Piece]:
    """The pieces of a cleaning in order: together their sources are the source, their cleaned texts the text."""
    trace = cleaned.trace
    spans = list(_spans(trace))
    changed = [span for span in spans if not span.kept]
    starts = [span.start for span in changed]
    edits: list[list[AppliedEdit]] = [[] for _ in changed]
    for edit, at in _edits_in_source(cleaned):
        i = bisect_right(starts, at) - 1
        if i >= 0 and at <= changed[i].stop:
            edits[i].append(edit)
    of_change = iter(edits)
    return [
        Piece(
            trace.source[span.start : span.stop],
            trace.text[span.new_start : span.new_stop],
            span.start,
            () if span.kept else tuple(next(of_change)),
        )
        for span in spans
    ]


class _Span(NamedTuple):
    start: int
    stop: int
    new_start: int
    new_stop: int
    kept: bool


def _spans(trace: Trace) -> Iterator[_Span]:
    source = cleaned = 0
    for start, new_start, length in _kept_runs(trace):
        if start > source or new_start > cleaned:
            yield _Span(source, start, cleaned, new_start, False)
        yield _Span(start, start + length, new_start, new_start + length, True)
        source, cleaned = start + length, new_start + length
    if source < len(trace.source) or cleaned < len(trace.text):
        yield _Span(source, len(trace.source), cleaned, len(trace.text), False)


def _kept_runs(trace: Trace) -> Iterator[tuple[int, int, int]]:
    """Source offset, cleaned offset and length of each stretch that no edit touched."""
    begun: tuple[int, int] | None = None
    for offset in range(len(trace.text) + 1):
        origin = trace.back(offset) if offset < len(trace.text) else None
        if begun and origin == begun[0] + offset - begun[1]:
            continue
        if begun:
            yield begun[0], begun[1], offset - begun[1]
        begun = (origin, offset) if isinstance(origin, int) else None


def _edits_in_source(cleaned: Cleaned) -> Iterator[tuple[AppliedEdit, int]]:
    """Every edit with the source offset where it begins."""
    for number, one in enumerate(cleaned.ledger):
        before = Trace(cleaned.decoded.text, "", cleaned.ledger[:number])
        for edit in one.edits:
            yield edit, before.back_start(edit.start)
