"""版头 in Word's terms (GB/T 9704-2012 §7.2): paragraphs whose spacing puts them where the layout does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from govdoc.exporting.docx_letter import framed_mark
from govdoc.exporting.docx_paragraph import paragraph, styled
from govdoc.exporting.docx_styles import line_twips
from govdoc.exporting.docx_xml import BARE_CELLS, BASELINE, Indents, Spacing, border, cells, mm, points, run
from govdoc.layout.composition import Head, Run
from govdoc.layout.elements import run_of
from govdoc.layout.head import head_rows, line_pitch, signer_rows
from govdoc.layout.titles import title_width
from govdoc.style import StyleSheet

_WIDEST_SPACE = 31  # points, the most Word allows between text and its border
_EASE = 20  # twips a cell is wider than its text, lest rounding wrap it
_MARK = "发文机关标志"


class Part(NamedTuple):
    """A paragraph or table of the 版头: twips from the sheet's top, and its XML given twips above, below, a border."""

    top: int
    height: int
    xml: Callable[[int, int, str], str]
    is_table: bool = False


def head_xml(head: Head, style: StyleSheet, blank: int) -> tuple[str, int]:
    """The 版头, and the twips the first paragraph of the flow keeps above itself, ``blank`` if there is room."""
    _, rule, end = head_rows(head, style)
    letter = style.letter.enabled
    parts = [*(_letter(head, style) if letter else (*_lines(head, style), *_mark(head, style), *_number(head, style)))]
    y = mm(style.word.margins.top)
    flow = y + round((end - style.page.top) / line_pitch(style)) * line_twips(style)
    written: list[str] = []
    for i, part in enumerate(parts):
        above = max(0, part.top - y)
        y = max(y, part.top) + part.height
        if i < len(parts) - 1:
            written.append(part.xml(above, 0, ""))
            continue
        edge = ""
        if head.rule:
            space = min(_WIDEST_SPACE, max(0, round((mm(rule) - y) / 20)))
            colour = "FF0000" if style.head.rule_red else "000000"
            edge = border("bottom", style.head.rule_width, colour, space)
            y += points(space) + mm(style.head.rule_width)
        blank = min(blank, max(0, flow - y)) if not part.is_table else max(0, flow - y)
        written.append(part.xml(above, max(0, flow - y - blank), edge))
    return "".join(written), blank


def _letter(head: Head, style: StyleSheet) -> Iterator[Part]:
    """A 信函 (§10.1): its mark in a frame; below it 份号, 密级, 紧急程度 at the left, 发文字号 at the right."""
    if head.mark:
        yield Part(mm(style.word.margins.top), 0, lambda above, below, edge: framed_mark(head, style))
    y = mm(head_rows(head, style)[0]) - _ink_drop(style.text["doc_number"].size, style)
    for row in range(max(len(head.lines), 1 if head.number else 0)):

        def xml(above: int, below: int, edge: str, row: int = row) -> str:
            if not head.lines and head.number:
                return paragraph(head.number, style, before=above, after=below)
            left = head.lines[row]
            if row or not head.number:
                return paragraph(left, style, before=above, after=below)
            tab = Run("\t", left.runs[0].face, left.runs[0].size)
            runs = "".join(run(each, left.runs[0], "发文字号", style) for each in (*left.runs, tab, *head.number.runs))
            tabs = f'<w:tabs><w:tab w:val="right" w:pos="{mm(style.page.text_width)}"/></w:tabs>'
            return styled(left.element, tabs + Spacing(above, line_twips(style), below).xml(), runs)

        yield Part(y, line_twips(style), xml)
        y += line_twips(style)


def _edges(edge: str) -> str:
    return f"<w:pBdr>{edge}</w:pBdr>" if edge else ""


def _ink_drop(size: float, style: StyleSheet) -> int:
    """From the top of a line of the text's pitch to its first ink, twips."""
    return round(BASELINE * line_twips(style)) - points(style.page.ascent * size)


def _lines(head: Head, style: StyleSheet) -> Iterator[Part]:
    """份号, 密级, 紧急程度 from the 版心's first line."""
    y = mm(style.word.margins.top)
    for made in head.lines:
        y += round(made.blank_before * line_twips(style))

        def xml(above: int, below: int, edge: str, made: object = made) -> str:
            return paragraph(made, style, before=above, after=below, border=_edges(edge))  # type: ignore[arg-type]

        yield Part(y, line_twips(style), xml)
        y += line_twips(style)


def _mark(head: Head, style: StyleSheet) -> Iterator[Part]:
    """发文机关标志: its lines are just so high that the first ink stands at their top."""
    if not head.mark:
        return
    top, size = mm(style.head.mark_top), head.mark[0].size
    line = points(style.page.ascent * size / BASELINE)
    base = run_of(style, "mark", "")
    if len(head.mark) == 1 and head.mark_suffix is None:

        def single(above: int, below: int, edge: str) -> str:
            inside = run(head.mark[0], base, _MARK, style)
            return styled("mark", _edges(edge) + Spacing(above, line, below).xml(), inside)

        yield Part(top, line, single)
        return
    pitch = points(style.head.mark_stack_pitch * size)

    def stack(above: int, below: int, edge: str) -> str:
        return _joint_mark(head, style, (line, pitch), above, edge)

    yield Part(top, line + pitch * (len(head.mark) - 1), stack, is_table=True)


