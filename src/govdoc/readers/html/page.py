"""A page as its lines and the elements they stand in, with how much of the page each element holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from html import unescape
from typing import Final

from govdoc.readers.html.names import ROLES, is_around, names_of
from govdoc.readers.html.paragraphs import BLANK, Paragraph, read_paragraphs, shorten
from govdoc.readers.html.pictures import captions
from govdoc.readers.html.tree import UNSEEN, Run, Tree, build_tree

SENTENCE: Final = re.compile("[。；！？;]|，.*[，、：]")
SHORTEST_SENTENCE: Final = 12
COUNTER: Final = re.compile(r"[（(【\[\s]?已?下载(?:次数|量)?[:：]?\s*\d*\s*次?[)）】\]\s]*$")
LONGEST_COUNTER: Final = 20
MOST: Final = 0.4
"""An element that holds more of the page's prose is not around the article, whatever it is called."""
HIDDEN_MOST: Final = 0.5
"""One that holds more of its text is not hidden: a script shows it."""
DEEPEST: Final = 100
"""Elements that a line is seen in; no page that people read nests so deep."""
HREF: Final = re.compile(r"""(?i)\shref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
ATTACHED: Final = re.compile(
    r"(?i)\.(?:docx?|wps|pdf|ofd|ceb|xlsx?|et|pptx?|rtf|txt|zip|rar|7z|csv)(?:[?#&\"']|$)|download|attach(?:ment)?[/?.]|downfile"
)


class Page:
    """The tree of a page, its lines, and the sums over each element's subtree."""

    def __init__(self, text: str) -> None:
        self.tree: Tree = build_tree(text)
        self.elements = self.tree.elements
        self.names = [names_of(self.tree, number) for number in range(len(self.elements))]
        self.last = self._last()
        self.hidden = self._hidden()
        shown = [item for item in self.tree.items if not self.hidden[item.element]]
        self.captions = captions(self.tree, shown)
        self.lines: list[Paragraph] = read_paragraphs(self.tree, shown, self.captions)
        for i in range(len(self.lines)):
            self._drop_counter(i)
        self.texts = [line.text for line in self.lines]
        self.ink = [len("".join(text.split())) for text in self.texts]
        self.prose = [self._prose(i) for i in range(len(self.lines))]

    def _drop_counter(self, i: int) -> None:
        """Shorten a line that ends in how often its file was taken: a script writes the number."""
        line = self.lines[i]
        found = COUNTER.search(line.text, max(0, len(line.text) - LONGEST_COUNTER)) if "下载" in line.text else None
        if found and found.start() and self.attached(i):
            self.lines[i] = shorten(line, len(line.text) - found.start())

    def _last(self) -> list[int]:
        """For each element the number of the last one inside it: elements are numbered as they open."""
        last = list(range(len(self.elements)))
        for number in range(len(self.elements) - 1, 0, -1):
            parent = self.elements[number].parent
            last[parent] = max(last[parent], last[number])
        return last

    def totals(self, weights: list[int]) -> list[int]:
        """The sum of line weights in each element's subtree."""
        sums = [0] * len(self.elements)
        for line, weight in zip(self.lines, weights, strict=True):
            sums[line.element] += weight
        for number in range(len(self.elements) - 1, 0, -1):
            sums[self.elements[number].parent] += sums[number]
        return sums

    def _hidden(self) -> list[bool]:
        """What is not shown; a hidden element that holds the better part of the text is (pages show it by script)."""
        sums = [0] * len(self.elements)
        unseen = [False] * len(self.elements)
        for number, element in enumerate(self.elements[1:], 1):
            unseen[number] = unseen[element.parent] or (element.hidden and element.name in UNSEEN)
        for item in self.tree.items:
            if item.kind == "text" and not unseen[item.element]:
                sums[item.element] += len(self.tree.text[item.start : item.stop].strip())
        for number in range(len(self.elements) - 1, 0, -1):
            sums[self.elements[number].parent] += sums[number]
        hidden = unseen.copy()
        for number, element in enumerate(self.elements[1:], 1):
            by_style = element.hidden and sums[number] <= HIDDEN_MOST * sums[0]
            hidden[number] = hidden[number] or hidden[element.parent] or by_style
        self.hidden_text = [
            (item.start, item.stop)
            for item in self.tree.items
            if item.kind == "text" and hidden[item.element] and not unseen[item.element]
        ]
        return hidden

    def _prose(self, i: int) -> int:
        """The ink of a line that is a sentence; 0 for labels, links and menus."""
        ink, line = self.ink[i], self.lines[i]
        sentence = ink >= SHORTEST_SENTENCE and line.linked * 2 < ink and SENTENCE.search(self.texts[i])
        return ink if sentence else 0

    @cached_property
    def around(self) -> list[bool]:
        """Whether each element is, or stands in, a part around the article, by its element or its name."""
        sums = self.totals(self.prose)
        found = [False] * len(self.elements)
        for number, element in enumerate(self.elements[1:], 1):
            said = element.name in ROLES or is_around(self.names[number])
            found[number] = found[element.parent] or (said and sums[number] <= MOST * sums[0] and not element.hidden)
        return found

    def surely_around(self, number: int) -> bool:
        """Whether an element stands in a part of a page whose name could not be that of a part of an article."""
        return any(
            (self.elements[one].name in ROLES - {"header", "form"}) or is_around(self.names[one], surely=True)
            for one in self.up(number)
            if self.around[one]
        )

    def in_header(self, i: int) -> bool:
        """Whether a line stands in a part of the page that heads it, and in no menu."""
        return all(
            self.elements[one].name not in ROLES - {"header", "form"} and not is_around(self.names[one], surely=True)
            for one in self.up(self.lines[i].element)
            if self.around[one]
        )

    def within(self, element: int, number: int) -> bool:
        """Whether element ``number`` is ``element`` or stands in it."""
        return element <= number <= self.last[element]

    def row_of(self, number: int) -> int:
        """The nearest row or entry of a list that an element stands in; 0 where there is none."""
        return next((one for one in self.up(number) if self.elements[one].name in ("tr", "li", "dl")), 0)

    def up(self, number: int) -> Iterator[int]:
        """An element and those it stands in, from the inside, without the page itself; not beyond ``DEEPEST``."""
        for _ in range(DEEPEST):
            if number <= 0:
                return
            yield number
            number = self.elements[number].parent

    @cached_property
    def links(self) -> list[tuple[Run, str]]:
        """The links of the page in order, with their addresses."""
        text = self.tree.text
        found = []
        for run in sorted(self.tree.runs["a"], key=lambda run: run.start):
            match = HREF.search(text, run.tag, run.start)
            found.append((run, unescape(next(filter(None, match.groups()), "")).strip() if match else ""))
        return found

    @cached_property
    def _links_by_line(self) -> dict[int, list[tuple[Run, str]]]:
        found: dict[int, list[tuple[Run, str]]] = {}
        links, at = self.links, 0
        for i, line in enumerate(self.lines):
            while at < len(links) and links[at][0].stop <= line.start:
                at += 1
            n = at
            while n < len(links) and links[n][0].start < line.stop:
                found.setdefault(i, []).append(links[n])
                n += 1
            at = max(at, n - 1) if n > at else at
        return found

    def links_of(self, i: int) -> list[tuple[Run, str]]:
        """The links in a line."""
        return self._links_by_line.get(i, [])

    def attached(self, i: int) -> list[tuple[Run, str]]:
        """The links of a line that lead to a file."""
        text = self.tree.text
        return [
            (run, href)
            for run, href in self.links_of(i)
            if ATTACHED.search(href)
            or ATTACHED.search(text[run.start : min(run.stop, run.start + 300)].strip(BLANK) + '"')
        ]
