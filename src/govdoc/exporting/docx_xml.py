"""WordprocessingML as strings: lengths in Word's units, runs in their faces, paragraphs in their styles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from govdoc.errors import ExportError
from govdoc.fonts import FACE_ROLES, USUAL, FaceRole, is_latin
from govdoc.layout.composition import Run
from govdoc.style import StyleSheet

TWIPS_PER_MM = 1440 / 25.4
TWIPS_PER_POINT = 20
BASELINE = 0.8  # LibreOffice sets the baseline at 80 % of a line of exact height; Word comes within a point of it

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)

_REFUSED = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
# Signs with one code for Chinese and Western text: without help Word and LibreOffice draw them from the Latin face.
_AMBIGUOUS = re.compile(
    "[\u00b7\u00d7\u00f7\u00b0\u00a7\u00b1\u2010-\u203e\u2103\u2116\u2160-\u2199\u2200-\u22ff\u2460-\u27bf]"
)
_WIDE_LATIN, _JOINT = 0.6, 0.25  # em
_PIECES = re.compile(r"(\n|\t)")


FACE_STYLES: dict[FaceRole, str] = {role: f"Face{role.capitalize()}" for role in FACE_ROLES}
"""Ids of the character styles that put text into a face."""


class Spacing(NamedTuple):
    """Twips above a paragraph, of its exact line, and below it."""

    before: int
    line: int
    after: int = 0

    def xml(self) -> str:
        """``w:spacing`` with every value said, so that no default of a reader's shows through."""
        return f'<w:spacing w:before="{self.before}" w:after="{self.after}" w:line="{self.line}" w:lineRule="exact"/>'


@dataclass(frozen=True)
class Indents:
    """Indents in twips, of the first line in hundredths of a 字 too: LibreOffice reads only the former."""

    left: int = 0
    right: int = 0
    first: int = 0
    first_chars: int = 0

    def xml(self) -> str:
        """``w:ind`` with every value said."""
        first = f'w:firstLineChars="{self.first_chars}" w:firstLine="{self.first}"'
        if self.first < 0:
            first = f'w:hangingChars="0" w:hanging="{-self.first}"'
        return f'<w:ind w:left="{self.left}" w:right="{self.right}" {first}/>'


BARE_CELLS = (
    '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar>'  # else 1.9 mm each
)


def mm(length: float) -> int:
    """Millimetres in twips."""
    return round(length * TWIPS_PER_MM)


def points(length: float) -> int:
    """Points in twips."""
    return round(length * TWIPS_PER_POINT)


def cells(count: float, style: StyleSheet) -> int:
    """字 of the grid in twips."""
    return mm(count * style.page.cell)


def eighths(width: float) -> int:
    """A line's width in mm as Word counts it: eighths of a point."""
    return round(width / 25.4 * 72 * 8)


def indents(first: float, left: float, right: float, style: StyleSheet) -> Indents:
    """Indents given in 字."""
    return Indents(cells(left, style), cells(right, style), cells(first, style), max(0, round(first * 100)))


def border(edge: str, width: float, colour: str = "000000", space: int = 0) -> str:
    """An edge of a paragraph or cell: ``width`` in mm, ``space`` in points."""
    return f'<w:{edge} w:val="single" w:sz="{eighths(width)}" w:space="{space}" w:color="{colour}"/>'


def legal(text: str, place: str) -> str:
    """``text`` itself. ``ExportError`` names the place of a character that XML cannot hold."""
    found = _REFUSED.search(text)
    if found:
        near = text[max(0, found.start() - 8) : found.start()]
        raise ExportError(
            f"U+{ord(found[0]):04X} cannot be written into a DOCX (after {near!r})",
            place=place,
            remedy="clean the text first",
        )
    return text


def checked(text: str, place: str) -> str:
    """``text`` escaped for XML. ``ExportError`` as ``legal``."""
    return escape(legal(text, place))


def quoted(text: str) -> str:
    """``text`` as an attribute's value, with its quotes."""
    return quoteattr(text)


