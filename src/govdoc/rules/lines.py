"""L: indents, trailing blanks, blank lines, columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain
from operator import methodcaller

from govdoc.edits import Edit
from govdoc.rules.registry import Finding, rule
from govdoc.rules.text import CJK, Text
from govdoc.span import Mark

BLANKS = " \t\N{IDEOGRAPHIC SPACE}"
CELL_BLANKS = BLANKS.replace("\t", "")
ROWS_NEAR = 20  # lines in which a row of a table is looked for
RIGHT_ALIGNED = 12  # columns of blanks that no indent of a paragraph has
FIRST_BLANK_LINES = re.compile(rf"(?:[{BLANKS}]*\n)+(?:[{BLANKS}]+\Z)?")
# Begun with its newline, so that the search runs from line to line.
BLANK_LINES = re.compile(rf"\n(?:(?:[{BLANKS}]*\n)+(?:[{BLANKS}]+\Z)?|[{BLANKS}]+\Z)")
# For each blank the runs of two and more that it begins: found by their first character.
GAPS = {blank: re.compile(rf"{blank}(?<![{BLANKS}].)[{BLANKS}]+") for blank in BLANKS}
BEGINS_BLANK, ENDS_BLANK = methodcaller("startswith", tuple(BLANKS)), methodcaller("endswith", tuple(BLANKS))
BESIDE_CJK = re.compile(f"[{CJK}]")


@lru_cache(maxsize=1024)
def _columns(blanks: str) -> int:
    return len(blanks) + blanks.count("\N{IDEOGRAPHIC SPACE}") + 7 * blanks.count("\t")


def _edge_blanks(text: Text, i: int) -> str:
    """What is blank at the edges of a line: in a table row, whose cells TABs split, a TAB is none."""
    return CELL_BLANKS if "\t" in text.line_texts[i] and _is_row(text.line_texts, i) else BLANKS


def _is_row(lines: Sequence[str], i: int) -> bool:
    """Whether TABs split a line into cells: inside it, or, where only one cell is filled, in a row beside it."""
    if "\t" in lines[i].strip(BLANKS):
        return True
    cells = lines[i].count("\t")
    for step in (-1, 1) if cells else ():
        near = i + step
        while 0 <= near < len(lines) and abs(near - i) <= ROWS_NEAR and lines[near].count("\t") == cells:
            if "\t" in lines[near].strip(BLANKS):
                return True
            near += step
    return False


@rule("L101", "行首空白", stage="lines", effect="layout")
def indent(text: Text) -> Iterator[Finding]:
    """Blanks at the start of a line are removed.

    Why: an indent is typesetting; the exporters set it again. A wide one says the line stood at the right
    (署名, 成文日期), any other that a paragraph began: both survive as marks.
    Keeps: the TABs that begin a table row: its first cells are empty.
    """
    for i in text.where(BEGINS_BLANK, BLANKS):
        whole = text.line(i)
        start, stop, line = whole.start, whole.stop, whole.text
        blanks = stop - start - len(line.lstrip(_edge_blanks(text, i)))
        if 0 < blanks < stop - start:
            yield Edit(start, start + blanks, "")
            wide = _columns(line[:blanks]) >= RIGHT_ALIGNED
            yield Mark("right-aligned" if wide else "indented", start, stop)


@rule("L102", "行尾空白", stage="lines", effect="layout")
def trailing_blank(text: Text) -> Iterator[Finding]:
    """Blanks at the end of a line are removed.

    Keeps: the TABs that end a table row: its last cells are empty.
    """
    for i in text.where(ENDS_BLANK):
        line = text.line(i)
        kept = len(line.text.rstrip(_edge_blanks(text, i)))
        if 0 < kept < len(line.text):
            yield Edit(line.start + kept, line.stop, "")


@rule("L103", "空行", stage="lines", effect="layout")
def blank_line(text: Text) -> Iterator[Finding]:
    """Blank lines are removed: one paragraph a line.

    Why: whether they separate paragraphs or only pages is a habit of each site. Their number survives as a mark.
    """
    whole = text.text
    first = FIRST_BLANK_LINES.match(whole)
    if first:
        yield Edit(0, first.end(), "")
    for match in BLANK_LINES.finditer(whole, first.end() if first else 0):
        # The newline that ends the line before is kept.
        start, stop = match.start() + 1, match.end()
        yield Edit(start, stop, "")
        if stop < len(whole):
            yield Mark("blank-lines", start, stop, value=str(whole.count("\n", start, stop)))


@rule("L104", "文末换行", stage="lines", effect="layout")
def final_newline(text: Text) -> Iterator[Finding]:
    """The text ends with a newline."""
    if text.text and not text.text.endswith("\n"):
        yield Edit(len(text.text), len(text.text), "\n")


@rule("L105", "分栏空白", stage="lines", effect="layout", needs=" \t\u3000", looks_at="line")
def column_gap(text: Text) -> Iterator[Finding]:
    """A run of blanks inside a Chinese line becomes one U+3000.

    Why: it separates two columns (印发机关 and 印发日期), so it is kept as a separator and never glued.
    Before: 太仓市教育局党政办公室(24 spaces)2025年2月7日印发
    After: 太仓市教育局党政办公室　2025年2月7日印发
    Keeps: single spaces; a TAB, which splits the cells of a table row; runs between Latin words.
    """
    whole = f"\n{text.text}\n"
    for match in chain.from_iterable(GAPS[blank].finditer(whole) for blank in filter(text.holds, BLANKS)):
        start, stop = match.start() - 1, match.end() - 1
        beside = whole[start] + whole[stop + 1]
        if "\n" in beside:
            continue
        tabs = "\t" * match.group().count("\t")
        if tabs and tabs != match.group():
            yield Edit(start, stop, tabs)
        elif not tabs and BESIDE_CJK.search(beside):
            yield Edit(start, stop, "\N{IDEOGRAPHIC SPACE}")
            yield Mark("column-gap", start, stop)
