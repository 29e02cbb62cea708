"""Fields (``w:fldChar``, ``w:fldSimple``): their results are text, their instructions are not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from lxml.etree import _Element

from govdoc.readers.docx.symbols import symbol
from govdoc.readers.docx.wml import get, within
from govdoc.readers.numerals import circled

# Results of these say something of the page, not of the text.
_PAGES: Final = frozenset(("PAGE", "NUMPAGES", "SECTIONPAGES"))
_CONTENTS: Final = frozenset(("TOC", "INDEX", "TOA"))
_LONGEST = 2000
_CIRCLE: Final = re.compile(r"(?i)\\o\s*(?:\\a[clr]\s*)?\(\s*[○◯〇]\s*[,;，]\s*([^()]{1,4}?)\s*\)")
_RUBY: Final = re.compile(r"(?i)\\s\\up\s*[\d.]+\s*\([^()]*\)\s*\)?\s*[,;，]\s*([^()]+)\)\s*\Z")
_OVER: Final = re.compile(r"(?i)\\o\s*(?:\\a[clrd]\s*)?\(([^()]*)\)")
_SYMBOL: Final = re.compile(r"(?i)SYMBOL\s+(0x[0-9a-f]{1,5}|\d{1,6})")
_FACE: Final = re.compile(r'(?i)\\f\s+"?([\w ]{1,40}?)"?\s*(?:\\|\Z)')


@dataclass
class _Field:
    """An open field: its instruction so far, whether its result is being read, and whether it hides what is in it."""

    instruction: str = ""
    result: bool = False
    hides: bool = True


class Fields:
    """The fields open at a place of a story; where begins and ends do not pair, none of them hides text."""

    def __init__(self, story: _Element) -> None:
        kinds = [get(each, "fldCharType") for each in within(story, "w:fldChar")]
        self._paired = kinds.count("begin") == kinds.count("end")
        self._open: list[_Field] = []
        self._hiding = 0

    @property
    def hidden(self) -> bool:
        """Whether text here is an instruction, or the result of a field that speaks of pages."""
        return self._paired and self._hiding > 0

    @property
    def contents(self) -> bool:
        """Whether the result of a table of contents is being read, and no field in it."""
        return (
            self._paired
            and bool(self._open)
            and self._open[-1].result
            and kind(self._open[-1].instruction) in _CONTENTS
        )

    def instruct(self, text: str) -> None:
        """More of the instruction of the innermost field."""
        if self._open and not self._open[-1].result and len(self._open[-1].instruction) < _LONGEST:
            self._open[-1].instruction += text[:_LONGEST]

    def turn(self, way: str | None) -> str | None:
        """A ``w:fldChar``; the instruction of a field that ends without having had a result."""
        if way == "begin":
            self._open.append(_Field())
            self._hiding += 1
        elif way == "separate" and self._open and not self._open[-1].result:
            here = self._open[-1]
            here.result, here.hides = True, hides(here.instruction)
            self._hiding -= not here.hides
        elif way == "end" and self._open:
            ended = self._open.pop()
            self._hiding -= ended.hides
            return None if ended.result else ended.instruction
        return None


def kind(instruction: str) -> str:
    """The first word of an instruction: what kind of field it is."""
    words = instruction.split(maxsplit=1)
    return words[0].upper() if words else ""


def hides(instruction: str) -> bool:
    """Whether the result of a field speaks of pages, not of the text."""
    return kind(instruction) in _PAGES | _CONTENTS


def drawn(instruction: str) -> str | None:
    """What a field without a result draws (EQ: 带圈字符, 拼音指南; SYMBOL); ``None`` where it draws no text."""
    if kind(instruction) == "SYMBOL" and (found := _SYMBOL.search(instruction)):
        face = _FACE.search(instruction)
        return symbol(int(found[1], 0), face[1] if face else "")
    if kind(instruction) != "EQ":
        return None
    if found := _CIRCLE.search(instruction):
        return circled(found[1]) or found[1]
    if found := _RUBY.search(instruction):
        return found[1].strip()
    found = _OVER.search(instruction)
    return found[1].replace(",", "").strip() if found else None
