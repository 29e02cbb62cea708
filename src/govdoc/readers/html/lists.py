"""Numbers that a browser draws before the items of a list and that stand nowhere in the page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, pairwise
from typing import Final, NamedTuple

from govdoc.readers.html.page import Page
from govdoc.readers.numerals import numeral
from govdoc.rules.text import STRUCTURAL

STYLE: Final = re.compile(r"(?i)list-style(?:-type)?\s*:\s*([a-z-]+)")
TYPE: Final = re.compile(r"""(?i)\stype\s*=\s*["']?([1aAiI])\b""")
START: Final = re.compile(r"""(?i)\s(?:start|value)\s*=\s*["']?\s*(-?\d{1,6})""")
REVERSED: Final = re.compile(r"(?i)\sreversed\b")
LISTS: Final = re.compile(r"(?i)(?:^|[\s,>])(?:ol|li)\s*(?:,|$)")
"""A selector of a style sheet that takes lists, or their items."""
BARE: Final = re.compile(r"(?i)\s*list-style(?:-type)?\s*:.*\bnone\b", re.DOTALL)
OWN: Final = re.compile(rf"\s*(?:{STRUCTURAL.pattern}|[一二三四五六七八九十]{{1,2}}是|\d{{1,3}}[)）]|[•●■◆▪])")
HAN: Final = "chineseCountingThousand"


class Format(NamedTuple):
    """A number format as Word names it, and what stands behind the number."""

    name: str
    suffix: str


OF_TYPE: Final[Mapping[str, Format]] = {
    "1": Format("decimal", "."),
    "a": Format("lowerLetter", "."),
    "A": Format("upperLetter", "."),
    "i": Format("lowerRoman", "."),
    "I": Format("upperRoman", "."),
}
OF_STYLE: Final[Mapping[str, Format]] = {
    "decimal": OF_TYPE["1"],
    "decimal-leading-zero": Format("decimalZero", "."),
    "lower-alpha": OF_TYPE["a"],
    "lower-latin": OF_TYPE["a"],
    "upper-alpha": OF_TYPE["A"],
    "upper-latin": OF_TYPE["A"],
    "lower-roman": OF_TYPE["i"],
    "upper-roman": OF_TYPE["I"],
    "cjk-ideographic": Format(HAN, "、"),
    "simp-chinese-informal": Format(HAN, "、"),
    "trad-chinese-informal": Format(HAN, "、"),
    "simp-chinese-formal": Format("chineseLegalSimplified", "、"),
    "trad-chinese-formal": Format("ideographLegalTraditional", "、"),
    "cjk-decimal": Format("ideographDigital", "、"),
    "cjk-heavenly-stem": Format("ideographTraditional", "、"),
    "cjk-earthly-branch": Format("ideographZodiac", "、"),
}
"""``list-style-type`` of CSS Counter Styles with the suffixes it states; others (disc, none) draw no number."""


class Number(NamedTuple):
    """The number drawn before a line: where the tag of its item begins, and its text."""

    start: int
    text: str


def drawn_numbers(page: Page, kept: Sequence[int]) -> dict[int, Number]:
    """The numbers drawn before the kept lines that open items; none for a list whose items bring their own."""
    if _is_bare_by_style(page):
        return {}
    opening = _opening_lines(page, kept)
    found: dict[int, Number] = {}
    for number, items in _lists(page).items():
        lines = [opening[item] for item in items if item in opening]
        linked = all(page.lines[i].linked * 2 > page.ink[i] for i in lines)
        if lines and not linked and not any(OWN.match(page.texts[i]) for i in lines):
            found.update(_drawn(page, number, items, opening))
    return found


def _is_bare_by_style(page: Page) -> bool:
    """Whether a style sheet of the page takes the numbers off its lists."""
    sheets = (page.tree.text[one.start : one.stop] for one in page.elements if one.name == "style")
    # Cut at its braces: a selector stands before what is declared.
    pieces = chain.from_iterable(pairwise(re.split("[{}]", sheet)) for sheet in sheets)
    return any(LISTS.search(before) and any(map(BARE.match, inside.split(";"))) for before, inside in pieces)


def _lists(page: Page) -> dict[int, list[int]]:
    """The items of every ordered list that is shown, by the list's element."""
    found: dict[int, list[int]] = {}
    for number, element in enumerate(page.elements):
        if element.name == "li" and page.elements[element.parent].name == "ol" and not page.hidden[number]:
            found.setdefault(element.parent, []).append(number)
    return found


def _opening_lines(page: Page, kept: Sequence[int]) -> dict[int, int]:
    """The kept line that each item opens with, by the item's element; a line opens the innermost item only."""
    found: dict[int, int] = {}
    seen: set[int] = set()
    for i in kept:
        items = [one for one in page.up(page.lines[i].element) if page.elements[one].name == "li"]
        if items and items[0] not in seen:
            found[items[0]] = i
        seen.update(items)
    return found


def _drawn(page: Page, number: int, items: Sequence[int], opening: Mapping[int, int]) -> Iterator[tuple[int, Number]]:
    tag = page.tree.tag(number)
    step = -1 if REVERSED.search(tag) else 1
    start = START.search(tag)
    count = int(start[1]) if start else (len(items) if step < 0 else 1)
    for item in items:
        own = page.tree.tag(item)
        value = START.search(own)
        count = int(value[1]) if value else count
        style = _format(own) or _format(tag) or (None if STYLE.search(own + tag) else OF_TYPE["1"])
        if style and item in opening:
            yield opening[item], Number(page.elements[item].start, f"{numeral(count, style.name)}{style.suffix}")
        count += step


def _format(tag: str) -> Format | None:
    """The format that a tag states by its style or its type."""
    style, kind = STYLE.search(tag), TYPE.search(tag)
    if style and style[1].lower() in OF_STYLE:
        return OF_STYLE[style[1].lower()]
    return OF_TYPE[kind[1]] if kind and not style else None
