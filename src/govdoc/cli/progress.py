"""How far a batch is: a bar on a terminal, a line now and then elsewhere, JSON where a log is collected."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from govdoc.cli.talk import say

if TYPE_CHECKING:
    from govdoc.batch.run import Progress

LINE_EVERY = 10.0
"""Seconds between two lines of progress where there is no terminal."""


def follow(progress: Iterable[Progress], total: int, *, log: str, verbosity: int) -> Iterator[Progress]:
    """Pass the progress through, showing it: failures always, the rest as the terminal and ``log`` have it."""
    if log == "json":
        yield from _as_json(progress)
    elif sys.stderr.isatty() and verbosity:
        yield from _as_bar(progress, total)
    else:
        yield from _as_lines(progress, verbosity)


def _as_json(progress: Iterable[Progress]) -> Iterator[Progress]:
    for each in progress:
        outcome = each.outcome
        event = {
            "event": "failed" if outcome.error else "done", "input": outcome.item.shown, "reason": each.step.reason,
            "seconds": round(outcome.seconds, 3), "error": outcome.error, "notices": dict(outcome.notices),
            "done": each.done, "failed_so_far": each.failed, "total": each.total,
        }  # fmt: skip
        say(json.dumps(event, ensure_ascii=False))
        yield each


def _as_lines(progress: Iterable[Progress], verbosity: int) -> Iterator[Progress]:
    began = shown = time.monotonic()
    for each in progress:
        if each.outcome.error:
            say(f"govdoc: {each.outcome.error}")
        elif verbosity > 1:
            say(f"{each.outcome.item.shown}: {each.step.reason}, done in {each.outcome.seconds:.2f} s")
        if verbosity and time.monotonic() - shown > LINE_EVERY:
            shown = time.monotonic()
            say(_standing(each, shown - began))
        yield each


def _standing(each: Progress, seconds: float) -> str:
    finished = each.done + each.failed
    rate = finished / seconds
    left = (each.total - finished) / rate
    return f"{each.done} done, {each.failed} failed of {each.total}; {rate:.1f} a second, {left:.0f} s left"


def _as_bar(progress: Iterable[Progress], total: int) -> Iterator[Progress]:
    with _bar(total) as (bar, task):
        for each in progress:
            if each.outcome.error:
                bar.console.print(f"govdoc: {each.outcome.error}", markup=False, highlight=False)
            bar.update(task, completed=each.done + each.failed, failed=each.failed)
            yield each


@contextmanager
def _bar(total: int) -> Iterator[tuple[Any, Any]]:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    columns = (
        MofNCompleteColumn(), BarColumn(), TextColumn("{task.fields[failed]} failed"),
        TimeElapsedColumn(), TimeRemainingColumn(),
    )  # fmt: skip
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        yield bar, bar.add_task("", total=total, failed=0)
