"""Figures in tables: a cell is named by its row's label and its column's head.

Its unit is its own, the head's, the unit column's or the caption's (单位：万元).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from govdoc.indicator import Bound, Role
from govdoc.measuring.drafts import Draft
from govdoc.measuring.labels import item_start
from govdoc.measuring.names import is_measure, tidy
from govdoc.measuring.quantities import SCALES, Quantity, scan
from govdoc.measuring.units import COUNTS_PEOPLE, PEOPLE_NOUNS, canonical, kind_of, match_unit
from govdoc.model import Cell

_NUMBER = re.compile(
    r"\s*[约≥≤>＞<＜]?\s*-?[0-9][0-9,]*(?:\.[0-9]+)?\s*(?:[-—~～至]\s*[0-9][0-9,.]*)?\s*[^\d\s]{0,6}\s*"
)
_UNIT_HEAD = re.compile(r"^(?:计量)?单位$")
_CAPTION_UNIT = re.compile(r"单\s*位\s*[：:]\s*(?P<unit>[^\s，。；）)]+)")
_HEAD_UNIT = re.compile(r"[（(](?P<unit>[^（）()]{1,8})[）)]\s*$")
_SKIP_HEAD = re.compile(
    r"^(?:序号|编号|代码|编码|电话|联系电话|邮编|年份|年度|时间|日期|备注|页码|文号|身份证|学号|楼层|房间|版本|期数|权重|分值|姓名)"
)
# A column of these beside 姓名 or 年级 tells which class, not how many.
_CLASS_HEAD = re.compile(r"^班级(?:名称|编号)?$")
_ROSTER_HEAD = re.compile(r"^(?:学生)?姓名$|^年级$|^学号$")
# Nouns whose bare numbers count them (§2.1): 班级 12 is so many classes.
_COUNTED = re.compile(
    rf"(?:{PEOPLE_NOUNS}|班级|学校|幼儿园|小学|初中|高中|学位|床位|教室|宿舍|校车|食堂|项目|企业|机构|场馆|社团|课程|专业|户)"
    r"(?:总|个)?(?:数|数量)?$"
)
_YEAR = re.compile(r"^(?P<year>(?:19|20)\d\d)\s*年?(?:度|末|底)?(?P<rest>.*)$")
_ACTUAL_HEAD = re.compile(r"实际|完成|实绩|现状")
_TARGET_HEAD = re.compile(r"目标|计划|预期|任务")
_GENERIC_HEAD = re.compile(
    r"^(?:数值|指标值|数量|绝对数|数据|合计|总计|本年|上年)?(?:的?(?:目标|计划|预期|任务|实际|完成|实绩)(?:值|数|情况)?)*(?:完成值)?$"
)
_SCALED = re.compile(r"^(?P<scale>万亿|亿|千万|百万|万|千)?(?P<unit>.*)$")
_BOUND: dict[str, Bound] = {"≥": "ge", "≤": "le", ">": "gt", "＞": "gt", "<": "lt", "＜": "lt", "约": "approx"}


@dataclass(frozen=True)
class Column:
    """A column as its head says it: name, unit, year and role."""

    name: str
    unit: str
    year: int | None
    role: Role | None
    skip: bool


def caption_unit(text: str) -> str:
    """The unit a line above a table states for it; empty where it states none."""
    found = _CAPTION_UNIT.search(text)
    return found["unit"] if found else ""


def _column(head: str, roster: bool) -> Column:
    unit = _HEAD_UNIT.search(head)
    name = head[: unit.start()] if unit else head
    year = _YEAR.match(name)
    if year:
        name = year["rest"]
    known = unit["unit"] if unit and _known_unit(unit["unit"]) else ""
    skip = bool(_SKIP_HEAD.match(head) or (roster and _CLASS_HEAD.match(head)))
    named = "" if _GENERIC_HEAD.match(name) else name
    return Column(named, known, int(year["year"]) if year else None, _role(head), skip)


def _role(head: str) -> Role | None:
    return "actual" if _ACTUAL_HEAD.search(head) else "target" if _TARGET_HEAD.search(head) else None


def _known_unit(text: str) -> bool:
    found = _SCALED.match(text)
    unit = found["unit"] if found else ""
    return bool(unit) and match_unit(unit, 0) == unit


def read_table(
    rows: Sequence[Sequence[Cell]], caption: str
) -> Iterator[tuple[int, int, Draft, int | None, Role | None]]:
    """The figures of a table: row, column, draft in offsets of the cell's text, year and role of the column."""
    if len(rows) < 2 or any(cell.colspan > 1 or cell.rowspan > 1 for cell in rows[0]):
        return
    heads = ["".join(cell.text.split()) for cell in rows[0]]
    roster = any(_ROSTER_HEAD.match(head) for head in heads)
    columns = [_column(head, roster) for head in heads]
    units = next((i for i, head in enumerate(heads) if _UNIT_HEAD.match(head)), None)
    merged = any(cell.rowspan > 1 or cell.colspan > 1 for row in rows for cell in row)
    for r, whole in enumerate(rows[1:], 1):
        row = whole[: len(columns)]
        if any(cell.text.strip() for cell in whole[len(columns) :]) or (merged and len(whole) != len(columns)):
            continue
        label = next(
            (c for c, cell in enumerate(row) if not columns[c].skip and re.search(r"[一-龥]\s*[一-龥]", cell.text)),
            None,
        )
        if label is None:
            continue
        own = "".join(row[units].text.split()) if units is not None and units < len(row) else ""
        for c in range(label + 1, len(row)):
            if c == units or columns[c].skip or not _NUMBER.fullmatch(row[c].text):
                continue
            draft = _cell(row[c].text, row[label].text, columns[c], own or columns[c].unit or caption)
            if draft is not None:
                yield r, c, draft, columns[c].year, columns[c].role


