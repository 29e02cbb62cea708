"""目标完成对照: the finance ministry's 绩效自评表, one row a pairing of targets with results."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec import structs

from govdoc.indicator import Indicator
from govdoc.measuring.pairing import Pairing
from govdoc.workbook.book import Book, Entry, Formula, TableSpec
from govdoc.workbook.entries import CAUSE, MARK, PAIRS, POINTS, RESULT_KEY, TARGET_KEY, VERDICT, Entries, code, pair_key
from govdoc.workbook.look import StyleName
from govdoc.workbook.plan import Plan
from govdoc.workbook.terms import number, plain, written

VERDICT_LIST = "结论选项"


class Verdict(NamedTuple):
    """A verdict: its code, its word, the look of its cell, what it means."""

    code: str
    word: str
    style: StyleName
    meaning: str


VERDICTS = {
    verdict.code: verdict
    for verdict in (
        Verdict("exceeded", "超额完成", "better", "实际值优于目标值"),
        Verdict("met", "完成", "good", "实际值达到目标值"),
        Verdict("not met", "未完成", "bad", "实际值没有达到目标值"),
        Verdict("unclear", "待判定", "unsure", "对应关系或口径没有把握，请人工核对"),
        Verdict("no result found", "未见结果", "unsure", "来源文件中没有找到相应的完成情况，不等于没有完成"),
        Verdict("result without target", "无对应目标", "centre", "来源文件中没有找到相应的目标"),
    )
}
CLASSES = {
    ("产出指标", "数量指标"): "数量、金额、频次、获奖、连续、位次类指标的初填级次，请按本单位绩效目标表核改",
    ("产出指标", "质量指标"): "比率、变化、定性类指标的初填级次，请核改",
    ("满意度指标", "服务对象满意度指标"): "名称含“满意”的指标",
}
_QUALITY = ("ratio", "change", "qualitative")
FORM = {
    "一级指标": "按指标类型初填，见“绩效指标级次”",
    "二级指标": "按指标类型初填，见“绩效指标级次”",
    "三级指标": "目标的指标名称；没有目标的为完成情况的名称",
    "年度指标值": "目标值，带关系符号，数和万亿保持原文写法",
    "实际完成值": "完成值；由几条相加的逐条列出",
    POINTS: "由单位按绩效目标表填写",
    "得分": "填入分值后自动计算：分值×完成率，不超过分值；结论经人改动而与完成率不符的为空，请自行填写",
    CAUSE: "由单位填写",
    "完成率": "正向指标为实际÷目标，反向指标为目标÷实际；无法判定时为空",
    "差额": "实际减目标，以基本单位计",
    VERDICT: "见“结论”；可从下拉列表改正",
    "对照说明": "怎样得出结论，哪几条相加，有什么疑点",
    "目标来源句": "点击跳到“原文”表中的该句",
    "完成来源句": "点击跳到“原文”表中的该句",
    TARGET_KEY: "隐藏列：目标记录的编码，填写的内容据此找回原行",
    RESULT_KEY: "隐藏列：完成记录的编码",
    MARK: "隐藏列：程序所下结论的编码，改动据此看出",
}
_WIDTHS = (10, 10, 28, 13, 15, 7, 7, 20, 9, 11, 11, 24, 56, 56, 14, 14, 10)
_TOGETHER = "把同一地区同一年度的两类文件一起处理即可对照。"
_EMPTY = {
    (False, False): "没有可对照的内容：来源文件中没有识别到目标，也没有识别到完成情况。",
    (True, False): f"没有可对照的内容：只有目标（如工作要点），没有完成情况（如工作总结）。{_TOGETHER}",
    (False, True): f"没有可对照的内容：只有完成情况（如工作总结），没有目标（如工作要点）。{_TOGETHER}",
    (True, True): "没有可对照的内容：没有同一地区、同一机关、同一年度的计划目标与总结结果；同一份文件里的目标与结果，"
    "只有写明“计划…，实际…”的才对照。",
}


def _class_of(record: Indicator) -> tuple[str, str]:
    if "满意" in record.name:
        return "满意度指标", "服务对象满意度指标"
    return "产出指标", "质量指标" if record.kind in _QUALITY else "数量指标"


def _figures(records: Sequence[Indicator]) -> str:
    return "＋".join(written(record) for record in records)


def _named(records: Sequence[Indicator]) -> str:
    return "、".join(dict.fromkeys(record.name for record in records))


def _sentences(records: Sequence[Indicator], plan: Plan) -> Entry:
    if not records:
        return Entry("", "text")
    texts = dict.fromkeys(f"{record.sentence}（{plan.source(record.source)}）" for record in records)
    return Entry("\n".join(texts), "link", plan.sentence_place(records[0]))


def _keys(records: Sequence[Indicator]) -> str:
    return " ".join(record.id for record in records)


def judged(pairing: Pairing, entries: Entries) -> Pairing:
    """The pairing with the verdict a person gave it; as it is where none was given, or one that is not on the list."""
    word = entries.look(PAIRS, pair_key(pairing.target_ids, pairing.actual_ids)).get(VERDICT)
    verdict = next((one for one in VERDICTS.values() if one.word == word), None)
    if verdict is None or verdict.code == pairing.verdict:
        return pairing
    reason = f"结论经人更正，原为“{VERDICTS[pairing.verdict].word}”；{pairing.reason}"
    return structs.replace(pairing, verdict=verdict.code, reason=reason)


def _row(pairing: Pairing, read: Pairing, plan: Plan, at: int, entries: Entries) -> list[Entry]:
    """The row of a pairing as people judged it; ``read`` is as the program did."""
    said = entries.of(PAIRS, pair_key(pairing.target_ids, pairing.actual_ids))
    targets = [plan.by_id[key] for key in pairing.target_ids]
    actuals = [plan.by_id[key] for key in pairing.actual_ids]
    first, second = _class_of((targets or actuals)[0])
    verdict = VERDICTS[pairing.verdict]
    rate, gap, reason = number(pairing.rate), number(pairing.difference), pairing.reason
    if verdict.code == "unclear" and rate is not None:
        # A rate, and a score made of it, would speak for a pair that may be wrong.
        reason += f"；如对应成立，完成率为{plain(pairing.rate or '')}%"
        rate = gap = None
    elif pairing.verdict != read.verdict and rate is not None and (rate >= 100) == (verdict.code == "not met"):
        reason += f"；按所列数完成率为{plain(pairing.rate or '')}%，与更正后的结论不符，完成率、得分请自行填写"
        rate = gap = None
    sources = (_sentences(targets, plan), _sentences(actuals, plan))
    return [
        Entry(first, "centre"),
        Entry(second, "centre"),
        Entry(_named(targets or actuals)),
        Entry(_figures(targets), "centre"),
        Entry(_figures(actuals), "centre"),
        Entry(said.get(POINTS), "entry"),
        Entry(
            Formula(f'=IF(OR(F{at}="",I{at}="",K{at}<>"{verdict.word}"),"",ROUND(F{at}*MAX(0,MIN(1,I{at})),2))'),
            "centre",
        ),
        Entry(said.get(CAUSE), "entry"),
        Entry(None if rate is None else rate / 100, "percent"),
        Entry(gap, "number"),
        Entry(said.get(VERDICT, verdict.word), verdict.style),
        Entry(reason),
        *sources,
        Entry(_keys(targets)),
        Entry(_keys(actuals)),
        Entry(code(VERDICTS[read.verdict].word)),
    ]


def _score(at: int, verdict: Verdict) -> Formula:
    """得分: nothing where there is no rate, or where a person has since changed the verdict it rests on."""
    return Formula(f'=IF(OR(F{at}="",I{at}="",K{at}<>"{verdict.word}"),"",ROUND(F{at}*MAX(0,MIN(1,I{at})),2))')


def write_comparison(
    book: Book, plan: Plan, read: Sequence[Pairing], pairings: Sequence[Pairing], entries: Entries
) -> None:
    """Write the sheet, ``pairings`` as people judged what was ``read``; where nothing can be compared, the reason."""
    roles = plan.tally.roles
    spec = TableSpec(
        PAIRS, "tblPairs", list(FORM), _WIDTHS, 4, 12, _EMPTY["target" in roles, "actual" in roles],
        whole=(3, 4, 5, 12), partly=(13, 14), hidden=(15, 16, 17), lists=[(11, VERDICT_LIST)],
    )  # fmt: skip
    comparable = {"target", "actual"} <= roles.keys() or any(one.target_ids and one.actual_ids for one in pairings)

    def rows() -> Iterator[list[Entry]]:
        for i, pairs in enumerate(zip(pairings, read, strict=True) if comparable else ()):
            yield _row(*pairs, plan, i % book.limits.rows + 2, entries)

    book.table(spec, rows())
