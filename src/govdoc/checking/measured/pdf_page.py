"""A PDF as it is drawn: characters with their ink, face and colour, ruled lines; mm from the sheet's top left."""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pypdfium2.raw as pdfium

from govdoc.checking.measured.roles import LAID_OUT, LARGE, Place, Reading, Role, genre_of, read_paragraphs, set_apart
from govdoc.errors import InputError

MM = 25.4 / 72
LEFT, RIGHT = 28.0, 184.0
"""The sides of the 版心, mm."""
CENTRE = (LEFT + RIGHT) / 2
CELL = (RIGHT - LEFT) / 28
TALLEST_ROW = 60.0
"""Millimetres between two lines of a table."""
WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’…—\U00020000-\U000323af]")
HANZI = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af〇]")
_WORD = re.compile(r"[!-~]*?[/?-](?![\d/])|[!-~]+")
_LONG_WORD = 6
_LABEL = re.compile(r"附\s*件\s*\d{0,2}")
_NUMBER_AT_THE_EDGE = re.compile(r"\u3000\S+〔\d{4}〕\d+号$")
_HANGING = re.compile(r"\s*(?:附件|\d{1,2}[.．]|[抄主分]送?|抄报|出席|请假|列席)")
PAGE_NUMBER = re.compile(r"^\s*[—\-–－―─]{0,2}\s*\d{1,4}\s*[—\-–－―─]{0,2}\s*$")


@dataclass(frozen=True)
class Char:
    """A character: ``x`` to ``right`` is its advance, ``top`` to ``bottom`` its ink; ``size`` is in points."""

    text: str
    x: float
    right: float
    top: float
    bottom: float
    baseline: float
    size: float
    font: str
    colour: tuple[int, int, int]
    upright: bool = True


@dataclass(frozen=True)
class Rule:
    """A straight line across the page."""

    x0: float
    x1: float
    y: float
    thickness: float
    colour: tuple[int, int, int]


@dataclass(eq=False)
class Line:
    """The characters on one baseline, from left to right."""

    page: int
    chars: list[Char]

    @cached_property
    def text(self) -> str:
        """Its text; a gap of over one and a half characters is one U+3000, whatever blanks are drawn in it."""
        text, before = "", None
        for char in self.chars:
            if char.text.strip():
                if before and char.x - before.right > 1.5 * before.size * MM:
                    text = text.rstrip() + "\u3000"
                before = char
            text += char.text
        return text

    @cached_property
    def inked(self) -> list[Char]:
        """Its characters but blanks."""
        return [char for char in self.chars if char.text.strip()]

    @property
    def x(self) -> float:
        """Where it begins."""
        return self.inked[0].x

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.inked[-1].right

    @property
    def top(self) -> float:
        """Its highest ink."""
        return min(char.top for char in self.inked)

    @property
    def bottom(self) -> float:
        """Its lowest ink."""
        return max(char.bottom for char in self.inked)

    @property
    def baseline(self) -> float:
        """Its baseline."""
        return self.inked[0].baseline

    @property
    def size(self) -> float:
        """The size of most of it, points."""
        return Counter(round(char.size, 1) for char in self.inked).most_common(1)[0][0]

    @property
    def centre(self) -> float:
        """Its middle."""
        return (self.x + self.right) / 2


@dataclass(eq=False)
class Paragraph:
    """Lines that belong together, with the elements in them."""

    lines: list[Line]
    roles: list[Role] = field(default_factory=list)

    @cached_property
    def text(self) -> str:
        """Its text, the lines joined."""
        return "".join(line.text for line in self.lines)

    @property
    def page(self) -> int:
        """The page it begins on."""
        return self.lines[0].page

    @property
    def placed(self) -> bool:
        """Whether it is one line in the middle, or far to the right, as no text is set."""
        line, first = self.lines[0], self.lines[0].x - LEFT
        centred = abs(line.centre - CENTRE) < 1 and first > 1 and abs(first - 2 * CELL) > 0.6
        return len(self.lines) == 1 and (centred or first > 8 * CELL)

    def has(self, *names: str) -> bool:
        """Whether it holds an element of one of these names."""
        return any(role.name in names for role in self.roles)

    def chars(self, start: int = 0, stop: int | None = None) -> list[Char]:
        """The characters of ``[start, stop)`` of its text."""
        owners: list[Char | None] = []
        for line in self.lines:
            rest = iter(line.chars)
            expected = "".join(char.text for char in line.chars)
            if expected == line.text:
                owners += [char for char in line.chars for _ in char.text]
                continue
            for char in line.text:
                owners.append(None if char == "\u3000" else next(rest))
        return [char for char in owners[start:stop] if char is not None]


