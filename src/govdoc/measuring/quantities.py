"""Finding quantities: a number, its scale and its unit, as one span of a line (indicators.md §1, §5)."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import chain
from typing import Literal, NamedTuple

from govdoc.measuring.units import MEDALS, PEOPLE_NOUNS, WHOLE_COUNTERS, match_unit

Form = Literal["number", "rank", "streak", "medal", "bare"]

SCALES: dict[str, int] = {
    "万亿": 10**12,
    "千亿": 10**11,
    "百亿": 10**10,
    "十亿": 10**9,
    "亿": 10**8,
    "千万": 10**7,
    "百万": 10**6,
    "十万": 10**5,
    "万": 10**4,
    "千": 10**3,
}
_ARABIC = r"(?:[0-9０-９]{1,3}(?:,[0-9]{3})+|[0-9０-９]+)(?:[.．][0-9０-９]+)?"
# 8 600: digits parted in threes by one blank, as in print; a title (表1 200人) or other digits before it make it none.
BLANKS = "[ \\u00a0\\u2002-\\u200a\\u202f]"
_PARTED = rf"(?<![\d.,，．第表图件])(?<!\d{BLANKS})[1-9]\d{{0,2}}(?:{BLANKS}\d{{3}})+(?!\d|{BLANKS}?\d)(?:\.\d+(?!\d))?"
_HAN = r"[一二两三四五六七八九十百千零〇]+"
_SCALE = r"(?:万亿|[十百千]?[万亿]|千(?=公顷|人|吨|户|亩|升|头|只))"
_TOKEN = re.compile(
    rf"(?P<n1>{_PARTED}|{_ARABIC}|{_HAN}){BLANKS}?(?P<s1>{_SCALE})?(?P<p1>[%％])?"
    rf"(?:[ ]?(?:[-－—–~～至]|——)[ ]?(?P<n2>{_PARTED}|{_ARABIC}|{_HAN})(?=[^月日号]))?"
    rf"(?P<i1>[余多](?![少个年]))?(?P<s2>{_SCALE})?(?P<i2>[余多](?=[^年少]))?"
)
_POST = re.compile(r"[ ]?(?P<word>(?:及|或|[（(]含[）)])?以上|(?:及|或|[（(]含[）)])?以下|以内|之内|左右|上下|之多)")
_RANK = re.compile(rf"第(?P<n>{_ARABIC}|{_HAN})(?P<tail>位|名(?!师|校)|大)?")
# 前三名, 排名前3位: a place or better.
_TOP = re.compile(rf"前(?P<n>[1-9]\d{{0,2}}|{_HAN})(?:位|名(?!师|校))")
_YEARS = re.compile(rf"连续(?P<n>{_HAN}|[0-9]{{1,2}})(?P<more>多|余)?(?P<u>年|届|次|个月|个季度)")
# 三分之一, 百分之九十五, 千分之三; what is a part of a whole is less than it.
_FRACTION = re.compile(rf"(?P<whole>{_ARABIC}|{_HAN})分之(?P<part>(?:{_ARABIC}|{_HAN})(?:点{_HAN})?)")
# 1.86:1, 1:16.8 and 3:7; 8:30 may be a time of day, which exclusions tell, and 8.6:42.3:49.1 has no single value.
_OF_TWO = re.compile(
    r"(?<![\d:：∶.])(?:(?P<one>1[:：∶])(?P<m>\d{1,6}(?:\.\d{1,4})?)"
    r"|(?P<n>\d{1,6}(?:\.\d{1,4})?)(?P<to>[:：∶]\d{1,4}(?:\.\d{1,4})?))(?![\d:：∶]|\.\d)"
)
# 1/3 的学校; 1/3 may be a day, 第1/3页 a page.
_SLASHED = re.compile(r"(?<![\dA-Za-z/.第])(?P<part>[1-9]\d?)/(?P<whole>[1-9]\d?)(?![\d/.A-Za-z]|[页版号期条期])")
_DOUBLED = re.compile(rf"(?<=翻)(?:了|近|约|两)?(?P<n>{_ARABIC}|{_HAN})(?P<u>番)")
_DIGITS = dict(zip("零〇一二两三四五六七八九", (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_CENT = Decimal("0.01")
_PLACES = {"十": 10, "百": 100, "千": 1000}
_BARE = re.compile(rf"(?:名|位)?(?:[一-龥]{{0,6}}?)(?:{PEOPLE_NOUNS})")


class Quantity(NamedTuple):
    """A quantity in a line: ``[start, end)`` is the value span, ``[left, right)`` that span with its qualifiers.

    ``number`` is as written; ``value`` or ``low`` and ``high`` are scaled. ``inner`` is 余, 多 or 前 inside the span,
    ``post`` is 以上, 左右 … after it. ``doubt`` says why the digits may not be the number (a person shall look).
    """

    start: int
    end: int
    right: int
    number: str | None
    scale: str
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    unit: str
    form: Form
    inner: str = ""
    post: str = ""
    han: bool = False
    doubt: str = ""


def _digits(text: str) -> str:
    """A numeral as written, without the marks that only part its digits."""
    return re.sub(BLANKS, "", unicodedata.normalize("NFKC", text)).replace(",", "")


def read_number(text: str) -> Decimal | None:
    """The value of an Arabic or Chinese numeral; ``None`` where the characters make none (一二三)."""
    plain = _digits(text)
    if plain[:1].isdigit() and plain[:1].isascii():
        return Decimal(plain)
    total, digit, last = 0, None, 10**4
    for char in plain:
        if char in _PLACES:
            place = _PLACES[char]
            if place >= last:
                return None
            total, digit, last = total + (1 if digit is None else digit) * place, None, place
        else:
            if digit not in (None, 0):
                return None
            digit = _DIGITS[char]
    return Decimal(total + (digit or 0))


def plain(value: Decimal) -> str:
    """A decimal as a string without exponent or idle zeros: ``23207600``, ``97.6``."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _scaled(number: str, scale: str) -> Decimal | None:
    value = read_number(number)
    return None if value is None else value * SCALES.get(scale, 1)


