"""Rows as XML, straight to the sheet's file: a cell costs no object, a link no memory."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from tempfile import SpooledTemporaryFile, TemporaryFile
from typing import IO, TYPE_CHECKING, Any, NamedTuple, cast

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
_BUFFER = 1 << 18
_IN_MEMORY = 1 << 20  # bytes of links: those of a small workbook need no file
_ATTRIBUTE = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
)


class Run(NamedTuple):
    """A piece of a text, in red or not."""

    text: str
    red: bool


class Sheet(_Base):
    """A sheet whose rows and links go to files as they come; the cells are those of :func:`words` and its like."""

    def __init__(self, parent: Any, title: str) -> None:
        super().__init__(parent, title)
        self.linked = 0
        self.links: IO[bytes] = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 lives as long as the sheet
        self.merged: list[str] = []
        """Areas that are one cell. openpyxl's own list compares each with all before."""
        self._written = 0
        self._own: _Writer | None = None

    def write(self, cells: Sequence[str | None], height: float) -> None:
        """Append a row, its height in points; ``None`` leaves a cell out."""
        if self._rows is None:
            self._get_writer()
            self._rows = self._write_rows()
            next(self._rows)
        self._written += 1
        number = self._written
        written = "".join(
            [f'<c r="{name}{number}" s="{cell}' for name, cell in zip(letters(len(cells)), cells, strict=False) if cell]
        )
        self._rows.send(f'<row r="{number}" customHeight="1" ht="{height:g}">{written}</row>')

    def link(self, ref: str, location: str, tip: str) -> None:
        """Link a cell to another of the workbook; ``tip`` shows on hover."""
        self.linked += 1
        to = f'<hyperlink ref="{ref}" location="{_attribute(location)}" tooltip="{_attribute(tip)}"/>'
        self.links.write(to.encode())

    _rows: Any = None

    def _get_writer(self) -> None:
        if self._own is None:
            self._own = self._writer = _Writer(self)
            self._own.write_top()

    def _write_rows(self) -> Iterator[None]:
        own = cast(_Writer, self._own)
        xf: Any = own.xf.send(True)
        with xf.element("sheetData"):
            xf.flush()
            try:
                while True:
                    own.file.write((yield).encode())  # type: ignore[attr-defined]
            except GeneratorExit:
                pass
        own.xf.send(None)


class _Writer(WorksheetWriter):
    """openpyxl's, over a file without a name, to which rows and links are written between its elements."""

    def __init__(self, sheet: Sheet) -> None:
        self.file = TemporaryFile(buffering=_BUFFER)  # noqa: SIM115 lives until the sheet is in the package
        super().__init__(sheet, self.file)

    def cleanup(self) -> None:
        self.file.close()

    def write_merged_cells(self) -> None:
        merged = cast(Sheet, self.ws).merged
        if not merged:
            return
        xf: Any = self.xf.send(True)
        with xf.element("mergeCells", count=str(len(merged))):
            xf.flush()
            self.file.write("".join(f'<mergeCell ref="{area}"/>' for area in merged).encode())
        self.xf.send(None)

    def write_hyperlinks(self) -> None:
        sheet = cast(Sheet, self.ws)
        if not sheet.linked:
            return
        xf: Any = self.xf.send(True)
        with xf.element("hyperlinks"), sheet.links as links:
            xf.flush()
            links.seek(0)
            shutil.copyfileobj(links, self.file, _BUFFER)
        self.xf.send(None)


_LETTERS: list[str] = []


def letters(columns: int) -> Sequence[str]:
    """The letters of at least so many columns."""
    while len(_LETTERS) < columns:
        _LETTERS.append(get_column_letter(len(_LETTERS) + 1))
    return _LETTERS


def blank(look: int) -> str:
    """An empty cell, ``look`` the number of its style: what stands behind its reference, as of all cells."""
    return f'{look}"/>'


def figure(value: float, look: int) -> str:
    """A number."""
    return f'{look}" t="n"><v>{value if type(value) is int else safe_string(value)}</v></c>'


def formula(text: str, look: int) -> str:
    """A formula, with its ``=``, to be computed by the reader."""
    return f'{look}"><f>{_escaped(text[1:])}</f><v/></c>'


def words(text: str, look: int) -> str:
    """A text."""
    return f'{look}" t="inlineStr"><is>{_text(text)}</is></c>'


def runs(pieces: Sequence[Run], look: int) -> str:
    """A text some of which is red."""
    written = "".join(f"<r>{_RED if run.red else ''}{_text(run.text)}</r>" for run in pieces)
    return f'{look}" t="inlineStr"><is>{written}</is></c>'


def _escaped(text: str) -> str:
    if "&" in text or "<" in text or ">" in text:
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text


def _attribute(text: str) -> str:
    return text.translate(_ATTRIBUTE)


def _text(text: str) -> str:
    space = ' xml:space="preserve"' if text != text.strip() else ""
    return f"<t{space}>{_escaped(text)}</t>"
