"""A result that says 未能, 开工, 近三年, 全市 or 预计, or is another school's, is never taken for 完成."""

from __future__ import annotations

import pytest

import govdoc
from govdoc.indicator import Indicator
from govdoc.measuring.pairing import Pairing, pair

PLAN, SUMMARY = ("工作要点", "2024年2月3日"), ("工作总结", "2024年12月30日")


def read(kind: tuple[str, str], item: str) -> list[Indicator]:
    """The records of a plan or a summary of one item."""
    title, day = kind
    text = f"云和县教育局2024年{title}\n\n一、任务\n\n{item}\n\n云和县教育局\n{day}\n"
    return govdoc.measure(govdoc.parse(text))


def rows_of(plan: str, summary: str) -> dict[str, Pairing]:
    """The rows that have a target, by the target's name."""
    return {row.name: row for row in pair([*read(PLAN, plan), *read(SUMMARY, summary)]) if row.target_ids}


SEATS = "新增学位450个。"
BUILT = "新建幼儿园5所。"
JUNE = "6月底前完成学校改造12所。"
HIRED = "公开招聘教师120名。"


@pytest.mark.parametrize(
    ("plan", "summary", "why"),
    [
        (SEATS, "未能新增学位450个。", "否定"),
        (SEATS, "未能实现新增学位450个的目标。", "否定"),
        (SEATS, "距新增学位450个的目标还差30个。", "差距"),
        (SEATS, "没有完成新增学位450个的任务。", "否定"),
        (SEATS, "尚未新增学位450个。", "否定"),
        (SEATS, "仍需新增学位450个。", "需"),
        (SEATS, "计划新增学位450个。", "计划"),
        (SEATS, "拟新增学位450个。", "计划"),
        (SEATS, "预期新增学位450个。", "预期"),
        (SEATS, "原计划新增学位500个，实际新增450个。", "计划为500个"),
        (SEATS, "离新增学位450个的目标还有差距。", "差距"),
        (SEATS, "新增学位450个的目标没有实现。", "没有实现"),
        (BUILT, "新建幼儿园5所，其中3所尚未完工。", "尚未"),
        ("县一中新建宿舍楼1幢，新增床位600张。", "县二中新建宿舍楼1幢，新增床位600张。", "主体不同"),
        ("云和中学新建宿舍楼1幢。", "县图书馆新建宿舍楼1幢。", "主体不同"),
        ("江滨实验小学新增学位90个。", "崇头镇小学新增学位90个。", "主体不同"),
        ("城东幼儿园新增学位90个。", "城西幼儿园新增学位90个。", "主体不同"),
        ("在县一中新建宿舍楼1幢。", "在县二中新建宿舍楼1幢。", "主体不同"),
        ("新增床位600张。", "县二中新增床位600张。", "主体不同"),
        ("完成县一中宿舍楼建设1幢。", "完成县二中宿舍楼建设1幢。", "各有所指"),
        ("新建城东幼儿园1所。", "新建城西幼儿园1所。", "各有所指"),
        ("县一中新增床位600张。", "云和县第一中学新增床位600张。", "写法不一"),
        (BUILT, "开工幼儿园5所。", "程度较弱"),
        (BUILT, "启动幼儿园建设5所。", "程度较弱"),
        (BUILT, "立项建设幼儿园5所。", "程度较弱"),
        (BUILT, "在建幼儿园5所。", "程度较弱"),
        (BUILT, "推进幼儿园建设5所。", "程度较弱"),
        (BUILT, "5所幼儿园主体封顶。", "程度较弱"),
        (BUILT, "完成5所幼儿园招标。", "程度较弱"),
        (BUILT, "签约幼儿园5所。", "程度较弱"),
        (BUILT, "新建幼儿园5所，已开工。", "程度较弱"),
        (BUILT, "新建幼儿园5所，新增学位450个，均已开工。", "程度较弱"),
        ("投用幼儿园5所。", "建成幼儿园5所。", "程度较弱"),
        (SEATS, "近三年新增学位450个。", "时间范围"),
        (SEATS, "“十四五”以来新增学位450个。", "时间范围"),
        (SEATS, "上半年新增学位450个。", "时间范围"),
        (SEATS, "累计新增学位450个。", "累计"),
        (SEATS, "截至2024年底，累计新增学位450个。", "累计"),
        (SEATS, "全市新增学位450个。", "地区范围"),
        (SEATS, "预计新增学位450个。", "预计"),
        (JUNE, "截至12月完成学校改造12所。", "时限"),
        (JUNE, "完成学校改造12所。", "时限"),
        ("培养研究生学历教师20名。", "研究生学历教师达到20名。", "总数"),
        (SEATS, "新增学位450个，完成率不足目标。", "否定"),
        (SEATS, "仅新增学位450个，未达预期。", "否定"),
        (SEATS, "新增学位450个（未投用）。", "否定"),
        (SEATS, "完成目标的80%，新增学位450个。", "一部分"),
        (SEATS, "过去三年，新增学位450个。", "时间范围"),
        (SEATS, "自2021年以来，新增学位450个。", "时间范围"),
        (SEATS, "建成后可新增学位450个。", "不确定"),
        (SEATS, "莲都区新增学位450个。", "主体不同"),
        (BUILT, "新建5所幼儿园，已完成主体建设。", "程度较弱"),
        (BUILT, "新建幼儿园5所，完成投资80%。", "一部分"),
        ("一季度完成招聘教师50名。", "全年完成招聘教师50名。", "时限"),
        ("县一中：新增学位450个。", "县二中：新增学位450个。", "主体不同"),
        ("实验小学、江滨小学新增学位90个。", "实验小学新增学位90个。", "主体不同"),
        ("对县一中等3所学校开展督导。", "对县二中等3所学校开展督导。", "所列单位不同"),
        ("崇头镇新建幼儿园1所。", "石塘镇新建幼儿园1所。", "主体不同"),
        ("创建示范校1所。", "创建县级示范校1所。", "限定不同"),
    ],
)
def test_what_the_words_around_deny_is_left_to_a_person(plan: str, summary: str, why: str) -> None:
    for row in rows_of(plan, summary).values():
        assert row.verdict in ("unclear", "no result found")
    assert any(why in row.reason for row in rows_of(plan, summary).values())


