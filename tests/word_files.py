"""Word files made by hand: as WordprocessingML that no library would write, but Word, WPS and converters do."""

from __future__ import annotations

import io
import random
import re
import zipfile

from govdoc.cleaned import Decoded
from govdoc.readers.docx import read
from govdoc.source import Source

NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
    }.items()
)
STRICT = (
    (
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    ),
    (
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "http://purl.oclc.org/ooxml/officeDocument/relationships",
    ),
    ("http://schemas.openxmlformats.org/drawingml/2006/main", "http://purl.oclc.org/ooxml/drawingml/main"),
)
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def p(inside: str, properties: str = "") -> str:
    """A paragraph; plain text becomes a run."""
    runs = inside if inside.startswith("<") else r(inside)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{runs if inside else ''}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run."""
    inside = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{inside}<w:t xml:space="preserve">{text}</w:t></w:r>'


def tc(inside: str, properties: str = "") -> str:
    """A cell; plain text becomes a paragraph."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside if inside.startswith('<') else p(inside)}</w:tc>"


def tbl(*rows: str, ruled: bool = True) -> str:
    """A table of rows of cells."""
    line = '<w:insideV w:val="single"/>' if ruled else ""
    inside = "".join(f"<w:tr>{row}</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr><w:tblBorders>{line}</w:tblBorders></w:tblPr>{inside}</w:tbl>"


def xml(root: str, inside: str) -> bytes:
    """A part."""
    return f'<?xml version="1.0" encoding="UTF-8"?><{root} {NAMESPACES}>{inside}</{root}>'.encode()


def relations(*found: tuple[str, str, str, bool]) -> bytes:
    """A part of relationships: id, kind, target, external."""
    inside = "".join(
        f'<Relationship Id="{id_}" Type="{RELATION}{kind}" Target="{target}"'
        f"{' TargetMode=' + chr(34) + 'External' + chr(34) if external else ''}/>"
        for id_, kind, target, external in found
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{inside}</Relationships>'.encode()


def parts(body: str, *links: tuple[str, str, str, bool], **others: str) -> dict[str, bytes]:
    """The parts of a DOCX. ``others`` are the insides of ``styles``, ``numbering``, ``footnotes``, ``header1`` …"""
    roots = {"header": "w:hdr", "footer": "w:ftr", "styles": "w:styles", "numbering": "w:numbering",
             "footnotes": "w:footnotes", "endnotes": "w:endnotes", "settings": "w:settings"}  # fmt: skip
    files = {
        "[Content_Types].xml": (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            f'<Override PartName="/word/document.xml" ContentType="{MAIN}"/></Types>'
        ).encode(),
        "_rels/.rels": relations(("rId1", "officeDocument", "word/document.xml", False)),
        "word/document.xml": xml("w:document", f"<w:body>{body}</w:body>"),
    }
    found = list(links)
    for name, inside in others.items():
        kind = name.rstrip("0123456789")
        files[f"word/{name}.xml"] = xml(roots[kind], inside)
        found.append((f"id-{name}", kind, f"{name}.xml", False))
    files["word/_rels/document.xml.rels"] = relations(*found)
    return files


def packed(files: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP container of files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def docx(body: str, *links: tuple[str, str, str, bool], **others: str) -> bytes:
    """A DOCX of a body and other parts."""
    return packed(parts(body, *links, **others))


def decoded(body: str, *links: tuple[str, str, str, bool], **others: str) -> Decoded:
    """What the reader makes of a DOCX of a body and other parts."""
    return read(Source(docx(body, *links, **others), name="made.docx"))


def lines(body: str, *links: tuple[str, str, str, bool], **others: str) -> list[str]:
    """The lines of the text of a DOCX of a body and other parts."""
    return decoded(body, *links, **others).text.splitlines()


SWAPPED = (
    "w:p",
    "w:r",
    "w:t",
    "w:tbl",
    "w:tr",
    "w:tc",
    "w:ins",
    "w:sdt",
    "w:fldChar",
    "w:txbxContent",
    "w:pict",
    "w:numPr",
)
STRANGE = (
    "",
    "0",
    "-1",
    "99999999999",
    "restart",
    "begin",
    "separate",
    "end",
    "%1%9",
    "\N{IDEOGRAPHIC SPACE}",
    "x" * 300,
)


def damaged(chance: random.Random, whole: bytes) -> bytes:
    """A Word file whose parts have lost, swapped or doubled pieces, or whose container has lost bytes."""
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    for _ in range(chance.randrange(4)):
        name = chance.choice([name for name in files if name.endswith((".xml", ".rels"))])
        files[name] = _damaged_part(chance, files[name])
    if chance.random() < 0.05:
        del files[chance.choice(list(files))]
    data = bytearray(packed(files, chance.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))))
    for _ in range(chance.choice((0, 0, 0, 1, 20))):
        data[chance.randrange(4, len(data))] = chance.randrange(256)
    return bytes(data)


def _damaged_part(chance: random.Random, data: bytes) -> bytes:
    """A part that is mostly still XML: elements taken out, doubled, renamed, nested; values changed; or any byte."""
    text = data.decode("utf-8", "replace")
    tags = list(re.finditer(r"<(w:\w+)(?: [^<>]*)?/?>", text))
    if not tags or chance.random() < 0.1:
        at = chance.randrange(len(data))
        return data[:at] + bytes([chance.randrange(256)]) + data[at + chance.randrange(3) :]
    found = chance.choice(tags)
    end = text.find(f"</{found[1]}>", found.end())
    stop = found.end() if found[0].endswith("/>") or end < 0 else end + len(found[1]) + 3
    element, (start, _) = text[found.start() : stop], found.span()
    match chance.randrange(5):
        case 0:
            element = ""
        case 1:
            element *= chance.choice((2, 3, 50))
        case 2:
            element = re.sub(rf"(</?){found[1]}\b", rf"\g<1>{chance.choice(SWAPPED)}", element)
        case 3:
            outer = chance.choice(SWAPPED)
            element = f"<{outer}>" * chance.randrange(1, 90) + element
            element += f"</{outer}>" * element.count(f"<{outer}>")
        case _:
            element = re.sub(
                r'="[^"]*"', lambda _: f'="{chance.choice(STRANGE)}"', element, count=chance.randrange(1, 4)
            )
    return (text[:start] + element + text[stop:]).encode()
