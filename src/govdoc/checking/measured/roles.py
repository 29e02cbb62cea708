"""Which element each paragraph of a typeset file is: its text is read like any other, and asked where things stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby
from typing import NamedTuple

from govdoc.cleaned import Cleaned, Decoded
from govdoc.model import Attachment, Block, Document
from govdoc.source import Source
from govdoc.span import Mark

_POINTERS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), role)
    for pattern, role in (
        (r"/header/copy_number", "copy_number"),
        (r"/header/secrecy", "secrecy"),
        (r"/header/urgency", "urgency"),
        (r"/header/issuer_mark", "mark"),
        (r"/header/(?:doc_number|order_number|issue_no)", "number"),
        (r"/header/signers", "signers"),
        (r"/main/title", "title"),
        (r"/main/subtitle", "subtitle"),
        (r"/main/recipients", "recipients"),
        (r"/main/attachment_notes(?:/\d+)?", "note"),
        (r"/main/signature_orgs(?:/\d+)?", "signature"),
        (r"/main/signatory", "signatory"),
        (r"/main/issue_date_raw", "date"),
        (r"/main/annotation", "annotation"),
        (r"/main/attendance(?:/\w+)?", "attendance"),
        (r"/main/attachments/\d+/number", "attachment_label"),
        (r"/main/attachments/\d+/title", "attachment_title"),
        (r"/colophon/(?:cc|recipients)", "colophon"),
        (r"/colophon/printing(?:/org|/date_raw)?", "colophon"),
    )
)


COLOPHON_LINE = re.compile(r"^\s*(?:抄[送报]?|分送|主送)\s*[：:]|\d月\d{1,2}日印发\s*$")
"""How the lines of a 版记 read, also where it stands amid the text and is not read as one."""


LAID_OUT = re.compile(rf"{COLOPHON_LINE.pattern}|签发人[：:]")
"""How elements read that a table puts in place."""


class Role(NamedTuple):
    """An element within a paragraph: ``[start, stop)`` of its text; of a paragraph of the body its level and label."""

    name: str
    start: int
    stop: int
    level: int | None = None
    heading: int = 0
    apart: bool = False  # a table, a picture, a heading without a number, a line in the middle: not set as text


_ATTENDANCE_LINE = re.compile(r"\s*(?:出席|请假|列席)[：:]")
_ITEM_ENDS = ("。", "；")
LARGE = 24.0
"""Points: only 发文机关标志 is larger, the title is of 22."""
TEXT = ("body", "attached")
OWN_FORMATS = ("命令", "纪要")


def set_apart(roles: Sequence[Role]) -> list[Role]:
    """The roles of a paragraph that is set in the middle or at the right: whatever it is, it is no text."""
    return [role._replace(apart=role.apart or role.name in TEXT) for role in roles]


def genre_of(documents: Sequence[Document], mark: str) -> str | None:
    """命令 or 纪要, by the document or by how 发文机关标志 ends; ``None`` for a document of the general format."""
    found = documents[0].genre if documents else None
    if mark.rstrip().endswith("令"):
        return "命令"
    if mark.rstrip().endswith("纪要"):
        return "纪要"
    return found if found in OWN_FORMATS else None


class Reading(NamedTuple):
    """The documents read from a file's paragraphs, the roles of each paragraph, and the text they were read from."""

    documents: list[Document]
    roles: list[list[Role]]
    cleaned: Cleaned | None


class Place(NamedTuple):
    """Where a paragraph stands that is in a table: which table, row and column, each from 0."""

    table: int
    row: int
    column: int


def read_paragraphs(name: str, paragraphs: Sequence[str], places: Sequence[Place | None]) -> Reading:
    """Read the text of paragraphs; ``places`` and ``roles`` are as long as they are many."""
    from govdoc.cleaning import clean
    from govdoc.errors import EmptyError
    from govdoc.parsing import parse

    after = (*places[1:], None)
    text = "".join(
        paragraph + ("\t" if here and following and here[:2] == following[:2] else "\n")
        for paragraph, here, following in zip(paragraphs, places, after, strict=True)
    )
    starts = [0, *accumulate(len(paragraph) + 1 for paragraph in paragraphs)]
    roles: list[list[Role]] = [[] for _ in paragraphs]
    source = Source(text.encode("utf-8", "replace"), name=name, encoding="utf-8")
    try:
        marks = tuple(_table_marks(starts, places))
        cleaned = clean(Decoded(source, text, "utf-8", "typeset file", 1.0, marks=marks))
        documents = parse(cleaned)
    except EmptyError:
        return Reading([], roles, None)
    for document in documents:
        for role in (*_elements(document), *_blocks(document)):
            for i, start in enumerate(starts[:-1]):
                stop = starts[i + 1] - 1
                if role.start < stop and role.stop > start:
                    inside = max(role.start, start) - start, min(role.stop, stop) - start
                    roles[i].append(role._replace(start=inside[0], stop=inside[1]))
    roles = [_beside(each) for each in roles]
    if any(document.genre == "纪要" for document in documents):
        # Below a date they are not read as such.
        for i, paragraph in enumerate(paragraphs):
            if _ATTENDANCE_LINE.match(paragraph):
                roles[i] = [Role("attendance", 0, len(paragraph))]
    return Reading(documents, roles, cleaned)


def _table_marks(starts: Sequence[int], places: Sequence[Place | None]) -> Iterator[Mark]:
    """The marks of tables, as the readers of markup make them."""
    for table, found in groupby(enumerate(places), key=lambda one: one[1].table if one[1] else None):
        if table is None:
            continue
        inside = list(found)
        yield Mark("table", starts[inside[0][0]], starts[inside[-1][0] + 1] - 1)
        for i, place in inside:
            if place:
                yield Mark("cell", starts[i], starts[i + 1] - 1, f"{place.row},{place.column},1,1")


def _beside(roles: list[Role]) -> list[Role]:
    """The roles of a paragraph; the last 签发人 stands behind the number, not around it."""
    number = next((role for role in roles if role.name == "number"), None)
    return [
        role._replace(start=number.stop) if number and role.name == "signers" and role.start < number.stop else role
        for role in roles
    ]


def _elements(document: Document) -> Iterator[Role]:
    for pointer, (start, stop) in document.spans.items():
        for pattern, name in _POINTERS:
            if pattern.fullmatch(pointer):
                yield Role(name, start, stop)
                break


def _blocks(document: Document) -> Iterator[Role]:
    bodies = [("body", document.main.body), *_attached(document.main.attachments)]
    for name, blocks in bodies:
        for block in blocks:
            # An item of a list, 一、同意…, has a number and no heading: it is set as text.
            heading = len(block.label or "") + len(block.heading) if block.heading else 0
            if block.type == "heading":
                heading = 0 if block.line.endswith(_ITEM_ENDS) else len(block.line)
            apart = block.type in ("table", "image") or (block.type == "heading" and block.level is None)
            yield Role(name, *block.span, level=block.level, heading=heading if block.label else 0, apart=apart)


def _attached(attachments: Sequence[Attachment]) -> Iterator[tuple[str, tuple[Block, ...]]]:
    for one in attachments:
        yield "attached", one.body
        yield from _attached(one.attachments)
