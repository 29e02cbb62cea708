"""The workbook as XLSX: the sheets in order."""

from __future__ import annotations

from collections.abc import Sequence

from govdoc.indicator import Indicator
from govdoc.model import Document
from govdoc.workbook.book import Book
from govdoc.workbook.comparison import Pairing, write_comparison
from govdoc.workbook.details import review_reasons, write_details, write_honours, write_review, write_sentences
from govdoc.workbook.dictionary import write_dictionary
from govdoc.workbook.laws import Limits
from govdoc.workbook.overview import Overview
from govdoc.workbook.package import pack
from govdoc.workbook.plan import Plan
from govdoc.workbook.series import write_series


def build(
    records: Sequence[Indicator], documents: Sequence[Document], pairings: Sequence[Pairing], limits: Limits
) -> bytes:
    """The workbook's bytes; see :func:`govdoc.workbook.write_xlsx`."""
    plan = Plan(records, documents, limits)
    book = Book(plan.title, limits)
    overview = Overview(book, plan)  # the first sheet, written last: it says what was done to the others
    doubts = {
        key: f"对照待判定：{p.reason}" for p in pairings if p.verdict == "unclear" for key in (*p.targets, *p.actuals)
    }
    reviews = [(record, why) for record in records if (why := review_reasons(record, doubts))]
    write_details(book, plan)
    write_comparison(book, plan, pairings)
    write_series(book, plan)
    write_honours(book, plan)
    write_review(book, plan, reviews)
    write_sentences(book, plan)
    write_dictionary(book)
    overview.write(pairings, len(reviews))
    return pack(book.workbook, book.title)
