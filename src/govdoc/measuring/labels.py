"""The numerals and bullets that open an item of a list: no part of a name, a subject or a clause (§4)."""

from __future__ import annotations

import re

from govdoc.parsing.body import read_label

# Forms that open an item and no paragraph of a 公文: 3）, a., Ⅱ、, ❶, bullets, 第一，.
_OTHER = re.compile(
    r"\d{1,2}[)）][、．.]?|[A-Za-z][.．、)）](?=[一-龥])|[Ⅰ-ⅻ][.．、)）]?|[❶-❿➀-➓]|[●○•·■□◆◇▪►★☆※]|"
    r"第[一二三四五六七八九十]{1,2}[，、：]|[（(][A-Za-z][)）]"
)
_LONGEST = 16


def item_start(line: str, start: int, end: int) -> int:
    """Where the words of ``[start, end)`` begin: behind blanks, and behind the label of an item where it opens one."""
    at = start
    while True:
        while at < end and line[at].isspace():
            at += 1
        opening = line[at : min(end, at + _LONGEST)]
        label = read_label(opening)
        other = _OTHER.match(opening)
        width = len(label.text) if label else other.end() if other else 0
        if not width or at + width >= end:
            return at
        at += width
