"""The Python API: the same verbs as the command line, each a function of the noun before it."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from govdoc.cleaned import Cleaned
from govdoc.errors import InputError
from govdoc.indicator import Indicator
from govdoc.inputs import TEXT_SUFFIXES
from govdoc.model import Document
from govdoc.readers.rows import TABLES
from govdoc.source import Source, read
from govdoc.span import Notice

if TYPE_CHECKING:
    from govdoc.checking.finding import Report
    from govdoc.supplying import Missing, Overrides, Profile

_LONGEST_NAME = 255  # bytes; no file system in use takes a longer one

Cleanable = Source | Path | str


def _as_source(given: Cleanable) -> Source:
    if isinstance(given, Source):
        return given
    if isinstance(given, Path) or _names_file(given):
        if Path(given).suffix.lower() in TABLES:
            raise InputError(
                "is a table of pages, not one page",
                place=str(given),
                remedy="govdoc.readers.rows.read_rows gives its rows",
            )
        return read(given)
    return Source(given.encode("utf-8", "surrogatepass"), name="text", encoding="utf-8")


def _names_file(text: str) -> bool:
    if len(text) >= 1024 or "\n" in text or "\0" in text:
        return False
    if any(len(part.encode("utf-8", "surrogatepass")) > _LONGEST_NAME for part in text.split("/")):
        return False
    # A name with a suffix of ours that is no file is a mistyped path, never a document.
    return os.path.isfile(text) or Path(text).suffix.lower() in {*TEXT_SUFFIXES, ".md"}


def clean(
    given: Cleanable, *, unsafe: bool = False, disable: Collection[str] = (), chrome: Collection[str] = ()
) -> Cleaned:
    """Read and clean a :class:`Source`, the file at a path, or a text.

    A ``str`` that names an existing file, or ends like one (``.txt``), is a path; any other is the text itself.
    ``disable`` takes rule codes or slugs, ``chrome`` regular expressions for whole lines to remove. Raises
    ``InputError`` for what is no text, ``EmptyError`` for what holds none.
    """
    from govdoc.cleaning import clean as clean_decoded
    from govdoc.readers import read_source

    return clean_decoded(read_source(_as_source(given)), unsafe=unsafe, disable=disable, chrome=chrome)


def parse(
    given: Cleaned | Cleanable,
    *,
    profile: Profile | str | Path | None = None,
    overrides: Overrides | str | Path | None = None,
) -> list[Document]:
    """The canonical documents in a cleaned text, in a Markdown file, or in anything :func:`clean` takes.

    ``overrides`` are people's corrections, ``profile`` a unit's, which fills what a document lacks; both may be files.
    """
    from govdoc.markdown import is_markdown, read_markdown
    from govdoc.parsing import parse as parse_cleaned
    from govdoc.supplying import read_given

    people = read_given(None, profile, overrides)
    source = given if isinstance(given, Cleaned) else _as_source(given)
    if isinstance(source, Source) and is_markdown(source):
        return people.apply(read_markdown(source))
    return people.apply(parse_cleaned(source if isinstance(source, Cleaned) else clean(source)))


def supply(
    document: Document,
    elements: Mapping[str, Any] | None = None,
    *,
    profile: Profile | str | Path | None = None,
    overrides: Overrides | str | Path | None = None,
) -> Document:
    """The document corrected by ``overrides``, with ``elements`` set, and filled from ``profile`` where it lacks any.

    An element goes by its Chinese name (文号), its field (``doc_number``) or its JSON pointer; its value is text as
    printed, the field's JSON value, or ``None`` to empty it. ``UsageError`` names what does not fit.
    """
    from govdoc.supplying import read_given

    return read_given(elements, profile, overrides).apply([document])[0]


def missing(document: Document) -> tuple[Missing, ...]:
    """What the 文种 of a document asks for and it lacks."""
    from govdoc.supplying import missing as find_missing

    return find_missing(document)


def measure(documents: Sequence[Document]) -> list[Indicator]:
    """The indicators of documents that belong together, in document order."""
    from govdoc.measuring import measure as measure_documents

    return measure_documents(documents)


def check(given: Cleanable | Document) -> Report:
    """What is irregular in a text, a canonical document, a Word file or a PDF, and what was not looked at.

    ``given`` is a :class:`Document` or what :func:`clean` takes; a file's suffix (``.json .docx .pdf``) tells its kind.
    """
    from govdoc.checking import check_source
    from govdoc.checking.textual import check_documents

    if isinstance(given, Document):
        return check_documents(given.source.name, [given])
    source = _as_source(given)
    return check_source(source, Path(source.name).suffix.lower())


def export(document: Document, path: str | Path, *, style: str = "auto", force: bool = False) -> tuple[Notice, ...]:
    """Typeset ``document`` into the file at ``path``, whose suffix picks the exporter; returns the notices.

    ``StyleError`` for a style or font problem, ``OutputError`` where other bytes are there already and not ``force``.
    """
    from govdoc.exporting import export_document
    from govdoc.products import write_product

    target = Path(path)
    product = export_document(document, target.suffix, style)
    write_product(target, product.data, force=force)
    return product.notices
