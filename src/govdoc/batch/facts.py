"""What the collection needs to know of each document: found beside the making of its products, kept in the ledger."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator, Sequence
from heapq import nsmallest
from itertools import chain
from pathlib import PurePosixPath
from urllib.parse import urlsplit

import msgspec

from govdoc.batch.versions import room_version
from govdoc.model import Attachment, Block, Document
from govdoc.parsing.places import place_of_document

SHINGLE = 8
"""Characters of a shingle, taken at every character of the text."""
SKETCH = 96
"""How many of the smallest hashes of shingles are kept."""
EDGE = 15
"""Lines at either end of a text in which a site's own words stand."""
LONGEST_CHROME = 60
NEVER_CHROME = re.compile(r"关于|[〔［\[(（]\s*\d{4}\s*[〕］\])）]|\d{4}\s*年\s*\d+\s*月")
"""What no site's own line has: words of a title, a 文号, a date."""
INK = re.compile(r"[^\w]+")
DIGITS = re.compile(r"\d+")


class Facts(msgspec.Struct, frozen=True):
    """One document: what it is, where from, what it looks like. ``sketch`` is the text's bottom-k MinHash.

    ``edges`` are the short lines at its ends that are no element of a 公文, each number as 0.
    """

    part: int
    id: str
    title: str | None
    number: str | None
    date: str | None
    kind: str | None
    official: bool
    url: str | None
    province: str | None
    city: str | None
    county: str | None
    adcode: str | None
    characters: int
    paragraphs: int
    sketch: bytes
    edges: tuple[str, ...]

    @property
    def year(self) -> int | None:
        """The year of the date of issue."""
        return int(self.date[:4]) if self.date and self.date[:4].isdigit() else None

    def site(self, stem: str) -> str:
        """The host it was taken from, else the top folder it lies in; empty where there is neither."""
        host = urlsplit(self.url or "").hostname
        parts = PurePosixPath(stem).parts
        return host or (parts[0] if len(parts) > 1 else "")


class FactSheet(msgspec.Struct, frozen=True):
    """The facts of a source's documents, and the version of what found them."""

    version: str
    facts: tuple[Facts, ...]


def facts_version() -> str:
    """The fingerprint of what finds the facts."""
    return room_version("batch/facts.py", "parsing/places.py")


def pack_facts(facts: Sequence[Facts]) -> bytes:
    """Facts as the ledger keeps them."""
    return zlib.compress(msgspec.msgpack.encode(FactSheet(facts_version(), tuple(facts))))


def unpack_facts(data: bytes | None) -> tuple[Facts, ...] | None:
    """The facts kept; ``None`` where there are none, or another version found them."""
    if data is None:
        return None
    try:
        sheet = msgspec.msgpack.decode(zlib.decompress(data), type=FactSheet)
    except msgspec.DecodeError:
        return None
    return sheet.facts if sheet.version == facts_version() else None


def find_facts(documents: Sequence[Document], text: str | None) -> tuple[Facts, ...]:
    """The facts of one source's documents; ``text`` is the cleaned one, where there still is one."""
    edges = tuple(_edges(text, documents)) if text is not None else ()
    return tuple(_facts(document, edges) for document in documents)


def _facts(document: Document, edges: tuple[str, ...]) -> Facts:
    place = place_of_document(document)
    lines = [block.line for _, block in blocks_of(document)]
    body = INK.sub("", "".join(lines))
    number = document.header.doc_number
    return Facts(
        document.source.part,
        document.id,
        document.main.title,
        number.raw if number else None,
        document.main.issue_date,
        document.genre or document.kind,
        document.official,
        document.source.url,
        place.province,
        place.city,
        place.county,
        place.adcode,
        len(body),
        len(lines),
        sketch(body),
        edges,
    )


def sketch(text: str) -> bytes:
    """The smallest hashes of the text's shingles, ascending, as :func:`hashes` takes them."""
    data, width = text.encode("utf-16-le", "surrogatepass"), 2 * SHINGLE
    shingles = {data[i : i + width] for i in range(0, len(data) - width + 2, 2)}
    # A checksum gives like texts like values; the product's upper bits do not show it.
    smallest = nsmallest(SKETCH, {zlib.crc32(each) * 0x9E3779B1 & 0xFFFFFFFF for each in shingles})
    return struct.pack(f"<{len(smallest)}I", *smallest)


def hashes(sketch: bytes) -> tuple[int, ...]:
    """The hashes of a sketch, ascending: two texts share as many as they have in common."""
    return struct.unpack(f"<{len(sketch) // 4}I", sketch)


def likeness(one: bytes, other: bytes) -> float:
    """The share of shingles that two texts have in common (Jaccard), estimated from their sketches."""
    mine, theirs = {*hashes(one)}, {*hashes(other)}
    union = nsmallest(SKETCH, mine | theirs)
    return sum(value in mine and value in theirs for value in union) / len(union) if union else 0.0


def blocks_of(document: Document) -> Iterator[tuple[str, Block]]:
    """Every block of the document with where it stands: ``main``, or the number of its attachment (``1``, ``1.2``)."""
    yield from (("main", block) for block in document.main.body)
    yield from _attached(document.main.attachments, "")


def _attached(attachments: Sequence[Attachment], above: str) -> Iterator[tuple[str, Block]]:
    for number, one in enumerate(attachments, start=1):
        where = f"{above}{number}"
        yield from ((where, block) for block in one.body)
        yield from _attached(one.attachments, f"{where}.")


def _edges(text: str, documents: Sequence[Document]) -> Iterator[str]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    elements = {INK.sub("", element) for document in documents for element in _elements(document)}
    seen: set[str] = set()
    for line in (*lines[:EDGE], *lines[-EDGE:]) if len(lines) > 2 * EDGE else lines:
        bare, shape = INK.sub("", line), DIGITS.sub("0", line)
        if not bare or len(line) > LONGEST_CHROME or line[-1] in "。；：，:;," or NEVER_CHROME.search(line):
            continue
        if shape not in seen and not any(bare in element or element in bare for element in elements):
            seen.add(shape)
            yield shape


def _elements(document: Document) -> Iterator[str]:
    """The lines of a document that many of its agency's share by right: they are elements of a 公文, or headings."""
    header, main, colophon = document.header, document.main, document.colophon
    plain = (
        main.subtitle, main.issue_date_raw, main.annotation, header.urgency, header.copy_number,
        header.doc_number.raw if header.doc_number else None,
        main.recipients.text if main.recipients else None,
        colophon.printing.org if colophon.printing else None,
        colophon.printing.date_raw if colophon.printing else None,
        colophon.cc.text if colophon.cc else None,
    )  # fmt: skip
    several = (
        header.issuer_mark.agencies if header.issuer_mark else (), header.signers, main.attachment_notes,
        main.signature_orgs,
    )  # fmt: skip
    # Where a site's line is taken for a title, many documents have one title; the same title of every year is theirs.
    titles = [title for title in (main.title, *(one.title for one in main.attachments)) if DIGITS.search(title or "")]
    attached = [each for one in main.attachments for each in (one.issue_date_raw, *one.signature_orgs)]
    headings = [block.line for _, block in blocks_of(document) if block.label]
    yield from (
        each for each in chain(plain, *several, titles, attached, headings) if each and len(INK.sub("", each)) > 1
    )
