"""L: 结构层次序数 (GB/T 9704-2012 §7.3.3; GB/T 15834-2011 B.3)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import zip_longest
from typing import NamedTuple

from govdoc.checking.draft import Body, Draft
from govdoc.checking.matching import NUMERAL, sweep
from govdoc.checking.registry import Found, check
from govdoc.model import Block
from govdoc.span import Span

_CLAUSE = "GB/T 9704-2012 §7.3.3"
_MARK_AFTER_BRACKET = re.compile(rf"^[（(](?:{NUMERAL}|\d{{1,2}})[）)]([、．.，,：:]\s?)")
_HALF_BRACKET = re.compile(rf"\((?:{NUMERAL}|\d{{1,2}})[)）]|（(?:{NUMERAL}|\d{{1,2}})\)")
_PAUSE_AFTER_DIGIT = re.compile(r"^\d{1,2}([、，,]\s?)(?!\d)")
_WIDE_STOP = re.compile(r"^\d{1,2}(．)")
_STOP_AFTER_HAN = re.compile(rf"^{NUMERAL}([.．，,：:]\s?)(?=\S)")
_ORDINAL = re.compile(r"(?:^|(?<=[。；：]))(?:第[一二三四五六七八九十]|首先|其次|再次|最后)(、)(?!第)")
_LABELLED = re.compile(r"[⑴-⒛㈠-㈩]")
_HEADING_END = re.compile(r"[。；：]$")
_COUNTED = re.compile(rf"({NUMERAL}|\d{{1,3}})")
_PART = re.compile("第.{1,8}[编章节条]")
_DIGITS = {char: value for value, char in enumerate("一二三四五六七八九", 1)}


@check("L01", "括号序数后的标点", "error", "GB/T 15834-2011 B.3.4; " + _CLAUSE)
def mark_after_bracketed_number(draft: Draft) -> Iterator[Found]:
    """Nothing stands behind （一） and （1）, and their brackets are full width.

    Irregular: （一）、加强领导 or (一)加强领导 — right: （一）加强领导
    """
    message = "{} behind a number in brackets"
    yield from sweep(draft.paragraphs, _MARK_AFTER_BRACKET, message, "leave it out", new=lambda match: "", group=1)
    source = draft.source
    for piece in draft.paragraphs if source is not None else ():
        span = piece.span(0, len(piece.text))
        match = _HALF_BRACKET.match(piece.raw) if span else None
        if span and match:
            new = match[0].replace("(", "（").replace(")", "）")
            yield Found(
                None, span.start, span.start + match.end(), f"half-width brackets: {match[0]}", f"write {new}", new
            )


@check("L02", "第三层序数", "error", "GB/T 15834-2011 B.3.3; " + _CLAUSE)
def mark_after_digit(draft: Draft) -> Iterator[Found]:
    """A full stop of half width follows the digit of the third level: 1.

    Irregular: 1、落实责任 — right: 1.落实责任. Both 1. and 1． in one document: info.
    """
    message = "{} behind the digit of a third level"
    yield from sweep(draft.paragraphs, _PAUSE_AFTER_DIGIT, message, "write 1.", new=lambda match: ".", group=1)
    wide = [edit for edit in draft.edits if edit.rule == "S207"]
    plain = any(re.match(r"\d{1,2}\.", piece.raw) for piece in draft.paragraphs)
    for edit in wide if plain else ():
        yield Found(None, edit.start, edit.stop, "1． beside 1. in one document", "write . everywhere", ".", "info")


@check("L03", "第一层序数", "error", "GB/T 15834-2011 B.3.2; " + _CLAUSE)
def mark_after_han_number(draft: Draft) -> Iterator[Found]:
    """The hanzi of the first level are followed by 、 and by no other mark.

    Irregular: 一.总体要求, 一，总体要求 — right: 一、总体要求
    """
    message = "{} behind the number of a first level"
    yield from sweep(draft.paragraphs, _STOP_AFTER_HAN, message, "write 、", new=lambda match: "、", group=1)


@check("L04", "第一、首先之后", "error", "GB/T 15834-2011 B.3.1")
def mark_after_ordinal(draft: Draft) -> Iterator[Found]:
    """， follows 第一 and 首先.

    Irregular: 第一、提高认识 — right: 第一，提高认识
    """
    yield from sweep(draft.paragraphs, _ORDINAL, "{} behind an ordinal", "write ，", new=lambda match: "，", group=1)


def _value(label: str) -> int | None:
    """The number a label counts: 十二、 12, （3） 3."""
    match = _COUNTED.search(label)
    if match is None:
        return None
    if match[0].isdigit():
        return int(match[0])
    tens, ten, ones = match[0].rpartition("十")
    if "百" in match[0]:
        return None
    return (_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(ones, 0)


class _Numbered(NamedTuple):
    """A block that counts: its level and number; level 0 where a chapter begins and all counts anew."""

    block: Block
    pointer: str
    level: int
    value: int


def _labelled(body: Body) -> Iterator[_Numbered]:
    for i, block in enumerate(body.blocks):
        value = _value(block.label) if block.label and block.level else None
        if block.level and value:
            yield _Numbered(block, f"{body.pointer}/{i}", block.level, value)
        elif block.level is None and (block.type == "heading" or _PART.match(block.label or "")):
            yield _Numbered(block, "", 0, 0)


@check("L05", "层次顺序", "warning", _CLAUSE)
def order_of_levels(draft: Draft) -> Iterator[Found]:
    """The levels follow one another without gap or repetition, and none is skipped; they begin anew below 第一条.

    Irregular: 一、 then 三、; 一、 then （1）; 二、 twice. Numbers of the third and fourth level may begin anew.
    A part with a single division: info.
    """
    for body in draft.bodies:
        last: dict[int, int] = {}
        current = 0
        for block, pointer, level, value in _labelled(body):
            if level == 0:
                last.clear()
                current = 0
                continue
            message = _disorder(last, current, level, value)
            if message:
                piece = draft.at(pointer, Span(*block.span), block.line)
                stop = min(len(block.label or ""), len(piece.text))
                yield Found(piece, 0, stop, message, "number them in order")
            elif alone := _left_alone(last, level, value):
                piece = draft.at(pointer, Span(*block.span), block.line)
                yield Found(piece, 0, min(len(block.label or ""), len(piece.text)), alone, None, None, "info")
            last[level] = value
            for deeper in [each for each in last if each > level]:
                if deeper < 3:
                    del last[deeper]
            current = level


def _left_alone(last: dict[int, int], level: int, value: int) -> str | None:
    """A part that ends here and had one division only."""
    single = [deeper for deeper, count in last.items() if deeper == level + 1 and count == 1]
    return "the part before has a single division" if single and value > 1 else None


def _disorder(last: dict[int, int], current: int, level: int, value: int) -> str | None:
    if current == 1 and level == 4:
        return "（1） directly below 一、: levels two and three are skipped"
    before = last.get(level)
    if before is None or value == 1:
        # A restart is a fault only where nothing of a higher level parts the two.
        again = before is not None and value == 1 and current == level and level < 3
        return f"number {value} again, after {before}" if again else None
    if value == before:
        return f"number {value} twice"
    if value != before + 1 and level < 3:
        return f"number {value} after {before}"
    return None


@check("L06", "标题末尾标点", "warning", "GB/T 15834-2011 B.4")
def mark_after_heading(draft: Draft) -> Iterator[Found]:
    """A heading on a line of its own has no punctuation at its end.

    Irregular: 一、总体要求。 on its own line — right: 一、总体要求. A list whose
    items all end in 。 is no list of headings.
    """
    for body in draft.bodies:
        bare = {block.level for block in body.blocks if block.type == "heading" and not _HEADING_END.search(block.line)}
        for i, (block, after) in enumerate(zip_longest(body.blocks, body.blocks[1:])):
            level = block.level
            if level is None or level > 2 or level not in bare or block.type == "table" or len(block.line) > 28:
                continue
            match = _HEADING_END.search(block.line)
            deeper = after is not None and (after.level is None or after.level > level)
            if match and deeper and not re.search(r"[，。；：]", block.line[:-1]):
                piece = draft.at(f"{body.pointer}/{i}", Span(*block.span), block.line)
                end = len(piece.text)
                yield Found(piece, end - 1, end, f"{match[0]} at the end of a heading", "leave it out")


@check("L07", "复合序数", "warning", _CLAUSE)
def compound_numerals(draft: Draft) -> Iterator[Found]:
    """Numbers are typed with hanzi, digits and brackets, not as one sign.

    Irregular: ⑴ ⒈ ㈠ — right: （1） 1. （一）. ① is the custom below the fourth level and is let be.
    """

    def spelled(match: re.Match[str]) -> str:
        plain = unicodedata.normalize("NFKC", match[0])
        return plain.replace("(", "（").replace(")", "）")

    for piece in draft.paragraphs:
        for match in _LABELLED.finditer(piece.text):
            new = spelled(match)
            yield Found(piece, *match.span(), f"{match[0]} as one sign", f"write {new}", new)
