"""From a Document and a StyleSheet to what stands on the paper (GB/T 9704-2012 §7): order, faces, indents, blanks.

Nothing is invented: what the document lacks is not composed. Nothing is lost: what a style has no place for stands
in the flow.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence

import msgspec

from govdoc.layout.composition import Composition, Element, Foot, Head, Paragraph, Table, TableCell
from govdoc.layout.elements import broken_title, paragraph, run_of
from govdoc.layout.head import compose_head, head_rows, line_pitch, plain_head
from govdoc.layout.remarks import remarks
from govdoc.layout.tables import in_parts, lies_across, table_size
from govdoc.layout.tail import (
    annotation,
    attachment_notes,
    attendance,
    foot_paragraphs,
    foot_rows,
    printed_date,
    signature,
    signed,
    signers_of,
)
from govdoc.layout.titles import title_width
from govdoc.model import Attachment, Block, Document, Main, Recipients
from govdoc.style import StyleSheet

_LEVELS: tuple[Element, ...] = ("heading1", "heading2", "heading3", "heading4")
_CHAPTER = re.compile(r"第[一二三四五六七八九十百零〇\d]+[编章节]$")

_BETWEEN_AGENCIES = re.compile(r"[\s、]")

Item = Paragraph | Table


def compose(document: Document, style: StyleSheet) -> Composition:
    """All that stands on the paper, in order; see :mod:`govdoc.layout.composition` for the units."""
    head = compose_head(document.header, style) if style.head.enabled else None
    main = _without_marks_title(document)
    moved = main.recipients if style.foot.enabled and _crowded(main, head, style) else None
    flow: list[Item] = [] if style.head.enabled else list(plain_head(document.header, style))
    flow += _main(main, style, moved is None)
    rows = foot_rows(document.colophon, moved, style)
    if rows and not style.foot.enabled:
        flow += foot_paragraphs(rows, style)
    for attached in main.attachments:
        flow += _attachment(attached, style, 1)
    foot = Foot(rows) if rows and style.foot.enabled else None
    made = Composition(title=document.main.title, head=head, flow=tuple(_with_tables_across(flow)), foot=foot)
    bare = bool(main.body) and not _shows_text(main, head, style, None if moved else main.recipients)
    return dataclasses.replace(made, notices=tuple(remarks(document, made, style, bare=bare)))


def _with_tables_across(flow: Sequence[Item]) -> list[Item]:
    """The same items; 附件N and the title of an attached text go onto the turned page of the table they stand above."""
    made = list(flow)
    for i, item in enumerate(flow):
        if isinstance(item, Table) and item.across:
            for j in range(i - 1, -1, -1):
                above = made[j]
                if isinstance(above, Table) or not (above.keep_with_next or above.element.startswith("attachment_")):
                    break
                made[j] = dataclasses.replace(above, keep_with_next=True)
    return made


def _without_marks_title(document: Document) -> Main:
    """The 主体 as set: the title of a 令 or 纪要 is its 机关标志 and stands once (§10.2, §10.3)."""
    mark, title = document.header.issuer_mark, document.main.title
    printed = "".join(mark.agencies) + (mark.suffix or "") if mark else None
    repeated = title is not None and printed == _BETWEEN_AGENCIES.sub("", title)
    return msgspec.structs.replace(document.main, title=None) if repeated else document.main


def _main(main: Main, style: StyleSheet, with_recipients: bool) -> Iterator[Item]:
    """The 主体 in the order of §7.3, without the attached texts."""
    opening: list[Item] = []
    if main.title:
        opening.append(broken_title(style, "title", main.title, outline=1))
    if main.subtitle:
        opening.append(paragraph(style, "subtitle", main.subtitle))
    rest: list[Item] = []
    if main.recipients and with_recipients:
        rest.append(_recipients(main.recipients, style))
    rest += _body(main.body, style, 2)
    rest += attachment_notes(main.attachment_notes, style)
    closing: list[Item] = []
    date = printed_date(main.issue_date_raw, main.issue_date)
    if main.signatory:
        orgs, others = signers_of(main.signature_orgs)
        closing += signature(orgs, None, style)
        closing += signed((main.signatory, *others), date, style)
    else:
        closing += signature(main.signature_orgs, date, style)
    if main.annotation:
        closing.append(annotation(main.annotation, style))
    yield from opening
    yield from _kept(_after_title(rest, style) if opening else rest, closing)
    if main.attendance:
        yield from attendance(main.attendance, style)


def _attachment(attached: Attachment, style: StyleSheet, depth: int) -> Iterator[Item]:
    """An attached text on a new page (另面): 附件N on line 1, its title on line 3 (§7.3.7); issued, only its title."""
    opening: list[Item] = []
    rules = style.attached
    blank = rules.issued_blank
    if attached.role == "attachment":
        number = "" if attached.number is None else str(attached.number)
        opening.append(paragraph(style, "attachment_label", rules.label + number))
        blank = rules.title_blank
    if attached.title:
        title = broken_title(style, "attachment_title", attached.title, blank_before=blank, outline=depth)
        opening.append(title)
    if attached.doc_number:
        opening.append(paragraph(style, "doc_number", attached.doc_number.raw))
    rest: list[Item] = []
    if attached.recipients:
        rest.append(_recipients(attached.recipients, style))
    rest += _body(attached.body, style, depth + 1)
    date = printed_date(attached.issue_date_raw, attached.issue_date)
    closing: list[Item] = list(signature(attached.signature_orgs, date, style))
    if attached.annotation:
        closing.append(annotation(attached.annotation, style))
    whole = opening + list(_kept(_after_title(rest, style) if opening else rest, closing))
    yield from _on_new_page(whole, style)
    for inner in attached.attachments:
        yield from _attachment(inner, style, depth + 1)


def _on_new_page(items: list[Item], style: StyleSheet) -> list[Item]:
    """The same items, the first on a new page; before a table an empty paragraph carries the break."""
    if not items:
        return items
    first = items[0]
    if isinstance(first, Paragraph):
        return [dataclasses.replace(first, new_page=True), *items[1:]]
    return [paragraph(style, "body", new_page=True), *items]


def _recipients(recipients: Recipients, style: StyleSheet) -> Paragraph:
    return paragraph(style, "recipients", recipients.text.rstrip("：:") + "：")


def _after_title(items: list[Item], style: StyleSheet) -> list[Item]:
    """主送机关, or the text where there is none, stands a blank line below the title (§7.3.2)."""
    if not items:
        return items
    return [dataclasses.replace(items[0], blank_before=style.title.blank_after), *items[1:]]


def _kept(rest: list[Item], closing: list[Item]) -> Iterator[Item]:
    """署名 and 成文日期 stay on the page of the last line above them, of the text or of 附件说明 (§7.3.5.5)."""
    whole = rest + closing
    first = max(len(rest) - 1, 0)
    for i, item in enumerate(whole):
        bound = closing and first <= i < len(whole) - 1
        yield dataclasses.replace(item, keep_with_next=True) if bound and isinstance(item, Paragraph) else item


def _body(blocks: Sequence[Block], style: StyleSheet, outline: int) -> Iterator[Item]:
    makers = {"heading": _heading, "paragraph": _paragraph, "image": _image}
    for block in blocks:
        if block.type == "table":
            yield from _table(block, style)
        elif block.line or block.type == "image":
            yield makers[block.type](block, style, outline)


def _heading(block: Block, style: StyleSheet, outline: int) -> Paragraph:
    """A heading on its own line; 第X章 is centred."""
    level = block.level or 1
    centred = block.level is None and _CHAPTER.match(block.label or "") is not None
    look = style.text[_LEVELS[level - 1]]
    return paragraph(
        style,
        _LEVELS[level - 1],
        block.line,
        align=style.body.chapter_align if centred else look.align,
        indent_first=0.0 if centred else look.indent_first,
        keep_with_next=True,
        outline=outline + level - 1,
    )


def _paragraph(block: Block, style: StyleSheet, outline: int) -> Paragraph:
    """A paragraph; the heading that runs into it alone takes its level's face. Its outline names the first run."""
    if block.level is None or not block.heading:
        return paragraph(style, "body", block.line)
    lead = run_of(style, _LEVELS[block.level - 1], (block.label or "") + block.heading)
    return paragraph(style, "body", lead, *([block.text] if block.text else []), outline=outline + block.level - 1)


