"""The text a pass works on: its lines, and the character classes that rules share."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence, Set
from functools import cache, cached_property
from importlib.resources import files
from itertools import accumulate, compress, count
from typing import NamedTuple

from govdoc.edits import Edit, Trace
from govdoc.span import Mark

HANZI = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af〇"
"""For use inside a character class: CJK ideographs, with 〇."""
FULL_WIDTH_PUNCTUATION = "，。、；：？！（）《》〈〉“”‘’〔〕【】「」『』—…·～"
CJK = HANZI + FULL_WIDTH_PUNCTUATION

STRUCTURAL = re.compile(
    r"[一二三四五六七八九十百]{1,4}[、．.]"  # 一、
    r"|[（(][一二三四五六七八九十百]{1,4}[）)]"  # （一）
    r"|\d{1,3}[.．、](?!\d)"  # 1.
    r"|[（(]\d{1,3}[）)]"  # （1）
    r"|第[一二三四五六七八九十百千\d]{1,6}[章节条编]"
    r"|附\s*件"
    r"|(?:抄送|抄报|分送|主送|抄|签发人|联系人)\s*[：:]"
    r"|[（(](?:此件|此文|本文|联系人)"
    r"|【[^】\n]{1,12}】"
    r"|篇[一二三四五六七八九十\d]+\s*[：:]"
    r"|[①-⑳⑴-⒇㈠-㈩]"
)
"""What begins a line that is a paragraph of its own: numerals of the levels (GB/T 9704 §7.3.3) and tail elements."""
DATE_LINE = re.compile(
    r"\s*[〇○零Ｏ一二三四五六七八九\d]{2,4}\s*年\s*[一二三四五六七八九十\d]{1,3}\s*月\s*[一二三四五六七八九十\d]{1,3}\s*日\s*(?:印发)?\s*"
)
DOC_NUMBER_LINE = re.compile(r"[^\s，。]{1,20}[〔\[【（(﹝［]\s*\d{2,4}\s*[〕\]】）)﹞］]\s*第?\s*\d{1,5}\s*号")
BLANKS = " \t\n\N{IDEOGRAPHIC SPACE}"


LineTest = Callable[[str], object]


class Line(NamedTuple):
    """A line ``[start, stop)`` of the text, without its newline."""

    start: int
    stop: int
    text: str


class Text:
    """A text and what rules ask of it more than once.

    ``marks`` are those found so far, in source offsets; ``trace`` leads from there to this text. ``characters`` are
    all that may stand in it of those that a rule needs.
    """

    def __init__(self, text: str, trace: Trace, marks: Sequence[Mark], characters: Set[str]) -> None:
        self.text = text
        self.characters = characters
        self._trace = trace
        self._marks = marks
        self._where: dict[LineTest, list[int]] = {}

    @cached_property
    def line_texts(self) -> list[str]:
        """What stands on each line; a final newline begins no line of its own."""
        texts = self.text.split("\n")
        if not texts[-1]:
            texts.pop()
        return texts

    @cached_property
    def _starts(self) -> list[int]:
        return list(accumulate((len(line) + 1 for line in self.line_texts), initial=0))

    @cached_property
    def lines(self) -> list[Line]:
        """All lines."""
        return [
            Line(start, start + len(line), line) for start, line in zip(self._starts, self.line_texts, strict=False)
        ]

    def line(self, i: int) -> Line:
        """Line ``i``, from 0."""
        start = self._starts[i]
        return Line(start, start + len(self.line_texts[i]), self.line_texts[i])

    def where(self, test: LineTest) -> list[int]:
        """The numbers of the lines that pass a test of the line alone: ``PATTERN.fullmatch``. Asked once a line."""
        if test not in self._where:
            self._where[test] = [*compress(count(), map(test, self.line_texts))]
        return self._where[test]

    def holding(self, *words: str) -> list[int]:
        """The numbers of the lines that hold one of ``words``; quick where hardly any does."""
        found: set[int] = set()
        for word in words:
            at = self.text.find(word)
            while at >= 0:
                i = bisect_right(self._starts, at) - 1
                found.add(i)
                at = self.text.find(word, self._starts[i + 1])
        return sorted(found)

    @cached_property
    def indented(self) -> frozenset[int]:
        """The numbers of the lines that had an indent before it was removed."""
        places = [self._trace.forward(mark.stop - 1) for mark in self._marks if mark.kind == "indented"]
        return frozenset(bisect_right(self._starts, place, hi=len(self.line_texts)) - 1 for place in places)

    @cached_property
    def widths(self) -> list[int]:
        """The width of each line in half-width columns, as GBK counts it."""
        # No byte of a GBK pair is a newline.
        return [len(line) for line in self.text.encode("gbk", "replace").split(b"\n")][: len(self.line_texts)]


def drop_line(line: Line, text: Text) -> Edit:
    """The edit that removes a line with its newline."""
    return Edit(line.start, min(line.stop + 1, len(text.text)), "")


@cache
def _all_page_words() -> dict[str, list[str]]:
    return tomllib.loads(files("govdoc.rules").joinpath("data/page_words.toml").read_text("utf-8"))


def page_words(kind: str) -> list[str]:
    """The words of one kind from ``data/page_words.toml``."""
    return _all_page_words()[kind]


def alternation(words: Iterable[str], between: str = "") -> str:
    """A pattern for any of ``words``, longest first; ``between`` may stand between their characters."""
    longest_first = sorted(words, key=len, reverse=True)
    # Looking at the first character refuses most places at once.
    first = "".join(dict.fromkeys(re.escape(word[0]) for word in longest_first))
    return f"(?=[{first}])(?:{'|'.join(between.join(map(re.escape, word)) for word in longest_first)})"


def squeeze(text: str) -> str:
    """The text without its blanks."""
    return "".join(text.split())
