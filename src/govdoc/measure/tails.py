"""What stands between a noun and its number: qualifiers, 达/为, 提高到, 同比增长, 各/分别 (indicators.md §1, §5, §6a A2, A3, A10)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from govdoc.indicator import Bound

_BOUNDS: dict[Bound, str] = {
    "gt": "突破 超过 超 高于 大于 逾 多于 超出 跨越 首次突破 首超",
    "ge": "不少于 不低于 至少 不小于 不得低于 不得少于 不少於 最低 最少",
    "le": "不超过 不高于 不多于 不大于 最多 至多 不得超过 控制在不超过",
    "lt": "低于 不足 少于 不到 小于",
    "approx": "约 大约 大概 约合 约为 约占",
    "approx_below": "接近 将近 近",
}
QUALIFIERS: dict[str, Bound] = {word: bound for bound, words in _BOUNDS.items() for word in words.split()}
POST_BOUNDS: dict[str, Bound] = {
    "以上": "ge", "及以上": "ge", "或以上": "ge", "以下": "le", "及以下": "le", "或以下": "le", "以内": "le", "之内": "le",
    "左右": "approx", "上下": "approx", "之多": "ge",
}  # fmt: skip
_UP = "提高 提升 上升 增长 增加 扩大 扩增 攀升 拓展 回升 跃升 恢复 延长 上调 扩充 扩展 发展 增 升 扩 涨"
_DOWN = "下降 降低 减少 压缩 缩短 缩小 压减 回落 精简 下调 收窄 缩减 降 减 压"
_LEVELS: dict[str, str] = {
    **{verb + to: "up" for verb in _UP.split() for to in ("到", "至", "为")},
    **{verb + to: "down" for verb in _DOWN.split() for to in ("到", "至", "为")},
    **dict.fromkeys(["保持在", "稳定在", "维持在", "控制在", "稳控在", "稳居", "保持", "稳定", "维持"], "hold"),
}
_CHANGES: dict[str, str] = {
    **dict.fromkeys(
        ["增长", "增加", "提高", "提升", "上升", "上涨", "扩大", "攀升", "回升", "提速", "加快", "增", "升", "涨", "快于", "高出", "上浮", "多增", "净增", "增收", "高"], "up"
    ),
    **dict.fromkeys(
        ["下降", "降低", "减少", "回落", "精简", "压减", "下跌", "缩减", "缩短", "收窄", "下滑", "降", "减", "压缩", "压降", "少", "低", "节约", "下浮", "减排", "缩小", "负增长"],
        "down",
    ),
}
_COPULAS = ["达到了", "达到", "已达到", "已达", "达", "为", "是", "至", "到", "有", "共有", "共", "共计", "合计", "总计", "累计", "累计达", "总数达", "总量达", "已有", "已", "了", "均", "仅", "仅为", "实现", "完成", "录得", "计", "各", "分别", "分别为", "分别达", "分别达到", "各为", "也", "又", "还", "再", "就", "则", "即", "人数", "高达", "多达", "总共", "年均", "平均", "预计", "预期", "力争", "确保", "争取", "努力", "要", "将", "可", "能", "每年", "上", "等", "约占", "上升为", "升至", "个数", "。"]
_COMPARE = re.compile(
    r"(?:同比|环比|(?:比|较|与)(?:上年|去年|上一年|前年|年初|上月|上季度|全国|全省|全市|同期|往年|原来|计划|预期|预算|“?[一-龥]{1,2}五”?(?:末|时期|期末|期间)?|\d{4}年|[一-龥]{2,8}?)(?:同期|年底|末|底|初|平均水平|平均|水平|相比|时)*(?:相比)?)$"
)
_COMMITMENT = re.compile(r"(力争|确保|争取|努力|预期|预计|计划|拟)$")


def _alternatives(words: object) -> re.Pattern[str]:
    assert isinstance(words, list | tuple | dict)
    return re.compile(f"(?:{'|'.join(sorted(words, key=lambda word: -len(word)))})$")


_QUALIFIER = _alternatives(QUALIFIERS)
_LEVEL = _alternatives(_LEVELS)
_CHANGE = _alternatives(_CHANGES)
_COPULA = _alternatives(_COPULAS)
# What looks like a tail word and belongs to the noun before it.
_KEEP = re.compile(
    r"(?:成为|作为|认为|行为|称为|评为|命名为|所有|拥有|享有|国有|公有|设有|建有|配有|留有|占有|稀有|以上|网上|线上|路上|海上|岗上|最近|附近|靠近|节约|集约|契约|签约|公约|预约|条约|履约|制约|不断提高|周到|得到|做到|看到|收到|感到|迟到|报到|到期|直至|乃至|甚至|以至|甘为|转为|公共|一共|设计|统计|会计|审计|为了|改为|升级为|变为|四至|何为|均等|平等|初等|中等|高等|同等|优等|上等|领先|只增|新增|年增|实有|参与|可再|缺少|多少|至少|最少|儿童)$"
)


@dataclass(slots=True)
class Tail:
    """A left context without its tail, and what the tail said."""

    base: str
    bound: Bound | None = None
    qualifier: str | None = None
    direction: str | None = None
    change: str = ""
    level: str = ""
    comparison: str | None = None
    distribution: str | None = None
    commitment: str | None = None
    words: list[str] = field(default_factory=list)


def strip_tail(text: str, *, ratio: bool, closed: bool = True) -> Tail:
    """Take the tail off, word by word from the right.

    ``ratio``: the unit is a rate, so that 增长 is a change. ``closed``: nothing follows the number, so that 完成 before it
    is no verb with an object to come.
    """
    tail = Tail(text.rstrip())
    while tail.base and _step(tail, ratio, closed):
        pass
    return tail


def _step(tail: Tail, ratio: bool, closed: bool) -> bool:
    base = tail.base
    if base.endswith("等") or (_KEEP.search(base) and not base.endswith(("至少", "最少"))):
        return False
    if found := _QUALIFIER.search(base):
        tail.qualifier, tail.bound = tail.qualifier or found[0], tail.bound or QUALIFIERS[found[0]]
        return _cut(tail, found)
    if not tail.change and not tail.level and (found := _LEVEL.search(base)):
        tail.level, tail.direction = found[0], tail.direction or _LEVELS[found[0]]
        return _cut(tail, found)
    if not tail.change and not tail.level and (found := _CHANGE.search(base)):
        compared = _COMPARE.search(base[: found.start()].removesuffix("分别").removesuffix("均"))
        if ratio or compared or found[0] in ("净增", "增长", "负增长"):
            tail.change, tail.direction = found[0], _CHANGES[found[0]]
            return _cut(tail, found)
        return False
    if (tail.change or tail.level) and tail.comparison is None and (found := _COMPARE.search(base)):
        tail.comparison = found[0]
        return _cut(tail, found)
    if found := _COMMITMENT.search(base):
        tail.commitment = found[0]
        return _cut(tail, found)
    if found := _COPULA.search(base):
        word = found[0]
        if word in ("完成", "实现", "录得") and (not closed or len(base) < 5):
            return False
        if word.startswith(("各", "均")):
            tail.distribution = "各"
        elif "分别" in word:
            tail.distribution = "分别"
        elif word in ("共", "共计", "合计", "总计") and tail.distribution is None:
            tail.distribution = "合计"
        if word in ("年均", "平均") and tail.change:
            tail.change = word + tail.change
        tail.words.append(word)
        return _cut(tail, found)
    return False


def _cut(tail: Tail, found: re.Match[str]) -> bool:
    tail.base = tail.base[: found.start()].rstrip()
    return True
