"""Exporters by the suffix of what they make; each is loaded when it is first asked for."""

from __future__ import annotations

import difflib
from importlib import import_module
from pathlib import Path
from typing import NamedTuple, Protocol, cast

from govdoc.errors import UsageError
from govdoc.model import Document
from govdoc.span import Notice
from govdoc.style import StyleSheet, pick_style


class Exported(NamedTuple):
    """A product: its bytes, and what a person should know of it."""

    data: bytes
    notices: tuple[Notice, ...] = ()


class Exporter(Protocol):
    """What makes a product of a document set in a style. Raises ExportError, StyleError."""

    def __call__(self, document: Document, style: StyleSheet) -> Exported:
        """The product of ``document`` in ``style``."""


EXPORTERS: dict[str, str] = {
    "pdf": "govdoc.exporting.pdf",
    "docx": "govdoc.exporting.docx",
    "json": "govdoc.exporting.json",
    "md": "govdoc.markdown.writer",
}
"""Suffix to the module whose ``write`` is the exporter; it may stand in a room of its own, with its reader."""


def find_exporter(suffix: str) -> Exporter:
    """The exporter for a suffix, with or without its dot. ``UsageError`` names the nearest one there is."""
    key = suffix.lower().removeprefix(".")
    if key not in EXPORTERS:
        nearest = difflib.get_close_matches(key, EXPORTERS, 1)
        remedy = f"did you mean {nearest[0]}?" if nearest else f"there are {', '.join(EXPORTERS)}"
        raise UsageError(f"no exporter for {suffix!r}", remedy=remedy)
    return cast(Exporter, import_module(EXPORTERS[key]).write)


def export_document(document: Document, format: str, style: str | Path | StyleSheet = "auto") -> Exported:
    """``document`` in a format (``pdf``, ``docx``, ``json``); ``style`` is a sheet, its name or file, or ``auto``."""
    sheet = style if isinstance(style, StyleSheet) else pick_style(document, style)
    return find_exporter(format)(document, sheet)
