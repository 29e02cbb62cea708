"""Issuing a text that is no 公文: its own title and body become the text issued by a 通知 (印发)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from govdoc.model import Attachment, Block, Document, Main
from govdoc.parsing.supply import supply
from govdoc.wording.vocabulary import genre_of

TITLE: Final = "{标题}"
"""Stands for the text's own title."""
_MOVED: Final = ("recipients", "signature_orgs", "issue_date", "issue_date_raw", "annotation")
_NO_FIELD: Final = ("subtitle", "attachment_notes")  # of an attached text: they become lines of it


@dataclass(frozen=True)
class Issue:
    """How a text that is no 公文 is issued: title, 主送 and paragraphs of the 通知, ``{标题}`` for the text's own."""

    title: str
    body: tuple[str, ...]
    recipients: str | None = None


def issue_text(document: Document, issue: Issue) -> Document:
    """A text that is no 公文 as the issued text of one made as ``issue`` says; any other as it is.

    A person who gives the 文种 of the 公文 that issues it asks for just that. What people gave stays with the 公文,
    what the text says of itself goes with the text.
    """
    main = document.main
    if not is_issued(document, issue) or not main.title:
        return document
    given = {name for name in (*_MOVED, *_NO_FIELD) if document.origins.keys() & {f"/main/{name}", f"/main/{name}_raw"}}
    moved = {name: getattr(main, name) for name in _MOVED if name not in given}
    kept = {name: getattr(main, name) for name in given}
    body = (*_lines(document, given), *main.body, *_notes(document, given))
    inner = Attachment("issued", title=main.title, body=body, attachments=main.attachments, **moved)
    outer = Main(attachments=(inner,), attendance=main.attendance, signatory=main.signatory, **kept)
    moves = {"title", "body", "attachments", *moved}
    issued = msgspec.structs.replace(
        document,
        main=outer,
        spans={_moved(pointer, moves): span for pointer, span in document.spans.items()},
        origins={_moved(pointer, moves): origin for pointer, origin in document.origins.items()},
    )
    texts = [{"type": "paragraph", "text": text.replace(TITLE, main.title)} for text in issue.body]
    elements: dict[str, Any] = {"/main/title": issue.title.replace(TITLE, main.title), "/main/body": texts}
    if issue.recipients and outer.recipients is None:
        elements["/main/recipients"] = issue.recipients
    return supply(issued.with_trace(document.trace), elements)


def is_issued(document: Document, issue: Issue) -> bool:
    """Whether a text is issued by a 公文: it has no 文种, or a person gave that of ``issue``, its title none."""
    given = "/genre" in document.origins and genre_of(document.main.title) is None
    return document.genre is None or (given and document.genre == genre_of(issue.title))


def _moved(pointer: str, moves: Collection[str]) -> str:
    """Where a field stands once its text is the issued one."""
    path = pointer.split("/")
    return "/".join(("/main/attachments/0", *path[2:])) if path[1] == "main" and path[2] in moves else pointer


def _lines(document: Document, given: Collection[str]) -> Iterator[Block]:
    """The 题注 of an issued text, which is a line of it."""
    if document.main.subtitle and "subtitle" not in given:
        yield Block("paragraph", text=document.main.subtitle, span=document.spans.get("/main/subtitle", (0, 0)))


def _notes(document: Document, given: Collection[str]) -> Iterator[Block]:
    """The 附件说明 of an issued text, which are lines of it."""
    notes = () if "attachment_notes" in given else document.main.attachment_notes
    for i, name in enumerate(notes):
        span = document.spans.get(f"/main/attachment_notes/{i}", (0, 0))
        yield Block("paragraph", text=f"{'' if i else '附件：'}{i + 1}.{name}", span=span)
