"""How the lines of a title may be broken (GB/T 9704-2012 §7.3.1)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from govdoc.layout.titles import title_width

NAME = 20
"""字 of a line of a title; a name in 《》 that is longer, with its marks and 的 behind it, must be broken somewhere."""


def broken(lines: Sequence[tuple[str, float]]) -> Iterator[tuple[str, int]]:
    """What is wrong with the lines of a title, given with their widths in 字; and on which of them."""
    widths = [width for _, width in lines]
    falls = [i for i, (before, after) in enumerate(pairwise(widths)) if after < before]
    # Once lines have grown shorter they must not grow longer again: that is an hourglass.
    if falls and any(after > before for before, after in pairwise(widths[falls[0] :])):
        yield "the lines of the title make an hourglass", 0
    whole, end = "".join(line for line, _ in lines), 0
    for i, ((line, _), (after, _)) in enumerate(pairwise(lines)):
        end += len(line)
        start = whole.rfind("《", 0, end)
        stop = whole.find("》", start) + 1
        name = whole[start : stop + whole.startswith("的", stop)]
        if 0 <= start < end < stop and title_width(name) <= NAME:
            yield "a line of the title ends inside 《》", i
        if after.startswith("的"):
            yield "a line of the title begins with 的", i + 1
