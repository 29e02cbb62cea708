"""``govdoc batch``."""

from __future__ import annotations

import sys

import click

from govdoc.cli.options import Settings, paths_argument, shared_options
from govdoc.cli.run import DEFAULT_FOLDER, SEVERAL_FAILED, input_paths
from govdoc.cli.talk import say
from govdoc.errors import UsageError
from govdoc.inputs import STDIN, find_inputs
from govdoc.products import write_product

FORMATS = ("docx", "pdf", "json", "markdown")


@click.command()
@paths_argument
@click.option("--docx", is_flag=True, help="Word documents.")
@click.option("--pdf", is_flag=True, help="PDFs.")
@click.option("--json", is_flag=True, help="Canonical documents.")
@click.option("--markdown", is_flag=True, help="Markdown.")
@click.option("--indicators", is_flag=True, help="One workbook over the whole collection.")
@click.option("--jobs", type=click.IntRange(1), help="Worker processes (default: one a core).")
@shared_options
def batch(paths: tuple[str, ...], indicators: bool, jobs: int | None, settings: Settings, **chosen: bool) -> None:
    """Clean, parse and typeset whole folders, several documents at a time.

    Without a format: DOCX, PDF, JSON and the indicator workbook. The cleaned text and its ledger are always made.
    """
    from govdoc.batch.document import Job
    from govdoc.batch.local import run_jobs
    from govdoc.workbook import write_indicators

    folder = settings.folder or DEFAULT_FOLDER
    items = find_inputs(paths, output=folder, columns=settings.columns)
    if any(item.path == STDIN for item in items):
        raise UsageError("batch reads no standard input", remedy="name files or folders")
    picked = tuple(name for name in FORMATS if chosen[name])
    everything = not picked and not indicators
    work = [
        Job(
            item,
            folder,
            ("docx", "pdf", "json") if everything else picked,
            settings.style,
            settings.encoding,
            settings.config.clean,
            settings.force,
            indicators or everything,
        )
        for item in items
    ]
    outcomes = {}
    with click.progressbar(length=len(work), label="govdoc", file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
        for outcome in run_jobs(work, jobs):
            outcomes[outcome.item.path] = outcome
            if outcome.error:
                say(f"govdoc: {outcome.error}")
            bar.update(1)
    ordered = [outcomes[item.path] for item in items]
    if indicators or everything:
        records = [record for outcome in ordered for record in outcome.records]
        documents = [document for outcome in ordered for document in outcome.documents]
        if documents:
            data = write_indicators(records, documents, "xlsx")
            write_product(folder / "indicators.xlsx", data, force=settings.force, inputs=input_paths(items))
    failed = sum(outcome.error is not None for outcome in ordered)
    if settings.verbosity:
        say(f"{folder}: {len(ordered) - failed} of {len(ordered)} done, {failed} failed")
    if failed:
        raise click.exceptions.Exit(ordered[0].exit_status if len(ordered) == 1 else SEVERAL_FAILED)
