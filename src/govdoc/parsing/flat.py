"""Texts whose line breaks were lost: cut at the structure that is still there, never a character dropped."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import islice, pairwise
from typing import Final

from govdoc.parsing.lines import Line
from govdoc.wording.carried import carried_titles, same_title
from govdoc.wording.dates import DATE, number_of
from govdoc.wording.labels import read_label
from govdoc.wording.numbers import read_doc_number
from govdoc.wording.recipients import is_addressed, is_recipients
from govdoc.wording.vocabulary import CARRIED_WORDS, GENRES, HAN, agency_in_title, is_agency, squeeze

_FLAT_LINE: Final = 600
_GENRE = "|".join(sorted(GENRES, key=len, reverse=True))
_BLANK = r"[\s\u3000]*"
_NUMBER = rf"[{HAN}A-Za-z]{{2,10}}[〔\[﹝［（(]\d{{4}}[〕\]﹞］）)]第?\d{{1,5}}号"
_NUMBER_AT = re.compile(_NUMBER)
_BARE_NUMBER_AT = re.compile(rf"[（(]{_NUMBER}[）)]")
_TITLE_STOP = re.compile(rf"(?:{_GENRE}|{CARRIED_WORDS}|报告)(?:（(?![^（）]*日）)[^（）]{{1,12}}）)?")
_TITLE_END = re.compile(rf"(?:{_TITLE_STOP.pattern}){_BLANK}$")
_FRONT = re.compile(r"\d{6}(?!\d)|[绝机秘]密(?:★\d{1,2}(?:年|个月))?|特急|加急")
_MARK = re.compile(rf"[{HAN}（）\s\u3000]{{2,80}}?文件(?={_BLANK}(?:{_NUMBER}))")
_ORDER = re.compile(rf"[{HAN}\s\u3000]{{2,40}}?令{_BLANK}第[\d一二三四五六七八九十百〇]+号")
_SIGNERS = re.compile(
    rf"{_BLANK}签发人[：:]{_BLANK}(?:[{HAN}]{{2,3}}[\s\u3000]+)*[{HAN}]{{2,3}}(?=关于|[{HAN}]{{2,20}}关于)"
)
_NOTED = re.compile(
    r"（[^（）]{0,40}\d{4}年\d{1,2}月\d{1,2}日[^（）]{0,200}(?:通过|发布|公布|批准|修订|修正)?[^（）]{0,200}）"
)
_OPENS = re.compile(
    r"为|根据|按照|依据|经|现|近年|今年|当前|《|\d{4}年|第一[章条]|一、|自|由于|鉴于|贯彻|你[省市县区局厅部院校]|各[省市县区]|在|本"
)
_SIGNED = re.compile(
    rf"(?<=[。！）])[\s\u3000]*(?P<org>[{HAN}\s\u3000]{{2,60}}?)[\s\u3000]*(?P<date>{DATE})"
    rf"(?P<note>(?:[\s\u3000]*[（(](?:此件|联系人|本文|主动)[^（）()]{{0,80}}[）)]){{0,2}})"
)
_PERSON = re.compile(
    rf"(?<=[。！])(?P<org>(?:[{HAN}]{{0,14}}(?:总理|主席|省长|市长|县长|区长|州长|部长|局长|署长|行长|主任)[\s\u3000]*[{HAN}]{{2,3}})+)"
    rf"(?P<date>{DATE})(?P<note>)"
)
_ENDS = "附件|主题词|抄送|抄报|公开属性|公开方式|联系人"
_AFTER_SIGNED = re.compile(rf"[\s\u3000]*(?:关于|{_ENDS}|《|$)")
_COLOPHON = re.compile(r"(?<=[日。）开])[\s\u3000]*(?:主题词|抄送|抄报|公开属性|公开方式|联系人)[：:]?")
_PRINT = re.compile(rf"(?<=[。）])[\s\u3000]*[{HAN}]{{3,30}}?[\s\u3000]*{DATE}[\s\u3000]*印发[\s\u3000]*$")
_NOTES = re.compile(r"(?<=[。！）])附件[：:]")
_NUMERALS: Final = (
    r"(?P<n>[一二三四五六七八九十]{1,3})、",
    r"[（(](?P<n>[一二三四五六七八九十]{1,3})[）)]",
    r"(?P<n>\d{1,2})[.．](?!\d)",
    r"第(?P<n>[一二三四五六七八九十]{1,3})章",
    r"第(?P<n>[一二三四五六七八九十百]{1,5})条(?=[\s\u3000])",
)
_NUMERAL: Final = tuple(re.compile(pattern) for pattern in _NUMERALS)
_NAME_STOP = re.compile(rf"(?:{_TITLE_STOP.pattern}|表|图|函|\.(?:docx?|xlsx?|pdf|zip|rar))")
_SETTLED: Final = "。；：！）"
_HEADING_REACH: Final = 40
_MOST_NOTES: Final = 10
_COLOPHON_REACH: Final = 500


def unflatten(lines: Sequence[Line]) -> list[Line]:
    """The lines, those that hold a whole document cut into the lines they were."""
    found: list[Line] = []
    for i, line in enumerate(lines):
        if line.table is None and (len(line.text) >= _FLAT_LINE or (i < 3 and len(line.text) > 60)):
            found += _unflatten(line)
        else:
            found.append(line)
    return found


def _unflatten(line: Line) -> list[Line]:
    text = line.text
    cuts, title = _head_cuts(text, 0)
    if len(text) < _FLAT_LINE and not cuts:
        return [line]
    cuts += _end_cuts(text, title, max(cuts, default=0))
    for pattern in _NUMERAL:
        cuts += _numeral_cuts(text, pattern, sorted(cuts))
    return line.cut(*cuts)


Matcher = Callable[[str, int], int]
"""Where an element that begins at an offset ends; 0 where it is not there."""


def _head_cuts(text: str, begin: int) -> tuple[list[int], str]:
    """Where the elements of a head end, in a text that begins with one; and its title."""
    cuts: list[int] = []
    title = ""
    place = begin
    for name, matcher in _HEAD:
        stop = matcher(text, place)
        if stop:
            title = text[place:stop] if name == "title" else title
            cuts.append(stop)
            place = stop
    stop = _recipients(text, 0) if begin == 0 else 0
    addressed = stop > 0 and is_addressed(text[:stop])
    known = title or addressed or any(name == "order" for name, matcher in _HEAD if matcher(text, begin))
    return (cuts, title.strip()) if known else ([], "")


def _at(pattern: re.Pattern[str]) -> Matcher:
    def match(text: str, begin: int) -> int:
        found = pattern.match(text, begin)
        return found.end() if found else 0

    return match


def _bare_mark(text: str, begin: int) -> int:
    """A bare agency before a number that is not behind a title: 常州市教育局|常教函〔2022〕18号."""
    found = _NUMBER_AT.search(text, begin, begin + 60)
    bracket = re.search(r"[〔\[﹝［（(]", found[0]) if found else None
    if found is None or bracket is None or "关于" in text[begin : found.start()]:
        return 0
    middle = found.start() + bracket.start()
    fits = [middle - size for size in range(2, 7) if is_agency(text[begin : middle - size])]
    return fits[0] if fits else 0


def _title(text: str, begin: int) -> int:
    """The end of a title: before its number, before recipients, before a 题注, or before words a text opens with."""
    window = text[begin : begin + 600]
    number = _number_start(window)
    stop = number or _before_recipients(window) or _before_noted(window) or _before_opening(window)
    return begin + stop if stop else 0


def _number_start(window: str) -> int:
    """The start of the 发文字号 behind a title, with the longest title: …的函|国办函〔2004〕57号."""
    for found in _NUMBER_AT.finditer(window[:260]):
        if "。" in window[: found.start()]:
            return 0
        bracket = re.search(r"[〔\[﹝［（(]", found[0])
        middle = found.start() + (bracket.start() if bracket else 0)
        for size in range(2, 11):
            start = middle - size
            if (
                start > 3
                and _TITLE_END.search(window[max(0, start - 24) : start])
                and read_doc_number(window[start : found.end()])
            ):
                return start
        if window[found.start() - 1 : found.start()] in ("（", "(") and _TITLE_END.search(window[: found.start() - 1]):
            return found.start() - 1
    return 0


def _before_recipients(window: str) -> int:
    """The end of a title that stands before recipients: …的报告|国务院：."""
    colon = re.search("[：:]", window[:300])
    if colon is None or "。" in window[: colon.start()] or not re.search("关于|《|对", window[: colon.start()]):
        return 0
    stops = [found.end() for found in _TITLE_STOP.finditer(window, 0, colon.start())]
    return next((stop for stop in stops if stop > 6 and is_recipients(window[stop : colon.end()])), 0)


def _before_noted(window: str) -> int:
    found = _NOTED.search(window[:400])
    return found.start() if found and _TITLE_END.search(window[: found.start()]) else 0


def _before_opening(window: str) -> int:
    """The end of a title that stands before a paragraph: …的通告|为保障公共安全."""
    for found in _TITLE_STOP.finditer(window[:120]):
        head = window[: found.end()]
        if re.search("[。；：]", head):
            return 0
        whole = "关于" in head or (
            len(head) <= 40 and (is_agency(head[: found.start()]) or re.search(r"\d{4}年", head))
        )
        if whole and head.count("《") == head.count("》") and _OPENS.match(window, found.end()):
            return found.end()
    return 0


def _recipients(text: str, begin: int) -> int:
    colon = re.compile("[：:]").search(text, begin, begin + 400)
    return colon.end() if colon and is_recipients(text[begin : colon.end()]) else 0


_HEAD: Final[tuple[tuple[str, Matcher], ...]] = (
    ("front", _at(_FRONT)),
    ("front", _at(_FRONT)),
    ("front", _at(_FRONT)),
    ("mark", _at(_MARK)),
    ("mark", _bare_mark),
    ("number", _at(_NUMBER_AT)),
    ("signers", _at(_SIGNERS)),
    ("order", _at(_ORDER)),
    ("title", _title),
    ("number", _at(_BARE_NUMBER_AT)),
    ("number", _at(_NUMBER_AT)),
    ("noted", _at(_NOTED)),
    ("recipients", _recipients),
)


def _end_cuts(text: str, title: str, begin: int) -> list[int]:
    """Around signature and date: at the end of the text, or before the title of a text that goes with it."""
    cuts: list[int] = []
    carried = carried_titles(title, [text[begin : begin + 300]])
    for pattern in (_SIGNED, _PERSON):
        for found in pattern.finditer(text):
            cuts += _signed_cuts(text, found, carried)
    known = agency_in_title(title)
    last = max(0, len(text) - 80)
    for found in re.finditer(rf"{re.escape(known)}[\s\u3000]*{DATE}$", text[last:]) if known else ():
        cuts += [last + found.start(), last + found.start() + len(known or "")]
    last = max(0, len(text) - _COLOPHON_REACH)
    for pattern in (_COLOPHON, _PRINT) if title else ():
        cuts += [last + found.start() for found in pattern.finditer(text[last:])]
    for notes in islice(_NOTES.finditer(text), _MOST_NOTES):
        cuts += [notes.start(), *_note_cuts(text, notes.end())]
    return cuts


def _note_cuts(text: str, begin: int) -> list[int]:
    """After the names of an 附件说明: at the next numeral, and around signature and date."""
    cuts: list[int] = []
    window = text[begin : begin + 600]
    date = re.search(DATE, window)
    starts = [found.end() for found in _NAME_STOP.finditer(window, 0, date.start())] if date else []
    start = next((start for start in starts if date and is_agency(window[start : date.start()])), None)
    if date is None or start is None:
        return []
    note = re.compile(r"[\s\u3000]*[（(](?:此件|联系人|主动)[^（）()]{0,80}[）)]").match(window, date.end())
    cuts += [start, date.start(), date.end(), note.end() if note else date.end()]
    expected = 2
    for found in re.finditer(r"(?<=[^\d.])(\d{1,2})[.．、](?!\d)", window[:start]):
        if int(found[1]) == expected:
            cuts.append(found.start())
            expected += 1
    places = sorted({0, *(cut for cut in cuts if cut <= start)})
    names = [re.sub(r"^\d{1,2}[.．、]", "", window[one:other]) for one, other in pairwise(places)]
    return [begin + cut for cut in cuts] + _page_cuts(text, begin + date.end(), names)


def _page_cuts(text: str, begin: int, names: Sequence[str]) -> list[int]:
    """Around the label and title of each 附件 page whose name the 附件说明 gave."""
    cuts: list[int] = []
    for name in names[:50]:
        page = re.compile(rf"附件\d{{0,2}}{_BLANK}(?={re.escape(name)})").search(text, begin) if name.strip() else None
        if page:
            cuts += [page.start(), page.end(), page.end() + len(name)]
    return cuts


def _signed_cuts(text: str, found: re.Match[str], carried: Sequence[str]) -> list[int]:
    org = found["org"].strip()
    names = [name for name in re.split(r"[\s\u3000]+", org) if name]
    if not all(is_agency(name) for name in names) and found.re is _SIGNED:
        return []
    nested, _ = _head_cuts(text, found.end()) if found.end() < len(text) else ([], "")
    named = [one for one in carried if same_title(text[found.end() : found.end() + len(squeeze(one))], one)]
    titled = [found.end() + len(squeeze(named[0]))] if named and not nested else []
    if not (_AFTER_SIGNED.match(text, found.end()) or nested or named):
        return []
    return [found.start("org"), found.start("date"), found.end("date"), found.end(), *nested, *titled]


def _numeral_cuts(text: str, pattern: re.Pattern[str], known: Sequence[int]) -> list[int]:
    """Before the numerals of one level that count on or begin again, after a sentence or a heading above them."""
    cuts: list[int] = []
    expected, i = 1, 0
    for found in pattern.finditer(text):
        start, number = found.start(), number_of(found["n"])
        while i + 1 < len(known) and known[i + 1] < start:
            i += 1
        above = text[known[i] : start] if known and known[i] < start <= known[i] + _HEADING_REACH else ""
        settled = start and text[start - 1] in _SETTLED
        headed = read_label(above) is not None and "。" not in above
        if number in (expected, 1) and (settled or headed or start in known):
            cuts.append(start)
            expected = (number or 0) + 1
    return cuts
