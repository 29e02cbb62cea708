"""How much a measure matters to a reader (indicators.md §5 salience)."""

from __future__ import annotations

import re
from typing import Literal

from govdoc.measuring.drafts import Draft

# Counts of the items of a plan or a document, and breadth of coverage (§2.10, §2.11).
_STRUCTURAL = re.compile(r"(?:任务|措施|行动|内容|要求|环节|方面|年级|板块|领域|条例|条款|事项|举措|政策)$")
_KEY = re.compile(
    r"学位|学校项目|优质园|优质幼儿园|普惠园|满意|录取|达线率|达本率|优秀率|优良率|教师$|引进|招录|招聘|资助|考生|总资源|观看|规模|总投资|"
    r"生产总值|增加值|预算收入|固定资产投资|零售总额|进出口|可支配收入|就业|粮食"
)


def salience_of(draft: Draft) -> Literal["key", "normal", "low"]:
    """``low`` for counts that only describe a document or a breadth, ``key`` for those a leader would ask for."""
    if draft.kind == "count" and _STRUCTURAL.search(draft.name) and draft.quantity.unit in ("个", "项", "条"):
        return "low"
    return "key" if _KEY.search(draft.name) else "normal"
