"""What people corrected in a workbook (指标名称, 数值, 复核), found again by 记录键 and applied to new records."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple
from zipfile import BadZipFile

from msgspec import structs

from govdoc.errors import InputError
from govdoc.indicator import Indicator
from govdoc.workbook.entries import FORMS, MARK, Entries, Filled, code, content_of, read_filled
from govdoc.workbook.plan import DETAIL
from govdoc.workbook.terms import plain

UNUSED = "未用更正"
REVIEW = "待复核"
NOT_AN_INDICATOR = "不是指标"
UNSETTLED = "待查"
_SETTLED = frozenset(("正确",))
_KEY, _NAME, _VALUE, _REVIEW = "记录键", "指标名称", "数值", "复核"
IN_SHEET, IN_COLUMN, CONTENT = "所在表", "栏目", "填写内容"
"""Heads of 未用更正 for what was filled in on a sheet whose rows are no records."""
_SHEETS = (UNUSED, REVIEW, DETAIL, *FORMS)
_LONGEST = 200
_MARK = 8


class Correction(NamedTuple):
    """What a person wrote about a record; ``None`` where nothing was changed. ``row`` is the row as it stood.

    ``fresh`` are the heads changed since the workbook was written; the rest was said before.
    """

    key: str
    name: str | None
    value: str | None
    review: str | None
    row: Mapping[str, str]
    fresh: frozenset[str] = frozenset()


class Corrections(NamedTuple):
    """What people wrote in a workbook: about records, and on sheets whose rows are no records."""

    records: Sequence[Correction]
    filled: Sequence[Filled] = ()


@dataclass(frozen=True)
class Corrected:
    """Records with what people said of them: the reviews and the codes of what the program had read, by record id."""

    records: Sequence[Indicator]
    reviews: Mapping[str, str] = field(default_factory=dict)
    marks: Mapping[str, str] = field(default_factory=dict)
    stale: Sequence[Correction] = ()
    used: int = 0
    entries: Entries = field(default_factory=Entries)

    def counts(self, record: Indicator) -> bool:
        """Whether the record takes part in comparisons: not where a person says that it is no indicator."""
        return self.reviews.get(record.id) != NOT_AN_INDICATOR


def mark_of(record: Indicator) -> str:
    """核对码: a code of name and value as the program read them, by which a later change is seen."""
    return code(record.name) + code(_shown(record.value if record.value is not None else record.value_min))


def written_mark(read: str, record: Indicator, review: str | None) -> str:
    """核对码 as it goes into a row: behind what was read what was written, where a person had corrected it."""
    written = mark_of(record)
    return read if written == read and not review else read + written + code(review or "")


def _shown(value: object) -> str:
    """A figure as both a cell and a record give it."""
    if value is None or value == "":
        return ""
    try:
        return plain(str(float(Decimal(str(value)))))
    except (InvalidOperation, OverflowError):
        return str(value).strip()


def read_corrections(data: bytes, name: str) -> Corrections:
    """The corrections in a workbook of ours; ``InputError`` where it is none. ``name`` is for the message.

    Where a record is corrected on two sheets, what was changed last counts; of two changes that on 指标明细.
    """
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        raise InputError("is no Excel workbook", place=name, remedy="give the .xlsx that was corrected") from error
    found: dict[str, Correction] = {}
    filled: list[Filled] = []
    known = False
    for start, title in _wanted(book.sheetnames):
        for row in _rows(book[title]):
            known = True
            if start in FORMS:
                filled += read_filled(start, row)
            elif form := FORMS.get(str(row.get(IN_SHEET) or "")):
                filled += _kept(row, form.filled)
            elif one := _correction(row):
                before = found.get(one.key)
                found[one.key] = one if before is None else _merged(before, one)
    if not known:
        raise InputError("holds no records of govdoc", place=name, remedy="give a workbook made by govdoc indicators")
    return Corrections([one for one in found.values() if one.name or one.value or one.review], filled)


def _wanted(titles: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The sheets people write on, with what their titles begin with (指标明细-2)."""
    return ((start, title) for start in _SHEETS for title in titles if title.split("-")[0] == start)


