"""The columns of 指标明细: what each shows, of which field, how wide, how written. 字典 is made from the same table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple

from govdoc.indicator import Indicator
from govdoc.workbook.plan import Plan
from govdoc.workbook.terms import BOUNDS, KINDS, ROLES, high_value, low_value, place_of, remarks, shown_unit

Content = str | int | float | None
Look = Literal["text", "centre", "number", "score", "link"]


class Column(NamedTuple):
    """One column: header, field of the record, width in characters, look, content, what it means."""

    header: str
    field: str
    width: float
    look: Look
    content: Callable[[Indicator, Plan], Content]
    meaning: str


COLUMNS = (
    Column("编号", "", 6, "centre", lambda r, p: p.number(r), "本工作簿中的顺序号"),
    Column("来源文件", "source", 25, "text", lambda r, p: p.source(r.source), "抓取文件名；同名时为路径"),
    Column("地区", "region", 11, "text", lambda r, p: place_of(r), "文件所属地区，无法确定时为空"),
    Column("指标名称", "name", 34, "text", lambda r, p: r.name, "不看原文也能明白的指标名称"),
    Column("数值", "value", 19, "number", lambda r, p: low_value(r),
           "以基本单位计的数（2320.76万元记为23,207,600元）；百分比97.6记为97.6；区间为下限；无数字的指标为空"),
    Column("上限", "value_max", 10, "number", lambda r, p: high_value(r), "区间的上限，其他为空"),
    Column("单位", "unit_norm", 8, "centre", lambda r, p: shown_unit(r), "规范单位"),
    Column("关系", "bound", 7, "centre", lambda r, p: BOUNDS.get(r.bound or "", ""), "与实际数关系：= ≥ > ≤ < ≈ 区间"),
    Column("限定词", "qualifier", 9, "centre", lambda r, p: r.qualifier or "", "原文中的约、超、不少于、余等词"),
    Column("角色", "role", 7, "centre", lambda r, p: ROLES[r.role], "目标、完成或基数"),
    Column("类型", "kind", 7, "centre", lambda r, p: KINDS[r.kind], "数量、金额、比率、变化等九类，见“类型”"),
    Column("年度", "period", 8, "centre", lambda r, p: r.period or "", "数值所属年度，不一定是发文年度"),
    Column("主体", "subject", 16, "text", lambda r, p: r.subject or "", "由谁完成（比地区更窄的主体）"),
    Column("类别", "category", 10, "centre", lambda r, p: r.category or "", "二十类主题之一"),
    Column("章节", "section", 32, "text", lambda r, p: " / ".join(r.section), "原文中的各级标题"),
    Column("原文值", "raw", 12, "text", lambda r, p: "".join(r.raw.split()), "原文中的写法（去空白），含万、亿和单位"),
    Column("来源句", "sentence", 64, "link", lambda r, p: r.sentence, "数值所在的整句，点击跳到“原文”表中的该句"),
    Column("复核", "", 10, "centre", lambda r, p: p.reviews.get(r.id), "供人工填写，从下拉列表选择"),
    Column("置信度", "confidence", 8, "score", lambda r, p: r.confidence, "识别的把握，0至1；低于0.75的列入“待复核”"),
    Column("备注", "note", 30, "text", lambda r, p: remarks(r, p.linked_number(r)), "说明、承诺词、等次、与他项的关系"),
    Column("记录键", "id", 14, "text", lambda r, p: r.id, "隐藏列：记录的编码，重新生成后不变，复核意见据此找回原行"),
    Column("核对码", "", 18, "text", lambda r, p: p.mark(r), "隐藏列：所读名称和数值的编码，更正据此看出"),
)  # fmt: skip
PRINTED = 10
"""How many columns of 指标明细 are printed: more are unreadable on A4 landscape."""
FROZEN = 2 + next(i for i, column in enumerate(COLUMNS) if column.header == "指标名称")
"""The first column that scrolls: those up to the name stay."""
