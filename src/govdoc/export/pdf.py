"""Documents as PDF: the pages of the layout drawn, text that copies and searches, faces embedded as subsets."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from govdoc.export import Exported
from govdoc.export.pdf_file import PdfFile, number, text_string
from govdoc.export.pdf_font import EmbeddedFont
from govdoc.fonts import Face, FaceSet, load_faces
from govdoc.layout.compose import compose
from govdoc.layout.composition import Composition
from govdoc.layout.pages import Bookmark, Glyphs, Page, Rule
from govdoc.layout.paginate import paginate
from govdoc.layout.used import used_characters
from govdoc.model import Document
from govdoc.span import Notice
from govdoc.style import POINTS_PER_MM, StyleSheet

_RED, _BLACK = "1 0 0", "0 0 0"
_STRETCHED = 0.15  # em between two characters
_BOX = 0.8  # em, the box that stands for a character no face has


def write(document: Document, style: StyleSheet, faces: FaceSet | None = None) -> Exported:
    """The PDF of a document. Notices: faces substituted, characters drawn by another face (F103) or by none (F104)."""
    faces = faces or load_faces()
    composition = compose(document, style)
    pages = paginate(composition, style, faces)
    mark = document.header.issuer_mark
    agencies = mark.agencies if mark else document.main.signature_orgs
    data = draw(pages, style, title=composition.title, author="、".join(agencies) or None)
    return Exported(data, (*faces.substitutions, *_missing(composition, style, faces)))


def draw(pages: Sequence[Page], style: StyleSheet, *, title: str | None = None, author: str | None = None) -> bytes:
    """The bytes of a PDF of placed pages."""
    return _Drawing(style).file(pages, title, author)


def _missing(composition: Composition, style: StyleSheet, faces: FaceSet) -> Iterator[Notice]:
    """What must be said of the characters of each face."""
    for role, chars in used_characters(composition, style).items():
        printed = "".join(char for char in chars if unicodedata.category(char) not in ("Cc", "Cf"))
        yield from faces.missing(printed, role, latin=role in style.body.latin)


class _Drawing:
    """A PDF being drawn: its file and the fonts met so far."""

    def __init__(self, style: StyleSheet) -> None:
        self._width = style.page.width * POINTS_PER_MM
        self._height = style.page.height * POINTS_PER_MM
        self._out = PdfFile()
        self._fonts: dict[Face, EmbeddedFont] = {}

    def file(self, pages: Sequence[Page], title: str | None, author: str | None) -> bytes:
        out = self._out
        catalog, tree, resources = out.reserve(), out.reserve(), out.reserve()
        box = b"[0 0 %s %s]" % (number(self._width), number(self._height))
        numbers: list[int] = []
        for page in pages:
            content = out.stream(self._content(page))
            numbers.append(
                out.add(
                    b"<< /Type /Page /Parent %d 0 R /MediaBox %s /Resources %d 0 R /Contents %d 0 R >>"
                    % (tree, box, resources, content)
                )
            )
        kids = b" ".join(b"%d 0 R" % each for each in numbers)
        out.set(tree, b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(numbers), kids))
        fonts = b" ".join(b"/%s %d 0 R" % (font.resource.encode(), font.write(out)) for font in self._fonts.values())
        out.set(resources, b"<< /Font << %s >> >>" % fonts)
        outline = self._outline(
            [(mark, at) for page, at in zip(pages, numbers, strict=True) for mark in page.bookmarks]
        )
        more = b" /Outlines %d 0 R /PageMode /UseOutlines" % outline if outline else b""
        shown = b" /ViewerPreferences << /DisplayDocTitle true >>" if title else b""
        out.set(catalog, b"<< /Type /Catalog /Pages %d 0 R /Lang (zh-CN)%s%s >>" % (tree, more, shown))
        known = [(b"/Title", title), (b"/Author", author), (b"/Producer", "govdoc")]
        info = out.add(b"<< %s >>" % b" ".join(key + b" " + text_string(value) for key, value in known if value))
        return out.data(catalog, info)

    def _content(self, page: Page) -> bytes:
        """The content stream of a page: lines first, then the text."""
        parts = [self._rule(rule) for rule in page.rules]
        pen = _Pen(self._fonts)
        parts.append("BT")
        for line in page.lines:
            y = self._height - line.y
            for glyphs in line.glyphs:
                x = line.x + glyphs.x
                if glyphs.face is None:
                    parts += ["ET", self._box(glyphs, x, y), "BT"]
                else:
                    parts.append(pen.show(glyphs, glyphs.face, x, y))
        parts.append("ET")
        return "\n".join(parts).encode()

    def _rule(self, rule: Rule) -> str:
        colour = _RED if rule.red else _BLACK
        y0, y1 = self._height - rule.y0, self._height - rule.y1
        return f"{colour} RG {rule.width:.3f} w {rule.x0:.3f} {y0:.3f} m {rule.x1:.3f} {y1:.3f} l S"

    def _box(self, glyphs: Glyphs, x: float, y: float) -> str:
        """A box for a character no face has; it still copies as that character."""
        side = _BOX * glyphs.size
        actual = text_string(glyphs.text).decode()
        box = f"{_BLACK} RG 0.7 w {x + glyphs.size * 0.1:.3f} {y - glyphs.size * 0.05:.3f} {side:.3f} {side:.3f} re S"
        return f"/Span << /ActualText {actual} >> BDC {box} EMC"

    def _outline(self, marks: Sequence[tuple[Bookmark, int]]) -> int:
        """The outline as a tree; an entry hangs below the last one of a lower level (ISO 32000-1 §12.3.3)."""
        if not marks:
            return 0
        root = self._out.reserve()
        numbers = [self._out.reserve() for _ in marks]
        parents = _parents([mark.level for mark, _ in marks])
        children: dict[int, list[int]] = {}
        for i, parent in enumerate(parents):
            children.setdefault(parent, []).append(i)
        for siblings in children.values():
            for place, i in enumerate(siblings):
                mark, page = marks[i]
                entry = b"<< /Title %s /Parent %d 0 R /Dest [%d 0 R /XYZ null %s null]" % (
                    text_string(mark.title),
                    numbers[parents[i]] if parents[i] >= 0 else root,
                    page,
                    number(self._height - mark.y),
                )
                if place:
                    entry += b" /Prev %d 0 R" % numbers[siblings[place - 1]]
                if place + 1 < len(siblings):
                    entry += b" /Next %d 0 R" % numbers[siblings[place + 1]]
                below = children.get(i, [])
                if below:
                    entry += b" /First %d 0 R /Last %d 0 R /Count -%d" % (
                        numbers[below[0]],
                        numbers[below[-1]],
                        len(below),
                    )
                self._out.set(numbers[i], entry + b" >>")
        top = children[-1]
        body = b"<< /Type /Outlines /First %d 0 R /Last %d 0 R /Count %d >>" % (
            numbers[top[0]],
            numbers[top[-1]],
            len(top),
        )
        return self._out.set(root, body)


def _parents(levels: Sequence[int]) -> list[int]:
    """For each entry the one it hangs below, -1 for the root."""
    parents: list[int] = []
    above: list[int] = []
    for i, level in enumerate(levels):
        while above and levels[above[-1]] >= level:
            above.pop()
        parents.append(above[-1] if above else -1)
        above.append(i)
    return parents


class _Pen:
    """Writes text operators, each state only where it changes."""

    def __init__(self, fonts: dict[Face, EmbeddedFont]) -> None:
        self._fonts = fonts
        self._face: Face | None = None
        self._codes: dict[str, str] = {}
        self._size = 0.0
        self._spacing = ""
        self._red = False

    def show(self, glyphs: Glyphs, face: Face, x: float, y: float) -> str:
        """The operators that show ``glyphs`` at a place."""
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
        codes = "".join(map(self._codes.__getitem__, glyphs.text))
        shown = f"{state}1 0 0 1 {x:.3f} {y:.3f} Tm <{codes}> Tj"
        if glyphs.spacing < _STRETCHED * glyphs.size:
            return shown
        # Readers take such gaps for blanks; the name is to be found as it is written.
        return f"/Span << /ActualText {text_string(glyphs.text).decode()} >> BDC {shown} EMC"
