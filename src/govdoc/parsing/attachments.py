"""What follows the end of the main text: the document issued or forwarded, and the 附件."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from govdoc.model import Block, DocNumber, Recipients, split_names
from govdoc.parsing.body import read_body
from govdoc.parsing.closing import closing_at
from govdoc.parsing.found import Found, at
from govdoc.parsing.lines import Line
from govdoc.parsing.signatures import attach_label
from govdoc.parsing.tail import ATTACHED_STEPS, Tail, read_tail
from govdoc.parsing.titles import join_title, read_title, title_like
from govdoc.wording.carried import carried_titles, same_title
from govdoc.wording.labels import read_label
from govdoc.wording.numbers import read_doc_number
from govdoc.wording.recipients import is_recipients

_MOST_TITLE_LINES = 6


@dataclass
class Attached:
    """An attached text, each element with its place."""

    role: str
    number: int | None = None
    label: Found[str] | None = None
    title: Found[str] | None = None
    doc_number: Found[DocNumber] | None = None
    recipients: Found[Recipients] | None = None
    body: tuple[Block, ...] = ()
    tail: Tail = field(default_factory=Tail)
    attached: list[Attached] = field(default_factory=list)

    def keep_notes(self) -> None:
        """Put its 附件说明 back into its body where what it names is not attached to it: it has no field for them."""
        titles = [one.title.value for one in self.attached if one.title]
        if not all(any(same_title(note.value, title) for title in titles) for note in self.tail.notes):
            self.body += read_body(self.tail.note_lines)
            self.tail.notes = []
        for one in self.attached:
            one.keep_notes()

    @property
    def orgs(self) -> list[Found[str]]:
        """Its signatures, a signing person among them."""
        person = self.tail.signatory
        signed = [person.map(lambda value: f"{value.office} {value.name}".rstrip())] if person else []
        return signed + self.tail.orgs


def opens_attached(lines: Sequence[Line], i: int, end: int, expected: Sequence[str]) -> int:
    """Whether an attached text begins at a line: 2 where its title is an expected one, 1 at an 附件 label, else 0."""
    line = lines[i]
    if line.table is not None or len(line.text) > 160:
        return 0
    if expected and matched_title(lines, i, end, expected):
        return 2
    label = attach_label(line.text)
    return 1 if label is not None else 0


def matched_title(lines: Sequence[Line], i: int, end: int, expected: Sequence[str]) -> int:
    """How many lines from ``i`` on make one of the expected titles; 0 where they make none."""
    joined = ""
    for j in range(i, min(i + _MOST_TITLE_LINES, end)):
        text = lines[j].text.strip()
        if j > i and attach_label(text) is not None:
            return 0
        if not title_like(lines[j]) and not (
            len(text) <= 160 and "。" not in text and "：" not in text and read_label(text) is None
        ):
            return 0
        joined += text
        if any(same_title(joined, one) for one in expected):
            return j + 1 - i
        if len(joined) > 160:
            return 0
    return 0


def read_attached(
    lines: Sequence[Line], begin: int, end: int, expected: Sequence[str], known: Sequence[str], role: str
) -> list[Attached]:
    """The attached texts between two lines, the first beginning at ``begin``."""
    found: list[Attached] = []
    left = list(expected)
    i = begin
    while i < end:
        stop = i + 1
        opened = _skip_opening(lines, i, end, left)
        stop = max(stop, opened)
        while stop < end and not opens_attached(lines, stop, end, left):
            stop += 1
        one = _read_one(lines, i, stop, left, known, role if not found else "attachment")
        if one.title:
            left = [title for title in left if not same_title(title, one.title.value)]
        found.append(one)
        i = stop
    return found


def _skip_opening(lines: Sequence[Line], i: int, end: int, expected: Sequence[str]) -> int:
    """The first line after the label and title that open a text."""
    label = attach_label(lines[i].text)
    if label is not None:
        i += 1
        if label[1] is not None or i >= end:
            return i
    return i + matched_title(lines, i, end, expected) if i < end else i


def _read_one(
    lines: Sequence[Line], i: int, end: int, expected: Sequence[str], known: Sequence[str], role: str
) -> Attached:
    label = attach_label(lines[i].text)
    one = Attached(role if label is None else "attachment", label[0] if label else None)
    if label is not None:
        one.label = at(lines[i].text.strip(), lines[i : i + 1])
        if label[1] is not None:
            cut = lines[i].text.index(label[1])
            one.title = Found(label[1], lines[i].start + cut, lines[i].stop)
        i += 1
    if one.title is None and i < end:
        count = matched_title(lines, i, end, expected) or read_title(lines, i, end)
        if count:
            one.title = at(join_title(lines[i : i + count]), lines[i : i + count])
            i += count
    i = _read_opening(one, lines, i, end)
    stop = i
    while stop < end and not closing_at(lines, stop, i, end, known):
        stop += 1
    one.body = read_body(lines[i:stop])
    one.tail, after = read_tail(lines, stop, end, ATTACHED_STEPS, known)
    inner = carried_titles(one.title.value if one.title else None, [line.text for line in lines[i : min(i + 2, stop)]])
    if after < end and inner and matched_title(lines, after, end, inner):
        one.attached = read_attached(lines, after, end, inner, known, "issued")
    elif after < end:
        one.body += read_body(lines[after:end])
    return one


def _read_opening(one: Attached, lines: Sequence[Line], i: int, end: int) -> int:
    """发文字号 and 主送机关 of the attached text."""
    if i < end and (number := read_doc_number(lines[i].text)):
        one.doc_number = at(number, lines[i : i + 1])
        i += 1
    if i < end and one.title and is_recipients(lines[i].text):
        text = lines[i].text.strip()[:-1].strip()
        one.recipients = at(Recipients(text, split_names(text)), lines[i : i + 1])
        i += 1
    return i
