"""Reports for people: file, line and column, what is wrong, the line with a caret."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from govdoc.checking.finding import Finding, Report

AROUND = 24
"""How many characters of a long line are shown on either side of the place."""


def counted(count: int, what: str) -> str:
    """A count in words: 1 error, 2 errors."""
    return f"{count} {what}{'' if count == 1 else 's'}"


def report_lines(report: Report) -> Iterator[str]:
    """A report as text, line by line."""
    for finding in report.findings:
        yield from _finding_lines(finding)


def coverage_lines(report: Report) -> Iterator[str]:
    """What was checked in a file, and what was not and why."""
    yield f"{report.file}: {counted(len(report.checked), 'check')} made, {len(report.unchecked)} not made"
    reasons: dict[str, list[str]] = {}
    for one in report.unchecked:
        reasons.setdefault(one.reason, []).append(one.code)
    for reason, codes in reasons.items():
        yield f"  not checked: {' '.join(codes)} ({reason})"


def _finding_lines(finding: Finding) -> Iterator[str]:
    where = _where(finding)
    yield f"{where}: {finding.severity} {finding.code} {finding.name}: {finding.message} ({finding.clause})"
    if finding.line_text is not None and finding.mark is not None:
        shown, caret = _excerpt(finding.line_text, finding.mark)
        yield f"    {shown}"
        yield f"    {caret}"
    if finding.remedy:
        yield f"    → {finding.remedy}"


def _where(finding: Finding) -> str:
    if finding.line is not None:
        return f"{finding.file}:{finding.line}:{finding.column}"
    if finding.page is not None:
        return f"{finding.file}: page {finding.page}"
    part = f" document {finding.document}" if finding.document > 1 else ""
    place = f"{part} {finding.pointer or ''}".rstrip()
    return f"{finding.file}:{place}" if place else finding.file


def _width(text: str) -> int:
    """Columns of a terminal: two for a wide character."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else not unicodedata.combining(char) for char in text)


def _excerpt(line: str, mark: tuple[int, int]) -> tuple[str, str]:
    """The part of a line around a place, and the carets below it."""
    plain = "".join(char if char.isprintable() else " " for char in line)
    start, stop = mark[0], min(mark[1], mark[0] + AROUND)
    left, right = max(0, start - AROUND), min(len(plain), stop + AROUND)
    lead = "…" if left else ""
    before = lead + plain[left:start]
    shown = before + plain[start:right] + ("…" if right < len(plain) else "")
    return shown, " " * _width(before) + "^" * max(1, _width(plain[start:stop]))
