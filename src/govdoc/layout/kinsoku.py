"""避头尾: where a line may not end or begin (GB/T 15834-2011 §5.1), and which signs can give way."""

from __future__ import annotations

import re
from itertools import chain

OPENING = frozenset("（《「『【〔〈“‘［｛〖([{")
CLOSING = frozenset("，。、；：）》」』】〕〉”’］｝〗")

NEVER_FIRST = CLOSING | frozenset(" ？！—…·～％‰℃°′″,.;:!?)]}%/－﹒﹐﹑﹔﹕﹖﹗々ー")
NEVER_LAST = OPENING | frozenset("￥＄$№§/")

HANGS = frozenset("、。！，．：；？")
"""Signs a line makes room for; a word processor hangs them in the margin, and its lines end where ours do."""

GIVES_BEHIND = frozenset("，。、；：）》」』】〕〉”’］｝")
"""Full-width signs whose right half is white."""

GIVES_BEFORE = frozenset("（《「『【〔〈“‘［｛")
"""Full-width signs whose left half is white."""

_FIRST = re.compile("[" + re.escape("".join(sorted(NEVER_FIRST))) + "]")
_LAST = re.compile("[" + re.escape("".join(sorted(NEVER_LAST))) + "]")
RANGE = re.compile(r"\d[\d.,]*[%％‰℃年月日时]?(?:—{1,2}|[–～~∶×－-])(?=\d)[\d.,]*\d")
"""Numbers that are one: 2024—2025, 45%—55%, 1∶13.5."""
_LETTERS = "A-Za-zµμΩ°℃"
_POWER = "[⁰¹²³⁴-⁹⁻]*"
_UNIT = re.compile(rf"(?:[\d.,]*\d)?[{_LETTERS}]+{_POWER}(?:[/·][{_LETTERS}]+{_POWER})*")

_PAIR = re.compile(r"—{2,}|…{2,}")


def unbreakable(text: str) -> bytearray:
    """For each offset 1 where no line may begin: 避头, 避尾; —— and …… are one sign each and may begin one.

    Nor inside a unit (μg/m³) or a range of numbers (2024—2025).
    """
    barred = bytearray(len(text) + 1)
    for match in _FIRST.finditer(text):
        barred[match.start()] = 1
    for match in _LAST.finditer(text):
        barred[match.end()] = 1
    for match in _PAIR.finditer(text):
        start, stop = match.span()
        for i in range(start + 1, stop):
            barred[i] = (i - start) % 2
        barred[start] = int(start > 0 and text[start - 1] in NEVER_LAST)
    for match in chain(RANGE.finditer(text), _UNIT.finditer(text)):
        barred[match.start() + 1 : match.end()] = b"\1" * (match.end() - match.start() - 1)
    barred[0] = 0
    return barred
