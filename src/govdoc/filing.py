"""From the documents of one source to the products filed for it: what they are called, and their bytes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from govdoc.cleaned import Cleaned
from govdoc.config import CleanConfig
from govdoc.inputs import LEDGER_SUFFIX
from govdoc.model import Document, write_documents
from govdoc.source import Source
from govdoc.span import Notice

SUFFIXES = {"docx": ".docx", "pdf": ".pdf", "json": ".json", "markdown": ".md", "xlsx": ".xlsx"}
"""Format → suffix, in the order products are made."""


@dataclass(frozen=True)
class Product:
    """A product: ``tail`` follows the source's stem in its name (``.json``, ``-2.docx``)."""

    tail: str
    data: bytes
    document: Document | None = None
    notices: tuple[Notice, ...] = ()


def clean_configured(source: Source, config: CleanConfig, *, unsafe: bool = False) -> Cleaned:
    """Read and clean a source as a configuration says; ``InputError`` where an encoding given does not fit it."""
    from govdoc.cleaning import clean
    from govdoc.decode import require_fit
    from govdoc.readers import read_source

    decoded = read_source(source)
    require_fit(decoded)
    return clean(decoded, unsafe=unsafe, disable=config.disable, chrome=config.patterns)


def cleaned_products(cleaned: Cleaned) -> tuple[Product, Product]:
    """The cleaned text and its ledger."""
    from govdoc.ledger import write_ledger

    ledger = write_ledger(cleaned).encode()
    return Product(".txt", cleaned.text.encode()), Product(LEDGER_SUFFIX, ledger)


def make_products(
    documents: Sequence[Document], formats: Sequence[str], style: str = "auto", *, embed_fonts: bool = False
) -> Iterator[Product]:
    """The products of a source's documents: one a source of json and xlsx, one a document of the others.

    With ``embed_fonts`` a DOCX holds a subset of its faces, whatever its style says.
    """
    for name in formats:
        if name == "json":
            yield Product(SUFFIXES[name], write_documents(documents))
        elif name == "xlsx":
            yield Product(SUFFIXES[name], _workbook(documents))
        else:
            yield from _typeset(documents, name, style, embed_fonts)


def _typeset(documents: Sequence[Document], name: str, style: str, embed_fonts: bool) -> Iterator[Product]:
    from govdoc.exporting import export_document
    from govdoc.style import pick_style

    for number, document in enumerate(documents, start=1):
        sheet = pick_style(document, style)
        if embed_fonts:
            sheet = replace(sheet, word=replace(sheet.word, embed_fonts=True))
        made = export_document(document, SUFFIXES[name], sheet)
        part = f"-{number}" if len(documents) > 1 else ""
        yield Product(part + SUFFIXES[name], made.data, document, made.notices)


def _workbook(documents: Sequence[Document]) -> bytes:
    from govdoc.measuring import measure
    from govdoc.workbook import write_indicators

    return write_indicators(measure(documents), documents, "xlsx")
