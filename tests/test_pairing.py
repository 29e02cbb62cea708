"""Targets against results: verdicts, sums, doubts."""

from __future__ import annotations

from pathlib import Path

import pytest

import govdoc
from govdoc.edits import Trace
from govdoc.indicator import Indicator
from govdoc.measuring import measure
from govdoc.measuring.pairing import Pairing, contradictions, pair
from govdoc.measuring.together import find_bonds, read_together
from govdoc.model import Block, Document, Main, SourceInfo

HERE = Path(__file__).resolve().parent


def records(title: str, text: str, number: int, office: str = "安平县教育局") -> list[Indicator]:
    """The records of a document of one paragraph."""
    block = Block("paragraph", text=text, span=(0, len(text)))
    main = Main(title=title, body=(block,), signature_orgs=(office,) if office else ())
    source = SourceInfo(f"{number}.txt", f"{number:064d}", 0, "utf-8")
    document = Document("govdoc.document/1", f"{number}#1", source, True, main=main)
    return measure([document.with_trace(Trace(text, text, ()))])


def matched(plan: str, summary: str) -> list[Pairing]:
    """The rows for a plan and a summary of one year."""
    return pair([*records("2024年工作要点", plan, 1), *records("2024年工作总结", summary, 2)])


@pytest.mark.parametrize(
    ("plan", "summary", "verdict", "rate", "difference"),
    [
        ("新增学位7000个。", "新增学位7110个。", "exceeded", "101.57", "110"),
        ("新增学位7000个。", "全年新增学位7000个。", "met", "100", "0"),
        ("新增学位7000个。", "新增学位6500个。", "not met", "92.86", "-500"),
        ("新增优质幼儿园4-5所。", "新增优质幼儿园5所。", "met", "100", "0"),
        ("新增优质幼儿园4-5所。", "新增优质幼儿园3所。", "not met", "75", "-1"),
        ("毛入园率达到90%—95%。", "毛入园率93%。", "met", "100", "0"),
        ("毛入园率达到90%—95%。", "毛入园率96.9%。", "exceeded", "102", "1.9"),
        ("新增学位约4.6万个。", "新增学位4.58万个。", "met", "99.57", "-200"),
        ("新增学位1万余个。", "新增学位9800个。", "unclear", "98", "-200"),
        ("培养骨干教师50名左右。", "培养骨干教师48名。", "unclear", "96", "-2"),
        ("培养骨干教师50名左右。", "培养骨干教师40名。", "not met", "80", "-10"),
        ("失业率控制在5.5%以内。", "失业率5.1%。", "exceeded", "107.84", "-0.4"),
        ("失业率控制在5.5%以内。", "失业率5.8%。", "not met", "94.83", "0.3"),
        ("规模以上工业增加值增长7%。", "规模以上工业增加值增长6.2%。", "not met", "88.57", "-0.8"),
    ],
)
def test_verdicts(plan: str, summary: str, verdict: str, rate: str, difference: str) -> None:
    (row,) = matched(plan, summary)
    assert (row.verdict, row.rate, row.difference) == (verdict, rate, difference)


@pytest.mark.parametrize(
    ("plan", "summary", "verdict", "rate"),
    [
        ("社区养老设施实现全覆盖。", "社区养老设施覆盖率达到100%。", "met", "100"),
        ("社区养老设施实现全覆盖。", "社区养老设施覆盖率达到98.5%。", "unclear", "98.5"),
        ("社区养老设施实现全覆盖。", "社区养老设施覆盖率超过100%。", "unclear", "100"),
        ("社区养老设施实现全覆盖。", "社区养老设施实现全覆盖。", "unclear", "100"),
        ("社区养老设施实现全覆盖。", "城区社区养老设施覆盖率达到100%。", "unclear", "100"),
        ("规模以上企业全部达标。", "规模以上企业达标率100%。", "unclear", "100"),
        ("确保校园安全零事故。", "全年发生校园安全事故0起。", "unclear", None),
        ("确保校园安全零事故。", "全年发生校园安全事故2起。", "unclear", None),
        ("确保校园安全零事故。", "未发生校园安全事故。", "unclear", None),
        ("确保校园安全零事故。", "全年发现校园安全隐患26起。", "unclear", None),
        ("基本普及学前教育。", "学前教育普及率98.2%。", "unclear", None),
        ("学前教育覆盖率达到100%。", "学前教育实现全覆盖。", "unclear", "100"),
        ("社区养老设施实现全覆盖。", "新建学校5所。", "no result found", None),
    ],
)
def test_goals_in_words_are_compared(plan: str, summary: str, verdict: str, rate: str | None) -> None:
    row, *_ = [one for one in matched(plan, summary) if one.target_ids]
    assert (row.verdict, row.rate) == (verdict, rate)
    assert row.verdict != "unclear" or row.reason


