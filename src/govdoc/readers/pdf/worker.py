"""The process in which one PDF is read: its bytes come on stdin, the reading goes to stdout."""

from __future__ import annotations

import sys

import msgspec

from govdoc.readers.pdf.process import CPU_SECONDS, MEMORY, OUT_OF_MEMORY
from govdoc.readers.pdf.reading import make_reading


def main() -> None:
    """Read the PDF on stdin."""
    data = sys.stdin.buffer.read()
    _bound(MEMORY + 4 * len(data), CPU_SECONDS)
    try:
        made = msgspec.msgpack.encode(make_reading(data))
    except MemoryError:
        sys.exit(OUT_OF_MEMORY)
    sys.stdout.buffer.write(made)


def _bound(memory: int, seconds: int) -> None:
    """Let the process have no more memory and processor time than this, where the system knows such bounds."""
    try:
        import resource
    except ImportError:  # Windows
        return
    for what, limit in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, seconds)):
        _, hard = resource.getrlimit(what)
        soft = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        resource.setrlimit(what, (soft, hard))


if __name__ == "__main__":
    main()
