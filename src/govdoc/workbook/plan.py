"""Where everything stands: the numbers of the records, the rows of the sentences, the names of the sources."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath
from typing import NamedTuple

from govdoc.indicator import Indicator
from govdoc.model import Document
from govdoc.workbook.copies import Where, copies_in
from govdoc.workbook.laws import Limits, sheet_name
from govdoc.workbook.shelf import Groups, Shelf

DETAIL = "指标明细"
SENTENCES = "原文"
_Key = tuple[str, str, int, int]
LOW_CONFIDENCE = 0.75
"""Below this a record goes to 待复核."""


class Place(NamedTuple):
    """A cell another one links to; rows count from 1."""

    sheet: str
    row: int
    column: str = "D"  # of 指标明细 the name, of 原文 the sentence

    @property
    def address(self) -> str:
        """``'原文'!D12``."""
        return f"'{self.sheet}'!{self.column}{self.row}"


@dataclass(frozen=True)
class Sentence:
    """One sentence of a document with the records whose values stand in it, in order."""

    text: str
    records: tuple[Indicator, ...]


@dataclass
class Tally:
    """How many records there are: by role, by kind, by category and role, by source and document."""

    roles: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    categories: Counter[tuple[str | None, str]] = field(default_factory=Counter)
    documents: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, record: Indicator) -> None:
        """One more."""
        self.roles[record.role] += 1
        self.kinds[record.kind] += 1
        self.categories[record.category, record.role] += 1
        self.documents[record.source, record.document_id] += 1


class Plan:
    """The arrangement of a workbook, known before the first cell is written, so that links can point forward."""

    def __init__(self, records: Sequence[Indicator], documents: Sequence[Document], limits: Limits) -> None:
        self.records = records if isinstance(records, Shelf) else Shelf(Indicator, records)
        self.documents = documents
        self.limits = limits
        self.reviews: Mapping[str, str] = {}
        self.mark: Callable[[Indicator], str] = lambda _: ""
        """核对码 of a record."""
        self.by_id = _ById(self.records)

    @cached_property
    def copies(self) -> dict[Where, Where]:
        """Documents, by source and id, that repeat one before → that one."""
        return copies_in(self.records)

    @cached_property
    def title(self) -> str:
        """The title of the workbook: of its one document, or how many there are."""
        titles = [document.main.title for document in self.documents]
        if len(titles) == 1 and titles[0]:
            return f"{''.join(titles[0].split())}——指标汇总"
        return f"{len(titles)}份文件指标汇总" if titles else "指标汇总"

    def number(self, record: Indicator) -> int:
        """编号 of the record."""
        return self._at(record) + 1

    def linked_number(self, record: Indicator) -> int | None:
        """编号 of the record this one is linked to, where it is in the workbook."""
        ends = self._surveyed[1].ends((record.source, record.link)) if record.link else None
        return ends[1] + 1 if ends else None

    def sentences(self) -> Iterator[Sentence]:
        """One a sentence with a value, in the order of the records."""
        for numbers in self._surveyed[2]:
            group = self.of(numbers)
            yield Sentence(group[0].sentence, tuple(group))

    def of(self, places: Iterable[int]) -> list[Indicator]:
        """The records at those places, from 0."""
        return [self.records[i] for i in places]

    def together(self, key: Callable[[Indicator], Hashable | None], least: int = 1) -> Iterator[list[Indicator]]:
        """The records that have the same key, at least so many; those without (``None``) are left out.

        The keys come in the order of their first record.
        """
        return (self.of(places) for places in self._groups(key) if len(places) >= least)

    def _groups(self, key: Callable[[Indicator], Hashable | None]) -> Groups:
        keyed = ((key(record), i) for i, record in enumerate(self.records))
        return Groups((one, i) for one, i in keyed if one is not None)

    def _at(self, record: Indicator) -> int:
        place = self.records.place(record)
        if place is None:
            ends = self._surveyed[1].ends((record.source, record.id))
            if ends is None:
                raise KeyError(record.id)
            place = ends[1]
        return place

    @cached_property
    def tally(self) -> Tally:
        """How many records there are of each kind."""
        return self._surveyed[0]

    @cached_property
    def _surveyed(self) -> tuple[Tally, Groups, Groups]:
        """What is to be known of all records before the first is written: one way through them."""
        tally, numbers, sentences = Tally(), Groups(), Groups()
        for i, record in enumerate(self.records):
            tally.add(record)
            # Two copies of one file give the same ids: a record is known by its source as well.
            numbers.add((record.source, record.id), i)
            sentences.add(_sentence_key(record), i)
        return tally, numbers, sentences

    @cached_property
    def _sentence_rows(self) -> array[int]:
        """The row of each record's sentence on 原文, from 0."""
        rows = array("L", [0]) * len(self.records)
        for row, numbers in enumerate(self._surveyed[2]):
            for i in numbers:
                rows[i] = row
        return rows

    @cached_property
    def _short_names(self) -> dict[str, str]:
        """Source → file name, or the whole path where two sources share a file name."""
        paths = dict.fromkeys(source for source, _ in self.tally.documents)
        paths |= dict.fromkeys(document.source.name for document in self.documents)
        counts = Counter(PurePosixPath(path).name for path in paths)
        return {path: name if counts[name := PurePosixPath(path).name] == 1 and name else path for path in paths}

    def source(self, name: str) -> str:
        """来源文件 as shown."""
        return self._short_names[name]

    def sentence_place(self, record: Indicator) -> Place:
        """The row of the record's sentence on 原文."""
        return self._place(SENTENCES, self._sentence_rows[self._at(record)])

    def record_place(self, record: Indicator) -> Place:
        """The row of the record on 指标明细."""
        return self._place(DETAIL, self._at(record))

    def _place(self, title: str, index: int) -> Place:
        part, row = divmod(index, self.limits.rows)
        return Place(sheet_name(title, part + 1), row + 2)


