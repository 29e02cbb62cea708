"""Footnotes and endnotes: their signs in the text, and what they say."""

from __future__ import annotations

from typing import Final

from lxml.etree import _Element

from govdoc.readers.docx.package import Package
from govdoc.readers.docx.wml import child, get, name, value
from govdoc.readers.numerals import numeral

_USUAL: Final = {"footnote": "decimal", "endnote": "lowerRoman"}
_OWN = ("separator", "continuationSeparator", "continuationNotice")


class Notes:
    """The notes of a document by kind and id, each said once."""

    def __init__(self, package: Package, document: str, settings: _Element | None) -> None:
        self._package, self._document = package, document
        self._styles = {kind: value(child(settings, f"{kind}Pr"), "numFmt") or usual for kind, usual in _USUAL.items()}
        self._parts: dict[str, dict[str, _Element]] = {}
        self._counts: dict[str, int] = {}
        self._signs: dict[tuple[str, str], str] = {}

    def _notes(self, kind: str) -> dict[str, _Element]:
        if kind not in self._parts:
            root = self._package.related(self._document, f"{kind}s")
            self._parts[kind] = {
                get(each, "id") or "": each
                for each in (root if root is not None else ())
                if name(each) == f"w:{kind}" and get(each, "type") not in _OWN
            }
        return self._parts[kind]

    def refer(self, kind: str, id_: str, custom: bool) -> str | None:
        """The sign of a reference to a note; ``None`` where there is no such note, or it was referred to before.

        ``custom``: the text brings a sign of its own.
        """
        if id_ not in self._notes(kind) or (kind, id_) in self._signs:
            return None
        if custom:
            self._signs[kind, id_] = ""
            return ""
        self._counts[kind] = self._counts.get(kind, 0) + 1
        number = numeral(self._counts[kind], self._styles[kind])
        sign = number if not number.isascii() and len(number) == 1 else f"[{number}]"
        self._signs[kind, id_] = sign
        return sign

    def part(self, kind: str) -> str | None:
        """The name of the part that holds the notes of a kind."""
        return self._package.part_of(self._document, f"{kind}s")

    def note(self, kind: str, id_: str) -> _Element:
        """A note that was referred to."""
        return self._notes(kind)[id_]
