"""Excel's laws for text and size, and what had to be done to keep them: nothing is cut or dropped silently."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from govdoc.errors import ExportError

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_ACTIVE = re.compile(r"[\x00-\x20\u00a0\u3000]*[=+\-@＝＋－＠]|[\t\r\n]")
_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")
_CUT = "……（超出单元格 32767 字，已截断，全文见来源文件）"


@dataclass(frozen=True)
class Limits:
    """How much goes on one sheet. Excel itself ends at 1,048,576 rows, 65,530 hyperlinks and 32,767 characters."""

    rows: int = 1_000_000
    links: int = 60_000
    characters: int = 32_767

    def __post_init__(self) -> None:
        if not (0 < self.rows < 1_048_576 and 0 <= self.links <= 65_530 and len(_CUT) < self.characters <= 32_767):
            raise ExportError(f"limits beyond what Excel holds: {self}", remedy="keep the defaults")


@dataclass
class Doings:
    """What was done to keep the laws: code → how often, and the first place of each."""

    counts: Counter[str] = field(default_factory=Counter)
    first: dict[str, str] = field(default_factory=dict)

    def add(self, code: str, place: str) -> None:
        """One more of ``code``, at ``place``."""
        self.counts[code] += 1
        self.first.setdefault(code, place)


def is_active(text: str) -> bool:
    """Whether a spreadsheet might read the text as a formula: = + - @ (wide ones too) first, or a tab or line end."""
    return bool(text) and _ACTIVE.match(text) is not None


def units(text: str) -> int:
    """Length as Excel counts it: UTF-16 code units."""
    return len(text) + sum(1 for char in text if char > "\uffff")


def without_controls(text: str) -> str:
    """The text without what XML forbids; a lone surrogate becomes U+FFFD."""
    return _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", _FORBIDDEN.sub("", text))


def lawful(text: str, sheet: str, row: int, doings: Doings, limits: Limits) -> str:
    """The text as a cell may hold it: no characters XML forbids, line ends LF, ``_x0041_`` escaped, not too long."""
    clean = text.replace("\r\n", "\n").replace("\r", "\n")
    if not clean.isprintable():
        without = without_controls(clean)
        if without != clean:
            doings.add("control", f"{sheet} 第{row}行")
            clean = without
    if "_x" in clean:
        clean = _ESCAPE.sub("_x005F_", clean)
    if len(clean) * 2 > limits.characters and units(clean) > limits.characters:
        doings.add("cut", f"{sheet} 第{row}行")
        clean = cut(clean, limits.characters - len(_CUT)) + _CUT
    return clean


def cut(text: str, room: int) -> str:
    """The beginning of the text that takes at most ``room`` UTF-16 units."""
    kept = text[:room]
    while units(kept) > room:
        kept = kept[: len(kept) - max(1, (units(kept) - room) // 2)]
    return kept


def sheet_name(title: str, part: int = 1) -> str:
    r"""A lawful sheet name: at most 31 characters, none of ``[]:*?/\``; later parts end in -2, -3 and so on."""
    ending = f"-{part}" if part > 1 else ""
    return _SHEET_NAME.sub("_", title)[: 31 - len(ending)] + ending
