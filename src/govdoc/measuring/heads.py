"""The heads of a table: its caption rows, and for each column what all rows of its head say together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from govdoc.indicator import Role
from govdoc.measuring.units import match_unit
from govdoc.model import Cell

_MOST_HEADS = 4
_CAPTION_UNIT = re.compile(r"单\s*位\s*[：:]\s*(?P<unit>[^\s，。；）)]+)")
_HEAD_UNIT = re.compile(r"[（(](?P<unit>[^（）()]{1,8})[）)]\s*$")
_SKIP_HEAD = re.compile(
    r"^(?:序号|编号|代码|编码|电话|联系电话|邮编|年份|年度|时间|日期|备注|页码|文号|身份证|学号|楼层|房间|版本|期数|权重|分值|姓名)"
)
# A column of these beside 姓名 or 年级 tells which class, not how many.
_CLASS_HEAD = re.compile(r"^班级(?:名称|编号)?$")
_ROSTER_HEAD = re.compile(r"^(?:学生)?姓名$|^年级$|^学号$")
_YEAR = re.compile(r"^(?P<year>(?:19|20)\d\d)\s*年?(?:度|末|底)?(?P<rest>.*)$")
_LAST_YEAR = re.compile(r"^(?:上年|上一年|去年)(?:度|末|底|同期)?(?!增|减|降|升)")
_SHARE_OF_PLAN = re.compile(r"^(?:完成|为|占).{0,8}(?:预算|计划|目标|任务|进度)|完成率|执行率")
_ACTUAL_HEAD = re.compile(r"实际|完成|实绩|现状|执行|决算|实现数")
_TARGET_HEAD = re.compile(r"目标|计划|预期|任务|预算数|年初预算|调整预算|指标值")
_GENERIC_HEAD = re.compile(
    r"^(?:数值|指标值|数量|绝对数|数据|合计|总计|本年|上年|今年|去年|本期|上年同期|上期|全年|累计|年末|规模|情况|执行数|决算数)?"
    r"(?:的?(?:目标|计划|预期|任务|实际|完成|实绩)(?:值|数|情况)?)*(?:完成值)?$"
)
_CHANGE_HEAD = re.compile(r"同比|环比|增长|增减|增速|增幅|涨幅|降幅|(?:比|较)上年|下降")
_FALL_HEAD = re.compile(r"下降|降幅|减少")
# Heads that are in percent even where they do not say so.
_PERCENT_HEAD = re.compile(r"(?:增速|增幅|涨幅|降幅|增长率|占比|比重|比例|[一-龥]{2}率)$")
_SCALED = re.compile(r"^(?P<scale>万亿|亿|千万|百万|万|千)?(?P<unit>.*)$")
_FIGURE = re.compile(r"[约≥≤>＞<＜]?-?[0-9][0-9,]*(?:\.[0-9]+)?[%％]?")
_TITLE = re.compile(r"附?表\s*[\d一二三四五六七八九十].*|.{2,40}表(?:[（(].*[）)])?")
_TITLE_FRAME = re.compile(
    r"^附?表\s*(?:\d{1,2}(?=(?:19|20)\d\d年|\D)|[一二三四五六七八九十]*)(?:[-—.．]\d{1,2})*[：:、.．]?"
    r"|^(?:(?:19|20)\d\d年?(?:度)?)?(?:全[省市州县区国校])?(?:各[省市州县区校级地类]+)?"
)
_TITLE_END = re.compile(
    r"(?:主要)?(?:指标|完成|执行|收支|基本|分布|统计|实施|发展|变动)*(?:情况|一览|汇总|统计|明细)*表?$"
)

Grid = list[list[tuple[int, int] | None]]


@dataclass(frozen=True)
class Column:
    """A column as its heads say it: name, unit, year and role; ``change`` and ``fall`` where it says a change."""

    name: str
    unit: str
    year: int | None
    role: Role | None
    skip: bool
    change: bool = False
    fall: bool = False
    text: str = ""


class Head(NamedTuple):
    """What stands over the rows of a table: the first row below it, its columns, and its caption's unit and words."""

    below: int
    columns: tuple[Column, ...]
    unit: str
    topic: str


def grid_of(rows: Sequence[Sequence[Cell]]) -> Grid:
    """For each place of the table the cell that covers it, as row and index in the row; ``None`` where none does."""
    grid: Grid = [[] for _ in rows]
    for r, row in enumerate(rows):
        at = 0
        for c, cell in enumerate(row):
            while at < len(grid[r]) and grid[r][at] is not None:
                at += 1
            for down in range(min(max(cell.rowspan, 1), len(rows) - r)):
                line = grid[r + down]
                line.extend([None] * (at + cell.colspan - len(line)))
                line[at : at + cell.colspan] = [(r, c)] * cell.colspan
            at += cell.colspan
    return grid


def caption_unit(text: str) -> str:
    """The unit a line above a table states for it; empty where it states none."""
    found = _CAPTION_UNIT.search(text)
    return found["unit"] if found else ""


def known_unit(text: str) -> bool:
    """Whether a text is a unit, with or without a scale: 万元, 平方米."""
    found = _SCALED.match(text)
    unit = found["unit"] if found else ""
    return bool(unit) and match_unit(unit, 0) == unit


