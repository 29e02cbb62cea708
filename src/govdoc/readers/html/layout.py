"""The text of a page's document: lines put together as edits over the page, with marks of what its format knew."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Final, NamedTuple

from govdoc.edits import AppliedEdit
from govdoc.readers.html.breaks import joined_lines
from govdoc.readers.html.lists import Number, drawn_numbers
from govdoc.readers.html.page import Page
from govdoc.readers.html.paragraphs import Coverage, changes
from govdoc.readers.html.pictures import Picture
from govdoc.readers.html.tables import Table
from govdoc.readers.html.tree import Run
from govdoc.rules.text import CJK, HANZI
from govdoc.span import Mark, MarkKind, Notice

ALIGN: Final = re.compile(
    r"(?i)(?:text-align\s*:\s*|\salign\s*=\s*[\"']?\s*|text-align-|text-)(left|center|right|justify|start|end)\b"
)
INDENT: Final = re.compile(r"(?i)text-indent\s*:\s*(\d*\.?\d+)")
BOLD: Final = re.compile(r"(?i)font-weight\s*:\s*(?:bold|[6-9]00)|font-family\s*:[^;\"]*黑体")
HEADINGS: Final = {f"h{level}": str(level) for level in range(1, 7)}
ALIGNED: Final[dict[str, MarkKind]] = {"center": "centred", "right": "right-aligned", "end": "right-aligned"}
MOST_BLANKS: Final = 9
SECOND_COLUMN: Final = re.compile(r"日\s*印发$|^\s*签发人\s*[：:]")
"""What stands at the right of a line with two columns: 印发日期, 签发人."""
COLUMN_GAP: Final = "\u3000\u3000"
HANZI_EDGE: Final = re.compile(f"[{HANZI}]{{2}}")
WORD: Final = re.compile(f"[^{CJK}\\u3000-\\u303f\\uff00-\\uffef]")


class Drawn(NamedTuple):
    """What a page shows otherwise than it is written: lines that go on from the one above, numbers of items."""

    joined: Set[int]
    numbers: Mapping[int, Number]


def drawn(page: Page, kept: Sequence[int], rows: Rows) -> Drawn:
    """The kept lines that go on from the line above, and the numbers drawn before others; none of a table."""
    plain = [i for i in kept if i not in rows.place]
    styles = _Styles(page)
    aligned = [i for i in plain if (style := styles.of(page.lines[i].element)).heading or style.align in ALIGNED]
    return Drawn(joined_lines(page, plain, aligned), drawn_numbers(page, plain))


class Rows:
    """Where each line of a data table stands: its table, row and cell."""

    def __init__(self, tables: Sequence[Table]) -> None:
        self.tables = tables
        self.place: dict[int, tuple[int, int, int]] = {}
        for t, table in enumerate(tables):
            for r, row in enumerate(table.rows):
                for c, cell in enumerate(row):
                    self.place.update(dict.fromkeys(cell.lines, (t, r, c)))

    def trailing(self, i: int) -> int:
        """The empty cells behind the cell of line ``i`` in its row."""
        if i not in self.place:
            return 0
        t, r, c = self.place[i]
        return len(self.tables[t].rows[r]) - 1 - c

    def between(self, page: Page, above: int | None, i: int) -> tuple[str, str]:
        """What stands in the text between two kept lines, and the step that puts it there."""
        here = self.place.get(i)
        there = self.place.get(above) if above is not None else None
        leading = "\t" * here[2] if here else ""
        if above is None:
            return leading, "H104" if leading else "H101"
        if here and there and here[:2] == there[:2]:
            if here == there:
                return self._within(page.texts[above], page.texts[i], heads=here[1] == 0), "H104"
            return "\t" * (here[2] - there[2]), "H104"
        if not here and not there and SECOND_COLUMN.search(page.texts[i]) and _in_one_row(page, above, i):
            return COLUMN_GAP, "H104"
        blanks = 0 if here and there and here[0] == there[0] else min(page.lines[i].blanks, MOST_BLANKS)
        ending = "\t" * self.trailing(above)
        return ending + "\n" * (1 + blanks) + leading, "H104" if ending or leading else "H101"

    @staticmethod
    def _within(above: str, below: str, *, heads: bool) -> str:
        """What joins two lines of a cell: a blank between words and names, nothing in a label set on two lines."""
        latin = WORD.match(above[-1:]) and WORD.match(below[:1])
        names = not heads and min(len(above), len(below)) > 1 and HANZI_EDGE.match(above[-1:] + below[:1])
        return " " if latin or names else ""


def _in_one_row(page: Page, above: int, i: int) -> bool:
    """Whether two lines stand in neighbouring cells of one row."""
    cells = [
        next((one for one in page.up(page.lines[n].element) if page.elements[one].name == "td"), 0) for n in (above, i)
    ]
    rows = {page.elements[cell].parent for cell in cells}
    return 0 not in cells and cells[0] != cells[1] and len(rows) == 1


def edits(page: Page, kept: Sequence[int], dropped: dict[int, str], rows: Rows, shown: Drawn) -> Iterator[AppliedEdit]:
    """The edits that make the text of the kept lines from the page, in order."""
    text, at = page.tree.text, 0
    above: int | None = None
    gone = [(page.lines[i].start, page.lines[i].stop, dropped[i]) for i in sorted(dropped)]
    if hidden := [(start, stop, "H203") for start, stop in page.hidden_text if text[start:stop].strip()]:
        gone = sorted([*gone, *hidden])
    g = 0
    for i in kept:
        line = page.lines[i]
        joint, step = ("", "H106") if i in shown.joined else rows.between(page, above, i)
        number = shown.numbers.get(i)
        begin = g
        while g < len(gone) and gone[g][0] < line.start:
            g += 1
        stop = max(at, number.start, *(one[1] for one in gone[begin:g])) if number else line.start
        yield from _gap(text, at, stop, gone[begin:g], joint, step)
        if number:
            yield AppliedEdit("H107", stop, line.start, text[stop : line.start], number.text)
        for edit in changes(line):
            old = text[edit.start : edit.stop]
            code = (
                "H103"
                if old[:1] == "&"
                else "H105"
                if edit.new.startswith("[图片")
                else "H101"
                if "<" in old
                else "H102"
            )
            yield AppliedEdit(code, edit.start, edit.stop, old, edit.new)
        at, above = line.stop, i
    ending = "\t" * rows.trailing(above) + "\n" if above is not None else ""
    yield from _gap(text, at, len(text), gone[g:], ending, "H101")


def _gap(
    text: str, start: int, stop: int, gone: Sequence[tuple[int, int, str]], joint: str, step: str
) -> Iterator[AppliedEdit]:
    """The edits over what stands between two lines; neighbours left out for one reason are one edit."""
    at, n = start, 0
    while n < len(gone):
        begin, end, code = gone[n]
        if begin < at:
            n += 1
            continue
        while n + 1 < len(gone) and gone[n + 1][2] == code:
            n += 1
            end = gone[n][1]
        if begin > at:
            yield AppliedEdit("H101", at, begin, text[at:begin], "")
        yield AppliedEdit(code, begin, end, text[begin:end], "")
        at = end
        n += 1
    if text[at:stop] != joint:
        yield AppliedEdit(step, at, stop, text[at:stop], joint)


def marks(page: Page, kept: Sequence[int], rows: Rows) -> Iterator[Mark]:
    """What the page's format knew of the kept lines: alignment, headings, bold, pictures, links to files."""
    bold = Coverage([*page.tree.runs["b"], *page.tree.runs["strong"], *_bold_spans(page)])
    styles = _Styles(page)
    for i in kept:
        line = page.lines[i]
        if i not in rows.place:
            yield from _of_line(page, i, styles.of(line.element))
        if bold.covers(line.start):
            stop = next((piece.start for piece in line.pieces if not bold.covers(piece.start)), line.stop)
            yield Mark("bold", line.start, stop)
        for run, href in page.attached(i):
            yield Mark("link", max(run.start, line.start), min(run.stop, line.stop), value=href)
        for piece in line.pieces if line.images else ():
            if piece.start in page.captions:
                picture = Picture(page.tree.text[piece.start : piece.stop])
                yield Mark("image", piece.start, piece.stop, value=picture.address, key=picture.alt or None)
    for table in rows.tables:
        yield from _of_table(page, table)


