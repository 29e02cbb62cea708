"""The end of a text: 附件说明, 署名, 成文日期, 附注, 版记, wherever the source has put them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from govdoc.model import CopyList, Printing, Signatory, split_names
from govdoc.parsing.found import Found, at
from govdoc.parsing.lines import Line
from govdoc.parsing.notes import note_block
from govdoc.parsing.signatures import (
    attach_label,
    is_known,
    match_org_date,
    match_signatory,
    sign_block,
    sign_like,
    split_orgs,
)
from govdoc.wording.dates import DATE, DateRead, read_date
from govdoc.wording.vocabulary import (
    ANNOTATION_START,
    CC_LABELS,
    HAN,
    is_agency,
    is_strong_agency,
    squeeze,
)

_BRACKETED = re.compile(r"[（(](?P<text>.*)[）)][。]?$", re.S)
_KNOWN_NOTE = re.compile(rf"[（(]?\s*(?:{ANNOTATION_START})")
_PUBLICITY = re.compile(
    r"(?:此件|(?:信息)?公开(?:方式|属性|类别|选项|形式)|主动公开$|依申请公开$|不予公开$|(?:本文)?有删减$)"
)
_CONTACT = re.compile(r"联系(?:人|(?:单位)?(?:及|和|与)?(?:联系)?(?:电话|方式))[：:]")
_CC_LABEL = "|".join(r"\s*".join(label) for label in CC_LABELS)
_CC = re.compile(rf"(?P<label>{_CC_LABEL})\s*[：:]\s*(?P<text>\S.*)$")
_MAIN_SEND = re.compile(r"(?P<label>主\s*送)\s*[：:]\s*(?P<text>\S.*)$")
_PRINT = re.compile(
    rf"(?P<org>[{HAN}（）()、\s\u3000]{{0,50}}?)[\s\u3000]*(?P<date>{DATE})[\s\u3000]*(?P<kind>印\s*发|印\s*制|印刷|印|发)[\s\u3000]*(?:[（(]?共印.{{1,12}})?$"
)
EXTRA = re.compile(r"(?P<key>主\s*题\s*词|共\s*印|印\s*数|校\s*对|打\s*字|录\s*入)\s*[：:]?\s*(?P<text>\S.*)$")

_LONGEST_PRINTED: Final = 200
_LONGEST_EXTRA: Final = 80


@dataclass
class Tail:
    """What an end gave, each with its place. ``known`` are names of agencies the head gave."""

    known: Sequence[str] = ()
    notes: list[Found[str]] = field(default_factory=list)
    note_lines: Sequence[Line] = ()
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


def read_tail(
    lines: Sequence[Line], begin: int, end: int, steps: Sequence[Step] | None = None, known: Sequence[str] = ()
) -> tuple[Tail, int]:
    """Read downwards from ``begin`` as long as a line is an element of an end; the tail and where it stops."""
    tail, i = Tail(known), begin
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


def _notes(tail: Tail, lines: Sequence[Line], i: int, end: int) -> int:
    """附件说明; not the 附件 page, which has its title under the label or text under its title."""
    notes, stop = note_block(lines, i, end)
    if not notes or tail.notes:
        return 0
    after_date = tail.date is not None or tail.annotation is not None
    if after_date and stop < end and stop - i < 3 and len(lines) - stop > 2 and not _ends_after(lines, stop, end):
        return 0
    tail.notes = [
        Found(note.value, lines[i].start if n == 0 else note.start, note.stop) for n, note in enumerate(notes)
    ]
    tail.note_lines = lines[i:stop]
    return stop - i


def _ends_after(lines: Sequence[Line], i: int, end: int) -> bool:
    """Whether a line opens an 附件 page, an 附注 or a 版记: what is above it, names of 附件 too, is of the end."""
    text = lines[i].text.strip()
    noted = annotation_length(lines, i, end, under_date=True) > 0
    return noted or attach_label(text) is not None or _CC.match(text) is not None


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


def _orgs(tail: Tail, lines: Sequence[Line], i: int, end: int) -> int:
    """署名: lines over the date."""
    if not sign_like(lines[i]) or (tail.date and not _signs_below(tail, lines, i, end)):
        return 0
    found = split_orgs(lines[i])
    if not (is_agency(found[0].value) or sign_block(lines, i, end)):
        return 0
    tail.orgs += found
    return 1


def _signs_below(tail: Tail, lines: Sequence[Line], i: int, end: int) -> bool:
    """Whether a signature stands under its date, where none stood over it: an agency beyond doubt before the end."""
    if not tail.orgs and is_known(lines[i], tail.known):
        return True
    if not _names_agencies(lines, i, end):
        return False
    if tail.orgs:
        return tail.date is not None and tail.orgs[0].start > tail.date.start
    below = lines[i + 1].text.strip() if i + 1 < end else ""
    more = _names_agencies(lines, i + 1, end)
    return not below or more or _ends_after(lines, i + 1, end)


def _names_agencies(lines: Sequence[Line], i: int, end: int) -> bool:
    return i < end and sign_like(lines[i]) and all(is_strong_agency(one.value) for one in split_orgs(lines[i]))


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
    if _printed(line) or EXTRA.fullmatch(line) or attach_label(line) or _CC.fullmatch(line):
        return False
    return text.endswith(("，", "、", "；")) or (
        line.endswith("。") and line.count("。") == 1 and len(line) <= 200 and print_at(lines, j + 1, end) > 0
    )


def _printed(text: str) -> re.Match[str] | None:
    """A line of 印发: an agency or none, a date, 印发."""
    return _PRINT.fullmatch(text.strip()) if len(text) <= _LONGEST_PRINTED and "年" in text else None


def print_at(lines: Sequence[Line], i: int, end: int) -> int:
    """How many lines 印发机关和印发日期 take at a line: one, or two; 0 where they are not there."""
    if i >= end:
        return 0
    one = _printed(lines[i].text)
    if one:
        return 1
    below = _printed(lines[i + 1].text) if i + 1 < end else None
    dated = below is not None and not below["org"].strip()
    return 2 if dated and sign_like(lines[i]) and is_agency(lines[i].text) else 0


def _print(tail: Tail, lines: Sequence[Line], i: int, end: int) -> int:
    """印发机关和印发日期, on one line or two."""
    count = print_at(lines, i, end)
    if not count or tail.print_date:
        return 0
    line = lines[i + count - 1]
    found = _printed(line.text)
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
    found = EXTRA.fullmatch(bare) if len(bare) <= _LONGEST_EXTRA else None
    if found is None or any(key == squeeze(found["key"]) for key, _ in tail.extras):
        return 0
    tail.extras.append((squeeze(found["key"]), at(found["text"].strip(), lines[i : i + 1])))
    return 1


COLOPHON_STEPS: Final[tuple[Step, ...]] = (_extra, _main_send, _cc, _print)
ATTACHED_STEPS: Final[tuple[Step, ...]] = (_notes, _org_date, _signatory, _date, _annotation, _orgs)
STEPS: Final[tuple[Step, ...]] = (*COLOPHON_STEPS, *ATTACHED_STEPS)
