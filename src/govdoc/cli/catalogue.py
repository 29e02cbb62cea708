"""``govdoc rules``, ``styles``, ``fonts`` and ``schema``: what is there, and why."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Mapping

import click
import msgspec

from govdoc.cli.talk import put
from govdoc.errors import UsageError

format_option = click.option("--format", "name_of_format", type=click.Choice(("text", "json")), default="text")


def _put_text(lines: Iterable[str]) -> None:
    put("".join(f"{line}\n" for line in lines).encode())


def _put_json(value: object) -> None:
    put(json.dumps(value, ensure_ascii=False, indent=1).encode() + b"\n")


def _unknown(what: str, name: str, known: Iterable[str]) -> UsageError:
    names = list(known)
    nearest = difflib.get_close_matches(name, names, 1)
    return UsageError(
        f"no {what} {name!r}", remedy=f"did you mean {nearest[0]}" if nearest else f"see {' '.join(names)}"
    )


@click.command()
@click.argument("code", required=False)
@format_option
def rules(code: str | None, name_of_format: str) -> None:
    """The cleaning rules, and before them (H) the steps of reading a page; with CODE (or its name) that one's page."""
    from govdoc.readers.steps import STEPS, Step
    from govdoc.rules.registry import Rule, all_rules

    named: tuple[Step | Rule, ...] = (*STEPS, *all_rules())
    known = named
    if code is not None:
        known = tuple(one for one in known if code.upper() == one.code or code == one.slug)
        if not known:
            raise _unknown("rule", code, [one.code for one in named])
    if name_of_format == "json":
        fields = ("code", "slug", "chinese", "stage", "effect", "applied", "page")
        _put_json([{field: getattr(one, field) for field in fields} for one in known])
    elif code is not None:
        one = known[0]
        _put_text((f"{one.code} {one.slug} {one.chinese} ({one.effect}, applied {one.applied})", "", one.page))
    else:
        _put_text(f"{one.code}  {one.effect:8}{one.slug:32}{one.summary}" for one in known)


@click.command()
@click.argument("code", required=False)
@format_option
def checks(code: str | None, name_of_format: str) -> None:
    """The checks of `govdoc check`, of texts and (M) of PDFs and Word files; with CODE (or its name) that page."""
    from govdoc.checking.listing import all_listed

    known = all_listed()
    if code is not None:
        known = tuple(one for one in known if code.upper() == one.code or code == one.slug)
        if not known:
            raise _unknown("check", code, [one.code for one in all_listed()])
    if name_of_format == "json":
        _put_json([msgspec.to_builtins(one) for one in known])
    elif code is not None:
        one = known[0]
        _put_text((f"{one.code} {one.slug} {one.chinese} ({one.severity}, {one.clause})", "", one.page))
    else:
        _put_text(f"{one.code}  {one.severity:9}{one.slug:32}{one.summary}" for one in known)


@click.command()
@click.argument("name", required=False)
@format_option
def styles(name: str | None, name_of_format: str) -> None:
    """The style sheets; with NAME that sheet's TOML."""
    from govdoc.style import find_styles, load_style

    found = find_styles()
    if name is not None and name not in found:
        raise _unknown("style", name, found)
    if name_of_format == "json":
        chosen = [name] if name else list(found)
        _put_json({each: msgspec.to_builtins(load_style(each)) for each in chosen})
    elif name is not None:
        put(found[name].read_bytes())
    else:
        _put_text(f"{each:12}{path}" for each, path in found.items())


@click.command()
@format_option
def fonts(name_of_format: str) -> None:
    """Which face each role (仿宋, 小标宋, 黑体, 楷体, 宋体) is drawn with here, and why."""
    from govdoc.fonts import describe

    rows = [msgspec.to_builtins(row) for row in describe()]
    if name_of_format == "json":
        _put_json(rows)
    else:
        _put_text(_row(row) for row in rows)


def _row(row: Mapping[str, object]) -> str:
    return "  ".join(str(value) for value in row.values())


@click.command()
@click.argument("name", required=False)
def schema(name: str | None) -> None:
    """The JSON Schemas; with NAME (document, indicator) that one."""
    from govdoc.indicator import indicator_schema
    from govdoc.model import document_schema

    schemas = {"document": document_schema, "indicator": indicator_schema}
    if name is None:
        _put_text(schemas)
    elif name in schemas:
        _put_json(schemas[name]())
    else:
        raise _unknown("schema", name, schemas)
