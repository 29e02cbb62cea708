"""``govdoc clean`` and ``govdoc undo``."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path

import click

from govdoc.cleaned import Cleaned
from govdoc.cli.options import Settings, paths_argument, shared_options
from govdoc.cli.run import clean_source, input_paths, run_each, store
from govdoc.cli.talk import put
from govdoc.errors import InputError, UsageError
from govdoc.inputs import LEDGER_SUFFIX, STDIN, Input, find_inputs
from govdoc.products import write_product


@click.command()
@paths_argument
@click.option("--diff", is_flag=True, help="Print a unified diff of source and cleaned text.")
@click.option(
    "--review", type=click.Path(path_type=Path), metavar="FILE.html", help="Write a page with every edit in place."
)
@click.option("--unsafe", is_flag=True, help="Apply the rules that only go on request, too.")
@shared_options
def clean(paths: tuple[str, ...], diff: bool, review: Path | None, unsafe: bool, settings: Settings) -> None:
    """Decode, strip scrape noise, mend spacing, breaks and punctuation.

    One input without -o: the cleaned text on stdout. With -o DIR: <stem>.txt and <stem>.edits.jsonl, the ledger of
    every edit, from which `govdoc undo` rebuilds the source.
    """
    items = find_inputs(paths, output=settings.folder, columns=settings.columns, tell=settings.tell)
    if review and len(items) > 1:
        raise UsageError("--review shows one input", remedy="name a single file")
    to_stdout = settings.folder is None
    if to_stdout and not diff and (len(items) > 1 or (items[0].path != STDIN and Path(paths[0]).is_dir())):
        raise UsageError("several inputs need an output folder", remedy="add -o DIR, or --diff to look only")

    def one(item: Input) -> None:
        cleaned = clean_source(item, item.read(settings.encoding), settings, unsafe=unsafe)
        if review:
            _write_review(review, cleaned, settings, input_paths(items))
        if diff:
            put("".join(_diff(item.shown, cleaned)).encode("utf-8", "backslashreplace"))
        elif to_stdout and not review:
            put(cleaned.text.encode())
        elif not to_stdout:
            _write(item, cleaned, settings, input_paths(items))

    run_each(items, one, settings)


def _write_review(target: Path, cleaned: Cleaned, settings: Settings, inputs: list[Path]) -> None:
    from govdoc.review import review_page

    write_product(target, review_page(cleaned).encode(), force=settings.force, inputs=inputs)


def _write(item: Input, cleaned: Cleaned, settings: Settings, inputs: list[Path]) -> None:
    from govdoc.filing import cleaned_products

    for product in cleaned_products(cleaned):
        store(settings, item, product.tail, product.data, inputs)


def _diff(name: str, cleaned: Cleaned) -> Iterator[str]:
    before = cleaned.decoded.text.splitlines(keepends=True)
    after = cleaned.text.splitlines(keepends=True)
    for line in difflib.unified_diff(before, after, name, f"{name} (cleaned)"):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


@click.command()
@click.argument("ledger", type=click.Path(path_type=Path))
@click.option(
    "--text", type=click.Path(path_type=Path), help="The cleaned text; otherwise <stem>.txt beside the ledger."
)
@shared_options
def undo(ledger: Path, text: Path | None, settings: Settings) -> None:
    """Rebuild the source from its ledger and the cleaned text."""
    from govdoc.ledger import read_ledger

    if text is None and not ledger.name.endswith(LEDGER_SUFFIX):
        raise UsageError(f"is not named *{LEDGER_SUFFIX}", place=str(ledger), remedy="name the text with --text FILE")
    cleaned_path = text or ledger.with_name(ledger.name.removesuffix(LEDGER_SUFFIX) + ".txt")
    source = read_ledger(_read_utf8(ledger)).undo(_read_utf8(cleaned_path))
    if settings.output is None or settings.to_stdout:
        put(source)
    else:
        write_product(settings.output, source, force=settings.force, inputs=(ledger, cleaned_path))


def _read_utf8(path: Path) -> str:
    from govdoc.source import read

    try:
        return read(path).data.decode()
    except UnicodeDecodeError:
        raise InputError("is not UTF-8", place=str(path), remedy="give the file that `govdoc clean` wrote") from None
