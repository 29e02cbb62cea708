"""What stands on the paper before it is placed: where the PDF writer and the DOCX writer meet.

``compose`` (compose.py) turns a Document and a StyleSheet into a Composition; placing it on pages is paginate.py's,
expressing it in Word's terms is export/docx.py's. All lengths in 字 are cells of the 版心 grid (156 mm / 28), all
heights in 行 (grid lines); GB/T 9704-2012 §3.1, §3.2. No number in here comes from anywhere but the style sheet.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from govdoc.fonts.roles import FaceRole as FaceRole
from govdoc.span import Notice
from govdoc.style import Element as Element


@dataclass(frozen=True)
class Run:
    """A stretch of text in one face. Characters the face lacks are drawn from another by whoever places it."""

    text: str
    face: FaceRole
    size: float  # pt
    red: bool = False
    bold: bool = False


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the flow. ``breaks`` are offsets into its text where lines are broken by sense (标题)."""

    element: Element
    runs: tuple[Run, ...]
    align: Literal["left", "centre", "right", "justify"] = "justify"
    indent_first: float = 0.0  # 字, of the first line, on top of indent_left
    indent_left: float = 0.0  # 字
    indent_right: float = 0.0  # 字
    blank_before: float = 0.0  # 行 left empty above
    breaks: tuple[int, ...] = ()
    keep_with_next: bool = False
    new_page: bool = False  # 另面
    outline: int | None = None  # depth in the navigation pane and the PDF outline, from 1

    @property
    def text(self) -> str:
        """The whole text."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True)
class TableCell:
    """A cell: its text and how many rows and columns it covers."""

    text: str
    rowspan: int = 1
    colspan: int = 1


@dataclass(frozen=True)
class Table:
    """A table in the flow; every row covers the same number of columns.

    One that lies ``across`` has pages of its own, turned a quarter so that its head is at the left edge (§8); the
    paragraphs that hang together with it stand on them too.
    """

    rows: tuple[tuple[TableCell, ...], ...]
    face: FaceRole
    size: float  # pt
    blank_before: float = 0.0  # 行 left empty above
    across: bool = False


@dataclass(frozen=True)
class Head:
    """版头 of page 1: everything above the red line. Absent elements are None or empty."""

    lines: tuple[Paragraph, ...]  # 份号, 密级, 紧急程度, one a line
    mark: tuple[Run, ...]  # one run an agency, red
    mark_suffix: Run | None  # 文件, right of the stack in a joint issue
    number: Paragraph | None
    signers: tuple[str, ...]
    rule: bool  # 版头分隔线


@dataclass(frozen=True)
class Foot:
    """版记: at the bottom of the last even page. Rows from top; a row's ``right`` stands at its right end."""

    rows: tuple[FootRow, ...]


@dataclass(frozen=True)
class FootRow:
    """A row of the 版记: label and text (抄送：…。) with a hanging indent, or 印发机关 left and 印发日期 right."""

    left: str
    hanging: float  # 字 of the row's own size, where wrapped lines begin after the left inset
    right: str | None = None
    rule_above: bool = True  # no line parts a moved 主送 from 抄送 (§7.4.2)


@dataclass(frozen=True)
class Composition:
    """All that stands on the paper, and what a person should know of how it was made to fit."""

    title: str | None
    head: Head | None
    flow: tuple[Paragraph | Table, ...]
    foot: Foot | None
    notices: tuple[Notice, ...] = ()
