"""Places and indents of the elements of a Word file (GB/T 9704-2012 §7.2, §7.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from govdoc.checking.measured.docx_package import CELL, DocxSheet, Paragraph
from govdoc.checking.measured.docx_sheet import MM
from govdoc.checking.measured.docx_type import RED, Type, fault
from govdoc.checking.measured.ends import find_ends
from govdoc.checking.measured.fault import Outcome, Register, Skip
from govdoc.checking.measured.titles import broken
from govdoc.layout.titles import title_width

CHECKS: Register[DocxSheet] = Register()
HALF_MM = 0.5 * MM
_BLANKS = re.compile(r"^[ \u3000]{2,}\S|\S[ ]{4,}\S|\u3000{3,}")
_NUMBERED = re.compile(r"^\s*(?:附件：)?\d{1,2}[.．]")


def _chars(twips: float) -> str:
    return f"{twips / MM:.1f} mm"


@CHECKS.measures("M07")
def first_line_indent(sheet: DocxSheet) -> Iterator[Outcome]:
    """2 字, as the first line's indent."""
    for paragraph, role in sheet.of("body", "attached"):
        if role.apart or role.start > 0 or paragraph.in_table or paragraph.align == "center":
            continue
        first, left = paragraph.twips("first"), paragraph.twips("left")
        if abs(first + left - 2 * CELL) > 0.4 * MM:
            yield fault(f"the paragraph begins {_chars(first + left)} in, not 11.1 mm (2 字)", paragraph)
            return
        if abs(left) > HALF_MM:
            yield fault(f"further lines begin {_chars(left)} in", paragraph)
            return


@CHECKS.measures("M08")
def secrecy_and_urgency(sheet: DocxSheet) -> Iterator[Outcome]:
    """Face and left edge."""
    heiti, fangsong = Type("heiti"), Type("fangsong")
    for paragraph, role in sheet.of("copy_number", "secrecy", "urgency"):
        rule = fangsong if role.name == "copy_number" else heiti
        yield from rule.faults(paragraph.between(role.start, role.stop), paragraph.text.strip(), paragraph)
        inset = paragraph.twips("left") + paragraph.twips("first")
        if abs(inset) > MM or paragraph.align in ("center", "right"):
            yield fault(f"{paragraph.text.strip()} is not at the left edge", paragraph)
    yield from heiti.doubts()


@CHECKS.measures("M09")
def mark(sheet: DocxSheet) -> Iterator[Outcome]:
    """Colour, face, alignment."""
    found = list(dict.fromkeys(paragraph for paragraph, _ in sheet.of("mark")))
    if sheet.own_format:
        # A 纪要 without a head has for its title what would be its mark.
        found = [one for one in found if one.large or any(run.colour == RED for run in one.runs)]
    if not found:
        yield Skip("no 发文机关标志 found")
        return
    rule = Type("xiaobiaosong", None)
    for paragraph in found:
        yield from rule.faults(paragraph.runs, "发文机关标志", paragraph)
        if any(run.colour != RED for run in paragraph.runs if run.text.strip()):
            yield fault("发文机关标志 is not red", paragraph)
        if paragraph.align not in ("center", "distribute") and not paragraph.in_table:
            yield fault("发文机关标志 is not centred", paragraph)
    yield from rule.doubts()
    yield Skip("the distance of 发文机关标志 from the sheet's edge shows only when it is drawn")


@CHECKS.measures("M10")
def number(sheet: DocxSheet) -> Iterator[Outcome]:
    """Face and alignment."""
    rule = Type("fangsong")
    found = [(paragraph, role) for paragraph, role in sheet.of("number")]
    if not found:
        yield Skip("no 发文字号 found")
        return
    paragraph, role = found[0]
    yield from rule.faults(paragraph.between(role.start, role.stop), "发文字号", paragraph)
    if sheet.is_letter:
        yield Skip("a 信函 has its 发文字号 at the right edge: it shows only when it is drawn")
    elif any(True for _ in sheet.of("signers")):
        inset = paragraph.twips("left") + paragraph.twips("first")
        if abs(inset - CELL) > MM:
            yield fault(f"发文字号 beside 签发人 begins {_chars(inset)} in, not 5.6 mm (1 字)", paragraph)
    elif paragraph.align != "center":
        yield fault("发文字号 is not centred", paragraph)
    yield from rule.doubts()


@CHECKS.measures("M13")
def title_shape(sheet: DocxSheet) -> Iterator[Outcome]:
    """The lines that were broken by hand, or stand as paragraphs."""
    lines: list[str] = []
    titles = list(dict.fromkeys(one for one, _ in sheet.of("title") if not one.has("mark")))
    for paragraph in titles:
        edges = [0, *paragraph.breaks, len(paragraph.text)]
        lines += [paragraph.text[a:b].strip() for a, b in pairwise(edges) if paragraph.text[a:b].strip()]
    if len(lines) < 2:
        if lines and title_width(lines[0]) > 20:
            yield Skip("the title is broken where the program likes")
        return
    if any(title_width(line) > 20 for line in lines):
        yield fault("a line of the title has over 20 字", titles[0])
    for message, _ in broken([(line, title_width(line)) for line in lines]):
        yield fault(message, titles[0])


@CHECKS.measures("M14")
def recipients_place(sheet: DocxSheet) -> Iterator[Outcome]:
    """Face and left edge."""
    rule = Type("fangsong")
    for paragraph, role in sheet.of("recipients"):
        yield from rule.faults(paragraph.between(role.start, role.stop), "主送机关", paragraph)
        inset = paragraph.twips("left") + paragraph.twips("first")
        if abs(inset) > HALF_MM or paragraph.align in ("center", "right"):
            yield fault(f"主送机关 begins {_chars(inset)} in, not at the edge", paragraph)
    yield from rule.doubts()


