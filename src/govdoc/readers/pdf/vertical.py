"""Vertical text (竖排): columns from right to left, turned into lines so that they are read like any other."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from govdoc.readers.pdf.page import Glyph, Page

SHARE = 0.6
"""The part of the steps from one character to the next that go straight down where a page is set vertically."""
LEAST = 12
"""Characters that tell."""


def is_vertical(glyphs: Sequence[Glyph]) -> bool:
    """Whether characters, in the order they were written, follow one another down the page."""
    if len(glyphs) < LEAST:
        return False
    down = sum(
        abs(after.x0 - before.x0) < before.size / 2 and 0.7 < (after.y - before.y) / before.size < 1.8
        for before, after in pairwise(glyphs)
    )
    return down >= SHARE * (len(glyphs) - 1)


def turn_columns(page: Page) -> None:
    """Make lines of the columns of a page: what stood at the right is above, what stood above is at the left."""
    page.glyphs = [
        glyph._replace(x0=glyph.y - glyph.size, x1=glyph.y, y=page.width - glyph.x0) for glyph in page.glyphs
    ]
    page.across, page.down = (
        [box._replace(x0=box.y0, x1=box.y1, y0=page.width - box.x1, y1=page.width - box.x0) for box in boxes]
        for boxes in (page.down, page.across)
    )
    page.width, page.height = page.height, page.width
