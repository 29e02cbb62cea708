"""The values a page of a PDF is read into: glyphs, ruled lines, and what else stands on it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple


class Box(NamedTuple):
    """A rectangle; on a page that is placed, in points from its top left corner, ``y`` downwards."""

    x0: float
    y0: float
    x1: float
    y1: float

    def holds(self, x: float, y: float, slack: float = 0.0) -> bool:
        """Whether a point lies in it, or nearer to it than ``slack``."""
        return self.x0 - slack <= x <= self.x1 + slack and self.y0 - slack <= y <= self.y1 + slack

    @property
    def area(self) -> float:
        """Its area in square points."""
        return max(0.0, self.x1 - self.x0) * max(0.0, self.y1 - self.y0)


class Face(NamedTuple):
    """What the glyphs of one text object share: font, heavy or not, painted or not, white or not."""

    font: str
    bold: bool
    unpainted: bool
    white: bool


class Glyph(NamedTuple):
    """A character where it stands: from ``x0`` to ``x1`` on the baseline ``y``."""

    char: str
    x0: float
    x1: float
    y: float
    size: float
    face: Face


class Frame(NamedTuple):
    """How places of a page are seen: within its visible ``box``, turned clockwise by ``turn`` times 90°."""

    box: Box
    turn: int

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as seen."""
        across, up = self.box.x1 - self.box.x0, self.box.y1 - self.box.y0
        return (up, across) if self.turn % 2 else (across, up)

    def place(self, x: float, y: float) -> tuple[float, float]:
        """A place in the page's own space (``y`` upwards) as seen from the top left corner."""
        left, bottom, right, top = self.box
        return ((x - left, top - y), (y - bottom, x - left), (right - x, y - bottom), (top - y, right - x))[self.turn]

    def place_box(self, box: Box) -> Box:
        """A rectangle as seen."""
        ax, ay = self.place(box.x0, box.y0)
        bx, by = self.place(box.x1, box.y1)
        return Box(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))


@dataclass
class Page:
    """One page, or what stands on it in one direction of writing; ``number`` counts from 1."""

    number: int
    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    across: list[Box] = field(default_factory=list)
    down: list[Box] = field(default_factory=list)
    turned: bool = False
    """Whether this is text that runs in another direction than most of its page."""


@dataclass
class Extract:
    """The pages of a PDF; what was left out or went wrong, by kind and page; and what stands beside the pages."""

    pages: list[Page] = field(default_factory=list)
    counts: dict[str, Counter[int]] = field(default_factory=dict)
    attachments: list[str] = field(default_factory=list)
    page_count: int = 0

    def count(self, what: str, page: int, amount: int = 1) -> None:
        """Count something of a kind on a page."""
        self.counts.setdefault(what, Counter())[page] += amount
