"""Whatever the characters, what has come through cleaning can be written: no writer fails on any plane of Unicode."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml import etree

from govdoc import api
from govdoc.cli import talk
from govdoc.errors import GovdocError
from govdoc.exporting import export_document
from govdoc.ledger import read_ledger, write_ledger
from govdoc.model import Document
from govdoc.source import Source
from govdoc.workbook import write_indicators

# Every category, surrogates and unassigned characters too; and what has broken writers before, by name.
ANY = st.characters(exclude_categories=())
BROKE_WRITERS = (
    "\x00 \x01 \x0b \x1f \x7f \x85 \ud800 \udc80 \udfff \ufffe \uffff \ufdd0 \U0001fffe \U0010ffff \ue000 \U000f0000 "
    "\U00020000 \U000323af \u202e \u2028 \ufeff \u0301 \ufe0f \U000e0100 \U0001f468\u200d\U0001f469 \u05d0 \u0e33 "
    "]]> <a&b> _x000D_ =1+1 \t \r"
)
HARD = st.sampled_from(BROKE_WRITERS.split(" "))
SCRAP = st.lists(st.one_of(ANY, HARD, st.sampled_from("教育局工作要点，。一2%")), max_size=12).map("".join)
PAGE = (
    "太仓市教育局文件\n太教〔2025〕2号\n关于印发《{0}2024年度教育工作总结》的通知\n各中小学{1}：\n一、{2}扎实推进\n"
    "现将工作总结印发给你们。{3}建成{4}学校29所，完成率达97.6%，比上年增长3.2个百分点。\n附件：{1}名单\n"
    "太仓市教育局\n2025年2月7日\n（{2}此件公开发布）\n抄送：{0}办公室。\n太仓市教育局办公室 2025年2月7日印发\n"
)
PAGES = st.tuples(SCRAP, SCRAP, SCRAP, SCRAP, SCRAP).map(lambda scraps: PAGE.format(*scraps))
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
ALL_PLANES = "".join(chr(plane * 0x10000 + at) for plane in range(17) for at in (0x20, 0x3400, 0x6559, 0xE000, 0xFFFD))
MAIN = "import sys; from govdoc.cli import main; sys.argv[0] = 'govdoc'; main()"
COMMANDS = [
    "clean -",
    "clean --diff -",
    "parse -",
    "indicators - -o - --format csv",
    "indicators - -o - --format jsonl",
]
EXAMPLES = settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])


def documents(page: str) -> list[Document]:
    return api.parse(Source(page.encode("utf-8", "surrogatepass"), name="页.txt", encoding="utf-8"))


def exported(page: str, suffix: str) -> list[bytes]:
    return [export_document(document, suffix, "auto").data for document in documents(page)]


@given(PAGES)
@example(PAGE.format(*[ALL_PLANES] * 5))
@settings(max_examples=150)
def test_a_cleaned_text_holds_nothing_a_writer_refuses(page: str) -> None:
    cleaned = api.clean(Source(page.encode("utf-8", "surrogatepass"), encoding="utf-8"))
    assert not CONTROL.search(cleaned.text)
    cleaned.text.encode()
    ledger = write_ledger(cleaned)
    ledger.encode()
    assert read_ledger(ledger).undo(cleaned.text) == page.encode("utf-8", "surrogatepass")


@given(PAGES)
@example(PAGE.format(*[ALL_PLANES] * 5))
@EXAMPLES
def test_json_and_markdown(page: str) -> None:
    for data in exported(page, ".json"):
        assert not CONTROL.search(json.dumps(json.loads(data), ensure_ascii=False))
    for data in exported(page, ".md"):
        assert not CONTROL.search(data.decode())


@given(PAGES)
@example(PAGE.format(*[ALL_PLANES] * 5))
@EXAMPLES
def test_docx(page: str) -> None:
    for data in exported(page, ".docx"):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            for name in package.namelist():
                if name.endswith((".xml", ".rels")):
                    etree.fromstring(package.read(name))


@given(PAGES)
@example(PAGE.format(*[ALL_PLANES] * 5))
@EXAMPLES
def test_pdf(page: str) -> None:
    for data in exported(page, ".pdf"):
        pdf = pypdfium2.PdfDocument(data)
        assert len(pdf) > 0
        assert pdf[0].get_textpage().get_text_bounded().strip()


@given(PAGES)
@example(PAGE.format(*[ALL_PLANES] * 5))
@EXAMPLES
def test_indicators_in_every_format(page: str) -> None:
    found = documents(page)
    records = api.measure(found)
    assert records
    for line in write_indicators(records, found, "jsonl").decode().splitlines():
        json.loads(line)
    assert write_indicators(records, found, "csv").decode("utf-8-sig")
    assert write_indicators(records, found, "parquet").startswith(b"PAR1")
    book = openpyxl.load_workbook(io.BytesIO(write_indicators(records, found, "xlsx")))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert cells
    # Text of a page that begins with = is no formula.
    assert not [cell.value for cell in cells if cell.data_type == "f" and "1+1" in cell.value]


@given(st.text(ANY, max_size=30))
def test_words_in_any_character_can_be_said_on_a_gbk_terminal(words: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        terminal = io.TextIOWrapper(io.BytesIO(), encoding="gbk", errors="strict")
        patch.setattr(sys, "stderr", terminal)
        talk.say(words)
        talk.say_error(GovdocError(words, place=words, remedy=words))
        terminal.flush()


@pytest.mark.parametrize("command", COMMANDS)
def test_stdout_in_a_gbk_locale_is_utf8_and_nothing_fails(command: str, tmp_path: Path) -> None:
    page = PAGE.format(*[ALL_PLANES] * 5).encode("utf-8", "surrogatepass")
    environment = os.environ | {"PYTHONIOENCODING": "gbk:strict", "LC_ALL": "zh_CN.GBK", "PYTHONUTF8": "0"}
    run = subprocess.run(
        [sys.executable, "-c", MAIN, *command.split(), "--encoding", "utf-8"],
        input=page, capture_output=True, env=environment, cwd=tmp_path, check=False,
    )  # fmt: skip
    assert run.returncode in (0, 1), run.stderr
    assert b"Traceback" not in run.stderr
    assert not CONTROL.search(run.stdout.decode("utf-8"))
    assert "教育" in run.stdout.decode("utf-8")


@given(st.text(ANY, min_size=1, max_size=60))
@settings(max_examples=100)
def test_a_text_of_anything_at_all_is_cleaned_or_refused_in_our_words(text: str) -> None:
    data = text.encode("utf-8", "surrogatepass")
    try:
        found = api.parse(Source(data))
    except GovdocError as error:
        assert error.exit_status in (3, 4)  # noqa: PT017
        return
    for document in found:
        json.loads(export_document(document, ".json", "auto").data)
