"""What a story of a Word document holds, before it is one text: paragraphs and tables, their marks beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, Literal

from govdoc.errors import InputError
from govdoc.span import Mark

MAX_TEXT = 20_000_000
"""Characters of a document; a thousand pages have one million."""
BLANKS = " \t\r\n\u00a0\u2002\u2003\N{IDEOGRAPHIC SPACE}"
GAP = "\t"
"""Parts two columns of a paragraph until the text is composed: no other TAB is in one."""
FARTHEST_INDENT = 12  # columns of blanks that no indent of a paragraph has
Align = Literal["centred", "right-aligned"]
_TYPED_NUMBER: Final = re.compile(
    r"(?:[一二三四五六七八九十百]{1,4}、|[（(][一二三四五六七八九十百\d]{1,4}[）)]|\d{1,3}[.．、)]|[\u2460-\u24ff●•■□◆])\Z"
)
_HAN_OR_LATIN: Final = re.compile(r"[0-9A-Za-z\u3400-\u9fff]")


_MOST_HEADING_LINES = 8


@dataclass(slots=True)
class Paragraph:
    """A paragraph: its lines parted by newlines, its columns by ``GAP``; marks in offsets of ``text``."""

    text: str = ""
    marks: tuple[Mark, ...] = ()
    level: int | None = None
    align: Align | None = None
    begins_page: bool = False
    ends_page: bool = False


EMPTY: Final = Paragraph()
"""A paragraph with nothing in it; files hold many."""


@dataclass(slots=True)
class Cell:
    """A cell of a table: where it begins in the grid, how far it reaches, and what stands in it."""

    row: int
    column: int
    rowspan: int
    colspan: int
    blocks: list[Block]


@dataclass(slots=True)
class Table:
    """A table: the cells that begin in each row, rows without any left out."""

    rows: list[list[Cell]]


Block = Paragraph | Table


@dataclass(slots=True)
class Line:
    """Grows a paragraph from its runs, without blanks at the edges of its lines."""

    parts: list[str] = field(default_factory=list)
    size: int = 0
    last: str = "\n"
    marks: list[Mark] = field(default_factory=list)
    strong: list[tuple[int, int, bool]] = field(default_factory=list)
    leading_tabs: int = 0
    leading_columns: int = 0
    label: str = ""
    ends_page: bool = False
    _begun: int = 0  # the part with which the line begins

    def number(self, label: str, apart: bool) -> None:
        """Begin with an automatic number; ``apart`` where a blank or a TAB follows it."""
        if label and not self.parts:
            gap = ""
            if apart and _HAN_OR_LATIN.match(label[-1]):
                gap = " " if label[-1].isascii() else "\N{IDEOGRAPHIC SPACE}"
            self.label = label + gap
            self._push(self.label)

    def add(self, text: str, strong: bool = False) -> tuple[int, int]:
        """Add text without line ends or TABs; where it stands."""
        if self.last in "\n\t" or self.size == len(self.label):
            kept = text.lstrip(BLANKS)
            if self.last == "\n" and self.size == 0:
                self.leading_columns += sum(2 if char > "\u2000" else 1 for char in text[: len(text) - len(kept)])
            text = kept
        if not text:
            return self.size, self.size
        if self.label and self.size == len(self.label) and self.label[-1] in ".)" and text[0].isascii():
            self._push(" ")
        start = self.size
        self._push(text)
        self.strong.append((start, self.size, strong))
        return start, self.size

    def tab(self) -> None:
        """A TAB: two columns part here, unless the line begins with it or with a number before it."""
        self._strip()
        if self.last == "\n":
            self.leading_tabs += self.size == 0
        elif self.last != GAP and not self._is_number():
            self._push(GAP)

    def _is_number(self) -> bool:
        """Whether the line so far is no more than a number."""
        line = "".join(self.parts[self._begun : self._begun + 8])
        return len(self.parts) - self._begun <= 8 and _TYPED_NUMBER.match(line) is not None

    def end(self) -> None:
        """A line ends here; an empty one is left out."""
        self._strip()
        if self.last != "\n":
            self._push("\n")
            self._begun = len(self.parts)

    def join(self, parted: re.Pattern[str]) -> None:
        """Take out the line ends, which only break a heading by sense, but beside a line that is ``parted`` from it."""
        self._strip(BLANKS + "\n")
        lines = "".join(self.parts).split("\n")
        if not 1 < len(lines) <= _MOST_HEADING_LINES:
            return
        text, shift = lines[0], {}
        start = len(lines[0])
        for above, line in pairwise(lines):
            start += 1
            if parted.search(above) or parted.search(line):
                text += "\n" + line
            else:
                text += _between(above, line) + line
            shift[start] = len(text) - len(line)
            start += len(line)
        self.marks = [moved(mark, _shifted(mark.start, shift) - mark.start) for mark in self.marks]
        self.strong = [(_shifted(a, shift), _shifted(b, shift), strong) for a, b, strong in self.strong]
        self.parts, self.size, self.last = [text], len(text), text[-1]

    def finish(self) -> tuple[str, tuple[Mark, ...]]:
        """The text and its marks; nothing where there is no more than an automatic number."""
        self._strip(BLANKS + "\n")
        if self.size <= len(self.label.rstrip(BLANKS)) and not self.strong:
            return "", ()
        marks = [
            Mark(mark.kind, mark.start, min(mark.stop, self.size), mark.value, mark.key)
            for mark in self.marks
            if mark.start < self.size
        ]
        if stop := self._strong_stop():
            marks.append(Mark("bold", 0, stop))
        return "".join(self.parts), tuple(marks)

    def _strong_stop(self) -> int:
        """Where the strong type ends with which the text begins; 0 where it does not."""
        stop = 0
        for _, end, strong in self.strong:
            if not strong:
                break
            stop = end
        return min(stop, self.size)

    def _push(self, text: str) -> None:
        self.parts.append(text)
        self.size += len(text)
        self.last = text[-1]

    def _strip(self, blanks: str = BLANKS.replace("\n", "")) -> None:
        while self.parts and self.last in blanks:
            kept = self.parts[-1].rstrip(blanks)
            self.size -= len(self.parts[-1]) - len(kept)
            if kept:
                self.parts[-1] = kept
            else:
                self.parts.pop()
            self.last = self.parts[-1][-1] if self.parts else "\n"


def moved(mark: Mark, by: int) -> Mark:
    """A mark so many characters further on."""
    return Mark(mark.kind, mark.start + by, mark.stop + by, mark.value, mark.key)


def _between(above: str, line: str) -> str:
    """What parts two lines of a heading when they are one: a space between Latin words."""
    return " " if above[-1:].isascii() and line[:1].isascii() and line[:1].isalpha() else ""


def _shifted(offset: int, shift: dict[int, int]) -> int:
    """An offset after lines were joined; ``shift`` says of each line's old start which is its new one."""
    start = max((each for each in shift if each <= offset), default=0)
    return offset if start == 0 else offset - start + shift[start]


