"""附件说明, 署名, 日期, 附注, 附件, 版记 and 页码 of a PDF (GB/T 9704-2012 §7.3.4–7.5)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govdoc.checking.measured.ends import find_ends
from govdoc.checking.measured.fault import Fault, Outcome, Register, Skip
from govdoc.checking.measured.pdf_faces import FOURTH, THIRD, Type, fault
from govdoc.checking.measured.pdf_grid import BOTTOM, TOP
from govdoc.checking.measured.pdf_head import LINE, is_letter
from govdoc.checking.measured.pdf_page import CELL, CENTRE, HANZI, LEFT, RIGHT, Char, Page, Paragraph, PdfSheet, Rule
from govdoc.checking.measured.roles import COLOPHON_LINE
from govdoc.layout.titles import title_width

CHECKS: Register[PdfSheet] = Register()
_FORM = re.compile(r"—\s?\d{1,4}\s?—")
_NOTE_LABEL = re.compile(r"^\s*附件：(?:\d{1,2}[.．])?|^\s*\d{1,2}[.．]")


@CHECKS.measures("M18")
def attachment_note(sheet: PdfSheet) -> Iterator[Outcome]:
    """Face, indent of the label, hanging of the names."""
    rule = Type("fangsong")
    for paragraph, role in sheet.of("note"):
        yield from rule.faults(paragraph.chars(role.start, role.stop), "附件说明", paragraph)
        first = paragraph.lines[0]
        labelled = paragraph.text.lstrip().startswith("附件")
        wanted = 2 if labelled else 5
        if abs(first.x - LEFT - wanted * CELL) > 0.6:
            yield fault(f"附件说明 begins {first.x - LEFT:.1f} mm in, not {wanted * CELL:.1f} ({wanted} 字)", paragraph)
        label = _NOTE_LABEL.match(first.text)
        if len(paragraph.lines) > 1 and label:
            name = paragraph.chars(label.end(), label.end() + 1)
            for line in paragraph.lines[1:]:
                if name and abs(line.x - name[0].x) > 0.8:
                    yield Fault("a further line of an attachment's name is not below the name", line.text, line.page)
    yield from rule.doubts()


def _ends(sheet: PdfSheet) -> tuple[list[Paragraph], Paragraph | None]:
    signatures, dates = ([paragraph for paragraph, _ in sheet.of(name)] for name in ("signature", "date"))
    return find_ends(signatures, dates, sheet.paragraphs, lambda one: one.placed)


def _right(paragraph: Paragraph) -> float:
    return RIGHT - paragraph.lines[-1].right


@CHECKS.measures("M19")
def signature(sheet: PdfSheet) -> Iterator[Outcome]:
    """Face, and its place from the right edge against that of the date."""
    names, date = _ends(sheet)
    if not names or date is None:
        yield Skip("no 署名 with a date")
        return
    if sheet.own_format:
        yield Skip("a format of its own")
        return
    rule = Type("fangsong")
    for name in names:
        yield from rule.faults(name.chars(), "署名", name)
    yield from rule.doubts()
    if len(names) > 1:
        yield Skip("the places of several 署名 are not measured")
        return
    name = names[0]
    sealed = abs(_right(date) - 4 * CELL) <= 1
    centred = abs(name.lines[0].centre - date.lines[0].centre) <= 1.2
    if sealed and centred:
        return
    right = _right(name)
    # The formula counts a digit as half a character; a face may draw it narrower.
    counted = (title_width(date.text.strip()) - title_width(name.text.strip())) * CELL
    fits = any(abs(right - (4 * CELL + longer)) <= 1.2 for longer in (_width(date) - _width(name), counted))
    long_date = abs(_right(date) - 2 * CELL) <= 1 and fits
    if abs(right - 2 * CELL) > 1 and not long_date:
        yield fault(f"署名 ends {right:.1f} mm from the right edge, neither 11.1 (2 字) nor as the date asks", name)


def _width(paragraph: Paragraph) -> float:
    return paragraph.lines[0].right - paragraph.lines[0].x


def _last_centre(names: Paragraph) -> float:
    """The middle of the last name of a row: a seal presses it and the date below it (§7.3.5.1)."""
    line = names.lines[-1]
    last = len("".join(line.text.split("\u3000")[-1:]).strip())
    chars = line.inked[-last:]
    return (chars[0].x + chars[-1].right) / 2


@CHECKS.measures("M20")
def date(sheet: PdfSheet) -> Iterator[Outcome]:
    """Face, and its place."""
    names, found = _ends(sheet)
    if found is None:
        yield Skip("no 成文日期")
        return
    rule = Type("fangsong")
    yield from rule.faults(found.chars(), "成文日期", found)
    yield from rule.doubts()
    right = _right(found)
    places = [abs(right - 4 * CELL) <= 1, abs(right - 2 * CELL) <= 1]
    if names:
        name = names[0]
        counted = (title_width(name.text.strip()) - title_width(found.text.strip()) - 2) * CELL + _right(name)
        places.append(right > -1 and abs(found.lines[0].x - name.lines[0].x - 2 * CELL) <= 1)
        places.append(right > -1 and abs(right - counted) <= 1)
        places.append(abs(found.lines[0].centre - _last_centre(names[-1])) <= 1.5)
    if not any(places) and not abs(found.lines[0].centre - CENTRE) < 1:
        yield fault(f"成文日期 ends {right:.1f} mm from the right edge and is not 2 字 right of 署名", found)


@CHECKS.measures("M21")
def attachment_page(sheet: PdfSheet) -> Iterator[Outcome]:
    """The label alone on line 1, the title on line 3."""
    rule = Type("heiti")
    labels = [paragraph for paragraph, role in sheet.of("attachment_label") if role.start == 0]
    for paragraph in labels:
        line = paragraph.lines[0]
        yield from rule.faults(paragraph.chars(), "the label of an attachment", paragraph)
        if abs(line.x - LEFT) > 0.6:
            yield fault(f"the label of an attachment begins {line.x - LEFT:.1f} mm in", paragraph)
        page = sheet.pages[line.page - 1]
        if page.text_lines[0] is not line or abs(line.top - TOP) > 4.5:
            yield fault("an attachment does not begin on a page of its own, on line 1", paragraph)
            continue
        after = page.text_lines[1:2]
        if after and after[0].size > 18 and not 1.6 * LINE < after[0].baseline - line.baseline < 2.7 * LINE:
            yield Fault("the title of an attachment is not on line 3", after[0].text, line.page)
    yield from rule.doubts()


def _black(rule: Rule) -> bool:
    return max(rule.colour) < 60


def _foot(sheet: PdfSheet) -> tuple[Page, list[Paragraph]] | None:
    found = list(dict.fromkeys(paragraph for paragraph, _ in sheet.of("colophon")))
    if not found:
        # Amid the text it is not read as one.
        small = [paragraph for paragraph in sheet.paragraphs if 13 < paragraph.lines[0].size < 15]
        found = [paragraph for paragraph in small if COLOPHON_LINE.search(paragraph.text)]
    if not found:
        return None
    return sheet.pages[found[-1].page - 1], [paragraph for paragraph in found if paragraph.page == found[-1].page]


@CHECKS.measures("M22")
def colophon_rules(sheet: PdfSheet) -> Iterator[Outcome]:
    """Number, ends, thickness, and where the last one stands."""
    foot = _foot(sheet)
    if foot is None or is_letter(sheet):
        yield Skip("no 版记, or a 信函, whose 版记 has no lines")
        return
    page, paragraphs = foot
    top = paragraphs[0].lines[0].top - 8
    rules = sorted((rule for rule in page.rules if rule.y > top), key=lambda rule: rule.y)
    if len(rules) < 2:
        yield Fault(f"版记 has {len(rules)} lines, not at least two", paragraphs[0].text, page.number)
        return
    for rule in rules:
        if not _black(rule):
            yield Fault("a line of the 版记 is not black", page=page.number)
        if abs(rule.x0 - LEFT) > 1 or abs(rule.x1 - RIGHT) > 1:
            yield Fault(
                f"a line of the 版记 runs from {rule.x0:.1f} to {rule.x1:.1f} mm, not 28 to 184", page=page.number
            )
    for i, rule in enumerate(rules):
        wanted = 0.35 if i in (0, len(rules) - 1) else 0.25
        if abs(rule.thickness - wanted) > 0.08:
            yield Fault(f"a line of the 版记 is {rule.thickness:.2f} mm thick, not {wanted}", page=page.number)
    if abs(rules[-1].y - BOTTOM) > 1:
        yield Fault(
            f"the last line of the 版记 is at {rules[-1].y:.1f} mm, not at the lower edge, 262", page=page.number
        )


@CHECKS.measures("M23")
def colophon_type(sheet: PdfSheet) -> Iterator[Outcome]:
    """Face, size, insets."""
    rule = Type("fangsong", FOURTH)
    for paragraph in dict.fromkeys(paragraph for paragraph, _ in sheet.of("colophon")):
        yield from rule.faults(paragraph.chars(), "版记", paragraph)
        left, right = paragraph.lines[0].x - LEFT, RIGHT - max(line.right for line in paragraph.lines)
        if not 4.94 - 1 <= left <= 5.57 + 1:
            yield fault(f"版记 begins {left:.1f} mm in, not 1 字 (4.9 to 5.6)", paragraph)
        if right < 4.94 - 1.2 or (paragraph.text.endswith("印发") and right > 5.57 + 1):
            yield fault(f"版记 ends {right:.1f} mm from the right edge, not 1 字 (4.9 to 5.6)", paragraph)
    yield from rule.doubts()


@CHECKS.measures("M24")
def page_number_form(sheet: PdfSheet) -> Iterator[Outcome]:
    """Dashes, face, size; and that there is one."""
    rule = Type("songti", FOURTH)
    numbered = [page for page in sheet.pages if page.number_line]
    if not numbered and is_letter(sheet) and len(sheet.pages) == 1:
        yield Skip("a 信函 of one page has no page number")
        return
    if not numbered:
        yield Fault("no page has a page number below the 版心", page=1)
        return
    for page in numbered:
        line = page.number_line
        if line is None:
            continue
        text = line.text.replace("\u3000", " ").strip()
        paragraph = Paragraph([line])
        if not _FORM.fullmatch(text):
            yield Fault(f"the page number is written {text}, not — {page.number} —", text, page.number)
            return
        # Digits and dashes stand for hanzi here: the face is theirs.
        yield from _number_faults(line.inked, rule, paragraph)
    for page in sheet.pages:
        alone = all(paragraph.has("colophon") for paragraph in sheet.paragraphs if paragraph.page == page.number)
        if page.number_line is None and not alone and not (is_letter(sheet) and page.number == 1):
            yield Fault("the page has no page number", page=page.number)
            return
    yield from rule.doubts()


def _number_faults(chars: list[Char], rule: Type, paragraph: Paragraph) -> Iterator[Fault]:
    as_hanzi = [char.__class__(**{**char.__dict__, "text": "一"}) for char in chars]
    if all(HANZI.match(char.text) for char in as_hanzi):
        yield from rule.faults(as_hanzi, "the page number", paragraph)


@CHECKS.measures("M25")
def page_number_place(sheet: PdfSheet) -> Iterator[Outcome]:
    """Distance from the 版心 and from its sides."""
    for page in sheet.pages:
        line = page.number_line
        if line is None or page.width > page.height:
            continue
        dash = [char for char in line.inked if not char.text.isdigit()]
        y = dash[0].top if dash else 269.0
        if dash and abs(y - 269) > 1.2 and abs((y + dash[0].bottom) / 2 - 269) > 1.2:
            yield Fault(f"the dash of the page number is at {y:.1f} mm, not 269", line.text, page.number)
            return
        odd = page.number % 2 == 1
        if odd and not 178.4 - 1 <= line.right <= 179.1 + 1:
            yield Fault(
                f"the number of an odd page ends at {line.right:.1f} mm, not 1 字 from the right (179)",
                line.text,
                page.number,
            )
            return
        if not odd and not 32.9 - 1 <= line.x <= 33.6 + 1:
            yield Fault(
                f"the number of an even page begins at {line.x:.1f} mm, not 1 字 from the left (33)",
                line.text,
                page.number,
            )
            return


@CHECKS.measures("M30")
def annotation(sheet: PdfSheet) -> Iterator[Outcome]:
    """Face and indent."""
    rule = Type("fangsong", THIRD)
    for i, (paragraph, role) in enumerate(sheet.of("annotation")):
        yield from rule.faults(paragraph.chars(role.start, role.stop), "附注", paragraph)
        if i:
            continue  # its further lines begin at the edge
        indent = paragraph.lines[0].x - LEFT
        if abs(indent - 2 * CELL) > 0.6:
            yield fault(f"附注 begins {indent:.1f} mm in, not 11.1 (2 字)", paragraph)
    yield from rule.doubts()


@CHECKS.measures("M34")
def colophon_page(sheet: PdfSheet) -> Iterator[Outcome]:
    """On the last page."""
    foot = _foot(sheet)
    if foot is None:
        yield Skip("no 版记")
    elif foot[0].number != len(sheet.pages):
        yield Fault(
            f"版记 is on page {foot[0].number}, not on the last, {len(sheet.pages)}", foot[1][0].text, foot[0].number
        )
