"""The container of a DOCX (ECMA-376 part 2): parts, relationships, core properties; reproducible."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from govdoc.export.docx_xml import DECLARATION, checked

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest date a zip can hold
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


@dataclass(frozen=True)
class Core:
    """Core properties; ``day`` (ISO) is when the document was made, so that two runs agree."""

    title: str
    author: str
    subject: str
    day: str | None


def package(document: str, styles: str, settings: str, footers: Mapping[str, str], core: Core) -> bytes:
    """The bytes of a DOCX. ``footers`` are parts by relationship id."""
    names = {id_: f"footer{i}.xml" for i, id_ in enumerate(footers, 1)}
    parts = {
        "[Content_Types].xml": _content_types(names.values()),
        "_rels/.rels": _relationships(
            ("rId1", f"{_OFFICE}/officeDocument", "word/document.xml"),
            ("rId2", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            ("rId3", f"{_OFFICE}/extended-properties", "docProps/app.xml"),
        ),
        "docProps/core.xml": _core(core),
        "docProps/app.xml": _app(),
        "word/document.xml": document,
        "word/styles.xml": styles,
        "word/settings.xml": settings,
        **{f"word/{names[id_]}": part for id_, part in footers.items()},
        "word/_rels/document.xml.rels": _relationships(
            ("rIdStyles", f"{_OFFICE}/styles", "styles.xml"),
            ("rIdSettings", f"{_OFFICE}/settings", "settings.xml"),
            *((id_, f"{_OFFICE}/footer", name) for id_, name in names.items()),
        ),
    }
    return _zip(parts)


def _zip(parts: Mapping[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0  # the same on every machine
            archive.writestr(entry, text.encode())
    return out.getvalue()


def _content_types(footers: Iterable[str]) -> str:
    kinds = {"document": "document.main", "styles": "styles", "settings": "settings"}
    parts = {f"/word/{name}.xml": f"{_MAIN}.{kind}+xml" for name, kind in kinds.items()}
    parts |= {f"/word/{name}": f"{_MAIN}.footer+xml" for name in footers}
    parts["/docProps/core.xml"] = "application/vnd.openxmlformats-package.core-properties+xml"
    parts["/docProps/app.xml"] = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
    overrides = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in parts.items())
    return (
        f'{DECLARATION}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _relationships(*found: tuple[str, str, str]) -> str:
    inside = "".join(f'<Relationship Id="{id_}" Type="{kind}" Target="{target}"/>' for id_, kind, target in found)
    return f'{DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'


def _core(core: Core) -> str:
    moment = f"{core.day or '1980-01-01'}T00:00:00Z"
    dates = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{moment}</dcterms:{name}>' for name in ("created", "modified")
    )
    words = "".join(
        f"<dc:{name}>{checked(text, '文档属性')}</dc:{name}>"
        for name, text in (("title", core.title), ("subject", core.subject), ("creator", core.author))
        if text
    )
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{words}{dates}</cp:coreProperties>'
    )


def _app() -> str:
    space = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    return f'{DECLARATION}<Properties xmlns="{space}"><Application>govdoc</Application></Properties>'
