"""A story of a Word document (the body, a header, a note): its paragraphs and tables in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml.etree import _Element

from govdoc.readers.docx.blocks import EMPTY, FARTHEST_INDENT, Align, Block, Line, Paragraph, settle
from govdoc.readers.docx.fields import Fields
from govdoc.readers.docx.findings import Findings
from govdoc.readers.docx.graphics import choices
from govdoc.readers.docx.inline import MAX_DEPTH, Boxes, Inline, too_deep
from govdoc.readers.docx.notes import Notes
from govdoc.readers.docx.numbering import Numbering
from govdoc.readers.docx.package import Package
from govdoc.readers.docx.styles import ParagraphLook, RunLook, Said, Styles, paragraph_look, run_look
from govdoc.readers.docx.tables import at_foot, read_table
from govdoc.readers.docx.wml import child, get, name, named, switched, toggle, value

_CENTRED = frozenset(("center", "distribute"))
_RIGHT = frozenset(("right", "end"))
_FAR_RIGHT = 0.4  # of the text's width: so far no indent of a paragraph goes
_CHAR = 320  # twips of a 字 of 三号
_ENDS = ("。", "；", "！", "？", ".", "”", "）")
_LONG = 60
_PLAIN = frozenset(("w:pStyle", "w:rPr", "w:jc", "w:ind", "w:spacing"))
# Lines of one heading that are things of their own: 附件1, 文号, 期号.
_PARTED = re.compile(r"\A附\s*件\s*\d*[:：]?\Z|[\d一二三四五六七八九十][号期]\s*[）)]?\Z|\A[（(【].*[）)】]\Z")
_NOTE_SIGN = re.compile(r"(?:\[[0-9a-z]{1,6}\]|[\u2460-\u24ff])+\Z")
_HELD_TOGETHER = frozenset(("w:ins", "w:moveTo", "w:customXml", "w:smartTag"))


@dataclass
class Document:
    """What the stories of one document share. ``width`` is the text's, ``tab`` the way to a TAB stop, twips.

    ``pictures`` counts those met so far: one without words is named by its number, as on a web page.
    """

    package: Package
    styles: Styles
    numbering: Numbering
    notes: Notes
    width: int = 8844
    tab: int = 720
    pictures: int = 0
    findings: Findings = field(default_factory=Findings)


@dataclass
class _Floating:
    """Blocks that stand at the foot of the page their place in the story is on."""

    blocks: list[Block]


class Story:
    """Reads one story; ``part`` is the part it stands in, whose relationships its pictures and links name."""

    def __init__(self, document: Document, part: str, root: _Element) -> None:
        self.document, self.part = document, part
        self.styles, self.findings, self.notes = document.styles, document.findings, document.notes
        self.fields = Fields(root)
        self.pending: list[tuple[str, str, str]] = []
        self._held: tuple[Line, Boxes] | None = None
        self._floating: list[tuple[int, list[Block]]] = []
        self._depth = 0

    def target(self, id_: str | None) -> str | None:
        """The part or address that a relationship leads to."""
        found = self.document.package.relations(self.part).get(id_ or "")
        return found.target if found else None

    def related_tree(self, id_: str | None) -> _Element | None:
        """The tree of the part that a relationship leads to."""
        found = self.document.package.relations(self.part).get(id_ or "")
        return None if found is None or found.external else self.document.package.xml(found.target)

    def blocks(self, element: _Element) -> list[Block]:
        """The blocks among the children of ``element``. ``InputError`` where they nest too deep."""
        held, self._held = self._held, None
        floating, self._floating = self._floating, []
        found: list[Block] = []
        for block in self._blocks(element):
            if isinstance(block, _Floating):
                self._floating.append((len(found), block.blocks))
            else:
                found.append(block)
        found += self._release()
        found = settle(found, self._floating)
        self._held, self._floating = held, floating
        return found

    def _release(self) -> list[Block]:
        """A paragraph that waited for one after it, where none came."""
        if self._held is None:
            return []
        (line, boxes), self._held = self._held, None
        text, marks = line.finish()
        return [*boxes.blocks(before=True), Paragraph(text, marks), *boxes.blocks(before=False)]

    def _blocks(self, element: _Element) -> Iterator[Block | _Floating]:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise too_deep()
        for each in choices(element):
            kind = name(each)
            if kind == "w:p":
                yield from self._with_notes(self._paragraph(each))
            elif kind == "w:tbl":
                yield from self._release()
                if at_foot(each):
                    yield _Floating(read_table(each, self.styles, self.blocks))
                else:
                    yield from self._with_notes(read_table(each, self.styles, self.blocks))
            elif kind == "w:sdt":
                yield from self._control(each)
            elif kind in _HELD_TOGETHER:
                yield from self._blocks(each)
            elif kind in ("w:altChunk", "w:subDoc"):
                self.findings.add("outside")
        self._depth -= 1

    def _control(self, element: _Element) -> Iterator[Block | _Floating]:
        properties, content = child(element, "sdtPr"), child(element, "sdtContent")
        gallery = value(child(properties, "docPartObj"), "docPartGallery")
        if gallery == "Table of Contents":
            self.findings.add("contents")
        elif toggle(properties, "showingPlcHdr"):
            self.findings.add("placeholders")
        elif content is not None:
            yield from self._blocks(content)

    def _with_notes(self, blocks: list[Block]) -> Iterator[Block]:
        """Blocks, and the notes they refer to once a sentence is over: no note parts a title from what is under it."""
        for block in blocks:
            yield block
            if self.pending and self._depth == 1 and _over(block):
                yield from self.referred()

    def referred(self) -> Iterator[Block]:
        """The notes referred to and not yet said."""
        while self.pending:
            kind, id_, sign = self.pending.pop(0)
            self.findings.add("notes")
            note = self.notes.note(kind, id_)
            story = Story(self.document, self.notes.part(kind) or self.part, note)
            text = [block for block in story.blocks(note) if not isinstance(block, Paragraph) or block.text]
            if text and isinstance(text[0], Paragraph):
                text[0] = Paragraph(sign + text[0].text)
            yield from text
            self.pending += story.pending

    def _paragraph(self, element: _Element) -> list[Block]:
        said = named(child(element, "pPr"))
        style = get(said["w:pStyle"], "val") if "w:pStyle" in said else None
        look = paragraph_look(self.styles.paragraph(style), said)
        base = self.styles.run(style)
        line, boxes = self._held or (Line(), Boxes())
        self._held = None
        if (label := self._label(look, style, said.get("w:numPr"))) and not line.size:
            line.number(*label)
        Inline(self, line, boxes, base).read(element)
        if _joined(said, base):
            self._held = line, boxes
            return []
        if look.level:
            line.join(_PARTED)
        text, marks = line.finish()
        if not text and not line.ends_page and said.keys() <= _PLAIN and not boxes:
            return [EMPTY]
        paragraph = Paragraph(
            text,
            marks,
            look.level,
            self._align(look, line, text),
            begins_page=bool(switched(said.get("w:pageBreakBefore"))),
            ends_page=line.ends_page or "w:sectPr" in said,
        )
        return [*boxes.blocks(before=True), paragraph, *boxes.blocks(before=False)]

    def _label(self, look: ParagraphLook, style: str | None, own: _Element | None) -> tuple[str, bool] | None:
        if look.list_id is None or look.list_id == "0":
            return None
        level = look.list_level
        if look.list_style and (own is None or child(own, "ilvl") is None):
            linked = self.document.numbering.level_of_style(look.list_id, style or look.list_style)
            level = linked if level is None else level
        return self.document.numbering.label(look.list_id, level or 0)

    def _align(self, look: ParagraphLook, line: Line, text: str) -> Align | None:
        if look.align in _CENTRED:
            return "centred"
        if look.align in _RIGHT or line.leading_columns >= FARTHEST_INDENT:
            return "right-aligned"
        stops = look.tabs[: line.leading_tabs]
        tabs = stops[-1] if len(stops) == line.leading_tabs and stops else line.leading_tabs * self.document.tab
        far = look.left + look.first + tabs
        width = self.document.width
        fits = far + len(text) * _CHAR * 0.75 <= width * 1.1
        return "right-aligned" if far >= width * _FAR_RIGHT and fits else None


def _over(block: Block) -> bool:
    """Whether a sentence ends with a block, or a table; a long paragraph is no title either."""
    if not isinstance(block, Paragraph):
        return True
    return len(block.text) > _LONG or _NOTE_SIGN.sub("", block.text).endswith(_ENDS)


def _joined(said: Said, base: RunLook) -> bool:
    """Whether a paragraph goes on in the next: its mark is deleted or hidden, or it is a drop cap's."""
    frame = said.get("w:framePr")
    if frame is not None and get(frame, "dropCap") in ("drop", "margin"):
        return True
    mark = named(said.get("w:rPr"))
    deleted = "w:del" in mark or "w:moveFrom" in mark
    return bool(mark) and (deleted or bool(run_look(base, mark).hidden))
