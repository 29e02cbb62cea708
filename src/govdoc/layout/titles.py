"""Breaking a title into lines by sense and by shape (GB/T 9704-2012 §7.3.1).

Every gap between two characters has a price; the lines' widths have one too (梯形 or 菱形, never 沙漏形). The
cheapest set of breaks wins.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import accumulate, pairwise

from govdoc.layout.kinsoku import RANGE
from govdoc.layout.words import ATTACHED, OPENING, WORDS

_OPEN = "《〈“‘（(〔［【「『"
_CLOSE = "》〉”’）)〕］】」』"
_NEVER_FIRST = frozenset(_CLOSE + "，。、；：！？,.;:!?…—·～~%％的地得之")
_NEVER_LAST = frozenset(_OPEN)
_WORD = re.compile(
    r"[A-Za-z0-9]+(?:[.\-/:%][A-Za-z0-9]+)*%?(?:年度|年|月|日|周年|届|期|号|次|个|项)?"
    r"|第[一二三四五六七八九十百]+[届次期批号]"
)
_GENRES = "决议|决定|命令|公报|公告|通告|意见|通知|通报|报告|请示|批复|议案|函|纪要"
_TAIL = re.compile(rf"的(?:{_GENRES})(?:（[^）]*）)?$")
_LEAD = re.compile(r"关于|印发|转发|批转|公布|发布")
_AGENCY = re.compile(
    r"[一-鿿]{2,16}?(?:人民政府|办公厅|办公室|委员会|管委会|教育局|教育厅|教育部"
    r"|[省市县区](?=关于)|[局厅委部院](?=关于|、|\s))"
)

_SHORT = 4  # 字
_CAPITAL = 0.25  # 字 that a capital letter is wider than another
_HALF = re.compile("[\0-\u024f]")
_CAPITALS = re.compile("[A-Z]")

_FORBIDDEN = 1e6
_INSIDE_BOOK = 1000.0  # in 《》
_INSIDE_QUOTE = 300.0  # in “”, in brackets
_INSIDE_WORD = 120.0
_INSIDE_NAME = 200.0  # in an agency's name
_PLAIN = 30.0  # between two characters of which nothing is known
_EDGE = 12.0  # at a word's edge
_BEFORE_ATTACHED = 26.0  # before 工作, 发展: they belong to what stands before them
_BEFORE_OPENING = 6.0  # before 加强, 推进
_AFTER_AND = 16.0  # more, after 和, 与, 及, 暨
_LAST_STUB = 200.0  # a last line of fewer than 4 字: worse than a word cut, better than a name in 《》 cut
_STUB = 40.0  # another line of fewer
_SENSE = 0.0  # after 、 or 的, before 关于, after 印发


def _needed(text: str) -> float:
    """Width in 字 that a title's text may need: a capital letter is wider than half of one."""
    return title_width(text) + _CAPITAL * len(_CAPITALS.findall(text))


def title_width(text: str) -> float:
    """Width in 字: a character below U+0250 is half of one."""
    return len(text) - len(_HALF.findall(text)) / 2


