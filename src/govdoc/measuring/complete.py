"""Names that say too little are completed from their clause, then from what came before (§5, §7.6, §7.12)."""

from __future__ import annotations

import re

from govdoc.measuring.drafts import Context, Draft
from govdoc.measuring.labels import item_start
from govdoc.measuring.lexicon import HEAD_VERB, NOUN_AT_HEAD, RATE_HEAD, WEAK_VERBS
from govdoc.measuring.names import Parsed, is_generic, is_measure, strip_head, tidy
from govdoc.measuring.slots import Slot
from govdoc.measuring.units import canonical

_PER = re.compile(
    r"每(?P<n>[一0-9百千万]+)?(?P<u>位|名|个|所|校|班|人口|人|镇|村|户|年级|年|月|周|天|日|学期|季度|学年|生|师|公里|平方米|亩|吨|床|件|次)"
)
_PER_UNITS = {"位": "人", "名": "人", "人口": "人", "生": "人", "师": "人"}
_TIMES = frozenset(["年", "月", "周", "天", "日", "学期", "季度", "学年"])
_WHOLE = re.compile(r"^[，、\s]*其中")
SELF_STANDING = frozenset(["覆盖", "惠及", "受益", "辐射", "带动"])
_WHOM = re.compile(r"(?:学校|幼儿园|小学|初中|高中|中学|大学|高校|院校|教育|企业|医院|居民|职工|城镇|农村)$")
# What a measure of one thing is called where the thing was named before: 粮食播种面积…，总产量…; 图书…，生均….
_EACH = re.compile(r"[生人户亩校班师床村]均")
_BARE_MEASURE = re.compile(
    r"(?:总|年|单位|[亩户人校村]均)*(?:产量|单产|产值|面积|销量|销售额|销售收入|交易额|成交额|利润|出栏|存栏|投资额|增加值"
    r"|(?:综合)?(?:利用|处置|贮存|产生|排放|使用|消费|生产|供应)量)"
)
_MEASURED = re.compile(
    r"(?:播种|种植|养殖|经营)?(?:总|年)?(?:面积|产量|产值|存栏|出栏|规模|数量|总数)$"
    r"|(?:综合)?(?:利用|处置|贮存|产生|排放|使用|消费|生产|供应)量$"
)
# Money that is only said to be money: 支出资金, 发放资金.
_MONEY = re.compile(r"(?:支出|发放|拨付|投入|使用|补助|下达)?(?:资金|经费|金额|款项|总额)")
# How far the part of a whole is told apart by its rank alone: 其中国家级62项.
_LEVEL = re.compile(r"(?:国家|省|市|县|区|部|校|院)级|国家|本级")
# What a rate says of how it was done, and not of what: 健康管理率, 及时处置率.
_MANNER = re.compile(r"^(?:健康|规范|及时|按时|按期|综合|总体|平均|一次性?|初次|整体|有效|全程)(?=.+率$)")
_LIMIT = 28
# Units that measure the doing itself: 培训不少于40学时.
_HOURS = frozenset(("学时", "课时", "小时", "分钟", "天", "学分"))
# Nouns that say nothing without the subject of their own clause.
_EMPTY = frozenset(("服务", "项目", "内容", "问题", "工作", "事项", "任务", "活动", "措施"))


def in_whole(left: str) -> bool:
    """Whether the text before a number opens with 其中: a part of what was counted before."""
    return bool(_WHOLE.match(left))


def opens_whole(clause: str) -> bool:
    """Whether a clause is nothing but 其中: the next is a part of what was counted before."""
    return clause.strip(" ，、：:") == "其中"


def complete(draft: Draft, parsed: Parsed, slot: Slot, context: Context) -> None:
    """Set name, noun and link of a draft whose bare name is composed."""
    if draft.kind == "amount" and not parsed.verb and (measure := _measured_above(draft.name, context)):
        draft.name += measure
    bare = draft.name
    if not _subset(draft, slot, context):
        draft.name, draft.far = _completed(draft, parsed, context)
        if draft.far and not bare and draft.kind == "amount":
            draft.name += _measured_above(draft.name, context)
            bare = draft.name
    owned = draft.far and bool(_BARE_MEASURE.fullmatch(bare))
    draft.noun = draft.name if owned else bare if draft.kind == "ratio" else _noun(bare, parsed.verb)


_ABOUT = re.compile(r"^(?:全[国省市区县])?(?:各级各类|各级|各类|各地|各[市县区])?(?:教育|学校)?")
_ABOUT_END = re.compile(r"(?:的?(?:增长|变动|完成|执行|落实|投入))?(?:的?情况)?$")


def _measured_above(name: str, context: Context) -> str:
    """What the heading says is measured, where the text says only of whom (生均教育经费增长情况。幼儿园为10826元)."""
    whom = _WHOM.search(name)
    heading = _ABOUT_END.sub(
        "", _ABOUT.sub("", context.heading[item_start(context.heading, 0, len(context.heading)) :])
    )
    return heading if whom and is_measure(heading) and len(heading) >= 4 and heading not in name else ""


def _noun(name: str, verb: str) -> str:
    """A name without its verbs (排查整改安全隐患 → 安全隐患)."""
    noun = tidy(strip_head(name.removeprefix(verb))[0])
    while (found := HEAD_VERB.match(noun)) and len(noun) - found.end() >= 3 and not NOUN_AT_HEAD.match(noun):
        noun = noun[found.end() :]
    return noun or name


