"""Products on disk: written whole or not at all, and never over somebody's file."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Collection
from io import BufferedIOBase, BytesIO
from pathlib import Path

from govdoc.errors import GovdocError, OutputError

TEMPORARY = ".govdoc-"
"""How the names of files begin that are not whole yet."""
_BLOCK = 1 << 20


class TakenError(OutputError):
    """Somebody's file with other content is where a product should go."""


def write_product(
    path: Path,
    data: bytes | BufferedIOBase,
    *,
    force: bool = False,
    inputs: Collection[Path] = (),
    ours: Collection[str] = (),
) -> bool:
    """Write ``data``, bytes or an open file's, to ``path``; whether anything was (the same bytes there already: done).

    ``TakenError`` where other bytes are there and not ``force`` (which keeps them as ``<name>.bak``), unless their
    SHA-256 is in ``ours``: earlier products, which may go. ``OutputError`` where ``path`` is one of ``inputs``, or
    where the folder cannot be written.
    """
    try:
        return _write(path, BytesIO(data) if isinstance(data, bytes) else data, force, inputs, ours)
    except PermissionError as error:
        raise OutputError(
            f"cannot be written ({error.strerror})",
            place=str(path),
            remedy="close it in other programs, or check the folder's permissions",
        ) from error
    except OSError as error:
        raise OutputError(
            f"cannot be written ({error.strerror})", place=str(path), remedy="check the folder and the free space"
        ) from error


def digest_of(data: BufferedIOBase) -> str:
    """The SHA-256 of an open file, from its beginning."""
    data.seek(0)
    return hashlib.file_digest(data, "sha256").hexdigest()


def _write(path: Path, data: BufferedIOBase, force: bool, inputs: Collection[Path], ours: Collection[str]) -> bool:
    backup: Path | None = None
    if path.exists():
        backup = path.with_name(path.name + ".bak")
        _refuse_inputs((path, backup) if force else (path,), inputs)
        if path.is_dir():
            raise OutputError("is a folder", place=str(path), remedy="name another output")
        with path.open("rb") as file:
            there = digest_of(file)
        if there == digest_of(data):
            return False
        if there in ours:
            backup = None
        elif not force:
            raise TakenError(
                "exists with other content", place=str(path), remedy="use --force (the old is kept as .bak) or -o"
            )
    for parent in path.parents:
        if parent.is_file():
            raise OutputError("is a file, not a folder", place=str(parent), remedy="name another output folder with -o")
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(prefix=TEMPORARY, dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as sink:
            data.seek(0)
            shutil.copyfileobj(data, sink, _BLOCK)
            sink.flush()
            os.fsync(sink.fileno())  # a name must never stand for bytes that a power cut can take
        os.chmod(temporary, 0o666 & ~_umask())
        if backup:
            os.replace(path, backup)
        os.replace(temporary, path)
    finally:
        Path(temporary).unlink(missing_ok=True)
    return True


def _refuse_inputs(paths: tuple[Path, ...], inputs: Collection[Path]) -> None:
    for path in paths:
        if any(each.exists() and path.exists() and path.samefile(each) for each in inputs):
            raise OutputError("is an input", place=str(path), remedy="choose another output folder with -o")


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current


def locate(error: GovdocError, place: str) -> GovdocError:
    """The error, saying which input it happened in where it does not say so itself."""
    if error.place is None:
        error.place = place
    return error
