"""Levels a plan or a comparison starts from: 在2023年招生1500人的基础上, 比2023年的450个有所减少 (§6a A4)."""

from __future__ import annotations

import re
from typing import NamedTuple

from govdoc.measuring.clauses import Piece
from govdoc.measuring.drafts import Context, Draft
from govdoc.measuring.names import strip_head, tidy
from govdoc.measuring.slots import Slot
from govdoc.measuring.units import canonical, kind_of

_WHEN = r"(?:(?P<year>(?:19|20)\d\d)年|去年|上年|上一年)(?:度|末|底|同期)?的?"
_BASE = re.compile(
    rf"\s*(?:要|将|力争|确保)?在(?:{_WHEN})?(?P<what>[^，。；]{{0,40}}?\d[^，。；]{{0,20}}?)的?基础之?上"
)
_THAN = re.compile(rf"(?P<what>.*?)[比较]{_WHEN}\s*$")
_MOVED = re.compile(
    r"\s*(?:$|(?:有所|略有|有|明显|大幅|稍有)(?:减少|增加|下降|提高|提升|上升|增长|回落|改善|扩大|缩小))"
)


class Base(NamedTuple):
    """The words that say the level, the end of the phrase, and the year it is of where it names one."""

    piece: Piece
    end: int
    year: int | None


def read_base(line: str, start: int, end: int) -> Base | None:
    """The level a clause builds on, where it opens with one."""
    found = _BASE.match(line, start, end)
    return found and Base(Piece(*found.span("what")), found.end(), int(found["year"]) if found["year"] else None)


def read_than(slot: Slot, context: Context) -> bool:
    """比2023年的450个有所减少: the level of the year before, of what was counted last."""
    found = _THAN.fullmatch(slot.left)
    if found is None or not _MOVED.match(slot.right):
        return False
    what, at = tidy(strip_head(found["what"])[0]), context.level
    quantity = slot.quantity
    if at is None and not what:
        return False
    level = context.drafts[at] if at is not None and not what else None
    if level and level.kind != kind_of(quantity.unit):
        return False
    draft = Draft(quantity, level.name if level else what, kind_of(quantity.unit), role="baseline")
    draft.noun, draft.unit_norm = (level.noun if level else what), canonical(quantity.unit)
    draft.since = int(found["year"]) if found["year"] else None
    if level:
        draft.relation, draft.link, draft.subject = "baseline_of", at, level.subject
    context.drafts.append(draft)
    return True
