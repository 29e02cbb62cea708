"""Documents as DOCX: what the composition says in Word's own terms, so that people can go on editing.

Named styles carry the look, headings are headings, the 版头 and the 版记 are paragraphs and tables, page numbers are
fields. Every number comes from the style sheet.
"""

from __future__ import annotations

import dataclasses
import datetime
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from docx.document import Document as Package

from govdoc.exporting import Exported
from govdoc.exporting.docx_foot import ANCHOR_PARAGRAPH, foot_xml
from govdoc.exporting.docx_head import head_xml
from govdoc.exporting.docx_letter import double_lines
from govdoc.exporting.docx_lines import fitted
from govdoc.exporting.docx_package import Core, fill, open_template, package, set_core
from govdoc.exporting.docx_page import ACROSS, ON_EVEN_PAGE, SECTION, set_pages, set_settings
from govdoc.exporting.docx_paragraph import paragraph
from govdoc.exporting.docx_styles import line_twips, styles_xml
from govdoc.exporting.docx_table import table_xml
from govdoc.fonts import FaceSet, load_faces
from govdoc.layout.compose import compose
from govdoc.layout.composition import Composition, Foot, Paragraph, Table
from govdoc.layout.paginate import fill_pages
from govdoc.layout.paper import Paper, across, paper_of
from govdoc.layout.place_foot import foot_height, foot_lines
from govdoc.layout.used import used_characters
from govdoc.model import Document
from govdoc.span import Notice
from govdoc.style import StyleSheet

_TOLERANCE = 0.01  # mm
_UNCOMMON = "F106"


class Ending(NamedTuple):
    """Where the 版记 stands, how many lines it has, and whether its page has a number (§7.5)."""

    place: Literal["text", "own page", "running"]  # on the text's last page; apart; higher than a page
    lines: int = 0
    numbered: bool = True


def write(document: Document, style: StyleSheet) -> Exported:
    """The DOCX of a document. ``ExportError`` names the place of a character that XML cannot hold."""
    composition = compose(document, style)
    mark = document.header.issuer_mark
    number = document.header.doc_number
    core = Core(
        title=composition.title or "",
        author="、".join(mark.agencies if mark else document.main.signature_orgs),
        subject=number.raw if number else "",
        day=_day(document.main.issue_date or ""),
    )
    return draw(composition, style, core)


def draw(composition: Composition, style: StyleSheet, core: Core) -> Exported:
    """The DOCX of a composition."""
    faces = load_faces()
    paper = paper_of(style, faces)
    ending = _ending(composition, paper)
    document = open_template()
    fill(document.styles.element, styles_xml(style))
    fill(document.element.body, "".join(_body(composition, paper, ending)))
    set_settings(document, style)
    letter = double_lines(composition.head, style) if composition.head and style.letter.enabled else ""
    set_pages(document, style, numbered=ending.numbered, first_header=letter)
    set_core(document, core)
    if style.word.embed_fonts:
        notices = _embedded(document, composition, style, faces)
    else:
        notices = [*_uncommon(composition, style)]
    return Exported(package(document), (*composition.notices, *notices))


def _uncommon(composition: Composition, style: StyleSheet) -> Iterator[Notice]:
    """The hanzi that the reader's own faces may lack: 仿宋 and its like have those of GBK, few have more."""
    text = dict.fromkeys("".join(used_characters(composition, style).values()))
    found = [char for char in text if unicodedata.category(char) == "Lo" and not char.encode("gbk", "ignore")]
    if found:
        named = " ".join(f"{char} (U+{ord(char):04X})" for char in found)
        said = f"few faces have {named}: where the reader's lack them they are blank; --embed-fonts puts them in"
        yield Notice(_UNCOMMON, "warning", said)


def _embedded(document: Package, composition: Composition, style: StyleSheet, faces: FaceSet) -> list[Notice]:
    from govdoc.exporting.docx_fonts import embed_fonts  # few ask for it

    return embed_fonts(document, composition, style, faces)


def _day(text: str) -> datetime.date | None:
    """The day that an ISO date names, if there is one."""
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:  # a month without its day, or a 30 February
        return None


def _ending(composition: Composition, paper: Paper) -> Ending:
    """Word cannot say "at the foot of the last even page": the layout's own pages tell where that is."""
    if composition.foot is None:
        return Ending("text")
    lines = foot_lines(composition.foot, paper)
    if foot_height(lines, paper) > paper.height:
        return Ending("running", len(lines))
    if not paper.style.page.duplex:
        return Ending("text", len(lines))
    book = fill_pages(composition, paper)
    text = book.leaf.number
    book.close(lines)
    return Ending("text" if book.leaf.number == text else "own page", len(lines), book.leaf.numbered)


