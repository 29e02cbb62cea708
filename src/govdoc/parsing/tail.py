"""The end of a text: 附件说明, 署名, 成文日期, 附注, 版记, wherever the source has put them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from govdoc.model import CopyList, Printing, Signatory, split_names
from govdoc.parsing.found import Found, at
from govdoc.parsing.lines import Line
from govdoc.wording.dates import DATE, DateRead, number_of, read_date
from govdoc.wording.labels import read_label
from govdoc.wording.vocabulary import (
    ANNOTATION_START,
    CC_LABELS,
    HAN,
    TITLE_END,
    ends_sentence,
    is_agency,
    squeeze,
)

_WIDE_GAP = re.compile(r"[\u3000\t]+|\s{2,}")
NOTE = re.compile(r"附\s*件?\s*(?P<first>\d{1,2}|[一二三四五六七八九十]{1,2})?\s*[：:]\s*(?P<rest>.*)$")
_NOTE_NUMBER = re.compile(r"(?:附\s*件\s*)?(?P<n>\d{1,2})\s*[.．、：:]\s*(?P<name>\S.*)$")
_NOTE_INLINE = re.compile(r"(?<=[\s\u3000；;。])(?=\d{1,2}\s*[.．、]\s*[^\d\s])")
_ATTACH_LABEL = re.compile(
    rf"(?:[{HAN}A-Za-z]{{1,14}}〔\d{{4}}〕\d{{1,5}}号)?\s*附\s*[件表录]?\s*(?P<n>\d{{1,2}}|[一二三四五六七八九十]{{1,3}})?\s*(?:[：:]|[-－—]\d{{1,2}})?\s*$"
)
_ATTACH_TITLED = re.compile(
    r"附\s*[件表]\s*(?P<n>\d{1,2}|[一二三四五六七八九十]{1,3})?\s*(?:[：:、.．]|[\s\u3000])\s*(?P<title>\S.*)$"
)
_BRACKETED = re.compile(r"[（(](?P<text>.*)[）)][。]?$", re.S)
_KNOWN_NOTE = re.compile(rf"[（(]?\s*(?:{ANNOTATION_START})")
_PUBLICITY = re.compile(r"(?:此件|(?:信息)?公开(?:方式|属性|类别|选项|形式)|主动公开$|依申请公开$|不予公开$)")
_CONTACT = re.compile(r"(?:联系人|联系电话|联系方式)[：:]")
_CC_LABEL = "|".join(r"\s*".join(label) for label in CC_LABELS)
_CC = re.compile(rf"(?P<label>{_CC_LABEL})\s*[：:]\s*(?P<text>\S.*)$")
_MAIN_SEND = re.compile(r"(?P<label>主\s*送)\s*[：:]\s*(?P<text>\S.*)$")
_PRINT = re.compile(
    rf"(?P<org>[{HAN}（）()、\s\u3000]{{0,50}}?)[\s\u3000]*(?P<date>{DATE})[\s\u3000]*(?P<kind>印\s*发|印\s*制|印刷|印|发)[\s\u3000]*(?:[（(]?共印.{{1,12}})?$"
)
EXTRA = re.compile(r"(?P<key>主\s*题\s*词|共\s*印|印\s*数|校\s*对|打\s*字|录\s*入)\s*[：:]?\s*(?P<text>\S.*)$")
_ORG_DATE = re.compile(rf"(?P<org>[{HAN}（）()·\s\u3000]{{2,60}}?)[\s\u3000]*(?P<date>{DATE})$")
_SIGNATORY = re.compile(
    rf"(?P<office>[{HAN}]{{0,20}}(?:总理|主席|省长|市长|县长|区长|州长|旗长|盟长|镇长|乡长|部长|局长|厅长|署长|行长|主任|会长|院长|检察长|委员长|司令员|政委|书记|校长))"
    rf"(?:[：:\s\u3000]+(?P<name>[{HAN}·]{{1,4}}(?:[\s\u3000]?[{HAN}·]{{1,8}})?)|(?P<glued>[{HAN}]{{2,3}}))$"
)
_MOST_SIGNERS: Final = 12
_NARROW: Final = 16
_NAME_END = re.compile(rf"(?:{TITLE_END.pattern}|[表图书函册稿单卡证]|\.[A-Za-z]{{3,4}})$")


@dataclass
class Tail:
    """What an end gave, each with its place."""

    notes: list[Found[str]] = field(default_factory=list)
    orgs: list[Found[str]] = field(default_factory=list)
    signatory: Found[Signatory] | None = None
    date: Found[DateRead] | None = None
    annotation: Found[str] | None = None
    recipients: Found[CopyList] | None = None
    cc: Found[CopyList] | None = None
    print_org: Found[str] | None = None
    print_date: Found[DateRead] | None = None
    extras: list[tuple[str, Found[str]]] = field(default_factory=list)

    @property
    def printing(self) -> Printing | None:
        """印发机关和印发日期."""
        if self.print_org is None and self.print_date is None:
            return None
        date = self.print_date.value if self.print_date else None
        org = self.print_org.value if self.print_org else None
        return Printing(org, date.iso if date else None, date.raw if date else None)


Step = Callable[[Tail, Sequence[Line], int, int], int]
"""Reads an element at a line into the tail; the number of lines it took, 0 where the element is not there."""


def read_tail(lines: Sequence[Line], begin: int, end: int, steps: Sequence[Step] | None = None) -> tuple[Tail, int]:
    """Read downwards from ``begin`` as long as a line is an element of an end; the tail and where it stops."""
    tail, i = Tail(), begin
    taken = 1
    while taken and i < end:
        taken = next((count for step in steps or STEPS if (count := step(tail, lines, i, end))), 0)
        i += taken
    return tail, i


def read_colophon(lines: Sequence[Line], begin: int, end: int) -> tuple[Tail, int]:
    """The 版记 that stands last, and the index where it begins (``end`` where there is none)."""
    for start in range(max(begin, end - 10), end):
        tail, stop = read_tail(lines, start, end, COLOPHON_STEPS)
        if stop == end:
            return tail, start
    return Tail(), end


def note_block(lines: Sequence[Line], begin: int, end: int) -> tuple[list[Found[str]], int]:
    """附件说明 beginning at a line: 附件：1.甲 and the 2.乙 under it; the names, and where they stop."""
    line = lines[begin]
    first = NOTE.match(line.text.strip())
    if first is None:
        return [], begin
    lead = len(line.text) - len(line.text.lstrip())
    notes = [_note(piece) for piece in _note_pieces(line, lead + first.start("rest"), first["rest"])]
    repeated = first["first"] is not None
    i = begin + 1
    while i < end and (not notes or _continues(notes, lines[i], repeated) or _wraps(notes, lines, i, end)):
        if notes and not _continues(notes, lines[i], repeated):
            notes[-1] = Found(notes[-1].value + lines[i].text.strip(), notes[-1].start, lines[i].stop)
            i += 1
            continue
        pieces = _note_pieces(lines[i], 0, lines[i].text)
        if not notes and (len(lines[i].text) > 80 or ends_sentence(lines[i].text)):
            break
        notes += [_note(piece) for piece in pieces]
        i += 1
    return notes, i if notes else begin


def _note_pieces(line: Line, offset: int, text: str) -> list[Line]:
    if not text.strip():
        return []
    pieces = line.cut(offset, *(offset + found.start() for found in _NOTE_INLINE.finditer(text)))
    return pieces[1 if offset else 0 :]


def _continues(notes: Sequence[Found[str]], line: Line, repeated: bool) -> bool:
    """Whether a line is the next name: 2.乙, or 附件2：乙 after 附件1：甲, in order and no sentence."""
    text = line.text.strip()
    found = _NOTE_NUMBER.match(text)
    if found is None or len(text) > 100 or "。" in text[:-1]:
        return False
    return int(found["n"]) == len(notes) + 1 and (text.startswith("附") == repeated or not repeated)


def _wraps(notes: Sequence[Found[str]], lines: Sequence[Line], i: int, end: int) -> bool:
    """Whether a line is the rest of the name above it, which a narrow page has broken."""
    line, text = lines[i], lines[i].text.strip()
    open_name = len(lines[i - 1].text.strip()) >= _NARROW and _NAME_END.search(notes[-1].value) is None
    return (
        open_name
        and len(text) < len(lines[i - 1].text.strip())
        and sign_like(line)
        and not is_agency(text)
        and match_signatory(text) is None
        and not line.right
    )


def _note(piece: Line) -> Found[str]:
    text = piece.text.strip()
    numbered = _NOTE_NUMBER.match(text)
    name = numbered["name"] if numbered else text
    return Found(name.strip().rstrip("。；;，,、"), piece.start, piece.stop)


def _notes(tail: Tail, lines: Sequence[Line], i: int, end: int) -> int:
    """附件说明; not the 附件 page, which has its title under the label or text under its title."""
    notes, stop = note_block(lines, i, end)
    if not notes or tail.notes:
        return 0
    after_date = tail.date is not None or tail.annotation is not None
    if after_date and stop < end and stop - i < 3 and attach_label(lines[stop].text) is None and len(lines) - stop > 2:
        return 0
    tail.notes = [
        Found(note.value, lines[i].start if n == 0 else note.start, note.stop) for n, note in enumerate(notes)
    ]
    return stop - i


def _date(tail: Tail, lines: Sequence[Line], i: int, end: int) -> int:
    date = read_date(lines[i].text)
    if date is None or tail.date:
        return 0
    tail.date = at(date, lines[i : i + 1])
    return 1


def _org_date(tail: Tail, lines: Sequence[Line], i: int, end: int) -> int:
    """署名 and 成文日期 on one line."""
    line = lines[i]
    found = match_org_date(line.text)
    if found is None or tail.date:
        return 0
    _, raw = found
    cut = line.start + line.text.rindex(raw)
    date = read_date(raw)
    if date is None:
        return 0
    tail.orgs += split_orgs(Line(line.start, cut, line.text[: cut - line.start]))
    tail.date = Found(date, cut, line.stop)
    return 1


def match_org_date(text: str) -> tuple[str, str] | None:
    """The agency and the date of a line that is both; ``None`` where it is not."""
    found = _ORG_DATE.fullmatch(text.strip())
    return (found["org"], found["date"]) if found and is_agency(found["org"]) else None


def _signatory(tail: Tail, lines: Sequence[Line], i: int, end: int) -> int:
    """The signer of a 令 or 议案: 总理　李克强."""
    found = match_signatory(lines[i].text)
    if found is None or tail.date:
        return 0
    if tail.signatory:
        tail.orgs.append(at(lines[i].text.strip(), lines[i : i + 1]))
        return 1
    tail.signatory = at(found, lines[i : i + 1])
    return 1


def match_signatory(text: str) -> Signatory | None:
    """Office and name of a line that is both: 总理　李克强; ``None`` where it is not."""
    found = _SIGNATORY.fullmatch(text.strip())
    if found is None or is_agency(text):
        return None
    return Signatory(found["office"], squeeze(found["name"] or found["glued"]))


def _orgs(tail: Tail, lines: Sequence[Line], i: int, end: int) -> int:
    """署名: lines over the date."""
    if tail.date or not sign_like(lines[i]):
        return 0
    found = split_orgs(lines[i])
    if not (is_agency(found[0].value) or sign_block(lines, i, end)):
        return 0
    tail.orgs += found
    return 1


def split_orgs(line: Line) -> list[Found[str]]:
    """The agencies of a line of signatures, parted by blanks."""
    text = line.text
    pieces = [piece for piece in re.split(r"[\s\u3000]+", text) if piece]
    wide = [piece for piece in _WIDE_GAP.split(text.strip()) if piece.strip()]
    names = pieces if len(pieces) > 1 and all(is_agency(piece) for piece in pieces) else wide
    if not all(is_agency(name) for name in names):
        names = [text.strip()]
    found: list[Found[str]] = []
    place = 0
    for name in names:
        start = text.index(name, place)
        place = start + len(name)
        found.append(Found(squeeze(name) if is_agency(name) else name, line.start + start, line.start + place))
    return found


def sign_like(line: Line) -> bool:
    """Whether a line may be a 署名: short, no sentence, no numeral, no label."""
    text = line.text.strip()
    return (
        line.table is None
        and len(squeeze(text)) <= 40
        and not re.search(r"[，。；：！？:;,《》“”\d]|——", text)
        and read_label(text) is None
        and read_date(text) is None
        and attach_label(text) is None
    )


def sign_block(lines: Sequence[Line], i: int, end: int) -> int:
    """How many lines of signatures stand from ``i`` on over a date line; 0 where no date follows them."""
    j = i
    while j < end and j - i < _MOST_SIGNERS and (sign_like(lines[j]) or match_signatory(lines[j].text)):
        j += 1
    return j - i if j > i and j < end and read_date(lines[j].text) else 0


def _annotation(tail: Tail, lines: Sequence[Line], i: int, end: int) -> int:
    """附注: a known thing in brackets, anything in brackets under the date, or 此件公开发布 without them."""
    count = annotation_length(lines, i, end, under_date=tail.date is not None)
    if not count:
        return 0
    text = "".join(line.text.strip() for line in lines[i : i + count])
    inner = _BRACKETED.fullmatch(text)
    found = at(inner["text"].strip() if inner else text, lines[i : i + count])
    before = tail.annotation
    if before and before.stop + 1 != found.start:
        return 0
    tail.annotation = Found(f"{before.value}\n{found.value}", before.start, found.stop) if before else found
    return count


def annotation_length(lines: Sequence[Line], i: int, end: int, *, under_date: bool) -> int:
    """How many lines an 附注 beginning at a line has; 0 where none begins."""
    text = lines[i].text.strip()
    if lines[i].table is not None:
        return 0
    if text[:1] in ("（", "("):
        for count in range(1, 4):
            if i + count > end:
                return 0
            text = "".join(line.text.strip() for line in lines[i : i + count])
            if text.rstrip("。")[-1:] in ("）", ")"):
                plain = under_date and count == 1 and len(text) <= 120
                return count if _KNOWN_NOTE.match(text) or plain else 0
        return 0
    bare = _PUBLICITY.match(text) or (_CONTACT.match(text) if under_date else None)
    return 1 if bare and len(text) <= 60 and not text.endswith("。") else 0


def _main_send(tail: Tail, lines: Sequence[Line], i: int, end: int) -> int:
    """主送机关 moved to the 版记 (§7.4.2)."""
    found = _MAIN_SEND.fullmatch(lines[i].text.strip())
    if found is None or tail.recipients:
        return 0
    tail.recipients, count = _copies(lines, i, end, squeeze(found["label"]), found["text"])
    return count


def _cc(tail: Tail, lines: Sequence[Line], i: int, end: int) -> int:
    """抄送机关, with the lines it runs on to."""
    found = _CC.fullmatch(lines[i].text.strip())
    if found is None:
        return 0
    label = squeeze(found["label"])
    copies, count = _copies(lines, i, end, label, found["text"])
    if tail.cc and any(key == label for key, _ in tail.extras):
        return 0
    if tail.cc:
        tail.extras.append((label, copies.map(lambda value: value.text)))
    else:
        tail.cc = copies
    return count


def _copies(lines: Sequence[Line], i: int, end: int, label: str, text: str) -> tuple[Found[CopyList], int]:
    j = i + 1
    while j < end and not text.endswith("。") and _runs_on(text, lines, j, end):
        text += lines[j].text.strip()
        j += 1
    text = text.rstrip("。").rstrip()
    return at(CopyList(label, text, split_names(text)), lines[i:j]), j - i


def _runs_on(text: str, lines: Sequence[Line], j: int, end: int) -> bool:
    line = lines[j].text.strip()
    if _PRINT.fullmatch(line) or EXTRA.fullmatch(line) or attach_label(line) or _CC.fullmatch(line):
        return False
    return text.endswith(("，", "、", "；")) or (
        line.endswith("。") and line.count("。") == 1 and len(line) <= 200 and print_at(lines, j + 1, end) > 0
    )


def print_at(lines: Sequence[Line], i: int, end: int) -> int:
    """How many lines 印发机关和印发日期 take at a line: one, or two; 0 where they are not there."""
    if i >= end:
        return 0
    one = _PRINT.fullmatch(lines[i].text.strip())
    if one:
        return 1
    if i + 1 < end and sign_like(lines[i]) and is_agency(lines[i].text):
        below = _PRINT.fullmatch(lines[i + 1].text.strip())
        return 2 if below and not below["org"].strip() else 0
    return 0


def _print(tail: Tail, lines: Sequence[Line], i: int, end: int) -> int:
    """印发机关和印发日期, on one line or two."""
    count = print_at(lines, i, end)
    if not count or tail.print_date:
        return 0
    line = lines[i + count - 1]
    found = _PRINT.fullmatch(line.text.strip())
    date = read_date(found["date"]) if found else None
    if found is None or date is None:
        return 0
    cut = line.start + line.text.index(found["date"])
    tail.print_date = Found(date, cut, line.stop)
    if count == 2:
        tail.print_org = at(lines[i].text.strip(), lines[i : i + 1])
    elif found["org"].strip():
        tail.print_org = Found(
            found["org"].strip(), line.start, line.start + len(line.text[: cut - line.start].rstrip())
        )
    return count


def _extra(tail: Tail, lines: Sequence[Line], i: int, end: int) -> int:
    """主题词, 印数 …: no element of 2012, kept as what the page said."""
    bare = lines[i].text.strip().strip("（）()")
    found = EXTRA.fullmatch(bare)
    if found is None or len(bare) > 80 or any(key == squeeze(found["key"]) for key, _ in tail.extras):
        return 0
    tail.extras.append((squeeze(found["key"]), at(found["text"].strip(), lines[i : i + 1])))
    return 1


def attach_label(text: str) -> tuple[int | None, str | None] | None:
    """The number and title of a line that opens an 附件 page: 附件, 附件1, 附件2 名单; ``None`` where it opens none."""
    bare = text.strip()
    label = _ATTACH_LABEL.fullmatch(bare)
    if label:
        return (number_of(label["n"]) if label["n"] else None), None
    titled = _ATTACH_TITLED.fullmatch(bare)
    if titled and len(bare) <= 80 and not ends_sentence(bare) and (titled["n"] or "：" not in bare):
        return (number_of(titled["n"]) if titled["n"] else None), titled["title"].strip()
    return None


COLOPHON_STEPS: Final[tuple[Step, ...]] = (_extra, _main_send, _cc, _print)
ATTACHED_STEPS: Final[tuple[Step, ...]] = (_notes, _org_date, _signatory, _date, _annotation, _orgs)
STEPS: Final[tuple[Step, ...]] = (*COLOPHON_STEPS, *ATTACHED_STEPS)
