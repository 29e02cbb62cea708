"""版头 and 标题 of a PDF (GB/T 9704-2012 §7.2, §7.3.1, §7.3.2, §10)."""

from __future__ import annotations

from collections.abc import Iterator

from govdoc.checking.measured.fault import Fault, Outcome, Register, Skip
from govdoc.checking.measured.pdf_faces import SECOND, Type, fault
from govdoc.checking.measured.pdf_page import CENTRE, LEFT, MM, RIGHT, Line, Paragraph, PdfSheet, Rule
from govdoc.checking.measured.titles import broken

CHECKS: Register[PdfSheet] = Register()
LINE = 10.4456
"""A line of the grid, mm."""
MARK_TOPS = (72.0, 57.0, 30.0)


def _red(rule: Rule) -> bool:
    return rule.colour[0] > 160 and max(rule.colour[1:]) < 110


def is_letter(sheet: PdfSheet) -> bool:
    """Whether the first page has the red double lines of a 信函."""
    return any(_red(rule) and rule.x1 - rule.x0 > 165 for page in sheet.pages[:1] for rule in page.rules)


def head_rule(sheet: PdfSheet) -> Rule | None:
    """The red line below the number: the first that is no line of a 信函."""
    rules = [rule for page in sheet.pages[:1] for rule in page.rules if _red(rule)]
    return None if is_letter(sheet) or not rules else min(rules, key=lambda rule: rule.y)


def _like_title(paragraph: Paragraph) -> bool:
    return SECOND[0] <= paragraph.lines[0].size <= SECOND[1] and not any(
        char.colour[0] > 160 for char in paragraph.lines[0].inked
    )


def _marks(sheet: PdfSheet) -> list[Line]:
    """The lines of 发文机关标志: by element, or the large red ones of page 1."""
    # A 纪要 without a head has for its title what would be its mark.
    wanted = [paragraph for paragraph, _ in sheet.of("mark") if not (sheet.own_format and _like_title(paragraph))]
    found = [line for paragraph in wanted for line in paragraph.lines if line.page == 1]
    large = [line for line in sheet.pages[0].text_lines if line.size > 24] if sheet.pages else []
    return list(dict.fromkeys([*found, *large]))


@CHECKS.measures("M08")
def secrecy_and_urgency(sheet: PdfSheet) -> Iterator[Outcome]:
    """黑体 (份号: 仿宋) and at the left edge; a 信函 has them lower."""
    heiti, fangsong = Type("heiti"), Type("fangsong")
    for paragraph, role in sheet.of("copy_number", "secrecy", "urgency"):
        rule = fangsong if role.name == "copy_number" else heiti
        yield from rule.faults(paragraph.chars(role.start, role.stop), paragraph.text.strip(), paragraph)
        if abs(paragraph.lines[0].x - LEFT) > 1:
            yield fault(f"{paragraph.text.strip()} begins {paragraph.lines[0].x - LEFT:.1f} mm in", paragraph)
        if paragraph.lines[0].baseline > 37 + 4 * LINE and not is_letter(sheet):
            yield fault(f"{paragraph.text.strip()} is not on the first lines of the 版心", paragraph)
    yield from heiti.doubts()


@CHECKS.measures("M09")
def mark(sheet: PdfSheet) -> Iterator[Outcome]:
    """Colour, place and face."""
    lines = _marks(sheet)
    if not lines:
        yield Skip("no 发文机关标志 found")
        return
    first = lines[0]
    rule = Type("xiaobiaosong", None)
    yield from rule.faults([char for line in lines for char in line.inked], "发文机关标志", Paragraph(lines))
    yield from rule.doubts()
    if not all(char.colour[0] > 160 and max(char.colour[1:]) < 110 for char in first.inked):
        yield Fault("发文机关标志 is not red", first.text, 1)
    left, right = min(line.x for line in lines), max(line.right for line in lines)
    if abs((left + right) / 2 - CENTRE) > 1.5:
        yield Fault(f"发文机关标志 is not centred: its middle is at {(left + right) / 2:.1f} mm", first.text, 1)
    top = min(line.top for line in lines)
    if all(abs(top - wanted) > 1.0 for wanted in MARK_TOPS):
        yield Fault(f"the upper edge of 发文机关标志 is at {top:.1f} mm, not 72 (命令 57, 信函 30)", first.text, 1)


