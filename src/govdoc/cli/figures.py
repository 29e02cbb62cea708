"""``govdoc indicators``."""

from __future__ import annotations

import sys
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from govdoc.cli.documents import read_canonical
from govdoc.cli.options import Settings, shared_options
from govdoc.cli.people import people_options
from govdoc.cli.run import input_paths, run_each
from govdoc.cli.talk import counted, put, say
from govdoc.errors import UsageError
from govdoc.indicator import Indicator
from govdoc.inputs import Input, find_inputs
from govdoc.model import Document
from govdoc.products import write_product
from govdoc.source import read as read_source

if TYPE_CHECKING:
    from govdoc.workbook import Corrected

DEFAULT = Path("out/indicators.xlsx")
BINARY = ("xlsx", "parquet")


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--format", "name", type=click.Choice(("xlsx", "jsonl", "csv", "parquet")), help="Format, with -o -.")
@click.option(
    "--pair", "pairs", nargs=2, multiple=True, metavar="PLAN RESULT", help="A plan and its summary, whatever they say."
)
@click.option("--tasks", metavar="FILE.docx", type=click.Path(path_type=Path), help="Also 任务落实对照 as a Word file.")
@click.option(
    "--review", metavar="FILE.html", type=click.Path(path_type=Path), help="Also a page with every value marked."
)
@click.option(
    "--corrections", metavar="FILE.xlsx", type=click.Path(path_type=Path), help="A workbook people corrected."
)
@shared_options
@people_options
def indicators(
    paths: tuple[str, ...],
    name: str | None,
    pairs: tuple[tuple[str, str], ...],
    tasks: Path | None,
    review: Path | None,
    corrections: Path | None,
    settings: Settings,
) -> None:
    """Extract the indicators (指标) of all inputs together: targets against results, tasks beside what answers them.

    -o FILE (default out/indicators.xlsx); its suffix picks the format: .xlsx .jsonl .csv .parquet.

    A plan (要点) and the summary (总结) of one agency and year are compared by themselves; --pair says which two are,
    may be given several times, and reads the files named there as well. --corrections applies what people changed in
    指标名称, 数值 and 复核 of an earlier workbook, and keeps what they filled in beside tasks and targets; what fits
    nothing any more is said and kept in 未用更正.
    """
    from govdoc import api
    from govdoc.workbook import write_indicators, write_marked, write_tasks

    target = settings.output or DEFAULT
    chosen = _format(name, target, settings)
    paths = (*paths, *(path for path in dict.fromkeys(path for pair in pairs for path in pair) if path not in paths))
    if not paths:
        raise UsageError("no input", remedy="name a file, a folder, or --pair PLAN RESULT")
    items = _once(find_inputs(paths, columns=settings.columns, tell=settings.tell))
    documents, failed = _read(items, settings)
    corrected = _corrected(api.measure(documents), corrections)
    given = [(_source_of(plan, items), _source_of(result, items)) for plan, result in pairs]
    data = write_indicators(corrected, documents, chosen, given)
    for row, filled in groupby(corrected.entries.unused() if chosen == "xlsx" else (), key=lambda one: one[:2]):
        cells = list(filled)
        heads = ", ".join(one.head for one in cells)
        say(f"{corrections}: {heads} of {row[0]} {cells[0].name!r} fits no row any more ({row[1]})")
    beside = [(tasks, write_tasks(documents, given, corrected.entries))] if tasks else []
    beside += [(review, write_marked(corrected, documents))] if review else []
    for path, made in beside:
        write_product(path, made, force=settings.force, inputs=input_paths(items))
    if settings.to_stdout:
        put(data)
    else:
        write_product(target, data, force=settings.force, inputs=input_paths(items))
        if settings.verbosity:
            say(f"{target}: {counted(len(corrected.records), 'indicator')} of {counted(len(documents), 'document')}")
    if failed:
        raise failed


def _read(items: list[Input], settings: Settings) -> tuple[list[Document], click.exceptions.Exit | None]:
    """The documents of all inputs, and how the run is to end where an input could not be read."""
    documents: list[Document] = []
    try:
        run_each(items, lambda item: documents.extend(read_canonical(item, settings)), settings)
    except click.exceptions.Exit as error:
        return documents, error
    return documents, None


def _format(name: str | None, target: Path, settings: Settings) -> str:
    """The format asked for, or that of the target's suffix. ``UsageError`` where there is none such."""
    from govdoc.workbook import FORMATS

    chosen = name or ("jsonl" if settings.to_stdout else target.suffix.removeprefix(".").lower())
    if chosen not in FORMATS:
        raise UsageError(f"no format {chosen!r}", place=str(target), remedy=f"use one of {', '.join(FORMATS)}")
    if settings.to_stdout and chosen in BINARY and sys.stdout.isatty():
        raise UsageError(f"{chosen} is binary and not for a terminal", remedy="add -o FILE")
    return chosen


def _corrected(records: list[Indicator], path: Path | None) -> Corrected:
    """The records with the corrections of a workbook; each that fits no more is said."""
    from govdoc.workbook import Corrected, apply_corrections, read_corrections

    if path is None:
        return Corrected(records)
    found = apply_corrections(records, read_corrections(read_source(path).data, str(path)))
    for one in found.stale:
        said = f"{one.row.get('来源文件', '')} {one.row.get('指标名称', '')} ({one.key})".strip()
        say(f"{path}: a correction fits no record any more: {said}")
    return found


def _once(items: list[Input]) -> list[Input]:
    """The inputs, each file once: one named by --pair may stand in a folder as well."""
    known: dict[tuple[Path, str], Input] = {}
    for item in items:
        known.setdefault((item.path.resolve(), item.shown if item.row else ""), item)
    return list(known.values())


def _source_of(path: str, items: list[Input]) -> str:
    """The name under which the documents of a file are known."""
    return next((item.shown for item in items if item.path.resolve() == Path(path).resolve()), path)
