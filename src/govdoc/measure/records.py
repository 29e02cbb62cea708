"""From documents to indicator records (indicators.md; contract ``govdoc.indicator/1``)."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from govdoc.indicator import Indicator
from govdoc.measure.clauses import Piece, depths, sentences
from govdoc.measure.exclusions import measures
from govdoc.measure.extended import read_extended
from govdoc.measure.drafts import Draft
from govdoc.measure.grammar import read_sentence
from govdoc.measure.locate import Locator
from govdoc.measure.locate import Place as Line
from govdoc.measure.places import Place, place_of
from govdoc.measure.quantities import plain, scan
from govdoc.measure.roles import Stance, role_in, stance_of_title, turn_by_heading, turn_by_sentence
from govdoc.measure.salience import salience_of
from govdoc.measure.topics import category_of
from govdoc.model import Attachment, Block, Document


@dataclass(frozen=True)
class Body:
    """A body to be measured: the main one or an attached text, with what is known of it."""

    title: str | None
    blocks: tuple[Block, ...]
    issuer: str | None
    issue_date: str | None
    doc_number: str | None


@dataclass(frozen=True)
class Section:
    """Where in a body a line stands: its headings and how its values are to be read."""

    path: tuple[str, ...]
    stance: Stance


def bodies(document: Document) -> Iterator[Body]:
    """The bodies of a document in reading order: main, then attached texts and those attached to them."""
    main, header = document.main, document.header
    issuer = next(iter((*main.signature_orgs, *(header.issuer_mark.agencies if header.issuer_mark else ()))), None)
    number = header.doc_number.raw if header.doc_number else None
    yield Body(main.title, main.body, issuer, main.issue_date, number)
    yield from _attached(main.attachments, Body(main.title, (), issuer, main.issue_date, number))


def _attached(attachments: Sequence[Attachment], host: Body) -> Iterator[Body]:
    for one in attachments:
        issuer = next(iter(one.signature_orgs), host.issuer)
        number = one.doc_number.raw if one.doc_number else host.doc_number
        body = Body(one.title or host.title, one.body, issuer, one.issue_date or host.issue_date, number)
        yield body
        yield from _attached(one.attachments, body)


def _heading(block: Block) -> str:
    return ((block.label or "") + (block.heading or "")).rstrip("。：:")


def lines(body: Body, locator: Locator) -> Iterator[tuple[Line, Section]]:
    """The lines of a body with their sections; the stance turns with the headings."""
    year = int(body.issue_date[:4]) if body.issue_date else None
    base = stance_of_title(body.title or "", year)
    stack: list[tuple[int, str]] = []
    stance = base
    for block in body.blocks:
        if block.heading or block.type == "heading":
            level = block.level or 5
            stack = [one for one in stack if one[0] < level]
            stack.append((level, _heading(block)))
            if level <= 2:
                stance = turn_by_heading(
                    stance if level == 2 else (stance if base.mixed else base), base, _heading(block)
                )
        if block.type == "paragraph":
            yield locator.place(block.line, block.span), Section(tuple(text for _, text in stack), stance)


class _Maker:
    """Makes the records of one document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.seen: Counter[int] = Counter()

    def record(self, body: Body, place: Place, line: Line, section: Section, piece: Piece, draft: Draft) -> Indicator:
        """The record of a draft; links are put in afterwards."""
        quantity = draft.quantity
        start, end = line.where(quantity.start, quantity.end)
        ordinal = self.seen[start]
        self.seen[start] += 1
        sent = line.where(piece.start, piece.end)
        sentence = "".join(line.text[piece.start : piece.end].split())
        stance = section.stance
        role, why = role_in(stance, draft.clause, sentence, draft.commitment, draft.year)
        role = "baseline" if draft.role == "baseline" else role
        year = draft.year or stance.year
        if draft.role == "baseline" and year:
            year -= 1
        source = self.document.source
        known = hashlib.sha256(f"{source.sha256}:{start}:{ordinal}".encode()).hexdigest()[:12]
        notes = [note for note in (draft.note, why, None if line.exact else "位置仅到段落") if note]
        bound = None if draft.kind in ("qualitative",) else draft.bound
        return Indicator(
            schema="govdoc.indicator/1",
            id=known,
            document_id=self.document.id,
            source=source.name,
            url=source.url,
            title=body.title,
            doc_number=body.doc_number,
            issuer=body.issuer,
            issue_date=body.issue_date,
            province=place.province,
            city=place.city,
            county=place.county,
            adcode=place.adcode,
            period=str(year) if year else None,
            section=section.path,
            sentence=sentence,
            sent_start=sent[0],
            sent_end=sent[1],
            start=start,
            end=end,
            raw=line.source[start:end] if line.source is not None else line.text[quantity.start : quantity.end],
            name=draft.name,
            number=quantity.number,
            scale=quantity.scale,
            value=None if quantity.value is None else plain(quantity.value),
            value_min=None if quantity.low is None else plain(quantity.low),
            value_max=None if quantity.high is None else plain(quantity.high),
            unit=quantity.unit.replace("％", "%"),
            unit_norm=draft.unit_norm or quantity.unit,
            qualifier=draft.qualifier,
            bound=bound,
            approximate=bool(bound and bound.startswith("approx")),
            commitment=draft.commitment,
            role=role,
            kind=draft.kind,
            action=draft.action,
            direction=draft.direction,
            comparison=draft.comparison,
            region=place.region,
            subject=draft.subject,
            category=category_of(draft.name, sentence, "".join(section.path)),
            salience=salience_of(draft),
            scope=draft.scope,
            grade=draft.grade,
            distribution=draft.distribution,
            group=f"{known[:8]}" if draft.group is not None else None,
            link=None,
            relation=draft.relation,
            layer=draft.layer,
            confidence=confidence(draft, exact=line.exact),
            note="；".join(notes) or None,
        )


