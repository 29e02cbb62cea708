"""Reading damaged GB 18030 and Big5: after a bad byte the pairs that follow must not be read out of step.

A codec goes on with the byte after the bad one. Where a byte was lost or added, every pair up to the next ASCII
character is then read askew. Here the reading that gives more common hanzi is taken; what it skips stays in the text
as lone surrogates (``surrogateescape``), so that the bytes come back.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable

from govdoc.hanzi import chinese_share

DOUBLE_BYTE = ("gb18030", "big5hkscs")
ASCII = re.compile(rb"[\x00-\x7f]{2}")
AHEAD = 48  # bytes looked at to choose between two readings
LEAST = 8  # bytes a reading is judged by, after an error
LEAST_UNASKED = 12  # where no error says that anything is wrong: the first byte of a cut file
CLEARLY_BETTER, BEYOND_DOUBT = 0.3, 0.55
SOME_ERRORS, MOST_ERRORS = 8, 0.05  # beyond such a share it is another encoding: the codec's own reading will do


def read_double_byte(data: bytes, encoding: str) -> str:
    """``data`` as text, bad bytes as lone surrogates, the rest in step."""
    head = 1 if _better_askew(data, encoding, LEAST_UNASKED, BEYOND_DOUBT) else 0
    try:
        text = data[head:].decode(encoding)
    except UnicodeDecodeError:
        text = data[head:].decode(encoding, "surrogateescape")
        if len(_SURROGATE.findall(text)) <= max(SOME_ERRORS, MOST_ERRORS * len(text)):
            text = data[head:].decode(encoding, f"govdoc-{encoding}")
    return escaped(data[:head]) + text


_SURROGATE = re.compile("[\udc80-\udcff]")


def escaped(data: bytes) -> str:
    """Bytes as lone surrogates; those below 0x80, which ``surrogateescape`` refuses, as U+FFFD."""
    return "".join(chr(0xDC00 + byte) if byte >= 0x80 else "\ufffd" for byte in data)


def _run(data: bytes) -> bytes:
    # As far as one misread pair makes the next one misread: to two ASCII characters, one may be half of a pair.
    ahead = data[:AHEAD]
    end = ASCII.search(ahead)
    return ahead[: end.start()] if end else ahead


def _share(data: bytes, encoding: str) -> float:
    return chinese_share(data.decode(encoding, "surrogateescape"))


def _better_askew(data: bytes, encoding: str, least: int = LEAST, by: float = CLEARLY_BETTER) -> bool:
    run = _run(data)
    if len(run) < least or run[0] < 0x80:
        return False
    return _share(run[1:], encoding) > _share(run, encoding) + by


def _resynchroniser(encoding: str) -> Callable[[UnicodeError], tuple[str, int]]:
    def handle(error: UnicodeError) -> tuple[str, int]:
        if not isinstance(error, UnicodeDecodeError):
            raise error
        stop = error.end
        if _better_askew(error.object[stop : stop + AHEAD], encoding):
            stop += 1
        return escaped(error.object[error.start : stop]), stop

    return handle


for _encoding in DOUBLE_BYTE:
    codecs.register_error(f"govdoc-{_encoding}", _resynchroniser(_encoding))
