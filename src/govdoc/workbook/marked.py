"""The documents as one self-contained page, every value marked, its name and confidence on hover."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from html import escape
from importlib.resources import files
from string import Template
from typing import NamedTuple

from govdoc.indicator import Indicator
from govdoc.measuring.locate import Line, Locator
from govdoc.measuring.sections import bodies
from govdoc.model import Block, Document
from govdoc.workbook.corrections import Corrected
from govdoc.workbook.laws import without_controls
from govdoc.workbook.plan import LOW_CONFIDENCE
from govdoc.workbook.terms import KINDS, ROLES, remarks, written


class Mark(NamedTuple):
    """A stretch of a line and the records whose values stand there."""

    start: int
    end: int
    records: tuple[Indicator, ...]


def marked_page(corrected: Corrected, documents: Sequence[Document]) -> str:
    """The page as HTML, in Chinese: all documents in order, filters by role and by what is to be reviewed."""
    page = _Page(corrected)
    written_out = "".join(page.document(document) for document in documents)
    records = corrected.records
    roles = Counter[str](record.role for record in records)
    filters = "".join(
        f'<label class="{code}"><input type="checkbox" checked value="{code}">{word} <output>{roles[code]}</output>'
        "</label>"
        for code, word in ROLES.items()
    )
    template = Template(files("govdoc.workbook").joinpath("marked.html").read_text("utf-8"))
    return template.substitute(
        title=escape(_clean(_title(documents))),
        total=len(records),
        doubtful=sum(map(_is_doubtful, records)),
        low=LOW_CONFIDENCE,
        filters=filters,
        documents=written_out,
    )


def _title(documents: Sequence[Document]) -> str:
    return (documents[0].main.title or documents[0].source.name) if len(documents) == 1 else f"{len(documents)}份文件"


def _clean(text: str) -> str:
    return without_controls(text)


def _is_doubtful(record: Indicator) -> bool:
    return record.confidence < LOW_CONFIDENCE or record.layer == "ext"


class _Page:
    """Writes documents with the records of a collection, each record once."""

    def __init__(self, corrected: Corrected) -> None:
        self._reviews = corrected.reviews
        self._of: dict[tuple[str, str], list[Indicator]] = {}
        self._numbers: dict[tuple[str, str], int] = {}
        for number, record in enumerate(corrected.records, 1):
            self._of.setdefault((record.source, record.document_id), []).append(record)
            self._numbers[record.source, record.id] = number

    def document(self, document: Document) -> str:
        """A document: its bodies with their values marked; values that could not be placed are listed below."""
        records = _Left(self._of.get((document.source.name, document.id), []))
        locator = Locator(document)
        parts = []
        for body in bodies(document):
            parts.append(f"<h2>{escape(_clean(body.title or document.source.name))}</h2>")
            parts += [self._block(block, records, locator) for block in body.blocks]
        if left := records.rest():
            items = "".join(
                f"<li>{self._mark(record.raw, (record,))}：{_text(record.sentence)}</li>" for record in left
            )
            parts.append(f"<p>位置未能确定：</p><ul>{items}</ul>")
        about = [document.source.name, document.header.doc_number and document.header.doc_number.raw]
        about.append(document.main.issue_date)
        head = "　".join(escape(_clean(part)) for part in about if part)
        return f'<section><p class="about">{head}</p>{"".join(parts)}</section>\n'

    def _block(self, block: Block, records: _Left, locator: Locator) -> str:
        if block.type == "table" and block.rows:
            return self._table(block, records, locator)
        here = records.take(block.span, block.line)
        line = locator.place(block.line, block.span)
        bold = len(block.line) - len(block.text) if block.heading or block.type == "heading" else 0
        marks, lost = _placed(here, line)
        records.give_back(lost)
        return f'<p class="l{block.level or 0}">{self._line(line.text, marks, bold)}</p>'

    def _table(self, block: Block, records: _Left, locator: Locator) -> str:
        cells = locator.cells(block.rows or (), block.span)
        here = records.take(block.span, "".join(cell.text for cell in cells.values()))
        starts = [record.start for record in here]
        marked: set[int] = set()
        rows: dict[int, str] = {}
        for (r, c), line in cells.items():
            first, last = line.where(0, len(line.text)) if line.exact else (0, here[-1].start if here else 0)
            near = here[bisect_left(starts, first) : bisect_right(starts, last)]
            marks, _ = _placed([record for record in near if id(record) not in marked], line)
            marked.update(id(record) for mark in marks for record in mark.records)
            cell = (block.rows or ())[r][c]
            spans = f' rowspan="{cell.rowspan}" colspan="{cell.colspan}"'
            rows[r] = rows.get(r, "") + f"<td{spans}>{self._line(line.text, marks, 0)}</td>"
        records.give_back([record for record in here if id(record) not in marked])
        return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows.values())}</table>"

    def _line(self, text: str, marks: Sequence[Mark], bold: int) -> str:
        """The text with its marks; the first ``bold`` characters are its heading."""
        pieces = []
        at = 0
        for mark in [*marks, Mark(len(text), len(text), ())]:
            head = text[at : min(mark.start, max(at, bold))]
            pieces += [f"<b>{_text(head)}</b>" if head else "", _text(text[at + len(head) : mark.start])]
            if mark.records:
                pieces.append(self._mark(text[mark.start : mark.end], mark.records))
            at = mark.end
        return "".join(pieces)

    def _mark(self, text: str, records: Sequence[Indicator]) -> str:
        roles = " ".join(dict.fromkeys(record.role for record in records))
        doubt = " doubtful" if any(map(_is_doubtful, records)) else ""
        tip = "\n\n".join(map(self._tip, records))
        attributes = f'class="{records[0].role}{doubt}" data-roles="{roles}" data-count="{len(records)}"'
        return f'<mark tabindex="0" {attributes} data-tip="{escape(_clean(tip))}">{_text(text)}</mark>'

    def _tip(self, record: Indicator) -> str:
        kind = f"{ROLES[record.role]}·{KINDS[record.kind]}"
        about = "　".join(
            part for part in (written(record), kind, f"{record.period}年" if record.period else "") if part
        )
        number = self._numbers[record.source, record.id]
        lines = [record.name, about, f"置信度 {record.confidence:.2f}　编号 {number}"]
        linked = self._numbers.get((record.source, record.link or ""))
        review = self._reviews.get(record.id)
        return "\n".join([*lines, *filter(None, (review and f"复核：{review}", remarks(record, linked)))])


class _Left:
    """The records of a document that are not marked yet, by where their values begin."""

    def __init__(self, records: Sequence[Indicator]) -> None:
        self._records = sorted(records, key=lambda record: record.start)
        self._lost: list[Indicator] = []

    def take(self, span: tuple[int, int], text: str) -> list[Indicator]:
        """Those of a block: by its place in the source, or by its text where it has no place of its own."""
        if span[1] > span[0]:
            first, last = (bisect_left(self._records, at, key=lambda record: record.start) for at in span)
            found = self._records[first:last]
            del self._records[first:last]
            return found
        squeezed = "".join(text.split())
        found = [record for record in self._records if record.sentence.replace("｜", "") in squeezed]
        self._records = [record for record in self._records if record not in found]
        return found

    def give_back(self, records: Sequence[Indicator]) -> None:
        """What could not be placed in its block."""
        self._lost += records

    def rest(self) -> list[Indicator]:
        """What was not placed anywhere."""
        return [*self._lost, *self._records]


def _placed(records: Sequence[Indicator], line: Line) -> tuple[list[Mark], list[Indicator]]:
    """The marks of a line, disjoint and in order, and the records whose values do not stand there."""
    found: list[tuple[int, int, Indicator]] = []
    lost = []
    for record in records:
        place = _place(record, line)
        if place is None:
            lost.append(record)
        else:
            found.append((*place, record))
    marks: list[Mark] = []
    for start, end, record in sorted(found, key=lambda one: one[:2]):
        if marks and start < marks[-1].end:
            last = marks[-1]
            marks[-1] = Mark(last.start, max(end, last.end), (*last.records, record))
        else:
            marks.append(Mark(start, end, (record,)))
    return marks, lost


def _place(record: Indicator, line: Line) -> tuple[int, int] | None:
    """Where in the line the value stands: by its offsets, else where it is first written; ``None`` where it is not."""
    if line.at is not None:
        trace = line.trace
        start, end = record.start, record.end
        if trace is not None:
            start, end = trace.forward(record.start), trace.forward(record.end - 1) + 1
        start, end = start - line.at, end - line.at
        return (start, end) if 0 <= start < end <= len(line.text) else None
    at = line.text.find(record.raw.strip())
    return (at, at + len(record.raw.strip())) if at >= 0 and record.raw.strip() else None


def _text(text: str) -> str:
    return escape(_clean(text))
