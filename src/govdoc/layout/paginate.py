"""Placing a Composition on pages of 22 lines by 28 characters (GB/T 9704-2012 §5.2.3), in one pass."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from govdoc.fonts import FaceSet
from govdoc.layout.composition import Composition, Paragraph, Table
from govdoc.layout.lines import SetLine
from govdoc.layout.pages import Bookmark, Page
from govdoc.layout.paper import Leaf, Paper, TurnedLeaf, across, paper_of
from govdoc.layout.place_foot import FootLine, foot_height, foot_lines, place_foot, place_number
from govdoc.layout.place_head import place_head
from govdoc.layout.place_table import Band, SetTable, place_band, set_table, split_band
from govdoc.style import StyleSheet

_SLACK = 0.01  # pt


class Row(NamedTuple):
    """A line waiting for its page; ``glued`` to the one after it. ``blank`` lines stand above it.

    ``size`` is that of its paragraph's largest type, pt.
    """

    paragraph: Paragraph
    line: SetLine
    number: int
    blank: int
    glued: bool
    size: float

    @property
    def height(self) -> int:
        """Grid rows it takes."""
        return 1 + self.blank


def paginate(composition: Composition, style: StyleSheet, faces: FaceSet) -> tuple[Page, ...]:
    """The pages of a composition, at least one. Lengths are points from each sheet's top left corner."""
    paper = paper_of(style, faces)
    book = fill_pages(composition, paper)
    if composition.foot:
        book.close(foot_lines(composition.foot, paper))
    if style.number.enabled:
        for leaf in book.leaves:
            if leaf.numbered and (leaf.number > 1 or style.number.first):
                place_number(leaf, paper)
    return tuple(leaf.page() for leaf in book.leaves)


def fill_pages(composition: Composition, paper: Paper) -> Book:
    """The 版头 and the text of a composition on its pages, the 版记 and the 页码 still to come."""
    book = Book(paper)
    if composition.head:
        book.skip_rows(place_head(composition.head, book.leaf, paper))
    for chain in _chains(composition.flow):
        book.place_chain(chain)
    return book


def _chains(flow: Sequence[Paragraph | Table]) -> Iterator[list[Paragraph | Table]]:
    """Items of the flow that hang together (keep with next)."""
    chain: list[Paragraph | Table] = []
    for item in flow:
        if chain and isinstance(item, Paragraph) and item.new_page:
            yield chain
            chain = []
        chain.append(item)
        if isinstance(item, Table) or not item.keep_with_next:
            yield chain
            chain = []
    if chain:
        yield chain


