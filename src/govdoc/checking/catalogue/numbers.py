"""N: 发文字号 (GB/T 9704-2012 §7.2.5)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govdoc.checking.draft import Draft, Piece
from govdoc.checking.matching import sweep
from govdoc.checking.registry import Found, check

_CLAUSE = "GB/T 9704-2012 §7.2.5"
_OPEN, _CLOSE = r"[〔\[【（(﹝［〈<{｛]", r"[〕\]】）)﹞］〉>}｝]"
_YEAR = re.compile(rf"({_OPEN})\s*([\d０-９〇○零Ｏ一二三四五六七八九]{{2,4}})\s*(年?)\s*({_CLOSE})")
_DI = re.compile(rf"(?<={_CLOSE})\s*第")
_PADDED = re.compile(rf"(?<={_CLOSE})\s*第?\s*(0+)(?=\d)")
_CITED = re.compile(r"[（(][^（）()《》\s]{1,14}〔\d{4}〕(第\s?|第?0+(?=\d))\d{1,5}号[）)]")
_MIXED = re.compile(
    rf"(?<=[\u4e00-\u9fffA-Za-z])(?P<open>{_OPEN})?(?P<year>(?:19|20)\d{{2}})(?P<close>{_CLOSE})?(?=第?\d{{1,5}}号)"
)
_MEANT = re.compile(rf"[\u4e00-\u9fff]{{1,10}}\s*{_OPEN}\s*\d{{2,4}}\s*{_CLOSE}\s*第?\d{{1,5}}\s*号?\s*")
_HEAD_LINES = 8
_NUMBER_RULE = "P304"


def _numbers(draft: Draft) -> Iterator[tuple[str, Piece, int]]:
    """The document's own numbers: pointer, raw form as a piece, and its offset in the source."""
    document = draft.document
    own = {"/header/doc_number": document.header.doc_number}
    own |= {f"/main/attachments/{i}/doc_number": one.doc_number for i, one in enumerate(document.main.attachments)}
    for pointer, number in own.items():
        if number is None:
            continue
        span, source = document.spans.get(pointer), draft.source
        if span is not None and source is not None:
            yield pointer, Piece(pointer, source[span[0] : span[1]]), span[0]
        else:
            yield pointer, Piece(pointer, number.raw), -1
    if document.header.doc_number is None and draft.source is not None:
        # What no reader takes for a number may still be meant as one.
        for line in draft.lines[:_HEAD_LINES]:
            span = line.span(0, len(line.text))
            if span and _MEANT.fullmatch(line.raw):
                yield "", Piece("", line.raw), span.start


def _found(piece: Piece, base: int, span: tuple[int, int], message: str, remedy: str, new: str | None) -> Found:
    start, stop = span
    if base < 0:
        return Found(piece, start, stop, message, remedy, new)
    return Found(None, base + start, base + stop, message, remedy, new)


@check("N01", "年份括号", "error", _CLAUSE)
def year_brackets(draft: Draft) -> Iterator[Found]:
    """The year in a 发文字号 stands in 〔〕 (U+3014, U+3015) and no other brackets.

    Irregular: 苏教〔2024]5号, 苏教（2024）5号, 苏教【2024】5号 — right: 苏教〔2024〕5号
    """
    for _, piece, base in _numbers(draft):
        for match in _YEAR.finditer(piece.text):
            if match[1] + match[4] != "〔〕":
                message = f"the year stands in {match[1]}{match[4]}, not in 〔〕"
                yield _found(piece, base, match.span(), message, "write 〔〕", f"〔{match[2]}〕")


@check("N02", "序号前的“第”", "error", _CLAUSE)
def ordinal_before_number(draft: Draft) -> Iterator[Found]:
    """No 第 stands before the sequence number.

    Irregular: 苏教〔2024〕第5号 — right: 苏教〔2024〕5号
    """
    for _, piece, base in _numbers(draft):
        for match in _DI.finditer(piece.text):
            yield _found(piece, base, match.span(), "第 before the sequence number", "leave 第 out", "")


@check("N03", "序号补零", "error", _CLAUSE)
def padded_number(draft: Draft) -> Iterator[Found]:
    """The sequence number is not padded with zeros.

    Irregular: 苏教〔2024〕005号 — right: 苏教〔2024〕5号
    """
    for _, piece, base in _numbers(draft):
        for match in _PADDED.finditer(piece.text):
            yield _found(piece, base, match.span(1), "the sequence number is padded with zeros", "drop the zeros", "")


