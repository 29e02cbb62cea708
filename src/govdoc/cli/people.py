"""Options by which people supply, correct and complete what was read."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from govdoc.cli.options import Settings
from govdoc.cli.talk import put, say_notices
from govdoc.errors import UsageError
from govdoc.model import Document

if TYPE_CHECKING:
    from govdoc.supplying import Missing

Command = TypeVar("Command", bound=Callable[..., Any])

set_option = click.option(
    "--set", "assignments", multiple=True, metavar="ELEMENT=VALUE",
    help="Set an element of a source's (first) document: 文号=太教〔2025〕3号.",
)  # fmt: skip
_OPTIONS = (
    click.option("--profile", metavar="UNIT.toml", help="A unit's profile, which fills what a document lacks."),
    click.option(
        "--overrides", metavar="FILE", help="Corrections of fields by source, in TOML or JSON, made on every run."
    ),
)


def people_options(command: Command) -> Callable[..., Any]:
    """Give a command (below ``shared_options``) what people give, as ``settings.given``."""

    @wraps(command)
    def read(
        *args: Any,
        settings: Settings,
        profile: str | None,
        overrides: str | None,
        assignments: tuple[str, ...] = (),
        **rest: Any,
    ) -> Any:
        from govdoc.supplying import read_given

        config = settings.config
        given = read_given(_assignments(assignments), profile or config.profile, overrides or config.overrides)
        style = given.profile.style if given.profile and not settings.style_chosen else None
        settings = dataclasses.replace(settings, given=given, style=style or settings.style)
        try:
            result = command(*args, settings=settings, **rest)
        except click.exceptions.Exit:
            _say_unmet(rest.get("paths", ()), settings)
            raise
        _say_unmet(rest.get("paths", ()), settings)
        return result

    decorated: Callable[..., Any] = read
    for option in reversed(_OPTIONS):
        decorated = option(decorated)
    return decorated


def _assignments(given: tuple[str, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for each in given:
        element, equals, value = each.partition("=")
        if not equals or not element.strip():
            raise UsageError(f"--set {each}: no ELEMENT=VALUE", remedy="write, say, --set 文号=太教〔2025〕3号")
        found[element.strip()] = value.strip()
    return found


def _say_unmet(paths: Iterable[str], settings: Settings) -> None:
    """Say which corrections met no source, where a whole folder was read."""
    overrides = settings.given and settings.given.overrides
    if overrides and any(Path(path).is_dir() for path in paths):
        say_notices(overrides.place, overrides.unmet(settings.seen), settings.verbosity, said=settings.said)


def put_missing(name: str, documents: Iterable[Document], name_of_format: str) -> None:
    """Print what each document lacks, as text or as a JSON object a line."""
    from govdoc.supplying import missing

    for document in documents:
        lacks = missing(document)
        put((_as_json if name_of_format == "json" else _as_text)(name, document, lacks))


def _as_json(name: str, document: Document, lacks: tuple[Missing, ...]) -> bytes:
    import msgspec

    row = {"id": document.id, "source": name, "title": document.main.title, "genre": document.genre, "missing": lacks}
    return msgspec.json.encode(row) + b"\n"


def _as_text(name: str, document: Document, lacks: tuple[Missing, ...]) -> bytes:
    title = document.main.title or "(no title)"
    lines = [f"{name}: {title} ({document.genre or 'no 文种'}){'' if lacks else ': lacks nothing'}"]
    for one in lacks:
        how = f"  --set {one.element}={one.example}" if one.example else ""
        remark = f": {one.remark}" if one.remark else ""
        lines.append(f"  {one.need:8}  {one.element:\N{IDEOGRAPHIC SPACE}<5}{how}  ({one.clause}){remark}")
    return ("\n".join(lines) + "\n").encode()
