"""One document from its lines: head, body, end, attached texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import msgspec

from govdoc.edits import Trace
from govdoc.model import (
    Attendance,
    Block,
    Colophon,
    DocNumber,
    Document,
    Header,
    IssuerMark,
    Main,
    Reference,
    SerialNumber,
    Signatory,
    SourceInfo,
)
from govdoc.parsing.attachments import Attached, opens_attached, read_attached
from govdoc.parsing.body import read_body
from govdoc.parsing.build import Build
from govdoc.parsing.closing import closing_at
from govdoc.parsing.contradictions import (
    Contradiction,
    number_against_date,
    title_against_text,
    title_against_title,
)
from govdoc.parsing.found import Found, at
from govdoc.parsing.front import Head
from govdoc.parsing.header import read_head
from govdoc.parsing.lines import Line
from govdoc.parsing.references import read_references
from govdoc.parsing.signatures import is_office
from govdoc.parsing.split import Part
from govdoc.parsing.tail import Tail, read_colophon, read_tail
from govdoc.parsing.titles import read_title
from govdoc.parsing.verdict import judge
from govdoc.wording.carried import carried_titles, same_title
from govdoc.wording.dates import DateRead
from govdoc.wording.vocabulary import TITLE_END, genre_of, squeeze

_ATTENDANCE = re.compile(
    r"(?P<kind>出\s*席|参\s*加|参\s*会|列\s*席|请\s*假|缺\s*席)\s*(?:会议)?(?:人员|人|单位|领导|同志)?\s*[：:]\s*(?P<text>\S.*)$"
)
_ATTENDS = {
    "出席": "present",
    "参加": "present",
    "参会": "present",
    "列席": "observers",
    "请假": "leave",
    "缺席": "leave",
}


@dataclass
class Parts:
    """The pieces of one document before they are put together."""

    head: Head
    body: list[Line]
    tail: Tail
    colophon: Tail
    attached: list[Attached]
    strays: list[Line]
    carried: list[str]


def read_document(part: Part, source: SourceInfo, trace: Trace) -> Document:
    """The canonical document of one part of a source."""
    parts = _take_apart(part.lines, part.head or read_head(part.lines, 0, len(part.lines)))
    build = Build(trace)
    extras: dict[str, str] = {}
    for key, found in (*parts.tail.extras, *parts.colophon.extras):
        build.value(f"/source/metadata/{key}", found)
        extras[key] = f"{extras[key]}；{found.value}" if key in extras else found.value
    source = msgspec.structs.replace(source, metadata={**source.metadata, **extras})
    attendance, body = _attendance(parts, build)
    blocks = read_body(parts.head.above) + read_body(body)
    document = Document(
        schema="govdoc.document/1",
        id=f"{source.sha256[:12]}#{source.part}",
        source=source,
        official=False,
        header=_header(parts.head, build),
        main=_main(parts, blocks, attendance, build),
        colophon=_colophon(parts, build),
        references=_references(parts, blocks),
    )
    _doubts(parts, build)
    for one in _contradictions(parts, blocks):
        build.notice(*one)
    return build.finish(judge(document))


def _take_apart(lines: Sequence[Line], head: Head) -> Parts:
    begin = head.stop
    colophon, end = read_colophon(lines, begin, len(lines))
    paragraphs = [line.text for line in lines[begin : min(begin + 3, end)]]
    title = head.title.value if head.title else None
    carried = carried_titles(title, paragraphs if genre_of(title) or head.recipients else ())
    known = tuple(squeeze(name) for name in head.agencies)
    stop = _body_stop(lines, begin, end, carried, known)
    tail, after = read_tail(lines, stop, end, known=known)
    if _clash(tail, colophon):
        colophon, end = Tail(), len(lines)
    expected = [*carried, *(note.value for note in tail.notes)]
    body = [*lines[begin:stop], *_offices(head, tail, lines[stop:after])]
    strays: list[Line] = []
    while after < end and not _may_open(lines, after, end, expected):
        strays.append(lines[after])
        after += 1
    attached = read_attached(lines, after, end, expected, known, "issued" if carried else "attachment")
    for one in attached:
        if one.label is None and one.title and any(same_title(one.title.value, title) for title in carried):
            one.role = "issued"
    attached = _nested(attached, tail)
    for one in attached:
        one.keep_notes()
    _lift(attached, tail, known)
    dated = _stands_in(head.date, head.dateline)
    if (tail.date and dated) or (tail.orgs and head.orgs):
        head.orgs, head.date, body = [], None if dated else head.date, [*head.dateline, *body]
    return Parts(head, body + strays, tail, colophon, attached, strays, carried)


def _offices(head: Head, tail: Tail, lines: Sequence[Line]) -> list[Line]:
    """Take offices without a name out of the 署名: in a 令 or 议案 one is who signs, elsewhere they go to the body."""
    offices = [org for org in tail.orgs if is_office(org.value)]
    tail.orgs = [org for org in tail.orgs if org not in offices]
    personal = genre_of(head.title.value if head.title else None) in ("命令", "议案")
    if personal and tail.signatory is None and offices:
        tail.signatory = offices.pop(0).map(lambda office: Signatory(squeeze(office), ""))
    return [line for line in lines if any(line.start <= office.start < line.stop for office in offices)]


def _stands_in(found: Found[DateRead] | None, lines: Sequence[Line]) -> bool:
    return found is not None and any(line.start <= found.start < line.stop for line in lines)


def _nested(attached: list[Attached], tail: Tail) -> list[Attached]:
    """附件 of an issued text that names them itself, where the main text names none, belong to that text."""
    first = attached[0] if attached else None
    if first is None or first.role != "issued" or not first.tail.notes or tail.notes:
        return attached
    first.attached = attached[1:]
    return [first]


def _lift(attached: Sequence[Attached], tail: Tail, known: Sequence[str]) -> None:
    """The signature at the very end, of the agency of the head, is the main text's where that has none."""
    last = attached[-1].tail if attached else None
    if last is None or tail.orgs or tail.date or tail.signatory or attached[-1].attached or not last.date:
        return
    names = [squeeze(org.value) for org in last.orgs]
    if not names or not all(any(name.endswith(one) or one.endswith(name) for one in known) for name in names):
        return
    tail.orgs, tail.date, tail.annotation = last.orgs, last.date, tail.annotation or last.annotation
    last.orgs, last.date, last.annotation = (
        [],
        None,
        last.annotation if tail.annotation is not last.annotation else None,
    )


