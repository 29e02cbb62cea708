"""Whose a figure is: the school, the town, the office a sentence names before its verb (主体, indicators.md §8)."""

from __future__ import annotations

import re

from govdoc.indicator import Indicator
from govdoc.measuring.lexicon import HEAD_VERB
from govdoc.measuring.wording import wording

_SUFFIX = (
    r"(?:中学|小学|幼儿园|学校|学院|大学|高中|初中|职高|[一二三四五六七八九十\d][中小幼]|中心校|完小|附中|附小|校区|校|园|医院|卫生院|"
    r"馆|局|委|办|中心|基地|公司|集团|社区|街道|[镇乡村县区市]|站|所|院|队|厂|库)"
)
_NAMED = re.compile(rf"^[一-龥\d][一-龥\d、]{{0,30}}?{_SUFFIX}$")
_LISTED = re.compile(r"(?P<names>[一-龥、]{2,})等$")
# What a name of many says: any of them, none by itself.
_MANY = re.compile(
    r"\d+余?[所个家名]|阶段|全[国省市区县镇乡校]|各级|各类|各[地县区镇乡校]?|所有|部分|有关|相关|重点|我[县市区局校]|本[县市区局校级]|公办|民办|普惠性?|优质|新建|"
    r"改扩?建|中小|义务教育|学前教育|特殊教育|[中高]+等?职业?|职业|普通|农村|城[区乡镇]|乡镇|乡村|直属|示范性?|省级|市级|县级|国家级|辖区|项目|规模|等|的"
)
_CLASS = re.compile(
    r"(?:高等)?(?:中小?学|小学|幼儿园|学校|学院|大学|高校|院校|高中|初中|职高|园区?|校区?|社区|街道|[镇乡村县区市]|医院|中心|单位)+"
)
_OPENING = re.compile(
    r"^(?:20\d\d年|今年|全年|年内|年底|当年|截至|\d+月(?:底|份|末)?|上半年|之?前|目前|已|共|同时|其中|继续|累计|计划|预计|拟|新|如期|按期|按时|提前|"
    r"[在对为由于从给向]|支持|指导|推动|推进|帮助|组织)+"
)
# Verbs no name of an institution holds: what follows them is what was done.
_DOING = re.compile(
    r"完成|实现|新增|新建|改建|改造|建设|开展|组织|实施|推进|落实|投入|达到|引进|招聘|培养|培训|评选|创建"
)
_ORDINAL = re.compile(r"第(?=[一二三四五六七八九十])")
_MIDDLE = re.compile(r"(?<=[一二三四五六七八九十])(?:中学|高级中学|高中)$")


def actor(one: Indicator) -> str | None:
    """The institution a figure is of, as named before the verb of its clause or of one before; ``None``: of none."""
    words = wording(one)
    clauses = words.lead.split("，")
    for clause in reversed(clauses):
        found = _head(clause)
        if found is not None:
            return found or None
    if _NAMED.match(words.label):
        return None if is_many(words.label) else words.label
    subject = one.subject or ""
    return subject if _NAMED.match(subject) and not is_many(subject) and not _own(subject, one) else None


def _head(clause: str) -> str | None:
    """What stands before the verb of a clause: empty where that is no institution, ``None`` where nothing does."""
    clause = _OPENING.sub("", clause)
    doing = _DOING.search(clause)
    for verb in HEAD_VERB.finditer(clause):
        head = re.sub(r"(?:已|将|共|累计|全年|新|内|完成)+$", "", clause[: verb.start()])
        if len(head) < 2 or (doing and doing.end() < verb.start()):
            return None
        if _NAMED.match(head):
            return "" if is_many(head) else head
    return None


def is_many(name: str) -> bool:
    """Whether a name is of a class of institutions (全县公办幼儿园) and of none by itself."""
    return not _CLASS.sub("", _MANY.sub("", name))


def _own(name: str, one: Indicator) -> bool:
    """Whether a name is that of the issuing office or of its place."""
    return name in (one.issuer or "") or name in (one.region or "")


def _bare(name: str, one: Indicator) -> str:
    """A name without the place its document is of."""
    for place in (one.region or "", one.county or "", one.city or ""):
        name = name.removeprefix(place)
    return name


def _other_list(target: Indicator, actual: Indicator) -> str | None:
    """Whether the two name other ones of what they count (县一中等3所, 县二中等3所)."""
    mine, yours = (_LISTED.search(wording(one).near) for one in (target, actual))
    if not mine or not yours or mine["names"] == yours["names"]:
        return None
    return f"所列单位不同（{mine['names']} / {yours['names']}）"


def _short(name: str, one: Indicator) -> str:
    """A name without its place and in its short form: 云和县第一中学 → 一中, 县一中 → 一中."""
    name = re.sub(r"^[县市区省](?=.{2})", "", _bare(name, one))
    return _MIDDLE.sub("中", _ORDINAL.sub("", name))


def other_actor(target: Indicator, actual: Indicator) -> str | None:
    """Why a result is not, or may not be, of the institution its target is of."""
    mine, yours = actor(target), actor(actual)
    if mine is not None and _own(mine, target):
        mine = None
    if yours is not None and _own(yours, actual):
        yours = None
    if mine is None and yours is None:
        return _other_list(target, actual)
    if mine and yours and _bare(mine, target) == _bare(yours, actual):
        return None
    if mine is None:
        return None if yours and yours in target.sentence else f"主体不同：结果只是“{yours}”的"
    if yours is None:
        return f"主体不同：目标是“{mine}”的，结果未说明"
    if _short(mine, target) == _short(yours, actual):
        return f"主体名称写法不一（{mine} / {yours}），请核对是否同一单位"
    return f"主体不同（{mine} / {yours}）"
