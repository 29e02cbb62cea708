"""Checking a text or canonical documents: every check over every draft, findings with their places."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence

from govdoc.checking.draft import make_drafts
from govdoc.checking.finding import Finding, Report, Unchecked
from govdoc.checking.registry import Check, Found, all_checks
from govdoc.cleaned import Cleaned
from govdoc.model import Document, Pair
from govdoc.span import Span

GENERAL = "P01"
"""The check that sees every half-width mark, also those that have a check of their own."""
NO_SOURCE = "a canonical document does not show the form in its source: check that source"


class Places:
    """Lines and columns of a text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = [0, *(i + 1 for i, char in enumerate(text) if char == "\n")]

    def line(self, offset: int) -> int:
        """The number of the line at an offset, from 0."""
        return bisect_right(self._starts, offset) - 1

    def start(self, line: int) -> int:
        """Where a line begins."""
        return self._starts[line]

    def text_of(self, line: int) -> str:
        """A line without its end."""
        stop = self._starts[line + 1] if line + 1 < len(self._starts) else len(self.text)
        return self.text[self._starts[line] : stop].rstrip("\r\n")


def check_documents(name: str, documents: Sequence[Document], cleaned: Cleaned | None = None) -> Report:
    """The report on documents, with the text they were read from or (canonical JSON) without it."""
    findings: list[Finding] = []
    places = Places(cleaned.decoded.text) if cleaned else None
    checks = [one for one in all_checks() if cleaned or not one.needs_source]
    for number, draft in enumerate(make_drafts(documents, cleaned), start=1):
        for one in checks:
            findings += (_finding(name, number, one, found, places) for found in one.find(draft))
    unchecked = tuple(Unchecked(one.code, NO_SOURCE) for one in all_checks() if one not in checks)
    order = sorted(_once(findings), key=lambda finding: (finding.document, finding.span or (0, 0), finding.code))
    return Report("govdoc.report/1", name, tuple(order), tuple(one.code for one in checks), unchecked)


def _once(findings: Sequence[Finding]) -> Iterator[Finding]:
    """Each finding once; of a mark that a check of its element names too, only that."""
    particular = {finding.span for finding in findings if finding.code != GENERAL and finding.fix is not None}
    within = [span for span in particular if span and span[1] - span[0] > 1]
    seen = set()
    for finding in findings:
        key = (finding.code, finding.span, finding.pointer, finding.mark, finding.message)
        if key in seen or (finding.code == GENERAL and _covered(finding.span, particular, within)):
            continue
        seen.add(key)
        yield finding


def _covered(span: Pair | None, exact: Collection[Pair | None], within: Sequence[Pair]) -> bool:
    return span is not None and (span in exact or any(a <= span[0] and span[1] <= b for a, b in within))


def _finding(name: str, number: int, one: Check, found: Found, places: Places | None) -> Finding:
    span: Span | None = Span(found.start, found.stop)
    if found.piece is not None:
        span = found.piece.span(found.start, found.stop)
    common = {
        "schema": "govdoc.finding/1",
        "file": name,
        "code": one.code,
        "severity": found.severity or one.severity,
        "name": one.chinese,
        "clause": one.clause,
        "message": found.message,
        "remedy": found.remedy,
        "document": number,
        "pointer": found.piece.pointer or None if found.piece else None,
    }
    if span is None or places is None:
        text = found.piece.text if found.piece else ""
        return Finding(**common, line_text=text, mark=(found.start, found.stop))  # type: ignore[arg-type]
    line = places.line(span.start)
    start, text = places.start(line), places.text_of(line)
    mark = (span.start - start, min(span.stop - start, len(text)))
    return Finding(
        **common,  # type: ignore[arg-type]
        span=(span.start, span.stop),
        line=line + 1,
        column=span.start - start + 1,
        line_text=text,
        mark=mark,
        fix=found.new,
    )
