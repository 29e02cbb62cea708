"""The algebra of edits: a change to a text is a list of replacements, never a rewritten string.

The edits of one pass are disjoint, sorted, and all against the same text. From that follow ``apply``, ``undo`` and
a source offset for every character, in time linear in the edits, and by bisection for look-ups.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import msgspec

from govdoc.span import Span


class Edit(msgspec.Struct, frozen=True, gc=False):
    """Replace ``[start, stop)`` of a pass's input by ``new``."""

    start: int
    stop: int
    new: str


class AppliedEdit(msgspec.Struct, frozen=True, gc=False):
    """An edit as the ledger keeps it: the rule that made it and the text it replaced."""

    rule: str
    start: int
    stop: int
    old: str
    new: str


@dataclass(frozen=True)
class Pass:
    """One pass: its disjoint sorted edits, all against the same text."""

    edits: tuple[AppliedEdit, ...]

    @cached_property
    def offsets(self) -> OffsetMap:
        """The offsets of its input and its output."""
        return OffsetMap(self.edits)


def check_disjoint(edits: Sequence[AppliedEdit]) -> None:
    """Raise ``ValueError`` unless the edits are sorted and disjoint."""
    end = 0
    for edit in edits:
        if edit.start < end or edit.stop < edit.start or edit.stop - edit.start != len(edit.old):
            raise ValueError(f"edit out of order at {edit.start}: {edit!r}")
        end = edit.stop


def apply(text: str, edits: Sequence[AppliedEdit]) -> str:
    """The text after one pass. ``ValueError`` where an edit does not fit the text."""
    check_disjoint(edits)
    for edit in edits:
        if text[edit.start : edit.stop] != edit.old:
            raise ValueError(f"edit does not fit the text at {edit.start}: {edit!r}")
    return splice(text, edits)


def splice(text: str, edits: Iterable[AppliedEdit]) -> str:
    """The same, for edits that are known to be disjoint, sorted and made of this text."""
    pieces: list[str] = []
    end = 0
    for edit in edits:
        pieces += (text[end : edit.start], edit.new)
        end = edit.stop
    pieces.append(text[end:])
    return "".join(pieces)


def undo(text: str, edits: Sequence[AppliedEdit]) -> str:
    """The text before one pass: the inverse of :func:`apply`. ``ValueError`` where an edit does not fit."""
    check_disjoint(edits)
    pieces: list[str] = []
    before = after = 0
    for edit in edits:
        kept = edit.start - before
        pieces += (text[after : after + kept], edit.old)
        after += kept
        if text[after : after + len(edit.new)] != edit.new:
            raise ValueError(f"text was changed since it was cleaned, near {after}: {edit!r}")
        after += len(edit.new)
        before = edit.stop
    pieces.append(text[after:])
    return "".join(pieces)


def undo_passes(text: str, passes: Sequence[Pass]) -> str:
    """The text before all passes; ``ValueError`` where the text is not what the passes made."""
    for one in reversed(passes):
        text = undo(text, one.edits)
    return text


class OffsetMap:
    """Offsets of one pass, both ways, by bisection."""

    def __init__(self, edits: Sequence[AppliedEdit]) -> None:
        self._edits = edits
        self._starts = [edit.start for edit in edits]
        self._new_starts: list[int] = []
        shift = 0
        for edit in edits:
            self._new_starts.append(edit.start + shift)
            shift += len(edit.new) - (edit.stop - edit.start)

    def back(self, offset: int) -> int | AppliedEdit:
        """The input offset of the output character at ``offset``, or the edit that inserted it."""
        i = bisect_right(self._new_starts, offset) - 1
        # Deletions end where they start, so several edits may share a place: the last non-empty one decides.
        if i < 0:
            return offset
        edit, start = self._edits[i], self._new_starts[i]
        if offset < start + len(edit.new):
            return edit
        return offset - start - len(edit.new) + edit.stop

    def back_start(self, offset: int) -> int:
        """The input offset where what begins at output ``offset`` begins."""
        found = self.back(offset)
        return found if isinstance(found, int) else found.start

    def back_stop(self, offset: int) -> int:
        """The input offset where what ends before output ``offset`` ends."""
        if offset == 0:
            return 0
        found = self.back(offset - 1)
        return found + 1 if isinstance(found, int) else found.stop

    def forward(self, offset: int) -> int:
        """The output offset of the input offset; inside a replaced range, where its replacement begins."""
        i = bisect_right(self._starts, offset) - 1
        if i < 0:
            return offset
        edit, start = self._edits[i], self._new_starts[i]
        if offset >= edit.stop:
            return start + len(edit.new) + offset - edit.stop
        return (
            start if offset == edit.start or not edit.new else min(start + offset - edit.start, start + len(edit.new))
        )


class Trace:
    """The way between a decoded source text and its cleaned text, through all passes."""

    def __init__(self, source: str, text: str, passes: Iterable[Pass]) -> None:
        self.source = source
        self.text = text
        self.passes = tuple(passes)

    @property
    def is_identity(self) -> bool:
        """Whether nothing was edited yet: an offset of the text is the source's."""
        return not self._maps

    @cached_property
    def _maps(self) -> list[OffsetMap]:
        return [one.offsets for one in self.passes if one.edits]

    def back(self, offset: int) -> int | AppliedEdit:
        """The source offset of the cleaned character at ``offset``, or the edit that inserted it."""
        for one in reversed(self._maps):
            found = one.back(offset)
            if not isinstance(found, int):
                return found
            offset = found
        return offset

    def back_start(self, offset: int) -> int:
        """The source offset where what begins at cleaned ``offset`` begins."""
        for one in reversed(self._maps):
            offset = one.back_start(offset)
        return offset

    def back_span(self, start: int, stop: int) -> Span:
        """The source span ``[start, stop)`` of a non-empty cleaned span."""
        for one in reversed(self._maps):
            start, stop = one.back_start(start), one.back_stop(stop)
        return Span(start, max(start, stop))

    def forward(self, offset: int) -> int:
        """The cleaned offset of a source offset; of removed text, the place where it was."""
        for one in self._maps:
            offset = one.forward(offset)
        return offset
