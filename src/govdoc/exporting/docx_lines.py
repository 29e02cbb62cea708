"""How tight each line of a paragraph must be set for word processors to end it where the layout does.

A word processor has no grid of half cells: LibreOffice widens every joint of Han and digits whatever the file says,
hangs no stop, and would move a character down where the layout finds room for it. A few twips between the characters
of such a line make the room; justified, it looks the same, and whoever edits the text notices nothing.

Between a closing sign and a Latin letter or digit LibreOffice breaks no line (UAX 14 calls them CL and AL, NU), unless
the word behind the sign is said to be Chinese.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple

from govdoc.exporting.docx_xml import TWIPS_PER_POINT, cells, tracking
from govdoc.layout.composition import Paragraph
from govdoc.layout.kinsoku import HANGS
from govdoc.layout.lines import Text, measure
from govdoc.layout.paper import Paper

_IS_LATIN = "[ -~\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f]"  # as govdoc.fonts.is_latin
_BORDER = re.compile(f"(?<={_IS_LATIN})(?!{_IS_LATIN})|(?<!{_IS_LATIN})(?={_IS_LATIN})")
_PARTED = re.compile("(?<=[，。、）》」』】〕〉”’］｝])[!-~\u00c0-\u024f]+")
_JOINT = 0.2  # em that LibreOffice puts between Han and a Latin letter or digit
_EASE = 16  # twips of a line left free, for widths that are rounded elsewhere
_TIGHTEST = -32  # twips between characters: what reads as even type


class Fitted(NamedTuple):
    """Characters ``[start, stop)`` of a paragraph that stand ``closer`` by so many twips than their style says.

    ``chinese``: they are Latin, and their language is said to be Chinese.
    """

    start: int
    stop: int
    closer: int
    chinese: bool = False


def fitted(made: Paragraph, paper: Paper) -> tuple[Fitted, ...]:
    """The stretches of a paragraph that are to be set tighter or wider than its style, in order.

    Only what is set in the type of the grid is fitted, and no line broken by sense.
    """
    size = paper.setting.grid_size
    if made.breaks or made.align == "centre" or any(run.size != size for run in made.runs):
        return ()
    text = measure(made.runs, paper.setting)
    return tuple(_merged(_lines(made, text, paper)))


def number_of(made: Paragraph) -> int:
    """How many characters the label and number before a name of 附件说明 are; a TAB follows them (§7.3.4)."""
    numbered = made.element == "attachment_note" and len(made.runs) > 1 and made.runs[0].text.endswith(".")
    return len(made.runs[0].text) if numbered else 0


def _lines(made: Paragraph, text: Text, paper: Paper) -> Iterator[Fitted]:
    style, base = paper.style, tracking(paper.setting.grid_size, paper.style)
    room = round(paper.width * TWIPS_PER_POINT) - cells(made.indent_left, style) - cells(made.indent_right, style)
    widths = _widths(text)
    borders = [found.start() for found in _BORDER.finditer(text.text)]
    parts = {*accumulate(len(run.text) for run in made.runs), *borders}  # LibreOffice measures each by itself
    number = number_of(made)
    for i, line in enumerate(paper.cuts(made, text)):
        if i == 0 and number:
            line = line._replace(start=number)
        own = room - (cells(made.indent_first, style) if i == 0 and not number else 0)
        end = len(text.text[: line.stop].rstrip())
        count = end - line.start
        if count <= 0:
            continue
        set_solid = sum(widths[line.start : end])
        joined = sum(line.start < i < end and _joint(text.text, i) for i in borders)
        joints = joined * _JOINT * paper.setting.grid_size * TWIPS_PER_POINT
        # No space stands behind the last character of a part.
        gaps = max(1, count - 1 - sum(line.start < i < end for i in parts))
        most = math.floor((own - _EASE - set_solid - joints) / gaps)
        least = _TIGHTEST
        if line.stop < len(text.text):
            least = max(least, math.floor((own - set_solid - _next(text, widths, line.stop)) / count) + 1)
        wanted = min(max(base, least), most)
        closer = base - wanted if wanted >= _TIGHTEST else 0
        parted = _PARTED.match(text.text, line.start) if i else None
        if parted:
            yield Fitted(parted.start(), parted.end(), closer, chinese=True)
        yield Fitted(parted.end() if parted else line.start, line.stop, closer)


def _widths(text: Text) -> list[float]:
    """Twips of every character as its face has it."""
    found: list[float] = []
    for segment in text.segments:
        chars, face, em = text.text[segment.start : segment.stop], segment.face, segment.size * TWIPS_PER_POINT
        if not segment.drawn:
            found += [0.0] * len(chars)
        elif face is None or not segment.whole:  # all of one width
            found += [em * (face.advance(chars[0]) if face else 1.0)] * len(chars)
        else:
            found += [em * face.advance(char) for char in chars]
    return found


def _joint(text: str, border: int) -> bool:
    """Whether letters or digits stand on both sides of where Latin and other characters meet."""
    return all(unicodedata.category(char)[0] in "LN" for char in text[border - 1 : border + 1])


def _next(text: Text, widths: list[float], start: int) -> float:
    """Twips of what follows a line and cannot be parted; a stop at its end may hang in Word."""
    stop = start + 1
    if _PARTED.match(text.text, start):  # being Chinese, it could be parted anywhere
        return widths[start]
    while stop < len(text.text) and text.barred[stop]:
        stop += 1
    while stop > start + 1 and text.text[stop - 1] in HANGS:
        stop -= 1
    return sum(widths[start:stop])


def _merged(found: Iterator[Fitted]) -> Iterator[Fitted]:
    """Neighbours that stand equally close, as one, and none that stands as its style says."""
    last: Fitted | None = None
    for each in found:
        if each[2:] == (0, False):
            continue
        if last and last.stop == each.start and last[2:] == each[2:]:
            last = last._replace(stop=each.stop)
            continue
        if last:
            yield last
        last = each
    if last:
        yield last
