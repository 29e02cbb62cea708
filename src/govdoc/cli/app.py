"""The commands, imported only when one is asked for."""

from __future__ import annotations

from importlib import import_module

import click

from govdoc import __version__

COMMANDS = {
    "clean": "clean:clean",
    "undo": "clean:undo",
    "parse": "documents:parse",
    "export": "documents:export",
    "indicators": "figures:indicators",
    "check": "checks:check",
    "batch": "collection:batch",
    "rules": "catalogue:rules",
    "checks": "catalogue:checks",
    "styles": "catalogue:styles",
    "fonts": "catalogue:fonts",
    "schema": "catalogue:schema",
}
"""Command → module and function below ``govdoc.cli``, in the order of ``--help``."""


class LazyGroup(click.Group):
    """A group whose commands live in modules of their own."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands' names."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported now."""
        if cmd_name not in COMMANDS:
            return None
        module, _, function = COMMANDS[cmd_name].partition(":")
        found = getattr(import_module(f"govdoc.cli.{module}"), function)
        return found if isinstance(found, click.Command) else None


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="govdoc")
def app() -> None:
    """Scraped government documents (公文) in, documents one can file out.

    PATH is a file, a folder, a glob, or - for standard input. Nothing leaves this machine, and nothing is changed
    that is not in the ledger.
    """
