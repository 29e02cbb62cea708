"""主送机关: what a line that addresses agencies or people looks like (§7.3.2)."""

from __future__ import annotations

import re

from govdoc.wording.labels import read_label
from govdoc.wording.vocabulary import SALUTATIONS, is_strong_agency

_RECIPIENT_TAIL = re.compile(
    r"(?:局|厅|部|委|办|府|院|处|科|室|会|心|队|社|行|所|站|校|园|司|集团|组|关|位|门|企业|机构|街道|区|市|县|镇|乡|村|馆|"
    r"员|同志|先生|女士|代表|长|等|者|学|旗|州|盟|省|员会|单位|部门|场|台|中|厂|店|教师|学生|家长|居民|公民|市民)(?:[）)])?$"
)
_ALL_OTHERS = re.compile(
    r"^[^，、；。：]{4,30}[，、；]\s?[^，、；。：]{0,4}各[^，；。：]+"
)  # 某开发区管委会，各乡镇人民政府
_NO_RECIPIENT = re.compile(
    r"如下|现将|为了|为进|为贯|为深|为切|决定|根据|按照|经研究|通知|公告|要求|强调|指出|收悉|。|；.*；.*。|特此|现就|\d{2}|填报|填表|申报|报送|推荐|盖章|公章|单位名称"
)


def is_addressed(text: str) -> bool:
    """Whether a line without a title over it addresses agencies, beyond doubt."""
    bare = text.strip()[:-1]
    return text.startswith("各") or _ALL_OTHERS.search(bare) is not None or is_strong_agency(bare)


def is_recipients(text: str) -> bool:
    """Whether a text, colon included, addresses agencies or people and says nothing else."""
    bare = text.strip()[:-1].strip()
    return (
        text.strip().endswith(("：", ":"))
        and 2 <= len(bare) <= 400
        and read_label(bare) is None
        and not SALUTATIONS.match(bare)
        and not _NO_RECIPIENT.search(bare)
        and (bare.startswith(("各", "有关")) or _RECIPIENT_TAIL.search(bare) is not None)
    )
