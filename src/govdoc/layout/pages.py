"""Placed pages: what stands where, ready to be drawn. Lengths are points from the sheet's top left corner."""

from __future__ import annotations

from typing import NamedTuple

from govdoc.fonts import Face


class Glyphs(NamedTuple):
    """Characters of one face side by side: each moves on by its own advance and ``spacing``.

    ``face`` is None for a character that no face has: a box stands for it.
    """

    text: str
    face: Face | None
    size: float
    x: float  # from the line's origin
    spacing: float = 0.0
    red: bool = False
    bold: bool = False


class TextLine(NamedTuple):
    """A line of text: its origin is on the baseline. A ``turned`` one runs up the page."""

    x: float
    y: float
    glyphs: tuple[Glyphs, ...]
    turned: bool = False


class Rule(NamedTuple):
    """A straight line."""

    x0: float
    y0: float
    x1: float
    y1: float
    width: float
    red: bool = False


class Bookmark(NamedTuple):
    """An entry of the outline: ``level`` from 1, ``y`` the top of its line."""

    title: str
    level: int
    y: float


class Page(NamedTuple):
    """A page as it is printed; ``number`` counts from 1 whether or not the page has one (``numbered``)."""

    number: int
    lines: tuple[TextLine, ...]
    rules: tuple[Rule, ...]
    bookmarks: tuple[Bookmark, ...] = ()
    numbered: bool = True

    @property
    def text(self) -> str:
        """All characters in the order they were placed, without line ends."""
        return "".join(piece.text for line in self.lines for piece in line.glyphs)