def confidence(draft: Draft, *, exact: bool) -> float:
    """How far the record may be trusted, from 0 to 1: less where the name came from afar or the unit is unknown."""
    taken = 0.95
    taken -= 0.15 if draft.far else 0.0
    taken -= 0.15 if not draft.quantity.unit and draft.quantity.form == "bare" else 0.0
    taken -= 0.25 if len(draft.name) < 3 else 0.0
    taken -= 0.1 if len(draft.name) > 28 else 0.0
    taken -= 0.1 if draft.quantity.han else 0.0
    taken -= 0.25 if draft.layer == "ext" else 0.0
    taken -= 0.1 if not exact else 0.0
    return round(max(taken, 0.1), 2)


def _sentence_records(maker: _Maker, body: Body, place: Place, line: Line, section: Section) -> Iterator[Indicator]:
    import msgspec

    depth = depths(line.text)
    found = measures(line.text, scan(line.text))
    base = stance_of_title(body.title or "", int(body.issue_date[:4]) if body.issue_date else None)
    stance = section.stance
    for piece in sentences(line.text, depth):
        text = line.text[piece.start : piece.end]
        stance = turn_by_sentence(stance if base.mixed else section.stance, base, text)
        here = [one for one in found if piece.start <= one.start < piece.end]
        drafts = read_sentence(line.text, piece, here, depth, stance.year) if here else []
        drafts += read_extended(line.text, piece, here, depth, stance.year)
        now = Section(section.path, stance)
        made = [maker.record(body, place, line, now, piece, draft) for draft in drafts]
        groups = {draft.group: one.group for draft, one in reversed(list(zip(drafts, made, strict=True)))}
        for draft, one in zip(drafts, made, strict=True):
            link = made[draft.link].id if draft.link is not None else None
            yield msgspec.structs.replace(one, link=link, group=groups[draft.group])


def measure_document(document: Document) -> list[Indicator]:
    """The records of one document, in reading order."""
    maker, locator = _Maker(document), Locator(document)
    records: list[Indicator] = []
    for body in bodies(document):
        place = place_of(body.issuer, body.title)
        for line, section in lines(body, locator):
            records += _sentence_records(maker, body, place, line, section)
    return records
