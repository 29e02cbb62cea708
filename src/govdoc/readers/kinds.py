"""What kind of file a source is: by its first bytes, which do not lie, then by its media type and its name."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import Literal

from govdoc.source import Source

Kind = Literal["text", "html", "mht", "docx", "office", "pdf"]

ZIP = b"PK\x03\x04"
PDF_HEADER_WITHIN = 1024
"""Readers of PDF accept junk of this many bytes before ``%PDF-`` (ISO 32000-1, annex H.3.4.1)."""
MAGIC: tuple[tuple[bytes, Kind], ...] = (
    (ZIP, "docx"),
    (b"\xd0\xcf\x11\xe0", "office"),  # OLE 2: .doc, .wps, .xls
    (b"{\\rtf", "office"),
)
MEDIA_TYPES: dict[str, Kind] = {"text/html": "html", "application/xhtml+xml": "html", "multipart/related": "mht"}
SUFFIXES: dict[str, Kind] = {
    ".html": "html", ".htm": "html", ".shtml": "html", ".xhtml": "html", ".mht": "mht", ".mhtml": "mht",
}  # fmt: skip
ARCHIVE = re.compile(rb"(?i)\A[^\0]{0,2000}^content-type:\s*multipart/related", re.MULTILINE)
# Possessive: what comes before the page is read once.
PAGE = re.compile(
    r"(?i)\A[\ufeff\s]*+(?:<\?xml[^>]*+>\s*+|<!--(?:[^-]++|-(?!->))*+-->\s*+)*+<(?:!doctype\s++html|html|head|body)\b"
)
CLOSED_BLOCK = re.compile(r"(?i)</(?:p|div|td|tr|table|span|li|ul|h[1-6])\s*>")
MANY_BLOCKS = 3
"""So many closed blocks make a fragment of a page; one or two may be quoted in a text about pages."""


def identify(source: Source) -> Kind:
    """The kind of a source; ``text`` where nothing says otherwise."""
    data = source.data
    for magic, kind in MAGIC:
        if data.startswith(magic):
            return kind
    if b"%PDF-" in data[:PDF_HEADER_WITHIN]:
        return "pdf"
    if ARCHIVE.match(data):
        return "mht"
    media_type = (source.content_type or "").partition(";")[0].strip().lower()
    return MEDIA_TYPES.get(media_type) or SUFFIXES.get(PurePath(source.name).suffix.lower(), "text")


def looks_like_html(text: str) -> bool:
    """Whether a text of no known kind is a web page: on strong evidence only."""
    if "<" not in text:
        return False
    if PAGE.match(text):
        return True
    return text.lstrip("\ufeff \t\r\n").startswith("<") and len(CLOSED_BLOCK.findall(text)) >= MANY_BLOCKS
