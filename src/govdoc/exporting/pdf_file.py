"""A PDF file put together from objects written as bytes, in reportlab's document (ISO 32000-1 §7.5).

reportlab numbers the objects and writes header, cross-references and trailer. Its canvas, dictionaries and outline
would take longer than the pages they hold: what stands in an object is written here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import NamedTuple, cast

import deflate
from reportlab.pdfbase.pdfdoc import BasicFonts, PDFDictionary, PDFDocument, PDFObject

_VERSION = (1, 7)


class Entry(NamedTuple):
    """An entry of the outline: how deep it hangs, from 0, its title, its page's reference, points from the foot."""

    depth: int
    title: str
    page: str
    top: float


class _Written(PDFObject):
    """An object of the file as the bytes it is written with."""

    __RefOnly__ = 1
    data = b""

    def write(self, entries: str) -> None:
        """Make it a dictionary of these entries, in ASCII."""
        self.data = f"<< {entries} >>".encode("ascii")

    def format(self, document: PDFDocument) -> bytes:
        """The bytes."""
        return self.data


class PdfFile:
    """A PDF of pages of one size (points): give it fonts and pages, then ask for its bytes, once.

    Objects are called by their references as they stand in the file (``12 0 R``). No date is written and the file's ID
    hangs on its content alone: the same document gives the same bytes on any day.
    """

    def __init__(self, size: tuple[float, float]) -> None:
        self._document = PDFDocument(invariant=1, pdfVersion=_VERSION)
        self._digest = hashlib.md5(usedforsecurity=False)
        fonts = f"{self._document.objectcounter} 0 R"  # reportlab makes their dictionary first
        self._tree, self._root = self._reserve()
        self._page = (
            f"/Type /Page /Parent {self._root} /MediaBox [0 0 {size[0]:.4f} {size[1]:.4f}]"
            f" /Resources << /Font {fonts} >> /Contents "
        )
        self._pages: list[str] = []
        self._labels = ["0 << /S /D /St 1 >>"]

    def _reserve(self) -> tuple[_Written, str]:
        made = _Written()
        self._document.Reference(made)  # type: ignore[no-untyped-call]
        return made, f"{self._document.objectcounter} 0 R"

    def add(self, entries: str) -> str:
        """Write a dictionary of these entries, in ASCII; its reference."""
        made, reference = self._reserve()
        made.write(entries)
        return reference

    def add_stream(self, data: bytes, entries: str = "") -> str:
        """Write a stream, whose dictionary has further ``entries``; its reference.

        libdeflate takes a third of zlib's time and gives the same bytes in every process. ISA-L is faster still, but
        about one process in three hundred gets other bytes from it for the same small stream.
        """
        made, reference = self._reserve()
        packed = deflate.zlib_compress(data, 1)
        head = f"<< {entries}/Filter /FlateDecode /Length {len(packed)} >>\nstream\n"
        made.data = b"".join((head.encode("ascii"), packed, b"\nendstream"))
        return reference

    def add_font(self, resource: str, font: str, identity: bytes) -> None:
        """Let every page name the font of that reference ``resource``; ``identity`` tells it from others."""
        self._digest.update(identity)
        cast(PDFDictionary, self._document.idToObject[BasicFonts])[resource] = font

    def add_page(self, content: bytes, *, label: str | None = None) -> str:
        """Add a page of this content stream; its reference. Its label is its number, else ``label``."""
        self._digest.update(content)
        if label is not None:
            self._labels.append(f"{len(self._pages)} << /P {text_string(label)} >>")
        self._pages.append(self.add(self._page + self.add_stream(content)))
        return self._pages[-1]

    def finish(self, title: str, author: str, outline: Sequence[Entry]) -> bytes:
        """The file, with what it says of itself and its outline."""
        said = {"Title": title, "Author": author, "Creator": "govdoc", "Producer": "reportlab"}
        info = " ".join(f"/{key} {text_string(value)}" for key, value in said.items() if value)
        self._digest.update(info.encode("ascii"))
        self._tree.write(f"/Type /Pages /Count {len(self._pages)} /Kids [{' '.join(self._pages)}]")
        entries = f"/Type /Catalog /Pages {self._root} /Lang (zh-CN) /PageLabels << /Nums [{' '.join(self._labels)}] >>"
        if title:
            entries += " /ViewerPreferences << /DisplayDocTitle true >>"
        if outline:
            entries += f" /PageMode /UseOutlines /Outlines {self._outline(outline)}"
        document = self._document
        for place, written in (("Catalog", entries), ("info", info)):
            made, _ = self._reserve()
            made.write(written)
            setattr(document, place, made)
        setattr(document, "signature", self._digest)  # noqa: B010 (of which the stubs know nothing)
        return document.format()

    def _outline(self, outline: Sequence[Entry]) -> str:
        """The outline (§12.3.3), every entry closed; its reference."""
        items = [self._reserve() for _ in range(len(outline) + 1)]
        below: list[list[int]] = [[] for _ in items]
        path = [0]
        for i, entry in enumerate(outline, 1):
            del path[entry.depth + 1 :]
            below[path[-1]].append(i)
            path.append(i)
        for above, entries in enumerate(below):
            for i, before, after in zip(entries, [0, *entries], [*entries[1:], 0], strict=False):
                entry, hung = outline[i - 1], below[i]
                items[i][0].write(
                    f"/Title {text_string(entry.title)} /Dest [{entry.page} /XYZ null {entry.top:.3f} null]"
                    f" /Parent {items[above][1]}"
                    + (f" /Prev {items[before][1]}" if before else "")
                    + (f" /Next {items[after][1]}" if after else "")
                    + (f" /First {items[hung[0]][1]} /Last {items[hung[-1]][1]} /Count -{len(hung)}" if hung else "")
                )
        first, last = items[below[0][0]][1], items[below[0][-1]][1]
        items[0][0].write(f"/Type /Outlines /First {first} /Last {last} /Count {len(below[0])}")
        return items[0][1]


def text_string(text: str) -> str:
    """``text`` as a text string (§7.9.2.2), halves of surrogate pairs replaced."""
    return f"<FEFF{text.encode('utf-16-be', 'replace').hex().upper()}>"