class Book:
    """The pages so far and the place where the next line goes, in points below the 版心's top."""

    def __init__(self, paper: Paper, first: int = 1, make: Callable[[int, float], Leaf] = Leaf) -> None:
        self.paper = paper
        self._make = make
        self.leaves = [make(first, paper.left(first))]
        self.y = 0.0
        self.fresh = True  # nothing of the flow on this page yet

    @property
    def leaf(self) -> Leaf:
        """The page being filled."""
        return self.leaves[-1]

    def turn(self) -> None:
        """Begin a new page."""
        number = self.leaf.number + 1
        self.leaves.append(self._make(number, self.paper.left(number)))
        self.y, self.fresh = 0.0, True

    def skip_rows(self, rows: int) -> None:
        """Leave grid rows to the 版头."""
        self.y = rows * self.paper.pitch
        if self.row >= self.paper.rows:
            self.turn()

    @property
    def row(self) -> int:
        """The next free grid row."""
        return math.ceil((self.y - _SLACK) / self.paper.pitch)

    def place_chain(self, chain: Sequence[Paragraph | Table]) -> None:
        """Place paragraphs, and a table at their end, that hang together."""
        last = chain[-1]
        if isinstance(last, Table) and last.across and self._make is Leaf:
            self._place_across(chain)
            return
        rows: list[Row] = []
        for item in chain:
            if isinstance(item, Paragraph):
                rows += self._rows(item)
        made = set_table(last, self.paper) if isinstance(last, Table) else None
        below = math.ceil(made.bands[0].height / self.paper.pitch) if made and made.bands else 0
        self._place_rows(rows, min(below, self.paper.rows // 2))
        if made:
            self._place_table(made)

    def _place_across(self, chain: Sequence[Paragraph | Table]) -> None:
        """A table that lies across, on pages of its own, with what hangs together with it (§8)."""
        if not self.fresh or self.leaf.lines:
            self.turn()
        paper = self.paper
        turned = Book(across(paper), self.leaf.number, lambda i, left: TurnedLeaf(i, left, foot=paper.bottom))
        turned.place_chain(chain)
        self.leaves[-1:] = [leaf.upright(paper.top) for leaf in turned.leaves if isinstance(leaf, TurnedLeaf)]
        self.y, self.fresh = paper.height, False

    def _rows(self, paragraph: Paragraph) -> list[Row]:
        """The lines of a paragraph; all but running text is kept on one page."""
        lines = self.paper.lines(paragraph) or [SetLine((), 0.0, 0, 0)]
        solid = paragraph.element != "body"
        last = len(lines) - 1
        blank = math.ceil(paragraph.blank_before)
        size = max((run.size for run in paragraph.runs), default=0.0)
        return [
            Row(paragraph, line, i, 0 if i else blank, paragraph.keep_with_next if i == last else solid, size)
            for i, line in enumerate(lines)
        ]

    def _place_rows(self, rows: Sequence[Row], below: int) -> None:
        """Place lines; those glued together go to the next page together if that helps."""
        held = 0  # lines of the current group that are known to fit
        for i, row in enumerate(rows):
            if row.paragraph.new_page and row.number == 0 and not self.fresh:
                self.turn()
            if held == 0:
                held, height = _group(rows, i, below)
                room = self.paper.rows - self.row
                if height > room and not self.fresh and height <= self.paper.rows:
                    self.turn()
            held -= 1
            self._place_row(row)

    def _place_row(self, row: Row) -> None:
        at = self.row
        if not self.fresh or row.paragraph.new_page:
            at += row.blank
        if at >= self.paper.rows:
            self.turn()
            at = 0
        paragraph, paper = row.paragraph, self.paper
        top = paper.top + at * paper.pitch
        size = row.size
        if row.number == 0 and paragraph.outline:
            title = paragraph.text if paragraph.element != "body" else paragraph.runs[0].text
            self.leaf.bookmarks.append(Bookmark(title, paragraph.outline, top))
        # A line taller than the grid's own type stands in the middle of its row; the first may not leave the 版心.
        lift = (size - paper.setting.grid_size) / 2 if at or size < paper.setting.grid_size else 0.0
        baseline = top + paper.ascent * size - lift
        self.leaf.put(row.line, paper.start(paragraph, row.line, row.number), baseline)
        self.y, self.fresh = (at + 1) * paper.pitch, False

    def _place_table(self, table: SetTable) -> None:
        """Place a table band by band, its first row again at the top of every page."""
        blank = 0 if self.fresh else math.ceil(table.blank)
        self.y = (self.row + blank) * self.paper.pitch
        bands = list(table.bands)
        headed = len(bands) > 1 and not bands[0].cut
        head = bands[0] if headed and bands[0].height * 3 < self.paper.height else None
        for i, band in enumerate(bands):
            self._place_band(band, table, head if i else None, i == 0 and headed)

    def _place_band(self, band: Band, table: SetTable, head: Band | None, is_head: bool) -> None:
        rest: Band | None = band
        if len(band.heights) > 1 and head and band.height + head.height > self.paper.height:
            head = None  # rows that hang together come before the head row's return
        capacity = self.paper.height - (head.height if head else 0.0)
        while rest is not None:
            room = self.paper.height - self.y
            whole = rest.height <= capacity + _SLACK or len(rest.heights) > 1
            if rest.height > room + _SLACK and not self.fresh and (whole or room < capacity / 3):
                self._turn_in_table(head, table)
                room = self.paper.height - self.y
            part, rest = (rest, None) if rest.height <= room + _SLACK else split_band(rest, table, room)
            place_band(part, table, self.leaf, self.paper.top + self.y, self.paper, is_head)
            self.y, self.fresh = self.y + part.height, False
            if rest is not None:
                self._turn_in_table(head, table)

    def _turn_in_table(self, head: Band | None, table: SetTable) -> None:
        self.turn()
        if head:
            place_band(head, table, self.leaf, self.paper.top, self.paper, True)
            self.y = head.height

    def close(self, lines: Sequence[FootLine]) -> None:
        """Place the 版记 on the last page, which is an even one where both sides are printed (§7.4.1, §7.5)."""
        paper = self.paper
        per_page = max(1, int((paper.height + _SLACK) / paper.style.foot.pitch))
        surplus = len(lines) % per_page if len(lines) > per_page else 0
        chunks = [lines[:surplus]] if surplus else []
        chunks += [lines[i : i + per_page] for i in range(surplus, len(lines), per_page)]
        gap = paper.style.foot.gap * paper.pitch
        for i, chunk in enumerate(chunks):
            last = i == len(chunks) - 1
            full = self.y + (gap if self.y else 0.0) + foot_height(chunk, paper) > paper.height + _SLACK
            if full or i:
                self.turn()
            if last and paper.style.page.duplex and self.leaf.number % 2:
                blank = self.leaf if self.fresh else None
                self.turn()
                for leaf in (blank, self.leaf) if blank else ():
                    leaf.numbered = False
            place_foot(chunk, self.leaf, paper)
            self.fresh = False


def _group(rows: Sequence[Row], start: int, below: int) -> tuple[int, int]:
    """How many lines from ``start`` hang together, and the grid rows they take; ``below`` is what follows the last."""
    stop, height = start, rows[start].height
    while stop < len(rows) - 1 and rows[stop].glued:
        stop += 1
        height += rows[stop].height
    if stop == len(rows) - 1:
        height += below
    return stop - start + 1, height
