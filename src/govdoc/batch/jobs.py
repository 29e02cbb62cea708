"""The job ledger (``.govdoc/jobs.sqlite``): what became of every document of a batch, and of every file it wrote."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from govdoc.errors import OutputError

MIGRATIONS: tuple[str, ...] = (
    """
    CREATE TABLE documents (
        stem TEXT PRIMARY KEY,      -- path of the products below the output folder, without suffix
        source TEXT NOT NULL,       -- the file it came from
        sha256 TEXT NOT NULL,       -- of the source's bytes
        bytes INTEGER NOT NULL,
        mtime_ns INTEGER NOT NULL,  -- of the source, when it was read
        state TEXT NOT NULL CHECK (state IN ('done', 'failed')),
        attempts INTEGER NOT NULL DEFAULT 0,
        seconds REAL NOT NULL DEFAULT 0,
        error TEXT,
        exit_status INTEGER NOT NULL DEFAULT 0,
        notices TEXT NOT NULL DEFAULT '{}',  -- code -> how many
        finished TEXT NOT NULL
    );
    CREATE TABLE kinds (            -- with which key each kind of product was made, or failed
        stem TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
        kind TEXT NOT NULL,
        key TEXT NOT NULL,
        PRIMARY KEY (stem, kind)
    ) WITHOUT ROWID;
    CREATE TABLE products (
        path TEXT PRIMARY KEY,      -- below the output folder
        stem TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
        kind TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        bytes INTEGER NOT NULL,
        mtime_ns INTEGER NOT NULL,
        kept INTEGER NOT NULL DEFAULT 0  -- a person changed it: ours would be sha256, theirs stays
    ) WITHOUT ROWID;
    CREATE INDEX products_of ON products (stem);
    CREATE TABLE results (          -- for what is made over the whole collection
        stem TEXT PRIMARY KEY REFERENCES documents ON DELETE CASCADE,
        documents BLOB NOT NULL,
        records BLOB                -- none where no indicators were asked for
    );
    CREATE TABLE collection (path TEXT PRIMARY KEY, key TEXT NOT NULL, sha256 TEXT NOT NULL);
    CREATE TABLE runs (
        id INTEGER PRIMARY KEY, started TEXT NOT NULL, finished TEXT, summary TEXT NOT NULL DEFAULT '{}'
    );
    """,
    "ALTER TABLE results ADD COLUMN facts BLOB",  # what the collection needs to know of the documents
)
"""The way from each version of the schema to the next; ``PRAGMA user_version`` says how many have been taken."""


_COLUMNS = (
    "stem", "source", "sha256", "bytes", "mtime_ns", "state", "attempts", "seconds", "error", "exit_status", "notices",
    "finished",
)  # fmt: skip
_DOCUMENT = f"SELECT {', '.join(_COLUMNS)} FROM documents"  # noqa: S608 constants


class Made(NamedTuple):
    """A product on disk: its path below the output folder, kind, SHA-256, size and time."""

    path: str
    kind: str
    sha256: str
    bytes: int
    mtime_ns: int
    kept: bool = False


@dataclass(frozen=True)
class Record:
    """What the ledger says of one document. ``keys`` gives each kind of product its key."""

    stem: str
    source: str
    sha256: str
    bytes: int
    mtime_ns: int
    state: str
    attempts: int = 0
    seconds: float = 0.0
    error: str | None = None
    exit_status: int = 0
    notices: dict[str, int] = field(default_factory=dict)
    finished: str = ""
    keys: dict[str, str] = field(default_factory=dict)
    products: tuple[Made, ...] = ()


class Result(NamedTuple):
    """What a source gave for the collection, compressed: documents, indicators (where asked for) and facts."""

    stem: str
    documents: bytes
    records: bytes | None
    facts: bytes | None = None


@contextmanager
def open_ledger(path: Path) -> Iterator[JobLedger]:
    """The job ledger at ``path``, made or brought to the present schema. ``OutputError`` where it cannot be."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=30, isolation_level=None)
        connection.text_factory = _from_sql
    except (OSError, sqlite3.Error) as error:
        raise OutputError(f"cannot be opened ({error})", place=str(path), remedy="check the output folder") from error
    try:
        _prepare(connection, path)
        yield JobLedger(connection)
    except sqlite3.Error as error:
        raise OutputError(
            f"the job ledger cannot be used ({error})", place=str(path), remedy="check the free space and permissions"
        ) from error
    finally:
        connection.close()