@CHECKS.measures("M10")
def number(sheet: PdfSheet) -> Iterator[Outcome]:
    """Face, and place below the mark."""
    found = next(((paragraph, role) for paragraph, role in sheet.of("number") if paragraph.page == 1), None)
    if found is None:
        yield Skip("no 发文字号 found")
        return
    paragraph, role = found
    rule = Type("fangsong")
    yield from rule.faults(paragraph.chars(role.start, role.stop), "发文字号", paragraph)
    yield from rule.doubts()
    chars = [char for char in paragraph.chars(role.start, role.stop) if char.text.strip()]
    left, right = chars[0].x, chars[-1].right
    signed = any(True for _ in sheet.of("signers"))
    if is_letter(sheet):
        if abs(right - RIGHT) > 1.5:
            yield fault(f"发文字号 of a 信函 ends {RIGHT - right:.1f} mm from the right edge", paragraph)
    elif signed:
        if abs(left - LEFT - 5.57) > 1.0:
            yield fault(f"发文字号 beside 签发人 begins {left - LEFT:.1f} mm in, not 5.6 (1 字)", paragraph)
    elif abs((left + right) / 2 - CENTRE) > 1.5:
        yield fault(f"发文字号 is not centred: its middle is at {(left + right) / 2:.1f} mm", paragraph)
    marks = _marks(sheet)
    if marks and not is_letter(sheet) and not signed:
        gap = min(char.top for char in chars) - max(line.bottom for line in marks)
        if not 2 * 10.39 - 1.5 <= gap <= 2 * 10.45 + 4.84 + 1.5:
            yield fault(f"发文字号 is {gap:.1f} mm below the mark, not two lines (20.8 to 25.7)", paragraph)


@CHECKS.measures("M11")
def red_rule(sheet: PdfSheet) -> Iterator[Outcome]:
    """Its ends, and 4 mm from the ink above."""
    if is_letter(sheet):
        yield Skip("a 信函 has double lines")
        return
    numbers = [paragraph for paragraph, _ in sheet.of("number", "signers") if paragraph.page == 1]
    if not numbers or sheet.own_format:
        yield Skip("no 发文字号 for the line to stand below, or a format without it")
        return
    rule = head_rule(sheet)
    if rule is None:
        yield fault("no red line below 发文字号", numbers[0])
        return
    if abs(rule.x0 - LEFT) > 1 or abs(rule.x1 - RIGHT) > 1:
        yield Fault(f"the red line runs from {rule.x0:.1f} to {rule.x1:.1f} mm, not 28 to 184", page=1)
    if not 0.3 <= rule.thickness <= 1.2:
        yield Fault(f"the red line is {rule.thickness:.2f} mm thick, not 0.35 to 1.1", page=1)
    gap = rule.y - rule.thickness / 2 - max(paragraph.lines[-1].bottom for paragraph in numbers)
    if abs(gap - 4) > 1:
        yield Fault(f"the red line is {gap:.1f} mm below the ink above it, not 4", page=1)


@CHECKS.measures("M12")
def title_type(sheet: PdfSheet) -> Iterator[Outcome]:
    """Face, size, middle, colour."""
    rule = Type("xiaobiaosong", SECOND)
    for paragraph, role in sheet.of("title"):
        if paragraph.has("mark"):
            continue  # a 令 or 纪要: its title is its mark
        yield from rule.faults(paragraph.chars(role.start, role.stop), "the title", paragraph)
        for line in paragraph.lines:
            if abs(line.centre - CENTRE) > 1.2:
                yield Fault(
                    f"a line of the title is not centred: its middle is at {line.centre:.1f} mm", line.text, line.page
                )
    yield from rule.doubts()


