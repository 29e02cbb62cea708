"""Ruled tables: from the lines drawn on a page to cells, merged ones as rectangles."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from govdoc.readers.pdf.blocks import Cell, Table
from govdoc.readers.pdf.lines import Line, rows_of, strip_blanks
from govdoc.readers.pdf.page import Box, Glyph, Page
from govdoc.readers.pdf.paragraphs import joined
from govdoc.rules.text import STRUCTURAL

TOUCH = 3.0
"""Points within which lines meet, or are one."""
LEAST_SIDE = 5.0
"""Points: no cell is narrower or lower."""
MAX_RULES = 20_000
"""Ruled lines of one page; more make a drawing, no table."""
MAX_CELLS = 20_000
"""Cells of one table's grid."""
ROOM = 2.2
"""Type sizes from the end of a line to the side of its cell where no character had room: with the cell's margin."""
COVERS = 0.5
"""The part of a cell's side that a line covers where it bounds the cell."""


class Groups:
    """Sets of numbers that are merged as they turn out to belong together."""

    def __init__(self, count: int) -> None:
        self.parent = list(range(count))

    def find(self, i: int) -> int:
        """The number that stands for the set of ``i``."""
        while self.parent[i] != i:
            self.parent[i] = self.parent[self.parent[i]]
            i = self.parent[i]
        return i

    def merge(self, i: int, j: int) -> None:
        """Make the sets of two numbers one; the lower stands for it."""
        low, high = sorted((self.find(i), self.find(j)))
        self.parent[high] = low


@dataclass
class Lattice:
    """The grid of a table: where its columns and rows are parted, and the lines that are drawn."""

    xs: list[float]
    ys: list[float]
    across: list[Box]
    down: list[Box]
    cells: list[list[Glyph]] = field(default_factory=list)

    @property
    def box(self) -> Box:
        """The outline."""
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    @property
    def columns(self) -> int:
        """The number of columns of the grid."""
        return len(self.xs) - 1


@dataclass
class Placed:
    """A table with its place on the page."""

    box: Box
    table: Table
    xs: list[float]


def find_tables(page: Page) -> tuple[list[Placed], list[Glyph]]:
    """The ruled tables of a page from the top down, and the glyphs that stand in none."""
    lattices = sorted(_lattices(page), key=lambda each: each.box.area)
    rest: list[Glyph] = []
    for lattice in lattices:
        lattice.cells = [[] for _ in range(lattice.columns * (len(lattice.ys) - 1))]
    for glyph in page.glyphs:
        x, y = (glyph.x0 + glyph.x1) / 2, glyph.y - glyph.size / 3
        home = next((each for each in lattices if each.box.holds(x, y)), None)
        if home is None:
            rest.append(glyph)
        else:
            home.cells[_slot(home.ys, y) * home.columns + _slot(home.xs, x)].append(glyph)
    found: list[Placed] = []
    for lattice in lattices:
        rows = _cells(lattice)
        if sum(bool(cell.text) for row in rows for cell in row) > 1 and lattice.columns > 1:
            found.append(Placed(lattice.box, Table(page.number, rows), lattice.xs))
        else:
            rest += (glyph for cell in lattice.cells for glyph in cell)
    return sorted(found, key=lambda each: each.box.y0), rest


def _slot(edges: Sequence[float], place: float) -> int:
    """The number of the interval a place lies in."""
    inner = sum(edge <= place for edge in edges[1:-1])
    return min(inner, len(edges) - 2)


def _lattices(page: Page) -> Iterable[Lattice]:
    if len(page.across) + len(page.down) > MAX_RULES:
        return
    across = _merged(page.across, lambda box: ((box.y0 + box.y1) / 2, box.x0, box.x1))
    down = _merged(page.down, lambda box: ((box.x0 + box.x1) / 2, box.y0, box.y1))
    rules = [Box(low, at, high, at) for at, low, high in across] + [Box(at, low, at, high) for at, low, high in down]
    for members in _touching(rules, len(across)):
        flat = [rules[i] for i in members if i < len(across)]
        steep = [rules[i] for i in members if i >= len(across)]
        if len(flat) < 2 or not steep:
            continue
        xs = _distinct([box.x0 for box in steep] + [end for box in flat for end in (box.x0, box.x1)])
        ys = _distinct([box.y0 for box in flat] + [end for box in steep for end in (box.y0, box.y1)])
        if len(xs) > 2 and len(ys) > 1 and (len(xs) - 1) * (len(ys) - 1) <= MAX_CELLS:
            yield Lattice(xs, ys, flat, steep)


def _merged(
    boxes: Iterable[Box], read: Callable[[Box], tuple[float, float, float]]
) -> list[tuple[float, float, float]]:
    """Lines as (place, from, to), those merged that lie on one another or go on."""
    merged: list[tuple[float, float, float]] = []
    placed = sorted(read(box) for box in boxes)
    start = 0
    for i in range(1, len(placed) + 1):
        if i < len(placed) and placed[i][0] - placed[i - 1][0] <= TOUCH / 2:
            continue
        at = sum(place for place, _, _ in placed[start:i]) / (i - start)
        low, high = None, 0.0
        for begin, end in sorted((begin, end) for _, begin, end in placed[start:i]):
            if low is not None and begin <= high + TOUCH:
                high = max(high, end)
                continue
            if low is not None:
                merged.append((at, low, high))
            low, high = begin, end
        if low is not None:
            merged.append((at, low, high))
        start = i
    return merged


