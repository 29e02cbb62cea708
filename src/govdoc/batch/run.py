"""A batch from plan to record: survey the inputs, plan, run the jobs, record each outcome, keep the folder tidy."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from govdoc.batch.document import JOURNAL, LEDGER_FOLDER, MIB, Job, Outcome, read_journal
from govdoc.batch.jobs import JobLedger, Made, Record, Result, open_ledger
from govdoc.batch.local import TIMEOUT, run_jobs
from govdoc.batch.plan import Condition, Plan, Sight, Step, make_plan
from govdoc.batch.versions import product_key
from govdoc.config import CleanConfig
from govdoc.errors import InputError, OutputError
from govdoc.inputs import Input
from govdoc.products import TEMPORARY
from govdoc.source import Source, read_about
from govdoc.supplying import Given

DATABASE = "jobs.sqlite"
CARRIED = "carried.jsonl"
RACY_NS = 2_000_000_000
"""A file changed within this of being read may have changed after, with the same size and time."""


@dataclass(frozen=True)
class Order:
    """What a person wants of a batch: ``kinds`` of products (keys of ``versions.DEPENDS``), where, and within what."""

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
        lock = FileLock(here / "lock", timeout=0)
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


def plan_batch(items: Sequence[Input], order: Order, records: dict[str, Record]) -> Plan:
    """What a batch would do, from the inputs and products as they lie there."""
    sights = [_look(item, order, records.get(item.stem.as_posix())) for item in items]
    return make_plan(
        sights,
        records,
        lambda made: _condition(made, order.folder),
        _source_exists,
        retry_failed=order.retry_failed,
    )


def run_plan(plan: Plan, order: Order, ledger: JobLedger) -> Iterator[Progress]:
    """Do a plan, recording each outcome as it comes."""
    journal = read_journal(order.folder)
    by_stem = {step.sight.stem: step for step in plan.steps}
    done = failed = 0
    _sweep(order.folder)
    jobs = (_job(step, order, journal) for step in plan.steps)
    try:
        with closing(run_jobs(jobs, order.workers, order.timeout)) as outcomes:
            for outcome in outcomes:
                step = by_stem[outcome.item.stem.as_posix()]
                with ledger.transaction():
                    _record(ledger, step, outcome)
                _remove_outdated(step, outcome, order.folder)
                done, failed = done + (outcome.error is None), failed + (outcome.error is not None)
                yield Progress(outcome, step, done, failed, len(by_stem))
        _carry_journal(order.folder, ledger)
    finally:
        _sweep(order.folder)


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


def _job(step: Step, order: Order, journal: dict[str, set[str]]) -> Job:
    recorded = {made.path: {made.sha256} for made in step.record.products} if step.record else {}
    prefix = step.sight.stem
    noted = {name: hashes for name, hashes in journal.items() if name.startswith(prefix)}
    ours = {name: recorded.get(name, set()) | noted.get(name, set()) for name in {*recorded, *noted}}
    return Job(
        step.sight.item,
        order.folder,
        step.kinds,
        order.style,
        order.encoding,
        order.config,
        order.given,
        order.force,
        order.largest,
        {name: tuple(sorted(hashes)) for name, hashes in ours.items()},
    )


def _record(ledger: JobLedger, step: Step, outcome: Outcome) -> None:
    sight, before = step.sight, step.record
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


def _remove_outdated(step: Step, outcome: Outcome, folder: Path) -> None:
    """Take away products that this source no longer gives (a second part, say), unless a person changed them."""
    if step.record is None or outcome.error is not None:
        return
    made = {each.path for each in outcome.products}
    for each in step.record.products:
        if each.kind in step.kinds and each.path not in made and _condition(each, folder) == "as made":
            (folder / each.path).unlink(missing_ok=True)


def _carry_journal(folder: Path, ledger: JobLedger) -> None:
    """Forget what was noted before writing, but for files that are there and that no record owns: a failure's."""
    owned = {made.path for record in ledger.records().values() for made in record.products}
    carried = {
        name: digest
        for name, hashes in read_journal(folder).items()
        for digest in hashes
        if name not in owned and _condition(Made(name, "", digest, -1, -1), folder) == "as made"
    }
    journal = folder / LEDGER_FOLDER / JOURNAL
    for path in journal.glob("*.jsonl"):
        path.unlink()
    if carried:
        (journal / CARRIED).write_text(json.dumps(carried) + "\n", "utf-8")


def _sweep(folder: Path) -> None:
    """Remove the unfinished files of a run that was killed; the lock says that no other is at work."""
    for path in folder.rglob(f"{TEMPORARY}*"):
        path.unlink(missing_ok=True)


def now() -> str:
    """The present time, UTC, ISO 8601."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def prune(records: Sequence[Record], folder: Path, ledger: JobLedger) -> Iterator[tuple[str, bool]]:
    """Remove the products of documents whose source is gone; each with whether it went (not what a person changed)."""
    for record in records:
        for made in record.products:
            goes = _condition(made, folder) == "as made"
            if goes:
                (folder / made.path).unlink(missing_ok=True)
            yield made.path, goes
        ledger.drop(record.stem)
