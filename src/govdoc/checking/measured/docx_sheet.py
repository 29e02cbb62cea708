"""Paper, grid, page numbers and lines of a Word file (GB/T 9704-2012 §5, §7.2.7, §7.4, §7.5)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from govdoc.checking.measured.docx_package import CELL, DocxSheet, Paragraph, Section, Table, Values, number_of
from govdoc.checking.measured.docx_type import BLACK, FOURTH, RED, Type, fault
from govdoc.checking.measured.fault import Fault, Outcome, Register, Skip
from govdoc.checking.measured.roles import COLOPHON_LINE

CHECKS: Register[DocxSheet] = Register()
MM = 1440 / 25.4
TOLERANCE = 57
"""Twips: 1 mm."""
A4 = (11906, 16838)
MARGINS = ({"top": 2098, "bottom": 1984}, {"top": 1960, "bottom": 1847})
SIDES = {"left": 1587, "right": 1474}
FOOTER = 1440
FEW_CHARACTERS = 200
_FORM = re.compile(r"—\s?\d*\s?—")


def landscape(section: Section) -> bool:
    """Whether a section lies across."""
    return section.size.get("orient") == "landscape" or number_of(section.size.get("w")) > number_of(
        section.size.get("h")
    )


@CHECKS.measures("M01")
def paper(sheet: DocxSheet) -> Iterator[Outcome]:
    """``w:pgSz`` of every section."""
    for section in sheet.sections:
        size = sorted((number_of(section.size.get("w")), number_of(section.size.get("h"))))
        if any(abs(given - wanted) > 20 for given, wanted in zip(size, A4, strict=True)):
            yield Fault(f"the page is {size[0] / MM:.1f} × {size[1] / MM:.1f} mm, not A4")


@CHECKS.measures("M02")
def type_area(sheet: DocxSheet) -> Iterator[Outcome]:
    """``w:pgMar`` of every section."""
    for section in sheet.sections:
        if landscape(section):
            yield Skip("pages across are not measured")
            continue
        given = {side: number_of(section.margins.get(side)) for side in ("top", "bottom", "left", "right", "gutter")}
        if not any(_near(given, upright) for upright in MARGINS):
            shown = f"{given['top'] / MM:.1f} and {given['bottom'] / MM:.1f}"
            yield Fault(f"the margins above and below are {shown} mm, not 37 and 35")
        mirrored = "mirrorMargins" in sheet.settings and _near(given, {"left": SIDES["right"], "right": SIDES["left"]})
        if not _near(given, SIDES) and not mirrored:
            shown = f"{given['left'] / MM:.1f} and {given['right'] / MM:.1f}"
            yield Fault(f"the margins left and right are {shown} mm, not 28 and 26")
        if given["gutter"] > 10:
            yield Fault(f"a gutter of {given['gutter'] / MM:.1f} mm, not 0")


def _near(given: dict[str, float], wanted: dict[str, int]) -> bool:
    return all(abs(given[side] - value) <= TOLERANCE for side, value in wanted.items())


def _body(sheet: DocxSheet) -> list[Paragraph]:
    found = [paragraph for paragraph, role in sheet.of("body", "attached") if not role.apart and not paragraph.in_table]
    return list(dict.fromkeys(found))


def pitch_of(paragraph: Paragraph, section: Section) -> float | None:
    """The pitch of a paragraph's lines in twips; ``None`` where it depends on the font that draws it."""
    line, rule = number_of(paragraph.spacing.get("line")), paragraph.spacing.get("lineRule", "auto")
    if rule == "exact" and line:
        return line
    grid = number_of(section.grid.get("linePitch"))
    if paragraph.snap and grid and section.grid.get("type") in ("lines", "linesAndChars"):
        return grid
    return None


