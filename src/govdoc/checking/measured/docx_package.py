"""A Word file by its XML: sections, paragraphs and runs with what their styles give them, footers, settings."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from govdoc.checking.measured.roles import LAID_OUT, LARGE, Place, Reading, Role, genre_of, read_paragraphs, set_apart
from govdoc.errors import InputError

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
CELL = 315.86
"""Twips of one 字: 156 mm / 28."""
LETTER_LINE = 165
"""Millimetres: a line that is longer is one of a 信函, of 170."""
LARGEST = 200_000_000
"""Bytes that a part may have unpacked."""
Values = dict[str, str]


@dataclass(frozen=True)
class Run:
    """A run with its resolved type: ``size`` in points, ``tracking`` in twips, ``colour`` RRGGBB or auto."""

    text: str
    face: str | None
    size: float
    colour: str
    bold: bool
    tracking: float


@dataclass(eq=False)
class Paragraph:
    """A paragraph with its resolved settings, in twips; ``breaks`` are where its lines were broken by hand."""

    number: int
    runs: list[Run]
    indent: Values
    spacing: Values
    align: str
    border: Values | None
    page_break: bool
    snap: bool
    in_table: bool
    carries_section: bool
    breaks: list[int] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)

    @cached_property
    def text(self) -> str:
        """Its text; a tab is one U+3000."""
        return "".join(run.text for run in self.runs)

    @property
    def large(self) -> bool:
        """Whether it is in type that only 发文机关标志 is in."""
        inked = [run for run in self.runs if run.text.strip()]
        return bool(inked) and all(run.size > LARGE for run in inked)

    def has(self, *names: str) -> bool:
        """Whether it holds an element of one of these names."""
        return any(role.name in names for role in self.roles)

    def between(self, start: int = 0, stop: int | None = None) -> list[Run]:
        """The runs of ``[start, stop)`` of its text, cut to it."""
        found, at = [], 0
        end = len(self.text) if stop is None else stop
        for run in self.runs:
            low, high = max(start, at), min(end, at + len(run.text))
            if low < high:
                part = run.text[low - at : high - at]
                found.append(Run(part, run.face, run.size, run.colour, run.bold, run.tracking))
            at += len(run.text)
        return found

    def twips(self, name: str) -> float:
        """An indent: ``left``, ``right``, ``first`` (negative: hanging)."""
        if name == "first":
            return self._indent("firstLine", "firstLineChars") - self._indent("hanging", "hangingChars")
        other = {"left": "start", "right": "end"}[name]
        return self._indent(name, f"{name}Chars") or self._indent(other, f"{other}Chars")

    def _indent(self, twips: str, chars: str) -> float:
        given = number_of(self.indent.get(twips))
        hundredths = number_of(self.indent.get(chars))
        # In Word an indent in characters goes before one in twips; ours write both, as other programs read only these.
        return given if given or not hundredths else hundredths / 100 * CELL


@dataclass(frozen=True)
class Section:
    """A section's page: ``size``, ``margins``, ``grid`` as their attributes; footers by kind; ``title_page``."""

    size: Values
    margins: Values
    grid: Values
    footers: dict[str, list[Paragraph]]
    fields: dict[str, bool]
    title_page: bool


@dataclass(frozen=True)
class Table:
    """A table: its rows' paragraphs and borders, whether it floats and where, its width in twips."""

    rows: list[list[Paragraph]]
    edges: list[dict[str, Values]]
    place: Values
    width: float

    @property
    def holds_data(self) -> bool:
        """Whether it has rows and columns of text; one that floats, or holds 版头 or 版记, only puts them in place."""
        inside = [paragraph for row in self.rows for paragraph in row]
        arranged = any(one.large or LAID_OUT.search(one.text) for one in inside)
        return not self.place and not arranged and len(self.rows) > 1 and max(map(len, self.rows)) > 1


