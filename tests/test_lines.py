"""Titles broken by sense, and lines by 避头尾 on the grid."""

from __future__ import annotations

import tomllib
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import page_documents as made
from govdoc.fonts import load_faces
from govdoc.layout.composition import Run
from govdoc.layout.kinsoku import NEVER_FIRST, NEVER_LAST
from govdoc.layout.lines import break_lines, measure
from govdoc.layout.paper import paper_of
from govdoc.layout.titles import break_title, title_width
from govdoc.style import load_style

FACES = load_faces(user=False)
STYLE = load_style("gbt9704")
PAPER = paper_of(STYLE, FACES)
CASES: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "cases/titles.toml").read_text())["title"]


def split_at(text: str, breaks: tuple[int, ...]) -> list[str]:
    return [text[a:b] for a, b in pairwise((0, *breaks, len(text)))]


# 标题


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:12])
def test_a_title_is_broken_by_sense(case: dict[str, Any]) -> None:
    lines = split_at(case["text"], break_title(case["text"], 20))
    assert "".join(lines) == case["text"]
    assert all(title_width(line) <= 20 for line in lines)
    if "lines" in case:
        assert lines == case["lines"]
    for word in case.get("whole", ()):
        assert sum(line.count(word) for line in lines) == case["text"].count(word), (word, lines)
    for sign in case.get("never_first", ()):
        assert not any(line.startswith(sign) for line in lines[1:]), lines
    widths = [title_width(line) for line in lines]
    steps = [b - a for a, b in pairwise(widths)]
    falls = [i for i, step in enumerate(steps) if step < 0]
    rises = [i for i, step in enumerate(steps) if step > 0]
    assert not (falls and rises and min(falls) < max(rises)), f"沙漏形: {lines}"


@given(st.text(alphabet="关于印发《教育工作》的通知“、”（2024）甲乙丙丁", min_size=1, max_size=300))
def test_any_title_is_broken_into_lines_that_fit(text: str) -> None:
    lines = split_at(text, break_title(text, 20))
    assert "".join(lines) == text
    assert all(0 < title_width(line) <= 20 for line in lines)


LEADS = ("", "太仓市教育局", "江苏省人民政府办公厅", "苏州市教育局苏州市财政局")
VERBS = ("关于印发", "关于转发", "关于做好", "关于进一步加强和改进", "关于2025年", "关于公布首批")
OBJECTS = ("义务教育", "优质均衡发展", "学校安全", "教师队伍建设", "“双减”", "心理健康教育", "工作", "（2025—2027年）")
TAILS = ("的通知", "的实施意见", "的报告", "工作的通知", "的函", "的通知（试行）")
titles = st.builds(
    lambda lead, verb, objects, marks, tail: lead + verb + marks[:1] + "".join(objects) + marks[1:] + tail,
    st.sampled_from(LEADS),
    st.sampled_from(VERBS),
    st.lists(st.sampled_from(OBJECTS), min_size=1, max_size=12),
    st.sampled_from(("", "《》")),
    st.sampled_from(TAILS),
)


def allowed(title: str) -> set[int]:
    """Where a line may begin: not with 的 or a closing sign, not behind an opening one, not inside 《》."""
    depth, found = 0, set()
    for i, char in enumerate(title):
        if i and not depth and char not in "的，。、》）”" and title[i - 1] not in "《（“":
            found.add(i)
        depth += (char == "《") - (char == "》")
    return found


def can_end_well(title: str, lines: int) -> bool:
    """Whether so many lines of at most 20 字, broken where it is allowed, can end with one of 4 字 or more."""
    reached = {0}
    for _ in range(lines - 1):
        reached = {b for a in reached for b in allowed(title) if a < b and title_width(title[a:b]) <= 20}
    return any(4 <= title_width(title[a:]) <= 20 for a in reached)


