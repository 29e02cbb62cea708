"""What the words around a figure say against it as the answer to its target: 未能, 开工, 近三年, 全市, 预计 (§8)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from govdoc.indicator import Indicator
from govdoc.measuring.actors import other_actor
from govdoc.measuring.wording import Wording, wording

_NOT = re.compile(
    r"未(?:能|曾|予|按|如期|完[成工]|实现|达|竣工|建成|开工|动工|投[用入]|启[动用]|落实|到位|通过|兑现|新[增建]|获|交付|验收)|尚未|仍未|还未|并未|"
    r"没有?(?:能|完成|实现|达到|新增|新建|落实|建成|按|如期)|没有$|尚[需待差缺]|[仍还]?(?:需|须)要?再?(?=新增|新建|建设|完成|培|招|引进|增加|投入|努力|加快|推进)|"
    r"还[差缺需]|[仅只]差|差距|缺口|尚欠|^[距离](?=.{0,30}(?:目标|任务|要求|计划|差|距))|[相尚]?距.{0,30}(?:目标|任务|要求).{0,12}[差距]|"
    r"[不低少][足及到于](?:年度|全年)?(?:目标|任务|计划|预期)|无法|未果|落空|暂[缓停]|推迟|延[期后迟]|停[建工滞]|缓建|滞后|搁置|终止|流产|中止"
)
_MENDED = re.compile(r"缓解|解决|补[齐足上]|消除|弥补|填补|缩小|化解|破解")
_BEGUN = re.compile(
    r"开工|动工|奠基|启动|立项|[在续]建(?!设)|封顶|招标|招投标|中标|签约|签订|土地出让|前期|筹建|筹备|施工|正在|进场|可研|初步设计|图审|报批|审批|"
    r"推进中|建设中|实施中|(?:有序|加快|稳步|扎实|全力|持续)推进|加快(?:建设|实施)|主体(?:结构|工程|建设|施工)|装修|工程量|形象进度"
)
_SHARE = re.compile(r"完成[^，。\d]{0,8}(?:投资|工程|进度|目标|任务|计划)[^，。\d]{0,6}(?P<share>\d+(?:\.\d+)?)[%％]")
_OVER = re.compile(r"竣工|建成|完工|投用|投入使用|交付|启用|招生|全部完成|验收")
_LONG = re.compile(
    r"近[一二两三四五六七八九十几数\d]+(?:学|个学)?年|(?:“?十[一二三四五六]五”?)(?:规划)?(?:期间|时期|以来|末)?|"
    r"(?:过去|前|这)[二两三四五六七八九十几\d]+年|(?:[、，]|^)[二两三四五六七八九十几\d]+年(?:来|间|内|共)|[二两三四五六七八九十几]年来|历年|多年来?|历来|"
    r"(?:自|从)?(?P<since>20\d\d)年(?:\d+月)?(?:起|开始)?(?:至今|以?来)|任期以?来|本届(?:政府|任期)?以来|建[校园]以来|"
    r"(?P<first>20\d\d)年?[-—–~～至到](?P<last>20\d\d)年"
)
_PILED = re.compile(r"累计|总计达|历史")
_PART = re.compile(r"上半年|[前第]?[一二三四1-4]?[、至和]?[一二三1-3]个?季度|\d+[-—–~～至]\d+月")
_LAST = re.compile(r"去年|上年(?!同期|末)|前年")
_YEAR = re.compile(r"(20\d\d)年(?!以?来|前|版)")
_THIS = re.compile(r"今年|本年|全年|当年|年内|年度|一年来|1[-—–~～至]12月")
_LIKELY = re.compile(
    r"预计|预期|有望|预测|估计|估算|测算|力争|届时|(?:建成|完工|投用|竣工|交付)后|可(?=新增|增加|提供|容纳|满足|再增)|即将|将于|将(?=新增|新建|建成|完成|达到|投)|(?<![模虚草])拟(?=[新建改引招培开创投实组])|"
    r"(?:^|[已全年均])(?:原)?计划(?=[新建改引招公培开创投实组完])"
)
_REGION = re.compile(
    r"全(?P<level>[国省市区县州盟旗镇乡校])(?!民|员|面|[^，]{0,3}(?:率先|领先|前列|首|第[一二三四五六七八九十\d]|推广))"
)
_QUOTED = re.compile(r"“[^”]*”")
_RANKED = re.compile(r"[在列居获占为]$")
_DEADLINE = re.compile(
    r"(?P<month>\d{1,2})月(?:\d{1,2}日|份|[底末中上下]旬?)*(?:(?:之|以)?前|(?=完成|建成|投用|投入|启用))|(?P<half>上半年)|第?(?P<quarter>[一二三])季度|"
    r"(?:开学|学期(?:末|结束)?)(?:之|以)?前"
)
_DONE_AT = re.compile(r"(?P<month>\d{1,2})月")
_IN_TIME = re.compile(r"如期|按期|按时|提前|准时")
_STOCK = re.compile(
    r"(?:达到?|[增升提扩]至|[增升]加?到|扩大到|提高到|共有|现有|已有|拥有|保有|总[数量](?:为|达到?)?|存量|稳定在)(?:约|近|超过?|了)?$"
)
_FLOW = re.compile(
    r"新增|新建|新改扩建|改扩建|培养|培育|引进|招聘|招录|招收|增加|扩增|补充|选聘|选派|改造|建成|创建|创成|评选|增设|新开|发展|净增|培训"
)
_YEAR_END = 12


def doubts(target: Indicator, actual: Indicator) -> Iterator[str]:
    """Why a result does not, or may not, answer its target; what the target itself says is no doubt."""
    aim, done = wording(target), wording(actual)
    for check in (_denied, _begun, _other_time, _other_region, _unsure, _stock):
        if why := check(target, aim, actual, done):
            yield why
    if why := other_actor(target, actual):
        yield why


def _new(pattern: re.Pattern[str], text: str, known: str) -> str | None:
    """What a text says that matches and the target does not say too."""
    return next((found[0] for found in pattern.finditer(text) if found[0] not in known), None)


def _denied(target: Indicator, aim: Wording, actual: Indicator, done: Wording) -> str | None:
    parts = [done.near, *(part for part in done.tail.split("，") if not _MENDED.search(part))]
    found = next((word for part in parts if (word := _new(_NOT, part, aim.clause + target.name))), None)
    share = next((one for one in _SHARE.finditer(done.whole) if Decimal(one["share"]) < 100), None)
    if share and target.kind == "count" and not _SHARE.search(aim.whole):
        return f"结果只完成一部分（{share[0]}）"
    return f"结果带有否定或差距的说法（{found}）" if found else None


def _begun(target: Indicator, aim: Wording, actual: Indicator, done: Wording) -> str | None:
    if actual.kind not in ("count", "amount") or _OVER.search(done.tail):
        return None
    found = _new(_BEGUN, f"{done.near}｜{done.tail}", aim.clause + target.name)
    return f"结果只到“{found}”，程度较弱" if found else None


def _other_time(target: Indicator, aim: Wording, actual: Indicator, done: Wording) -> str | None:
    """A result of several years, of a part of the year or piled up, against a target of the year."""
    if found := _scoped(_LONG, done.lead, actual) or _scoped(_LAST, done.lead, actual):
        return None if found in aim.lead else f"时间范围不同（结果为“{found}”）"
    named = _YEAR.findall(done.near)
    if named and target.period and target.period not in (named[-1], *_YEAR.findall(aim.near)):
        return f"年度不同（结果为{named[-1]}年）"
    piled = _PILED.search(done.near + actual.name)
    if (
        piled
        and not _PILED.search(aim.clause + target.name)
        and not _THIS.search(done.lead)
        and not _year(actual, done)
    ):
        return f"结果为“{piled[0]}”数，可能不止一年"
    part = _scoped(_PART, done.lead, actual)
    return f"时间范围不同（结果为“{part}”）" if part and part not in aim.lead else None


def _scoped(pattern: re.Pattern[str], lead: str, actual: Indicator) -> str | None:
    """The last such word of the lead, unless a word for the year itself comes after it."""
    found = list(pattern.finditer(lead))
    if not found or (found[-1].groupdict().get("since") or "") == actual.period:
        return None
    rest = lead[found[-1].end() :]
    return (
        None if _THIS.search(rest) or (actual.period and f"{actual.period}年" in rest) else found[-1][0].strip("，、")
    )


def _year(actual: Indicator, done: Wording) -> bool:
    """Whether the lead names the year of the result as the time it was done in (2024年累计, not 截至2024年底累计)."""
    return bool(re.search(rf"(?<!截至)(?<!截止){actual.period}年(?!底|末)", done.lead))


def _other_region(target: Indicator, aim: Wording, actual: Indicator, done: Wording) -> str | None:
    if actual.kind in ("rank", "award"):
        return None
    lead = _QUOTED.sub("", done.lead)
    found = [one for one in _REGION.finditer(lead) if not _RANKED.search(lead[: one.start()])]
    if not found or found[-1][0] in aim.lead:
        return None
    level, word = found[-1]["level"], found[-1][0]
    own = {name[-1] for name in (actual.county or actual.city or actual.province or "",) if name}
    said = [one[0] for one in _REGION.finditer(_QUOTED.sub("", aim.lead))]
    if level not in own if own else said and word not in said:
        return f"地区范围不同（结果为“{word}”）"
    return None


def _unsure(target: Indicator, aim: Wording, actual: Indicator, done: Wording) -> str | None:
    found = _new(_LIKELY, done.near, "")
    if not found and "预计" in (actual.note or ""):
        found = "预计"
    return f"结果尚不确定（{found}）" if found else None


def _stock(target: Indicator, aim: Wording, actual: Indicator, done: Wording) -> str | None:
    """A number there is against a number to be added, or the reverse."""
    if target.kind != "count" or actual.kind != "count":
        return None
    mine, yours = (_is_flow(one, words) for one, words in ((target, aim), (actual, done)))
    there = [bool(_STOCK.search(words.near)) or one.name.endswith(("总数", "总量")) for one, words in
             ((target, aim), (actual, done))]  # fmt: skip
    if mine and not yours and there[1]:
        return "目标是新增的数，结果是已有的总数"
    return "目标是应有的总数，结果是新增的数" if yours and not mine and there[0] else None


def _is_flow(one: Indicator, words: Wording) -> bool:
    return bool(_FLOW.search((one.action or "") + words.near))


def late(target: Indicator, actual: Indicator) -> str | None:
    """Why a result that reaches its target may have come too late (6月底前), where the year's end is not the time."""
    limit = _DEADLINE.search(wording(target).lead)
    if limit is None or (limit["month"] and int(limit["month"]) >= _YEAR_END):
        return None
    done = wording(actual)
    if _IN_TIME.search(done.near + done.tail) or limit[0] in done.lead:
        return None
    months = [int(found["month"]) for found in _DONE_AT.finditer(done.lead)]
    quarter = 3 * (1 + "一二三".index(limit["quarter"])) if limit["quarter"] else 0
    last = int(limit["month"] or 0) or quarter or (6 if limit["half"] else 0)
    if months and last and max(months) <= last:
        return None
    return f"时限：目标为“{limit[0]}”，结果{f'说的是{max(months)}月' if months else '未说明何时完成'}"
