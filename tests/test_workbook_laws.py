"""Excel's laws kept by the workbook, tested by counting; and text that must never become a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from zipfile import ZipFile

import msgspec
import openpyxl
import pytest
from openpyxl.utils import range_boundaries

from govdoc import workbook
from govdoc.errors import ExportError
from govdoc.workbook import Limits
from govdoc.workbook.laws import is_active, sheet_name, units
from workbook_records import document, load, pairs, record, standard, texts


@pytest.fixture(scope="module")
def data() -> bytes:
    return workbook.write_xlsx(standard(), [document()], pairs())


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
            names.append(table.displayName)
    assert len(names) == len(set(names)) == 6
    assert len(list(members(data, r"xl/tables/table\d+\.xml"))) == 6


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


def test_error_words_and_escapes_stay_text() -> None:
    one = record("30名", "#N/A 的_x0041_30名", "30", "名", name="#DIV/0!")
    data = workbook.write_xlsx([one], [document()])
    assert load(data)["指标明细"]["D2"].data_type == "s"
    assert any("_x005F_x0041_" in xml for xml in members(data, r"xl/worksheets/sheet\d+\.xml"))


def test_a_negative_number_stays_a_number_in_csv() -> None:
    rows = workbook.write_csv([record("-3.5%", "增长-3.5%。", "-3.5", "%")]).decode("utf-8-sig").splitlines()
    assert '"-3.5"' not in rows[1]
    assert ",-3.5," in rows[1]
