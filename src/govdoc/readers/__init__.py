"""From a source of any kind to text with marks: plain text, web pages, Word files, PDFs."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from govdoc.cleaned import Decoded
from govdoc.decode import decode
from govdoc.readers.kinds import Kind, identify, looks_like_html
from govdoc.source import Source

__all__ = ["read_source"]

# Kind of container → the module whose ``read`` takes a source of it; each is loaded when it is needed.
CONTAINER_READERS: dict[Kind, str] = {
    "docx": "govdoc.readers.docx",
    "office": "govdoc.readers.office",
    "pdf": "govdoc.readers.pdf",
    "mht": "govdoc.readers.mht",
}


def read_source(source: Source) -> Decoded:
    """The text of a source of any kind, with what its format knew of it as marks.

    The kind is told by the first bytes, then by the media type and the name. Raises ``InputError`` for what no reader
    takes, what is broken or encrypted, and what is refused as hostile.
    """
    kind = identify(source)
    if module := CONTAINER_READERS.get(kind):
        read: Callable[[Source], Decoded] = import_module(module).read
        return read(source)
    decoded = decode(source)
    if kind == "html" or looks_like_html(decoded.text):
        from govdoc.readers.html import read_html

        return read_html(decoded)
    return decoded
