"""``<br>`` inside a sentence: lines of one paragraph that the page broke where no line of its own begins."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from typing import Final

from govdoc.readers.html.page import Page
from govdoc.readers.html.paragraphs import BLANK
from govdoc.rules.text import DATE_LINE, DOC_NUMBER_LINE, STRUCTURAL

ENDED: Final = re.compile(r"[。！？；：…!?;:][”’」』》）)]*$")
OPEN_END: Final = re.compile(r"(?:(?<!目)的|(?<![总缓饱温])和|或|被|把|于|(?<![合撤归兼])并|而|以及|[，、（《“])$")
"""A line that ends so goes on: no heading and no item does."""
NO_BEGINNING: Final = re.compile(r"[，。；：、！？）》”’〉】…％%]|的(?![确士])|以及|并且|而且|及其|等[，。、]")
"""A line that begins so goes on from the one above."""
AMOUNT: Final = re.compile(r"\d$")
OF_AMOUNT: Final = re.compile(r"[年月日个名人万亿元次所家项米吨亩倍届期周天岁公平]")
OF_ITS_OWN: Final = re.compile(
    r"[▶►▪■●◆◇★☆※√➢·•]|(?:https?://|www\.)|[^，。；：]{1,12}[：:]|第[一二三四五六七八九十]{1,3}[，、]|特此|此[复致]$|以上(?:报告|意见|请示|方案)"
)
SPEAKS: Final = re.compile(r"[，。；]")
FEWEST_INDENTED: Final = 3
SHORTEST: Final = 14
"""A line set full over the width of a page is not shorter."""


def joined_lines(page: Page, kept: Sequence[int], aligned: Sequence[int]) -> set[int]:
    """The kept lines that go on from the line above, a single ``<br>`` between them and nothing that ends there.

    The left line has no stop and the right one begins nothing of its own; and either one of them shows that the
    sentence is open, or the page indents its paragraphs behind ``<br>`` and the right line is flush. ``aligned`` are
    lines centred, set right, or headings: their breaks are meant.
    """
    apart = set(aligned)
    indented = _indented(page, kept)
    found: set[int] = set()
    for above, i in itertools.pairwise(kept):
        line = page.lines[i]
        if not line.soft or above + 1 != i or above in apart or i in apart:
            continue
        left, right = page.texts[above].strip(BLANK), page.texts[i].strip(BLANK)
        if ENDED.search(left) or _begins(page, i, right):
            continue
        flush = page.texts[i][:1] not in BLANK and line.element in indented
        wrapped = flush and (above in found or page.texts[above][:1] in BLANK) and _is_full(left, right)
        if wrapped or _open(left, right):
            found.add(i)
    return found


def _indented(page: Page, kept: Sequence[int]) -> set[int]:
    """The elements in which most lines behind a ``<br>`` open with a blank: so the page begins its paragraphs."""
    counts: dict[int, list[int]] = {}
    for i in kept:
        line = page.lines[i]
        if line.soft:
            count = counts.setdefault(line.element, [0, 0])
            count[page.texts[i][:1] in BLANK] += 1
    return {element for element, (flush, set_in) in counts.items() if set_in >= FEWEST_INDENTED and set_in > flush}


def _begins(page: Page, i: int, text: str) -> bool:
    """Whether a line begins something of its own: a numeral, a date, a label, a signature over its date."""
    if STRUCTURAL.match(text) or OF_ITS_OWN.match(text) or DATE_LINE.fullmatch(text) or DOC_NUMBER_LINE.match(text):
        return True
    below = page.texts[i + 1].strip(BLANK) if i + 1 < len(page.texts) else ""
    return not SPEAKS.search(text) and DATE_LINE.fullmatch(below) is not None


def _open(left: str, right: str) -> bool:
    """Whether the words around a break show that a sentence is open there."""
    if NO_BEGINNING.match(right) or (AMOUNT.search(left) and OF_AMOUNT.match(right)):
        return True
    return OPEN_END.search(left) is not None and SPEAKS.search(left + right) is not None


def _is_full(left: str, right: str) -> bool:
    """Whether a line may be one of running text that the width of a page ended, and the next its rest."""
    return len(left) >= SHORTEST and SPEAKS.search(right) is not None
