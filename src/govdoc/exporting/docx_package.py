"""The package of a DOCX (ECMA-376 part 2), which is python-docx's: its template laid bare, properties, fixed bytes."""

from __future__ import annotations

import datetime
import io
import zipfile
from dataclasses import dataclass
from functools import cache

import docx
from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement

from govdoc.exporting.docx_xml import NAMESPACES, legal

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest date a zip can hold
_EPOCH_STAMP = b"\0\0\x21\0"  # the same as it is written there: midnight; day 1, month 1, year 0
_LONGEST_PROPERTY = 255  # characters; python-docx refuses more
_PARTS_USED = {RELATIONSHIP_TYPE.STYLES, RELATIONSHIP_TYPE.SETTINGS}
_APPLICATION = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    b"<Application>govdoc</Application></Properties>"
)


@dataclass(frozen=True)
class Core:
    """Core properties; ``day`` is when the document was made, so that two runs agree."""

    title: str
    author: str
    subject: str
    day: datetime.date | None


def open_template() -> Document:
    """A new document: nothing in its body, its styles, its settings and its core properties."""
    return docx.Document(io.BytesIO(_template()))


@cache
def _template() -> bytes:
    """python-docx's template without its own styles, faces, theme, lists and picture, none of which a 公文 has."""
    document = docx.Document()
    part, opened = document.part, document.part.package
    for id_, found in list(part.rels.items()):
        if found.reltype not in _PARTS_USED:
            part.drop_rel(id_)
    for id_, found in list(opened.rels.items()):
        if found.reltype not in (RELATIONSHIP_TYPE.OFFICE_DOCUMENT, RELATIONSHIP_TYPE.CORE_PROPERTIES):
            del opened.rels[id_]
    application = Part(PackURI("/docProps/app.xml"), CONTENT_TYPE.OFC_EXTENDED_PROPERTIES, _APPLICATION, opened)
    opened.relate_to(application, RELATIONSHIP_TYPE.EXTENDED_PROPERTIES)
    core = opened.part_related_by(RELATIONSHIP_TYPE.CORE_PROPERTIES)
    for element in (document.element.body, document.styles.element, document.settings.element, core.element):
        fill(element, "")
    return package(document)


def fill(element: BaseOxmlElement, children: str) -> None:
    """Give ``element`` the children that ``children`` says (WordprocessingML) in place of those it has."""
    element[:] = list(parse_xml(f"<w:filling {NAMESPACES}>{children}</w:filling>".encode()))


def set_core(document: Document, core: Core) -> None:
    """Write the core properties, the longest cut short. ``ExportError`` names a character that XML cannot hold."""
    properties = document.core_properties
    for name, text in (("title", core.title), ("subject", core.subject), ("author", core.author)):
        if text:
            setattr(properties, name, _shortened(legal(text, "文档属性")))
    moment = datetime.datetime.combine(core.day or datetime.date(*_EPOCH[:3]), datetime.time())
    properties.created = properties.modified = moment


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_PROPERTY else text[: _LONGEST_PROPERTY - 1] + "…"


def package(document: Document) -> bytes:
    """The bytes of a DOCX, the same whenever and wherever it is saved."""
    out = io.BytesIO()
    document.save(out)
    with zipfile.ZipFile(out, "a") as archive:
        for entry in archive.infolist():
            entry.date_time, entry.create_system = _EPOCH, 0
            out.seek(entry.header_offset + 10)  # the date again, in the entry's own header
            out.write(_EPOCH_STAMP)
        archive.comment = b""  # has the directory written anew
    return out.getvalue()
