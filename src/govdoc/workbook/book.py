"""Sheets written row by row (openpyxl's write-only mode), with every limit of Excel watched on the way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple, cast

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.table import Table, TableColumn, TableStyleInfo

from govdoc.workbook.laws import Doings, Limits, cut, is_active, lawful, sheet_name
from govdoc.workbook.look import CUT_STYLES, Looks, StyleName, height_of, lines, style_of_number
from govdoc.workbook.plan import Place
from govdoc.workbook.rows import Run, Sheet, blank, figure, formula, runs, words

_PARTLY = 2  # lines of a long text in a list; the whole stands in 原文
_TIP = 250  # Excel refuses a screen tip of more than 255 characters.


class Formula(str):
    """A formula of ours. Any other text is text, whatever it begins with."""

    __slots__ = ()


class Entry(NamedTuple):
    """What goes into a cell: content, look, where it links to, and the spans of the text that stand out in red."""

    value: str | int | float | None
    style: StyleName = "text"
    link: Place | None = None
    marks: Sequence[tuple[int, int]] = ()


class Row(NamedTuple):
    """Entries of one row, ``None`` for no cell at all, and the height in points."""

    entries: Sequence[Entry | None]
    height: float


class TableSpec(NamedTuple):
    """A sheet that is one Excel Table: its title, name, headers, widths, and how it is frozen, printed and hidden.

    Rows are as high as the texts of the columns ``whole``, and give those of ``partly`` two lines at most.
    Columns count from 1; ``frozen`` is the first that scrolls, ``printed`` the last that is printed.
    """

    title: str
    name: str
    headers: Sequence[str]
    widths: Sequence[float]
    frozen: int
    printed: int
    empty: str
    whole: Sequence[int]
    partly: Sequence[int] = ()
    hidden: Sequence[int] = ()
    lists: Sequence[tuple[int, str]] = ()

    def fitted(self, entries: Sequence[Entry]) -> Row:
        """The entries as a row high enough for their texts."""

        def needed(column: int) -> int:
            value = entries[column - 1].value
            return lines(str(value), self.widths[column - 1]) if value else 1

        shown = list(entries)
        most = max(map(needed, self.whole), default=1)
        for i in self.partly:
            if (count := needed(i)) > _PARTLY:
                shown[i - 1] = entries[i - 1]._replace(style=CUT_STYLES[entries[i - 1].style])
            most = max(most, min(count, _PARTLY))
        return Row(shown, height_of(most))


class Book:
    """A workbook being written, with its looks, its limits, and what was done to keep them."""

    def __init__(self, title: str, limits: Limits) -> None:
        self.limits = limits
        self.doings = Doings()
        self.title = lawful(title, "概览", 1, self.doings, limits)
        self.workbook = Workbook(write_only=True)
        self._looks: Looks | None = None

    def sheet(self, title: str, widths: Sequence[float]) -> Sheet:
        """A new sheet set for A4 landscape, one page wide. Views and widths must be set before the first row."""
        sheet = Sheet(self.workbook, title)
        cast(Any, self.workbook)._add_sheet(sheet)
        if self._looks is None:
            self._looks = Looks(self.workbook, sheet)
        for i, width in enumerate(widths, 1):
            sheet.column_dimensions[get_column_letter(i)].width = width
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = 9  # A4
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.print_options.horizontalCentered = True
        margins = sheet.page_margins
        margins.left = margins.right = 0.4
        margins.top = margins.bottom = 0.6
        margins.header = margins.footer = 0.3
        cast(HeaderFooterItem, sheet.oddHeader).right.text = self.title[:60].replace("&", "&&")
        cast(HeaderFooterItem, sheet.oddFooter).center.text = f"{title}　第 &P 页，共 &N 页"
        return sheet

    def append(self, sheet: Sheet, row: Row, number: int) -> None:
        """Write one row; ``number`` is its place on the sheet, from 1."""
        cells = [entry and self._cell(sheet, entry, i, number) for i, entry in enumerate(row.entries, 1)]
        sheet.write(cells, row.height)

    def _cell(self, sheet: Sheet, entry: Entry, column: int, number: int) -> str:
        looks = cast(Looks, self._looks)
        value, style, link, marks = entry
        if isinstance(value, str):
            if isinstance(value, Formula):
                return formula(value, looks.plain[style])
            text = lawful(value, sheet.title, number, self.doings, self.limits) if value else value
            if link is not None:
                text = self._link(sheet, column, number, link, text)
            if not text:
                return blank(looks.plain[style])
            look = (looks.quoted if is_active(text) else looks.plain)[style]
            return runs(pieces, look) if marks and (pieces := _rich(text, value, marks)) else words(text, look)
        if link is not None:
            self._link(sheet, column, number, link, "")
        look = looks.plain[style_of_number(value) if style == "number" else style]
        return blank(look) if value is None else figure(value, look)

    def _link(self, sheet: Sheet, column: int, number: int, to: Place, text: str) -> str:
        if sheet.linked >= self.limits.links:
            self.doings.add("links", sheet.title)
            pointer = f"〔见 {to.sheet}!{to.column}{to.row}〕"
            return text + pointer if text and len(text) + len(pointer) < self.limits.characters else text
        sheet.link(f"{get_column_letter(column)}{number}", to.address, cut(text or f"到{to.sheet}", _TIP))
        return text

    def table(self, spec: TableSpec, rows: Iterable[Sequence[Entry]]) -> list[Sheet]:
        """Write the sheets of a table: one, or ``-2``, ``-3`` … past the row limit; without rows, the reason."""
        sheets: list[Sheet] = []
        count = self.limits.rows
        for entries in rows:
            if count == self.limits.rows:
                if sheets:
                    self._finish(sheets[-1], spec, count, len(sheets))
                    self.doings.add("rows", spec.title)
                sheets.append(self._open(spec, len(sheets) + 1))
                count = 0
            count += 1
            self.append(sheets[-1], spec.fitted(entries), count + 1)
        if sheets:
            self._finish(sheets[-1], spec, count, len(sheets))
            return sheets
        sheet = self._open(spec, 1)
        self.append(sheet, Row([Entry(spec.empty, "plain")], 24.0), 2)
        # A Table needs at least one row of data: without any the header stands alone.
        sheet.merged.append(f"A2:{get_column_letter(spec.printed)}2")
        sheet.print_area = f"A1:{get_column_letter(spec.printed)}2"
        return [sheet]

    def _open(self, spec: TableSpec, part: int) -> Sheet:
        sheet = self.sheet(sheet_name(spec.title, part), spec.widths)
        for column in spec.hidden:
            sheet.column_dimensions[get_column_letter(column)].hidden = True
        sheet.freeze_panes = f"{get_column_letter(spec.frozen)}2"
        sheet.print_title_rows = "1:1"
        self.append(sheet, Row([Entry(header, "header") for header in spec.headers], 30.0), 1)
        return sheet

    def _finish(self, sheet: Sheet, spec: TableSpec, count: int, part: int) -> None:
        last = count + 1
        name = spec.name if part == 1 else f"{spec.name}{part}"
        table = Table(displayName=name, ref=f"A1:{get_column_letter(len(spec.headers))}{last}")
        table._initialise_columns()  # type: ignore[attr-defined]
        columns: list[TableColumn] = list(table.tableColumns)
        for heading, header in zip(columns, spec.headers, strict=True):
            heading.name = header
        table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
        sheet.tables.add(table)  # add_table would warn of missing headings, which are set above
        sheet.print_area = f"A1:{get_column_letter(spec.printed)}{last}"
        for column, source in spec.lists:
            choice = DataValidation(type="list", formula1=source, allow_blank=True, errorStyle="warning")
            choice.showErrorMessage, choice.error = True, "不在列表中，仍要填入吗？"
            choice.add(f"{get_column_letter(column)}2:{get_column_letter(column)}{last}")
            sheet.data_validations.append(choice)


def _rich(text: str, original: str, marks: Sequence[tuple[int, int]]) -> list[Run]:
    """The text with the marked spans in red; none where no span stands any more where it stood."""
    pieces: list[Run] = []
    end = 0
    for start, stop in marks:
        if text[start:stop] == original[start:stop] and start >= end:
            if start > end:
                pieces.append(Run(text[end:start], red=False))
            pieces.append(Run(text[start:stop], red=True))
            end = stop
    if pieces and end < len(text):
        pieces.append(Run(text[end:], red=False))
    return pieces
