"""The named styles of the file: one an element, real headings among them, so that people can go on editing."""

from __future__ import annotations

from dataclasses import dataclass

from govdoc.exporting.docx_xml import (
    FACE_STYLES,
    Spacing,
    border,
    fonts,
    indents,
    look,
    mm,
    points,
)
from govdoc.fonts import USUAL, FaceRole
from govdoc.layout.composition import Element
from govdoc.style import StyleSheet

ANCHOR = "ColophonAnchor"
TABLE = "DocTable"
TABLE_TEXT = "TableText"

# 避头尾 holds, no joint of Han and digits is widened. In Word a stop may hang, so that lines end where the PDF does;
# LibreOffice 7 reads a 0 there as leave to hang, and then loses some of the stops that it hangs.
_GRID = (
    '<w:widowControl w:val="0"/><w:kinsoku w:val="1"/><w:wordWrap w:val="1"/><w:overflowPunct w:val="1"/>'
    '<w:topLinePunct w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
)
ALIGNMENTS = {"left": "left", "centre": "center", "right": "right", "justify": "both"}


@dataclass(frozen=True)
class Named:
    """A style's id, its name in Word's list, the built-in style it is based on, and its outline depth from 1."""

    id: str
    name: str
    base: str = "Normal"
    outline: int | None = None


STYLES: dict[Element, Named] = {
    "copy_number": Named("CopyNumber", "份号"),
    "secrecy": Named("Secrecy", "密级和保密期限"),
    "urgency": Named("Urgency", "紧急程度"),
    "mark": Named("IssuerMark", "发文机关标志"),
    "doc_number": Named("DocNumber", "发文字号"),
    "signer": Named("Signer", "签发人"),
    "title": Named("DocTitle", "公文标题", "Title", 1),
    "subtitle": Named("DocSubtitle", "题注"),
    "recipients": Named("Recipients", "主送机关"),
    "body": Named("DocBody", "公文正文"),
    "heading1": Named("HeadingOne", "一级标题", "Heading1", 2),
    "heading2": Named("HeadingTwo", "二级标题", "Heading2", 3),
    "heading3": Named("HeadingThree", "三级标题", "Heading3", 4),
    "heading4": Named("HeadingFour", "四级标题", "Heading4", 5),
    "attachment_note": Named("AttachmentNote", "附件说明"),
    "signature": Named("Signature1", "发文机关署名"),
    "date": Named("IssueDate", "成文日期"),
    "signatory": Named("Signatory", "签署人"),
    "annotation": Named("Annotation", "附注"),
    "attendance": Named("Attendance", "出席"),
    "attachment_label": Named("AttachmentLabel", "附件标识"),
    "attachment_title": Named("AttachmentTitle", "附件标题", "Title", 1),
    "colophon": Named("Colophon", "版记"),
    "page_number": Named("PageNumber1", "页码"),
}

_HEADINGS = ("Heading1", "Heading2", "Heading3", "Heading4")


def line_twips(style: StyleSheet) -> int:
    """The exact line pitch of the text."""
    return points(style.page.pitch) if style.page.pitch else style.word.margins.line


def style_spacing(element: Element, style: StyleSheet) -> Spacing:
    """Spacing an element's style gives it."""
    own = style.text[element]
    if element == "colophon" and style.foot.enabled:
        return Spacing(0, points(style.foot.pitch))
    if element == "page_number":
        return Spacing(0, points(own.size))
    return Spacing(round(own.blank_before * line_twips(style)), line_twips(style))


def styles_xml(style: StyleSheet) -> str:
    """The children of ``w:styles``."""
    parts = [_defaults(style), *(_builtin(id_) for id_ in ("Title", *_HEADINGS))]
    parts += [_element(element, named, style) for element, named in STYLES.items()]
    parts += [_face(role, id_, style) for role, id_ in FACE_STYLES.items()]
    parts += [_table(style), _anchor()]
    return "".join(parts)


