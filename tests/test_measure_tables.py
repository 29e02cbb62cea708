"""Measuring figures in tables: names from row labels and heads, units, years, roles."""

from __future__ import annotations

import re

import govdoc
from govdoc.edits import Trace
from govdoc.indicator import Indicator
from govdoc.measuring import measure
from govdoc.model import Block, Cell, Document, Main, SourceInfo

TABLE = """关于印发2025年重点指标的通知

一、主要指标

2025年主要指标如下。

指标\t单位\t2024年实际\t2025年目标
学前三年毛入园率\t%\t98.6\t≥99
新增学位\t个\t4600\t5,200
生均公用经费（元）\t元\t1200\t1250.5

某某市教育局
2025年1月3日
"""


def test_tables() -> None:
    records = govdoc.measure(govdoc.parse(TABLE))
    assert all(TABLE[one.start : one.end] == one.raw for one in records)
    assert [(one.name, one.value, one.unit, one.role, one.period, one.bound) for one in records] == [
        ("学前三年毛入园率", "98.6", "%", "actual", "2024", "eq"),
        ("学前三年毛入园率", "99", "%", "target", "2025", "ge"),
        ("新增学位", "4600", "个", "actual", "2024", "eq"),
        ("新增学位", "5200", "个", "target", "2025", "eq"),
        ("生均公用经费", "1200", "元", "actual", "2024", "eq"),
        ("生均公用经费", "1250.5", "元", "target", "2025", "eq"),
    ]


_SPAN = re.compile(r"(.*)\^(\d)×(\d)")


def _cell(text: str) -> Cell:
    """A cell; ``项目^2×1`` is two rows high and one column wide."""
    found = _SPAN.fullmatch(text)
    return Cell(found[1], int(found[2]), int(found[3])) if found else Cell(text)


def tabled(*rows: str) -> list[Indicator]:
    """The records of a table of these rows, whose source is its text."""
    cells = tuple(tuple(_cell(text) for text in row.split("\t")) for row in rows)
    text = "\n".join("\t".join(cell.text for cell in row) for row in cells)
    main = Main(title="2024年工作总结", body=(Block("table", span=(0, len(text)), rows=cells),))
    document = Document("govdoc.document/1", "0#1", SourceInfo("x.txt", "0" * 64, 0, "utf-8"), True, main=main)
    found = measure([document.with_trace(Trace(text, text, ()))])
    assert all(text[one.start : one.end] == one.raw for one in found)
    assert all(one.sent_start <= one.start < one.end <= one.sent_end for one in found)
    return found


def test_rows_with_empty_or_missing_cells() -> None:
    found = tabled(
        "学校\t班级\t学位（个）\t达标", "一中\t12\t600\t", "二中\t8\t360\t是", "三中\t9", "四中\t7\t300\t是\t"
    )
    assert [(one.name, one.value, one.unit, one.sentence) for one in found] == [
        ("一中班级", "12", "", "一中｜12｜600"),
        ("一中学位", "600", "个", "一中｜12｜600"),
        ("二中班级", "8", "", "二中｜8｜360｜是"),
        ("二中学位", "360", "个", "二中｜8｜360｜是"),
        ("三中班级", "9", "", "三中｜9"),
        ("四中班级", "7", "", "四中｜7｜300｜是"),
        ("四中学位", "300", "个", "四中｜7｜300｜是"),
    ]


def test_plain_numbers_count_a_noun_only() -> None:
    found = tabled("学校\t班级数\t教师\t档次\t序号", "实验 小学\t12\t30\t3\t1", "1.一 中\t8\t25\t2\t2")
    assert [(one.name, one.value, one.unit_norm) for one in found] == [
        ("实验 小学班级数", "12", ""),
        ("实验 小学教师", "30", "人"),
        ("一中班级数", "8", ""),
        ("一中教师", "25", "人"),
    ]
    assert tabled("姓名\t班级\t档次", "王小明\t3\t2", "李小红\t4\t1") == []


def read(*rows: str) -> list[tuple[str, str | None, str]]:
    """Name, value and unit of each figure of a table."""
    return [(one.name, one.value, one.unit) for one in tabled(*rows)]


