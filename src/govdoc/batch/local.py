"""The local engine: a process pool that survives a worker's death."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool

from govdoc.batch.document import Job, Outcome, run_job
from govdoc.errors import GovdocError

# Forked children would inherit whatever threads and locks the caller has.
CONTEXT = multiprocessing.get_context("spawn")


def run_jobs(jobs: Sequence[Job], workers: int | None = None) -> Iterator[Outcome]:
    """The outcomes of all jobs, as they finish. Jobs caught in a worker's death are run again, each alone."""
    if not jobs:
        return
    count = min(workers or os.cpu_count() or 1, len(jobs))
    suspects: list[Job] = []
    with ProcessPoolExecutor(count, mp_context=CONTEXT) as pool:
        futures: dict[Future[Outcome], Job] = {pool.submit(run_job, job): job for job in jobs}
        for future in as_completed(futures):
            try:
                yield future.result()
            except BrokenProcessPool:
                suspects.append(futures[future])
    for job in suspects:
        yield _run_alone(job)


def _run_alone(job: Job) -> Outcome:
    with ProcessPoolExecutor(1, mp_context=CONTEXT) as pool:
        try:
            return pool.submit(run_job, job).result()
        except BrokenProcessPool:
            reason = f"{job.item.shown}: took its worker process down; it is set aside"
            return Outcome(job.item, error=reason, exit_status=GovdocError.exit_status)
