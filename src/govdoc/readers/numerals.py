"""Numbers of lists as Word writes them (``ST_NumberFormat``, ECMA-376 part 1, 17.18.59)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

_DIGITS = "〇一二三四五六七八九"
_UNITS = ("", "十", "百", "千")
_SIMPLE = ("零一二三四五六七八九", _UNITS)
_LEGAL = ("零壹贰叁肆伍陆柒捌玖", ("", "拾", "佰", "仟"))
_LEGAL_TRADITIONAL = ("零壹貳參肆伍陸柒捌玖", ("", "拾", "佰", "仟"))
_ROMAN: Final = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_MOST_LETTERS = 26 * 30  # Word goes on with aa, bb, aaa … up to so many


def _counting(number: int, table: tuple[str, tuple[str, ...]] = _SIMPLE, *, bare_ten: bool = True) -> str:
    """一百零一; 十一 where ``bare_ten``, else 一十一."""
    digits, units = table
    if number >= 10_000:
        rest = number % 10_000
        gap = digits[0] if 0 < rest < 1000 else ""
        return f"{_counting(number // 10_000, table)}万{gap}{_counting(rest, table, bare_ten=False) if rest else ''}"
    if number == 0:
        return digits[0]
    text, zero = "", False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit:
            text += (digits[0] if zero and text else "") + digits[digit] + units[place]
            zero = False
        else:
            zero = True
    return text[1:] if bare_ten and text.startswith(digits[1] + units[1]) else text


def _digital(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(number))


def _chinese_counting(number: int) -> str:
    """十一, but 一〇一: above 99 digit by digit."""
    return _counting(number) if number < 100 else _digital(number)


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    text = ""
    for worth, letters in _ROMAN:
        text += letters * (number // worth)
        number %= worth
    return text


def _letters(number: int) -> str:
    if not 0 < number <= _MOST_LETTERS:
        return str(number)
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _signs(*runs: tuple[int, int]) -> Callable[[int], str]:
    """One sign a number: runs of a first code point and how many follow; digits where the signs end."""
    signs = [chr(first + i) for first, count in runs for i in range(count)]
    return lambda number: signs[number - 1] if 0 < number <= len(signs) else str(number)


def _listed(signs: str) -> Callable[[int], str]:
    return lambda number: signs[(number - 1) % len(signs)] if number > 0 else str(number)


def _full_width(number: int) -> str:
    return str(number).translate({ord(str(digit)): 0xFF10 + digit for digit in range(10)})


_CIRCLED = _signs((0x2460, 20), (0x3251, 15), (0x32B1, 15))
_FORMATS: Final[dict[str, Callable[[int], str]]] = {
    "none": lambda _: "",
    "decimalZero": lambda number: f"{number:02}",
    "numberInDash": lambda number: f"- {number} -",
    "ordinal": _ordinal,
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerRoman": _roman,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerLetter": _letters,
    "hex": lambda number: f"{max(0, number):X}",
    "chineseCounting": _chinese_counting,
    "chineseCountingThousand": _counting,
    "taiwaneseCounting": _chinese_counting,
    "taiwaneseCountingThousand": _counting,
    "taiwaneseDigital": _digital,
    "japaneseCounting": _counting,
    "japaneseDigitalTenThousand": _digital,
    "koreanDigital2": _digital,
    "ideographDigital": _digital,
    "chineseLegalSimplified": lambda number: _counting(number, _LEGAL, bare_ten=False),
    "ideographLegalTraditional": lambda number: _counting(number, _LEGAL_TRADITIONAL, bare_ten=False),
    "ideographTraditional": _listed("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _listed("子丑寅卯辰巳午未申酉戌亥"),
    "ideographEnclosedCircle": _signs((0x3280, 10)),
    "decimalEnclosedCircle": _CIRCLED,
    "decimalEnclosedCircleChinese": _CIRCLED,
    "decimalEnclosedFullstop": _signs((0x2488, 20)),
    "decimalEnclosedParen": _signs((0x2474, 20)),
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
}


def numeral(number: int, style: str) -> str:
    """``number`` in a number format of Word's; in Arabic digits where the format is not known here."""
    return _FORMATS.get(style, str)(number) if number >= 0 else str(number)


def circled(text: str) -> str | None:
    """① for ``1``, ㊀ for ``一``: what a circle around a number gives; ``None`` where there is no such sign."""
    if text.isascii() and text.isdecimal() and len(text) < 3 and 0 < int(text) <= 50:
        return _CIRCLED(int(text))
    return chr(0x3280 + "一二三四五六七八九十".index(text)) if text and text in "一二三四五六七八九十" else None