def _body(composition: Composition, paper: Paper, ending: Ending) -> Iterator[str]:
    """The children of ``w:body``."""
    style = paper.style
    flow = composition.flow
    first_before = 0  # nothing is left empty at the top of a page
    if composition.head:
        blank = flow[0].blank_before if flow and isinstance(flow[0], Paragraph) else 0.0
        head, first_before = head_xml(composition.head, style, round(blank * line_twips(style)))
        yield head
    foot = _foot(composition.foot, style, ending)
    starts = _across(flow)
    for i, item in enumerate(flow):
        if i in starts and (i or composition.head) and not _closed(flow[:i]):
            yield _ended(SECTION)
        sheet = next((across(paper) for start, stop in starts.items() if start <= i <= stop), paper)
        if isinstance(item, Table):
            yield table_xml(item, style, new_page=i > 0 and not item.across and _carries_break(flow[i - 1]))
            if item.across and i < len(flow) - 1:
                yield _ended(ACROSS)
        elif not _carries_break(item):
            made = dataclasses.replace(item, new_page=False) if i in starts else item
            closes = (i == len(flow) - 1 and ending.place == "own page") or i + 1 in starts
            yield paragraph(
                made,
                style,
                before=first_before if i == 0 and not item.new_page else None,
                after=_blank_before_table(flow[i + 1], style) if i + 1 < len(flow) else 0,
                section=SECTION if closes else "",
                lines=fitted(made, sheet),
            )
    yield from _end(flow, foot, ending)


def _across(flow: Sequence[Paragraph | Table]) -> dict[int, int]:
    """Where the items begin and end that stand on pages laid across: a table, and what hangs together with it."""
    found = {}
    for i, item in enumerate(flow):
        if isinstance(item, Table) and item.across:
            start = i
            while start and not _begins_page(flow[start]) and _kept(flow[start - 1]):
                start -= 1
            found[start] = i
    return found


def _begins_page(item: Paragraph | Table) -> bool:
    return isinstance(item, Paragraph) and item.new_page


def _kept(item: Paragraph | Table) -> bool:
    return isinstance(item, Paragraph) and item.keep_with_next


def _closed(before: Sequence[Paragraph | Table]) -> bool:
    """Whether a section ends with these items: a paragraph carries its end, a table that lies across has its own."""
    if not before or _carries_break(before[-1]):
        return bool(before) and _closed_table(before[:-1])
    return isinstance(before[-1], Paragraph) or before[-1].across


def _closed_table(before: Sequence[Paragraph | Table]) -> bool:
    return bool(before) and isinstance(before[-1], Table) and before[-1].across


def _ended(section: str) -> str:
    """The paragraph that ends a section after a table."""
    return ANCHOR_PARAGRAPH.replace("</w:pPr>", f"{section}</w:pPr>")


def _foot(foot: Foot | None, style: StyleSheet, ending: Ending) -> str:
    if foot is None:
        return ""
    # LibreOffice puts the lower edge of a page that is even by its section 5 mm too low where there is a number.
    from_top = ending.place == "own page" and ending.numbered
    page = style.page
    from_top |= page.height - style.word.margins.bottom > page.top + page.text_height + _TOLERANCE
    return foot_xml(foot, style, lines=ending.lines if from_top else None, floating=ending.place != "running")


def _end(flow: tuple[Paragraph | Table, ...], foot: str, ending: Ending) -> Iterator[str]:
    """What follows the last paragraph of the flow."""
    # Word wants a paragraph after a table.
    open_ended = not flow or isinstance(flow[-1], Table) or _carries_break(flow[-1])
    last = ACROSS if _closed_table(flow) else SECTION
    if ending.place == "own page":
        if open_ended:
            yield _ended(last)
        # LibreOffice begins a section with a paragraph or not at all.
        yield ANCHOR_PARAGRAPH + foot + ANCHOR_PARAGRAPH
        yield ON_EVEN_PAGE
        return
    if last == ACROSS and foot:
        yield _ended(ACROSS)
        last = SECTION
    if ending.place == "running":
        yield ANCHOR_PARAGRAPH * open_ended
    if foot or open_ended:
        yield foot + ANCHOR_PARAGRAPH  # on whose page the 版记 floats: the last, however the text is edited
    yield last


def _blank_before_table(item: Paragraph | Table, style: StyleSheet) -> int:
    """Twips left empty above a table, which cannot say so itself."""
    return round(item.blank_before * line_twips(style)) if isinstance(item, Table) else 0


def _carries_break(item: Paragraph | Table) -> bool:
    """Whether an empty paragraph stands there only to begin a page before a table."""
    return isinstance(item, Paragraph) and item.new_page and not item.text
