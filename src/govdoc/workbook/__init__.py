"""The indicator workbook, and the same records as JSON Lines, CSV and Parquet.

``FORMATS`` maps a suffix (without its dot) to a writer. openpyxl and pyarrow are imported only when they are needed.
"""

from __future__ import annotations

import io
import sqlite3
from collections.abc import Callable, Sequence
from tempfile import gettempdir
from typing import IO, TYPE_CHECKING

from govdoc.errors import OutputError, UsageError
from govdoc.indicator import Indicator
from govdoc.model import Document
from govdoc.workbook.corrections import Corrected, apply_corrections, read_corrections
from govdoc.workbook.entries import Entries
from govdoc.workbook.flat import write_csv, write_jsonl, write_parquet
from govdoc.workbook.laws import Limits
from govdoc.workbook.shelf import Shelf

if TYPE_CHECKING:
    from govdoc.measuring.pairing import Pairing

Given = Sequence[tuple[str, str]]
__all__ = [
    "FORMATS", "Corrected", "Limits", "Shelf", "apply_corrections", "read_corrections", "save_xlsx",
    "write_csv", "write_indicators", "write_jsonl", "write_marked", "write_parquet", "write_tasks", "write_xlsx",
]  # fmt: skip


def save_xlsx(
    target: IO[bytes],
    records: Sequence[Indicator] | Corrected,
    documents: Sequence[Document],
    pairings: Sequence[Pairing] | None = None,
    *,
    limits: Limits | None = None,
    given: Given = (),
) -> None:
    """Write the workbook: 概览, 指标明细, 目标完成对照, 待复核, 原文, 字典, and others where there is what to show.

    The others are 任务落实对照, 总结段落, 计划对比, 年度对比, 排名与荣誉.

    ``given`` are the names of sources that belong together: a plan and its result.

    Without ``pairings`` they are made by :func:`govdoc.measuring.pairing.pair`. The same arguments give the same bytes.
    ``documents`` say titles, numbers and hashes on 概览. Past ``limits.rows`` a table goes on in ``-2``, past
    ``limits.links`` a link becomes text; what was cut, dropped or rolled over is said on 概览.

    ``target`` is a file open for writing in binary. While it is written the records and sheets lie in temporary files:
    with records that come from a :class:`Shelf` memory hardly grows with their number.
    """
    from govdoc.workbook.xlsx import build

    corrected = records if isinstance(records, Corrected) else Corrected(records)
    build(target, corrected, documents, pairings, limits or Limits(), given)


def write_xlsx(
    records: Sequence[Indicator] | Corrected,
    documents: Sequence[Document],
    pairings: Sequence[Pairing] | None = None,
    *,
    limits: Limits | None = None,
    given: Given = (),
) -> bytes:
    """The bytes of the workbook that :func:`save_xlsx` writes; ``OutputError`` where temporary files have no room."""
    target = io.BytesIO()
    try:
        save_xlsx(target, records, documents, pairings, limits=limits, given=given)
    except (OSError, sqlite3.OperationalError) as error:
        raise OutputError(
            f"has no room for the workbook ({error})", place=gettempdir(), remedy="free some, or set TMPDIR"
        ) from error
    return target.getvalue()


def write_tasks(documents: Sequence[Document], given: Given = (), entries: Entries | None = None) -> bytes:
    """任务落实对照 of the documents as a Word file, A4 landscape. ``EmptyError`` where no plan has its summary here.

    ``entries`` are what people filled in before (:attr:`Corrected.entries`).
    """
    from govdoc.workbook.beside import Beside
    from govdoc.workbook.tasks_docx import write_tasks_docx

    return write_tasks_docx(Beside(documents, given), entries or Entries())


def write_marked(records: Sequence[Indicator] | Corrected, documents: Sequence[Document]) -> bytes:
    """One self-contained HTML page: the documents with every value marked, its name and confidence on hover."""
    from govdoc.workbook.marked import marked_page

    return marked_page(records if isinstance(records, Corrected) else Corrected(records), documents).encode()


FORMATS: dict[str, Callable[[Corrected, Sequence[Document], Given], bytes]] = {
    "xlsx": lambda corrected, documents, given: write_xlsx(corrected, documents, given=given),
    "jsonl": lambda corrected, *_: write_jsonl(corrected.records),
    "csv": lambda corrected, *_: write_csv(corrected.records),
    "parquet": lambda corrected, *_: write_parquet(corrected.records),
}
"""Suffix without its dot → writer of records, their documents, and which of them a person set together."""


def write_indicators(
    records: Sequence[Indicator] | Corrected, documents: Sequence[Document], format: str, given: Given = ()
) -> bytes:
    """The records in the format of a suffix (``".csv"`` or ``"csv"``). ``UsageError`` where there is no such format."""
    suffix = format.lower().removeprefix(".")
    if suffix not in FORMATS:
        raise UsageError(f"no indicator format {format!r}", remedy="use one of " + " ".join(FORMATS))
    return FORMATS[suffix](records if isinstance(records, Corrected) else Corrected(records), documents, given)
