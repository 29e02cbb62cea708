"""Placing tables: wrapped cells, borders, the head row again on every page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from govdoc.layout.composition import Run, Table
from govdoc.layout.lines import SetLine, Text, break_lines, measure
from govdoc.layout.paper import Leaf, Paper
from govdoc.layout.tables import GridCell, column_widths, table_grid
from govdoc.style import POINTS_PER_MM


@dataclass(frozen=True)
class SetCell:
    """A cell with its lines and where it stands, points from the 版心's left edge."""

    at: GridCell
    lines: tuple[SetLine, ...]
    x: float
    width: float


@dataclass(frozen=True)
class Band:
    """Rows that spans hold together: its cells and the lines each row takes."""

    cells: tuple[SetCell, ...]
    first: int
    heights: tuple[float, ...]
    cut: bool = False  # through a span

    @property
    def height(self) -> float:
        """Height of all its rows, points."""
        return sum(self.heights)


@dataclass(frozen=True)
class SetTable:
    """A table ready to be placed."""

    bands: tuple[Band, ...]
    size: float
    pitch: float
    padding: float
    blank: float


def set_table(table: Table, paper: Paper) -> SetTable:
    """Wrap the cells of a table in its columns and find the heights of its rows."""
    look = paper.style.table
    cells, columns = table_grid(table.rows)
    widths = [mm * POINTS_PER_MM for mm in column_widths(cells, columns, table.size, paper.style, across=table.across)]
    edges = [sum(widths[:i]) for i in range(columns + 1)]
    padding, pitch = look.padding * POINTS_PER_MM, table.size * look.pitch
    made = []
    for cell in cells:
        x, width = edges[cell.column], edges[cell.column + cell.colspan] - edges[cell.column]
        room = max(width - 2 * padding, table.size)
        text = measure([Run(cell.text, table.face, table.size)], paper.setting)
        made.append(SetCell(cell, tuple(_cell_lines(text, room, paper)), x, width))
    most = paper.height - 2 * padding
    bands = tuple(_bands(made, len(table.rows), pitch, padding, most))
    return SetTable(bands, table.size, pitch, padding, table.blank_before)


def _cell_lines(text: Text, room: float, paper: Paper) -> list[SetLine]:
    return break_lines(text, lambda _: room, paper.setting, justify=False)


def _bands(cells: Sequence[SetCell], rows: int, pitch: float, padding: float, most: float) -> Iterator[Band]:
    """Cut the rows where no span crosses; a band higher than a page is cut through its spans."""
    ends = list(range(1, rows + 1))
    for cell in cells:
        for row in range(cell.at.row, cell.at.row + cell.at.rowspan):
            ends[row] = max(ends[row], cell.at.row + cell.at.rowspan)
    first = 0
    while first < rows:
        stop = ends[first]
        row = first
        while row < stop:
            stop = max(stop, ends[row])
            row += 1
        inside = [cell for cell in cells if first <= cell.at.row < stop]
        heights = _row_heights(inside, first, stop, pitch, padding)
        if sum(heights) <= most or stop - first == 1:
            yield Band(tuple(inside), first, tuple(heights))
        else:
            yield from _cut_spans(inside, first, stop, pitch, padding)
        first = stop


def _cut_spans(inside: Sequence[SetCell], first: int, stop: int, pitch: float, padding: float) -> Iterator[Band]:
    """One band a row: a spanning cell keeps its text in its first row and is empty below."""
    for row in range(first, stop):
        here = []
        for cell in inside:
            if cell.at.row <= row < cell.at.row + cell.at.rowspan:
                at = GridCell(row, cell.at.column, 1, cell.at.colspan, cell.at.text)
                here.append(SetCell(at, cell.lines if row == cell.at.row else (), cell.x, cell.width))
        yield Band(tuple(here), row, tuple(_row_heights(here, row, row + 1, pitch, padding)), cut=True)


def _row_heights(cells: Sequence[SetCell], first: int, stop: int, pitch: float, padding: float) -> list[float]:
    heights = [pitch + 2 * padding] * (stop - first)
    for cell in sorted(cells, key=lambda cell: cell.at.rowspan):
        rows = range(cell.at.row - first, cell.at.row - first + cell.at.rowspan)
        lacking = len(cell.lines) * pitch + 2 * padding - sum(heights[row] for row in rows)
        if lacking > 0:
            heights[rows[-1]] += lacking
    return heights


def place_band(band: Band, table: SetTable, leaf: Leaf, top: float, paper: Paper, head: bool) -> None:
    """Draw a band from ``top`` (points from the sheet's top): single lines centred, longer text flush left."""
    tops = [top + sum(band.heights[:i]) for i in range(len(band.heights) + 1)]
    rule = paper.style.table.line * POINTS_PER_MM
    for cell in band.cells:
        upper = tops[cell.at.row - band.first]
        lower = tops[min(cell.at.row - band.first + cell.at.rowspan, len(band.heights))]
        centred = head or len(cell.lines) <= 1
        y = upper + (lower - upper - len(cell.lines) * table.pitch) / 2
        y += (table.pitch - table.size) / 2 + paper.ascent * table.size
        for i, line in enumerate(cell.lines):
            inset = (cell.width - line.width) / 2 if centred else table.padding
            leaf.put(line, cell.x + inset, y + i * table.pitch)
        right = cell.x + cell.width
        leaf.rule(cell.x, upper, right, upper, rule)
        leaf.rule(cell.x, lower, right, lower, rule)
        leaf.rule(cell.x, upper, cell.x, lower, rule)
        leaf.rule(right, upper, right, lower, rule)


def split_band(band: Band, table: SetTable, room: float) -> tuple[Band, Band | None]:
    """The part of a one-row band that fits in ``room`` points, at least a line of it, and the rest."""
    fit = max(1, int((room - 2 * table.padding) / table.pitch + 1e-6))
    if all(len(cell.lines) <= fit for cell in band.cells):
        return band, None
    upper = tuple(SetCell(cell.at, cell.lines[:fit], cell.x, cell.width) for cell in band.cells)
    lower = tuple(SetCell(cell.at, cell.lines[fit:], cell.x, cell.width) for cell in band.cells)
    return _one_row(upper, band, table), _one_row(lower, band, table)


def _one_row(cells: tuple[SetCell, ...], band: Band, table: SetTable) -> Band:
    height = max(len(cell.lines) for cell in cells) * table.pitch + 2 * table.padding
    return Band(cells, band.first, (height,))
