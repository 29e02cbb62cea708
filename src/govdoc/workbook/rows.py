"""Rows as XML, straight to the sheet's stream: a cell costs no object, a link no more than its texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from lxml import etree
from openpyxl.compat import safe_string
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._writer import WorksheetWriter

from govdoc.workbook.look import FACE, RED

if TYPE_CHECKING:
    # The write-only sheet takes its members from this one.
    from openpyxl.worksheet.worksheet import Worksheet as _Base
else:
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet as _Base

_RED = f'<rPr><rFont val="{FACE}"/><b val="1"/><color rgb="FF{RED}"/><sz val="10"/></rPr>'


class Run(NamedTuple):
    """A piece of a text, in red or not."""

    text: str
    red: bool


class Cell(NamedTuple):
    """What a cell holds: a number, a text, runs of text or a formula (``is_formula``), and the number of its look."""

    value: str | int | float | Sequence[Run] | None
    look: int
    is_formula: bool = False


class Link(NamedTuple):
    """A link of a cell to another of the workbook."""

    ref: str
    location: str
    tip: str


class Sheet(_Base):
    """A sheet whose rows are appended as XML by :meth:`write`."""

    def __init__(self, parent: Any, title: str) -> None:
        super().__init__(parent, title)
        self.links: list[Link] = []
        self._written = 0
        self._own: _Writer | None = None

    def _get_writer(self) -> None:
        if self._own is None:
            self._own = self._writer = _Writer(self)
            self._own.write_top()

    def _values_to_row(self, values: Any, row_idx: int) -> Any:
        return values

    def write(self, cells: Iterable[Cell | None], height: float) -> None:
        """Append a row, its height in points; ``None`` leaves a cell out."""
        self._written += 1
        number = self._written
        written = "".join(_cell(cell, f"{_letter(i)}{number}") for i, cell in enumerate(cells) if cell is not None)
        row = f'<row r="{number}" customHeight="1" ht="{height:g}">{written}</row>'
        self.append([etree.fromstring(row)])


class _Writer(WorksheetWriter):
    def write_row(self, xf: Any, row: Any, row_idx: int) -> None:
        for element in row:
            xf.write(element)

    def write_hyperlinks(self) -> None:
        links = cast(Sheet, self.ws).links
        if not links:
            return
        xf: Any = self.xf.send(True)
        with xf.element("hyperlinks"):
            for link in links:
                xf.write(etree.Element("hyperlink", ref=link.ref, location=link.location, tooltip=link.tip))
        self.xf.send(None)


_LETTERS = [get_column_letter(i) for i in range(1, 64)]


def _letter(i: int) -> str:
    return _LETTERS[i] if i < len(_LETTERS) else get_column_letter(i + 1)


def _cell(cell: Cell, ref: str) -> str:
    head = f'<c r="{ref}" s="{cell.look}"'
    value = cell.value
    if value is None or value == "":
        return f"{head}/>"
    if cell.is_formula:
        return f"{head}><f>{_escaped(str(value)[1:])}</f><v/></c>"
    if isinstance(value, str):
        return f'{head} t="inlineStr"><is>{_text(value)}</is></c>'
    if isinstance(value, int | float):
        return f'{head} t="n"><v>{safe_string(value)}</v></c>'
    runs = "".join(f"<r>{_RED if run.red else ''}{_text(run.text)}</r>" for run in value)
    return f'{head} t="inlineStr"><is>{runs}</is></c>'


def _escaped(text: str) -> str:
    if "&" in text or "<" in text or ">" in text:
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text


def _text(text: str) -> str:
    space = ' xml:space="preserve"' if text != text.strip() else ""
    return f"<t{space}>{_escaped(text)}</t>"
