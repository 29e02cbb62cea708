"""What a document is as a whole: 文种, kind, and whether it is a 公文 at all."""

from __future__ import annotations

import msgspec

from govdoc.model import Document
from govdoc.parsing.kinds import kind_of
from govdoc.wording.carried import carried_titles
from govdoc.wording.vocabulary import agency_in_title, genre_of


def judge(document: Document) -> Document:
    """The document with ``official``, ``genre`` and ``kind`` as its elements say; what a person gave stays."""
    title = document.main.title
    given = document.origins
    genre = document.genre if "/genre" in given else genre_of(title)
    kind = document.kind if "/kind" in given else _kind(document)
    header, main = document.header, document.main
    elements = (
        header.issuer_mark,
        header.doc_number,
        header.order_number,
        main.signature_orgs,
        main.signatory,
        main.issue_date,
        genre and (agency_in_title(title) or header.issue_no or main.attendance),
        document.colophon.cc,
        document.colophon.printing,
    )
    return msgspec.structs.replace(document, genre=genre, kind=kind, official=any(elements))


def _kind(document: Document) -> str | None:
    """The kind of what is issued or forwarded, else of a text that has no 文种 or is a 报告."""
    issued = [one.title for one in document.main.attachments if one.role == "issued"]
    title = document.main.title
    paragraphs = [block.line for block in document.main.body[:3]] if genre_of(title) == "命令" else []
    for one in (*issued, *carried_titles(title, paragraphs)):
        kind = kind_of(one)
        if kind:
            return kind
    own = kind_of(title) if genre_of(title) in (None, "报告") else None
    return own if own != genre_of(title) else None
