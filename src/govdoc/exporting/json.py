"""Documents as canonical JSON."""

from __future__ import annotations

from govdoc.exporting import Exported
from govdoc.model import Document, write_documents
from govdoc.style import StyleSheet


def write(document: Document, style: StyleSheet) -> Exported:
    """The canonical array of one document; no style changes it."""
    return Exported(write_documents([document]))
