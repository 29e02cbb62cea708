"""govdoc: scraped government documents (公文) in, documents one can file out.

>>> import govdoc
>>> cleaned = govdoc.clean("page.txt")            # .text .ledger .notices .undo() .back(offset)
>>> documents = govdoc.parse(cleaned)             # list[Document]
>>> records = govdoc.measure(documents)           # list[Indicator]
>>> govdoc.export(documents[0], "out/page.pdf")   # the suffix picks the exporter
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from govdoc.api import check, clean, export, measure, missing, parse, supply
    from govdoc.checking.finding import Finding, Report
    from govdoc.cleaned import Cleaned, Decoded
    from govdoc.errors import GovdocError
    from govdoc.indicator import Indicator
    from govdoc.model import Document
    from govdoc.source import Source, read
    from govdoc.span import Mark, Notice, Span

__all__ = [
    "Cleaned", "Decoded", "Document", "Finding", "GovdocError", "Indicator", "Mark", "Notice", "Report", "Source",
    "Span",
    "check", "clean", "export", "measure", "missing", "parse", "read", "supply",
]  # fmt: skip

_HOMES = {
    "check": "api",
    "clean": "api", "export": "api", "measure": "api", "missing": "api", "parse": "api", "supply": "api",
    "read": "source", "Source": "source",
    "Cleaned": "cleaned", "Decoded": "cleaned", "GovdocError": "errors", "Indicator": "indicator",
    "Document": "model", "Finding": "checking.finding", "Report": "checking.finding",
    "Mark": "span", "Notice": "span", "Span": "span",
}  # fmt: skip


def __getattr__(name: str) -> object:
    # Start-up matters on the command line: nothing is imported before it is used.
    if name not in _HOMES:
        raise AttributeError(f"module 'govdoc' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"govdoc.{_HOMES[name]}"), name)
