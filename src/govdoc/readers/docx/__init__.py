"""Word documents (ECMA-376, ISO/IEC 29500): the text a reader sees, with what the format knew of it as marks.

Text in content controls, insertions, links, fields and text boxes is text; deletions, comments, hidden text, page
numbers, headers and footers are not, and a notice says so. Automatic numbers are written out.
"""

from __future__ import annotations

from govdoc.cleaned import Decoded
from govdoc.errors import InputError
from govdoc.readers.docx.document import made_by, read_document
from govdoc.source import Source

__all__ = ["MEDIA_TYPE", "made_by", "read"]

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def read(source: Source) -> Decoded:
    """The text of a ``.docx``, ``.docm`` or ``.dotx`` with its marks. ``InputError`` for what is broken or hostile."""
    try:
        text, marks, notices = read_document(source.data)
    except InputError as error:
        raise InputError(error.message, place=source.name, remedy=error.remedy) from error
    return Decoded(source, text, "utf-8", "docx", 1.0, media_type=MEDIA_TYPE, marks=marks, notices=notices)