def _subset(draft: Draft, slot: Slot, context: Context) -> bool:
    if context.level is None or not (in_whole(slot.left) or context.part):
        return False
    context.part = False
    draft.link = _whole_of(draft, context, context.level)
    draft.relation = "ratio_of" if draft.kind == "ratio" else "subset_of"
    noun = context.noun if draft.link == context.level else context.drafts[draft.link].noun
    if _LEVEL.fullmatch(draft.name) and 2 <= len(noun) <= 20:
        draft.name, draft.far = draft.name + noun, True
        return True
    short = len(draft.name) <= (9 if draft.kind == "ratio" else 6)
    if draft.action is None and short and 2 <= len(noun) <= 16 and noun not in draft.name:
        draft.name, draft.far = f"{noun}中{draft.name}", True
        return True
    return False


def _whole_of(draft: Draft, context: Context, level: int) -> int:
    """The value a part was counted in: the last, or where that is a ratio the last count of the part's unit."""
    if draft.kind == "ratio" or context.drafts[level].kind != "ratio":
        return level
    unit = draft.quantity.unit
    counted = (i for i in range(level, -1, -1) if unit and context.drafts[i].quantity.unit == unit)
    return next(counted, level)


def _completed(draft: Draft, parsed: Parsed, context: Context) -> tuple[str, bool]:
    name = draft.name
    if name and name == parsed.verb and draft.quantity.unit.removeprefix("个") in _HOURS:
        return name, False
    noun = name.removeprefix(parsed.verb) if parsed.verb else name
    about = context.topic
    if owned := _owned(draft, parsed, context):
        return owned, True
    if name.startswith("占") and draft.kind == "ratio":
        whose = re.sub(r"(?:增长|下降)$", "", context.noun) or about
        return (tidy(whose + name), True) if whose else (name, False)
    if (
        len(about) > 3
        and len(noun) > 3
        and not parsed.verb
        and about.endswith(noun[:2])
        and len(about + noun) <= _LIMIT
    ):
        return about + noun[2:], True
    if draft.kind == "ratio" and name.endswith("覆盖率") and len(about) >= 2 and about not in name:
        return tidy(about + name), True
    short_medal = draft.quantity.form == "medal" and len(name) < 6
    relative = parsed.verb in SELF_STANDING and not (parsed.subject and parsed.subject in name)
    if name and not relative and not short_medal and not _says_too_little(name, parsed):
        if noun.startswith(("总", "累计")) and context.subject and not parsed.subject and len(name) <= 12:
            return tidy(context.subject + name), True
        return name, False
    subject = re.sub(r"^(?:在|于)?(.+?)(?<=[赛比评动展])(?:中|上|里)$", r"\1", tidy(parsed.subject))
    subject = re.sub(r"^(?:在|于)", "", subject)
    measured = draft.kind in ("ratio", "amount") or relative or is_measure(name)
    measured = measured or name == parsed.verb
    order = (subject, context.noun, about) if measured else (subject, about, context.noun)
    for one in (order[0], context.prefix, *order[1:]):
        candidate = (draft.kind == "ratio" and _MEASURED.sub("", one)) or one
        rate = name == parsed.verb and RATE_HEAD.search(candidate)
        if len(candidate) >= 2 and not rate and candidate not in name and len(candidate + name) <= _LIMIT + 8:
            context.prefix = candidate
            if name == parsed.verb:
                return tidy(name + candidate), True
            return tidy(candidate + (name[2:] if candidate.endswith(name[:2]) else name)), True
    return name, False


def _owned(draft: Draft, parsed: Parsed, context: Context) -> str:
    """The name of a bare measure with what was measured before, or with the whole it is a part of; empty for others."""
    name = draft.name
    if _EACH.fullmatch(name) and context.noun:
        return name + context.noun
    if _BARE_MEASURE.fullmatch(name) and (owner := _MEASURED.sub("", context.noun)):
        return owner + name
    part = context.whole and not parsed.verb and draft.kind == "count" and len(name) <= 8
    return f"{context.whole}中{name}" if part and name not in context.whole else ""


def _says_too_little(name: str, parsed: Parsed) -> bool:
    if _MONEY.fullmatch(name) or name == parsed.verb or (RATE_HEAD.search(name) and len(_MANNER.sub("", name)) <= 4):
        return True
    if parsed.verb and parsed.verb not in WEAK_VERBS:
        return bool(parsed.subject) and name.removeprefix(parsed.verb) in _EMPTY
    return is_generic(name, parsed.verb)


def per_head(draft: Draft, slot: Slot, context: Context) -> None:
    """每月1次 → 次/月; 每位学生1项 → 项/人; the per-word is shared by the clause (§2.8)."""
    text = slot.per or slot.left
    found = _PER.search(text)
    if found:
        context.per = text
    elif context.per:
        found = _PER.search(context.per)
    if found is None or draft.kind not in ("count", "amount"):
        return
    after = context.per[found.end() :]
    verb = HEAD_VERB.search(after)
    noun = re.split(r"至少|不少于|不低于|最多|不超过", after[: verb.start()] if verb else after)[0]
    noun = noun if len(noun) <= 8 else ""
    who = _PER_UNITS.get(found["u"], noun[:4] if found["u"] == "个" and noun else found["u"])
    who = (found["n"] or "").removeprefix("一") + who
    draft.kind = "frequency"
    times = [one["u"] for one in _PER.finditer(slot.per)]
    draft.unit_norm = f"{canonical(draft.quantity.unit)}/{''.join(times) if len(times) > 1 else who}"
    if found["u"] in _TIMES or slot.per:
        draft.name = tidy(re.sub(r"^每(?:年|月|周|天|日|学期|季度|学年)", "", draft.name)) or draft.name
        draft.subject = None if draft.subject and draft.subject.startswith("每") else draft.subject
        return
    whose = tidy(found[0] + noun)
    draft.subject = whose
    if whose not in draft.name:
        draft.name = whose + draft.name