def _body_stop(lines: Sequence[Line], begin: int, end: int, carried: Sequence[str], known: Sequence[str]) -> int:
    """Where the body ends: at a signature, date, 附注, 附件说明 or 版记, or at an attached text."""
    for i in range(begin, end):
        if closing_at(lines, i, begin, end, known) or (i > begin and opens_attached(lines, i, end, carried)):
            return i
    return end


def _clash(tail: Tail, colophon: Tail) -> bool:
    """Whether the 版记 at the end repeats what the end of the main text has: then it is an attached text's own."""
    keys = {key for key, _ in tail.extras} & {key for key, _ in colophon.extras}
    pairs = ((tail.cc, colophon.cc), (tail.print_date, colophon.print_date), (tail.recipients, colophon.recipients))
    return bool(keys) or any(one and other for one, other in pairs)


def _may_open(lines: Sequence[Line], i: int, end: int, expected: Sequence[str]) -> bool:
    """Whether an attached text may begin at a line after the end of the main text."""
    if opens_attached(lines, i, end, expected):
        return True
    count = read_title(lines, i, end)
    if not count or i + count >= end:
        return False
    ends_well = TITLE_END.search(lines[i + count - 1].text) is not None
    return ends_well or bool(expected) or lines[i].centred or lines[i].table is not None


def _attendance(parts: Parts, build: Build) -> tuple[Attendance | None, list[Line]]:
    """出席、请假、列席 of a 纪要 (§10.3), and the body without their lines."""
    title = parts.head.title.value if parts.head.title else None
    if genre_of(title) != "纪要":
        return None, parts.body
    values: dict[str, str] = {}
    rest: list[Line] = []
    for line in parts.body:
        found = _ATTENDANCE.match(line.text.strip())
        kind = _ATTENDS.get(squeeze(found["kind"])) if found else None
        if found is None or kind is None or kind in values or len(line.text) > 1500:
            rest.append(line)
            continue
        values[kind] = found["text"].strip()
        build.value(f"/main/attendance/{kind}", at(values[kind], [line]))
    return (Attendance(**values) if values else None), rest


def _header(head: Head, build: Build) -> Header:
    order = build.value("/header/order_number", head.order_number)
    number = build.value("/header/doc_number", head.doc_number)
    mark = build.value("/header/issuer_mark", head.mark)
    if mark and mark.suffix in ("令", "命令"):
        order, number = _of_order(head, mark, build, order, number)
    return Header(
        copy_number=build.value("/header/copy_number", head.copy_number),
        secrecy=build.value("/header/secrecy", head.secrecy),
        urgency=build.value("/header/urgency", head.urgency),
        issuer_mark=mark,
        doc_number=number,
        order_number=order,
        issue_no=build.value("/header/issue_no", head.issue_number),
        signers=build.value("/header/signers", head.signers) or (),
    )


