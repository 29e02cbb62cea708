"""Paper, margins, page numbers and settings (GB/T 9704-2012 §5.1, §5.2, §7.5) in Word's terms."""

from __future__ import annotations

from docx.document import Document
from docx.enum.section import WD_ORIENTATION, WD_SECTION_START
from docx.section import Section
from docx.shared import Twips

from govdoc.exporting.docx_drawing import anchored
from govdoc.exporting.docx_foot import ANCHOR_PARAGRAPH
from govdoc.exporting.docx_package import fill
from govdoc.exporting.docx_styles import ANCHOR, STYLES
from govdoc.exporting.docx_xml import Indents, cells, checked, fonts, mm
from govdoc.style import POINTS_PER_MM, StyleSheet

SECTION = "<w:sectPr/>"
"""Ends a section; ``set_pages`` gives it its paper."""

ACROSS = '<w:sectPr><w:pgSz w:orient="landscape"/></w:sectPr>'
"""Ends a section of pages laid across (§8)."""

ON_EVEN_PAGE = '<w:sectPr><w:type w:val="evenPage"/></w:sectPr>'
"""Ends a section that begins on an even page: the 版记 apart from the text."""


def set_pages(document: Document, style: StyleSheet, *, numbered: bool, first_header: str = "") -> None:
    """Give each section its paper, the first its page numbers, which the others share.

    ``first_header`` is what the header of page 1 holds (WordprocessingML). A further section begins on an even page,
    which is not ``numbered`` where the page before it is blank (§7.5).
    """
    first, *others = document.sections
    numbers_across: bool | None = None  # how the section before has its numbers
    for section in (first, *others):
        lies_across = section.orientation == WD_ORIENTATION.LANDSCAPE
        _set_paper(section, style)
        if lies_across:
            _lay_across(section, style)
        if style.number.enabled and lies_across is not numbers_across:
            _set_numbers(section, style, across=lies_across)
            numbers_across = lies_across
    if first_header:
        _set_first_header(first, first_header)
    # A title page without a footer of its own shows no number.
    first.different_first_page_header_footer = not style.number.first
    for section in others:
        if section.start_type != WD_SECTION_START.EVEN_PAGE:
            continue
        section.different_first_page_header_footer = not numbered
        if first_header and not numbered:
            _set_first_header(section, ANCHOR_PARAGRAPH)


def _set_first_header(section: Section, inside: str) -> None:
    header = section.first_page_header
    header.is_linked_to_previous = False
    fill(header.part.element, inside)


def _set_paper(section: Section, style: StyleSheet) -> None:
    page, word = style.page, style.word
    section.page_width, section.page_height = Twips(mm(page.width)), Twips(mm(page.height))
    section.left_margin = Twips(mm(page.left))
    section.right_margin = Twips(mm(page.width - page.left - page.text_width))
    section.top_margin, section.bottom_margin = Twips(mm(word.margins.top)), Twips(mm(word.margins.bottom))
    section.header_distance = section.footer_distance = Twips(mm(word.footer))
    section.gutter = Twips(0)


def _lay_across(section: Section, style: StyleSheet) -> None:
    """The sheet turned: its head at the upright page's left edge, its left at that page's foot (§8)."""
    page, right = style.page, style.page.width - style.page.left - style.page.text_width
    section.page_width, section.page_height = Twips(mm(page.height)), Twips(mm(page.width))
    section.top_margin, section.bottom_margin = Twips(mm(page.left)), Twips(mm(right))
    section.left_margin = Twips(mm(page.height - page.top - page.text_height))
    section.right_margin = Twips(mm(page.top))


def _set_numbers(section: Section, style: StyleSheet, *, across: bool) -> None:
    """Page numbers in the middle, or at the outer edge: right on odd pages, left on even ones."""
    inset = cells(style.number.inset, style)
    footers = [(section.footer, "center", Indents())]
    if _two_sided(style):
        footers = [
            (section.footer, "right", Indents(right=inset)),
            (section.even_page_footer, "left", Indents(left=inset)),
        ]
    for footer, alignment, indent in footers:
        footer.is_linked_to_previous = False
        made = _number(alignment, indent, style)
        fill(footer.part.element, _turned(made, style) if across else made)


def _turned(number: str, style: StyleSheet) -> str:
    """A page number where the upright pages have it, on a sheet that lies across: in a box down its left edge."""
    page = style.page
    box = (style.word.footer, page.left, style.text["page_number"].size / POINTS_PER_MM, page.text_width)
    return f'<w:p><w:pPr><w:pStyle w:val="{ANCHOR}"/></w:pPr>{anchored(1, "页码", box, text=number)}</w:p>'


def _two_sided(style: StyleSheet) -> bool:
    return style.number.position == "outer"


def _number(alignment: str, indent: Indents, style: StyleSheet) -> str:
    """The paragraph of a page number."""
    face = fonts(style.text["page_number"].face, style, chinese=True)
    before, _, after = style.number.format.partition("{}")
    field = "".join(
        f"<w:r><w:rPr>{face}</w:rPr>{inside}</w:r>"
        for inside in (
            '<w:fldChar w:fldCharType="begin"/>',
            '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>1</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
        )
    )
    around = [
        f'<w:r><w:rPr>{face}</w:rPr><w:t xml:space="preserve">{checked(text, "页码")}</w:t></w:r>' if text else ""
        for text in (before, after)
    ]
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{STYLES["page_number"].id}"/>'
        f'{indent.xml()}<w:jc w:val="{alignment}"/></w:pPr>{around[0]}{field}{around[1]}</w:p>'
    )


def set_settings(document: Document, style: StyleSheet) -> None:
    """Write ``word/settings.xml``."""
    embedded = "<w:embedTrueTypeFonts/><w:saveSubsetFonts/>" if style.word.embed_fonts else ""
    mirrored = "<w:mirrorMargins/>" if style.page.mirror_margins else ""
    # Word then keeps a stop on its line by squeezing the line's other signs, as the layout does.
    punctuation = "compressPunctuation" if style.body.squeeze else "doNotCompress"
    fill(
        document.settings.element,
        f'{embedded}{mirrored}<w:characterSpacingControl w:val="{punctuation}"/><w:compat>'
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        '</w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>',
    )
    document.settings.odd_and_even_pages_header_footer = style.number.enabled and _two_sided(style)
