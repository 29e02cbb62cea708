"""Paragraphs of a composition as ``w:p``: the style of the element, and only what differs from it said beside it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from itertools import pairwise

from govdoc.exporting.docx_lines import Fitted, number_of
from govdoc.exporting.docx_styles import ALIGNMENTS, STYLES, line_twips, style_spacing
from govdoc.exporting.docx_xml import Spacing, broken, indents, mm, needed_width, run
from govdoc.layout.composition import Element, Paragraph, Run
from govdoc.layout.elements import run_of
from govdoc.style import StyleSheet

_TITLES = ("title", "attachment_title")
_LINES_KEPT = 5  # a title of more may part at a page's end


def paragraph(
    made: Paragraph,
    style: StyleSheet,
    *,
    before: int | None = None,
    after: int = 0,
    border: str = "",
    section: str = "",
    lines: Sequence[Fitted] = (),
) -> str:
    """``made`` as ``w:p``. ``before`` and ``after`` (twips) override its blank lines; ``border``, ``section`` are XML.

    ``lines`` are the stretches set tighter than its style. Raises ``ExportError`` where its text holds a character
    that XML cannot.
    """
    named = STYLES[made.element]
    usual = style_spacing(made.element, style)
    above = round(made.blank_before * line_twips(style)) if before is None else before
    spacing = Spacing(above, usual.line, after)
    properties = (
        f'<w:pStyle w:val="{named.id}"/>'
        f"{_flow(made, named.outline)}{border}"
        f"{spacing.xml() if spacing != usual else ''}{_shape(made, style)}{_outline(made, named.outline)}{section}"
    )
    base = run_of(style, made.element, "")
    if lines:
        pieces = _cut(made.runs, lines)
    else:
        closer = _closer(made, style) if made.element in _TITLES else 0
        pieces = ((each, closer, False) for each in broken(made.runs, made.breaks))
    if number := number_of(made):
        pieces = _tabbed(pieces, number)
    runs = "".join(
        run(each, base, named.name, style, closer=closer, chinese=chinese) for each, closer, chinese in pieces
    )
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def _cut(runs: Sequence[Run], lines: Sequence[Fitted]) -> Iterator[tuple[Run, int, bool]]:
    """The same runs cut where ``lines`` begin and end, with the twips they are closer and whether they are Chinese."""
    at = 0
    for made in runs:
        stop = at + len(made.text)
        edges = {at, stop, *(edge for each in lines for edge in each[:2] if at < edge < stop)}
        for a, b in pairwise(sorted(edges)):
            closer, chinese = next((each[2:] for each in lines if each.start <= a < each.stop), (0, False))
            yield dataclasses.replace(made, text=made.text[a - at : b - at]), closer, chinese
        at = stop


def _tabbed(pieces: Iterator[tuple[Run, int, bool]], at: int) -> Iterator[tuple[Run, int, bool]]:
    """The same pieces, a TAB behind the one that ends at ``at``: what follows begins where its further lines do."""
    for made, closer, chinese in pieces:
        at -= len(made.text)
        yield (dataclasses.replace(made, text=made.text + "\t") if at == 0 else made), closer, chinese


def _closer(made: Paragraph, style: StyleSheet) -> int:
    """Twips by which a title's characters draw together, lest a line broken by sense be broken again."""
    room, size = mm(style.page.text_width), style.text[made.element].size
    cuts = (0, *made.breaks, len(made.text))
    lines = [made.text[a:b] for a, b in pairwise(cuts)]
    return max(0, *(-(-(needed_width(line, size) - room) // max(1, len(line))) for line in lines))


def _flow(made: Paragraph, outline: int | None) -> str:
    keep = ""
    if made.keep_with_next != bool(outline):  # headings are kept by their style
        keep = "<w:keepNext/>" if made.keep_with_next else '<w:keepNext w:val="0"/>'
    if made.element in _TITLES and len(made.breaks) >= _LINES_KEPT:  # else page 1 would be left empty (§7.3.3)
        keep += '<w:keepLines w:val="0"/>'
    return f"{keep}{'<w:pageBreakBefore/>' if made.new_page else ''}"


def _shape(made: Paragraph, style: StyleSheet) -> str:
    look = style.text[made.element]
    own = indents(made.indent_first, made.indent_left, made.indent_right, style)
    usual = indents(look.indent_first, look.indent_left, look.indent_right, style)
    shape = own.xml() if own != usual else ""
    return shape + (f'<w:jc w:val="{ALIGNMENTS[made.align]}"/>' if made.align != look.align else "")


def _outline(made: Paragraph, usual: int | None) -> str:
    if made.outline == usual:
        return ""
    text_level = 10  # Word's last: no heading
    return f'<w:outlineLvl w:val="{(made.outline or text_level) - 1}"/>'


def styled(element: Element, properties: str, inside: str) -> str:
    """A paragraph of an element's style with properties and runs given as XML."""
    return f'<w:p><w:pPr><w:pStyle w:val="{STYLES[element].id}"/>{properties}</w:pPr>{inside}</w:p>'
