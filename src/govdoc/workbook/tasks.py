"""任务落实对照, 总结段落 and 计划对比: tasks beside passages, with links both ways; plans of two years side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govdoc.measuring.tasks import MOST, Answer, Task
from govdoc.measuring.units import match_unit
from govdoc.workbook.beside import Beside, placed, titled
from govdoc.workbook.book import Book, Entry, TableSpec
from govdoc.workbook.entries import FORMS, REMARK, STATE, TASK_KEY, TASKS, UNIT, Entries
from govdoc.workbook.laws import sheet_name
from govdoc.workbook.look import StyleName
from govdoc.workbook.plan import Place, Plan

PASSAGES, PLANS = "总结段落", "计划对比"
STATE_LIST = "落实情况选项"
STATES = {
    "已完成": "任务已按要求办结", "基本完成": "主要内容已办结", "推进中": "已启动，未办结", "未启动": "尚未开展",
    "不再实施": "已调整或取消，请在备注中说明",
}  # fmt: skip
WEAK = 0.12
"""Below this a passage may well be of something else."""
COLUMNS = {
    "序号": "本表中的顺序号",
    "任务": "计划中的编号和小标题",
    "任务内容": "计划中的原文",
    "相关内容一": "总结中用词最相近的一段；括号内为相似度和所在标题",
    "段落一": "在“总结段落”中的序号，点击跳到该段",
    "相关内容二": "其次相近的一段",
    "段落二": "同上",
    "相关内容三": "再次相近的一段",
    "段落三": "同上",
    "最高相似度": f"0至1，由用词得出，不表示是否完成；低于{WEAK}的标为黄色，多半另有所指",
    STATE: "由人填写，可从下拉列表选择；程序不作判断",
    UNIT: "由人填写",
    REMARK: "由人填写",
    "年度": "任务所属年度",
    "计划文件": "任务所在的文件",
    "总结文件": "相关内容所在的文件",
    TASK_KEY: "隐藏列：任务的编码，重新生成后不变，填写的内容据此找回原行",
}
_WIDTHS = (6, 16, 32, 36, 6, 25, 6, 25, 6, 8, 11, 11, 10, 8, 25, 25, 14)
_TASKS = TableSpec(
    TASKS, "tblTasks", list(COLUMNS), _WIDTHS, 3, 13, "", whole=(2, 3, 4, 6, 8), partly=(15, 16),
    hidden=(17,), lists=[(11, STATE_LIST)],
)  # fmt: skip
_PASSAGES = TableSpec(
    PASSAGES, "tblPassages", ("序号", "章节", "总结原文", "对应任务", "任务序号", "任务数", "来源文件"),
    (6, 30, 80, 34, 9, 8, 25), 2, 6, "", whole=(2, 3, 4), partly=(7,),
)  # fmt: skip
_KIN: dict[str, tuple[str, StyleName]] = {
    "kept": ("保留", "centre"), "changed": ("调整", "unsure"), "new": ("新增", "good"), "dropped": ("不再列入", "bad"),
}  # fmt: skip
_PLANS = TableSpec(
    PLANS, "tblPlans",
    ("序号", "变化", "本年任务", "本年内容", "上年任务", "上年内容", "相似度", "数字变化", "本年文件", "上年文件"),
    (6, 9, 18, 44, 18, 44, 8, 24, 22, 22), 4, 8, "", whole=(3, 4, 5, 6, 8), partly=(9, 10),
)  # fmt: skip
OUTLINE = "（仅为工作思路，不比较不再列入的任务）"
_FIGURE = re.compile(r"\d[\d,.]*(?:[-—~至]\d[\d,.]*)?\s?(?:万亿|[万亿千百])?%?")


def write_tasks(book: Book, plan: Plan, beside: Beside, entries: Entries) -> None:
    """Write 任务落实对照, as people filled it in before, and 总结段落; neither where no plan has its summary here."""
    if any(beside.tasks(b) for b in range(len(beside.results))):
        book.table(_TASKS, _task_rows(book, plan, beside, entries))
        book.table(_PASSAGES, _passage_rows(book, plan, beside))


def write_plans(book: Book, plan: Plan, beside: Beside) -> None:
    """Write 计划对比; none where no plan has last year's here."""
    if beside.plans:
        book.table(_PLANS, _plan_rows(plan, beside))


def _at(book: Book, title: str, row: int, column: str) -> Place:
    part, at = divmod(row, book.limits.rows)
    return Place(sheet_name(title, part + 1), at + 2, column)


