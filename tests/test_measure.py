"""Measuring: the labelled documents, the cases, and what holds for every record."""

from __future__ import annotations

import time
import tomllib
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

import govdoc
from govdoc.edits import Trace
from govdoc.indicator import Indicator
from govdoc.measuring import measure
from govdoc.measuring.quantities import read_number, scan
from govdoc.measuring.roles import Stance, role_in, stance_of_title
from govdoc.model import Block, Document, Main, SourceInfo
from score_indicators import FIELDS, labels, score

HERE = Path(__file__).resolve().parent
LABELLED = ("000", "002", "003")
Cases = dict[str, list[dict[str, object]]]


def one_line(text: str, title: str = "2024年工作总结") -> Document:
    """A document of one paragraph whose source is its text."""
    block = Block("paragraph", text=text, span=(0, len(text)))
    main = Main(title=title, body=(block,))
    document = Document("govdoc.document/1", "0#1", SourceInfo("x.txt", "0" * 64, 0, "utf-8"), True, main=main)
    return document.with_trace(Trace(text, text, ()))


def core(text: str, title: str = "2024年工作总结") -> list[Indicator]:
    """The core records of one paragraph."""
    return [one for one in measure([one_line(text, title)]) if one.layer == "core"]


def cases(name: str) -> list[tuple[str, dict[str, object]]]:
    """The cases of a file, with their kind."""
    table: Cases = tomllib.loads((HERE / "cases" / f"{name}.toml").read_text(encoding="utf-8"))
    return [(kind, case) for kind, found in table.items() for case in found]


def by_text(found: list[tuple[str, dict[str, object]]]) -> list[object]:
    """Pytest parameters, each named by its sentence."""
    return [pytest.param(case, id=str(case["text"])[:28]) for _, case in found]


@pytest.fixture(scope="module")
def records_of() -> Callable[[str], list[Indicator]]:
    """The records of a seed by its number."""
    known: dict[str, list[Indicator]] = {}

    def measured(number: str) -> list[Indicator]:
        if number not in known:
            path = next((HERE.parent / "seeds").glob(f"{number}_*.txt"))
            known[number] = govdoc.measure(govdoc.parse(path))
        return known[number]

    return measured


@pytest.mark.parametrize("number", LABELLED)
def test_labelled_documents(number: str, records_of: Callable[[str], list[Indicator]]) -> None:
    result = score(labels(HERE / "data" / "indicators" / f"{number}.jsonl"), records_of(number))
    assert result.f1 >= 0.97
    assert result.name_share >= 0.85
    assert {name: result.field_share(name) >= 0.95 for name in FIELDS} == dict.fromkeys(FIELDS, True)


def test_the_scorer_sees_mistakes(records_of: Callable[[str], list[Indicator]]) -> None:
    wanted = labels(HERE / "data" / "indicators" / "003.jsonl")
    assert score(wanted, []).f1 == 0
    assert score(wanted, records_of("000")).right == 0
    assert score(wanted, [*records_of("003"), *records_of("000")]).f1 < 0.5


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_offsets_are_of_the_source(number: str, records_of: Callable[[str], list[Indicator]]) -> None:
    path = next((HERE.parent / "seeds").glob(f"{number}_*.txt"))
    source = path.read_bytes().decode("utf-8")
    records = records_of(number)
    assert records
    for one in records:
        assert source[one.start : one.end] == one.raw
        assert one.sent_start <= one.start < one.end <= one.sent_end
        assert "".join(one.raw.split()) in one.sentence


def test_ids_are_unique_and_links_resolve(records_of: Callable[[str], list[Indicator]]) -> None:
    records = [one for number in ("000", "001", "002", "003", "004") for one in records_of(number)]
    ids = {one.id for one in records}
    assert len(ids) == len(records)
    assert {one.link for one in records if one.link} <= ids
    assert any(one.relation == "subset_of" for one in records)


def test_records_survive_json(records_of: Callable[[str], list[Indicator]]) -> None:
    for one in records_of("003"):
        assert Indicator.from_json(one.to_json()) == one


@pytest.mark.parametrize("case", by_text(cases("quantities")))
def test_quantities(case: dict[str, object]) -> None:
    found: dict[int, list[str]] = {}
    for one in core(str(case["text"])):
        value = one.value if one.value is not None else f"{one.value_min}..{one.value_max}"
        found.setdefault(one.start, [one.raw, value, one.unit])
    assert list(found.values()) == case.get("values", [])


@pytest.mark.parametrize("case", by_text(cases("indicator_names")))
def test_names(case: dict[str, object]) -> None:
    wanted = case["records"]
    assert isinstance(wanted, list)
    found = [[one.raw, one.name, one.kind] for one in core(str(case["text"]))]
    assert [row[: len(want)] for row, want in zip(found, wanted, strict=False)] == wanted
    assert len(found) == len(wanted)


