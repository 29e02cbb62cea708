"""``govdoc parse`` and ``govdoc export``."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from typing import Any

import click

from govdoc.cli.options import Settings, paths_argument, shared_options
from govdoc.cli.people import people_options, put_missing, set_option
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


def format_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command a flag for each format."""
    for name, words in reversed(FORMATS.items()):
        command = click.option(f"--{name}", is_flag=True, help=words)(command)
    return command


def read_canonical(item: Input, settings: Settings) -> list[Document]:
    """The documents of an input, with what people give: JSON or Markdown read, anything else cleaned and parsed."""
    from govdoc import api
    from govdoc.markdown import is_markdown, read_markdown

    source = item.read(settings.encoding)
    if _is_canonical(item, source.data):
        documents = read_documents(source.data)
    elif is_markdown(source):
        documents = read_markdown(source)
    else:
        documents = api.parse(clean_source(item, source, settings))
    settings.seen.update((source.sha256, *(document.source.sha256 for document in documents)))
    if settings.given:
        documents = settings.given.apply(documents)
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


@click.command()
@paths_argument
@click.option("--missing", is_flag=True, help="Print what each document's 文种 asks for and it lacks, instead.")
@click.option("--format", "name_of_format", type=click.Choice(("text", "json")), default="text", help="Of --missing.")
@set_option
@shared_options
@people_options
def parse(paths: tuple[str, ...], missing: bool, name_of_format: str, settings: Settings) -> None:
    """Read the canonical 公文: 版头, 主体, 版记, each with its place in the source.

    JSON Lines on stdout, one document a line; with -o DIR an array a file, <stem>.json.
    """
    if missing and settings.folder:
        raise UsageError("--missing writes no files", remedy="leave out -o")
    items = find_inputs(paths, output=settings.folder, columns=settings.columns, tell=settings.tell)

    def one(item: Input) -> None:
        documents = read_canonical(item, settings)
        if missing:
            put_missing(item.shown, documents, name_of_format)
        elif settings.folder is None:
            put(b"".join(document.to_json() + b"\n" for document in documents))
        else:
            store(settings, item, ".json", write_documents(documents), input_paths(items))

    run_each(items, one, settings)


@click.command()
@paths_argument
@format_options
@click.option("--embed-fonts", is_flag=True, help="Put a subset of the faces used into the Word document.")
@set_option
@shared_options
@people_options
def export(paths: tuple[str, ...], embed_fonts: bool, settings: Settings, **chosen: bool) -> None:
    """Typeset documents as GB/T 9704-2012 asks; without a format: DOCX and PDF.

    Also takes the canonical .json that `govdoc parse` makes, and Markdown (.md), as --markdown writes it or by hand.
    Products go below -o DIR (default: out).
    """
    formats = tuple(name for name in FORMATS if chosen[name]) or ("docx", "pdf")
    items = find_inputs(paths, output=settings.folder or DEFAULT_FOLDER, columns=settings.columns, tell=settings.tell)
    inputs = input_paths(items)

    def one(item: Input) -> None:
        documents = read_canonical(item, settings)
        # All are made before any is written.
        products = list(make_products(documents, formats, settings.style, embed_fonts=embed_fonts))
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
