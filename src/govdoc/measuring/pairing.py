"""Targets against results: plan and summary of one place and year, record by record (目标完成对照, §8)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from msgspec import structs

from govdoc.indicator import Indicator
from govdoc.measuring.actors import other_actor
from govdoc.measuring.doubts import doubts, late
from govdoc.measuring.likeness import conflict, contains, likeness, parted, residue, stage
from govdoc.measuring.sides import Own, sides_of
from govdoc.measuring.together import own_words, same_agency
from govdoc.measuring.units import unit_class
from govdoc.measuring.verdicts import Verdict, compare, figure, total
from govdoc.model import Value

STRONG = 0.6
WEAK = 0.4
SURE = 0.75
_MOST_PARTS = 4
_TELLING = Decimal(100)
_STATED = frozenset(("qualitative", "ratio"))


class Pairing(Value, frozen=True):
    """A target and its result: the records' ids, the verdict and what it rests on.

    ``rate`` (完成率) is actual/target in percent, target/actual for what is to fall; ``difference`` (差额) is actual
    minus target; both are decimals as strings in the base unit, ``None`` where there is nothing to compute.
    """

    target_ids: tuple[str, ...]
    actual_ids: tuple[str, ...]
    verdict: Verdict
    rate: str | None
    difference: str | None
    reason: str
    name: str
    place: str | None
    period: str | None


class Contradiction(Value, frozen=True):
    """Two figures for one thing in one document (§8): reported, never merged."""

    ids: tuple[str, ...]
    name: str
    values: tuple[str, ...]


class _Candidate(NamedTuple):
    score: float
    target: int
    actual: int
    apart: bool


Together = Callable[[Callable[[Indicator], Hashable | None]], Iterable[list[Indicator]]]
"""Gives the records that have the same key (``None``: none), the keys in the order of their first."""


def _together(records: Iterable[Indicator]) -> Together:
    """Of records in memory."""

    def together(key: Callable[[Indicator], Hashable | None]) -> Iterable[list[Indicator]]:
        groups: defaultdict[Hashable, list[Indicator]] = defaultdict(list)
        for one in records:
            if (its := key(one)) is not None:
                groups[its].append(one)
        return groups.values()

    return together


def _places(records: Iterable[Indicator]) -> Callable[[Indicator], str | None]:
    """The place of a record; what says none, nor a word of its own, belongs to the only place there is."""
    core = {(one.region or one.issuer, one.title) for one in records if one.layer == "core" or _in_words(one)}
    known = {place for place, _ in core} - {None}
    only = next(iter(known)) if len(known) == 1 else None
    own = {title: own_words(title or "") for _, title in core}

    def place(one: Indicator) -> str | None:
        word = own[one.title]
        return one.region or one.issuer or (word if word and word not in (only or "") else only)

    return place


def pair(records: Iterable[Indicator], given: Sequence[tuple[str, str]] = ()) -> list[Pairing]:
    """Targets and results across documents of the same place, agency and year, in the order of the targets.

    ``given`` are ids of plans and summaries that a person set together: their targets and results are compared
    with each other and nothing else. A pair of weak names, of a weaker verb (开工 for 竣工) or with a rival as near
    is ``unclear``: a wrong ``met`` is the worst error there is.
    """
    held = list(records)
    return list(pair_together(held, _together(held), given))


def pair_together(
    records: Iterable[Indicator], together: Together, given: Sequence[tuple[str, str]] = ()
) -> Iterator[Pairing]:
    """:func:`pair` of records that need not stand in memory: ``records`` is gone through several times."""
    place_of = _places(records)
    for plan, summary in given:
        targets = [one for one in records if one.document_id == plan and _is_compared(one) and one.role == "target"]
        actuals = [one for one in records if one.document_id == summary and _is_compared(one) and one.role == "actual"]
        years = {one.period for one in targets} & {one.period for one in actuals}
        own = [one for one in records if one.document_id == summary and _is_compared(one) and one.role == "target"]
        both = [one for one in (*targets, *actuals, *own) if not years or one.period in years]
        yield from _pair_group(both, place_of(both[0]) if both else None, max(years, default=None, key=str))
    plans, summaries = {plan for plan, _ in given}, {summary for _, summary in given}

    def place_and_year(one: Indicator) -> tuple[str | None, str] | None:
        taken = one.document_id in (plans if one.role == "target" else summaries)
        return (place_of(one), one.period) if one.period and not taken and _is_compared(one) else None

    for members in together(place_and_year):
        for some in _by_agency(members):
            yield from _pair_group(some, place_of(members[0]), members[0].period)


def _is_compared(one: Indicator) -> bool:
    figure = one.layer == "core" and one.kind not in ("streak", "qualitative")
    return one.role in ("target", "actual") and (figure or _in_words(one))


def _in_words(one: Indicator) -> bool:
    """Whether a goal or a result is said in words: 全覆盖, 零事故, 基本普及."""
    return (
        one.layer == "ext" and one.kind in ("ratio", "count", "qualitative") and not (one.grade or "").startswith("创")
    )


def _by_agency(members: Sequence[Indicator]) -> list[list[Indicator]]:
    """The records of one place and year, those of different agencies (教育局, 卫生健康委) apart."""
    agencies: dict[str | None, list[Indicator]] = {}
    for one in members:
        held = one.issuer if one.issuer in agencies else next((a for a in agencies if same_agency(a, one.issuer)), None)
        key = held if held is not None or (None in agencies) else one.issuer
        agencies.setdefault(key, []).append(one)
    return list(agencies.values())


def _pair_group(members: list[Indicator], place: str | None, period: str | None) -> Iterator[Pairing]:
    targets, actuals, own, planned = sides_of(members)
    taken: set[str] = set()
    if targets and (actuals or planned):
        for row in _compared(targets, actuals, place, period):
            taken.update(row.actual_ids if row.target_ids else ())
            if not set(row.actual_ids) & {one.actual.id for one in own} or row.target_ids:
                said = _only_planned(_as_planned(row, own, targets), planned, targets)
                if actuals or said is not row:
                    yield said
    for target, actual in own:
        if actual.id not in taken:
            yield _row([target], [actual], 1.0, place, period)


def _as_planned(row: Pairing, own: Sequence[Own], targets: Sequence[Indicator]) -> Pairing:
    """The row of a target whose result's own sentence names another target: a person says which holds."""
    values = {one.value for one in targets if one.id in row.target_ids}
    other = next(
        (one.target for one in own if one.actual.id in row.actual_ids and one.target.value not in values), None
    )
    if other is None or not row.target_ids:
        return row
    reason = f"总结所说的计划为{figure(other)}，与目标不同；{row.reason}"
    return structs.replace(row, verdict="unclear", reason=reason)


