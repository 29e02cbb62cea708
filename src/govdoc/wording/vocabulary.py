"""Words the parser knows: 文种, endings of titles and agencies, labels of the tail.

The 15 文种 are those of 《党政机关公文处理工作条例》 Art. 8.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, get_args

from govdoc.model import Genre

HAN: Final = r"\u3400-\u4dbf\u4e00-\u9fff\u3007\U00020000-\U0003ffff"

GENRES: Final[dict[str, Genre]] = {name: name for name in get_args(Genre)} | {"令": "命令"}
_GENRE = "|".join(sorted(GENRES, key=len, reverse=True))

_NOT_A_GENRE = ("来函", "去函", "信函", "法令", "司令", "口令", "夏令", "时令", "指令", "禁令", "征求意见")

CARRIED_WORDS: Final = (
    "要点|总结|方案|计划|规划|纲要|办法|细则|规定|条例|规则|章程|制度|预案|标准|指南|清单|名单|措施|安排|分工|"
    "讲话|汇报|目录|规范|准则|须知|一览表|情况表|申报表|登记表|汇总表|统计表|任务书|责任书|承诺书|倡议书|建议书|公示|答复|"
    "简报|说明|要求|大纲|体系|机制|指标|评价表|推荐表|样式|式样|流程|程序|守则|公约|议程|日程|日程表|分工表|安排表|任务表"
)
"""What a text that is no 文种 of its own is called: 工作要点, 实施方案, 管理办法 …"""

_TRAILING_BRACKETS = r"(?:[（(【〔][^（()）】〕]{1,20}[）)】〕])*"
TITLE_END: Final = re.compile(rf"(?:{_GENRE}|{CARRIED_WORDS}|报告|意见稿|草案)[》〉”]?{_TRAILING_BRACKETS}$")
"""A line that may be the last of a title."""
GENRE_END: Final = re.compile(rf"({_GENRE})[》”]?{_TRAILING_BRACKETS}$")

_AGENCY_TAIL = (
    "局|厅|部|司|委|委员会|办公室|办公厅|办|政府|国务院|法院|检察院|研究院|院|处|科|室|中心|总队|支队|大队|协会|学会|联合会|"
    "基金会|总会|工会|联|署|总署|总局|分局|银行|行|所|站|学校|大学|学院|中学|小学|高中|初中|幼儿园|公司|集团|党组|党委|"
    "工委|纪委|党支部|总支|团委|妇联|指挥部|领导小组|工作组|专班|公署|海关|管委会|社|园区|开发区|街道|"
    "医院|图书馆|博物馆|馆|联席会议|人大|政协|常务委员会|主席团|代表大会|组委会|筹委会|理事会|董事会|校"
)
AGENCY: Final = re.compile(rf"[{HAN}（）()·“”]{{0,34}}(?:{_AGENCY_TAIL})(?:[（(][{HAN}、，]{{2,20}}[）)])?")
_NO_AGENCY = re.compile(
    r"关于|的|如下|现将|为了|根据|加强|推进|做好|印发|开展|落实|深化|完善|提升|强化|组织领导|坚持|健全|^[各请和与及对将]|单位$"
)
_STRONG_AGENCY = re.compile(
    r".*(?:省|市|县|区|州|盟|旗|国家|国务院|中央|中共|中国|中华|全国|人民|镇|乡|街道|自治区|高新区|教育|财政|公安|发展|人力|"
    r"卫生|民政|司法|自然|住房|交通|水利|农业|商务|文化|应急|审计|市场|统计|医疗|税务|气象|科技|科学|工业|外交|国防|生态).*"
)

URGENCIES: Final = ("特提", "特急", "加急", "平急", "急件")
CC_LABELS: Final = ("抄送", "抄报", "分送", "印送", "发送", "抄", "送", "报", "发")
ANNOTATION_START: Final = (
    "此件|此文|本文|联系人|联系电话|联系方式|内部|只发|发至|主动公开|依申请公开|不予公开|不公开|公开方式|公开属性|公开类别|"
    "公开选项|信息公开|此页无正文|有删减"
)
SALUTATIONS: Final = re.compile(r"^(?:各位|同志们|尊敬的|女士们|朋友们|老师们|亲爱的|同学们|先生们)")

_LONGEST_SPACED: Final = 200
SENTENCE_ENDS: Final = "。！？；：…"
CLOSING_MARKS: Final = "”’）)》〉】」』"


def squeeze(text: str) -> str:
    """The text without white space."""
    return "".join(text.split())


def genre_of(title: str | None) -> Genre | None:
    """The 文种 a title ends in, longest first (令 is 命令); ``None`` where it ends in none."""
    return _genre_of(title) if title else None


@lru_cache(maxsize=4096)
def _genre_of(title: str) -> Genre | None:
    found = GENRE_END.search(squeeze(title))
    if found is None or found.string[: found.end(1)].endswith(_NOT_A_GENRE):
        return None
    return GENRES[found.group(1)]


def is_agency(text: str) -> bool:
    """Whether a line may be the name of an agency: a known ending, no verb, no sentence."""
    return len(text) <= _LONGEST_SPACED and _is_agency(text)


@lru_cache(maxsize=4096)
def _is_agency(text: str) -> bool:
    name = squeeze(text)
    return 2 <= len(name) <= 40 and AGENCY.fullmatch(name) is not None and _NO_AGENCY.search(name) is None


def is_strong_agency(text: str) -> bool:
    """Whether a line is the name of an agency on its own evidence: also a place, a rank or a field of government."""
    return is_agency(text) and _STRONG_AGENCY.match(squeeze(text)) is not None


def ends_sentence(text: str) -> bool:
    """Whether a line ends as a sentence does, closing quotes and brackets aside."""
    bare = text.rstrip().rstrip(CLOSING_MARKS)
    return bool(bare) and bare[-1] in SENTENCE_ENDS


_TITLE_AGENCY = re.compile(rf"([{HAN}（）]{{2,40}}?)(?:关于|转发|印发|批转|对)")


def agency_in_title(title: str | None) -> str | None:
    """The agency a title opens with, before 关于: 国务院办公厅关于…; ``None`` where there is none."""
    found = _TITLE_AGENCY.match(squeeze(title)) if title else None
    return found[1] if found and is_agency(found[1]) else None