def title_lines(sheet: PdfSheet) -> list[Line]:
    """The lines of the title of the first document."""
    lines: list[Line] = []
    for paragraph, _ in sheet.of("title"):
        if not lines or abs(paragraph.lines[0].baseline - lines[-1].baseline) < 25:
            lines += paragraph.lines
    return lines


@CHECKS.measures("M13")
def title_shape(sheet: PdfSheet) -> Iterator[Outcome]:
    """Lengths of lines, and where they break."""
    lines = title_lines(sheet)
    if len(lines) < 2:
        return
    for line in lines:
        if len(line.inked) > 20 and line.right - line.x > RIGHT - LEFT + 1:
            yield Fault("a line of the title has over 20 字", line.text, line.page)
    for message, at in broken([(line.text, round((line.right - line.x) / (line.size * MM))) for line in lines]):
        yield Fault(message, lines[at].text, lines[at].page)


@CHECKS.measures("M14")
def recipients_place(sheet: PdfSheet) -> Iterator[Outcome]:
    """Face, left edge, distance from the title."""
    rule = Type("fangsong")
    for paragraph, role in sheet.of("recipients"):
        yield from rule.faults(paragraph.chars(role.start, role.stop), "主送机关", paragraph)
        for line in paragraph.lines:
            if abs(line.x - LEFT) > 0.5:
                yield Fault(f"主送机关 begins {line.x - LEFT:.1f} mm in", line.text, line.page)
        notes = [
            one.lines[-1] for one, _ in sheet.of("subtitle") if one.lines[0].baseline < paragraph.lines[0].baseline
        ]
        lines = notes[-1:] or title_lines(sheet)
        if lines and lines[-1].page == paragraph.page:
            gap = paragraph.lines[0].top - lines[-1].bottom
            if not 10.39 - 1.5 <= gap <= 10.45 + 4.84 + 1.5:
                yield fault(f"主送机关 is {gap:.1f} mm below the title, not one line (10.4 to 15.3)", paragraph)
    yield from rule.doubts()


@CHECKS.measures("M32")
def title_gap(sheet: PdfSheet) -> Iterator[Outcome]:
    """Two lines, from ink to line."""
    rule, lines = head_rule(sheet), title_lines(sheet)
    if rule is None or not lines or lines[0].page != 1:
        yield Skip("no red line with a title below it")
        return
    if sheet.own_format:
        yield Skip("a format of its own")
        return
    gap = lines[0].top - rule.y
    if not 2 * 10.39 - 1.5 - 4.84 <= gap <= 2 * 10.45 + 4.84 + 1.5:
        yield Fault(f"the title is {gap:.1f} mm below the red line, not two lines (20.8 to 25.7)", lines[0].text, 1)


@CHECKS.measures("M33")
def letter_lines(sheet: PdfSheet) -> Iterator[Outcome]:
    """Length and height of the double lines."""
    if not is_letter(sheet):
        yield Skip("no 信函: no red line of 170 mm")
        return
    rules = sorted((rule for rule in sheet.pages[0].rules if _red(rule)), key=lambda rule: rule.y)
    for rule in rules:
        if abs(rule.x1 - rule.x0 - 170) > 1 or abs((rule.x0 + rule.x1) / 2 - 105.5) > 1.5:
            yield Fault(f"a red line runs from {rule.x0:.1f} to {rule.x1:.1f} mm, not 170 mm in the middle", page=1)
    if not any(abs(rule.y - 277) < 1.5 for rule in rules):
        yield Fault("no red line 20 mm above the lower edge of the sheet", page=1)
    if len(rules) < 4:
        yield Fault(f"{len(rules)} red lines, not two double ones", page=1)
