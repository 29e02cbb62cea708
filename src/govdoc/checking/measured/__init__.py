"""Measuring PDFs and Word files against the table of GB/T 9704-2012: what was measured, what not and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec import structs

from govdoc.checking.finding import Finding, Report, Unchecked
from govdoc.checking.measured.fault import Fault, Register, Sheet, Skip
from govdoc.checking.measured.roles import Reading
from govdoc.checking.measured.table import BY_CODE, MEASURES, Kind
from govdoc.checking.report import counted

STANDARD = "GB/T 9704-2012 "


SEEN_HERE = frozenset(("T04",))
"""Checks of texts that a measurement makes better: M13 sees where the lines of a title end."""


def measure_pdf(name: str, data: bytes) -> Report:
    """The report on a PDF as it is drawn."""
    return check_pdf(name, data, texts=False)


def measure_docx(name: str, data: bytes) -> Report:
    """The report on a Word file by its XML: nothing is drawn."""
    return check_docx(name, data, texts=False)


def check_pdf(name: str, data: bytes, *, texts: bool = True) -> Report:
    """The report on a PDF as it is drawn, and (``texts``) on its words."""
    from govdoc.checking.measured import pdf_faces, pdf_grid, pdf_head, pdf_tail
    from govdoc.checking.measured.pdf_page import PdfSheet, read_pdf

    checks: Register[PdfSheet] = Register()
    for family in (pdf_faces, pdf_grid, pdf_head, pdf_tail):
        checks.update(family.CHECKS)
    sheet = read_pdf(name, data)
    report = _report(name, sheet, checks, "pdf")
    places = [Place(paragraph.page, None) for paragraph in sheet.paragraphs] if texts else []
    return _with_texts(report, sheet.reading, places) if texts else report


def check_docx(name: str, data: bytes, *, texts: bool = True) -> Report:
    """The report on a Word file by its XML, and (``texts``) on its words."""
    from govdoc.checking.measured import docx_flow, docx_sheet, docx_type
    from govdoc.checking.measured.docx_package import DocxSheet, read_docx

    checks: Register[DocxSheet] = Register()
    for family in (docx_sheet, docx_type, docx_flow):
        checks.update(family.CHECKS)
    sheet = read_docx(name, data)
    report = _report(name, sheet, checks, "docx")
    places = [Place(None, f"paragraph {paragraph.number}") for paragraph in sheet.paragraphs] if texts else []
    return _with_texts(report, sheet.reading, places) if texts else report


class Place(NamedTuple):
    """Where a paragraph stands: its page, or its number in the file."""

    page: int | None
    pointer: str | None


def _with_texts(report: Report, reading: Reading, places: Sequence[Place]) -> Report:
    """The report with what the checks of texts find in the paragraphs; ``places`` are theirs."""
    from govdoc.checking.textual import check_documents

    if reading.cleaned is None:
        return report
    texts = check_documents(report.file, reading.documents, reading.cleaned)
    found = []
    for finding in texts.findings:
        if finding.code not in SEEN_HERE:
            place = places[min((finding.line or 1) - 1, len(places) - 1)]
            where = {"page": place.page, "pointer": place.pointer}
            found.append(structs.replace(finding, **where, line=None, column=None, span=None, fix=None))
    made = tuple(code for code in texts.checked if code not in SEEN_HERE)
    return structs.replace(report, findings=(*report.findings, *found), checked=(*report.checked, *made))


def _elements(reading: Reading) -> frozenset[str]:
    """The elements that were found, and ``level1`` … for the levels of headings."""
    roles = [role for roles in reading.roles for role in roles]
    levels = (f"level{role.level}" for role in roles if role.heading and not role.apart)
    return frozenset((*(role.name for role in roles), *levels))


def _report(name: str, sheet: Sheet, checks: Register[Sheet], kind: Kind) -> Report:
    findings: list[Finding] = []
    unchecked: list[Unchecked] = []
    checked: list[str] = []
    there = _elements(sheet.reading)
    for one in MEASURES:
        if one.code not in checks:
            other = "a PDF" if kind == "docx" else "a Word file"
            reason = f"measured on {other} only" if kind not in one.kinds else "not measured on this kind of file"
            unchecked.append(Unchecked(one.code, reason))
            continue
        if one.needs and there.isdisjoint(one.needs):
            unchecked.append(Unchecked(one.code, "nothing of the kind was found in the file"))
            continue
        skipped = False
        for outcome in checks[one.code](sheet):
            if isinstance(outcome, Skip):
                skipped = True
                unchecked.append(Unchecked(one.code, outcome.reason))
            else:
                findings.append(_finding(name, one.code, outcome))
        if not skipped:
            checked.append(one.code)
    return Report("govdoc.report/1", name, tuple(_once(findings)), tuple(checked), tuple(unchecked))


def _once(findings: list[Finding]) -> Iterator[Finding]:
    """The same fault in place after place, said once, with how often."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.code, finding.message), []).append(finding)
    for first, *more in groups.values():
        often = f" (and {counted(len(more), 'place')} more)" if more else ""
        yield structs.replace(first, message=first.message + often)


def _finding(name: str, code: str, fault: Fault) -> Finding:
    one = BY_CODE[code]
    clause = one.clause if one.clause[0] != "§" else STANDARD + one.clause
    return Finding(
        "govdoc.finding/1",
        name,
        code,
        one.severity,
        one.chinese,
        clause,
        fault.message,
        f"{one.page} Tolerance: {one.tolerance}." if one.tolerance != "–" else one.page,
        page=fault.page,
        pointer=fault.place,
        line_text=fault.text or None,
        mark=(0, len(fault.text)) if fault.text else None,
    )
