"""What is made over a whole collection once its documents are done: workbook, Parquet, report."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from io import BufferedIOBase, BytesIO
from itertools import chain
from pathlib import Path
from tempfile import TemporaryFile

import msgspec

from govdoc.batch.document import note_intent, read_journal, unpack_documents, unpack_records
from govdoc.batch.duplicates import Name
from govdoc.batch.facts import facts_version
from govdoc.batch.jobs import JobLedger
from govdoc.batch.survey import Survey, survey
from govdoc.batch.versions import room_version
from govdoc.errors import OutputError
from govdoc.indicator import Indicator
from govdoc.model import Document, Header, Main
from govdoc.products import digest_of, write_product
from govdoc.workbook import Shelf, save_xlsx

WORKBOOK = "indicators.xlsx"
PARQUET = "parquet"
REPORT = "report.html"


class Collection:
    """Writes what is made over all documents of a batch; each product only where what it is made of has changed."""

    def __init__(self, ledger: JobLedger, folder: Path, *, force: bool = False) -> None:
        self._ledger, self._folder, self._force = ledger, folder, force
        self._seen: Survey | None = None

    def outdated(self, names: Iterable[str]) -> list[str]:
        """Which of the products are missing, or made of what has changed since."""
        return [name for name in names if not self._is_current(name, self._key(name))]

    def write(self, name: str) -> int | None:
        """Write a product as its method below does: how many rows, files or sources it has."""
        return {WORKBOOK: self.write_workbook, PARQUET: self.write_parquet, REPORT: self.write_report}[name]()

    def _key(self, name: str) -> str:
        """What a product is made of, and the code that puts it together."""
        ledger = self._ledger
        made_of, rooms = {
            WORKBOOK: ((ledger.keys("indicators"),), ("workbook", "measuring", "batch")),
            PARQUET: ((ledger.keys("indicators"), ledger.keys("text")), ("workbook", "measuring", "batch")),
            REPORT: ((ledger.states(),), ("batch",)),
        }[name]
        digest = hashlib.sha256(f"{room_version(*rooms)} {facts_version()}".encode())
        for row in chain.from_iterable(made_of):
            digest.update(json.dumps(row).encode())
        return digest.hexdigest()[:16]

    def _survey(self) -> Survey:
        if self._seen is None:
            self._seen = survey(self._ledger)
        return self._seen

    def write_workbook(self) -> int | None:
        """Write ``indicators.xlsx`` without copies, and how many rows it has; ``None`` where nothing was measured.

        Where nothing is left of what was measured before, the workbook that stands there becomes an empty one.

        ``OutputError`` where a person changed it since, or a program holds it.
        """
        documents: list[Document] = []
        try:
            indicators = Shelf(Indicator, self._measured(documents))
            if not documents and not (self._folder / WORKBOOK).exists():
                return None
            with TemporaryFile(dir=self._folder) as file:
                save_xlsx(file, indicators, documents)
                self._write(WORKBOOK, file)
        except (OSError, sqlite3.OperationalError) as error:
            place = str(self._folder / WORKBOOK)
            raise OutputError(f"cannot be written ({error})", place=place, remedy="check the free space") from error
        return len(indicators)

    def _measured(self, documents: list[Document]) -> Iterator[Indicator]:
        """The indicators of all but copies; the heads of what they were found in go into ``documents``."""
        for result in self._ledger.results():
            if result.records is not None:
                kept = self._originals(result.stem, unpack_documents(result.documents))
                ids = {document.id for document in kept}
                documents += map(_without_text, kept)
                yield from (one for one in unpack_records(result.records) if one.document_id in ids)

    def write_parquet(self) -> int:
        """Write the data set ``parquet/``, and how many files it has.

        ``ExportError`` where pyarrow is not installed, ``OutputError`` where a file there is not ours.
        """
        from govdoc.batch.parquet import write_tables

        key = self._key(PARQUET)
        last = self._ledger.collection_key(PARQUET)
        ours = frozenset(json.loads(last[1])) if last else frozenset()
        written = write_tables(self._ledger, self._survey(), self._folder / PARQUET, ours, force=self._force)
        self._ledger.store_collection(PARQUET, key, json.dumps(sorted(written)))
        return len(written)

    def write_report(self) -> int:
        """Write ``report.html``, and of how many sources it tells."""
        from govdoc.batch.report import report_page

        page = report_page(self._ledger.records(), self._survey()).encode("utf-8", "replace")
        self._write(REPORT, BytesIO(page))
        return sum(self._ledger.counts())

    def _originals(self, stem: str, documents: list[Document]) -> list[Document]:
        duplicates = self._survey().duplicates
        return [document for document in documents if Name(stem, document.source.part) not in duplicates]

    def _is_current(self, path: str, key: str) -> bool:
        last = self._ledger.collection_key(path)
        return bool(last and last[0] == key and (self._folder / path).exists())

    def _write(self, path: str, data: BufferedIOBase) -> None:
        key, digest = self._key(path), digest_of(data)
        last = self._ledger.collection_key(path)
        noted = (noted for name, noted in read_journal(self._folder) if name == path)
        ours = {*noted, *(last[1:] if last else ())}
        note_intent(self._folder, {path: digest})
        write_product(self._folder / path, data, force=self._force, ours=ours)
        self._ledger.store_collection(path, key, digest)


def _without_text(document: Document) -> Document:
    """What the workbook asks of a document: its head, not its body."""
    main, header, source = document.main, document.header, document.source
    return Document(
        document.schema,
        document.id,
        msgspec.structs.replace(source, metadata={}),
        document.official,
        header=Header(issuer_mark=header.issuer_mark, doc_number=header.doc_number),
        main=Main(title=main.title, issue_date=main.issue_date, signature_orgs=main.signature_orgs),
    )
