"""Breaking a stretch of text into lines and placing its glyphs on the grid (GB/T 9704-2012 §5.2.3).

A full-width character takes a cell, a digit half of one, a Latin word as many quarter cells as it needs. Nothing
here knows of pages.
"""

from __future__ import annotations

import math
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, groupby, pairwise
from typing import NamedTuple

from govdoc.fonts import Face, FaceSet
from govdoc.layout.composition import FaceRole, Run
from govdoc.layout.kinsoku import GIVES_BEFORE, GIVES_BEHIND, HANGS, unbreakable
from govdoc.layout.pages import Glyphs

_WORD = re.compile(r"[!-~\u00c0-\u024f]+")
# As UAX 14 parts an address: a date in it stays whole.
_JOINT = re.compile(r"(?:(?<=[/?])|(?<=-)(?!\d))(?!/|(?<=\d/)\d)")
_SMALL_JOINT = re.compile(r"(?<=[/\-._?&=:@,+])")
_LONGEST_WORD = 24  # Latin characters that are never parted
_SLACK = 0.01  # pt, for sums of floats
_LOOSEST = 0.35  # of a cell: a line that would need wider gaps is left ragged
_WIDEST = 0.06  # em: the white between two characters of a word that is rounded up
_TIGHTEST = 1.04  # a line broken by sense that is wider than its room by less is tightened, not broken again
_MOST_GIVEN = 0.25  # of a cell: what a sign inside the line gives; the rest comes from all the gaps


class Setting(NamedTuple):
    """What lines are set with: the faces, the grid's cell (pt) and the size (pt) that stands on it."""

    faces: FaceSet
    cell: float
    grid_size: float
    squeeze: bool
    latin: frozenset[FaceRole]  # roles whose Latin characters are the Latin face's


class Segment(NamedTuple):
    """Neighbouring characters ``[start, stop)`` set alike: every one moves on by its advance and ``spacing``."""

    start: int
    stop: int
    face: Face | None
    size: float
    red: bool
    spacing: float
    inset: float  # white before the first glyph, of a word centred in its half cells
    whole: bool  # a word: gaps are not widened inside it
    drawn: bool = True
    bold: bool = False


class Text(NamedTuple):
    """A paragraph measured: where each character begins if all stood on one line, and where lines may not begin."""

    text: str
    segments: tuple[Segment, ...]
    starts: tuple[int, ...]  # of the segments
    edges: tuple[float, ...]  # pt, one more than there are characters
    barred: bytearray

    def width(self, start: int, stop: int) -> float:
        """Width of ``[start, stop)`` as it stands, pt."""
        return self.edges[stop] - self.edges[start]


class Cut(NamedTuple):
    """Characters of a text that stand on a line, and the width (pt) they are to fill; ``even``: by every gap alike."""

    start: int
    stop: int
    width: float | None
    even: bool


class SetLine(NamedTuple):
    """A line: its glyphs from x = 0, its width, and which characters of the text it holds."""

    glyphs: tuple[Glyphs, ...]
    width: float
    start: int
    stop: int


def measure(runs: Sequence[Run], setting: Setting) -> Text:
    """Faces and widths of every character of ``runs``."""
    text = "".join(run.text for run in runs)
    segments: list[Segment] = []
    widths: list[float] = []
    for run in runs:
        _measure_run(run, setting, segments, widths)
    barred = unbreakable(text)
    _bar_words(text, barred)
    edges = tuple(accumulate(widths, initial=0.0))
    return Text(text, tuple(segments), tuple(segment.start for segment in segments), edges, barred)


def _measure_run(run: Run, setting: Setting, segments: list[Segment], widths: list[float]) -> None:
    """Cut a run into words, full-width stretches and odd characters; append their widths."""
    cell = setting.cell if run.size == setting.grid_size else run.size
    latin = run.face in setting.latin
    drawn = setting.faces.drawn(run.face, latin=latin)
    start = len(widths)
    text_start = start
    for (face, advance, _), alike in groupby(run.text, key=drawn.__getitem__):
        stop = start + len(list(alike))
        if advance is not None:
            slots = math.ceil(advance * 2 - 0.02) / 2 * cell
            spacing = slots - advance * run.size
            inset = spacing / 2 if abs(advance * 2 - round(advance * 2)) > 0.02 else 0.0
            segments.append(Segment(start, stop, face, run.size, run.red, spacing, inset, whole=False, bold=run.bold))
            widths += [slots] * (stop - start)
        elif face:
            chars = run.text[start - text_start : stop - text_start]
            _word(chars, start, face, run, (cell, cell / 2 if latin else 0.0), segments, widths)
        else:
            _undrawn(run.text[start - text_start : stop - text_start], start, run, cell, segments, widths)
        start = stop


