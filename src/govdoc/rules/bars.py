"""L: tables that a converter of pages wrote with bars, and the bars it left of tables that only laid out a page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from govdoc.edits import Edit
from govdoc.rules.registry import Finding, rule
from govdoc.rules.text import Text, drop_line

ROW = re.compile(r"\|.*\|")
RULER = re.compile(r"\|(?:\s*:?-{2,}:?\s*\|)+")
FIRST_CELL = re.compile(r"\| ?[^|]* ?\|")
NEXT_CELL = re.compile(r"[^|]+ \|")
LEFT_BAR = re.compile(r"[^|｜]+(?P<bar> \|)|(?P<first>\| )[^|｜]+")
SEPARATOR = re.compile(r" ?\| ?")


@rule("L106", "竖线表格", stage="lines", effect="layout", needs="|")
def barred_table(text: Text) -> Iterator[Finding]:
    """The bars between the cells of a table become TABs; a bar left of a page's layout is removed.

    Why: converters of web pages write tables so, | 1 | 甲 |, some with each cell on a line of its own.
    Before: | 序号 | 任务 | ⏎ | --- | --- | ⏎ | 1 | 选题 | — After: 序号(TAB)任务 ⏎ 1(TAB)选题
    Needs two rows and more of as many cells, two at least; of bars by themselves one at the edge of a line.
    Keeps: bars inside a line, which part the words of a menu or a path.
    """
    lines = text.line_texts
    barred = text.holding("|")
    behind = 0
    for i in barred:
        if i < behind:
            continue
        rows = _rows(lines, i) or _broken_rows(lines, i)
        if rows:
            behind = rows[-1][-1] + 1
            for row in rows:
                yield from _tabbed(text, row)
        elif left := LEFT_BAR.fullmatch(lines[i]):
            start, stop = left.span("bar" if left["bar"] else "first")
            yield Edit(text.line(i).start + start, text.line(i).start + stop, "")


def _rows(lines: Sequence[str], i: int) -> list[list[int]]:
    """The numbers of the lines from ``i`` on that are each a row; none where they are fewer than two or uneven."""
    rows: list[list[int]] = []
    cells = lines[i].count("|") - 1
    while cells > 1 and i < len(lines) and ROW.fullmatch(lines[i]) and lines[i].count("|") - 1 == cells:
        rows.append([i])
        i += 1
    return rows if sum(not RULER.fullmatch(lines[row[0]]) for row in rows) > 1 else []


def _broken_rows(lines: Sequence[str], i: int) -> list[list[int]]:
    """The same where each cell has a line: | 1 |, then 选题 |."""
    rows: list[list[int]] = []
    while i < len(lines) and FIRST_CELL.fullmatch(lines[i]):
        row = [i]
        while row[-1] + 1 < len(lines) and NEXT_CELL.fullmatch(lines[row[-1] + 1]):
            row.append(row[-1] + 1)
        if len(row) < 2 or (rows and len(row) != len(rows[0])):
            break
        rows.append(row)
        i = row[-1] + 1
    return rows if len(rows) > 1 else []


def _tabbed(text: Text, row: Sequence[int]) -> Iterator[Edit]:
    """The edits that write a row with TABs."""
    first, last = text.line(row[0]), text.line(row[-1])
    if RULER.fullmatch(first.text):
        yield drop_line(first, text)
        return
    whole = text.text[first.start : last.stop]
    bars = list(SEPARATOR.finditer(whole))
    for n, bar in enumerate(bars):
        at_edge = n in (0, len(bars) - 1)
        stop = bar.end() + (whole[bar.end() : bar.end() + 1] == "\n")
        yield Edit(first.start + bar.start(), first.start + stop, "" if at_edge else "\t")
