"""A batch from plan to record: survey the inputs, plan, run the jobs, record each outcome, keep the folder tidy."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from govdoc.batch.document import DATABASE, JOURNAL, LEDGER_FOLDER, Job, Order, Outcome, read_journal
from govdoc.batch.jobs import JobLedger, Made, Record, Result, open_ledger
from govdoc.batch.local import run_jobs
from govdoc.batch.plan import Condition, Plan, Sight, Step, make_plan
from govdoc.batch.versions import product_key
from govdoc.errors import InputError, OutputError
from govdoc.inputs import Input
from govdoc.products import TEMPORARY
from govdoc.source import Source, read_about

CARRIED = "carried.jsonl"
LOCK = "lock"
LOOKED_AT = 0.5  # seconds: a look at a batch holds its lock for an instant
RACY_NS = 2_000_000_000
"""A file changed within this of being read may have changed after, with the same size and time."""


@dataclass(frozen=True)
class Progress:
    """An outcome with where the batch stands."""

    outcome: Outcome
    step: Step
    done: int
    failed: int
    total: int


@contextmanager
def open_batch(folder: Path) -> Iterator[JobLedger]:
    """The job ledger of an output folder, held against every other batch.

    ``OutputError`` where another batch is at work there, or the folder cannot be written.
    """
    here = folder / LEDGER_FOLDER
    try:
        (here / JOURNAL).mkdir(parents=True, exist_ok=True)
        # The system gives the lock back when its holder dies, however it dies.
        lock = FileLock(here / LOCK, timeout=LOOKED_AT)
        with lock, open_ledger(here / DATABASE) as ledger:
            yield ledger
    except Timeout:
        raise OutputError(
            "another batch is at work in this folder", place=str(folder), remedy="wait for it, or choose another -o"
        ) from None
    except OSError as error:
        raise OutputError(
            f"cannot be written ({error.strerror})", place=str(folder), remedy="check the folder and the free space"
        ) from error


@contextmanager
def peek_batch(folder: Path) -> Iterator[JobLedger]:
    """The job ledger of an output folder, to read beside a batch at work; an empty one where no batch has been."""
    path = folder / LEDGER_FOLDER / DATABASE
    with open_ledger(path if path.is_file() else Path(":memory:")) as ledger:
        yield ledger


def is_at_work(folder: Path) -> bool:
    """Whether a batch is at work in an output folder; none is where nobody could hold its lock."""
    try:
        with FileLock(folder / LEDGER_FOLDER / LOCK, timeout=0):
            return False
    except Timeout:
        return True
    except OSError:
        return False


def plan_batch(items: Sequence[Input], order: Order, ledger: JobLedger) -> Plan:
    """What a batch would do, from the inputs and products as they lie there."""
    seen = ((_look(item, order, record), record) for item in items for record in [ledger.record(item.stem.as_posix())])
    return make_plan(
        seen,
        ledger.sources(),
        lambda made: _condition(made, order.folder),
        _source_exists,
        retry_failed=order.retry_failed,
        force=order.force,
    )


def run_plan(plan: Plan, order: Order, ledger: JobLedger) -> Iterator[Progress]:
    """Do a plan, recording each outcome as it comes."""
    left_over = _unrecorded(order.folder, ledger)
    by_stem = {step.sight.stem: step for step in plan.steps}
    done = failed = 0
    sweep(order.folder)
    jobs = (_job(step, order, ledger, left_over) for step in plan.steps)
    try:
        with closing(run_jobs(jobs, order.workers, order.timeout)) as outcomes:
            for outcome in outcomes:
                step = by_stem[outcome.item.stem.as_posix()]
                before = ledger.record(step.sight.stem)
                with ledger.transaction():
                    _record(ledger, step, before, outcome)
                _remove_outdated(step, before, outcome, order.folder)
                done, failed = done + (outcome.error is None), failed + (outcome.error is not None)
                yield Progress(outcome, step, done, failed, len(by_stem))
    finally:
        sweep(order.folder)


def _look(item: Input, order: Order, record: Record | None) -> Sight:
    origin = os.path.realpath(item.path)  # where links lead round in a circle too
    if item.row is not None:
        # A line break parts the table from its row: no row of a table is a file.
        origin += f"\n{item.stem.name}"
        row = item.row if isinstance(item.row, Source) else Source(b"", name=item.shown)
        return _sight(item, origin, row, row.sha256, len(row.data), 0, order)
    try:
        about = read_about(item.path, encoding=order.encoding)
        found = item.path.stat()
        size, mtime = found.st_size, found.st_mtime_ns
        digest = _known_digest(record, size, mtime) or _digest(item.path, size, order.largest)
    except (OSError, InputError):
        # The job meets the same and says so; here it is a content of its own.
        about, digest, size, mtime = Source(b"", name=item.shown), "", 0, 0
    return _sight(item, origin, about, digest, size, mtime, order)


def _source_exists(origin: str) -> bool:
    """Whether a file is there still, or the table of a row; a file's own name may hold a line break too."""
    return os.path.lexists(origin) or os.path.lexists(origin.rpartition("\n")[0])


