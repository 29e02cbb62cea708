"""The numerals and bullets that open an item of a list: no part of a name, a subject or a clause (§4)."""

from __future__ import annotations

import re

from govdoc.measuring.units import WHOLE_COUNTERS, match_unit
from govdoc.wording.labels import read_label

# Forms that open an item and no paragraph of a 公文: 3）, a., Ⅱ、, ❶, bullets, 第一，.
_OTHER = re.compile(
    r"\d{1,2}[)）][、．.]?|[A-Za-z][.．、)）](?=[一-龥])|[Ⅰ-ⅻ][.．、)）]?|[❶-❿➀-➓]|[●○•·■□◆◇▪►★☆※]|"
    r"第[一二三四五六七八九十]{1,2}[，、：]|[（(][A-Za-z][)）]|"
    r"\d{1,2}[.．](?=(?:19|20)\d\d年|(?:1[0-2]|[1-9])月)|\d{1,2}(?:\.\d{1,2}){2,3}[.．、]?(?=\s*[一-龥])"
)
# 1.1新建… is a label, 1.1万 and 1.1公里 are quantities.
_POINTED = re.compile(r"\d{1,2}\.\d{1,2}[.．、]?\s*(?=[一-龥])")
# 1.4所幼儿园 begins with item 1: whole things have no decimals.
_WHOLE = re.compile(r"(?P<label>[1-9]\d?[.．])[1-9]\d{0,3}")
_LONGEST = 16


def item_start(line: str, start: int, end: int) -> int:
    """Where the words of ``[start, end)`` begin: behind blanks, and behind the label of an item where it opens one."""
    at = start
    while True:
        while at < end and line[at].isspace():
            at += 1
        width = _width(line[at : min(end, at + _LONGEST)])
        if not width or at + width >= end:
            return at
        at += width


def _width(opening: str) -> int:
    """The length of the label a text opens with; 0 where it opens with none."""
    if label := read_label(opening):
        return len(label.text)
    if other := _OTHER.match(opening):
        return other.end()
    whole = _WHOLE.match(opening)
    if whole and match_unit(opening, whole.end()) in WHOLE_COUNTERS:
        return whole.end("label")
    pointed = _POINTED.match(opening)
    if pointed and opening[pointed.end()] not in "万亿千百十余多" and not match_unit(opening, pointed.end()):
        return pointed.end()
    return 0
