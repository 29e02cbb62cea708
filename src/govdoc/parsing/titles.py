"""Titles: where one ends, what it says of the text it carries, and whether two are the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from govdoc.parsing.found import Found
from govdoc.parsing.lines import Line
from govdoc.wording.carried import CARRY, LONGEST_TITLE
from govdoc.wording.dates import DATE, read_date
from govdoc.wording.labels import read_label
from govdoc.wording.numbers import DOC_NUMBER, read_doc_number, read_issue_number, read_order_number
from govdoc.wording.recipients import is_recipients
from govdoc.wording.vocabulary import GENRE_END, HAN, TITLE_END, ends_sentence, squeeze

_LONGEST_LINE, _LONGEST_SPACED, _MOST_LINES = 70, 280, 8
_LABELLED = re.compile(r"(?:附\s*[件表]|主\s*送|抄\s*送)\s*[\d一二三四五六七八九十]*\s*[：:]?")
_PRINTED = re.compile(rf"{DATE}\s*印\s*发$")
_OPENERS, _CLOSERS = "《〈（(“〔", "》〉）)”〕"
_BARE_NUMBER = re.compile(rf"[（(]\s*({DOC_NUMBER.pattern})\s*[）)]\s*$")
_BARE_NOTED = re.compile(rf"[（(][^（）()]*{DATE}[^（）()]*[）)]$")
_OF_GENRE = re.compile(rf"的(?:{GENRE_END.pattern})")
_OPENS = re.compile(rf"[{HAN}（）()]{{0,30}}关于")
_OWN = re.compile(r"关于|.{2,20}关于")
_END_REACH = 64
_BRACKETED_LINE = re.compile(r"[（(【][^（）()]{1,40}[）)】]")


def title_like(line: Line) -> bool:
    """Whether a line may be one of a title's: short, no sentence, no number of its own, no place in an outline."""
    return line.table is None and len(line.text) <= _LONGEST_SPACED and _title_text(line.text.strip())


@lru_cache(maxsize=4096)
def _title_text(text: str) -> bool:
    return (
        len(text) <= _LONGEST_LINE
        and "\t" not in text
        and "。" not in text
        and not ends_sentence(text)
        and not text.endswith((":", "，", "；", ";", ","))
        and read_label(text) is None
        and read_date(text) is None
        and read_doc_number(text) is None
        and read_order_number(text) is None
        and read_issue_number(text) is None
        and not _LABELLED.match(text)
        and not _PRINTED.search(text)
        and not text.startswith(("（此件", "（联系"))
    )


def balance(text: str) -> int:
    """Opening brackets less closing ones."""
    return sum(map(text.count, _OPENERS)) - sum(map(text.count, _CLOSERS))


def read_title(lines: Sequence[Line], begin: int, end: int) -> int:
    """How many lines make a title: through its 文种, or one line that may stand as a title; else 0."""
    last = begin
    if stopped_title(lines, begin, end):
        return 1
    while last < end and last - begin < _MOST_LINES and (title_like(lines[last]) or left_open(lines, last, end)):
        last += 1
    if last == begin:
        return 1 if begin < end and _long_title(lines[begin].text) else 0
    joined = ""
    for i in range(begin, last):
        joined += squeeze(lines[i].text)
        if len(joined) > LONGEST_TITLE:
            break
        if (
            balance(joined) <= 0
            and TITLE_END.search(joined[-_END_REACH:])
            and (i == begin or _joins(lines[begin], joined))
        ):
            return i + 1 - begin + _extension(lines, i + 1, last)
    count = 1
    while count < last - begin and (
        balance("".join(line.text for line in lines[begin : begin + count])) > 0
        or (lines[begin].centred and lines[begin + count].centred)
    ):
        count += 1
    return count


