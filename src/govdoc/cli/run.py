"""Running a command over its inputs: one bad input never stops the others."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path

import click

from govdoc.cleaned import Cleaned
from govdoc.cli.options import Settings
from govdoc.cli.talk import counted, say, say_error, say_notices
from govdoc.errors import GovdocError
from govdoc.inputs import STDIN, Input
from govdoc.products import locate, write_product
from govdoc.source import Source

SEVERAL_FAILED = 1
DEFAULT_FOLDER = Path("out")


def clean_source(item: Input, source: Source, settings: Settings, *, unsafe: bool = False) -> Cleaned:
    """The cleaned text of an input, its notices said; ``InputError`` where no reader knows its kind."""
    from govdoc.filing import clean_configured

    item.require_reader()
    cleaned = clean_configured(source, settings.config.clean, unsafe=unsafe)
    say_notices(item.shown, cleaned.notices, settings.verbosity, cleaned.decoded.text, said=settings.said)
    return cleaned


def run_each(items: Sequence[Input], work: Callable[[Input], None], settings: Settings) -> None:
    """Do ``work`` on each input; say each failure in a line, and at the end where the products are.

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
    if settings.stored and settings.verbosity:
        where, done = settings.folder or DEFAULT_FOLDER, len(items) - len(failures)
        kinds = Counter(path.suffix for path in settings.stored)
        which = f" ({', '.join(f'{count} {kind}' for kind, count in sorted(kinds.items()))})" if len(kinds) > 1 else ""
        say(f"{where}: {counted(len(settings.stored), 'product')} of {counted(done, 'input')}{which}")
    if failures:
        raise click.exceptions.Exit(SEVERAL_FAILED)


def _with_progress(items: Sequence[Input]) -> Iterable[Input]:
    if len(items) < 2 or not sys.stderr.isatty():
        yield from items
        return
    with click.progressbar(items, file=sys.stderr, label="govdoc") as shown:
        yield from shown


def store(settings: Settings, item: Input, tail: str, data: bytes, inputs: Collection[Path]) -> None:
    """Write a product of ``item`` below the output folder (default: out), the path below the given folder kept."""
    target = item.product(settings.folder or DEFAULT_FOLDER, tail)
    write_product(target, data, force=settings.force, inputs=inputs)
    settings.stored.append(target)


def input_paths(items: Iterable[Input]) -> list[Path]:
    """The files that must never become outputs."""
    return [item.path for item in items if item.path != STDIN]
