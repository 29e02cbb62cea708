"""``govdoc indicators``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from govdoc.cli.documents import read_canonical
from govdoc.cli.options import Settings, paths_argument, shared_options
from govdoc.cli.people import people_options
from govdoc.cli.run import input_paths, run_each
from govdoc.cli.talk import put, say
from govdoc.errors import UsageError
from govdoc.inputs import Input, find_inputs
from govdoc.model import Document
from govdoc.products import write_product

DEFAULT = Path("out/indicators.xlsx")
BINARY = ("xlsx", "parquet")


@click.command()
@paths_argument
@click.option("--format", "name", type=click.Choice(("xlsx", "jsonl", "csv", "parquet")), help="Format, with -o -.")
@shared_options
@people_options
def indicators(paths: tuple[str, ...], name: str | None, settings: Settings) -> None:
    """Extract the quantitative indicators (指标) of all inputs together, targets against results.

    -o FILE (default out/indicators.xlsx); its suffix picks the format: .xlsx .jsonl .csv .parquet.
    """
    from govdoc import api
    from govdoc.workbook import FORMATS, write_indicators

    target = settings.output or DEFAULT
    chosen = name or ("jsonl" if settings.to_stdout else target.suffix.removeprefix(".").lower())
    if chosen not in FORMATS:
        raise UsageError(f"no format {chosen!r}", place=str(target), remedy=f"use one of {', '.join(FORMATS)}")
    if settings.to_stdout and chosen in BINARY and sys.stdout.isatty():
        raise UsageError(f"{chosen} is binary and not for a terminal", remedy="add -o FILE")
    items = find_inputs(paths, columns=settings.columns)
    documents: list[Document] = []

    def one(item: Input) -> None:
        documents.extend(read_canonical(item, settings))

    failed: click.exceptions.Exit | None = None
    try:
        run_each(items, one, settings)
    except click.exceptions.Exit as error:
        failed = error
    records = api.measure(documents)
    data = write_indicators(records, documents, chosen)
    if settings.to_stdout:
        put(data)
    else:
        write_product(target, data, force=settings.force, inputs=input_paths(items))
        if settings.verbosity:
            say(f"{target}: {len(records)} indicators of {len(documents)} documents")
    if failed:
        raise failed