_SHORT_YEAR = re.compile(rf"(?<={_OPEN})\s*\d\d\s*(?=年?{_CLOSE})")
_HAN_YEAR = re.compile(rf"(?<={_OPEN})\s*[〇○零Ｏ一二三四五六七八九]{{2,4}}\s*(?=年?{_CLOSE})")
_BLANK = re.compile(r"(?<=[^号\s])[ \t\u3000]+(?=\S)")
_WIDE_DIGITS = re.compile(r"[０-９]+")
_TO_ASCII = {0xFF10 + digit: 0x30 + digit for digit in range(10)}


@check("N04", "文号写法", "error", _CLAUSE)
def number_form(draft: Draft) -> Iterator[Found]:
    """A 发文字号 is 机关代字〔four-digit year〕number号: Arabic digits of half width, no blanks.

    Irregular: 苏教〔24〕5号, 苏教〔二〇二四〕5号, 苏教〔2024〕５号, 苏教 〔2024〕 5 号, 苏教〔2024〕5
    """
    for _, piece, base in _numbers(draft):
        for match in _SHORT_YEAR.finditer(piece.text):
            yield _found(piece, base, match.span(), f"the year {match[0]} has two digits", "write all four", None)
        for match in _HAN_YEAR.finditer(piece.text):
            yield _found(piece, base, match.span(), f"the year {match[0]} is in hanzi", "write Arabic digits", None)
        # 财政部　税务总局公告2023年第8号 and two numbers on one line: blanks between names are no fault of a number.
        for match in _BLANK.finditer(piece.text) if _YEAR.search(piece.text) else ():
            yield _found(piece, base, match.span(), "a blank inside the number", "leave it out", "")
        for match in _WIDE_DIGITS.finditer(piece.text):
            new = match[0].translate(_TO_ASCII)
            yield _found(piece, base, match.span(), f"full-width digits {match[0]}", f"write {new}", new)
        text = piece.text.rstrip()
        if text[-1:].isdigit():
            yield _found(piece, base, (len(text), len(text)), "the number lacks its 号", "write 号 behind it", "号")


@check("N05", "文号年份与成文日期", "warning", "consistency")
def number_year_and_date(draft: Draft) -> Iterator[Found]:
    """The year of the 发文字号 is that of the 成文日期.

    Irregular: 苏教〔2023〕5号 on a document of 2024年3月1日.
    """
    number, date = draft.document.header.doc_number, draft.document.main.issue_date
    if number is None or number.year is None or not date or int(date[:4]) == number.year:
        return
    for _, piece, base in _numbers(draft):
        message = f"the number is of {number.year}, the date ({date}) of {date[:4]}"
        yield _found(piece, base, (0, len(piece.text)), message, "check both", None)
        return


@check("N06", "引用的文号", "warning", _CLAUSE + ", custom")
def cited_number(draft: Draft) -> Iterator[Found]:
    """A 发文字号 cited in the text follows the same form: 《标题》（X〔2024〕1号）.

    Irregular: 《…》（苏教[2024]5号）, （苏教〔2024]5号）, 《…》（苏教〔2024〕第5号） — right: 《…》（苏教〔2024〕5号）
    """
    own = [(base, base + len(piece.text)) for _, piece, base in _numbers(draft) if base >= 0]
    for edit in draft.edits:
        if edit.rule == _NUMBER_RULE and not any(start <= edit.start < stop for start, stop in own):
            message = f"the year of a cited number stands in {edit.old.strip()}"
            yield Found(None, edit.start, edit.stop, message, f"write {edit.new}", edit.new)
    for piece in draft.paragraphs:
        for match in _MIXED.finditer(piece.text):
            if (match["open"] or match["close"]) and (match["open"], match["close"]) != ("〔", "〕"):
                message = f"the year of a cited number stands in {match['open'] or ''}{match['close'] or ''}"
                new = f"〔{match['year']}〕"
                yield Found(piece, *match.span(), message, f"write {new}", new)
    message = "{} before the sequence number of a cited document"
    yield from sweep(draft.paragraphs, _CITED, message, "leave it out", new=lambda match: "", group=1)