@dataclass
class Page:
    """One page: ``number`` from 1, its size in mm, what stands on it."""

    number: int
    width: float
    height: float
    chars: list[Char]
    rules: list[Rule]

    @cached_property
    def lines(self) -> list[Line]:
        """Its upright lines from top to bottom."""
        return list(_lines(self))

    @cached_property
    def ruled(self) -> list[tuple[float, float]]:
        """Where three lines or more stand one below the other: tables (and the 版记)."""
        spans: list[list[float]] = []
        for y in sorted({round(rule.y, 1) for rule in self.rules if max(rule.colour) < 100}):
            if spans and y - spans[-1][-1] <= TALLEST_ROW:
                spans[-1].append(y)
            else:
                spans.append([y])
        return [(span[0], span[-1]) for span in spans if len(span) > 2]

    @cached_property
    def number_line(self) -> Line | None:
        """The line of its page number, below the 版心."""
        low = [line for line in self.lines if line.baseline > self.height - 34 and PAGE_NUMBER.match(line.text)]
        return low[-1] if low else None

    @cached_property
    def text_lines(self) -> list[Line]:
        """Its lines but the page number."""
        return [line for line in self.lines if line is not self.number_line]


@dataclass
class PdfSheet:
    """A whole PDF: pages, fonts (name → whether it is embedded), paragraphs with their roles."""

    name: str
    pages: list[Page]
    fonts: dict[str, bool]

    @cached_property
    def _read(self) -> tuple[list[Paragraph], Reading]:
        paragraphs = list(_paragraphs(self.pages))
        places = self._places(paragraphs)
        reading = read_paragraphs(self.name, [paragraph.text for paragraph in paragraphs], places)
        for paragraph, roles in zip(paragraphs, reading.roles, strict=True):
            line = paragraph.lines[0]
            ruled = self._ruled(line) is not None
            paragraph.roles = [role._replace(apart=role.apart or ruled) for role in roles]
            if paragraph.placed:
                paragraph.roles = set_apart(paragraph.roles)
            if paragraph.page == 1 and line.size > LARGE:
                paragraph.roles = [Role("mark", 0, len(paragraph.text))]
        return paragraphs, reading

    def _ruled(self, line: Line) -> int | None:
        """Which of the ruled stretches of its page a line stands in."""
        spans = self.pages[line.page - 1].ruled
        return next((i for i, (top, low) in enumerate(spans) if top < line.baseline < low), None)

    def _places(self, paragraphs: Sequence[Paragraph]) -> list[Place | None]:
        """Those of the lines of tables, all of one row: its columns are not looked for."""
        stretches: dict[tuple[int, int], list[int]] = {}
        for i, paragraph in enumerate(paragraphs):
            found = self._ruled(paragraph.lines[0])
            if found is not None:
                stretches.setdefault((paragraph.page, found), []).append(i)
        places: list[Place | None] = [None] * len(paragraphs)
        for number, rows in enumerate(stretches.values()):
            if not any(LAID_OUT.search(paragraphs[i].text) for i in rows):
                for column, i in enumerate(rows):
                    places[i] = Place(number, 0, column)
        return places

    @property
    def paragraphs(self) -> list[Paragraph]:
        """The paragraphs in order."""
        return self._read[0]

    @property
    def reading(self) -> Reading:
        """The documents in it."""
        return self._read[1]

    @cached_property
    def own_format(self) -> str | None:
        """命令 or 纪要, where it is one."""
        ends = [one.text for one in self.paragraphs if one.page == 1 and one.lines[0].size > LARGE]
        return next((found for end in [*ends, ""] if (found := genre_of(self.reading.documents, end))), None)

    def of(self, *names: str) -> Iterator[tuple[Paragraph, Role]]:
        """The paragraphs that hold these elements, with their place in them."""
        for paragraph in self.paragraphs:
            for role in paragraph.roles:
                if role.name in names:
                    yield paragraph, role


