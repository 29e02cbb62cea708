"""Tables: the grid their cells cover, their columns' widths, and the size of type that suits them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from govdoc.layout.composition import TableCell
from govdoc.layout.titles import title_width
from govdoc.style import POINTS_PER_MM, StyleSheet

_EASE = 0.1  # mm
_WORD = re.compile(r"[!-~]+")
_LEAST = 2.0  # 字, of a column that holds so many


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


def column_least(cells: Sequence[GridCell], columns: int, cap: float) -> list[float]:
    """What each column cannot do without, 字: two characters, and its longest number or Latin word up to ``cap``."""
    least = [1.0] * columns
    for cell in cells:
        word = max(map(title_width, _WORD.findall(cell.text)), default=0.0)
        asked = min(max(word, min(_LEAST, title_width(cell.text))), cap) / cell.colspan
        for column in range(cell.column, cell.column + cell.colspan):
            least[column] = max(least[column], asked)
    return least


def _room(columns: int, width: float, style: StyleSheet) -> float:
    """What ``columns`` leave for type in ``width`` mm, points."""
    return (width - columns * (2 * style.table.padding + _EASE)) * POINTS_PER_MM


def table_size(rows: Sequence[Sequence[TableCell]], style: StyleSheet, *, across: bool = False) -> float:
    """The largest of the style's sizes (pt) at which every column has the room it would like."""
    look = style.table
    cells, columns = table_grid(rows)
    chars = sum(column_needs(cells, columns, look.column_chars))
    room = _room(columns, table_width(style, across=across), style)
    return next((size for size in look.sizes if chars * size <= room), look.sizes[-1])


def table_width(style: StyleSheet, *, across: bool) -> float:
    """The width a table fills, mm: the 版心's, or its height where the table lies across."""
    return style.page.text_height if across else style.page.text_width


def lies_across(rows: Sequence[Sequence[TableCell]], style: StyleSheet) -> bool:
    """Whether a table has too many columns for an upright page (§8)."""
    look = style.table
    cells, columns = table_grid(rows)
    return sum(column_needs(cells, columns, look.turn_chars)) * look.turn_size > _room(
        columns, style.page.text_width, style
    )


def in_parts(rows: Sequence[Sequence[TableCell]], style: StyleSheet) -> Iterator[tuple[tuple[TableCell, ...], ...]]:
    """The table itself where it fits a page laid across, else its columns in turn, each part with the first again."""
    look = style.table
    cells, columns = table_grid(rows)
    room = _room(0, table_width(style, across=True), style)
    padding = (2 * look.padding + _EASE) * POINTS_PER_MM
    widths = [chars * look.sizes[-1] + padding for chars in column_least(cells, columns, look.column_chars)]
    if sum(widths) <= room or columns < 3:
        yield tuple(map(tuple, rows))
        return
    first, used = 1, widths[0]
    for column in range(1, columns):
        if used + widths[column] > room and column > first:
            yield _columns_of(cells, len(rows), first, column)
            first, used = column, widths[0]
        used += widths[column]
    yield _columns_of(cells, len(rows), first, columns)


def _columns_of(cells: Sequence[GridCell], rows: int, first: int, stop: int) -> tuple[tuple[TableCell, ...], ...]:
    """Column 0 and columns ``[first, stop)``; a cell that is cut keeps its text in every part."""
    made: list[list[TableCell]] = [[] for _ in range(rows)]
    for cell in sorted(cells, key=lambda cell: cell.column):
        end = cell.column + cell.colspan
        here = (cell.column == 0) + max(0, min(end, stop) - max(cell.column, first))
        if here:
            made[cell.row].append(TableCell(cell.text, cell.rowspan, here))
    return tuple(map(tuple, made))


def column_widths(
    cells: Sequence[GridCell], columns: int, size: float, style: StyleSheet, *, across: bool = False
) -> list[float]:
    """Widths in mm that fill the 版心: what each column needs first, the rest to those that hold more."""
    look = style.table
    char = size / POINTS_PER_MM
    whole = table_width(style, across=across)
    needs = column_needs(cells, columns, look.column_chars)
    wishes = column_needs(cells, columns, look.column_chars * 5)
    base = [need * char + 2 * look.padding + _EASE for need in needs]
    spare = whole - sum(base)
    if spare <= 0:
        chars = column_least(cells, columns, look.column_chars)
        least = [one * char + 2 * look.padding + _EASE for one in chars]
        over = [max(0.0, wide - narrow) for wide, narrow in zip(base, least, strict=True)]
        share = max(0.0, whole - sum(least)) / sum(over) if sum(over) else 0.0
        made = [narrow + more * share for narrow, more in zip(least, over, strict=True)]
        return [width * whole / sum(made) for width in made]
    more = [wish - need for wish, need in zip(wishes, needs, strict=True)]
    longing = sum(more)
    weights = more if longing * char > spare else [extra + need for extra, need in zip(more, needs, strict=True)]
    total = sum(weights)
    return [width + spare * weight / total for width, weight in zip(base, weights, strict=True)]
