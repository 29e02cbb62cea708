"""``govdoc batch``."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from govdoc.batch.jobs import JobLedger, Record
from govdoc.batch.plan import Plan
from govdoc.batch.run import Order
from govdoc.cli.options import Settings, shared_options
from govdoc.cli.people import people_options
from govdoc.cli.progress import follow
from govdoc.cli.run import DEFAULT_FOLDER, SEVERAL_FAILED
from govdoc.cli.talk import put, say
from govdoc.errors import EmptyError, UsageError
from govdoc.inputs import STDIN, Input, find_inputs
from govdoc.supplying import Given

FORMATS = ("docx", "pdf", "json", "markdown")
EVERYTHING = ("docx", "pdf", "json", "indicators")
INTERRUPTED = 130
BREAK = "\\n"


@dataclass(frozen=True)
class Duty:
    """How a batch goes about its work, beside what it makes."""

    log: str
    retry_failed: bool
    dry_run: bool
    status: bool
    prune: bool
    yes: bool
    watch: bool
    parquet: bool


@click.command()
@click.argument("paths", nargs=-1, metavar="PATH...")
@click.option("--docx", is_flag=True, help="Word documents.")
@click.option("--pdf", is_flag=True, help="PDFs.")
@click.option("--json", is_flag=True, help="Canonical documents.")
@click.option("--markdown", is_flag=True, help="Markdown.")
@click.option("--indicators", is_flag=True, help="One workbook over the whole collection.")
@click.option("--parquet", is_flag=True, help="Documents, paragraphs and indicators as a Parquet data set.")
@click.option("--jobs", type=click.IntRange(1), help="Worker processes (default: one a core).")
@click.option("--timeout", type=click.FloatRange(1), default=120.0, show_default=True, help="Seconds for a document.")
@click.option("--max-size", type=click.IntRange(1), default=64, show_default=True, help="MB a source may have.")
@click.option("--watch", is_flag=True, help="Go on, taking up new files once they have stopped growing.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and why; do nothing.")
@click.option("--retry-failed", is_flag=True, help="Try again what failed before.")
@click.option("--status", is_flag=True, help="Say what the job ledger holds; do nothing.")
@click.option("--prune", is_flag=True, help="Remove products whose source is gone, after asking.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--log", type=click.Choice(("text", "json")), default="text", show_default=True, help="Form of the log.")
@shared_options
@people_options
def batch(
    paths: tuple[str, ...],
    settings: Settings,
    indicators: bool,
    jobs: int | None,
    timeout: float,
    max_size: int,
    **rest: bool,
) -> None:
    """Clean, parse and typeset whole folders, doing only what is new or changed since the last run.

    Without a format: DOCX, PDF, JSON and the indicator workbook. The cleaned text and its ledger are always made, and
    report.html: what failed and why, which years and places there are, what stands in the collection twice.
    What became of every file is kept in DIR/.govdoc/jobs.sqlite; a run that was cut short goes on from there.
    """
    from govdoc.batch.document import MIB
    from govdoc.batch.run import open_batch

    picked = tuple(name for name in FORMATS if rest.pop(name)) + (("indicators",) if indicators else ())
    duty = Duty(**rest)  # type: ignore[arg-type]
    if duty.parquet and picked:
        picked = tuple(dict.fromkeys((*picked, "indicators")))
    order = Order(
        settings.folder or DEFAULT_FOLDER,
        ("text", *(picked or EVERYTHING)),
        settings.style,
        settings.encoding,
        settings.config.clean,
        settings.given or Given(),
        settings.force,
        jobs,
        timeout,
        max_size * MIB,
        duty.retry_failed,
    )
    if not (paths or duty.status):
        raise UsageError("no PATH", remedy="name the folders to file")
    # A service is stopped by SIGTERM: as clean a stop as Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with open_batch(order.folder) as ledger:
        if duty.status:
            _put_status(ledger)
        elif duty.watch:
            _watch(paths, order, ledger, settings, duty)
        else:
            _run_once(_find(paths, order, settings), order, ledger, settings, duty)


def _find(paths: Sequence[str], order: Order, settings: Settings) -> list[Input]:
    items = find_inputs(paths, output=order.folder, columns=settings.columns)
    if any(item.path == STDIN for item in items):
        raise UsageError("batch reads no standard input", remedy="name files or folders")
    return items


def _run_once(items: Sequence[Input], order: Order, ledger: JobLedger, settings: Settings, duty: Duty) -> None:
    from govdoc.batch.run import plan_batch

    plan = plan_batch(items, order, ledger.records())
    if duty.dry_run:
        _put_plan(plan, order)
        return
    failures = _carry_out(plan, order, ledger, settings, duty)
    if duty.prune:
        _prune(plan, order, ledger, settings, duty)
    elif plan.removed and settings.verbosity:
        say(f"{order.folder}: {len(plan.removed)} documents have lost their source; --prune removes their products")
    if failures:
        raise click.exceptions.Exit(failures[0] if len(items) == 1 else SEVERAL_FAILED)


def _carry_out(plan: Plan, order: Order, ledger: JobLedger, settings: Settings, duty: Duty) -> list[int]:
    """Do a plan and what follows from it; the exit statuses of what failed, now or before."""
    from govdoc.batch.run import now, run_plan

    number = ledger.begin_run(now())
    failures = [record.exit_status for record in plan.failed]
    for record in plan.failed:
        say(f"govdoc: {record.error} (failed before; --retry-failed tries again)")
    done = 0
    try:
        for each in follow(run_plan(plan, order, ledger), len(plan.steps), log=duty.log, verbosity=settings.verbosity):
            done = each.done
            failures += [each.outcome.exit_status] if each.outcome.error else []
            kept = [product.path for product in each.outcome.products if product.kept]
            for path in kept:
                say(f"{order.folder / path}: was changed since it was made; kept (--force replaces it, keeping a .bak)")
    except KeyboardInterrupt:
        left = len(plan.steps) - done
        say(f"govdoc: stopped with {done} done and {left} left; the same command goes on from there")
        raise click.exceptions.Exit(INTERRUPTED) from None
    records = ledger.records()
    settings.seen.update(record.sha256 for record in records.values())
    _write_collection(ledger, records, order, settings, duty)
    ledger.end_run(number, now(), plan.counts | {"done": done, "failed_now": len(failures)})
    if settings.verbosity:
        total = len(plan.steps) + len(plan.unchanged) + len(plan.failed)
        unchanged = f", {len(plan.unchanged)} unchanged" if plan.unchanged else ""
        say(f"{order.folder}: {total - len(failures)} of {total} done{unchanged}, {len(failures)} failed")
    return failures


def _write_collection(
    ledger: JobLedger, records: dict[str, Record], order: Order, settings: Settings, duty: Duty
) -> None:
    """Write what is made over all documents, where any changed, and say what there is now."""
    from govdoc.batch.collection import PARQUET, REPORT, WORKBOOK, Collection

    collection = Collection(ledger, records, order.folder, force=order.force)
    said = []
    if "indicators" in order.kinds and (rows := collection.write_workbook()) is not None:
        said.append(f"{order.folder / WORKBOOK}: {rows} indicators")
    if duty.parquet and (files := collection.write_parquet()) is not None:
        said.append(f"{order.folder / PARQUET}: {files} files")
    if collection.write_report():
        said.append(f"{order.folder / REPORT}: what became of {len(records)} sources")
    for line in said if settings.verbosity else ():
        say(line)


def _watch(paths: Sequence[str], order: Order, ledger: JobLedger, settings: Settings, duty: Duty) -> None:
    from govdoc.batch.run import plan_batch
    from govdoc.batch.watch import is_growing, watch_rounds

    folders = [Path(path) for path in paths]
    if missing := [str(folder) for folder in folders if not folder.is_dir()]:
        raise UsageError("--watch looks at folders", place=", ".join(missing), remedy="name the folder")

    def work() -> bool:
        try:
            items = _find(paths, order, settings)
        except EmptyError:
            return False
        resting = [item for item in items if not is_growing(item, time.time())]
        plan = plan_batch(resting, order, ledger.records())
        if plan.steps:
            _carry_out(plan, order, ledger, settings, duty)
        return len(resting) < len(items)

    try:
        for _ in watch_rounds(folders, work):
            pass
    except KeyboardInterrupt:
        say("govdoc: stopped watching; the same command goes on from there")
        raise click.exceptions.Exit(INTERRUPTED) from None


def _put_plan(plan: Plan, order: Order) -> None:
    lines = [f"{step.reason:9} {step.sight.item.shown}  ({', '.join(step.kinds)})" for step in plan.steps]
    lines += [f"failed    {record.source}  ({record.error})" for record in plan.failed]
    lines += [f"removed   {record.stem}  (was {record.source})" for record in plan.removed]
    lines += [f"edited    {order.folder / path}" for path in plan.edited]
    lines.append(", ".join(f"{count} {what}" for what, count in plan.counts.items()))
    _put_lines(lines)


def _put_status(ledger: JobLedger) -> None:
    records = list(ledger.records().values())
    failed = [record for record in records if record.state == "failed"]
    lines = [f"{len(records) - len(failed)} done, {len(failed)} failed"]
    lines += [f"failed    {record.source}  ({record.error})" for record in failed]
    for number, started, finished, summary in ledger.runs()[-5:]:
        counted = ", ".join(f"{count} {what}" for what, count in summary.items() if count)
        lines.append(f"run {number}  {started}  {f'to {finished}' if finished else 'cut short'}  {counted}".rstrip())
    _put_lines(lines)


def _put_lines(lines: Iterable[str]) -> None:
    """Lines on stdout: a name with a line break in it is one still, one that is no UTF-8 can be seen."""
    put("".join(f"{line.replace(chr(10), BREAK)}\n" for line in lines).encode("utf-8", "backslashreplace"))


def _prune(plan: Plan, order: Order, ledger: JobLedger, settings: Settings, duty: Duty) -> None:
    from govdoc.batch.run import prune

    if not plan.removed:
        return
    files = sum(len(record.products) for record in plan.removed)
    question = f"Remove {files} products of {len(plan.removed)} documents whose source is gone?"
    if not duty.yes and not click.confirm(question, err=True):
        return
    for path, gone in prune(plan.removed, order.folder, ledger):
        if not gone:
            say(f"{order.folder / path}: was changed since it was made; kept")
        elif settings.verbosity > 1:
            say(f"{order.folder / path}: removed")
