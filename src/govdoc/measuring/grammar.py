"""The clause grammar: from the quantities of a sentence to drafts of records (indicators.md §5–§7)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from govdoc.measuring.bases import read_base, read_than
from govdoc.measuring.bounds import FLOOR, fulfilled, set_bounds
from govdoc.measuring.clauses import CLAUSE_ENDS, Piece, cut, split_list
from govdoc.measuring.complete import SELF_STANDING, complete, in_whole, per_head
from govdoc.measuring.drafts import Context, Draft
from govdoc.measuring.labels import item_start
from govdoc.measuring.lexicon import ADVERB, AWARD_VERBS, CHANGE_NOUNS, HEAD_VERB, PREDICATE, SCENE_WORD
from govdoc.measuring.members import members
from govdoc.measuring.names import (
    Parsed,
    compose_count,
    compose_rate,
    drop_examples,
    is_generic,
    is_measure,
    parse_left,
    strip_head,
    tidy,
    with_blanks,
)
from govdoc.measuring.quantities import Quantity, within
from govdoc.measuring.roles import clause_year, promises
from govdoc.measuring.scenes import set_scene
from govdoc.measuring.slots import Slot, brackets, slots
from govdoc.measuring.special import read_change, read_rank, read_streak
from govdoc.measuring.tails import Tail
from govdoc.measuring.units import COUNTS_PEOPLE, canonical, kind_of, unit_class

_AWARDED = re.compile(
    r"^(?:获评|荣获|入选|入围|上榜|夺得|被评为|被授予)|(?:奖|奖项|奖牌|冠军|亚军|季军|金牌|银牌|铜牌|荣誉|荣誉称号|称号|考核优秀|奖杯|等奖)$"
)
_MODIFIER = re.compile(
    r"(?:第.{1,3}[批期轮]|[首新]批|全[市省区县国]|的|[市省区县镇州]|澳门|香港|台湾|[级类型]|所属|直属|重点|等|各类|各级)$"
)
_FAR = 400
_HOLDS = re.compile(r"\s*(?:其中)?(?:含|包含|包括)有?")
_REALLY = re.compile(r"(?:而|但)?实际")
_NEEDED = re.compile(
    r"^[一-龥]{0,8}?需要?(?=新增|新建|投入|补充|增加|安排|落实|使用|占用|征用|追加|招聘|配备|征收|配套)"
)
# 小学计划招生1450人: the plan is a word of promise, not a part of the name.
_INTENDED = re.compile(
    r"(?<=[一-龥])(?<![按原定完成])计划(?=招生|招收|招录|招聘|新增|新建|改建|扩建|引进|培训|选派|开设|投入)"
)
_ORIGIN = re.compile(r"[从由](?:(?:上年|去年|上一?学?年|原来|年初|期初|\d{4}年)(?:度|末|底)?的?)?$")
_FIELD = re.compile(r"(?:全[国省市州区县]|[省市国]内)$")
_ORDERED = re.compile(r"(?P<which>[一-龥]{2,8}?)(?:之?中|里|内)?(?:排名|位居|位列|名列|排在|居|列|排)*")
_LEANING = re.compile(r"占|比上年|较上年|同比|环比|增长|下降|[位排]?[居列名]全|连续")
_AGAINST = re.compile(r"(?:比|较|与)(?:上年|去年|上一年|前一年|20\d\d年)(?:同期|末|底)?的?$")
_WHOLE_OF = re.compile(r"^(?P<part>.*?)占(?P<whole>[一-龥“”（）]{2,20})$")
_SHARE = re.compile(r"的(?P<rate>比例|比重|百分比)")
_RATE_LEAD = re.compile(r"^(?:推动|实现|确保|促进|推进|做到|达到|力争|努力|保持|使|巩固|提升|提高|落实|深入推进)")


def read_sentence(
    line: str,
    piece: Piece,
    found: Sequence[Quantity],
    depth: list[int],
    this_year: int | None,
    heading: str = "",
    before: Draft | None = None,
) -> list[Draft]:
    """The drafts of one sentence, in text order; ``this_year`` is the year 去年 is counted from.

    ``heading`` is what stands over it without a figure; ``before`` is the last draft of the part before a semicolon,
    for a sentence that says nothing of its own (；占财政支出的比例为…).
    """
    context = Context(heading=heading)
    if before is not None:
        context.whole = before.whole
        context.topic = before.noun if _LEANING.match(line[piece.start : piece.end]) else ""
    year: int | None = None
    promised = False
    for whole in cut(line, piece.start, piece.end, CLAUSE_ENDS, depth):
        clause = Piece(item_start(line, *whole), whole.end)
        end = clause.end - (line[clause.end - 1] in "。；！？;!?")
        inside = within(found, clause.start, end)
        made = len(context.drafts)
        base = read_base(line, clause.start, end)
        if base:
            _read(line, base.piece, within(inside, *base.piece), depth, context)
            for draft in context.drafts[made:]:
                draft.role, draft.since = "baseline", base.year
            clause, inside = Piece(base.end, clause.end), within(inside, base.end, end)
        year = clause_year(line[clause.start : end].strip(), this_year) or year
        _read(line, Piece(clause.start, end), inside, depth, context)
        text = line[clause.start : min(end, clause.start + _FAR)].strip()
        promised = promises(text, promised) and not _REALLY.match(text)
        for draft in context.drafts[made:]:
            draft.year, draft.clause, draft.promised, draft.whole = year, text, promised, context.whole
            draft.name, draft.needed = with_blanks(draft.name, text), bool(_NEEDED.search(text))
        promised = promised or any(draft.commitment == "计划" for draft in context.drafts[made:])
    return context.drafts


def _read(line: str, piece: Piece, inside: Sequence[Quantity], depth: list[int], context: Context) -> None:
    """One clause: what it counts, then what it counts in brackets."""
    top = [one for one in inside if depth[one.start] <= 0 or (one.form == "streak" and line[one.start - 1] in "“‘")]
    if top:
        _clause(line, piece, top, context)
    else:
        set_scene(line[piece.start : piece.end], context)
    for bracket, bracketed in brackets(line, [one for one in inside if one not in top], depth):
        holds = _HOLDS.match(line, bracket.start, bracket.end)
        context.part = context.level is not None if holds else context.part
        _clause(line, Piece(holds.end(), bracket.end) if holds else bracket, bracketed, context)


def _clause(line: str, piece: Piece, found: Sequence[Quantity], context: Context) -> None:
    parts = slots(line, piece, found)
    context.per = context.standing = ""
    group = len(context.drafts) if len(parts) > 1 else None
    i = 0
    while i < len(parts):
        before = len(context.drafts)
        i = _run(parts, i, context)
        for draft in context.drafts[before:]:
            draft.group = draft.group if draft.group is not None else group


def _run(parts: list[Slot], i: int, context: Context) -> int:
    """One quantity, or several that share their left text; returns where the next begins."""
    slot = parts[i]
    if (
        _among(parts, i, context)
        or _from_to(parts, i, context)
        or _against(parts, i, context)
        or _share_of(parts, i, context)
    ):
        return i + 2
    if read_than(slot, context):
        return i + 1
    j = i + 1
    while slot.tail.distribution == "分别" and j < len(parts) and parts[j].tail.change and not parts[j].tail.base:
        j += 1
    while j < len(parts) and not parts[j].left and not parts[j - 1].right:
        if parts[j].quantity.form != slot.quantity.form and "bare" not in (slot.quantity.form, parts[j].quantity.form):
            break
        j += 1
    if j - i > 1 and slot.quantity.form != "medal":
        _chain(parts[i:j], context)
        return j
    for part in parts[i:j]:
        _single(replace(part, left=slot.left, tail=slot.tail), context)
    return j


def _among(parts: list[Slot], i: int, context: Context) -> bool:
    """在全省13个设区市中排名第4位: how many are ordered, then the place of what was measured before."""
    field = _FIELD.search(parts[i].left)
    if field is None or i + 1 >= len(parts) or parts[i + 1].quantity.form != "rank":
        return False
    among = _ORDERED.fullmatch(parts[i + 1].left)
    if among is None or parts[i].quantity.unit != "个":
        return False
    which = field[0] + among["which"]
    context.drafts.append(Draft(parts[i].quantity, which, "count", noun=which, unit_norm="个"))
    context.drafts += read_rank(replace(parts[i + 1], left=parts[i].left), context)
    return True


def _from_to(parts: list[Slot], i: int, context: Context) -> bool:
    """从A提高到B: two records of one name (§6a A4)."""
    origin = _ORIGIN.search(parts[i].tail.base.rstrip())
    if i + 1 >= len(parts) or origin is None:
        return False
    second = parts[i + 1]
    if not second.tail.level:
        return False
    base = parts[i].tail.base.rstrip()[: origin.start()]
    base = re.sub(r"(?:分别|已|均)$", "", base) or second.right
    for slot, role in ((parts[i], "baseline"), (second, None)):
        tail = Tail(base, bound=slot.tail.bound, qualifier=slot.tail.qualifier, direction=second.tail.direction)
        _single(Slot(slot.quantity, base, "", tail), context)
        context.drafts[-1].role = role
    first, last = context.drafts[-2], context.drafts[-1]
    last.name, last.noun = first.name, first.noun
    first.relation, first.link, first.direction = "baseline_of", len(context.drafts) - 1, None
    return True


def _against(parts: list[Slot], i: int, context: Context) -> bool:
    """比上年1655亿元增长5.27%: the level of the year before, then the change (§6a A4)."""
    before = _AGAINST.search(parts[i].left)
    if before is None or context.level is None or i + 1 >= len(parts) or not parts[i + 1].tail.change:
        return False
    at, level = context.level, context.drafts[context.level]
    slot = parts[i]
    if kind_of(slot.quantity.unit) != level.kind:
        return False
    was = Draft(slot.quantity, level.name, level.kind, noun=level.noun, unit_norm=level.unit_norm, role="baseline")
    was.relation, was.link, was.subject = "baseline_of", at, level.subject
    context.drafts.append(was)
    _single(parts[i + 1], context)
    context.drafts[-1].comparison = before[0].removesuffix("的")
    return True


def _share_of(parts: list[Slot], i: int, context: Context) -> bool:
    """占一般公共预算支出7175.9亿元的比例为15.45%: the whole, then the share of it."""
    if i + 1 >= len(parts) or not (found := _WHOLE_OF.search(parts[i].left)):
        return False
    if not (rate := _SHARE.match(parts[i + 1].left)) or kind_of(parts[i + 1].quantity.unit) != "ratio":
        return False
    level, noun = context.level, found["whole"]
    _single(replace(parts[i], left=noun, right="", tail=Tail(noun)), context)
    context.level = level
    context.noun = context.drafts[level].noun if level is not None else found["part"]
    base = f"占{noun}的{rate['rate']}"
    _single(Slot(parts[i + 1].quantity, base, parts[i + 1].right, replace(parts[i + 1].tail, base=base)), context)
    return True


def _items(base: str, count: int, known: Sequence[Draft]) -> list[str]:
    """What each of ``count`` numbers measures; ``known`` are the drafts before them, which they may speak of."""
    if len(known) == count and not strip_head(base)[0]:
        return [draft.measure for draft in known]
    shared = base.removeprefix("分别")
    items = members(shared if shared.startswith("占") else base, count)
    if len(known) < count or len(set(items)) > 1:
        return items
    if items[0].startswith("占") or is_generic(strip_head(items[0])[0], ""):
        return [draft.noun + item for draft, item in zip(known, items, strict=True)]
    return items


def _chain(parts: list[Slot], context: Context) -> None:
    """X、Y分别增长a、b: as many members as numbers, in order (§6a A5)."""
    first, last = parts[0], parts[-1]
    if first.quantity.form == "rank" and len(context.drafts) >= len(parts):
        for draft, slot in zip(context.drafts[-len(parts) :], parts, strict=True):
            context.drafts += read_rank(replace(slot, left=draft.noun + first.left), context)
        return
    items = _items(first.tail.base, len(parts), context.drafts[-len(parts) :])
    for slot, item in zip(parts, items, strict=True):
        tail = replace(first.tail, base=item, distribution="分别")
        if first.tail.distribution == "分别" and not slot.quantity.post:
            slot = replace(slot, quantity=slot.quantity._replace(post=last.quantity.post))
        if own := slot.tail.change or last.tail.change:
            tail.change, tail.direction = own, (slot.tail if slot.tail.change else last.tail).direction
        _single(Slot(slot.quantity, item, slot.right, tail), context)
        if slot.quantity.form == "bare":
            context.drafts[-1].unit_norm = canonical(last.quantity.unit)


def _single(slot: Slot, context: Context) -> None:
    tail, quantity = slot.tail, slot.quantity
    ratio = kind_of(quantity.unit) == "ratio"
    if fulfilled(slot, context):
        return
    if quantity.form == "rank":
        context.drafts += read_rank(slot, context)
        context.verb = ""
    elif quantity.form == "streak":
        context.drafts.append(read_streak(slot, context))
        context.verb = ""
    elif tail.change or (ratio and tail.base.endswith(CHANGE_NOUNS) and not tail.base.endswith("自然增长率")):
        made = read_change(slot, context)
        for draft in made:
            set_bounds(draft, slot, tail, context)
        context.drafts += made
        if made[-1].link is None:
            context.level = len(context.drafts) - 1
        context.verb = ""
    elif tail.distribution == "各" and not slot.right and len(items := members(tail.base, 0)) > 1:
        for item in items:
            _one(slot, replace(tail, base=item), context)
    else:
        _one(slot, tail, context)


def _carried(parsed: Parsed, slot: Slot, context: Context) -> str:
    """The verb of the list this item continues; empty where it has its own or needs none."""
    if parsed.verb or parsed.subject or not context.verb or kind_of(slot.quantity.unit) == "ratio":
        return ""
    noun = parsed.rest or slot.right
    if slot.tail.base.endswith("的") and slot.right and context.verb in SELF_STANDING:
        return context.verb
    if context.verb in SELF_STANDING or SCENE_WORD.match(noun):
        return ""
    if not noun or is_measure(noun) or slot.tail.words or slot.tail.level or in_whole(slot.left):
        return ""
    if parsed.rest and slot.right and PREDICATE.search(slot.right):
        return ""
    return context.verb


def _parse(base: str, right: str) -> Parsed:
    """The left text as subject, verb and object; what ends with 的 is all modifier."""
    if base.endswith("的") and right:
        return Parsed("", "", strip_head(base)[0])
    parsed = parse_left(base)
    parsed.rest = re.sub(r"(?:^|(?<=[一-龥”]))[^、]*(?:、|和|及|与)$", "", parsed.rest) if right else parsed.rest
    return parsed


def _enumerated(parsed: Parsed, slot: Slot) -> str:
    """A、B、C3项: an enumeration and its total; the items are kept in the note (§7.24)."""
    items = split_list(parsed.rest)
    if slot.right and slot.quantity.value is not None and len(items) > 1 and slot.quantity.value == len(items):
        return parsed.rest
    return ""


def _one(slot: Slot, tail: Tail, context: Context) -> None:
    """An ordinary value: its name from verb, modifiers and noun, its fields from the words around it."""
    base, examples = drop_examples(tail.base)
    base, intended = _INTENDED.subn("", base)
    floor = FLOOR.search(base)
    if floor:
        base = base[: floor.start()] + ("" if is_measure(base[: floor.start()]) else base[floor.end() :])
    right = slot.right.strip()
    if not base and not right:
        base = context.standing
    elif base.endswith("的") and not right:
        right = _left_out(slot, context)
    parsed = _parse(base, right)
    ratio = kind_of(slot.quantity.unit) == "ratio"
    if enumerated := _enumerated(parsed, slot):
        parsed.rest, examples = "", enumerated
    if not ratio and parsed.verb and parsed.rest and not _MODIFIER.search(parsed.rest) and _starts_verb(right):
        right = ""
    owner = _OWNER.match(parsed.rest)
    if carried := _carried(parsed, replace(slot, right=right), context):
        rest = parsed.rest if owner or not parsed.rest else context.owner + parsed.rest
        parsed = Parsed("", carried, rest, parsed.commitment)
    elif parsed.verb:
        context.owner = ""
    context.owner = owner[0] if owner else context.owner
    whole = strip_head(base)[0]
    standing = not right and not ratio and is_measure(whole) and (not parsed.verb or parsed.subject)
    if standing and parsed.subject not in _OWN_SUBJECTS:
        whole = parsed.subject + parsed.rest if parsed.verb in ("实现", "完成") else whole
        parsed = Parsed("", "", whole, parsed.commitment)
    name = tidy(_name(slot, base, right, parsed))
    draft = Draft(slot.quantity, name, kind_of(slot.quantity.unit), unit_norm=canonical(slot.quantity.unit))
    set_bounds(draft, slot, tail, context)
    draft.commitment = draft.commitment or parsed.commitment or ("计划" if intended else None)
    draft.action = parsed.verb or None
    draft.subject = _who(parsed.subject) or context.subject or None
    draft.note = f"列举：{examples}" if examples else None
    _kind(draft, parsed, name + right)
    per_head(draft, slot, context)
    complete(draft, parsed, slot, context)
    if not draft.name:
        draft.name = context.drafts[context.level].name if context.level is not None else context.topic
        draft.far = True
    _remember(draft, parsed, context, generic=ratio and is_generic(name, ""))


def _left_out(slot: Slot, context: Context) -> str:
    """The noun a count leaves out: 专任教师中，具有高级职称的479人."""
    if kind_of(slot.quantity.unit) != "count" or context.level is None:
        return context.whole if kind_of(slot.quantity.unit) == "count" else ""
    same = unit_class(context.drafts[context.level].unit_norm) == unit_class(slot.quantity.unit)
    return context.whole or (context.noun if same else "")


# Whose they are, at the head of a list, holds for its items until another is named (§6a B15).
_OWNER = re.compile(
    r"(?:[一-龥]{1,4}[省市县区]|在[一-龥]{1,3}|[省市区县]属|[一-龥]{2})[一-龥]{0,2}(?:院校|联院)(?=[一-龥“]{3})"
)
_TIMES = frozenset(("次", "场", "场次", "期", "轮", "轮次", "批次"))
_OWN_SUBJECTS = ("城镇", "农村", "城乡")


def _name(slot: Slot, base: str, right: str, parsed: Parsed) -> str:
    quantity = slot.quantity
    if quantity.form == "medal":
        return f"{parsed.rest or parsed.subject}{quantity.unit}牌"
    if kind_of(quantity.unit) == "ratio":
        whole = _RATE_LEAD.sub("", strip_head(base)[0])
        return compose_rate(strip_head(whole)[0] if whole else "", right)
    if parsed.verb and not parsed.rest and not right and parsed.subject:
        return parsed.subject + parsed.verb + {"人": "人数", "次": "次数"}.get(quantity.unit, "")
    own = parsed.subject if parsed.subject in _OWN_SUBJECTS and parsed.verb else ""
    return own + compose_count(parsed, right, doing=quantity.unit in _TIMES)


def _kind(draft: Draft, parsed: Parsed, text: str) -> None:
    """An award where it is conferred; people and index numbers where the number stands bare (§2.1, §6a B14)."""
    quantity = draft.quantity
    index = not quantity.scale and "." in (quantity.number or "")
    conferred = parsed.verb in AWARD_VERBS or _AWARDED.search(draft.name)
    if quantity.form == "medal" or (draft.kind == "count" and conferred):
        draft.kind = "award"
    if quantity.form == "bare" and not index and COUNTS_PEOPLE.search(text):
        draft.unit_norm = "人"
    elif quantity.form == "bare" and index:
        draft.kind = "ratio"


def _remember(draft: Draft, parsed: Parsed, context: Context, *, generic: bool) -> None:
    """What later values of the sentence may lean on."""
    context.drafts.append(draft)
    context.verb = parsed.verb if draft.kind != "ratio" else ""
    context.subject = _who(parsed.subject) or context.subject
    if not generic:
        context.noun = draft.noun
    context.level = len(context.drafts) - 1


_WHERE_OR_WHEN = re.compile(r"[在于].*|.*[\d一-十]月.*|.*(?:\d日|月底|年底|年末|季度末?)之?前?")


def _who(subject: str) -> str:
    """The subject, where it is somebody: neither a place (在义务教育阶段学校) nor a time (月底前)."""
    who = tidy(subject)
    return "" if _WHERE_OR_WHEN.fullmatch(who) else who


def _starts_verb(right: str) -> bool:
    return bool(HEAD_VERB.match(right) or PREDICATE.match(right) or ADVERB.match(right)) or right[:1] in (
        "以",
        "用",
        "为",
    )