def test_there_are_enough_cases() -> None:
    quantities, names = cases("quantities"), cases("indicator_names")
    assert len(quantities) >= 60
    assert len(names) >= 40
    assert {kind for kind, _ in quantities} == {kind for kind, _ in names} == {"change", "keep"}


@pytest.mark.parametrize(
    ("written", "value"),
    [("1,286.5", "1286.5"), ("百", "100"), ("二十一", "21"), ("一百零五", "105"), ("两千三百", "2300"), ("１２", "12")],
)
def test_numerals(written: str, value: str) -> None:
    assert read_number(written) == Decimal(value)


@pytest.mark.parametrize("written", ["一二三", "十百千", "四五"])
def test_no_numerals(written: str) -> None:
    assert read_number(written) is None


def test_change_is_linked_to_its_level() -> None:
    level, change = core("全市积分入学准入率达85.69%，同比提升3.8%。")
    assert change.kind == "change"
    assert change.link == level.id
    assert change.relation == "change_of"
    assert change.unit_norm == "百分点"
    assert change.comparison == "同比"
    assert change.note is not None


def test_level_before_is_a_baseline() -> None:
    before, after = core("常住人口城镇化率从68.2%提高到71.5%。")
    assert (before.role, before.period, before.relation, before.link) == ("baseline", "2023", "baseline_of", after.id)
    assert (after.role, after.period, after.direction) == ("actual", "2024", "up")


@pytest.mark.parametrize(
    ("text", "bound", "qualifier"),
    [
        ("新增学位不少于25个。", "ge", "不少于"),
        ("参与率超过90%。", "gt", "超过"),
        ("失业率控制在5.5%以内。", "le", "以内"),
        ("培养干部150名左右。", "approx", "左右"),
        ("服务考生近12万人次。", "approx_below", "近"),
        ("组织活动60余次。", "approx_above", "余"),
        ("新增学位约4.6万个。", "approx", "约"),
        ("新增优质幼儿园4-5所。", "range", None),
        ("新增学位300个。", "eq", None),
    ],
)
def test_bounds(text: str, bound: str, qualifier: str | None) -> None:
    (one,) = core(text)
    assert (one.bound, one.qualifier) == (bound, qualifier)
    assert one.approximate == bound.startswith("approx")


@pytest.mark.parametrize(
    ("title", "text", "role", "period"),
    [
        ("2024年工作总结", "新增学位300个。", "actual", "2024"),
        ("2025年工作要点", "新增学位300个。", "target", "2025"),
        ("2025年工作要点", "巩固民办在校生占比5%工作成效。", "baseline", "2025"),
        ("2024年工作总结", "2023年，全市学生体质优良率48.7%。", "actual", "2023"),
        ("2024年工作总结", "预计全年接待游客9.6亿人次。", "actual", "2024"),
        ("2024年工作总结", "明年力争新增学位3000个。", "target", "2025"),
        ("2024年工作总结", "计划投资955万元，改扩建公厕两所。", "target", "2024"),
        ("2024年国民经济和社会发展统计公报", "年末常住人口320.5万人。", "actual", "2024"),
        ("2025年政府工作报告", "新增学位300个。", "actual", "2024"),
    ],
)
def test_roles_and_years(title: str, text: str, role: str, period: str) -> None:
    assert {(one.role, one.period) for one in core(text, title)} == {(role, period)}


REPORT = """2025年安平县政府工作报告

——2025年1月15日在安平县第十七届人民代表大会第四次会议上

县长  王某某

各位代表：

    现在，我代表县人民政府，向大会报告工作，请予审议。

    一、2024年工作回顾

    过去一年，全县地区生产总值完成386.5亿元、增长6.3%。去年新增贷款86亿元。

    二、2025年工作安排

    今年主要预期目标是：地区生产总值增长6.5%左右，城镇新增就业6500人。
"""


def test_a_report_looks_back_and_ahead() -> None:
    found = [(one.raw, one.role, one.period) for one in govdoc.measure(govdoc.parse(REPORT))]
    assert found == [
        ("386.5亿元", "actual", "2024"),
        ("6.3%", "actual", "2024"),
        ("86亿元", "actual", "2024"),
        ("6.5%", "target", "2025"),
        ("6500人", "target", "2025"),
    ]


LISTED = """安平县教育局2024年工作总结

一、主要工作

（一）高考本科上线率达到73%。

1.全年教育经费投入12.8亿元。

2、公开招聘教师120人。

（二）新增学位1200个

1.实施扩容工程，学校办学条件不断改善。

2.改扩建校舍，增加学位3000个。义务教育优质均衡发展水平不断提高，群众满意。

（三）完善“1+3”机制，落实三项制度，推动资源全覆盖

1.加强统筹，学校办学条件不断改善。

安平县教育局
2025年1月3日
"""


