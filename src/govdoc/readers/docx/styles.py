"""What styles say of a paragraph and its runs: the properties a reader of text asks for, through ``w:basedOn``."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Final

from lxml.etree import _Element

from govdoc.readers.docx.wml import child, children, get, toggle, value, whole

_HEADING_NAME: Final = re.compile(r"(?i)(?:heading|标题)\s*([1-9])\Z")
_TITLE_NAME: Final = re.compile(r"(?i)(?:title|标题)\Z")
_LONGEST_CHAIN = 20  # styles based on styles; Word itself stops at eleven
_TEXT_LEVEL = 9  # outline level 9 is that of text
_CHAR = 3.2  # twips of a hundredth of a 字 of 三号


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
    colour: str | None = None


@dataclass
class Styles:
    """The styles of a document, each resolved once."""

    _elements: dict[str, _Element] = field(default_factory=dict)
    _usual: str | None = None
    _paragraphs: dict[str | None, ParagraphLook] = field(default_factory=dict)
    _runs: dict[tuple[str | None, RunLook], RunLook] = field(default_factory=dict)
    _defaults: RunLook = RunLook()

    @classmethod
    def read(cls, root: _Element | None) -> Styles:
        """The styles of ``styles.xml``; none where there is no such part."""
        styles = cls()
        if root is None:
            return styles
        for element in children(root, "style"):
            id_ = get(element, "styleId") or ""
            styles._elements.setdefault(id_, element)
            if get(element, "type") == "paragraph" and get(element, "default") not in (None, "0", "false"):
                styles._usual = id_
        defaults = child(root, "docDefaults")
        paragraph = child(child(defaults, "pPrDefault"), "pPr")
        styles._paragraphs[""] = paragraph_look(ParagraphLook(), paragraph)
        styles._defaults = run_look(RunLook(), child(child(defaults, "rPrDefault"), "rPr"))
        return styles

    def element(self, id_: str) -> _Element | None:
        """The ``w:style`` of an id."""
        return self._elements.get(id_)

    def _chain(self, id_: str | None) -> list[tuple[str, _Element]]:
        """A style and those it is based on, the most basic first."""
        chain: list[tuple[str, _Element]] = []
        while id_ and id_ in self._elements and len(chain) < _LONGEST_CHAIN:
            chain.append((id_, self._elements[id_]))
            id_ = value(self._elements[id_], "basedOn")
        return chain[::-1]

    def paragraph(self, id_: str | None) -> ParagraphLook:
        """What a paragraph style says; that of the document's usual one where ``id_`` is none of it."""
        id_ = id_ if id_ in self._elements else self._usual
        if id_ not in self._paragraphs:
            look = self._paragraphs.get("", ParagraphLook())
            for each, element in self._chain(id_):
                before = look.list_id, look.list_level
                look = paragraph_look(look, child(element, "pPr"))
                if (look.list_id, look.list_level) != before or child(child(element, "pPr"), "numPr") is not None:
                    look = replace(look, list_style=each)
                look = _named(look, value(element, "name") or "")
            self._paragraphs[id_] = look
        return self._paragraphs[id_]

    def run(self, id_: str | None, base: RunLook | None = None) -> RunLook:
        """What a style says of runs, over ``base``; without one over the document's defaults, as a paragraph style."""
        if base is None:
            id_ = id_ if id_ in self._elements else self._usual
            base = self._defaults
        if (id_, base) not in self._runs:
            look = base
            for _, element in self._chain(id_):
                look = run_look(look, child(element, "rPr"))
            self._runs[id_, base] = look
        return self._runs[id_, base]


def _named(look: ParagraphLook, style: str) -> ParagraphLook:
    """Headings are known by their style's name too, where it gives no outline level."""
    if look.level is None and (found := _HEADING_NAME.match(style)):
        return replace(look, level=int(found[1]))
    return replace(look, level=1) if look.level is None and _TITLE_NAME.match(style) else look


def paragraph_look(base: ParagraphLook, properties: _Element | None) -> ParagraphLook:
    """``base`` with what ``w:pPr`` says."""
    if properties is None:
        return base
    changes: dict[str, object] = {}
    level = whole(value(properties, "outlineLvl"))
    if level is not None:
        changes["level"] = level + 1 if 0 <= level < _TEXT_LEVEL else None
    if (align := value(properties, "jc")) is not None:
        changes["align"] = align
    if (indent := child(properties, "ind")) is not None:
        changes.update(_indents(indent))
    if (tabs := child(properties, "tabs")) is not None:
        stops = {place for each in tabs if get(each, "val") != "clear" and (place := whole(get(each, "pos")))}
        changes["tabs"] = tuple(sorted({*base.tabs, *stops}))
    if (numbering := child(properties, "numPr")) is not None:
        if (list_id := value(numbering, "numId")) is not None:
            changes["list_id"] = list_id
        if (list_level := whole(value(numbering, "ilvl"))) is not None:
            changes["list_level"] = list_level
    return replace(base, **changes) if changes else base  # type: ignore[arg-type]


def _indents(indent: _Element) -> dict[str, float]:
    found: dict[str, float] = {}
    for edge, names in (("left", ("left", "start")), ("first", ("firstLine",))):
        for each in names:
            if hundredths := whole(get(indent, f"{each}Chars")):
                found[edge] = hundredths * _CHAR
            elif (twips := whole(get(indent, each))) is not None:
                found[edge] = twips
    if (hanging := whole(get(indent, "hanging"))) is not None:
        found["first"] = -hanging
    return found


def run_look(base: RunLook, properties: _Element | None) -> RunLook:
    """``base`` with what ``w:rPr`` says."""
    if properties is None or not len(properties):
        return base
    bold, hidden = toggle(properties, "b"), toggle(properties, "vanish")
    fonts, colour = child(properties, "rFonts"), value(properties, "color")
    face = None if fonts is None else get(fonts, "eastAsia") or get(fonts, "ascii")
    return RunLook(
        base.bold if bold is None else bold,
        base.hidden if hidden is None else hidden,
        face or base.face,
        colour or base.colour,
    )