def _only_planned(row: Pairing, planned: Sequence[Indicator], targets: Sequence[Indicator]) -> Pairing:
    """The row of a target without a result; where the summary only plans the same, it says so."""
    if row.verdict != "no result found":
        return row
    target = next(one for one in targets if one.id in row.target_ids)
    same = next((one for one in planned if likeness(target, one) >= SURE and not _apart(target, one)), None)
    said = f"总结中只有计划、预期或尚需完成的数（{figure(same)}），没有结果" if same else ""
    return structs.replace(row, reason=said) if said else row


def _compared(
    targets: list[Indicator], actuals: list[Indicator], place: str | None, period: str | None
) -> Iterator[Pairing]:
    rows: dict[int, Pairing] = {}
    later: set[int] = set()  # of targets that add up all but the first
    used: set[int] = set()
    for parts, wholes, score in _sums(targets, actuals):
        if any(i in rows for i in parts) or any(j in used for j in wholes):
            continue
        row = _row([targets[i] for i in parts], [actuals[j] for j in wholes], score, place, period)
        rows.update(dict.fromkeys(parts, row))
        later.update(parts[1:])
        used.update(wholes)
    candidates = _candidates(targets, actuals)
    for score, i, j, apart in candidates:
        if i in rows or j in used:
            continue
        rivals = [one for one in candidates if (one.target == i) != (one.actual == j) and one.score >= score - 0.05]
        rivals = [one for one in rivals if one.target not in rows and one.actual not in used and one.apart <= apart]
        rows[i] = _row([targets[i]], [actuals[j]], score, place, period, rivals=bool(rivals) and score < 1)
        used.add(j)
    for i, target in enumerate(targets):
        if i not in rows:
            nothing = "总结中未找到对应结果"
            yield Pairing((target.id,), (), "no result found", None, None, nothing, target.name, place, period)
        elif i not in later:
            yield rows[i]
    for j, actual in enumerate(actuals):
        if j not in used and actual.layer == "core":
            yield Pairing(
                (), (actual.id,), "result without target", None, None, "要点中没有对应目标", actual.name, place, period
            )


