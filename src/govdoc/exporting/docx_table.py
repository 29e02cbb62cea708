"""Tables in Word's terms: real tables, the head rows again on every page."""

from __future__ import annotations

from collections.abc import Sequence

from govdoc.exporting.docx_styles import TABLE, TABLE_TEXT
from govdoc.exporting.docx_xml import Spacing, mm, needed_width, points, run
from govdoc.layout.composition import Run, Table
from govdoc.layout.tables import GridCell, column_widths, table_grid
from govdoc.layout.titles import title_width
from govdoc.style import StyleSheet


def table_xml(table: Table, style: StyleSheet, *, new_page: bool = False) -> str:
    """``table`` as ``w:tbl``; with ``new_page`` its first row begins a page (另面)."""
    return _TableWriter(table, style).write(new_page)


class _TableWriter:
    """Writes one table: its grid, its columns' widths in twips, and what stands in each place of the grid."""

    def __init__(self, table: Table, style: StyleSheet) -> None:
        self.table, self.style = table, style
        self.cells, columns = table_grid(table.rows)
        self.widths = [
            mm(width) for width in column_widths(self.cells, columns, table.size, style, across=table.across)
        ]
        self.base = Run("", style.table.face, style.table.sizes[0])
        self.pitch = points(table.size * style.table.pitch)
        self.room = mm(style.page.text_width if table.across else style.page.text_height)

    def write(self, new_page: bool) -> str:
        """The whole table."""
        rows = range(len(self.table.rows))
        reach = _head_rows(self.cells, len(rows))
        head = reach if reach < len(rows) else 0  # a table that is all head has none
        repeated = head if head * self.pitch * 3 < self.room else 0
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in self.widths)
        body = "".join(self._row(row, row < repeated, row < head, new_page and row == 0) for row in rows)
        return (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="{TABLE}"/><w:tblW w:w="{sum(self.widths)}" w:type="dxa"/>'
            f'<w:tblLayout w:type="fixed"/>{self._margins()}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>'
        )

    def _margins(self) -> str:
        look = self.style.table
        padding = mm(look.padding)
        above = max(0, mm(look.padding - look.line))  # a row's own line adds to its height
        sides = (("top", above), ("left", padding), ("bottom", padding), ("right", padding))
        edges = "".join(f'<w:{edge} w:w="{width}" w:type="dxa"/>' for edge, width in sides)
        return f"<w:tblCellMar>{edges}</w:tblCellMar>"

    def _row(self, row: int, repeated: bool, head: bool, new_page: bool) -> str:
        here = sorted((cell for cell in self.cells if _covers(cell, row)), key=lambda cell: cell.column)
        tall = any(self._lines(cell) * self.pitch * 3 > self.room for cell in here)
        marks = ("" if tall else "<w:cantSplit/>") + ("<w:tblHeader/>" if repeated else "")
        properties = f"<w:trPr>{marks}</w:trPr>" if marks else ""
        inside, column = "", 0
        for i, cell in enumerate(here):
            inside += self._gap(column, cell.column) + self._cell(cell, row, head, new_page and i == 0)
            column = cell.column + cell.colspan
        return f"<w:tr>{properties}{inside}{self._gap(column, len(self.widths))}</w:tr>"

    def _cell(self, cell: GridCell, row: int, head: bool, new_page: bool) -> str:
        span = f'<w:gridSpan w:val="{cell.colspan}"/>' if cell.colspan > 1 else ""
        first = row == cell.row
        merge = f'<w:vMerge w:val="{"restart" if first else "continue"}"/>' if cell.rowspan > 1 else ""
        made = Run(cell.text if first else "", self.table.face, self.table.size)
        centred = head or self._lines(cell) <= 1
        properties = "<w:pageBreakBefore/>" if new_page else ""
        properties += Spacing(0, self.pitch).xml() + ("" if centred else '<w:jc w:val="both"/>')
        inside = run(made, self.base, "表格", self.style, closer=self._closer(cell)) if made.text else ""
        paragraph = f'<w:pStyle w:val="{TABLE_TEXT}"/>{properties}'
        return self._box(self._width(cell), f"{span}{merge}{self._ease(cell)}", paragraph, inside)

    def _closer(self, cell: GridCell) -> int:
        """Twips by which the characters of a lone line draw together where even the whole cell is too narrow."""
        if self._lines(cell) > 1:
            return 0
        over = needed_width(cell.text, self.table.size) - self._width(cell)
        return max(0, -(-over // max(1, len(cell.text))))

    def _ease(self, cell: GridCell) -> str:
        """No padding beside a lone line that would not fit with it everywhere; centred, it looks the same."""
        if self._lines(cell) > 1 or needed_width(cell.text, self.table.size) <= self._room(cell):
            return ""
        return '<w:tcMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tcMar>'

    def _gap(self, start: int, stop: int) -> str:
        """Places of the grid that the source left without a cell."""
        return "".join(
            self._box(width, "", f'<w:pStyle w:val="{TABLE_TEXT}"/>', "") for width in self.widths[start:stop]
        )

    def _box(self, width: int, properties: str, paragraph: str, inside: str) -> str:
        return (
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{properties}<w:vAlign w:val="center"/></w:tcPr>'
            f"<w:p><w:pPr>{paragraph}</w:pPr>{inside}</w:p></w:tc>"
        )

    def _width(self, cell: GridCell) -> int:
        return sum(self.widths[cell.column : cell.column + cell.colspan])

    def _room(self, cell: GridCell) -> int:
        return max(1, self._width(cell) - 2 * mm(self.style.table.padding))

    def _lines(self, cell: GridCell) -> int:
        """About how many lines a cell's text takes."""
        room = self._room(cell)
        widths = (points(title_width(line) * self.table.size) for line in cell.text.split("\n"))
        return sum(max(1, -(-width // room)) for width in widths)


def _covers(cell: GridCell, row: int) -> bool:
    return cell.row <= row < cell.row + cell.rowspan


def _head_rows(cells: Sequence[GridCell], rows: int) -> int:
    """How many rows the head takes: the first, and what its spans hold to it."""
    stop = 1
    while True:
        reach = max((cell.row + cell.rowspan for cell in cells if cell.row < stop), default=1)
        if reach <= stop:
            return min(stop, rows)
        stop = reach
