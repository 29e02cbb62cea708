"""Texts whose line breaks were lost: cut at the structure that is still there, never a character dropped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from govdoc.parse.dates import DATE, number_of
from govdoc.parse.header import is_recipients
from govdoc.parse.lines import Line
from govdoc.parse.numbers import read_doc_number
from govdoc.parse.vocabulary import CARRIED_WORDS, GENRES, HAN, is_agency

_FLAT_LINE: Final = 600
_GENRE = "|".join(sorted(GENRES, key=len, reverse=True))
_NUMBER_AT = re.compile(rf"[{HAN}A-Za-z]{{2,10}}[〔\[﹝［（(]\d{{4}}[〕\]﹞］）)]第?\d{{1,5}}号")
_TITLE_STOP = re.compile(rf"(?:{_GENRE}|{CARRIED_WORDS}|报告)(?:（[^（）]{{1,12}}）)?")
_SIGNED = re.compile(
    rf"(?<=[。！）])(?P<org>[{HAN}]{{2,30}}?)(?P<date>{DATE})(?P<note>[（(](?:此件|联系人|本文|主动)[^（）()]{{0,80}}[）)])?"
)
_LEVELS: Final = (
    re.compile(r"(?<=[。；：！）])(?P<n>[一二三四五六七八九十]{1,3})、"),
    re.compile(r"(?<=[。；：！）])[（(](?P<n>[一二三四五六七八九十]{1,3})[）)]"),
    re.compile(r"(?<=[。；：！）])(?P<n>\d{1,2})[.．](?!\d)"),
)


def unflatten(lines: Sequence[Line]) -> list[Line]:
    """The lines, those that hold a whole document cut into the lines they were."""
    found: list[Line] = []
    for i, line in enumerate(lines):
        if line.table is None and (len(line.text) >= _FLAT_LINE or (i < 3 and len(line.text) > 60)):
            found += _unflatten(line)
        else:
            found.append(line)
    return found


def _unflatten(line: Line) -> list[Line]:
    text = line.text
    cuts = _head_cuts(text, 0)
    if len(text) < _FLAT_LINE and not cuts:
        return [line]
    cuts += _end_cuts(text, whole=bool(cuts))
    cuts += [cut for pattern in _LEVELS for cut in _level_cuts(text, pattern)]
    return line.cut(*cuts)


def _head_cuts(text: str, begin: int) -> list[int]:
    """Where title, number and recipients end, in a text that begins with a title."""
    window = text[begin : begin + 600]
    number = _number_place(window)
    if number:
        start, stop = number
        cuts = [begin + start, begin + stop]
    else:
        stop = _title_stop(window)
        if not stop:
            return []
        cuts = [begin + stop]
    colon = re.search("[：:]", window[stop:])
    if colon and is_recipients(window[stop : stop + colon.end()]):
        cuts.append(begin + stop + colon.end())
    elif not number:
        return []
    return cuts


def _number_place(window: str) -> tuple[int, int] | None:
    """The 发文字号 after a title's 文种, with the longest title: …的函|国办函〔2004〕57号."""
    for found in _NUMBER_AT.finditer(window[:260]):
        if "。" in window[: found.start()]:
            return None
        bracket = re.search(r"[〔\[﹝［（(]", found[0])
        middle = found.start() + (bracket.start() if bracket else 0)
        for size in range(2, 11):
            start = middle - size
            if start > 3 and _ends_title(window[:start]) and read_doc_number(window[start : found.end()]):
                return start, found.end()
    return None


def _ends_title(text: str) -> bool:
    return re.search(rf"(?:{_TITLE_STOP.pattern})$", text[-20:]) is not None


def _title_stop(window: str) -> int:
    """The end of a title that stands before recipients: …的报告|国务院：; 0 where there is none."""
    colon = re.search("[：:]", window[:300])
    if colon is None or "。" in window[: colon.start()] or not re.search("关于|《", window[: colon.start()]):
        return 0
    stops = [found.end() for found in _TITLE_STOP.finditer(window, 0, colon.start())]
    return next((stop for stop in stops if stop > 6 and is_recipients(window[stop : colon.end()])), 0)


def _end_cuts(text: str, *, whole: bool) -> list[int]:
    """Around signature and date: at the end of the text, or before the title of a text that is forwarded."""
    cuts: list[int] = []
    for found in _SIGNED.finditer(text):
        last = found.end() == len(text)
        nested = [] if last else _head_cuts(text, found.end())
        title = text.startswith(("关于", "附件", "《"), found.end())
        if is_agency(found["org"]) and (last or nested or (title and whole)):
            cuts += [found.start("org"), found.start("date"), found.end("date"), found.end(), *nested]
    return cuts


def _level_cuts(text: str, pattern: re.Pattern[str]) -> list[int]:
    """Before the numerals of one level, as long as they count on or begin again."""
    cuts: list[int] = []
    expected = 1
    for found in pattern.finditer(text):
        number = number_of(found["n"])
        if number in (expected, 1):
            cuts.append(found.start())
            expected = (number or 0) + 1
    return cuts
