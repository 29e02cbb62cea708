"""The lines a page shows: what a browser sets on lines of their own, with white space collapsed as it does."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple

from govdoc.edits import Edit
from govdoc.readers.html.tree import Item, Run, Tree
from govdoc.rules.text import CJK

WHITE: Final = " \t\r\n\f"
SPECIAL: Final = re.compile(
    r"[ \t\r\n\f]{2,}|[\t\r\n\f]|&(?:#(?:[xX][0-9A-Fa-f]{1,8}|[0-9]{1,9})|[A-Za-z][A-Za-z0-9]{1,31});?"
)
WIDE: Final = re.compile(f"[{CJK}\\u3000-\\u303f\\uff00-\\uffef]")
SUPERSCRIPT: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
LONGEST_EXPONENT: Final = 2
"""A raised figure of so many digits is an exponent or a note's number: on the line it would make another figure."""
BLANK: Final = WHITE + "\u00a0\u3000\u200b\ufeff"


class Piece(NamedTuple):
    """Text of a line without markup inside: ``[start, stop)`` of the page, what goes before it, and its edits."""

    start: int
    stop: int
    before: str
    text: str
    edits: tuple[Edit, ...]


@dataclass(slots=True)
class Paragraph:
    """A line of the page: its pieces, the element it begins in, blank lines above it, its characters in links.

    ``[start, stop)`` is its place in the page; ``soft`` says that one ``<br>`` alone parts it from the line above.
    """

    element: int
    pieces: list[Piece] = field(default_factory=list)
    blanks: int = 0
    soft: bool = False
    linked: int = 0
    images: int = 0
    text: str = ""
    start: int = 0
    stop: int = 0


def shorten(paragraph: Paragraph, length: int) -> Paragraph:
    """A line without its last ``length`` characters; the line itself where they are not verbatim in the page."""
    pieces = list(paragraph.pieces)
    while pieces and length >= len(pieces[-1].before + pieces[-1].text):
        last = pieces.pop()
        length -= len(last.before + last.text)
    if length and pieces:
        last = pieces[-1]
        if last.edits or length >= len(last.text):
            return paragraph
        pieces[-1] = last._replace(stop=last.stop - length, text=last.text[:-length])
    if not pieces:
        return paragraph
    text = "".join(piece.before + piece.text for piece in pieces)
    return replace(paragraph, pieces=pieces, text=text, stop=pieces[-1].stop)


class Coverage:
    """Disjoint or nested runs, asked for how much of a range they cover from its start."""

    def __init__(self, runs: Sequence[Run]) -> None:
        self.spans: list[tuple[int, int]] = []
        for run in sorted(runs, key=lambda run: run.start):
            if self.spans and run.start <= self.spans[-1][1]:
                self.spans[-1] = self.spans[-1][0], max(self.spans[-1][1], run.stop)
            else:
                self.spans.append((run.start, run.stop))
        self.starts = [start for start, _ in self.spans]

    def covers(self, place: int) -> bool:
        """Whether a place stands in a run."""
        i = bisect_right(self.starts, place) - 1
        return i >= 0 and place < self.spans[i][1]


def unescape(entity: str) -> str:
    """The character of a reference as browsers read it (windows-1252 for 128 to 159); itself where it is none."""
    return "".join(" " if char in WHITE else char for char in html.unescape(entity))


