"""字典: what the columns mean, and the lists of values; the drop-down lists point here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from openpyxl.workbook.defined_name import DefinedName

from govdoc.workbook.book import Book, Entry, TableSpec
from govdoc.workbook.columns import COLUMNS
from govdoc.workbook.comparison import CLASSES, FORM, VERDICT_LIST, VERDICTS
from govdoc.workbook.details import REVIEW_LIST
from govdoc.workbook.series import COLUMNS as SERIES_COLUMNS
from govdoc.workbook.tasks import COLUMNS as TASK_COLUMNS
from govdoc.workbook.tasks import STATE_LIST, STATES
from govdoc.workbook.terms import BOUNDS, CATEGORIES, KINDS, LAYERS, REVIEWS, ROLES, SALIENCES

_SPEC = TableSpec(
    "字典", "tblTerms", ("分组", "名称", "代码", "含义"), (18, 26, 22, 92), 3, 4, "", whole=(2, 4),
)  # fmt: skip
_ROLES = {
    "target": "计划、要点中要做到的", "actual": "总结、报告中已做到的", "baseline": "已有的存量或要保持的水平",
}  # fmt: skip
_KINDS = {
    "count": "多少个、人、所、公里", "amount": "多少元", "ratio": "比例、覆盖率，也包括几倍、几成",
    "change": "比上年上升或下降多少", "rank": "第几名", "award": "由外部机构授予的奖项、称号的个数",
    "streak": "连续几年、几连冠", "frequency": "每月几次、每人几项", "qualitative": "创新高等没有数字的结果",
}  # fmt: skip
_BOUNDS = {
    "eq": "等于", "approx": "约、左右", "approx_above": "余、多：略高于", "approx_below": "近：略低于",
    "gt": "超过、突破",
    "ge": "不少于、至少、以上", "lt": "低于", "le": "不超过、以内", "range": "数值为下限，上限另列",
}  # fmt: skip
_LAYERS = {"core": "原文写有数字", "ext": "由词义得出（全覆盖、亚军、稳中有升），一律列入待复核"}
_SALIENCES = {"key": "列入概览", "normal": "", "low": "文件自身的条目数或覆盖广度"}
_REVIEW_MEANINGS = {
    "正确": "各项无误", "数值有误": "数、万亿或上下限不对", "单位有误": "", "名称有误": "",
    "角色有误": "目标、完成、基数弄混",
    "不是指标": "应当删去", "待查": "需找原件核对",
}  # fmt: skip


def _terms() -> Iterator[tuple[str, str, str, str]]:
    for column in COLUMNS:
        yield "指标明细的列", column.header, column.field, column.meaning
    for header, meaning in FORM.items():
        yield "目标完成对照的列", header, "", meaning
    for header, meaning in TASK_COLUMNS.items():
        yield "任务落实对照的列", header, "", meaning
    for header, meaning in SERIES_COLUMNS.items():
        yield "年度对比、地区对比的列", header, "", meaning
    for state, meaning in STATES.items():
        yield "落实情况", state, "", meaning
    for (first, second), meaning in CLASSES.items():
        yield "绩效指标级次", f"{first} / {second}", "", meaning
    for verdict in VERDICTS.values():
        yield "结论", verdict.word, verdict.code, verdict.meaning
    coded: tuple[tuple[str, Mapping[str, str], Mapping[str, str]], ...] = (
        ("角色", ROLES, _ROLES), ("类型", KINDS, _KINDS), ("关系", BOUNDS, _BOUNDS), ("层次", LAYERS, _LAYERS),
        ("重要性", SALIENCES, _SALIENCES),
    )  # fmt: skip
    for group, words, meanings in coded:
        for code, word in words.items():
            yield group, word, code, meanings[code]
    for category in CATEGORIES:
        yield "类别", category, "", "按指标的主题划分，不按所在章节"
    for review in REVIEWS:
        yield "复核", review, "", _REVIEW_MEANINGS[review]


def write_dictionary(book: Book) -> None:
    """Write 字典 and name the ranges the drop-down lists take their values from."""
    terms = list(_terms())
    book.table(
        _SPEC,
        ([Entry(part) for part in term] for term in terms),
    )
    lists = {"复核": REVIEW_LIST, "结论": VERDICT_LIST, "落实情况": STATE_LIST}
    for group, members in groupby(enumerate(terms, 2), key=lambda item: item[1][0]):
        rows = [row for row, _ in members]
        if group in lists:
            name = lists[group]
            place = f"'字典'!$B${rows[0]}:$B${rows[-1]}"
            book.workbook.defined_names[name] = DefinedName(name, attr_text=place)
