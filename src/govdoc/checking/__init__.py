"""Checking texts, canonical documents, Word files and PDFs against GB/T 9704-2012 and the rules of writing.

A text is read as everywhere: decoded, cleaned, parsed; what cleaning mends and what the elements lack are findings with
their places in the source. A Word file or PDF is measured as it is.
"""

from __future__ import annotations

from govdoc.checking.finding import Report
from govdoc.model import read_documents
from govdoc.source import Source


def check_source(source: Source, suffix: str) -> Report:
    """The report on a file by its suffix: ``.json`` (canonical documents), ``.pdf``, ``.docx``, else text."""
    if suffix == ".json":
        from govdoc.checking.textual import check_documents

        return check_documents(source.name, read_documents(source.data))
    if suffix in (".pdf", ".docx"):
        from govdoc.checking import measured

        measure = measured.measure_pdf if suffix == ".pdf" else measured.measure_docx
        return measure(source.name, source.data)
    from govdoc.checking.fixing import check_text
    from govdoc.readers import read_source

    return check_text(source.name, read_source(source))
