"""The sheets that list records: 指标明细, 原文, 待复核, 排名与荣誉."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from govdoc.indicator import Indicator
from govdoc.workbook.book import Book, Entry, TableSpec
from govdoc.workbook.columns import COLUMNS, FROZEN, PRINTED, Column
from govdoc.workbook.corrections import CONTENT, IN_COLUMN, IN_SHEET, UNUSED, Correction
from govdoc.workbook.entries import Filled
from govdoc.workbook.plan import DETAIL, LOW_CONFIDENCE, SENTENCES, Plan, value_spans
from govdoc.workbook.terms import KINDS, high_value, low_value, number, remarks, shown_unit, written

REVIEW_LIST = "复核选项"

_DETAIL = TableSpec(
    DETAIL, "tblIndicators", [c.header for c in COLUMNS], [c.width for c in COLUMNS], FROZEN, PRINTED,
    "来源文件中没有识别到指标。", whole=(FROZEN - 1,),
    partly=[i for i, c in enumerate(COLUMNS, 1) if c.look in ("text", "link")], hidden=(len(COLUMNS) - 1, len(COLUMNS)),
    lists=[(1 + next(i for i, c in enumerate(COLUMNS) if c.header == "复核"), REVIEW_LIST)],
)  # fmt: skip
_SENTENCES = TableSpec(
    SENTENCES, "tblSentences", ("序号", "来源文件", "章节", "原文", "指标数", "首个指标"), (6, 25, 32, 90, 8, 9), 2, 6,
    "来源文件中没有含数值的句子。", whole=(4,), partly=(2, 3),
)  # fmt: skip
_REVIEW = TableSpec(
    "待复核", "tblReview",
    ("编号", "复核原因", "来源文件", "指标名称", "数值", "上限", "单位", "原文值", "来源句", "复核", "置信度", "备注",
     "记录键", "核对码"),
    (7, 24, 25, 30, 19, 12, 8, 13, 60, 11, 8, 26, 14, 18), 5, 10,
    "没有需要复核的指标。", whole=(2, 4, 8, 9), partly=(3, 12), hidden=(13, 14), lists=[(10, REVIEW_LIST)],
)  # fmt: skip
_HONOURS = TableSpec(
    "排名与荣誉", "tblHonours",
    ("编号", "来源文件", "指标名称", "成绩", "类型", "等次", "范围", "主体", "年度", "来源句"),
    (7, 25, 36, 16, 8, 10, 10, 16, 8, 60), 4, 10, "没有位次、获奖或连续类指标。", whole=(3, 4, 10), partly=(2, 8),
)  # fmt: skip
_UNUSED = TableSpec(
    UNUSED, "tblUnused",
    (IN_SHEET, "指标名称", "数值", "单位", "复核", IN_COLUMN, CONTENT, "原文值", "来源句", "来源文件", "记录键",
     "核对码"),
    (14, 30, 14, 8, 11, 12, 28, 13, 56, 24, 14, 18), 3, 10, "", whole=(2, 6, 7), partly=(8, 9, 10), hidden=(12,),
)  # fmt: skip
_HONOUR_KINDS = ("rank", "award", "streak")


def _entry(column: Column, record: Indicator, plan: Plan) -> Entry:
    link = plan.sentence_place(record) if column.look == "link" else None
    style = "entry" if column.header == "复核" else column.look
    return Entry(column.content(record, plan), style, link)


def write_details(book: Book, plan: Plan) -> None:
    """指标明细: one row a record, columns as in :data:`COLUMNS`."""
    book.table(_DETAIL, ([_entry(column, record, plan) for column in COLUMNS] for record in plan.records))


def write_sentences(book: Book, plan: Plan) -> None:
    """原文: one row a sentence with a value, the values in red, and a link back to the first record of it."""

    def rows() -> Iterator[list[Entry]]:
        for at, sentence in enumerate(plan.sentences(), 1):
            first = sentence.records[0]
            section = " / ".join(first.section)
            yield [
                Entry(at, "centre"),
                Entry(plan.source(first.source)),
                Entry(section),
                Entry(sentence.text, "text", None, value_spans(sentence)),
                Entry(len(sentence.records), "centre"),
                Entry(plan.number(first), "pointer", plan.record_place(first)),
            ]

    book.table(_SENTENCES, rows())


def review_reasons(record: Indicator, doubts: Mapping[str, str], reviews: Mapping[str, str]) -> list[str]:
    """Why a person should look at the record; empty where nothing calls for it."""
    reasons = [f"复核为“{reviews[record.id]}”"] if record.id in reviews else []
    if record.confidence < LOW_CONFIDENCE:
        reasons.append(f"置信度{record.confidence:.2f}，低于{LOW_CONFIDENCE}")
    if record.layer == "ext":
        reasons.append("原文无数字，数值由词义得出" if record.value is not None else "原文无数字")
    if record.id in doubts:
        reasons.append(doubts[record.id])
    return reasons


def write_review(book: Book, plan: Plan, reasons: Iterable[tuple[Indicator, list[str]]]) -> int:
    """待复核: the records with a reason to look at them again; how many there are."""
    count = 0

    def rows() -> Iterator[list[Entry]]:
        nonlocal count
        for record, why in reasons:
            count += 1
            reason, note = "；".join(why), remarks(record, plan.linked_number(record))
            yield [
                Entry(plan.number(record), "pointer", plan.record_place(record)),
                Entry(reason),
                Entry(plan.source(record.source)),
                Entry(record.name),
                Entry(low_value(record), "number"),
                Entry(high_value(record), "number"),
                Entry(shown_unit(record), "centre"),
                Entry("".join(record.raw.split()), "pointer", plan.sentence_place(record)),
                Entry(record.sentence),
                Entry(plan.reviews.get(record.id), "entry"),
                Entry(record.confidence, "score"),
                Entry(note),
                Entry(record.id),
                Entry(plan.mark(record)),
            ]

    book.table(_REVIEW, rows())
    return count


def write_honours(book: Book, plan: Plan) -> None:
    """排名与荣誉: ranks, prizes and streaks; no sheet where there are none."""
    if not any(record.kind in _HONOUR_KINDS for record in plan.records):
        return

    def rows() -> Iterator[list[Entry]]:
        for record in (one for one in plan.records if one.kind in _HONOUR_KINDS):
            yield [
                Entry(plan.number(record), "pointer", plan.record_place(record)),
                Entry(plan.source(record.source)),
                Entry(record.name),
                Entry(written(record), "pointer", plan.sentence_place(record)),
                Entry(KINDS[record.kind], "centre"),
                Entry(record.grade or "", "centre"),
                Entry(record.scope or "", "centre"),
                Entry(record.subject or ""),
                Entry(record.period or "", "centre"),
                Entry(record.sentence),
            ]

    book.table(_HONOURS, rows())


def write_unused(book: Book, stale: Sequence[Correction], unused: Sequence[Filled]) -> None:
    """未用更正: what people wrote about records and rows no longer there, kept for the next run; else no sheet."""
    if not stale and not unused:
        return

    def rows() -> Iterator[list[Entry]]:
        for one in stale:
            shown = {IN_SHEET: DETAIL, **one.row}
            yield [
                Entry(number(shown.get(head)), "number") if head == "数值" else Entry(shown.get(head, ""))
                for head in _UNUSED.headers
            ]
        for each in unused:
            said = {
                IN_SHEET: each.sheet, "指标名称": each.name, IN_COLUMN: each.head, CONTENT: each.content,
                "来源句": each.text, "来源文件": each.source, "记录键": each.key,
            }  # fmt: skip
            yield [Entry(said.get(head, "")) for head in _UNUSED.headers]

    book.table(_UNUSED, rows())
