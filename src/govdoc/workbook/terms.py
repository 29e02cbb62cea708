"""The Chinese words of the workbook for the codes of the record, and figures written as a clerk writes them."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from govdoc.indicator import Indicator

ROLES = {"target": "目标", "actual": "完成", "baseline": "基数"}
KINDS = {
    "count": "数量", "amount": "金额", "ratio": "比率", "change": "变化", "rank": "位次",
    "award": "获奖", "streak": "连续", "frequency": "频次", "qualitative": "定性",
}  # fmt: skip
BOUNDS = {
    "eq": "=", "approx": "≈", "approx_above": "≈", "approx_below": "≈", "gt": ">", "ge": "≥",
    "lt": "<", "le": "≤", "range": "区间",
}  # fmt: skip
DIRECTIONS = {"up": "上升", "down": "下降", "hold": "保持", "non-decrease": "只增不减"}
RELATIONS = {
    "change_of": "是其变化", "rank_of": "是其位次", "subset_of": "是其中项", "ratio_of": "是其占比",
    "baseline_of": "是其基数",
}  # fmt: skip
LAYERS = {"core": "有数字", "ext": "无数字"}
SALIENCES = {"key": "重点", "normal": "一般", "low": "次要"}
CATEGORIES = (
    "党建思政", "廉政监督", "资源建设", "智慧教育", "装备后勤", "学生资助", "德育心理",
    "体育健康", "艺术劳动", "学前教育", "义务教育", "高中教育", "特殊教育", "职业教育",
    "高等教育", "终身教育", "教师队伍", "改革治理", "平安校园", "开放合作",
)  # fmt: skip
REVIEWS = ("正确", "数值有误", "单位有误", "名称有误", "角色有误", "不是指标", "待查")

_SIGNS = {"gt": "＞", "ge": "≥", "lt": "＜", "le": "≤", "approx": "约", "approx_below": "近"}


def number(text: str | None) -> int | float | None:
    """A decimal string as a number a cell can hold; ``None`` where there is none."""
    if text is None:
        return None
    try:
        exact = Decimal(text)
    except InvalidOperation:
        return None
    if not exact.is_finite():
        return None
    return int(exact) if exact == exact.to_integral_value() else float(exact)


def shown_unit(record: Indicator) -> str:
    """单位 for a value in base units: the canonical one, except 成, whose canonical % would be another number."""
    return record.unit if record.unit == "成" else record.unit_norm or record.unit


def low_value(record: Indicator) -> int | float | None:
    """数值: the value, or the lower end of a range."""
    return number(record.value if record.value is not None else record.value_min)


def high_value(record: Indicator) -> int | float | None:
    """上限: the upper end of a range."""
    return number(record.value_max)


def written(record: Indicator) -> str:
    """The figure as the finance ministry's form has it: relation sign, number, scale, unit ("≥50个", "2—4个").

    The number and scale stay as in the source (2320.76万元); what has no digits in the source keeps its word, with the
    figure it stands for behind it: 亚军（第2名）.
    """
    if record.layer == "ext":
        word = "".join(record.raw.split())
        return f"{word}（{_figure(record)}）" if record.value is not None else word
    return _figure(record)


def _figure(record: Indicator) -> str:
    raw = "".join(record.raw.split())
    number = record.number if record.number is not None else record.value
    if raw[:1].isdigit() and record.layer == "core":
        figure = raw if record.unit else raw + record.unit_norm
    elif number is None:
        figure = raw
    else:
        rank = "第" if record.kind == "rank" else ""
        figure = f"{rank}{plain(number)}{record.scale}{record.unit or shown_unit(record)}"
    if record.qualifier == "左右":
        return f"{figure}左右"
    return _SIGNS.get(record.bound or "", "") + figure


def plain(text: str) -> str:
    """A decimal string without exponent or idle zeros; anything else as it is."""
    try:
        exact = Decimal(text)
    except InvalidOperation:
        return text
    if not exact.is_finite():
        return text
    whole = f"{exact:f}"
    return whole.rstrip("0").rstrip(".") if "." in whole else whole


def place_of(record: Indicator) -> str:
    """地区: as the record names it, or province, city and county."""
    return record.region or "".join(part for part in (record.province, record.city, record.county) if part)


def remarks(record: Indicator, other: int | None) -> str:
    """备注: the note, the word of promise, the grade, the scope, and what the record is to another (by 编号)."""
    parts = (
        record.note,
        record.commitment and f"承诺词：{record.commitment}",
        record.direction and f"方向：{DIRECTIONS.get(record.direction, record.direction)}",
        record.grade and f"等次：{record.grade}",
        record.scope and f"范围：{record.scope}",
        record.distribution and f"数值分配：{record.distribution}",
        record.relation and other is not None and f"对编号{other}，{RELATIONS.get(record.relation, record.relation)}",
    )
    return "；".join(part for part in parts if part)
