"""The workbook: Excel's laws counted, injection, reproducibility, and what other programs read in it."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import msgspec
import openpyxl
import pandas as pd
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock

import govdoc
from govdoc import workbook
from govdoc.errors import ExportError, UsageError
from govdoc.indicator import Indicator
from govdoc.workbook import Limits
from govdoc.workbook.columns import COLUMNS, FROZEN
from govdoc.workbook.plan import Plan, value_spans
from govdoc.workbook.terms import written
from workbook_records import SHA, document, load, pairs, record, standard, texts

SHEETS = ["概览", "指标明细", "目标完成对照", "排名与荣誉", "待复核", "原文", "字典"]
HEADERS = [
    "编号", "来源文件", "地区", "指标名称", "数值", "上限", "单位", "关系", "限定词", "角色", "类型", "年度", "主体",
    "类别", "章节", "原文值", "来源句", "复核", "置信度", "备注", "记录键", "核对码",
]  # fmt: skip


@pytest.fixture(scope="module")
def data() -> bytes:
    return workbook.write_xlsx(standard(), [document()], pairs())


@pytest.fixture(scope="module")
def book(data: bytes) -> openpyxl.Workbook:
    return load(data)


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
    spans = value_spans(next(Plan([one], [], Limits()).sentences()))
    assert [sentence[a:b] for a, b in spans] == ["2所"]
    assert spans[0][0] == sentence.rindex("2所，撤")


def test_every_value_of_the_seeds_is_marked_in_its_sentence(seeds: list[Path]) -> None:
    documents = [document for seed in seeds for document in govdoc.parse(seed)]
    records = govdoc.measure(documents)
    sentences = list(Plan(records, documents, Limits()).sentences())
    assert len(sentences) > 50
    for sentence in sentences:
        values = [raw for _, raw in sorted({(r.start, "".join(r.raw.split())) for r in sentence.records})]
        assert [sentence.text[a:b] for a, b in value_spans(sentence)] == values


def test_the_review_list_holds_the_doubtful(book: openpyxl.Workbook) -> None:
    records = standard()
    unclear = {key for pair in pairs() if pair.verdict == "unclear" for key in (*pair.target_ids, *pair.actual_ids)}
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
    assert frame["对照说明"].tolist()[2] == "说明unclear；如对应成立，完成率为400%"
    assert frame["结论"].tolist() == ["超额完成", "未完成", "待判定", "未见结果", "无对应目标"]
    sheet = book["目标完成对照"]
    assert sheet["I2"].number_format == "0.0%"
    assert sheet["G2"].value == '=IF(OR(F2="",I2="",K2<>"超额完成"),"",ROUND(F2*MAX(0,MIN(1,I2)),2))'
    for row in sheet.iter_rows(min_row=2):
        for cell in row[12:14]:
            if cell.value:
                title, address = cell.hyperlink.location.split("!")
                assert cell.value.startswith(book[title.strip("'")][address].value)


def test_pairs_are_made_where_none_are_given() -> None:
    frame = pd.read_excel(io.BytesIO(workbook.write_xlsx(standard()[-2:], [document()])), sheet_name="目标完成对照")
    assert frame["三级指标"].isna().all() or frame["结论"].isna().all(), "one document is not set against itself"
    records = standard()[-2:]
    records[1] = msgspec.structs.replace(records[1], document_id="other#1", source="seeds/001.txt")
    frame = pd.read_excel(io.BytesIO(workbook.write_xlsx(records, [document()])), sheet_name="目标完成对照")
    assert frame[["三级指标", "年度指标值", "实际完成值", "结论"]].to_numpy().tolist() == [
        ["建设智慧校园", "≥50个", "61个", "超额完成"]
    ]
    assert frame["完成率"].tolist() == [1.22]


def test_nothing_to_compare_is_said_with_the_reason() -> None:
    for role, missing in (("actual", "没有目标"), ("target", "没有完成情况")):
        records = [r for r in standard() if r.role == role]
        alone = [p for p in pairs() if not (p.target_ids and p.actual_ids)]
        alone = [p for p in alone if {*p.target_ids, *p.actual_ids} <= {r.id for r in records}]
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
    assert [chart_title(chart) for chart in book["概览"]._charts] == ["各类别指标数", "对照结论"]
    assert sum(1 for text in found if text in ("45160个", "2320.76万次")) == 2


def chart_title(chart: Any) -> str:
    return "".join(run.t for run in chart.title.tx.rich.p[0].r)


def test_the_charts_show_what_the_tables_beside_them_count(data: bytes) -> None:
    sheet = load(data)["概览"]
    for chart in sheet._charts:
        (series,) = chart.series
        words, figures = (
            [cell.value for (cell,) in sheet[ref.split("!")[1].replace("$", "")]]
            if ":" in ref
            else [sheet[ref.split("!")[1].replace("$", "")].value]
            for ref in (series.cat.numRef.f, series.val.numRef.f)
        )
        expected = {
            "各类别指标数": {"资源建设": 14},
            "对照结论": {"超额完成": 1, "完成": 0, "未完成": 1, "待判定": 1, "未见结果": 1, "无对应目标": 1},
        }[chart_title(chart)]
        assert dict(zip(words, figures, strict=True)) == expected
    alone = load(workbook.write_xlsx([r for r in standard() if r.role == "actual"], [document()]))["概览"]
    assert [chart_title(chart) for chart in alone._charts] == ["各类别指标数", "各类型指标数"]


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
    assert list(frame.columns) == ["指标名称", "地区", "角色", "单位", "2022年", "2023年", "2024年", "所含名称", "备注"]
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
        ({"raw": "9成", "number": "9", "unit": "成", "unit_norm": "%"}, "9成"),
        ({"raw": "2—4个", "number": None, "value": None, "bound": "range"}, "2—4个"),
    ],
)  # fmt: skip
def test_figures_are_written_as_a_clerk_writes_them(changes: dict[str, Any], expected: str) -> None:
    raw = changes.pop("raw", "50个")
    assert (
        written(record(raw, f"建设{raw}。", changes.pop("number", "50"), changes.pop("unit", "个"), **changes))
        == expected
    )


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
