"""The page of `govdoc indicators --review`: every value marked once where it stands, alive in a browser."""

from __future__ import annotations

import re
import subprocess
import time
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from click.testing import CliRunner

import govdoc
from govdoc import workbook
from govdoc.cli.app import app
from govdoc.model import Document, read_documents, write_documents
from govdoc.source import Source
from govdoc.workbook import Corrected
from test_review import CHROMIUM

MARK = re.compile(r'<mark [^>]*data-count="(\d+)" data-tip="([^"]*)">(.*?)</mark>', re.S)
TABLE = """<html><body><h1>安平县教育局2024年工作总结</h1>
<p>全年新增学位300个，评选优秀教师、优秀班主任各30名。</p>
<table><tr><th>指标</th><th>单位</th><th>2024年</th></tr>
<tr><td>在校学生</td><td>人</td><td>5210</td></tr><tr><td>教职工</td><td>人</td><td>431</td></tr></table>
<p>安平县教育局</p><p>2025年1月5日</p></body></html>"""
CLICK = """<script>
const said = [];
const count = () => document.querySelectorAll("mark.off").length;
const tell = () => said.push(document.getElementById("shown").textContent + "/" + count());
tell();
document.querySelector('input[value="actual"]').click(); tell();
document.querySelector('input[value="actual"]').click();
document.querySelector('input[value="doubtful"]').click(); tell();
document.body.setAttribute("data-said", said.join(" "));
</script>"""


def page_of(documents: list[Document]) -> tuple[str, list[tuple[int, str, str]]]:
    """The page, and its marks: how many records, the tip, the text."""
    page = workbook.write_marked(govdoc.measure(documents), documents).decode()
    return page, [(int(count), unescape(tip), unescape(text)) for count, tip, text in MARK.findall(page)]


def squeezed(text: str) -> str:
    return "".join(text.split())


def check(documents: list[Document]) -> str:
    """Every record is marked once, and the mark holds its value."""
    records = govdoc.measure(documents)
    page, marks = page_of(documents)
    assert "位置未能确定" not in page
    assert sum(count for count, _, _ in marks) == len(records) > 0
    shown = {int(number): text for _, tip, text in marks for number in re.findall(r"编号 (\d+)", tip)}
    assert {n: squeezed(text) for n, text in shown.items()} == {n: squeezed(r.raw) for n, r in enumerate(records, 1)}
    for record in records:
        tips = [tip for _, tip, _ in marks if tip.startswith(record.name) or f"\n\n{record.name}\n" in tip]
        assert any(f"置信度 {record.confidence:.2f}" in tip for tip in tips)
    return page


def test_every_value_of_the_seeds_is_marked_where_it_stands(seeds: list[Path]) -> None:
    for seed in seeds:
        documents = govdoc.parse(seed)
        page = check(documents)
        body = re.sub(r"<[^>]+>", "", page.partition("</header>")[2].partition("<script>")[0])
        for document in documents:
            assert all(block.text in unescape(body) for block in document.main.body)


def test_values_in_tables_are_marked() -> None:
    page = check(govdoc.parse(Source(TABLE.encode(), name="a.html")))
    assert re.search(r"<td[^>]*><mark[^>]*>5210</mark></td>", page)


def test_a_value_of_several_records_is_one_mark() -> None:
    _, marks = page_of(govdoc.parse(Source(TABLE.encode(), name="a.html")))
    (both,) = [tip for count, tip, _ in marks if count == 2]
    assert "优秀教师" in both
    assert "优秀班主任" in both


def test_canonical_json_and_markdown_without_their_source_are_marked(seeds: list[Path], tmp_path: Path) -> None:
    documents = read_documents(write_documents(govdoc.parse(seeds[0])))
    _, marks = page_of(documents)
    assert sum(count for count, _, _ in marks) == len(govdoc.measure(documents))
    note = tmp_path / "a.md"
    note.write_text("# 安平县教育局2024年工作总结\n\n全年新增学位300个。\n\n招聘教师120人。\n", encoding="utf-8")
    target = tmp_path / "a.html"
    run = ["indicators", str(note), "-o", str(tmp_path / "a.jsonl"), "--review", str(target)]
    assert CliRunner().invoke(app, run).exit_code == 0
    assert [text for *_, text in MARK.findall(target.read_text("utf-8"))] == ["300个", "120人"]


def test_the_page_needs_nothing_from_outside_and_text_is_never_markup() -> None:
    text = '<script>alert(1)</script>"onclick="x 教育局2024年工作总结\n\n新增“<b>学位”300个。\x01\n'
    documents = govdoc.parse(Source(text.encode(), name='<img src="x">.txt'))
    page, marks = page_of(documents)
    assert marks
    assert not re.search(r"""<img|<b>学位|<script>alert|href\s*=|url\(|@import|https?:""", page)
    assert "\x01" not in page


def test_what_a_person_corrected_is_said(seeds: list[Path]) -> None:
    documents = govdoc.parse(seeds[0])
    records = govdoc.measure(documents)
    page = workbook.write_marked(Corrected(records, {records[0].id: "不是指标"}), documents).decode()
    assert "复核：不是指标" in page


@pytest.mark.slow
def test_the_filters_work_in_a_browser(seeds: list[Path], tmp_path: Path, require_tool: Callable[[str], str]) -> None:
    documents = govdoc.parse(seeds[4])
    page, marks = page_of(documents)
    records = govdoc.measure(documents)
    (tmp_path / "page.html").write_text(page + CLICK, "utf-8")
    command = [require_tool("chromium"), *CHROMIUM, f"--user-data-dir={tmp_path}/profile", "--dump-dom"]
    done = subprocess.run(
        [*command, f"file://{tmp_path}/page.html"], capture_output=True, text=True, check=True, timeout=120
    )
    said = re.search(r'data-said="([^"]*)"', done.stdout)
    assert said
    first, without, doubtful = (tuple(map(int, each.split("/"))) for each in said[1].split())
    assert first == (len(records), 0)
    assert without[0] == len(records) - sum(record.role == "actual" for record in records)
    assert doubtful[0] >= sum(record.confidence < 0.75 or record.layer == "ext" for record in records)
    assert 0 < doubtful[1] < len(marks)


def test_a_long_table_takes_time_in_proportion() -> None:
    def seconds(rows: int) -> float:
        table = "".join(f"第{i}小学在校学生数\t人\t{i + 100}\t{i + 120}\n" for i in range(rows))
        documents = govdoc.parse(f"某县教育局2024年工作总结\n\n指标\t单位\t2023年实际\t2024年实际\n{table}")
        records = govdoc.measure(documents)
        begun = time.process_time()
        assert workbook.write_marked(records, documents).count(b"<mark ") == 2 * rows
        return time.process_time() - begun

    seconds(50)
    assert seconds(1200) < 8 * max(seconds(300), 0.01)