def _candidates(targets: Sequence[Indicator], actuals: Sequence[Indicator]) -> list[_Candidate]:
    """Pairs of like names in one unit class, the likest first."""
    by_class: dict[str, list[int]] = defaultdict(list)
    for j, actual in enumerate(actuals):
        by_class[unit_class(actual.unit_norm)].append(j)
    found: list[_Candidate] = []
    for i, target in enumerate(targets):
        stated = target.kind == "qualitative"
        for j in range(len(actuals)) if stated else by_class[unit_class(target.unit_norm)]:
            kinds = {target.kind, actuals[j].kind}
            comparable = len(kinds) == 1 or kinds <= {"count", "award"} or (stated and kinds <= _STATED)
            if comparable and (score := likeness(target, actuals[j])) >= WEAK:
                found.append(_Candidate(score, i, j, _apart(target, actuals[j])))
    return sorted(found, key=lambda one: (one.apart, -one.score, one.target, one.actual))


def _apart(target: Indicator, actual: Indicator) -> bool:
    """Whether two like records are of different grades (市级, 县级) or institutions: paired only for want of better."""
    return bool(conflict(target, actual) or other_actor(target, actual))


def _sums(
    targets: Sequence[Indicator], actuals: Sequence[Indicator]
) -> Iterator[tuple[tuple[int, ...], tuple[int, ...], float]]:
    """Several targets of a sentence that add up to one result, or the reverse (§7.15, §8); the sum must be exact.

    With how surely they belong together, from 0 to 1.
    """
    for parts, whole, score in _adding_up(targets, actuals):
        yield parts, (whole,), score
    for parts, whole, score in _adding_up(actuals, targets):
        yield (whole,), parts, score


def _adding_up(parts: Sequence[Indicator], wholes: Sequence[Indicator]) -> Iterator[tuple[tuple[int, ...], int, float]]:
    sentences: dict[tuple[str, int], list[int]] = defaultdict(list)
    for i, one in enumerate(parts):
        if one.kind in ("count", "amount", "award") and one.value is not None and one.layer == "core":
            sentences[one.document_id, one.sent_start].append(i)
    runs = [
        run
        for members in sentences.values()
        for size in range(2, min(_MOST_PARTS, len(members)) + 1)
        for run in combinations(members, size)
        if len(members) <= 8
    ]
    by_sum: dict[str, list[tuple[int, ...]]] = defaultdict(list)
    for run in runs:
        by_sum[total([parts[i] for i in run])].append(run)
    for j, whole in enumerate(wholes):
        if whole.value is None or whole.layer == "ext" or whole.kind not in ("count", "amount", "award"):
            continue
        for run in by_sum.get(whole.value, ()):
            pieces = [parts[i] for i in run]
            shared = min(likeness(piece, whole) for piece in pieces)
            mixed = len({unit_class(one.unit_norm) for one in (*pieces, whole)}) > 1
            held = not mixed and all(contains(whole, piece) for piece in pieces)
            enough = shared >= (STRONG - 0.1 if mixed else WEAK - 0.1)
            if (held or enough) and not any(_answers(piece, whole, wholes) for piece in pieces):
                yield run, j, 1.0 if held or mixed else shared