@dataclass
class DocxSheet:
    """A whole Word file."""

    name: str
    paragraphs: list[Paragraph]
    tables: list[Table]
    sections: list[Section]
    settings: set[str]
    embedded: bool
    shapes: list[tuple[float, str]]  # width in mm and colours of lines that were drawn

    @cached_property
    def reading(self) -> Reading:
        """The documents in it, and the roles of its paragraphs."""
        places = {
            paragraph: Place(i, row, column)
            for i, table in enumerate(self.tables)
            if table.holds_data
            for row, found in enumerate(table.rows)
            for column, paragraph in enumerate(found)
        }
        texts = [paragraph.text for paragraph in self.paragraphs]
        return read_paragraphs(self.name, texts, [places.get(paragraph) for paragraph in self.paragraphs])

    @cached_property
    def read(self) -> list[Paragraph]:
        """The paragraphs, knowing their roles; what floats comes last."""
        for paragraph, roles in zip(self.paragraphs, self.reading.roles, strict=True):
            paragraph.roles = set_apart(roles) if paragraph.align in ("center", "right", "end") else roles
            if paragraph.large:
                paragraph.roles = [Role("mark", 0, len(paragraph.text))]
        return self.paragraphs

    @property
    def is_letter(self) -> bool:
        """Whether it has the long lines of a 信函 (§10.1)."""
        return any(width > LETTER_LINE for width, _ in self.shapes)

    @cached_property
    def own_format(self) -> str | None:
        """命令 or 纪要, where it is one."""
        ends = [paragraph.text for paragraph in self.read if paragraph.large]
        return next((found for end in [*ends, ""] if (found := genre_of(self.reading.documents, end))), None)

    def of(self, *names: str) -> Iterator[tuple[Paragraph, Role]]:
        """The paragraphs that hold these elements, with their place in them."""
        for paragraph in self.read:
            for role in paragraph.roles:
                if role.name in names:
                    yield paragraph, role


def number_of(value: str | None) -> float:
    """A number in an attribute; 0 where there is none."""
    match = re.match(r"-?\d+(?:\.\d+)?", value or "")
    return float(match[0]) if match else 0.0


def _values(element: Any) -> Values:
    return {} if element is None else {str(key).rpartition("}")[2]: str(value) for key, value in element.attrib.items()}


def _on(element: Any) -> bool:
    return element is not None and element.get(f"{W}val", "1") not in ("0", "false", "off")


class _Styles:
    """Styles with their chains, the defaults of the document first."""

    def __init__(self, root: Any, theme: Any) -> None:
        self._by_id = {} if root is None else {one.get(f"{W}styleId"): one for one in root.iter(f"{W}style")}
        self._defaults = root.find(f"{W}docDefaults") if root is not None else None
        self._normal = next(
            (key for key, one in self._by_id.items() if one.get(f"{W}type") == "paragraph" and one.get(f"{W}default")),
            None,
        )
        self._theme = _theme_faces(theme)

    def chain(self, style: str | None, default: bool) -> list[Any]:
        """The styles that a style is based on, the farthest first."""
        found: list[Any] = []
        current = style or (self._normal if default else None)
        while current in self._by_id and len(found) < 20:
            element = self._by_id[current]
            found.insert(0, element)
            based = element.find(f"{W}basedOn")
            current = based.get(f"{W}val") if based is not None else None
        return found

    def paragraph_properties(self, paragraph: Any) -> list[Any]:
        """All ``w:pPr`` that bear on a paragraph, the weakest first."""
        own = paragraph.find(f"{W}pPr")
        default = self._defaults.find(f"{W}pPrDefault/{W}pPr") if self._defaults is not None else None
        chain = [one.find(f"{W}pPr") for one in self.chain(_style_of(own, "pStyle"), True)]
        return [one for one in (default, *chain, own) if one is not None]

    def run_properties(self, paragraph: Any, run: Any) -> list[Any]:
        """All ``w:rPr`` that bear on a run, the weakest first."""
        own = run.find(f"{W}rPr")
        default = self._defaults.find(f"{W}rPrDefault/{W}rPr") if self._defaults is not None else None
        chain = [*self.chain(_style_of(paragraph.find(f"{W}pPr"), "pStyle"), True)]
        chain += self.chain(_style_of(own, "rStyle"), False)
        return [one for one in (default, *(each.find(f"{W}rPr") for each in chain), own) if one is not None]

    def face(self, properties: list[Any]) -> str | None:
        """The face of hanzi."""
        found = None
        for one in properties:
            values = _values(one.find(f"{W}rFonts"))
            found = values.get("eastAsia") or self._theme.get(values.get("eastAsiaTheme", "")) or found
        return found


