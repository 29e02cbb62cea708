"""The inside of a paragraph: runs and what holds them, into one growing line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from lxml.etree import _Element

from govdoc.errors import InputError
from govdoc.readers.docx.blocks import Block, Line, Paragraph
from govdoc.readers.docx.equations import linear
from govdoc.readers.docx.fields import drawn, hides
from govdoc.readers.docx.graphics import Piece, choices, pieces, place
from govdoc.readers.docx.styles import RunLook, run_look
from govdoc.readers.docx.symbols import LOST, plain_symbols, symbol
from govdoc.readers.docx.wml import child, get, name, named, relation, toggle, value, whole, within
from govdoc.span import Mark

if TYPE_CHECKING:
    from govdoc.readers.docx.story import Story

MAX_DEPTH = 60
"""Blocks in blocks, runs in runs: elements of text inside one another; Word's own limit of tables is lower."""
# Faces that set a run-in head apart from text in 仿宋 or 宋体.
STRONG_FACES: Final = ("黑体", "SimHei", "楷体", "KaiTi", "小标宋", "STXihei", "华文黑体")
_PAPERS: Final = (".doc", ".docx", ".wps", ".pdf", ".xls", ".xlsx", ".et", ".ppt", ".pptx", ".zip", ".rar", ".ofd")
_LINE_ENDS: Final = str.maketrans({"\n": " ", "\r": " ", "\t": " ", "\v": " ", "\f": " "})


@dataclass
class Boxes:
    """Text boxes anchored in a paragraph: what stands before it and after it."""

    before: list[tuple[float, list[Block]]] = field(default_factory=list)
    after: list[tuple[float, list[Block]]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.before or self.after)

    def blocks(self, *, before: bool) -> list[Block]:
        """Their blocks, from the top."""
        found = sorted(self.before if before else self.after, key=lambda each: each[0])
        return [block for _, blocks in found for block in blocks]


