"""The blocks of a page and the text in them, with their places.

Only what makes a block or hides its content becomes an element; inline elements are runs over the text, so that one
that is closed too late, twice or never moves no paragraph.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple

from govdoc.readers.html.tokens import Token, tokenize

BLOCKS: Final = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "col", "colgroup", "dd", "details",
    "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset", "h1",
    "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li", "listing", "main", "menu",
    "nav", "ol", "p", "pre", "search", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr",
    "ul",
))  # fmt: skip
UNSEEN: Final = frozenset((
    "head", "script", "style", "textarea", "title", "iframe", "noembed", "noframes", "noscript", "template",
    "select", "option", "optgroup", "button", "datalist", "svg", "math", "canvas", "object", "applet", "audio",
    "video", "map", "xml", "rt", "rp",
))  # fmt: skip
"""Elements whose content is no text of the page, a control's, or a reading set over a character."""
VOID: Final = frozenset((
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "keygen", "link",
    "meta", "param", "source", "track", "wbr",
))  # fmt: skip
CLOSES_P: Final = BLOCKS - {"body", "html", "caption", "col", "colgroup", "tbody", "td", "tfoot", "th", "thead", "tr"}
FENCES: Final = frozenset(("table", "td", "th", "caption", "template"))
"""An end tag closes nothing beyond the nearest of these, but itself."""
# Opening the key ends an open element of the value, if nothing of the fence stands between (§13.1.2.4).
IMPLIED_END: Final[dict[str, tuple[frozenset[str], frozenset[str]]]] = {
    "li": (frozenset(("li",)), frozenset(("ul", "ol", "menu", "dir", "td", "th", "div", "table"))),
    "dt": (frozenset(("dt", "dd")), frozenset(("dl", "td", "th", "div", "table"))),
    "dd": (frozenset(("dt", "dd")), frozenset(("dl", "td", "th", "div", "table"))),
    "tr": (frozenset(("tr", "td", "th")), frozenset(("table",))),
    "td": (frozenset(("td", "th")), frozenset(("table", "tr"))),
    "th": (frozenset(("td", "th")), frozenset(("table", "tr"))),
    "tbody": (frozenset(("tbody", "thead", "tfoot", "tr", "td", "th")), frozenset(("table",))),
    "thead": (frozenset(("tbody", "thead", "tfoot", "tr", "td", "th")), frozenset(("table",))),
    "tfoot": (frozenset(("tbody", "thead", "tfoot", "tr", "td", "th")), frozenset(("table",))),
    "option": (frozenset(("option",)), frozenset(("select",))),
    "body": (frozenset(("head",)), frozenset(("html",))),
    "rt": (frozenset(("rt", "rp")), FENCES),
    "rp": (frozenset(("rt", "rp")), FENCES),
}
KEEP_DISPLAY: Final = frozenset(("a", "table", "tbody", "thead", "tr", "td", "th", "li"))
"""Elements whose part in the page is told by their name whatever their style says."""
HIDDEN: Final = re.compile(
    r"(?i)display\s*:\s*none|visibility\s*:\s*hidden|(?<=[\s\"'])(?<!:\s)hidden(?=[\s>=])|mso-hide\s*:\s*all"
)
DISPLAY: Final = re.compile(r"(?i)display\s*:\s*(inline|block|flex|table)(?![\w-])")
PREFORMATTED: Final = re.compile(r"(?i)white-space\s*:\s*pre")

ItemKind = Literal["text", "break", "image"]


@dataclass(slots=True)
class Element:
    """A block, or an element that is not shown: its tag ``[start, inner)``, and its end with its end tag.

    ``pre`` says that its line breaks are shown, ``inline`` that it ends no line.
    """

    name: str
    start: int
    inner: int
    parent: int
    stop: int = -1
    hidden: bool = False
    pre: bool = False
    inline: bool = False


class Item(NamedTuple):
    """A stretch of text, a line break or an image, in the element of that number; ``part`` counts block edges."""

    kind: ItemKind
    start: int
    stop: int
    element: int
    part: int


class Run(NamedTuple):
    """The content of an inline element: ``[start, stop)``, and its tag's place."""

    name: str
    tag: int
    start: int
    stop: int


@dataclass
class Tree:
    """A page: its elements in order (number 0 is the page), its text, its inline runs by name, its meta tags.

    A text in which nothing makes a line is plain text under the name of a page: its line breaks are kept.
    """

    text: str
    elements: list[Element] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    runs: dict[str, list[Run]] = field(default_factory=lambda: defaultdict(list))
    metas: list[tuple[int, int]] = field(default_factory=list)

    def tag(self, number: int) -> str:
        """The start tag of an element."""
        element = self.elements[number]
        return self.text[element.start : element.inner]


