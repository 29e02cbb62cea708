"""Measuring what people write in ways of their own: doubtful digits, levels to start from, plans, signs, subjects."""

from __future__ import annotations

import pytest

from test_measure import core


@pytest.mark.parametrize(
    "text",
    ["2024 300人参加活动。", "1 500人参加培训。", "表1 200人。", "完成立项1.4所公办幼儿园。"],
)
def test_digits_that_may_not_be_the_number_are_for_a_person(text: str) -> None:
    (one,) = core(text)
    assert one.confidence < 0.5
    assert one.note is not None
    assert "待核" in one.note


def test_a_decimal_of_an_average_is_no_doubt() -> None:
    assert {one.note for one in core("生均图书30.5册，户均2.6人，受益1.2万人次。")} == {None}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("在2023年招生1500人的基础上，招生1600人。", [("1500", "baseline", "2023"), ("1600", "target", "2024")]),
        ("学位达到600个，比2023年的450个有所增加。", [("600", "target", "2024"), ("450", "baseline", "2023")]),
    ],
)
def test_levels_to_start_from(text: str, said: list[tuple[str, str, str]]) -> None:
    found = core(text, "2024年工作要点")
    assert [(one.value, one.role, one.period) for one in found] == said


@pytest.mark.parametrize("title", ["2024年工作总结", "关于商请支持的函", "会议纪要"])
def test_what_is_intended_or_needed_is_a_target(title: str) -> None:
    found = core("小学计划招生1450人，实际招生1430人，需新增建设用地12.6亩。", title)
    assert [one.role for one in found] == ["target", "actual", "target"]


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("优良率≥85%。", "ge"),
        ("优良率＞85%。", "gt"),
        ("近视率≤40%。", "le"),
        ("近视率﹤40%。", "lt"),
        ("力争排名前3位。", "le"),
    ],
)
def test_signs_and_places_are_bounds(text: str, bound: str) -> None:
    (one,) = core(text)
    assert one.bound == bound


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("普通高考特控线上线126人。", "高中教育"),
        ("起始年级大班额比例为3.1%，送教上门服务残疾学生25名。", "义务教育"),
        ("招聘紧缺学科教师45名。", "教师队伍"),
        ("一般公共预算教育支出增长5%，安排数字教育专项资金500万元。", "资源建设"),
        ("线上培训教师300人次，压减学科类培训机构5家。", "教师队伍"),
    ],
)
def test_categories_are_of_words_not_of_parts_of_them(text: str, category: str) -> None:
    assert core(text)[0].category == category


@pytest.mark.parametrize(
    "text",
    [
        "15.6月底前完成校舍安全隐患整改36处。",
        "于2024年11月30日前完成校舍安全隐患整改36处。",
        "在义务教育阶段学校完成校舍安全隐患整改36处。",
    ],
)
def test_a_time_or_a_place_is_nobody(text: str) -> None:
    (one,) = core(text)
    assert (one.name, one.subject) == ("完成校舍安全隐患整改", None)
