"""Parsing: every field of documents of many kinds, stated by hand in ``cases/parse``, and what holds for any text."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from govdoc.cleaned import Cleaned, Decoded
from govdoc.model import Attachment, Block, Document
from govdoc.parse import parse
from govdoc.source import Source
from govdoc.span import Mark

HERE = Path(__file__).parent
CASES = [
    (path.stem, case)
    for path in sorted((HERE / "cases" / "parse").glob("*.toml"))
    for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
]


def cleaned_text(text: str, marks: tuple[Mark, ...] = (), source: str | None = None) -> Cleaned:
    """A text as if cleaning had found nothing to do."""
    return Cleaned(Decoded(Source((source or text).encode()), text, "utf-8", "given", 1.0), text, marks=marks)


def squeezed(text: str | None) -> str:
    return "".join((text or "").split())


def outline(blocks: tuple[Block, ...]) -> list[str]:
    letters = {"heading": "H", "paragraph": "P", "table": "T", "image": "I"}
    rows = []
    for block in blocks:
        head = squeezed(block.label) + squeezed(block.heading)
        if block.heading and block.label and block.label.startswith("第"):
            head = f"{block.label}　{squeezed(block.heading)}"
        gap = " " if head[:1].isdigit() else ""
        rows.append(f"{letters[block.type]}{block.level or ''}{gap}{head}")
    return rows


def attached_fields(one: Attachment) -> dict[str, Any]:
    number = one.doc_number
    return {
        "role": one.role,
        "number": one.number,
        "title": squeezed(one.title),
        "number_of": [number.code or "", number.year or 0, number.seq or 0] if number else None,
        "recipients": list(one.recipients.names) if one.recipients else [],
        "body": outline(one.body),
        "orgs": list(one.signature_orgs),
        "date": one.issue_date,
        "annotation": one.annotation,
        "attachments": [attached_fields(inner) for inner in one.attachments],
    }


def fields(document: Document) -> dict[str, Any]:
    """The fields of a document under the names the cases use."""
    header, main, colophon = document.header, document.main, document.colophon
    mark, number, printing, attendance = header.issuer_mark, header.doc_number, colophon.printing, main.attendance
    return {
        "official": document.official,
        "genre": document.genre,
        "kind": document.kind,
        "copy_number": header.copy_number,
        "secrecy": [header.secrecy.level, header.secrecy.term] if header.secrecy else None,
        "urgency": header.urgency,
        "mark": list(mark.agencies) if mark else [],
        "suffix": mark.suffix if mark else None,
        "number": [number.code or "", number.year or 0, number.seq or 0] if number else None,
        "order": header.order_number.seq if header.order_number else None,
        "issue": header.issue_no.seq if header.issue_no else None,
        "signers": list(header.signers),
        "title": squeezed(main.title),
        "subtitle": squeezed(main.subtitle),
        "recipients": list(main.recipients.names) if main.recipients else [],
        "body": outline(main.body),
        "notes": list(main.attachment_notes),
        "orgs": list(main.signature_orgs),
        "signatory": [main.signatory.office, main.signatory.name] if main.signatory else None,
        "date": main.issue_date,
        "annotation": main.annotation,
        "attendance": [attendance.present, attendance.leave, attendance.observers] if attendance else None,
        "cc_label": colophon.cc.label if colophon.cc else None,
        "cc": list(colophon.cc.names) if colophon.cc else [],
        "print": [printing.org, printing.date] if printing else None,
        "metadata": dict(document.source.metadata),
        "attachments": [attached_fields(one) for one in main.attachments],
    }


def expected_fields(stated: dict[str, Any]) -> dict[str, Any]:
    """The stated fields, all others empty."""
    blank = fields(Document("govdoc.document/1", "", parse(cleaned_text("甲"))[0].source, official=False))
    full = {**blank, **stated}
    full["title"], full["subtitle"] = squeezed(full["title"]), squeezed(full["subtitle"])
    full["attachments"] = [expected_attached(one) for one in full["attachments"]]
    return full


def expected_attached(stated: dict[str, Any]) -> dict[str, Any]:
    full = {**attached_fields(Attachment("issued")), **stated}
    full["attachments"] = [expected_attached(one) for one in full["attachments"]]
    return full


@pytest.mark.parametrize(("group", "case"), CASES, ids=[f"{group}: {case['name']}" for group, case in CASES])
def test_every_field_is_as_stated_by_hand(group: str, case: dict[str, Any]) -> None:
    documents = parse(cleaned_text(case["text"]))
    assert [fields(one) for one in documents] == [expected_fields(one) for one in case["documents"]]
