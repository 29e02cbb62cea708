"""Automatic numbering (``numbering.xml``) as the text a reader sees: 一、（一）1.（1）①."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from lxml.etree import _Element

from govdoc.readers.docx.styles import Styles
from govdoc.readers.docx.symbols import plain_symbols
from govdoc.readers.docx.wml import child, children, get, toggle, value, whole, within
from govdoc.readers.numerals import numeral

LEVELS = 9
_LONGEST = 60  # characters of a number; a longer pattern is no number
_PLACE: Final = re.compile(r"%([1-9])")


@dataclass
class _Level:
    """A level of a list: how it counts and what it writes; ``restart`` is the level that begins it anew."""

    start: int = 1
    style: str = "decimal"
    text: str = ""
    plain: bool = False  # all numbers in Arabic digits (w:isLgl)
    restart: int | None = None
    paragraph_style: str | None = None
    apart: bool = True


@dataclass
class _List:
    """A list: its levels, and where it stands."""

    levels: dict[int, _Level] = field(default_factory=dict)
    counts: dict[int, int] = field(default_factory=dict)

    def level(self, number: int) -> _Level:
        return self.levels.get(number) or _Level(style="none")


class Numbering:
    """The lists of a document. Paragraphs are numbered in the order they are asked for."""

    def __init__(self, root: _Element | None, styles: Styles) -> None:
        self._styles = styles
        self._lists: dict[str, _List] = {}
        self._links: dict[str, str] = {}  # list → the style that holds its levels
        self._numbers: dict[str, tuple[str, dict[int, _Level], dict[int, int]]] = {}
        self._begun: set[tuple[str, int]] = set()
        for element in () if root is None else children(root, "abstractNum"):
            id_ = get(element, "abstractNumId") or ""
            self._lists[id_] = _List(_levels(element))
            if link := value(element, "numStyleLink"):
                self._links[id_] = link
        for element in () if root is None else children(root, "num"):
            overrides = list(children(element, "lvlOverride"))
            starts = {whole(get(each, "ilvl")): whole(value(each, "startOverride")) for each in overrides}
            own = {number: level for each in overrides for number, level in _levels(each).items()}
            self._numbers[get(element, "numId") or ""] = (
                value(element, "abstractNumId") or "",
                own,
                {level: start for level, start in starts.items() if level is not None and start is not None},
            )

    def level_of_style(self, list_id: str, style: str) -> int:
        """The level of a list that a paragraph style is linked to; the first where none is."""
        found = self._list(list_id)
        if found:
            for number, level in found.levels.items():
                if level.paragraph_style == style:
                    return number
        return 0

    def _list(self, list_id: str) -> _List | None:
        abstract = self._numbers.get(list_id, ("", {}, {}))[0]
        link = self._links.get(abstract)
        if link:
            target = self._styles.paragraph(link).list_id if self._styles.element(link) is not None else None
            linked = self._numbers.get(target or "", ("", {}, {}))[0]
            return self._lists.get(linked if linked not in self._links else "")
        return self._lists.get(abstract)

    def label(self, list_id: str, number: int) -> tuple[str, bool]:
        """The number of the next paragraph of a list at a level from 0, and whether a gap follows it."""
        found = self._list(list_id)
        if found is None or not 0 <= number < LEVELS:
            return "", False
        _, own, starts = self._numbers[list_id]
        begun = (list_id, number) in self._begun
        self._begun.add((list_id, number))
        level = own.get(number) or found.level(number)
        counts = found.counts
        if number in starts and not begun:
            counts[number] = starts[number]
        else:
            counts[number] = counts[number] + 1 if number in counts else level.start
        for above in range(number):
            counts.setdefault(above, starts.get(above, found.level(above).start))
        for below in [each for each in counts if each > number]:
            restart = found.level(below).restart
            if restart is None or number < restart:
                del counts[below]
        return self._written(level, own, found), level.apart

    @staticmethod
    def _written(level: _Level, own: dict[int, _Level], found: _List) -> str:
        if level.style == "bullet":
            return plain_symbols(level.text)[0]

        def number(match: re.Match[str]) -> str:
            place = int(match[1]) - 1
            style = "decimal" if level.plain else (own.get(place) or found.level(place)).style
            return numeral(found.counts.get(place, 0), style)

        return _PLACE.sub(number, level.text)


def _levels(element: _Element) -> dict[int, _Level]:
    found = {}
    for each in children(element, "lvl"):
        place = whole(get(each, "ilvl"))
        start = whole(value(each, "start"))
        if place is None:
            continue
        # Word 2010 and later say a format of their own beside the one older programs know.
        format_ = child(each, "numFmt")
        if format_ is None:
            format_ = next(within(each, "w:numFmt"), None)
        style = (get(format_, "val") if format_ is not None else None) or "decimal"
        if style == "custom" and format_ is not None:
            style = "decimalZero" if (get(format_, "format") or "").startswith("0") else "decimal"
        found[place] = _Level(
            start=1 if start is None else start,
            style=style,
            text=(value(each, "lvlText") or "")[:_LONGEST],
            plain=bool(toggle(each, "isLgl")),
            restart=whole(value(each, "lvlRestart")),
            paragraph_style=value(each, "pStyle"),
            apart=value(each, "suff") != "nothing",
        )
    return found
