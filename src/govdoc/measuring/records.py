"""From documents to indicator records (indicators.md; contract ``govdoc.indicator/1``)."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from msgspec import structs

from govdoc.indicator import Indicator, Role
from govdoc.measuring.clauses import Piece, depths, sentences
from govdoc.measuring.drafts import Draft
from govdoc.measuring.exclusions import measures
from govdoc.measuring.extended import read_extended
from govdoc.measuring.grammar import read_sentence
from govdoc.measuring.labels import item_start
from govdoc.measuring.locate import Line, Locator
from govdoc.measuring.quantities import plain, scan, within
from govdoc.measuring.roles import Stance, role_in, turn_by_sentence
from govdoc.measuring.salience import salience_of
from govdoc.measuring.sections import Body, Section, bodies, sections, stance_of
from govdoc.measuring.shortfalls import is_wanting, turn_to_problems
from govdoc.measuring.tables import read_table
from govdoc.measuring.topics import category_of
from govdoc.model import Block, Document
from govdoc.parsing.places import Place, place_of

_FAR = 400
_FRACTION = re.compile(r"分之|/")


class Sentence(NamedTuple):
    """A sentence as people read it, without blanks, and its source offsets."""

    text: str
    start: int
    end: int


def _said(line: Line, piece: Piece) -> Sentence:
    """The sentence at ``piece``."""
    return Sentence("".join(line.text[piece.start : piece.end].split()), *line.where(piece.start, piece.end))


def _row_said(cells: Sequence[Line]) -> Sentence:
    """A row of a table as a sentence: its cells parted by ｜, from the first that holds ink to the last."""
    text = "｜".join("".join(cell.text.split()) for cell in cells).rstrip("｜")
    places = [cell.where(0, len(cell.text)) for cell in cells if cell.text]
    return Sentence(text, min((a for a, _ in places), default=0), max((b for _, b in places), default=0))


class _Maker:
    """Makes the records of one document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.seen: Counter[int] = Counter()

    def blank(self, body: Body, place: Place) -> Indicator:
        """What all records of a body share; the rest empty."""
        source = self.document.source
        return Indicator(
            schema="govdoc.indicator/1", id="", document_id=self.document.id, source=source.name, url=source.url,
            title=body.title, doc_number=body.doc_number, issuer=body.issuer, issue_date=body.issue_date,
            province=place.province, city=place.city, county=place.county, adcode=place.adcode, period=None, section=(),
            sentence="", sent_start=0, sent_end=0, start=0, end=0, raw="", name="", number=None, scale="", value=None,
            value_min=None, value_max=None, unit="", unit_norm="", qualifier=None, bound=None, approximate=False,
            commitment=None, role="actual", kind="count", action=None, direction=None, comparison=None,
            region=place.region, subject=None, category=None, salience="normal", scope=None, grade=None,
            distribution=None, group=None, link=None, relation=None, layer="core", confidence=0.0, note=None,
        )  # fmt: skip

    def record(self, blank: Indicator, line: Line, section: Section, said: Sentence, draft: Draft) -> Indicator:
        """The record of a draft; links are put in afterwards."""
        quantity = draft.quantity
        start, end = line.where(quantity.start, quantity.end)
        ordinal = self.seen[start]
        self.seen[start] += 1
        key = f"{self.document.source.sha256}:{start}:{ordinal}"
        known = hashlib.sha256(key.encode()).hexdigest()[:12]
        role, period, why = _when(draft, section, said.text[:_FAR])
        fraction = quantity.unit == "%" and _FRACTION.search(line.text[quantity.start : quantity.end])
        share = "由分数换算为百分数" if fraction else None
        notes = [note for note in (draft.note, quantity.doubt, share, why, _place_note(line)) if note]
        about = (draft.name, draft.clause, "".join(section.path), said.text[:_FAR])
        bound = None if draft.kind == "qualitative" else draft.bound
        made = structs.replace(
            blank, id=known, section=section.path, sentence=said.text, sent_start=said.start, sent_end=said.end,
            start=start, end=end, raw=line.raw(quantity.start, quantity.end), name=draft.name, number=quantity.number,
            scale=quantity.scale, value=_plain(quantity.value), value_min=_plain(quantity.low),
            value_max=_plain(quantity.high), unit=quantity.unit.replace("％", "%"),
            unit_norm=draft.unit_norm or quantity.unit, bound=bound, period=period, role=role,
            note="；".join(notes) or None,
        )  # fmt: skip
        return structs.replace(
            made, qualifier=draft.qualifier, approximate=bool(bound and bound.startswith("approx")), kind=draft.kind,
            commitment=draft.commitment, action=draft.action, direction=draft.direction, comparison=draft.comparison,
            subject=draft.subject, category=category_of(*about),
            salience=salience_of(draft), scope=draft.scope, grade=draft.grade, distribution=draft.distribution,
            group=known[:8] if draft.group is not None else None, relation=draft.relation, layer=draft.layer,
            confidence=confidence(draft, exact=line.exact),
        )  # fmt: skip


def _place_note(line: Line) -> str | None:
    return None if line.exact else "位置仅到段落"


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)


def _when(draft: Draft, section: Section, sentence: str) -> tuple[Role, str | None, str | None]:
    """Role, period and a note; the level a rise began from belongs to the year before (§6a A4)."""
    stance = section.stance
    promised = draft.promised or (draft.needed and not is_wanting(sentence, draft.clause))
    role, why = role_in(stance, draft.clause, promised=promised, commitment=draft.commitment, year=draft.year)
    year = draft.year or stance.year
    if draft.role == "baseline":
        role, year = "baseline", draft.since or (year - 1 if year else None)
    elif _of_problems(draft, section, sentence, role):
        role, why = "baseline", "问题或缺口"
    return role, str(year) if year else None, why


