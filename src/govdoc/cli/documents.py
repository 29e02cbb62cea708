"""``govdoc parse`` and ``govdoc export``."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import click

from govdoc.cli.options import Settings, paths_argument, shared_options
from govdoc.cli.run import below, clean_input, input_paths, read_input, run_each
from govdoc.cli.talk import put, say_notices
from govdoc.errors import UsageError
from govdoc.filing import make_products
from govdoc.inputs import Input, find_inputs
from govdoc.model import Document, read_documents, write_documents
from govdoc.products import write_product
from govdoc.span import Notice

FORMATS = {
    "docx": "Word document, GB/T 9704.",
    "pdf": "PDF, GB/T 9704.",
    "json": "The canonical documents.",
    "markdown": "Markdown.",
    "xlsx": "The source's indicator workbook.",
}
set_option = click.option(
    "--set", "assignments", multiple=True, metavar="ELEMENT=VALUE", help="Supply an element: 文号=太教〔2025〕3号."
)


def format_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command a flag for each format."""
    for name, words in reversed(FORMATS.items()):
        command = click.option(f"--{name}", is_flag=True, help=words)(command)
    return command


def read_canonical(item: Input, settings: Settings, assignments: tuple[str, ...] = ()) -> list[Document]:
    """The documents of an input: canonical JSON read, anything else cleaned and parsed; then ``--set`` applied."""
    from govdoc import api
    from govdoc.parsing import supply

    if item.path.suffix.lower() == ".json":
        documents = read_documents(read_input(item, settings).data)
    else:
        documents = api.parse(clean_input(item, settings))
    supplied = _assignments(assignments)
    if supplied:
        documents = [supply(documents[0], supplied), *documents[1:]]
    for document in documents:
        _say(item, document, document.notices, settings)
    return documents


def _say(item: Input, document: Document, notices: Iterable[Notice], settings: Settings) -> None:
    source = document.trace.source if document.trace else None
    say_notices(item.shown, notices, settings.verbosity, source, said=settings.said)


def _assignments(given: tuple[str, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for each in given:
        element, equals, value = each.partition("=")
        if not equals or not element.strip():
            raise UsageError(f"--set {each}: no ELEMENT=VALUE", remedy="write, say, --set 文号=太教〔2025〕3号")
        found[element.strip()] = value.strip()
    return found


@click.command()
@paths_argument
@set_option
@shared_options
def parse(paths: tuple[str, ...], assignments: tuple[str, ...], settings: Settings) -> None:
    """Read the canonical 公文: 版头, 主体, 版记, each with its place in the source.

    JSON Lines on stdout, one document a line; with -o DIR an array a file, <stem>.json.
    """
    items = find_inputs(paths, output=settings.output)

    def one(item: Input) -> None:
        documents = read_canonical(item, settings, assignments)
        if settings.output is None:
            put(b"".join(document.to_json() + b"\n" for document in documents))
        else:
            target = below(settings, item, ".json")
            write_product(target, write_documents(documents), force=settings.force, inputs=input_paths(items))

    run_each(items, one)


@click.command()
@paths_argument
@format_options
@set_option
@shared_options
def export(paths: tuple[str, ...], assignments: tuple[str, ...], settings: Settings, **chosen: bool) -> None:
    """Typeset documents as GB/T 9704-2012 asks; without a format: DOCX and PDF.

    Also takes the canonical .json that `govdoc parse` makes. Products go below -o DIR (default: out).
    """
    formats = tuple(name for name in FORMATS if chosen[name]) or ("docx", "pdf")
    items = find_inputs(paths, output=settings.output or Path("out"))
    inputs = input_paths(items)

    def one(item: Input) -> None:
        documents = read_canonical(item, settings, assignments)
        # All are made before any is written.
        for product in list(make_products(documents, formats, settings.style)):
            if product.document:
                _say(item, product.document, product.notices, settings)
            write_product(below(settings, item, product.tail), product.data, force=settings.force, inputs=inputs)

    run_each(items, one)
