"""Style sheets: millimetres, points, faces and clause numbers as data (``styles/*.toml``).

Exporters and the layout hold no number of their own. A sheet may extend another; an unknown key is an error that
names the nearest right one.
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec

from govdoc.errors import StyleError
from govdoc.fonts.roles import FaceRole
from govdoc.model import Document

POINTS_PER_MM = 72 / 25.4

Element = Literal[
    "copy_number", "secrecy", "urgency", "mark", "doc_number", "signer",  # 版头
    "title", "subtitle", "recipients", "body", "heading1", "heading2", "heading3", "heading4",
    "attachment_note", "signature", "date", "signatory", "annotation", "attendance",
    "attachment_label", "attachment_title", "colophon", "page_number",
]  # fmt: skip
Align = Literal["left", "centre", "right", "justify"]


class _Sheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A table of a style sheet; ``clause`` says what it follows."""

    clause: str = ""


class Page(_Sheet, frozen=True):
    """Paper, 版心 and grid (§5.1, §5.2): mm, except ``ascent`` in em above the baseline of a line's first ink."""

    width: float
    height: float
    top: float
    left: float
    text_width: float
    text_height: float
    lines: int
    chars: int
    ascent: float
    pitch: float = 0.0  # pt from line to line; 0: the lines fill the 版心
    duplex: bool = True
    mirror_margins: bool = False

    @property
    def cell(self) -> float:
        """Width of one 字, mm: the 版心 over its characters."""
        return self.text_width / self.chars


class TextStyle(_Sheet, frozen=True):
    """How an element is set: face, size (pt), indents (字), blank lines above (行)."""

    face: FaceRole
    size: float
    red: bool = False
    bold: bool = False
    align: Align = "justify"
    indent_first: float = 0.0
    indent_left: float = 0.0
    indent_right: float = 0.0
    blank_before: float = 0.0


class Head(_Sheet, frozen=True):
    """版头 (§7.2): mm from the sheet's top edge, blank lines in 行, sizes in pt."""

    enabled: bool
    mark_top: float
    mark_stack_pitch: float  # em, from one agency of a joint issue to the next
    mark_stack_height: float  # mm, what a joint mark may take at most
    secrecy_line: int
    number_blank: float
    signer_label: str
    signer_indent: float
    signer_gap: float
    signer_face: FaceRole
    signers_per_row: int
    rule: bool
    rule_gap: float
    rule_width: float
    rule_red: bool


class Letter(_Sheet, frozen=True):
    """信函格式 (§10.1), mm: two red double lines of ``width``, ``gap`` below the mark and ``bottom`` above the edge.

    ``inset`` is from the upper line to 份号 and 发文字号; ``between`` the white of a double line.
    """

    enabled: bool
    width: float
    gap: float
    bottom: float
    thick: float
    thin: float
    between: float
    inset: float


class Title(_Sheet, frozen=True):
    """标题 (§7.3.1)."""

    max_chars: int
    blank_after: float


class Body(_Sheet, frozen=True):
    """正文 (§7.3.3)."""

    squeeze: bool
    latin: tuple[FaceRole, ...]  # faces whose letters and digits are drawn from the Latin face
    chapter_align: Align
    image: str


class Notes(_Sheet, frozen=True):
    """附件说明 (§7.3.4): the label's text and the 字 where label and number begin."""

    label: str
    label_at: float
    number_at: float


class Signature(_Sheet, frozen=True):
    """署名和成文日期 (§7.3.5): indents in 字, blank lines in 行."""

    sealed: bool
    sealed_blank: float
    seal_columns: int  # of a sealed joint issue: names side by side at most
    seal_blank: float  # between two rows of names, so that seals do not touch
    sealed_date_indent: float
    name_indent: float
    date_offset: float
    signatory_gap: float


class Attached(_Sheet, frozen=True):
    """附件 (§7.3.7)."""

    label: str
    title_blank: float
    issued_blank: float


class TableStyle(_Sheet, frozen=True):
    """Tables in the flow: the sizes tried in turn (pt), padding and lines (mm), line pitch in em."""

    face: FaceRole
    sizes: tuple[float, ...]
    pitch: float
    padding: float
    line: float
    column_chars: float  # 字 of a column's text that count when a size is chosen
    turn_size: float  # pt: a table whose columns have not ``turn_chars`` 字 each at this size lies across (§8)
    turn_chars: float
    blank_before: float


class Foot(_Sheet, frozen=True):
    """版记 (§7.4): lines in mm, insets in 字 of 3号, pitch in pt."""

    enabled: bool
    lines: bool
    printing: bool  # 印发机关 and 印发日期
    outer_line: float
    inner_line: float
    inset: float
    pitch: float
    gap: float  # 行 between the text and the 版记 at least
    end: str
    printed: str
    main_label: str


class PageNumber(_Sheet, frozen=True):
    """页码 (§7.5): ``drop`` mm below the 版心 to the dash, ``dash`` em from the dash to the baseline, inset in 字."""

    enabled: bool
    first: bool  # on page 1
    format: str
    drop: float
    dash: float
    inset: float
    position: Literal["outer", "centre"]


class WordGeometry(_Sheet, frozen=True):
    """Margins (mm) and exact line pitch (twips) a word processor needs for the grid."""

    top: float
    bottom: float
    line: int


class Word(_Sheet, frozen=True):
    """What Word and LibreOffice need to land on the same grid (GB/T 33476.2 §6.2)."""

    geometry: Literal["strict", "gbt33476"]
    strict: WordGeometry
    gbt33476: WordGeometry
    tracking: int  # twips a character
    footer: float  # mm
    embed_fonts: bool = False  # a subset of every face used, inside the file

    @property
    def margins(self) -> WordGeometry:
        """The chosen geometry."""
        return self.strict if self.geometry == "strict" else self.gbt33476


class StyleSheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A whole style: everything a page needs to know that is not in the document."""

    name: str
    summary: str
    extends: str | None = None
    page: Page
    text: dict[Element, TextStyle]
    head: Head
    letter: Letter
    title: Title
    body: Body
    notes: Notes
    signature: Signature
    attached: Attached
    table: TableStyle
    foot: Foot
    number: PageNumber
    word: Word


def style_folders() -> tuple[Path, ...]:
    """Where shipped sheets may stand: the package's own folder, and the checkout's."""
    here = Path(__file__).resolve().parent
    return tuple(folder for folder in (here / "styles", here.parents[1] / "styles") if folder.is_dir())


def find_styles() -> dict[str, Path]:
    """The shipped style sheets by name."""
    found: dict[str, Path] = {}
    for folder in style_folders():
        for path in sorted(folder.glob("*.toml")):
            found.setdefault(path.stem, path)
    return found


def load_style(style: str | Path, options: Mapping[str, Any] | None = None) -> StyleSheet:
    """The style of that name, or from that ``.toml`` file; ``options`` are dotted keys (``page.duplex``).

    ``StyleError`` (exit 5) for an unknown style, an unknown key (naming the nearest) or a value that does not fit.
    """
    if not options:
        name = str(style)
        return _shipped(name) if name in find_styles() else _convert(_tree(name, ()), name)
    tree: dict[str, Any] = {}
    for key, value in options.items():
        *tables, last = key.split(".")
        node = tree
        for table in tables:
            node = node.setdefault(table, {})
        node[last] = value
    _check_keys(tree, StyleSheet, "options", "")
    return _convert(_merge(_tree(str(style), ()), tree), str(style))


_BY_GENRE = {"命令": "order", "纪要": "minutes"}


def pick_style(document: Document, name: str | Path = "auto") -> StyleSheet:
    """The named style; for ``auto`` that of the 文种 (命令, 纪要), else the general one.

    ``plain`` where a document has neither 发文机关标志 nor 发文字号; 信函 is a choice of the sender's, never picked.
    """
    if str(name) != "auto":
        return load_style(name)
    header = document.header
    numbered = header.doc_number or header.order_number or header.issue_no
    if not (header.issuer_mark or numbered):
        return load_style("plain")
    return load_style(_BY_GENRE.get(document.genre or "", "gbt9704"))


@cache
def _shipped(name: str) -> StyleSheet:
    return _convert(_tree(name, ()), name)


def _tree(style: str, seen: tuple[str, ...]) -> dict[str, Any]:
    """The merged tables of a style and those it extends."""
    if style in seen:
        raise StyleError(f"the style extends itself: {' → '.join((*seen, style))}", place=style)
    path = _path(style)
    own = _read(path)
    _check_keys(own, StyleSheet, str(path), "")
    parent = own.get("extends")
    if not isinstance(parent, str):
        return own
    beside = path.parent / parent
    return _merge(_tree(str(beside) if beside.suffix == ".toml" else parent, (*seen, style)), own)


def _path(style: str) -> Path:
    known = find_styles()
    if style in known:
        return known[style]
    path = Path(style)
    if path.suffix == ".toml" and path.is_file():
        return path
    nearest = difflib.get_close_matches(style, known, 1)
    hint = f"did you mean {nearest[0]!r}?" if nearest else f"there are {', '.join(sorted(known))}, or a .toml file"
    raise StyleError(f"no style {style!r}", remedy=hint)


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise StyleError(f"cannot read the style sheet: {error}", place=str(path)) from error


def _merge(base: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for key, value in own.items():
        old = merged.get(key)
        merged[key] = _merge(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return merged


def _convert(tree: dict[str, Any], place: str) -> StyleSheet:
    try:
        style = msgspec.convert(tree, StyleSheet)
    except msgspec.ValidationError as error:
        raise StyleError(f"a value does not fit: {error}", place=place) from error
    page = style.page
    for name, start, size, sheet in (
        ("top and text_height", page.top, page.text_height, page.height),
        ("left and text_width", page.left, page.text_width, page.width),
    ):
        if start < 0 or size <= 0 or start + size > sheet or min(page.lines, page.chars) < 1:
            raise StyleError(
                f"the 版心 does not stand on the sheet of {sheet:g} mm", place=place, remedy=f"see page.{name}"
            )
    return style


def _check_keys(tree: object, shape: Any, place: str, above: str) -> None:
    """Every key of ``tree`` is one of ``shape``'s; ``StyleError`` names the key and the nearest right one."""
    children = _children(shape)
    if children is None or not isinstance(tree, dict):
        return
    for key, value in tree.items():
        if key not in children:
            nearest = difflib.get_close_matches(key, children, 1, cutoff=0.4)
            remedy = f"did you mean {above}{nearest[0]}?" if nearest else f"it knows {', '.join(children)}"
            raise StyleError(f"unknown key {above}{key}", place=place, remedy=remedy)
        _check_keys(value, children[key], place, f"{above}{key}.")


def _children(shape: Any) -> dict[str, Any] | None:
    """The keys a table of this shape may have, with their shapes; ``None`` for a plain value."""
    if get_origin(shape) in (Union, UnionType):
        return None
    if get_origin(shape) is dict:
        keys, values = get_args(shape)
        return dict.fromkeys(get_args(keys), values)
    if isinstance(shape, type) and issubclass(shape, msgspec.Struct):
        hints = get_type_hints(shape)
        return {name: hints[name] for name in shape.__struct_fields__}
    return None
