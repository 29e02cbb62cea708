"""Documents as PDF: pages of the layout drawn with reportlab, text that copies and searches, embedded subset faces."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from govdoc.exporting import Exported
from govdoc.exporting.pdf_file import Entry, PdfFile, text_string
from govdoc.exporting.pdf_font import EmbeddedFont
from govdoc.fonts import Face, FaceSet, load_faces
from govdoc.layout.compose import compose
from govdoc.layout.composition import Composition
from govdoc.layout.pages import Glyphs, Page, Rule
from govdoc.layout.paginate import paginate
from govdoc.layout.used import used_text
from govdoc.model import Document
from govdoc.span import Notice
from govdoc.style import POINTS_PER_MM, StyleSheet

_RED, _BLACK = "1 0 0", "0 0 0"
_STRETCHED = 0.15  # em between two characters
_THICKER = 0.03  # em, the stroke around a character set bold
_BOX = 0.8  # em, the box that stands for a character no face has


def write(document: Document, style: StyleSheet, faces: FaceSet | None = None) -> Exported:
    """The PDF of a document. Notices: faces substituted, characters drawn by another face (F103) or by none (F104)."""
    faces = faces or load_faces()
    composition = compose(document, style)
    pages = paginate(composition, style, faces)
    mark = document.header.issuer_mark
    agencies = mark.agencies if mark else document.main.signature_orgs
    data = draw(pages, style, title=composition.title, author="、".join(agencies) or None)
    return Exported(data, (*faces.substitutions, *composition.notices, *_missing(composition, style, faces)))


def draw(pages: Sequence[Page], style: StyleSheet, *, title: str | None = None, author: str | None = None) -> bytes:
    """The bytes of a PDF of placed pages. A page without a number is labelled with its count in brackets."""
    return _Drawing(style).file(pages, title or "", author or "")


def _missing(composition: Composition, style: StyleSheet, faces: FaceSet) -> Iterator[Notice]:
    """What must be said of the characters of each face."""
    for role, text in used_text(composition, style).items():
        printed = text
        if not text.isprintable():
            printed = "".join(char for char in dict.fromkeys(text) if unicodedata.category(char) not in ("Cc", "Cf"))
        yield from faces.missing(printed, role, latin=role in style.body.latin)


class _Drawing:
    """A PDF being drawn: its pages, and the fonts met so far."""

    def __init__(self, style: StyleSheet) -> None:
        self._height = style.page.height * POINTS_PER_MM
        self._file = PdfFile((style.page.width * POINTS_PER_MM, self._height))
        self._fonts: dict[Face, EmbeddedFont] = {}

    def file(self, pages: Sequence[Page], title: str, author: str) -> bytes:
        """The bytes of a file of these pages."""
        depths = iter(_depths([mark.level for page in pages for mark in page.bookmarks]))
        outline: list[Entry] = []
        for page in pages:
            label = None if page.numbered else f"[{page.number}]"
            reference = self._file.add_page(self._content(page).encode("ascii"), label=label)
            outline += [Entry(next(depths), mark.title, reference, self._height - mark.y) for mark in page.bookmarks]
        for font in self._fonts.values():
            font.add_to(self._file)
        return self._file.finish(title, author, outline)

    def _content(self, page: Page) -> str:
        """The content stream of a page: lines first, then the text."""
        parts = [self._rule(rule) for rule in page.rules]
        pen = _Pen(self._fonts)
        parts.append("BT")
        for line in page.lines:
            y = self._height - line.y
            for glyphs in line.glyphs:
                at = (line.x, y + glyphs.x) if line.turned else (line.x + glyphs.x, y)
                if glyphs.face is None:
                    parts += ["ET", self._box(glyphs, *at), "BT"]
                else:
                    parts.append(pen.show(glyphs, glyphs.face, at, line.turned))
        parts.append("ET")
        return "\n".join(parts)

    def _rule(self, rule: Rule) -> str:
        colour = _RED if rule.red else _BLACK
        y0, y1 = self._height - rule.y0, self._height - rule.y1
        return f"{colour} RG {rule.width:.3f} w {rule.x0:.3f} {y0:.3f} m {rule.x1:.3f} {y1:.3f} l S"

    def _box(self, glyphs: Glyphs, x: float, y: float) -> str:
        """A box for a character no face has; it still copies as that character."""
        side = _BOX * glyphs.size
        place = f"{x + glyphs.size * 0.1:.3f} {y - glyphs.size * 0.05:.3f} {side:.3f} {side:.3f}"
        box = f"q {_BLACK} RG 0.7 w {place} re S Q"  # the pen goes on as it was
        return f"{_actual_text(glyphs.text)} {box} EMC"


def _depths(levels: Sequence[int]) -> list[int]:
    """For each entry of the outline how deep it hangs: below the last one of a lower level, whatever its level."""
    depths: list[int] = []
    above: list[int] = []
    for level in levels:
        while above and above[-1] >= level:
            above.pop()
        depths.append(len(above))
        above.append(level)
    return depths


def _actual_text(text: str) -> str:
    """The beginning of marked content that copies as ``text`` (§14.9.4)."""
    return f"/Span << /ActualText {text_string(text)} >> BDC"


class _Pen:
    """Writes text operators, each state only where it changes."""

    def __init__(self, fonts: dict[Face, EmbeddedFont]) -> None:
        self._fonts = fonts
        self._face: Face | None = None
        self._codes: dict[str, str] = {}
        self._size = 0.0
        self._spacing = ""
        self._red = False
        self._stroke = 0.0  # points, of the line that thickens
        self._looks: tuple[object, ...] = ()

    def show(self, glyphs: Glyphs, face: Face, at: tuple[float, float], turned: bool) -> str:
        """The operators that show ``glyphs`` at a place; ``turned``, running up the page."""
        text, _, size, _, spacing, red, bold = glyphs
        looks = (face, size, spacing, red, bold)
        state = self._change(*looks) if looks != self._looks else ""
        self._looks = looks
        codes = "".join(map(self._codes.__getitem__, text))
        way = "0 1 -1 0" if turned else "1 0 0 1"
        shown = f"{state}{way} {at[0]:.3f} {at[1]:.3f} Tm <{codes}> Tj"
        if spacing < _STRETCHED * size:
            return shown
        # Readers take such gaps for blanks; the name is to be found as it is written.
        return f"{_actual_text(text)} {shown} EMC"

    def _change(self, face: Face, size: float, spacing: float, red: bool, bold: bool) -> str:
        """The operators that change the state to this."""
        state = ""
        if face is not self._face or size != self._size:
            if face not in self._fonts:
                self._fonts[face] = EmbeddedFont(face, f"F{len(self._fonts) + 1}")
            font = self._fonts[face]
            self._face, self._codes, self._size = face, font, size
            state = f"/{font.resource} {size:g} Tf "
        rounded = f"{spacing:.4g}"
        if rounded != self._spacing:
            self._spacing = rounded
            state += f"{spacing:.4f} Tc "
        colour = _RED if red else _BLACK
        recoloured = red != self._red
        if recoloured:
            self._red = red
            state += f"{colour} rg "
        stroke = _THICKER * size if bold else 0.0
        if stroke != self._stroke or (stroke and recoloured):
            self._stroke = stroke
            state += f"{colour} RG 2 Tr {stroke:.3f} w " if stroke else "0 Tr "
        return state
