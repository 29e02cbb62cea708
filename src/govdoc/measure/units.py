"""Units: the counters and measures a number may carry, and their canonical form (indicators.md §5, §6a A1, A8).

Sources: 《现代汉语》 counters, GB 3100/3101 and 法定计量单位, the indicator tables of 统计年鉴, and the labelled documents.
"""

from __future__ import annotations

from govdoc.indicator import Kind

RATIO_UNITS = ("个百分点", "百分点", "%", "％", "‰", "倍", "成")
AMOUNT_UNITS = ["元人民币", "元/平方米", "元/人", "元/吨", "元/月", "元/年", "美元/吨", "万美元", "亿美元", "元", "美元", "欧元", "港元", "港币", "日元", "英镑", "澳元", "新元", "卢布"]
_PHYSICAL = ["吨标准煤", "吨标煤", "吨油当量", "千瓦时", "千瓦小时", "兆瓦时", "度电", "千瓦", "兆瓦", "吉瓦", "平方公里", "平方千米", "平方米", "平方", "平米", "公顷", "亩次", "亩", "立方米", "立方", "公里", "千米", "海里", "里", "米", "吨公里", "人公里", "吨", "千克", "公斤", "克", "升", "标箱", "标准箱", "国际标准箱", "毫克/立方米", "微克/立方米", "kWh", "kW", "MW", "GW", "km", "kg", "TEU", "㎡", "m²", "TB"]
_COUNTERS = ["人次", "人天", "人日", "人份", "人", "名", "位", "家次", "家", "户次", "户", "所次", "所", "项次", "项", "个", "场次", "场", "次", "件次", "件", "起", "宗", "例", "份", "篇次", "篇", "部", "本", "册", "套", "台套", "台次", "台", "辆次", "辆", "架次", "架", "艘次", "艘", "列次", "列", "趟次", "趟", "班次", "班列", "车次", "班", "条", "处次", "处", "座", "栋", "幢", "间", "张", "枚", "块", "面", "支", "只", "头", "羽", "尾", "棵", "株", "节次", "节", "课时", "学时", "学分", "门次", "门", "团次", "批次", "批", "组次", "组", "对", "队", "轮次", "轮", "期", "款", "类", "种", "笔", "单", "票", "档", "层", "段", "片", "村次", "站", "孔", "口", "眼", "剂次", "剂", "床", "席", "字", "分", "人/平方公里", "辆/百户", "粒", "根", "盏", "扇", "樘", "届", "帧", "幅", "首", "盘", "盒", "箱", "袋", "瓶", "桶", "吨次", "道", "点", "级次", "国", "码", "环", "格", "井次", "台（套）", "台(套)", "件（套）", "件(套)", "户（家）", "辆（次）", "棚", "标台", "挂", "万标箱", "重箱", "梯次", "周次"]
MEDALS = ("金", "银", "铜")
STREAK_UNITS = ("连冠", "连胜", "连增", "连丰", "连升", "连降", "连快", "连涨", "连跌", "连霸")

ALL_UNITS = tuple(
    sorted({*RATIO_UNITS, *AMOUNT_UNITS, *_PHYSICAL, *_COUNTERS, *STREAK_UNITS}, key=lambda unit: (-len(unit), unit))
)
BY_FIRST: dict[str, tuple[str, ...]] = {
    first: tuple(unit for unit in ALL_UNITS if unit[0] == first) for first in {unit[0] for unit in ALL_UNITS}
}

