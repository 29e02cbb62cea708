"""One document of a batch, from its file to its products: the boundary at which any failure stops."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from govdoc import api
from govdoc.config import CleanConfig
from govdoc.errors import GovdocError
from govdoc.filing import make_products
from govdoc.indicator import Indicator
from govdoc.inputs import Input
from govdoc.model import Document
from govdoc.products import write_product
from govdoc.source import read


@dataclass(frozen=True)
class Job:
    """What to make of one input."""

    item: Input
    folder: Path
    formats: tuple[str, ...]
    style: str = "auto"
    encoding: str | None = None
    config: CleanConfig = field(default_factory=CleanConfig)
    force: bool = False
    indicators: bool = True


@dataclass(frozen=True)
class Outcome:
    """What came of a job: products, or the error that stopped it."""

    item: Input
    products: tuple[Path, ...] = ()
    documents: tuple[Document, ...] = ()
    records: tuple[Indicator, ...] = field(default=())
    error: str | None = None
    exit_status: int = 0


def run_job(job: Job) -> Outcome:
    """Do a job; every failure becomes an outcome, so that no document stops another."""
    try:
        return _run(job)
    except GovdocError as error:
        error.place = error.place or job.item.shown
        return Outcome(job.item, error=str(error), exit_status=error.exit_status)
    except Exception as error:  # noqa: BLE001 the document boundary: the others go on, the reason is kept
        reason = f"{job.item.shown}: {type(error).__name__}: {error}; this is an error of govdoc's own"
        return Outcome(job.item, error=" ".join(reason.split()), exit_status=70)


def _run(job: Job) -> Outcome:
    from govdoc.decode import require_fit
    from govdoc.ledger import write_ledger

    job.item.require_reader()
    source = read(job.item.path, encoding=job.encoding)
    cleaned = api.clean(source, disable=job.config.disable, chrome=job.config.patterns)
    require_fit(cleaned.decoded)
    documents = api.parse(cleaned)
    products = {".txt": cleaned.text.encode(), ".edits.jsonl": write_ledger(cleaned).encode()}
    products |= {product.tail: product.data for product in make_products(documents, job.formats, job.style)}
    written = tuple(job.folder / job.item.stem.with_name(job.item.stem.name + tail) for tail in products)
    for path, data in zip(written, products.values(), strict=True):
        write_product(path, data, force=job.force, inputs=(job.item.path,))
    records = tuple(api.measure(documents)) if job.indicators else ()
    return Outcome(job.item, written, tuple(documents), records)
