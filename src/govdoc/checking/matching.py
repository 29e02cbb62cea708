"""What several families of checks share: looking for a pattern in pieces, and in what cleaning mended."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator

from govdoc.checking.draft import Draft, Piece
from govdoc.checking.finding import Severity
from govdoc.checking.registry import Found
from govdoc.rules.text import HANZI

HAN_DIGITS = "〇一二三四五六七八九"
NUMERAL = "[一二三四五六七八九十百]{1,4}"
IS_HANZI = re.compile(f"[{HANZI}]")


def sweep(
    pieces: Iterable[Piece],
    pattern: re.Pattern[str],
    message: str,
    remedy: str | None = None,
    *,
    new: Callable[[re.Match[str]], str] | None = None,
    group: int = 0,
    severity: Severity | None = None,
) -> Iterator[Found]:
    """A finding for each match in the cleaned text of the pieces; ``{}`` in ``message`` is what stands there."""
    for piece in pieces:
        for match in pattern.finditer(piece.text):
            start, stop = match.span(group)
            words = message.format(match.group(group))
            yield Found(piece, start, stop, words, remedy, new(match) if new else None, severity)


def mended(
    draft: Draft, rules: Collection[str], message: str, remedy: str | None = None, severity: Severity | None = None
) -> Iterator[Found]:
    """A finding for each edit of cleaning by these rules; ``{}`` in ``message`` is what stood there."""
    for edit in draft.edits:
        if edit.rule in rules:
            yield Found(None, edit.start, edit.stop, message.format(edit.old), remedy, edit.new, severity)


def in_raw(draft: Draft, pointer: str, pattern: re.Pattern[str]) -> Iterator[tuple[re.Match[str], int]]:
    """The matches in an element's raw form, and the source offset where that begins; nothing without a source."""
    span, source = draft.document.spans.get(pointer), draft.source
    if span is not None and source is not None:
        for match in pattern.finditer(source[span[0] : span[1]]):
            yield match, span[0]
