"""B: a document that lost its line breaks, parted again where its own structure says so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import Final

from govdoc.edits import Edit
from govdoc.rules.breaks import cut_sentences
from govdoc.rules.flat_parts import (
    BLANKS,
    SETTLED,
    Head,
    after_blanks,
    before_blanks,
    end_cuts,
    numeral_cuts,
    read_head,
    signature_cuts,
)
from govdoc.rules.registry import Finding, rule
from govdoc.rules.text import Line, Text, alternation, page_words
from govdoc.wording.labels import read_label

SHORTEST: Final = 60
SHORTEST_PIECE: Final = 6  # on an average
LONG: Final = 600
REACH: Final = 800  # of a line, in which a head may begin behind what a page put before it
MOST_HEADS: Final = 40
SETTLES: Final = ({"title", "recipients"}, {"number", "recipients"}, {"mark", "number"}, {"order", "title"})
"""Elements that stand side by side on no line that was printed."""
# What a line has that holds a document: a 发文字号, a 主送 or a label, a 令, or a date at its end.
NUMBERED = re.compile(r"[〔\[（(【]\d{4}[〕\]）)】]第?\d{1,5}号")
ADDRESSED_REACH: Final = 301
ORDERED = re.compile(r"令\s{0,9}第")
DATED = re.compile(r"\d{1,2}日\D{0,80}\Z")
DATED_REACH: Final = 83
TOOL: Final = alternation(word for word in page_words("tools") if len(word) > 1)
PAGE_LABEL = re.compile(
    rf"[ \t\u3000]+(?=[【\[]?(?:您?(?:现在)?(?:的|所在)?(?:当前)?位置|{alternation(page_words('publication'))}|"
    rf"[上下]一[篇条]|主办(?:单位)?|版权所有|相关链接)[:：]|[【\[](?:{TOOL})[】\]]|您是第|分享到|扫一扫|\S?ICP备)"
)
SIZES = "(?:特大|超大|默认|大|中|小)"
FONT_SIZE = re.compile(rf"字[体号][:：][ \t]?[\[【（(]?[ \t]?{SIZES}(?:[ \t|]{SIZES})*[ \t]?[\]】）)]?(?=[ \t\u3000])")
SETTLED_GAP = re.compile(rf"[{SETTLED}][ \t\u3000]")
WIDE = re.compile(r"[ \t]*(?:\u3000|[ \t]{2})[ \t\u3000]*")
START = re.compile(r"[ \t\u3000]+(?=[^ \t\u3000])")
PAIRS: Final = ("《》", "“”", "‘’", "（）", "〔〕", "「」")
FAR: Final = 400
LONGEST_HEADING: Final = 40
CLAUSE = re.compile("[，。；：]")


@rule("B104", "压成一行的公文", stage="breaks", effect="layout")
def flattened_document(text: Text) -> Iterator[Finding]:
    """A line that holds a whole document is parted into the lines it was: title, 文号, 主送, items, 署名, date.

    Why: crawlers and search engines store pages without their line breaks.
    Before: …关于…的通知国办发〔2013〕104号各省…人民政府：近期…如下：一、…。二、…。国务院办公厅2013年11月18日
    After: each on a line of its own
    Needs elements side by side that no printed line holds (a title or 文号 and 主送; 文件 and 文号), or three kinds of
    evidence; two where the line is nearly all the text: a head, a signature with its date, numerals that count on, the
    labels of a page, indents inside the line.
    Keeps: every sentence, quotation, 《》 and bracket in one piece; a paragraph that counts （一）…（二）… inside; a
    short 批复 of one paragraph; a title that a sentence speaks of.
    """
    whole = len(text.text)
    longest = max(map(len, text.line_texts), default=0)
    most = {i for i, line in enumerate(text.line_texts) if len(line) == longest} if longest * 5 >= whole * 4 else set()
    for i in sorted(most.union(text.where(_may_hold_document))):
        line = text.line(i)
        if len(line.text) >= SHORTEST and "\t" not in line.text:
            cuts = _cuts(line.text, i in most)
            if len(cuts) * SHORTEST_PIECE > len(line.text):
                continue  # no document has lines that short throughout
            for start, stop in _places(line.text, cuts):
                yield Edit(line.start + start, line.start + stop, "\n")


def _may_hold_document(line: str) -> bool:
    """Whether a line has anything that speaks for a document in it."""
    return len(line) >= SHORTEST and bool(
        _is_addressed(line)
        or ("令" in line and ORDERED.search(line))
        or ("号" in line and NUMBERED.search(line))
        or ("日" in line[-DATED_REACH:] and DATED.search(line[-DATED_REACH:]))
    )


def _is_addressed(line: str) -> bool:
    """Whether a line has a colon near its start, before its first full stop."""
    stop = line.find("。", 0, ADDRESSED_REACH)
    reach = (2, ADDRESSED_REACH if stop < 0 else stop)
    return line.find("：", *reach) > 0 or line.find(":", *reach) > 0


def _cuts(text: str, most: bool) -> set[int]:
    """Where the elements of a line that holds a document begin; none where it holds none, as far as can be known."""
    begin, head = _first_head(text)
    page = _page_cuts(text)
    signed = signature_cuts(text, head.title, max(head.cuts, default=0))
    known = {begin, *head.cuts, *signed}
    levels = list(numeral_cuts(text, sorted(known)))
    counted = max(len(levels[0]), len(levels[3]) + len(levels[4]))
    gaps = _gaps(text)
    score = len(head.kinds - {"front", "signers", "bracketed"}) + bool(signed) + (counted > 1) + bool(page) + bool(gaps)
    together = any(pair <= head.kinds for pair in SETTLES)
    if together or score > 2 or (most and score == 2):
        cuts = known.union(page, *levels, end_cuts(text, head.title, max(head.cuts, default=0)))
        return cuts | _gap_cuts(text, gaps, cuts)
    if most and len(text) >= LONG and counted > 2:
        return set().union(*levels)
    return set(page) if most else set()


def _first_head(text: str) -> tuple[int, Head]:
    """Where the head of a document begins in a line, and the head."""
    starts = [0, *(found.end() for found in START.finditer(text, 0, REACH))]
    for start in starts[:MOST_HEADS]:
        head = read_head(text, start)
        if head.cuts:
            return start, head
    return 0, Head()


def _page_cuts(text: str) -> list[int]:
    """Before the labels of a page that stand in the line, and behind its font sizes; two at least, and a sentence."""
    cuts = [found.start() for found in PAGE_LABEL.finditer(text)]
    cuts += [found.end() for found in FONT_SIZE.finditer(text)]
    return cuts if len(cuts) > 1 and "。" in text else []


def _gaps(text: str) -> list[re.Match[str]]:
    """The blanks that part paragraphs inside the line: three at least behind sentences, and not behind all of them."""
    if len(SETTLED_GAP.findall(text)) < 3:
        return []
    for pattern in (WIDE, START):
        gaps = [found for found in pattern.finditer(text) if found.start()]
        behind = sum(text[found.start() - 1] in SETTLED for found in gaps)
        if behind > 2 and (pattern is WIDE or behind * 3 < text.count("。") * 2):
            return gaps
    return []


def _gap_cuts(text: str, gaps: Sequence[re.Match[str]], known: Iterable[int]) -> set[int]:
    """Those blanks that stand behind a sentence, before a numeral, or between a heading and its paragraph."""
    cuts: set[int] = set()
    starts = sorted({0, *known})
    last, i = 0, 0
    for found, after in zip_longest(gaps, gaps[1:]):
        while i < len(starts) and starts[i] <= found.start():
            last = max(last, starts[i])
            i += 1
        piece = text[last : found.start()].strip(BLANKS)
        label = read_label(piece)
        headed = label is not None and len(label.text) < len(piece) <= LONGEST_HEADING and not CLAUSE.search(piece)
        headed = headed and "。" in text[found.end() : after.start() if after else len(text)]
        if piece[-1:] in tuple(SETTLED) or headed or read_label(text[found.end() : found.end() + 9]):
            cuts.add(found.end())
            last = found.end()
    return cuts


def _places(text: str, cuts: Iterable[int]) -> list[tuple[int, int]]:
    """The blanks, perhaps none, that each cut replaces: none inside quotations, none that would be joined again."""
    places: set[tuple[int, int]] = set()
    pairs = [pair for pair in PAIRS if pair[0] in text and pair[1] in text]
    for cut in cuts:
        start, stop = before_blanks(text, cut), after_blanks(text, cut)
        if start > 0 and stop < len(text) and not _inside(text, start, pairs):
            places.add((start, stop))
    ordered = sorted(places)
    bounds = [0, *(edge for place in ordered for edge in place), len(text)]
    lines = [Line(start, stop, text[start:stop]) for start, stop in zip(bounds[::2], bounds[1::2], strict=True)]
    joined = {lines[i].stop for i in cut_sentences([line.text for line in lines])}
    return [(start, stop) for start, stop in ordered if start not in joined]


def _inside(text: str, at: int, pairs: Sequence[str]) -> bool:
    """Whether a quotation, a title or a bracket is open at an offset and closes behind it."""
    before, behind = text[max(0, at - FAR) : at], text[at : at + FAR]
    return any(before.rfind(pair[0]) > before.rfind(pair[1]) and pair[1] in behind for pair in pairs)