def _answers(piece: Indicator, whole: Indicator, wholes: Sequence[Indicator]) -> bool:
    """Whether a piece is no part of the whole: another record is more like it, it is the whole itself, or unlike it."""
    score = likeness(piece, whole)
    same = [one for one in wholes if unit_class(one.unit_norm) == unit_class(piece.unit_norm)]
    return score >= 1 or bool(conflict(whole, piece)) or any(likeness(piece, one) > score for one in same)


def _row(
    targets: list[Indicator],
    actuals: list[Indicator],
    score: float,
    place: str | None,
    period: str | None,
    *,
    rivals: bool = False,
) -> Pairing:
    outcome = compare(targets, actuals)
    said = [outcome.doubt] if outcome.doubt else []
    worded = any(one.layer == "ext" for one in (*targets, *actuals))
    if score < (SURE if worded else STRONG):
        said.append(f"名称相近而不相同（相似度 {score:.2f}）")
    if rivals:
        said.append("另有名称同样相近的记录")
    if clash := next((word for target in targets for actual in actuals if (word := conflict(target, actual))), None):
        said.append(clash)
    elif (
        len(targets) == len(actuals) == 1
        and (score < SURE or worded)
        and not _same(*targets, *actuals)
        and (left := residue(targets[0], actuals[0]))
    ):
        said.append(left)
    elif len(targets) == len(actuals) == 1 and (names := parted(targets[0], actuals[0])):
        said.append(names)
    against = [why for one in targets for other in actuals for why in doubts(one, other)]
    if outcome.verdict in ("met", "exceeded"):
        against += [why for one in targets for other in actuals if (why := late(one, other))]
    said.extend(dict.fromkeys(against))
    weaker = [(one, other) for one in targets for other in actuals if stage(other) < stage(one)]
    if weaker:
        one, other = weaker[0]
        said.append(f"目标为“{one.action}”，结果为“{other.action or other.name}”，程度较弱")
    parts = targets if len(targets) > 1 else actuals
    summed = "＋".join(f"{one.name}{figure(one)}" for one in parts) if len(parts) > 1 else ""
    reason = "；".join([*(f"合计：{text}" for text in (summed,) if text), *said]) or outcome.reason
    verdict: Verdict = "unclear" if said else outcome.verdict
    name = "、".join(one.name for one in targets)
    ids = tuple(one.id for one in targets), tuple(one.id for one in actuals)
    return Pairing(*ids, verdict, outcome.rate, outcome.difference, reason, name, place, period)


def _same(target: Indicator, actual: Indicator) -> bool:
    """Whether the very figure speaks for one thing: equal, and no small or round number that many things share."""
    value = target.value
    if value is None or value != actual.value or Decimal(value) < _TELLING:
        return False
    return len(value.replace(".", "").strip("0")) > 1


def contradictions(records: Iterable[Indicator]) -> list[Contradiction]:
    """Records of one document with the same name, unit, role and year, and different values."""
    return list(contradictions_together(_together(records)))


def contradictions_together(together: Together) -> Iterator[Contradiction]:
    """:func:`contradictions` of records that need not stand in memory."""
    for members in together(_contradictable):
        if len({one.value for one in members}) > 1:
            ids, values = tuple(one.id for one in members), tuple(figure(one) for one in members)
            yield Contradiction(ids, members[0].name, values)


def _contradictable(one: Indicator) -> tuple[str, ...] | None:
    clear = one.layer == "core" and one.value is not None and one.kind in ("count", "amount", "ratio")
    if not clear or len(one.name) <= 3:
        return None
    return one.document_id, one.name, one.unit_norm, one.role, one.period or "", one.kind
