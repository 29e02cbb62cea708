"""Watching folders: a round of the batch whenever what changed in them has come to rest."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from govdoc.errors import UsageError
from govdoc.inputs import Input

QUIET = 2.0
"""Seconds in which nothing may have happened to a file before it is read: scrapers write in pieces."""
PATIENCE = 60.0
"""Seconds after which a folder that never rests is looked at all the same, without the files still growing."""


def is_growing(item: Input, now: float, quiet: float = QUIET) -> bool:
    """Whether a file was written to within the last ``quiet`` seconds before ``now`` (seconds since the epoch)."""
    try:
        return now - item.path.stat().st_mtime < quiet
    except OSError:
        return False


def watch_rounds(folders: Sequence[Path], work: Callable[[], bool], quiet: float = QUIET) -> Iterator[None]:
    """Call ``work`` now and after every quiet period that follows a change, until interrupted.

    ``work`` says whether it left files that were still growing: then it is called again without waiting for a change.
    ``UsageError`` where watchfiles is not installed.
    """
    try:
        from watchfiles import watch
    except ImportError:
        raise UsageError("--watch needs watchfiles", remedy="install govdoc[watch]") from None
    milliseconds = round(quiet * 1000)
    # The watcher starts before the first round, so that what arrives during it is seen.
    changes = watch(
        *folders, step=milliseconds, debounce=round(PATIENCE * 1000), rust_timeout=milliseconds, yield_on_timeout=True
    )
    next(changes)
    while True:
        while work():
            yield
            time.sleep(quiet)
        yield
        next(filter(None, changes))
