"""``govdoc parse`` and ``govdoc export``."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from typing import Any

import click

from govdoc.cli.options import Settings, paths_argument, shared_options
from govdoc.cli.run import DEFAULT_FOLDER, clean_source, input_paths, run_each, store
from govdoc.cli.talk import put, say_notices
from govdoc.errors import UsageError
from govdoc.filing import Product, make_products
from govdoc.inputs import STDIN, Input, find_inputs
from govdoc.model import Document, read_documents, write_documents
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

    source = item.read(settings.encoding)
    if _is_canonical(item, source.data):
        documents = read_documents(source.data)
    else:
        documents = api.parse(clean_source(item, source, settings))
    supplied = _assignments(assignments)
    if supplied:
        documents = [supply(documents[0], supplied), *documents[1:]]
    for document in documents:
        _say(item, document, document.notices, settings)
    return documents


def _is_canonical(item: Input, data: bytes) -> bool:
    """Whether an input is canonical JSON: a ``.json`` file, or standard input that begins as one."""
    begins = data.lstrip()[:1] in (b"{", b"[") and b'"govdoc.document/1"' in data[:200]
    return item.path.suffix.lower() == ".json" or (item.path == STDIN and begins)


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
    items = find_inputs(paths, output=settings.folder, columns=settings.columns)

    def one(item: Input) -> None:
        documents = read_canonical(item, settings, assignments)
        if settings.folder is None:
            put(b"".join(document.to_json() + b"\n" for document in documents))
        else:
            store(settings, item, ".json", write_documents(documents), input_paths(items))

    run_each(items, one, settings)


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
    items = find_inputs(paths, output=settings.folder or DEFAULT_FOLDER, columns=settings.columns)
    inputs = input_paths(items)

    def one(item: Input) -> None:
        documents = read_canonical(item, settings, assignments)
        # All are made before any is written.
        products = list(make_products(documents, formats, settings.style))
        for product in products:
            if product.document:
                _say(item, product.document, product.notices, settings)
        if settings.to_stdout:
            _put_one(products)
            return
        for product in products:
            store(settings, item, product.tail, product.data, inputs)

    run_each(items, one, settings)


def _put_one(products: list[Product]) -> None:
    if len(products) != 1:
        raise UsageError(f"-o - takes one product, not {len(products)}", remedy="name one format, or -o DIR")
    if sys.stdout.isatty() and not products[0].tail.endswith((".json", ".md")):
        raise UsageError("a binary product is not for a terminal", remedy="use -o DIR, or a pipe")
    put(products[0].data)