@given(titles)
@example("关于印发《苏州市义务教育优质均衡发展三年行动方案》的通知")
@example("国务院关于印发《中国（新疆）自由贸易试验区总体方案》的通知")
@example("关于进一步加强和改进全市教育系统汛期安全管理工作切实保障广大师生生命财产安全的紧急通知")
def test_no_title_ends_with_a_stub_or_breaks_a_name_where_it_need_not(title: str) -> None:
    lines = split_at(title, break_title(title, 20))
    least = -int(-title_width(title) // 20)
    if len(lines) > 1 and any(can_end_well(title, count) for count in (max(2, least), max(2, least) + 1)):
        assert title_width(lines[-1]) >= 4, lines
        assert not any(line.startswith("的") for line in lines[1:]), lines
        ends = list(accumulate(map(len, lines)))[:-1]
        assert set(ends) <= allowed(title), lines


# 避头尾


def set_lines(text: str, cells: int) -> list[str]:
    measured = measure([Run(text, "fangsong", 16.0)], PAPER.setting)
    made_lines = break_lines(measured, lambda _: cells * PAPER.cell, PAPER.setting, justify=True)
    return [text[line.start : line.stop] for line in made_lines]


@given(st.text(alphabet=made.ALPHABET, min_size=1, max_size=200), st.integers(4, 28))
@example("汉" * 28 + "，", 28)
@example("汉" * 27 + "……" + "字", 28)
@example("0000000个 /", 5)
@example("（" * 40, 5)
@example("。" * 40, 5)
def test_lines_break_where_they_may_and_lose_nothing(text: str, cells: int) -> None:
    lines = set_lines(text, cells)
    assert "".join(lines) == text
    for before, after in pairwise(lines):
        # A stretch with no allowed break at all is broken anywhere; else no line begins or ends against the rules.
        if any(char not in NEVER_FIRST | NEVER_LAST and not char.isascii() for char in before[1:]):
            first, last = after[:1], before.rstrip(" ")[-1:]
            assert first not in NEVER_FIRST or after[:2] in ("——", "……"), (before, after)
            assert last not in NEVER_LAST, (before, after)


@given(st.text(alphabet=made.ALPHABET, min_size=1, max_size=200), st.integers(4, 28))
def test_glyphs_are_the_text_and_stay_inside_the_line(text: str, cells: int) -> None:
    width = cells * PAPER.cell
    measured = measure([Run(text, "fangsong", 16.0)], PAPER.setting)
    for line in break_lines(measured, lambda _: width, PAPER.setting, justify=True):
        drawn = "".join(piece.text for piece in line.glyphs)
        assert drawn == text[line.start : line.stop].rstrip(" ")
        places = [piece.x for piece in line.glyphs]
        assert places == sorted(places)
        last = line.glyphs[-1] if line.glyphs else None
        if last and last.face and len(drawn) > 1:
            # The ink of the last character, whose right half may be white and outside.
            end = last.x + sum(last.face.advance(char) * last.size + last.spacing for char in last.text[:-1])
            assert end <= width + 0.1


def test_a_full_line_of_hanzi_is_28_cells() -> None:
    assert [len(line) for line in set_lines(made.HANZI * 5, 28)] == [28, 28, 28, 28, 28]


def test_a_line_makes_room_for_its_comma() -> None:
    assert set_lines("汉" * 28 + "，" + "字" * 5, 28) == ["汉" * 28 + "，", "字" * 5]


def test_a_closing_mark_takes_a_character_along() -> None:
    assert set_lines("汉" * 28 + "》" + "字" * 5, 28) == ["汉" * 27, "汉》" + "字" * 5]


def test_without_squeezing_a_comma_takes_a_character_along() -> None:
    pushing = paper_of(load_style("gbt9704", {"body.squeeze": False}), FACES)
    measured = measure([Run("汉" * 28 + "，字", "fangsong", 16.0)], pushing.setting)
    lines = break_lines(measured, lambda _: pushing.width, pushing.setting, justify=True)
    assert [line.stop for line in lines] == [27, 30]


def test_digits_stay_together_and_keep_the_grid() -> None:
    assert set_lines("汉" * 26 + "20240" + "字", 28) == ["汉" * 26, "20240字"]
    measured = measure([Run("共2024年", "fangsong", 16.0)], PAPER.setting)
    assert measured.edges[5] == pytest.approx(3 * PAPER.cell, abs=0.05)


def test_dashes_and_dots_are_not_parted() -> None:
    assert set_lines("汉" * 27 + "——" + "字", 28) == ["汉" * 27, "——字"]
    assert set_lines("汉" * 27 + "……" + "字", 28) == ["汉" * 27, "……字"]


@pytest.mark.parametrize("whole", ["μg/m³", "km²", "kW·h", "m³/s", "2024—2025", "45%—55%", "1∶13.5", "2024年～2026"])
def test_units_and_ranges_of_numbers_are_not_parted(whole: str) -> None:
    for before in range(16, 29):
        lines = set_lines("汉" * before + whole + "字" * 40, 28)
        assert any(whole in line for line in lines), lines


@pytest.mark.parametrize("years", ["2024—2025", "2024-2025", "2024年—2025"])
def test_a_title_is_not_broken_within_years(years: str) -> None:
    for agency in ("县教育局", "云和县教育局", "云和县教育局办公室"):
        for about in ("做好", "印发《", "进一步做好全县"):
            title = f"{agency}关于{about}{years}学年学生信息采集工作{'》' * about.count('《')}的通知"
            assert any(years in line for line in split_at(title, break_title(title, 14))), title


def test_a_long_address_breaks_at_its_joints() -> None:
    address = "https://www.example.gov.cn/" + "/".join(["section"] * 12)
    lines = set_lines(address, 28)
    assert "".join(lines) == address
    assert all(line[-1] in "/-._?&=:@,+" for line in lines[:-1])
