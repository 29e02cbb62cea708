"""The collection as Parquet: documents, paragraphs and indicators, partitioned by year, in bounded memory."""

from __future__ import annotations

import hashlib
import shutil
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from govdoc.batch.document import unpack_documents, unpack_records
from govdoc.batch.duplicates import Name
from govdoc.batch.facts import Facts, blocks_of
from govdoc.batch.jobs import JobLedger, Result
from govdoc.batch.survey import Survey
from govdoc.errors import ExportError, OutputError
from govdoc.model import Block, Document
from govdoc.products import TEMPORARY, TakenError
from govdoc.workbook.flat import parquet_row, parquet_types

BATCH_ROWS = 5_000
"""Rows of a table kept in memory, all years together, before they are written."""
NO_YEAR = "__HIVE_DEFAULT_PARTITION__"
"""What readers of partitioned data take for a null."""
DOCUMENTS = {
    **dict.fromkeys(("document_id", "path"), "string"), "part": "int32", "source": "string", "sha256": "string",
    **dict.fromkeys(("url", "site", "fetched_at", "encoding", "media_type"), "string"), "official": "bool",
    **dict.fromkeys(("genre", "kind", "title", "subtitle", "doc_number", "doc_code"), "string"),
    "doc_year": "int32", "doc_seq": "int32", "secrecy": "string", "urgency": "string", "issuers": "list",
    "signers": "list", "recipients": "string", "signature_orgs": "list", "issue_date": "string", "cc": "string",
    **dict.fromkeys(("printing_org", "printing_date", "province", "city", "county", "adcode"), "string"),
    "characters": "int32", "paragraphs": "int32", "indicators": "int32", "notices": "list", "products": "list",
    "duplicate_of": "string",
}  # fmt: skip
PARAGRAPHS = {
    "document_id": "string", "path": "string", "part": "int32", "place": "string", "number": "int32",
    "type": "string", "level": "int32", "label": "string", "heading": "string", "text": "string",
    "duplicate_of": "string",
}  # fmt: skip


class _Table:
    """One table of the data set: a file a year, a row group whenever enough rows have come together."""

    def __init__(self, folder: Path, schema: Any) -> None:
        self._folder, self._schema = folder, schema
        self._rows: defaultdict[int | None, list[dict[str, Any]]] = defaultdict(list)
        self._waiting = 0
        self._writers: dict[int | None, Any] = {}

    def add(self, year: int | None, rows: Iterable[dict[str, Any]]) -> None:
        waiting = self._rows[year]
        before = len(waiting)
        waiting.extend(rows)
        self._waiting += len(waiting) - before
        if self._waiting >= BATCH_ROWS:
            self.flush()

    def flush(self) -> None:
        pa, pq = _arrow()
        for year, rows in self._rows.items():
            if not rows:
                continue
            if year not in self._writers:
                path = self._folder / f"year={NO_YEAR if year is None else year}" / "part-0.parquet"
                path.parent.mkdir(parents=True)
                self._writers[year] = pq.ParquetWriter(path, self._schema, compression="zstd")
            self._writers[year].write_table(pa.Table.from_pylist(rows, self._schema))
        self._rows.clear()
        self._waiting = 0

    def close(self) -> None:
        for writer in self._writers.values():
            writer.close()


def write_tables(
    ledger: JobLedger,
    survey: Survey,
    folder: Path,
    ours: Collection[str],
    *,
    force: bool = False,
) -> set[str]:
    """Write the three tables below ``folder``; the SHA-256 of every file written.

    Only files whose SHA-256 is in ``ours`` are replaced or removed, unless ``force``: ``TakenError``. ``ExportError``
    where pyarrow is not installed, ``OutputError`` where the disk refuses.
    """
    pa, _ = _arrow()
    making = folder.with_name(f"{TEMPORARY}{folder.name}")
    tables = {
        name: _Table(making / name, schema)
        for name, schema in (
            ("documents", _schema(pa, DOCUMENTS)), ("paragraphs", _schema(pa, PARAGRAPHS)),
            ("indicators", _indicator_schema(pa)),
        )
    }  # fmt: skip
    try:
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir(parents=True)
        for result in ledger.results():
            made = [_text(path) for path in ledger.product_paths(result.stem)]
            _add(tables, result, survey, made)
        for table in tables.values():
            table.flush()
            table.close()
        return _put_in_place(making, folder, ours, force)
    except OSError as error:
        raise OutputError(
            f"cannot be written ({error.strerror or error})", place=str(folder), remedy="check the free space"
        ) from error
    finally:
        shutil.rmtree(making, ignore_errors=True)