@CHECKS.measures("M03")
def lines_a_page(sheet: DocxSheet) -> Iterator[Outcome]:
    """Exact pitch, or the grid's, into the height between the margins."""
    section = sheet.sections[0]
    height = (
        number_of(section.size.get("h"))
        - number_of(section.margins.get("top"))
        - number_of(section.margins.get("bottom"))
    )
    for paragraph in _body(sheet):
        pitch = pitch_of(paragraph, section)
        if pitch is None:
            yield fault("the pitch of lines is neither exact nor the grid's: 22 lines are not sure", paragraph)
            return
        if int(height // pitch) != 22:
            yield fault(f"a pitch of {pitch / 20:g} pt gives {int(height // pitch)} lines a page, not 22", paragraph)
            return


@CHECKS.measures("M04")
def characters_a_line(sheet: DocxSheet) -> Iterator[Outcome]:
    """Size and tracking, or the grid's characters, into the width between the margins."""
    section = sheet.sections[0]
    width = (
        number_of(section.size.get("w"))
        - number_of(section.margins.get("left"))
        - number_of(section.margins.get("right"))
    )
    gridded = section.grid.get("type") in ("linesAndChars", "snapToChars")
    cells = Counter[float]()
    for paragraph in _body(sheet):
        for run in (one for one in paragraph.runs if one.size == 16):
            grid = (run.size + number_of(section.grid.get("charSpace")) / 4096) * 20
            cells[grid if gridded else run.size * 20 + run.tracking] += len(run.text)
    if cells.total() < FEW_CHARACTERS:
        yield Skip("not enough text in 3号: a line or two may be drawn closer to fit")
        return
    # A line may be drawn closer to fit: most of the text counts.
    cell, _ = cells.most_common(1)[0]
    if int(width // cell) != 28:
        yield Fault(f"a character of {cell / 20:.2f} pt gives {int(width // cell)} to a line, not 28")


@CHECKS.measures("M05")
def paragraph_gap(sheet: DocxSheet) -> Iterator[Outcome]:
    """``before`` and ``after`` are nothing, or whole lines."""
    section = sheet.sections[0]
    for paragraph in _body(sheet):
        pitch = pitch_of(paragraph, section) or 579
        for side in ("before", "after"):
            gap = number_of(paragraph.spacing.get(side))
            lines = number_of(paragraph.spacing.get(f"{side}Lines"))
            uneven = abs(gap / pitch - round(gap / pitch)) > 0.03 or lines % 100
            if uneven or paragraph.spacing.get(f"{side}Autospacing") in ("1", "true", "on"):
                yield fault(f"{gap / 20:g} pt {side} a paragraph", paragraph)
                return


def _width(border: Values) -> float:
    """The thickness of a border in mm."""
    return number_of(border.get("sz")) / 8 * 25.4 / 72


@CHECKS.measures("M11")
def red_rule(sheet: DocxSheet) -> Iterator[Outcome]:
    """A border below 发文字号, or a drawn line."""
    heads = list(dict.fromkeys(paragraph for paragraph, _ in sheet.of("number", "signers")))
    if not heads or sheet.own_format:
        yield Skip("no 发文字号 for the line to stand below, or a format without it")
        return
    shapes = [width for width, colours in sheet.shapes if RED in colours]
    if sheet.is_letter:
        yield Skip("a 信函 has double lines")
        return
    if any(abs(width - 156) <= 1 for width in shapes):
        yield Skip("the line is a drawn shape: where it stands shows only when it is drawn")
        return
    at = sheet.paragraphs.index(heads[-1])
    ruled = next((one for one in sheet.paragraphs[at : at + 2] if one.border), None)
    if ruled is None or ruled.border is None:
        yield fault("no line below 发文字号", heads[-1])
        return
    if ruled.border.get("color", "auto").upper() != RED:
        yield fault("the line below 发文字号 is not red", ruled)
    if not 0.3 <= _width(ruled.border) <= 1.2:
        yield fault(f"the red line is {_width(ruled.border):.2f} mm thick, not 0.35 to 1.1", ruled)
    if abs(ruled.twips("left")) > TOLERANCE or abs(ruled.twips("right")) > TOLERANCE:
        yield fault("the red line is not as wide as the 版心: its paragraph is indented", ruled)
    gap = number_of(ruled.border.get("space")) * 25.4 / 72
    if gap > 5:
        yield fault(f"the red line is {gap:.1f} mm below its text, not 4", ruled)


def colophon(sheet: DocxSheet) -> tuple[Table | None, list[Paragraph]]:
    """The table that holds the 版记, where it is one, and its paragraphs."""
    found = list(dict.fromkeys(paragraph for paragraph, _ in sheet.of("colophon")))
    if not found:
        # Amid the text it is not read as one.
        found = [one for one in sheet.read if one.in_table and COLOPHON_LINE.search(one.text)]
    for table in sheet.tables:
        if any(paragraph in found for row in table.rows for paragraph in row):
            return table, found
    return None, found


@CHECKS.measures("M22")
def colophon_rules(sheet: DocxSheet) -> Iterator[Outcome]:
    """The borders of the table, its width, and that it clings to the lower edge."""
    table, found = colophon(sheet)
    if not found or sheet.is_letter:
        yield Skip("no 版记, or a 信函, whose 版记 has no lines")
        return
    if table is None:
        if not any(paragraph.border for paragraph in found):
            yield fault("版记 has no lines", found[0])
        yield Skip("版记 is no table: where its lines stand shows only when it is drawn")
        return
    if table.width and abs(table.width - 8844) > TOLERANCE:
        yield fault(f"the 版记 is {table.width / MM:.1f} mm wide, not 156", found[0])
    last = len(table.edges) - 1
    for i, edges in enumerate(table.edges):
        wanted = [("top", 0.35 if i == 0 else 0.25)] if i == 0 or "top" in edges else []
        wanted += [("bottom", 0.35)] if i == last else []
        for side, thickness in wanted:
            edge = edges.get(side, {})
            if edge.get("val") in (None, "none", "nil"):
                yield fault(f"the 版记 has no line at its {side}", table.rows[i][0])
            elif abs(_width(edge) - thickness) > 0.08:
                yield fault(f"a line of the 版记 is {_width(edge):.2f} mm thick, not {thickness}", table.rows[i][0])
            elif edge.get("color", "auto") not in BLACK:
                yield fault("a line of the 版记 is not black", table.rows[i][0])
    if not table.place:
        yield fault("the 版记 flows with the text: it does not stand at the lower edge of the 版心", found[0])


@CHECKS.measures("M23")
def colophon_type(sheet: DocxSheet) -> Iterator[Outcome]:
    """Face, size, insets."""
    rule = Type("fangsong", FOURTH)
    _, found = colophon(sheet)
    for paragraph in found:
        yield from rule.faults(paragraph.runs, "版记", paragraph)
        left, right = paragraph.twips("left") + min(0, paragraph.twips("first")), paragraph.twips("right")
        for side, inset in (("left", left), ("right", right)):
            if not 280 - TOLERANCE <= inset <= CELL + TOLERANCE:
                yield fault(f"版记 stands {inset / MM:.1f} mm from the {side}, not 1 字 (4.9 to 5.6)", paragraph)
    yield from rule.doubts()


@CHECKS.measures("M24")
def page_number_form(sheet: DocxSheet) -> Iterator[Outcome]:
    """A PAGE field between dashes in each footer that is used."""
    rule = Type("songti", FOURTH)
    section = sheet.sections[0]
    kinds = ["default", *(["even"] if "evenAndOddHeaders" in sheet.settings else [])]
    for kind in kinds:
        if not section.fields.get(kind):
            yield Fault(f"no page number in the footer of {'even' if kind == 'even' else 'odd'} pages")
            continue
        for paragraph in section.footers[kind]:
            if not paragraph.text.strip():
                continue
            if not _FORM.fullmatch(paragraph.text.strip()):
                yield fault(f"the page number is written {paragraph.text.strip()}, not — 1 —", paragraph)
            stand_in = [run.__class__(**{**run.__dict__, "text": "一" * len(run.text)}) for run in paragraph.runs]
            yield from rule.faults(stand_in, "the page number", paragraph)
    if section.title_page and not section.fields.get("first") and not sheet.is_letter:
        yield Fault("the first page has no page number, and this is no 信函")
    yield from rule.doubts()


@CHECKS.measures("M25")
def page_number_place(sheet: DocxSheet) -> Iterator[Outcome]:
    """Odd pages right, even ones left, 1 字 in; the footer's distance from the sheet's edge."""
    section = sheet.sections[0]
    if "evenAndOddHeaders" not in sheet.settings:
        yield Fault("odd and even pages have the same footer: page numbers do not stand at the outer edge")
        return
    for kind, align, side in (("default", ("right", "end"), "right"), ("even", ("left", "start", "both"), "left")):
        for paragraph in section.footers.get(kind, []):
            if not paragraph.text.strip():
                continue
            inset = paragraph.twips(side) + (paragraph.twips("first") if side == "left" else 0)
            if paragraph.align not in align or not 280 - TOLERANCE <= inset <= CELL + TOLERANCE:
                page = "odd" if kind == "default" else "even"
                yield fault(f"the number of {page} pages does not stand 1 字 from the {side}", paragraph)
    distance = number_of(section.margins.get("footer"))
    if abs(distance - FOOTER) > TOLERANCE:
        yield Fault(
            f"the footer stands {distance / MM:.1f} mm from the sheet's edge, not 25.4: the number is misplaced"
        )