def _joint_mark(head: Head, style: StyleSheet, heights: tuple[int, int], above: int, edge: str) -> str:
    """A joint issue: the agencies one under the other, of equal width, 文件 beside them in the middle (§7.2.4).

    ``heights`` are those of the first line and of each other one.
    """
    size = head.mark[0].size
    names = points(max(title_width(each.text) for each in head.mark) * size) + _EASE
    suffix = points(title_width(head.mark_suffix.text) * size) + _EASE if head.mark_suffix else 0
    text_width = mm(style.page.text_width)
    whole = max(text_width, names + suffix)
    margin = (whole - names - suffix) // 2
    frame = _Frame(margin, (margin + names, whole - margin - names), above, edge)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in frame.widths)
    rows = "".join(_agency(head, i, style, heights[i > 0], frame) for i in range(len(head.mark)))
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{whole}" w:type="dxa"/><w:tblInd w:w="{(text_width - whole) // 2}" '
        'w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f"{BARE_CELLS}</w:tblPr><w:tblGrid>"
        f"{grid}</w:tblGrid>{rows}</w:tbl>"
    )


class _Frame(NamedTuple):
    """Twips left of the agencies, the widths of the two columns, twips above the first line, the edge below."""

    margin: int
    widths: tuple[int, int]
    above: int
    edge: str


def _agency(head: Head, i: int, style: StyleSheet, height: int, frame: _Frame) -> str:
    """A row: an agency spread over its column, and its share of the cell that holds 文件."""
    base = run_of(style, "mark", "")
    spacing = Spacing(0, height).xml()
    top = f'<w:top w:w="{frame.above}" w:type="dxa"/>' if i == 0 and frame.above else ""
    bottom = f"<w:tcBorders>{frame.edge}</w:tcBorders>" if frame.edge and i == len(head.mark) - 1 else ""
    name = styled("mark", f'{spacing}<w:jc w:val="distribute"/>', run(head.mark[i], base, _MARK, style))
    inset = f'<w:tcMar>{top}<w:left w:w="{frame.margin}" w:type="dxa"/></w:tcMar>'
    row = _cell(frame.widths[0], bottom + inset, name)
    merge = f'<w:vMerge w:val="{"restart" if i == 0 else "continue"}"/>'
    text = run(head.mark_suffix, base, _MARK, style) if head.mark_suffix and i == 0 else ""
    beside = styled("mark", f'{spacing}<w:jc w:val="left"/>', text)
    inset = f"<w:tcMar>{top}</w:tcMar>" if top else ""
    row += _cell(frame.widths[1], f'{merge}{bottom}{inset}<w:vAlign w:val="center"/>', beside)
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{row}</w:tr>"


def _cell(width: int, properties: str, inside: str) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{properties}</w:tcPr>{inside}</w:tc>'


def _number(head: Head, style: StyleSheet) -> Iterator[Part]:
    """发文字号, and 签发人 on the lines above and beside it (§7.2.5, §7.2.6)."""
    number_top, _, _ = head_rows(head, style)
    size = style.text["doc_number"].size
    y = mm(number_top) - _ink_drop(size, style)
    rows = signer_rows(head, style)
    for row in range(rows):

        def xml(above: int, below: int, edge: str, row: int = row) -> str:
            number = head.number if row == rows - 1 else None
            if not head.signers and number:
                return paragraph(number, style, before=above, after=below, border=_edges(edge))
            spacing = Spacing(above, line_twips(style), below).xml()
            return _signer_row(head, style, row, _edges(edge), spacing)

        yield Part(y, line_twips(style), xml)
        y += line_twips(style)


def _signer_row(head: Head, style: StyleSheet, row: int, edge: str, spacing: str) -> str:
    """A line of 签发人: its columns are tab stops, its left indent is the first line's, so that the rule is whole."""
    rules = style.head
    across = min(rules.signers_per_row, len(head.signers))
    column = max(title_width(name) for name in head.signers) + rules.signer_gap
    first = style.page.chars - rules.signer_indent - column * across + rules.signer_gap
    names = head.signers[row * rules.signers_per_row : (row + 1) * rules.signers_per_row]
    stops = [first + place * column for place in range(len(names))]
    base = run_of(style, "doc_number", "")
    runs = list(head.number.runs) if head.number and row == signer_rows(head, style) - 1 else []
    if row == 0:
        runs.append(run_of(style, "signer", "\t" + rules.signer_label))
    for place, name in enumerate(names):
        lead = "" if row == 0 and place == 0 else "\t"
        runs.append(Run(lead + name, rules.signer_face, style.text["signer"].size))
    if row == 0:
        stops = [first - title_width(rules.signer_label), *stops[1:]]
    tabs = "".join(f'<w:tab w:val="left" w:pos="{cells(stop, style)}"/>' for stop in stops)
    indent = Indents(first=cells(rules.signer_indent, style), first_chars=round(rules.signer_indent * 100))
    inside = "".join(run(each, base, "签发人", style) for each in runs)
    return styled("doc_number", f'{edge}<w:tabs>{tabs}</w:tabs>{spacing}{indent.xml()}<w:jc w:val="left"/>', inside)
