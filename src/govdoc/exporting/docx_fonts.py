"""Fonts inside a DOCX (ECMA-376-1 §17.8): a subset of every face the document is set in, obfuscated as §17.8.1 says.

Each goes under the name that the runs ask for (仿宋_GB2312), whatever face stands in for it on this machine.
"""

from __future__ import annotations

import hashlib
import io
import string
import uuid
from collections.abc import Iterator
from typing import Any, NamedTuple
from xml.sax.saxutils import quoteattr

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from govdoc.exporting.docx_rare import INSTEAD, is_lent, put_into_songti
from govdoc.exporting.docx_xml import NAMESPACES
from govdoc.fonts import USUAL, Face, FaceSet, Slot
from govdoc.layout.composition import Composition
from govdoc.layout.used import used_characters
from govdoc.span import Notice
from govdoc.style import StyleSheet

EMBEDDED = "F105"
_OBFUSCATED = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
_FONT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/font"
_KEYED = 32  # bytes at the head of a font, by 16 of the key twice
_ALWAYS = string.digits + string.ascii_letters + string.punctuation + " ，。、；：？！“”‘’（）《》—…·〔〕"


class EmbeddedFont(NamedTuple):
    """A font as it lies in the package: the family it answers to, its key in braces, its obfuscated bytes."""

    family: str
    key: str
    data: bytes


def embed_fonts(document: Document, composition: Composition, style: StyleSheet, faces: FaceSet) -> list[Notice]:
    """Put into the package a subset of each face the composition uses; what the reader must know of it.

    UnreadableFontError where a font of the user's is damaged.
    """
    put_into_songti(document, style, faces)
    wanted = sorted(_wanted(composition, style, faces).items())
    fonts = [_font(slot, chars, faces) for slot, chars in wanted if not _hindrance(faces.face(slot))]
    package = document.part.package
    named = "".join(_named(font, f"rId{number}") for number, font in enumerate(fonts, 1))
    table = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:fonts {NAMESPACES}>{named}</w:fonts>'
    part = Part(PackURI("/word/fontTable.xml"), CONTENT_TYPE.WML_FONT_TABLE, table.encode(), package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FONT_TABLE)
    for number, font in enumerate(fonts, 1):
        place = PackURI(f"/word/fonts/font{number}.odttf")
        part.relate_to(Part(place, _OBFUSCATED, font.data, package), _FONT)
    families = "、".join(font.family for font in fonts)
    said = f"{families or 'no face'} embedded, with this document's characters only: another font draws later ones"
    kept_out = ((face, _hindrance(face)) for face in (faces.face(slot) for slot, _ in wanted))
    refused = [f"{face.family} not embedded: {reason}" for face, reason in kept_out if reason]
    notices = [Notice(EMBEDDED, "info", said), *(Notice(EMBEDDED, "warning", words) for words in refused)]
    return [*notices, *_foreign(composition, style, faces)]


def _hindrance(face: Face) -> str | None:
    """Why a face cannot lie in a DOCX, if it cannot."""
    if face.file.outlines != "glyf":
        return "its outlines are CFF (OTF), and Word reads embedded TrueType alone"
    return None if face.file.editable else "its OS/2 fsType forbids it where text is edited"


def _wanted(composition: Composition, style: StyleSheet, faces: FaceSet) -> dict[Slot, str]:
    """The characters of each slot that its own face has, the everyday signs among them."""
    asked = used_characters(composition, style)
    used: dict[Slot, str] = dict(asked.items())
    lent = "".join(char for role, chars in asked.items() for char in chars if is_lent(char, role, faces))
    if lent:
        used[INSTEAD] = used.get(INSTEAD, "") + lent
    if style.number.enabled:
        face = style.text["page_number"].face
        used[face] = used.get(face, "") + style.number.format
    latin = {slot for slot in used if slot in style.body.latin}
    if latin:
        used["latin"] = "".join(used[slot] for slot in latin)
    return {slot: "".join(c for c in chars + _ALWAYS if faces.face(slot).has(c)) for slot, chars in used.items()}


def _foreign(composition: Composition, style: StyleSheet, faces: FaceSet) -> Iterator[Notice]:
    """Characters that are in no font of the package: a role's own face lacks them, and so does 宋体."""
    for role, chars in used_characters(composition, style).items():
        held = (faces.face(role), faces.latin, faces.face(INSTEAD))
        lacking = [c for c in chars if c.isprintable() and not any(face.has(c) for face in held)]
        if lacking:
            said = f"{faces.face(role).family} lacks {' '.join(lacking)}: not embedded, shown in a face of the reader's"
            yield Notice(EMBEDDED, "warning", said)


def _font(slot: Slot, chars: str, faces: FaceSet) -> EmbeddedFont:
    family = USUAL[slot].standard
    data = _subset(faces.face(slot), chars, family)
    key = uuid.UUID(bytes=hashlib.sha256(data).digest()[:16])
    return EmbeddedFont(family, f"{{{str(key).upper()}}}", obfuscated(data, key))


def obfuscated(data: bytes, key: uuid.UUID) -> bytes:
    """A font with its first 32 bytes XORed by the key's, read from its last; the same again gives it back."""
    mask = bytes.fromhex(key.hex)[::-1] * 2
    return bytes(a ^ b for a, b in zip(data[:_KEYED], mask, strict=True)) + data[_KEYED:]


def _subset(face: Face, chars: str, family: str) -> bytes:
    """A font of these characters that calls itself ``family``. UnreadableFontError where the face is damaged."""
    face.file.check()
    from fontTools import subset
    from fontTools.ttLib import TTFont

    make: Any = subset  # its functions have no types
    options = make.Options(layout_features=[], hinting=False, notdef_outline=True, name_IDs=["*"])
    options.drop_tables += ["FFTM"]
    subsetter = make.Subsetter(options)
    subsetter.populate(text=chars)
    out = io.BytesIO()
    with TTFont(face.file.path, fontNumber=face.file.index, recalcTimestamp=False, lazy=True) as font:
        subsetter.subset(font)
        _rename(font, family, f"Embedded-{face.role}")
        font.save(out)
    return out.getvalue()


def _rename(font: Any, family: str, postscript: str) -> None:  # fontTools gives its tables their fields as it reads
    """Make a font the regular face of ``family``."""
    new = {1: family, 2: "Regular", 4: family, 6: postscript}
    names = font["name"]
    names.names = [record for record in names.names if record.nameID in new]
    for record in names.names:
        record.string = new[record.nameID]
    font["head"].macStyle = 0
    if "OS/2" in font:
        font["OS/2"].usWeightClass = 400
        font["OS/2"].fsSelection = font["OS/2"].fsSelection & ~0x21 | 0x40


def _named(font: EmbeddedFont, id_: str) -> str:
    return (
        f'<w:font w:name={quoteattr(font.family)}><w:charset w:val="86"/><w:family w:val="auto"/>'
        f'<w:pitch w:val="variable"/><w:embedRegular r:id="{id_}" w:fontKey="{font.key}" w:subsetted="1"/></w:font>'
    )
