"""The members of a coordination: A、B和C with a head, a verb or a stem in common (§5 distribution, §6a A5, A6)."""

from __future__ import annotations

import re

from govdoc.measuring.clauses import split_list
from govdoc.measuring.lexicon import MEASURE_HEAD, RATE_HEAD
from govdoc.measuring.names import parse_left

# Stems that stand for two (§6a A6).
_STEMS: tuple[tuple[re.Pattern[str], tuple[str, str]], ...] = tuple(
    (re.compile(pattern), pair)
    for pattern, pair in (
        (r"存贷款", ("存款", "贷款")),
        (r"城乡(?=居民)", ("城镇", "农村")),
        (r"城镇?和?农村(?=居民)", ("城镇", "农村")),
        (r"进出口", ("进口", "出口")),
        (r"产供?销量", ("产量", "销量")),
        (r"供气供热", ("供气", "供热")),
        (r"初高中", ("初中", "高中")),
        (r"省市级", ("省级", "市级")),
    )
)


# Modifiers that stand beside one another: what follows the last belongs to all.
_PARALLEL = frozenset(
    (
        "城镇",
        "农村",
        "城市",
        "乡村",
        "省级",
        "市级",
        "线上",
        "线下",
        "男性",
        "女性",
        "国有",
        "民营",
        "城区",
        "镇区",
        "出口",
        "进口",
        "幼儿园",
        "小学",
        "初中",
        "高中",
        "普通小学",
        "普通初中",
        "普通高中",
        "中职",
        "高职",
        "国家级",
        "县级",
    )
)
# Nouns that the items of a list have in common: 高血压、糖尿病患者管理率, 养老、失业保险参保人数.
_COMMON = re.compile(r"(?<=[一-龥]{2})(?:保险|患者|居民|学生|教师|人员|幼儿|企业|项目|产业|经费|贷款|存款)")


def _head(item: str) -> str:
    found = RATE_HEAD.search(item) or MEASURE_HEAD.search(item)
    return found[0] if found else ""


def members(base: str, count: int) -> list[str]:
    """The ``count`` members of the coordination ``base`` (0: as many as it has).

    The base itself, repeated, where it has not that many.
    """
    parsed = parse_left(base)
    lead = parsed.verb if parsed.rest else ""
    body = parsed.rest if lead else base
    subject = parsed.subject if lead else ""
    items = split_list(body)
    if count == 2 and len(items) == 1:
        for pattern, pair in _STEMS:
            if pattern.search(body):
                items = [pattern.sub(word, body, count=1) for word in pair]
                break
    if count and len(items) > count:
        items = _merge(items, count)
    if count and len(items) < count:
        return [base] * count
    return [subject + lead + item for item in _with_shared(items)]


def _with_shared(items: list[str]) -> list[str]:
    """The head the last item shares with those before it: 城镇、农村居民收入; 优质园、普惠园占比; 出口、进口总额."""
    last = items[-1]
    result: list[str] = []
    for item in items[:-1]:
        if _head(item):
            result.append(item)
            continue
        result.append(item + (_shared(item, last) if _head(last) else ""))
    return [*result, last]


def _shared(item: str, last: str) -> str:
    """What ``last`` says that belongs to ``item`` as well."""
    if item in _PARALLEL:
        twin = max((word for word in _PARALLEL if last.startswith(word)), key=len, default="")
        return last[len(twin or item) :]
    if (common := _COMMON.search(last)) and not _COMMON.search(item):
        return last[common.start() :]
    at = last.rfind(item[-1])
    return last[at + 1 :] if at > 0 else _head(last)


def _merge(items: list[str], count: int) -> list[str]:
    """Too many items: the first ones belong together (省、市优质园和普惠园)."""
    first = "、".join(items[: len(items) - count + 1])
    return [first, *items[len(items) - count + 1 :]]
