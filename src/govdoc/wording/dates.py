"""Dates: 2025年2月7日, 二〇二五年二月七日, 2025-02-07, or without the day (GB/T 9704 §7.3.5.4)."""

from __future__ import annotations

import datetime
import re
from functools import lru_cache
from typing import Final, NamedTuple

_ZEROS = "〇○◯ＯO零0０"
_DIGITS = {**dict.fromkeys(_ZEROS, 0), **{char: i for i, char in enumerate("一二三四五六七八九", 1)}, "元": 1}
_HAN_YEAR = rf"[一二三四五六七八九{_ZEROS}]{{4}}"
_HAN_NUMBER = r"[一二三四五六七八九十廿卅]{1,4}"
_ARABIC = r"\d{4}\s*年\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*[日号])?"
_HAN = rf"{_HAN_YEAR}\s*年\s*{_HAN_NUMBER}\s*月(?:\s*{_HAN_NUMBER}\s*[日号])?"
_ISO = r"\d{4}\s*(?P<sep>[-./．])\s*\d{1,2}\s*(?P=sep)\s*\d{1,2}"
DATE: Final = rf"(?:{_ARABIC}|{_HAN})"
"""Pattern of a date in 年月日 without groups."""
_LINE = re.compile(rf"[（(\s]*(?:{DATE}|{_ISO})[）)\s]*")
_YEARLESS = re.compile(rf"[（(]?(?:\d{{1,2}}\s*月\s*\d{{1,2}}|{_HAN_NUMBER}\s*月\s*{_HAN_NUMBER})\s*[日号][）)]?")
_LONGEST: Final = 120
_LETTERS: Final = str.maketrans("OoＯｏ〇○◯零lI|｜", "000000001111")
_DAMAGED = re.compile(
    r"(?P<year>[12lI|][\dOoＯｏ〇○◯零lI|]{3})[\s\u3000]*年[\s\u3000]*(?P<month>[\dOoＯｏlI|]{0,2})[\s\u3000]*月"
    r"[\s\u3000]*(?P<day>[\dOoＯｏlI|]{0,2})[\s\u3000]*[日曰]"
)
_PARTS = re.compile(r"(.{4})\s*[年\-./．]\s*(.{1,4}?)\s*(?:[月\-./．]\s*(?:(.{1,4}?)\s*[日号]?)?)?")


class DateRead(NamedTuple):
    """A date as printed and in ISO 8601: ``2025-02-07``, ``2025-02`` without its day, ``None`` where impossible.

    Without its year (11月4日) it is no full date and has no ISO form.
    ``sound`` is false where letters had to be read for digits, or a day or month was left blank.
    """

    raw: str
    iso: str | None
    full: bool
    sound: bool = True

    @property
    def yearless(self) -> bool:
        """Whether it names a month and a day alone."""
        return self.iso is None and not self.full and "月" in self.raw and "年" not in self.raw


def number_of(text: str) -> int | None:
    """A count below 10000 in 阿拉伯 or 汉字 digits (707, 四十八, 二〇); ``None`` where it is none."""
    text = "".join(text.split())
    if text.isdecimal():
        return int(text)
    if text and all(char in _DIGITS for char in text):
        return int("".join(str(_DIGITS[char]) for char in text))
    total, current = 0, 0
    units = {"十": 10, "百": 100, "千": 1000}
    for char in text.replace("廿", "二十").replace("卅", "三十"):
        if char in units:
            total, current = total + (current or 1) * units[char], 0
        elif char in _DIGITS:
            current = _DIGITS[char]
        else:
            return None
    return total + current if text else None


def read_date(raw: str) -> DateRead | None:
    """Read a text that is a date and nothing else; ``None`` where it is none."""
    return _read_date(raw) if len(raw) <= _LONGEST else None


@lru_cache(maxsize=4096)
def _read_date(raw: str) -> DateRead | None:
    text = raw.strip()
    if not _LINE.fullmatch(text):
        return DateRead(text.strip("（）()"), None, full=False) if _YEARLESS.fullmatch(text) else _read_damaged(text)
    text = text.strip("（）() \u3000\t")
    parts = _PARTS.fullmatch(text)
    if parts is None:
        return DateRead(text, None, full=False)
    year, month, day = (number_of(part) if part else None for part in parts.groups())
    return DateRead(text, _iso(year, month, day), full=parts[3] is not None)


def _read_damaged(text: str) -> DateRead | None:
    """2O23年5月l6日 with letters for digits, 2023年5月　日 with its day left blank; ``None`` where it is none."""
    found = _DAMAGED.fullmatch(text)
    if found is None:
        return None
    year, month, day = (part.translate(_LETTERS) for part in found.groups())
    iso = _iso(int(year), int(month), int(day) if day else None) if month else None
    return DateRead(text, iso, full=True, sound=False)


def _iso(year: int | None, month: int | None, day: int | None) -> str | None:
    if year is None or month is None:
        return None
    try:
        date = datetime.date(year, month, day or 1)
    except ValueError:
        return None
    return date.isoformat() if day else date.isoformat()[:7]