def _touching(rules: Sequence[Box], flat: int) -> list[list[int]]:
    """The numbers of rules that meet, group by group; the first ``flat`` rules run across, the others down."""
    groups = Groups(len(rules))
    order = sorted(range(flat), key=lambda i: rules[i].y0)
    heights = [rules[i].y0 for i in order]
    for j in range(flat, len(rules)):
        down = rules[j]
        for k in range(_first(heights, down.y0 - TOUCH), len(order)):
            if heights[k] > down.y1 + TOUCH:
                break
            across = rules[order[k]]
            if across.x0 - TOUCH <= down.x0 <= across.x1 + TOUCH:
                groups.merge(order[k], j)
    members: dict[int, list[int]] = {}
    for i in range(len(rules)):
        members.setdefault(groups.find(i), []).append(i)
    return [group for group in members.values() if len(group) > 2]


def _first(places: Sequence[float], least: float) -> int:
    return next((i for i, place in enumerate(places) if place >= least), len(places))


def _distinct(places: Iterable[float]) -> list[float]:
    """Places apart from one another by a cell at least."""
    distinct: list[float] = []
    for place in sorted(places):
        if not distinct or place - distinct[-1] >= LEAST_SIDE:
            distinct.append(place)
    return distinct


def _bounded(lines: Sequence[Box], *, across: bool, at: float, low: float, high: float) -> bool:
    """Whether a line is drawn at a place for most of the way from ``low`` to ``high``."""
    covered = 0.0
    for box in lines:
        place, begin, end = (box.y0, box.x0, box.x1) if across else (box.x0, box.y0, box.y1)
        if abs(place - at) < LEAST_SIDE:
            covered += max(0.0, min(end, high) - max(begin, low))
    return covered >= COVERS * (high - low)


def _cells(lattice: Lattice) -> list[list[Cell]]:
    """The cells row by row, merged ones as rectangles; rows in which no cell begins or holds text are left out."""
    columns, count = lattice.columns, len(lattice.ys) - 1
    groups = Groups(columns * count)
    for r in range(count):
        top, bottom = lattice.ys[r], lattice.ys[r + 1]
        for c in range(columns):
            left, right = lattice.xs[c], lattice.xs[c + 1]
            here = r * columns + c
            if c + 1 < columns and not _bounded(lattice.down, across=False, at=right, low=top, high=bottom):
                groups.merge(here, here + 1)
            if r + 1 < count and not _bounded(lattice.across, across=True, at=bottom, low=left, high=right):
                groups.merge(here, here + columns)
    rows: list[list[Cell]] = [[] for _ in range(count)]
    for top_row, left_column, down, wide in _rectangles(groups, columns, count):
        glyphs = [
            glyph
            for r in range(top_row, top_row + down)
            for c in range(left_column, left_column + wide)
            for glyph in lattice.cells[r * columns + c]
        ]
        text, reach = read_cell(glyphs)
        size = max((glyph.size for glyph in glyphs), default=0.0)
        full = lattice.xs[left_column + wide] - reach < ROOM * size
        rows[top_row].append(Cell(text, top_row, left_column, down, wide, full))
    return tidy(rows)


def _rectangles(groups: Groups, columns: int, count: int) -> list[tuple[int, int, int, int]]:
    """The merged cells as (row, column, rows, columns), each set grown to a rectangle that touches no other."""
    while True:
        boxes: dict[int, list[int]] = {}
        for i in range(columns * count):
            r, c = divmod(i, columns)
            box = boxes.setdefault(groups.find(i), [r, c, r, c])
            box[:] = min(box[0], r), min(box[1], c), max(box[2], r), max(box[3], c)
        grown = False
        for key, (r0, c0, r1, c1) in boxes.items():
            for r in range(r0, r1 + 1):
                for c in range(c0, c1 + 1):
                    if groups.find(r * columns + c) != groups.find(key):
                        groups.merge(key, r * columns + c)
                        grown = True
        if not grown:
            return sorted((r0, c0, r1 - r0 + 1, c1 - c0 + 1) for r0, c0, r1, c1 in boxes.values())


def tidy(rows: Iterable[Sequence[Cell]]) -> list[list[Cell]]:
    """The rows that hold text, counted anew; what reaches over a row that is left out is shortened."""
    rows = list(rows)
    dropped = [i for i, row in enumerate(rows) if not any(cell.text for cell in row)]
    kept: list[list[Cell]] = []
    for i, row in enumerate(rows):
        if i not in dropped:
            lost = [sum(i < each < i + cell.down for each in dropped) for cell in row]
            kept.append([replace(c, row=len(kept), down=c.down - fewer) for c, fewer in zip(row, lost, strict=True)])
    return kept


def read_cell(glyphs: Iterable[Glyph]) -> tuple[str, float]:
    """The text of a cell, and where its last line ends.

    Its lines are joined, with a space before what begins with a numeral of its own.
    """
    text, reach = "", 0.0
    for row in rows_of(glyphs):
        if not (ink := strip_blanks(row)):
            continue
        line = Line(0, ink)
        if text and STRUCTURAL.match(line.text):
            text += " "
        text, reach = (text + line.text if text.endswith(" ") else joined(text, line.text)), line.x1
    return text, reach
