"""The end of a batch: what is made over the whole collection, in processes beside each other that give memory back."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import chain
from multiprocessing.connection import Connection
from pathlib import Path

from govdoc.batch.collection import PARQUET, REPORT, WORKBOOK, Collection
from govdoc.batch.document import DATABASE, LEDGER_FOLDER
from govdoc.batch.jobs import open_ledger
from govdoc.batch.local import CONTEXT, end_with_parent
from govdoc.batch.run import sweep
from govdoc.errors import GovdocError

TOGETHER = ((WORKBOOK,), (PARQUET, REPORT))
"""What one process writes after the other; the workbook takes longer than the rest."""


class _Writing:
    """A process that writes products of the collection one after the other."""

    def __init__(self, names: Sequence[str], folder: Path, force: bool) -> None:
        self.names = names
        self._line, theirs = CONTEXT.Pipe(duplex=False)
        self._process = CONTEXT.Process(target=_write, args=(theirs, names, folder, force), daemon=True)
        self._process.start()
        theirs.close()  # so that the line ends with the process

    def counts(self) -> Iterator[tuple[str, int | GovdocError | None]]:
        """What it has written, or why it has not, as it comes: it ends early where the process does."""
        with suppress(EOFError):
            for name in self.names:
                yield name, self._line.recv()

    def end(self) -> None:
        """End it, whatever it is doing."""
        self._line.close()
        self._process.kill()
        self._process.join()


def write_collection(
    names: Sequence[str], folder: Path, *, force: bool, workers: int | None = None
) -> Iterator[tuple[str, int]]:
    """Write these products of the collection; each with how many rows, files or sources it has, where it has any.

    What a process left unwritten that came to an end is tried once more, alone. ``GovdocError`` as
    :class:`govdoc.batch.collection.Collection` raises it, once the others are written, or where that process ends too.
    """
    groups = [some for some in ([name for name in group if name in names] for group in TOGETHER) if some]
    left = list(chain.from_iterable(groups))
    if workers == 1:
        groups = [left[:]] if left else []
    try:
        yield from _counted(left, [_Writing(group, folder, force) for group in groups])
        for name in list(left):
            sweep(folder)
            yield from _counted(left, [_Writing([name], folder, force)])
            if name in left:
                raise GovdocError(
                    "the process that writes it came to an end, twice", place=name, remedy="check the memory there is"
                )
    finally:
        if left:
            sweep(folder)


def _counted(left: list[str], under_way: Sequence[_Writing]) -> Iterator[tuple[str, int]]:
    failures: list[GovdocError] = []
    try:
        for name, said in chain.from_iterable(writing.counts() for writing in under_way):
            left.remove(name)
            if isinstance(said, GovdocError):
                failures.append(said)
            elif said is not None:
                yield name, said
    finally:
        for writing in under_way:
            writing.end()
    if failures:
        raise failures[0]


def _write(line: Connection, names: Sequence[str], folder: Path, force: bool) -> None:
    """What such a process does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what an interrupt means
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=end_with_parent, daemon=True).start()
    try:
        with open_ledger(folder / LEDGER_FOLDER / DATABASE) as ledger:
            collection = Collection(ledger, folder, force=force)
            for name in names:
                line.send(_written(collection, name))
    except GovdocError as error:
        line.send(error)


def _written(collection: Collection, name: str) -> int | GovdocError | None:
    try:
        return collection.write(name)
    except GovdocError as error:
        return error  # a workbook that a person changed keeps nobody from the report