def stopped_title(lines: Sequence[Line], i: int, end: int) -> bool:
    """Whether a line is a title but for the stop at its end, beside a number or over those it addresses."""
    text = lines[i].text.strip() if i < end else ""
    if not text.endswith(("。", "；", "，")) or _OPENS.match(text) is None or GENRE_END.search(text[:-1]) is None:
        return False
    if "，" in text[:-1] or not title_like(replace(lines[i], text=text[:-1])):
        return False
    around = [line.text for line in (*lines[max(i - 1, 0) : i], *lines[i + 1 : min(i + 2, end)])]
    return any(read_doc_number(one) or is_recipients(one) for one in around)


def left_open(lines: Sequence[Line], i: int, end: int) -> bool:
    """Whether a title that names its 事由 breaks behind a comma: 关于做好防汛， | 保障安全工作的通知."""
    text = lines[i].text.strip()
    return (
        text.endswith("，")
        and _OPENS.match(text) is not None
        and title_like(replace(lines[i], text=text[:-1]))
        and i + 1 < end
        and title_like(lines[i + 1])
        and _OF_GENRE.search(squeeze(lines[i + 1].text)) is not None
    )


def _long_title(text: str) -> bool:
    return (
        len(text) <= LONGEST_TITLE
        and "。" not in text
        and GENRE_END.search(text) is not None
        and read_label(text) is None
    )


def _joins(first: Line, joined: str) -> bool:
    """Whether lines up to a 文种 are one title: they speak 关于 something, or are short enough to be one."""
    return (
        "关于" in joined or "《" in joined or re.search(CARRY, joined) is not None or len(joined) <= 50 or first.centred
    )


def _extension(lines: Sequence[Line], i: int, last: int) -> int:
    """Lines after a first 文种 that still belong to the title: …决定 | 重点工作分工方案的通知, | 的通知, | （试行）."""
    if i >= last:
        return 0
    text = squeeze(lines[i].text)
    whole = _BRACKETED_LINE.fullmatch(text) and not re.search(r"\d{4}年|通过|此件|共[\d一二三四五六七八九十百]", text)
    own = _OWN.match(text)
    if whole or (not own and len(text) <= 40 and _OF_GENRE.search(text)):
        return 1 + _extension(lines, i + 1, last)
    return 0


def join_title(lines: Sequence[Line]) -> str:
    """The lines of a title as one; where it broke, what was printed had no blank."""
    return "".join(_despaced(line.text.strip()) for line in lines)


def _despaced(text: str) -> str:
    """A line set letter by letter (几 个 问 题 的 通 知) without its spaces; any other as it is."""
    letters = text.split()
    return "".join(letters) if len(letters) > 3 and all(len(letter) == 1 for letter in letters) else text


def _from_end(lines: Sequence[Line], length: int) -> int:
    """Where the last ``length`` characters of the title begin that these lines join to."""
    for line in reversed(lines):
        text = line.text.strip()
        ink = [i for i, char in enumerate(text) if not char.isspace()] if _despaced(text) != text else range(len(text))
        if length <= len(ink):
            return line.start + len(line.text) - len(line.text.lstrip()) + ink[-length]
        length -= len(ink)
    return lines[0].start


def number_in_title(title: Found[str], lines: Sequence[Line]) -> tuple[Found[str], Found[str]] | None:
    """The title of these lines and the 发文字号 in brackets at its end; ``None`` where there is none."""
    found = _BARE_NUMBER.search(title.value)
    if found is None or found.start() == 0:
        return None
    cut = _from_end(lines, len(title.value) - found.start())
    return (
        Found(title.value[: found.start()].rstrip(), title.start, cut),
        Found(found[1], cut, title.stop),
    )


def noted_in_title(title: Found[str], lines: Sequence[Line]) -> tuple[Found[str], Found[str]] | None:
    """The title of these lines and the 题注 with a date in brackets at its end; ``None`` where there is none."""
    found = _BARE_NOTED.search(title.value)
    if found is None or found.start() == 0:
        return None
    cut = _from_end(lines, len(title.value) - found.start())
    return Found(title.value[: found.start()].rstrip(), title.start, cut), Found(found[0], cut, title.stop)
