"""Write the generated pages of docs/ from the code, or with --check say which of them are out of date."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path

import click

from govdoc.checking.listing import all_listed
from govdoc.cli.app import app
from govdoc.indicator import indicator_schema
from govdoc.model import document_schema
from govdoc.readers.steps import STEPS, Step
from govdoc.rules.registry import STAGES, Rule, all_rules

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
REFERENCE = DOCS / "reference"
NOTE = "<!-- Written by scripts/build_docs.py (make docs) from the code; change the code. -->"
WIDTH = 100


def commands() -> str:
    """The help of every command, as the terminal shows it."""
    top = click.Context(app, info_name="govdoc", terminal_width=WIDTH, **app.context_settings)
    parts = [NOTE, "# Commands", f"```text\n{app.get_help(top)}\n```"]
    for name in app.list_commands(top):
        command = app.get_command(top, name)
        if command is None:
            raise KeyError(f"govdoc lists a command {name} and does not have it")
        context = click.Context(command, parent=top, info_name=name, terminal_width=WIDTH)
        parts += [f"## govdoc {name}", f"```text\n{command.get_help(context)}\n```"]
    return "\n\n".join(parts) + "\n"


def rules() -> str:
    """The page of every rule, by stage in the order in which they run."""
    parts = [NOTE, "# Cleaning rules", "In the order in which they run. `govdoc rules CODE` shows the same page."]
    named: tuple[Step | Rule, ...] = (*STEPS, *all_rules())
    for stage in ("reading", *STAGES):
        parts.append(f"## {stage}")
        for one in named:
            if one.stage == stage:
                head = f"### {one.code} {one.slug} {one.chinese}"
                parts.append(f"{head}\n\neffect: {one.effect} · applied: {one.applied}")
                parts.append(f"```text\n{one.page}\n```")
    return "\n\n".join(parts) + "\n"


def checks() -> str:
    """The page of every check of `govdoc check`: of texts by code, then what is measured on PDFs and Word files."""
    parts = [NOTE, "# Checks", "What `govdoc check` looks for. `govdoc checks CODE` shows the same page."]
    for one in all_listed():
        head = f"### {one.code} {one.slug} {one.chinese}"
        tolerance = f" · tolerance {one.tolerance}" if one.tolerance else ""
        parts.append(f"{head}\n\n{one.severity} · {one.clause} · on {', '.join(one.kinds)}{tolerance}")
        parts.append(f"```text\n{one.page}\n```")
    return "\n\n".join(parts) + "\n"


def as_json(schema: Callable[[], object]) -> Callable[[], str]:
    """A page that is a JSON Schema."""
    return lambda: json.dumps(schema(), ensure_ascii=False, indent=1) + "\n"


PAGES: dict[str, Callable[[], str]] = {
    "rules.md": rules,
    "checks.md": checks,
    "reference/commands.md": commands,
    "reference/document.schema.json": as_json(document_schema),
    "reference/indicator.schema.json": as_json(indicator_schema),
}


def main() -> int:
    """Write or check; the status is 1 where a page is out of date."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, fail where a page is out of date")
    check = parser.parse_args().check
    made = {DOCS / name: page() for name, page in PAGES.items()}
    stale = [path for path, text in made.items() if not path.is_file() or path.read_text(encoding="utf-8") != text]
    stray = [path for path in REFERENCE.glob("*") if path not in made]
    for path in stale:
        if check:
            print(f"{path.relative_to(ROOT)} is out of date: run make docs", file=sys.stderr)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(made[path], encoding="utf-8")
            print(f"wrote {path.relative_to(ROOT)}")
    for path in stray:
        print(f"{path.relative_to(ROOT)} is made by nothing: remove it", file=sys.stderr)
    return 1 if stray or (check and stale) else 0


if __name__ == "__main__":
    sys.exit(main())