def _image(block: Block, style: StyleSheet, outline: int) -> Paragraph:
    """A picture's place, with its alt text or address."""
    named = style.body.image.format(block.text or block.src or "")
    return paragraph(style, "body", named, align="centre", indent_first=0.0)


def _table(block: Block, style: StyleSheet) -> Iterator[Item]:
    """A table, its caption (label, heading, text) above it."""
    if block.line:
        yield paragraph(style, "body", block.line, align="centre", indent_first=0.0, keep_with_next=True)
    rows = tuple(tuple(TableCell(cell.text, cell.rowspan, cell.colspan) for cell in row) for row in block.rows or ())
    if not any(rows):
        return
    turned = lies_across(rows, style)
    for part in in_parts(rows, style) if turned else (rows,):
        size = table_size(part, style, across=turned)
        yield Table(part, style.table.face, size, style.table.blank_before, turned)


def _crowded(main: Main, head: Head | None, style: StyleSheet) -> bool:
    """Whether 主送机关 is so long that page 1 would show no text: it then moves to the 版记 (§7.3.2)."""
    return bool(main.recipients and main.body) and not _shows_text(main, head, style, main.recipients)


def _shows_text(main: Main, head: Head | None, style: StyleSheet, recipients: Recipients | None) -> bool:
    """Whether what stands above the text, these ``recipients`` too, leaves it a line of page 1 (§7.3.3)."""
    used = (head_rows(head, style)[2] - style.page.top) / line_pitch(style) if head else 0.0
    if main.title:
        used += len(broken_title(style, "title", main.title).breaks) + 1 + style.title.blank_after
    used += float(bool(main.subtitle))
    if recipients:
        used += -(-(title_width(recipients.text) + 1) // (style.page.chars - 1))
    return used + 1 <= style.page.lines