class Inline:
    """Reads the children of one ``w:p`` into ``line``."""

    def __init__(self, story: Story, line: Line, boxes: Boxes, base: RunLook) -> None:
        self.story, self.line, self.boxes, self.base = story, line, boxes, base
        self.notes: list[str] = []
        self._muted = False
        self._depth = 0

    def read(self, element: _Element) -> None:
        """Read the children of ``element``. ``InputError`` where they nest too deep."""
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise too_deep()
        for each in choices(element):
            if handler := _INLINE.get(name(each)):
                handler(self, each)
        self._depth -= 1

    def _text(self, text: str, look: RunLook | None = None) -> tuple[int, int]:
        if self._muted or self.story.fields.hidden or not text:
            return self.line.size, self.line.size
        plain, lost = plain_symbols(text, (look.face or "") if look else "")
        self.story.findings.add("symbols", lost)
        return self.line.add(plain.translate(_LINE_ENDS), bool(look and _is_strong(look, self.base)))

    # What holds runs.

    def _run(self, run: _Element) -> None:
        said = named(child(run, "rPr"))
        look = self.base
        if (style := said.get("w:rStyle")) is not None:
            look = self.story.styles.styled(look, get(style, "val") or "")
        look = run_look(look, said)
        hidden = bool(look.hidden) and not self._muted
        if hidden:
            self.story.findings.add("hidden", any(name(each) == "w:t" for each in run))
            self._muted = True
        for each in choices(run):
            if handler := _RUN.get(name(each)):
                handler(self, each, look)
        if hidden:
            self._muted = False

    def _muting(self, element: _Element, mute: bool) -> None:
        before = self._muted
        self._muted = before or mute
        self.read(element)
        self._muted = before

    def _simple_field(self, element: _Element) -> None:
        self._muting(element, hides(get(element, "instr") or ""))

    def _control(self, element: _Element) -> None:
        content = child(element, "sdtContent")
        prompt = bool(toggle(child(element, "sdtPr"), "showingPlcHdr"))
        self.story.findings.add("placeholders", prompt)
        if content is not None:
            self._muting(content, prompt)

    def _link(self, element: _Element) -> None:
        start = self.line.size
        self.read(element)
        target = self.story.target(relation(element, "id"))
        if target and target.lower().endswith(_PAPERS) and self.line.size > start:
            self.line.marks.append(Mark("link", start, self.line.size, target))

    def _equation(self, element: _Element) -> None:
        self.story.findings.add("equations")
        self._text(linear(element))

    # What a run holds.

    def _t(self, element: _Element, look: RunLook) -> None:
        text = element.text or ""
        if element.get("{http://www.w3.org/XML/1998/namespace}space") != "preserve":
            text = text.strip(" \t\r\n")
        self._text(text, look)

    def _tab(self, _: _Element, __: RunLook) -> None:
        if not self._muted and not self.story.fields.hidden:
            self.line.tab()

    def _break(self, element: _Element, _: RunLook) -> None:
        if not self._muted and not self.story.fields.hidden:
            self.line.end()
            self.line.ends_page |= get(element, "type") == "page"

    def _hyphen(self, _: _Element, look: RunLook) -> None:
        self._text("-", look)

    def _symbol(self, element: _Element, look: RunLook) -> None:
        code = (get(element, "char") or "")[:6]
        try:
            found = symbol(int(code, 16), get(element, "font") or look.face or "")
        except ValueError:
            found = None
        if found is None and not self._muted:
            self.story.findings.add("symbols")
        self._text(found or LOST, look)

    def _field(self, element: _Element, look: RunLook) -> None:
        fields = self.story.fields
        way = get(element, "fldCharType")
        instruction = fields.turn(way)
        self.story.findings.add("contents", way == "separate" and fields.contents)
        if instruction and (text := drawn(instruction)):
            self._text(text, look)

    def _instruction(self, element: _Element, _: RunLook) -> None:
        self.story.fields.instruct(element.text or "")

    def _ruby(self, element: _Element, _: RunLook) -> None:
        self.story.findings.add("ruby")
        if (base := child(element, "rubyBase")) is not None:
            self.read(base)

    def _note(self, element: _Element, look: RunLook) -> None:
        if self._muted or self.story.fields.hidden:
            return
        kind = "footnote" if name(element) == "w:footnoteReference" else "endnote"
        custom = get(element, "customMarkFollows") not in (None, "0", "false")
        sign = self.story.notes.refer(kind, get(element, "id") or "", custom)
        if sign is not None:
            self._text(sign, look)
            self.story.pending.append((kind, get(element, "id") or "", sign))

    def _graphic(self, element: _Element, look: RunLook) -> None:
        if self._muted or self.story.fields.hidden:
            return
        where = place(element)
        for piece in pieces(element):
            if piece.kind == "box":
                before = where.before if where.before is not None else self.line.size == 0
                side = self.boxes.before if before else self.boxes.after
                side.append((where.top, self.story.blocks(piece.element)))
            elif piece.kind == "diagram":
                self.boxes.after.append((where.top, self._diagram(piece)))
            elif piece.kind == "art":
                self._text(piece.text, look)
            else:
                self.story.findings.add("objects", piece.kind == "chart" or name(element) == "w:object")
                self._picture(piece)

    def _picture(self, piece: Piece) -> None:
        document = self.story.document
        document.pictures += 1
        start, stop = self._text(f"[图片：{piece.text}]" if piece.text else f"[图片{document.pictures}]")
        if stop > start:
            address = self.story.target(piece.target)
            self.line.marks.append(Mark("image", start, stop, address, piece.text or None))

    def _diagram(self, piece: Piece) -> list[Block]:
        """The words of a diagram (SmartArt), one point a line."""
        self.story.findings.add("diagrams")
        data = self.story.related_tree(piece.target)
        points = () if data is None else within(data, "dgm:pt")
        words = ("".join(each.text or "" for each in within(point, "a:t")).strip() for point in points)
        return [Paragraph(" ".join(text.split())) for text in words if text]


def too_deep() -> InputError:
    """The error for what nests deeper than any document."""
    return InputError(f"nests its text more than {MAX_DEPTH} deep", remedy="do not trust this file")


def _is_strong(look: RunLook, base: RunLook) -> bool:
    face = look.face or ""
    return bool(look.bold) or (face != base.face and face.startswith(STRONG_FACES))


def _contained(inline: Inline, element: _Element) -> None:
    inline.read(element)


_INLINE: Final[dict[str, Callable[[Inline, _Element], None]]] = {
    "w:r": Inline._run,
    "w:hyperlink": Inline._link,
    "w:fldSimple": Inline._simple_field,
    "w:sdt": Inline._control,
    "w:ins": _contained,
    "w:moveTo": _contained,
    "w:smartTag": _contained,
    "w:customXml": _contained,
    "w:dir": _contained,
    "w:bdo": _contained,
    "m:oMath": Inline._equation,
    "m:oMathPara": Inline._equation,
}
_RUN: Final[dict[str, Callable[[Inline, _Element, RunLook], None]]] = {
    "w:t": Inline._t,
    "w:tab": Inline._tab,
    "w:ptab": Inline._tab,
    "w:br": Inline._break,
    "w:cr": Inline._break,
    "w:noBreakHyphen": Inline._hyphen,
    "w:sym": Inline._symbol,
    "w:fldChar": Inline._field,
    "w:instrText": Inline._instruction,
    "w:ruby": Inline._ruby,
    "w:footnoteReference": Inline._note,
    "w:endnoteReference": Inline._note,
    "w:drawing": Inline._graphic,
    "w:pict": Inline._graphic,
    "w:object": Inline._graphic,
}


def tab_stop(settings: _Element | None) -> int:
    """Twips from one TAB stop to the next where a paragraph sets none."""
    return whole(value(settings, "defaultTabStop")) or 720
