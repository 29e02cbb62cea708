"""What a person names on the command line, as files: folders walked, globs expanded, products named."""

from __future__ import annotations

import glob
import hashlib
import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from govdoc.errors import EmptyError, InputError, UsageError
from govdoc.readers.rows import TABLES, Columns, read_rows
from govdoc.source import Source, read

TEXT_SUFFIXES = frozenset((".txt", ".html", ".htm", ".mht", ".docx", ".pdf", ".doc", ".wps"))
"""What a folder is walked for."""
STDIN = Path("-")
OWN_TABLE = "indicators"
"""The name that the workbook of a run has unless another is given: it is no table of pages."""
LEDGER_SUFFIX = ".edits.jsonl"


@dataclass(frozen=True)
class Input:
    """One input: ``path`` to read, ``shown`` as people see it, ``stem`` its products' path below the output folder.

    ``row`` is set for a page in a table of pages: the page, or what is wrong with it.
    """

    path: Path
    shown: str
    stem: Path
    row: Source | InputError | None = None

    def read(self, encoding: str | None = None) -> Source:
        """The source at ``path``, or the table's row; ``InputError`` where it cannot be had."""
        if isinstance(self.row, InputError):
            raise self.row
        if self.row is not None:
            return self.row
        if self.path == STDIN:
            return Source(sys.stdin.buffer.read(), name="stdin", encoding=encoding)
        return read(self.path, encoding=encoding)

    def product(self, folder: Path, tail: str) -> Path:
        """Where a product goes below ``folder``: the path below the given folder kept, ``tail`` behind the stem."""
        return folder / self.stem.with_name(self.stem.name + tail)

    def require_reader(self) -> None:
        """Raise ``InputError`` for a kind of file that no reader takes."""
        if self.path.suffix.lower() == ".json":
            raise InputError(
                "is JSON, no scraped text", place=self.shown, remedy="`govdoc export` takes canonical JSON"
            )


def find_inputs(
    paths: Sequence[str],
    *,
    output: Path | None = None,
    suffixes: Iterable[str] = TEXT_SUFFIXES,
    columns: Columns | None = None,
    tell: Callable[[str], None] | None = None,
) -> list[Input]:
    """The inputs that ``paths`` (files, folders, globs, ``-``) name, each once, in order.

    A table of pages (see :mod:`govdoc.readers.rows`) that is named gives an input a row, its ``columns`` as said.
    In folders it is passed over, of which ``tell`` is told in one line. Products of one name keep their suffix
    (``x.html.txt``). ``UsageError`` where that does not part them, ``EmptyError`` where nothing is found.
    """
    wanted = frozenset(suffixes)
    found: dict[Path, Path] = {}
    tables: list[Path] = []
    for name in paths:
        for path, relative in _expand(name, wanted, output):
            if path.suffix.lower() in TABLES and Path(name).is_dir():
                tables += [path] if path.stem != OWN_TABLE else []
            else:
                found.setdefault(path, relative)
    passed = [path for path in tables if path not in found]
    if not found:
        remedy = f"name {passed[0]} itself to read its rows as pages" if passed else "look for .txt files elsewhere"
        raise EmptyError("no document in here", place=", ".join(paths), remedy=remedy)
    if passed and tell:
        tell(_of_tables(passed))
    return [each for item in _name_products(found) for each in _open_table(item, columns)]


def _of_tables(passed: Sequence[Path]) -> str:
    more = f" and {len(passed) - 1} more" if len(passed) > 1 else ""
    what = "tables" if more else "a table"
    return f"{passed[0]}{more}: {what} passed over; name a table of pages itself to read its rows (--text-column)"


def _open_table(item: Input, columns: Columns | None) -> Iterator[Input]:
    """The rows of a table of pages; anything else is itself. Rows' products stand in a folder of the table's name."""
    if item.path.suffix.lower() not in TABLES:
        yield item
        return
    rows = list(read_rows(read(item.path), columns))
    if not rows:
        raise EmptyError("holds no rows", place=item.shown, remedy="check that the export is complete")
    width = len(str(rows[-1][0]))
    for number, row in rows:
        yield replace(item, shown=f"{item.shown}, row {number}", stem=item.stem / f"{number:0{width}}", row=row)


def _expand(name: str, suffixes: frozenset[str], output: Path | None) -> Iterator[tuple[Path, Path]]:
    path = Path(name)
    if name == "-":
        yield STDIN, Path("stdin")
    elif path.is_dir():
        yield from ((each, each.relative_to(path)) for each in _walk(path, suffixes, output))
    elif path.exists() or not glob.has_magic(name):
        yield path, Path(path.name)
    else:
        matches = sorted(glob.glob(name, recursive=True))
        if not matches:
            raise InputError("no file matches", place=name, remedy="check the pattern")
        for match in matches:
            yield from _expand(match, suffixes, output)


def _walk(folder: Path, suffixes: frozenset[str], output: Path | None) -> Iterator[Path]:
    skipped = output.resolve() if output else None
    for here, folders, files in os.walk(folder):
        folders[:] = sorted(
            each for each in folders if not each.startswith(".") and (Path(here, each).resolve() != skipped)
        )
        for each in sorted(files):
            hidden = each.startswith(".") or each.upper().startswith("README")
            if (
                not hidden
                and Path(each).suffix.lower() in suffixes | TABLES.keys()
                and not _is_product(Path(here, each))
            ):
                yield Path(here, each)


def _is_product(path: Path) -> bool:
    """Whether a file was made by an earlier run: the ledger beside it names the cleaned text beside it."""
    ledger, text = path.with_suffix(LEDGER_SUFFIX), path.with_suffix(".txt")
    try:
        with ledger.open(encoding="utf-8") as lines:
            head = json.loads(lines.readline())
        return bool(head["cleaned"]["sha256"] == hashlib.sha256(text.read_bytes()).hexdigest())
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _name_products(found: dict[Path, Path]) -> list[Input]:
    # Case is folded: two names that differ only in case are one file on Windows and macOS.
    def clashes(names: dict[Path, Path]) -> set[Path]:
        counts = Counter(str(name).casefold() for name in names.values())
        return {path for path, name in names.items() if counts[str(name).casefold()] > 1}

    # Without its suffix "..txt" would be this folder, "...txt" the one above.
    names = {
        path: relative if relative.stem in (".", "..") else relative.with_suffix("") for path, relative in found.items()
    }
    for path in clashes(names):
        names[path] = found[path]
    if left := sorted(str(path) for path in clashes(names)):
        raise UsageError(
            "would give products of one name", place=" and ".join(left), remedy="name their common folder, or rename"
        )
    return [Input(path, "stdin" if path == STDIN else str(path), name) for path, name in names.items()]
