"""Cutting a line into sentences, clauses and list items, with quotes and brackets held together (indicators.md §1)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

_PAIRS = {
    "“": "”",
    "《": "》",
    "（": "）",
    "(": ")",
    "〈": "〉",
    "【": "】",
    "〔": "〕",
    "[": "]",
    "「": "」",
    "‘": "’",
}
_CLOSERS = frozenset(_PAIRS.values())
SENTENCE_ENDS = frozenset("。！？；;!?")
CLAUSE_ENDS = frozenset("，,：:")
LIST_MARKS = frozenset("、和与及")
# Nouns and verbs that hold a list mark as a part of themselves.
_NOT_LIST = (
    "和谐",
    "和平",
    "温和",
    "缓和",
    "饱和",
    "共和",
    "和美",
    "总和",
    "参与",
    "与会",
    "与时",
    "普及",
    "及时",
    "以及其",
    "涉及",
    "及格",
    "及以",
    "惠及",
    "祥和",
    "和解",
)


class Piece(NamedTuple):
    """A half-open stretch of a line."""

    start: int
    end: int


def depths(line: str) -> list[int]:
    """How deep each character lies in quotes and brackets; an unmatched mark opens and closes nothing."""
    partner: dict[int, int] = {}
    stack: list[tuple[str, int]] = []
    for i, char in enumerate(line):
        if char in _PAIRS:
            stack.append((_PAIRS[char], i))
        elif char in _CLOSERS:
            for k in range(len(stack) - 1, max(-1, len(stack) - 5), -1):
                if stack[k][0] == char:
                    partner[stack[k][1]] = i
                    del stack[k:]
                    break
    closers = frozenset(partner.values())
    result: list[int] = []
    depth = 0
    for i in range(len(line)):
        if i in partner:
            depth += 1
        result.append(depth)
        if i in closers:
            depth -= 1
    return result


def cut(line: str, start: int, end: int, ends: frozenset[str], depth: list[int], level: int = 0) -> Iterator[Piece]:
    """The non-empty pieces of ``[start, end)`` between marks of ``ends`` at bracket depth ``level``; marks excluded."""
    last = start
    for i in range(start, end):
        if line[i] in ends and depth[i] <= level and not _inside_number(line, i):
            if last < i:
                yield Piece(last, i)
            last = i + 1
    if last < end:
        yield Piece(last, end)


def _inside_number(line: str, i: int) -> bool:
    if not (line[i - 1 : i].isdigit() and line[i + 1 : i + 2].isdigit()):
        return False
    return line[i] in ":：" or (line[i] == "," and line[i + 1 : i + 4].isdigit())


def sentences(line: str, depth: list[int]) -> list[Piece]:
    """Sentences, each with its end mark."""
    found: list[Piece] = []
    for piece in cut(line, 0, len(line), SENTENCE_ENDS, depth):
        end = min(piece.end + 1, len(line)) if piece.end < len(line) else piece.end
        start = piece.start
        while start < end and line[start].isspace():
            start += 1
        if start < end:
            found.append(Piece(start, end))
    return found


def is_mark(text: str, i: int) -> bool:
    """Whether the character at ``i`` joins list items: 、 or a free-standing 和, 与, 及."""
    if text[i] == "、":
        return True
    if text[i] not in LIST_MARKS or i == 0:
        return False
    around = text[max(0, i - 1) : i + 3]
    return not any(word in around and text.find(word, max(0, i - 1)) <= i for word in _NOT_LIST if text[i] in word)


def split_list(text: str) -> list[str]:
    """The items of a list, split at top-level 、 和 与 及 以及."""
    depth = depths(text)
    items: list[str] = []
    last = 0
    for i in range(len(text)):
        if depth[i] == 0 and is_mark(text, i):
            items.append(text[last:i].removesuffix("以"))
            last = i + 1
    items.append(text[last:])
    return [item for item in items if item]


def first_mark(text: str) -> int:
    """Where the first top-level list mark stands; -1 where there is none."""
    depth = depths(text)
    return next(
        (i for i in range(len(text)) if depth[i] == 0 and (is_mark(text, i) or (i == 0 and text[i] in LIST_MARKS))), -1
    )


def last_mark(text: str) -> int:
    """Where the last top-level list mark stands; -1 where there is none."""
    depth = depths(text)
    return next((i for i in range(len(text) - 1, -1, -1) if depth[i] == 0 and is_mark(text, i)), -1)
