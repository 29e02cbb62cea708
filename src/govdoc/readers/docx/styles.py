"""What styles say of a paragraph and its runs: the properties a reader of text asks for, through ``w:basedOn``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from lxml.etree import _Element

from govdoc.readers.docx.wml import child, children, get, named, switched, value, whole

_HEADING_NAME: Final = re.compile(r"(?i)(?:heading|标题)\s*([1-9])\Z")
_TITLE_NAME: Final = re.compile(r"(?i)(?:title|标题)\Z")
_TEXT_LEVEL = 9  # outline level 9 is that of text
_MOST_TABS = 64
_CHAR = 3.2  # twips of a hundredth of a 字 of 三号


Said = Mapping[str, _Element]
"""Properties by name, as ``wml.named`` gives them."""


@dataclass(frozen=True)
class ParagraphLook:
    """What is known of a paragraph beside its text; indents in twips. ``level`` is its outline level from 1."""

    level: int | None = None
    align: str | None = None
    left: float = 0
    first: float = 0
    tabs: tuple[int, ...] = ()
    list_id: str | None = None
    list_level: int | None = None
    list_style: str | None = None  # the style that says which list


@dataclass(frozen=True)
class RunLook:
    """What is known of a run beside its text; ``None`` where nothing says it."""

    bold: bool | None = None
    hidden: bool | None = None
    face: str | None = None

    def over(self, other: RunLook) -> RunLook:
        """What ``other`` says, and this where it says nothing."""
        return RunLook(
            self.bold if other.bold is None else other.bold,
            self.hidden if other.hidden is None else other.hidden,
            other.face or self.face,
        )


class Styles:
    """The styles of ``styles.xml``, each resolved once; none where there is no such part."""

    def __init__(self, root: _Element | None) -> None:
        self._elements: dict[str, _Element] = {}
        self._usual = ""
        for element in () if root is None else children(root, "style"):
            id_ = get(element, "styleId") or ""
            self._elements.setdefault(id_, element)
            if get(element, "type") == "paragraph" and get(element, "default") not in (None, "0", "false"):
                self._usual = id_
        defaults = child(root, "docDefaults")
        basic = paragraph_look(ParagraphLook(), named(child(child(defaults, "pPrDefault"), "pPr")))
        self._paragraphs: dict[str, ParagraphLook] = {"": basic}
        self._runs: dict[str, RunLook] = {"": RunLook()}
        self._basic_run = run_look(RunLook(), named(child(child(defaults, "rPrDefault"), "rPr")))

    def element(self, id_: str) -> _Element | None:
        """The ``w:style`` of an id."""
        return self._elements.get(id_)

    def _resolve(self, id_: str) -> None:
        """Resolve a style after those it is based on; one that is based on itself is based on none."""
        chain: dict[str, _Element] = {}
        while id_ in self._elements and id_ not in self._paragraphs and id_ not in chain:
            chain[id_] = self._elements[id_]
            id_ = value(self._elements[id_], "basedOn") or ""
        base = id_ if id_ in self._paragraphs else ""
        for each, element in reversed(chain.items()):
            said = named(child(element, "pPr"))
            look = paragraph_look(self._paragraphs[base], said)
            if "w:numPr" in said:
                look = replace(look, list_style=each)
            self._paragraphs[each] = _named(look, value(element, "name") or "")
            self._runs[each] = run_look(self._runs[base], named(child(element, "rPr")))
            base = each

    def _known(self, id_: str | None) -> str:
        if id_ not in self._elements:
            return ""
        self._resolve(id_)
        return id_

    def paragraph(self, id_: str | None) -> ParagraphLook:
        """What a paragraph style says; that of the document's usual one where ``id_`` is none of it."""
        return self._paragraphs[self._known(id_) or self._known(self._usual)]

    def run(self, id_: str | None) -> RunLook:
        """What a paragraph style says of its runs, over the document's defaults."""
        return self._basic_run.over(self._runs[self._known(id_) or self._known(self._usual)])

    def styled(self, base: RunLook, id_: str) -> RunLook:
        """What a style of characters says, over ``base``."""
        return base.over(self._runs[self._known(id_)])


def _named(look: ParagraphLook, style: str) -> ParagraphLook:
    """Headings are known by their style's name too, where it gives no outline level."""
    if look.level is None and (found := _HEADING_NAME.match(style)):
        return replace(look, level=int(found[1]))
    return replace(look, level=1) if look.level is None and _TITLE_NAME.match(style) else look


def paragraph_look(base: ParagraphLook, said: Said) -> ParagraphLook:
    """``base`` with what ``w:pPr`` says."""
    changes: dict[str, object] = {}
    if (outline := said.get("w:outlineLvl")) is not None and (level := whole(get(outline, "val"))) is not None:
        changes["level"] = level + 1 if 0 <= level < _TEXT_LEVEL else None
    if (align := said.get("w:jc")) is not None:
        changes["align"] = get(align, "val")
    if (indent := said.get("w:ind")) is not None:
        changes.update(_indents(indent))
    if (tabs := said.get("w:tabs")) is not None:
        stops = {place for each in tabs if get(each, "val") != "clear" and (place := whole(get(each, "pos")))}
        changes["tabs"] = tuple(sorted({*base.tabs, *stops})[:_MOST_TABS])
    if (numbering := said.get("w:numPr")) is not None:
        if (list_id := value(numbering, "numId")) is not None:
            changes["list_id"] = list_id
        if (list_level := whole(value(numbering, "ilvl"))) is not None:
            changes["list_level"] = list_level
    return replace(base, **changes) if changes else base  # type: ignore[arg-type]


def _indents(indent: _Element) -> dict[str, float]:
    found: dict[str, float] = {}
    for edge, attribute in (("left", "left"), ("left", "start"), ("first", "firstLine")):
        if hundredths := whole(get(indent, f"{attribute}Chars")):
            found[edge] = hundredths * _CHAR
        elif (twips := whole(get(indent, attribute))) is not None:
            found[edge] = twips
    if (hanging := whole(get(indent, "hanging"))) is not None:
        found["first"] = -hanging
    return found


def run_look(base: RunLook, said: Said) -> RunLook:
    """``base`` with what ``w:rPr`` says."""
    if not said:
        return base
    fonts = said.get("w:rFonts")
    face = None if fonts is None else get(fonts, "eastAsia") or get(fonts, "ascii")
    return base.over(RunLook(switched(said.get("w:b")), switched(said.get("w:vanish")), face))
