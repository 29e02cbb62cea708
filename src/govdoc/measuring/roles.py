"""Whether a value is planned or done, and in which year (indicators.md §5 role, period, §6a A4, A11)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from govdoc.indicator import Role

_ACTUAL_TITLE = re.compile(
    r"总结|公报|回顾|情况(?:的)?(?:报告|通报|说明)|综述|成效|述职|统计|年报|进展|完成情况|执行情况|大事记"
)
_TARGET_TITLE = re.compile(
    r"要点|计划|规划|方案|目标|安排|打算|意见|任务|行动|措施|部署|若干|纲要|责任书|清单|指标分解|工作思路|通知"
)
_MIXED_TITLE = re.compile(
    r"工作报告|(?:总结|回顾|情况).{0,12}(?:计划|打算|安排|思路|要点|谋划)|执行情况.{0,30}计划|预算执行"
)
# A report on one year's budget alone, without the draft of the next.
_EXECUTION_TITLE = re.compile(r"预算执行情况(?!.{0,30}(?:草案|计划|安排|预算))")
_ACTUAL_HEADING = re.compile(
    r"回顾|总结|成绩|成效|完成情况|执行情况|工作情况|进展|主要做法|取得|过去[一五两三]年|[一五]年来|主要工作及"
)
_TARGET_HEADING = re.compile(
    r"目标|打算|安排|计划|下一步|下步|展望|思路|重点工作|工作要点|今后|主要任务|重点任务|工作任务|总体要求|谋划|部署|明年|下一年|主要指标|草案|预算安排"
)
_PLAN_YEAR = re.compile(r"(?P<year>20\d\d)年")
_SCHOOL_YEAR = re.compile(r"(?P<first>20\d\d)\s*[-—–~～至/]+\s*(?P<last>20\d\d)\s*学年")
# Sentences that turn a report of both kinds from what was done to what is to come, and back.
_TURN_TARGET = re.compile(
    r"(?:主要)?预期目标|(?:今年|明年|新的一年|下一步|20\d\d年)[^。]{0,24}(?:我们要|要重点|重点(?:抓好|做好|推进)|工作的?总体要求|主要任务|将(?:重点|着力)|工作中，?我们)|^下一步|今后五年"
)
_TURN_ACTUAL = re.compile(r"^(?:过去[一五两]年|一年来|[五5]年来|回顾(?:过去|20)|过去的(?:一年|20\d\d))")
_CLAUSE_YEAR = re.compile(
    r"^(?:[，、：:“]|其中|同时|截至|截止|截止到|力争|确保|争取|到|至|自|预计|根据[^，]{2,12}，)*(?P<year>(?:19|20)\d\d)\s*年(?:度|底|末|初|内|上半年|年底)?(?!来|以来|[前新设]|[国度]家|版|“)"
)
_RELATIVE = {"去年": -1, "上年": -1, "前年": -2, "明年": 1}
_RELATIVE_YEAR = re.compile(r"^(?:[，、]|其中|截至|到)*(去年|上年|前年|明年)(?!同期|末?增长|相比)")
_PROMISE = re.compile(
    r"力争|确保|争取|拟|计划(?=投资|新建|新增|建设|完成|实施|到|在|年内|于|总投资|开工|安排)|预期目标|目标是|到20[2-9]\d年"
)
_SHARE_OF_PLAN = re.compile(r"(?:占|完成|为)[^，]{0,10}计划[^，]{0,8}的(?=[约近达]?\d)")
_OPENING_PROMISE = re.compile(r"(?:下一步|今后|明年|预计|将)?(?:力争|确保|拟(?!定)|争取|计划总?投资)")
_PLANNED = re.compile(
    r"(?:原定|原计划|(?:招生|招聘|用地|投资|生产|年初)计划|年初确定|计划数为|目标数为)[约]?[\d一二三四五六七八九十百千]"
)
# In a summary what was striven for is had: 全年争取新增专项债券25.6亿元.
_WON = re.compile(r"争取(?:到|了|中央|国家|省|市|上级|各类)|争取[^，。]{0,10}(?:资金|债券|补助|转移支付|指标|支持)")
_DONE = re.compile(r"已(?!有|经有)|累计(?!到)|去年|上年|截至|截止|完成了|取得了|实现了")
_STOCK = re.compile(r"^(?:巩固|发挥|依托|利用|保持|用好|现有|目前|立足|已有)")


@dataclass(frozen=True)
class Stance:
    """How the values of a stretch of text are to be read: by default planned or done, in which year."""

    role: Role
    year: int | None
    mixed: bool = False


def stance_of_title(title: str, year: int | None) -> Stance:
    """From a title; ``year`` is the year of issue, used where the title has none."""
    years = [int(found["year"]) for found in _PLAN_YEAR.finditer(title)]
    named = years[0] if years else year
    if school := _SCHOOL_YEAR.search(title):
        return Stance(*_of_school_year(title, int(school["first"]), int(school["last"])))
    if _MIXED_TITLE.search(title) and not (len(years) == 1 and _EXECUTION_TITLE.search(title)):
        past = named if len(years) > 1 else (named - 1 if named else None)
        return Stance("actual", past, mixed=True)
    if _ACTUAL_TITLE.search(title):
        if not years and named is not None and re.search(r"总结|公报|年报", title):
            named -= 1
        return Stance("actual", named)
    return Stance("target" if _TARGET_TITLE.search(title) else "actual", named)


def kind_of_title(title: str) -> Role | None:
    """Whether a title says a plan (``target``) or a summary (``actual``); ``None``: both, or neither."""
    if _MIXED_TITLE.search(title):
        return None
    return "actual" if _ACTUAL_TITLE.search(title) else "target" if _TARGET_TITLE.search(title) else None


def _of_school_year(title: str, first: int, last: int) -> tuple[Role, int]:
    """What was done in a school year is known in the year it ends, what is planned begins in its first."""
    return ("target", first) if _TARGET_TITLE.search(title) and not _ACTUAL_TITLE.search(title) else ("actual", last)


def turn_by_heading(stance: Stance, base: Stance, heading: str) -> Stance:
    """The stance below a heading: 2024年工作回顾, 2025年主要预期目标, 下一步打算."""
    years = [int(found["year"]) for found in _PLAN_YEAR.finditer(heading)]
    target, actual = _TARGET_HEADING.search(heading), _ACTUAL_HEADING.search(heading)
    if base.mixed and target and not (actual and actual.start() < target.start()):
        future = years[-1] if years else ((base.year + 1) if base.year else None)
        return Stance("target", future, base.mixed)
    if base.mixed and actual:
        return Stance("actual", years[0] if years else base.year, base.mixed)
    if (
        not base.mixed
        and base.role == "actual"
        and re.search(r"下一步|下步|打算|(?:明年|下一年|20\d\d年)[^，]{0,10}(?:计划|安排|思路|重点|目标)", heading)
    ):
        return Stance("target", years[0] if years else (base.year + 1 if base.year else None), base.mixed)
    if (
        not base.mixed
        and base.role == "target"
        and actual
        and re.search(r"回顾|总结|[一五]年来|成效|发展基础|发展现状", heading)
    ):
        return Stance("actual", years[0] if years else base.year, base.mixed)
    return stance if base.mixed else base


def turn_year(sentence: str, year: int | None) -> int | None:
    """The year a sentence of aims speaks of: the one it names, else the given one."""
    found = _PLAN_YEAR.search(sentence)
    return int(found["year"]) if found else year


def turn_by_sentence(stance: Stance, base: Stance, sentence: str) -> Stance:
    """A report of both kinds without headings turns at its own words."""
    if not base.mixed:
        aims = base.role == "actual" and re.search(r"(?:预期|发展|奋斗|工作)目标是?[：:是]", sentence)
        return Stance("target", turn_year(sentence, base.year)) if aims else stance
    if stance.role == "actual" and _TURN_TARGET.search(sentence):
        found = _PLAN_YEAR.search(sentence)
        return Stance("target", int(found["year"]) if found else (base.year + 1 if base.year else None), True)
    if stance.role == "target" and _TURN_ACTUAL.match(sentence):
        return base
    return stance


def promises(clause: str, before: bool) -> bool:
    """Whether a clause opens with a promise or goes on with one: 计划投资955万元，改扩建…两所 (§6a A11)."""
    opened = _OPENING_PROMISE.match(clause) and not _WON.match(clause)
    return bool(opened) or (before and not _DONE.search(clause))


def clause_year(clause: str, year: int | None) -> int | None:
    """The year that opens a clause and scopes over what follows; ``None`` where it opens with none."""
    if found := _CLAUSE_YEAR.match(clause):
        return int(found["year"])
    if year is not None and (relative := _RELATIVE_YEAR.match(clause)):
        return year + _RELATIVE[relative[1]]
    return None


def role_in(
    stance: Stance, clause: str, *, promised: bool, commitment: str | None, year: int | None
) -> tuple[Role, str | None]:
    """The role of a value in a clause, and a note where a word went against the default (§6a A11, §7.21).

    ``promised``: the clause stands under a promise; ``commitment`` is the promise word of the value; ``year`` is the
    year the clause names.
    """
    if stance.role == "actual":
        if "预计" in clause:
            return "actual", "预计"
        if _PLANNED.search(clause):
            return "target", None
        if commitment in (None, "争取") and not promised and _WON.search(clause):
            return "actual", None
        bound = promised or commitment not in (None, "预计", "有望", "努力", "努力促进")
        future = stance.year is not None and year is not None and year > stance.year
        aimed = bool(_PROMISE.search(_SHARE_OF_PLAN.sub("", clause))) and not _DONE.search(clause)
        return ("target" if bound or future or aimed else "actual"), None
    past = stance.year is not None and year is not None and year < stance.year
    if past:
        return "actual", None
    if _STOCK.match(clause) and not commitment:
        return "baseline", None
    return "target", None
