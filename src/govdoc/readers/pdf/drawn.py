"""What is drawn on a page beside its text: ruled lines, filled grounds, pictures."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from govdoc.readers.pdf.page import Box, Frame, Page

MAX_OBJECTS = 200_000
"""Objects of one page that are looked at for lines; maps and charts hold some ten thousand."""
MAX_SEGMENTS = 400_000
"""Segments of their paths."""
MAX_DEPTH = 8
"""Depth of forms within forms."""
THIN = 4.0
"""Points: a filled box no wider is a line."""
SHORTEST = 4.0
"""Points: a line no longer is a stroke of a drawing."""
STRAIGHT = 0.75
"""Points by which the ends of a straight line may differ."""
WHITE = 245


class Matrix(NamedTuple):
    """An affine map, as PDF writes it."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def apply(self, x: float, y: float) -> tuple[float, float]:
        """The image of a point."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def after(self, first: Matrix) -> Matrix:
        """The map that takes ``first`` and then this one."""
        e, f = self.apply(first.e, first.f)
        return Matrix(
            self.a * first.a + self.c * first.b,
            self.b * first.a + self.d * first.b,
            self.a * first.c + self.c * first.d,
            self.b * first.c + self.d * first.d,
            e,
            f,
        )


@dataclass
class Drawing:
    """Lines and grounds in the page's own space; ``images`` and the boxes they cover."""

    frame: Frame
    lines: list[Box] = field(default_factory=list)
    grounds: list[Box] = field(default_factory=list)
    images: list[Box] = field(default_factory=list)
    cut_short: bool = False

    @property
    def scanned(self) -> float:
        """The part of the page that its largest picture covers."""
        box = self.frame.box
        inside = (
            Box(max(i.x0, box.x0), max(i.y0, box.y0), min(i.x1, box.x1), min(i.y1, box.y1)).area for i in self.images
        )
        return max(inside, default=0.0) / (box.area or 1.0)

    def coloured(self, x: float, y: float) -> bool:
        """Whether a place of the page's own space lies on a ground that is not white, or on a picture."""
        return any(box.holds(x, y) for box in self.grounds) or any(box.holds(x, y) for box in self.images)

    def page(self, number: int, frame: Frame) -> Page:
        """An empty page with the lines as they are seen in a frame."""
        boxes = [frame.place_box(box) for box in self.lines]
        width, height = frame.size
        across = [box for box in boxes if box.x1 - box.x0 >= box.y1 - box.y0]
        down = [box for box in boxes if box.x1 - box.x0 < box.y1 - box.y0]
        return Page(number, width, height, across=across, down=down)


def read_drawing(handle: Any, frame: Frame) -> Drawing:
    """What is drawn on a loaded page."""
    drawing = Drawing(frame)
    left = MAX_SEGMENTS
    for count, (thing, kind, matrix) in enumerate(_objects(handle)):
        if count > MAX_OBJECTS or left < 0:
            drawing.cut_short = True
            break
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            left -= _add_path(drawing, thing, matrix)
        else:
            corners = [matrix.apply(x, y) for x, y in ((0, 0), (1, 0), (0, 1), (1, 1))]
            drawing.images.append(_hull(corners))
    return drawing


def _objects(handle: Any) -> Iterator[tuple[Any, int, Matrix]]:
    """The paths and pictures of a page, those within forms too, each with its map to the page."""
    todo: list[tuple[Any, Matrix, int]] = [
        (pdfium.FPDFPage_GetObject(handle, i), Matrix(), 0)
        for i in reversed(range(min(pdfium.FPDFPage_CountObjects(handle), MAX_OBJECTS)))
    ]
    raw = pdfium.FS_MATRIX()
    while todo:
        thing, outer, depth = todo.pop()
        kind = pdfium.FPDFPageObj_GetType(thing)
        if kind not in (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM):
            continue
        pdfium.FPDFPageObj_GetMatrix(thing, raw)
        matrix = outer.after(Matrix(raw.a, raw.b, raw.c, raw.d, raw.e, raw.f))
        if kind != pdfium.FPDF_PAGEOBJ_FORM:
            yield thing, kind, matrix
        elif depth < MAX_DEPTH and len(todo) < MAX_OBJECTS:
            inner = min(pdfium.FPDFFormObj_CountObjects(thing), MAX_OBJECTS)
            todo += [(pdfium.FPDFFormObj_GetObject(thing, i), matrix, depth + 1) for i in reversed(range(inner))]


def _hull(points: list[tuple[float, float]]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Box(min(xs), min(ys), max(xs), max(ys))


def _add_path(drawing: Drawing, path: Any, matrix: Matrix) -> int:
    """Add the straight lines and the grounds of a path; gives the number of its segments."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
    count: int = pdfium.FPDFPath_CountSegments(path)
    if not (fill.value or stroke.value):
        return 1
    pale = _pale(path, stroked=bool(stroke.value))
    for points, curved in _subpaths(path, count, matrix):
        box = _hull(points)
        thin = min(box.x1 - box.x0, box.y1 - box.y0) <= THIN
        if thin and max(box.x1 - box.x0, box.y1 - box.y0) > SHORTEST:
            if not pale:
                drawing.lines.append(box)
        elif fill.value and not pale:
            drawing.grounds.append(box)
        if stroke.value and not thin and not curved and not pale:
            drawing.lines += _straight(points)
    return count


def _pale(path: Any, *, stroked: bool) -> bool:
    """Whether a path is painted white, or not at all."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    read = pdfium.FPDFPageObj_GetStrokeColor if stroked else pdfium.FPDFPageObj_GetFillColor
    if not read(path, red, green, blue, alpha):
        return False
    return alpha.value == 0 or min(red.value, green.value, blue.value) >= WHITE


def _subpaths(path: Any, count: int, matrix: Matrix) -> Iterator[tuple[list[tuple[float, float]], bool]]:
    """The corners of each part of a path, as they stand on the page, and whether it is curved."""
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    curved = False
    for i in range(min(count, MAX_SEGMENTS)):
        segment = pdfium.FPDFPath_GetPathSegment(path, i)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO and points:
            yield points, curved
            points, curved = [], False
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        points.append(matrix.apply(x.value, y.value))
        curved = curved or kind == pdfium.FPDF_SEGMENT_BEZIERTO
        if pdfium.FPDFPathSegment_GetClose(segment) == 1 and len(points) > 2:
            points.append(points[0])
    if points:
        yield points, curved


def _straight(points: list[tuple[float, float]]) -> Iterator[Box]:
    for (ax, ay), (bx, by) in pairwise(points):
        box = _hull([(ax, ay), (bx, by)])
        thin, long = sorted((box.x1 - box.x0, box.y1 - box.y0))
        if thin <= STRAIGHT and long > SHORTEST:
            yield box
