"""The head of a document, read downwards: 版头, 标题, 题注, 主送机关, in the order the source has them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from govdoc.model import Recipients, split_names
from govdoc.parsing.above import title_start
from govdoc.parsing.collected import without_part
from govdoc.parsing.found import Found, at
from govdoc.parsing.front import FRONT_STEPS, Head, Step
from govdoc.parsing.lines import Line
from govdoc.parsing.signatures import match_org_date, split_orgs
from govdoc.parsing.titles import balance, join_title, noted_in_title, number_in_title, read_title
from govdoc.wording.dates import DATE, DateRead, read_date
from govdoc.wording.numbers import (
    read_doc_number,
)
from govdoc.wording.recipients import is_addressed, is_recipients
from govdoc.wording.vocabulary import (
    HAN,
    SALUTATIONS,
    TITLE_END,
    ends_sentence,
    genre_of,
    is_agency,
)

_SUBTITLE = re.compile(r"(?:[（(【].{4,400}[）)】]|(?:——|—|--).{4,80})$")
_SPEAKER = re.compile(rf"(?:[{HAN}]{{2,20}}[\s\u3000]+)?[{HAN}·]{{1,4}}(?:[\s\u3000]?[{HAN}]{{1,2}})?")
_SPOKEN = re.compile(
    rf"(?P<before>[{HAN}·\s\u3000]{{2,26}})?[（(](?P<inside>[^（）()]{{4,100}})[）)](?P<after>[{HAN}·\s\u3000]{{2,26}})?"
)
_PASSED = re.compile(r"\d{4}年|[〇○零一二三四五六七八九]{4}年|通过|发布|公布|批准|修订|修正|会议")
_TO_PEOPLE: Final = frozenset(["通知", "公告", "通告", "通报", "函"])
_LONGEST_GREETING: Final = 30
_AT_MEETING = re.compile(r"[^，。；：]*(?:会议?|大会|全会)上")


def read_head(lines: Sequence[Line], begin: int, end: int) -> Head:
    """Read downwards from ``begin`` as long as a line is an element of the head."""
    head, i = Head(), begin
    taken = 1
    while taken and i < end:
        taken = next((count for step in _STEPS if (count := step(head, lines, i, end))), 0)
        i += taken
    head.stop = i
    return head


def _above(head: Head, lines: Sequence[Line], i: int, end: int) -> int:
    """A line above the title that is no part of it."""
    if head.title or (title_start(lines, i, end) == i and not _opens_part(lines, i, end)):
        return 0
    head.above.append(lines[i])
    return 1


def _opens_part(lines: Sequence[Line], i: int, end: int) -> bool:
    """Whether a line is what a collection calls its part (会议纪要篇1), with the document's own title under it."""
    text = lines[i].text.strip()
    if not lines[i].boundary or without_part(text) == text or TITLE_END.search(text):
        return False
    return genre_of(join_title(lines[i + 1 : i + 1 + read_title(lines, i + 1, end)])) is not None


def _title(head: Head, lines: Sequence[Line], i: int, end: int) -> int:
    """标题, over one or several lines; a 发文字号 in brackets at its end is parted from it."""
    if head.title:
        return 0
    count = read_title(lines, i, end)
    if not count:
        return 0
    title = at(join_title(lines[i : i + count]), lines[i : i + count])
    if lines[i].boundary:
        title = title.map(without_part)
    title = title.map(lambda text: text.rstrip("。；，"))
    parted = number_in_title(title, lines[i : i + count])
    number = read_doc_number(parted[1].value) if parted else None
    if parted and number and head.doc_number is None:
        title, head.doc_number = parted[0], Found(number, parted[1].start, parted[1].stop)
    noted = None if parted else noted_in_title(title, lines[i : i + count])
    if noted:
        title, head.subtitle = noted
        head.date = head.date or _date_in(noted[1])
    head.title = title
    return count


def _rest_of_title(head: Head, lines: Sequence[Line], i: int, end: int) -> int:
    """The rest of a title that its 发文字号 cuts in two: 某局关于做好2024年 | 某字〔2024〕15号 | 防汛工作的通知."""
    title, number = head.title, head.doc_number
    if title is None or number is None or head.recipients or number.stop != lines[i - 1].stop:
        return 0
    if "关于" not in title.value or genre_of(title.value) or title.stop > number.start or "关于" in lines[i].text:
        return 0
    count = read_title(lines, i, end)
    rest = join_title(lines[i : i + count])
    if not count or genre_of(rest) is None or "的" not in rest:
        return 0
    head.title = Found(title.value + rest, title.start, lines[i + count - 1].stop)
    return count


def _date_in(text: Found[str]) -> Found[DateRead] | None:
    found = re.search(DATE, text.value)
    date = read_date(found[0]) if found else None
    return Found(date, text.start + found.start(), text.start + found.end()) if found and date else None


def _subtitle(head: Head, lines: Sequence[Line], i: int, end: int) -> int:
    """题注: （2018年12月21日…通过）, ——在…会议上, with the speaker; a date in it may be the 成文日期."""
    if head.title is None or head.subtitle or head.recipients:
        return 0
    count = _subtitle_length(lines, i, end)
    if not count:
        return 0
    between = "" if _runs_over(lines, i, end) else " "
    head.subtitle = at(between.join(line.text.strip() for line in lines[i : i + count]), lines[i : i + count])
    for line in lines[i : i + count]:
        head.date = head.date or _date_in(at(line.text, [line]))
    return count


