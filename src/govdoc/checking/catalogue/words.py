"""W: words written twice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govdoc.checking.draft import Draft
from govdoc.checking.matching import mended, sweep
from govdoc.checking.registry import Found, check

# Behind some characters the first of the two ends a word (目的的, 以及及时), before others both are one (的的确确).
_TWICE = re.compile(
    r"(?<![目标])的的(?![确士])|(?<![总缓饱温中调平共])和和(?![气美睦谐平])|(?<![参赠给授])与与(?!会)|(?<![普涉以])及及(?![时格])"
    r"|(?<![存所现实内外])在在(?![职校建线册])|(?<!或)或或(?!者)|(?<![即干])将将(?![军士领])|把把(?![关脉])|(?<![可加所予难得足])以以(?![及外上下内后前])"
    r"|(?<![归合兼])并并(?![非不])|(?<![反从进继因])而而|(?<![行作成认因更极尤])为为(?![了何主])|(?<![应相针核校])对对(?!子)|于于"
    r"|(?<![一二三四五六七八九十就但还于])是是(?![否非])|被被|(?<![自理经])由由"
)
_TWICE_RULES = frozenset(("P307", "P308"))
_MARKS_TWICE = re.compile(r"([，；：])\1+")


@check("W01", "重复的字和标点", "warning", "practice")
def written_twice(draft: Draft) -> Iterator[Found]:
    """No particle and no mark is written twice.

    Irregular: 做好的的工作, 教育局和和财政局, 认真落实，，按时上报 — right: 做好的工作
    Kept: 目的的, 的的确确, 和和气气, 总和和平均数, 以行为为准, 一是是否
    """

    def once(match: re.Match[str]) -> str:
        return match[0][0]

    yield from sweep(draft.prose, _TWICE, "{} is written twice", "write it once", new=once)
    if draft.source is None:
        yield from sweep(draft.prose, _MARKS_TWICE, "{} is written twice", "write it once", new=once)
    yield from mended(draft, _TWICE_RULES, "{} is written twice", "write it once")