@lru_cache(maxsize=64)  # asked for the same title as it is composed and placed, in each format
def break_title(text: str, limit: int) -> tuple[int, ...]:
    """Offsets where lines after the first begin; each line is at most ``limit`` 字 wide.

    A stretch with no allowed break is broken anywhere rather than left too wide.
    """
    width = _needed(text)
    if width <= limit or len(text) < 2:
        return ()
    prices = gap_prices(text)
    least = max(2, -int(-width // limit))
    best: tuple[float, tuple[int, ...]] | None = None
    for count in (least, least + 1):
        for breaks in _candidates(text, prices, limit, count):
            price = _price(text, prices, breaks, count - least)
            if best is None or price < best[0]:
                best = (price, breaks)
    return best[1] if best else _greedy(text, limit)


@cache
def _longest() -> int:
    return max(map(len, WORDS))


def gap_prices(text: str) -> list[float]:
    """What a break before each character costs; index 0 is never one."""
    prices = [_PLAIN] * len(text)
    _price_words(text, prices)
    for i in range(1, len(text)):
        prices[i] = min(prices[i], _price_of_sense(text, i))
    for match in _LEAD.finditer(text):
        edge = match.start() if match[0] == "关于" else match.end()
        if 0 < edge < len(text):
            prices[edge] = _SENSE
    _price_brackets(text, prices)
    for i in range(1, len(text)):
        if text[i] in _NEVER_FIRST or text[i - 1] in _NEVER_LAST:
            prices[i] = _FORBIDDEN
    tail = _TAIL.search(text)
    if tail:
        prices[tail.start() + 1] = _INSIDE_WORD
    for match in RANGE.finditer(text):
        prices[match.start() + 1 : match.end()] = [_FORBIDDEN] * (match.end() - match.start() - 1)
    prices[0] = _FORBIDDEN
    return prices


def _price_words(text: str, prices: list[float]) -> None:
    """A break inside a word or an agency's name is dear, one at a word's edge cheap."""
    words = _words(text)
    for start, stop in words:
        for i in range(start + 1, stop):
            prices[i] = _INSIDE_WORD
        if stop < len(text):
            prices[stop] = min(prices[stop], _EDGE)
    for start, stop in words:
        word = text[start:stop]
        own = _BEFORE_ATTACHED if word in ATTACHED else _BEFORE_OPENING if word in OPENING else _EDGE
        prices[start] = own + (_AFTER_AND if start and text[start - 1] in "和与及暨或对在" else 0.0)
    for match in _AGENCY.finditer(text):
        for i in range(match.start() + 1, match.end()):
            prices[i] = _INSIDE_NAME


def _price_of_sense(text: str, i: int) -> float:
    """A break after 、 》 or 的 and before 《 follows the sense, one at a quotation mark nearly."""
    before, after = text[i - 1], text[i]
    if before in "、，；：　 》" or after == "《" or (before == "的" and i + 4 < len(text)):
        return _SENSE
    return _EDGE if before in _CLOSE or after in _OPEN else _FORBIDDEN


def _price_brackets(text: str, prices: list[float]) -> None:
    """No break inside 《》, “” or brackets: the deeper, the dearer."""
    stack: list[str] = []
    for i, char in enumerate(text):
        if stack:
            prices[i] += _INSIDE_BOOK if "《" in stack else _INSIDE_QUOTE
        if char in _OPEN:
            stack.append(char)
        elif char in _CLOSE and stack:
            stack.pop()


def _words(text: str) -> list[tuple[int, int]]:
    """Known words and runs of digits or letters, longest first from the left, not overlapping."""
    found = [match.span() for match in _WORD.finditer(text)]
    taken = {i for start, stop in found for i in range(start, stop)}
    i = 0
    while i < len(text):
        for length in range(min(_longest(), len(text) - i), 1, -1):
            if text[i : i + length] in WORDS and not taken.intersection(range(i, i + length)):
                found.append((i, i + length))
                i += length - 1
                break
        i += 1
    return found


def _candidates(text: str, prices: list[float], limit: int, count: int) -> list[tuple[int, ...]]:
    """The cheapest few sets of ``count - 1`` breaks whose lines fit, by beam search from the left."""
    ends = list(accumulate(map(_needed, text), initial=0.0))
    ideal = ends[-1] / count
    beam: list[tuple[float, tuple[int, ...]]] = [(0.0, ())]
    for done in range(1, count):
        grown: list[tuple[float, tuple[int, ...]]] = []
        for price, breaks in beam:
            start = breaks[-1] if breaks else 0
            for stop in range(start + 1, len(text)):
                if ends[stop] - ends[start] > limit:
                    break
                if ends[-1] - ends[stop] <= limit * (count - done):
                    drift = (ends[stop] - ideal * done) ** 2
                    stub = _LAST_STUB if done == count - 1 and ends[-1] - ends[stop] < _SHORT else 0.0
                    grown.append((price + prices[stop] + drift / count + stub, (*breaks, stop)))
        beam = sorted(grown)[:60]
    return [breaks for _, breaks in beam]


def _price(text: str, prices: list[float], breaks: tuple[int, ...], extra: int) -> float:
    """Sense plus shape: hourglass and ragged shapes cost most, a rectangle a little, every extra line something."""
    widths = [_needed(text[a:b].strip("　 ")) for a, b in pairwise((0, *breaks, len(text)))]
    steps = [b - a for a, b in pairwise(widths)]
    rises = [i for i, step in enumerate(steps) if step > 0]
    falls = [i for i, step in enumerate(steps) if step < 0]
    hourglass = bool(rises and falls and min(falls) < max(rises))
    rectangle = len(widths) > 1 and max(widths) - min(widths) < 0.5
    mean = sum(widths) / len(widths)
    spread = sum((width - mean) ** 2 for width in widths) / len(widths)
    stub = sum(_STUB for width in widths[:-1] if width < _SHORT) + _LAST_STUB * (widths[-1] < _SHORT)
    return sum(prices[i] for i in breaks) + spread + stub + 60.0 * hourglass + 8.0 * rectangle + 30.0 * extra


def _greedy(text: str, limit: int) -> tuple[int, ...]:
    breaks: list[int] = []
    width = 0.0
    for i, char in enumerate(text):
        step = _needed(char)
        if width + step > limit:
            breaks.append(i)
            width = 0.0
        width += step
    return tuple(breaks)
