"""版头: what stands above the red line on page 1 (§7.2)."""

from __future__ import annotations

from dataclasses import replace

from govdoc.layout.composition import Head, Paragraph, Run
from govdoc.layout.elements import paragraph, run_of
from govdoc.layout.titles import title_width
from govdoc.model import Header, IssuerMark
from govdoc.style import POINTS_PER_MM, StyleSheet


def compose_head(header: Header, style: StyleSheet) -> Head | None:
    """The 版头, or ``None`` where the document has none of its elements."""
    lines = head_lines(header, style)
    signers = header.signers
    if style.letter.enabled:  # a 信函 has no place for 签发人: they stand below the other lines
        lines, signers = (*lines, *_signer_line(header, style)), ()
    mark, suffix = _mark(header.issuer_mark, style) if header.issuer_mark else ((), None)
    raw = header_number(header)
    number = None
    if raw:
        aside = {"align": "left", "indent_left": style.head.signer_indent} if signers else {}
        number = paragraph(style, "doc_number", raw, **aside)
    if not (lines or mark or number or signers):
        return None
    rule = style.head.rule and bool(mark or number or signers)
    return Head(lines=lines, mark=mark, mark_suffix=suffix, number=number, signers=signers, rule=rule)


def header_number(header: Header) -> str | None:
    """发文字号, 令号 or 期号 as printed; two that differ stand beside each other."""
    raws = [found.raw for found in (header.doc_number, header.order_number, header.issue_no) if found]
    return "　".join(dict.fromkeys(raws)) or None


def head_lines(header: Header, style: StyleSheet) -> tuple[Paragraph, ...]:
    """份号, 密级和保密期限, 紧急程度, each on its own line; 密级 keeps its line where there is no 份号 (§7.2.2)."""
    lines: list[Paragraph] = []
    if header.copy_number:
        lines.append(paragraph(style, "copy_number", header.copy_number))
    if header.secrecy:
        level, term = header.secrecy.level, header.secrecy.term
        blank = max(0, style.head.secrecy_line - 1 - len(lines))
        lines.append(paragraph(style, "secrecy", f"{level}★{term}" if term else level, blank_before=blank))
    if header.urgency:
        lines.append(paragraph(style, "urgency", header.urgency))
    return tuple(lines)


def _mark(mark: IssuerMark, style: StyleSheet) -> tuple[tuple[Run, ...], Run | None]:
    """发文机关标志: the largest size that fits the 版心; agencies of a joint issue one under the other (§7.2.4)."""
    look = style.text["mark"]
    agencies, suffix = mark.agencies, mark.suffix or ""
    if style.letter.enabled:  # the lead agency's name and nothing else (§10.1)
        agencies, suffix = agencies[:1], ""
    longest = max(map(title_width, agencies), default=0.0) + title_width(suffix)
    if not longest:
        return (), None
    width = style.page.text_width * POINTS_PER_MM
    size = min(look.size, width / longest)
    if len(agencies) > 1:
        stack = style.head.mark_stack_height * POINTS_PER_MM
        size = min(size, stack / (1 + style.head.mark_stack_pitch * (len(agencies) - 1)))
    size = int(size * 2) / 2  # half points, as word processors have them
    if len(agencies) == 1:
        return (replace(run_of(style, "mark", agencies[0] + suffix), size=size),), None
    runs = tuple(replace(run_of(style, "mark", agency), size=size) for agency in agencies)
    return runs, replace(run_of(style, "mark", suffix), size=size) if suffix else None


def plain_head(header: Header, style: StyleSheet) -> list[Paragraph]:
    """The same elements as paragraphs of the flow, for a style without 版头: above the title."""
    flow = list(head_lines(header, style))
    if header.issuer_mark:
        flow += [paragraph(style, "mark", agency) for agency in header.issuer_mark.agencies[:-1]]
        flow.append(paragraph(style, "mark", header.issuer_mark.agencies[-1] + (header.issuer_mark.suffix or "")))
    raw = header_number(header)
    if raw:
        flow.append(paragraph(style, "doc_number", raw))
    return [*flow, *_signer_line(header, style)]


