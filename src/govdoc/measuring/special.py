"""Changes, ranks and streaks: records that say something of another measure (§2.4, §2.5, §2.7, §6a A2, A9)."""

from __future__ import annotations

import re

from govdoc.measuring.drafts import Context, Draft
from govdoc.measuring.lexicon import CHANGE_NOUNS, GENERIC
from govdoc.measuring.members import members
from govdoc.measuring.names import is_measure, parse_left, strip_head, tidy
from govdoc.measuring.slots import Slot
from govdoc.measuring.units import COUNTS_PEOPLE, canonical

_SCOPE = re.compile(
    r"(?:在)?(全国|全省|全市|全球|世界|全区|全县|亚洲|中部|西部|东部|长三角|省内|国内|地级市|设区市|苏锡常|全州)"
    r"[一-龥]{0,6}?$"
)
_RANK_TAIL = re.compile(
    r"(?:位居|位列|列居|列|居|排名|排在|排|名列|名次|跃居|跃升至?|升至|升到|稳居|继续|保持|跻身|上升至|蝉联|并列|分列|分居|为|达|是|均|获得|获|"
    r"夺得|成为|在|(?:争取|力争|确保|努力)?(?:进入|跻身|挤进|迈入|冲进|进)|争取|力争|确保|努力|保持在|稳定在|连续[一二三四五六七八九十\d]+年|第|分别)$"
)


_OURS = re.compile(r"[我本该全][省市县区州旗镇校局院]")
_ORDER = ("位次", "排名", "名次")


def read_change(slot: Slot, context: Context) -> list[Draft]:
    """Growth: its own record, linked to the level it belongs to."""
    tail, quantity = slot.tail, slot.quantity
    base = tidy(strip_head(tail.base)[0])
    base = re.sub(r"^(?:实现|推动|促进|确保|力争)", "", base)
    linked: int | None = None
    alone = not base
    if not base or base in ("同比", "环比") or base in CHANGE_NOUNS:
        linked = context.level
        noun = base if base in CHANGE_NOUNS else ""
        base = (context.drafts[linked].measure if linked is not None else context.topic) + noun
    ranked = next((i for i in range(len(context.drafts) - 1, -1, -1) if context.drafts[i].kind == "rank"), None)
    alone = alone or base in _ORDER
    if alone and quantity.unit in ("位", "名") and ranked is not None:
        linked, base = ranked, context.drafts[ranked].name
    items = members(base, 0) if tail.distribution == "各" else [base]
    if linked is not None and tail.distribution == "各":
        items = [draft.measure for draft in _last_run(context.drafts)] or items
    compared = tail.comparison if tail.comparison in ("同比", "环比") else ""
    level = context.drafts[linked] if linked is not None else None
    made: list[Draft] = []
    change = "翻番" if quantity.unit == "番" else tail.change
    for item in items:
        name = tidy(f"{item}{compared}{change}")
        if re.match(r"[一-龥]{2}", slot.right) and not is_measure(item) and linked is None:
            name = tidy(f"{tail.change}{slot.right.split('的')[-1]}")
        draft = Draft(quantity, name, "change", noun=item, unit_norm=canonical(quantity.unit))
        if quantity.form == "bare" and COUNTS_PEOPLE.search(name):
            draft.unit_norm = "人"
        draft.far = linked is not None
        draft.link, draft.relation = linked, "change_of" if linked is not None else None
        if level and level.kind == "ratio" and quantity.unit in ("%", "％"):
            draft.unit_norm = "百分点"
            draft.note = "原文写作%，按百分点理解，待核"
        made.append(draft)
    if linked is None:
        context.noun = items[-1]
    return made


def _last_run(drafts: list[Draft]) -> list[Draft]:
    """The records of the last …分别达a、b, which 均增长 then speaks of."""
    run: list[Draft] = []
    for draft in reversed(drafts):
        if draft.distribution != "分别":
            break
        run.insert(0, draft)
    return run


_AMONG = re.compile(r"(?:^|(?<=[，、]))在(?P<what>[一-龥“”]{4,})[中里]$")
_PROMISED = re.compile(r"(力争|争取|确保|努力)(?=[一-龥]{0,8}$)")


def _promised(left: str) -> str | None:
    """The word of promise before a place: 争取进入前8名."""
    found = _PROMISED.search(left)
    return found[1] if found else None


def read_rank(slot: Slot, context: Context) -> list[Draft]:
    """A place in an order: measure + 全省位次."""
    base, scope = slot.left.rstrip(), None
    while True:
        if scope is None and (found := _SCOPE.search(base)):
            scope = found[1]
        elif not (found := _RANK_TAIL.search(base)):
            break
        base = base[: found.start()]
    base = tidy(strip_head(_AMONG.sub(r"\g<what>", base))[0])
    linked = None
    if context.whole and (len(base) < 2 or _OURS.fullmatch(base)):
        base = context.whole
    if len(base) < 2 or base in GENERIC or _OURS.fullmatch(base):
        linked, base = context.level, "" if _OURS.fullmatch(base) else base
        base = (context.drafts[linked].name if linked is not None else context.topic) + base
    if slot.right and re.match(r"[一-龥]{2}", slot.right) and "大" in slot.raw_end:
        base, linked = re.split(r"[，、和的]", slot.right)[0], None
    items = members(base, 0) if slot.tail.distribution == "各" else [base]
    made: list[Draft] = []
    for item in items:
        draft = Draft(slot.quantity, tidy(f"{item}{scope or ''}位次"), "rank", noun=item, unit_norm="名", scope=scope)
        draft.far = linked is not None
        if slot.quantity.inner:
            draft.bound, draft.qualifier = "le", slot.quantity.inner
            draft.commitment = _promised(slot.left)
        draft.link, draft.relation = linked, "rank_of" if linked is not None else None
        made.append(draft)
    return made


def read_streak(slot: Slot, context: Context) -> Draft:
    """连续四年…, 八连冠."""
    quantity = slot.quantity
    left = slot.left.rstrip("“‘ ")
    right = slot.right.strip("”’ ")
    if left.endswith("连续"):
        left = left[:-2]
        subject = tidy(strip_head(re.sub(r"(?:已经?|均|也|仍)$", "", left))[0])
        known = subject or context.noun or context.topic
        name = f"{subject if len(subject) <= 14 else ''}连续{right}年数" if right else f"{known}连续年数"
        parsed = parse_left(right)
        parsed.subject = parsed.subject or subject
    else:
        parsed = parse_left(left)
        name = f"{parsed.rest or parsed.subject or context.noun or context.topic}{quantity.unit}次数"
    draft = Draft(quantity, tidy(name), "streak", noun=tidy(name), action=parsed.verb or None)
    draft.subject = tidy(parsed.subject) or None
    draft.unit_norm = canonical(quantity.unit)
    if is_measure(draft.subject or ""):
        context.standing = draft.subject or ""
    if quantity.inner:
        draft.bound, draft.qualifier = "approx_above", quantity.inner
    return draft
