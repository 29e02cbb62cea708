"""The local engine: processes that can die, hang or swell without taking the batch with them.

Each worker has a line of its own, with one job on it at a time: no lock or pipe is shared that a dying worker could
leave broken, and the job it died of is known.
"""

from __future__ import annotations

import faulthandler
import math
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Generator, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from importlib import import_module
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess

from govdoc.batch.document import MIB, TIMEOUT, Job, Outcome, run_job
from govdoc.errors import GovdocError

# Forked children would inherit whatever threads and locks the caller has.
CONTEXT = multiprocessing.get_context("spawn")
RECYCLED_AFTER = 500
"""Documents a worker does before a new one takes its place: what leaks is given back."""
TAKEN_ALONE = 8 * MIB
GRACE = 10.0
"""Seconds after its time that a worker without a parent ends itself, whatever it is doing."""
ROOMS = ("govdoc.cleaning", "govdoc.readers", "govdoc.parsing", "govdoc.measuring", "govdoc.exporting")
"""What nearly every document needs."""
STILLBORN = 5
"""Workers in a row that may die before they are ready: then none will ever be."""


def run_jobs(jobs: Iterable[Job], workers: int | None = None, timeout: float = TIMEOUT) -> Generator[Outcome]:
    """The outcomes of all jobs, as they finish.

    A job whose worker died is tried once more when the others are done, alone; one that takes longer than ``timeout``
    seconds is stopped; sources of more than 8 MB are done one at a time, at the end.
    """
    count = workers or os.cpu_count() or 1
    large: list[Job] = []
    caught: list[Job] = []
    for crew_size, some in ((count, _small(jobs, large)), (1, large)):
        for job, outcome in _run_crew(some, crew_size, timeout):
            if outcome is None:
                caught.append(job)
            else:
                yield outcome
    for job in caught:
        for _, outcome in _run_crew((job,), 1, timeout):
            reason = f"{job.item.shown}: took its worker process down, twice; it is set aside"
            yield outcome or Outcome(job.item, error=reason, exit_status=GovdocError.exit_status)


def _small(jobs: Iterable[Job], large: list[Job]) -> Iterator[Job]:
    for job in jobs:
        try:
            is_large = job.item.row is None and job.item.path.stat().st_size > TAKEN_ALONE
        except OSError:
            is_large = False  # the job itself says what is wrong
        if is_large:
            large.append(job)
        else:
            yield job


@dataclass
class _Worker:
    process: SpawnProcess
    line: Connection
    ready: bool = False
    job: Job | None = None
    deadline: float = math.inf
    done: int = 0


def _run_crew(jobs: Iterable[Job], count: int, timeout: float) -> Generator[tuple[Job, Outcome | None]]:
    """Each job with its outcome; without one where the worker died of it."""
    crew = _Crew(count, timeout)
    todo = iter(jobs)
    try:
        job = next(todo, None)  # an idle batch starts no process
        while job is not None or crew.is_busy:
            while job is not None and (worker := crew.free_worker()):
                crew.hand(worker, job)
                job = next(todo, None)
            found = list(crew.listen(hiring=job is not None))
            # Whoever has become free has the next job before anybody hears of the last.
            while job is not None and found and (worker := crew.free_worker()):
                crew.hand(worker, job)
                job = next(todo, None)
            yield from found
    finally:
        crew.dismiss()


class _Crew:
    """At most ``count`` worker processes, hired as they are needed."""

    def __init__(self, count: int, timeout: float) -> None:
        self._count, self._timeout = count, timeout
        self._workers: list[_Worker] = []
        self._stillborn = 0

    @property
    def is_busy(self) -> bool:
        """Whether a job is under way."""
        return any(worker.job for worker in self._workers)

    def free_worker(self) -> _Worker | None:
        """A worker that waits for a job."""
        return next((worker for worker in self._workers if worker.ready and worker.job is None), None)

    def hand(self, worker: _Worker, job: Job) -> None:
        """Give a job to a free worker; if that is dead by now, listening finds out."""
        worker.job, worker.deadline = job, time.monotonic() + self._timeout
        with suppress(BrokenPipeError, ConnectionResetError):
            worker.line.send(replace(job, parent=os.getpid()))

    def listen(self, *, hiring: bool) -> Iterator[tuple[Job, Outcome | None]]:
        """Wait until something happens; the jobs that came to an end by it."""
        while hiring and len(self._workers) < self._count:
            self._workers.append(_hire(self._timeout))
        soonest = min(worker.deadline for worker in self._workers)
        left = None if soonest == math.inf else max(0.0, soonest - time.monotonic())
        heard = wait([worker.line for worker in self._workers], left)
        for worker in list(self._workers):
            if worker.line in heard:
                yield from self._hear(worker)
            elif worker.job and worker.deadline <= time.monotonic():
                yield worker.job, _overdue(worker.job, self._timeout)
                self._end(worker)

    def _hear(self, worker: _Worker) -> Iterator[tuple[Job, Outcome | None]]:
        job = worker.job
        try:
            outcome: Outcome | None = worker.line.recv()
        except (EOFError, OSError):
            self._end(worker)
            self._stillborn += not worker.ready
            if self._stillborn >= STILLBORN:
                raise GovdocError(
                    "worker processes end before they begin", remedy="check the memory there is, or --jobs 1"
                ) from None
            if job:
                yield job, None
            return
        if job is None or outcome is None:
            worker.ready, self._stillborn = True, 0
            return
        worker.job, worker.deadline, worker.done = None, math.inf, worker.done + 1
        yield job, outcome
        if worker.done >= RECYCLED_AFTER:
            self._end(worker)

    def _end(self, worker: _Worker) -> None:
        self._workers.remove(worker)
        worker.line.close()
        worker.process.kill()
        worker.process.join()

    def dismiss(self) -> None:
        """End every worker; whatever one still does was given up."""
        for worker in list(self._workers):
            self._end(worker)


def _overdue(job: Job, timeout: float) -> Outcome:
    reason = f"{job.item.shown}: took longer than {timeout:g} seconds; raise --timeout, or look into the file"
    return Outcome(job.item, seconds=timeout, error=reason, exit_status=GovdocError.exit_status)


def _hire(timeout: float) -> _Worker:
    ours, theirs = CONTEXT.Pipe()
    process = CONTEXT.Process(target=_work, args=(theirs, timeout), daemon=True)
    process.start()
    theirs.close()  # so that the line ends with the worker
    return _Worker(process, ours)


def _work(line: Connection, timeout: float) -> None:
    """What a worker process does: job after job, until the line ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what an interrupt means
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=end_with_parent, daemon=True).start()
    for room in ROOMS:
        import_module(room)  # not in the time of the first document
    with suppress(EOFError, ConnectionResetError, BrokenPipeError), open(os.devnull, "w") as nowhere:
        line.send(None)
        while True:
            job = line.recv()
            # A loop in C lets no thread of Python's run; this watch needs none.
            faulthandler.dump_traceback_later(timeout + GRACE, exit=True, file=nowhere)
            outcome = run_job(job)
            faulthandler.cancel_dump_traceback_later()
            line.send(outcome)
    sys.exit()


def end_with_parent() -> None:
    """Wait, in a thread of its own, for the process that started this one to end; then end at once."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
