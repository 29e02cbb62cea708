"""What does not fit in memory: values kept in a temporary file, and which of them belong together."""

from __future__ import annotations

import pickle
import sqlite3
from array import array
from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from tempfile import SpooledTemporaryFile
from typing import Generic, TypeVar, overload

from msgspec import Struct, structs

_IN_MEMORY = 1 << 22  # bytes of values: those of a small workbook need no file
_TOGETHER = 1_000  # keys handed to SQLite at once
_CACHE = 1_024  # KiB

T = TypeVar("T", bound=Struct)


class Shelf(Sequence[T], Generic[T]):
    """A sequence of values of one type that lie on disk; what is taken from it is a new value every time."""

    def __init__(self, kind: type[T], values: Iterable[T] = ()) -> None:
        self._file = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 lives as long as the shelf
        self._kind = kind
        self._ends = array("Q", [0])
        self._last: tuple[object, int] = (None, -1)
        for value in values:
            # Not as JSON: a record may hold what UTF-8 does not.
            self._ends.append(self._ends[-1] + self._file.write(pickle.dumps(structs.astuple(value), 5)))

    def __len__(self) -> int:
        return len(self._ends) - 1

    @overload
    def __getitem__(self, index: int) -> T: ...

    @overload
    def __getitem__(self, index: slice) -> list[T]: ...

    def __getitem__(self, index: int | slice) -> T | list[T]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        at = range(len(self))[index]
        start, stop = self._ends[at], self._ends[at + 1]
        self._file.seek(start)
        value = self._kind(*pickle.loads(self._file.read(stop - start)))  # noqa: S301 of a file nobody else writes
        self._last = value, at
        return value

    def __iter__(self) -> Iterator[T]:
        for i in range(len(self)):
            yield self[i]

    def place(self, value: T) -> int | None:
        """The place of the value taken last; ``None`` of any other."""
        last, at = self._last
        return at if last is value else None


class Groups:
    """Which numbers have the same key, found by SQLite in a file of its own that goes with it."""

    def __init__(self, keyed: Iterable[tuple[Hashable, int]] = ()) -> None:
        # Without a name SQLite keeps a base in memory, and in a file what is more than its cache.
        self._base = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._base.execute(f"PRAGMA cache_size = -{_CACHE}")
        self._base.execute("PRAGMA journal_mode = OFF")
        self._base.execute("CREATE TABLE keyed (key TEXT, number INTEGER)")
        self._waiting: list[tuple[str, int]] = []
        self._indexed = False
        for key, number in keyed:
            self.add(key, number)

    def add(self, key: Hashable, number: int) -> None:
        """One more number of a key; not after the first was asked for."""
        self._waiting.append((repr(key), number))
        if len(self._waiting) == _TOGETHER:
            self._insert()

    def _insert(self) -> None:
        self._base.execute("BEGIN")
        self._base.executemany("INSERT INTO keyed VALUES (?, ?)", self._waiting)
        self._base.execute("COMMIT")
        self._waiting.clear()

    def _asked(self) -> sqlite3.Connection:
        if not self._indexed:
            self._insert()
            self._base.execute("CREATE INDEX by_key ON keyed (key, number)")
            self._indexed = True
        return self._base

    def ends(self, key: Hashable) -> tuple[int, int] | None:
        """The lowest and the highest number of a key."""
        asked = "SELECT MIN(number), MAX(number) FROM keyed WHERE key = ?"
        lowest, highest = self._asked().execute(asked, (repr(key),)).fetchone()
        return None if lowest is None else (lowest, highest)

    def __iter__(self) -> Iterator[list[int]]:
        """The numbers of each key, the keys in the order of their first."""
        rows = self._asked().execute(
            "SELECT first, number FROM keyed JOIN (SELECT key AS one, MIN(number) AS first FROM keyed GROUP BY key)"
            " ON key = one ORDER BY first, number"
        )
        for _, some in groupby(rows, itemgetter(0)):
            yield [number for _, number in some]
