"""Figures that say what is wanting (存在问题, 不足, 缺编): a state found, no result of work (indicators.md §5)."""

from __future__ import annotations

import re

_WANTING = r"(?:问题|不足|短板|困难|差距|挑战|薄弱环节|弱项|欠账)"
_HEADING = re.compile(
    rf"(?:存在|面临|主要|突出)[^，。]{{0,8}}{_WANTING}|(?:问题|不足|短板|困难)[和与及、]{_WANTING}|"
    rf"(?:^|[、.．）)])(?:当前|目前)?{_WANTING}$|不足之处|薄弱环节$"
)
# What is done about it is a result: 整改存在问题36个, 发现问题120个, 补齐短板.
_DONE_ABOUT = re.compile(
    r"整改|解决|化解|缓解|消除|治理|针对|排查|发现|查找|检查|梳理|销号|办结|破解|攻坚|克服|改善|聚焦|围绕|补|填平|缩小|"
    r"对策|措施|建议|下一步|打算|安排|计划|完成|新增|招聘|招录|引进|投入|清零"
)
_OPENS = re.compile(rf"(?:存在|面临)[^。；]{{0,16}}{_WANTING}|不足之处|(?:工作|方面)还有[^。；]{{0,12}}(?:不足|差距)")
_SAYS = re.compile(rf"{_WANTING}(?:问题)?(?:仍然|依然|仍|还|也|较为|比较|十分|日益)?(?:较)?(?:突出|存在|明显|严重)")
_CLOSES = re.compile(r"^(?:下一步|下一阶段|下阶段|今后|为此|对此|针对|明年|新的一年|20\d\d年)")
_SHORT = re.compile(
    r"缺编|缺口|缺额|空编|[尚还仍]缺|缺少|欠缺|欠账|(?:短缺|紧缺)(?=[约近达为超0-9]|$)|不足(?![0-9约百千万一二三四五六七八九十])"
)


def is_of_problems(heading: str) -> bool:
    """Whether a heading opens a section on what is wanting (三、存在问题); 问题整改情况 does not."""
    return bool(_HEADING.search(heading)) and not _DONE_ABOUT.search(heading)


def turn_to_problems(sentence: str, before: bool) -> bool:
    """Whether this sentence of a paragraph and those after it speak of what is wanting; ``before``: the last did."""
    if _CLOSES.match(sentence):
        return False
    return before or (bool(_OPENS.search(sentence)) and not _DONE_ABOUT.search(sentence))


def is_wanting(sentence: str, clause: str) -> bool:
    """Whether a figure says how much is wanting: its clause (教师缺编约120人) or its sentence (…问题突出) says so."""
    found = _SHORT.search(clause) and not _DONE_ABOUT.search(clause)
    return bool(found) or (bool(_SAYS.search(sentence)) and not _DONE_ABOUT.search(sentence))
