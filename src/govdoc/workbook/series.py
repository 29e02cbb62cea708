"""年度对比 and 地区对比: one row a measure, one column a year or a place; what was put together is shown."""

from __future__ import annotations

import math
import re
from array import array
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import groupby
from sys import intern
from typing import NamedTuple

from govdoc.indicator import Indicator
from govdoc.measuring.series import LEVELS, Measure, Spot, measure_of, name_of, spot_of
from govdoc.workbook.book import Book, Entry, TableSpec
from govdoc.workbook.corrections import NOT_AN_INDICATOR
from govdoc.workbook.plan import Plan
from govdoc.workbook.terms import ROLES, low_value, place_of, shown_unit, written

YEARS, PLACES = "年度对比", "地区对比"
NAMES = "所含名称"
COLUMNS = {
    "指标名称": "去掉本地区名称后的名称；几份文件说法不同的，取其中通行的一个",
    "单位": "只有同类单位（个、所、家；人、名、位）才放在一行，按单位分块",
    NAMES: "放在一行的不同说法，请核对是否同一口径；说法都一样的为空",
    "备注": "带约、不少于等词的写出原文；同一格有不同的数时逐一列出，格内留空",
}
_MOST_PLACES = 100  # columns of one sheet
_NAME, _FIGURE, _REMARK = 34, 14, 44
_PAGE = 210  # characters over an A4 page laid across that can still be read
_NOT_A_HEAD = re.compile(r"[^\w（）()·]|_")
_Cells = dict[str, list[Indicator]]


class Series(NamedTuple):
    """A measure and its records, by column."""

    measure: Measure
    cells: _Cells

    @property
    def records(self) -> list[Indicator]:
        """All of them, in order."""
        return [record for some in self.cells.values() for record in some]


def _measured(record: Indicator, plan: Plan) -> Measure | None:
    refused = plan.reviews.get(record.id) == NOT_AN_INDICATOR or (record.source, record.document_id) in plan.copies
    return None if refused else measure_of(record)


def _series(groups: Iterable[list[Indicator]], columns: dict[str, str] | None = None) -> Iterator[Series]:
    """The groups that stand in two columns or more: years, or the places of ``columns`` (key → head)."""
    for group in groups:
        cells: _Cells = {}
        for record in group:
            spot = spot_of(record) if columns is not None else None
            head = record.period or "" if columns is None else columns.get(spot.key, "") if spot else ""
            if head:
                cells.setdefault(head, []).append(record)
        measure = measure_of(group[0])
        if measure and len(cells) > 1 and any(_figure_of(some) is not None for some in cells.values()):
            yield Series(measure, cells)


def write_years(book: Book, plan: Plan) -> None:
    """年度对比: what two years or more report of one place; no sheet where there is none."""

    def key(record: Indicator) -> tuple[str, ...] | None:
        measure = _measured(record, plan)
        spot = spot_of(record)
        return (spot.level if spot else "", *measure, spot.key if spot else place_of(record)) if measure else None

    found = _in_order(plan, key)
    if not found:
        return
    heads = {year: f"{year}年" for year in sorted({year for one in found for year in one.heads})}
    fixed = ("指标名称", "地区", "角色", "单位")

    def rows() -> Iterator[list[Entry]]:
        for one in _series(plan.of(one.places) for one in found):
            first = one.records[0]
            place = Entry(place_of(first))
            yield [Entry(_named(one)), place, *_kind(one), *_columns(one, heads, plan)]

    _write(book, YEARS, "tblSeries", fixed, (_NAME, 14, 8, 9), list(heads.values()), rows())


def write_places(book: Book, plan: Plan) -> None:
    """地区对比: what two places or more of one level report for one year, a sheet a level; else none."""
    spots = {spot for record in plan.records if (spot := spot_of(record))}
    columns = _heads(sorted(spots, key=lambda spot: (spot.key, spot.name)))

    def key(record: Indicator) -> tuple[str, ...] | None:
        spot = spot_of(record)
        measure = _measured(record, plan) if spot else None
        return (spot.level, *measure, record.period or "") if spot and measure else None

    found = _in_order(plan, key, columns) if len(columns) > 1 else []
    for level, some in groupby(found, key=lambda one: one.level):
        _write_level(book, plan, level, list(some), columns)


