"""The clause grammar: from the quantities of a sentence to drafts of records (indicators.md §5–§7)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from govdoc.indicator import Bound, Kind
from govdoc.measure.clauses import CLAUSE_ENDS, LIST_MARKS, Piece, cut, first_mark, last_mark
from govdoc.measure.lexicon import ADVERB, AWARD_VERBS, CHANGE_NOUNS, HEAD_VERB, PREDICATE
from govdoc.measure.members import members
from govdoc.measure.names import (
    Parsed,
    compose_count,
    compose_rate,
    drop_examples,
    is_generic,
    is_measure,
    parse_left,
    strip_head,
    tidy,
    topic,
)
from govdoc.measure.quantities import Quantity
from govdoc.measure.roles import clause_year
from govdoc.measure.tails import POST_BOUNDS, Tail, strip_tail
from govdoc.measure.units import canonical, kind_of

_PER = re.compile(
    r"每(?P<n>一|[0-9]+|万|千|百)?(?P<u>位|名|个|所|校|班|人|镇|村|户|年级|年|月|周|天|日|学期|季度|学年|万人|千人|百户|生|师)(?P<noun>[一-龥]{0,6}?)(?=至少|不少于|不低于|[一-龥]*$)"
)
_PER_UNITS = {"位": "人", "名": "人", "生": "人", "师": "人", "个": "个"}
_MARKS_ONLY = re.compile(r"^[、和与及以\s]*$")
_AWARD_NOUN = re.compile(r"(?:奖|奖项|奖牌|冠军|亚军|季军|金牌|银牌|铜牌|荣誉|荣誉称号|称号|考核优秀|奖杯|等奖)$")
_MODIFIER = re.compile(
    r"(?:第.{1,3}[批期轮]|[首新]批|全[市省区县国]|的|[市省区县镇州]|澳门|香港|台湾|[级类型]|所属|直属|重点|等|各类|各级)$"
)


@dataclass(slots=True)
class Draft:
    """A record in the making: ``quantity`` in line offsets and what the grammar found out about it."""

    quantity: Quantity
    name: str
    kind: Kind
    noun: str = ""
    action: str | None = None
    subject: str | None = None
    bound: Bound | None = "eq"
    qualifier: str | None = None
    direction: str | None = None
    comparison: str | None = None
    commitment: str | None = None
    distribution: str | None = None
    grade: str | None = None
    unit_norm: str = ""
    role: str | None = None
    relation: str | None = None
    link: int | None = None
    group: int | None = None
    far: bool = False
    note: str | None = None
    year: int | None = None
    clause: str = ""
    scope: str | None = None
    layer: Literal["core", "ext"] = "core"


@dataclass(slots=True)
class Context:
    """What a sentence has said so far."""

    topic: str = ""
    subject: str = ""
    verb: str = ""
    noun: str = ""
    level: int | None = None
    per: str = ""
    bound: tuple[Bound, str] | None = None
    drafts: list[Draft] = field(default_factory=list)
    heading: str = ""


@dataclass(slots=True)
class Slot:
    """One quantity of a clause with the text left and right of it; ``chain`` is how many numbers share its left text."""

    quantity: Quantity
    left: str
    right: str
    tail: Tail
    chain: int = 1
    index: int = 0


def _pure(text: str) -> bool:
    return bool(_MARKS_ONLY.match(text))


def slots(line: str, piece: Piece, found: Sequence[Quantity]) -> list[Slot]:
    """The quantities of a clause, each with its share of the text between them."""
    result: list[Slot] = []
    left = line[piece.start : found[0].start]
    for i, one in enumerate(found):
        last = i + 1 == len(found)
        gap = line[one.right : piece.end if last else found[i + 1].start]
        right, after = _share(gap, last, line[one.right : piece.end])
        ratio = kind_of(one.unit) == "ratio"
        tail = strip_tail(left.rstrip("“‘ "), ratio=ratio, closed=not right)
        result.append(Slot(one, left, right, tail))
        left = after
    return result


def _share(gap: str, last: bool, rest: str) -> tuple[str, str]:
    """A gap between two numbers as (right of the first, left of the second)."""
    if last:
        return gap, ""
    if _pure(gap):
        return "", ""
    if gap[0] in LIST_MARKS:
        return "", gap[1:]
    at = first_mark(gap)
    if at < 0:
        return (rest if len(gap) > 1 else ""), gap
    at = at if HEAD_VERB.match(gap, at + 1) else last_mark(gap)
    return gap[:at], gap[at + 1 :]


def read_sentence(
    line: str, piece: Piece, found: Sequence[Quantity], depth: list[int], heading: str, this_year: int | None
) -> list[Draft]:
    """The drafts of one sentence, in text order; ``this_year`` is the year 去年 is counted from."""
    context = Context(heading=heading)
    year: int | None = None
    for clause in cut(line, piece.start, piece.end, CLAUSE_ENDS, depth):
        end = clause.end - (line[clause.end - 1] in "。；！？;!?")
        inside = [one for one in found if clause.start <= one.start < end]
        before = len(context.drafts)
        year = clause_year(line[clause.start : end].strip(), this_year) or year
        top = [one for one in inside if depth[one.start] <= 0 or (one.form == "streak" and line[one.start - 1] in "“‘")]
        if top:
            _clause(line, Piece(clause.start, end), top, context)
        else:
            _plain(line[clause.start : end], context)
        for bracket in _brackets(line, [one for one in inside if one not in top], depth):
            _clause(line, bracket[0], bracket[1], context)
        for draft in context.drafts[before:]:
            draft.year, draft.clause = year, line[clause.start : end]
    return context.drafts


def _brackets(line: str, found: list[Quantity], depth: list[int]) -> list[tuple[Piece, list[Quantity]]]:
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


def _plain(text: str, context: Context) -> None:
    about = topic(text)
    if 2 <= len(about) <= 24:
        context.topic = about
    context.verb = ""
    context.bound = None
    parsed = parse_left(text)
    if 2 <= len(parsed.subject) <= 16:
        context.subject = parsed.subject


def _clause(line: str, piece: Piece, found: Sequence[Quantity], context: Context) -> None:
    parts = slots(line, piece, found)
    i = 0
    context.per = ""
    group = len(context.drafts) if len(parts) > 1 else None
    while i < len(parts):
        slot = parts[i]
        j = i + 1
        while (
            j < len(parts)
            and not parts[j].left
            and not parts[j - 1].right
            and parts[j].quantity.form == slot.quantity.form
        ):
            j += 1
        before = len(context.drafts)
        if _from_to(parts, i, context):
            j = i + 2
        elif j - i > 1 and slot.quantity.form != "medal":
            _chain(parts[i:j], context)
        else:
            for k in range(i, j):
                parts[k].left = slot.left
                parts[k].tail = slot.tail
                _single(parts[k], line[piece.start : parts[k].quantity.start], context)
        for draft in context.drafts[before:]:
            draft.group = draft.group if draft.group is not None else group
        i = j


def _from_to(parts: list[Slot], i: int, context: Context) -> bool:
    """从A提高到B: two records of one name (§6a A4)."""
    if i + 1 >= len(parts) or not re.search(r"[从由]$", parts[i].tail.base.rstrip()):
        return False
    second = parts[i + 1]
    if not second.tail.level:
        return False
    base = parts[i].tail.base.rstrip()[:-1]
    base = re.sub(r"(?:分别|已|均)$", "", base)
    if not base and second.right:
        base = second.right
    for slot, role in ((parts[i], "baseline"), (second, None)):
        tail = Tail(base, bound=slot.tail.bound, qualifier=slot.tail.qualifier)
        tail.direction = second.tail.direction
        _single(Slot(slot.quantity, base, "", tail), base, context)
        context.drafts[-1].role = role
    first, last = context.drafts[-2], context.drafts[-1]
    last.name, last.noun = first.name, first.noun
    first.relation, first.link, first.direction = "baseline_of", len(context.drafts) - 1, None
    return True


def _chain(parts: list[Slot], context: Context) -> None:
    """X、Y分别增长a、b: as many members as numbers, in order (§6a A5)."""
    base = parts[0].tail.base
    items = members(base, len(parts))
    for slot, item in zip(parts, items, strict=True):
        tail = Tail(
            item,
            **{
                name: getattr(parts[0].tail, name)
                for name in ("bound", "qualifier", "direction", "change", "level", "comparison")
            },
        )
        tail.distribution = "分别"
        if slot.quantity.unit == "" and parts[-1].quantity.unit:
            slot.quantity = slot.quantity._replace(form="number")
        _single(Slot(slot.quantity, item, parts[-1].right if slot is parts[-1] else "", tail), item, context)
        if not slot.quantity.unit:
            context.drafts[-1].unit_norm = canonical(parts[-1].quantity.unit)


def _single(slot: Slot, before: str, context: Context) -> None:
    tail, quantity = slot.tail, slot.quantity
    if quantity.form == "rank":
        return _rank(slot, context)
    if quantity.form == "streak":
        return _streak(slot, context)
    ratio = kind_of(quantity.unit) == "ratio"
    if tail.distribution == "各" and (items := members(tail.base, 0)) and len(items) > 1 and not slot.right:
        for item in items:
            _one(
                slot,
                Tail(item, tail.bound, tail.qualifier, tail.direction, tail.change, tail.level, tail.comparison, "各"),
                context,
            )
        return None
    if tail.change or (ratio and tail.base.endswith(CHANGE_NOUNS)):
        return _change(slot, context)
    return _one(slot, tail, context)


def _bounds(draft: Draft, slot: Slot, tail: Tail, context: Context) -> None:
    """Bound and qualifier: range first, then what stands before, after and inside the number (§5, §6a A10)."""
    quantity = slot.quantity
    before, word = tail.bound, tail.qualifier
    if before is None and context.bound and not tail.words:
        before, word = context.bound
    context.bound = (
        (tail.bound, tail.qualifier)
        if tail.bound in ("ge",) and tail.qualifier
        else (context.bound if not tail.words else None)
    )
    after = POST_BOUNDS.get(quantity.post)
    inner: Bound | None = "approx_above" if quantity.inner else None
    draft.qualifier = word or quantity.post or quantity.inner or None
    draft.bound = before or after or inner or "eq"
    if quantity.low is not None:
        draft.bound = "range"
        draft.qualifier = tail.qualifier or quantity.post or None
    draft.direction = tail.direction
    draft.comparison = tail.comparison
    draft.commitment = tail.commitment
    draft.distribution = tail.distribution


def _carried(parsed: Parsed, slot: Slot, context: Context) -> str:
    """The verb of the list this item continues; empty where it has its own or needs none."""
    if parsed.verb or parsed.subject or not context.verb or kind_of(slot.quantity.unit) == "ratio":
        return ""
    noun = parsed.rest or slot.right
    if not noun or is_measure(noun) or slot.tail.words or slot.tail.level:
        return ""
    if parsed.rest and slot.right and PREDICATE.search(slot.right):
        return ""
    return context.verb


def _one(slot: Slot, tail: Tail, context: Context) -> None:
    quantity = slot.quantity
    kind = kind_of(quantity.unit)
    base = drop_examples(tail.base)
    parsed = parse_left(base)
    right = slot.right.strip()
    if parsed.rest and not _MODIFIER.search(parsed.rest) and _starts_verb(right):
        if parsed.verb:
            right = ""
    carried = _carried(parsed, slot, context)
    if carried:
        parsed = Parsed("", carried, parsed.rest, parsed.commitment)
    if quantity.form == "medal":
        name, kind = _medal(parsed, quantity), "award"
    elif kind == "ratio":
        whole = strip_head(base)[0]
        whole = re.sub(r"^(?:推动|实现|确保|促进|推进|做到|达到|力争|努力|保持|使)", "", whole)
        name = compose_rate(strip_head(whole)[0] if whole else "", right)
    elif parsed.verb and not parsed.rest and not right and parsed.subject:
        name = parsed.subject + parsed.verb + {"人": "人数", "次": "次数"}.get(quantity.unit, "")
    elif is_measure(strip_head(base)[0]) and not right and not (parsed.verb and not parsed.subject):
        name = strip_head(base)[0]
        parsed = Parsed("", "", name, parsed.commitment)
    else:
        name = compose_count(parsed, right)
    name = tidy(name)
    draft = Draft(quantity, name, kind, unit_norm=canonical(quantity.unit))
    _bounds(draft, slot, tail, context)
    draft.commitment = draft.commitment or parsed.commitment
    draft.action = parsed.verb or None
    draft.subject = tidy(parsed.subject) or context.subject or None
    _frequency(draft, slot, context)
    if kind == "count" and (parsed.verb in AWARD_VERBS or _AWARD_NOUN.search(name)):
        draft.kind = "award"
    draft.name, draft.far = _complete(draft, parsed, tail, context)
    draft.noun = tidy(strip_head(name.removeprefix(parsed.verb))[0]) or name
    _subset(draft, slot, context)
    context.drafts.append(draft)
    context.verb = parsed.verb if kind != "ratio" else ""
    if parsed.subject:
        context.subject = tidy(parsed.subject)
    if not (kind == "ratio" and is_generic(name, "")):
        context.noun = draft.noun
    context.level = len(context.drafts) - 1


def _starts_verb(right: str) -> bool:
    return bool(
        HEAD_VERB.match(right) or PREDICATE.match(right) or ADVERB.match(right) or right[:1] in ("以", "用", "为")
    )


def _medal(parsed: Parsed, quantity: Quantity) -> str:
    return f"{parsed.rest or parsed.subject}{quantity.unit}牌"


def _complete(draft: Draft, parsed: Parsed, tail: Tail, context: Context) -> tuple[str, bool]:
    """A name that says too little is completed from its clause, then from what came before (§5, §7.6, §7.12)."""
    name = draft.name
    noun = name.removeprefix(parsed.verb) if parsed.verb else name
    if (
        context.topic
        and len(noun) > 3
        and not parsed.verb
        and context.topic.endswith(noun[:2])
        and len(context.topic) > 3
    ):
        return context.topic + noun[2:], True
    relative = parsed.verb in ("覆盖", "惠及", "受益", "辐射", "带动")
    if (
        name
        and not is_generic(name, parsed.verb)
        and not relative
        and not (draft.quantity.form == "medal" and len(name) < 6)
    ):
        if (
            noun.startswith(("总", "累计"))
            and context.subject
            and not parsed.subject
            and len(context.subject + name) <= 24
        ):
            return context.subject + name, True
        return name, False
    subject = re.sub(r"^(?:在|于)(.+?)(?:中|上|里|内)?$", r"\1", tidy(parsed.subject))
    ratio = draft.kind == "ratio"
    candidates = [subject, context.noun, context.topic] if ratio or relative else [subject, context.topic, context.noun]
    for about in (*candidates, context.heading):
        about = about.strip("“”") if about.count("“") != about.count("”") else about
        if len(about) >= 2 and about not in name and len(about) <= 26:
            return tidy(about + name), True
    return name, False


def _subset(draft: Draft, slot: Slot, context: Context) -> None:
    if context.level is None or not re.match(r"^(?:其中|其中[：:])", slot.left.lstrip("，、 ")):
        return
    draft.link = context.level
    draft.relation = "ratio_of" if draft.kind == "ratio" else "subset_of"
    if draft.action is None and len(draft.name) <= 4 and 2 <= len(context.noun) <= 10:
        draft.name, draft.far = f"{context.noun}中{draft.name}", True


def _frequency(draft: Draft, slot: Slot, context: Context) -> None:
    """每月1次 → 次/月; 每位学生1项 → 项/人; the per-word is shared by the clause (§2.8)."""
    found = _PER.search(slot.left)
    if found:
        context.per = found[0]
    elif not context.per:
        return
    found = found or _PER.search(context.per)
    if found is None or draft.kind not in ("count", "amount"):
        return
    who = _PER_UNITS.get(found["u"], found["u"])
    if found["n"] and found["n"] not in ("一",):
        who = found["n"] + who
    if found["noun"] and who == "个":
        who = found["noun"][:4]
    draft.kind = "frequency"
    draft.unit_norm = f"{canonical(draft.quantity.unit)}/{who}"
    whose = "" if found["u"] in ("年", "月", "周", "天", "日", "学期", "季度", "学年") else found[0]
    whose = re.sub(r"(?:至少|不少于|不低于)$", "", whose)
    if whose and whose not in draft.name:
        draft.name = whose + draft.name
        draft.subject = whose
    draft.name = tidy(re.sub(r"^每(?:年|月|周|天|日|学期|季度|学年)(?:组织)?", "", draft.name)) or draft.name


def _change(slot: Slot, context: Context) -> None:
    """Growth: its own record, linked to the level it belongs to (§2.4, §6a A2, A3)."""
    tail, quantity = slot.tail, slot.quantity
    base = tidy(strip_head(tail.base)[0])
    base = re.sub(r"^(?:实现|推动|促进|确保|力争)", "", base)
    linked: int | None = None
    if not base or base in ("同比", "环比") or base in CHANGE_NOUNS:
        linked = context.level
        base = (context.drafts[linked].noun if linked is not None else context.topic) + (
            base if base in CHANGE_NOUNS else ""
        )
    items = members(base, 0) if tail.distribution == "各" else [base]
    compared = tail.comparison if tail.comparison in ("同比", "环比") else ""
    for item in items:
        draft = Draft(
            quantity, tidy(f"{item}{compared}{tail.change}"), "change", noun=item, unit_norm=canonical(quantity.unit)
        )
        _bounds(draft, slot, tail, context)
        draft.far = linked is not None
        draft.link, draft.relation = linked, "change_of" if linked is not None else None
        level = context.drafts[linked] if linked is not None else None
        if level and level.kind == "ratio" and quantity.unit in ("%", "％"):
            draft.unit_norm = "百分点"
            draft.note = "原文写作%，按百分点理解，待核"
        context.drafts.append(draft)
    if linked is None:
        context.level = len(context.drafts) - 1
        context.noun = items[-1]
    context.verb = ""


_SCOPE = re.compile(
    r"(?:在)?(全国|全省|全市|全球|世界|全区|全县|亚洲|中部|西部|东部|长三角|省内|国内|地级市|设区市|苏锡常|全疆)[一-龥]{0,6}?$"
)
_RANK_TAIL = re.compile(
    r"(?:位居|位列|列居|列|居|排名|排在|排|名列|名次|跃居|跃升至?|升至|升到|稳居|继续保持|继续|保持|跻身|上升至|蝉联|并列|为|达|是|均|获得|获|夺得|成为|在|连续[一二三四五六七八九十\d]+年|第|继续位居)$"
)


def _rank(slot: Slot, context: Context) -> None:
    base, scope = slot.left.rstrip(), None
    while True:
        if scope is None and (found := _SCOPE.search(base)):
            scope = found[1]
            base = base[: found.start()]
        elif found := _RANK_TAIL.search(base):
            base = base[: found.start()]
        else:
            break
    base = tidy(strip_head(base)[0])
    linked = None
    if len(base) < 2:
        linked = context.level
        base = context.drafts[linked].name if linked is not None else context.topic
    named = re.match(r"[一-龥]+", slot.right) if slot.quantity.end and slot.right else None
    if named and not base:
        base = named[0]
    items = members(base, 0) if slot.tail.distribution == "各" else [base]
    for item in items:
        draft = Draft(
            slot.quantity, tidy(f"{item}{scope or ''}位次"), "rank", noun=item, unit_norm="名", far=linked is not None
        )
        draft.link, draft.relation = linked, "rank_of" if linked is not None else None
        draft.scope = scope
        context.drafts.append(draft)
    context.verb = ""


def _streak(slot: Slot, context: Context) -> None:
    quantity = slot.quantity
    left = slot.left.rstrip("“‘ ")
    right = slot.right.strip("”’ ")
    if left.endswith("连续"):
        left = left[:-2]
        parsed = parse_left(left)
        subject = tidy(strip_head(left)[0])
        name = (
            f"{subject if len(subject) <= 14 else ''}连续{right}年数"
            if right
            else f"{subject or context.noun or context.topic}连续年数"
        )
    else:
        parsed = parse_left(left)
        name = f"{parsed.rest or parsed.subject or context.noun or context.topic}{quantity.unit}次数"
    draft = Draft(
        quantity,
        tidy(name),
        "streak",
        noun=tidy(name),
        action=parsed.verb or None,
        subject=tidy(parsed.subject) or None,
    )
    draft.unit_norm = canonical(quantity.unit)
    if quantity.inner:
        draft.bound, draft.qualifier = "approx_above", quantity.inner
    context.drafts.append(draft)
    context.verb = ""