def _undrawn(chars: str, at: int, run: Run, cell: float, segments: list[Segment], widths: list[float]) -> None:
    """Characters no face has: a box each, or nothing for one that controls."""
    for i, char in enumerate(chars, at):
        drawn = unicodedata.category(char) not in ("Cc", "Cf")
        segments.append(Segment(i, i + 1, None, run.size, run.red, 0.0, 0.0, whole=True, drawn=drawn))
        widths.append(cell if drawn or char == "\t" else 0.0)


def _word(
    chars: str,
    at: int,
    face: Face,
    run: Run,
    grid: tuple[float, float],
    segments: list[Segment],
    widths: list[float],
) -> None:
    """A Latin word: tracked like the grid (cell, half cell), its width rounded up to quarter cells.

    The white is shared among its characters, so that it is no blank when the text is copied. The number of an
    附件说明 ends its run: it takes half cells, all white behind it, so that names stand under each other.
    """
    cell, half = grid
    spacing = (cell - run.size) / 2
    own = [advance * run.size + spacing for advance in map(face.advances.__getitem__, chars)]
    numeral = chars[-1] == "." and run.text.endswith(chars)
    step = half if numeral else half / 2
    slack = math.ceil(sum(own) / step - 0.02) * step - sum(own) if step else 0.0
    share = 0.0 if numeral else min(slack / len(chars), _WIDEST * run.size)
    inset = 0.0 if numeral else (slack - share * (len(chars) - 1)) / 2
    stop = at + len(chars)
    segments.append(Segment(at, stop, face, run.size, run.red, spacing + share, inset, whole=True, bold=run.bold))
    own = [width + share for width in own]
    own[0] += inset
    own[-1] += slack - share * len(chars) - inset
    widths += own


def _bar_words(text: str, barred: bytearray) -> None:
    """No break inside a Latin word; a very long one breaks after its joints, or anywhere where it has none."""
    for match in _WORD.finditer(text):
        start, stop = match.span()
        barred[start + 1 : stop] = b"\1" * (stop - start - 1)
        if stop - start > _LONGEST_WORD:
            at = start
            for part in _parts(match[0]):
                barred[at] = barred[at] if at == start else 0
                at += len(part)


def _parts(word: str) -> Iterator[str]:
    """A very long word in the parts it may be broken into."""
    for part in _JOINT.split(word):
        for small in [part] if len(part) <= _LONGEST_WORD else _SMALL_JOINT.split(part):
            yield from [small] if len(small) <= _LONGEST_WORD else small


def break_lines(
    text: Text, room: Callable[[int], float], setting: Setting, *, justify: bool, breaks: Sequence[int] = ()
) -> list[SetLine]:
    """The lines of ``text``: ``room(i)`` is the width of line ``i`` in pt; ``breaks`` are line ends by sense."""
    return [set_line(text, cut, setting) for cut in cut_lines(text, room, setting, justify=justify, breaks=breaks)]


def cut_lines(
    text: Text, room: Callable[[int], float], setting: Setting, *, justify: bool, breaks: Sequence[int] = ()
) -> Iterator[Cut]:
    """Where the lines of ``text`` begin and end; as ``break_lines``, which places their glyphs too."""
    number = start = 0
    stops = sorted({stop for stop in breaks if 0 < stop < len(text.text)} | {len(text.text)} | _newlines(text.text))
    for stop in stops:
        while start < stop:
            width = room(number)
            end, overflow = _line_end(text, start, stop, width, setting)
            even = not justify and end < stop and text.width(start, stop) <= width * _TIGHTEST
            if even:
                end = stop
            filled = even or overflow > _SLACK or (justify and end < stop)
            yield Cut(start, end, width if filled else None, even)
            number, start = number + 1, end


def _newlines(text: str) -> set[int]:
    return {i + 1 for i, char in enumerate(text) if char == "\n"} if "\n" in text else set()


