"""PDFs with a text layer: lines into paragraphs by geometry, tables by their rules, page furniture left out."""

from __future__ import annotations

from govdoc.cleaned import Decoded
from govdoc.errors import InputError
from govdoc.readers.pdf.process import read_apart
from govdoc.source import Source

MEDIA_TYPE = "application/pdf"


def read(source: Source) -> Decoded:
    """The text of a PDF, one paragraph a line and cells split by TAB, with marks and notices in offsets of it.

    ``InputError`` where it is damaged, locked, a scan without text, or takes more than the bounds of time and memory.
    """
    reading = read_apart(source.data, source.name)
    if reading.error is not None:
        raise InputError(reading.error, place=source.name, remedy=reading.remedy)
    return Decoded(
        source, reading.text, "utf-8", "pdf", 1.0, media_type=MEDIA_TYPE, marks=reading.marks, notices=reading.notices
    )
