"""From the bytes of a PDF to its pages: glyphs with their places, ruled lines, pictures. PDFium does the reading."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pypdfium2.raw as pdfium

from govdoc.errors import InputError
from govdoc.readers.pdf.drawn import Drawing, read_drawing
from govdoc.readers.pdf.fields import read_fields
from govdoc.readers.pdf.glyphs import MAX_PAGE_GLYPHS, GlyphReader
from govdoc.readers.pdf.page import Box, Extract, Frame, Glyph
from govdoc.readers.pdf.vertical import is_vertical, turn_columns

MAX_PAGES = 2_000
"""Pages of one PDF that are read; the longest public documents (yearbooks, plans with annexes) have some hundreds."""
MAX_GLYPHS = 3_000_000
"""Characters of one PDF."""
SCAN = 0.5
"""The part of a page that a picture covers where the page is a scan."""


def extract(data: bytes) -> Extract:
    """The pages of a PDF. Raises ``InputError`` (without a place) where it is none, locked or beyond the bounds."""
    pdfium.FPDF_InitLibrary()
    found = Extract()
    with _document(data) as document:
        found.page_count = pdfium.FPDF_GetPageCount(document)
        if found.page_count > MAX_PAGES:
            raise InputError(f"has {found.page_count} pages, more than {MAX_PAGES}", remedy="split it")
        if found.page_count < 1:
            raise InputError("is a PDF without pages", remedy="fetch it again")
        found.attachments = [_attachment(document, i) for i in range(pdfium.FPDFDoc_GetAttachmentCount(document))]
        total = 0
        for index in range(found.page_count):
            total += _read_page(found, document, index)
            if total > MAX_GLYPHS:
                raise InputError(f"holds more than {MAX_GLYPHS} characters", remedy="split it")
    return found


@contextmanager
def _document(data: bytes) -> Iterator[Any]:
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        if pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD:
            raise InputError("is a PDF locked with a password", remedy="save it without one")
        raise InputError("is a PDF that cannot be opened: damaged or cut off", remedy="fetch it again")
    try:
        yield document
    finally:
        pdfium.FPDF_CloseDocument(document)


def _attachment(document: Any, index: int) -> str:
    """The name of a file that is embedded in the document."""
    handle = pdfium.FPDFDoc_GetAttachment(document, index)
    if not handle:
        return ""
    length = pdfium.FPDFAttachment_GetName(handle, None, 0)
    buffer = (ctypes.c_ushort * max(1, length // 2))()
    pdfium.FPDFAttachment_GetName(handle, buffer, length)
    return bytes(buffer).decode("utf-16-le", "replace").rstrip("\0")


def _read_page(found: Extract, document: Any, index: int) -> int:
    """Add a page to what is found; gives the number of its characters."""
    number = index + 1
    handle = pdfium.FPDF_LoadPage(document, index)
    if not handle:
        found.count("unreadable", number)
        return 0
    text = pdfium.FPDFText_LoadPage(handle)
    try:
        count: int = pdfium.FPDFText_CountChars(text) if text else 0
        if count > MAX_PAGE_GLYPHS:
            raise InputError(
                f"has {count} characters on page {number}, more than {MAX_PAGE_GLYPHS}", remedy="leave that page out"
            )
        drawing = read_drawing(handle, _frame(handle))
        glyphs = GlyphReader(found, number, drawing).read(text, count) if text else []
        glyphs += read_fields(found, number, handle, drawing.frame)
        _file_glyphs(found, number, drawing, glyphs)
    finally:
        if text:
            pdfium.FPDFText_ClosePage(text)
        pdfium.FPDF_ClosePage(handle)
    return max(0, count)


def _frame(handle: Any) -> Frame:
    """The visible part of a page: its crop box within its media box, turned as it is shown."""
    rect = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(handle, rect)
    return Frame(Box(rect.left, rect.bottom, rect.right, rect.top), max(0, pdfium.FPDFPage_GetRotation(handle)))


def _file_glyphs(found: Extract, number: int, drawing: Drawing, glyphs: list[tuple[Frame, Glyph]]) -> None:
    """Add a page for each direction its text runs in; the direction of most comes first."""
    unpainted = sum(glyph.face.unpainted for _, glyph in glyphs)
    layer = drawing.scanned > SCAN and unpainted * 2 > len(glyphs)
    if layer:
        found.count("layer", number, unpainted)
    elif unpainted:
        found.count("unpainted", number, unpainted)
    if not glyphs and drawing.images:
        found.count("scan", number)
    by_frame: dict[Frame, list[Glyph]] = {}
    for frame, glyph in glyphs:
        if layer or not glyph.face.unpainted:
            by_frame.setdefault(frame, []).append(glyph)
    ordered = sorted(by_frame, key=lambda frame: -len(by_frame[frame])) or [drawing.frame]
    for i, frame in enumerate(ordered):
        page = drawing.page(number, frame)
        page.glyphs, page.turned = by_frame.get(frame, []), i > 0
        if is_vertical(page.glyphs):
            found.count("vertical", number)
            turn_columns(page)
        found.pages.append(page)