class _Flow:
    """Lines from items in order."""

    def __init__(self, tree: Tree, images: dict[int, str]) -> None:
        self.tree = tree
        self.images = images
        self.links = Coverage(tree.runs["a"])
        self.raised = Coverage(tree.runs["sup"])
        self.found: list[Paragraph] = []
        self.line = Paragraph(0)
        self.blanks = 0
        self.gap = ""  # white space since the last piece
        self.part = -1
        self.soft = False

    def read(self, items: Sequence[Item]) -> list[Paragraph]:
        text = self.tree.text
        for item in items:
            if item.part != self.part:
                self._end()
                self.part, self.soft = item.part, False
            if item.kind == "break":
                self.soft = self._end()
                self.blanks += not self.soft
            elif item.kind == "image":
                if caption := self.images.get(item.start):
                    self._add(item, item.start, item.stop, caption, (Edit(item.start, item.stop, caption),))
                    self.line.images += 1
            elif self.tree.elements[item.element].pre:
                self._preformatted(item)
            else:
                raw = text[item.start : item.stop]
                core = raw.strip(WHITE)
                if not core:
                    self.gap += raw[:1] + ("\n" if "\n" in raw else "")
                    continue
                start = item.start + len(raw) - len(raw.lstrip(WHITE))
                if start > item.start:
                    self.gap += raw[: start - item.start]
                self._add(item, start, start + len(core), *self._decode(core, start))
                self.gap = raw[start - item.start + len(core) :]
        self._end()
        return self.found

    def _preformatted(self, item: Item) -> None:
        start = item.start
        parts = self.tree.text[item.start : item.stop].split("\n")
        for number, part in enumerate(parts):
            if number and not self._end():
                self.blanks += 1
            core = part.rstrip(WHITE) if number + 1 < len(parts) else part
            if core:
                edits = tuple(
                    Edit(start + m.start(), start + m.end(), new)
                    for m in SPECIAL.finditer(core)
                    if m[0][0] == "&" and (new := unescape(m[0])) != m[0]
                )
                self._add(item, start, start + len(core), _edited(core, start, edits), edits)
            start += len(part) + 1

    def _decode(self, core: str, start: int) -> tuple[str, tuple[Edit, ...]]:
        """The text of a piece, and the edits that make it."""
        if len(core) <= LONGEST_EXPONENT and self.raised.covers(start) and core.isascii() and core.isdigit():
            raised = core.translate(SUPERSCRIPT)
            return raised, (Edit(start, start + len(core), raised),)
        if "&" not in core and "\n" not in core and "  " not in core and "\t" not in core:
            return core, ()
        edits = []
        for match in SPECIAL.finditer(core):
            old = match.group()
            new = unescape(old) if old[0] == "&" else self._space(old, core[match.start() - 1], core[match.end()])
            if new != old:
                edits.append(Edit(start + match.start(), start + match.end(), new))
        return _edited(core, start, edits), tuple(edits)

    @staticmethod
    def _space(white: str, left: str, right: str) -> str:
        """What white space becomes: a line break of the source between two wide characters is none."""
        if "\n" in white or "\r" in white:
            return "" if WIDE.match(left) and WIDE.match(right) else " "
        return " "

    def _add(self, item: Item, start: int, stop: int, text: str, edits: tuple[Edit, ...]) -> None:
        line = self.line
        before = ""
        if not line.pieces:
            line.element = item.element
        elif self.gap and (last := line.pieces[-1].text):
            before = self._space(self.gap, last[-1], text[:1])
        self.gap = ""
        line.pieces.append(Piece(start, stop, before, text, edits))
        if self.links.covers(start):
            line.linked += len(text)

    def _end(self) -> bool:
        """End the line; whether there was one."""
        self.gap = ""
        line = self.line
        if not line.pieces:
            return False
        pieces = line.pieces
        line.text = pieces[0].text if len(pieces) == 1 else "".join(one.before + one.text for one in pieces)
        if not line.text.strip(BLANK):
            self.blanks += 1
        else:
            line.start, line.stop = pieces[0].start, pieces[-1].stop
            line.blanks, self.blanks = self.blanks, 0
            line.soft, self.soft = self.soft and not line.blanks, False
            self.found.append(line)
        self.line = Paragraph(0)
        return True


def _edited(core: str, start: int, edits: Sequence[Edit]) -> str:
    parts: list[str] = []
    at = start
    for edit in edits:
        parts += (core[at - start : edit.start - start], edit.new)
        at = edit.stop
    parts.append(core[at - start :])
    return "".join(parts)


def read_paragraphs(tree: Tree, items: Sequence[Item], images: dict[int, str]) -> list[Paragraph]:
    """The lines of ``items`` that hold more than blanks; ``images`` gives the words of those that have some."""
    return _Flow(tree, images).read(items)


def changes(paragraph: Paragraph) -> Iterator[Edit]:
    """The edits inside a line, in order: between its pieces, and in them."""
    at = paragraph.start
    for number, piece in enumerate(paragraph.pieces):
        if number:
            yield Edit(at, piece.start, piece.before)
        yield from piece.edits
        at = piece.stop