class Composer:
    """Puts blocks into one text, one paragraph a line, a row a line, and their marks with it."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._size = 0
        self._blank = 0
        self.marks: list[Mark] = []

    @property
    def text(self) -> str:
        """The text so far."""
        return "".join(self._parts)

    def add(self, block: Block) -> None:
        """Add a block. ``InputError`` where the text grows out of bounds."""
        if isinstance(block, Table):
            self._table(block)
        elif block.text:
            self._paragraph(block)
        else:
            self._blank += 1
        if self._size > MAX_TEXT:
            raise InputError(f"holds more than {MAX_TEXT:,} characters", remedy="split the document")

    def _push(self, text: str, marks: tuple[Mark, ...]) -> None:
        if self._blank and self._size:
            self.marks.append(Mark("blank-lines", self._size, self._size, str(self._blank)))
        self._blank = 0
        self.marks += [moved(mark, self._size) for mark in marks]
        self._parts.append(text)
        self._size += len(text)

    def _paragraph(self, block: Paragraph) -> None:
        marks = list(block.marks)
        start = 0
        for line in block.text.split("\n"):
            stop = start + len(line)
            if block.level:
                marks.append(Mark("heading", start, stop, str(block.level)))
            if block.align:
                marks.append(Mark(block.align, start, stop))
            start = stop + 1
        marks += gaps(block.text)
        self._push(block.text.replace(GAP, "\N{IDEOGRAPHIC SPACE}") + "\n", tuple(marks))

    def _table(self, table: Table) -> None:
        if not table.rows:
            return
        marks: list[Mark] = []
        pieces: list[str] = []
        size = 0
        for row in table.rows:
            for i, cell in enumerate(row):
                inside = flatten(cell.blocks)
                place = f"{cell.row},{cell.column},{cell.rowspan},{cell.colspan}"
                marks.append(Mark("cell", size, size + len(inside.text), place))
                marks += [moved(mark, size) for mark in inside.marks]
                end = "\t" if i < len(row) - 1 else "\n"
                pieces += (inside.text, end)
                size += len(inside.text) + 1
        self._push("".join(pieces), (Mark("table", 0, size - 1), *marks))


def gaps(text: str) -> list[Mark]:
    """A mark for each gap between columns."""
    return [Mark("column-gap", match.start(), match.end()) for match in re.finditer(GAP, text)]


def flatten(blocks: list[Block]) -> Paragraph:
    """The blocks of a cell as one line: parted by a blank, but where each line holds one 字 (序/号)."""
    lines: list[tuple[str, tuple[Mark, ...]]] = []
    for block in blocks:
        if isinstance(block, Table):
            inner = [flatten(cell.blocks) for row in block.rows for cell in row]
            lines += [(each.text, each.marks) for each in inner if each.text]
        elif block.text:
            pieces = block.text.replace(GAP, " ").replace("\n", " ")
            lines.append((pieces, block.marks))
    upright = all(isinstance(block, Paragraph) for block in blocks) and all(len(text) == 1 for text, _ in lines)
    between = "" if upright else " "
    text, marks = "", []
    parts: list[str] = []
    size = 0
    for line, found in lines:
        if parts:
            parts.append(between)
            size += len(between)
        marks += [moved(mark, size) for mark in found if mark.kind in ("image", "link")]
        parts.append(line)
        size += len(line)
    text = "".join(parts)
    return Paragraph(text, tuple(marks))


_SHORT_REST = 1200
"""Characters: with so many after it, what stands at the foot of a page stands at the end of the text."""


_FAR = 200  # blocks after which no page is still the same


def settle(blocks: list[Block], floating: list[tuple[int, list[Block]]]) -> list[Block]:
    """Blocks, with what stands at the foot of a page after the text of that page.

    ``floating`` says before which block each is anchored. Its page ends where the source says so, else with the text
    where little is left of it, else with the block it is anchored to.
    """
    places: dict[int, list[Block]] = {}
    for anchor, found in floating:
        places.setdefault(_foot(blocks, anchor), []).extend(found)
    settled: list[Block] = []
    for i, block in enumerate(blocks):
        settled += places.get(i, [])
        settled.append(block)
    return settled + places.get(len(blocks), [])


def _foot(blocks: list[Block], anchor: int) -> int:
    """The number of the block before which the page ends that holds block ``anchor``."""
    size, first = 0, None
    for i, block in enumerate(blocks[anchor : anchor + _FAR], anchor):
        if isinstance(block, Table):
            first = i + 1 if first is None else first
            continue
        if block.begins_page and i > anchor:
            return i
        size += len(block.text)
        first = i + 1 if first is None and block.text else first
        if block.ends_page:
            return i + 1
        if size > _SHORT_REST and first is not None and i >= first:
            return first
    return min(len(blocks), anchor + _FAR)
