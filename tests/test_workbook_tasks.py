"""任务落实对照, 总结段落, 计划对比 and the Word file: what stands beside what, links both ways, nothing filled in."""

from __future__ import annotations

import io
import re
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from click.testing import CliRunner

import govdoc
from govdoc import workbook
from govdoc.cli.app import app
from govdoc.errors import EmptyError, UsageError
from govdoc.model import Document
from govdoc.source import Source
from test_tasks import LAST, PLAN
from workbook_records import load, texts

SUMMARY = """安平县教育局2025年工作总结

一、主要工作

1.学位供给不断扩大。全年新建学校4所，新增学位2800个，城区入学压力得到缓解。

2.平安校园建设有力。排查校园安全隐患36处，视频监控覆盖全部学校。

3.教师待遇稳步提高。完成绩效工资改革，按时足额发放津贴。

安平县教育局
2026年1月3日
"""


def documents(*pages: str) -> list[Document]:
    """The documents of texts, named 0.txt, 1.txt …"""
    found = []
    for number, text in enumerate(pages):
        found += govdoc.parse(Source(text.encode(), name=f"{number}.txt"))
    return found


@pytest.fixture(scope="module")
def three() -> list[Document]:
    return documents(PLAN, SUMMARY, LAST)


def made(found: list[Document], given: tuple[tuple[str, str], ...] = ()) -> bytes:
    return workbook.write_xlsx(govdoc.measure(found), found, given=given)


