"""One document of a batch, from its file to its products: the boundary at which any failure stops."""

from __future__ import annotations

import hashlib
import json
import os
import time
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from govdoc import api
from govdoc.batch.facts import find_facts, pack_facts
from govdoc.batch.jobs import Made
from govdoc.cleaned import Cleaned
from govdoc.config import CleanConfig
from govdoc.errors import GovdocError, InputError
from govdoc.filing import Product, clean_configured, cleaned_products, make_products
from govdoc.indicator import Indicator
from govdoc.inputs import Input
from govdoc.model import Document, write_documents
from govdoc.products import TakenError, locate, write_product
from govdoc.supplying import Given

LEDGER_FOLDER = ".govdoc"
JOURNAL = "journal"
DATABASE = "jobs.sqlite"
MIB = 1 << 20
TIMEOUT = 120.0
"""Seconds that a document may take."""


@dataclass(frozen=True)
class Order:
    """What a person wants of a batch: ``kinds`` of products (keys of ``versions.DEPENDS``), where, and within what.

    A source of more than ``largest`` bytes is refused; ``timeout`` is in seconds for a document.
    """

    folder: Path
    kinds: tuple[str, ...]
    style: str = "auto"
    encoding: str | None = None
    config: CleanConfig = field(default_factory=CleanConfig)
    given: Given = field(default_factory=Given)
    force: bool = False
    workers: int | None = None
    timeout: float = TIMEOUT
    largest: int = 64 * MIB
    retry_failed: bool = False


@dataclass(frozen=True)
class Job:
    """What to make of one input: the ``kinds`` of products, as the order has them made.

    ``ours`` are the SHA-256 of what earlier runs wrote, by path below the order's folder: only those files may be
    replaced, unless it says ``force``. ``parent`` is the process that will record the outcome: without it nothing is
    written.
    """

    item: Input
    order: Order
    kinds: tuple[str, ...]
    ours: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    parent: int | None = None


@dataclass(frozen=True)
class Outcome:
    """What came of a job: the products and results, or the error that stopped it.

    ``documents`` (canonical JSON) and ``records`` (JSON Lines) are compressed, as :func:`unpack_documents` and
    :func:`unpack_records` take them, ``facts`` as :func:`govdoc.batch.facts.unpack_facts` does.
    """

    item: Input
    sha256: str | None = None
    products: tuple[Made, ...] = ()
    documents: bytes = b""
    records: bytes | None = None
    facts: bytes | None = None
    notices: Mapping[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    error: str | None = None
    exit_status: int = 0


def unpack_documents(data: bytes) -> list[Document]:
    """The documents of an outcome."""
    return msgspec.json.decode(zlib.decompress(data), type=list[Document])


def unpack_records(data: bytes) -> list[Indicator]:
    """The indicators of an outcome."""
    return msgspec.json.decode(zlib.decompress(data), type=list[Indicator])


def run_job(job: Job) -> Outcome:
    """Do a job; every failure becomes an outcome, so that no document stops another."""
    started = time.perf_counter()

    def failed(reason: str, status: int) -> Outcome:
        return Outcome(job.item, seconds=time.perf_counter() - started, error=reason, exit_status=status)

    try:
        return _run(job, started)
    except GovdocError as error:
        return failed(str(locate(error, job.item.shown)), error.exit_status)
    except MemoryError:
        return failed(f"{job.item.shown}: needs more memory than there is; run it alone", InputError.exit_status)
    except Exception as error:  # noqa: BLE001 the document boundary: the others go on, the reason is kept
        reason = f"{job.item.shown}: {type(error).__name__}: {error}; this is an error of govdoc's own"
        return failed(" ".join(reason.split()), GovdocError.exit_status)


def _run(job: Job, started: float) -> Outcome:
    job.item.require_reader()
    _refuse_large(job)
    source = job.item.read(job.order.encoding)
    cleaned = clean_configured(source, job.order.config)
    documents = job.order.given.apply(api.parse(cleaned))
    made = list(_make(job, cleaned, documents))
    notices = Counter(notice.code for document in documents for notice in document.notices)
    notices.update(notice.code for _, product in made for notice in product.notices)
    written = _write_all(job, made)
    records = api.measure(documents) if "indicators" in job.kinds else None
    return Outcome(
        job.item,
        source.sha256,
        tuple(written),
        zlib.compress(write_documents(documents)),
        None if records is None else zlib.compress(msgspec.json.encode(records)),
        pack_facts(find_facts(documents, cleaned.text)),
        dict(notices),
        time.perf_counter() - started,
    )


def _refuse_large(job: Job) -> None:
    if job.item.row is not None or not job.item.path.exists():
        return
    if not job.item.path.is_file():
        raise InputError("is no file but a pipe or device", place=job.item.shown, remedy="save it as a file first")
    size = job.item.path.stat().st_size
    if size > job.order.largest:
        raise InputError(
            f"is {size / MIB:.0f} MB, more than {job.order.largest / MIB:.0f}",
            place=job.item.shown,
            remedy="split it, or raise --max-size",
        )


def _make(job: Job, cleaned: Cleaned, documents: Sequence[Document]) -> Iterator[tuple[str, Product]]:
    if "text" in job.kinds:
        yield from (("text", product) for product in cleaned_products(cleaned))
    for kind in job.kinds:
        if kind not in ("text", "indicators"):
            yield from ((kind, product) for product in make_products(documents, (kind,), job.order.style))


def _write_all(job: Job, made: Sequence[tuple[str, Product]]) -> Iterator[Made]:
    """Write every product; one that a person changed since is kept."""
    hashes = [hashlib.sha256(product.data).hexdigest() for _, product in made]
    paths = [job.item.product(job.order.folder, product.tail) for _, product in made]
    names = [path.relative_to(job.order.folder).as_posix() for path in paths]
    if job.parent is not None and os.getppid() != job.parent:
        raise SystemExit(1)  # nobody is left to record it
    note_intent(job.order.folder, dict(zip(names, hashes, strict=True)))
    force = job.order.force
    for (kind, product), path, name, digest in zip(made, paths, names, hashes, strict=True):
        kept = False
        try:
            write_product(path, product.data, force=force, inputs=(job.item.path,), ours=job.ours.get(name, ()))
        except TakenError:
            if name not in job.ours:
                raise
            kept = True
        found = path.stat()
        yield Made(name, kind, digest, found.st_size, found.st_mtime_ns, kept)


def note_intent(folder: Path, products: dict[str, str]) -> None:
    """Say what is about to be written, so that after a crash it is known to be ours."""
    journal = folder / LEDGER_FOLDER / JOURNAL
    if products and journal.is_dir():
        with (journal / f"{os.getpid()}.jsonl").open("a", encoding="utf-8") as lines:
            lines.write(json.dumps(products) + "\n")


def read_journal(folder: Path) -> Iterator[tuple[str, str]]:
    """Product and SHA-256 of what runs cut short were about to write; a line that the crash cut is passed over."""
    for path in sorted((folder / LEDGER_FOLDER / JOURNAL).glob("*.jsonl")):
        with path.open(encoding="utf-8", errors="replace") as lines:
            for line in lines:
                with suppress(ValueError):
                    yield from json.loads(line).items()
