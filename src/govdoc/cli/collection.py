"""``govdoc batch``."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from govdoc.cli.options import Settings, shared_options
from govdoc.cli.people import people_options
from govdoc.cli.progress import follow
from govdoc.cli.pruning import Duty, prune_products
from govdoc.cli.run import DEFAULT_FOLDER, SEVERAL_FAILED
from govdoc.cli.talk import counted, put, say
from govdoc.errors import EmptyError, UsageError
from govdoc.inputs import STDIN, Input, find_inputs
from govdoc.supplying import Given

if TYPE_CHECKING:
    from govdoc.batch.document import Order
    from govdoc.batch.jobs import JobLedger
    from govdoc.batch.plan import Plan

FORMATS = ("docx", "pdf", "json", "markdown")
EVERYTHING = ("docx", "pdf", "json", "indicators")
INTERRUPTED = 130
BREAK = "\\n"
MANY = 500
"""Documents from which on the end of a batch takes long enough to be announced."""


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
@click.option("--prune", is_flag=True, help="Remove products whose source is gone, after asking; do nothing else.")
@click.option("--prune-all", is_flag=True, help="--prune even where no source is left in a folder.")
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
    from govdoc.batch.document import MIB, Order

    picked = tuple(name for name in FORMATS if rest.pop(name)) + (("indicators",) if indicators else ())
    rest["prune"] |= rest["prune_all"]
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
    if not (paths or duty.status or duty.prune):
        raise UsageError("no PATH", remedy="name the folders to file")
    # A service is stopped by SIGTERM: as clean a stop as Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    do = _look if duty.status or (duty.dry_run and not duty.prune) else _work
    do(paths, order, settings, duty)


def _look(paths: Sequence[str], order: Order, settings: Settings, duty: Duty) -> None:
    from govdoc.batch.run import peek_batch, plan_batch

    with peek_batch(order.folder) as ledger:
        if duty.status:
            _put_status(ledger, order.folder)
        else:
            _put_plan(plan_batch(_find(paths, order, settings), order, ledger), order)


def _work(paths: Sequence[str], order: Order, settings: Settings, duty: Duty) -> None:
    from govdoc.batch.run import open_batch

    with open_batch(order.folder) as ledger:
        if duty.prune:
            prune_products([Path(path) for path in paths], order.folder, ledger, settings, duty)
            if not duty.dry_run:
                _write_collection(ledger, tuple(ledger.collection_names()), order, settings, duty)
        elif duty.watch:
            _watch(paths, order, ledger, settings, duty)
        else:
            _run_once(_find(paths, order, settings), order, ledger, settings, duty)


def _find(paths: Sequence[str], order: Order, settings: Settings) -> list[Input]:
    items = find_inputs(paths, output=order.folder, columns=settings.columns, tell=settings.tell)
    if any(item.path == STDIN for item in items):
        raise UsageError("batch reads no standard input", remedy="name files or folders")
    return items


def _run_once(items: Sequence[Input], order: Order, ledger: JobLedger, settings: Settings, duty: Duty) -> None:
    from govdoc.batch.run import plan_batch

    plan = plan_batch(items, order, ledger)
    failures = _carry_out(plan, order, ledger, settings, duty)
    if plan.removed and settings.verbosity:
        lost = counted(len(plan.removed), "document has lost its source", "documents have lost their source")
        duty.note(f"{order.folder}: {lost}; --prune removes the products")
    if failures:
        raise click.exceptions.Exit(failures[0] if len(items) == 1 else SEVERAL_FAILED)


def _carry_out(plan: Plan, order: Order, ledger: JobLedger, settings: Settings, duty: Duty) -> list[int]:
    """Do a plan and what follows from it; the exit statuses of what failed, now or before."""
    from govdoc.batch.run import now, run_plan, settle_journal

    number = ledger.begin_run(now())
    failures = [record.exit_status for record in plan.failed]
    for record in plan.failed:
        duty.note(f"govdoc: {record.error} (failed before; --retry-failed tries again)")
    done, kept = 0, set(() if order.force else plan.edited)
    began = written = time.perf_counter()
    try:
        for each in follow(run_plan(plan, order, ledger), len(plan.steps), log=duty.log, verbosity=settings.verbosity):
            done = each.done
            failures += [each.outcome.exit_status] if each.outcome.error else []
            kept.update(product.path for product in each.outcome.products if product.kept)
        _say_kept(sorted(kept), order.folder, duty)
        written = time.perf_counter()
        _write_collection(ledger, _wanted(order, duty), order, settings, duty)
    except KeyboardInterrupt:
        left = len(plan.steps) - done - (len(failures) - len(plan.failed))
        duty.note(f"govdoc: stopped with {done} done and {left} left; the same command goes on from there")
        raise click.exceptions.Exit(INTERRUPTED) from None
    settle_journal(order.folder, ledger)
    if order.given.overrides:
        settings.seen.update(sha256 for _, sha256, _, _ in ledger.states())
    ledger.end_run(number, now(), plan.counts | {"done": done, "failed_now": len(failures)})
    seconds = {"documents": written - began, "collection": time.perf_counter() - written}
    if duty.tell("finished", done=done, unchanged=plan.unchanged, failed=len(failures), seconds=seconds):
        return failures
    if settings.verbosity:
        total = len(plan.steps) + plan.unchanged + len(plan.failed)
        unchanged = f", {plan.unchanged} unchanged" if plan.unchanged else ""
        duty.note(f"{order.folder}: {total - len(failures)} of {total} done{unchanged}, {len(failures)} failed")
    return failures


def _say_kept(paths: Iterable[str], folder: Path, duty: Duty) -> None:
    """Say what a person changed, in every run for as long as it is so."""
    for path in paths:
        words = f"{folder / path}: was changed since it was made; kept (--force replaces it, keeping a .bak)"
        if path.endswith(".txt"):
            words += "; `govdoc undo` works from the text as it was made only: --force makes it again"
        duty.note(words)


def _wanted(order: Order, duty: Duty) -> tuple[str, ...]:
    """What is to be made over all documents."""
    from govdoc.batch.collection import PARQUET, REPORT, WORKBOOK

    asked = (("indicators" in order.kinds, WORKBOOK), (duty.parquet, PARQUET), (True, REPORT))
    return tuple(name for wanted, name in asked if wanted)


def _write_collection(ledger: JobLedger, names: Sequence[str], order: Order, settings: Settings, duty: Duty) -> None:
    """Write what is made over all documents, where any changed, and say what there is now."""
    from govdoc.batch.collection import PARQUET, REPORT, WORKBOOK, Collection
    from govdoc.batch.finishing import write_collection

    said = {
        WORKBOOK: lambda count: counted(count, "indicator"),
        PARQUET: lambda count: counted(count, "file"),
        REPORT: lambda count: f"what became of {counted(count, 'source')}",
    }
    outdated = Collection(ledger, order.folder).outdated(names)
    many = sum(ledger.counts()) >= MANY and settings.verbosity
    if outdated and not duty.tell("writing", products=outdated) and many:
        say(f"{order.folder}: writing {', '.join(outdated)}")
    for name, count in write_collection(outdated, order.folder, force=order.force, workers=order.workers):
        if settings.verbosity:
            duty.note(f"{order.folder / name}: {said[name](count)}")


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
        plan = plan_batch(resting, order, ledger)
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
    lines += [f"removed   {stem}  (was {source})" for stem, source in plan.removed.items()]
    lines += [f"edited    {order.folder / path}" for path in plan.edited]
    lines.append(", ".join(f"{count} {what}" for what, count in plan.counts.items()))
    _put_lines(lines)


def _put_status(ledger: JobLedger, folder: Path) -> None:
    from govdoc.batch.run import is_at_work

    runs = ledger.runs()
    if not runs:
        raise EmptyError("no batch has been here", place=str(folder), remedy="name the output folder of one with -o")
    done, failed = ledger.counts()
    at_work = runs[-1][0] if is_at_work(folder) else None
    lines = [f"{done} done, {failed} failed"]
    lines += [f"failed    {record.source}  ({record.error})" for record in ledger.failures()]
    for number, started, finished, summary in runs[-5:]:
        counts = ", ".join(f"{count} {what}" for what, count in summary.items() if count)
        ended = f"to {finished}" if finished else "at work" if number == at_work else "cut short"
        lines.append(f"run {number}  {started}  {ended}  {counts}".rstrip())
    _put_lines(lines)


def _put_lines(lines: Iterable[str]) -> None:
    """Lines on stdout: a name with a line break in it is one still, one that is no UTF-8 can be seen."""
    put("".join(f"{line.replace(chr(10), BREAK)}\n" for line in lines).encode("utf-8", "backslashreplace"))
