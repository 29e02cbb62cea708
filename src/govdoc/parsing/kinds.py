"""What a document carries: 工作要点, 工作总结, 工作报告, 实施方案, 规划 and the like."""

from __future__ import annotations

import re
from typing import Final

from govdoc.wording.vocabulary import squeeze

_KINDS: Final[tuple[tuple[str, str], ...]] = (
    ("政府工作报告", "政府工作报告"),
    ("总结报告", "工作总结"),
    ("述职报告", "述职报告"),
    ("调研报告", "调研报告"),
    ("年度报告", "年度报告"),
    ("工作报告", "工作报告"),
    ("情况报告", "工作报告"),
    ("工作要点", "工作要点"),
    ("要点", "工作要点"),
    ("工作总结", "工作总结"),
    ("总结", "工作总结"),
    ("实施方案", "实施方案"),
    ("工作方案", "工作方案"),
    ("行动方案", "行动方案"),
    ("方案", "方案"),
    ("行动计划", "行动计划"),
    ("工作计划", "工作计划"),
    ("计划", "计划"),
    ("规划纲要", "规划"),
    ("规划", "规划"),
    ("纲要", "纲要"),
    ("实施细则", "实施细则"),
    ("细则", "实施细则"),
    ("管理办法", "管理办法"),
    ("实施办法", "实施办法"),
    ("办法", "办法"),
    ("规定", "规定"),
    ("条例", "条例"),
    ("规则", "规则"),
    ("章程", "章程"),
    ("制度", "制度"),
    ("预案", "预案"),
    ("任务清单", "清单"),
    ("清单", "清单"),
    ("实施意见", "实施意见"),
    ("指导意见", "指导意见"),
    ("意见", "意见"),
    ("名单", "名单"),
    ("讲话", "讲话"),
    ("报告", "报告"),
    ("标准", "标准"),
    ("指南", "指南"),
    ("措施", "措施"),
    ("安排", "工作安排"),
)
_BRACKETS = re.compile(r"(?:[（(【〔][^（()）】〕]{1,20}[）)】〕])+$")


def kind_of(title: str | None) -> str | None:
    """The kind a title ends in, longest first, brackets such as （试行） aside; ``None`` where it ends in none."""
    if not title:
        return None
    bare = _BRACKETS.sub("", squeeze(title)).rstrip("》〉”")
    return next((kind for ending, kind in _KINDS if bare.endswith(ending)), None)
