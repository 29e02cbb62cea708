"""The lines of a cleaned text, with what the marks say of them."""

from __future__ import annotations

import itertools
import re
import string
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from govdoc.cleaned import Cleaned
from govdoc.edits import Trace
from govdoc.span import Mark

_PLACEHOLDER = re.compile(r"\[图片[^\[\]]*\]")
_BLANK: Final = string.whitespace + "\u00a0\u3000\u200b\ufeff\u00ad\u2028\u2029\x85"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the cleaned text, or a piece of one: ``[start, stop)`` in it and what stood around it in the source."""

    start: int
    stop: int
    text: str
    blanks: int = 0
    right: bool = False
    centred: bool = False
    boundary: bool = False
    table: int | None = None
    level: int | None = None
    bold: int = 0  # how many characters from its beginning on stand in bold type
    cells: tuple[tuple[int, int], ...] = ()  # rowspan and colspan of each cell of a table row
    image: str | None = None  # the address of the picture that this line stands for
    parted: bool = False  # the source has more than blanks between this line and the one above

    def cut(self, *offsets: int) -> list[Line]:
        """The pieces of this line between offsets into its text; empty pieces are left out."""
        places = [0, *sorted(offset for offset in set(offsets) if 0 < offset < len(self.text)), len(self.text)]
        pieces = []
        for i, (begin, end) in enumerate(itertools.pairwise(places)):
            bold = min(max(self.bold - begin, 0), end - begin)
            piece = replace(self, start=self.start + begin, stop=self.start + end, text=self.text[begin:end], bold=bold)
            pieces.append(piece if i == 0 else replace(piece, blanks=0, boundary=False, parted=False))
        return [piece for piece in pieces if piece.text.strip()]


def read_lines(cleaned: Cleaned) -> list[Line]:
    """The lines that hold ink, in order."""
    lines: list[Line] = []
    start = 0
    for text in cleaned.text.split("\n"):
        if text.strip():
            lines.append(Line(start, start + len(text), text))
        start += len(text) + 1
    return _marked(_parted(lines, cleaned), cleaned)


def _parted(lines: Sequence[Line], cleaned: Cleaned) -> list[Line]:
    """The lines, those marked that the cleaner has drawn together by taking out what stood between.

    What counts is the text that cleaning began with: between two lines of a page there is always markup.
    """
    source = cleaned.decoded.plain
    trace = Trace(source, cleaned.text, cleaned.ledger[len(cleaned.decoded.reading) :])
    if trace.is_identity:
        return list(lines)
    places = [trace.back_span(line.start, line.stop) for line in lines]
    above = [place.stop for place in places]
    return [
        replace(line, parted=True) if i and source[above[i - 1] : place.start].strip(_BLANK) else line
        for i, (line, place) in enumerate(zip(lines, places, strict=True))
    ]


def _marked(lines: list[Line], cleaned: Cleaned) -> list[Line]:
    stops = [line.stop for line in lines]
    tables: dict[int, range] = {}
    for mark in cleaned.marks:
        places = _places(mark, cleaned, stops, lines)
        if mark.kind == "table" and not any("\t" in lines[i].text for i in places):
            continue  # one column: a frame of the page, not a table
        if mark.kind == "table":
            tables[mark.start] = places
        for i in places:
            if mark.kind == "bold":
                lines[i] = _with_bold(lines[i], cleaned.trace.forward(mark.start), cleaned.trace.forward(mark.stop))
            else:
                lines[i] = _with_mark(lines[i], mark)
    _span_cells(lines, tables, cleaned.marks)
    return lines


def _span_cells(lines: list[Line], tables: dict[int, range], marks: Sequence[Mark]) -> None:
    """Give the rows of each table the spans of their cells, where marks and text agree on both."""
    starts = sorted(tables)
    rows: dict[int, dict[int, list[tuple[int, int, int]]]] = {}
    for mark in marks:
        if mark.kind == "cell" and mark.value and starts:
            table = starts[max(0, bisect_right(starts, mark.start) - 1)]
            row, column, down, across = (int(part) for part in mark.value.split(","))
            rows.setdefault(table, {}).setdefault(row, []).append((column, down, across))
    for table, found in rows.items():
        if len(found) != len(tables[table]):
            continue
        for i, row in zip(tables[table], sorted(found), strict=True):
            cells = tuple((down, across) for _, down, across in sorted(found[row]))
            if len(cells) == lines[i].text.count("\t") + 1:
                lines[i] = replace(lines[i], cells=cells)


def _places(mark: Mark, cleaned: Cleaned, stops: Sequence[int], lines: Sequence[Line]) -> range:
    """The indices of the lines a mark speaks of: those it covers, else the one that follows it."""
    start, stop = cleaned.trace.forward(mark.start), cleaned.trace.forward(mark.stop)
    first = bisect_right(stops, start)
    if mark.kind == "table":
        last = first
        while last < len(lines) and lines[last].start < stop:
            last += 1
        return range(first, last)
    if mark.kind in ("blank-lines", "boundary") or start == stop:
        first = bisect_right(stops, stop)
    return range(first, min(first + 1, len(lines)))


def _with_bold(line: Line, start: int, stop: int) -> Line:
    """The line with what of it is bold, where that is its beginning."""
    return replace(line, bold=min(stop, line.stop) - line.start) if start <= line.start < stop else line


def _with_mark(line: Line, mark: Mark) -> Line:
    match mark.kind:
        case "blank-lines":
            return replace(line, blanks=max(line.blanks, int(mark.value or 1)))
        case "boundary":
            return replace(line, boundary=True)
        case "right-aligned":
            return replace(line, right=True)
        case "centred":
            return replace(line, centred=True)
        case "table":
            return replace(line, table=mark.start)
        case "image":
            return replace(line, image=mark.value or "") if _PLACEHOLDER.fullmatch(line.text.strip()) else line
        case "heading":
            return replace(line, level=int(mark.value) if mark.value and mark.value.isdecimal() else None)
        case _:
            return line
