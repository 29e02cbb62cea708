"""Numbers that are no measures, each with the reason (indicators.md §4, §6a A12)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from govdoc.measuring.quantities import Quantity, bare_people
from govdoc.measuring.units import HAN_COUNTERS, HAN_COUNTERS_AFTER_VERB, OF_TWO

_N = r"(?:[0-9０-９]{1,15}(?:\.[0-9]{1,8})?|[一二两三四五六七八九十百千零〇]{1,10})"
_S = r"(?:万亿|[十百千]?[万亿])?"

# Stretches of a line in which no number counts.
MASKS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (reason, re.compile(pattern))
    for reason, pattern in (
        ("date", r"\d{4}\s*[-./]\s*\d{1,2}\s*[-./]\s*\d{1,2}日?"),
        ("year", r"(?<![\d.])(?:19|20|21)\d\d\s*(?:[-—–~～至、]\s*(?:19|20|21)?\d\d\s*)?(?:学?年|届|级|版)"),
        ("year", r"(?<![\d.])(?:19|20)\d\d\s*[-—–~～至]\s*(?:19|20)\d\d(?!\d)"),
        ("year", r"[一二三四五六七八九〇○零]{4}年"),
        (
            "date",
            r"\d{1,2}\s*(?:[-—–~～至、]\s*\d{1,2}\s*)?月(?:份|底|末|初|中旬|上旬|下旬)?(?:\s*\d{1,2}\s*(?:[-—–~～至]\s*\d{1,2}\s*)?[日号])?",
        ),
        ("date", r"(?<!\d)[0-3]?\d\s*日(?!元|均|活|产|处理)"),
        ("time", r"\d{1,2}[:：]\d{2}(?:[:：]\d{2})?(?!\d)"),
        ("document number", r"[〔\[（(【]\s*\d{4}\s*[〕\]）)】]\s*第?\s*\d{1,15}\s*号?"),
        ("document number", r"(?:第)?[\d-]{1,20}\s*号(?!线\d)"),
        ("title", r"《[^《》]*(?:《[^》]*》[^《》]*)*》"),
        (
            "code",
            r"[A-Za-z0-9.]{0,20}[A-Za-zＡ-Ｚａ-ｚ][-—]?\d{1,15}(?:\.\d{1,15})?(?:[-.]\d{1,8}){0,6}(?!\d{0,8}(?:[万亿]|%))",
        ),
        ("code", r"\d{1,15}(?:\.\d{1,15})?[A-Z](?![A-Za-z]{0,6}[Wh])"),
        ("code", r"[“\"]?\d{0,6}[+＋][\dNXxnA-Za-z]{1,10}(?:[+＋][\dNXxnA-Za-z]{1,10}){0,6}[”\"]?"),
        ("code", r"(?<![\d.])\d{1,15}(?:[+＋][\dNXxnA-Za-z]{1,10}){1,6}"),
        ("code", r"\d{5,12}(?=热线|平台|便民|专线|服务热线)"),
        ("code", r"(?<![\d.])[1-9]\.0(?=[^\d%万亿])"),
        (
            "congress",
            r"(?:十[一二三四五六七八九]|二十)大(?=[^\d])|[一二三四五六七八九十]{1,6}届[一二三四五六七八九十]{1,6}[次中]|[一二三四五六七八九十]{1,6}届(?:[一二三四五六七八九十]{1,6}中、)+",
        ),
        (
            "plan",
            r"[“\"]?[一二三四五六七八九]{0,1}十?[一二三四五六七八九]五[”\"]?(?=规划|时期|期间|末|以来|普法|开局|收官|教育|特殊|发展|计划|”)",
        ),
        (
            "grade",
            r"[特一二三四五][等级](?:奖|功|甲等|乙等|以上|以下|及以上|响应|岗位|教师|保护|医院|公路|河流|市场|资质|标准|医疗)",
        ),
        ("grade", rf"{_N}[级星](?!次)"),
        ("rank list", r"[0-9百千]{1,6}强(?!化)"),
        (
            "policy name",
            r"(?:经济|新政|政策|发展|改革|环境|金融|惠企|稳增长|科创|人才)“?\d{1,15}条”?(?!措施|举措|具体|意见建议)",
        ),
        ("size class", rf"{_N}{_S}(?:余|多)?(?:吨|元|美元|千瓦|人|人口|亩|平方米|公里|人次)?级(?!别)"),
        ("size class", r"[\d.]{1,12}(?:英寸|纳米|寸)"),
        (
            "age",
            rf"(?<!寿命)(?<![提增延]高)(?<!增加)(?<!延长)(?<!寿命[为达])(?<!寿命达到)(?<!寿命提高到)(?<!寿命[提增]至)(?<!年龄)(?<!年龄[为达])(?<![.\d]){_N}(?:\s*[-—–~～至]\s*{_N})?周?岁(?:及?以[上下])?",
        ),
        ("position", rf"前{_N}(?:[%％]|位|名)?(?:[%％])?"),
        (
            "slogan",
            r"[一二两三四五六七八九十]个(?:现代化|自信|意识|维护|确立|全面|责任|务必|统筹|坚持|面向|融入|转变|优先|关键|重要|必须|始终|更加|牢固|百年)",
        ),
        (
            "idiom",
            r"[一两三四五六七八九十百千]{1,8}(?:批|步|体|把手|起|直|定|些|系列|律|旦|贯|般|致|样|线|流|道|并|再|代|方面|时|经|味|张网|件事|条龙|站式|网通办|窗通办|码通|盘棋|张蓝图|刀切|门式|手抓|端|校[一多]|人一|企一|案一|策)(?!重点)",
        ),
        (
            "idiom",
            r"[一二三四五六七八九十]位一体|(?<![\d.十百千余多])万[一物众]|百分百|百年|千方百计|千家万户|千村万企|三农|六稳|六保|百姓|百货|千年|(?<![\d.十百千余多])万家|两会|七一|八一|五四|六一|三八|一二三产业?|[一二三](?:产|次)业?(?=业|产业)",
        ),
        ("ordinal", r"[一二三四五六七八九十]{1,6}期(?=工程|项目|建设|校区|扩建|、|和|等|全面|开工|竣工|投|）)"),
    )
)
_QUOTED = re.compile(r"“[^“”]*(?:“[^”]*”[^“”]*)*”|\"[^\"]{1,40}\"|‘[^‘’]*’|「[^」]*」")

_DURATION = re.compile(
    r"\s?(?:个)?(?:多)?(?:年|月|天|日|周(?!次)|小时|分钟|秒|学年|学期|季度|工作日|世纪|星期|周年|昼夜|晚|夜)(?!级|均)"
)
# A stretch of time that is compared is a measure: 平均住院日较上年缩短0.4天.
_SHRUNK = re.compile(r"(?:比|较|同比)[^，。；]{0,8}(?:压缩|缩短|减少|降低|提速|缩减|延长|提前|增加)(?:了)?(?:约|近)?$")
_THRESHOLD_AFTER = re.compile(
    r"(?:及|或|[（(]含[）)])?(?:以上|以下|以内)(?:（[^（）]{0,60}）)?+(?=[一-龥A-Za-z])(?!的|，|比例|占|左右|和|且|并|、)"
)
_RANK_LEFT = re.compile(
    r"(?:全省|全国|全市|全区|全县|全球|世界|同类|亚洲|中部|西部|东部|东北|长三角|大湾区|省内|市内|国内|地级市|设区市|省会城市|城市|区县|各市|各省|省|市|"
    r"(?:居|列|排|升至|位|跻身)[^，。；、]{1,8}|位居|位列|居|列|排名|排|名列|名次|跃居|跃升至?|升至|升到|稳居|继续保持|保持|跻身|上升至|升|获|获得|荣获|夺得|取得|为|达|是|并列|综合|总分|总量|总体|规模|增速|团体|均|连续\S{1,3}年)$"
)
_RANK_RIGHT = re.compile(r"(?:$|[，,。；;、！）)”\s]|和|且|并|以及|的(?:好)?成绩|，)")
_STRICT_VERB = re.compile(
    r"(?:建成|新建|新增|新添|创成|创建|建设|引进|获批|获评|获|荣获|增加|增设|落户|开工|竣工|投用|成立|培育|评选|认定|增选|设立|开设|召开|举办|开展|组织|"
    r"办理|完成|实施|新开|开通|夺得|取得|摘得|入选|立项|组建|共建|改造|改扩建|扩建|签约|印发|出台|制定|推出|开行|共|有|为|达|达到|超|近|约|各|每|派出|选派|选树|"
    r"进行|接待|查处|发布|承办|主办|通过|推进|实现|投运|拥有|新认定|新设|启用|新开工|迎来|签订|发表|出版)(?:了)?(?:“[^”]*”)?$"
)


# The number of an item before a value at the head of a line: 1.4所.
_ITEM = re.compile(r"(?:^|[。；;！？])\s*[1-9]\d?[.．]$")


class Mask(NamedTuple):
    """A stretch of a line in which no number counts."""

    start: int
    end: int
    reason: str


class Masks:
    """The masks of a line, sorted; ``reason`` is found by bisection."""

    def __init__(self, line: str) -> None:
        found = [Mask(*one.span(), reason) for reason, pattern in MASKS for one in pattern.finditer(line)]
        found += [Mask(*one.span(), "quoted") for one in _QUOTED.finditer(line)]
        found.sort()
        merged: list[Mask] = []
        for mask in found:
            if merged and mask.start < merged[-1].end:
                last = merged[-1]
                if mask.end > last.end:
                    merged[-1] = Mask(last.start, mask.end, last.reason)
            else:
                merged.append(mask)
        self._masks = merged
        self._starts = [mask.start for mask in merged]

    def reason(self, start: int, end: int) -> str | None:
        """Why no number in ``[start, end)`` counts; ``None`` where it may."""
        i = bisect_right(self._starts, end - 1) - 1
        while i >= 0 and self._masks[i].end > start:
            return self._masks[i].reason
        return None


# 收入比, 生师比, 按3:7比例分担; 比分3:1 is a score.
_SPOKEN_OF_TWO = re.compile(r"(?:(?<!对)比(?![分赛])|比例)[^，。；]{0,8}(?:由\d[\d.:：∶]*[一-龥]{1,6})?$")
_INDEX = re.compile(r"(?:收入比|死亡率|系数|指数|得分|评分|满意度|总和生育率|性别比|密度)[^，。；]{0,14}$")


def _bare(line: str, quantity: Quantity) -> str | None:
    if quantity.han:
        return "numeral without a counter"
    follows = line[quantity.end : quantity.end + 1]
    if quantity.scale:
        return None if follows and follows not in "级" else "numeral without a counter"
    value = quantity.value or quantity.high
    if quantity.number and "." in quantity.number and _INDEX.search(line[max(0, quantity.start - 20) : quantity.start]):
        return (
            None if re.match(r"[，。；、）]|$|[缩扩提降升以左]", line[quantity.end :]) else "numeral without a counter"
        )
    if value is None or quantity.low is not None:
        return "numeral without a counter"
    if value >= 10 and bare_people(line, quantity):
        return None
    return "numeral without a counter"


def _rank(line: str, quantity: Quantity) -> str | None:
    if line[quantity.end - 1] == "大":
        return (
            None
            if re.search(r"(?:全球|世界|全国|全省|亚洲|我国|国内|居|列|为|成为)$", line[: quantity.start])
            else "ordinal"
        )
    left = _RANK_LEFT.search(line[max(0, quantity.start - 12) : quantity.start])
    right = _RANK_RIGHT.match(line, quantity.end)
    if line[quantity.end - 1] in "位名" and re.search(
        r"居|列|排|名次|升至|跃", line[max(0, quantity.start - 16) : quantity.start]
    ):
        return None
    return None if left and (right or line[quantity.end - 1] in "位名") else "ordinal"


_REACHED = re.compile(
    r"(?:排名|排在|排|列|居|位列|位居|名列|进入|跻身|挤进|迈入|冲进|争进|进|保持在?|稳居|稳定在|力争|争取|确保)(?:[在到])?"
    r"(?:全[国省市县区州球]|世界|国内|省内|市内|[一-龥]{0,4}(?:同类|各市|设区市|县市区|区县|地级市)[一-龥]{0,4})?的?$"
)
_COUNTED = re.compile(r"[\d一二两三四五六七八九十](?:余|多)?[人名个所项位家支件篇]")


def _top(line: str, quantity: Quantity) -> str | None:
    """前3位 is a place that is reached or striven for; 3人进入前10名 and 前三名的选手 are counted by it."""
    left = re.split(r"[，。；：,;:（(]", line[max(0, quantity.start - 40) : quantity.start])[-1]
    reached = _REACHED.search(left) and not _COUNTED.search(left)
    return None if reached and _RANK_RIGHT.match(line, quantity.end) else "position"


def _han_counter(line: str, quantity: Quantity) -> str | None:
    """A Chinese numeral counts with strong counters, or after a verb of making (A12); else it labels a list."""
    left = line[max(0, quantity.start - 16) : quantity.start]
    text = line[quantity.start : quantity.end]
    verb = _STRICT_VERB.search(left)
    if re.search(r"[第每数几若某上下同任另这该此其哪]$|每[一-龥]{1,3}$", left):
        return "ordinal" if not left.endswith("每") else "lexical"
    if len(text) > 1 and text[0] == "一" and quantity.value == 1:
        return (
            None
            if verb
            and quantity.unit in {"家", "所", "座", "个", "名", "项", "处"}
            and not re.search(r"(?:推进|实现|为|有|进行|共|达|每|各|建设|实施)$", left)
            else "lexical"
        )
    if quantity.unit in HAN_COUNTERS:
        return None
    if quantity.value is not None and quantity.value >= 100:
        return None
    return None if verb and quantity.unit in HAN_COUNTERS_AFTER_VERB and quantity.unit != "项" else "label of a list"


_TIME_UNITS = frozenset(("天", "个工作日", "小时", "分钟"))
_DAYS = re.compile(
    r"(?:天数|时限|时间|周期|工期|期限|寿命|年限|时长|住院日|停留日)(?:平均)?(?:已?由[^，。]{1,6})?(?:压缩|缩短|减少|降低|提升|延长|控制)?(?:到|至|在|为|达|达到|了)?(?:约|近)?$"
)


def _duration(line: str, quantity: Quantity) -> str | None:
    """A stretch of time is a measure only where the text speaks of one (办理时限压缩至, 优良天数)."""
    timed = quantity.unit in _TIME_UNITS
    if not timed:
        at = quantity.end - (len(quantity.unit) if quantity.unit == "个" else 0)
        timed = quantity.unit in ("", "个") and bool(_DURATION.match(line, at))
    spoken = _DAYS.search(line[max(0, quantity.start - 12) : quantity.start])
    shorter = _SHRUNK.search(line[max(0, quantity.start - 16) : quantity.start])
    return "duration" if timed and not (spoken or shorter or _per_head(line, quantity)) else None


_DAILY = re.compile(r"每(?:名|位|个)?(?:天|日|周|月|学期|学年|年|生|人|学生|教师)[^，。；,;（(]{2,24}$")
_DONE_DAILY = re.compile(r"时间|时长|活动|锻炼|运动|劳动|阅读|睡眠|休息|学习|培训|研修|训练|不少于|不低于|至少|不超过")


def _per_head(line: str, quantity: Quantity) -> bool:
    """每生每天体育活动时间不少于1小时: time spent a head or a day is a measure (§2.8)."""
    said = _DAILY.search(line[max(0, quantity.start - 32) : quantity.start])
    return quantity.unit in _TIME_UNITS and said is not None and bool(_DONE_DAILY.search(said[0]))


_SIZE_AFTER = re.compile(r"(?:及|或)?以[上下]的")
_SIZES = frozenset(("人", "分", "元", "亩", "吨", "平方米", "年", "床", "张"))


def _threshold(line: str, quantity: Quantity) -> str | None:
    left = line[max(0, quantity.start - 16) : quantity.start]
    if quantity.unit in _SIZES and _SIZE_AFTER.match(line, quantity.end) and not _STRICT_VERB.search(left):
        return "threshold"
    if _THRESHOLD_AFTER.match(line, quantity.end) and quantity.unit not in ("%", "％", "成"):
        return "threshold"
    if _THRESHOLD_AFTER.match(line, quantity.end) and re.match(
        r"[^，。；]{0,3}(?:及|或)?以[上下]的?$", line[quantity.end :][:4]
    ):
        return None
    if re.search(r"(?:超过|超|近|达到|达|满|逾|大于|小于|不足|高于|低于)$", line[: quantity.start]) and re.match(
        r"(?:以上)?的(?!目标|比例|速度|增速|增长|水平|高位|成绩)[一-龥]", line[quantity.end :][:6]
    ):
        return "threshold"
    return None


def reason(line: str, quantity: Quantity, masks: Masks) -> str | None:
    """Why this number is no indicator; ``None`` where it is one."""
    masked = masks.reason(quantity.start, quantity.end)
    if quantity.form == "streak" and (
        masked in ("quoted", "idiom") or (quantity.unit in ("个月", "个季度") and not masked)
    ):
        return None
    if quantity.inner == "前" and masked in (None, "position"):
        return _top(line, quantity)
    if masked:
        return masked
    if quantity.form == "rank":
        return _rank(line, quantity)
    before = line[quantity.start - 1 : quantity.start]
    if before == "第" or (
        before
        and not _ITEM.search(line[: quantity.start])
        and before.isascii()
        and (before.isalpha() or before in "+.-_/#")
    ):
        return "ordinal" if before == "第" else "code"
    if duration := _duration(line, quantity):
        return duration
    if quantity.form == "bare":
        return _bare(line, quantity)
    if quantity.form == "number" and quantity.han and (label := _han_counter(line, quantity)):
        return label
    if (quantity.unit == "期" and quantity.han) or quantity.unit == "届":
        return "ordinal"
    if "/" in quantity.unit and line[quantity.end : quantity.end + 1] == "的":
        return "threshold"
    if line[quantity.end : quantity.end + 1] in ("制", "级"):
        return "grade"
    return _threshold(line, quantity)


def _of_two(line: str, quantity: Quantity, _: Masks) -> str | None:
    spoken = _SPOKEN_OF_TWO.search(line[max(0, quantity.start - 24) : quantity.start])
    return None if spoken or line.startswith(("比例", "的比例"), quantity.end) else "score or time"


def measures(line: str, quantities: Sequence[Quantity]) -> list[Quantity]:
    """The quantities that are indicators."""
    masks = Masks(line)
    return [one for one in quantities if (_of_two if OF_TWO.fullmatch(one.unit) else reason)(line, one, masks) is None]