@pytest.mark.parametrize(
    ("plan", "summary", "why"),
    [
        ("竣工学校项目12个。", "12个学校项目开工。", "程度较弱"),
        ("创建省级示范学校10所。", "创建市级示范学校10所。", "限定不同"),
        ("新建初中学校5所。", "新建高中学校5所。", "限定不同"),
        ("服务考生12万人次。", "服务考生近12万人次。", "略低"),
        ("固定资产投资增长5%。", "固定资产投资下降5%。", ""),
        ("建设万亿级产教融合共同体3个。", "组建行业产教融合共同体18个。", "限定语不同"),
        ("建设名师工作室20个。", "建成乡村名师工作坊20个。", "乡村"),
    ],
)
def test_a_doubt_is_never_met(plan: str, summary: str, why: str) -> None:
    rows = matched(plan, summary)
    assert not {"met", "exceeded"} & {row.verdict for row in rows}
    assert any(why in row.reason for row in rows)


@pytest.mark.parametrize(
    ("plan", "summary"),
    [
        ("新增学位7000个。", "查处案件9起。"),
        ("培训教师300名。", "培训教师经费300万元。"),
        ("本科达线率达到90%。", "新建学校90所。"),
    ],
)
def test_unlike_things_are_not_paired(plan: str, summary: str) -> None:
    assert {row.verdict for row in matched(plan, summary)} == {"no result found", "result without target"}


def test_numbers_of_items_do_not_part_a_pair() -> None:
    (row,) = matched("3.全年教育经费投入12.5亿元。", "5.全年教育经费投入12.8亿元。")
    assert (row.verdict, row.rate, row.difference) == ("exceeded", "102.4", "30000000")


def test_what_is_wanting_meets_no_target() -> None:
    rows = matched("教师缺编控制在150人以内。", "新建学校5所。存在问题：教师结构性缺编约120人。")
    assert [row.verdict for row in rows] == ["no result found", "result without target"]


def test_targets_that_add_up_to_one_result() -> None:
    plan = "建设30所“园丁先锋”示范学校，评选60个“园丁先锋”示范党支部，100名优秀教师为“园丁先锋”示范岗。"
    (row,) = matched(plan, "选树“园丁先锋”示范学校、示范党支部、示范岗190个。")
    assert row.verdict == "met"
    assert (len(row.target_ids), len(row.actual_ids)) == (3, 1)
    assert row.rate == "100"
    assert "30所" in row.reason
    assert "100名" in row.reason


def test_a_sum_with_a_weaker_verb_is_unclear() -> None:
    plan = "2024年拟新建学校22所、改扩建学校15所。"
    (row,) = matched(plan, "列入实事项目的37所新建改扩建学校全部开工。")
    assert row.verdict == "unclear"
    assert len(row.target_ids) == 2
    assert "程度较弱" in row.reason


def test_other_places_and_years_stay_apart() -> None:
    plan = records("2024年工作要点", "新增学位7000个。", 1)
    elsewhere = records("2024年工作总结", "新增学位7110个。", 2, office="青山县教育局")
    later = records("2025年工作总结", "新增学位7110个。", 3)
    assert pair([*plan, *elsewhere]) == []
    assert pair([*plan, *later]) == []


def test_one_document_is_not_paired_with_itself() -> None:
    assert pair(records("2024年工作总结", "新增学位7110个，力争新增学位8000个。", 1)) == []


def test_every_record_stands_in_one_row() -> None:
    rows = matched("新增学位7000个，新建学校12所，培训教师300人。", "新增学位7110个，查处案件9起，培训教师280人。")
    targets = [one for row in rows for one in row.target_ids]
    actuals = [one for row in rows for one in row.actual_ids]
    assert len(targets) == len(set(targets)) == 3
    assert len(actuals) == len(set(actuals)) == 3
    assert sorted(row.verdict for row in rows) == ["exceeded", "no result found", "not met", "result without target"]