def _of_problems(draft: Draft, section: Section, sentence: str, role: Role) -> bool:
    """Whether a value says what is wanting and is neither promised nor a step out of it (缺编降至120人)."""
    if role == "target":
        return section.problems and not (draft.promised or draft.commitment or draft.bound in ("ge", "le"))
    return section.problems or (draft.direction is None and is_wanting(sentence, draft.clause))


def confidence(draft: Draft, *, exact: bool) -> float:
    """How far the record may be trusted, from 0 to 1: less where the name came from afar or the unit is unknown.

    The steps are those seen on documents labelled before they were first measured (name and all fields right): 0.86 of
    plain records, 0.72 to 0.85 of those whose name came from afar, 0.78 of names of three or four characters without a
    verb (总产量), a third of those shorter still.
    """
    taken = 0.88
    taken -= 0.14 if draft.far else 0.0
    taken -= 0.15 if not draft.quantity.unit and draft.quantity.form == "bare" else 0.0
    taken -= 0.25 if len(draft.name) < 3 else 0.08 if len(draft.name) < 5 and draft.action is None else 0.0
    taken -= 0.1 if len(draft.name) > 28 else 0.0
    taken -= 0.1 if draft.quantity.han else 0.0
    taken -= 0.4 if draft.quantity.doubt else 0.0
    taken -= 0.25 if draft.layer == "ext" else 0.0
    taken -= 0.1 if not exact else 0.0
    return round(max(taken, 0.1), 2)


def _linked(drafts: Sequence[Draft], made: Sequence[Indicator]) -> Iterator[Indicator]:
    """The records of a sentence with links and groups as ids."""
    groups = {draft.group: one.group for draft, one in reversed(list(zip(drafts, made, strict=True)))}
    for draft, one in zip(drafts, made, strict=True):
        link = made[draft.link].id if draft.link is not None else None
        yield structs.replace(one, link=link, group=groups[draft.group])


class _Reader:
    """Reads one body: the stance turns with its headings and, in a report of both kinds, with its sentences."""

    def __init__(self, maker: _Maker, body: Body, locator: Locator) -> None:
        self.maker, self.body, self.locator = maker, body, locator
        year = int(body.issue_date[:4]) if body.issue_date else None
        self.blank = maker.blank(body, place_of(body.issuer, body.title, year=year))
        self.base = stance_of(body)
        self.stance = self.base
        self.above = ""

    def read(self) -> Iterator[Indicator]:
        """The records of the body, in reading order."""
        last = self.base
        for block, section in sections(self.body, self.base):
            if section.stance is not last:
                self.stance = last = section.stance
            if block.type == "heading":
                kept = self.stance
                yield from self._line(self.locator.place(block.line, block.span), section, spoken=False)
                self.stance = kept
            elif block.type == "paragraph":
                self.above = block.line
                yield from self._line(self.locator.place(block.line, block.span), section)
            elif block.type == "table" and block.rows:
                yield from self._table(block, section)
                self.above = ""

    def _line(self, line: Line, section: Section, *, spoken: bool = True) -> Iterator[Indicator]:
        """The records of a line; what is not ``spoken``, a heading by itself, gives figures only, no second layer."""
        depth = depths(line.text)
        found = measures(line.text, scan(line.text))
        base, problems = self.base, False
        heading = section.path[-1] if section.path else ""
        before: Draft | None = None
        for whole in sentences(line.text, depth):
            piece = Piece(item_start(line.text, *whole), whole.end)
            if not base.mixed:
                self.stance = section.stance
            words = line.text[piece.start : piece.end]
            self.stance = turn_by_sentence(self.stance, base, words)
            problems = turn_to_problems(words, problems)
            here = within(found, piece.start, piece.end)
            this_year = base.year + 1 if base.mixed and base.year else self.stance.year
            drafts = read_sentence(line.text, piece, here, depth, this_year, heading, before) if here else []
            before = drafts[-1] if drafts and words[-1] in "；;" else None
            heading = heading if here else words.rstrip("。；！ ")
            drafts += read_extended(line.text, piece, here, depth, this_year) if spoken else []
            now = Section(section.path, self.stance, section.problems or problems)
            said = _said(line, whole)
            made = [self.maker.record(self.blank, line, now, said, draft) for draft in drafts]
            yield from _linked(drafts, made)

    def _table(self, block: Block, section: Section) -> Iterator[Indicator]:
        rows = block.rows or ()
        cells = self.locator.cells(rows, block.span)
        known = {}
        for r, c, draft, year, role in read_table(rows, self.above, self.stance.year):
            stance = Stance(role or self.stance.role, year or self.stance.year, self.stance.mixed)
            known[r, c] = (draft, Section(section.path, stance, section.problems and role is None))
        for r, row in enumerate(rows):
            said = _row_said([cells[r, c] for c in range(len(row))])
            for c, cell in enumerate(row):
                if (r, c) in known:
                    draft, now = known[r, c]
                    yield self.maker.record(self.blank, cells[r, c], now, said, draft)
                elif len(cell.text) > 16:
                    yield from self._line(cells[r, c], section)


def measure_document(document: Document) -> list[Indicator]:
    """The records of one document, in reading order."""
    maker, locator = _Maker(document), Locator(document)
    return [record for body in bodies(document) for record in _Reader(maker, body, locator).read()]