def _special(line: str) -> Iterator[Quantity]:
    for found in _RANK.finditer(line):
        value = read_number(found["n"])
        if value is not None:
            start, end = found.span()
            number = found["n"] if found["n"].isascii() else plain(value)
            yield Quantity(start, end, end, number, "", value, None, None, "", "rank", han=not found["n"].isascii())
    for found in _TOP.finditer(line):
        value = read_number(found["n"])
        if value is not None:
            start, end = found.span()
            yield Quantity(start, end, end, plain(value), "", value, None, None, "", "rank", inner="前")
    for found in _YEARS.finditer(line):
        value = read_number(found["n"])
        if value is not None:
            start, end = found.start("n"), found.end()
            yield Quantity(
                start, end, end, plain(value), "", value, None, None, found["u"], "streak", inner=found["more"] or ""
            )


def _relations(line: str) -> Iterator[Quantity]:
    """Parts of a whole in percent, ratios of two, and doublings (一番)."""
    for found in chain(_FRACTION.finditer(line), _SLASHED.finditer(line)):
        share = _share(found["whole"], found["part"])
        if share is not None:
            start, end = found.span()
            post = _POST.match(line, end)
            right, word = (post.end(), post["word"]) if post else (end, "")
            yield Quantity(start, end, right, plain(share), "", share, None, None, "%", "number", post=word)
    for found in _OF_TWO.finditer(line):
        written = found["n"] or found["m"]
        unit = found["to"] or found["one"]
        yield Quantity(
            found.start(), found.end(), found.end(), written, "", Decimal(written), None, None, unit, "number"
        )
    for found in _DOUBLED.finditer(line):
        value = read_number(found["n"])
        if value is not None:
            start, end = found.start("n"), found.end()
            yield Quantity(start, end, end, plain(value), "", value, None, None, found["u"], "number")


def _share(whole: str, part: str) -> Decimal | None:
    """A fraction in percent, to two places where it does not come out even; ``None`` where it is none."""
    below = read_number(whole)
    head, point, tail = part.partition("点")
    above = read_number(head)
    if point and above is not None:
        above += Decimal("0." + "".join(str(_DIGITS.get(char, 0)) for char in tail))
    if above is None or not below or not 0 < above <= below:
        return None
    return (above * 100 / below).quantize(_CENT, rounding=ROUND_HALF_UP).normalize() + 0


