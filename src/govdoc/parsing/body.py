"""Blocks of a body: headings alone, headings that run into their paragraph, plain paragraphs, tables (§7.3.3)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from typing import Final

import msgspec

from govdoc.model import Block, Cell
from govdoc.parsing.lines import Line
from govdoc.wording.dates import read_date
from govdoc.wording.labels import NUMERALS, Label, read_label
from govdoc.wording.vocabulary import ends_sentence

_CHAPTER = re.compile(rf"第[{NUMERALS}零〇\d]{{1,6}}(?:[编章节]|部分)$")
_LONGEST_HEADING: Final = 60
_LONGEST_RUN_IN: Final = 50
_LONGEST_BARE: Final = 20
_CLAUSE_MARK = re.compile(r"[，。；：！？]|[,;:](?=[^\d/])")
_PROSE_ENDS: Final = "．."
_LONGEST_OF_CLAUSES: Final = 40
_HEAD_STOPS: Final = "。：:！？"
_FEWEST_ITEMS: Final = 3
_FEWEST_CELLS: Final = 3
_LONGEST_CELL: Final = 10
_FIGURE = re.compile(
    r"\d+(?:\.\d+)?[余多]?[万亿]?(?:个|所|人|名|元|亩|平方米|公里|米|吨|台|套|家|户|项|件|次|辆|[%％])"
)
_NOT_BARE = re.compile(r"[，。；：:、？！,;|=@]|^[（(]|\d{5}|https?")


def read_body(lines: Sequence[Line]) -> tuple[Block, ...]:
    """Blocks of the lines, spans in the cleaned text. ``label + heading + text`` of each is its line, verbatim."""
    blocks: list[Block] = []
    i = 0
    while i < len(lines):
        count = _table_length(lines, i)
        if count:
            blocks.append(_table(lines[i : i + count]))
            i += count
            continue
        blocks.append(_block(lines[i], lines[i + 1] if i + 1 < len(lines) else None, blocks))
        i += 1
    return tuple(_even_headings(_plain_items(blocks)))


def _plain_items(blocks: Sequence[Block]) -> list[Block]:
    """The blocks; a sentence with a figure that opens one item of a list of plain sentences is no heading of it."""
    found: list[Block] = []
    for level, group in itertools.groupby(blocks, key=lambda block: block.level if block.type == "paragraph" else None):
        items = list(group)
        headed = [block for block in items if block.heading]
        if (
            level is None
            or len(items) < _FEWEST_ITEMS
            or len(headed) != 1
            or not _FIGURE.search(headed[0].heading or "")
        ):
            found += items
            continue
        found += [
            msgspec.structs.replace(block, heading=None, text=(block.heading or "") + block.text) for block in items
        ]
    return found


def _even_headings(blocks: Sequence[Block]) -> list[Block]:
    """The blocks; a sentence alone on its line is a heading only where every other item of its level has one."""
    bare = {block.level for block in blocks if block.type == "paragraph" and block.label and not block.heading}
    return [
        msgspec.structs.replace(block, type="paragraph", heading=None, text=block.heading or "")
        if block.type == "heading" and block.level in bare and (block.heading or "").endswith("。")
        else block
        for block in blocks
    ]


def _block(line: Line, after: Line | None, before: Sequence[Block]) -> Block:
    span = (line.start, line.stop)
    if line.image is not None:
        return Block("image", text=line.text.partition("：")[2].rstrip("]"), span=span, src=line.image or None)
    label = read_label(line.text)
    if label is None:
        if _is_bare_heading(line, after, before):
            return Block("heading", heading=line.text, span=span)
        return Block("paragraph", text=line.text, span=span)
    rest = line.text[len(label.text) :]
    if _stands_alone(label, rest, after, before):
        return Block("heading", label.level, label.text, rest, span=span)
    cut = _bold_run_in(line, label, rest) or _run_in(label, rest)
    return Block("paragraph", label.level, label.text, rest[:cut] or None, rest[cut:], span)


def _stands_alone(label: Label, rest: str, after: Line | None, before: Sequence[Block]) -> bool:
    """A heading on its own line: no sentence in it, or one short sentence with plain text or a level under it."""
    if not rest.strip() or len(rest) > _LONGEST_HEADING:
        return False
    if label.level is None:
        return _CHAPTER.match(label.text) is not None and not ends_sentence(rest)
    body = rest.rstrip()
    below = read_label(after.text) if after else None
    if _is_prose(body, alone=after is None or (below is not None and below.level == label.level)):
        return False
    if "。" not in body[:-1] and not ends_sentence(body) and not body.endswith((":", ";", "，", ",", "、")):
        return True
    plain_follows = after is not None and below is None and len(after.text) > len(rest)
    opens_level = below is not None and below.level is not None and label.level < below.level
    sibling = next((block for block in reversed(before) if block.level == label.level), None)
    short = body.endswith("。") and body.count("。") == 1 and len(body) <= 30 and "：" not in body and label.level < 3
    return short and (plain_follows or opens_level) and (sibling is None or sibling.heading is not None)


def _is_prose(text: str, *, alone: bool) -> bool:
    """Whether what follows a label speaks in clauses: it ends in a stop, or is long with nothing under it."""
    clauses = len(_CLAUSE_MARK.findall(text[:-1]))
    return clauses > 0 and (
        text.endswith(tuple(_PROSE_ENDS)) or (alone and len(text) > _LONGEST_OF_CLAUSES and clauses > 1)
    )


def _run_in(label: Label, rest: str) -> int:
    """Where the heading that runs into its paragraph ends: after its 。, within reach, with text behind it."""
    if label.level is None:
        return 0
    cut = rest.find("。", 0, _LONGEST_RUN_IN) + 1
    while cut and rest[cut : cut + 1] and rest[cut] in "”’）)》":
        cut += 1
    inside = rest[:cut]
    if not cut or not rest[cut:].strip() or re.search("[；：]", inside) or inside.count("“") != inside.count("”"):
        return 0
    return cut


def _bold_run_in(line: Line, label: Label, rest: str) -> int:
    """Where a heading in bold type ends that runs into its paragraph; 0 where type and text do not agree on one.

    They agree where it ends as a sentence or a clause does, or a blank parts it from what follows.
    """
    cut = line.bold - len(label.text)
    if label.level is None or not 0 < cut < len(rest):
        return 0
    if rest[cut] in _HEAD_STOPS:
        cut += 1
    inside, behind = rest[:cut].rstrip(), rest[cut:]
    parted = inside.endswith(tuple(_HEAD_STOPS)) or inside != rest[:cut] or behind[:1].isspace()
    even = inside.count("“") == inside.count("”") and inside.count("《") == inside.count("》")
    return cut if parted and even and behind.strip() and len(inside) <= _LONGEST_HEADING else 0


def _stands_in_bold(line: Line) -> bool:
    """Whether the whole line is in bold type."""
    return line.bold > 0 and not line.text[line.bold :].strip()


def _is_bare_heading(line: Line, after: Line | None, before: Sequence[Block]) -> bool:
    """A heading without numeral: the source's format says so, or a short bare line over a paragraph."""
    text = line.text.strip()
    if line.level is not None:
        return len(text) <= _LONGEST_HEADING and "。" not in text
    if (
        len(text) < 2
        or len(text) > _LONGEST_BARE
        or _NOT_BARE.search(text)
        or read_date(text)
        or not after
        or line.right
    ):
        return False
    if _stands_in_bold(line):
        return not (_stands_in_bold(after) or (before and before[-1].type == "heading" and before[-1].label is None))
    stacked = len(before) > 1 and all(block.type == "heading" and block.label is None for block in before[-2:])
    if stacked or not ends_sentence(after.text):
        return False
    beside = read_label(after.text) is not None and any(one.type == "heading" and one.label is None for one in before)
    return beside or len(after.text) > max(2 * len(text), 24)


