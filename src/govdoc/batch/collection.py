"""What is made over a whole collection once its documents are done: workbook, Parquet, report."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from govdoc.batch.document import unpack_documents, unpack_records
from govdoc.batch.duplicates import Name, SiteLines, Suggestion, find_duplicates
from govdoc.batch.facts import Facts, facts_version, find_facts, unpack_facts
from govdoc.batch.jobs import JobLedger, Record
from govdoc.batch.versions import room_version
from govdoc.indicator import Indicator
from govdoc.model import Document, Main
from govdoc.products import write_product
from govdoc.workbook import write_indicators

WORKBOOK = "indicators.xlsx"
PARQUET = "parquet"
REPORT = "report.html"


@dataclass(frozen=True)
class Survey:
    """A collection at a glance: the facts of its documents in order, which of them are copies, its sites' own lines."""

    facts: Mapping[Name, Facts]
    duplicates: Mapping[Name, Name]
    suggestions: tuple[Suggestion, ...]


def survey(ledger: JobLedger) -> Survey:
    """Survey everything done. The texts are not read again, unless another version looked at them."""
    facts = {Name(stem, one.part): one for stem, found in _all_facts(ledger) for one in found}
    duplicates = find_duplicates(facts.items())
    lines = SiteLines()
    for name, one in facts.items():
        if name.part == 1 and name not in duplicates:
            lines.add(one.site(name.stem), one.edges)
    return Survey(facts, duplicates, tuple(lines.suggestions()))


def _all_facts(ledger: JobLedger) -> Iterator[tuple[str, tuple[Facts, ...]]]:
    for stem, packed in ledger.facts():
        found = unpack_facts(packed)
        yield stem, find_facts(unpack_documents(ledger.documents(stem)), None) if found is None else found


class Collection:
    """Writes what is made over all documents of a batch; each product only where what it is made of has changed."""

    def __init__(self, ledger: JobLedger, records: Mapping[str, Record], folder: Path, *, force: bool = False) -> None:
        self._ledger, self._records, self._folder, self._force = ledger, records, folder, force
        self._seen: Survey | None = None

    def _survey(self) -> Survey:
        if self._seen is None:
            self._seen = survey(self._ledger)
        return self._seen

    def write_workbook(self) -> int | None:
        """Write ``indicators.xlsx``, and how many rows it has; ``None`` where it is up to date.

        Copies of a document are left out. ``OutputError`` where a person changed it since, or a program holds it.
        """
        key = _key(self._done("indicators"), "workbook", "measuring", "batch")
        if self._is_current(WORKBOOK, key):
            return None
        documents: list[Document] = []
        indicators: list[Indicator] = []
        for result in self._ledger.results():
            if result.records is not None:
                kept = self._originals(result.stem, unpack_documents(result.documents))
                ids = {document.id for document in kept}
                documents += map(_without_text, kept)
                indicators += (one for one in unpack_records(result.records) if one.document_id in ids)
        if not documents:
            return None
        self._write(WORKBOOK, key, write_indicators(indicators, documents, "xlsx"))
        return len(indicators)

    def write_parquet(self) -> int | None:
        """Write the data set ``parquet/``, and how many files it has; ``None`` where it is up to date.

        ``ExportError`` where pyarrow is not installed, ``OutputError`` where a file there is not ours.
        """
        from govdoc.batch.parquet import write_tables

        key = _key([*self._done("indicators"), *self._done("text")], "workbook", "measuring", "batch")
        if self._is_current(PARQUET, key):
            return None
        last = self._ledger.collection_key(PARQUET)
        ours = frozenset(json.loads(last[1])) if last else frozenset()
        written = write_tables(
            self._ledger.results(), self._survey(), self._records, self._folder / PARQUET, ours, force=self._force
        )
        self._ledger.store_collection(PARQUET, key, json.dumps(sorted(written)))
        return len(written)

    def write_report(self) -> bool:
        """Write ``report.html``; whether it was written, or up to date."""
        from govdoc.batch.report import report_page

        states = [(record.stem, record.sha256, record.state, record.finished) for record in self._records.values()]
        key = _key(states, "batch")
        if self._is_current(REPORT, key):
            return False
        self._write(REPORT, key, report_page(self._records, self._survey()).encode("utf-8", "replace"))
        return True

    def _originals(self, stem: str, documents: list[Document]) -> list[Document]:
        duplicates = self._survey().duplicates
        return [document for document in documents if Name(stem, document.source.part) not in duplicates]

    def _is_current(self, path: str, key: str) -> bool:
        last = self._ledger.collection_key(path)
        return bool(last and last[0] == key and (self._folder / path).exists())

    def _done(self, kind: str) -> list[tuple[str, str | None]]:
        return [
            (stem, record.keys.get(kind)) for stem, record in sorted(self._records.items()) if record.state == "done"
        ]

    def _write(self, path: str, key: str, data: bytes) -> None:
        last = self._ledger.collection_key(path)
        write_product(self._folder / path, data, force=self._force, ours=(last[1],) if last else ())
        self._ledger.store_collection(path, key, hashlib.sha256(data).hexdigest())


def _without_text(document: Document) -> Document:
    """What the workbook asks of a document: its head, not its body."""
    bare = Main(title=document.main.title, issue_date=document.main.issue_date)
    return msgspec.structs.replace(document, main=bare, spans={}, notices=(), references=())


def _key(made_of: object, *rooms: str) -> str:
    """What a product is made of, and the code that puts it together."""
    return hashlib.sha256(json.dumps([made_of, room_version(*rooms), facts_version()]).encode()).hexdigest()[:16]
