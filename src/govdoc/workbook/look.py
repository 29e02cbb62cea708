"""How cells look: shared style records, made once a workbook, so that a cell costs no style object of its own."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from copy import copy
from functools import lru_cache
from typing import Any, Literal

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

StyleName = Literal[
    "text", "text cut", "centre", "number", "decimal", "score", "percent", "link", "link cut", "pointer", "header",
    "doubtful score", "title", "subtitle",
    "section", "label", "plain", "small", "entry", "good", "better", "bad", "unsure",
]  # fmt: skip

FACE, HEAD_FACE = "宋体", "黑体"
RED, BLUE, INK, GREY = "C00000", "1F4E79", "000000", "595959"
_LINE = Side(style="thin", color="BFBFBF")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_NARROW = re.compile("[^\u2e80-\U0010ffff“”‘’—…×≥≤≈]+")
_MOST_LINES = 28
INTEGER, DECIMAL = "#,##0", "#,##0.0#"
_TOP: dict[str, Any] = {"vertical": "center", "wrap_text": True}


def _font(**settings: Any) -> Font:
    return Font(**dict[str, Any]({"name": FACE, "size": 10, "color": INK} | settings))


def _fill(colour: str) -> PatternFill:
    return PatternFill("solid", start_color=colour)


def _align(horizontal: str, **settings: Any) -> Alignment:
    return Alignment(horizontal=horizontal, **(_TOP | settings))


def _definitions() -> dict[StyleName, dict[str, Any]]:
    cell: dict[str, Any] = {"font": _font(), "border": _BOX}
    centre = cell | {"alignment": _align("center")}
    number = cell | {"alignment": _align("right", wrap_text=False, indent=1)}
    return {
        "text": cell | {"alignment": _align("left")},
        "text cut": cell | {"alignment": _align("left", vertical="top")},
        "centre": centre,
        "number": number | {"number_format": INTEGER},
        "decimal": number | {"number_format": DECIMAL},
        "score": centre | {"number_format": "0.00"},
        "doubtful score": centre | {"number_format": "0.00", "fill": _fill("FFE699")},
        "percent": number | {"number_format": "0.0%"},
        "link": cell | {"font": _font(color=BLUE), "alignment": _align("left")},
        "link cut": cell | {"font": _font(color=BLUE), "alignment": _align("left", vertical="top")},
        "pointer": cell | {"font": _font(color=BLUE, underline="single"), "alignment": _align("center")},
        "header": {
            "font": _font(name=HEAD_FACE, color="FFFFFF"), "fill": _fill(BLUE), "border": _BOX,
            "alignment": _align("center"),
        },
        "title": {"font": _font(name=HEAD_FACE, size=18), "alignment": _align("center")},
        "subtitle": {"font": _font(color=GREY), "alignment": _align("center")},
        "section": {"font": _font(name=HEAD_FACE, size=12, color=BLUE), "alignment": _align("left", wrap_text=False)},
        "label": cell | {"fill": _fill("DDEBF7"), "alignment": _align("center")},
        "plain": {"font": _font(), "alignment": _align("left")},
        "small": cell | {"font": _font(size=8, color=GREY), "alignment": _align("left")},
        "entry": centre | {"fill": _fill("FFF9E5")},
        "good": centre | {"fill": _fill("E2EFDA")},
        "better": centre | {"fill": _fill("C6E0B4")},
        "bad": centre | {"fill": _fill("F8CBAD")},
        "unsure": centre | {"fill": _fill("FFE699")},
    }  # fmt: skip


class Looks:
    """The numbers of the shared style records by name, and each ``quoted`` for text that must never be a formula."""

    def __init__(self, book: Workbook, sheet: Any) -> None:
        self.plain: dict[StyleName, int] = {}
        self.quoted: dict[StyleName, int] = {}
        for name, settings in _definitions().items():
            cell: Any = WriteOnlyCell(sheet)
            for key, value in settings.items():
                setattr(cell, key, value)
            self.plain[name] = cell.style_id
            cell._style = copy(cell._style)
            cell.quotePrefix = True
            self.quoted[name] = cell.style_id


def breadth(text: str) -> float:
    """Width of a line in Excel's units at 10 points: a wide character takes two, with a little air."""
    wide = len(_NARROW.sub("", text))
    return 2.0 * wide + 1.05 * (len(text) - wide)


@lru_cache(maxsize=2048)  # sentences and headings stand in many rows, one after another
def lines(text: str, width: float) -> int:
    """How many lines the text takes in a cell of that width."""
    if len(text) * 2.0 <= width - 1.0 and "\n" not in text:
        return 1
    return sum(max(1, math.ceil(breadth(line) / max(1.0, width - 1.0))) for line in text.split("\n")) if text else 1


def height(contents: Iterable[tuple[str, float]], *, at_least: float = 18.0, size: float = 10) -> float:
    """Row height in points for texts in cells of those widths."""
    most = max((lines(text, width) for text, width in contents), default=1)
    return height_of(most, at_least=at_least, size=size)


def height_of(count: int, *, at_least: float = 18.0, size: float = 10) -> float:
    """Row height in points for so many lines; Excel's own limit is 409."""
    return min(409.0, max(at_least, min(count, _MOST_LINES) * size * 1.35 + 3.0))


def style_of_number(value: object) -> StyleName:
    """``#,##0`` for integers, ``#,##0.0#`` for decimals."""
    return "decimal" if isinstance(value, float) else "number"


CUT_STYLES: dict[StyleName, StyleName] = {"text": "text cut", "link": "link cut"}
"""The look of a text that is higher than its row: from the top, so that it breaks off at its end only."""
