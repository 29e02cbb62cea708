"""Tables of scraped pages (``.csv``, ``.tsv``, ``.jsonl``, ``.xlsx``): each row a source of its own."""

from __future__ import annotations

import csv
import datetime
import io
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import PurePath
from typing import Any

from govdoc.decode import decode
from govdoc.errors import InputError, UsageError
from govdoc.readers.kinds import looks_like_html
from govdoc.source import Source

USUAL = {
    "text": ("content", "text", "html", "body", "正文", "内容", "正文内容"),
    "url": ("url", "link", "href", "网址", "链接", "来源网址"),
    "title": ("title", "标题", "名称"),
    "date": ("date", "pub_date", "publish_date", "发布日期", "发布时间", "日期", "时间"),
}
"""The columns a table is searched for where none is named: crawlers' usual names."""
FETCHED = ("fetched_at", "crawl_time", "抓取时间", "采集时间")
LONGEST_METADATA = 200
HEAD = 400
"""A page that says its title within so many characters is not given it again."""
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Columns:
    """The columns of a table that hold a page's text, address, title and date; ``None``: the usual names."""

    text: str | None = None
    url: str | None = None
    title: str | None = None
    date: str | None = None

    def find(self, role: str, header: list[str], place: str) -> str | None:
        """The column of a role in a table's header; ``UsageError`` where the one named is not there."""
        named: str | None = getattr(self, role)
        if named is None:
            folded = {name.strip().casefold(): name for name in header}
            return next((folded[usual] for usual in USUAL[role] if usual in folded), None)
        if named in header:
            return named
        raise UsageError(
            f"has no column {named!r}", place=place, remedy=f"it has {', '.join(header) or 'none'}: --{role}-column"
        )


def read_rows(table: Source, columns: Columns | None = None) -> Iterator[tuple[int, Source | InputError]]:
    """Every row that is no blank, with its number from 1, as a source, or as the error that says what is wrong with it.

    A title that the page's text does not begin with is put above it. The date, and what other short values a row
    has, become the source's metadata. ``InputError`` where the file is no table, ``UsageError`` where it has no
    column of texts.
    """
    rows = TABLES[PurePath(table.name).suffix.lower()](table)
    picked: dict[str, str | None] | None = None
    for number, row in enumerate(rows, start=1):
        place = f"{table.name}, row {number}"
        if isinstance(row, InputError):
            yield number, row
            continue
        if picked is None or (picked["text"] not in row):
            header = [str(name) for name in row]
            picked = {role: (columns or Columns()).find(role, header, table.name) for role in USUAL}
            if picked["text"] is None:
                raise UsageError(
                    "has no column of texts", place=table.name, remedy=f"name one of {', '.join(header)}: --text-column"
                )
        if any(_plain(value) for value in row.values()):
            yield number, _as_source(row, picked, place)


def _as_source(row: Row, picked: Mapping[str, str | None], place: str) -> Source:
    def value(role: str) -> str:
        return _plain(row.get(picked[role] or ""))

    text, title = value("text"), value("title")
    is_page = looks_like_html(text)
    if title and text and "".join(title.split()) not in "".join(text[:HEAD].split()):
        text = f"<h1>{escape(title)}</h1>\n{text}" if is_page else f"{title}\n{text}"
    known = {*picked.values(), *FETCHED}
    rest = {str(name): _plain(each) for name, each in row.items() if name not in known}
    metadata = {name: each for name, each in rest.items() if each and len(each) <= LONGEST_METADATA}
    if date := value("date"):
        metadata[picked["date"] or "日期"] = date
    return Source(
        text.encode("utf-8", "surrogatepass"),
        name=place,
        url=value("url") or None,
        content_type="text/html; charset=utf-8" if is_page else "text/plain; charset=utf-8",
        fetched_at=next((_plain(row[name]) for name in FETCHED if row.get(name)), None),
        metadata=metadata,
        encoding="utf-8",
    )


def _plain(value: object) -> str:
    if isinstance(value, datetime.datetime | datetime.date):
        return value.isoformat()
    return value.strip() if isinstance(value, str) else str(value) if isinstance(value, int | float) else ""


def _csv_rows(table: Source, delimiter: str = ",") -> Iterator[Row | InputError]:
    text = decode(table).text.removeprefix("\ufeff")
    csv.field_size_limit(max(len(text), csv.field_size_limit()))  # a page may be longer than the module's 128 KiB
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, restkey="")
    try:
        yield from reader
    except csv.Error as error:
        raise InputError(
            f"is no table of comma-separated values ({error})", place=table.name, remedy="save it again as CSV"
        ) from None


def _tsv_rows(table: Source) -> Iterator[Row | InputError]:
    return _csv_rows(table, "\t")


def _jsonl_rows(table: Source) -> Iterator[Row | InputError]:
    for number, line in enumerate(decode(table).text.removeprefix("\ufeff").split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            row = None
        if isinstance(row, dict):
            yield row
        else:
            yield InputError("is no JSON object", place=f"{table.name}, line {number}", remedy="mend the line")


def _xlsx_rows(table: Source) -> Iterator[Row | InputError]:
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = openpyxl.load_workbook(io.BytesIO(table.data), read_only=True, data_only=True)
        rows = book.worksheets[0].iter_rows(values_only=True)
        header = ["" if cell is None else str(cell) for cell in next(rows, ())]
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, IndexError) as error:
        raise InputError(f"is no workbook ({error})", place=table.name, remedy="save it again as .xlsx") from None
    yield from (dict(zip(header, row, strict=False)) for row in rows)


TABLES: dict[str, Callable[[Source], Iterator[Row | InputError]]] = {
    ".csv": _csv_rows,
    ".tsv": _tsv_rows,
    ".jsonl": _jsonl_rows,
    ".xlsx": _xlsx_rows,
}
"""Suffix → the rows of a table of that kind."""
