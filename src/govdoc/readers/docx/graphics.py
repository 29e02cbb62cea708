"""What stands in a drawing: text boxes, pictures, WordArt, charts — each once, whichever way it is drawn."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Literal, NamedTuple

from lxml.etree import _Element

from govdoc.readers.docx.wml import name, relation, whole, within

_EMU_PER_POINT = 12700
_LINE = 15 * _EMU_PER_POINT  # a box that begins this far below its anchor's top stands under its first line
_HALF_PAGE = 5_346_000  # of A4
_NAMED_FILE: Final = re.compile(r"(?i)[\\/]|\.(?:png|jpe?g|gif|bmp|emf|wmf|tiff?|svg)\s*\Z")
_LENGTH: Final = re.compile(r"(-?[\d.]{1,12})(pt|in|mm|cm|px|)\Z")
_EMU: Final = {"pt": 12700, "in": 914400, "mm": 36000, "cm": 360000, "px": 9525, "": 12700}
_LONGEST_ALT = 200


class Piece(NamedTuple):
    """A piece of a drawing. ``element`` is a ``w:txbxContent`` or what draws it; ``text`` is WordArt's or alt text."""

    kind: Literal["box", "image", "art", "chart", "diagram"]
    element: _Element
    text: str = ""
    target: str | None = None  # the relationship of a picture


_KNOWN: Final = frozenset((
    "wps", "wpg", "wpc", "wpi", "wp14", "w14", "w15", "w16", "w16se", "w16cid", "w16cex", "w16du", "a14", "c14", "c16",
    "cx", "cx1", "cx2", "cx4", "am3d", "aink", "v", "o", "w10", "m", "pic", "sle15",
))  # fmt: skip
"""The prefixes that Word and WPS write for the languages they draw in."""


class Place(NamedTuple):
    """Where a drawing floats beside the paragraph that holds it; ``None`` where it stands in the line."""

    before: bool | None
    top: float = 0


def choices(element: _Element) -> Iterator[_Element]:
    """The children a reader of today takes.

    Of alternatives the first choice in a language Word knows, else what is there for readers that know none of them
    (ECMA-376 part 3, 9.3).
    """
    for each in element:
        if name(each) != "mc:AlternateContent":
            yield each
            continue
        offered = [one for one in each if name(one) == "mc:Choice" and len(one)]
        known = [one for one in offered if _KNOWN.issuperset((one.get("Requires") or "").split())]
        fallback = [one for one in each if name(one) == "mc:Fallback"]
        for chosen in [*known, *fallback, *offered][:1]:
            yield from choices(chosen)


def pieces(graphic: _Element) -> Iterator[Piece]:
    """The pieces of a drawing in document order."""
    alt = ""
    stack = [graphic]
    while stack:
        element = stack.pop()
        match name(element):
            case "wp:docPr" | "pic:cNvPr":
                alt = alt or alternative(element.get("descr"))
            case "v:shape" | "v:rect" | "v:oval" | "v:roundrect":
                alt = alternative(element.get("alt")) or alt
        found = _piece(element, alt)
        if found is None:
            stack.extend(reversed(list(choices(element))))
        else:
            yield found


def _piece(element: _Element, alt: str) -> Piece | None:
    match name(element):
        case "w:txbxContent":
            return Piece("box", element)
        case "pic:pic":
            own = next((each.get("descr") for each in within(element, "pic:cNvPr")), None)
            blip = next(within(element, "a:blip"), None)
            target = None if blip is None else relation(blip, "embed") or relation(blip, "link")
            return Piece("image", element, alternative(own) or alt, target)
        case "v:imagedata":
            return Piece("image", element, alt, relation(element, "id"))
        case "v:textpath" if (element.get("string") or "").strip():
            return Piece("art", element, element.get("string") or "")
        case "c:chart":
            return Piece("chart", element, alt)
        case "dgm:relIds":
            return Piece("diagram", element, alt, relation(element, "dm"))
        case _:
            return None


def alternative(text: str | None) -> str:
    """An alternative text that people wrote, on one line: no file's name."""
    shown = " ".join((text or "").split()).replace("[", "").replace("]", "")
    return "" if _NAMED_FILE.search(shown) else shown[:_LONGEST_ALT]


def place(graphic: _Element) -> Place:
    """Where a drawing floats."""
    for element in graphic.iter():
        match name(element):
            case "wp:inline" | "w:txbxContent":
                return Place(None)
            case "wp:anchor":
                return _anchored(element)
            case "v:shape" | "v:rect" | "v:group" | "v:roundrect":
                return _styled(element.get("style") or "")
    return Place(None)


def _anchored(anchor: _Element) -> Place:
    for each in anchor:
        if name(each) == "wp:positionV":
            origin = each.get("relativeFrom") or "paragraph"
            said = {name(one): (one.text or "").strip() for one in each}
            if "wp:align" in said:
                return Place(said["wp:align"] not in ("bottom", "outside"))
            top = whole(said.get("wp:posOffset")) or 0
            return _floating(origin, top)
    return Place(None)


def _styled(style: str) -> Place:
    said = {
        key.strip().lower(): value.strip().lower()
        for key, colon, value in (each.partition(":") for each in style[:2000].split(";"))
        if colon
    }
    length = _LENGTH.match(said.get("margin-top", said.get("top", "")))
    if said.get("position") != "absolute" or length is None:
        return Place(None)
    try:
        top = float(length[1]) * _EMU[length[2]]
    except ValueError:
        return Place(None)
    return _floating(said.get("mso-position-vertical-relative", "text"), top)


def _floating(origin: str, top: float) -> Place:
    beside = origin in ("paragraph", "line", "text")
    return Place(top < (_LINE if beside else _HALF_PAGE), top)