def _theme_faces(theme: Any) -> Values:
    faces: Values = {}
    for kind in ("major", "minor") if theme is not None else ():
        font = theme.find(f".//{A}{kind}Font")
        if font is None:
            continue
        named = [one.get("typeface") for one in font.iter(f"{A}font") if one.get("script") == "Hans"]
        east = font.find(f"{A}ea")
        faces[f"{kind}EastAsia"] = (east.get("typeface") if east is not None else "") or (named[0] if named else "")
    return faces


def _style_of(properties: Any, name: str) -> str | None:
    element = properties.find(f"{W}{name}") if properties is not None else None
    return element.get(f"{W}val") if element is not None else None


def _last(properties: list[Any], name: str) -> Any:
    found = None
    for one in properties:
        element = one.find(f"{W}{name}")
        found = element if element is not None else found
    return found


def _merged(properties: list[Any], name: str) -> Values:
    merged: Values = {}
    for one in properties:
        merged |= _values(one.find(f"{W}{name}"))
    return merged


def _text_of(child: Any) -> str:
    """The text of a part of a run."""
    if child.tag == f"{W}t":
        return (child.text or "").replace("\n", " ")
    return "\u3000" if child.tag == f"{W}tab" else ""


def _run(styles: _Styles, paragraph: Any, run: Any) -> Run:
    properties = styles.run_properties(paragraph, run)
    return Run(
        "".join(map(_text_of, run)),
        styles.face(properties),
        number_of(_merged(properties, "sz").get("val")) / 2 or 10.0,
        _merged(properties, "color").get("val", "auto").upper().replace("AUTO", "auto"),
        _on(_last(properties, "b")),
        number_of(_merged(properties, "spacing").get("val")),
    )


def _paragraph(styles: _Styles, element: Any, number: int, after_break: bool) -> Paragraph:
    properties = styles.paragraph_properties(element)
    runs: list[Run] = []
    breaks: list[int] = []
    length, breaks_page = 0, after_break
    for run in element.iter(f"{W}r"):
        if next(run.iterancestors(f"{W}p")) is not element or next(run.iterancestors(FALLBACK), None) is not None:
            continue
        made = _run(styles, element, run)
        at = length
        for child in run:
            if child.tag == f"{W}br" and child.get(f"{W}type") == "page" and at == 0:
                breaks_page = True
            elif child.tag == f"{W}br" and child.get(f"{W}type") in (None, "textWrapping"):
                breaks.append(at)
            at += len(_text_of(child))
        runs.append(made)
        length += len(made.text)
    borders = [one.find(f"{W}pBdr/{W}bottom") for one in properties]
    border = next((one for one in reversed(borders) if one is not None), None)
    return Paragraph(
        number,
        runs,
        _merged(properties, "ind"),
        _merged(properties, "spacing"),
        _merged(properties, "jc").get("val", "left"),
        _values(border) if border is not None else None,
        _on(_last(properties, "pageBreakBefore")) or breaks_page,
        _last(properties, "snapToGrid") is None or _on(_last(properties, "snapToGrid")),
        next(element.iterancestors(f"{W}tbl"), None) is not None,
        element.find(f"{W}pPr/{W}sectPr") is not None,
        breaks,
    )


def _ends_page(element: Any) -> bool:
    """Whether a paragraph ends its page: a page break at its end, or a section that ends with it."""
    section = element.find(f"{W}pPr/{W}sectPr")
    if section is not None and _values(section.find(f"{W}type")).get("val") != "continuous":
        return True
    return any(one.get(f"{W}type") == "page" for one in element.iter(f"{W}br"))


def _parse(package: zipfile.ZipFile, name: str) -> Any:
    from lxml import etree

    if name not in package.namelist():
        return None
    if package.getinfo(name).file_size > LARGEST:
        raise InputError(f"{name} unpacks to more than {LARGEST} bytes", remedy="check where the file comes from")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    return etree.fromstring(package.read(name), parser)


def read_docx(name: str, data: bytes) -> DocxSheet:
    """A Word file as its XML says. ``InputError`` where it is none."""
    from lxml import etree

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return _read(name, package)
    except (zipfile.BadZipFile, etree.XMLSyntaxError, KeyError) as error:
        raise InputError(f"is no Word file that can be read ({error})", place=name, remedy="save it again") from None


