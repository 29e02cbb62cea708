"""The titles of what a document issues or forwards, and whether two titles name one text."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

LONGEST_TITLE: Final = 160
CARRY = "印发|发布|公布|颁布|颁发|下发|转发|批转|批准|发送|报送|审议|公开|修订|修改|通过"
_QUOTED = re.compile(rf"(?:{CARRY})[^《》]{{0,30}}(?=《)")
_HANDED_ON = "印发|发布|公布|颁布|颁发|下发|转发|批转|批准|发送|提请审议"
_PLAIN = re.compile(rf"(?:{_HANDED_ON})(?P<title>[^《》]{{4,120}}?)(?:的(?:通知|决定|命令|公告|通告|函|批复|议案)|$)")
_IN_BODY = re.compile(rf"(?:现将?|已经|同意|批准|{CARRY})[^《》。]{{0,40}}(?=《)")
_NO_MATTER = re.compile(r"[^\w]|的|度(?=\D)|_")
FILE_END = re.compile(r"\.(?:docx?|pdf|xlsx?|wps|et|pptx?|zip|rar|jpe?g)$", re.I)
"""What a name of a file ends in, which is no part of a title."""
_BEFORE_VERB = re.compile(rf"《(?P<title>[^《》]{{4,120}})》[^《》。]{{0,80}}(?:现予以?|予以|现将其|现)(?:{CARRY})")


def carried_titles(title: str | None, paragraphs: Sequence[str] = ()) -> list[str]:
    """The titles of what a document issues or forwards, from its own title, then from its first paragraphs."""
    found: list[str] = []
    if title:
        quoted = _QUOTED.search(title)
        plain = _PLAIN.search(title)
        if quoted:
            found += _quotes(title[quoted.end() :])[:3]
        elif plain:
            found.append(plain["title"])
    for text in paragraphs:
        if "《" not in text:
            continue
        for match in _IN_BODY.finditer(text[:600]):
            found += _quotes(text[match.end() : 600])[:1]
        found += [match["title"] for match in _BEFORE_VERB.finditer(text[:400])]
    return [one for i, one in enumerate(found) if one and one not in found[:i]]


def _quotes(text: str) -> list[str]:
    """What stands in 《》, outermost only."""
    found: list[str] = []
    depth, start = 0, 0
    for i, char in enumerate(text):
        if char in "《〈":
            depth += 1
            start = i + 1 if depth == 1 else start
        elif char in "》〉" and depth:
            depth -= 1
            if depth == 0:
                found.append(text[start:i])
    return found


@lru_cache(maxsize=4096)
def _essence(title: str) -> str:
    return FILE_END.sub("", _NO_MATTER.sub("", title))[:LONGEST_TITLE]


def same_title(left: str, right: str) -> bool:
    """Whether two titles name one text: equal but for 年度, 的, brackets and the agency before 关于, or nearly so."""
    a, b = _essence(left), _essence(right)
    if not a or not b:
        return False
    short, long = sorted((a, b), key=len)
    if a == b or (len(short) >= 4 and len(short) * 2 > len(long) and long.endswith(short)):
        return True
    if len(short) * 10 < len(long) * 6 or len(short) < 6 or re.sub(r"\D", "", a) != re.sub(r"\D", "", b):
        return False
    matcher = difflib.SequenceMatcher(None, a, b, autojunk=False)
    return matcher.quick_ratio() >= 0.85 and matcher.ratio() >= 0.85