def test_a_row_merged_across_is_the_title_and_heads_of_two_rows_are_one() -> None:
    assert read(
        "2024年一般公共预算收支情况表（单位：万元）^1×4",
        "项目^2×1\t2024年^1×2\t上年决算数^2×1",
        "预算数\t完成预算（%）",
        "税收收入\t372,500\t102.4\t372924",
    ) == [("税收收入预算数", "3725000000", "元"), ("税收收入完成预算", "102.4", "%"), ("税收收入", "3729240000", "元")]
    found = tabled("项目^2×1\t2024年^1×2\t上年决算数^2×1", "预算数\t执行数", "税收收入（万元）\t37\t38\t36")
    assert [(one.role, one.period) for one in found] == [("target", "2024"), ("actual", "2024"), ("actual", "2023")]


def test_heads_over_several_columns_belong_to_each() -> None:
    assert read("职称^2×1\t专任教师^1×2\t外聘教师^1×2", "人数\t比例\t人数\t比例", "正高级\t148\t14.5\t21\t10.1") == [
        ("正高级专任教师人数", "148", ""),
        ("正高级专任教师比例", "14.5", "%"),
        ("正高级外聘教师人数", "21", ""),
        ("正高级外聘教师比例", "10.1", "%"),
    ]


def test_units_may_stand_in_a_row_of_their_own() -> None:
    assert read("指标\t产值\t增速", "\t（亿元）\t（%）", "粮食加工\t12.5\t6.1") == [
        ("粮食加工产值", "1250000000", "元"),
        ("粮食加工增速", "6.1", "%"),
    ]


def test_what_sorts_the_rows_is_no_name() -> None:
    rows = (
        "类别\t指标\t单位\t数量",
        "种植业^2×1\t产量\t万吨\t39.6",
        "面积\t万亩\t86.4",
        "养殖业^2×1\t产量\t万吨\t5.1",
        "存栏\t万头\t18.7",
    )
    assert [name for name, _, _ in read(*rows)] == ["种植业产量", "种植业面积", "养殖业产量", "养殖业存栏"]


def test_parts_and_totals_say_of_what() -> None:
    assert [
        name for name, _, _ in read("项目\t金额（万元）", "税收收入\t900", "其中：增值税\t500", "非税收入\t100")
    ] == [
        "税收收入金额",
        "税收收入中增值税金额",
        "非税收入金额",
    ]
    (total,) = read("表1 2024年各县新增学位情况表^1×2", "地区\t数量（个）", "合计\t900")
    assert total == ("新增学位合计", "900", "个")


def test_a_change_has_the_unit_of_its_head_not_of_its_row() -> None:
    _, grown, fallen = tabled(
        "指标\t单位\t2024年\t比上年增减（%）", "粮食产量\t万吨\t39.6\t2.1", "油料产量\t万吨\t-\t-3.4"
    )
    assert [(one.value, one.unit, one.kind, one.direction) for one in (grown, fallen)] == [
        ("2.1", "%", "change", "up"),
        ("-3.4", "%", "change", "down"),
    ]


def test_rows_of_years_and_tables_side_by_side() -> None:
    found = tabled("年份\t毕业生（人）\t就业率", "2023年\t4010\t91.2", "2024\t4128\t92.6")
    assert [(one.name, one.value, one.period) for one in found] == [
        ("毕业生", "4010", "2023"),
        ("就业率", "91.2", "2023"),
        ("毕业生", "4128", "2024"),
        ("就业率", "92.6", "2024"),
    ]
    assert read("指标\t数值\t指标\t数值", "教学楼（栋）\t12\t图书（万册）\t156.3") == [
        ("教学楼", "12", "栋"),
        ("图书", "1563000", "册"),
    ]


def test_a_merged_figure_belongs_to_no_row() -> None:
    assert [name for name, _, _ in read("项目\t数量（个）\t投资（万元）", "甲村项目\t2\t300^2×1", "乙村项目\t3")] == [
        "甲村项目",
        "乙村项目",
    ]
