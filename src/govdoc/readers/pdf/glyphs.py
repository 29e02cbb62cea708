"""The characters of a page with their places, as PDFium reads them."""

from __future__ import annotations

import ctypes
import math
import unicodedata
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from govdoc.readers.pdf.drawn import WHITE, Drawing
from govdoc.readers.pdf.page import Extract, Face, Frame, Glyph

MAX_PAGE_GLYPHS = 100_000
"""Characters of one page that are read; a page of 公文 has 616, a dense table 5,000."""
HARDLY_SEEN = 1.5
"""Points below which type is not meant to be read."""
LARGEST = 2_000.0
"""Points beyond which type is no type; and neither is what has no size at all."""
UNPAINTED_MODES = frozenset((3, 7))
"""Text rendering modes that paint nothing: invisible, and clipping only (ISO 32000-1, table 106)."""
BOLD_WEIGHT = 600
FORCE_BOLD = 1 << 18
RIGHT_ANGLE = math.pi / 2
ASKEW = 0.06
"""Radians by which a line may lean: a crooked scan leans less, a watermark more."""
NO_CHARACTER = "\N{REPLACEMENT CHARACTER}"
LINE_END_HYPHENS = ("\x02", "\ufffe")
"""What PDFium gives for a hyphen at the end of a line."""
BREAKS = "\r\n\f\v\x85\u2028\u2029"
OUTSIDE = 2.0
"""Points beyond the visible part of the page where a character is still read."""


class _Run(NamedTuple):
    """What the characters of one text object share; without a frame they lean."""

    face: Face
    size: float
    stretch: float
    frame: Frame | None
    font: int


class GlyphReader:
    """Reads the characters of one page, and counts those it leaves out."""

    def __init__(self, found: Extract, number: int, drawing: Drawing) -> None:
        self.found = found
        self.number = number
        self.drawing = drawing
        self.runs: dict[int, _Run] = {}
        self.fonts: dict[int, tuple[str, bool]] = {}
        self.widths: dict[tuple[int, str], float] = {}
        self.handles: dict[int, Any] = {}

    def read(self, text: Any, count: int) -> list[tuple[Frame, Glyph]]:
        """The characters in the order they were written, each in the frame in which it stands upright."""
        glyphs: list[tuple[Frame, Glyph]] = []
        x, y = ctypes.c_double(), ctypes.c_double()
        box = self.drawing.frame.box
        start = 0.0
        for i in range(count):
            if pdfium.FPDFText_IsGenerated(text, i) == 1:
                continue
            char = self._char(text, i)
            if not char:
                continue
            run = self._run(text, i)
            pdfium.FPDFText_GetCharOrigin(text, i, x, y)
            reason = None
            if not box.holds(x.value, y.value, OUTSIDE):
                reason = "outside"
            elif run.frame is None:
                reason = "askew"
            elif not HARDLY_SEEN <= run.size <= LARGEST:
                reason = "tiny"
            elif run.face.white and not self.drawing.coloured(x.value, y.value + run.size / 3):
                reason = "white"
            if reason or run.frame is None:
                if char.strip():
                    self.found.count(reason or "askew", self.number)
                continue
            across, down = run.frame.place(x.value, y.value)
            width = self._width(run, char)
            last = glyphs[-1][1] if glyphs else None
            if last and char != last.char and (across, down) == (start, last.y):
                across = last.x1  # the second letter of a ligature
            else:
                start = across
            glyphs.append((run.frame, Glyph(char, across, across + width, down, run.size, run.face)))
        return glyphs

    def _char(self, text: Any, i: int) -> str:
        """The character, U+FFFD where the font does not say which; nothing for a line break."""
        code = pdfium.FPDFText_GetUnicode(text, i)
        if 0xDC00 <= code < 0xE000:
            return ""
        if 0xD800 <= code < 0xDC00:  # PDFium counts the halves of a surrogate pair as two
            low = pdfium.FPDFText_GetUnicode(text, i + 1)
            code = 0x10000 + (code - 0xD800 << 10) + (low - 0xDC00) if 0xDC00 <= low < 0xE000 else 0
        if pdfium.FPDFText_HasUnicodeMapError(text, i) == 1 or not 0 < code <= 0x10FFFF:
            self.found.count("unmapped", self.number)
            return NO_CHARACTER
        char = chr(code)
        if char in LINE_END_HYPHENS:
            return "-"
        return "" if char in BREAKS else " " if char == "\t" else char

    def _run(self, text: Any, i: int) -> _Run:
        thing = pdfium.FPDFText_GetTextObject(text, i)
        key = ctypes.cast(thing, ctypes.c_void_p).value or 0
        if (run := self.runs.get(key)) is None:
            run = self.runs[key] = self._read_run(text, i, thing)
        return run

    def _read_run(self, text: Any, i: int, thing: Any) -> _Run:
        matrix = pdfium.FS_MATRIX()
        pdfium.FPDFText_GetMatrix(text, i, matrix)
        points = pdfium.FPDFText_GetFontSize(text, i)
        size = abs(points * math.hypot(matrix.c, matrix.d))
        stretch = abs(points * math.hypot(matrix.a, matrix.b))
        turns = math.atan2(matrix.b, matrix.a) / RIGHT_ANGLE
        leans = abs(turns - round(turns)) * RIGHT_ANGLE > ASKEW
        frame = None if leans else Frame(self.drawing.frame.box, round(turns) % 4)
        handle = pdfium.FPDFTextObj_GetFont(thing) if thing else None
        font = ctypes.cast(handle, ctypes.c_void_p).value or 0 if handle else 0
        if font not in self.fonts:
            self.fonts[font] = _font_name(handle) if handle else ("", False)
            if handle:
                self.handles[font] = handle
        name, bold = self.fonts[font]
        mode = pdfium.FPDFTextObj_GetTextRenderMode(thing) if thing else 0
        red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
        pdfium.FPDFText_GetFillColor(text, i, red, green, blue, alpha)
        filled = mode in (0, 2, 4, 6)
        unpainted = mode in UNPAINTED_MODES or (filled and alpha.value == 0)
        white = filled and min(red.value, green.value, blue.value) >= WHITE
        # Fill and stroke in one colour is how word processors make a bold face they do not have.
        return _Run(Face(name, bold or mode == 2, unpainted, white), size, stretch, frame, font)

    def _width(self, run: _Run, char: str) -> float:
        key = (run.font, char)
        if (width := self.widths.get(key)) is None:
            width = self.widths[key] = self._measure(run.font, char)
        return width * run.stretch

    def _measure(self, font: int, char: str) -> float:
        """The width of a character in parts of the type size: as its font says, else as it should be."""
        width = ctypes.c_float()
        usual = 1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.5
        handle = self.handles.get(font)
        if handle is None or char == NO_CHARACTER:
            return usual
        known = pdfium.FPDFFont_GetGlyphWidth(handle, ord(char), 1000.0, width)
        return width.value / 1000 if known and 0 < width.value <= 2500 else usual


def _font_name(font: Any) -> tuple[str, bool]:
    """The name of a font and whether it is a heavy one."""
    buffer = ctypes.create_string_buffer(256)
    pdfium.FPDFFont_GetBaseFontName(font, buffer, 256)
    name = buffer.value.decode("utf-8", "replace").partition("+")[2] or buffer.value.decode("utf-8", "replace")
    flags, weight = pdfium.FPDFFont_GetFlags(font), pdfium.FPDFFont_GetWeight(font)
    heavy = "bold" in name.casefold() or "heavy" in name.casefold() or weight >= BOLD_WEIGHT
    return name, heavy or (flags > 0 and bool(flags & FORCE_BOLD))
