"""Paper, 版心 and grid of a PDF (GB/T 9704-2012 §5) and what governs lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from statistics import median

from govdoc.checking.measured.fault import Fault, Outcome, Register, Skip
from govdoc.checking.measured.pdf_faces import fault
from govdoc.checking.measured.pdf_page import HANZI, LEFT, MM, RIGHT, WIDE, Line, PdfSheet

CHECKS: Register[PdfSheet] = Register()
TOP, BOTTOM = 37.0, 262.0
NEVER_FIRST = "。，、；：？！）》”’〉】〕…"
NEVER_LAST = "（《“‘〈【〔"
PITCH = (28.9 * MM, 29.7 * MM)
CELL = (15.6 * MM, 15.85 * MM)
TYPE_3 = (15.5, 16.3)
FEW_LINES = 3
"""Below so many, lines drawn closer or wider to end well may be the most."""


@CHECKS.measures("M01")
def paper(sheet: PdfSheet) -> Iterator[Outcome]:
    """A4, upright or across."""
    for page in sheet.pages:
        size = sorted((page.width, page.height))
        if abs(size[0] - 210) > MM or abs(size[1] - 297) > MM:
            yield Fault(f"the page is {page.width:.1f} × {page.height:.1f} mm, not A4", page=page.number)


@CHECKS.measures("M02")
def type_area(sheet: PdfSheet) -> Iterator[Outcome]:
    """No ink outside the 版心, and the text begins at its left edge."""
    if _landscape(sheet):
        yield Skip("pages across are not measured")
    letter = any(rule.x1 - rule.x0 > 165 for page in sheet.pages[:1] for rule in page.rules)
    for page in sheet.pages:
        if page.width > page.height:
            continue
        for line in page.text_lines:
            if letter and page.number == 1 and line.baseline < TOP + 30:
                continue
            wrong = _outside(line)
            if wrong:
                yield Fault(wrong, line.text, page.number)
                break
    flush = [line.x for _, line in _full(sheet)]
    if flush and abs(min(flush) - LEFT) > 1.0:
        yield Fault(f"the text begins {min(flush):.1f} mm from the left edge, not 28", page=1)


def _outside(line: Line) -> str | None:
    ends = line.inked[-2:] if line.inked[-1].text in NEVER_FIRST else line.inked[-1:]
    right = ends[0].right if len(ends) == 2 else ends[-1].right
    if line.x < LEFT - 1.0:
        return f"text {line.x:.1f} mm from the left edge, outside the 版心 (28)"
    if right > RIGHT + 1.0:
        return f"text to {right:.1f} mm from the left edge, outside the 版心 (184)"
    if line.top < TOP - 1.0:
        return f"text {line.top:.1f} mm from the top, outside the 版心 (37)"
    if line.bottom > BOTTOM + 1.0:
        return f"text to {line.bottom:.1f} mm from the top, outside the 版心 (262)"
    return None


def _landscape(sheet: PdfSheet) -> bool:
    return any(page.width > page.height or any(not char.upright for char in page.chars) for page in sheet.pages)


def _full(sheet: PdfSheet) -> Iterator[tuple[int, Line]]:
    """The further lines of paragraphs of the body but the last: those that reach from edge to edge."""
    for paragraph in sheet.paragraphs:
        if paragraph.has("body", "attached") and not any(role.apart for role in paragraph.roles):
            for i, line in enumerate(paragraph.lines[:-1]):
                if i and TYPE_3[0] <= line.size <= TYPE_3[1]:
                    yield i, line


def _gaps(sheet: PdfSheet) -> Iterator[tuple[Line, Line, bool]]:
    """Neighbouring lines of 3号 text on one page, and whether a paragraph begins with the second."""
    plain = [
        paragraph
        for paragraph in sheet.paragraphs
        if paragraph.has("body", "attached") and not any(role.apart for role in paragraph.roles)
    ]
    for paragraph in plain:
        for above, line in pairwise(paragraph.lines):
            yield above, line, False
    order = {id(paragraph): i for i, paragraph in enumerate(sheet.paragraphs)}
    for before, after in pairwise(plain):
        if order[id(after)] == order[id(before)] + 1:
            yield before.lines[-1], after.lines[0], True


def _on_page(sheet: PdfSheet, new: bool) -> list[tuple[Line, float]]:
    return [
        (line, line.baseline - above.baseline)
        for above, line, begins in _gaps(sheet)
        if begins is new and above.page == line.page and line.baseline > above.baseline
    ]


@CHECKS.measures("M03")
def lines_a_page(sheet: PdfSheet) -> Iterator[Outcome]:
    """The pitch of the lines of a paragraph, and the number of lines that a full page has room for."""
    gaps = [gap for _, gap in _on_page(sheet, False)]
    if not gaps:
        yield Skip("no paragraph of several lines")
        return
    pitch = median(gaps)
    if not PITCH[0] <= pitch <= PITCH[1]:
        yield Fault(f"the pitch of lines is {pitch / MM:.2f} pt, not 28.9 to 29.7: not 22 lines fill the 版心", page=1)
        return
    full = []
    for page in sheet.pages:
        own = [line for line in page.text_lines if TYPE_3[0] <= line.size <= TYPE_3[1]]
        if own and own[0].top < TOP + 4.2 and own[-1].bottom > BOTTOM - 4.2:
            full.append((page.number, round((own[-1].baseline - own[0].baseline) / pitch) + 1))
    for number, count in full:
        if count != 22:
            yield Fault(f"the page has {count} lines, not 22", page=number)
    if not full:
        yield Skip("no full page to count lines on; the pitch was measured")


@CHECKS.measures("M04")
def characters_a_line(sheet: PdfSheet) -> Iterator[Outcome]:
    """The pitch of hanzi, and the number of characters in lines that are full."""
    # Half-width signs are narrower than a cell: a line that has some is filled by wider gaps.
    pure = [line for _, line in _full(sheet) if all(WIDE.match(char.text) for char in line.inked)]
    if len(pure) < FEW_LINES:
        yield Skip("not enough full lines of hanzi alone")
        return
    counts = Counter(len(line.inked) for line in pure)
    usual = max(counts, key=lambda count: (counts[count], count))
    pairs = [pair for line in pure if len(line.inked) == usual for pair in pairwise(line.inked)]
    pitches = [other.x - one.x for one, other in pairs if HANZI.match(one.text) and HANZI.match(other.text)]
    pitch = median(pitches) if pitches else CELL[0]
    if not CELL[0] <= pitch <= CELL[1]:
        yield Fault(f"the pitch of characters is {pitch / MM:.2f} pt, not 15.6 to 15.85", page=1)
    if not 27 < usual < 30:
        yield Fault(f"a full line has {usual} characters, not 28", pure[0].text, pure[0].page)


@CHECKS.measures("M05")
def paragraph_gap(sheet: PdfSheet) -> Iterator[Outcome]:
    """From the last line of a paragraph to the first of the next it is no further than inside one."""
    inside = [gap for _, gap in _on_page(sheet, False)]
    if not inside:
        yield Skip("no paragraph of several lines")
        return
    pitch = median(inside)
    for line, gap in _on_page(sheet, True):
        if abs(gap - pitch) > 0.5 * MM + 0.1:
            yield Fault(f"{(gap - pitch) / MM:+.1f} pt between paragraphs", line.text, line.page)
            return


@CHECKS.measures("M07")
def first_line_indent(sheet: PdfSheet) -> Iterator[Outcome]:
    """11.14 mm to the first character, nothing to the others."""
    for paragraph, role in sheet.of("body", "attached"):
        if role.apart or role.start > 0:
            continue
        indent = paragraph.lines[0].x - LEFT
        centred = abs(paragraph.lines[0].centre - 106) < 1 and len(paragraph.lines) == 1
        # A sign that is no hanzi may stand in the middle of its cell.
        slack = 0.4 if HANZI.match(paragraph.lines[0].inked[0].text) else 2.0
        if abs(indent - 11.14) > slack and not (centred and role.name == "attached"):
            yield fault(f"the paragraph begins {indent:.1f} mm in, not 11.1 (2 字)", paragraph)
            return
        for line in paragraph.lines[1:]:
            # A half-width sign at the edge stands in the middle of its cell.
            if abs(line.x - LEFT) > 0.5 and HANZI.match(line.inked[0].text):
                yield Fault(f"a further line begins {line.x - LEFT:.1f} mm in", line.text, line.page)
                return


@CHECKS.measures("M26")
def first_page_text(sheet: PdfSheet) -> Iterator[Outcome]:
    """A line of the body, or of what an order has for one, on page 1."""
    bodies = [paragraph for paragraph in sheet.paragraphs if paragraph.has("body", "attached")]
    if bodies and not any(paragraph.page == 1 for paragraph in bodies):
        yield fault("the first page shows no text of the body", bodies[0])


@CHECKS.measures("M27")
def line_edges(sheet: PdfSheet) -> Iterator[Outcome]:
    """Of the lines of a paragraph the first character of all but the first, the last of all but the last."""
    for paragraph in sheet.paragraphs:
        for above, line in pairwise(paragraph.lines):
            if line.inked[0].text in NEVER_FIRST:
                yield Fault(f"a line begins with {line.inked[0].text}", line.text, line.page)
            if above.inked[-1].text in NEVER_LAST:
                yield Fault(f"a line ends with {above.inked[-1].text}", above.text, above.page)


def _is_red(colour: tuple[int, int, int]) -> bool:
    return colour[0] > 160 and max(colour[1:]) < 110


@CHECKS.measures("M28")
def colour(sheet: PdfSheet) -> Iterator[Outcome]:
    """Text is black, 发文机关标志 apart; lines are black or, on the first page, red."""
    for paragraph in sheet.paragraphs:
        marked = paragraph.has("mark") or (paragraph.page == 1 and paragraph.lines[0].size > 24)
        for line in paragraph.lines:
            odd = next((char for char in line.inked if max(char.colour) > 60), None)
            if odd and not (marked and _is_red(odd.colour)):
                yield Fault(f"text in colour {odd.colour}", line.text, line.page)
                return
    for page in sheet.pages:
        for rule in page.rules:
            if max(rule.colour) > 60 and not (_is_red(rule.colour) and page.number == 1):
                yield Fault(f"a line in colour {rule.colour}", page=page.number)
                return