def _sight(item: Input, origin: str, about: Source, digest: str, size: int, mtime: int, order: Order) -> Sight:
    keys = {kind: product_key(kind, about, digest, order.config, order.style, order.given) for kind in order.kinds}
    return Sight(item, origin, digest, size, mtime, keys)


def _known_digest(record: Record | None, size: int, mtime: int) -> str | None:
    """The recorded digest of a file that was not touched since, as its size and time tell."""
    if record is None or (record.bytes, record.mtime_ns) != (size, mtime) or not record.finished:
        return None
    began = datetime.fromisoformat(record.finished).timestamp() - record.seconds
    return record.sha256 if mtime + RACY_NS < began * 1e9 else None


def _digest(path: Path, size: int, largest: int) -> str:
    if not path.is_file() or size > largest:
        return f"{size} bytes"  # refused unread: its content makes no difference
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _condition(made: Made, folder: Path) -> Condition:
    try:
        found = (folder / made.path).stat()
    except OSError:
        return "missing"
    if (found.st_size, found.st_mtime_ns) == (made.bytes, made.mtime_ns):
        return "changed" if made.kept else "as made"
    with (folder / made.path).open("rb") as file:
        return "as made" if hashlib.file_digest(file, "sha256").hexdigest() == made.sha256 else "changed"


def _unrecorded(folder: Path, ledger: JobLedger) -> list[tuple[str, str]]:
    """Product and SHA-256, sorted, of what was about to be written when a run was cut short, and is not recorded."""
    return sorted({(name, digest) for name, digest in read_journal(folder) if ledger.made_as(name) != digest})


def _job(step: Step, order: Order, ledger: JobLedger, left_over: Sequence[tuple[str, str]]) -> Job:
    stem = step.sight.stem
    before = ledger.record(stem)
    ours = {made.path: (made.sha256,) for made in before.products} if before else {}
    for name, digest in left_over[bisect_left(left_over, (stem, "")) :]:
        if not name.startswith(stem):
            break
        ours[name] = (*ours.get(name, ()), digest)
    return Job(step.sight.item, order, step.kinds, ours)


def _record(ledger: JobLedger, step: Step, before: Record | None, outcome: Outcome) -> None:
    sight = step.sight
    kept = tuple(made for made in before.products if made.kind not in step.kinds) if before else ()
    failed = outcome.error is not None
    products = before.products if failed and before else (*kept, *outcome.products)
    record = Record(
        sight.stem,
        sight.origin,
        outcome.sha256 or sight.sha256,
        sight.bytes,
        sight.mtime_ns,
        "failed" if failed else "done",
        (before.attempts if before else 0) + 1,
        outcome.seconds,
        outcome.error,
        outcome.exit_status,
        dict(outcome.notices),
        now(),
        {**(before.keys if before else {}), **sight.keys},
        products,
    )
    ledger.store(record)
    if not failed:
        same = step.reason == "stale" and "indicators" not in step.kinds
        records = ledger.kept_records(sight.stem) if same else outcome.records
        ledger.store_results(Result(sight.stem, outcome.documents, records, outcome.facts))


def _remove_outdated(step: Step, before: Record | None, outcome: Outcome, folder: Path) -> None:
    """Take away products that this source no longer gives (a second part, say), unless a person changed them."""
    if before is None or outcome.error is not None:
        return
    made = {each.path for each in outcome.products}
    for each in before.products:
        if each.kind in step.kinds and each.path not in made and _condition(each, folder) == "as made":
            (folder / each.path).unlink(missing_ok=True)


def settle_journal(folder: Path, ledger: JobLedger) -> None:
    """Forget what was noted before writing, but for files that are there and that no record owns: a failure's."""
    carried = {
        name: digest
        for name, digest in read_journal(folder)
        if ledger.made_as(name) is None and _condition(Made(name, "", digest, -1, -1), folder) == "as made"
    }
    journal = folder / LEDGER_FOLDER / JOURNAL
    for path in journal.glob("*.jsonl"):
        path.unlink()
    if carried:
        (journal / CARRIED).write_text(json.dumps(carried) + "\n", "utf-8")


def sweep(folder: Path) -> None:
    """Remove the unfinished files of a run that was killed; the lock says that no other is at work."""
    for path in list(folder.rglob(f"{TEMPORARY}*")):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def now() -> str:
    """The present time, UTC, ISO 8601."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def gone(ledger: JobLedger) -> dict[str, str]:
    """The source of every document whose source is gone, by stem."""
    return {stem: source for stem, source in ledger.sources() if not _source_exists(source)}


def prune(stems: Iterable[str], folder: Path, ledger: JobLedger) -> Iterator[tuple[str, bool]]:
    """Remove the products of documents and forget them; each with whether it went (not what a person changed)."""
    for record in filter(None, map(ledger.record, stems)):
        for made in record.products:
            if (found := _condition(made, folder)) == "as made":
                (folder / made.path).unlink(missing_ok=True)
            if found != "missing":
                yield made.path, found == "as made"
        ledger.drop(record.stem)
