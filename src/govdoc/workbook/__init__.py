"""The indicator workbook, and the same records as JSON Lines, CSV and Parquet.

``FORMATS`` maps a suffix (without its dot) to a writer. openpyxl and pyarrow are imported only when they are needed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from govdoc.errors import UsageError
from govdoc.indicator import Indicator
from govdoc.model import Document
from govdoc.workbook.flat import write_csv, write_jsonl, write_parquet
from govdoc.workbook.laws import Limits

if TYPE_CHECKING:
    from govdoc.measuring.pairing import Pairing

__all__ = ["FORMATS", "Limits", "write_csv", "write_indicators", "write_jsonl", "write_parquet", "write_xlsx"]


def write_xlsx(
    records: Sequence[Indicator],
    documents: Sequence[Document],
    pairings: Sequence[Pairing] | None = None,
    *,
    limits: Limits | None = None,
) -> bytes:
    """The workbook: 概览, 指标明细, 目标完成对照, 排名与荣誉 (where there are any), 待复核, 原文, 字典.

    Without ``pairings`` they are made by :func:`govdoc.measuring.pairing.pair`. The same arguments give the same bytes.
    ``documents`` say titles, numbers and hashes on 概览. Past ``limits.rows`` a table goes on in ``-2``, past
    ``limits.links`` a link becomes text; what was cut, dropped or rolled over is said on 概览.
    """
    from govdoc.workbook.xlsx import build

    return build(records, documents, pairings, limits or Limits())


FORMATS: dict[str, Callable[[Sequence[Indicator], Sequence[Document]], bytes]] = {
    "xlsx": lambda records, documents: write_xlsx(records, documents),
    "jsonl": lambda records, _: write_jsonl(records),
    "csv": lambda records, _: write_csv(records),
    "parquet": lambda records, _: write_parquet(records),
}
"""Suffix without its dot → writer of records and their documents."""


def write_indicators(records: Sequence[Indicator], documents: Sequence[Document], format: str) -> bytes:
    """The records in the format of a suffix (``".csv"`` or ``"csv"``). ``UsageError`` where there is no such format."""
    suffix = format.lower().removeprefix(".")
    if suffix not in FORMATS:
        raise UsageError(f"no indicator format {format!r}", remedy="use one of " + " ".join(FORMATS))
    return FORMATS[suffix](records, documents)