class _Builder:
    def __init__(self, text: str) -> None:
        self.tree = Tree(text, [Element("", 0, 0, -1)])
        self.stack = [0]  # numbers of the open elements
        self.open: dict[str, list[int]] = defaultdict(list)  # name → depths in the stack
        self.fences = [0]  # depths of the open fences
        self.inline: dict[str, list[tuple[int, int, int]]] = defaultdict(list)  # name → tag, inner, element
        self.part = 0

    def build(self) -> Tree:
        text, items, at = self.tree.text, self.tree.items, 0
        handle: dict[str, Callable[[Token], None]] = {"open": self._open, "close": self._close, "raw": self._raw}
        for token in tokenize(text):
            if token.start > at:
                items.append(Item("text", at, token.start, self.stack[-1], self.part))
            at = token.stop
            if token.kind != "gone":
                handle[token.kind](token)
        if at < len(text):
            items.append(Item("text", at, len(text), self.stack[-1], self.part))
        self._pop_to(0, len(text))
        page = self.tree.elements[0]
        page.stop = len(text)
        page.pre = len(self.tree.elements) == 1 and all(item.kind != "break" for item in items)
        for name in list(self.inline):
            while self.inline[name]:
                self._end_run(name, len(text))
        return self.tree

    def _open(self, token: Token) -> None:
        name = token.name
        if name in VOID:
            self._void(token)
            return
        tag = self.tree.text[token.start : token.stop]
        hidden = name in UNSEEN or (
            ("none" in tag or "hid" in tag or "NONE" in tag or "HID" in tag) and HIDDEN.search(tag) is not None
        )
        is_block = name in BLOCKS
        if "isplay" in tag and not hidden and name not in KEEP_DISPLAY and (display := DISPLAY.search(tag)):
            is_block = display[1].lower() != "inline"
        if not is_block and not hidden:
            if name == "a" and self.inline["a"]:
                self._end_run("a", token.start)
            self.inline[name].append((token.start, token.stop, self.stack[-1]))
            return
        if name in CLOSES_P and self.open["p"] and self.open["p"][-1] > self.fences[-1]:
            self._pop_to(self.open["p"][-1] - 1, token.start)
        if name in IMPLIED_END:
            self._imply_end(name, token.start)
        self._push(token, hidden, is_block)

    def _imply_end(self, name: str, at: int) -> None:
        ended, fence = IMPLIED_END[name]
        wall = max((self.open[one][-1] for one in fence if self.open[one]), default=0)
        depths = [self.open[one][-1] for one in ended if self.open[one] and self.open[one][-1] > wall]
        depth = min(depths, default=0)
        if depth:
            self._pop_to(depth - 1, at)

    def _push(self, token: Token, hidden: bool, is_block: bool) -> None:
        if is_block:
            self.part += 1
        number = len(self.tree.elements)
        above = self.stack[-1]
        pre = self.tree.elements[above].pre or token.name in ("pre", "listing")
        if not pre and token.stop - token.start > 20:
            pre = PREFORMATTED.search(self.tree.text, token.start, token.stop) is not None
        self.tree.elements.append(
            Element(token.name, token.start, token.stop, above, hidden=hidden, pre=pre, inline=not is_block)
        )
        depth = len(self.stack)
        self.stack.append(number)
        self.open[token.name].append(depth)
        if token.name in FENCES:
            self.fences.append(depth)
        if token.name not in BLOCKS:
            self.inline[token.name].append((token.start, token.stop, -number))

    def _void(self, token: Token) -> None:
        if token.name == "br":
            self._item("break", token)
        elif token.name == "img":
            self._item("image", token)
        elif token.name == "hr":
            self.part += 1
        elif token.name == "meta":
            self.tree.metas.append((token.start, token.stop))

    def _item(self, kind: ItemKind, token: Token) -> None:
        self.tree.items.append(Item(kind, token.start, token.stop, self.stack[-1], self.part))

    def _raw(self, token: Token) -> None:
        self.tree.elements.append(
            Element(token.name, token.start, token.start, self.stack[-1], token.stop, hidden=True)
        )

    def _close(self, token: Token) -> None:
        name = token.name
        if name == "ruby":
            self._imply_end("rt", token.start)
        if name == "br":
            self._item("break", token)
        elif name not in BLOCKS and self.inline[name]:
            if (number := -self.inline[name][-1][2]) > 0:
                self.inline[name].pop()
                if self.tree.elements[number].stop < 0:
                    self._pop_to(self.open[name][-1] - 1, token.stop)
            else:
                self._end_run(name, token.start)
        elif self.open[name]:
            depth = self.open[name][-1]
            if depth >= self.fences[-1] or name in FENCES or name in ("tr", "tbody", "thead", "tfoot"):
                self._pop_to(depth - 1, token.stop)

    def _end_run(self, name: str, at: int) -> None:
        tag, inner, number = self.inline[name].pop()
        if number < 0:
            return
        stop = self.tree.elements[number].stop
        self.tree.runs[name].append(Run(name, tag, inner, at if stop < 0 else min(at, stop)))

    def _pop_to(self, depth: int, at: int) -> None:
        """Close the open elements deeper than ``depth``."""
        while len(self.stack) > depth + 1:
            element = self.tree.elements[self.stack.pop()]
            element.stop = at
            self.open[element.name].pop()
            if self.fences[-1] == len(self.stack):
                self.fences.pop()
            if not element.inline:
                self.part += 1


def build_tree(text: str) -> Tree:
    """The blocks, the text and the inline runs of a page."""
    return _Builder(text).build()