def _lines(page: Page) -> Iterator[Line]:
    rows: list[list[Char]] = []
    for char in sorted((char for char in page.chars if char.upright), key=lambda one: (one.baseline, one.x)):
        near = rows[-1] if rows and abs(rows[-1][0].baseline - char.baseline) < 0.9 else None
        if near is None:
            rows.append([char])
        else:
            near.append(char)
    for row in rows:
        line = Line(page.number, sorted(row, key=lambda one: one.x))
        if line.inked:
            yield line


def _paragraphs(pages: Sequence[Page]) -> Iterator[Paragraph]:
    lines = [line for page in pages for line in page.text_lines]
    current: list[Line] = []
    for line in lines:
        if current and not _continues(current, line):
            yield Paragraph(current)
            current = []
        current.append(line)
    if current:
        yield Paragraph(current)


def _continues(above: Sequence[Line], line: Line) -> bool:
    """Whether a line goes on with a paragraph: the line above is full, and this one begins at the edge or hangs."""
    last = above[-1]
    if abs(last.size - line.size) > 0.6:
        return False
    cell = last.size * MM
    if last.size > 18:
        return _same_title(last, line)
    if above[0].x > LEFT + 8 * CELL:
        return False  # 署名 or 成文日期
    if _NUMBER_AT_THE_EDGE.search(last.text):
        return False  # the row of a 信函 with its 发文字号 (§10.1)
    if line.page != last.page and _LABEL.fullmatch(line.text.strip()):
        return False
    hanging = _HANGING.match(above[0].text) is not None
    full = last.right + _word_width(line) > 184 - (4.2 if hanging else 2.2) * cell
    if not full:
        return False
    if line.x < 28 + 0.6 * cell:
        return True
    # 附件说明, 抄送 and 出席 hang below their names: further in than the line that carries the label.
    hangs = (
        _HANGING.match(above[0].text) is not None
        and line.x > above[0].x + 0.6 * cell
        and abs(line.baseline - last.baseline) < 12
        and line.page == last.page
    )
    return hangs and not _HANGING.match(line.text)


def _word_width(line: Line) -> float:
    """Width of the long Latin word that a line begins with, mm: the line above is left short where it had no room."""
    word = _WORD.match(line.text)
    chars = line.inked[: len(word[0])] if word else []
    return chars[-1].right - chars[0].x if len(chars) > _LONG_WORD else 0.0


def _same_title(last: Line, line: Line) -> bool:
    """Whether two lines are of one title: in one face, near the middle, one below the other."""
    return (
        last.size < LARGE
        and last.page == line.page
        and last.inked[0].font == line.inked[0].font
        and line.baseline - last.baseline < 2.2 * last.size * MM
        and all(abs(one.centre - CENTRE) < 6 for one in (last, line))
    )


def read_pdf(name: str, data: bytes) -> PdfSheet:
    """Everything drawn in a PDF. ``InputError`` where it is none or locked."""
    pdfium.FPDF_InitLibrary()
    handle = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not handle:
        raise InputError("is no PDF that can be opened", place=name, remedy="check that it is whole and not locked")
    fonts: dict[str, bool] = {}
    try:
        pages = [_page(handle, i, fonts) for i in range(pdfium.FPDF_GetPageCount(handle))]
    finally:
        pdfium.FPDF_CloseDocument(handle)
    return PdfSheet(name, pages, fonts)


def _page(document: Any, index: int, fonts: dict[str, bool]) -> Page:
    handle = pdfium.FPDF_LoadPage(document, index)
    text = pdfium.FPDFText_LoadPage(handle)
    try:
        width, height = pdfium.FPDF_GetPageWidthF(handle), pdfium.FPDF_GetPageHeightF(handle)
        chars = list(_chars(text, height, fonts))
        rules = list(_rules(handle, height))
    finally:
        pdfium.FPDFText_ClosePage(text)
        pdfium.FPDF_ClosePage(handle)
    return Page(index + 1, width * MM, height * MM, chars, rules)