def _write_level(book: Book, plan: Plan, level: int, found: Sequence[_Found], columns: dict[str, str]) -> None:
    used = {head for one in found for head in one.heads}
    shown = [head for head in dict.fromkeys(columns.values()) if head in used]
    fixed = ("指标名称", "角色", "单位", "年度")
    for part, at in enumerate(range(0, len(shown), _MOST_PLACES), 1):
        heads = {head: head for head in shown[at : at + _MOST_PLACES]}

        def rows(heads: dict[str, str] = heads) -> Iterator[list[Entry]]:
            shared = (one for one in found if not heads.keys().isdisjoint(one.heads))
            for one in _series((plan.of(each.places) for each in shared), columns):
                year = Entry(one.records[0].period or "", "centre")
                yield [Entry(_named(one)), *_kind(one), year, *_columns(one, heads, plan)]

        title = f"{PLACES}（{LEVELS[level]}{part if len(shown) > _MOST_PLACES else ''}）"
        table = f"tblPlaces{level + 1}_{part}"
        _write(book, title, table, fixed, (_NAME, 8, 9, 8), list(heads), rows())


def _heads(spots: Sequence[Spot]) -> dict[str, str]:
    """Key of a place → its head, no two alike: its name, with its code where another place bears it, too."""
    names = [_NOT_A_HEAD.sub("", spot.name) or "未写明" for spot in spots]
    alike: defaultdict[str, set[str]] = defaultdict(set)
    for spot, name in zip(spots, names, strict=True):
        alike[name].add(spot.key)
    found: dict[str, str] = {}
    for spot, name in zip(spots, names, strict=True):
        head = name if len(alike[name]) == 1 else f"{name}（{_NOT_A_HEAD.sub('', spot.key)}）"
        found.setdefault(spot.key, head)
    return found


def _write(
    book: Book,
    title: str,
    table: str,
    fixed: Sequence[str],
    widths: Sequence[float],
    heads: Sequence[str],
    rows: Iterator[list[Entry]],
) -> None:
    headers = (*fixed, *heads, NAMES, "备注")
    all_widths = (*widths, *[_FIGURE] * len(heads), _NAME, _REMARK)
    last = len(headers)
    spec = TableSpec(title, table, headers, all_widths, 2, last, "", whole=(1, 2, last - 1), partly=(last,))
    for sheet in book.table(spec, rows):
        sheet.page_setup.fitToWidth = math.ceil(sum(all_widths) / _PAGE)
        sheet.print_title_cols = "A:A"


class _Found(NamedTuple):
    """A series before it is written: what it is sorted by, its columns, and the places of its records, from 0."""

    level: int
    order: tuple[str, ...]
    heads: tuple[str, ...]
    places: array[int]


def _in_order(
    plan: Plan, key: Callable[[Indicator], Hashable | None], columns: dict[str, str] | None = None
) -> list[_Found]:
    """The series, in blocks by level, unit and name, so that what may be compared stands together."""
    found = []
    for one in _series(plan.together(key, least=2), columns):
        first = one.records[0]
        spot = spot_of(first)
        level = LEVELS.index(spot.level) if spot else len(LEVELS)
        order = (one.measure.unit, *one.measure, place_of(first) if columns is None else first.period or "")
        places = array("L", (plan.number(record) - 1 for record in one.records))
        found.append(_Found(level, order, tuple(map(intern, one.cells)), places))
    return sorted(found, key=lambda one: (one.level, one.order))


def _named(one: Series) -> str:
    """The name most of the records have, without the place, and with the part of the year where they speak of one."""
    names = [name_of(record) for record in one.records]
    name = one.measure.name if one.measure.name in names else max(names, key=names.count)
    return f"{name}（{one.measure.part}）" if one.measure.part else name


def _kind(one: Series) -> tuple[Entry, Entry]:
    units = dict.fromkeys(shown_unit(record) for record in one.records)
    role = next(word for code, word in ROLES.items() if code == one.measure.role)
    return Entry(role, "centre"), Entry("、".join(units), "centre")


def _columns(one: Series, heads: dict[str, str], plan: Plan) -> Iterator[Entry]:
    """The figures, the names that were put together where they differ, and what the figures alone do not say."""
    for column in heads:
        records = one.cells.get(column, [])
        value = _figure_of(records)
        yield Entry(value, "number", plan.sentence_place(records[0]) if value is not None else None)
    names = dict.fromkeys(map(name_of, one.records))
    yield Entry("、".join(names) if len(names) > 1 else "")
    yield Entry("；".join(_remarks(one, heads)))


def _figure_of(records: Sequence[Indicator]) -> int | float | None:
    """The figure of a cell; two that differ are never merged: the cell stays empty and the remark gives both."""
    values = {low_value(record) for record in records}
    return values.pop() if len(values) == 1 else None


def _remarks(one: Series, heads: dict[str, str]) -> Iterator[str]:
    for column, head in heads.items():
        records = one.cells.get(column, [])
        said = "、".join(dict.fromkeys(written(record) for record in records))
        if len({low_value(record) for record in records}) > 1:
            yield f"{head}有不同的数：{said}"
        elif any(record.bound not in ("eq", None) for record in records):
            yield f"{head}为{said}"
