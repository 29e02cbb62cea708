"""Sharing the text of a clause among its quantities: what stands left and right of each (indicators.md §7.15–§7.25)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from govdoc.measuring.clauses import LIST_MARKS, Piece, first_mark, last_mark
from govdoc.measuring.lexicon import HEAD_VERB
from govdoc.measuring.names import split_predicate
from govdoc.measuring.quantities import Quantity
from govdoc.measuring.tails import Tail, strip_tail
from govdoc.measuring.units import kind_of, match_unit

_FAR = 120
# Brackets that hold figures are no part of a name; those of an age (3—6岁) tell which.
_ASIDE = re.compile(r"[（(][^（）()]{0,80}[）)]")
_DIGITS = re.compile(r"\d[万亿]?")
_MARKS_ONLY = re.compile(r"^[、和与及以\s]*$")
_PER_TAIL = re.compile(r"(?:每[人户校班天日月年生亩吨件次床]){1,2}$")
_FRAME = re.compile(r"(?:与|同|为|对|向|给)(?=[一-龥]{0,6}$)")
_SHARED_WORK = re.compile(r"的[一-龥]{2,8}?(?:工作|任务)$")


@dataclass(slots=True)
class Slot:
    """One quantity of a clause with its text ``left`` and ``right``, and the ``tail`` of the left text."""

    quantity: Quantity
    left: str
    right: str
    tail: Tail
    per: str = ""
    raw_end: str = ""


def slots(line: str, piece: Piece, found: Sequence[Quantity]) -> list[Slot]:
    """The quantities of a clause, each with its share of the text between them."""
    found = _points(line, found)
    pairs: list[tuple[str, str]] = []
    left = _without_asides(line[piece.start : found[0].start])
    for i, one in enumerate(found):
        last = i + 1 == len(found)
        gap = _without_asides(line[one.right : piece.end if last else found[i + 1].start])
        right, after = _share(gap, last, _without_asides(line[one.right : min(piece.end, one.right + _FAR)]))
        if not last and right and kind_of(found[i + 1].unit) != "ratio" and first_mark(gap) < 0:
            right = gap
        pairs.append((left, right))
        left = after
    pairs = _shared_frame(pairs)
    return [_slot(one, line[one.end - 1], *pair) for one, pair in zip(found, pairs, strict=True)]


def _without_asides(text: str) -> str:
    """The text without brackets that hold figures: 支教教师（其中骨干教师8名）."""
    return (
        _ASIDE.sub(lambda found: "" if _figured(found[0]) else found[0], text) if "（" in text or "(" in text else text
    )


def _figured(text: str) -> bool:
    return any(match_unit(text, digits.end()) not in ("", "岁") for digits in _DIGITS.finditer(text))


def brackets(line: str, found: Sequence[Quantity], depth: list[int]) -> list[tuple[Piece, list[Quantity]]]:
    """Bracketed clauses with the quantities in them."""
    result: dict[Piece, list[Quantity]] = {}
    for one in found:
        start, end = one.start, one.right
        while start > 0 and depth[start - 1] >= depth[one.start] and line[start - 1] not in "（(，,；;：:":
            start -= 1
        while end < len(line) and depth[end] >= depth[one.start] and line[end] not in "）)，,；;。":
            end += 1
        result.setdefault(Piece(start, end), []).append(one)
    return list(result.items())


def _points(line: str, found: Sequence[Quantity]) -> list[Quantity]:
    """提高2.3个、1.8个百分点: the unit of the last belongs to all of a bare run."""
    result = list(found)
    for i in range(len(result) - 2, -1, -1):
        one, after = result[i], result[i + 1]
        if one.unit == "个" and after.unit == "个百分点" and _MARKS_ONLY.match(line[one.right : after.start]):
            result[i] = one._replace(unit="个百分点")
    return result


def _slot(quantity: Quantity, raw_end: str, left: str, right: str) -> Slot:
    per = _PER_TAIL.search(left)
    ratio = kind_of(quantity.unit) == "ratio"
    text = left[: per.start()] if per else left
    tail = strip_tail(text.rstrip("“‘ "), ratio=ratio, points=quantity.unit.endswith("百分点"), closed=not right)
    return Slot(quantity, left, right, tail, per[0] if per else "", raw_end)


def _share(gap: str, last: bool, rest: str) -> tuple[str, str]:
    """A gap between two numbers as (right of the first, left of the second)."""
    if last:
        return ("" if gap[:1] in ("、", "和", "及", "与") and gap[:1] else gap), ""
    if _MARKS_ONLY.match(gap):
        return "", ""
    if gap[0] in LIST_MARKS:
        return "", gap[1:]
    at = first_mark(gap)
    if at < 0:
        return (rest if len(gap) > 1 else ""), gap
    at = at if HEAD_VERB.match(gap, at + 1) else last_mark(gap)
    return gap[:at], gap[at + 1 :]


def _shared_frame(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """与A5所学校和B16所学校缔结…; 49件甲、106件乙的办理工作: frame and verb belong to all (§7.23)."""
    if len(pairs) < 2 or not all(right for _, right in pairs):
        return pairs
    last = pairs[-1][1]
    if work := _SHARED_WORK.search(last):
        return [(left, right if "的" in right else right + work[0]) for left, right in pairs]
    frame = _FRAME.search(pairs[0][0])
    noun, predicate = split_predicate(last)
    if frame and noun and predicate and not any(split_predicate(right)[1] for _, right in pairs[:-1]):
        lead = frame[0]
        rest = [(lead + left, right + predicate) for left, right in pairs[1:-1]]
        return [(pairs[0][0], pairs[0][1] + predicate), *rest, (lead + pairs[-1][0], last)]
    return pairs
