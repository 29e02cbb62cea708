"""A Word document as one text: its body, what its headers hold of the 版头, and the notices of how it was read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lxml.etree import _Element

from govdoc.errors import InputError
from govdoc.readers.docx.blocks import Block, Composer, Paragraph, Table, flatten
from govdoc.readers.docx.inline import tab_stop
from govdoc.readers.docx.notes import Notes
from govdoc.readers.docx.numbering import Numbering
from govdoc.readers.docx.package import Package
from govdoc.readers.docx.story import Document, Story
from govdoc.readers.docx.styles import Styles
from govdoc.readers.docx.wml import child, children, get, name, relation, whole, within
from govdoc.span import Mark, Notice

# What of a page header belongs to the text: a 发文机关标志 or a 发文字号.
_HEAD: Final = re.compile(
    r"[\u4e00-\u9fff]{3,30}(?:文\s*件|令|纪\s*要|简\s*报)\Z|[〔\[［(（]\d{4}[〕\]］)）]\s*第?\s*\d+\s*号"
)
_PAGE_NUMBER: Final = re.compile(r"[\s\d/第页共—–\-·ⅠⅡ]*\Z")
_LONGEST_HEAD = 60
_CHANGES: Final = frozenset(("w:ins", "w:del", "w:moveFrom", "w:moveTo"))
_UNTITLED: Final = re.compile(
    r"(?i)\A(?:microsoft word|word|wps|untitled|文档\s*\d*|新建|无标题|powerpoint|document)\b"
)


def read_document(data: bytes) -> tuple[str, tuple[Mark, ...], tuple[Notice, ...]]:
    """Text, marks and notices of a DOCX. ``InputError`` (without a place) for what is broken or hostile."""
    package = Package(data)
    part = package.document()
    root = package.xml(part)
    body = child(root, "body")
    if root is None or body is None:
        raise InputError("is a Word document without a body", remedy="open it in Word or WPS and save it anew")
    document = _open(package, part, body)
    story = Story(document, part, body)
    blocks = [*story.blocks(body), *story.referred()]
    _count(document, body)
    head = _running(document, part, body, blocks)
    composer = Composer()
    for block in (*head, *blocks):
        composer.add(block)
    title = _title(package)
    marks = [Mark("page-title", 0, 0, title)] if title else []
    found = sorted([*marks, *composer.marks], key=lambda mark: (mark.start, mark.stop))
    images = [
        Notice("W115", "warning", "a picture's text cannot be read", (mark.start, mark.stop))
        for mark in found
        if mark.kind == "image"
    ]
    return composer.text, tuple(found), (*document.findings.notices(), *images)


def _open(package: Package, part: str, body: _Element) -> Document:
    settings = package.related(part, "settings")
    styles = Styles(package.related(part, "styles"))
    document = Document(
        package,
        styles,
        Numbering(package.related(part, "numbering"), styles),
        Notes(package, part, settings),
        tab=tab_stop(settings),
    )
    section = child(body, "sectPr")
    paper, margins = child(section, "pgSz"), child(section, "pgMar")
    if paper is not None and margins is not None:
        sides = (whole(get(margins, "left")) or 0) + (whole(get(margins, "right")) or 0)
        width = (whole(get(paper, "w")) or 0) - sides
        document.width = width if width > 0 else document.width
    return document


def _count(document: Document, body: _Element) -> None:
    """Count the tracked changes and the comments."""
    for element in body.iter():
        kind = name(element)
        if kind in _CHANGES:
            document.findings.add("changes")
        elif kind == "w:commentReference":
            document.findings.add("comments")


def _running(document: Document, part: str, body: _Element, blocks: list[Block]) -> list[Block]:
    """What the first page's header holds of the 版头 and the body does not; the rest of headers and footers is said."""
    said = "".join(_shown(blocks)[:12])
    head: list[Block] = []
    for kind, section, target, root in _parts(document, part, body):
        found = [each for each in Story(document, target, root).blocks(root) if _shown([each])]
        lines = _shown(found)
        first = section == 0 and kind == "headerReference"
        if first and not head and any(_is_head(line) and line not in said for line in lines):
            head = found
            document.findings.say("head", "; ".join(lines))
        else:
            for line in lines:
                if not _PAGE_NUMBER.match(line):
                    document.findings.say("running", line)
    return head


def _parts(document: Document, part: str, body: _Element) -> Iterator[tuple[str, int, str, _Element]]:
    """Headers and footers, each once, with the number of their section; of the first that of its first page first."""
    seen: set[str] = set()
    for number, section in enumerate(within(body, "w:sectPr")):
        title_page = child(section, "titlePg") is not None
        for kind in ("headerReference", "footerReference"):
            references = sorted(children(section, kind), key=lambda each: get(each, "type") != "first")
            for each in references:
                found = document.package.relations(part).get(relation(each, "id") or "")
                shown = get(each, "type") != "first" or title_page
                if found is None or found.external or found.target in seen or not shown:
                    continue
                seen.add(found.target)
                root = document.package.xml(found.target)
                if root is not None:
                    yield kind, number, found.target, root


def _is_head(line: str) -> bool:
    return len(line) <= _LONGEST_HEAD and _HEAD.search(line) is not None


def _shown(blocks: list[Block]) -> list[str]:
    """The lines of blocks that hold any ink."""
    found: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            found += [" ".join(line.split()) for line in block.text.split("\n") if line.strip()]
        elif isinstance(block, Table):
            found += [text for row in block.rows for cell in row if (text := flatten(cell.blocks).text)]
    return found


def _title(package: Package) -> str | None:
    """The title among the properties, where it is one: programs write their own names there."""
    root = package.related("", "core-properties")
    title = next((each.text for each in within(root, "dc:title")), None) if root is not None else None
    title = " ".join((title or "").split())
    return title[:200] if title and not _UNTITLED.match(title) else None


def made_by(data: bytes) -> str | None:
    """The program that a DOCX says it was made by, with its version."""
    root = Package(data).related("", "extended-properties")
    for each in () if root is None else root:
        if each.tag.endswith("}Application"):
            return (each.text or "").partition("$")[0].replace("/", " ")[:60] or None
    return None
