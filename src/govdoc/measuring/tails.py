"""What stands between a noun and its number: qualifiers, 达/为, 提高到, 同比增长, 各/分别 (§1, §5, §6a A2, A3, A10)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from govdoc.indicator import Bound
from govdoc.measuring.words import longest, table, words

_TABLE = table("tails")
_WORDS = {name: words(text) for name, text in _TABLE["words"].items()}
QUALIFIERS: dict[str, Bound] = {word: bound for bound, text in _TABLE["bounds"].items() for word in words(text)}
POST_BOUNDS: dict[str, Bound] = _TABLE["post_bounds"]
_LEVELS: dict[str, str | None] = {
    **dict.fromkeys(_WORDS["level_only"]),
    **{verb + to: "up" for verb in _WORDS["up_levels"] for to in ("到", "至", "为")},
    **{verb + to: "down" for verb in _WORDS["down_levels"] for to in ("到", "至", "为")},
    **dict.fromkeys(_WORDS["hold_levels"], "hold"),
}
_CHANGES = {**dict.fromkeys(_WORDS["up_changes"], "up"), **dict.fromkeys(_WORDS["down_changes"], "down")}
_COMPARE = re.compile(
    r"(?:同比|环比|(?:比|较|与)(?:上年|去年|上一年|前年|年初|上月|上季度|全国|全省|全市|同期|往年|原来|计划|预期|预算|“?[一-龥]{1,2}五”?(?:末|时期|期末|期间)?|\d{4}年|[一-龥]{2,8}?)(?:同期|年底|末|底|初|平均水平|平均|水平|相比|时)*(?:相比)?)$"
)
_COMMITMENT = re.compile(r"(力争|确保|争取|努力|预期|预计|计划|拟)$")


_QUALIFIER = longest(QUALIFIERS, at_end=True)
_LEVEL = longest(_LEVELS, at_end=True)
_CHANGE = longest(_CHANGES, at_end=True)
_COPULA = longest(_WORDS["copulas"], at_end=True)
_KEEP = longest(_WORDS["keep"], at_end=True)


# These are changes with any unit (贫困人口减少6800多万).
_PLAIN_CHANGES = frozenset(("增加", "减少", "下降", "增产", "减产", "减收", "短收", "前移", "后移"))


@dataclass(slots=True)
class Tail:
    """A left context without its tail, and what the tail said."""

    base: str
    bound: Bound | None = None
    qualifier: str | None = None
    direction: str | None = None
    change: str = ""
    level: str = ""
    comparison: str | None = None
    distribution: str | None = None
    commitment: str | None = None
    words: list[str] = field(default_factory=list)


_PRICES = re.compile(r"按(?:可比|不变|现行?|当年)价(?:格)?(?:计算)?")
_REFERENCE = re.compile(r"(?:恢复到|恢复至|相当于|是|为|达到)(?:\d{4}年|上年|去年)(?:同期|末)?(?:水平)?的$")


_YARDSTICK = re.compile(r"(?:高于|低于|快于|慢于|高出|超出|超过|领先)(?P<what>[一-龥]{2,16})$")


def strip_tail(text: str, *, ratio: bool, points: bool = False, closed: bool = True) -> Tail:
    """Take the tail off, word by word from the right.

    ``ratio``: the unit is a rate, so that 增长 is a change. ``closed``: nothing follows the number, so that 完成
    before it is no verb with an object to come. ``points``: the unit is 百分点, so that 高于全省平均 is a difference.
    """
    tail = Tail(_PRICES.sub("", text.rstrip()))
    if points and (found := _YARDSTICK.search(tail.base)):
        tail.change = tail.comparison = found[0]
        tail.base = tail.base[: found.start()]
    while tail.base and _step(tail, ratio, closed):
        pass
    return tail


def _step(tail: Tail, ratio: bool, closed: bool) -> bool:
    base = tail.base
    if found := _REFERENCE.search(base):
        tail.level, tail.comparison = "恢复到", found[0]
        return _cut(tail, found)
    if base.endswith("等") or (_KEEP.search(base) and not base.endswith(("至少", "最少"))):
        return False
    if found := _QUALIFIER.search(base):
        tail.qualifier, tail.bound = tail.qualifier or found[0], tail.bound or QUALIFIERS[found[0]]
        return _cut(tail, found)
    if not tail.change and not tail.level:
        if found := _LEVEL.search(base):
            tail.level, tail.direction = found[0], tail.direction or _LEVELS[found[0]]
            return _cut(tail, found)
        if found := _CHANGE.search(base):
            return _changed(tail, found, ratio, closed)
    return _compared(tail) or _said(tail, closed)


def _changed(tail: Tail, found: re.Match[str], ratio: bool, closed: bool) -> bool:
    """增长 before a rate is a change; before a count it is one where it is compared or nothing follows."""
    before = tail.base[: found.start()]
    compared = _COMPARE.search(before.removesuffix("分别").removesuffix("均"))
    bare = closed and len(found[0]) > 1 and (not before or found[0] in _PLAIN_CHANGES)
    if ratio or compared or bare or found[0] in ("净增", "增长", "负增长"):
        tail.change, tail.direction = found[0], _CHANGES[found[0]]
        return _cut(tail, found)
    return False


def _compared(tail: Tail) -> bool:
    """同比, 比上年."""
    if not (tail.change or tail.level) or tail.comparison or tail.base.endswith(("分别", "均", "各")):
        return False
    found = _COMPARE.search(tail.base)
    if found is None:
        return False
    tail.comparison = found[0]
    return _cut(tail, found)


def _said(tail: Tail, closed: bool) -> bool:
    """力争, 达, 各, 分别, 共."""
    if found := _COMMITMENT.search(tail.base):
        tail.commitment = found[0]
        return _cut(tail, found)
    found = _COPULA.search(tail.base)
    if found is None:
        return False
    word = found[0]
    if word in ("完成", "实现", "录得") and (not closed or len(tail.base) < 5):
        return False
    if word.startswith(("各", "均")):
        tail.distribution = "各"
    elif "分别" in word:
        tail.distribution = "分别"
    elif word in ("共", "共计", "合计", "总计") and tail.distribution is None:
        tail.distribution = "合计"
    if word in ("年均", "平均") and tail.change:
        tail.change = word + tail.change
    tail.words.append(word)
    return _cut(tail, found)


def _cut(tail: Tail, found: re.Match[str]) -> bool:
    tail.base = tail.base[: found.start()].rstrip()
    return True