def _from_token(line: str, found: re.Match[str]) -> Quantity | None:
    n1, n2 = found["n1"], found["n2"]
    han = not n1[0].isdigit()
    if n2 and (n2[0].isdigit() == han):
        return None
    scale = found["s1"] or found["s2"] or ""
    first = _scaled(n1, scale if not n2 else (found["s1"] or found["s2"] or ""))
    second = _scaled(n2, found["s2"] or found["s1"] or "") if n2 else None
    if first is None or (n2 and second is None):
        return None
    inner = found["i1"] or found["i2"] or ""
    at = found.end()
    percent = found["p1"] or ""
    if percent and not n2:
        unit, at = percent, found.end("p1")
        inner = ""
    else:
        at += bool(_BLANK.match(line, at))
        unit = match_unit(line, at)
        if percent and unit not in ("%", "％"):
            return None
        at = at + len(unit) if unit else found.end()
    form: Form = "number"
    if (
        not unit
        and line[at : at + 1] in MEDALS
        and (line[at + 1 : at + 2].isdigit() or line[at + 1 : at + 2] in "，、。；牌")
    ):
        unit, form, at = line[at], "medal", at + 1
    if not unit:
        form = "bare"
    elif unit.startswith("连"):
        form = "streak"
    post = _POST.match(line, at)
    right = post.end() if post else at
    number = None if n2 else (plain(first / SCALES.get(scale, 1)) if han else _digits(n1))
    value, low, high = (None, first, second) if n2 else (first, None, None)
    return Quantity(
        found.start(), at, right, number, scale, value, low, high, unit, form, inner, post["word"] if post else "", han
    )


_BLANK = re.compile(BLANKS)
# What stands before a number that digits and a blank belong to, and what makes decimals of whole things right.
_DIGIT_BEFORE = re.compile(rf"\d{BLANKS}$")
_OPENING = re.compile(r"(?:^|[。；;！？])\s*$")
_LABEL = re.compile(r"[1-9]\d?[.．](?=[1-9])")
_AVERAGE = re.compile(r"均|每|[比较]|人数|系数|指数|倍|当于|约合|折合")
_MINUS = re.compile(r"[一-龥][-－−]$")


def negative(quantity: Quantity) -> Quantity:
    """The quantity with the sign before it: 增长率-1.1%, or -1.1 in a cell of a table."""
    if quantity.value is None:
        return quantity
    return quantity._replace(start=quantity.start - 1, number=f"-{quantity.number}", value=-quantity.value)


def _broken(quantity: Quantity) -> bool:
    """Whether a counter of whole things has a decimal before it."""
    return quantity.unit in WHOLE_COUNTERS and not quantity.scale and "." in (quantity.number or "")


def _label_read_as_part(before: str, quantity: Quantity) -> int | None:
    """1.4所幼儿园 at the head of a line: the width of the item number 1. that was read as a part of the value."""
    if _broken(quantity) and _OPENING.search(before) and (label := _LABEL.match(quantity.number or "")):
        return label.end()
    return None


def _doubt(line: str, before: str, quantity: Quantity) -> str:
    """Why the digits of a quantity may not be all or only its own; empty where nothing speaks against them."""
    if _DIGIT_BEFORE.search(before):
        return "数字前另有以空格隔开的数字，待核"
    written = line[quantity.start : quantity.end]
    if (
        re.match(rf"\d{{1,2}}{BLANKS}\d{{3}}\D", written)
        and re.fullmatch(r"\s*", before)
        and len(line) > len(written) + 4
    ):
        return "句首数字中有空格，也可能是编号，待核"
    return "计数单位前有小数，待核" if _broken(quantity) and not _AVERAGE.search(before) else ""


def scan(line: str) -> list[Quantity]:
    """Every number of the line that could be a quantity, in order and disjoint; what is none is said by exclusions."""
    special = [*_special(line), *_relations(line)]
    taken = [(one.start, one.end) for one in special]
    found = list(special)
    at = 0
    while (token := _TOKEN.search(line, at)) is not None:
        quantity = _from_token(line, token)
        if quantity is not None and quantity.unit in ("%", "％", "‰") and _MINUS.search(line[: token.start()][-2:]):
            quantity = negative(quantity)
        if quantity is None:
            at = token.end("n1")
            continue
        before = line[max(0, token.start() - 16) : token.start()]
        if (label := _label_read_as_part(before, quantity)) is not None:
            at = token.start() + label
            continue
        if not quantity.han and (doubt := _doubt(line, before, quantity)):
            quantity = quantity._replace(doubt=doubt)
        at = max(quantity.end, token.start() + 1)
        if not any(start < quantity.end and quantity.start < end for start, end in taken):
            found.append(quantity)
    return sorted(found)


def within(found: Sequence[Quantity], start: int, end: int) -> list[Quantity]:
    """The quantities that begin in ``[start, end)``, of a sorted list, by bisection."""
    first = bisect_left(found, start, key=_begin)
    return list(found[first : bisect_left(found, end, lo=first, key=_begin)])


def _begin(quantity: Quantity) -> int:
    return quantity.start


def bare_people(line: str, quantity: Quantity) -> bool:
    """Whether a bare number stands on a noun that counts people."""
    return _BARE.match(line, quantity.end) is not None
