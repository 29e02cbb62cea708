"""P: the width of punctuation, always towards full width in Chinese text, never back."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator
from itertools import chain

from govdoc.edits import Edit
from govdoc.rules.registry import Finding, rule
from govdoc.rules.text import CJK, HANZI, Line, Text

# One pattern for each bracket that opens: those are found ten times as fast as any of several.
NUMBER_BRACKETS = {
    bracket: re.compile(rf"{re.escape(bracket)}\s?((?:19|20)\d{{2}})年?\s?[\])）］】﹞](?=\s?第?\s?\d{{1,5}}\s?号)")
    for bracket in "[(（［【﹝"
}
STRAIGHT_QUOTES = re.compile(r'"([^"\n]{1,200})"')
HALF_KANA = {"｡": "。", "､": "、", "｢": "「", "｣": "」"}
HALF_KANA_MARK = re.compile("[｡､｢｣]")
DOUBLED = {mark: re.compile(rf"{mark * 2}(?<![，。：；、]..)(?![，。：；、])") for mark in "，。：；、"}
DOUBLED_QUOTES = re.compile(r"““([^“”\n]{1,200})””")
FULL = {",": "，", ";": "；", ":": "：", "(": "（", ")": "）", "!": "！"}
IS_CJK = re.compile(f"[{CJK}]")
HAS_HANZI = re.compile(f"[{HANZI}]")
COMMA = re.compile(rf",(?:(?<=[{CJK}%‰℃],)(?= ?\S)|(?= ?[{CJK}])) ?")
SEPARATORS = {mark: re.compile(rf"{mark}(?<=[{CJK}]{mark})") for mark in ":!"}
SEPARATORS[";"] = re.compile(rf";(?:(?<=[{CJK}];)|(?<=[%‰℃];)(?= ?[{CJK}]|$))", re.MULTILINE)
PARENTHESIS = re.compile(r"[()（）]")
# At most 64 characters before an @ (RFC 5321), which also bounds the search.
ADDRESS = re.compile(r"(?:https?://|www\.)[!-~]+|[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9.-]+")


def _cjk(char: str) -> bool:
    return bool(char) and IS_CJK.match(char) is not None


def _address_edges(text: str) -> list[int]:
    """Where each web and mail address begins and ends."""
    present = "@" in text or "www." in text or "://" in text
    return [edge for match in ADDRESS.finditer(text) for edge in match.span()] if present else []


@rule("P301", "半角逗号", stage="punctuation", effect="layout", needs=",", looks_at="line")
def half_width_comma(text: Text) -> Iterator[Finding]:
    """A half-width comma beside Chinese becomes ，, its following space goes.

    Before: 贯彻落实,机关各处室 — After: 贯彻落实，机关各处室
    Keeps: commas inside figures (1,000), between Latin words, in addresses.
    """
    edges = _address_edges(text.text)
    for match in COMMA.finditer(text.text):
        if not edges or bisect(edges, match.start()) % 2 == 0:
            yield Edit(match.start(), match.end(), FULL[","])


@rule("P302", "半角冒号、分号", stage="punctuation", effect="layout", needs=";:!", looks_at="line")
def half_width_separator(text: Text) -> Iterator[Finding]:
    """A half-width colon, semicolon or exclamation mark after Chinese becomes full width, its following space goes.

    Before: 有关单位: — After: 有关单位：
    Keeps: times and ratios (13:30), addresses, Latin text.
    """
    whole = text.text
    for mark, separator in SEPARATORS.items():
        for match in separator.finditer(whole):
            at = match.start()
            after = at + 2 if whole[at + 1 : at + 2] == " " else at + 1
            yield Edit(at, after, FULL[mark])


@rule("P303", "半角括号", stage="punctuation", effect="layout", needs="()", looks_at="line")
def half_width_bracket(text: Text) -> Iterator[Finding]:
    """Half-width round brackets in Chinese text become full width, in pairs, also where only one of a pair is half.

    Before: 各县级市(区)教育局 — After: 各县级市（区）教育局
    Keeps: brackets of Latin text and formulas (f(x), GB/T 9704(2012)); a bracket without its pair.
    """
    for i in text.holding("(", ")"):
        yield from _brackets(text.line(i))


def _brackets(line: Line) -> Iterator[Edit]:
    stack: list[int] = []
    looked_at, last_hanzi = 0, -1  # the last stretch between brackets that holds one ends here
    for match in PARENTHESIS.finditer(line.text):
        at = match.start()
        if HAS_HANZI.search(line.text, looked_at, at):
            last_hanzi = at
        looked_at = at
        if match.group() in "(（":
            stack.append(at)
            continue
        if not stack:
            continue
        opening = stack.pop()
        if last_hanzi <= opening and not _chinese_pair(line.text, opening, at):
            continue
        for place in (opening, at):
            char = line.text[place]
            if char in FULL:
                stop = place + 2 if char == ")" and line.text[place + 1 : place + 2] == " " else place + 1
                yield Edit(line.start + place, line.start + stop, FULL[char])


def _chinese_pair(line: str, opening: int, closing: int) -> bool:
    if line[opening] == "（" or line[closing] == "）":
        return True
    before, after = line[max(0, opening - 1) : opening], line[closing + 1 : closing + 2]
    return _cjk(before) or (_cjk(after) and not before.isalnum())


@rule("P304", "文号括号", stage="punctuation", effect="layout", needs=NUMBER_BRACKETS)
def doc_number_bracket(text: Text) -> Iterator[Finding]:
    """The brackets around the year of a 发文字号 become 〔〕 (GB/T 9704 §7.2.5).

    Before: 苏教办[2024]15号, 苏教办（2024）15号 — After: 苏教办〔2024〕15号
    Keeps: bracketed years that no 号 follows.
    """
    for match in chain.from_iterable(pattern.finditer(text.text) for pattern in NUMBER_BRACKETS.values()):
        start = match.start() - (text.text[match.start() - 1 : match.start()] == " ")
        if not HAS_HANZI.match(text.text[max(0, start - 1) : start]):
            continue
        yield Edit(start, match.start(1), "〔")
        yield Edit(match.end(1), match.end(), "年〕" if "年" in match.group() else "〕")


@rule("P305", "直引号", stage="punctuation", effect="layout", needs='"', looks_at="line")
def straight_quote(text: Text) -> Iterator[Finding]:
    """Straight quotation marks around Chinese become “”, in pairs on a line.

    Before: 开展"双减"工作 — After: 开展“双减”工作
    Keeps: quotes around Latin text and a lone mark.
    """
    for line in map(text.line, text.holding('"')):
        if line.text.count('"') % 2:
            continue
        for match in STRAIGHT_QUOTES.finditer(line.text):
            if HAS_HANZI.search(match.group(1)):
                yield Edit(line.start + match.start(), line.start + match.start() + 1, "“")
                yield Edit(line.start + match.end() - 1, line.start + match.end(), "”")


@rule("P306", "半角句号、顿号", stage="punctuation", effect="layout", needs=HALF_KANA, looks_at="line")
def half_width_ideographic_mark(text: Text) -> Iterator[Finding]:
    """Half-width ideographic marks (｡ ､ ｢ ｣) become full width."""
    for match in HALF_KANA_MARK.finditer(text.text):
        yield Edit(match.start(), match.end(), HALF_KANA[match.group()])


@rule("P307", "重复的引号", stage="punctuation", effect="layout", looks_at="line")
def doubled_quote(text: Text) -> Iterator[Finding]:
    """Quotation marks doubled at both ends are single again.

    Before: 打造““苏式教育””品牌 — After: 打造“苏式教育”品牌
    Keeps: a quotation that begins inside another (“‘…’…”), and marks doubled at one end only.
    """
    for match in DOUBLED_QUOTES.finditer(text.text):
        yield Edit(match.start(), match.start() + 1, "")
        yield Edit(match.end() - 1, match.end(), "")


@rule("P308", "重复的标点", stage="punctuation", effect="layout", looks_at="line")
def doubled_mark(text: Text) -> Iterator[Finding]:
    """A comma, stop, colon or semicolon typed twice is single again.

    Before: 通知如下：： — After: 通知如下：
    Keeps: 。。。 and longer runs, which stand for an ellipsis.
    """
    for mark in "，。：；、":
        if mark * 2 in text.text:
            for match in DOUBLED[mark].finditer(text.text):
                yield Edit(match.start() + 1, match.end(), "")
