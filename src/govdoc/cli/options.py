"""Options that commands share, and what they say once read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from govdoc.cli.talk import say
from govdoc.config import Config, load_config
from govdoc.errors import UsageError
from govdoc.readers.rows import Columns

if TYPE_CHECKING:
    from govdoc.supplying import Given

FILE_SUFFIXES = frozenset((".txt", ".json", ".jsonl", ".docx", ".pdf", ".md", ".xlsx", ".csv", ".html"))
Command = TypeVar("Command", bound=Callable[..., Any])

COLUMN_OPTIONS = {"text": "The pages' text", "url": "Their addresses", "title": "Their titles", "date": "Their dates"}


@dataclass(frozen=True)
class Settings:
    """The shared options of one call."""

    output: Path | None
    style: str
    encoding: str | None
    config: Config
    verbosity: int
    force: bool
    columns: Columns = field(default_factory=Columns)
    style_chosen: bool = False  # by --style
    given: Given | None = None
    seen: set[str] = field(default_factory=set)  # the SHA-256 of every source read in this run
    said: set[str] = field(default_factory=set)  # what concerns no place of a document is said once a run
    stored: list[Path] = field(default_factory=list)  # the products of this run

    @property
    def to_stdout(self) -> bool:
        """Whether ``-o -`` asks for stdout."""
        return str(self.output) == "-"

    @property
    def folder(self) -> Path | None:
        """The output folder; ``None`` for stdout. ``UsageError`` where ``-o`` names a file."""
        if self.output is None or self.to_stdout:
            return None
        if self.output.suffix.lower() in FILE_SUFFIXES and not self.output.is_dir():
            raise UsageError(
                "is a file name", place=str(self.output), remedy="-o takes a folder here; products keep their names"
            )
        return self.output

    def tell(self, words: str) -> None:
        """Say what is worth knowing and no error, once a run; nothing with ``-q``."""
        if self.verbosity and words not in self.said:
            self.said.add(words)
            say(f"govdoc: {words}")


_OPTIONS = (
    click.option("-o", "--output", type=click.Path(path_type=Path), help="Where the products go (- : stdout)."),
    click.option("--style", metavar="NAME|FILE.toml", help="Style sheet; auto picks one by the document."),
    click.option("--encoding", metavar="NAME", help="The inputs' encoding; otherwise it is found out."),
    click.option("--config", metavar="FILE", type=click.Path(), help="Configuration in TOML."),
    *(
        click.option(f"--{role}-column", metavar="NAME", help=f"{words} in a table of pages (.csv .tsv .jsonl .xlsx).")
        for role, words in COLUMN_OPTIONS.items()
    ),
    click.option("-q", "--quiet", is_flag=True, help="Say errors only."),
    click.option("-v", "--verbose", is_flag=True, help="Say everything; tracebacks too."),
    click.option("--force", is_flag=True, help="Replace products with other content; the old is kept as .bak."),
)


def shared_options(command: Command) -> Callable[..., Any]:
    """Give a command the shared options, as one ``settings`` argument."""

    @wraps(command)
    def read(
        *args: Any,
        output: Path | None,
        style: str | None,
        encoding: str | None,
        config: str | None,
        quiet: bool,
        verbose: bool,
        force: bool,
        **rest: Any,
    ) -> Any:
        loaded = load_config(config)
        settings = Settings(
            output=output,
            style=style or loaded.style or "auto",
            encoding=encoding or loaded.encoding,
            config=loaded,
            verbosity=0 if quiet else 2 if verbose else 1,
            force=force,
            style_chosen=style is not None,
            columns=Columns(*(rest.pop(f"{role}_column") for role in COLUMN_OPTIONS)),
        )
        return command(*args, settings=settings, **rest)

    decorated: Callable[..., Any] = read
    for option in reversed(_OPTIONS):
        decorated = option(decorated)
    return decorated


paths_argument = click.argument("paths", nargs=-1, required=True, metavar="PATH...")
