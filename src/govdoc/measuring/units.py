"""Units: the counters and measures a number may carry, and their canonical form (indicators.md §5, §6a A1, A8).

The lists are ``data/units.toml``.
"""

from __future__ import annotations

import re

from govdoc.indicator import Kind
from govdoc.measuring.words import table, words

_TABLE = table("units")
RATIO_UNITS = words(_TABLE["ratio_units"])
AMOUNT_UNITS = words(_TABLE["amount_units"])
STREAK_UNITS = words(_TABLE["streak_units"])
OF_TWO = re.compile(r"[:：∶]\d{1,4}(?:\.\d{1,4})?|1[:：∶]")  # 1.86:1, 1:16.8, 3:7
_RATE = re.compile(
    r"/(?:年|月|日|天|小时|人|户|亩|公顷|平方米|立方米|平方公里|公里|百户|万人|千人|株|吨|学期|生|h(?![A-Za-z]))"
)
MEDALS = ("金", "银", "铜")
WHOLE_COUNTERS = frozenset(words(_TABLE["whole_counters"]))
HAN_COUNTERS = frozenset(words(_TABLE["han_counters"]))
HAN_COUNTERS_AFTER_VERB = frozenset(words(_TABLE["han_counters_after_verb"]))
NOT_BEFORE: dict[str, str] = _TABLE["not_before"]
CANONICAL: dict[str, str] = _TABLE["canonical"]
PEOPLE_NOUNS = "|".join(words(_TABLE["people_nouns"]))
COUNTS_PEOPLE = re.compile(f"{PEOPLE_NOUNS}|人口|人数")
PEOPLE_UNITS = frozenset(("人", "名", "位"))
_LIKE_PIECES = frozenset(words(_TABLE["like_pieces"]))

ALL_UNITS = tuple(
    sorted(
        {*RATIO_UNITS, *AMOUNT_UNITS, *words(_TABLE["physical"]), *words(_TABLE["counters"]), *STREAK_UNITS},
        key=lambda unit: (-len(unit), unit),
    )
)
BY_FIRST: dict[str, tuple[str, ...]] = {
    first: tuple(unit for unit in ALL_UNITS if unit[0] == first) for first in {unit[0] for unit in ALL_UNITS}
}


def kind_of(unit: str) -> Kind:
    """The kind a unit gives by itself: amount for money, ratio for rates, 倍 and 成, streak for 连冠, else count."""
    if unit in RATIO_UNITS or OF_TWO.fullmatch(unit):
        return "ratio"
    if unit.split("/")[0] in AMOUNT_UNITS:
        return "amount"
    return "streak" if unit in STREAK_UNITS else "count"


def canonical(unit: str) -> str:
    """The canonical form of a unit (2金 → 枚, 个百分点 → 百分点)."""
    return CANONICAL.get(unit, re.sub("[：∶]", ":", unit))


def unit_class(unit: str) -> str:
    """What may be compared with what (§8): 所、家、个 of one thing; 人、名、位; each other unit by itself."""
    unit = canonical(unit)
    if unit in PEOPLE_UNITS:
        return "人"
    if unit in _LIKE_PIECES:
        return "个"
    return unit


def match_unit(text: str, at: int) -> str:
    """The longest unit that begins at ``at``; empty where none does."""
    for unit in BY_FIRST.get(text[at : at + 1], ()):
        if text.startswith(unit, at):
            after = text[at + len(unit) : at + len(unit) + 1]
            if not after or after not in NOT_BEFORE.get(unit, ""):
                rate = _RATE.match(text, at + len(unit))
                return unit + rate[0] if rate else unit
    return ""
