"""The category of a measure: one of twenty (indicators.md §5), by words of its name, then of its sentence."""

from __future__ import annotations

import re

_WORDS: tuple[tuple[str, str], ...] = (
    ("廉政监督", "违纪|违法案件|廉政|廉洁|党课|风险防控|巡察|巡视|监督执纪|问责|审计|案件"),
    ("党建思政", "党建|党组织|党员|党支部|党务|党课|先锋|思政|主题教育|理论学习|课程思政|书记|意识形态|红盟"),
    ("学生资助", "资助|助学|奖学金|补助|贷款"),
    ("特殊教育", "特殊教育|融合教育|残疾|孤独症|送教|资源教师"),
    ("学前教育", "幼儿园|学前|优质园|普惠园|托班|托位|幼儿"),
    ("职业教育", "职业|高职|中职|产教|企业学院|产业学院|学徒|技能大赛|省赛|国赛|达本率|职教|专业群|产业教授"),
    ("高等教育", "高校|大学(?!习)|学科|硕士|博士|ESI|师生规模|青年科学家|人才项目|孵化|校企联合"),
    ("终身教育", "老年|社区教育|终身|社会教育|学习型|学历继续"),
    ("艺术劳动", "艺术|劳动教育|劳动|美育|艺体|合唱"),
    ("体育健康", "体育|足球|篮球|体质|近视|视力|健身|照明|校医"),
    ("德育心理", "德育|心理|品格|家长|家访|班主任|青春期|社工|讲师团|三好学生|育人|读书"),
    ("教师队伍", "教师|师范生|名师|校长|人才|教育名家|学科带头人|园丁|干部|团队|研修|职称"),
    ("智慧教育", "智慧|数字|线上|信息化|网络|应用场景|资源数|专题|平台"),
    ("平安校园", "安全|校园餐|平安|隐患|安防|消防"),
    ("装备后勤", "食堂|装备|空调|食谱|后勤|实验室"),
    ("高中教育", "高中|高考|本科|录取|清北|达线"),
    ("义务教育", "义务教育|随迁|积分入学|小学|初中|课后服务|双减|优质均衡"),
    ("资源建设", "学位|学校项目|新建|改扩建|校舍|竣工|投用|校区|总投资|财政"),
    ("开放合作", "姊妹|国际|港澳|澳门|香港|一带一路|友好|留学|援疆|对口"),
    ("改革治理", "改革|治理|督导|提案|建议|法治|招考|考生|试点|语言文字|满意|政务|评估"),
)  # fmt: skip
_PATTERNS = tuple((category, re.compile(words)) for category, words in _WORDS)


def category_of(name: str, sentence: str, section: str) -> str | None:
    """The category: the first that knows a word of the name, else of the sentence, else of the heading."""
    for text in (name, sentence, section):
        for category, pattern in _PATTERNS:
            if pattern.search(text):
                return category
    return None
