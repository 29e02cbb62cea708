"""Where everything stands: the numbers of the records, the rows of the sentences, the names of the sources."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from typing import NamedTuple

from govdoc.indicator import Indicator
from govdoc.model import Document
from govdoc.workbook.laws import Limits, sheet_name

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


class Plan:
    """The arrangement of a workbook, known before the first cell is written, so that links can point forward."""

    def __init__(self, records: Sequence[Indicator], documents: Sequence[Document], limits: Limits) -> None:
        self.records = records
        self.documents = documents
        self.limits = limits
        self.reviews: Mapping[str, str] = {}
        self.marks: Mapping[str, str] = {}
        # Two copies of one file give the same ids: a record is known by its source as well.
        self._numbers = {(record.source, record.id): i for i, record in enumerate(records, 1)}

    @cached_property
    def by_id(self) -> dict[str, Indicator]:
        """Records by id; of copies the first."""
        return {record.id: record for record in reversed(self.records)}

    @cached_property
    def title(self) -> str:
        """The title of the workbook: of its one document, or how many there are."""
        titles = [document.main.title for document in self.documents]
        if len(titles) == 1 and titles[0]:
            return f"{''.join(titles[0].split())}——指标汇总"
        return f"{len(titles)}份文件指标汇总" if titles else "指标汇总"

    def number(self, record: Indicator) -> int:
        """编号 of the record."""
        return self._numbers[record.source, record.id]

    def linked_number(self, record: Indicator) -> int | None:
        """编号 of the record this one is linked to, where it is in the workbook."""
        return self._numbers.get((record.source, record.link or ""))

    @cached_property
    def sentences(self) -> list[Sentence]:
        """One a sentence with a value, in the order of the records."""
        found: defaultdict[_Key, list[Indicator]] = defaultdict(list)
        for record in self.records:
            found[_sentence_key(record)].append(record)
        return [Sentence(group[0].sentence, tuple(group)) for group in found.values()]

    @cached_property
    def _sentence_index(self) -> dict[_Key, int]:
        return {_sentence_key(sentence.records[0]): i for i, sentence in enumerate(self.sentences)}

    @cached_property
    def _short_names(self) -> dict[str, str]:
        """Source → file name, or the whole path where two sources share a file name."""
        paths = dict.fromkeys(
            [record.source for record in self.records] + [document.source.name for document in self.documents]
        )
        counts = Counter(PurePosixPath(path).name for path in paths)
        return {path: name if counts[name := PurePosixPath(path).name] == 1 and name else path for path in paths}

    def source(self, name: str) -> str:
        """来源文件 as shown."""
        return self._short_names[name]

    def sentence_place(self, record: Indicator) -> Place:
        """The row of the record's sentence on 原文."""
        return self._place(SENTENCES, self._sentence_index[_sentence_key(record)])

    def record_place(self, record: Indicator) -> Place:
        """The row of the record on 指标明细."""
        return self._place(DETAIL, self.number(record) - 1)

    def _place(self, title: str, index: int) -> Place:
        part, row = divmod(index, self.limits.rows)
        return Place(sheet_name(title, part + 1), row + 2)


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
