"""Names in WordprocessingML: transitional (ECMA-376 part 4) and strict (ISO/IEC 29500-1) read alike."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from lxml.etree import _Element

_W: Final = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_R: Final = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
_PREFIXES: Final = {
    _W[0]: "w",
    _W[1]: "w",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": "wp",
    "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": "wp",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
    "http://purl.oclc.org/ooxml/drawingml/main": "a",
    "http://schemas.openxmlformats.org/drawingml/2006/picture": "pic",
    "http://purl.oclc.org/ooxml/drawingml/picture": "pic",
    "http://schemas.openxmlformats.org/drawingml/2006/chart": "c",
    "http://purl.oclc.org/ooxml/drawingml/chart": "c",
    "http://schemas.openxmlformats.org/drawingml/2006/diagram": "dgm",
    "http://purl.oclc.org/ooxml/drawingml/diagram": "dgm",
    "urn:schemas-microsoft-com:vml": "v",
    "urn:schemas-microsoft-com:office:office": "o",
    "http://schemas.openxmlformats.org/package/2006/relationships": "rel",
    "http://schemas.openxmlformats.org/package/2006/content-types": "ct",
    "http://purl.org/dc/elements/1.1/": "dc",
}
OFF: Final = frozenset(("0", "false", "off", "none"))


@lru_cache(maxsize=4096)
def _short(tag: str) -> str:
    uri, _, local = tag[1:].rpartition("}")
    return f"{_PREFIXES.get(uri, '?')}:{local}"


def name(element: _Element) -> str:
    """The name of an element with its usual prefix (``w:p``); ``?:`` before a name of no namespace known here."""
    return _short(element.tag)


@lru_cache(maxsize=512)
def _both(namespace: tuple[str, str], local: str) -> tuple[str, str]:
    return f"{{{namespace[0]}}}{local}", f"{{{namespace[1]}}}{local}"


def _attribute(element: _Element, names: tuple[str, str]) -> str | None:
    found = element.get(names[0])
    return element.get(names[1]) if found is None else found


def get(element: _Element, attribute: str) -> str | None:
    """The value of an attribute ``w:…``."""
    return _attribute(element, _both(_W, attribute))


def relation(element: _Element, attribute: str) -> str | None:
    """The value of an attribute ``r:…``: the id of a relationship."""
    return _attribute(element, _both(_R, attribute))


def child(element: _Element | None, local: str) -> _Element | None:
    """The first child ``w:…``."""
    if element is None or not len(element):
        return None
    return next(element.iterchildren(*_both(_W, local)), None)


def children(element: _Element, local: str) -> Iterator[_Element]:
    """The children ``w:…``."""
    return element.iterchildren(*_both(_W, local))


def named(element: _Element | None) -> dict[str, _Element]:
    """The children by name, the first of each."""
    found: dict[str, _Element] = {}
    for each in () if element is None else element:
        found.setdefault(name(each), each)
    return found


def within(element: _Element, wanted: str) -> Iterator[_Element]:
    """The descendants of a name, in document order."""
    return (each for each in element.iter() if name(each) == wanted)


def value(element: _Element | None, local: str) -> str | None:
    """``w:val`` of the first child ``w:…``."""
    found = child(element, local)
    return None if found is None else get(found, "val")


def whole(text: str | None) -> int | None:
    """A whole number as an attribute says it (``12``, ``12.0``, ``-3``); ``None`` where it says none."""
    if text is None or len(text) > 12:
        return None
    sign, digits = (-1, text[1:]) if text.startswith("-") else (1, text)
    digits = digits.partition(".")[0]
    return sign * int(digits) if digits.isascii() and digits.isdecimal() else None


def toggle(properties: _Element | None, local: str) -> bool | None:
    """Whether a property is on or off; ``None`` where it is not said."""
    return switched(child(properties, local))


def switched(found: _Element | None) -> bool | None:
    """Whether an element that is a switch is on; ``None`` where there is none."""
    return None if found is None else get(found, "val") not in OFF
