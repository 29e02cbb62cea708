"""What a 信函 has on its first page (GB/T 9704-2012 §10.1) in Word's terms: two red double lines, its mark in a frame.

The lines hang in the first page's header, so that no edit of the text moves them. Each is two bars: LibreOffice draws
a compound line (``cmpd``) as a single one.
"""

from __future__ import annotations

from collections.abc import Iterator

from govdoc.exporting.docx_paragraph import styled
from govdoc.exporting.docx_styles import ANCHOR
from govdoc.exporting.docx_xml import BASELINE, Spacing, mm, points, run
from govdoc.layout.composition import Head
from govdoc.layout.elements import run_of
from govdoc.layout.head import head_rows
from govdoc.style import StyleSheet

_EMU_PER_MM = 36000
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_WORD_DRAWING = f"{_DRAWING}/wordprocessingDrawing"
_SHAPE = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def double_lines(head: Head, style: StyleSheet) -> str:
    """The paragraph of the first page's header that holds both double lines: thick above thin, thin above thick."""
    bars = "".join(_bar(number, top, height, style) for number, (top, height) in enumerate(_bars(head, style), 1))
    return f'<w:p><w:pPr><w:pStyle w:val="{ANCHOR}"/></w:pPr>{bars}</w:p>'


def _bars(head: Head, style: StyleSheet) -> Iterator[tuple[float, float]]:
    """Upper edge and height of each bar, mm from the sheet's top."""
    letter = style.letter
    whole = letter.thick + letter.between + letter.thin
    upper = head_rows(head, style)[1]
    lower = style.page.height - letter.bottom - whole / 2
    yield upper, letter.thick
    yield upper + whole - letter.thin, letter.thin
    yield lower, letter.thin
    yield lower + whole - letter.thick, letter.thick


def _bar(number: int, top: float, height: float, style: StyleSheet) -> str:
    page = style.page
    left = page.left + (page.text_width - style.letter.width) / 2
    x, y, width, thick = (round(length * _EMU_PER_MM) for length in (left, top, style.letter.width, height))
    shape = (
        f'<wps:wsp xmlns:wps="{_SHAPE}"><wps:cNvSpPr/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" '
        f'cy="{thick}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill><a:srgbClr val="FF0000"/>'
        "</a:solidFill><a:ln><a:noFill/></a:ln></wps:spPr><wps:bodyPr/></wps:wsp>"
    )
    anchor = (
        '<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="'
        f'{number}" behindDoc="1" locked="1" layoutInCell="0" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="page"><wp:posOffset>{x}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="page"><wp:posOffset>{y}</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="{width}" cy="{thick}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>'
        f'<wp:docPr id="{number}" name="信函双线{number}"/><wp:cNvGraphicFramePr/>'
        f'<a:graphic xmlns:a="{_DRAWING}/main"><a:graphicData uri="{_SHAPE}">{shape}</a:graphicData></a:graphic>'
        "</wp:anchor>"
    )
    return (
        f'<w:r><mc:AlternateContent xmlns:mc="{_COMPATIBILITY}"><mc:Choice xmlns:wps="{_SHAPE}" Requires="wps">'
        f'<w:drawing xmlns:wp="{_WORD_DRAWING}">{anchor}</w:drawing></mc:Choice></mc:AlternateContent></w:r>'
    )


def framed_mark(head: Head, style: StyleSheet) -> str:
    """The mark in a frame of its own: it stands above the 版心, where no paragraph of the text does."""
    line = points(style.page.ascent * head.mark[0].size / BASELINE)
    frame = (
        f'<w:framePr w:w="{mm(style.page.text_width)}" w:h="{line}" w:hRule="exact" w:wrap="notBeside" '
        f'w:vAnchor="page" w:hAnchor="page" w:x="{mm(style.page.left)}" w:y="{mm(style.head.mark_top)}"/>'
    )
    inside = "".join(run(made, run_of(style, "mark", ""), "发文机关标志", style) for made in head.mark[:1])
    return styled("mark", frame + Spacing(0, line).xml(), inside)