# What may not follow a counter, because the character then belongs to a noun: 5部门 is no 5部, 3家庭 no 3家.
NOT_BEFORE: dict[str, str] = {
    "部": "门委",
    "项": "目",
    "家": "庭长",
    "场": "馆所",
    "台": "阶",
    "班": "子",
    "支": "部",
    "国": "际家",
    "点": "击多",
    "单": "位",
    "层": "次",
    "级次": "",
    "对": "外口",
    "组": "织",
    "分": "钟之",
    "里": "程",
    "口": "岸",
    "人": "大民工",
    "名": "师校",
    "队": "伍",
    "道": "路",
    "字": "型",
    "片": "区",
    "段": "落",
    "站": "点",
    "环": "境节",
    "格": "局",
    "期": "间",
    "面": "向积",
    "节": "点",
    "位": "数",
    "平方": "",
    "首": "次届",
    "度电": "",
    "码": "头",
    "克": "服",
    "米": "面",
    "升": "级",
    "门": "类",
    "种": "子植",
    "成": "立果员为功",
    "元": "旦",
    "倍": "增",
    "学分": "制",
    "件": "套",
}

# Counters with which a Chinese numeral is a count, not the label of a list (两所幼儿园 against 三项机制).
HAN_COUNTERS = frozenset(
    ["所", "家", "名", "位", "座", "场", "场次", "处", "人", "人次", "幢", "栋", "台", "辆", "篇", "起", "户", "间", "批", "枚", "万元", "元", "亩", "公里", "吨", "成", "倍"]
)
# After a verb of getting or making, these count as well (新增两个专业, 召开四次会议).
HAN_COUNTERS_AFTER_VERB = frozenset(["个", "次", "项", "件", "届", "期", "支", "条", "部", "本", "套", "门", "节", "轮", "份"])

CANONICAL: dict[str, str] = {
    "％": "%",
    "个百分点": "百分点",
    "金": "枚",
    "银": "枚",
    "铜": "枚",
    "连冠": "次",
    "连胜": "次",
    "连增": "年",
    "连丰": "年",
    "连升": "年",
    "连涨": "年",
    "平方千米": "平方公里",
    "千米": "公里",
    "公斤": "千克",
    "平米": "平方米",
    "立方": "立方米",
    "平方": "平方米",
    "度电": "千瓦时",
    "度": "千瓦时",
    "千瓦小时": "千瓦时",
    "标准箱": "标箱",
    "国际标准箱": "标箱",
    "吨标煤": "吨标准煤",
    "元人民币": "元",
    "m²": "平方米",
    "㎡": "平方米",
    "km": "公里",
    "TEU": "标箱",
}

PEOPLE_UNITS = frozenset(["人", "名", "位"])
# Nouns that count people when a number stands on them bare (28.1万中小学生, §2.1).
PEOPLE_NOUNS = (
    "中小学生|学生|学子|考生|新生|师生|在校生|幼儿|儿童|教师|教职工|教职员工|老师|家长|群众|居民|市民|村民|农民|党员|干部|青年|职工|员工|"
    "工人|人才|老人|老年人|残疾人|游客|旅客|人口|毕业生|志愿者|农民工|用户|会员|观众|患者|民众|妇女|青少年|专家|人员|从业者|劳动力"
)


def kind_of(unit: str) -> Kind:
    """The kind a unit gives by itself: amount for money, ratio for rates, 倍 and 成, streak for 连冠, else count."""
    if unit in RATIO_UNITS:
        return "ratio"
    if unit.split("/")[0] in AMOUNT_UNITS:
        return "amount"
    return "streak" if unit in STREAK_UNITS else "count"


def canonical(unit: str) -> str:
    """The canonical form of a unit (2金 → 枚, 个百分点 → 百分点)."""
    return CANONICAL.get(unit, unit)


def unit_class(unit: str) -> str:
    """What may be compared with what (§8): 所、家、个 of one thing; 人、名、位; each other unit by itself."""
    unit = canonical(unit)
    if unit in PEOPLE_UNITS:
        return "人"
    if unit in {"所", "家", "个", "项", "处", "座", "支", "批", "门", "节", "件", "名次"}:
        return "个"
    return unit


def match_unit(text: str, at: int) -> str:
    """The longest unit that begins at ``at``; empty where none does."""
    for unit in BY_FIRST.get(text[at : at + 1], ()):
        if text.startswith(unit, at):
            after = text[at + len(unit) : at + len(unit) + 1]
            if not after or after not in NOT_BEFORE.get(unit, ""):
                return unit
    return ""
