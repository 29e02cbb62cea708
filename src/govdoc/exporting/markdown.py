"""Documents as Markdown: the elements as front matter, levels as headings, tables as pipe tables.

Front matter is YAML of the simplest kind: a key, a colon and a JSON value a line. Every piece of the body stands
between blank lines as one line, so that it can be read back; what Markdown would take for a sign of its own is escaped.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

from govdoc.exporting import Exported
from govdoc.layout.composition import TableCell
from govdoc.layout.tables import table_grid
from govdoc.model import Attachment, Block, Document, Recipients
from govdoc.style import StyleSheet

_SIGNS = re.compile(r"[\\`*_\[\]<>#|~]|&(?=#?\w+;)")
_LIST = re.compile(r"^(\d+)([.)])(?=\s|$)|^([+-])(?=\s|$)|^(={1,}|-{1,})(?=\s*$)")
_DEEPEST = 6  # a heading's, in Markdown


def write(document: Document, style: StyleSheet) -> Exported:
    """The Markdown of a document, UTF-8 with a final newline; no style changes it."""
    parts = ["\n".join(("---", *_front(document), "---")), *_main(document)]
    return Exported(("\n\n".join(parts) + "\n").encode(), document.notices)


def _front(document: Document) -> Iterator[str]:
    """The elements that the document has, in the order of §7."""
    header, main, colophon = document.header, document.main, document.colophon
    mark, secrecy, printing = header.issuer_mark, header.secrecy, colophon.printing
    found: dict[str, object] = {
        "编号": document.id,
        "来源": document.source.name,
        "网址": document.source.url,
        "文种": document.genre,
        "类别": document.kind,
        "份号": header.copy_number,
        "密级": secrecy and secrecy.level,
        "保密期限": secrecy and secrecy.term,
        "紧急程度": header.urgency,
        "发文机关标志": mark and [*mark.agencies],
        "标志后缀": mark and mark.suffix,
        "发文字号": header.doc_number and header.doc_number.raw,
        "令号": header.order_number and header.order_number.raw,
        "期号": header.issue_no and header.issue_no.raw,
        "签发人": [*header.signers],
        "标题": main.title,
        "题注": main.subtitle,
        "主送机关": main.recipients and main.recipients.text,
        "附件说明": [*main.attachment_notes],
        "署名": [*main.signature_orgs],
        "签署人": main.signatory and [main.signatory.office, main.signatory.name],
        "成文日期": main.issue_date,
        "成文日期原文": main.issue_date_raw,
        "附注": main.annotation,
        "出席": main.attendance and main.attendance.present,
        "请假": main.attendance and main.attendance.leave,
        "列席": main.attendance and main.attendance.observers,
        "版记主送": colophon.recipients and [colophon.recipients.label, colophon.recipients.text],
        "抄送": colophon.cc and [colophon.cc.label, colophon.cc.text],
        "印发机关": printing and printing.org,
        "印发日期": printing and printing.date,
        "印发日期原文": printing and printing.date_raw,
    }
    for key, value in found.items():
        if value:
            yield f"{key}: {json.dumps(value, ensure_ascii=False)}"


def _main(document: Document) -> Iterator[str]:
    main = document.main
    yield from _opening(main.title, main.recipients, 1)
    if main.subtitle:
        yield _escaped(main.subtitle)
    yield from _body(main.body, 1)
    if main.attachment_notes:
        notes = (f"{i}. {_escaped(name)}" for i, name in enumerate(main.attachment_notes, 1))
        yield "附件："
        yield "\n".join(notes)
    if main.signatory:
        yield _escaped(f"{main.signatory.office}　{main.signatory.name}")
    yield from _closing(main.signature_orgs, main.issue_date_raw, main.annotation)
    for attached in main.attachments:
        yield from _attachment(attached, 1)


def _opening(title: str | None, recipients: Recipients | None, depth: int) -> Iterator[str]:
    if title:
        yield f"{_hashes(depth)} {_escaped(title)}"
    if recipients:
        yield _escaped(recipients.text.rstrip("：:") + "：")


def _closing(orgs: Sequence[str], date: str | None, annotation: str | None) -> Iterator[str]:
    yield from map(_escaped, orgs)
    if date:
        yield _escaped(date)
    if annotation:
        yield _escaped(annotation if annotation[:1] in "（(" else f"（{annotation}）")


def _attachment(attached: Attachment, depth: int) -> Iterator[str]:
    """An attached text behind a rule; 附件N where it is an attachment."""
    yield "---"
    if attached.role == "attachment":
        yield f"附件{attached.number or ''}"
    if attached.doc_number:
        yield _escaped(attached.doc_number.raw)
    yield from _opening(attached.title, attached.recipients, depth)
    yield from _body(attached.body, depth)
    yield from _closing(attached.signature_orgs, attached.issue_date_raw, attached.annotation)
    for inner in attached.attachments:
        yield from _attachment(inner, depth + 1)


def _body(blocks: Sequence[Block], depth: int) -> Iterator[str]:
    makers = {"heading": _heading, "paragraph": _paragraph, "table": _table, "image": _image}
    for block in blocks:
        yield from makers[block.type](block, depth)


def _heading(block: Block, depth: int) -> Iterator[str]:
    yield f"{_hashes(depth + (block.level or 1))} {_escaped(block.line)}"


def _paragraph(block: Block, depth: int) -> Iterator[str]:
    """A paragraph; the heading that runs into it is strong, but for its 。, behind which ``**`` would not close."""
    if block.heading:
        heading = block.heading.rstrip("。：:；;！？")
        stop = block.heading[len(heading) :]
        lead = _escaped((block.label or "") + heading, inside=True)
        yield f"**{lead}**{stop}{_escaped(block.text, inside=True)}"
    elif block.line:
        yield _escaped(block.line)


def _image(block: Block, depth: int) -> Iterator[str]:
    address = (block.src or "").replace("<", "%3C").replace(">", "%3E").replace("\n", "%0A")
    yield f"![{_escaped(block.line)}](<{address}>)"


def _table(block: Block, depth: int) -> Iterator[str]:
    """A pipe table, its first row the head; a cell that spans stands in its first place, the others are empty."""
    if block.line:
        yield _escaped(block.line)
    rows = [[TableCell(cell.text, cell.rowspan, cell.colspan) for cell in row] for row in block.rows or ()]
    cells, columns = table_grid(rows)
    if not columns:
        return
    grid = [[""] * columns for _ in rows]
    for cell in cells:
        grid[cell.row][cell.column] = _escaped(cell.text, inside=True).replace("\n", "<br>")
    lines = ["| " + " | ".join(row) + " |" for row in grid]
    lines.insert(1, "|" + " --- |" * columns)
    yield "\n".join(lines)


def _hashes(depth: int) -> str:
    return "#" * min(depth, _DEEPEST)


def _escaped(text: str, *, inside: bool = False) -> str:
    """``text`` with Markdown's own signs escaped; one that is not ``inside`` a line begins one."""
    escaped = _SIGNS.sub(r"\\\g<0>", text)
    if inside:
        return escaped
    return _LIST.sub(lambda match: f"{match[1]}\\{match[2]}" if match[1] else f"\\{match[0]}", escaped)
