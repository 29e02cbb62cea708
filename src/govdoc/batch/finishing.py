"""The end of a batch: what is made over the whole collection, in processes beside each other that give memory back."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator, Sequence
from multiprocessing.connection import Connection
from pathlib import Path

from govdoc.batch.collection import PARQUET, REPORT, WORKBOOK, Collection
from govdoc.batch.document import DATABASE, LEDGER_FOLDER
from govdoc.batch.jobs import open_ledger
from govdoc.batch.local import CONTEXT, end_with_parent
from govdoc.errors import GovdocError

TOGETHER = ((WORKBOOK,), (PARQUET, REPORT))
"""What one process writes after the other; the workbook takes longer than the rest."""


def write_collection(
    names: Sequence[str], folder: Path, *, force: bool, workers: int | None = None
) -> Iterator[tuple[str, int]]:
    """Write these products of the collection; each with how many rows, files or sources it has, where it has any.

    ``GovdocError`` as :class:`govdoc.batch.collection.Collection` raises it, or where a process ended.
    """
    groups = [group for group in ([name for name in some if name in names] for some in TOGETHER) if group]
    if workers == 1:
        groups = [[name for group in groups for name in group]] if groups else []
    under_way = []
    try:
        for group in groups:
            ours, theirs = CONTEXT.Pipe(duplex=False)
            process = CONTEXT.Process(target=_write, args=(theirs, group, folder, force), daemon=True)
            process.start()
            theirs.close()  # so that the line ends with the process
            under_way.append((process, ours, group))
        for _, line, group in under_way:
            for name in group:
                if (count := _receive(line, name)) is not None:
                    yield name, count
    finally:
        for process, line, _ in under_way:
            line.close()
            process.kill()
            process.join()


def _receive(line: Connection, name: str) -> int | None:
    try:
        said: int | GovdocError | None = line.recv()
    except EOFError:
        raise GovdocError(
            "the process that writes it came to an end", place=name, remedy="check the memory there is, and run again"
        ) from None
    if isinstance(said, GovdocError):
        raise said
    return said


def _write(line: Connection, names: Sequence[str], folder: Path, force: bool) -> None:
    """What such a process does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what an interrupt means
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=end_with_parent, daemon=True).start()
    try:
        with open_ledger(folder / LEDGER_FOLDER / DATABASE) as ledger:
            collection = Collection(ledger, folder, force=force)
            for name in names:
                line.send(collection.write(name))
    except GovdocError as error:
        line.send(error)