def test_labels_and_headings_of_a_list() -> None:
    document, *_ = govdoc.parse(LISTED)
    kinds = {block.line: (block.type, bool(block.heading)) for block in document.main.body}
    assert kinds["（二）新增学位1200个"] == ("heading", True)
    assert next(value for line, value in kinds.items() if line.startswith("2.改扩建")) == ("paragraph", True)
    found = measure([document])
    assert all(LISTED[one.start : one.end] == one.raw for one in found)
    assert [(one.raw, one.name, one.subject) for one in found] == [
        ("73%", "高考本科上线率", None),
        ("12.8亿元", "教育经费投入", None),
        ("120人", "公开招聘教师", None),
        ("1200个", "新增学位", None),
        ("3000个", "增加学位", None),
    ]
    assert found[3].sentence == "（二）新增学位1200个"
    assert found[4].section[:2] == ("一、主要工作", "（二）新增学位1200个")


PROBLEMS = """安平县教育局2024年工作总结

一、主要工作

全年招聘教师120人，整改校园安全问题36个。

二、存在问题

教师队伍结构不优，农村学校在编教师仅230人。

三、下一步打算

力争招聘教师150人。

安平县教育局
2025年1月3日
"""


def test_what_is_wanting_is_no_result() -> None:
    found = [(one.raw, one.role) for one in govdoc.measure(govdoc.parse(PROBLEMS))]
    assert found == [("120人", "actual"), ("36个", "actual"), ("230人", "baseline"), ("150人", "target")]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("教师结构性缺编约120人。", "baseline"),
        ("工作中还存在一些不足。教师120人未取得教师资格。", "baseline"),
        ("学位供给矛盾突出，学位缺口1200个。", "baseline"),
        ("补充教师缺口120人。", "actual"),
        ("教师缺编降至120人。", "actual"),
        ("针对存在的问题，整改安全隐患120处。", "actual"),
        ("排查发现存在问题120个。", "actual"),
        ("引进紧缺人才120人。", "actual"),
        ("失业率不足5%。", "actual"),
        ("存在一些不足。下一步，新建学校5所。", "actual"),
    ],
)
def test_roles_of_what_is_wanting(text: str, role: str) -> None:
    assert [one.role for one in core(text)] == [role]


def test_without_its_source_a_document_gives_what_it_knows() -> None:
    path = next((HERE.parent / "seeds").glob("000_*.txt"))
    traced = govdoc.measure(govdoc.parse(path))
    bare = govdoc.measure([Document.from_json(one.to_json()) for one in govdoc.parse(path)])
    assert [(one.name, one.value, one.sentence) for one in bare] == [
        (one.name, one.value, one.sentence) for one in traced
    ]
    for with_source, without in zip(traced, bare, strict=True):
        told = without.note is not None and "位置仅到段落" in without.note
        assert told or (without.start, without.end) == (with_source.start, with_source.end)
        assert without.start <= with_source.start < with_source.end <= without.end


def test_time_grows_with_the_text() -> None:
    sentence = "全市新增学位7110个，新建学校12所，地区生产总值完成386.5亿元、增长6.3%；"

    def seconds(times: int) -> float:
        document = one_line(sentence * times)
        begun = time.process_time()
        assert len(measure([document])) >= 4 * times
        return time.process_time() - begun

    seconds(50)
    assert seconds(2000) < 20 * max(seconds(400), 0.01)


def test_hostile_lines_end() -> None:
    for text in (
        "1" * 20000,
        "一" * 20000,
        "、" * 20000 + "5个",
        "（" * 5000 + "新增5个",
        "1-" * 8000,
        "每" * 9000 + "3个",
    ):
        measure([one_line(text)])
        assert len(scan(text)) <= len(text)


def test_a_report_on_one_budget_says_what_was_done_in_its_year() -> None:
    assert stance_of_title("关于青山区2020年上半年预算执行情况的报告", 2020) == Stance("actual", 2020)
    both = stance_of_title("关于青山区2022年预算执行情况和2023年预算草案的报告", 2023)
    assert (both.role, both.year, both.mixed) == ("actual", 2022, True)


@pytest.mark.parametrize(
    ("clause", "role"), [("完成投资占年计划投资的64.49%", "actual"), ("计划投资561.86亿元", "target")]
)
def test_a_share_of_what_was_planned_is_done(clause: str, role: str) -> None:
    stance = Stance("actual", 2023)
    assert role_in(stance, clause, promised=False, commitment=None, year=None)[0] == role


def test_the_limit_itself_may_be_said_to_be_in() -> None:
    found = core("培训教师500人（含）以上，每班学生45人（含）以下。")
    assert [(one.raw, one.bound) for one in found] == [("500人", "ge"), ("45人", "le")]


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("全年未发生过任何安全事故。", "安全事故", "0"),
        ("全市未发生任何一起校园安全事故。", "校园安全事故", "0"),
        ("校园安全事故降为零。", "校园安全事故", "0"),
        ("学前教育实现基本普及。", "学前教育普及", None),
    ],
)
def test_what_is_said_in_words_is_named_by_its_noun(text: str, name: str, value: str | None) -> None:
    (one,) = measure([one_line(text)])
    assert (one.layer, one.name, one.value) == ("ext", name, value)
