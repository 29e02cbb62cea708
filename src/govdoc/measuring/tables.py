"""Figures in tables: a cell is named by its row's label and the heads over its column.

Its unit is its own, the head's, the unit column's or the caption's (单位：万元).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from govdoc.indicator import Bound, Role
from govdoc.measuring.drafts import Draft
from govdoc.measuring.heads import Column, Grid, Head, grid_of, read_head, split_unit
from govdoc.measuring.labels import item_start
from govdoc.measuring.lexicon import GENERIC
from govdoc.measuring.names import is_measure, tidy
from govdoc.measuring.quantities import BLANKS, SCALES, Quantity, negative, scan
from govdoc.measuring.units import COUNTS_PEOPLE, PEOPLE_NOUNS, canonical, kind_of
from govdoc.model import Cell

_NUMBER = re.compile(
    rf"\s*[约≥≤﹥﹤>＞<＜]?\s*-?(?:[1-9]\d{{0,2}}(?:{BLANKS}\d{{3}})+|[0-9][0-9,]*)(?:\.[0-9]+)?"
    r"\s*(?:[-—~～至]\s*[0-9][0-9,.]*)?\s*[^\d\s]{0,6}\s*"
)
_UNIT_HEAD = re.compile(r"^(?:计量)?单位$")
_LABEL = re.compile(r"[一-龥]\s*[一-龥]")
_YEAR_LABEL = re.compile(r"(?P<year>(?:19|20)\d\d)年?(?:度|末|底)?")
# Heads over words that only sort the rows.
_CATEGORY_HEAD = re.compile(r"类别|分类|领域|板块|大类|一级|二级|维度|属性|方面|部分")
_TOTAL = re.compile(r"^(?:合计|总计|小计|全[省市州县区国]|总数|其他)$")
_PART = re.compile(r"^(?:其中|[#＃])[：:、]?")
# Nouns whose bare numbers count them (§2.1): 班级 12 is so many classes.
_COUNTED = re.compile(
    rf"(?:{PEOPLE_NOUNS}|班级|学校|幼儿园|小学|初中|高中|学位|床位|教室|宿舍|校车|食堂|项目|企业|机构|场馆|社团|课程|专业|户)"
    r"(?:总|个)?(?:数|数量)?$"
)
_SCALED = re.compile(r"^(?P<scale>万亿|亿|千万|百万|万|千)?(?P<unit>.*)$")
_BOUND: dict[str, Bound] = {
    "≥": "ge",
    "≤": "le",
    ">": "gt",
    "＞": "gt",
    "﹥": "gt",
    "<": "lt",
    "＜": "lt",
    "﹤": "lt",
    "约": "approx",
}
_SHORT = 6


class Figure(NamedTuple):
    """A figure of a table: its cell (row, index in the row), draft in offsets of the cell's text, year and role."""

    row: int
    cell: int
    draft: Draft
    year: int | None
    role: Role | None


