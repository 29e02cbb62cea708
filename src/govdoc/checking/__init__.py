"""Checking texts, canonical documents, Word files and PDFs against GB/T 9704-2012 and the rules of writing.

A text is read as everywhere: decoded, cleaned, parsed; what cleaning mends and what the elements lack are findings with
their places in the source. A Word file or PDF is measured as it is.
"""

from __future__ import annotations

from govdoc.checking.finding import Report
from govdoc.config import CleanConfig
from govdoc.model import read_documents
from govdoc.source import Source

TYPESET = (".pdf", ".docx")


def check_source(source: Source, suffix: str, config: CleanConfig | None = None) -> Report:
    """The report on a file, by its suffix or first bytes: JSON (canonical), PDF, Word, Markdown, else text."""
    from govdoc.readers.kinds import identify

    if suffix == ".json":
        from govdoc.checking.textual import check_documents

        return check_documents(source.name, read_documents(source.data))
    kind = suffix.removeprefix(".") if suffix in TYPESET else identify(source)
    if f".{kind}" in TYPESET:
        from govdoc.checking import measured

        check = measured.check_pdf if kind == "pdf" else measured.check_docx
        return check(source.name, source.data)
    from govdoc.markdown import is_markdown

    if is_markdown(source):
        from govdoc.checking.textual import check_documents
        from govdoc.markdown import read_markdown

        return check_documents(source.name, read_markdown(source))
    from govdoc.checking.fixing import check_text
    from govdoc.readers import read_source

    return check_text(source.name, read_source(source), config or CleanConfig())
