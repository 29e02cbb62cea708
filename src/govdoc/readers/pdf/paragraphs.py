"""From lines to paragraphs: by indent, by where lines end, by the space between them, by type."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from govdoc.readers.pdf.blocks import Block, Paragraph, Place, Table, append
from govdoc.readers.pdf.lines import BLANKS, SPACE, Line, wide
from govdoc.readers.pdf.page import Glyph
from govdoc.rules.text import STRUCTURAL

SAME_SIZE = 0.08
"""Parts by which the type sizes of one paragraph's lines may differ."""
ROOM = 0.4
"""Type sizes beyond what comes next that a full line may leave free."""
NEVER_FIRST = "，。、；：？！）》〉”’〕】…—％%℃,.;:?!)"
NEVER_LAST = "（《〈“‘〔【("
FLUSH = 0.6
"""Type sizes within which a line begins or ends at the edge."""
INDENT = 1.2
"""Type sizes from which on a line is indented."""
WIDE_GAP = 1.35
"""Times the usual distance of lines that part paragraphs."""
CENTRED = 1.0
"""Type sizes by which the middle of a centred line may be off."""
TITLE = 1.15
"""Times the size of the text that make a title of a centred line."""
HEAVY_FACE = re.compile(r"(?i)hei|黑|(?:noto|source ?han) ?sans")
HEADING_SIZE = 1.1
"""Times the size of the text that make a heading."""
LONGEST_HEADING = 40
LEAST_BOLD = 2
"""Characters in heavy type that are a run-in head."""
SAME_COLUMN = 6.0
"""Points by which the columns of a table may be off on its next page."""
TITLE_GAP = 2.2
"""Type sizes that the lines of one title are apart, at most."""
MARK_SIZE = 28.0
"""Points from which on a line is a red head, whose lines are names, not one title."""
LEAST_COMMON = 5
"""Lines of a page that end at one place where that is its own right edge."""
COMMON = 0.25
"""The part of the page's lines that they are, at least."""
ENDS = re.compile(r"[。！？；：!?;:][”’」』）》)]*\Z")
LATIN_END, LATIN_START = re.compile(r"[A-Za-z0-9,.;)]\Z"), re.compile(r"[A-Za-z0-9(]")
HYPHENATED = re.compile(r"[a-z]-\Z")
LABEL = re.compile(
    r"(?:附件[：:]\s*)?(?:\d{1,3}[.．、]|[（(]\d{1,3}[）)]|[①-⑳]|[一二三四五六七八九十]{1,3}、|附件[：:]|抄送[：:]|[•·●▪-]\s?)\s*"
)


@dataclass(frozen=True)
class Column:
    """The edges between which lines are set, their usual distance in type sizes, and the type size of most text."""

    left: float
    right: float
    pitch: float
    size: float

    @property
    def middle(self) -> float:
        """The middle between the edges."""
        return (self.left + self.right) / 2


def measure_column(lines: Sequence[Line], size: float) -> Column:
    """The edges of a column of lines: where most long lines of the text's type ``size`` begin and end."""
    text = [line for line in lines if abs(line.size - size) <= SAME_SIZE * size] or list(lines)
    widest = max(line.x1 - line.x0 for line in text)
    long = [line for line in text if line.x1 - line.x0 >= 0.6 * widest]
    left = _edge([line.x0 for line in long], size, -1)
    # A stop at the end of a line may stand beyond the edge.
    firm = [line for line in long if line.glyphs[-1].char not in NEVER_FIRST]
    right = _edge([line.x1 for line in (firm if len(firm) > 2 else long)], size, 1)
    steps = Counter(
        round((after.y - before.y) / size, 1)
        for before, after in pairwise(lines)
        if before.page == after.page and 0.9 < (after.y - before.y) / size < 4
    )
    pitch = steps.most_common(1)[0][0] if steps else 1.5
    return Column(left, right, pitch, size)


