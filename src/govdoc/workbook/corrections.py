"""What people corrected in a workbook (指标名称, 数值, 复核), found again by 记录键 and applied to new records."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple
from zipfile import BadZipFile

from msgspec import structs

from govdoc.errors import InputError
from govdoc.indicator import Indicator
from govdoc.workbook.plan import DETAIL
from govdoc.workbook.terms import plain

UNUSED = "未用更正"
REVIEW = "待复核"
NOT_AN_INDICATOR = "不是指标"
UNSETTLED = "待查"
_SETTLED = frozenset(("正确",))
_KEY, _NAME, _VALUE, _REVIEW, _MARK = "记录键", "指标名称", "数值", "复核", "核对码"
_SHEETS = (REVIEW, DETAIL, UNUSED)  # where a record is corrected on two of them, the later one counts
_LONGEST = 200


class Correction(NamedTuple):
    """What a person wrote about a record; ``None`` where nothing was changed. ``row`` is the row as it stood."""

    key: str
    name: str | None
    value: str | None
    review: str | None
    row: Mapping[str, str]


@dataclass(frozen=True)
class Corrected:
    """Records with what people said of them: the reviews and the codes of what the program had read, by record id."""

    records: Sequence[Indicator]
    reviews: Mapping[str, str] = field(default_factory=dict)
    marks: Mapping[str, str] = field(default_factory=dict)
    stale: Sequence[Correction] = ()
    used: int = 0

    def counted(self) -> list[Indicator]:
        """The records without those a person says are no indicators."""
        return [one for one in self.records if self.reviews.get(one.id) != NOT_AN_INDICATOR]


def mark_of(record: Indicator) -> str:
    """核对码: a code of name and value as the program read them, by which a later change is seen."""
    return _code(record.name) + _code(_shown(record.value if record.value is not None else record.value_min))


def _code(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:8]


def _shown(value: object) -> str:
    """A figure as both a cell and a record give it."""
    if value is None or value == "":
        return ""
    try:
        return plain(str(float(Decimal(str(value)))))
    except (InvalidOperation, OverflowError):
        return str(value).strip()


def read_corrections(data: bytes, name: str) -> list[Correction]:
    """The corrections in a workbook of ours; ``InputError`` where it is none. ``name`` is for the message."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        raise InputError("is no Excel workbook", place=name, remedy="give the .xlsx that was corrected") from error
    found: dict[str, Correction] = {}
    known = False
    for title in (title for start in _SHEETS for title in book.sheetnames if title.split("-")[0] == start):
        rows = _rows(book[title])
        known = known or rows is not None
        for row in rows or ():
            if one := _correction(row, kept=title == UNUSED):
                before = found.get(one.key)
                found[one.key] = one if before is None else _merged(before, one)
    if not known:
        raise InputError("holds no records of govdoc", place=name, remedy="give a workbook made by govdoc indicators")
    return list(found.values())


def _rows(sheet: Any) -> Iterator[dict[str, Any]] | None:
    rows = sheet.iter_rows(values_only=True)
    heads = next(rows, ())
    if _KEY not in heads:
        return None
    return (dict(zip(heads, row, strict=False)) for row in rows if any(cell is not None for cell in row))


def _merged(one: Correction, other: Correction) -> Correction:
    return Correction(
        one.key, other.name or one.name, other.value or one.value, other.review or one.review, {**one.row, **other.row}
    )


def _correction(row: Mapping[str, Any], *, kept: bool) -> Correction | None:
    """What a row says was changed. Without a code, of an old workbook, only what its 复核 points to was."""
    key = str(row.get(_KEY) or "").strip()
    if not key:
        return None
    name, value = str(row.get(_NAME) or "").strip()[:_LONGEST], _shown(row.get(_VALUE))
    review, mark = str(row.get(_REVIEW) or "").strip(), str(row.get(_MARK) or "")
    renamed = bool(name) and (mark[:8] != _code(name) if mark else review == "名称有误")
    changed = bool(value) and (mark[8:] != _code(value) if mark else review == "数值有误")
    if not (renamed or changed or review):
        return None
    texts = {str(head): "" if cell is None else str(cell) for head, cell in row.items() if head}
    return Correction(key, name if renamed else None, value if changed else None, review or None, texts)


def apply_corrections(records: Sequence[Indicator], corrections: Iterable[Correction]) -> Corrected:
    """The records as corrected, by id; what fits no record any more is ``stale`` and kept."""
    wanted = {one.key: one for one in corrections}
    known = {record.id for record in records}
    made = [_apply(record, wanted[record.id]) if record.id in wanted else record for record in records]
    return Corrected(
        made,
        {key: one.review for key, one in wanted.items() if one.review and key in known},
        {record.id: mark_of(record) for record in records},
        [one for key, one in wanted.items() if key not in known],
        sum(key in known for key in wanted),
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