def _defaults(style: StyleSheet) -> str:
    body = style.text["body"]
    basic = look(body.face, body.size, False, style)
    language = '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
    pitch = Spacing(0, line_twips(style)).xml()
    return (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{basic}{language}</w:rPr></w:rPrDefault>"
        f"<w:pPrDefault><w:pPr>{_GRID}</w:pPr></w:pPrDefault></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        f'<w:pPr>{_GRID}<w:adjustRightInd w:val="0"/><w:snapToGrid w:val="0"/>{pitch}<w:jc w:val="both"/></w:pPr>'
        f"<w:rPr>{basic}</w:rPr></w:style>"
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    )


def _builtin(id_: str) -> str:
    """A built-in heading, by whose name other programs know headings."""
    level = id_.removeprefix("Heading")
    name = f"heading {level}" if level != id_ else "Title"
    depth = int(level) if level != id_ else 0
    return (
        f'<w:style w:type="paragraph" w:styleId="{id_}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/>'
        f'<w:next w:val="DocBody"/><w:uiPriority w:val="9"/><w:qFormat/>'
        f'<w:pPr><w:keepNext/><w:outlineLvl w:val="{depth}"/></w:pPr></w:style>'
    )


def _element(element: Element, named: Named, style: StyleSheet) -> str:
    own = style.text[element]
    level = f'<w:outlineLvl w:val="{named.outline - 1}"/>' if named.outline else ""
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{named.id}"><w:name w:val="{named.name}"/>'
        f'<w:basedOn w:val="{named.base}"/>{_next(element)}<w:qFormat/>'
        f"<w:pPr>{'' if element == 'body' else '<w:keepLines/>'}{style_spacing(element, style).xml()}"
        f"{indents(own.indent_first, own.indent_left, own.indent_right, style).xml()}"
        f'<w:jc w:val="{ALIGNMENTS[own.align]}"/>{level}</w:pPr>'
        f"<w:rPr>{look(own.face, own.size, own.red, style, bold=own.bold)}</w:rPr></w:style>"
    )


def _next(element: Element) -> str:
    follows = {
        "title": "Recipients",
        "recipients": "DocBody",
        "signature": "IssueDate",
        "attachment_label": "AttachmentTitle",
    }
    default = "DocBody" if element.startswith("heading") else None
    after = follows.get(element, default)
    return f'<w:next w:val="{after}"/>' if after else ""


def _face(role: FaceRole, id_: str, style: StyleSheet) -> str:
    face = USUAL[role]
    return (
        f'<w:style w:type="character" w:customStyle="1" w:styleId="{id_}"><w:name w:val="{face.label}字"/>'
        f"<w:rPr>{fonts(role, style)}</w:rPr></w:style>"
    )


def _table(style: StyleSheet) -> str:
    rules = style.table
    edges = "".join(border(edge, rules.line) for edge in ("top", "left", "bottom", "right", "insideH", "insideV"))
    padding = mm(rules.padding)
    pitch = Spacing(0, points(rules.sizes[0] * rules.pitch)).xml()
    return (
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{TABLE}"><w:name w:val="公文表格"/>'
        f'<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>{edges}</w:tblBorders><w:tblCellMar>'
        f'<w:left w:w="{padding}" w:type="dxa"/><w:right w:w="{padding}" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f'</w:style><w:style w:type="paragraph" w:customStyle="1" w:styleId="{TABLE_TEXT}"><w:name w:val="表格文字"/>'
        f'<w:basedOn w:val="Normal"/><w:pPr>{pitch}<w:jc w:val="center"/></w:pPr>'
        f"<w:rPr>{look(rules.face, rules.sizes[0], False, style)}</w:rPr></w:style>"
    )


def _anchor() -> str:
    """The paragraph that Word asks for after the 版记 table: the lowest there is."""
    low = Spacing(0, points(1)).xml()
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{ANCHOR}"><w:name w:val="版记定位"/>'
        f'<w:basedOn w:val="Normal"/><w:pPr>{low}</w:pPr></w:style>'
    )