def split_unit(text: str) -> tuple[str, str]:
    """A head without the unit in its last brackets, and that unit; empty where the brackets hold none."""
    found = _HEAD_UNIT.search(text)
    if found is None:
        return text, ""
    return text[: found.start()], found["unit"] if known_unit(found["unit"]) else ""


def read_head(rows: Sequence[Sequence[Cell]], grid: Grid, above: str, year: int | None) -> Head | None:
    """The head of a table; ``None`` where it has none.

    ``above`` is the line over it, which may be its title or state its unit; ``year`` is the one 上年 is counted from.
    """
    first, caption = 0, above if _TITLE.fullmatch(_flat(above)) else ""
    while first < len(rows) - 1 and _is_caption(rows, grid, first):
        caption += _flat(next(cell.text for cell in rows[first] if cell.text.strip()))
        first += 1
    below = _head_end(rows, grid, first)
    width = max((len(line) for line in grid[first:below]), default=0)
    if below >= len(rows) or width < 2:
        return None
    stacks = [_stack(rows, grid, first, below, c) for c in range(width)]
    roster = any(_ROSTER_HEAD.match(part) for stack in stacks for part in stack)
    found = _YEAR.match(caption)
    given = int(found["year"]) if found else None
    columns = tuple(_column(stack, roster, given, year) for stack in stacks)
    return Head(below, columns, caption_unit(caption) or caption_unit(above), topic_of(caption))


def topic_of(caption: str) -> str:
    """What a table is about, by its title: 2024年全州一般公共预算收入执行情况表 → 一般公共预算收入."""
    bare = re.sub(r"[（(][^（）()]*[）)]|单位[：:].*", "", _flat(caption))
    for _ in range(2):
        bare = _TITLE_FRAME.sub("", bare)
    return _TITLE_END.sub("", bare)


def _flat(text: str) -> str:
    return "".join(text.split())


def _is_caption(rows: Sequence[Sequence[Cell]], grid: Grid, r: int) -> bool:
    """Whether a row is a title of the table: one cell over all columns, or one that alone holds ink."""
    inked = [cell for cell in rows[r] if cell.text.strip()]
    if len(inked) != 1 or len(rows) - r < 3 or _FIGURE.fullmatch(_flat(inked[0].text)):
        return False
    return len(rows[r]) == 1 or inked[0].colspan == len(grid[r]) or len(_flat(inked[0].text)) > 6


def _head_end(rows: Sequence[Sequence[Cell]], grid: Grid, first: int) -> int:
    """The first row below the head: a merged cell over several columns is told apart below it."""
    end = first + 1
    while end - first < _MOST_HEADS and end < len(rows) - 1 and not _holds_figures(rows[end]):
        across = any(cell.colspan > 1 and cell.rowspan + end - 1 <= end for cell in rows[end - 1])
        down = any(at is not None and at[0] < end for at in grid[end])
        if not (across or down or _units_only(rows[end])):
            break
        end += 1
    return end


def _holds_figures(row: Sequence[Cell]) -> bool:
    return any(_FIGURE.fullmatch(text := _flat(cell.text)) and not re.fullmatch(r"(?:19|20)\d\d", text) for cell in row)


def _units_only(row: Sequence[Cell]) -> bool:
    """Whether a row below the head says nothing but units."""
    texts = [text for cell in row if (text := _flat(cell.text).strip("（）()"))]
    return bool(texts) and all(map(known_unit, texts))


def _stack(rows: Sequence[Sequence[Cell]], grid: Grid, first: int, below: int, c: int) -> list[str]:
    """The texts over a column, from above, each cell once."""
    places = [grid[r][c] for r in range(first, below) if c < len(grid[r])]
    kept = [at for i, at in enumerate(places) if at is not None and at not in places[:i]]
    return [text for r, k in kept if (text := _flat(rows[r][k].text))]


def _column(stack: list[str], roster: bool, given: int | None, base: int | None) -> Column:
    """A column by the texts over it; ``given`` is the caption's year, ``base`` the one 上年 is counted from."""
    unit, year, names = "", given, list[str]()
    for text in stack:
        name, own = ("", text.strip("（）()")) if known_unit(text.strip("（）()")) else split_unit(text)
        if found := _YEAR.match(name):
            name, year = found["rest"], int(found["year"])
        elif found := _LAST_YEAR.match(name):
            known = year or base
            name, year = name[found.end() :], known - 1 if known else None
        unit = own or unit
        if name and not _GENERIC_HEAD.match(name) and name not in names:
            names.append(name)
    whole = "".join(names)
    change = bool(_CHANGE_HEAD.search(whole))
    if not unit and _PERCENT_HEAD.search(whole):
        unit = "%"
    skip = any(_SKIP_HEAD.match(text) or (roster and _CLASS_HEAD.match(text)) for text in stack)
    role = next((role for text in reversed(stack) if (role := _role(text))), None)
    return Column(whole, unit, year, role, skip, change, bool(_FALL_HEAD.search(whole)), "".join(stack))


def _role(head: str) -> Role | None:
    if _SHARE_OF_PLAN.search(head) or _ACTUAL_HEAD.search(head):
        return "actual"
    return "target" if _TARGET_HEAD.search(head) else None
