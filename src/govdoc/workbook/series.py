"""年度对比: the measures that several years report under one name, one row a measure, one column a year."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from govdoc.indicator import Indicator
from govdoc.workbook.book import Book, Entry, TableSpec
from govdoc.workbook.plan import Plan
from govdoc.workbook.terms import ROLES, low_value, place_of, shown_unit, written

_YEAR = re.compile(r"\d{4}")
_IGNORED = re.compile(r"[\s“”‘’\"']")
_Series = dict[str, list[Indicator]]


def find_series(plan: Plan) -> list[_Series]:
    """Year → records, for each name, place, role and unit that two years or more report. Names must be equal."""
    found: defaultdict[tuple[str, ...], defaultdict[str, list[Indicator]]] = defaultdict(lambda: defaultdict(list))
    for record in plan.records:
        if record.value is not None and record.period and _YEAR.fullmatch(record.period):
            name = _IGNORED.sub("", record.name)
            key = name, place_of(record), record.subject or "", record.role, record.kind, shown_unit(record)
            found[key][record.period].append(record)
    return [dict(years) for years in found.values() if len(years) > 1]


def write_series(book: Book, plan: Plan) -> None:
    """Write the sheet; none where no measure is reported for two years."""
    series = find_series(plan)
    if not series:
        return
    years = sorted({year for one in series for year in one})
    last = 5 + len(years)
    spec = TableSpec(
        "年度对比", "tblSeries", ("指标名称", "地区", "角色", "单位", *(f"{year}年" for year in years), "备注"),
        (36, 14, 8, 9, *[14] * len(years), 40), 2, last, "", whole=(1, last),
    )  # fmt: skip

    def rows() -> Iterator[list[Entry]]:
        for one in series:
            first = next(iter(one.values()))[0]
            yield [
                Entry(first.name),
                Entry(place_of(first)),
                Entry(ROLES[first.role], "centre"),
                Entry(shown_unit(first), "centre"),
                *(_figure(one.get(year, []), plan) for year in years),
                Entry("；".join(_contradictions(one))),
            ]

    book.table(spec, rows())


def _figure(records: list[Indicator], plan: Plan) -> Entry:
    """The figure of a year; two that differ are never merged: the cell stays empty and the remark gives both."""
    values = {low_value(record) for record in records}
    if len(values) != 1:
        return Entry(None, "number")
    return Entry(values.pop(), "number", plan.sentence_place(records[0]))


def _contradictions(series: _Series) -> Iterator[str]:
    for year, records in sorted(series.items()):
        if len({low_value(record) for record in records}) > 1:
            yield f"{year}年有不同的数：" + "、".join(dict.fromkeys(written(record) for record in records))