def _bold_spans(page: Page) -> list[Run]:
    text = page.tree.text
    return [run for name in ("span", "font") for run in page.tree.runs[name] if BOLD.search(text, run.tag, run.start)]


class Style(NamedTuple):
    """What an element says of the lines in it, with what it takes over from those around it."""

    heading: str = ""
    align: str = ""
    indent: bool = False


class _Styles:
    """The style of each element, worked out once."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.known: dict[int, Style] = {0: Style()}

    def of(self, number: int) -> Style:
        """The style of an element; a cell takes none over from around its table."""
        waiting: list[int] = []
        while number not in self.known:
            waiting.append(number)
            number = self.page.elements[number].parent
        style = self.known[number]
        for one in reversed(waiting):
            style = self.known[one] = self._own(one, style)
        return style

    def _own(self, number: int, above: Style) -> Style:
        name, tag = self.page.elements[number].name, self.page.tree.tag(number)
        if name in ("table", "body"):
            return Style()
        found = ALIGN.search(tag) if "align" in tag.lower() or "text-" in tag else None
        indent = INDENT.search(tag)
        return Style(
            HEADINGS.get(name, above.heading),
            "center" if name == "center" else found[1].lower() if found else above.align,
            float(indent[1]) > 0 if indent else above.indent,
        )


def _of_line(page: Page, i: int, style: Style) -> Iterator[Mark]:
    line = page.lines[i]
    if style.heading:
        yield Mark("heading", line.start, line.stop, value=style.heading)
    if kind := ALIGNED.get(style.align):
        yield Mark(kind, line.start, line.stop)
    elif style.indent:
        yield Mark("indented", line.start, line.stop)


def _of_table(page: Page, table: Table) -> Iterator[Mark]:
    yield Mark("table", page.elements[table.cells[0].element].start, page.elements[table.cells[-1].element].stop)
    taken: dict[int, int] = {}  # column → rows still covered from above
    for r, row in enumerate(table.rows):
        column = 0
        taken = {place: left - 1 for place, left in taken.items() if left > 1}
        for cell in row:
            while taken.get(column):
                column += 1
            start = page.lines[cell.lines[0]].start if cell.lines else page.elements[cell.element].inner
            stop = page.lines[cell.lines[-1]].stop if cell.lines else start
            yield Mark("cell", start, stop, value=f"{r},{column},{cell.down},{cell.across}")
            fresh = {column + n: cell.down for n in range(cell.across)}
            column += cell.across
            taken.update({place: down for place, down in fresh.items() if down > 1})


def notices(page: Page, found: Sequence[Mark]) -> Iterator[Notice]:
    """A notice for each picture: what is in it cannot be read."""
    for mark in found:
        if mark.kind == "image":
            yield Notice("H302", "warning", "a picture's text cannot be read", (mark.start, mark.stop))
