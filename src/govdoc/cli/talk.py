"""What the command line says: products on stdout in UTF-8, words on stderr."""

from __future__ import annotations

import sys
from collections.abc import Iterable

import click

from govdoc.errors import GovdocError
from govdoc.span import Notice

LOUDNESS = {"info": 2, "warning": 1, "error": 1}
"""The verbosity (-q 0, none 1, -v 2) from which a notice of that level is shown."""

MOST_OF_A_LINE = 3
"""How many notices of one code on one line of a source are shown each."""


def say(words: str) -> None:
    """A line on stderr, in whatever the terminal can show."""
    encoding = sys.stderr.encoding or "utf-8"
    click.echo(words.encode(encoding, "backslashreplace").decode(encoding, "replace"), err=True)


def say_error(error: GovdocError) -> None:
    """An error in one line."""
    say(f"govdoc: {error}")


def say_notices(
    name: str, notices: Iterable[Notice], verbosity: int, source: str | None = None, *, said: set[str]
) -> None:
    """The notices on one input, each with the line of the source it concerns.

    Of many of one code on one line the first stands for all. Those on no place are said once a run, those of one code
    in one line: the fonts that are not there, say.
    """
    everywhere: dict[str, list[str]] = {}
    at_lines: dict[str, list[str]] = {}
    for notice in notices:
        head = f"{notice.level} {notice.code}"
        words = f"{head}: {notice.message}"
        if verbosity < LOUDNESS[notice.level] or (notice.span is None and words in said):
            continue
        if notice.span is None:
            said.add(words)
            everywhere.setdefault(head, []).append(notice.message)
        else:
            line = "" if source is None else f":{source.count(chr(10), 0, notice.span[0]) + 1}"
            at_lines.setdefault(f"{name}{line}: {head}", []).append(notice.message)
    for place, messages in at_lines.items():
        shown = len(messages) if verbosity > 1 or len(messages) <= MOST_OF_A_LINE else 1
        for message in messages[:shown]:
            rest = f" (and {len(messages) - 1} more on this line: -v shows them)" if shown < len(messages) else ""
            say(f"{place}: {message}{rest}")
    for head, messages in everywhere.items():
        say(f"{name}: {head}: {'; '.join(messages)}")


def put(data: bytes) -> None:
    """A product on stdout, byte for byte, in every locale."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def counted(number: int, one: str, several: str | None = None) -> str:
    """How many there are of something: ``1 file``, ``2 files``."""
    return f"{number} {one if number == 1 else several or f'{one}s'}"
