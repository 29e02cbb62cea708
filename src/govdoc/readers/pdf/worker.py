"""The process in which one PDF is read: its bytes come on stdin, the reading goes to stdout."""

from __future__ import annotations

import sys

import msgspec

from govdoc.readers.pdf.process import MEMORY, OUT_OF_MEMORY
from govdoc.readers.pdf.reading import make_reading


def main() -> None:
    """Read the PDF on stdin."""
    data = sys.stdin.buffer.read()
    _bound_memory(MEMORY + 4 * len(data))
    try:
        made = msgspec.msgpack.encode(make_reading(data))
    except MemoryError:
        sys.exit(OUT_OF_MEMORY)
    sys.stdout.buffer.write(made)


def _bound_memory(limit: int) -> None:
    """Let the process have no more than ``limit`` bytes, where the system knows such a bound."""
    try:
        import resource
    except ImportError:  # Windows
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    soft = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
    resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


if __name__ == "__main__":
    main()
