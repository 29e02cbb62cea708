"""Paper, margins, page numbers and settings (GB/T 9704-2012 §5.1, §5.2, §7.5) in Word's terms."""

from __future__ import annotations

from govdoc.export.docx_styles import STYLES
from govdoc.export.docx_xml import DECLARATION, NAMESPACES, Indents, cells, checked, fonts, mm
from govdoc.style import StyleSheet

ODD_FOOTER, EVEN_FOOTER = "rIdOdd", "rIdEven"


def section(style: StyleSheet, *, even: bool = False, numbered: bool = True) -> str:
    """``w:sectPr``; ``even`` begins it on an even page, and its first page may go without a number (§7.5)."""
    page, word = style.page, style.word
    right = page.width - page.left - page.text_width
    kind = '<w:type w:val="evenPage"/>' if even else ""
    # A title page without a footer of its own shows none.
    bare = "" if numbered else "<w:titlePg/>"
    return (
        f"<w:sectPr>{_references(style) if numbered else ''}{kind}"
        f'<w:pgSz w:w="{mm(page.width)}" w:h="{mm(page.height)}"/>'
        f'<w:pgMar w:top="{mm(word.margins.top)}" w:right="{mm(right)}" w:bottom="{mm(word.margins.bottom)}" '
        f'w:left="{mm(page.left)}" w:header="{mm(word.footer)}" w:footer="{mm(word.footer)}" w:gutter="0"/>'
        f"{bare}</w:sectPr>"
    )


def _references(style: StyleSheet) -> str:
    if not style.number.enabled:
        return ""
    even = f'<w:footerReference w:type="even" r:id="{EVEN_FOOTER}"/>' if two_sided(style) else ""
    return f'<w:footerReference w:type="default" r:id="{ODD_FOOTER}"/>{even}'


def two_sided(style: StyleSheet) -> bool:
    """Whether numbers stand at the outer edge: right on odd pages, left on even ones."""
    return style.number.position == "outer"


def footers(style: StyleSheet) -> dict[str, str]:
    """The footer parts by relationship id."""
    if not style.number.enabled:
        return {}
    if not two_sided(style):
        return {ODD_FOOTER: _footer("center", Indents(), style)}
    inset = cells(style.number.inset, style)
    return {
        ODD_FOOTER: _footer("right", Indents(right=inset), style),
        EVEN_FOOTER: _footer("left", Indents(left=inset), style),
    }


def _footer(alignment: str, indent: Indents, style: StyleSheet) -> str:
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
        f'{DECLARATION}<w:ftr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val="{STYLES["page_number"].id}"/>'
        f'{indent.xml()}<w:jc w:val="{alignment}"/></w:pPr>{around[0]}{field}{around[1]}</w:p></w:ftr>'
    )


def settings_xml(style: StyleSheet) -> str:
    """``word/settings.xml``."""
    mirrored = "<w:mirrorMargins/>" if style.page.mirror_margins else ""
    sides = "<w:evenAndOddHeaders/>" if style.number.enabled and two_sided(style) else ""
    # Word then keeps a stop on its line by squeezing the line's other signs, as the layout does.
    punctuation = "compressPunctuation" if style.body.squeeze else "doNotCompress"
    return (
        f"{DECLARATION}<w:settings {NAMESPACES}>{mirrored}{sides}"
        f'<w:characterSpacingControl w:val="{punctuation}"/><w:compat>'
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        '</w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
    )
