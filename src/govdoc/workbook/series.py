"""年度对比: the measures that several years report under one name, one row a measure, one column a year."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govdoc.indicator import Indicator
from govdoc.workbook.book import Book, Entry, TableSpec
from govdoc.workbook.plan import Plan
from govdoc.workbook.terms import ROLES, low_value, place_of, shown_unit, written

_YEAR = re.compile(r"\d{4}")
_IGNORED = re.compile(r"[\s“”‘’\"']")
_Series = dict[str, list[Indicator]]


def find_series(plan: Plan) -> Iterator[_Series]:
    """Year → records, for each name, place, role and unit that two years or more report. Names must be equal."""
    for records in plan.together(_measure, least=2):
        years: _Series = {}
        for record in records:
            years.setdefault(record.period or "", []).append(record)
        if len(years) > 1:
            yield years


def _measure(record: Indicator) -> tuple[str, ...] | None:
    if record.value is None or not record.period or not _YEAR.fullmatch(record.period):
        return None
    name = _IGNORED.sub("", record.name)
    return name, place_of(record), record.subject or "", record.role, record.kind, shown_unit(record)


def write_series(book: Book, plan: Plan) -> None:
    """Write the sheet; none where no measure is reported for two years."""
    years = sorted({year for one in find_series(plan) for year in one})
    if not years:
        return
    last = 5 + len(years)
    spec = TableSpec(
        "年度对比", "tblSeries", ("指标名称", "地区", "角色", "单位", *(f"{year}年" for year in years), "备注"),
        (36, 14, 8, 9, *[14] * len(years), 40), 2, last, "", whole=(1, last),
    )  # fmt: skip

    def rows() -> Iterator[list[Entry]]:
        for one in find_series(plan):
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
