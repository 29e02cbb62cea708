"""The values of the first two stages: what decoding and cleaning give."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from govdoc.edits import AppliedEdit, Pass, Trace, apply, undo_passes
from govdoc.patches import BytePatch, restore_bytes
from govdoc.source import Source
from govdoc.span import Mark, Notice


@dataclass(frozen=True)
class Decoded:
    """A source as text: no newline translation, a BOM kept, undecodable bytes as lone surrogates.

    ``evidence`` says what decided the encoding; ``confidence`` runs from 0 to 1. ``reading`` is what a reader of
    markup did on the way to ``plain``, as edits like any other; marks and notices are in offsets of ``text``.
    """

    source: Source
    text: str
    encoding: str
    evidence: str
    confidence: float
    byte_patches: tuple[BytePatch, ...] = ()
    media_type: str = "text/plain"
    marks: tuple[Mark, ...] = ()
    notices: tuple[Notice, ...] = ()
    reading: tuple[Pass, ...] = ()

    @cached_property
    def plain(self) -> str:
        """The text that cleaning begins with: without markup."""
        text = self.text
        for one in self.reading:
            text = apply(text, one.edits)
        return text


@dataclass(frozen=True)
class Cleaned:
    """A cleaned text with its ledger, and the marks and notices found on the way, all in source offsets."""

    decoded: Decoded
    text: str
    ledger: tuple[Pass, ...] = ()
    marks: tuple[Mark, ...] = ()
    notices: tuple[Notice, ...] = field(default=())

    @cached_property
    def trace(self) -> Trace:
        """The way between the decoded source and this text."""
        return Trace(self.decoded.text, self.text, self.ledger)

    def back(self, offset: int) -> int | AppliedEdit:
        """The source offset of the character at ``offset``, or the edit that inserted it."""
        return self.trace.back(offset)

    def undo(self) -> bytes:
        """The source bytes, rebuilt from this text and its ledger."""
        text = undo_passes(self.text, self.ledger)
        return restore_bytes(text, self.decoded.encoding, self.decoded.byte_patches)