class _Table:
    """One table, or one of several that stand side by side (指标, 数值, 指标, 数值), read row by row."""

    def __init__(self, rows: Sequence[Sequence[Cell]], grid: Grid, head: Head, span: range) -> None:
        self.rows, self.grid, self.head, self.span = rows, grid, head, span
        self.columns = head.columns
        self.units = next((c for c in span if _UNIT_HEAD.match(self.columns[c].text)), None)
        self.labels = {r: self._label_at(r) for r in range(head.below, len(rows))}
        self.known = Counter(label for r in self.labels if (label := self._own_label(r)))
        self.whole = ""

    def _cell(self, r: int, c: int) -> Cell | None:
        at = self.grid[r][c] if c < len(self.grid[r]) else None
        return None if at is None else self.rows[at[0]][at[1]]

    def _text(self, r: int, c: int | None) -> str:
        cell = self._cell(r, c) if c is not None else None
        return cell.text if cell else ""

    def _label_at(self, r: int) -> int | None:
        """The column whose words name row ``r``: the first, or where that one sorts the rows the next."""
        found: list[int] = []
        for c in self.span:
            text = self._text(r, c)
            if _NUMBER.fullmatch(text) and found:
                break
            if c != self.units and not self.columns[c].skip and _LABEL.search(text):
                found.append(c)
        for c, after in pairwise(found):
            cell = self._cell(r, c)
            sorts = (cell is not None and cell.rowspan > 1) or _CATEGORY_HEAD.search(self.columns[c].text)
            if not sorts or self.grid[r][c] == self.grid[r][after]:
                return c
        return found[-1] if found else None

    def _own_label(self, r: int) -> str:
        return _label(self._text(r, self.labels[r])) if self.labels[r] is not None else ""

    def _name(self, r: int) -> str:
        """What row ``r`` is: its label, with what it is a part of, or with what sorts it where that tells it apart."""
        at, label = self.labels[r], self._own_label(r)
        bare = _PART.sub("", label)
        if bare != label and self.whole:
            return f"{self.whole}中{bare}" if len(split_unit(bare)[0]) <= _SHORT else bare
        self.whole = split_unit(bare)[0]
        sorting = next((self._text(r, c) for c in self.span if at is not None and c < at and self._sorts(r, c)), "")
        if sorting and (self.known[label] > 1 or len(bare) <= 2 or bare in GENERIC or _TOTAL.match(bare)):
            return _label(sorting) + bare
        return self.head.topic + bare if _TOTAL.match(bare) else bare

    def _sorts(self, r: int, c: int) -> bool:
        return c != self.units and not self.columns[c].skip and bool(_LABEL.search(self._text(r, c)))

    def figures(self, r: int) -> Iterator[Figure]:
        """The figures of row ``r``."""
        at, year = self.labels[r], None
        first = self.span.start if at is None else at
        if at is None:
            found = _YEAR_LABEL.fullmatch("".join(self._text(r, first).split()))
            if found is None:
                return
            year = int(found["year"])
        name = self._name(r) if at is not None else ""
        own = "".join(self._text(r, self.units).split())
        for c in range(first + 1, self.span.stop):
            cell, column = self._cell(r, c), self.columns[c]
            if cell is None or c == self.units or column.skip or cell.rowspan > 1 or cell.colspan > 1:
                continue
            if not _NUMBER.fullmatch(cell.text) or (at is None and not column.name):
                continue
            place = self.grid[r][c]
            draft = _draft(cell.text, name, column, (own, self.head.unit), self.head.topic)
            if draft is not None and place is not None:
                yield Figure(*place, draft, year or column.year, column.role)


def read_table(rows: Sequence[Sequence[Cell]], above: str, year: int | None) -> Iterator[Figure]:
    """The figures of a table in reading order; ``above`` is the line over it, ``year`` the one 上年 counts from."""
    if len(rows) < 2:
        return
    grid = grid_of(rows)
    head = read_head(rows, grid, above, year)
    if head is None:
        return
    width = len(head.columns)
    tables = [_Table(rows, grid, head, span) for span in _side_by_side(head.columns)]
    for r in range(head.below, len(rows)):
        beyond = [at for at in grid[r][width:] if at is not None and rows[at[0]][at[1]].text.strip()]
        if not beyond:
            for table in tables:
                yield from table.figures(r)


def _side_by_side(columns: Sequence[Column]) -> list[range]:
    """The tables that stand side by side: the heads of the first come again."""
    first = next((c for c, column in enumerate(columns) if not column.skip), 0)
    again = [c for c in range(first + 2, len(columns)) if columns[c].text == columns[first].text != ""]
    starts = [0, *again]
    return [range(a, b) for a, b in zip(starts, [*again, len(columns)], strict=True)]


def _draft(text: str, label: str, column: Column, units: tuple[str, str], topic: str) -> Draft | None:
    found = scan(text)
    if len(found) != 1 or re.fullmatch(r"\s*(?:19|20)\d\d\s*年?\s*", text):
        return None
    quantity = negative(found[0]) if text[: found[0].start].endswith("-") else found[0]
    noun, in_label = split_unit(label)
    percent = column.unit if kind_of(column.unit) == "ratio" else ""
    unit = quantity.unit or percent or in_label or units[0] or column.unit or units[1]
    name = tidy(noun + (column.name if column.name and column.name not in noun else ""))
    if name in GENERIC and topic:
        name = topic + name
    if not unit and not is_measure(name) and not _COUNTED.search(name):
        return None
    if not quantity.unit:
        quantity = _with_unit(quantity, unit)
    draft = Draft(quantity, name, kind_of(quantity.unit), noun=name, unit_norm=canonical(quantity.unit))
    if not quantity.unit and COUNTS_PEOPLE.search(column.name or noun):
        draft.unit_norm = "人"
    if column.change:
        draft.kind = "change"
        draft.direction = "down" if column.fall != text.strip().startswith("-") else "up"
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