def test_contradictions_are_reported() -> None:
    found = contradictions(records("2024年工作总结", "新增学位2.2万个。其中城区。全年新增学位1.5万个。", 1))
    assert [one.values for one in found] == [("22000个", "15000个")]
    assert contradictions(records("2024年工作总结", "新增学位2.2万个。全年新增学位2.2万个。", 1)) == []


def test_rows_survive_json() -> None:
    for row in matched("新增学位7000个。", "新增学位7110个。"):
        assert Pairing.from_json(row.to_json()) == row


def test_a_real_plan_and_its_summary() -> None:
    paths = [next((HERE.parent / "seeds").glob(f"{number}_*.txt")) for number in ("001", "004")]
    measured = [one for path in paths for one in govdoc.measure(govdoc.parse(path))]
    names = {one.id: one.name for one in measured}
    rows = {tuple(names[i] for i in row.target_ids): row for row in pair(measured)}
    assert rows["新增学位",].verdict == "met"
    assert rows["开设青少年暑托班",].verdict == "exceeded"
    assert rows["新建学校", "改扩建学校"].verdict == "unclear"
    assert rows["扩增老年教育学位",].verdict == "unclear"
    assert rows["建设万亿级产教融合共同体",].verdict == "unclear"
    assert rows["打造“课程思政”优秀课例",].verdict == "no result found"


def bonds(*texts: str) -> list[tuple[str, int, int]]:
    """The kind and places of the bonds between documents of these texts."""
    read = [read_together(govdoc.parse(text)[0]) for text in texts]
    return [(bond.kind, bond.plan, bond.other) for bond in find_bonds(read)]


def office_text(title: str, agency: str, year: int) -> str:
    """A document with two numbered items, signed."""
    items = "1.扩大学位供给。新建学校5所，新增学位3000个。\n\n2.建设平安校园。实现监控全覆盖，消除隐患12处。\n\n"
    return f"{title}\n\n一、主要工作\n\n{items}{agency}\n{year}年2月3日\n"


def test_which_documents_belong_together() -> None:
    plan = office_text("安平县教育局2024年工作要点", "安平县教育局", 2024)
    last = office_text("安平县教育局2023年工作要点", "安平县教育局", 2023)
    summary = office_text("安平县教育局2024年工作总结", "安平县教育局", 2025)
    health = office_text("安平县卫生健康局2024年工作总结", "安平县卫生健康局", 2025)
    elsewhere = office_text("青山县教育局2024年工作总结", "青山县教育局", 2025)
    assert bonds(plan, last, summary, health, elsewhere) == [("result", 0, 2), ("last plan", 0, 1)]
    assert bonds(plan, elsewhere, health) == []


def test_a_person_says_what_belongs_together() -> None:
    plan = office_text("安平县教育局2024年工作要点", "安平县教育局", 2024)
    summary = office_text("安平县教育局2024年工作总结", "安平县教育局", 2025)
    elsewhere = office_text("青山县教育局2024年工作总结", "青山县教育局", 2025)
    read = [read_together(govdoc.parse(text)[0]) for text in (plan, summary, elsewhere)]
    assert [(one.plan, one.other) for one in find_bonds(read, [(0, 2)])] == [(0, 2)]
    target = records("2024年工作要点", "新增学位7000个。", 1)
    results = [
        *records("2024年工作总结", "新增学位6000个。", 2),
        *records("2024年工作总结", "新增学位7110个。", 3, "青山县教育局"),
    ]
    (row,) = [one for one in pair([*target, *results], [("1#1", "3#1")]) if one.target_ids]
    assert (row.verdict, row.actual_ids) == ("exceeded", (results[1].id,))


def test_agencies_of_one_place_stay_apart() -> None:
    plan = records("2024年工作要点", "新增托位600个。", 1, "安平县教育局")
    assert pair([*plan, *records("2024年工作总结", "新增托位700个。", 2, "安平县卫生健康局")]) == []
    (row,) = pair([*plan, *records("2024年工作总结", "新增托位700个。", 2, "安平县教育体育局")])
    assert row.verdict == "exceeded"


def test_a_place_that_is_not_known_is_not_taken_for_another() -> None:
    plan = records("2024年武进教育工作要点", "新增学位7000个。", 1, "")
    assert pair([*plan, *records("2024年工作总结", "新增学位7110个。", 2)]) == []
