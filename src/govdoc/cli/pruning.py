"""How a batch goes about its work, and ``govdoc batch --prune``."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from govdoc.cli.options import Settings
from govdoc.cli.talk import counted, say
from govdoc.errors import EmptyError, UsageError

if TYPE_CHECKING:
    from govdoc.batch.jobs import JobLedger

FIRST = 10
"""Names shown before the rest is only counted; ``-v`` shows all."""


@dataclass(frozen=True)
class Duty:
    """How a batch goes about its work, beside what it makes."""

    log: str
    retry_failed: bool
    dry_run: bool
    status: bool
    prune: bool
    prune_all: bool
    yes: bool
    watch: bool
    parquet: bool

    def note(self, words: str) -> None:
        """Say something that is no outcome of a document, in the form of the log."""
        if not self.tell("note", message=words):
            say(words)

    def tell(self, event: str, **facts: object) -> bool:
        """Say an event where the log is JSON; whether it is."""
        if self.log == "json":
            say(json.dumps({"event": event, **facts}, ensure_ascii=False))
        return self.log == "json"


def prune_products(folders: Sequence[Path], output: Path, ledger: JobLedger, settings: Settings, duty: Duty) -> None:
    """Remove the products of sources that are gone from these folders (none: from anywhere), after asking.

    ``EmptyError`` where a folder lost all its sources, unless that is said to be right: it may not be mounted.
    """
    from govdoc.batch.run import gone, prune

    roots = [os.path.join(os.path.realpath(folder), "") for folder in folders] or [""]
    lost = {stem: source for stem, source in gone(ledger).items() if f"{source}/".startswith(tuple(roots))}
    if not lost:
        duty.note(f"{output}: nothing to prune, every source is there")
        return
    if not duty.prune_all:
        _refuse_emptied(roots, [source for _, source in ledger.sources()], set(lost.values()))
    files = sum(len(ledger.product_paths(stem)) for stem in lost)
    what = f"{counted(files, 'product')} of {counted(len(lost), 'document')}"
    _say_some([f"{stem} (was {source})" for stem, source in lost.items()], settings, duty)
    if duty.dry_run:
        duty.note(f"{output}: would remove {what} whose source is gone")
        return
    if not (duty.yes or _agreed(f"Remove {what} whose source is gone?")):
        duty.note(f"{output}: nothing removed")
        return
    removed = []
    for path, went in prune(lost, output, ledger):
        if went:
            removed.append(f"{output / path}: removed")
        else:
            duty.note(f"{output / path}: was changed since it was made; kept")
    _say_some(removed, settings, duty)
    duty.note(f"{output}: {counted(len(removed), 'product')} of {counted(len(lost), 'document')} removed")


def _agreed(question: str) -> bool:
    try:
        return click.confirm(question, err=True)
    except click.Abort:
        raise UsageError("nobody answered; nothing was removed", remedy="say --yes where nobody can") from None


def _refuse_emptied(roots: Sequence[str], sources: Collection[str], lost: Collection[str]) -> None:
    for root in roots:
        if all(source in lost for source in sources if f"{source}/".startswith(root)):
            raise EmptyError(
                "none of the sources that were here is left",
                place=root or None,
                remedy="check that the folder is mounted and whole; if it is right that all are gone, say --prune-all",
            )


def _say_some(lines: Sequence[str], settings: Settings, duty: Duty) -> None:
    """Say the first lines and how many more there are; with ``-v`` all, with ``-q`` none."""
    shown = {0: 0, 1: FIRST}.get(settings.verbosity, len(lines))
    for line in islice(lines, shown):
        duty.note(f"  {line}")
    if 0 < shown < len(lines):
        duty.note(f"  … and {len(lines) - shown} more (-v names all)")