def _to_sql(text: str) -> bytes:
    """What ``CAST(? AS TEXT)`` takes: names of files that are no UTF-8 come back as they were."""
    return text.encode("utf-8", "surrogatepass")


def _from_sql(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")
    (taken,) = connection.execute("PRAGMA user_version").fetchone()
    if taken > len(MIGRATIONS):
        raise OutputError(
            "was written by a newer govdoc", place=str(path), remedy="use that version, or another output folder"
        )
    for number, script in enumerate(MIGRATIONS[taken:], start=taken + 1):
        connection.executescript(f"BEGIN; {script}; PRAGMA user_version = {number}; COMMIT;")


class JobLedger:
    """Reads and writes of an open job ledger; each write is one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Several writes as one."""
        with self._connection:  # commits, or rolls back what an exception cuts short
            self._connection.execute("BEGIN IMMEDIATE")
            yield

    def record(self, stem: str) -> Record | None:
        """What is recorded of a document."""
        row = self._connection.execute(f"{_DOCUMENT} WHERE stem = CAST(? AS TEXT)", (_to_sql(stem),)).fetchone()
        return self._record(row) if row else None

    def records(self) -> Iterator[Record]:
        """All records in the order of their stems, one at a time."""
        return map(self._record, self._connection.execute(f"{_DOCUMENT} ORDER BY stem"))

    def failures(self) -> Iterator[Record]:
        """The records of what failed, in the order of their stems."""
        return map(self._record, self._connection.execute(f"{_DOCUMENT} WHERE state = 'failed' ORDER BY stem"))

    def _record(self, row: tuple[Any, ...]) -> Record:
        known: dict[str, Any] = dict(zip(_COLUMNS, row, strict=True))
        stem = (_to_sql(known["stem"]),)
        keys = self._connection.execute("SELECT kind, key FROM kinds WHERE stem = CAST(? AS TEXT)", stem)
        made = self._connection.execute(
            "SELECT path, kind, sha256, bytes, mtime_ns, kept FROM products WHERE stem = CAST(? AS TEXT) ORDER BY path",
            stem,
        )
        products = tuple(Made(path, kind, digest, size, at, bool(kept)) for path, kind, digest, size, at, kept in made)
        return Record(**known | {"notices": json.loads(known["notices"])}, keys=dict(keys), products=products)

    def counts(self) -> tuple[int, int]:
        """How many documents are done, and how many failed."""
        found = dict(self._connection.execute("SELECT state, count(*) FROM documents GROUP BY state"))
        return found.get("done", 0), found.get("failed", 0)

    def sources(self) -> Iterator[tuple[str, str]]:
        """Stem and source of every document."""
        return self._connection.execute("SELECT stem, source FROM documents ORDER BY stem")

    def states(self) -> Iterator[tuple[str, str, str, str]]:
        """Stem, SHA-256, state and time of every document, in the order of stems."""
        return self._connection.execute("SELECT stem, sha256, state, finished FROM documents ORDER BY stem")

    def keys(self, kind: str) -> Iterator[tuple[str, str | None]]:
        """Stem and key of a kind of product of everything done, in the order of stems."""
        return self._connection.execute(
            "SELECT stem, key FROM documents LEFT JOIN (SELECT stem, key FROM kinds WHERE kind = ?) USING (stem)"
            " WHERE state = 'done' ORDER BY stem",
            (kind,),
        )

    def product_paths(self, stem: str) -> list[str]:
        """The paths of a document's products."""
        found = self._connection.execute(
            "SELECT path FROM products WHERE stem = CAST(? AS TEXT) ORDER BY path", (_to_sql(stem),)
        )
        return [path for (path,) in found]

    def made_as(self, path: str) -> str | None:
        """The SHA-256 with which a product, a document's or the collection's, was last made."""
        row = self._connection.execute(
            "SELECT sha256 FROM products WHERE path = CAST(?1 AS TEXT)"
            " UNION ALL SELECT sha256 FROM collection WHERE path = CAST(?1 AS TEXT)",
            (_to_sql(path),),
        ).fetchone()
        return row[0] if row else None

    def store(self, record: Record) -> None:
        """Put a record in the place of the one of its stem; its results are left."""
        stem = _to_sql(record.stem)
        self._connection.execute(
            "INSERT INTO documents VALUES (CAST(? AS TEXT),CAST(? AS TEXT),?,?,?,?,?,?,CAST(? AS TEXT),?,?,?)"
            " ON CONFLICT (stem) DO UPDATE SET"
            " source=excluded.source, sha256=excluded.sha256, bytes=excluded.bytes, mtime_ns=excluded.mtime_ns,"
            " state=excluded.state, attempts=excluded.attempts, seconds=excluded.seconds, error=excluded.error,"
            " exit_status=excluded.exit_status, notices=excluded.notices, finished=excluded.finished",
            (
                stem, _to_sql(record.source), record.sha256, record.bytes, record.mtime_ns, record.state,
                record.attempts, record.seconds, None if record.error is None else _to_sql(record.error),
                record.exit_status, json.dumps(record.notices), record.finished,
            ),
        )  # fmt: skip
        self._connection.execute("DELETE FROM kinds WHERE stem = CAST(? AS TEXT)", (stem,))
        self._connection.executemany(
            "INSERT INTO kinds VALUES (CAST(? AS TEXT),?,?)", [(stem, kind, key) for kind, key in record.keys.items()]
        )
        self._connection.execute("DELETE FROM products WHERE stem = CAST(? AS TEXT)", (stem,))
        self._connection.executemany(
            "INSERT OR REPLACE INTO products VALUES (CAST(? AS TEXT),CAST(? AS TEXT),?,?,?,?,?)",
            [(_to_sql(p.path), stem, p.kind, p.sha256, p.bytes, p.mtime_ns, p.kept) for p in record.products],
        )

    def drop(self, stem: str) -> None:
        """Forget a document."""
        self._connection.execute("DELETE FROM documents WHERE stem = CAST(? AS TEXT)", (_to_sql(stem),))

    def store_results(self, result: Result) -> None:
        """Keep what a source gave for the collection."""
        self._connection.execute(
            "INSERT OR REPLACE INTO results VALUES (CAST(? AS TEXT),?,?,?)", (_to_sql(result.stem), *result[1:])
        )

    def kept_records(self, stem: str) -> bytes | None:
        """The indicators kept for a document, compressed."""
        row = self._connection.execute(
            "SELECT records FROM results WHERE stem = CAST(? AS TEXT)", (_to_sql(stem),)
        ).fetchone()
        return row[0] if row else None

    def results(self) -> Iterator[Result]:
        """What everything done gave, in the order of stems."""
        rows = self._connection.execute(
            "SELECT stem, r.documents, records, facts FROM results r JOIN documents d USING (stem)"
            " WHERE d.state = 'done' ORDER BY stem"
        )
        yield from (Result(*row) for row in rows)

    def facts(self) -> Iterator[tuple[str, bytes | None]]:
        """The stem and facts of everything done, in the order of stems."""
        yield from self._connection.execute(
            "SELECT stem, facts FROM results r JOIN documents d USING (stem) WHERE d.state = 'done' ORDER BY stem"
        )

    def documents(self, stem: str) -> bytes:
        """The canonical JSON kept for a source, compressed."""
        found = self._connection.execute("SELECT documents FROM results WHERE stem = CAST(? AS TEXT)", (_to_sql(stem),))
        return bytes(found.fetchone()[0])

    def collection_key(self, path: str) -> tuple[str, str] | None:
        """The key and SHA-256 with which a product of the whole collection was last written."""
        row = self._connection.execute("SELECT key, sha256 FROM collection WHERE path = ?", (path,)).fetchone()
        return (row[0], row[1]) if row else None

    def collection_names(self) -> list[str]:
        """The products of the whole collection that were ever written."""
        return [path for (path,) in self._connection.execute("SELECT path FROM collection ORDER BY path")]

    def store_collection(self, path: str, key: str, sha256: str) -> None:
        """Record a product of the whole collection."""
        self._connection.execute("INSERT OR REPLACE INTO collection VALUES (?,?,?)", (path, key, sha256))

    def begin_run(self, started: str) -> int:
        """The number of a new run."""
        cursor = self._connection.execute("INSERT INTO runs (started) VALUES (?)", (started,))
        return int(cursor.lastrowid or 0)

    def end_run(self, number: int, finished: str, summary: dict[str, int]) -> None:
        """Close a run with its counts."""
        self._connection.execute(
            "UPDATE runs SET finished = ?, summary = ? WHERE id = ?", (finished, json.dumps(summary), number)
        )

    def runs(self) -> Sequence[tuple[int, str, str | None, dict[str, int]]]:
        """Number, start, end (``None``: cut short) and counts of every run."""
        rows = self._connection.execute("SELECT id, started, finished, summary FROM runs ORDER BY id")
        return [(number, started, finished, json.loads(summary)) for number, started, finished, summary in rows]
