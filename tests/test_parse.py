"""Parsing: every field of documents of many kinds, stated by hand in ``cases/parse``, and what holds for any text."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
    return Cleaned(Decoded(Source((source or text).encode("utf-8", "surrogatepass")), text, "utf-8", "given", 1.0), text, marks=marks)


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
    full["attendance"] = full["attendance"] and [one or None for one in full["attendance"]]
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


def uncovered(document_text: str, documents: list[Document]) -> str:
    """The ink of a text that lies in no span of a field or block."""
    covered = bytearray(len(document_text))
    for document in documents:
        spans = [*document.spans.values(), *(block.span for block in all_blocks(document))]
        for start, stop in spans:
            covered[start:stop] = b"\1" * (stop - start)
    return "".join(char for char, known in zip(document_text, covered, strict=True) if not known and not char.isspace())


def all_blocks(document: Document) -> list[Block]:
    return [*document.main.body, *(block for one in document.main.attachments for block in attached_blocks(one))]


def attached_blocks(one: Attachment) -> list[Block]:
    return [*one.body, *(block for inner in one.attachments for block in attached_blocks(inner))]


@pytest.mark.parametrize(("group", "case"), CASES, ids=[f"{group}: {case['name']}" for group, case in CASES])
def test_no_ink_is_outside_every_span(group: str, case: dict[str, Any]) -> None:
    assert uncovered(case["text"], parse(cleaned_text(case["text"]))) == ""


PIECES = st.sampled_from(
    """太仓市教育局 太仓市教育局文件 文件 关于印发《2024年工作要点》的通知 2024年工作要点 太教〔2025〕2号 各镇人民政府： 现将要点印发给你们。
    一、加强领导 一、加强领导。要落实责任。 （一）提高认识。深入学习。 1.落实责任 （1）做好保障； 第一条　本办法所称 一是抓落实。
    2025年2月7日 二〇二五年二月七日 2025年2月 （此件公开发布） 抄送：市委办公室。 抄：市委办公室， 附件： 附件：1.名单 2.表格 附件1 附件2：表格
    太仓市教育局办公室　2025年2月7日印发 2025年2月7日印发 主题词：教育 中华人民共和国国务院令 第707号 总理　李克强 第5期 会议纪要 出席：张三
    000001 机密★1年 特急 签发人：张三 甲\t乙 丙\t丁 （2024年1月5日通过） ——在大会上 各位代表： 附件 （联系人：张三""".split()
)
TEXTS = st.lists(PIECES | st.text(max_size=30), max_size=30).map("\n".join)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_any_text_is_read_without_loss_and_without_error(text: str) -> None:
    documents = parse(cleaned_text(text))
    assert uncovered(text, documents) == ""
    for document in documents:
        assert Document.from_json(document.to_json()) == document


@settings(max_examples=100, deadline=None)
@given(st.lists(PIECES, max_size=20).map("".join))
def test_any_flattened_text_is_read_without_loss(text: str) -> None:
    assert uncovered(text, parse(cleaned_text(text))) == ""


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_a_block_is_its_line_verbatim(text: str) -> None:
    for document in parse(cleaned_text(text)):
        for block in all_blocks(document):
            if block.type != "table":
                assert block.line == text[slice(*block.span)]
