"""The workbook: Excel's laws counted, injection, reproducibility, and what other programs read in it."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zipfile import ZipFile

import msgspec
import openpyxl
import pandas as pd
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.utils import range_boundaries

from govdoc import workbook
from govdoc.errors import ExportError, UsageError
from govdoc.indicator import Indicator
from govdoc.model import DocNumber, Document, Header, Main, SourceInfo
from govdoc.workbook import Limits
from govdoc.workbook.columns import COLUMNS, FROZEN
from govdoc.workbook.laws import is_active, sheet_name, units
from govdoc.workbook.plan import Plan, value_spans
from govdoc.workbook.terms import written

SHEETS = ["概览", "指标明细", "目标完成对照", "排名与荣誉", "待复核", "原文", "字典"]
HEADERS = [
    "编号", "来源文件", "地区", "指标名称", "数值", "上限", "单位", "关系", "限定词", "角色", "类型", "年度", "主体",
    "类别", "章节", "原文值", "来源句", "复核", "置信度", "备注", "记录键",
]  # fmt: skip
SHA = hashlib.sha256(b"source").hexdigest()
SENTENCES = [
    "评选优秀共产党员、优秀党务工作者各30名，先进基层党组织12个。",
    "苏州线上教育中心太仓分中心总资源数45160个，累计观看资源2320.76万次。",
    "中小学幼儿园食堂量化等级优秀率达97.6%，省市优质园占比92.35%。",
    "夺得省赛2金7银9铜，连续四年获评优秀等次，居全省第一。",
    "组建教师团队2—4个，资助学生6369人次，资助金额555.9万元。",
]


def record(raw: str, sentence: str, number: str | None, unit: str, **changes: Any) -> Indicator:
    """A record as the measure stage makes it; the sentence begins at 1000 in the source."""
    at = 1000 + max(0, sentence.find(raw))
    key = f"{sentence}{raw}{changes}"
    fields: dict[str, Any] = dict.fromkeys(Indicator.__struct_fields__)
    fields |= {
        "schema": "govdoc.indicator/1", "id": hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:12],
        "document_id": f"{SHA[:12]}#1", "source": "seeds/000.txt", "section": ["一、资源建设", "（一）扩优提质"],
        "sentence": sentence, "sent_start": 1000, "sent_end": 1000 + len(sentence), "start": at, "end": at + len(raw),
        "raw": raw, "name": f"指标{raw}", "number": number, "scale": "", "value": number, "unit": unit,
        "unit_norm": unit, "bound": "eq", "approximate": False, "role": "actual", "kind": "count", "period": "2024",
        "region": "太仓市", "category": "资源建设", "salience": "normal", "layer": "core", "confidence": 0.93,
    }  # fmt: skip
    return msgspec.convert(fields | changes, Indicator)


def standard() -> list[Indicator]:
    """Records of every kind a workbook must show."""
    one, two, three, four, five = SENTENCES
    amount = {"kind": "amount", "value": "5559000", "scale": "万"}
    where = {"sent_start": 2000, "sent_end": 2000 + len(two)}
    return [
        record("30名", one, "30", "名", name="评选优秀共产党员", distribution="各"),
        record("12个", one, "12", "个", name="评选先进基层党组织"),
        record("45160个", two, "45160", "个", salience="key", **where),
        record("2320.76万次", two, "2320.76", "次", scale="万", value="23207600", salience="key", **where),
        record("97.6%", three, "97.6", "%", kind="ratio", sent_start=3000, sent_end=3000 + len(three)),
        record("92.35%", three, "92.35", "%", kind="ratio", sent_start=3000, sent_end=3000 + len(three)),
        record("2金", four, "2", "金", unit_norm="枚", kind="award", grade="金", sent_start=4000, sent_end=4027),
        record("四年", four, "4", "年", kind="streak", sent_start=4000, sent_end=4027),
        record("第一", four, "1", "", unit_norm="名", kind="rank", layer="ext", sent_start=4000, sent_end=4027),
        record("2—4个", five, None, "个", value=None, value_min="2", value_max="4", bound="range", role="target",
               sent_start=5000, sent_end=5000 + len(five)),
        record("6369人次", five, "6369", "人次", confidence=0.41, sent_start=5000, sent_end=5000 + len(five)),
        record("555.9万元", five, "555.9", "元", **amount, sent_start=5000, sent_end=5000 + len(five)),
        record("50个", "建设智慧校园不少于50个。", "50", "个", name="建设智慧校园", role="target", bound="ge",
               sent_start=6000, sent_end=6013),
        record("61个", "建设智慧校园61个。", "61", "个", name="建设智慧校园", sent_start=7000, sent_end=7010),
    ]  # fmt: skip


def pairs() -> list[Any]:
    """A pairing of every verdict over the standard records."""
    records = standard()

    def one(targets: list[int], actuals: list[int], verdict: str, completion: str = "", difference: str = "") -> Any:
        return SimpleNamespace(
            targets=[records[i].id for i in targets],
            actuals=[records[i].id for i in actuals],
            verdict=verdict,
            completion=Decimal(completion) if completion else None,
            difference=Decimal(difference) if difference else None,
            reason=f"说明{verdict}",
        )

    return [
        one([12], [13], "exceeded", "1.22", "11"),
        one([12], [0, 1], "not met", "0.84", "-8"),
        one([9], [1], "unclear"),
        one([9], [], "no result"),
        one([], [10], "no target"),
    ]


def document(**main: Any) -> Document:
    info = SourceInfo("seeds/000.txt", SHA, 18195, "utf-8")
    number = DocNumber("太教〔2025〕2号", "太教", 2025, 2)
    text = Main(**({"title": "2024年度教育工作总结", "issue_date": "2025-02-07"} | main))
    return Document(
        "govdoc.document/1", info.sha256[:12] + "#1", info, True, header=Header(doc_number=number), main=text
    )


def load(data: bytes, **options: Any) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data), **options)


def texts(book: openpyxl.Workbook, title: str) -> list[str]:
    return [str(cell.value) for row in book[title].iter_rows() for cell in row if cell.value is not None]


@pytest.fixture(scope="module")
def data() -> bytes:
    return workbook.write_xlsx(standard(), [document()], pairs())


@pytest.fixture(scope="module")
def book(data: bytes) -> openpyxl.Workbook:
    return load(data)


def members(data: bytes, pattern: str) -> Iterator[str]:
    with ZipFile(io.BytesIO(data)) as archive:
        yield from (archive.read(name).decode() for name in archive.namelist() if re.fullmatch(pattern, name))


# What a reader finds


def test_the_sheets_stand_in_order(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == SHEETS


def test_details_have_the_promised_columns_and_freeze_after_the_name(book: openpyxl.Workbook) -> None:
    sheet = book["指标明细"]
    assert [cell.value for cell in sheet[1]] == HEADERS == [column.header for column in COLUMNS]
    assert sheet.freeze_panes == "E2"
    assert HEADERS[FROZEN - 2] == "指标名称"
    assert sheet.column_dimensions["U"].hidden
    assert sheet.print_area == f"'指标明细'!$A$1:$J${len(standard()) + 1}"
    assert sheet.print_title_rows == "$1:$1"


def test_pandas_reads_numbers_where_numbers_should_be(data: bytes) -> None:
    frame = pd.read_excel(io.BytesIO(data), sheet_name="指标明细")
    records = standard()
    expected = [float(r.value or r.value_min or "nan") for r in records]
    assert frame["数值"].astype(float).tolist() == expected
    assert frame["上限"].dropna().tolist() == [4]
    assert frame["单位"].tolist()[4:7] == ["%", "%", "枚"]
    assert frame["记录键"].tolist() == [r.id for r in records]
    full = [
        "编号",
        "来源文件",
        "地区",
        "指标名称",
        "单位",
        "关系",
        "角色",
        "类型",
        "年度",
        "类别",
        "章节",
        "原文值",
        "来源句",
    ]
    assert not frame[full].isna().any().any()


def test_number_formats(book: openpyxl.Workbook) -> None:
    cells = {cell.value: cell.number_format for cell in book["指标明细"]["E"][1:]}
    assert cells[23207600] == "#,##0"
    assert cells[97.6] == cells[92.35] == "#,##0.0#"


def test_links_lead_to_the_sentence(book: openpyxl.Workbook) -> None:
    for row in book["指标明细"].iter_rows(min_row=2):
        source = row[HEADERS.index("来源句")]
        sheet, address = source.hyperlink.location.split("!")
        assert sheet == "'原文'"
        assert book["原文"][address].value == source.value


def test_values_are_red_in_the_sentence(data: bytes) -> None:
    red: list[str] = []
    for cell in load(data, rich_text=True)["原文"]["D"][1:]:
        assert isinstance(cell.value, CellRichText)
        red += [run.text for run in cell.value if isinstance(run, TextBlock) and run.font.color.rgb == "FFC00000"]
    assert sorted(red) == sorted(r.raw for r in standard())


def test_a_repeated_value_is_marked_where_it_stands() -> None:
    sentence = "新建2所，改建12所，扩建2所，撤并2.2所，再建 2 所。".replace(" ", "")
    at = sentence.rindex("2所，撤") + 1000
    one = record("2 所", sentence, "2", "所", start=at + 3, end=at + 6, sent_end=1000 + len(sentence) + 5)
    spans = value_spans(Plan([one], [], Limits()).sentences[0])
    assert [sentence[a:b] for a, b in spans] == ["2所"]
    assert spans[0][0] == sentence.rindex("2所，撤")


def test_the_review_list_holds_the_doubtful(book: openpyxl.Workbook) -> None:
    records = standard()
    unclear = {key for pair in pairs() if pair.verdict == "unclear" for key in (*pair.targets, *pair.actuals)}
    keys = [cell.value for cell in book["待复核"]["M"][1:]]
    assert keys == [r.id for r in records if r.confidence < 0.75 or r.layer == "ext" or r.id in unclear]


def test_targets_stand_against_results(data: bytes, book: openpyxl.Workbook) -> None:
    frame = pd.read_excel(io.BytesIO(data), sheet_name="目标完成对照")
    form = ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"]
    assert list(frame.columns)[:8] == form
    assert frame["年度指标值"].fillna("").tolist() == ["≥50个", "≥50个", "2—4个", "2—4个", ""]
    assert frame["实际完成值"].fillna("").tolist() == ["61个", "30名＋12个", "12个", "", "6369人次"]
    assert frame["完成率"].dropna().tolist() == [1.22, 0.84]
    assert frame["差额"].dropna().tolist() == [11, -8]
    assert frame["结论"].tolist() == ["超额完成", "未完成", "待判定", "未见结果", "无对应目标"]
    sheet = book["目标完成对照"]
    assert sheet["I2"].number_format == "0.0%"
    assert sheet["G2"].value == '=IF(OR(F2="",I2=""),"",ROUND(F2*MAX(0,MIN(1,I2)),2))'
    for row in sheet.iter_rows(min_row=2):
        for cell in row[12:14]:
            if cell.value:
                title, address = cell.hyperlink.location.split("!")
                assert cell.value.startswith(book[title.strip("'")][address].value)


def test_nothing_to_compare_is_said_with_the_reason() -> None:
    for role, missing in (("actual", "没有目标"), ("target", "没有完成情况")):
        records = [r for r in standard() if r.role == role]
        alone = [p for p in pairs() if not (p.targets and p.actuals)]
        alone = [p for p in alone if {*p.targets, *p.actuals} <= {r.id for r in records}]
        sheet = load(workbook.write_xlsx(records, [document()], alone))["目标完成对照"]
        assert missing in sheet["A2"].value
        assert not sheet.tables


def test_review_columns_offer_a_list(book: openpyxl.Workbook) -> None:
    for title, column in (("指标明细", "R"), ("待复核", "J")):
        (rule,) = book[title].data_validations.dataValidation
        assert rule.formula1 == "复核选项"
        assert str(rule.sqref).startswith(f"{column}2:{column}")
    place = book.defined_names["复核选项"].attr_text
    values = [cell.value for (cell,) in book["字典"][place.split("!")[1].replace("$", "")]]
    assert values == ["正确", "数值有误", "单位有误", "名称有误", "角色有误", "不是指标", "待查"]


def test_the_overview_counts_and_names_its_sources(book: openpyxl.Workbook) -> None:
    found = texts(book, "概览")
    assert "2024年度教育工作总结——指标汇总" in found
    assert SHA in found
    assert any("指标 14 条" in text and "govdoc " in text for text in found)
    assert len(book["概览"]._charts) == 1
    assert sum(1 for text in found if text in ("45160个", "2320.76万次")) == 2


def test_years_stand_side_by_side_and_contradictions_apart() -> None:
    def of(period: str, value: str, **more: Any) -> Indicator:
        return record(
            f"{value}个", f"{period}年新增学位{value}个。", value, "个", name="新增学位", period=period, **more
        )

    records = [
        of("2022", "300"),
        of("2023", "420"),
        of("2024", "22000"),
        of("2024", "15000"),
        of("2024", "9", role="target"),
    ]
    data = workbook.write_xlsx(records, [document()])
    frame = pd.read_excel(io.BytesIO(data), sheet_name="年度对比")
    assert list(frame.columns) == ["指标名称", "地区", "角色", "单位", "2022年", "2023年", "2024年", "备注"]
    assert frame[["2022年", "2023年"]].to_numpy().tolist() == [[300, 420]]
    assert frame["2024年"].isna().all()
    assert frame["备注"].tolist() == ["2024年有不同的数：22000个、15000个"]
    sheet, address = load(data)["年度对比"]["E2"].hyperlink.location.split("!")
    assert load(data)[sheet.strip("'")][address].value == records[0].sentence


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"bound": "ge"}, "≥50个"),
        ({"bound": "approx", "qualifier": "左右"}, "50个左右"),
        ({"bound": "approx", "qualifier": "约"}, "约50个"),
        ({"raw": "五十个"}, "50个"),
        ({"raw": "50", "unit": "", "unit_norm": "人"}, "50人"),
        ({"raw": "2 320.76万次", "unit": "次", "scale": "万"}, "2320.76万次"),
        ({"raw": "亚军", "number": None, "value": "2", "kind": "rank", "unit": "", "unit_norm": "名", "layer": "ext"},
         "亚军（第2名）"),
        ({"raw": "创新高", "number": None, "value": None, "layer": "ext"}, "创新高"),
        ({"raw": "2—4个", "number": None, "value": None, "bound": "range"}, "2—4个"),
    ],
)  # fmt: skip
def test_figures_are_written_as_a_clerk_writes_them(changes: dict[str, Any], expected: str) -> None:
    raw = changes.pop("raw", "50个")
    assert (
        written(record(raw, f"建设{raw}。", changes.pop("number", "50"), changes.pop("unit", "个"), **changes))
        == expected
    )


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


# The other formats


def test_json_lines_and_csv_use_the_field_names() -> None:
    lines = workbook.write_jsonl(standard()).splitlines()
    assert [json.loads(line)["value"] for line in lines][3] == "23207600"
    assert [Indicator.from_json(line) for line in lines] == standard()
    raw = workbook.write_csv(standard())
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    assert list(rows[0]) == list(Indicator.__struct_fields__)
    assert [row["value"] for row in rows] == [r.value or "" for r in standard()]
    assert rows[0]["section"] == "一、资源建设 / （一）扩优提质"


def test_a_lone_surrogate_in_json_lines_names_the_record() -> None:
    one = record("30名", "评选30名。", "30", "名", name="\ud800")
    with pytest.raises(ExportError, match=one.id):
        workbook.write_jsonl([one])
    assert "\ufffd" in workbook.write_csv([one]).decode()


def test_parquet_without_pyarrow_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ExportError) as caught:
        workbook.write_parquet(standard())
    assert caught.value.remedy == "pip install govdoc[parquet]"


def test_parquet_has_typed_columns() -> None:
    pytest.importorskip("pyarrow", reason="the parquet extra is not installed")
    frame = pd.read_parquet(io.BytesIO(workbook.write_parquet(standard())))
    assert list(frame.columns) == list(Indicator.__struct_fields__)
    assert frame["value"].tolist()[3] == 23207600.0
    assert frame["section"][0].tolist() == ["一、资源建设", "（一）扩优提质"]
    assert workbook.write_parquet(standard()) == workbook.write_parquet(standard())


def test_the_registry_names_every_format() -> None:
    assert list(workbook.FORMATS) == ["xlsx", "jsonl", "csv", "parquet"]
    assert workbook.write_indicators(standard(), [document()], ".CSV") == workbook.write_csv(standard())
    with pytest.raises(UsageError, match="xls"):
        workbook.write_indicators([], [], "xls")


# The package


def test_the_same_records_give_the_same_bytes(data: bytes) -> None:
    time.sleep(1.1)  # a second is what docProps can show
    assert workbook.write_xlsx(standard(), [document()], pairs()) == data
    with ZipFile(io.BytesIO(data)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.testzip() is None
        assert b"1980-01-01T00:00:00Z" in archive.read("docProps/core.xml")


def test_importing_the_room_loads_no_openpyxl() -> None:
    code = "import sys, govdoc.workbook; print([m for m in ('openpyxl', 'pyarrow', 'lxml') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_two_copies_of_a_file_are_two_sources() -> None:
    copy = [msgspec.structs.replace(r, source="copy/000.txt") for r in standard()]
    book = load(workbook.write_xlsx([*standard(), *copy], [document()]))
    assert [c.value for c in book["指标明细"]["A"][1:]] == list(range(1, 2 * len(copy) + 1))
    assert {c.value for c in book["指标明细"]["B"][1:]} == {"seeds/000.txt", "copy/000.txt"}


def test_libreoffice_opens_it(data: bytes, tmp_path: Path, require_tool: Callable[[str], str]) -> None:
    soffice, pdftotext = require_tool("soffice"), require_tool("pdftotext")
    (tmp_path / "book.xlsx").write_bytes(data)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), "book.xlsx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    shown = subprocess.run(
        [pdftotext, str(tmp_path / "book.pdf"), "-"], check=True, capture_output=True, text=True
    ).stdout
    for expected in ("评选优秀共产党员", "23,207,600", "97.6", "≥50个", "122.0%", "排名与荣誉", "正确"):
        assert expected in shown
    assert "Err:" not in shown
    assert "#NAME?" not in shown
