"""What belongs to the pages and not to the text: their heads, feet and numbers, found by place and repetition."""

from __future__ import annotations

import re
import statistics
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, takewhile

from govdoc.readers.pdf.lines import Line
from govdoc.rules.text import STRUCTURAL

EDGE = 0.14
"""The part of a page's height, at the top and at the bottom, in which heads, feet and numbers stand."""
SAME_HEIGHT = 4.0
"""Points by which a head may stand higher or lower from page to page."""
EDGE_ROWS = 3
"""Rows at either end of a page that may be furniture."""
APART = 1.35
"""Times the usual distance of lines that a head stands off the text."""
SMALLER = 0.93
"""Times the size of the text that the type of a head is, at most, where it stands near."""
SHARE = 0.3
"""The part of the pages that a head stands on, at least; odd and even pages may have heads of their own."""
_DASH = "[-—－–―─·•~～|]"
_NUMBER = r"\d{1,4}|[ivxIVX]{1,6}"
CERTAIN = re.compile(
    rf"{_DASH}{{1,2}}\s*(?:{_NUMBER})\s*{_DASH}{{1,2}}"
    r"|第\s*(\d{1,4}|[一二三四五六七八九十百]{1,5})\s*页(?:\s*[,，/]?\s*[（(]?\s*共\s*\d{1,4}\s*页[）)]?)?"
    r"|(?i:page)\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?"
)
BARE = re.compile(rf"(?:{_NUMBER})(?:\s*/\s*\d{{1,4}})?")
DIGITS = re.compile(r"\d+")


@dataclass
class Sheet:
    """A page with its rows of lines from the top down; a row holds the pieces that stand side by side."""

    number: int
    height: float
    rows: list[list[Line]] = field(default_factory=list)
    rules: list[float] = field(default_factory=list)
    """The heights of the lines drawn across it."""


@dataclass
class Furniture:
    """What was left out: the wording of heads and feet, and the pages whose numbers were."""

    heads: set[str] = field(default_factory=set)
    numbered: set[int] = field(default_factory=set)


def drop_furniture(sheets: Sequence[Sheet]) -> Furniture:
    """Take the heads, feet and numbers out of sheets; what stands on one page only stays, but for certain numbers."""
    candidates = [(sheet, line) for sheet in sheets for line in _edge_lines(sheet)]
    pages = len({sheet.number for sheet in sheets})
    numbers = {id(line) for _, line in candidates if CERTAIN.fullmatch(line.text)}
    heads: set[int] = set()
    for group in _alike(candidates):
        on, text = len({sheet.number for sheet, _ in group}), group[0][1].text
        if on < 2 or STRUCTURAL.match(text):
            continue
        counts = _counts_pages(group)
        if counts and BARE.fullmatch(text):
            numbers |= {id(line) for _, line in group}
        elif (counts or _same_text(group)) and on >= SHARE * pages:
            heads |= {id(line) for _, line in group}
    found = Furniture()
    for sheet in sheets:
        _drop(sheet, numbers, numbers | heads, found)
    return found


def _drop(sheet: Sheet, numbers: set[int], furniture: set[int], found: Furniture) -> None:
    """Take out numbers, and the heads that stand at the very edge of a page and apart from its text."""
    out = set(numbers)
    for rows in (sheet.rows, sheet.rows[::-1]):
        edge = list(takewhile(lambda row: any(id(line) in furniture for line in row), rows[:EDGE_ROWS]))
        while edge and len(edge) < len(rows) and not _stands_apart(edge[-1], rows[len(edge)], sheet):
            edge.pop()
        out |= {id(line) for row in edge for line in row} & furniture
    kept: list[list[Line]] = []
    for row in sheet.rows:
        for line in row:
            if id(line) in numbers:
                found.numbered.add(sheet.number)
            elif id(line) in out:
                found.heads.add(line.text)
        if rest := [line for line in row if id(line) not in out]:
            kept.append(rest)
    sheet.rows = kept


def _stands_apart(edge: Sequence[Line], text: Sequence[Line], sheet: Sheet) -> bool:
    """Whether a row at the edge is no line of the text beside it: by its type, its distance or a line between."""
    upper, lower = sorted((edge[0].y, text[0].y))
    pitches = [after[0].y - before[0].y for before, after in pairwise(sheet.rows) if after[0].y > before[0].y + 1]
    far = lower - upper > APART * (statistics.median_low(pitches) if pitches else 0.0)
    smaller = edge[0].size < SMALLER * text[0].size
    return far or smaller or any(upper < rule < lower for rule in sheet.rules)


def _edge_lines(sheet: Sheet) -> Iterable[Line]:
    """The lines that stand where a page has its head or foot."""
    for row in sheet.rows[:EDGE_ROWS]:
        yield from (line for line in row if line.y < EDGE * sheet.height)
    for row in sheet.rows[max(EDGE_ROWS, len(sheet.rows) - EDGE_ROWS) :]:
        yield from (line for line in row if line.y > (1 - EDGE) * sheet.height)
    if len(sheet.rows) <= EDGE_ROWS:
        for row in sheet.rows:
            yield from (line for line in row if line.y > (1 - EDGE) * sheet.height)


def _alike(candidates: Sequence[tuple[Sheet, Line]]) -> Iterable[list[tuple[Sheet, Line]]]:
    """The candidates in groups of one wording, figures aside, and one height."""
    by_wording: dict[str, list[tuple[Sheet, Line]]] = defaultdict(list)
    for sheet, line in candidates:
        key = "#" if BARE.fullmatch(line.text) else DIGITS.sub("#", "".join(line.text.split()))
        by_wording[key].append((sheet, line))
    for same in by_wording.values():
        group: list[tuple[Sheet, Line]] = []
        for each in sorted(same, key=lambda pair: pair[1].y):
            if group and each[1].y - group[-1][1].y > SAME_HEIGHT:
                yield group
                group = []
            group.append(each)
        yield group


def _counts_pages(group: Sequence[tuple[Sheet, Line]]) -> bool:
    """Whether a figure in these lines goes up with the pages."""
    figures = [(sheet.number, [int(each[:9]) for each in DIGITS.findall(line.text)]) for sheet, line in group]
    least = min(len(each) for _, each in figures)
    return any(len({each[i] - number for number, each in figures}) == 1 for i in range(least))


def _same_text(group: Sequence[tuple[Sheet, Line]]) -> bool:
    return len({"".join(line.text.split()) for _, line in group}) == 1