def _rows(sheet: Any) -> Iterator[dict[str, Any]]:
    """The rows by their heads; none of a sheet that is not of ours."""
    rows = sheet.iter_rows(values_only=True)
    heads = next(rows, ())
    keys = {_KEY, *(key for form in FORMS.values() for key in form.keys)}
    if keys.isdisjoint(heads):
        return
    yield from (dict(zip(heads, row, strict=False)) for row in rows if any(cell is not None for cell in row))


def _kept(row: Mapping[str, Any], heads: Sequence[str]) -> Iterator[Filled]:
    """What an earlier run could not place and kept in 未用更正."""
    texts = [str(row.get(head) or "").strip() for head in (IN_SHEET, _KEY, IN_COLUMN)]
    content = content_of(row.get(CONTENT))
    if texts[2] in heads and content != "":
        about = [str(row.get(head) or "") for head in (_NAME, "来源句", "来源文件")]
        yield Filled(texts[0], texts[1], texts[2], content, *about)


def _merged(one: Correction, other: Correction) -> Correction:
    def later(head: str, before: str | None, after: str | None) -> str | None:
        if (head in one.fresh) != (head in other.fresh):
            return before if head in one.fresh else after
        return after or before

    return Correction(
        one.key,
        later(_NAME, one.name, other.name),
        later(_VALUE, one.value, other.value),
        later(_REVIEW, one.review, other.review),
        {**one.row, **other.row},
        one.fresh | other.fresh,
    )


def _correction(row: Mapping[str, Any]) -> Correction | None:
    """What a row says was changed. Without a code, of an old workbook, only what its 复核 points to was."""
    key = str(row.get(_KEY) or "").strip()
    if not key:
        return None
    name, value = str(row.get(_NAME) or "").strip()[:_LONGEST], _shown(row.get(_VALUE))
    review, mark = str(row.get(_REVIEW) or "").strip(), str(row.get(MARK) or "")
    read = [mark[at : at + _MARK] for at in (0, _MARK)]
    written = [mark[at : at + _MARK] for at in range(2 * _MARK, 5 * _MARK, _MARK)] if mark[2 * _MARK :] else []
    said = zip((_NAME, _VALUE, _REVIEW), (name, value, review), written or [*read, code("")], strict=True)
    fresh = frozenset(head for head, text, before in said if mark and code(text) != before)
    renamed = bool(name) and (read[0] != code(name) if mark else review == "名称有误")
    changed = bool(value) and (read[1] != code(value) if mark else review == "数值有误")
    if not (renamed or changed or review or fresh):
        return None
    texts = {str(head): "" if cell is None else str(cell) for head, cell in row.items() if head}
    return Correction(key, name if renamed else None, value if changed else None, review or None, texts, fresh)


def apply_corrections(records: Sequence[Indicator], corrections: Corrections) -> Corrected:
    """The records as corrected, by id; what fits no record any more is ``stale`` and kept."""
    wanted = {one.key: one for one in corrections.records}
    known = {record.id for record in records}
    made = [_apply(record, wanted[record.id]) if record.id in wanted else record for record in records]
    return Corrected(
        made,
        {key: one.review for key, one in wanted.items() if one.review and key in known},
        {record.id: mark_of(record) for record in records},
        [one for key, one in wanted.items() if key not in known],
        sum(key in known for key in wanted),
        Entries(corrections.filled),
    )


def _apply(record: Indicator, said: Correction) -> Indicator:
    notes = [record.note] if record.note else []
    changes: dict[str, Any] = {}
    if said.name and said.name != record.name:
        changes["name"] = said.name
        notes.append(f"名称经人更正，原为“{record.name}”")
    if said.value is not None and (value := _figure(said.value)) is not None:
        ranged = record.value is None and record.value_min is not None
        changes |= {"value_min": value} if ranged else {"value": value, "number": value, "scale": ""}
        notes.append(f"数值经人更正，原为{record.value_min if ranged else record.value or '空'}")
    if changes or said.review in _SETTLED:
        changes["confidence"] = 1.0
    return structs.replace(record, **changes, note="；".join(notes) or None)


def _figure(text: str) -> str | None:
    try:
        exact = Decimal(text)
    except InvalidOperation:
        return None
    return plain(text) if exact.is_finite() else None