def _add(tables: Mapping[str, _Table], result: Result, survey: Survey, made: Sequence[str]) -> None:
    indicators: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in _indicator_rows(result.records):
        indicators[row["document_id"]].append(row)
    for document in unpack_documents(result.documents):
        name = Name(result.stem, document.source.part)
        facts = survey.facts[name]
        of = survey.duplicates.get(name)
        same = {"path": _text(result.stem), "part": name.part, "duplicate_of": _text(str(of)) if of else None}
        found = indicators[document.id]
        row = _document_row(document, facts, made, len(found)) | same
        tables["documents"].add(facts.year, [row | {"site": _text(facts.site(result.stem))}])
        tables["paragraphs"].add(facts.year, (each | same for each in _paragraph_rows(document)))
        tables["indicators"].add(facts.year, (each | same for each in found))


def _document_row(document: Document, facts: Facts, made: Sequence[str], indicators: int) -> dict[str, Any]:
    source, header, main, colophon = document.source, document.header, document.main, document.colophon
    number, printing = header.doc_number, colophon.printing
    return {
        "document_id": document.id, "source": source.name, "sha256": source.sha256, "url": source.url,
        "fetched_at": source.fetched_at, "encoding": source.encoding, "media_type": source.media_type,
        "official": document.official, "genre": document.genre, "kind": document.kind, "title": main.title,
        "subtitle": main.subtitle, "doc_number": number.raw if number else None,
        "doc_code": number.code if number else None, "doc_year": number.year if number else None,
        "doc_seq": number.seq if number else None, "secrecy": header.secrecy.level if header.secrecy else None,
        "urgency": header.urgency, "issuers": list(header.issuer_mark.agencies if header.issuer_mark else ()),
        "signers": list(header.signers), "recipients": main.recipients.text if main.recipients else None,
        "signature_orgs": list(main.signature_orgs), "issue_date": main.issue_date,
        "cc": colophon.cc.text if colophon.cc else None, "printing_org": printing.org if printing else None,
        "printing_date": printing.date if printing else None, "province": facts.province, "city": facts.city,
        "county": facts.county, "adcode": facts.adcode, "characters": facts.characters,
        "paragraphs": facts.paragraphs, "indicators": indicators,
        "notices": sorted({notice.code for notice in document.notices}),
        "products": made,
    }  # fmt: skip


def _paragraph_rows(document: Document) -> Iterator[dict[str, Any]]:
    for number, (place, block) in enumerate(blocks_of(document), start=1):
        yield {
            "document_id": document.id, "place": place, "number": number, "type": block.type, "level": block.level,
            "label": block.label, "heading": block.heading, "text": _block_text(block),
        }  # fmt: skip


def _block_text(block: Block) -> str:
    """The text of a block; a table's cells parted by tabs, its rows by line ends."""
    return block.text if block.rows is None else "\n".join("\t".join(cell.text for cell in row) for row in block.rows)


def _indicator_rows(packed: bytes | None) -> Iterator[dict[str, Any]]:
    return map(parquet_row, unpack_records(packed) if packed is not None else ())


def _indicator_schema(pa: Any) -> Any:
    """The columns of an indicator file, and where in the collection each comes from."""
    where = {"path": pa.string(), "duplicate_of": pa.string(), "part": pa.int32()}
    return pa.schema(list((parquet_types(pa) | where).items()))


def _schema(pa: Any, columns: Mapping[str, str]) -> Any:
    types = {"string": pa.string(), "int32": pa.int32(), "bool": pa.bool_(), "list": pa.list_(pa.string())}
    return pa.schema([(name, types[kind]) for name, kind in columns.items()])


def _arrow() -> tuple[Any, Any]:
    try:
        return import_module("pyarrow"), import_module("pyarrow.parquet")
    except ImportError:
        raise ExportError("Parquet needs pyarrow", remedy="pip install govdoc[parquet]") from None


def _text(name: str) -> str:
    """A name as UTF-8 can hold it: what is no character of a file's name is shown as its number."""
    return name.encode("utf-8", "backslashreplace").decode()


def _put_in_place(making: Path, folder: Path, ours: Collection[str], force: bool) -> set[str]:
    """Move what was made into ``folder``, and take away the years that are no more."""
    there = {path.relative_to(folder): _digest(path) for path in folder.rglob("*.parquet")}
    made = {path.relative_to(making): _digest(path) for path in making.rglob("*.parquet")}
    for path, digest in there.items():
        if digest not in ours and digest != made.get(path) and not force:
            raise TakenError("exists with other content", place=str(folder / path), remedy="use --force, or move it")
    for path in made:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (making / path).replace(folder / path)
    for path in there.keys() - made.keys():
        (folder / path).unlink()
    return set(made.values())


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
