"""Tables of a Word document: their grid, their merged cells, and which of them only place text on the page."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass

from lxml.etree import _Element

from govdoc.readers.docx.blocks import GAP, Block, Cell, Paragraph, Table, flatten
from govdoc.readers.docx.graphics import choices
from govdoc.readers.docx.styles import Styles
from govdoc.readers.docx.wml import child, children, get, name, value, whole

MAX_COLUMNS = 63
"""Columns of a table, Word's own limit; a span beyond it is cut."""
_LOWER_HALF = 8400  # twips from the top of A4
_FEW_ROWS = 2  # a table without lines of no more rows places text
_NO_LINE = (None, "nil", "none")
_SIDES = ("left", "right", "start", "end", "insideV")


@dataclass
class _Found:
    """A cell as the file holds it, where it stands in the grid, and whether it goes on from the cell above."""

    element: _Element
    column: int
    width: int
    continued: bool


def read_table(element: _Element, styles: Styles, read_blocks: Callable[[_Element], list[Block]]) -> list[Block]:
    """A ``w:tbl``: a table, or the blocks in it where it only places text on the page (版记, a joint 版头).

    ``read_blocks`` reads what a cell holds.
    """
    rows = [_row(row) for row in _rows(element)]
    grid = _spans(rows)
    if all(len(row) <= 1 for row in grid):
        return [block for row in grid for found, _ in row for block in read_blocks(found.element)]
    ruled = _ruled(element, styles)
    table = Table([])
    for number, row in enumerate(grid):
        cells = [Cell(number, found.column, down, found.width, read_blocks(found.element)) for found, down in row]
        table.rows.append(cells)
    if not ruled and (placed := _placed(table)) is not None:
        return placed
    return [_without_empty(table)]


def at_foot(element: _Element) -> bool:
    """Whether a ``w:tbl`` floats at the foot of its page: 版记 stands there, anchored to text before its place."""
    place = child(child(element, "tblPr"), "tblpPr")
    if place is None or get(place, "vertAnchor") not in ("margin", "page"):
        return False
    return get(place, "tblpYSpec") == "bottom" or (whole(get(place, "tblpY")) or 0) > _LOWER_HALF


def _rows(table: _Element) -> list[_Element]:
    """The rows, those in content controls too, those deleted left out."""
    found = []
    stack = list(choices(table))[::-1]
    while stack:
        each = stack.pop()
        match name(each):
            case "w:tr":
                if child(child(each, "trPr"), "del") is None:
                    found.append(each)
            case "w:sdt" if (content := child(each, "sdtContent")) is not None:
                stack.extend(list(choices(content))[::-1])
            case "w:customXml" | "w:ins" | "w:moveTo":
                stack.extend(list(choices(each))[::-1])
    return found


def _cells(row: _Element) -> list[_Element]:
    found = []
    stack = list(choices(row))[::-1]
    while stack:
        each = stack.pop()
        match name(each):
            case "w:tc":
                found.append(each)
            case "w:sdt" if (content := child(each, "sdtContent")) is not None:
                stack.extend(list(choices(content))[::-1])
            case "w:customXml":
                stack.extend(list(choices(each))[::-1])
    return found


def _row(row: _Element) -> list[_Found]:
    column = _clamped(value(child(row, "trPr"), "gridBefore"), 0)
    found: list[_Found] = []
    for cell in _cells(row):
        properties = child(cell, "tcPr")
        width = _clamped(value(properties, "gridSpan"), 1) or 1
        across = child(properties, "hMerge")  # Word 97's way
        if across is not None and get(across, "val") != "restart" and found:
            found[-1].width += width
        else:
            down = child(properties, "vMerge")
            found.append(_Found(cell, column, width, down is not None and get(down, "val") != "restart"))
        column += width
    return found


def _clamped(text: str | None, usual: int) -> int:
    return min(MAX_COLUMNS, max(0, whole(text) or usual))


def _spans(rows: list[list[_Found]]) -> list[list[tuple[_Found, int]]]:
    """The cells that begin in each row, and how many rows each reaches down."""
    reach: dict[int, int] = {}  # id of a beginning cell → rows
    above: dict[int, _Found] = {}  # column → the beginning cell that stands there in the row above
    for row in rows:
        here: dict[int, _Found] = {}
        for found in row:
            start = above.get(found.column)
            if found.continued and start is not None and start.width == found.width:
                reach[id(start)] += 1
                here[found.column] = start
            else:
                found.continued = False
                reach[id(found)] = 1
                here[found.column] = found
        above = here
    return [[(found, reach[id(found)]) for found in row if not found.continued] for row in rows]


def _ruled(table: _Element, styles: Styles) -> bool:
    """Whether lines stand between the columns, as the table, its style or a cell says."""
    properties = child(table, "tblPr")
    if _has_side(child(properties, "tblBorders"), ("insideV",)):
        return True
    style = value(properties, "tblStyle")
    for _ in range(10):
        found = styles.element(style or "")
        if found is None:
            break
        if _has_side(child(child(found, "tblPr"), "tblBorders"), ("insideV",)):
            return child(child(properties, "tblBorders"), "insideV") is None
        style = value(found, "basedOn")
    return any(
        _has_side(child(child(cell, "tcPr"), "tcBorders"), _SIDES)
        for row in children(table, "tr")
        for cell in children(row, "tc")
    )


def _has_side(borders: _Element | None, sides: tuple[str, ...]) -> bool:
    return borders is not None and any(value(borders, side) not in _NO_LINE for side in sides)


def _placed(table: Table) -> list[Block] | None:
    """The lines of a table without lines between its columns, where it places text; else ``None``."""
    if any(isinstance(block, Table) for row in table.rows for cell in row for block in cell.blocks):
        return [block for row in table.rows for cell in row for block in cell.blocks]
    if joint := _joint_mark(table):
        return joint
    if len(table.rows) > _FEW_ROWS:
        return None
    lines: list[Block] = []
    for row in table.rows:
        texts = [each for cell in row if (each := flatten(cell.blocks)).text]
        lines.append(Paragraph(GAP.join(each.text for each in texts)))
    return lines


def _joint_mark(table: Table) -> list[Block] | None:
    """发文机关标志 of a joint issue: agencies one under the other, 文件 beside them in one merged cell (§7.2.4)."""
    rows = table.rows
    tall = [cell for cell in rows[0] if cell.rowspan == len(rows)] if len(rows) > 1 else []
    if len(tall) != 1 or len(rows[0]) != 2 or any(len(row) != 1 for row in rows[1:]):
        return None
    suffix = flatten(tall[0].blocks).text
    names = [flatten(cell.blocks).text for row in rows for cell in row if cell is not tall[0]]
    if not suffix or len(suffix) > 4 or not all(names):
        return None
    return [Paragraph(text, align="centred") for text in [*names[:-1], names[-1] + suffix]]


def _without_empty(table: Table) -> Table:
    """The table without rows in which nothing stands; cells that reach over them reach less far."""
    texts = [[bool(flatten(cell.blocks).text) for cell in row] for row in table.rows]
    kept = [number for number, row in enumerate(texts) if any(row)]
    places = {number: place for place, number in enumerate(kept)}
    rows = []
    for number in kept:
        row = table.rows[number]
        for cell in row:
            cell.rowspan = bisect_left(kept, number + cell.rowspan) - places[number]
            cell.row = places[number]
        rows.append(row)
    return Table(rows)
