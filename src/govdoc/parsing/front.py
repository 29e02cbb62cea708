"""The 版头 read downwards: 份号, 密级, 紧急程度, 发文机关标志, 发文字号, 签发人, 令号, 期号 (§7.2)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from govdoc.model import DocNumber, IssuerMark, Recipients, Secrecy, SerialNumber
from govdoc.parsing.above import is_stray, speaks_out, title_start
from govdoc.parsing.found import Found, at
from govdoc.parsing.lines import Line
from govdoc.parsing.signatures import org_and_date
from govdoc.parsing.titles import join_title, read_title
from govdoc.wording.dates import DateRead, read_date
from govdoc.wording.numbers import (
    read_copy_number,
    read_doc_number,
    read_issue_number,
    read_order_number,
    read_secrecy,
)
from govdoc.wording.vocabulary import (
    HAN,
    TITLE_END,
    URGENCIES,
    agency_in_title,
    genre_of,
    is_agency,
    squeeze,
)

_PLACE: Final = 3  # characters that name the place of an agency
_GAP: Final = re.compile(r"[\s\u3000]+")
_LONGEST_FRONT: Final = 60
_URGENCY_LABEL = re.compile(r"^紧急程度[：:]")
_SUFFIX = re.compile(r"文\s*件$")
_SIGNERS = re.compile(rf"签\s*发\s*人?\s*[：:]\s*(?P<names>[{HAN}·\s\u3000、，,]{{2,60}})$")
_CODE = re.compile(rf"[{HAN}]{{2,8}}")
_YEARED = re.compile(r"\s*[〔\[【［（(]\s*\d{4}")
_BESIDE = re.compile(r"(?P<number>.{1,60}?号)[\s\u3000]+(?P<beside>\S.*)")
_PEOPLE = re.compile(rf"[{HAN}·]{{1,4}}(?:[\s\u3000]+[{HAN}·]{{1,4}}){{0,5}}")
_ORDER_MARK = re.compile(
    rf"(?P<agency>[{HAN}\s\u3000]{{2,40}}?)(?P<suffix>命令|令)[\s\u3000]*(?P<number>[（(]?第[\s\d一二三四五六七八九十百〇零]+号[）)]?)?$"
)
_ORDERS = re.compile(r"(?:现予|予以|现将?)(?:公布|发布|颁布|废止|修改)|自.{2,20}起施行|(?:任命|免去|特赦|授予|宣布)")
_MEETING = re.compile(r"(?:会议|办公会|常务会|党组会|专题会|例会)$")
_MINUTES_BELOW = re.compile(r"[^，。；：\d]{0,14}纪要")
_MINUTES_MARK = re.compile(rf"(?P<agency>[{HAN}\s\u3000（）]{{2,40}}?)(?P<suffix>纪\s*要)$")


@dataclass
class Head:
    """What the head gave, each with its place; ``stop`` is the index of the first line of the body.

    ``above`` holds the lines above the title that are no element of a head.
    """

    stop: int = 0
    copy_number: Found[str] | None = None
    secrecy: Found[Secrecy] | None = None
    urgency: Found[str] | None = None
    mark: Found[IssuerMark] | None = None
    doc_number: Found[DocNumber] | None = None
    order_number: Found[SerialNumber] | None = None
    issue_number: Found[SerialNumber] | None = None
    signers: Found[tuple[str, ...]] | None = None
    title: Found[str] | None = None
    subtitle: Found[str] | None = None
    recipients: Found[Recipients] | None = None
    orgs: list[Found[str]] = field(default_factory=list)
    date: Found[DateRead] | None = None

    dateline: list[Line] = field(default_factory=list)
    above: list[Line] = field(default_factory=list)

    @property
    def agencies(self) -> tuple[str, ...]:
        """The agencies the head names: in its mark, or in its title before 关于."""
        if self.mark:
            return self.mark.value.agencies
        named = agency_in_title(self.title.value if self.title else None)
        return (named,) if named else ()


Step = Callable[[Head, Sequence[Line], int, int], int]
"""Reads an element at a line into the head; the number of lines it took, 0 where the element is not there."""


def _front(head: Head, lines: Sequence[Line], i: int, end: int) -> int:
    """份号, 密级, 紧急程度: each on a line, or side by side.

    In a 信函 they stand below the mark, the first beside the 发文字号 (§10.1).
    """
    whole = lines[i].text.strip()
    if head.title or len(whole) > _LONGEST_FRONT:
        return 0
    pieces = [whole] if _front_kind(whole) else _GAP.split(whole)
    number = read_doc_number(pieces[-1]) if head.mark and head.doc_number is None and len(pieces) > 1 else None
    kinds = [_front_kind(piece) for piece in (pieces[:-1] if number else pieces)]
    free = [kind for kind in kinds if kind and getattr(head, kind) is None]
    if len(set(free)) < len(kinds) or (head.mark and not number and kinds == ["copy_number"]):
        return 0
    if number:
        head.doc_number = Found(number, lines[i].start + lines[i].text.rindex(pieces[-1]), lines[i].stop)
    _take_front(head, lines[i], kinds, pieces)
    return 1


def _take_front(head: Head, line: Line, kinds: Sequence[str | None], pieces: Sequence[str]) -> None:
    place = line.start
    for kind, piece in zip(kinds, pieces, strict=False):
        start = line.text.index(piece, place - line.start) + line.start
        place = start + len(piece)
        if kind == "secrecy" and (secrecy := read_secrecy(piece)):
            head.secrecy = Found(secrecy, start, place)
        elif kind == "copy_number":
            head.copy_number = Found(read_copy_number(piece) or piece, start, place)
        else:
            head.urgency = Found(re.split("[：:]", squeeze(piece))[-1], start, place)


def _front_kind(text: str) -> str | None:
    """The field a piece of the 版头 belongs to."""
    bare = _URGENCY_LABEL.sub("", squeeze(text))
    if bare in URGENCIES:
        return "urgency"
    if read_secrecy(text):
        return "secrecy"
    return "copy_number" if len(bare) >= 5 and read_copy_number(text) else None


def _number(head: Head, lines: Sequence[Line], i: int, end: int) -> int:
    """发文字号, alone or with 签发人 on its line."""
    text = lines[i].text
    if head.doc_number is None and (broken := _broken_number(lines, i, end)):
        head.doc_number = at(broken, lines[i : i + 2])
        return 2
    signers = _SIGNERS.search(text)
    left = text[: signers.start()] if signers else text
    number = None if head.doc_number else read_doc_number(left)
    if number is None and (signers is None or left.strip()):
        return _number_beside(head, lines, i)
    if number:
        start = lines[i].start + len(left) - len(left.lstrip())
        head.doc_number = Found(number, start, lines[i].start + len(left.rstrip()))
    if signers:
        names = tuple(_names_of_people(signers["names"]))
        before = head.signers or Found((), lines[i].start + signers.start(), lines[i].stop)
        head.signers = Found(before.value + names, before.start, lines[i].stop)
    return 1


def _number_beside(head: Head, lines: Sequence[Line], i: int) -> int:
    """发文字号 with the last row of 签发人 beside it (§7.2.6), or with a 期号 or 令号."""
    line = lines[i]
    found = _BESIDE.fullmatch(line.text.strip()) if head.doc_number is None and "号" in line.text else None
    number = read_doc_number(found["number"]) if found else None
    if found is None or number is None:
        return 0
    start = line.start + len(line.text) - len(line.text.lstrip())
    stop = start + found.end("number")
    beside = Found(found["beside"], start + found.start("beside"), start + found.end("beside"))
    issue, order = read_issue_number(beside.value), read_order_number(beside.value)
    if head.signers and lines[i - 1].stop == head.signers.stop and _PEOPLE.fullmatch(beside.value):
        names = head.signers.value + tuple(_names_of_people(beside.value))
        head.signers = Found(names, head.signers.start, line.stop)
    elif issue and head.issue_number is None:
        head.issue_number = beside.map(lambda _: issue)
    elif order and head.order_number is None:
        head.order_number = beside.map(lambda _: order)
    else:
        return 0
    head.doc_number = Found(number, start, stop)
    return 1


def _more_signers(head: Head, lines: Sequence[Line], i: int, end: int) -> int:
    """The second row of 签发人, right under the first: names alone, over the number or the title."""
    line = lines[i]
    text = line.text.strip()
    if head.signers is None or head.title or not _PEOPLE.fullmatch(text) or is_agency(text) or i + 1 >= end:
        return 0
    if lines[i - 1].stop != head.signers.stop or not _over_number(head, lines, i + 1, end):
        return 0
    names = head.signers.value + tuple(_names_of_people(text))
    head.signers = Found(names, head.signers.start, line.stop)
    return 1


def _over_number(head: Head, lines: Sequence[Line], i: int, end: int) -> bool:
    """Whether the number follows at a line, or is known and the title does."""
    return bool(read_doc_number(lines[i].text) or head.doc_number or speaks_out(lines, i, end))


def _broken_number(lines: Sequence[Line], i: int, end: int) -> DocNumber | None:
    """A number whose code and year stand on two lines: 泉政文 | 〔2009〕112号."""
    code = lines[i].text.strip()
    if i + 1 >= end or not _CODE.fullmatch(code) or not _YEARED.match(lines[i + 1].text):
        return None
    return read_doc_number(code + lines[i + 1].text.strip())


def _names_of_people(text: str) -> list[str]:
    """Names parted by blanks or 、; 张　三 of single characters is one name."""
    pieces = [piece for piece in re.split(r"[\s\u3000、，,]+", text) if piece]
    names: list[str] = []
    for piece in pieces:
        if names and len(piece) == 1 and len(names[-1]) == 1:
            names[-1] += piece
        else:
            names.append(piece)
    return names


def _minutes_number(head: Head, lines: Sequence[Line], i: int, end: int) -> int:
    """期号 of a 纪要 that calls it 号: 第3号, 〔2024〕3号."""
    number = _numbered_minutes(lines[i].text)
    if number is None or head.issue_number or not _of_minutes(head, lines, i, end):
        return 0
    head.issue_number = at(number, lines[i : i + 1])
    return 1


def _numbered_minutes(text: str) -> SerialNumber | None:
    """第3号, 〔2024〕3号: a number without a code; ``None`` where a line is none."""
    number = read_order_number(text) or read_doc_number(text)
    coded = isinstance(number, DocNumber) and number.code is not None
    return None if number is None or coded else SerialNumber(number.raw, number.seq)


def _of_minutes(head: Head, lines: Sequence[Line], i: int, end: int) -> bool:
    """Whether a line stands in the head of a 纪要: under its mark or its title, or right above that."""
    if head.mark and head.mark.value.suffix == "纪要":
        return True
    title = head.title.value if head.title else join_title(lines[i + 1 : i + 1 + read_title(lines, i + 1, end)])
    return genre_of(title) == "纪要"


def _serial(head: Head, lines: Sequence[Line], i: int, end: int) -> int:
    """令号 under the mark of a 令, 期号 under that of a 纪要, or any in a head, right above its title too."""
    text = lines[i].text
    order, issue = read_order_number(text), read_issue_number(text)
    if not (order or issue):
        return 0
    known = head.mark or head.title or _titled(lines, i + 1, end)
    if order and head.order_number is None and known and "第" in text:
        head.order_number = at(order, lines[i : i + 1])
        return 1
    if issue and head.issue_number is None and known:
        head.issue_number = at(issue, lines[i : i + 1])
        return 1
    return 0


def _order_mark(head: Head, lines: Sequence[Line], i: int, end: int) -> int:
    """The mark of a 令, with its number on the same line or the next; it is the title too."""
    line = lines[i]
    found = _ORDER_MARK.match(line.text.strip())
    if found is None or head.mark or not (is_agency(found["agency"]) or "主席" in found["agency"]):
        return 0
    if found["number"] and head.order_number:
        return 0
    below = lines[i + 1].text if i + 1 < end else ""
    under = i + 1 if found["number"] or not (read_order_number(below) or read_doc_number(below)) else i + 2
    if not found["number"] and under == i + 1 and not _ORDERS.search(below):
        return 0
    lead = len(line.text) - len(line.text.lstrip())
    stop = line.start + lead + found.end("suffix")
    agencies = tuple(_agency_names(found["agency"])) or (squeeze(found["agency"]),)
    head.mark = Found(IssuerMark(agencies, found["suffix"]), line.start, stop)
    number = read_order_number(found["number"]) if found["number"] else None
    if number:
        head.order_number = Found(number, line.start + lead + found.start("number"), line.stop)
    if head.title is None and not speaks_out(lines, under, end):
        head.title = Found(line.text.strip()[: found.end("suffix")], line.start, stop)
    return 1


def _minutes_mark(head: Head, lines: Sequence[Line], i: int, end: int) -> int:
    """The mark of a 纪要: a line ending so, with its 期号 under it; the title too unless one follows.

    It may take two lines, the agency on the first: 某县人民政府办公室 | 会议纪要.
    """
    below = squeeze(lines[i + 1].text) if i + 1 < end else ""
    two = _MINUTES_BELOW.fullmatch(below) is not None and bool(_agency_names(lines[i].text))
    stop = i + 2 if two else i + 1
    found = _MINUTES_MARK.match(lines[i].text.strip() + (below if two else ""))
    if found is None or head.mark or head.title or "关于" in found["agency"] or stop >= end:
        return 0
    below = lines[stop].text
    numbered = read_issue_number(below) or read_doc_number(below) or read_order_number(below)
    if not numbered and (two or not (_MEETING.search(squeeze(found["agency"])) or is_agency(found["agency"]))):
        return 0
    own = lines[i:stop]
    head.mark = at(IssuerMark((squeeze(found["agency"]),), squeeze(found["suffix"])), own)
    under = stop
    while under < end and (
        read_issue_number(lines[under].text)
        or _numbered_minutes(lines[under].text)
        or org_and_date(lines[under].text)
        or read_date(lines[under].text)
    ):
        under += 1
    count = read_title(lines, under, end)
    if not count or genre_of(join_title(lines[under : under + count])) is None:
        head.title = at(join_title(own), own)
    return len(own)


def _mark(head: Head, lines: Sequence[Line], i: int, end: int) -> int:
    """发文机关标志: agencies with 文件, or bare agency lines over a number or a title of their own."""
    if head.mark or head.title:
        return 0
    agencies: list[str] = []
    j, suffix = i, None
    while j < end and j - i < 12:
        text = lines[j].text.strip()
        bare = _SUFFIX.sub("", text)
        names = _agency_names(bare)
        if (text == bare and not names) or (not names and not agencies) or (bare and not names):
            break
        if suffix and (text != bare or not _below_suffix(lines, j, end)):
            break
        agencies += names
        suffix = suffix if text == bare else "文件"
        j += 1
    if not agencies or (suffix is None and not _under_bare_mark(lines, j, end)):
        return 0
    head.mark = at(IssuerMark(tuple(agencies), suffix), lines[i:j])
    return j - i


def _below_suffix(lines: Sequence[Line], j: int, end: int) -> bool:
    """Whether agencies from a line on go down to a number: 文件 stands beside the middle of their stack."""
    while j < end and _agency_names(lines[j].text):
        j += 1
    text = lines[j].text if j < end else ""
    return read_doc_number(_SIGNERS.sub("", text)) is not None or _SIGNERS.search(text) is not None


def _agency_names(text: str) -> list[str]:
    pieces = [piece for piece in _GAP.split(text.strip()) if piece]
    if len(pieces) > 1 and all(len(piece) == 1 for piece in pieces):
        pieces = ["".join(pieces)]
    return pieces if pieces and all(is_agency(piece) and not is_stray(piece) for piece in pieces) else []


def _under_bare_mark(lines: Sequence[Line], j: int, end: int) -> bool:
    """Whether what stands under a bare agency line shows that it is a mark and not the first line of a title."""
    if j >= end:
        return False
    text = lines[j].text.strip()
    if (
        read_doc_number(_SIGNERS.sub("", text))
        or _SIGNERS.search(text)
        or read_order_number(text)
        or read_issue_number(text)
    ):
        return True
    set_apart = lines[j].parted or (lines[j].level == 1 and lines[j - 1].level is None)
    if title_start(lines, j, end) > j or (set_apart and speaks_out(lines, j, end)):
        return True
    if re.match(rf"(?:关于|转发|印发|批转|[{HAN}]{{0,4}}$)", text):
        return False
    agency = squeeze(lines[j - 1].text)
    if text[:_PLACE] in agency and TITLE_END.search(text):  # 某省某市人民政府 | 某市…规定: no title says a place twice
        return True
    return _titled(lines, j, end) or re.match(r"\d{4}年", text) is not None


def _titled(lines: Sequence[Line], i: int, end: int) -> bool:
    """Whether a title through its 文种 begins at a line."""
    count = read_title(lines, i, end)
    return count > 0 and genre_of(join_title(lines[i : i + count])) is not None


FRONT_STEPS: Final[tuple[Step, ...]] = (
    _front,
    _more_signers,
    _order_mark,
    _minutes_mark,
    _minutes_number,
    _number,
    _serial,
    _mark,
)
