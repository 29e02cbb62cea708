"""Which of the records compared are the plan's and which the summary's, and what a summary sets against itself (§8)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from operator import attrgetter
from typing import NamedTuple

from msgspec import structs

from govdoc.indicator import Indicator
from govdoc.measuring.roles import kind_of_title
from govdoc.measuring.units import unit_class
from govdoc.measuring.wording import wording

_TELLING = Decimal(100)


class Own(NamedTuple):
    """What a summary planned and what it did of it (计划招聘教师120名，实际招聘118名)."""

    target: Indicator
    actual: Indicator


class Sides(NamedTuple):
    """The plan's targets, the summary's results, and the targets a summary names of its own: with a result, without.

    The result of an own target bears the name of the target, by which a plan's target finds it.
    """

    targets: list[Indicator]
    actuals: list[Indicator]
    own: list[Own]
    planned: list[Indicator]


def sides_of(members: Sequence[Indicator]) -> Sides:
    """The records of one place, agency and year; a few targets of its own make no plan of a summary."""
    counted: dict[str, Counter[str]] = {}
    for one in members:
        counted.setdefault(one.document_id, Counter())[one.role] += 1
    kinds = {one.document_id: kind_of_title(one.title or "") for one in members}
    plans = {
        key
        for key, roles in counted.items()
        if (kinds[key] == "target" or (kinds[key] is None and roles["target"] >= roles["actual"])) and roles["target"]
    }
    targets = [one for one in members if one.role == "target" and one.document_id in plans]
    planned = [one for one in members if one.role == "target" and one.document_id not in plans]
    actuals = [one for one in members if one.role == "actual" and one.document_id not in plans]
    own = list(_own(planned, actuals))
    answered, named = {one.target.id for one in own}, {one.actual.id: _name_of(one.target, targets) for one in own}
    actuals = [structs.replace(one, name=named.get(one.id, one.name)) for one in actuals]
    own = [Own(target, structs.replace(actual, name=named[actual.id])) for target, actual in own]
    return Sides(targets, actuals, own, [one for one in planned if one.id not in answered])


def _name_of(planned: Indicator, targets: Sequence[Indicator]) -> str:
    """What the plan calls a figure its summary repeats in fewer words (投入1.2亿元), where one target alone is it."""
    same = [
        one
        for one in targets
        if one.value == planned.value and one.unit_norm == planned.unit_norm and planned.name in one.name
    ]
    return same[0].name if len(same) == 1 and Decimal(planned.value or 0) >= _TELLING else planned.name


def _own(planned: Sequence[Indicator], actuals: Sequence[Indicator]) -> Iterator[Own]:
    """Planned figures with the 实际 that comes next in their sentence, counted in the same unit."""
    used: set[str] = set()
    for target in planned:
        if "计划" not in wording(target).near and "原定" not in wording(target).near:
            continue
        later = [one for one in actuals if one.sent_start == target.sent_start and one.start > target.start]
        answer = min(
            (one for one in later if one.document_id == target.document_id), key=attrgetter("start"), default=None
        )
        if answer is None or answer.id in used or unit_class(answer.unit_norm) != unit_class(target.unit_norm):
            continue
        if "实际" in wording(answer).near:
            used.add(answer.id)
            yield Own(target, answer)
