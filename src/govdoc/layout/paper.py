"""The sheet in points: where the 版心 and its grid stand, and the pages as they fill."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from govdoc.fonts import FaceSet
from govdoc.layout.composition import Paragraph
from govdoc.layout.head import line_pitch
from govdoc.layout.lines import Cut, SetLine, Setting, Text, break_lines, cut_lines, measure, set_line
from govdoc.layout.pages import Bookmark, Page, Rule, TextLine
from govdoc.style import POINTS_PER_MM, StyleSheet


@dataclass(frozen=True)
class Paper:
    """The grid of a style in points, and the faces its text is set in."""

    style: StyleSheet
    faces: FaceSet
    top: float
    width: float
    height: float
    cell: float
    pitch: float  # from line to line
    rows: int
    ascent: float  # em, first ink over the baseline
    setting: Setting

    def left(self, page: int) -> float:
        """Left edge of the 版心; on even pages mirrored where the style says so (§5.2.1)."""
        sheet = self.style.page
        mirrored = sheet.mirror_margins and page % 2 == 0
        return (sheet.width - sheet.left - sheet.text_width if mirrored else sheet.left) * POINTS_PER_MM

    @property
    def bottom(self) -> float:
        """Lower edge of the 版心."""
        return self.top + self.height

    def lines(self, paragraph: Paragraph) -> list[SetLine]:
        """The lines of a paragraph of the flow."""
        text = measure(paragraph.runs, self.setting)
        lines = [set_line(text, cut, self.setting) for cut in self.cuts(paragraph, text)]
        return [_without_end(line, text) for line in lines] if paragraph.align == "centre" else lines

    def cuts(self, paragraph: Paragraph, text: Text) -> Iterator[Cut]:
        """Where the lines of a paragraph of the flow, whose measured ``text`` this is, begin and end."""
        room = self.width - (paragraph.indent_left + paragraph.indent_right) * self.cell
        first = max(room - paragraph.indent_first * self.cell, self.cell)
        room = max(room, self.cell)
        return cut_lines(
            text,
            lambda i: room if i else first,
            self.setting,
            justify=paragraph.align == "justify",
            breaks=paragraph.breaks,
        )

    def start(self, paragraph: Paragraph, line: SetLine, number: int) -> float:
        """Where line ``number`` of a paragraph begins, from the 版心's left edge."""
        left = (paragraph.indent_left + (paragraph.indent_first if number == 0 else 0.0)) * self.cell
        spare = self.width - paragraph.indent_right * self.cell - left - line.width
        share = {"centre": 0.5, "right": 1.0}.get(paragraph.align, 0.0)
        return max(left + spare * share, 0.0 if paragraph.align != "centre" else left + spare * share)

    def one_line(self, text: Text) -> SetLine:
        """All of ``text`` on one line, whatever its width."""
        return break_lines(text, lambda _: float("inf"), self.setting, justify=False)[0]


def across(paper: Paper) -> Paper:
    """The same sheet laid across: as wide as the 版心 is high, its first line at 0."""
    size = paper.setting.grid_size
    rows = int((paper.width - size) / paper.pitch) + 1
    return replace(paper, top=0.0, width=paper.height, height=paper.width, rows=rows)


def paper_of(style: StyleSheet, faces: FaceSet) -> Paper:
    """The sheet of a style."""
    page = style.page
    cell = page.cell * POINTS_PER_MM
    return Paper(
        style=style,
        faces=faces,
        top=page.top * POINTS_PER_MM,
        width=page.text_width * POINTS_PER_MM,
        height=page.text_height * POINTS_PER_MM,
        cell=cell,
        pitch=line_pitch(style) * POINTS_PER_MM,
        rows=page.lines,
        ascent=page.ascent,
        setting=Setting(faces, cell, style.text["body"].size, style.body.squeeze, frozenset(style.body.latin)),
    )


@dataclass
class Leaf:
    """A page while it fills."""

    number: int
    left: float
    lines: list[TextLine] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    bookmarks: list[Bookmark] = field(default_factory=list)
    numbered: bool = True

    def put(self, line: SetLine, x: float, y: float) -> None:
        """Place a line: ``x`` from the 版心's left edge, ``y`` its baseline from the sheet's top."""
        if line.glyphs:
            self.lines.append(TextLine(self.left + x, y, line.glyphs))

    def rule(self, x0: float, y0: float, x1: float, y1: float, width: float, red: bool = False) -> None:
        """Draw a line: ``x`` from the 版心's left edge, ``y`` from the sheet's top."""
        self.rules.append(Rule(self.left + x0, y0, self.left + x1, y1, width, red))

    def page(self) -> Page:
        """The page as it is."""
        return Page(self.number, tuple(self.lines), tuple(self.rules), tuple(self.bookmarks), self.numbered)


@dataclass
class TurnedLeaf(Leaf):
    """A page whose content lies across, its head at the left edge (§8): ``foot`` is the 版心's lower edge, points.

    What is put here has its ``x`` from that edge upward and its ``y`` from the 版心's left edge.
    """

    foot: float = 0.0

    def put(self, line: SetLine, x: float, y: float) -> None:
        """Place a line, running up the page."""
        if line.glyphs:
            self.lines.append(TextLine(self.left + y, self.foot - x, line.glyphs, turned=True))

    def rule(self, x0: float, y0: float, x1: float, y1: float, width: float, red: bool = False) -> None:
        """Draw a line."""
        self.rules.append(Rule(self.left + y0, self.foot - x0, self.left + y1, self.foot - x1, width, red))

    def upright(self, top: float) -> Leaf:
        """The same page, for what stands upright on it; its bookmarks point to the 版心's ``top``."""
        marks = [mark._replace(y=top) for mark in self.bookmarks]
        return Leaf(self.number, self.left, self.lines, self.rules, marks)


def _without_end(line: SetLine, text: Text) -> SetLine:
    """A line as wide as its ink: a blank at which a title was broken takes no part in centring it."""
    inked = line.start + len(text.text[line.start : line.stop].rstrip())
    return line._replace(width=line.width - text.width(inked, line.stop)) if inked < line.stop else line