def _signer_line(header: Header, style: StyleSheet) -> list[Paragraph]:
    """All 签发人 in one paragraph, where the style has no place for them beside the number."""
    if not header.signers:
        return []
    names = Run("　".join(header.signers), style.head.signer_face, style.text["signer"].size)
    return [paragraph(style, "signer", run_of(style, "signer", style.head.signer_label), names)]


def head_rows(head: Head, style: StyleSheet) -> tuple[float, float, float]:
    """Where the 版头 stands, mm from the sheet's top: the number's first ink, the red line, the end of the 版头.

    The gaps of two 行 above the number and below the line lie between the two readings of 空二行 (N × 行, or that
    and the white of the next line), so that what follows stands on the grid.
    """
    if style.letter.enabled:
        return _letter_rows(head, style)
    page = style.page
    em = style.text["doc_number"].size / POINTS_PER_MM
    pitch = line_pitch(style)
    count = len(head.mark)
    size = head.mark[0].size / POINTS_PER_MM if count else 0.0
    below = style.head.mark_top + (size * (1 + style.head.mark_stack_pitch * (count - 1)) if count else 0.0)
    rows = signer_rows(head, style)
    inner = (rows - 1) * pitch + em if rows else 0.0
    flow_gap = (pitch - em) * bool(count)
    blank = style.head.number_blank * pitch * bool(count)
    after = style.text["title"].blank_before * pitch + (pitch - em)
    if not rows:
        rule = below + style.head.rule_gap if count else _lines_end(head, style)
        return below, rule, _grid_at_most(rule + after, rule, style)
    rule_gap = style.head.rule_gap if head.rule else 0.0
    end = _grid_at_most(below + blank + flow_gap + inner + rule_gap + after, below, style)
    slack = below + blank + flow_gap + inner + rule_gap + after - end
    number = below + blank + flow_gap - (slack / 2 if count else 0.0)
    return number, number + inner + rule_gap, max(end, page.top)


def _letter_rows(head: Head, style: StyleSheet) -> tuple[float, float, float]:
    """The same of a 信函; its rule is the upper edge of the double line below the mark (§10.1)."""
    letter, em, pitch = style.letter, style.text["doc_number"].size / POINTS_PER_MM, line_pitch(style)
    size = head.mark[0].size / POINTS_PER_MM if head.mark else 0.0
    rule = style.head.mark_top + size + letter.gap
    top = rule + letter.thick + letter.between + letter.thin + letter.inset
    rows = max(len(head.lines), 1 if head.number else 0)
    last = top + (rows - 1) * pitch + em if rows else rule
    after = style.text["title"].blank_before * pitch + (pitch - em)
    return top, rule, _grid_at_most(last + after, last, style)


def _lines_end(head: Head, style: StyleSheet) -> float:
    return style.page.top + sum(1 + line.blank_before for line in head.lines) * line_pitch(style)


def _grid_at_most(y: float, least: float, style: StyleSheet) -> float:
    """The last grid line's top at or above ``y`` mm, but below ``least``."""
    pitch = line_pitch(style)
    steps = int((y - style.page.top) / pitch + 1e-6)
    while style.page.top + steps * pitch < least:
        steps += 1
    return style.page.top + steps * pitch


def line_pitch(style: StyleSheet) -> float:
    """From one line to the next, mm: the style's own, or first ink at the 版心's top, last at its bottom (§5.2.3)."""
    if style.page.pitch:
        return style.page.pitch / POINTS_PER_MM
    em = style.text["body"].size / POINTS_PER_MM
    return (style.page.text_height - em) / (style.page.lines - 1)


def signer_rows(head: Head, style: StyleSheet) -> int:
    """Lines that 发文字号 and 签发人 take together; the number stands on the last (§7.2.5, §7.2.6)."""
    per_row = style.head.signers_per_row
    return max(-(-len(head.signers) // per_row), 1 if head.number else 0)