def narrowed(column: Column, lines: Sequence[Line]) -> Column:
    """The column as a page has it whose lines, in the main, end at one place short of the usual edge."""
    size = column.size
    firm = [line.x1 for line in lines if line.glyphs[-1].char not in NEVER_FIRST]
    near = {end: sum(abs(other - end) <= 0.3 * size for other in firm) for end in firm}
    edge = max(near, key=lambda end: (near[end], end), default=column.right)
    beyond = sum(end > edge + size for end in firm)
    common = near.get(edge, 0) >= max(LEAST_COMMON, COMMON * len(lines))
    return replace(column, right=edge) if common and beyond <= len(lines) // 10 else column


def _edge(places: Sequence[float], size: float, side: int) -> float:
    """The outermost place that more than one line in eight shares."""
    least = max(1, len(places) // 8)
    for place in sorted(places, key=lambda each: -side * each):
        if sum(abs(other - place) <= 0.5 * size for other in places) >= least:
            return place
    return max(places) if side > 0 else min(places)


def place_of(line: Line, column: Column) -> Place:
    """Whether a line is centred, stands at the right, or neither."""
    left, right = (line.x0 - column.left) / line.size, (column.right - line.x1) / line.size
    off = ((line.x0 + line.x1) / 2 - column.middle) / line.size
    width = (column.right - column.left) / line.size
    titled = line.size >= TITLE * column.size
    if abs(off) <= CENTRED and (left > 2.6 or (titled and left > 0.3)) and right > (0.3 if titled else 2.0):
        return "centred"
    if left > 0.4 * width and off > 2.0:
        return "right"
    return "left"


def continues(lines: Sequence[Line], edges: Column, after: Line, column: Column, below: Line | None) -> bool:
    """Whether ``after`` (in ``column``) goes on with the paragraph of the lines before it (in ``edges``).

    ``below`` is the line that follows it.
    """
    first, before = lines[0], lines[-1]
    if abs(before.size - after.size) > SAME_SIZE * before.size:
        return False
    gap = _gap(before, after)
    places = place_of(before, edges), place_of(after, column)
    full = (edges.right - before.x1) / before.size <= _need(after)
    if TITLE * column.size <= before.size < MARK_SIZE and places[1] == "centred":
        return (full or places[0] == "centred") and 0 < gap < TITLE_GAP and before.bold == after.bold
    usual = _gap(lines[-2], before) if len(lines) > 1 else _gap(after, below) if below else 0.0
    if gap > WIDE_GAP * max(column.pitch, 1.2, usual) or "centred" in places or "right" in places:
        return False
    if before.columned or after.columned or STRUCTURAL.match(after.text):
        return False
    if not full:
        return False
    indent = (after.x0 - column.left) / after.size
    if indent < FLUSH:
        return True
    return _hangs(first, after) or (
        abs(indent - (before.x0 - edges.left) / before.size) < FLUSH
        and before is not first
        and not ENDS.search(before.text)
    )


def _gap(above: Line, below: Line) -> float:
    """The distance of two lines in type sizes; none where one begins a page or a column."""
    return (below.y - above.y) / above.size if above.page == below.page else 0.0


def _need(line: Line) -> float:
    """The width of what may not be parted at the head of a line, in type sizes.

    A character with the marks that may not leave it (GB/T 15834 §5.1), or a Latin word.
    """
    end = line.glyphs[0].x1
    for before, glyph in pairwise(line.glyphs):
        bound = glyph.char in NEVER_FIRST or before.char in NEVER_LAST or not (wide(before.char) or wide(glyph.char))
        if not bound or glyph.char == " " or glyph.x0 - before.x1 > SPACE * line.size:
            break
        end = glyph.x1
    return (end - line.x0) / line.size + ROOM


def _hangs(first: Line, after: Line) -> bool:
    """Whether a line stands under the text behind the label of its paragraph."""
    if not (label := LABEL.match(first.text)):
        return False
    ink = [glyph for glyph in first.glyphs if glyph.char.strip("\u3000 ")]
    behind = len("".join(label.group().split()))
    return (
        behind < len(ink)
        and after.x0 > first.x0 + FLUSH * after.size
        and (abs(ink[behind].x0 - after.x0) < FLUSH * after.size)
    )


def joined(before: str, after: str) -> str:
    """Two lines of one paragraph in one: with a space between Latin words, without one in Chinese."""
    if HYPHENATED.search(before) and after[:1].islower():
        return before[:-1] + after
    space = LATIN_END.search(before) and LATIN_START.match(after)
    return f"{before} {after}" if space else before + after


class Flow:
    """Takes lines and tables in reading order and gives blocks; a footnote waits for the end of its paragraph.

    ``heavy_speaks``: whether heavy type marks headings, since most of the text is in another.
    """

    def __init__(self, *, heavy_speaks: bool) -> None:
        self.blocks: list[Block] = []
        self._heavy_speaks = heavy_speaks
        self.heads_joined = 0
        self._open: list[Line] = []
        self._edges: Column | None = None
        self._waiting: list[Block] = []
        self._last_table: tuple[Table, list[float]] | None = None

    def add(self, lines: Sequence[Line], column: Column) -> None:
        """Lines that stand one below the other in a column."""
        for line, below in zip(lines, [*lines[1:], None], strict=True):
            if not (self._open and self._edges and continues(self._open, self._edges, line, column, below)):
                self._close()
            self._open.append(line)
            self._edges = column
            self._last_table = None

    def add_table(self, table: Table, xs: list[float]) -> None:
        """A table; where it goes on with the one on the page before, its rows are added to that."""
        self._close()
        if self._last_table and _goes_on(*self._last_table, table, xs):
            self.heads_joined += append(self._last_table[0], table, joined)
        else:
            self.blocks.append(table)
            self._last_table = (table, xs)

    def add_notes(self, lines: Sequence[Line], column: Column) -> None:
        """The footnotes of a page."""
        notes = Flow(heavy_speaks=False)
        notes.add(lines, column)
        self._waiting += notes.end()

    def end(self) -> list[Block]:
        """All blocks."""
        self._close()
        return self.blocks

    def _close(self) -> None:
        if self._open and self._edges:
            self.blocks.append(_paragraph(self._open, self._edges, heavy_speaks=self._heavy_speaks))
        self.blocks += self._waiting
        self._open, self._waiting = [], []


def _goes_on(before: Table, columns: Sequence[float], table: Table, xs: Sequence[float]) -> bool:
    """Whether a table, its columns parted at ``xs``, goes on with the one before it."""
    alike = len(columns) == len(xs) and all(
        abs((a - columns[0]) - (b - xs[0])) < SAME_COLUMN for a, b in zip(columns, xs, strict=True)
    )
    return alike and table.page > before.page


def _paragraph(lines: Sequence[Line], column: Column, *, heavy_speaks: bool) -> Paragraph:
    """The paragraph of some lines; where most of a text is in heavy type, that type says nothing."""
    text = ""
    for line in lines:
        text = joined(text, line.text) if text else line.text
    first = lines[0]
    place = place_of(first, column)
    indented = place == "left" and (first.x0 - column.left) / first.size >= INDENT
    ink = [glyph for line in lines for glyph in line.glyphs if glyph.char not in BLANKS]
    heavy = next((i for i, glyph in enumerate(ink) if not (heavy_speaks and is_heavy(glyph))), len(ink))
    whole = heavy == len(ink)
    heading = (
        place == "left"
        and (whole or first.size > HEADING_SIZE * column.size)
        and len(lines) == 1
        and len(ink) <= LONGEST_HEADING
        and not ENDS.search(text)
        and not STRUCTURAL.match(text)
    )
    return Paragraph(text, first.page, place, indented, heading, 0 if whole else _reach(text, heavy))


def is_heavy(glyph: Glyph) -> bool:
    """Whether a character is in the type of headings: bold, or 黑体 (GB/T 9704 §7.3.3)."""
    return glyph.face.bold or HEAVY_FACE.search(glyph.face.font) is not None


def _reach(text: str, count: int) -> int:
    """How far the first ``count`` characters of a text reach, its blanks not counted."""
    if count < LEAST_BOLD:
        return 0
    for i, char in enumerate(text):
        count -= char not in BLANKS
        if not count:
            return i + 1
    return len(text)
