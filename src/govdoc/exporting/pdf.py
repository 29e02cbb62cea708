"""Documents as PDF: pages of the layout drawn with reportlab, text that copies and searches, embedded subset faces."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

import deflate
from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFDocument, PDFInfo, PDFStreamFilterZCompress, PDFString
from reportlab.pdfgen.canvas import Canvas

from govdoc.exporting import Exported
from govdoc.exporting.pdf_font import EmbeddedFont
from govdoc.fonts import Face, FaceSet, load_faces
from govdoc.layout.compose import compose
from govdoc.layout.composition import Composition
from govdoc.layout.pages import Glyphs, Page, Rule
from govdoc.layout.paginate import paginate
from govdoc.layout.used import used_characters
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
    return _Drawing(style, title, author).file(pages)


def _missing(composition: Composition, style: StyleSheet, faces: FaceSet) -> Iterator[Notice]:
    """What must be said of the characters of each face."""
    for role, chars in used_characters(composition, style).items():
        printed = "".join(char for char in chars if unicodedata.category(char) not in ("Cc", "Cf"))
        yield from faces.missing(printed, role, latin=role in style.body.latin)


class _QuickDeflate(PDFStreamFilterZCompress):
    """Deflates with libdeflate: thrice as fast as zlib, and the same bytes in every process.

    ISA-L is faster still, but about one process in three hundred gets other bytes from it for the same small stream.
    """

    def encode(self, text: str | bytes) -> bytes:
        """The stream compressed."""
        return bytes(deflate.zlib_compress(text.encode() if isinstance(text, str) else text, 1))


class _Info(PDFInfo):
    """What the file says of itself: no date, so that the same document gives the same bytes on any day."""

    def __init__(self, title: str | None, author: str | None) -> None:
        super().__init__()
        self.title, self.author, self.creator = title or "", author or "", "govdoc"

    def format(self, document: PDFDocument) -> bytes:
        """The dictionary, without entries that are empty."""
        said = {"Title": self.title, "Author": self.author, "Creator": self.creator, "Producer": self.producer}
        return PDFDictionary({key: PDFString(value) for key, value in said.items() if value}).format(document)


class _Sheets(Canvas):
    """A canvas whose pages hold what is drawn here and nothing else."""

    _doc: Any
    _code: list[str]

    def __init__(self, size: tuple[float, float], title: str | None, author: str | None) -> None:
        # Streams are deflated by the document's filters: pageCompression would write them as ASCII85 besides.
        super().__init__("", size, invariant=1, pageCompression=0, pdfVersion=(1, 7), lang="zh-CN")
        self.document: PDFDocument = self._doc
        self.document.defaultStreamFilters = [_QuickDeflate()]
        self._doc.signature = hashlib.md5(usedforsecurity=False)  # the file's ID hangs on its content alone
        self.document.info = _Info(title, author)

    def _make_preamble(self) -> None:
        # Canvas begins every page with a font of its own: Helvetica, not embedded.
        self._preamble = ""

    def page(self, content: str) -> None:
        """Add a page of this content stream; bookmarks set before it are on it."""
        self._code.append(content)
        self.document.updateSignature(content)
        self.showPage()

    def bytes(self) -> bytes:
        """The file; nothing can be added to it afterwards."""
        data: bytes = self.getpdfdata()  # type: ignore[no-untyped-call]
        return data


class _Drawing:
    """A PDF being drawn: its pages, and the fonts met so far."""

    def __init__(self, style: StyleSheet, title: str | None, author: str | None) -> None:
        width, self._height = style.page.width * POINTS_PER_MM, style.page.height * POINTS_PER_MM
        self._sheets = _Sheets((width, self._height), title and _encodable(title), author and _encodable(author))
        self._fonts: dict[Face, EmbeddedFont] = {}
        self._sheets.addPageLabel(0, style="ARABIC", start=1)
        if title:
            self._sheets.setViewerPreference("DisplayDocTitle", "true")

    def file(self, pages: Sequence[Page]) -> bytes:
        """The bytes of a file of these pages."""
        depths = iter(_depths([mark.level for page in pages for mark in page.bookmarks]))
        for page in pages:
            for i, mark in enumerate(page.bookmarks):
                key = f"{page.number}.{i}"
                self._sheets.bookmarkPage(key, fit="XYZ", top=round(self._height - mark.y, 3))
                self._sheets.addOutlineEntry(_encodable(mark.title), key, next(depths), closed=True)
            self._sheets.page(self._content(page))
            if not page.numbered:
                self._sheets.addPageLabel(page.number - 1, prefix=f"[{page.number}]")
        if any(page.bookmarks for page in pages):
            self._sheets.showOutline()
        self._sheets.document.delayedFonts.extend(self._fonts.values())
        return self._sheets.bytes()

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
        box = f"{_BLACK} RG 0.7 w {x + glyphs.size * 0.1:.3f} {y - glyphs.size * 0.05:.3f} {side:.3f} {side:.3f} re S"
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


def _encodable(text: str) -> str:
    """``text`` as a text string can hold it: without halves of surrogate pairs."""
    return text.encode("utf-16", "replace").decode("utf-16")


def _actual_text(text: str) -> str:
    """The beginning of marked content that copies as ``text`` (§14.9.4)."""
    return f"/Span << /ActualText <FEFF{text.encode('utf-16-be', 'replace').hex().upper()}> >> BDC"


class _Pen:
    """Writes text operators, each state only where it changes."""

    def __init__(self, fonts: dict[Face, EmbeddedFont]) -> None:
        self._fonts = fonts
        self._face: Face | None = None
        self._codes: dict[str, str] = {}
        self._size = 0.0
        self._spacing = ""
        self._red = False
        self._bold = 0.0  # points of the stroke that thickens

    def show(self, glyphs: Glyphs, face: Face, at: tuple[float, float], turned: bool) -> str:
        """The operators that show ``glyphs`` at a place; ``turned``, running up the page."""
        state = ""
        if face is not self._face or glyphs.size != self._size:
            if face not in self._fonts:
                self._fonts[face] = EmbeddedFont(face, f"F{len(self._fonts) + 1}")
            font = self._fonts[face]
            self._face, self._codes, self._size = face, font, glyphs.size
            state = f"/{font.resource} {glyphs.size:g} Tf "
        spacing = f"{glyphs.spacing:.4g}"
        if spacing != self._spacing:
            self._spacing = spacing
            state += f"{glyphs.spacing:.4f} Tc "
        if glyphs.red != self._red:
            self._red = glyphs.red
            state += f"{_RED if glyphs.red else _BLACK} rg "
        bold = _THICKER * glyphs.size if glyphs.bold else 0.0
        if bold != self._bold:
            self._bold = bold
            state += f"{_RED if glyphs.red else _BLACK} RG 2 Tr {bold:.3f} w " if bold else "0 Tr "
        codes = "".join(map(self._codes.__getitem__, glyphs.text))
        way = "0 1 -1 0" if turned else "1 0 0 1"
        shown = f"{state}{way} {at[0]:.3f} {at[1]:.3f} Tm <{codes}> Tj"
        if glyphs.spacing < _STRETCHED * glyphs.size:
            return shown
        # Readers take such gaps for blanks; the name is to be found as it is written.
        return f"{_actual_text(glyphs.text)} {shown} EMC"
