"""B: sentences cut by a page."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from govdoc.edits import Edit
from govdoc.rules.registry import Finding, rule
from govdoc.rules.text import DATE_LINE, DOC_NUMBER_LINE, STRUCTURAL, Text

PAIRS = {"（": "）", "《": "》", "〈": "〉", "“": "”", "‘": "’", "〔": "〕", "【": "】"}
FULL = {"(": "（", ")": "）", "[": "【", "]": "】"}
HALF = {full: half for half, full in FULL.items()}
OF_PAIR = {
    closer: re.compile(f"[{re.escape(opener + closer + HALF.get(opener, '') + HALF.get(closer, ''))}]")
    for opener, closer in PAIRS.items()
}
DEEPEST = 2  # pairs inside each other that a line may hold before it closes a bracket of the line above
BRACKET = re.compile(f"[()\\[\\]{''.join(PAIRS)}{''.join(PAIRS.values())}]")
INK_PUNCTUATION = re.compile(r"[，。；：、！？,;:!?]")
LATIN = re.compile(r"[A-Za-z]")
# A sentence is over where only closing quotes and brackets, or a remark in brackets, follow its terminal.
ENDED = re.compile(r"[。！？；：…!?;:][”’」』）》)]*(?:[（(][^（）()\n]*[）)])?\Z")
LAST_OF_ENDED = frozenset("。！？；：…!?;:”’」』）》)")
# A line that gives an address ends with it.
ADDRESS_END = re.compile(r"(?:(?:https?://|www\.)[!-~]+|[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)\Z")
BULLET = re.compile(r"[▶►▪■●◆◇★☆※√➢]\s?\S")
WRAPPED_LINES = 8
WRAP_FROM, WRAP_TO = 40, 120  # columns: 20 to 60 hanzi a line
LONG = 30
SHORT = 30  # a 署名 line is shorter
# Nothing before its end, no bracket that might stay open, too short for a clause.
HEADING = re.compile(rf"[^。()\[\]{''.join(PAIRS)}{''.join(PAIRS.values())}]{{0,{LONG - 1}}}(?<![，、])")
FAR = 400  # a bracket that closes later than this was never meant for this line


class _Open:
    """The brackets open at the end of a growing paragraph; widths count together, a pair may be mixed."""

    def __init__(self) -> None:
        self.stack: list[str] = []
        self.waiting = dict.fromkeys(PAIRS.values(), 0)

    def read(self, text: str) -> None:
        for bracket in BRACKET.findall(text):
            char = FULL.get(bracket, bracket)
            if char in PAIRS:
                self.stack.append(PAIRS[char])
                self.waiting[PAIRS[char]] += 1
            elif self.waiting[char]:
                self._close(char)

    def _close(self, closer: str) -> None:
        while (closed := self.stack.pop()) != closer:
            self.waiting[closed] -= 1
        self.waiting[closer] -= 1

    def forget(self) -> None:
        """Begin a paragraph."""
        while self.stack:
            self.waiting[self.stack.pop()] = 0

    def closes_in(self, text: str) -> bool:
        """Whether a line closes the bracket opened last, behind at most a few pairs of its own inside each other."""
        depth = 0
        for bracket in OF_PAIR[self.stack[-1]].findall(text, 0, FAR) if self.stack else ():
            depth += 1 if FULL.get(bracket, bracket) in PAIRS else -1
            if not 0 <= depth <= DEEPEST:
                break
        return depth < 0


def _stands_alone(lines: Sequence[str], i: int) -> bool:
    """Whether line ``i`` begins something of its own: a numbered paragraph, a date, a number, a 署名 above its date."""
    line = lines[i]
    if STRUCTURAL.match(line) or BULLET.match(line) or DATE_LINE.fullmatch(line) or DOC_NUMBER_LINE.fullmatch(line):
        return True
    short = len(line) <= SHORT and not INK_PUNCTUATION.search(line)
    return short and i + 1 < len(lines) and bool(DATE_LINE.fullmatch(lines[i + 1]))


def _has_ended(line: str) -> bool:
    if line[-1:] in LAST_OF_ENDED:
        return ENDED.search(line) is not None
    return line[-1:].isascii() and ADDRESS_END.search(line[-200:]) is not None


def _join(text: Text, i: int) -> Edit:
    """The edit that joins line ``i`` to the next: without a space, but between two Latin words."""
    line, following = text.line(i), text.line(i + 1)
    both_latin = LATIN.match(line.text[-1:]) and LATIN.match(following.text)
    return Edit(line.stop, following.start, " " if both_latin else "")


@rule("B101", "被分页切断的句子", stage="breaks", effect="layout")
def sentence_break(text: Text) -> Iterator[Finding]:
    """A sentence cut by a page break is joined, without a space.

    Why: printed pages leave their ends in scraped text, in the middle of words.
    Before: 全面落实市委教育工作领⏎导小组各项工作部署 — After: 全面落实市委教育工作领导小组各项工作部署
    Joined is a line that has no terminal at its end although it holds a 。, or that leaves a bracket open which
    the next line closes, or that ends in ， or 、, or that is a long clause before its paragraph's first 。; and the
    next line begins nothing of its own.
    Keeps: titles, 文号, 主送, headings, 署名, dates, bulleted lines, table rows; a break after 。, which may end a
    paragraph, and after an address.
    """
    yield from (_join(text, i) for i in _cut(text.line_texts, text.where(_may_be_cut)))


def cut_sentences(lines: Sequence[str]) -> Iterator[int]:
    """The numbers of the lines whose sentence goes on in the next."""
    return _cut(lines, [i for i, line in enumerate(lines) if _may_be_cut(line)])


def _may_be_cut(line: str) -> bool:
    """Whether a line may be cut where it begins a paragraph: most end with their sentence, or are short headings."""
    return not line.endswith("。") and not HEADING.fullmatch(line)


def _cut(lines: Sequence[str], may_be_cut: Sequence[int]) -> Iterator[int]:
    opened, last, behind = _Open(), len(lines) - 1, 0
    whole: set[tuple[str, ...]] = set()  # lines with the two behind them, where nothing goes on
    for start in may_be_cut:
        near = tuple(lines[start : start + 3])
        if start < behind or near in whole:
            continue
        i, has_stop = start, False
        while i < last and not lines[i].endswith("。"):
            opened.read(lines[i])
            has_stop = has_stop or "。" in lines[i]
            if not _continues(lines, i, opened, has_stop):
                break
            yield i
            i += 1
        opened.forget()
        behind = i + 1
        if i == start:
            whole.add(near)


def _continues(lines: Sequence[str], i: int, opened: _Open, has_stop: bool) -> bool:
    line, following = lines[i], lines[i + 1]
    if not line or not following or "\t" in line or "\t" in following:
        return False
    if opened.closes_in(following):
        return not STRUCTURAL.match(following)
    if not line.endswith(("，", "、")):
        # Before a paragraph's first 。 a long line with a ， in it is a sentence too, unless it is a heading or a list.
        long_clause = len(line) >= LONG and "，" in line and "。" in following
        in_sentence = has_stop or (long_clause and not STRUCTURAL.match(line))
        if not in_sentence or _has_ended(line):
            return False
    return not _stands_alone(lines, i + 1)


@rule("B102", "按固定宽度折行", stage="breaks", effect="layout")
def hard_wrap(text: Text) -> Iterator[Finding]:
    """Lines wrapped at one width are joined to the paragraphs they came from.

    Why: text copied from PDFs and mails ends each line where the page did.
    Needs most lines of the text to be of the widest width within a character or two; then a full line without a
    terminal is joined to the next, unless that begins something of its own.
    Keeps: texts whose lines have lengths of their own.
    """
    # No line is less wide than it is long, or more than twice as wide.
    if len(text.line_texts) < WRAPPED_LINES or not WRAP_FROM <= 2 * _widest(map(len, text.line_texts)) <= 2 * WRAP_TO:
        return
    widest = _widest(text.widths)
    full = [widest - 4 <= width <= widest + 4 for width in text.widths]
    if not WRAP_FROM <= widest <= WRAP_TO or sum(full) * 2 < len(full):
        return
    for i, line in enumerate(text.line_texts[:-1]):
        if full[i] and not _has_ended(line) and not _stands_alone(text.line_texts, i + 1):
            yield _join(text, i)


def _widest(widths: Iterable[int]) -> int:
    """The width that one line in twenty has, or exceeds."""
    ordered = sorted(widths)
    return ordered[-max(1, len(ordered) // 20)]


@rule("B103", "缩进分段的折行", stage="breaks", effect="layout")
def wrap_between_indents(text: Text) -> Iterator[Finding]:
    """Where paragraphs were indented and their wrapped lines were not, the lines are joined to their paragraphs.

    Needs three lines that had an indent and three that had none; a line is joined to a full one before it that has no
    terminal.
    Keeps: flush lines after a short line or a terminal (titles, 主送, 署名).
    """
    lines = text.line_texts
    sizes = [*map(len, lines)]
    if sum(size > WRAP_TO for size in sizes) * 10 > len(lines) or max(sizes, default=0) < WRAP_FROM // 2 - 2:
        return  # no line is full: too many are longer, or all are shorter
    indented = text.indented
    if not 3 <= len(indented) <= len(lines) - 3:
        return
    full = _full([width + 4 * (i in indented) for i, width in enumerate(text.widths)], WRAP_FROM, WRAP_TO)
    full |= _full([len(line) + 2 * (i in indented) for i, line in enumerate(lines)], WRAP_FROM // 2, WRAP_TO // 2)
    joined = -1
    for i in sorted(full - {len(lines) - 1}):
        goes_on = (joined == i - 1 or i in indented) and i + 1 not in indented
        if goes_on and not _has_ended(lines[i]) and not _stands_alone(lines, i + 1):
            joined = i
            yield _join(text, i)


def _full(sizes: list[int], least: int, most: int) -> set[int]:
    """The numbers of the lines as long as lines get, where at most one in ten is longer and four are as long."""
    ordered = sorted(sizes)
    for size in sorted(set(sizes), reverse=True):
        if (len(sizes) - bisect_right(ordered, size)) * 10 > len(sizes):
            break
        near = bisect_right(ordered, size) - bisect_left(ordered, size - 4)
        if least <= size <= most and near >= 4:
            return {i for i, each in enumerate(sizes) if size - 4 <= each <= size}
    return set()
