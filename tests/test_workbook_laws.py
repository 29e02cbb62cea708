"""Excel's laws kept by every sheet of the workbook, tested by counting; text that must never become a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from zipfile import ZipFile

import msgspec
import openpyxl
import pandas as pd
import pytest
from openpyxl.utils import range_boundaries

import govdoc
from govdoc import workbook
from govdoc.errors import ExportError
from govdoc.model import Document
from govdoc.source import Source
from govdoc.workbook import Limits
from govdoc.workbook.corrections import Correction, Corrections
from govdoc.workbook.entries import Filled
from govdoc.workbook.laws import is_active, sheet_name, units
from test_tasks import LAST, PLAN
from test_workbook_tasks import SUMMARY
from workbook_records import document, load, pairs, record, standard, texts

ALL = [
    "概览", "指标明细", "目标完成对照", "任务落实对照", "总结段落", "计划对比", "年度对比", "地区对比（县级）",
    "排名与荣誉", "待复核", "未用更正", "原文", "字典",
]  # fmt: skip
PRIZES = "4.屡获佳绩。在全省教学比赛中获一等奖3个，居全省第一。\n\n安平县教育局\n2026"


def collection(change: str = "") -> list[Document]:
    """A plan, last year's, its summary, and another county's: all sheets there are. ``change`` opens every item."""
    summary = SUMMARY.replace("安平县教育局\n2026", PRIZES)
    pages = [PLAN, summary, LAST, summary.replace("安平", "青山"), summary.replace("2025", "2024")]
    found = []
    for number, page in enumerate(pages):
        text = re.sub(r"^(\d\.)(.+?。)", rf"\1\2{change}", page, flags=re.MULTILINE)
        found += govdoc.parse(Source(text.encode(), name=f"{change}{number}.txt"))
    return found


def full(change: str = "", limits: Limits | None = None) -> bytes:
    """The workbook of the collection, with what people filled in, and with corrections that fit nothing."""
    documents = collection(change)
    words = change or "说明"
    heads = ["记录键", "指标名称", "来源句", "来源文件"]
    stale = Correction("0" * 12, words, None, "名称有误", dict.fromkeys(heads, words))
    first = load(workbook.write_xlsx(govdoc.measure(documents), documents))["任务落实对照"]
    key = str(next(row[-1] for row in first.iter_rows(min_row=2, values_only=True)))
    filled = [
        Filled("任务落实对照", key, "落实情况", words), Filled("任务落实对照", key, "备注", words),
        Filled("任务落实对照", "f" * 12, "落实情况", words, words, words, words),
        Filled("目标完成对照", "f" * 12 + "|", "分值", 10, words, words, words),
    ]  # fmt: skip
    corrected = workbook.apply_corrections(govdoc.measure(documents), Corrections([stale], filled))
    return workbook.write_xlsx(corrected, documents, limits=limits)


@pytest.fixture(scope="module", params=["standard", "full"])
def data(request: pytest.FixtureRequest) -> bytes:
    return workbook.write_xlsx(standard(), [document()], pairs()) if request.param == "standard" else full()


@pytest.fixture(scope="module")
def book(data: bytes) -> openpyxl.Workbook:
    return load(data)


def members(data: bytes, pattern: str) -> Iterator[str]:
    with ZipFile(io.BytesIO(data)) as archive:
        yield from (archive.read(name).decode() for name in archive.namelist() if re.fullmatch(pattern, name))


# Excel's laws, by counting


def test_tables_keep_the_laws(data: bytes, book: openpyxl.Workbook) -> None:
    names: list[str] = []
    for sheet in book.worksheets:
        assert not sheet.auto_filter.ref, "a sheet filter beside a Table on the same range breaks the file"
        for table in sheet.tables.values():
            first, top, last, bottom = range_boundaries(table.ref)
            assert (first, top, bottom) == (1, 1, sheet.max_row)
            headers = [cell.value for cell in sheet[1][:last]]
            assert all(isinstance(header, str) and header for header in headers)
            assert len(set(headers)) == len(headers)
            assert headers == table.column_names
            assert table.totalsRowCount is None
            assert re.fullmatch(r"[A-Za-z_][A-Za-z0-9_.]{0,254}", table.displayName)
            assert sheet.freeze_panes
            names.append(table.displayName)
    assert len({name.casefold() for name in names}) == len(names) == len(book.sheetnames) - 1, "all but 概览"
    assert len(list(members(data, r"xl/tables/table\d+\.xml"))) == len(names)


def test_the_full_workbook_has_every_sheet() -> None:
    assert load(full()).sheetnames == ALL


def test_every_link_leads_to_a_cell_that_is_there(book: openpyxl.Workbook) -> None:
    for sheet in book.worksheets:
        links = [cell.hyperlink for row in sheet.iter_rows() for cell in row if cell.hyperlink]
        assert len(links) <= 65_530
        for link in links:
            title, column, row = re.fullmatch(r"'(.+)'!([A-Z]+)(\d+)", link.location).groups()  # type: ignore[union-attr]
            assert book[title][f"{column}{row}"].value not in (None, "")
            assert units(link.tooltip) <= 255


def test_lists_stay_within_255_characters_and_name_a_range_that_is_there(book: openpyxl.Workbook) -> None:
    used = set()
    for sheet in book.worksheets:
        for rule in sheet.data_validations.dataValidation:
            assert rule.formula1 in book.defined_names
            assert len(rule.formula1) <= 255
            assert len(rule.error) <= 225
            assert str(rule.sqref).endswith(str(sheet.max_row))
            used.add(rule.formula1)
    assert used == {name for name in book.defined_names if name in used}
    for name in book.defined_names.values():
        title, area = name.attr_text.replace("$", "").split("!")
        assert all(cell.value for row in book[title.strip("'")][area] for cell in row)


def test_every_sheet_prints_across_with_its_heads(book: openpyxl.Workbook) -> None:
    for sheet in book.worksheets:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_area
        assert sheet.title == "概览" or sheet.print_title_rows == "$1:$1"


def test_no_number_is_a_text_and_none_is_missing(data: bytes) -> None:
    frames = pd.read_excel(io.BytesIO(data), sheet_name=None)
    columns = {
        "指标明细": ("编号", "置信度"), "待复核": ("编号", "置信度"), "原文": ("序号", "指标数", "首个指标"),
        "任务落实对照": ("序号", "最高相似度"), "总结段落": ("序号", "任务数"), "计划对比": ("序号",),
    }  # fmt: skip
    for title, heads in columns.items():
        for head in heads if title in frames else ():
            assert pd.api.types.is_numeric_dtype(frames[title][head]), (title, head)
            assert not frames[title][head].isna().any(), (title, head)
    for title in (title for title in frames if title.startswith(("年度对比", "地区对比"))):
        figures = frames[title].iloc[:, 4:-2]
        assert all(pd.api.types.is_numeric_dtype(figures[head]) for head in figures)
        assert (figures.notna().sum(axis=1) >= 2).all()


def test_sheet_names_and_ids_are_lawful(book: openpyxl.Workbook) -> None:
    assert all(len(title) <= 31 and not re.search(r"[\[\]:*?/\\]", title) for title in book.sheetnames)
    assert sheet_name("指标/明细" * 20, 12) == ("指标_明细" * 20)[:28] + "-12"


def test_rows_roll_over_with_a_notice() -> None:
    data = workbook.write_xlsx(standard(), [document()], limits=Limits(rows=5))
    book = load(data)
    assert [title for title in book.sheetnames if title.startswith("指标明细")] == [
        "指标明细",
        "指标明细-2",
        "指标明细-3",
    ]
    keys = [c.value for title in book.sheetnames if title.startswith("指标明细") for c in book[title]["U"][1:]]
    assert keys == [r.id for r in standard()]
    assert len({t.displayName for sheet in book.worksheets for t in sheet.tables.values()}) == sum(
        len(sheet.tables) for sheet in book.worksheets
    )
    assert any("Parquet" in text for text in texts(book, "概览"))
    for title in ("指标明细", "指标明细-2", "指标明细-3"):
        for row in book[title].iter_rows(min_row=2):
            sheet, address = row[16].hyperlink.location.split("!")
            assert book[sheet.strip("'")][address].value == row[16].value


def test_links_past_the_limit_become_text() -> None:
    book = load(workbook.write_xlsx(standard(), [document()], limits=Limits(links=3)))
    for sheet in book.worksheets:
        assert len(sheet._hyperlinks) <= 3
    cells = book["指标明细"]["Q"][1:]
    assert [cell.hyperlink is not None for cell in cells] == [True] * 3 + [False] * (len(cells) - 3)
    assert cells[3].value.endswith("〔见 原文!D3〕")
    assert any("超链接达到上限" in text for text in texts(book, "概览"))


def test_screen_tips_stay_within_255_units() -> None:
    book = load(workbook.write_xlsx([record("30名", "𠮷" * 300 + "30名。", "30", "名")], [document()]))
    assert 240 < units(book["指标明细"]["Q2"].hyperlink.tooltip) <= 255


def test_limits_beyond_excel_are_refused() -> None:
    for wrong in ({"rows": 1_048_576}, {"links": 65_531}, {"characters": 32_768}, {"rows": 0}):
        with pytest.raises(ExportError, match="limits"):
            Limits(**wrong)


def test_a_long_text_is_cut_visibly() -> None:
    long = "𠮷" * 20_000 + "教育。"  # two UTF-16 units each, as Excel counts
    book = load(workbook.write_xlsx([record("30名", long, "30", "名")], [document()]))
    cell = book["原文"]["D2"]
    assert units(cell.value) <= 32_767
    assert units(cell.value) > 32_700
    assert "已截断" in cell.value[-40:]
    assert any("已在末尾注明并截断" in text for text in texts(book, "概览"))


def test_characters_xml_forbids_are_dropped_with_a_notice() -> None:
    one = record("30名", "评选\x07党员\ud800\ufffe30名。\r\n", "30", "名", name="评选\x00党员", note="甲\x1b乙")
    book = load(workbook.write_xlsx([one], [document(title="总\x02结")]))
    assert book["指标明细"]["D2"].value == "评选党员"
    assert book["原文"]["D2"].value == "评选党员\ufffd30名。\n"
    assert any("控制字符，已去除" in text and "指标明细" not in text[:4] for text in texts(book, "概览"))


def test_no_records_still_make_a_workbook() -> None:
    book = load(workbook.write_xlsx([], []))
    assert book["指标明细"]["A2"].value == "来源文件中没有识别到指标。"
    assert not book["指标明细"].tables, "a Table needs a row of data"
    assert "没有可对照的内容" in book["目标完成对照"]["A2"].value


# Injection

ACTIVE = [
    "=1+1",
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1+1",
    " =1+1",
    '=HYPERLINK("x","y")',
]


@pytest.mark.parametrize("text", ACTIVE)
def test_text_never_becomes_a_formula(text: str) -> None:
    one = record("30名", text + "30名", "30", "名", name=text, subject=text, note=text, category=text, region=text)
    one = msgspec.structs.replace(one, source=text, period=text, section=(text,), qualifier=text, unit_norm=text)
    data = workbook.write_xlsx([one], [document(title=text)])
    for xml in members(data, r"xl/worksheets/sheet\d+\.xml"):
        assert "<f>" not in xml
    cell = load(data)["指标明细"]["D2"]
    assert cell.data_type == "s"
    assert cell.quotePrefix
    assert is_active(text)
    rows = list(csv.reader(io.StringIO(workbook.write_csv([one]).decode("utf-8-sig"), newline="")))
    assert all(field[0] not in "=+-@\t\r＝" for row in rows[1:] for field in row if field)
    assert dict(zip(rows[0], rows[1], strict=True))["name"] == "'" + text


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+1", "-1+2", "＝1+1"])
def test_no_sheet_of_tasks_years_and_places_makes_a_formula(text: str) -> None:
    data = full(text)
    book = load(data)
    assert book.sheetnames == ALL
    formulas = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert all(cell.parent.title == "目标完成对照" and cell.column_letter == "G" for cell in formulas)
    active = [
        cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row
        if cell.data_type == "s" and is_active(str(cell.value))
    ]  # fmt: skip
    assert all(cell.quotePrefix for cell in active)
    assert {"任务落实对照", "未用更正"} <= {cell.parent.title for cell in active}


def test_every_sheet_keeps_small_limits() -> None:
    book = load(full(limits=Limits(rows=2, links=1)))
    assert {title.split("-")[0] for title in book.sheetnames} == set(ALL)
    for sheet in book.worksheets:
        if sheet.title != "概览":
            assert sheet.max_row <= 3
            assert sum(cell.hyperlink is not None for row in sheet.iter_rows() for cell in row) <= 1
    names = [name for sheet in book.worksheets for name in sheet.tables]
    assert len(names) == len(set(names)) == len(book.sheetnames) - 1


def test_error_words_and_escapes_stay_text() -> None:
    one = record("30名", "#N/A 的_x0041_30名", "30", "名", name="#DIV/0!")
    data = workbook.write_xlsx([one], [document()])
    assert load(data)["指标明细"]["D2"].data_type == "s"
    assert any("_x005F_x0041_" in xml for xml in members(data, r"xl/worksheets/sheet\d+\.xml"))


def test_a_negative_number_stays_a_number_in_csv() -> None:
    rows = workbook.write_csv([record("-3.5%", "增长-3.5%。", "-3.5", "%")]).decode("utf-8-sig").splitlines()
    assert '"-3.5"' not in rows[1]
    assert ",-3.5," in rows[1]