def _read(name: str, package: zipfile.ZipFile) -> DocxSheet:
    root = _parse(package, "word/document.xml")
    if root is None:
        raise InputError("is no Word document", place=name, remedy="check what it is")
    styles = _Styles(_parse(package, "word/styles.xml"), _parse(package, "word/theme/theme1.xml"))
    body = root.find(f"{W}body")
    elements = [one for one in body.iter(f"{W}p") if next(one.iterancestors(FALLBACK), None) is None]
    made: dict[Any, Paragraph] = {}
    ended = False
    for i, element in enumerate(elements, start=1):
        made[element] = _paragraph(styles, element, i, ended)
        ended = _ends_page(element) and not (made[element].page_break and not made[element].text)
        ended = ended or (made[element].page_break and not made[element].text)
    floating = {
        p
        for table in body.iter(f"{W}tbl")
        if table.find(f"{W}tblPr/{W}tblpPr") is not None
        for p in table.iter(f"{W}p")
    }
    order = [one for one in elements if one not in floating] + [one for one in elements if one in floating]
    relations = _relations(_parse(package, "word/_rels/document.xml.rels"))
    footers = {key: _parse(package, f"word/{target}") for key, target in relations.items() if "footer" in target}
    headers = [_parse(package, f"word/{target}") for target in relations.values() if target.startswith("header")]
    settings = _parse(package, "word/settings.xml")
    fonts = _parse(package, "word/fontTable.xml")
    return DocxSheet(
        name,
        [made[one] for one in order],
        [_table(one, made) for one in body.iter(f"{W}tbl")],
        list(_sections(body, styles, footers)),
        {str(one.tag).rpartition("}")[2] for one in settings if _on(one)} if settings is not None else set(),
        fonts is not None and any(True for _ in fonts.iter(f"{W}embedRegular")),
        [shape for root in (body, *headers) if root is not None for shape in _shapes(root)],
    )


def _relations(root: Any) -> Values:
    return {} if root is None else {one.get("Id"): one.get("Target") for one in root}


def _table(element: Any, made: dict[Any, Paragraph]) -> Table:
    rows, edges = [], []
    general = {str(one.tag).rpartition("}")[2]: _values(one) for one in element.findall(f"{W}tblPr/{W}tblBorders/*")}
    for row in element.findall(f"{W}tr"):
        rows.append([made[one] for one in row.iter(f"{W}p")])
        own = {str(one.tag).rpartition("}")[2]: _values(one) for one in row.iterfind(f"{W}tc/{W}tcPr/{W}tcBorders/*")}
        edges.append(general | own)
    width = number_of(_values(element.find(f"{W}tblPr/{W}tblW")).get("w"))
    return Table(rows, edges, _values(element.find(f"{W}tblPr/{W}tblpPr")), width)


def _sections(body: Any, styles: _Styles, footers: dict[str, Any]) -> Iterator[Section]:
    inherited: dict[str, list[Paragraph]] = {}
    fields: dict[str, bool] = {}
    for one in body.iter(f"{W}sectPr"):
        for reference in one.findall(f"{W}footerReference"):
            root, kind = footers.get(reference.get(f"{R}id")), reference.get(f"{W}type", "default")
            if root is not None:
                inherited = inherited | {kind: [_paragraph(styles, p, 0, False) for p in root.iter(f"{W}p")]}
                code = "".join(each.text or "" for each in root.iter(f"{W}instrText"))
                simple = " ".join(each.get(f"{W}instr", "") for each in root.iter(f"{W}fldSimple"))
                fields = fields | {kind: "PAGE" in code + simple}
        yield Section(
            _values(one.find(f"{W}pgSz")),
            _values(one.find(f"{W}pgMar")),
            _values(one.find(f"{W}docGrid")),
            inherited,
            fields,
            _on(one.find(f"{W}titlePg")),
        )


def _shapes(body: Any) -> list[tuple[float, str]]:
    """Lines drawn as shapes: DrawingML by its extent, VML by its style."""
    found = []
    for drawing in body.iter(f"{W}drawing"):
        extent = next((one for one in drawing.iter() if str(one.tag).endswith("}extent")), None)
        colours = " ".join(one.get("val", "") for one in drawing.iter(f"{A}srgbClr"))
        if extent is not None:
            found.append((number_of(extent.get("cx")) / 36000, colours.upper()))
    for line in body.iter("{urn:schemas-microsoft-com:vml}line"):
        ends = [number_of(line.get(end, "0").partition(",")[0]) for end in ("from", "to")]
        found.append((abs(ends[1] - ends[0]) * 25.4 / 72, (line.get("strokecolor") or "").lstrip("#").upper()))
    return found