def _of_order(
    head: Head, mark: IssuerMark, build: Build, order: SerialNumber | None, number: DocNumber | None
) -> tuple[SerialNumber | None, DocNumber | None]:
    """A 令 is cited by its 令号, with or without the year: 国令第707号, 农业农村部令2022年第3号."""
    agency = re.sub("^中华人民共和国(?=.)", "", mark.agencies[0])
    code = "国令" if agency == "国务院" else f"{agency}令"
    if number is None and order and head.order_number:
        plain = DocNumber(order.raw, code, None, order.seq)
        number = build.value("/header/doc_number", head.order_number.map(lambda _: plain))
    elif number and number.code is None and order is None and head.doc_number:
        serial = SerialNumber(number.raw, number.seq)
        order = build.value("/header/order_number", head.doc_number.map(lambda _: serial))
        number = msgspec.structs.replace(number, code=code)
    return order, number


def _main(parts: Parts, blocks: tuple[Block, ...], attendance: Attendance | None, build: Build) -> Main:
    head, tail = parts.head, parts.tail
    iso, raw = build.date("/main/issue_date", tail.date or head.date)
    return Main(
        title=build.value("/main/title", head.title),
        subtitle=build.value("/main/subtitle", head.subtitle),
        recipients=build.value("/main/recipients", head.recipients),
        body=build.blocks(blocks),
        attachment_notes=build.values("/main/attachment_notes", tail.notes),
        signature_orgs=build.values("/main/signature_orgs", tail.orgs or head.orgs),
        signatory=build.value("/main/signatory", tail.signatory),
        issue_date=iso,
        issue_date_raw=raw,
        annotation=build.value("/main/annotation", tail.annotation),
        attachments=tuple(build.attachment(f"/main/attachments/{i}", one) for i, one in enumerate(parts.attached)),
        attendance=attendance,
    )


def _colophon(parts: Parts, build: Build) -> Colophon:
    tail, end = parts.tail, parts.colophon
    place = tail if tail.print_date or tail.print_org else end
    build.value("/colophon/printing/org", place.print_org)
    build.date("/colophon/printing/date", place.print_date)
    return Colophon(
        recipients=build.value("/colophon/recipients", tail.recipients or end.recipients),
        cc=build.value("/colophon/cc", tail.cc or end.cc),
        printing=place.printing,
    )


def _references(parts: Parts, blocks: Sequence[Block]) -> tuple[Reference, ...]:
    """What the title, the body and the attached texts name, but for the attached texts themselves."""
    title = parts.head.title.value if parts.head.title else None
    attached = [one.title.value for one in parts.attached if one.title]
    return read_references(title, blocks, parts.carried, [*attached, *(note.value for note in parts.tail.notes)])


def _contradictions(parts: Parts, blocks: Sequence[Block]) -> Iterator[Contradiction]:
    """Years that contradict each other, of the document and of the texts attached to it."""
    title = parts.head.title
    yield from number_against_date(parts.head.doc_number, parts.tail.date or parts.head.date)
    yield from title_against_text(title.value if title else None, blocks)
    named = [*carried_titles(title.value if title else None), *(note.value for note in parts.tail.notes)]
    for one in parts.attached:
        yield from number_against_date(one.doc_number, one.tail.date)
        if one.title:
            yield from title_against_text(one.title.value, one.body)
            yield from title_against_title(named, [one.title])


def _doubts(parts: Parts, build: Build) -> None:
    """Notices where the reading is in doubt."""
    first = parts.body[0] if parts.body else None
    if parts.head.title is None and first:
        build.notice("D101", "warning", "no title found", first.start, first.stop)
    above = parts.head.above
    if above:
        message = "text above the title could not be placed; it stays in the body"
        build.notice("D104", "warning", message, above[0].start, above[-1].stop)
    if parts.strays:
        message = "text after the end of the document could not be placed; it stays in the body"
        build.notice("D104", "warning", message, parts.strays[0].start, parts.strays[-1].stop)
    notes, pages = len(parts.tail.notes), sum(one.role == "attachment" for one in parts.attached)
    if notes and pages and notes != pages:
        build.notice(
            "D105",
            "info",
            f"{notes} {'name' if notes == 1 else 'names'} in the 附件说明, {pages} 附件 in the text",
            parts.tail.notes[0].start,
            parts.tail.notes[-1].stop,
        )