class _ById:
    """Records by id; of copies the first."""

    def __init__(self, records: Shelf[Indicator]) -> None:
        self._records = records

    @cached_property
    def _places(self) -> Groups:
        return Groups((record.id, i) for i, record in enumerate(self._records))

    def __getitem__(self, key: str) -> Indicator:
        ends = self._places.ends(key)
        if ends is None:
            raise KeyError(key)
        return self._records[ends[0]]


def _sentence_key(record: Indicator) -> _Key:
    return record.source, record.document_id, record.sent_start, record.sent_end


def value_spans(sentence: Sentence) -> list[tuple[int, int]]:
    """Where the values stand in the sentence as people see it: disjoint, sorted; a value that is not found is left out.

    The record's offsets are in the raw source, the sentence has no blanks: of the places where the value is written,
    the one nearest to where it should be.
    """
    found: set[tuple[int, int]] = set()
    for record in sentence.records:
        raw = "".join(record.raw.split())
        spread = max(1, record.sent_end - record.sent_start)
        expected = (record.start - record.sent_start) * len(sentence.text) / spread
        places = [i for i in _places(sentence.text, raw) if not _inside_number(sentence.text, i, raw)]
        if places:
            start = min(places, key=lambda place: abs(place - expected))
            found.add((start, start + len(raw)))
    return list(_disjoint(sorted(found)))


def _places(text: str, part: str) -> Iterable[int]:
    at = text.find(part) if part else -1
    while at >= 0:
        yield at
        at = text.find(part, at + 1)


def _inside_number(text: str, at: int, raw: str) -> bool:
    """Whether ``raw`` begins in the middle of a longer number."""
    before = text[:at]
    return raw[0].isdigit() and (before[-1:].isdigit() or (before[-1:] == "." and before[-2:-1].isdigit()))


def _disjoint(spans: Iterable[tuple[int, int]]) -> Iterable[tuple[int, int]]:
    end = 0
    for start, stop in spans:
        if start >= end:
            yield start, stop
            end = stop
