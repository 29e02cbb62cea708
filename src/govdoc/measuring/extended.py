"""The second layer: measures said without a number, only where the wording leaves no doubt (indicators.md §3)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from govdoc.indicator import Kind
from govdoc.measuring.clauses import CLAUSE_ENDS, Piece, cut
from govdoc.measuring.drafts import Draft
from govdoc.measuring.names import compose_rate, parse_left, strip_head, tidy
from govdoc.measuring.quantities import Quantity, within
from govdoc.measuring.roles import clause_year

_END = r"(?=[，。；、！]|$)"
_COVERED = re.compile(rf"(?<!\d)(?<![%％])全覆盖{_END}")
_ALL = re.compile(
    r"(?P<word>全部|均已|均)(?=(?:如期|按期|顺利)?(?:完成|建成|达标|通过|竣工|投用|启用|整改到位|获得|实现|配齐|化解|办结))"
)
_PLACE = re.compile(
    r"(?P<word>(?P<first>冠军|(?<=[居列排占])(?:榜首|首位)|(?<=居全[国省市])首位|之首)|(?P<second>亚军)|(?P<third>季军))"
    + _END
)
_PRIZE = re.compile(rf"(?<![0-9个项名篇])(?P<word>[特一二三]等奖){_END}")
_RECORD = re.compile(rf"(?P<word>(?:均)?创(?:下)?(?:历史|历年|近年来|有史以来)(?:新高|最好(?:成绩|水平)|最高)){_END}")
_TREND: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(rf"(?:保持)?(?P<word>稳中有升|稳步提升|稳步提高){_END}"), "up"),
    (re.compile(rf"(?P<word>只增不减){_END}"), "non-decrease"),
    (re.compile(rf"(?P<word>(?:持续|逐年|稳步)(?:下降|降低)){_END}"), "down"),
)
# What is not to happen, or did not: 零事故, 事故为零, 未发生事故.
_ZERO = re.compile(
    r"零(?P<what>事故|发生|投诉|感染|伤亡|死亡|上访|失误|差错|案件|违规|违纪|舆情|火灾|溺水|辍学|失学|积压|事件)" + _END
)
_IS_ZERO = re.compile(rf"(?P<word>(?:为|降为|降至|保持为?)零|(?:动态)?清零){_END}")
_NONE = re.compile(
    r"(?P<word>(?:均|全年|全市|全县|全区|全省)?未发生)(?:过|任何|一起|一例)*(?P<what>[一-龥、“”]{2,20})" + _END
)
# A state said in words, to which no figure answers.
_STATE = re.compile(
    rf"(?P<word>(?:基本|全面)(?:普及|消除)|应(?P<each>[一-龥])尽(?P=each))(?P<what>[一-龥“”、]{{0,16}}){_END}"
)
_AIM = re.compile(r"^(?:推动|实现|确保|促进|推进|做到|达到|力争|保持|深入推进)+")
_EVENT = re.compile(r"(?:事故|案件|事件|火灾)$")
_RATE = re.compile(r"(?:率|比例|比重|占比|支出|规模|投入|收入|数量|比列)$")
_AWARDED = re.compile(r"(?:获得|荣获|夺得|获评|获|为)")


def _quantity(start: int, end: int, value: int | None, unit: str) -> Quantity:
    return Quantity(start, end, end, None, "", None if value is None else Decimal(value), None, None, unit, "number")


def _draft(start: int, end: int, name: str, kind: Kind, value: int | None, unit: str, norm: str) -> Draft:
    draft = Draft(_quantity(start, end, value, unit), tidy(name), kind, unit_norm=norm, layer="ext")
    draft.bound = "eq" if value is not None else None
    return draft


def read_extended(
    line: str, piece: Piece, found: Sequence[Quantity], depth: list[int], year: int | None
) -> list[Draft]:
    """The drafts of layer ``ext`` in a sentence; a clause with a number of its own gives none."""
    drafts: list[Draft] = []
    for clause in cut(line, piece.start, piece.end, CLAUSE_ENDS, depth):
        if within(found, clause.start, clause.end):
            continue
        text = line[clause.start : clause.end]
        for draft in _clause(text, clause.start, depth):
            draft.clause, draft.year = text[:400], clause_year(text.strip(), year)
            drafts.append(draft)
    return drafts


def _clause(text: str, start: int, depth: list[int]) -> Iterator[Draft]:
    for reader in (_coverage, _all, _place, _prize, _record, _trend, _zero, _state):
        for draft in reader(text, start):
            if depth[draft.quantity.start] == 0 and 3 <= len(draft.name) <= 40:
                yield draft


def _coverage(text: str, start: int) -> Iterator[Draft]:
    for one in _COVERED.finditer(text):
        base = re.sub(r"实现$", "", _AIM.sub("", strip_head(text[: one.start()])[0]))
        base = re.sub(r"实现(?=[一-龥]{2,8}$)", "", base)
        yield _draft(start + one.start(), start + one.end(), compose_rate(base, "覆盖"), "ratio", 100, "%", "%")


def _all(text: str, start: int) -> Iterator[Draft]:
    for one in _ALL.finditer(text):
        base = strip_head(text[: one.start()])[0]
        done = re.sub(r"^(?:如期|按期|顺利)", "", text[one.end() :]).rstrip("。；！ ")
        if len(base) >= 3 and len(done) <= 16 and not parse_left(base).verb:
            object_ = re.sub(r"^(完成|实现)(?=.{2})", "", done)
            name = f"{base}{object_}完成率" if done != object_ else f"{base}{done}比例"
            where = start + one.start("word"), start + one.end("word")
            yield _draft(*where, name, "ratio", 100, "%", "%")


def _place(text: str, start: int) -> Iterator[Draft]:
    for one in _PLACE.finditer(text):
        value = 1 if one["first"] else 2 if one["second"] else 3
        awarded = _AWARDED.search(text[: one.start()])
        base = text[awarded.end() : one.start()] if awarded else strip_head(text[: one.start()])[0]
        base = re.sub(r"(?:位居|居|列|名列|位列)?(?:全省|全国|全市)?$", "", base)
        where = start + one.start("word"), start + one.end("word")
        draft = _draft(*where, base + "名次", "rank", value, "", "名")
        draft.grade = one["word"] if not one["first"] else None
        yield draft


def _prize(text: str, start: int) -> Iterator[Draft]:
    for one in _PRIZE.finditer(text):
        awarded = _AWARDED.search(text[: one.start()])
        if awarded:
            where = start + one.start("word"), start + one.end("word")
            draft = _draft(*where, text[awarded.end() : one.end()], "award", 1, "", "项")
            draft.grade, draft.action = one["word"], awarded[0]
            yield draft


def _record(text: str, start: int) -> Iterator[Draft]:
    for one in _RECORD.finditer(text):
        base = strip_head(text[: one.start()])[0]
        where = start + one.start("word"), start + one.end("word")
        draft = _draft(*where, base, "qualitative", None, "", "")
        draft.grade = one["word"].removeprefix("均")
        yield draft


def _trend(text: str, start: int) -> Iterator[Draft]:
    for pattern, direction in _TREND:
        for one in pattern.finditer(text):
            base = re.sub(r"^(?:确保|推动|力争|保持|促进)", "", strip_head(text[: one.start()])[0])
            base = strip_head(base)[0].removesuffix("保持")
            if _RATE.search(base):
                where = start + one.start("word"), start + one.end("word")
                draft = _draft(*where, base, "change", None, "", "")
                draft.direction = direction
                yield draft


def _noun(text: str) -> str:
    """What the words before a goal speak of: without the aim before it and the verb behind it."""
    return re.sub(r"(?:实现|保持|做到)$", "", _AIM.sub("", strip_head(text)[0]))


def _zero(text: str, start: int) -> Iterator[Draft]:
    for pattern in (_ZERO, _IS_ZERO, _NONE):
        for one in pattern.finditer(text):
            what = (one.groupdict().get("what") or "").removeprefix("发生")
            name = what if pattern is _NONE else _noun(text[: one.start()]) + what
            kind: Kind = "ratio" if _RATE.search(name) else "count"
            unit = "%" if kind == "ratio" else "起" if _EVENT.search(name) else ""
            where = start + one.start(), start + (one.end("word") if "word" in one.groupdict() else one.end())
            yield _draft(*where, name, kind, 0, "", unit)


def _state(text: str, start: int) -> Iterator[Draft]:
    for one in _STATE.finditer(text):
        state = one["word"] if one["each"] else one["word"][-2:]
        where = start + one.start("word"), start + one.end("word")
        draft = _draft(*where, _noun(text[: one.start()]) + one["what"] + state, "qualitative", None, "", "")
        draft.grade = one["word"]
        yield draft
