"""The package of a DOCX (ECMA-376 part 2), opened with care: only what is read is unpacked, and only so much."""

from __future__ import annotations

import io
import lzma
import posixpath
import struct
import zipfile
import zlib
from collections import Counter
from dataclasses import dataclass
from typing import Final

from lxml import etree

from govdoc.errors import InputError
from govdoc.readers.docx.wml import name

MAX_ENTRIES = 20_000
"""Files in a container."""
MAX_PART = 64 << 20
"""Bytes of a part unpacked; the longest real ones are a tenth of it."""
MAX_TOTAL = 128 << 20
"""Bytes of all parts unpacked."""
MAX_RATIO = 250
"""Unpacked to packed, of a part above ``RATIO_FROM``; XML of real tables comes to 60, deflate ends at 1,032."""
RATIO_FROM = 4 << 20
MAX_TAGS = 2_000_000
"""``<`` in a part, fifty times those of a long document; with ``MAX_PART`` it holds reading under 1 GB and a minute."""

_BROKEN: Final = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, ValueError, RuntimeError, OSError,
    OverflowError, IndexError,
)  # fmt: skip
_DOCTYPES: Final = tuple("<!DOCTYPE".encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be"))
_AGAIN = "download it again, or open it in Word or WPS and save it anew"
_KINDS: Final = (
    ("xl/", "an Excel workbook (.xlsx)", "give the document, or its rows with --text-column"),
    ("ppt/", "a PowerPoint presentation (.pptx)", "save its text as .txt or .docx"),
    ("visio/", "a Visio drawing", "save its text as .txt"),
    ("ofd.xml", "an OFD document", "print it to PDF, or save its text as .txt"),
    ("meta-inf/container.xml", "an EPUB book", "save its text as .txt or .html"),
    ("content.xml", "an OpenDocument file (.odt)", "save it as .docx"),
    ("androidmanifest.xml", "a program", "give a document"),
)
# In the namespaces of package relationships the types differ by edition; their last words do not.
_DOCUMENT = "officeDocument"


@dataclass(frozen=True)
class Relation:
    """A relationship: the last word of its type, and the part or address it leads to."""

    kind: str
    target: str
    external: bool


class Package:
    """The parts of a container by name. Every method raises ``InputError`` for what is broken or hostile."""

    def __init__(self, data: bytes) -> None:
        if data.count(b"PK\x01\x02") > MAX_ENTRIES:
            raise InputError(f"holds more than {MAX_ENTRIES:,} files", remedy="give one document, not an archive")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            entries = self._zip.infolist()
        except _BROKEN as error:
            raise InputError(f"is a ZIP container cut short or damaged ({_said(error)})", remedy=_AGAIN) from error
        names = [_normal(entry.filename) for entry in entries]
        self._entries = dict(zip(names, entries, strict=True))
        self._twice = {each for each, count in Counter(names).items() if count > 1}
        self._unpacked = 0
        self._relations: dict[str, dict[str, Relation]] = {}
        self._firsts: dict[tuple[str, str], str | None] = {}

    def document(self) -> str:
        """The name of the document part; ``InputError`` says what else the container holds."""
        for relation in self.relations("").values():
            if relation.kind == _DOCUMENT and relation.target in self._entries:
                root = self.xml(relation.target)
                if root is not None and name(root) == "w:document":
                    return relation.target
        self._refuse_kind()
        if "word/document.xml" in self._entries:  # where only the relationships are lost
            return "word/document.xml"
        raise InputError(
            "is a ZIP container without a Word document in it", remedy="unpack it and give the files, or download again"
        )

    def _refuse_kind(self) -> None:
        for begin, what, remedy in _KINDS:
            if any(each.startswith(begin) for each in self._entries):
                raise InputError(f"is {what}, not a Word document", remedy=remedy)

    def relations(self, part: str) -> dict[str, Relation]:
        """The relationships of a part (of the package itself where it is empty) by id."""
        if part not in self._relations:
            folder, file = posixpath.split(part)
            root = self.xml(posixpath.join(folder, "_rels", f"{file}.rels"))
            found = {}
            for each in root if root is not None else ():
                target = each.get("Target") or ""
                external = each.get("TargetMode") == "External"
                where = target if external else _normal(posixpath.join("/" + folder, target.partition("#")[0]))
                found[each.get("Id") or ""] = Relation((each.get("Type") or "").rpartition("/")[2], where, external)
            self._relations[part] = found
        return self._relations[part]

    def part_of(self, part: str, kind: str) -> str | None:
        """The name of the first part that ``part`` is related to in this way."""
        if (part, kind) not in self._firsts:
            found = (one.target for one in self.relations(part).values() if one.kind == kind and not one.external)
            self._firsts[part, kind] = next(found, None)
        return self._firsts[part, kind]

    def related(self, part: str, kind: str) -> etree._Element | None:
        """The tree of the first part that ``part`` is related to in this way."""
        found = self.part_of(part, kind)
        return None if found is None else self.xml(found)

    def xml(self, part: str) -> etree._Element | None:
        """The tree of a part; ``None`` where there is none of that name."""
        if part not in self._entries:
            return None
        data = self._unpack(part)
        if data.count(b"<") > MAX_TAGS:
            raise InputError(f"{part} has more than {MAX_TAGS:,} tags", remedy="split the document")
        if any(doctype in data for doctype in _DOCTYPES):
            raise _entities(part)
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True,
            remove_pis=True,
        )  # fmt: skip
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError, LookupError) as error:
            raise InputError(f"{part} is no XML Word can read ({_said(error)})", remedy=_AGAIN) from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise _entities(part)
        return root

    def _unpack(self, part: str) -> bytes:
        entry = self._entries[part]
        if part in self._twice:
            raise InputError(f"holds {part} twice", remedy="do not trust this file, or save it anew in Word or WPS")
        if entry.flag_bits & 1:
            raise InputError("is a ZIP container with a password", remedy="save it without its password")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise InputError(f"packs {part} in a way Word does not know", remedy=_AGAIN)
        if entry.file_size > RATIO_FROM and entry.file_size > MAX_RATIO * max(1, entry.compress_size):
            raise InputError(
                f"{part} unpacks to {entry.file_size:,} bytes: a zip bomb", remedy="do not trust this file"
            )
        room = min(MAX_PART, MAX_TOTAL - self._unpacked)
        try:
            with self._zip.open(entry) as stream:
                data = stream.read(room + 1)
        except _BROKEN as error:
            raise InputError(f"{part} is damaged ({_said(error)})", remedy=_AGAIN) from error
        if len(data) > room:
            raise InputError(f"{part} unpacks to more than {room:,} bytes", remedy="split the document")
        self._unpacked += len(data)
        return data


def _normal(part: str) -> str:
    """A part's name as it is compared: no case, no leading slash, no way up (ECMA-376 part 2, 6.2.2)."""
    return posixpath.normpath("/" + part.replace("\\", "/")).lstrip("/").lower()


def _entities(part: str) -> InputError:
    return InputError(f"{part} declares entities, which no Word document does", remedy="do not trust this file")


def _said(error: Exception) -> str:
    return (str(error) or type(error).__name__).splitlines()[0][:120]