def _subtitle_length(lines: Sequence[Line], i: int, end: int) -> int:
    """How many lines a 题注 has: the bracket or dash, and the speaker's name before or after it."""
    text = lines[i].text.strip()
    below = lines[i + 1].text.strip() if i + 1 < end else ""
    count = _open_bracket(lines, i, end)
    if count:
        return count
    if _runs_over(lines, i, end):
        return 2
    if _is_spoken(text):
        return 1
    if _is_noted(text):
        return 2 if _SPEAKER.fullmatch(below) and not is_agency(below) and _addresses(lines, i + 2, end) else 1
    return 2 if _SPEAKER.fullmatch(text) and not is_agency(text) and _is_noted(below) and below[0] in "（(" else 0


def _runs_over(lines: Sequence[Line], i: int, end: int) -> bool:
    """Whether the meeting that a 题注 names goes on in the next line: ——…代表大会 | 常务委员会第二十九次会议上."""
    text = lines[i].text.strip()
    below = lines[i + 1].text.strip() if i + 1 < end else ""
    dashed = text.startswith(("——", "—", "--")) and not text.endswith("上")
    return dashed and _is_noted(text) and len(below) <= _LONGEST_GREETING and _AT_MEETING.fullmatch(below) is not None


def _open_bracket(lines: Sequence[Line], i: int, end: int) -> int:
    """How many lines a 题注 in brackets takes that its lines break: （2016年7月28日…通过 | 2021年…修正）."""
    text = lines[i].text.strip()
    if text[:1] not in "（(" or balance(text) <= 0:
        return 0
    for j in range(i + 1, min(i + 5, end)):
        text += lines[j].text.strip()
        if balance(text) <= 0:
            return j + 1 - i if text[-1] in "）)" and len(text) <= 600 and _PASSED.search(text) else 0
    return 0


def _is_noted(text: str) -> bool:
    if not _SUBTITLE.match(text) or text.startswith(("（此件", "(此件")):
        return False
    return text[0] not in "（(【" or _PASSED.search(text) is not None


def _is_spoken(text: str) -> bool:
    """Whether a line holds a day in brackets and the speaker's name beside it: 王建国（2024年2月20日）."""
    found = _SPOKEN.fullmatch(text)
    if found is None or (found["before"] is None) == (found["after"] is None) or not re.search(DATE, found["inside"]):
        return False
    speaker = (found["before"] or found["after"]).strip()
    return _SPEAKER.fullmatch(speaker) is not None and not is_agency(speaker) and not TITLE_END.search(speaker)


def _addresses(lines: Sequence[Line], i: int, end: int) -> bool:
    """Whether a speech goes on: a salutation, or a paragraph."""
    return i < end and (SALUTATIONS.match(lines[i].text) is not None or len(lines[i].text) > 60)


def _dateline(head: Head, lines: Sequence[Line], i: int, end: int) -> int:
    """Agency and date on a line under the 期号 of a 纪要, or a date alone under a title."""
    line = lines[i]
    found = match_org_date(line.text)
    known = head.issue_number or head.title
    if not known or head.date or head.recipients or i + 1 >= end:
        return 0
    whole = read_date(line.text)
    under = _date_under(lines, i, end)
    if under:
        head.orgs += split_orgs(line)
        head.date = under
        head.dateline = [line, lines[i + 1]]
        return 2
    if whole and not whole.yearless and not line.right:
        head.date = at(whole, [line])
    elif found and head.issue_number and (date := read_date(found[1])):
        cut = line.start + line.text.index(found[1])
        org = found[0].strip()
        start = line.start + line.text.index(org)
        head.orgs.append(Found(org, start, start + len(org)))
        head.date = Found(date, cut, line.stop)
    else:
        return 0
    head.dateline = [line]
    return 1


def _reporter(head: Head, lines: Sequence[Line], i: int, end: int) -> int:
    """The agency that reports to a congress, between the 题注 and the 主送机关."""
    if head.subtitle is None or head.recipients or i + 1 >= end:
        return 0
    if not is_agency(lines[i].text) or not is_recipients(lines[i + 1].text):
        return 0
    head.orgs += split_orgs(lines[i])
    head.dateline = [lines[i]]
    return 1


def _date_under(lines: Sequence[Line], i: int, end: int) -> Found[DateRead] | None:
    """The date under an agency that stands between a title and its text; ``None`` where they end a text."""
    if i + 2 >= end or not is_agency(lines[i].text) or lines[i].right or not ends_sentence(lines[i + 2].text):
        return None
    date = read_date(lines[i + 1].text)
    return at(date, lines[i + 1 : i + 2]) if date and date.full else None


def _recipients(head: Head, lines: Sequence[Line], i: int, end: int) -> int:
    """主送机关: the line or lines under the title that end in a colon, or at the top of a text without one."""
    at_top = i == 0 or head.doc_number is not None
    if head.recipients or (head.title is None and not (at_top and is_addressed(lines[i].text))):
        return 0
    text = ""
    for j in range(i, min(i + 4, end)):
        text += lines[j].text.strip()
        if is_recipients(text) or (j == i and _greets(head, text)):
            body = text[:-1].strip()
            head.recipients = at(Recipients(body, split_names(body)), lines[i : j + 1])
            return j + 1 - i
        if not text.endswith(("，", "、", "；")) and not lines[j].text.startswith("各"):
            break
    return 0


def _greets(head: Head, text: str) -> bool:
    """Whether a notice to people, not a speech, opens with 各位家长： or 尊敬的用户：."""
    genre = genre_of(head.title.value) if head.title else None
    return (
        genre in _TO_PEOPLE
        and SALUTATIONS.match(text) is not None
        and text[-1] in "：:"
        and len(text) <= _LONGEST_GREETING
    )


_STEPS: Final[tuple[Step, ...]] = (
    *FRONT_STEPS,
    _rest_of_title,
    _subtitle,
    _reporter,
    _dateline,
    _recipients,
    _above,
    _title,
)