def test_tasks_stand_beside_passages(three: list[Document]) -> None:
    sheet = load(made(three))["任务落实对照"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert [row[1] for row in rows] == [
        "1.扩大学位供给",
        "2.建设平安校园",
        "（一）加强组织领导，压实各单位责任，建立工作台账，每月通报进度。",
    ]
    assert "新增学位2800个" in rows[0][3]
    assert "排查校园安全隐患36处" in rows[1][3]
    assert {value for row in rows for value in row[10:13]} == {None}
    assert rows[0][9] > rows[2][9] if rows[2][9] else True


def test_links_go_there_and_back(three: list[Document]) -> None:
    book = load(made(three))
    tasks, passages = book["任务落实对照"], book["总结段落"]
    for row in tasks.iter_rows(min_row=2):
        for text, link in ((row[3], row[4]), (row[5], row[6]), (row[7], row[8])):
            if link.value is None:
                continue
            sheet, column, number = re.fullmatch(r"'(.+)'!([A-Z])(\d+)", link.hyperlink.location).groups()  # type: ignore[union-attr]
            assert str(text.value).startswith(str(book[sheet][f"{column}{number}"].value))
            back = passages[f"E{number}"].hyperlink.location
            assert back.startswith("'任务落实对照'!B")
    assert [row[5].value for row in passages.iter_rows(min_row=2)][-1] in (0, 1)


def test_this_years_plan_beside_last_years(three: list[Document]) -> None:
    rows = [[cell.value for cell in row] for row in load(made(three))["计划对比"].iter_rows(min_row=2)]
    assert [(row[1], row[2], row[4]) for row in rows] == [
        ("调整", "1.扩大学位供给", "1.扩大学位供给"),
        ("新增", "2.建设平安校园", None),
        ("保留", rows[2][2], rows[2][2]),
        ("不再列入", None, "2.发展职业教育"),
    ]
    assert rows[0][7] == "本年：5所、3000个；上年：7所、4200个"


def test_the_overview_says_what_belongs_together(three: list[Document]) -> None:
    shown = texts(load(made(three)), "概览")
    assert "同为安平县教育局，2025年的计划与总结" in shown
    assert "同为安平县教育局，2025年与2024年的计划" in shown
    alone = texts(load(made(three[:1])), "概览")
    assert any("--pair" in text for text in alone)


def test_a_person_may_pair_what_does_not_say_it_belongs(three: list[Document]) -> None:
    other = documents(PLAN, SUMMARY.replace("安平", "青山"))
    assert "任务落实对照" not in load(made(other)).sheetnames
    book = load(made(other, (("0.txt", "1.txt"),)))
    assert book["任务落实对照"].max_row == 4
    verdicts = [row[10].value for row in book["目标完成对照"].iter_rows(min_row=2)]
    assert "未完成" in verdicts
    with pytest.raises(UsageError, match="no document to pair"):
        made(other, (("0.txt", "9.txt"),))


def test_the_same_documents_give_the_same_word_file(three: list[Document]) -> None:
    data = workbook.write_tasks(three)
    assert data == workbook.write_tasks(three)
    with ZipFile(io.BytesIO(data)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    page = docx.Document(io.BytesIO(data))
    section = page.sections[0]
    assert section.page_width > section.page_height
    (table,) = page.tables
    assert [cell.text for cell in table.rows[0].cells][-2:] == ["落实情况", "责任单位"]
    assert {cell.text for row in table.rows[1:] for cell in row.cells[-2:]} == {""}
    assert "新增学位2800个" in table.rows[1].cells[3].text
    with pytest.raises(EmptyError, match="no plan"):
        workbook.write_tasks(three[:1])


def test_the_command(tmp_path: Path) -> None:
    names = []
    for name, text in (("plan.txt", PLAN), ("summary.txt", SUMMARY.replace("安平", "青山"))):
        path = tmp_path / "in" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        names.append(str(path))
    target, word = tmp_path / "a.xlsx", tmp_path / "tasks.docx"
    done = CliRunner().invoke(app, ["indicators", "--pair", *names, "-o", str(target), "--tasks", str(word)])
    assert done.exit_code == 0, done.output
    assert "任务落实对照" in load(target.read_bytes()).sheetnames
    assert len(docx.Document(str(word)).tables) == 1
    folder = CliRunner().invoke(
        app, ["indicators", str(tmp_path / "in"), "--pair", *names, "-o", str(target), "--force"]
    )
    assert folder.exit_code == 0, folder.output
    assert "2 documents" in folder.output + folder.stderr
    assert isinstance(CliRunner().invoke(app, ["indicators"]).exception, UsageError)


OUTLINED = """安平县教育局2025年工作总结

一、主要工作

1.学位供给不断扩大。全年新建学校4所，新增学位2800个，城区入学压力得到缓解。

2.平安校园建设有力。排查校园安全隐患36处，视频监控覆盖全部学校。

3.教师培训扎实推进。培训教师1500人次，培训内容覆盖全部学科。

二、2026年工作思路

（一）新增学位3000个，培训教师1350人次。

（二）新建中小学校3所，持续改善办学条件。

安平县教育局
2026年1月3日
"""
BEFORE = """安平县教育局2025年工作要点

一、主要任务

1.新增学位2800个。

2.培训教师1200人次。

3.新建中小学校4所，持续改善办学条件。

4.排查校园安全隐患36处，守牢安全底线。

5.完成绩效工资改革，按时足额发放津贴。

安平县教育局
2025年2月3日
"""


def test_an_outline_at_the_end_of_a_report_drops_no_task() -> None:
    rows = [
        [cell.value for cell in row] for row in load(made(documents(OUTLINED, BEFORE)))["计划对比"].iter_rows(min_row=2)
    ]
    assert rows
    assert "不再列入" not in [row[1] for row in rows]
    assert all(row[8].endswith("（仅为工作思路，不比较不再列入的任务）") for row in rows)


def test_figures_that_changed_keep_their_whole_unit() -> None:
    one, other = (page.replace("新增学位3000个，", "") for page in (OUTLINED, BEFORE))
    rows = [[cell.value for cell in row] for row in load(made(documents(one, other)))["计划对比"].iter_rows(min_row=2)]
    assert "本年：1350人次；上年：1200人次" in [row[7] for row in rows]
