"""What is made over a whole collection once its documents are done: the indicator workbook."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from govdoc.batch.document import unpack_documents, unpack_records
from govdoc.batch.jobs import JobLedger, Record
from govdoc.batch.versions import room_version
from govdoc.indicator import Indicator
from govdoc.model import Document
from govdoc.products import write_product
from govdoc.workbook import write_indicators

WORKBOOK = "indicators.xlsx"


def write_workbook(
    ledger: JobLedger, records: Mapping[str, Record], folder: Path, *, force: bool = False
) -> int | None:
    """Write ``indicators.xlsx`` over all documents done, and how many rows it has; ``None`` where it is up to date.

    ``OutputError`` where a person changed it since, or another program holds it.
    """
    key = _key(records)
    last = ledger.collection_key(WORKBOOK)
    if last and last[0] == key and (folder / WORKBOOK).exists():
        return None
    documents: list[Document] = []
    indicators: list[Indicator] = []
    for _, packed_documents, packed_records in ledger.results():
        if packed_records is not None:
            documents += unpack_documents(packed_documents)
            indicators += unpack_records(packed_records)
    if not documents:
        return None
    data = write_indicators(indicators, documents, "xlsx")
    write_product(folder / WORKBOOK, data, force=force, ours=(last[1],) if last else ())
    ledger.store_collection(WORKBOOK, key, hashlib.sha256(data).hexdigest())
    return len(indicators)


def _key(records: Mapping[str, Record]) -> str:
    """What the workbook is made of: every document's key, and the code that puts them together."""
    parts = [
        (stem, record.keys.get("indicators")) for stem, record in sorted(records.items()) if record.state == "done"
    ]
    return hashlib.sha256(json.dumps([parts, room_version("workbook", "measuring")]).encode()).hexdigest()[:16]
