"""版记 in Word's terms (GB/T 9704-2012 §7.4): a table that floats at the lower edge of the 版心."""

from __future__ import annotations

from govdoc.exporting.docx_paragraph import styled
from govdoc.exporting.docx_styles import ANCHOR
from govdoc.exporting.docx_xml import BARE_CELLS, Indents, border, cells, mm, points, run
from govdoc.layout.composition import Foot, FootRow
from govdoc.layout.elements import run_of
from govdoc.style import StyleSheet

ANCHOR_PARAGRAPH = f'<w:p><w:pPr><w:pStyle w:val="{ANCHOR}"/></w:pPr></w:p>'
"""Word asks for a paragraph after a table; the table stands on that paragraph's page."""


def foot_xml(foot: Foot, style: StyleSheet, *, lines: int | None = None, floating: bool = True) -> str:
    """The 版记 as ``w:tbl``; it needs a paragraph after it, on whose page it stands.

    It clings to the lower edge of the 版心 as it grows; with ``lines``, how many it has, it is placed from the top.
    Where it is not ``floating``, it follows the text.
    """
    width = mm(style.page.text_width)
    rows = "".join(_row(foot, i, style) for i in range(len(foot.rows)))
    place = _place(style, _height(foot, lines, style) if lines else None) if floating else ""
    grid = f'<w:tblGrid><w:gridCol w:w="{width}"/></w:tblGrid>'
    return (
        f'<w:tbl><w:tblPr>{place}<w:tblW w:w="{width}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/>{BARE_CELLS}</w:tblPr>{grid}{rows}</w:tbl>'
    )


def _height(foot: Foot, lines: int, style: StyleSheet) -> int:
    """Its height in twips, rules included."""
    rules = style.foot
    inner = sum(row.rule_above for row in foot.rows[1:])
    if not rules.lines:
        return lines * points(rules.pitch)
    return lines * points(rules.pitch) + mm(2 * rules.outer_line + inner * rules.inner_line)


def _place(style: StyleSheet, height: int | None) -> str:
    # LibreOffice floats a table as wide as the text only where it stands from the page's edge.
    page = style.page
    outer = page.width - page.left - page.text_width
    left = outer if page.mirror_margins and page.duplex else page.left
    bottom = mm(page.top + page.text_height - style.word.margins.top)
    at = 'w:tblpYSpec="bottom"' if height is None else f'w:tblpY="{bottom - height}"'
    return (
        '<w:tblpPr w:leftFromText="0" w:rightFromText="0" w:vertAnchor="margin" w:horzAnchor="page" '
        f'w:tblpX="{mm(left)}" {at}/><w:tblOverlap w:val="never"/>'
    )


def _row(foot: Foot, i: int, style: StyleSheet) -> str:
    rules, row = style.foot, foot.rows[i]
    last = i == len(foot.rows) - 1
    edges = border("top", rules.inner_line if i else rules.outer_line) if i == 0 or row.rule_above else ""
    edges += border("bottom", rules.outer_line) if last else ""
    borders = f"<w:tcBorders>{edges}</w:tcBorders>" if edges and rules.lines else ""
    split = "" if foot.rows[i].hanging else "<w:trPr><w:cantSplit/></w:trPr>"
    return (
        f'<w:tr>{split}<w:tc><w:tcPr><w:tcW w:w="{mm(style.page.text_width)}" w:type="dxa"/>{borders}</w:tcPr>'
        f"{_paragraph(row, style)}</w:tc></w:tr>"
    )


def _paragraph(row: FootRow, style: StyleSheet) -> str:
    base = run_of(style, "colophon", "")
    inset = cells(style.foot.inset, style)
    hang = points(row.hanging * base.size)
    indent = Indents(inset + hang, inset, -hang)
    runs = run(run_of(style, "colophon", row.left), base, "版记", style)
    if not row.right:
        return styled("colophon", indent.xml(), runs)
    edge = mm(style.page.text_width) - inset
    tabs = f'<w:tabs><w:tab w:val="right" w:pos="{edge}"/></w:tabs>'
    runs += run(run_of(style, "colophon", "\t" + row.right), base, "版记", style)
    return styled("colophon", f'{tabs}{indent.xml()}<w:jc w:val="left"/>', runs)
