"""How a value stands to the true one (bound and qualifier), and how far what was set was carried out (§5, §6a A10)."""

from __future__ import annotations

import re

from govdoc.indicator import Bound
from govdoc.measuring.drafts import Context, Draft
from govdoc.measuring.slots import Slot
from govdoc.measuring.tails import POST_BOUNDS, Tail
from govdoc.measuring.units import kind_of

FLOOR = re.compile(r"(至少|不少于|不低于|最多|不超过)(?=[一-龥]{1,6}$|[一-龥]{2,14}的$)")
_FULFILLED = re.compile(
    r"^(?:已|均|仅|超额)*(?:完成(?:了)?|为|占|达到|相当于)"
    r"(?P<what>(?:当?[全本]?年度?|“?[一二三四五六七八九十]{1,3}五”?(?:规划|时期|期间)?|年初|年中|总|既定|省定|市定)?(?:目标|计划|任务|预算|预期|调整|控制|指标)+数?)的?$"
)


def fulfilled(slot: Slot, context: Context) -> bool:
    """完成目标任务的105.4%: how far what was named before was carried out."""
    found = _FULFILLED.match(slot.tail.base)
    if found is None or context.level is None or kind_of(slot.quantity.unit) != "ratio":
        return False
    level = context.drafts[context.level]
    draft = Draft(slot.quantity, f"{level.name}完成{found['what']}比例", "ratio", noun=level.noun, unit_norm="%")
    draft.link, draft.relation, draft.far, draft.subject = context.level, "ratio_of", True, level.subject
    set_bounds(draft, slot, slot.tail, context)
    context.drafts.append(draft)
    return True


def set_bounds(draft: Draft, slot: Slot, tail: Tail, context: Context) -> None:
    """Bound and qualifier: range first, then what stands before, after and inside the number (§5, §6a A10)."""
    quantity = slot.quantity
    before, word = tail.bound, tail.qualifier
    if before is None and (floor := FLOOR.search(tail.base)):
        before, word = ("ge" if floor[1] in ("至少", "不少于", "不低于") else "le"), floor[1]
        context.bound = (before, word)
    elif before is None and context.bound and quantity.low is None:
        before, word = context.bound
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
