"""How alike two measures are: names, what contradicts, and how far a verb goes (indicators.md §8)."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from itertools import takewhile

from govdoc.indicator import Indicator

_STRIP = re.compile(r"[\s“”\"‘’（）()《》、，·的]")
_LEAD = re.compile(
    r"^(?:(?:新增|新建|扩增|增加|创建|创成|建成|建设|改造提升|改造|评选|评定|选树|培育|组建成立|组建|成立|新改扩建|改扩建|推进|完成|开设|举办|打造|组织|开展|实施|获评|获批|获|招录|招聘|引进|组建|"
    r"挂牌|遴选|确定|装配|竣工投用|竣工|开工|投用|启用|落实|做好|培训|培养|选聘|办理|推出|新开|增设)(?:的)?)+"
)
# What is denied is still of the thing it denies: 未能实现新增学位的目标, 新增学位.
_DENIED = re.compile(r"未能|尚未|没有|没能|仍未|还差|差距|[尚仍还]?需(?=新增)")
_DENIAL = re.compile(r"未能|尚未|没有|没能|仍未|还差|还?有?差距|[尚仍还]?需|如期|实现|完成|目标|任务|要求")
_IDLE = re.compile(r"开展|专项|组织|对|进行|工作|实施|累计|全部|全市|全县|全区|实际|共")
# Words of which a pair may not have two different ones: they name different things.
_RIVALS: tuple[tuple[str, ...], ...] = (
    ("幼儿园", "小学", "初中", "高中", "大学", "高校"),
    ("国家级", "省级", "市级", "区级", "县级"),
    ("全国", "全省"),
    ("老年", "学前", "义务教育", "普通高中"),
    ("城镇", "农村"),
    ("出口", "进口"),
    ("男", "女"),
    ("本科", "专科", "硕士", "博士"),
    ("第一产业", "第二产业", "第三产业"),
    ("收入", "支出"),
    ("存款", "贷款"),
    ("省", "市", "区"),
    ("优秀率", "合格率", "优良率", "达标率", "满意度", "覆盖率"),
    ("新增", "总数", "累计"),
)
# How far a verb goes: what is begun is not what is done.
_STAGES: tuple[tuple[int, str], ...] = (
    (1, "谋划|规划|申报|储备|推荐|争创|拟定"),
    (2, "立项|签约|启动|招标"),
    (3, "开工|推进|实施|建设中"),
    (4, "竣工|建成|新建|改扩建|完成|创成|新增|扩增|装配|获评|获批|评选|挂牌|改造提升|改造"),
    (5, "投用|启用|投入使用|投入运行|运营"),
)
_STAGE = re.compile("|".join(f"(?P<s{level}>{words})" for level, words in reversed(_STAGES)))


@lru_cache(maxsize=1024)
def _bigrams(name: str) -> dict[str, int]:
    return dict(Counter(name[i : i + 2] for i in range(len(name) - 1)))


@lru_cache(maxsize=4096)
def _plain(name: str) -> str:
    bare = _STRIP.sub("", name)
    return _DENIAL.sub("", bare) or bare if _DENIED.search(bare) else bare


@lru_cache(maxsize=4096)
def _noun(name: str) -> str:
    bare = _plain(name)
    return _LEAD.sub("", bare) or bare


def dice(one: str, other: str) -> float:
    """Dice's coefficient over character bigrams, from 0 to 1."""
    size = max(0, len(one) - 1) + max(0, len(other) - 1)
    if not size:
        return float(one == other)
    left, right = _bigrams(one), _bigrams(other)
    return 2 * sum(min(left[pair], right[pair]) for pair in left.keys() & right.keys()) / size


def likeness(one: Indicator, other: Indicator) -> float:
    """How alike two names are: as they stand, or without their verbs, whichever is more."""
    listed = one.note or "", other.note or ""
    if all("列举：" in note for note in listed):
        return max(dice(*(note.partition("列举：")[2] for note in listed)), dice(_plain(one.name), _plain(other.name)))
    left, right = _noun(one.name), _noun(other.name)
    if left == right:
        return 1.0 if len(left) > 1 else 0.5
    return max(dice(_plain(one.name), _plain(other.name)), dice(left, right) if min(len(left), len(right)) > 2 else 0.0)


def residue(one: Indicator, other: Indicator) -> str | None:
    """Why names that are alike may still differ: each says something the other does not, or the result is wider.

    ``one`` is the target. What the result's name lacks may stand in its sentence (劳动教育特色学校 and 特色学校).
    """
    left, right = _noun(one.name), _noun(other.name)
    mine, yours = _left_over(left, right), _left_over(right, left)
    if len(mine) >= 2 and len(yours) >= 2:
        return f"限定语不同（{mine} / {yours}）"
    if len(mine) >= 2 and mine not in other.sentence:
        return f"结果未说明“{mine}”"
    return f"结果限于“{yours}”" if len(yours) >= 2 and yours not in one.sentence else None


def parted(one: Indicator, other: Indicator) -> str | None:
    """Why names alike name two things: in one place they say different words (新建城东幼儿园, 新建城西幼儿园)."""
    left, right = _noun(one.name), _noun(other.name)
    head = _agree(left, right)
    left, right = left[head:], right[head:]
    tail = _agree(left[::-1], right[::-1])
    mine, yours = _IDLE.sub("", left[: len(left) - tail]), _IDLE.sub("", right[: len(right) - tail])
    return f"名称各有所指（{mine} / {yours}）" if mine and yours and not set(mine) & set(yours) else None


def _agree(one: str, other: str) -> int:
    """How many characters at their heads two names share."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _left_over(name: str, other: str) -> str:
    """The characters of ``name`` that ``other`` has not, without words that say nothing."""
    spare = Counter(other)
    left: list[str] = []
    for char in _IDLE.sub("", name):
        if spare[char]:
            spare[char] -= 1
        else:
            left.append(char)
    return "".join(left)


def conflict(one: Indicator, other: Indicator) -> str | None:
    """Why two like names mean different things, where they do (省级 and 市级, 初中 and 高中)."""
    for words in _RIVALS:
        left = {word for word in words if word in one.name}
        right = {word for word in words if word in other.name}
        if left != right and ((left and right) or (len(words) in (5, 4) and words[0] in ("国家级", "老年"))):
            mine, yours = "、".join(sorted(left)) or "无", "、".join(sorted(right)) or "无"
            return f"限定不同（{mine} / {yours}）"
    return None


def stage(one: Indicator) -> int:
    """How far the verb of a record goes, 1 (planned) to 5 (in use); 4 where it says nothing."""
    found = _STAGE.search(one.action or "") or _STAGE.search(one.name)
    return int(found.lastgroup[1:]) if found and found.lastgroup else 4


def contains(whole: Indicator, part: Indicator) -> bool:
    """Whether the name of a sum holds the noun and the verb of a part (新建改扩建学校, 新建学校)."""
    noun = _noun(part.name)
    return len(noun) > 1 and noun in whole.name and bool(part.action) and (part.action or "") in whole.name
