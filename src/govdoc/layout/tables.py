"""Tables: the grid their cells cover, their columns' widths, and the size of type that suits them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from govdoc.layout.composition import TableCell
from govdoc.layout.titles import title_width
from govdoc.style import POINTS_PER_MM, StyleSheet

_EASE = 0.1  # mm


@dataclass(frozen=True)
class GridCell:
    """A cell with the row and column of its top left corner; spans are cut to the grid."""

    row: int
    column: int
    rowspan: int
    colspan: int
    text: str


def table_grid(rows: Sequence[Sequence[TableCell]]) -> tuple[tuple[GridCell, ...], int]:
    """Where every cell stands, and the number of columns. A span that overlaps another cell is cut."""
    taken: set[tuple[int, int]] = set()
    cells: list[GridCell] = []
    for r, row in enumerate(rows):
        column = 0
        for cell in row:
            while (r, column) in taken:
                column += 1
            down = max(1, min(cell.rowspan, len(rows) - r))
            across = 1
            while across < cell.colspan and (r, column + across) not in taken:
                across += 1
            cells.append(GridCell(r, column, down, across, cell.text))
            taken.update((r + i, column + j) for i in range(down) for j in range(across))
            column += across
    columns = max((column for _, column in taken), default=-1) + 1
    return tuple(cells), columns


def column_needs(cells: Sequence[GridCell], columns: int, cap: float) -> list[float]:
    """How wide each column would like to be, 字: its longest text, at most ``cap``, at least one."""
    needs = [1.0] * columns
    for cell in cells:
        wish = min(max(map(title_width, cell.text.split("\n"))), cap * cell.colspan) / cell.colspan
        for column in range(cell.column, cell.column + cell.colspan):
            needs[column] = max(needs[column], wish)
    return needs


def table_size(rows: Sequence[Sequence[TableCell]], style: StyleSheet) -> float:
    """The largest of the style's sizes (pt) at which every column has the room it would like."""
    look = style.table
    cells, columns = table_grid(rows)
    chars = sum(column_needs(cells, columns, look.column_chars))
    room = (style.page.text_width - columns * (2 * look.padding + _EASE)) * POINTS_PER_MM
    return next((size for size in look.sizes if chars * size <= room), look.sizes[-1])


def column_widths(cells: Sequence[GridCell], columns: int, size: float, style: StyleSheet) -> list[float]:
    """Widths in mm that fill the 版心: what each column needs first, the rest to those that hold more."""
    look = style.table
    char = size / POINTS_PER_MM
    needs = column_needs(cells, columns, look.column_chars)
    wishes = column_needs(cells, columns, look.column_chars * 5)
    base = [need * char + 2 * look.padding + _EASE for need in needs]
    spare = style.page.text_width - sum(base)
    if spare <= 0:
        return [width * style.page.text_width / sum(base) for width in base]
    more = [wish - need for wish, need in zip(wishes, needs, strict=True)]
    longing = sum(more)
    weights = more if longing * char > spare else [extra + need for extra, need in zip(more, needs, strict=True)]
    total = sum(weights)
    return [width + spare * weight / total for width, weight in zip(base, weights, strict=True)]
