"""Fields (``w:fldChar``, ``w:fldSimple``): their results are text, their instructions are not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from lxml.etree import _Element

from govdoc.readers.docx.numerals import circled
from govdoc.readers.docx.symbols import symbol
from govdoc.readers.docx.wml import get, within

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
    """An open field: its instruction so far, and whether its result is being read."""

    instruction: str = ""
    result: bool = False

    @property
    def kind(self) -> str:
        return self.instruction.split(maxsplit=1)[0].upper() if self.instruction.strip() else ""


class Fields:
    """The fields open at a place of a story; where begins and ends do not pair, none of them hides text."""

    def __init__(self, story: _Element) -> None:
        kinds = [get(each, "fldCharType") for each in within(story, "w:fldChar")]
        self._paired = kinds.count("begin") == kinds.count("end")
        self._open: list[_Field] = []

    @property
    def hidden(self) -> bool:
        """Whether text here is an instruction, or the result of a field that speaks of pages."""
        return self._paired and any(not one.result or one.kind in _PAGES | _CONTENTS for one in self._open)

    def instruct(self, text: str) -> None:
        """More of the instruction of the innermost field."""
        if self._open and not self._open[-1].result and len(self._open[-1].instruction) < _LONGEST:
            self._open[-1].instruction += text[:_LONGEST]

    def turn(self, kind: str | None) -> str | None:
        """A ``w:fldChar``; the instruction of a field that ends without having had a result."""
        if kind == "begin":
            self._open.append(_Field())
        elif kind == "separate" and self._open:
            self._open[-1].result = True
        elif kind == "end" and self._open:
            ended = self._open.pop()
            return None if ended.result else ended.instruction
        return None

    @property
    def contents(self) -> bool:
        """Whether the innermost field is a table of contents whose result begins here."""
        return bool(self._open) and self._open[-1].result and self._open[-1].kind in _CONTENTS


def hides(instruction: str) -> bool:
    """Whether the result of a simple field speaks of pages."""
    return instruction.split(maxsplit=1)[:1] != [] and instruction.split(maxsplit=1)[0].upper() in _PAGES | _CONTENTS


def drawn(instruction: str) -> str | None:
    """What a field without a result draws (EQ: 带圈字符, 拼音指南; SYMBOL); ``None`` where it draws no text."""
    kind = instruction.split(maxsplit=1)[0].upper() if instruction.strip() else ""
    if kind == "SYMBOL" and (found := _SYMBOL.search(instruction)):
        face = _FACE.search(instruction)
        return symbol(int(found[1], 0), face[1] if face else "")
    if kind != "EQ":
        return None
    if found := _CIRCLE.search(instruction):
        return circled(found[1]) or found[1]
    if found := _RUBY.search(instruction):
        return found[1].strip()
    found = _OVER.search(instruction)
    return found[1].replace(",", "").strip() if found else None