def _table_length(lines: Sequence[Line], begin: int) -> int:
    """How many lines from ``begin`` on are rows of one table: as the source's format marked, or split by TAB."""
    table = lines[begin].table
    end = begin
    if table is not None:
        while end < len(lines) and lines[end].table == table:
            end += 1
        return end - begin
    while end < len(lines) and "\t" in lines[end].text and lines[end].table is None:
        end += 1
    return end - begin if end - begin > 1 or _is_row(lines[begin].text) else 0


def _is_row(text: str) -> bool:
    """Whether a line alone is the row of a table: the heads of an empty form."""
    cells = [cell.strip() for cell in text.split("\t")]
    return len(cells) >= _FEWEST_CELLS and all(0 < len(cell) <= _LONGEST_CELL for cell in cells)


def _table(rows: Sequence[Line]) -> Block:
    """A table; where no cell spans others, short rows end in empty cells, so that all are of one width."""
    cells = [_row(row) for row in rows]
    if all((cell.rowspan, cell.colspan) == (1, 1) for row in cells for cell in row):
        width = max(len(row) for row in cells)
        cells = [row + (Cell(""),) * (width - len(row)) for row in cells]
    return Block("table", span=(rows[0].start, rows[-1].stop), rows=tuple(cells))


def _row(row: Line) -> tuple[Cell, ...]:
    texts = [text.strip() for text in row.text.split("\t")]
    spans = row.cells or ((1, 1),) * len(texts)
    return tuple(Cell(text, down, across) for text, (down, across) in zip(texts, spans, strict=True))