def _cell(text: str, label: str, column: Column, unit: str) -> Draft | None:
    found = scan(text)
    if len(found) != 1 or re.fullmatch(r"\s*(?:19|20)\d\d\s*年?\s*", text):
        return None
    quantity = found[0]
    label = _label(label)
    noun, in_label = _HEAD_UNIT.sub("", label), _HEAD_UNIT.search(label)
    unit = quantity.unit or (in_label["unit"] if in_label and _known_unit(in_label["unit"]) else "") or unit
    name = tidy(noun + (column.name if column.name and column.name not in noun else ""))
    if not unit and not is_measure(name) and not _COUNTED.search(name):
        return None
    if not quantity.unit:
        quantity = _with_unit(quantity, unit)
    draft = Draft(quantity, name, kind_of(quantity.unit), noun=name, unit_norm=canonical(quantity.unit))
    if not quantity.unit and COUNTS_PEOPLE.search(column.name or noun):
        draft.unit_norm = "人"
    mark = text.strip()[:1]
    if mark in _BOUND:
        draft.bound, draft.qualifier = _BOUND[mark], mark
    draft.note = "单位取自表头" if quantity.unit and not found[0].unit else None
    return draft


def _label(text: str) -> str:
    """The label of a row without the number of an item; blanks that only spread two characters (姓  名) go."""
    parts = text[item_start(text, 0, len(text)) :].split()
    return ("" if all(len(part) == 1 for part in parts) else " ").join(parts)


def _with_unit(quantity: Quantity, unit: str) -> Quantity:
    """The quantity in the unit of its head; a scale there (万元) multiplies the value."""
    found = _SCALED.match(unit)
    scale = (found["scale"] or "") if found and found["unit"] else ""
    bare = found["unit"] if found and found["unit"] else unit
    times = SCALES.get(scale, 1)
    low, high = (None if one is None else one * times for one in (quantity.low, quantity.high))
    value = None if quantity.value is None else quantity.value * times
    return quantity._replace(unit=bare, scale=quantity.scale or scale, value=value, low=low, high=high, form="number")
