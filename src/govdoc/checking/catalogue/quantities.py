"""U: 数字 and 量和单位 (GB/T 15835-2011, GB 3100–3102)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govdoc.checking.draft import Draft
from govdoc.checking.matching import sweep
from govdoc.checking.registry import Found, check

_RANGE = re.compile(
    r"(?<![\d.~/A-Za-z-])(\d{1,4}(?:\.\d+)?[%％‰]?)(-|~)(\d{1,4}(?:\.\d+)?)(?=[%％‰年月日时岁个名人天周分万亿元米公千项次级至期）)])"
)
_YEARS = re.compile(r"(?:19|20)\d{2}")
_BARE_PERCENT = re.compile(r"(?<![\d.%])(\d+(?:\.\d+)?)[～~－-](?=\d+(?:\.\d+)?[%％])")
_BARE_SCALE = re.compile(r"(?<![\d.万亿])(\d+(?:\.\d+)?)[～~－-]\d+(?:\.\d+)?([万亿])")
_ABOUT_TWICE = re.compile(
    r"(?:约|大约|大概|近)\d[\d.]*[万亿]?[多余]?[^，。；\d]{0,6}?(?:左右|上下)|(?:约|近)\d[\d.]*[万亿]?[多余](?=[^\d])"
)
_SHORT_YEAR = re.compile(r"(?<![\d.])\d{2}年(?=\d{1,2}月)|[’'‘]\d{2}年")
_OLD_UNITS = re.compile(r"(?<=[\d万亿])(?:亩|公分|(?<!公)斤|马力|华里|平米|立方(?!米|分米|厘米))")
_ZERO_YEAR = re.compile(r"二[零○Ｏ0O][零○Ｏ0O一二][零○Ｏ0O一二三四五六七八九](?=年)")
_CIRCLE_COUNT = re.compile(r"[百千万]〇[一二三四五六七八九]?(?!年)")
_WIDE_DIGITS = re.compile(r"[０-９]+")
_GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d,])")
_BARE_LONG = re.compile(r"(?<![\d.,A-Za-z/-])\d{5,7}(?=[万亿元名人个平方米家所册套户亩])")
_KILOMETRES = re.compile("(?<=\\d)(?:公里|千米)")
_PERCENT_OF = re.compile(r"(?P<of>[百千])分之(?P<number>\d+(?:\.\d+)?)(?![\d.至到～~—-])")
_TO_ASCII = {0xFF10 + digit: 0x30 + digit for digit in range(10)}


@check("U01", "范围号", "warning", "GB/T 15834-2011 §4.13.3.2; GB/T 15835-2011 §5.1.4")
def range_signs(draft: Draft) -> Iterator[Found]:
    """A range of values has ～, one of years or places —; neither has an ASCII - or ~.

    Irregular: 2021~2035年, 3-5个 — right: 2021—2035年, 3～5个
    """

    def sign(match: re.Match[str]) -> str:
        return "—" if _YEARS.fullmatch(match[1]) else "～"

    yield from sweep(draft.prose, _RANGE, "{} in a range", "write ～ (years: —)", new=sign, group=2)


@check("U02", "范围的单位", "error", "GB/T 15835-2011 §5.1.4")
def unit_of_range(draft: Draft) -> Iterator[Found]:
    """Both ends of a range have their % and their 万 or 亿.

    Irregular: 15～30%, 9～16亿 — right: 15%～30%, 9亿～16亿
    """
    yield from sweep(
        draft.prose, _BARE_PERCENT, "{} lacks its %", "write % at both ends", new=lambda match: match[1] + "%", group=1
    )
    yield from sweep(draft.prose, _BARE_SCALE, "{} may lack its 万 or 亿", "write it at both ends", group=1)


@check("U03", "重复约数", "info", "style")
def approximate_twice(draft: Draft) -> Iterator[Found]:
    """About is said once.

    Irregular: 约30人左右, 近500多名 — right: 约30人, 近500名
    """
    yield from sweep(draft.paragraphs, _ABOUT_TWICE, "{} says about twice", "say it once")


@check("U04", "年份简写", "warning", "GB/T 15835-2011 §4, §5")
def short_years(draft: Draft) -> Iterator[Found]:
    """A year has four digits.

    Irregular: 24年3月 — right: 2024年3月
    """
    yield from sweep(draft.paragraphs, _SHORT_YEAR, "{}: a year of two digits", "write four")


@check("U05", "数字写法不一", "warning", "GB/T 15835-2011 §5.1.1")
def forms_of_digits(draft: Draft) -> Iterator[Found]:
    """Digits are half width; numbers of five digits and more are grouped throughout, or nowhere (info).

    Irregular: １２３ — right: 123; 12,500 beside 12500 in one document.
    """
    source = draft.source or ""
    for match in _WIDE_DIGITS.finditer(source, draft.bounds.start, draft.bounds.stop):
        new = match[0].translate(_TO_ASCII)
        yield Found(None, *match.span(), f"full-width digits {match[0]}", f"write {new}", new)
    if any(_BARE_LONG.search(piece.text) for piece in draft.paragraphs):
        message = "{} is grouped, other long numbers are not"
        yield from sweep(draft.paragraphs, _GROUPED, message, "group all or none", severity="info")


@check("U06", "非法定计量单位", "info", "GB 3100–3102")
def old_units(draft: Draft) -> Iterator[Found]:
    """Quantities are in units of the law: 公顷 or 平方米 for 亩, 厘米 for 公分, 千克 for 斤.

    Irregular: 占地30亩 — right: 占地2公顷. 公里 and 千米 in one document.
    """
    yield from sweep(draft.paragraphs, _OLD_UNITS, "{} is no unit of the law", "convert it, or give both")
    lengths = list(sweep(draft.paragraphs, _KILOMETRES, "{}: 公里 and 千米 in one document", "keep to one"))
    if len({found.message[:2] for found in lengths}) > 1:
        yield from lengths


@check("U08", "百分数写法", "warning", "GB/T 15835-2011 §4.1.1")
def percent_in_two_forms(draft: Draft) -> Iterator[Found]:
    """A percentage is in one form, digits with % or hanzi throughout.

    Irregular: 百分之40, 千分之3.5 — right: 40%, 3.5‰ or 百分之四十
    """

    def sign(match: re.Match[str]) -> str:
        return match["number"] + ("%" if match["of"] == "百" else "‰")

    yield from sweep(draft.prose, _PERCENT_OF, "{} mixes hanzi and digits", "write it with its sign", new=sign)


@check("U07", "零与〇", "warning", "GB/T 15835-2011 §5.2")
def zeros(draft: Draft) -> Iterator[Found]:
    """〇 stands in years and numbers of hanzi, 零 in counting.

    Irregular: 二零二四年, 一百〇五个 — right: 二〇二四年, 一百零五个
    """

    def year(match: re.Match[str]) -> str:
        return re.sub("[零○Ｏ0O]", "〇", match[0])

    yield from sweep(draft.lines, _ZERO_YEAR, "{}: the zero of a year is 〇", "write 〇", new=year)
    yield from sweep(
        draft.paragraphs,
        _CIRCLE_COUNT,
        "{}: the zero of a count is 零",
        "write 零",
        new=lambda m: m[0].replace("〇", "零"),
    )
