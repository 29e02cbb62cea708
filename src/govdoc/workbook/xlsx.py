"""The workbook as XLSX: the sheets in order."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence, Set
from typing import IO

from govdoc.indicator import Indicator
from govdoc.measuring.pairing import Pairing, contradictions_together, pair_together
from govdoc.model import Document
from govdoc.workbook.beside import Beside, Given
from govdoc.workbook.book import Book
from govdoc.workbook.comparison import judged, write_comparison
from govdoc.workbook.copies import Where
from govdoc.workbook.corrections import UNSETTLED, Corrected, mark_of, written_mark
from govdoc.workbook.details import (
    review_reasons,
    write_details,
    write_honours,
    write_review,
    write_sentences,
    write_unused,
)
from govdoc.workbook.dictionary import write_dictionary
from govdoc.workbook.laws import Limits
from govdoc.workbook.overview import Overview
from govdoc.workbook.package import pack
from govdoc.workbook.plan import Plan
from govdoc.workbook.series import write_places, write_years
from govdoc.workbook.shelf import Shelf
from govdoc.workbook.tasks import write_plans, write_tasks


def build(
    target: IO[bytes],
    corrected: Corrected,
    documents: Sequence[Document],
    pairings: Sequence[Pairing] | None,
    limits: Limits,
    given: Given,
) -> None:
    """Write the workbook; see :func:`govdoc.workbook.save_xlsx`."""
    plan = Plan(corrected.records, documents, limits)
    plan.reviews = reviews = corrected.reviews
    plan.mark = lambda one: written_mark(corrected.marks.get(one.id) or mark_of(one), one, reviews.get(one.id))
    book = Book(plan.title, limits)
    overview = Overview(book, plan)  # the first sheet, written last: it says what was done to the others
    named = {source for pair in given for source in pair}
    copies = {copy for copy in plan.copies if copy[0] not in named}
    beside = Beside([one for one in documents if (one.source.name, one.id) not in copies], given)
    counted = _Counted(plan, corrected, copies)
    if pairings is None:
        pairings = Shelf(Pairing, pair_together(counted, counted.together, beside.given))
    read, pairings = pairings, Shelf(Pairing, (judged(one, corrected.entries) for one in pairings))
    doubts = _doubts(counted, pairings)
    open_ones = (record for record in counted if reviews.get(record.id, UNSETTLED) == UNSETTLED)
    reasons = ((record, review_reasons(record, doubts, reviews)) for record in open_ones)
    write_details(book, plan)
    write_comparison(book, plan, read, pairings, corrected.entries)
    write_tasks(book, plan, beside, corrected.entries)
    write_plans(book, plan, beside)
    write_years(book, plan)
    write_places(book, plan)
    write_honours(book, plan)
    to_review = write_review(book, plan, ((record, why) for record, why in reasons if why))
    write_unused(book, corrected.stale, corrected.entries.unused())
    write_sentences(book, plan)
    write_dictionary(book)
    overview.write(pairings, to_review, beside)
    pack(book.workbook, book.title, target)


class _Counted:
    """The records that take part in comparisons: those people let stand, of copies the first."""

    def __init__(self, plan: Plan, corrected: Corrected, copies: Set[Where]) -> None:
        self._plan, self._corrected, self._copies = plan, corrected, copies

    def _counts(self, record: Indicator) -> bool:
        return self._corrected.counts(record) and (record.source, record.document_id) not in self._copies

    def __iter__(self) -> Iterator[Indicator]:
        return filter(self._counts, self._plan.records)

    def together(self, key: Callable[[Indicator], Hashable | None]) -> Iterator[list[Indicator]]:
        """Those that have the same key."""
        return self._plan.together(lambda record: key(record) if self._counts(record) else None)


def _doubts(records: _Counted, pairings: Sequence[Pairing]) -> dict[str, str]:
    """Record id → what is doubtful beyond the record itself: an unclear comparison, another figure for the same."""
    found = {
        key: f"对照待判定：{one.reason}"
        for one in pairings
        if one.verdict == "unclear"
        for key in (*one.target_ids, *one.actual_ids)
    }
    for clash in contradictions_together(records.together):
        reason = f"同一文件中有不同的数：{'、'.join(clash.values)}"
        found |= {key: "；".join(part for part in (found.get(key), reason) if part) for key in clash.ids}
    return found
