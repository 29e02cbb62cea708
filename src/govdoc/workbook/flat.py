"""Indicator records as JSON Lines, CSV and Parquet, under the field names of the record."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from importlib import import_module
from typing import Any

from govdoc.errors import ExportError
from govdoc.indicator import Indicator
from govdoc.workbook.laws import is_active

_FIELDS = Indicator.__struct_fields__
_NUMBERS = ("number", "value", "value_min", "value_max")


def write_jsonl(records: Sequence[Indicator]) -> bytes:
    """One JSON object a line, UTF-8, decimals as strings. ``ExportError`` names a record that UTF-8 cannot hold."""
    return b"".join(_line(record) + b"\n" for record in records)


def _line(record: Indicator) -> bytes:
    try:
        return record.to_json()
    except UnicodeEncodeError as error:
        raise ExportError(f"record {record.id} holds a lone surrogate", remedy="clean the source first") from error


def write_csv(records: Sequence[Indicator]) -> bytes:
    """CSV (RFC 4180) in UTF-8 with a BOM, so that Excel reads it as such; ``section`` is joined by `` / ``.

    A text that a spreadsheet would take for a formula (= + - @, tab or line end first) gets an apostrophe in front;
    a negative number keeps its sign.
    """
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerow(_FIELDS)
    writer.writerows([_plain(getattr(record, field)) for field in _FIELDS] for record in records)
    return b"\xef\xbb\xbf" + _encode(target.getvalue())


def _plain(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    text = " / ".join(value) if isinstance(value, tuple) else str(value)
    return f"'{text}" if is_active(text) and _decimal(text) is None else text


def _encode(text: str) -> bytes:
    # Lone surrogates never reach a product.
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode()


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def write_parquet(records: Sequence[Indicator]) -> bytes:
    """Parquet with typed columns: the figures as doubles, ``section`` as a list of strings.

    Needs pyarrow: ``ExportError`` where it is not installed.
    """
    try:
        pa, pq = import_module("pyarrow"), import_module("pyarrow.parquet")
    except ImportError:
        raise ExportError("Parquet needs pyarrow", remedy="pip install govdoc[parquet]") from None
    types = parquet_types(pa)
    columns = {field: pa.array([_typed(record, field) for record in records], types[field]) for field in _FIELDS}
    target = io.BytesIO()
    pq.write_table(pa.table(columns), target, compression="zstd")
    return target.getvalue()


def parquet_row(record: Indicator) -> dict[str, object]:
    """A record as a row of the columns that :func:`parquet_types` gives."""
    return {field: _typed(record, field) for field in _FIELDS}


def parquet_types(pa: Any) -> dict[str, Any]:
    """The columns of Parquet and their types; ``pa`` is the module pyarrow."""
    special = {
        **dict.fromkeys(_NUMBERS, pa.float64()),
        **dict.fromkeys(("sent_start", "sent_end", "start", "end"), pa.int64()),
        "section": pa.list_(pa.string()), "approximate": pa.bool_(), "confidence": pa.float64(),
    }  # fmt: skip
    return {field: special.get(field, pa.string()) for field in _FIELDS}


def _typed(record: Indicator, field: str) -> object:
    value = getattr(record, field)
    if field not in _NUMBERS or value is None:
        return list(value) if isinstance(value, tuple) else value
    exact = _decimal(value)
    return None if exact is None else float(exact)