@pytest.mark.parametrize(
    ("plan", "summary"),
    [
        (SEATS, "新增学位450个。"),
        (SEATS, "全年全县新增学位450个，完成年度目标。"),
        (SEATS, "2024年累计新增学位450个。"),
        (SEATS, "近三年累计新增学位2100个，今年新增学位450个。"),
        ("县教育局新增学位450个。", "新增学位450个。"),
        ("全县新增学位450个。", "新增学位450个。"),
        ("县一中新增床位600张。", "县一中新增床位600张。"),
        ("公办幼儿园新增学位450个。", "全县公办幼儿园新增学位450个。"),
        (BUILT, "新建幼儿园5所，全部投入使用。"),
        ("推进幼儿园建设5所。", "推进幼儿园建设5所。"),
        ("云和县江滨实验小学新增学位90个。", "江滨实验小学新增学位90个。"),
        ("年底前完成学校改造12所。", "完成学校改造12所。"),
        (BUILT, "新建幼儿园项目5个。"),
        (JUNE, "5月完成学校改造12所。"),
        (JUNE, "如期完成学校改造12所。"),
        (HIRED, "公开招聘教师120名，有效缓解师资缺口。"),
        ("研究生学历教师达到20名。", "研究生学历教师达到20名。"),
        ("累计培训教师300名。", "累计培训教师300名。"),
    ],
)
def test_a_plain_result_is_still_met(plan: str, summary: str) -> None:
    assert {row.verdict for row in rows_of(plan, summary).values()} == {"met"}


def test_what_has_its_own_target_is_never_added_to_another() -> None:
    for summary in ("引进名校长1名、名教师2名。", "名校长1名、名教师2名。"):
        rows = rows_of("引进名校长1名、名教师3名以上。", summary)
        assert {name: row.verdict for name, row in rows.items()} == {"引进名校长": "met", "引进名教师": "not met"}
    rows = rows_of("培育县级名师工作室10个、市级名师工作室2个。", "培育县级名师工作室8个、市级名师工作室2个。")
    assert {name: row.verdict for name, row in rows.items()} == {
        "培育县级名师工作室": "not met",
        "培育市级名师工作室": "met",
    }


def test_no_row_speaks_for_a_lack() -> None:
    rows = rows_of("新增学位450个，新建幼儿园5所。", "学位缺口450个，新建幼儿园5所。")
    assert {name: row.verdict for name, row in rows.items()} == {"新增学位": "no result found", "新建幼儿园": "met"}


@pytest.mark.parametrize(
    ("plan", "summary", "rows"),
    [
        (HIRED, "计划公开招聘教师120名，实际招聘118名。", {"公开招聘教师": ("not met", "98.33")}),
        (HIRED, "计划公开招聘教师120名，实际公开招聘教师120名。", {"公开招聘教师": ("met", "100")}),
        (
            "投入1.2亿元改善办学条件。",
            "全年计划投入1.2亿元，实际投入9850万元。",
            {"投入改善办学条件": ("not met", "82.08")},
        ),
        (
            SEATS,
            "新增学位450个。全年计划投入1.2亿元，实际投入9850万元。",
            {"新增学位": ("met", "100"), "投入": ("not met", "82.08")},
        ),
    ],
)
def test_a_plan_within_a_summary_is_answered_there(
    plan: str, summary: str, rows: dict[str, tuple[str, str | None]]
) -> None:
    assert {name: (row.verdict, row.rate) for name, row in rows_of(plan, summary).items()} == rows


def test_next_years_plans_in_a_summary_answer_nothing() -> None:
    plan = read(PLAN, "新增学位450个，到2025年毛入园率达到99%。")
    summary = read(SUMMARY, "新增学位450个。2025年力争新增学位500个。")
    assert [(row.name, row.verdict) for row in pair([*plan, *summary])] == [("新增学位", "met")]
