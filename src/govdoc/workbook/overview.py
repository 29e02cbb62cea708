"""概览: how many, of what kind, the headline indicators, where they come from, and what the reader should know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from heapq import nsmallest
from typing import Any, NamedTuple

from openpyxl.chart import BarChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.marker import DataPoint
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.text import CharacterProperties
from openpyxl.utils import get_column_letter

import govdoc
from govdoc.indicator import Indicator
from govdoc.measuring.pairing import Pairing
from govdoc.model import Document
from govdoc.workbook.beside import Beside
from govdoc.workbook.book import Book, Entry, Row
from govdoc.workbook.comparison import VERDICTS
from govdoc.workbook.look import height
from govdoc.workbook.plan import Plan, Tally
from govdoc.workbook.terms import KINDS, ROLES, written

SHEET = "概览"
_WIDTHS = (12.0, 9.0, 9.0, 9.0, 9.0, 3.0, 13.0, 10.0, 3.0, 13.0, 10.0, 32.0)
_HEADLINES = 20
_CHART_BARS, _CHART_ROWS = 12, 11
_WIDE, _NARROW = 15.5, 6.0  # centimetres: over G to L, and within L
_BAR = "5B9BD5"
_VERDICT_BARS = {
    "exceeded": "70AD47", "met": "A9D08E", "not met": "E2795B", "unclear": "FFD966", "no result found": "BFBFBF",
    "result without target": "D9D9D9",
}  # fmt: skip
_LINE = 16.5
_NO_CATEGORY = "未分类"
_DOINGS = {
    "control": "{n} 处文字含有 Excel 不能容纳的控制字符，已去除（首处：{place}）。",
    "cut": "{n} 个单元格超过 32767 字，已在末尾注明并截断（首处：{place}），全文见来源文件。",
    "links": "“{place}”等表的超链接达到上限，其余 {n} 处改为文字，注明所在的表和单元格。",
    "rows": "“{place}”超过一张表的行数上限，续表为“{place}-2”等；数据量大时建议改用 Parquet 格式。",
}


class _Bars(NamedTuple):
    """What a chart shows: words in a column, figures in the next, from a row on; a colour a bar; where, how wide."""

    column: int
    row: int
    colours: Sequence[str]
    at: str
    width: float


class Field(NamedTuple):
    """One cell of the overview: how many of the twelve columns it takes, and what it holds."""

    span: int
    entry: Entry | None


def _counts(title: str, counts: Iterable[tuple[str, int]]) -> list[list[Field]]:
    block = [[Field(1, Entry(title, "header")), Field(1, Entry("条数", "header"))]]
    return block + [[Field(1, Entry(word, "label")), Field(1, Entry(count, "number"))] for word, count in counts]


def _gap(span: int) -> Field:
    return Field(span, None)


def _title(chart: BarChart, text: str) -> None:
    chart.title = text
    title: Any = chart.title
    title.overlay = False
    title.tx.rich.p[0].r[0].rPr = CharacterProperties(sz=1000)  # hundredths of a point


def _category_block(tally: Tally, totals: Counter[str]) -> list[list[Field]]:
    by_role = Counter[tuple[str, str]]()
    for (category, role), count in tally.categories.items():
        by_role[category or _NO_CATEGORY, role] += count
    block = [[Field(1, Entry(word, "header")) for word in ("类别", "合计", *ROLES.values())]]
    for category, total in sorted(totals.items(), key=lambda item: -item[1]):
        counts = [total, *(by_role[category, role] for role in ("target", "actual", "baseline"))]
        block.append([Field(1, Entry(category, "label")), *(Field(1, Entry(count, "number")) for count in counts)])
    return block


class Overview:
    """The first sheet: opened before the others, so that it stands first, and written after them."""

    def __init__(self, book: Book, plan: Plan) -> None:
        self._book, self._plan = book, plan
        self._sheet = book.sheet(SHEET, _WIDTHS)
        self._sheet.sheet_view.showGridLines = False
        self._next = 1

    def write(self, pairings: Sequence[Pairing], to_review: int, beside: Beside) -> None:
        """Write the sheet and close it."""
        plan = self._plan
        sources = {document.source.name for document in plan.documents} | {name for name, _ in plan.tally.documents}
        self._put([Field(12, Entry(self._book.title, "title"))], 24.0, size=18)
        summary = f"来源文件 {len(sources)} 个，指标 {len(plan.records)} 条，待复核 {to_review} 条。"
        summary += f"由 govdoc {govdoc.__version__} 生成。"
        self._put([Field(12, Entry(summary, "subtitle"))])
        self._section("一、数量")
        self._numbers(pairings)
        self._section("二、重点指标")
        self._headlines()
        self._section("三、来源文件")
        self._sources()
        self._section("四、文件对应")
        self._bonds(beside)
        self._section("五、说明")
        for remark in self._remarks():
            self._put([Field(12, Entry(remark, "plain"))])
        self._sheet.print_area = f"A1:L{self._next - 1}"

    def _put(self, fields: Sequence[Field], least: float = 18.0, size: float = 10) -> None:
        """One row of fields over the twelve columns; a field of several columns is a merged cell."""
        entries: list[Entry | None] = []
        texts = []
        for field in fields:
            if field.span > 1 and field.entry is not None:
                first, last = len(entries) + 1, len(entries) + field.span
                area = f"{get_column_letter(first)}{self._next}:{get_column_letter(last)}{self._next}"
                self._sheet.merged.append(area)
            filler = None if field.entry is None else Entry(None, field.entry.style)
            entries += [field.entry, *[filler] * (field.span - 1)]
            if field.entry is not None:
                width = sum(_WIDTHS[len(entries) - field.span : len(entries)])
                scale = 0.8 if field.entry.style == "small" else size / 10
                texts.append((str(field.entry.value or ""), width / scale))
        self._book.append(self._sheet, Row(entries, height(texts, at_least=least, size=size)), self._next)
        self._next += 1

    def _section(self, title: str) -> None:
        self._put([_gap(12)], 9.0)
        self._put([Field(12, Entry(title, "section"))], 21.0)

    def _numbers(self, pairings: Sequence[Pairing]) -> None:
        """Categories on the left; on the right roles, verdicts and kinds, and under them the chart."""
        tally = self._plan.tally
        verdicts = Counter[str](pairing.verdict for pairing in pairings)
        totals = Counter[str]()
        for (category, _), count in tally.categories.items():
            totals[category or _NO_CATEGORY] += count
        left = _category_block(tally, totals)
        middle = [
            *_counts("角色", [(word, tally.roles[code]) for code, word in ROLES.items()]),
            [_gap(2)],
            *_counts("对照结论", [(verdict.word, verdicts[code]) for code, verdict in VERDICTS.items()]),
        ]
        right = _counts("类型", [(word, tally.kinds[code]) for code, word in KINDS.items()])
        first, above = self._next, max(len(middle), len(right)) + 1
        for i in range(max(len(left), above + (_CHART_ROWS if totals else 0))):
            blocks = [
                block[i] if i < len(block) else [_gap(span)] for block, span in ((left, 5), (middle, 2), (right, 2))
            ]
            self._put([*blocks[0], _gap(1), *blocks[1], _gap(1), *blocks[2], _gap(1)], _LINE)
        if totals:
            bars = min(len(totals), _CHART_BARS)
            title = "各类别指标数" + (f"（前{bars}类）" if len(totals) > bars else "")
            place = _Bars(1, first + 1, [_BAR] * bars, f"G{first + above}", _WIDE)
            self._chart(title, place)
            compared = any(pairing.target_ids and pairing.actual_ids for pairing in pairings)
            begin = first + len(ROLES) + 3
            verdict_bars = _Bars(7, begin, [_VERDICT_BARS[code] for code in VERDICTS], f"L{first}", _NARROW)
            kind_bars = _Bars(10, first + 1, [_BAR] * len(KINDS), f"L{first}", _NARROW)
            self._chart(*(("对照结论", verdict_bars) if compared else ("各类型指标数", kind_bars)))

    def _chart(self, title: str, bars: _Bars) -> None:
        chart = BarChart()
        chart.type = "bar"
        rows: dict[str, Any] = {"min_row": bars.row, "max_row": bars.row + len(bars.colours) - 1}
        chart.add_data(Reference(self._sheet, min_col=bars.column + 1, **rows))
        chart.set_categories(Reference(self._sheet, min_col=bars.column, **rows))
        _title(chart, title)
        chart.legend = None
        chart.gapWidth = 40
        chart.x_axis.scaling.orientation = "maxMin"  # the first category on top
        chart.x_axis.delete, chart.y_axis.delete = False, True
        chart.y_axis.majorGridlines = None
        chart.series[0].graphicalProperties = GraphicalProperties(solidFill=bars.colours[0])
        if len(set(bars.colours)) > 1:
            points = enumerate(bars.colours)
            chart.series[0].dPt = [DataPoint(idx=i, spPr=GraphicalProperties(solidFill=fill)) for i, fill in points]
        chart.dataLabels = DataLabelList()
        chart.dataLabels.showVal = True
        chart.dataLabels.showSerName = chart.dataLabels.showCatName = chart.dataLabels.showLegendKey = False
        size: Any = chart
        size.width, size.height = bars.width, (_CHART_ROWS - 0.5) * _LINE * 2.54 / 72  # centimetres
        self._sheet.add_chart(chart, bars.at)

    def _headlines(self) -> None:
        count, shown = _by_turns(self._plan.records, _HEADLINES)
        if not count:
            self._put([Field(12, Entry("没有标为重点的指标。", "plain"))])
            return
        head = ((1, "编号"), (6, "指标名称"), (1, "角色"), (2, "数值"), (1, "年度"), (1, "来源文件"))
        self._put([Field(span, Entry(word, "header")) for span, word in head])
        for record in shown:
            self._put(self._headline(record))
        if count > len(shown):
            self._put([Field(12, Entry(f"另有 {count - len(shown)} 条重点指标，见“指标明细”。", "plain"))])

    def _headline(self, record: Indicator) -> list[Field]:
        plan = self._plan
        return [
            Field(1, Entry(plan.number(record), "pointer", plan.record_place(record))),
            Field(6, Entry(record.name, "text")),
            Field(1, Entry(ROLES[record.role], "centre")),
            Field(2, Entry(written(record), "centre")),
            Field(1, Entry(record.period or "", "centre")),
            Field(1, Entry(plan.source(record.source), "small")),
        ]

    def _sources(self) -> None:
        head = ((3, "文件"), (4, "标题"), (3, "发文字号、日期"), (1, "指标数"), (1, "SHA-256"))
        self._put([Field(span, Entry(word, "header")) for span, word in head])
        counts = self._plan.tally.documents.copy()
        for document in self._plan.documents:
            count = counts.pop((document.source.name, document.id), 0)
            name = self._plan.source(document.source.name)
            original = self._plan.copies.get((document.source.name, document.id))
            if original:
                name += f"（与{self._plan.source(original[0])}相同，对照时只计一次）"
            self._put(_source_row(name, document, count))
        rest = Counter[str]()
        for (source, _), count in counts.items():
            rest[source] += count
        for source, count in rest.items():
            self._put(_source_row(self._plan.source(source), None, count))

    def _bonds(self, beside: Beside) -> None:
        """Which documents were compared with which, and why; where none, what a person can do."""
        if not beside.bonds:
            text = "没有发现同一机关的计划与其总结或上年计划；可用 --pair 计划 总结 指定哪两份文件对照。"
            self._put([Field(12, Entry(text, "plain"))])
            return
        head = ((3, "计划"), (4, "对照文件"), (2, "关系"), (3, "依据"))
        self._put([Field(span, Entry(word, "header")) for span, word in head])
        for bond in beside.bonds:
            names = [self._plan.source(beside.documents[i].source.name) for i in (bond.plan, bond.other)]
            relation = "计划与总结" if bond.kind == "result" else "与上年计划"
            texts = ((3, names[0]), (4, names[1]), (2, relation), (3, bond.why))
            self._put([Field(span, Entry(text, "text")) for span, text in texts])

    def _remarks(self) -> Iterator[str]:
        for code, text in _DOINGS.items():
            if count := self._book.doings.counts[code]:
                yield text.format(n=count, place=self._book.doings.first[code])
        yield "数值以基本单位计，百分比97.6记为97.6；原文写法见“指标明细”的“原文值”列。各列含义见“字典”。"
        yield "来源句可点击，跳到“原文”表中的该句，红字为所取数值。复核意见请填入“复核”列。"
        yield "本表由程序从文件中识别，未见结果不等于没有完成；引用前请核对原文。"


def _by_turns(records: Sequence[Indicator], most: int) -> tuple[int, list[Indicator]]:
    """How many key records there are, and so many, in order, the documents taking turns so that none crowds out."""
    turns: Counter[tuple[str, str]] = Counter()

    def ranked() -> Iterator[tuple[int, int]]:
        for i, record in enumerate(records):
            if record.salience == "key" and record.layer == "core":
                document = record.source, record.document_id
                yield turns[document], i
                turns[document] += 1

    first = nsmallest(most, ranked())
    return turns.total(), [records[i] for i in sorted(i for _, i in first)]


def _source_row(name: str, document: Document | None, count: int) -> list[Field]:
    title = numbered = digest = ""
    if document is not None:
        number, date = document.header.doc_number, document.main.issue_date
        title, digest = document.main.title or "", document.source.sha256
        numbered = "\n".join(part for part in (number.raw if number else None, date) if part)
    return [
        Field(3, Entry(name, "text")),
        Field(4, Entry(title, "text")),
        Field(3, Entry(numbered, "centre")),
        Field(1, Entry(count, "number")),
        Field(1, Entry(digest, "small")),
    ]
