"""A PDF is read in a process of its own: one that takes too long, too much or crashes is ended with it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import msgspec

import govdoc
from govdoc.errors import GovdocError, InputError
from govdoc.span import Mark, Notice

MAX_BYTES = 300 << 20
"""Bytes of a PDF; scanned yearbooks come near."""
CPU_SECONDS = 60
"""Processor time for one PDF, where the system can bound it (not on Windows); 2,000 pages take some 40."""
SECONDS = 300.0
"""Time by the clock for one PDF, on whatever system and however busy it is."""
MEMORY = 768 << 20
"""Bytes of memory, and four times the file; where the system can bound it (not on macOS and Windows)."""
WORKER = "govdoc.readers.pdf.worker"
OUT_OF_MEMORY = 3
"""What the process ends with where its memory did not do."""
TIMED_OUT = frozenset((9, 24))
"""SIGKILL and SIGXCPU: how a system ends a process whose processor time is spent."""
FAULT = 1
"""What Python ends with where an error is not caught: one of ours."""


class Reading(msgspec.Struct, frozen=True):
    """The text of a PDF with its marks and notices; or, with ``error``, why there is none and what to do."""

    text: str = ""
    marks: tuple[Mark, ...] = ()
    notices: tuple[Notice, ...] = ()
    error: str | None = None
    remedy: str | None = None


def read_apart(data: bytes, name: str) -> Reading:
    """The reading of a PDF, made in a process of its own. ``InputError`` where that does not end well."""
    if len(data) > MAX_BYTES:
        raise InputError(f"is larger than {MAX_BYTES >> 20} MB", place=name, remedy="split it")
    # The process finds the modules where this one does, and nowhere else: not in the working directory.
    paths = [str(Path(govdoc.__file__).parent.parent), *(path for path in sys.path if path)]
    command = [sys.executable, "-P", "-m", WORKER]
    done = _run(command, data, name, os.pathsep.join(paths))
    if done.returncode == FAULT:
        told = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        raise GovdocError(f"reading the PDF failed: {told}", place=name, remedy="report it with the file")
    if -done.returncode in TIMED_OUT:
        raise _too_long(name)
    if done.returncode != 0:
        message = "takes more memory than a document needs, or breaks the PDF library"
        raise InputError(message, place=name, remedy="print it to a new PDF")
    return msgspec.msgpack.decode(done.stdout, type=Reading)


def _run(command: list[str], data: bytes, name: str, paths: str) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "PYTHONPATH": paths}
    try:
        return subprocess.run(  # noqa: S603 our own module
            command, input=data, capture_output=True, timeout=SECONDS, check=False, env=environment
        )
    except subprocess.TimeoutExpired:
        raise _too_long(name) from None


def _too_long(name: str) -> InputError:
    return InputError("takes longer to read than a document does", place=name, remedy="print it to a new PDF")
