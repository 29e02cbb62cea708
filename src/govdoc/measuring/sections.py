"""The bodies of a document as lines with their sections, and how their values are to be read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from govdoc.measuring.roles import Stance, stance_of_title, turn_by_heading
from govdoc.measuring.shortfalls import is_of_problems
from govdoc.model import Attachment, Block, Document


@dataclass(frozen=True)
class Body:
    """A body to be measured: the main one or an attached text, with what is known of it."""

    title: str | None
    blocks: tuple[Block, ...]
    issuer: str | None
    issue_date: str | None
    doc_number: str | None
    kind: str | None = None


@dataclass(frozen=True)
class Section:
    """Where in a body a block stands: its headings and how its values are to be read.

    ``problems``: it speaks of what is wanting (存在问题).
    """

    path: tuple[str, ...]
    stance: Stance
    problems: bool = False


def bodies(document: Document) -> Iterator[Body]:
    """The bodies of a document in reading order: main, then attached texts and those attached to them."""
    main, header = document.main, document.header
    issuer = next(iter((*main.signature_orgs, *(header.issuer_mark.agencies if header.issuer_mark else ()))), None)
    number = header.doc_number.raw if header.doc_number else None
    host = Body(main.title, main.body, issuer, main.issue_date, number, document.kind)
    yield host
    yield from _attached(main.attachments, host)


def _attached(attachments: Sequence[Attachment], host: Body) -> Iterator[Body]:
    for one in attachments:
        issuer = next(iter(one.signature_orgs), host.issuer)
        number = one.doc_number.raw if one.doc_number else host.doc_number
        body = Body(one.title or host.title, one.body, issuer, one.issue_date or host.issue_date, number, host.kind)
        yield body
        yield from _attached(one.attachments, body)


def stance_of(body: Body) -> Stance:
    """How a body is to be read: by its title; its year by title, else date of issue, else the first it speaks of."""
    year = int(body.issue_date[:4]) if body.issue_date else None
    if year is None:
        found = re.search(r"(20\d\d)年", "".join(block.line[:80] for block in body.blocks[:6]))
        year = int(found[1]) if found else None
    return stance_of_title(body.title or body.kind or "", year)


def heading_of(block: Block) -> str:
    """The label and heading of a block, without the mark at its end."""
    return ((block.label or "") + (block.heading or "")).rstrip("。：:")


def sections(body: Body, base: Stance) -> Iterator[tuple[Block, Section]]:
    """The blocks of a body with their sections; the stance turns with the headings."""
    stack: list[tuple[int, str]] = []
    stance = base
    for block in body.blocks:
        if block.heading or block.type == "heading":
            level = block.level or 5
            stack = [one for one in stack if one[0] < level]
            stack.append((level, heading_of(block)))
            if level not in (3, 4):
                stance = turn_by_heading(stance if level == 2 or base.mixed else base, base, heading_of(block))
        path = tuple(text for _, text in stack)
        yield block, Section(path, stance, any(map(is_of_problems, path)))