def _source(plan: Plan, beside: Beside, document: int, remark: str = "") -> Entry:
    return Entry(plan.source(beside.documents[document].source.name) + remark)


def _task_rows(book: Book, plan: Plan, beside: Beside, entries: Entries) -> Iterator[list[Entry]]:
    for b, bond in enumerate(beside.results):
        for t, (task, found) in enumerate(zip(beside.tasks(b), beside.answers[b], strict=True)):
            best = found[0].likeness if found else 0.0
            passages = [entry for answer in found for entry in _passage(book, beside, b, answer)]
            if not found:
                passages = [Entry("总结中没有找到相近的内容，不等于没有落实", "unsure")]
            key = beside.task_key(b, t)
            said = entries.of(TASKS, key)
            yield [
                Entry(beside.task_row(b, t) + 1, "centre"),
                Entry(titled(task)),
                Entry(task.text),
                *passages,
                *[Entry("")] * (2 * MOST - len(passages)),
                Entry(best, "score" if best >= WEAK else "doubtful score"),
                *(Entry(said.get(head), "entry") for head in FORMS[TASKS].filled),
                Entry(str(task.year or ""), "centre"),
                _source(plan, beside, bond.plan),
                _source(plan, beside, bond.other),
                Entry(key),
            ]


def _passage(book: Book, beside: Beside, bond: int, answer: Answer) -> tuple[Entry, Entry]:
    passage = beside.passages(bond)[answer.passage]
    where = passage.section[-1] if passage.section else ""
    row = beside.passage_row(beside.results[bond].other, answer.passage)
    said = "，".join(part for part in (f"{answer.likeness:.2f}", where) if part)
    return Entry(f"{passage.text}（{said}）"), Entry(row + 1, "pointer", _at(book, PASSAGES, row, "C"))


def _passage_rows(book: Book, plan: Plan, beside: Beside) -> Iterator[list[Entry]]:
    answered = beside.answered()
    for document in beside.summaries:
        for p, passage in enumerate(beside.read[document].passages):
            tasks = answered.get((document, p), [])
            names = "\n".join(titled(beside.tasks(b)[t]) for b, t in tasks)
            place = _at(book, TASKS, beside.task_row(*tasks[0]), "B") if tasks else None
            yield [
                Entry(beside.passage_row(document, p) + 1, "centre"),
                Entry(placed(passage)),
                Entry(passage.text),
                Entry(names),
                Entry(beside.task_row(*tasks[0]) + 1 if tasks else None, "pointer", place),
                Entry(len(tasks), "centre"),
                _source(plan, beside, document),
            ]


def _plan_rows(plan: Plan, beside: Beside) -> Iterator[list[Entry]]:
    number = 0
    for bond in beside.plans:
        now, before = beside.read[bond.plan].tasks, beside.read[bond.other].tasks
        for kin in beside.kin(bond):
            number += 1
            one = now[kin.now] if kin.now is not None else None
            other = before[kin.before] if kin.before is not None else None
            word, style = _KIN[kin.state]
            yield [
                Entry(number, "centre"),
                Entry(word, style),
                *_side(one),
                *_side(other),
                Entry(kin.likeness or None, "score"),
                Entry(_figures(one, other)),
                _source(plan, beside, bond.plan, OUTLINE if beside.outlined(bond) else ""),
                _source(plan, beside, bond.other),
            ]


def _side(task: Task | None) -> tuple[Entry, Entry]:
    return (Entry(""), Entry("")) if task is None else (Entry(titled(task)), Entry(task.text))


def _figures_of(text: str) -> Iterator[str]:
    """The figures of a text with their whole unit (1200人次)."""
    for found in _FIGURE.finditer(text):
        word = text[found.end() : found.end() + 1]
        unit = "" if found[0].endswith("%") else match_unit(text, found.end()) or (word if "一" <= word <= "龥" else "")
        if not unit.startswith("年"):
            yield found[0] + unit


def _figures(one: Task | None, other: Task | None) -> str:
    """The figures only this year's text has, and those only last year's had."""
    if one is None or other is None:
        return ""
    now, before = (dict.fromkeys(_figures_of(task.text)) for task in (one, other))
    left, right = (
        "、".join(figure for figure in some if figure not in rest) for some, rest in ((now, before), (before, now))
    )
    return "；".join(part for part in (left and f"本年：{left}", right and f"上年：{right}") if part)
