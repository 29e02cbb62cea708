"""A PDF is read in a process of its own: one that takes too long, too much or crashes is ended with it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

import govdoc
from govdoc.errors import InputError

if TYPE_CHECKING:
    from govdoc.readers.pdf.reading import Reading

MAX_BYTES = 300 << 20
"""Bytes of a PDF; scanned yearbooks come near."""
SECONDS = 60.0
"""Time for one PDF: 2,000 pages take 15 seconds."""
MEMORY = 1 << 30
"""Bytes of memory beyond the file itself, where the system can bound it (not on macOS and Windows)."""


def read_apart(data: bytes, name: str) -> Reading:
    """The reading of a PDF, made in a process of its own. ``InputError`` where that does not end well."""
    from govdoc.readers.pdf.reading import Reading

    if len(data) > MAX_BYTES:
        raise InputError(f"is larger than {MAX_BYTES >> 20} MB", place=name, remedy="split it")
    # The process finds the modules where this one does, and nowhere else: not in the working directory.
    paths = [str(Path(govdoc.__file__).parent.parent), *(path for path in sys.path if path)]
    command = [sys.executable, "-P", "-m", "govdoc.readers.pdf.worker"]
    try:
        done = subprocess.run(  # noqa: S603 our own module
            command,
            input=data,
            capture_output=True,
            timeout=SECONDS,
            check=False,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        )
    except subprocess.TimeoutExpired:
        message = f"took longer than {SECONDS:.0f} seconds to read"
        raise InputError(message, place=name, remedy="print it to a new PDF") from None
    if done.returncode != 0:
        message = "takes more memory than a document needs, or breaks the PDF library"
        raise InputError(message, place=name, remedy="print it to a new PDF")
    return msgspec.msgpack.decode(done.stdout, type=Reading)
