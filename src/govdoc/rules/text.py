"""The text a pass works on: its lines, and the character classes that rules share."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence, Set
from functools import cache, cached_property
from importlib.resources import files
from itertools import accumulate, chain, compress, count, repeat
from operator import add

import msgspec

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
MARKED_FRONT = re.compile(r"[绝机秘]密|特急|加急|\d{6,7}\Z|.*文件\Z")
"""What stands above a title in its own right: 密级, 紧急程度, 份号, a red head."""
BLANKS = " \t\n\N{IDEOGRAPHIC SPACE}"


EVERYDAY = frozenset(map(chr, range(0x20, 0x7F))) | {*"\t\n\u3000（）【】：；，。“”"}
"""Characters that stand in any text: to ask for each is quicker than to gather all."""

FEW = 6  # characters that are found sooner one by one than all in one scan

LineTest = Callable[[str], object]


class Line(msgspec.Struct, frozen=True, gc=False):
    """A line ``[start, stop)`` of the text, without its newline."""

    start: int
    stop: int
    text: str


class Lines:
    """The lines of one state of a text; a final newline begins no line of its own."""

    def __init__(self, text: str) -> None:
        self.texts = text.split("\n")
        if not self.texts[-1]:
            self.texts.pop()

    @cached_property
    def distinct(self) -> frozenset[str]:
        """Them as a set."""
        return frozenset(self.texts)

    @cached_property
    def _by_first(self) -> dict[str, list[str]]:
        """Them by their first characters: all digits under ``0``, what is empty or begins with a blank under none."""
        found: dict[str, list[str]] = {}
        for line in self.distinct:
            found.setdefault(line[:1], []).append(line)
        for first in [*filter(str.isdecimal, found)]:
            found.setdefault("0", []).extend(found.pop(first) if first != "0" else ())
        found[""] = [*chain.from_iterable(found.pop(first) for first in [*found] if not first or first.isspace())]
        return found

    def beginning(self, firsts: str) -> Iterable[str]:
        """Each line once that begins with one of ``firsts`` (``0`` for any digit), or with a blank; all for none."""
        if not firsts:
            return self.distinct
        return chain.from_iterable(map(self._by_first.__getitem__, self._by_first.keys() & _or_none(firsts)))


@cache
def _or_none(firsts: str) -> frozenset[str]:
    return frozenset(("", *firsts))


class Memory:
    """What was found in earlier states of a text, so that only lines that are new since are looked at again.

    ``passed`` holds for each test of a line the lines that passed it, and the state it was last asked in; ``looked_at``
    the state that each rule last found its all in; ``indents`` where the indented lines stood after so many passes,
    for so many marks.
    """

    def __init__(self) -> None:
        self.passed: dict[LineTest, tuple[Lines, frozenset[str]]] = {}
        self.looked_at: dict[str, Lines] = {}
        self.indents: tuple[int, int, list[int]] = (0, 0, [])


class Text:
    """A text and what rules ask of it more than once.

    ``marks`` are those found so far, in source offsets; ``trace`` leads from there to this text. ``rare`` are all
    characters beyond ``EVERYDAY`` that may stand in it, of those that a rule needs.
    """

    def __init__(self, text: str, trace: Trace, marks: Sequence[Mark], rare: Set[str], memory: Memory) -> None:
        self.text = text
        self.rare = rare
        self._trace = trace
        self._marks = marks
        self._memory = memory
        self._where: dict[LineTest, list[int]] = {}
        self._holding: dict[tuple[str, ...], list[int]] = {}
        self._held: dict[str, bool] = {}
        self._excerpts: dict[Lines, Text] = {}

    def holds_any(self, characters: frozenset[str]) -> bool:
        """Whether any of the characters, which a rule must have named as its needs, may stand in the text."""
        return not self.rare.isdisjoint(characters) or any(map(self.holds, _everyday(characters)))

    def holds(self, character: str) -> bool:
        """Whether a character, which a rule must have named as its need, stands in the text."""
        if character not in self._held:
            may = character in EVERYDAY or character in self.rare
            self._held[character] = may and character in self.text
        return self._held[character]

    def places(self, characters: Iterable[str]) -> list[int]:
        """Where any of the characters stand that rules need, in order; quick where few of them do."""
        held = "".join(filter(self.holds, characters))
        if len(held) > FEW:
            return [match.start() for match in re.finditer(f"[{re.escape(held)}]", self.text)]
        return sorted(match.start() for char in held for match in re.finditer(re.escape(char), self.text))

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self.text)

    @cached_property
    def line_texts(self) -> list[str]:
        """What stands on each line."""
        return self._lines.texts

    @cached_property
    def _starts(self) -> list[int]:
        return [*accumulate(map(add, map(len, self.line_texts), repeat(1)), initial=0)]

    def line(self, i: int) -> Line:
        """Line ``i``, from 0."""
        start, text = self._starts[i], self.line_texts[i]
        return Line(start, start + len(text), text)

    def where(self, test: LineTest, begins: str = "") -> list[int]:
        """The numbers of the lines that pass a test of the line alone: ``PATTERN.fullmatch``. Asked once a line.

        ``begins`` holds the characters, ``0`` for any digit, of which one begins every such line that begins with no
        blank; empty where any may.
        """
        if test not in self._where:
            before = self._memory.passed.get(test)
            lines, known = (self._since(before[0])._lines, before[1]) if before else (self._lines, frozenset[str]())
            passed = known.union(filter(test, lines.beginning(begins)))
            self._memory.passed[test] = self._lines, passed
            self._where[test] = [*compress(count(), map(passed.__contains__, self.line_texts))] if passed else []
        return self._where[test]

    def _since(self, earlier: Lines) -> Text:
        """The lines that were not among earlier ones, as a text."""
        if earlier not in self._excerpts:
            fresh = self._lines.distinct - earlier.distinct
            text = "\n".join([*fresh, ""])
            self._excerpts[earlier] = Text(text, Trace(text, text, ()), (), self.rare, Memory())
        return self._excerpts[earlier]

    def since_looked_at(self, rule: str) -> Text | None:
        """The lines that are new since a rule last found its all; ``None`` where it never did."""
        earlier = self._memory.looked_at.get(rule)
        return None if earlier is None else self._since(earlier)

    def keep_looked_at(self, rules: Iterable[str]) -> None:
        """Remember that these rules found in this text all they can, and that all of it will be done."""
        self._memory.looked_at.update(dict.fromkeys(rules, self._lines))

    def holding(self, *words: str) -> list[int]:
        """The numbers of the lines that hold one of ``words``; quick where hardly any does."""
        if words not in self._holding:
            found: set[int] = set()
            for word in words:
                # One character is found twenty times as fast as two: most words fall with their rarest.
                at = self.text.find(word) if all(map(self.text.__contains__, word)) else -1
                while at >= 0:
                    i = bisect_right(self._starts, at) - 1
                    found.add(i)
                    at = self.text.find(word, self._starts[i + 1])
            self._holding[words] = sorted(found)
        return self._holding[words]

    @property
    def distinct(self) -> int:
        """How many different lines there are."""
        return len(self._lines.distinct)

    @cached_property
    def date_lines(self) -> list[int]:
        """The numbers of the lines that are a date."""
        return self.where(DATE_LINE.fullmatch, "〇○零Ｏ一二三四五六七八九0")

    @cached_property
    def indented(self) -> frozenset[int]:
        """The numbers of the lines that had an indent before it was removed."""
        passes, marks, places = self._memory.indents
        for one in self._trace.passes[passes:]:
            places = [one.offsets.forward(place) for place in places]
        new = [mark.stop - 1 for mark in self._marks[marks:] if mark.kind == "indented"]
        places = places + [self._trace.forward(place) for place in new]
        self._memory.indents = len(self._trace.passes), len(self._marks), places
        return frozenset(bisect_right(self._starts, place, hi=len(self.line_texts)) - 1 for place in places)

    @cached_property
    def widths(self) -> list[int]:
        """The width of each line in half-width columns, as GBK counts it."""
        # No byte of a GBK pair is a newline.
        return [len(line) for line in self.text.encode("gbk", "replace").split(b"\n")][: len(self.line_texts)]


@cache
def _everyday(characters: frozenset[str]) -> frozenset[str]:
    return characters & EVERYDAY


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


def beginnings(words: Iterable[str]) -> str:
    """The characters with which any of ``words`` begins, as ``where`` takes them."""
    return "".join(dict.fromkeys(word[0] for word in words))


def squeeze(text: str) -> str:
    """The text without its blanks."""
    return "".join(text.split())
