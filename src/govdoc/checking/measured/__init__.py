"""Measuring PDFs and Word files against the table of GB/T 9704-2012: what was measured, what not and why."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import structs

from govdoc.checking.finding import Finding, Report, Unchecked
from govdoc.checking.measured.fault import Fault, Register, Sheet, Skip
from govdoc.checking.measured.table import BY_CODE, MEASURES, Kind

STANDARD = "GB/T 9704-2012 "


def measure_pdf(name: str, data: bytes) -> Report:
    """The report on a PDF."""
    from govdoc.checking.measured import pdf_faces, pdf_grid, pdf_head, pdf_tail
    from govdoc.checking.measured.pdf_page import PdfSheet, read_pdf

    checks: Register[PdfSheet] = Register()
    for family in (pdf_faces, pdf_grid, pdf_head, pdf_tail):
        checks.update(family.CHECKS)
    return _report(name, read_pdf(name, data), checks, "pdf")


def measure_docx(name: str, data: bytes) -> Report:
    """The report on a Word file, by its XML: nothing is drawn."""
    from govdoc.checking.measured import docx_flow, docx_sheet, docx_type
    from govdoc.checking.measured.docx_package import DocxSheet, read_docx

    checks: Register[DocxSheet] = Register()
    for family in (docx_sheet, docx_type, docx_flow):
        checks.update(family.CHECKS)
    return _report(name, read_docx(name, data), checks, "docx")


def _report(name: str, sheet: Sheet, checks: Register[Sheet], kind: Kind) -> Report:
    findings: list[Finding] = []
    unchecked: list[Unchecked] = []
    checked: list[str] = []
    for one in MEASURES:
        if one.code not in checks:
            other = "a PDF" if kind == "docx" else "a Word file"
            reason = f"measured on {other} only" if kind not in one.kinds else "not measured on this kind of file"
            unchecked.append(Unchecked(one.code, reason))
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
        often = f" (and {len(more)} places more)" if more else ""
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
