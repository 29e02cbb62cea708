"""Where the elements of a text without line breaks begin and end: its head, its end, its numerals."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice, pairwise
from typing import Final, NamedTuple

from govdoc.wording.carried import carried_titles, same_title
from govdoc.wording.dates import DATE, number_of
from govdoc.wording.labels import read_label
from govdoc.wording.numbers import read_doc_number
from govdoc.wording.recipients import is_addressed, is_recipients
from govdoc.wording.vocabulary import CARRIED_WORDS, GENRES, HAN, agency_in_title, is_agency, is_strong_agency, squeeze

_GENRE = "|".join(sorted(GENRES, key=len, reverse=True))
BLANKS: Final = " \t\u3000"
BLANK: Final = r"[ \t\u3000]{0,9}"
_NUMBER = rf"(?!根据|按照|依据|参照|依照|遵照)[{HAN}A-Za-z]{{2,10}}[〔\[﹝［（(]\d{{4}}[〕\]﹞］）)]第?\d{{1,5}}号"
_NUMBER_AT = re.compile(_NUMBER)
_BARE_NUMBER_AT = re.compile(rf"[（(]{_NUMBER}[）)]")
_TITLE_STOP = re.compile(rf"(?:{_GENRE}|{CARRIED_WORDS}|报告)(?:（(?![^（）]*日）)[^（）]{{1,12}}）)?")
_OF_A_GENRE = re.compile(rf"的(?:{_GENRE}|报告)\Z")
_TITLE_END = re.compile(rf"(?:{_TITLE_STOP.pattern}){BLANK}$")
_FRONT = re.compile(r"\d{6}(?!\d)|[绝机秘]密(?:★\d{1,2}(?:年|个月))?|特急|加急")
_MARK = re.compile(rf"[{HAN}（）\s]{{2,80}}?文件(?={BLANK}(?:{_NUMBER}))")
_ORDER = re.compile(rf"[{HAN}\s]{{2,40}}?令{BLANK}第[\d一二三四五六七八九十百〇]+号")
_SIGNERS = re.compile(
    rf"签发人[：:]{BLANK}(?:[{HAN}]{{2,3}}\s{{1,9}}){{0,9}}?[{HAN}]{{2,3}}(?=\s{{0,9}}(?:关于|[{HAN}]{{2,20}}关于))"
)
_NOTED = re.compile(
    r"（[^（）]{0,40}\d{4}年\d{1,2}月\d{1,2}日[^（）]{0,200}(?:通过|发布|公布|批准|修订|修正)?[^（）]{0,200}）"
)
_OPENS = re.compile(
    r"为|根据|按照|依据|经|现|近年|今年|当前|《|\d{4}年(?!第?\d{1,5}号)|第一[章条]|一、|自|由于|鉴于|贯彻|你[省市县区局厅部院校]|各[省市县区]|在|本"
)
_IN_PROSE = re.compile(r"按照|根据|我[国省市县区州局厅部校院]|认真|坚持|围绕|要求|已经|正在")
_PROSE = re.compile(r"[号〔（(]|现|将|根据|按照|依据|依照|参照|遵照|贯彻|落实|结合|为|经|近|今|当前|按|收到|你")
_SIGNED = re.compile(
    rf"(?<=[。！）])\s{{0,9}}(?P<org>[{HAN}\s]{{2,60}}?)\s{{0,9}}(?P<date>{DATE})(?!\s{{0,9}}(?:印发|\d{{1,2}}日))"
    rf"(?P<note>(?:\s{{0,9}}[（(](?:此件|联系人|本文|主动)[^（）()]{{0,80}}[）)]){{0,2}})"
)
_PERSON = re.compile(
    rf"(?<=[。！])(?P<org>(?:[{HAN}]{{0,14}}(?:总理|主席|省长|市长|县长|区长|州长|部长|局长|署长|行长|主任)\s{{0,9}}[{HAN}]{{2,3}}){{1,9}})"
    rf"(?P<date>{DATE})(?P<note>)"
)
_ENDS = "附件|主题词|抄送|抄报|公开属性|公开方式|联系人"
_PAGE_ENDS = r"[【\[]?(?:打印|关闭|分享|扫一扫|责任编辑|上一[篇条]|相关)"
_AFTER_SIGNED = re.compile(rf"\s{{0,9}}(?:关于|{_ENDS}|《|$|{_PAGE_ENDS})")
_COLOPHON = re.compile(r"(?<=[日。）开])\s{0,9}(?:主题词|抄送|抄报|公开属性|公开方式|联系人)[：:]?")
_PRINT = re.compile(rf"(?<=[。）])\s{{0,9}}[{HAN}]{{3,30}}?\s{{0,9}}{DATE}\s{{0,9}}印发\s{{0,9}}$")
_NOTES = re.compile(r"(?<=[。！）])附件[：:]")
_NAMES_FOLLOW = re.compile(r"附件?[：:]\Z")
_CLOSING = re.compile(r"(?<=。)(?:[特专]?此(?:复|批复|公告|通知|通告|报告|函复|函告|函达|说明)|请予支持为盼)。")
_NUMERALS: Final = (
    r"(?P<n>[一二三四五六七八九十]{1,3})、",
    r"[（(](?P<n>[一二三四五六七八九十]{1,3})[）)]",
    r"(?P<n>\d{1,2})[.．](?!\d)",
    r"第(?P<n>[一二三四五六七八九十]{1,3})章",
    r"第(?P<n>[一二三四五六七八九十百]{1,5})条(?=[\s])",
)
_NUMERAL: Final = tuple(re.compile(pattern) for pattern in _NUMERALS)
_NAME_STOP = re.compile(rf"(?:{_TITLE_STOP.pattern}|表|图(?!书)|函|\.(?:docx?|xlsx?|pdf|zip|rar))")
SETTLED: Final = "。；：！）"
_HEADING_REACH: Final = 40
_LONGEST_TITLE: Final = 120
_MOST_NOTES: Final = 10
_COLOPHON_REACH: Final = 500


class Head(NamedTuple):
    """The head of a text: where its elements end, what they are, and the title among them."""

    cuts: tuple[int, ...] = ()
    kinds: frozenset[str] = frozenset()
    title: str = ""


Matcher = Callable[[str, int], int]
"""Where an element that begins at an offset ends; 0 where it is not there."""


def read_head(text: str, begin: int) -> Head:
    """The elements of a head that begins at an offset; none where no title, order or address is sure."""
    cuts: list[int] = []
    kinds: list[str] = []
    title = ""
    place = begin
    for kind, matcher in _HEAD:
        start = after_blanks(text, place)
        stop = 0 if kind == "mark" and kind in kinds else matcher(text, start)
        if stop:
            title = text[start:stop].strip() if kind == "title" else title
            cuts.append(stop)
            kinds.append(kind)
            place = stop
    numbered = kinds[-2:] == ["number", "recipients"]
    addressed = kinds == ["recipients"] and is_addressed(text[begin:place])
    known = title or addressed or numbered or "order" in kinds
    return Head(tuple(cuts), frozenset(kinds), title) if known else Head()


def after_blanks(text: str, begin: int) -> int:
    """Where the blanks that begin at an offset end."""
    while begin < len(text) and text[begin] in BLANKS:
        begin += 1
    return begin


def before_blanks(text: str, end: int) -> int:
    """Where the blanks that end at an offset begin."""
    while end and text[end - 1] in BLANKS:
        end -= 1
    return end


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
    fits = [middle - size for size in range(2, 7) if is_strong_agency(text[begin : middle - size])]
    fits = [fit for fit in fits if fit - begin > 3]
    return fits[0] if fits else 0


def _title(text: str, begin: int) -> int:
    """The end of a title: before its number, recipients, a 题注, a gap, or the words a text opens with."""
    window = text[begin : begin + 600]
    if _PROSE.match(window):
        return 0
    for find in (_number_start, _before_recipients, _before_noted, _before_gap, _before_opening):
        stop = find(window)
        if stop:
            return begin + stop if _is_title(window[:stop]) else 0
    return 0


def _is_title(text: str) -> bool:
    """Whether what stands before a number or recipients is a title: no sentence; blanks only behind an agency."""
    parts = text.split()
    return (
        len(text) <= _LONGEST_TITLE
        and not re.search(r"[。；：:>|]", text)
        and text.count("《") == text.count("》")
        and all(is_agency(part) for part in parts[:-1])
    )


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
    fits = [stop for stop in stops if stop > 6 and is_recipients(window[stop : colon.end()])]
    of_a_genre = [stop for stop in fits if _OF_A_GENRE.search(window, 0, stop)]
    return of_a_genre[-1] if of_a_genre else fits[0] if fits else 0


def _before_noted(window: str) -> int:
    found = _NOTED.search(window[:400])
    return found.start() if found and _TITLE_END.search(window[: found.start()]) else 0


def _before_gap(window: str) -> int:
    """The end of a title that blanks part from the rest: …的公告　发布日期：."""
    for found in re.finditer(r"(?<=\S)[ \t\u3000]+(?=\S)", window[:_LONGEST_TITLE]):
        head = window[: found.start()]
        if "关于" in head and _TITLE_END.search(head):
            return found.start()
    return 0


def _before_opening(window: str) -> int:
    """The end of a title that stands before a paragraph: …的通告|为保障公共安全."""
    for found in _TITLE_STOP.finditer(window[:120]):
        head = window[: found.end()]
        if re.search("[。；：]", head) or _IN_PROSE.search(head):
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
    ("bracketed", _at(_BARE_NUMBER_AT)),
    ("number", _at(_NUMBER_AT)),
    ("noted", _at(_NOTED)),
    ("recipients", _recipients),
)


def signature_cuts(text: str, title: str, begin: int) -> list[int]:
    """Around signature and date: at the end of the text, or before the title of a text that goes with it."""
    cuts: list[int] = []
    carried = carried_titles(title, [text[begin : begin + 300]])
    for pattern in (_SIGNED, _PERSON):
        for found in pattern.finditer(text, begin):
            cuts += _signed_cuts(text, found, carried)
    known = agency_in_title(title)
    last = max(begin, len(text) - 80)
    for found in re.finditer(rf"{re.escape(known)}\s{{0,9}}{DATE}$", text[last:]) if known else ():
        stop = last + found.start() + len(known or "")
        cuts += [last + found.start(), stop] if stop not in cuts else []
    return cuts


def end_cuts(text: str, title: str, begin: int) -> list[int]:
    """Before the closing words, the 版记 and the 附件说明, and after its names."""
    cuts = [found.start() for found in _CLOSING.finditer(text, begin)]
    cuts += [found.end() for found in _CLOSING.finditer(text, begin)]
    last = max(begin, len(text) - _COLOPHON_REACH)
    for pattern in (_COLOPHON, _PRINT) if title else ():
        cuts += [last + found.start() for found in pattern.finditer(text[last:])]
    for notes in islice(_NOTES.finditer(text, begin), _MOST_NOTES):
        cuts += [notes.start(), *_note_cuts(text, notes.end())]
    return cuts


def _note_cuts(text: str, begin: int) -> list[int]:
    """After the names of an 附件说明: at the next numeral, and around signature and date."""
    cuts: list[int] = []
    window = text[begin : begin + 600]
    date = re.search(DATE, window)
    stops = [found.end() for found in _NAME_STOP.finditer(window, 0, date.start())] if date else []
    fits = [stop for stop in stops if date and is_agency(window[stop : date.start()])]
    if date is None or not fits:
        return []
    start = fits[-1]
    note = re.compile(rf"{BLANK}[（(](?:此件|联系人|主动)[^（）()]{{0,80}}[）)]").match(window, date.end())
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
        page = re.compile(rf"附件\d{{0,2}}{BLANK}(?={re.escape(name)})").search(text, begin) if name.strip() else None
        if page:
            cuts += [page.start(), page.end(), page.end() + len(name)]
    return cuts


def _signed_cuts(text: str, found: re.Match[str], carried: Sequence[str]) -> list[int]:
    org = found["org"].strip()
    # Behind a bracket a name may go on: 毕业论文（设计）撰写规范教务处.
    sure = is_strong_agency if text[before_blanks(text, found.start()) - 1] == "）" else is_agency
    if not all(sure(name) for name in org.split()) and found.re is _SIGNED:
        return []
    nested = read_head(text, found.end()).cuts if found.end() < len(text) else ()
    start = after_blanks(text, found.end())
    named = [one for one in carried if same_title(text[start : start + len(squeeze(one))], one)]
    titled = [start + len(squeeze(named[0]))] if named and not nested else []
    if not (_AFTER_SIGNED.match(text, found.end()) or nested or named):
        return []
    return [found.start("org"), found.start("date"), found.end("date"), found.end(), *nested, *titled]


def numeral_cuts(text: str, known: Sequence[int]) -> Iterator[list[int]]:
    """Level by level, before the numerals that count on or begin again behind a sentence or a heading above them."""
    cuts = sorted(known)
    for pattern in _NUMERAL:
        found = _level_cuts(text, pattern, cuts)
        cuts = sorted([*cuts, *found])
        yield found


def _level_cuts(text: str, pattern: re.Pattern[str], known: Sequence[int]) -> list[int]:
    cuts: list[int] = []
    expected, i = 1, 0
    for found in pattern.finditer(text):
        start, number = found.start(), number_of(found["n"])
        while i + 1 < len(known) and known[i + 1] < start:
            i += 1
        above = text[known[i] : start] if known and known[i] < start <= known[i] + _HEADING_REACH else ""
        place = before_blanks(text, start)
        settled = place > 0 and text[place - 1] in SETTLED and not _NAMES_FOLLOW.search(text, max(0, place - 4), place)
        headed = read_label(above) is not None and "。" not in above
        if number in (expected, 1) and (settled or headed or start in known):
            cuts.append(start)
            expected = (number or 0) + 1
    return cuts