def _chars(text: Any, height: float, fonts: dict[str, bool]) -> Iterator[Char]:
    left, right, bottom, top, x, y = (ctypes.c_double() for _ in range(6))
    loose, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    colour = [ctypes.c_uint() for _ in range(4)]
    for i in range(pdfium.FPDFText_CountChars(text)):
        code = pdfium.FPDFText_GetUnicode(text, i)
        if pdfium.FPDFText_IsGenerated(text, i) == 1 or not 0x20 <= code <= 0x10FFFF or 0xDC00 <= code < 0xE000:
            continue
        if 0xD800 <= code < 0xDC00:  # pdfium counts the halves of a surrogate pair as two
            code = 0x10000 + (code - 0xD800 << 10) + (pdfium.FPDFText_GetUnicode(text, i + 1) - 0xDC00)
        pdfium.FPDFText_GetCharBox(text, i, left, right, bottom, top)
        pdfium.FPDFText_GetCharOrigin(text, i, x, y)
        pdfium.FPDFText_GetLooseCharBox(text, i, loose)
        pdfium.FPDFText_GetMatrix(text, i, matrix)
        pdfium.FPDFText_GetFillColor(text, i, *colour)
        size = pdfium.FPDFText_GetFontSize(text, i) * math.hypot(matrix.c, matrix.d)
        yield Char(
            chr(code),
            x.value * MM,
            max(loose.right, right.value) * MM,
            (height - top.value) * MM,
            (height - bottom.value) * MM,
            (height - y.value) * MM,
            size,
            _font(text, i, fonts),
            (colour[0].value, colour[1].value, colour[2].value),
            abs(matrix.b) < 0.01 and abs(matrix.c) < 0.01 + abs(matrix.d) * 0.4,
        )


def _font(text: Any, index: int, fonts: dict[str, bool]) -> str:
    """The name of a character's font, as the file writes it; notes whether it is embedded."""
    buffer, flags = ctypes.create_string_buffer(256), ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(text, index, buffer, 256, flags)
    name = buffer.value.decode("utf-8", "replace")
    if name not in fonts:
        thing = pdfium.FPDFText_GetTextObject(text, index)
        font = pdfium.FPDFTextObj_GetFont(thing) if thing else None
        fonts[name] = bool(font) and pdfium.FPDFFont_GetIsEmbedded(font) == 1
    return name


def _rules(page: Any, height: float) -> Iterator[Rule]:
    for i in range(pdfium.FPDFPage_CountObjects(page)):
        thing = pdfium.FPDFPage_GetObject(page, i)
        if pdfium.FPDFPageObj_GetType(thing) != pdfium.FPDF_PAGEOBJ_PATH:
            continue
        bounds = [ctypes.c_float() for _ in range(4)]
        pdfium.FPDFPageObj_GetBounds(thing, *bounds)
        left, low, right, high = (bound.value for bound in bounds)
        fill, stroke, width = ctypes.c_int(), ctypes.c_int(), ctypes.c_float()
        pdfium.FPDFPath_GetDrawMode(thing, fill, stroke)
        colour = [ctypes.c_uint() for _ in range(4)]
        read = pdfium.FPDFPageObj_GetStrokeColor if stroke.value else pdfium.FPDFPageObj_GetFillColor
        read(thing, *colour)
        thickness = high - low
        if stroke.value:
            matrix = pdfium.FS_MATRIX()
            pdfium.FPDFPageObj_GetMatrix(thing, matrix)
            pdfium.FPDFPageObj_GetStrokeWidth(thing, width)
            # The bounds of a stroked path are wider than its points by the stroke on each side.
            thickness = width.value * math.hypot(matrix.a, matrix.b)
            left, right = left + thickness, right - thickness
        if (high - low) * MM < 2.5 and (right - left) * MM > 20:
            red, green, blue = (part.value for part in colour[:3])
            y = (height - (high + low) / 2) * MM
            yield Rule(left * MM, right * MM, y, thickness * MM, (red, green, blue))