def fonts(face: FaceRole, style: StyleSheet, *, chinese: bool = False) -> str:
    """``w:rFonts``: the face for Han, for letters and digits the Latin one where the style says so; ``chinese``: never.

    The Chinese name stands in all four places where it can: an English one alone is not found by every WPS.
    """
    east, latin = USUAL[face].standard, USUAL["latin"].standard
    other = latin if face in style.body.latin and not chinese else east
    hint = ' w:hint="eastAsia"' if chinese else ""
    return f'<w:rFonts{hint} w:ascii="{other}" w:hAnsi="{other}" w:eastAsia="{east}" w:cs="{latin}"/>'


def tracking(size: float, style: StyleSheet) -> int:
    """Twips between characters: only the type of the text stands on the grid."""
    return style.word.tracking if size == style.text["body"].size else 0


def needed_width(text: str, size: float) -> int:
    """Twips that a line may need at most: wide Latin, and joints of Han and Latin as LibreOffice widens them."""
    joints = sum(is_latin(a) != is_latin(b) for a, b in pairwise(text))
    return points(size * (sum(_WIDE_LATIN if is_latin(char) else 1 for char in text) + joints * _JOINT))


def look(face: FaceRole, size: float, red: bool, style: StyleSheet, *, bold: bool = False) -> str:
    """The inside of ``w:rPr`` of a style: face, weight, colour, tracking, size in half points."""
    colour = '<w:color w:val="FF0000"/>' if red else ""
    half = round(size * 2)
    return (
        f'{fonts(face, style)}{"<w:b/>" if bold else ""}{colour}<w:spacing w:val="{tracking(size, style)}"/>'
        f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'
    )


def run(made: Run, base: Run, place: str, style: StyleSheet, *, closer: int = 0, chinese: bool = False) -> str:
    """A run as ``w:r``: what differs from ``base`` (its paragraph style's) is said, line ends and TAB are elements.

    ``closer`` is by how many twips its characters stand nearer to each other than they should; ``chinese``: its Latin
    characters are said to be of that language.
    """
    own = "" if made.face == base.face else f'<w:rStyle w:val="{FACE_STYLES[made.face]}"/>'
    rest = f'<w:b w:val="{int(made.bold)}"/>' if made.bold != base.bold else ""
    if made.red != base.red:
        rest += f'<w:color w:val="{"FF0000" if made.red else "000000"}"/>'
    if made.size != base.size or closer:
        rest += f'<w:spacing w:val="{tracking(made.size, style) - closer}"/>'
    if made.size != base.size:
        half = round(made.size * 2)
        rest += f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'
    if chinese:
        rest += '<w:lang w:val="zh-CN"/>'
    parts = []
    for text, face in _faced(made.text) if made.face in style.body.latin else [(made.text, False)]:
        inside = own + (fonts(made.face, style, chinese=True) if face else "") + rest
        parts.append(f"<w:r>{f'<w:rPr>{inside}</w:rPr>' if inside else ''}{_inside(text, place)}</w:r>")
    return "".join(parts)


def _faced(text: str) -> Iterator[tuple[str, bool]]:
    """``text`` in pieces; true where all of it, “”‘’—… too, is to be drawn by the Chinese face."""
    if not _AMBIGUOUS.search(text):
        yield text, False
        return
    start, latin = 0, None
    for i, char in enumerate(text):
        here = is_latin(char)
        if latin is not None and here != latin:
            piece = text[start:i]
            yield piece, not latin and _AMBIGUOUS.search(piece) is not None
            start = i
        latin = here
    piece = text[start:]
    yield piece, not latin and _AMBIGUOUS.search(piece) is not None


def _inside(text: str, place: str) -> str:
    pieces = {"\n": "<w:br/>", "\t": "<w:tab/>"}
    return "".join(
        pieces.get(piece) or f'<w:t xml:space="preserve">{checked(piece, place)}</w:t>'
        for piece in _PIECES.split(text)
        if piece
    )


def broken(runs: Sequence[Run], breaks: Sequence[int]) -> Iterator[Run]:
    """The same runs with a line end at each offset of ``breaks``."""
    at = 0
    for made in runs:
        stop = at + len(made.text)
        cuts = [0, *(i - at for i in breaks if at < i < stop), len(made.text)]
        pieces = [made.text[a:b] for a, b in pairwise(cuts)]
        first = "\n" if at and at in breaks else ""
        yield Run(first + "\n".join(pieces), made.face, made.size, made.red, made.bold)
        at = stop
