"""What checking gives: findings, and what was looked at and what was not, as frozen values with JSON."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

from msgspec import structs

from govdoc.model import Value

Severity = Literal["error", "warning", "info"]
SWITCHED_OFF = "switched off in the configuration"
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")


class Finding(Value, frozen=True):
    """Something irregular: which check says so, where, and what to do.

    ``span`` is ``[start, end)`` in the decoded source, ``line`` and ``column`` (from 1, code points) its beginning;
    ``pointer`` is the element of the canonical document, ``page`` (from 1) the page of a PDF. ``line_text`` is the line
    it stands on and ``mark`` the part of it concerned. ``fix`` replaces the span where the remedy is mechanical.
    """

    schema: Literal["govdoc.finding/1"]
    file: str
    code: str
    severity: Severity
    name: str
    clause: str
    message: str
    remedy: str | None = None
    document: int = 1
    pointer: str | None = None
    span: tuple[int, int] | None = None
    line: int | None = None
    column: int | None = None
    page: int | None = None
    line_text: str | None = None
    mark: tuple[int, int] | None = None
    fix: str | None = None


class Unchecked(Value, frozen=True):
    """A check that was not made, and why."""

    code: str
    reason: str


class Coverage(Value, frozen=True):
    """Which checks were made on a file and which were not; ``errors`` counts what they found."""

    schema: Literal["govdoc.coverage/1"]
    file: str
    errors: int
    findings: int
    checked: tuple[str, ...] = ()
    unchecked: tuple[Unchecked, ...] = ()


class Report(Value, frozen=True):
    """All that was found in one file, which checks were made, and which were not and why.

    A file without findings is no more than that: only ``unchecked`` being empty too says that all was looked at.
    """

    schema: Literal["govdoc.report/1"]
    file: str
    findings: tuple[Finding, ...] = ()
    checked: tuple[str, ...] = ()
    unchecked: tuple[Unchecked, ...] = ()

    @property
    def errors(self) -> int:
        """How many findings are errors."""
        return sum(finding.severity == "error" for finding in self.findings)

    def without(self, codes: Collection[str]) -> Report:
        """The report as if the checks of these codes had not been made; they are told among the unchecked."""
        off = tuple(Unchecked(code, SWITCHED_OFF) for code in self.checked if code in codes)
        return structs.replace(
            self,
            findings=tuple(finding for finding in self.findings if finding.code not in codes),
            checked=tuple(code for code in self.checked if code not in codes),
            unchecked=(*self.unchecked, *off),
        )

    @property
    def coverage(self) -> Coverage:
        """What was looked at, without the findings themselves."""
        return Coverage("govdoc.coverage/1", self.file, self.errors, len(self.findings), self.checked, self.unchecked)
