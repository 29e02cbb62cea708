"""One document of a batch, from its file to its products: the boundary at which any failure stops."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from govdoc import api
from govdoc.config import CleanConfig
from govdoc.errors import GovdocError
from govdoc.filing import clean_configured, cleaned_products, make_products
from govdoc.indicator import Indicator
from govdoc.inputs import Input
from govdoc.model import Document
from govdoc.products import locate, write_product


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
        return Outcome(job.item, error=str(locate(error, job.item.shown)), exit_status=error.exit_status)
    except Exception as error:  # noqa: BLE001 the document boundary: the others go on, the reason is kept
        reason = f"{job.item.shown}: {type(error).__name__}: {error}; this is an error of govdoc's own"
        return Outcome(job.item, error=" ".join(reason.split()), exit_status=GovdocError.exit_status)


def _run(job: Job) -> Outcome:
    job.item.require_reader()
    source = job.item.read(job.encoding)
    cleaned = clean_configured(source, job.config)
    documents = api.parse(cleaned)
    products = (*cleaned_products(cleaned), *make_products(documents, job.formats, job.style))
    written = tuple(job.item.product(job.folder, product.tail) for product in products)
    for path, product in zip(written, products, strict=True):
        write_product(path, product.data, force=job.force, inputs=(job.item.path,))
    records = tuple(api.measure(documents)) if job.indicators else ()
    return Outcome(job.item, written, tuple(documents), records)
