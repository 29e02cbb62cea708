"""The local engine: processes that can die, hang or swell without taking the batch with them."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterable, Iterator
from concurrent.futures import ALL_COMPLETED, FIRST_COMPLETED, CancelledError, Future, TimeoutError, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import replace

from pebble import ProcessExpired, ProcessPool

from govdoc.batch.document import MIB, Job, Outcome, run_job
from govdoc.errors import GovdocError

# Forked children would inherit whatever threads and locks the caller has.
CONTEXT = multiprocessing.get_context("spawn")
RECYCLED_AFTER = 500
"""Documents a worker does before a new one takes its place: what leaks is given back."""
AHEAD = 4
"""Jobs handed out for each worker: enough that none waits, few enough that memory does not grow with the collection."""
TAKEN_ALONE = 8 * MIB
TIMEOUT = 120.0


def run_jobs(jobs: Iterable[Job], workers: int | None = None, timeout: float = TIMEOUT) -> Iterator[Outcome]:
    """The outcomes of all jobs, as they finish.

    A job that a worker's death may be due to is tried once more when the others are done, alone; one that takes longer
    than ``timeout`` seconds is stopped; sources of more than 8 MB are done one at a time, at the end.
    """
    count = workers or os.cpu_count() or 1
    caught: list[Job] = []
    large: list[Job] = []
    yield from _run_pool(_small(jobs, large), count, timeout, caught)
    yield from _run_pool(iter(large), 1, timeout, caught)
    for job in caught:
        again: list[Job] = []
        yield from _run_pool(iter((job,)), 1, timeout, again)
        if again:
            reason = f"{job.item.shown}: took its worker process down, twice; it is set aside"
            yield Outcome(job.item, error=reason, exit_status=GovdocError.exit_status)


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


def _run_pool(jobs: Iterator[Job], workers: int, timeout: float, caught: list[Job]) -> Iterator[Outcome]:
    pool: ProcessPool | None = None
    running: dict[Future[Outcome], Job] = {}
    try:
        for job in jobs:
            if pool is not None and not pool.active:
                # A worker that died before it said which job it had: any of those under way may be the cause.
                yield from _collect(running, timeout, caught, ALL_COMPLETED)
                _close(pool)
                pool = None
            pool = pool or _open_pool(workers)  # with the first job: an idle batch starts no process
            running[pool.schedule(run_job, args=[replace(job, parent=os.getpid())], timeout=timeout)] = job
            if len(running) >= workers * AHEAD:
                yield from _collect(running, timeout, caught)
        while running:
            yield from _collect(running, timeout, caught)
    finally:
        if pool is not None:
            _close(pool)


def _open_pool(workers: int) -> ProcessPool:
    return ProcessPool(workers, max_tasks=RECYCLED_AFTER, initializer=_leave_interrupts_to_the_parent, context=CONTEXT)


def _close(pool: ProcessPool) -> None:
    """End a pool; whatever still runs in it was given up."""
    pool.stop()  # type: ignore[no-untyped-call]
    # Of a broken pool, joining says again that it is broken; its jobs have said so.
    with suppress(BrokenProcessPool):
        pool.join()


def _collect(
    running: dict[Future[Outcome], Job], timeout: float, caught: list[Job], when: str = FIRST_COMPLETED
) -> Iterator[Outcome]:
    done, _ = wait(running, return_when=when)
    for future in done:
        job = running.pop(future)
        try:
            yield future.result()
        except TimeoutError:
            reason = f"{job.item.shown}: took longer than {timeout:g} seconds; raise --timeout, or look into the file"
            yield Outcome(job.item, seconds=timeout, error=reason, exit_status=GovdocError.exit_status)
        except (ProcessExpired, BrokenProcessPool, CancelledError):
            caught.append(job)


def _leave_interrupts_to_the_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