@CHECKS.measures("M18")
def attachment_note(sheet: DocxSheet) -> Iterator[Outcome]:
    """Face, where the label and where further lines begin."""
    rule = Type("fangsong")
    for paragraph, role in sheet.of("note"):
        yield from rule.faults(paragraph.between(role.start, role.stop), "附件说明", paragraph)
        labelled = paragraph.text.lstrip().startswith("附件")
        begin, left = paragraph.twips("left") + paragraph.twips("first"), paragraph.twips("left")
        wanted = (2 if labelled else 5) * CELL
        if abs(begin - wanted) > 0.6 * MM:
            yield fault(f"附件说明 begins {_chars(begin)} in, not {_chars(wanted)}", paragraph)
        hangs = (6 if _NUMBERED.match(paragraph.text) else 5) * CELL
        if abs(left - hangs) > 0.6 * CELL:
            yield fault(f"further lines of an attachment's name begin {_chars(left)} in, not below the name", paragraph)
    yield from rule.doubts()


def _ends(sheet: DocxSheet) -> tuple[list[Paragraph], Paragraph | None]:
    signatures, dates = ([paragraph for paragraph, _ in sheet.of(name)] for name in ("signature", "date"))
    return find_ends(signatures, dates, sheet.read, lambda one: one.align in ("right", "end"))


def _right(paragraph: Paragraph) -> float:
    """字 from the right edge."""
    return paragraph.twips("right") / CELL


@CHECKS.measures("M19")
def signature(sheet: DocxSheet) -> Iterator[Outcome]:
    """Face, and right indent by the formulas."""
    names, date = _ends(sheet)
    if not names or date is None:
        yield Skip("no 署名 with a date")
        return
    if sheet.own_format:
        yield Skip("a format of its own")
        return
    rule = Type("fangsong")
    for name in names:
        yield from rule.faults(name.runs, "署名", name)
    yield from rule.doubts()
    if len(names) > 1 or names[0].align not in ("right", "end"):
        yield Skip("several 署名, or one not set from the right: its place shows only when it is drawn")
        return
    longer = title_width(date.text.strip()) - title_width(names[0].text.strip())
    allowed = [2.0, 4 + longer, 4 + longer / 2]
    if all(abs(_right(names[0]) - wanted) > 0.3 for wanted in allowed):
        yield fault(
            f"署名 ends {_chars(names[0].twips('right'))} from the right edge, neither 2 字 nor as the date asks",
            names[0],
        )


@CHECKS.measures("M20")
def date(sheet: DocxSheet) -> Iterator[Outcome]:
    """Face, and right indent by the formulas."""
    names, found = _ends(sheet)
    if found is None:
        yield Skip("no 成文日期")
        return
    rule = Type("fangsong")
    yield from rule.faults(found.runs, "成文日期", found)
    yield from rule.doubts()
    if found.align not in ("right", "end"):
        if found.align != "center":
            yield fault("成文日期 is not set from the right", found)
        return
    allowed = [2.0, 4.0]
    if names:
        allowed.append(title_width(names[0].text.strip()) - title_width(found.text.strip()) + _right(names[0]) - 2)
    if all(abs(_right(found) - wanted) > 0.3 for wanted in allowed):
        yield fault(
            f"成文日期 ends {_chars(found.twips('right'))} from the right edge, not 4 字 and not as 署名 asks", found
        )


@CHECKS.measures("M21")
def attachment_page(sheet: DocxSheet) -> Iterator[Outcome]:
    """A break before the label, its face, its left edge."""
    rule = Type("heiti")
    for paragraph, role in sheet.of("attachment_label"):
        if role.start:
            continue
        yield from rule.faults(paragraph.runs, "the label of an attachment", paragraph)
        if not paragraph.page_break:
            yield fault("an attachment does not begin on a page of its own", paragraph)
        if abs(paragraph.twips("left") + paragraph.twips("first")) > HALF_MM or paragraph.align in ("center", "right"):
            yield fault("the label of an attachment is not at the left edge", paragraph)
    yield from rule.doubts()


@CHECKS.measures("M30")
def annotation(sheet: DocxSheet) -> Iterator[Outcome]:
    """Face and indent."""
    rule = Type("fangsong")
    for i, (paragraph, role) in enumerate(sheet.of("annotation")):
        yield from rule.faults(paragraph.between(role.start, role.stop), "附注", paragraph)
        if i:
            continue  # its further lines begin at the edge
        begin = paragraph.twips("left") + paragraph.twips("first")
        if abs(begin - 2 * CELL) > HALF_MM:
            yield fault(f"附注 begins {_chars(begin)} in, not 11.1 mm (2 字)", paragraph)
    yield from rule.doubts()


@CHECKS.measures("M35")
def spacing_by_blanks(sheet: DocxSheet) -> Iterator[Outcome]:
    """Empty paragraphs, and blanks in a row."""
    plain = [paragraph for paragraph in sheet.read if not paragraph.in_table]
    for before, paragraph in pairwise(plain):
        empty = not paragraph.text.strip() and not paragraph.carries_section and not paragraph.page_break
        if empty and before.text.strip() and paragraph is not plain[-1]:
            yield fault("an empty paragraph makes room", before)
            return
    for paragraph in plain:
        if _BLANKS.search(paragraph.text) and not paragraph.has("signers", "number", "mark"):
            yield fault("blanks or tabs set a place", paragraph)
            return
