"""What people have filled into the form fields of a page, as characters in their places."""

from __future__ import annotations

import ctypes
import itertools
from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as pdfium

from govdoc.readers.pdf.lines import wide
from govdoc.readers.pdf.page import Box, Extract, Face, Frame, Glyph

MAX_ANNOTATIONS = 5_000
"""Annotations of one page that are looked at."""
MAX_VALUE = 10_000
"""Characters of one value."""
LARGEST, SMALLEST = 12.0, 4.0
"""Points: the size that a value is taken to be set in."""
WRITTEN = {pdfium.FPDF_ANNOT_WIDGET: b"V", pdfium.FPDF_ANNOT_FREETEXT: b"Contents"}
"""Annotations that show text of their own, and where they keep it."""


def read_fields(found: Extract, number: int, handle: Any, frame: Frame) -> list[tuple[Frame, Glyph]]:
    """The values of the form fields and the typed remarks of a page; they are counted."""
    glyphs: list[tuple[Frame, Glyph]] = []
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(handle), MAX_ANNOTATIONS)):
        annotation = pdfium.FPDFPage_GetAnnot(handle, index)
        if not annotation:
            continue
        key = WRITTEN.get(pdfium.FPDFAnnot_GetSubtype(annotation))
        value = _value(annotation, key) if key else ""
        rect = pdfium.FS_RECTF()
        if value.strip() and pdfium.FPDFAnnot_GetRect(annotation, rect):
            found.count("filled", number)
            box = frame.place_box(Box(rect.left, rect.bottom, rect.right, rect.top))
            glyphs += ((frame, glyph) for glyph in _set(value, box))
        pdfium.FPDFPage_CloseAnnot(annotation)
    return glyphs


def _value(annotation: Any, key: bytes) -> str:
    length = min(pdfium.FPDFAnnot_GetStringValue(annotation, key, None, 0), 2 * MAX_VALUE)
    buffer = (ctypes.c_ushort * max(1, length // 2))()
    pdfium.FPDFAnnot_GetStringValue(annotation, key, buffer, length)
    return bytes(buffer).decode("utf-16-le", "replace").rstrip("\0")


def _set(value: str, box: Box) -> Iterator[Glyph]:
    """A value set line by line into its box."""
    lines = value.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    size = max(SMALLEST, min(LARGEST, (box.y1 - box.y0) / (1.2 * len(lines))))
    face = Face("", bold=False, unpainted=False, white=False)
    for i, line in enumerate(lines):
        widths = [size if wide(char) else size / 2 for char in line]
        places = itertools.accumulate(widths, initial=box.x0 + 2)
        baseline = box.y0 + size * (1.2 * i + 1)
        for char, x, width in zip(line, places, widths, strict=False):
            yield Glyph(char, x, x + width, baseline, size, face)
