"""The numerals that open lines: levels of headings, articles, items (§7.3.3)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, Literal, NamedTuple

Level = Literal[1, 2, 3, 4]

_LONGEST: Final = 14  # 第一千二百三十四部分 and what stands behind it
NUMERALS = "一二三四五六七八九十百"
_LABELS: Final[tuple[tuple[Level | None, re.Pattern[str]], ...]] = (
    (1, re.compile(rf"[{NUMERALS}]{{1,4}}[、．.](?![{NUMERALS}]{{1,2}}(?:[、年是]|线|产|类|等|孩|档))")),
    (2, re.compile(rf"[（(][{NUMERALS}]{{1,4}}[）)][、．.]?|[㈠-㈩]")),
    (3, re.compile(r"\d{1,2}(?:[．、]|\.(?!\d))|[⒈-⒛]")),
    (4, re.compile(r"[（(]\d{1,2}[）)][、．.]?|[⑴-⒇]")),
    (
        None,
        re.compile(
            rf"第[{NUMERALS}千零〇\d]{{1,6}}(?:[编章节条款]|部分)(?=[\s\u3000]|$)|第[{NUMERALS}]{{1,6}}条"
            rf"|第[{NUMERALS}]{{1,3}}[编章节](?=[\u4e00-\u9fff、]{{2,8}}$)"  # 第一章总则
        ),
    ),
    (None, re.compile(r"[①-⑳㉑-㉟]")),
    (None, re.compile(r"[一二三四五六七八九十]{1,2}(?:是|要)(?=.)")),
)


class Label(NamedTuple):
    """A numeral that opens a line: its text, and its level by form."""

    text: str
    level: Level | None


def read_label(text: str) -> Label | None:
    """The numeral a line opens with; ``None`` where there is none."""
    return _read_label(text[:_LONGEST])


@lru_cache(maxsize=4096)
def _read_label(text: str) -> Label | None:
    for level, pattern in _LABELS:
        found = pattern.match(text)
        if found:
            return Label(found[0], level)
    return None
