"""Running a command over its inputs: one bad input never stops the others."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import click

from govdoc.cleaned import Cleaned
from govdoc.cli.options import Settings
from govdoc.cli.talk import say_error, say_notices
from govdoc.errors import GovdocError
from govdoc.inputs import STDIN, Input
from govdoc.products import locate
from govdoc.source import Source, read

SEVERAL_FAILED = 1


def read_input(item: Input, settings: Settings) -> Source:
    """The bytes of an input; ``InputError`` where they cannot be had or no reader knows them."""
    if item.path == STDIN:
        return Source(sys.stdin.buffer.read(), name="stdin", encoding=settings.encoding)
    item.require_reader()
    return read(item.path, encoding=settings.encoding)


def clean_input(item: Input, settings: Settings, *, unsafe: bool = False) -> Cleaned:
    """The cleaned text of an input, its notices said."""
    from govdoc import api

    config = settings.config.clean
    source = read_input(item, settings)
    cleaned = api.clean(source, unsafe=unsafe, disable=config.disable, chrome=config.patterns)
    say_notices(item.shown, cleaned.notices, settings.verbosity, cleaned.decoded.text, said=settings.said)
    return cleaned


def run_each(items: Sequence[Input], work: Callable[[Input], None]) -> None:
    """Do ``work`` on each input; say each failure in a line.

    Exits with the failure's own status where there is one input, with 1 where there are several.
    """
    failures: list[GovdocError] = []
    for item in _with_progress(items):
        try:
            work(item)
        except GovdocError as error:
            failures.append(locate(error, item.shown))
            if len(items) > 1:
                say_error(error)
    if failures and len(items) == 1:
        raise failures[0]
    if failures:
        raise click.exceptions.Exit(SEVERAL_FAILED)


def _with_progress(items: Sequence[Input]) -> Iterable[Input]:
    if len(items) < 2 or not sys.stderr.isatty():
        yield from items
        return
    with click.progressbar(items, file=sys.stderr, label="govdoc") as shown:
        yield from shown


def below(settings: Settings, item: Input, suffix: str, *, default: str = "out") -> Path:
    """Where a product of ``item`` goes: below the output folder, the path below the given folder kept."""
    folder = settings.output or Path(default)
    return folder / item.stem.with_name(item.stem.name + suffix)


def input_paths(items: Iterable[Input]) -> list[Path]:
    """The files that must never become outputs."""
    return [item.path for item in items if item.path != STDIN]