def _line_end(text: Text, start: int, stop: int, width: float, setting: Setting) -> tuple[int, float]:
    """Where the line from ``start`` ends, and how much it must be squeezed (pt)."""
    edges = text.edges
    limit = edges[start] + width + _SLACK
    end = min(bisect_right(edges, limit, start + 1, stop + 1) - 1, stop)
    end = max(end, start + 1)
    while end < stop and text.text[end] == " ":
        end += 1  # a blank hangs in the margin
    if end == stop or not text.barred[end]:
        return end, 0.0
    if setting.squeeze:
        longer = end + 1
        if text.text[end] in HANGS and (longer == stop or not text.barred[longer]):
            return longer, edges[longer] - edges[start] - width
    shorter = end
    while shorter > start and text.barred[shorter]:
        shorter -= 1
    return (shorter if shorter > start else end), 0.0


def _givers(text: Text, start: int, stop: int) -> list[int]:
    """The signs of the line that can give way; one that opens the line has no white to give."""
    return [
        i for i in range(start, stop) if text.text[i] in GIVES_BEHIND or (i > start and text.text[i] in GIVES_BEFORE)
    ]


def set_line(text: Text, cut: Cut, setting: Setting) -> SetLine:
    """The glyphs of a line, squeezed or widened to fill its width."""
    start, stop, width, even = cut
    end = stop
    while end > start and text.text[end - 1] in " \n":
        end -= 1
    own = text.width(start, end)
    gap = 0.0
    shifts: dict[int, float] = {}
    if width is not None and own > width + _SLACK:
        shifts, rest = ({}, own - width) if even else _squeezed(text, start, end, own - width)
        gap = -rest / max(1, _joints(text, start, end))
        own = width
    elif width is not None and width - own > _SLACK:
        joints = _joints(text, start, end)
        gap = (width - own) / joints if joints else 0.0
        if gap > _LOOSEST * setting.cell:
            gap = 0.0
        own += gap * joints
    return SetLine(tuple(_place(text, start, end, shifts, gap)), own, start, stop)


def _squeezed(text: Text, start: int, stop: int, excess: float) -> tuple[dict[int, float], float]:
    """How far what begins at an offset moves left, and what the gaps must give; the last sign gives half of itself."""
    givers = _givers(text, start, stop)
    last = text.width(stop - 1, stop) / 2
    rest = max(0.0, excess - last)
    inner = [i for i in givers if i < stop - 1]
    each = min(rest / len(inner), _MOST_GIVEN * 2 * last) if inner else 0.0
    moves = {i + 1 if text.text[i] in GIVES_BEHIND else i: -each for i in inner}
    return moves, rest - each * len(inner)


def _joints(text: Text, start: int, stop: int) -> int:
    """Gaps of the line that may be widened: after every full-width character and every word but the last."""
    count = 0
    for segment in _within(text, start, stop):
        a, b = max(segment.start, start), min(segment.stop, stop)
        count += (1 if segment.whole else b - a) if segment.drawn else 0
    return count - 1


def _within(text: Text, start: int, stop: int) -> Sequence[Segment]:
    first = bisect_right(text.starts, start) - 1
    last = bisect_right(text.starts, stop - 1)
    return text.segments[max(first, 0) : last]


def _place(text: Text, start: int, stop: int, shifts: dict[int, float], gap: float) -> list[Glyphs]:
    """Glyphs of ``[start, stop)`` from x = 0, cut where squeezed signs move what follows them."""
    glyphs: list[Glyphs] = []
    edges, origin = text.edges, text.edges[start]
    moved = 0.0
    for segment in _within(text, start, stop):
        a, b = max(segment.start, start), min(segment.stop, stop)
        if not segment.drawn or a >= b:
            continue
        cuts = [a, *sorted(i for i in shifts if a < i < b), b] if shifts else (a, b)
        for left, right in pairwise(cuts):
            moved += shifts.get(left, 0.0)
            x = edges[left] - origin + moved
            if segment.whole:
                if left == segment.start:
                    x += segment.inset
                spacing = segment.spacing
                moved += gap
            else:
                x += segment.inset
                spacing = segment.spacing + gap
                moved += gap * (right - left)
            shown = text.text[left:right]
            glyphs.append(Glyphs(shown, segment.face, segment.size, x, spacing, segment.red, segment.bold))
    return glyphs
