"""What a result says of its target: met, exceeded, not met; completion rate and difference (indicators.md §8, §9)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal, NamedTuple

from govdoc.indicator import Indicator
from govdoc.measuring.quantities import plain

Verdict = Literal["met", "exceeded", "not met", "unclear", "no result found", "result without target"]

_CENT = Decimal("0.01")
_NEAR = Decimal("0.03")
_ROUNDED = Decimal("0.1")  # a round figure (50名左右, 1万余人次) may stand for one that much smaller, or not
_FAR = 3  # times the target: more likely another thing counted than a plan so far surpassed


class Outcome(NamedTuple):
    """A verdict with its figures; ``doubt`` says why it cannot be trusted, where it cannot."""

    verdict: Verdict
    rate: str | None
    difference: str | None
    reason: str
    doubt: str = ""


def figure(one: Indicator) -> str:
    """The value with its unit, as a person reads it: ``30所``, ``4~5所``."""
    value = one.value if one.value is not None else f"{one.value_min}~{one.value_max}"
    return f"{value}{one.unit}"


def total(records: Sequence[Indicator]) -> str:
    """The exact sum of the values, as a string."""
    return plain(sum((Decimal(one.value) for one in records if one.value is not None), Decimal(0)))


def _reverse(target: Indicator) -> bool:
    """Whether less is better: 降至, 不超过, a fall."""
    return (
        target.bound in ("le", "lt")
        or (target.direction == "down" and target.kind != "change")
        or target.kind == "rank"
    )


def compare(targets: Sequence[Indicator], actuals: Sequence[Indicator]) -> Outcome:
    """The outcome for a target (or several, added) against a result (or several, added)."""
    target, actual = targets[0], actuals[0]
    if "ext" in (target.layer, actual.layer):
        return _in_words(target, actual)
    if len(targets) == 1 and target.value is None:
        return _against_range(target, actuals)
    if any(one.value is None for one in (*targets, *actuals)):
        return Outcome("unclear", None, None, "", "数值为区间，无法直接比较")
    goal, result = Decimal(total(targets)), Decimal(total(actuals))
    difference = plain(result - goal)
    rate = _rate(goal, result, reverse=_reverse(target))
    if actual.bound in ("approx_below", "lt", "le") and result >= goal:
        return Outcome("unclear", rate, difference, "", f"结果带“{actual.qualifier or ''}”，可能略低于目标")
    if target.kind == "change" and target.direction != actual.direction:
        return Outcome("unclear", rate, difference, "", "升降方向不同")
    better = result < goal if _reverse(target) else result > goal
    rounded = target.bound in ("approx", "approx_above", "approx_below")
    off = abs(result - goal)
    # 余 and 多 promise more than they name; 约 and 左右 may mean a little less.
    near = rounded and off <= abs(goal) * _NEAR and (better or target.bound != "approx_above")
    if rounded and not better and not near and 0 < off <= abs(goal) * _ROUNDED:
        return Outcome("unclear", rate, difference, "", "目标为约数，结果略差于所列数")
    if result == goal or near:
        verdict: Verdict = "not met" if target.bound in ("gt", "lt") and actual.bound == "eq" and not near else "met"
    else:
        verdict = "exceeded" if better else "not met"
    if better and goal and result >= goal * _FAR and target.name != actual.name:
        return Outcome("unclear", rate, difference, "", "结果为目标的数倍，可能不是同一指标")
    return Outcome(verdict, rate, difference, f"目标{figure(target)}，结果{figure(actual)}")


def _against_range(target: Indicator, actuals: Sequence[Indicator]) -> Outcome:
    if target.value_min is None or target.value_max is None or any(one.value is None for one in actuals):
        return Outcome("unclear", None, None, "", "数值为区间，无法直接比较")
    low, high, result = Decimal(target.value_min), Decimal(target.value_max), Decimal(total(actuals))
    verdict: Verdict = "not met" if result < low else "exceeded" if result > high else "met"
    bound = low if result < low else high if result > high else result
    difference = plain(result - low) if result < low else plain(max(result - high, Decimal(0)))
    return Outcome(
        verdict,
        _rate(bound, result, reverse=False),
        difference,
        f"目标{figure(target)}，结果{plain(result)}{actuals[0].unit}",
    )


def _in_words(target: Indicator, actual: Indicator) -> Outcome:
    """A goal or a result said in words (全覆盖, 零事故): only the very figure it stands for answers it (§8).

    全覆盖 is met by 100%, 零事故 by 0起; anything else a person decides.
    """
    said = "、".join(
        f"{whose}以文字表述（{one.raw}）" for whose, one in (("目标", target), ("结果", actual)) if one.layer == "ext"
    )
    if target.value is None or actual.value is None:
        return Outcome("unclear", None, None, "", f"{said}，无法直接比较")
    goal, result = Decimal(target.value), Decimal(actual.value)
    rate, difference = _rate(goal, result, reverse=False), plain(result - goal)
    if target.layer == "ext" and actual.layer == "core" and result == goal and actual.bound == "eq":
        return Outcome("met", rate, difference, f"目标“{target.raw}”，结果{figure(actual)}")
    return Outcome("unclear", rate, difference, "", f"{said}，待人工判定")


def _rate(goal: Decimal, result: Decimal, *, reverse: bool) -> str | None:
    above, below = (goal, result) if reverse else (result, goal)
    if below == 0:
        return None
    return plain((above * 100 / below).quantize(_CENT, rounding=ROUND_HALF_UP))
