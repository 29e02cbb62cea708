"""What people fill in on sheets whose rows are no records (落实情况, 分值, 结论), found again by the row's key."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

Content = str | int | float
TASKS, PAIRS = "任务落实对照", "目标完成对照"
TASK_KEY, TARGET_KEY, RESULT_KEY, MARK = "任务键", "目标记录键", "完成记录键", "核对码"
STATE, UNIT, REMARK = "落实情况", "责任单位", "备注"
POINTS, CAUSE, VERDICT = "分值", "偏差原因分析及改进措施", "结论"


class Form(NamedTuple):
    """A sheet people fill in: the heads of its key, those that are theirs, and those that say what a row is.

    ``proposed`` is the one the program fills first: its 核对码 tells a content that was changed.
    """

    keys: tuple[str, ...]
    filled: tuple[str, ...]
    name: str
    text: str
    source: str = ""
    proposed: str = ""


FORMS = {
    TASKS: Form((TASK_KEY,), (STATE, UNIT, REMARK), "任务", "任务内容", "计划文件"),
    PAIRS: Form((TARGET_KEY, RESULT_KEY), (POINTS, CAUSE, VERDICT), "三级指标", "目标来源句", proposed=VERDICT),
}


class Filled(NamedTuple):
    """One cell people filled in: the sheet, the key of its row, the head, the content, and what the row was about."""

    sheet: str
    key: str
    head: str
    content: Content
    name: str = ""
    text: str = ""
    source: str = ""


def pair_key(targets: Iterable[str], results: Iterable[str]) -> str:
    """The key of a row of 目标完成对照: the ids of its records on both sides."""
    return f"{' '.join(targets)}|{' '.join(results)}"


def code(text: str) -> str:
    """核对码 of a text: tells whether it still stands as it was written."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:8]


def read_filled(sheet: str, row: Mapping[str, object]) -> Iterator[Filled]:
    """What people filled into a row of a sheet, by its heads."""
    form = FORMS[sheet]
    key = "|".join(_text(row.get(head)) for head in form.keys)
    said = [_text(row.get(head)) for head in (form.name, form.text, form.source)]
    for head in form.filled if key.strip("|") else ():
        content = content_of(row.get(head))
        if content != "" and (head != form.proposed or _changed(str(content), row.get(MARK))):
            yield Filled(sheet, key, head, content, *said)


def _changed(content: str, mark: object) -> bool:
    """Whether a content is another than the program wrote; without its code, of an old workbook, nobody can tell."""
    return bool(mark) and mark != code(content)


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()


def content_of(value: object) -> Content:
    """A cell's content as it is kept: a number, or a text without blanks around it; a day as 2025-03-01."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    return value.isoformat()[:10] if isinstance(value, date) else _text(value)


class Entries:
    """What people filled in, by sheet and key; remembers what no row of a workbook asked for."""

    def __init__(self, filled: Iterable[Filled] = ()) -> None:
        self._rows: dict[tuple[str, str], dict[str, Filled]] = {}
        self._asked: set[tuple[str, str]] = set()
        for one in filled:
            self._rows.setdefault((one.sheet, one.key), {})[one.head] = one

    def of(self, sheet: str, key: str) -> dict[str, Content]:
        """Head → content of a row that is being written."""
        if (sheet, key) in self._rows:
            self._asked.add((sheet, key))
        return self.look(sheet, key)

    def look(self, sheet: str, key: str) -> dict[str, Content]:
        """Head → content of a row that need not be written."""
        return {head: one.content for head, one in self._rows.get((sheet, key), {}).items()}

    def unused(self) -> list[Filled]:
        """What no row asked for."""
        return [one for at, row in self._rows.items() if at not in self._asked for one in row.values()]
