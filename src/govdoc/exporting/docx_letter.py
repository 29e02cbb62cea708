"""What a 信函 has on its first page (GB/T 9704-2012 §10.1) in Word's terms: two red double lines, its mark in a frame.

The lines hang in the first page's header, so that no edit of the text moves them. Each is two bars: LibreOffice draws
a compound line (``cmpd``) as a single one.
"""

from __future__ import annotations

from collections.abc import Iterator

from govdoc.exporting.docx_drawing import anchored
from govdoc.exporting.docx_paragraph import styled
from govdoc.exporting.docx_styles import ANCHOR
from govdoc.exporting.docx_xml import BASELINE, Spacing, mm, points, run
from govdoc.layout.composition import Head
from govdoc.layout.elements import run_of
from govdoc.layout.head import head_rows
from govdoc.style import StyleSheet


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
    red = '<a:solidFill><a:srgbClr val="FF0000"/></a:solidFill>'
    return anchored(number, f"信函双线{number}", (left, top, style.letter.width, height), red)


def framed_mark(head: Head, style: StyleSheet) -> str:
    """The mark in a frame of its own: it stands above the 版心, where no paragraph of the text does."""
    line = points(style.page.ascent * head.mark[0].size / BASELINE)
    frame = (
        f'<w:framePr w:w="{mm(style.page.text_width)}" w:h="{line}" w:hRule="exact" w:wrap="notBeside" '
        f'w:vAnchor="page" w:hAnchor="page" w:x="{mm(style.page.left)}" w:y="{mm(style.head.mark_top)}"/>'
    )
    inside = "".join(run(made, run_of(style, "mark", ""), "发文机关标志", style) for made in head.mark[:1])
    return styled("mark", frame + Spacing(0, line).xml(), inside)
