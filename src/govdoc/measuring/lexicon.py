"""The words the clause grammar knows, and the patterns made of them; the lists are ``data/words.toml``."""

from __future__ import annotations

import re

from govdoc.measuring.words import longest, table, words

_LISTS = {name: words(text) for name, text in table("words").items()}

MID_VERBS = _LISTS["mid_verbs"]
LIGHT_VERBS = frozenset(_LISTS["light_verbs"])
NAMING_VERBS = frozenset(_LISTS["naming_verbs"])
AWARD_VERBS = frozenset(_LISTS["award_verbs"])
RELATIVE_VERBS = frozenset(_LISTS["relative_verbs"])
CHANGE_NOUNS = _LISTS["change_nouns"]
GENERIC = frozenset(_LISTS["generic"])
COMMITMENTS = frozenset(_LISTS["commitments"])
REGION_WORDS = frozenset(_LISTS["region_words"])
WEAK_VERBS = frozenset(_LISTS["weak_verbs"])
SCENE_WORD = longest(_LISTS["scene_words"])

MID_VERB = longest(MID_VERBS)
HEAD_VERB = longest((*MID_VERBS, *_LISTS["head_verbs"], *LIGHT_VERBS, *NAMING_VERBS, *RELATIVE_VERBS))
PREDICATE = longest(_LISTS["predicates"])
ADVERB = longest(_LISTS["adverbs"])
RATE_HEAD = longest(_LISTS["rate_heads"], at_end=True)
MEASURE_HEAD = longest(_LISTS["measure_heads"], at_end=True)
_YEARISH = (
    r"(?:20|19)\d\d\s*年(?:度|底|末)?|今年|去年|上年|前年|明年|全年|本年度?|上半年|下半年|年末|目前|"
    r"近年来?|[一二三四五六七八九十两\d]年内|[一二三四五六七八九十两\d]年来|“?[一二三四五六七八九十]+五”?(?:时期|期间|末|以来)?|一年来|过去[一五]年|"
    r"前?[一二三四]季度|[\d一二三四五六七八九十]+(?:[-—–至][\d一二三四五六七八九十]+)?月(?:份|底|末)?|\d{1,2}日|月底|(?:20\d\d年)?[春秋]季学?期?起?|本轮|本届|"
    r"当前|期末|新时代以来"
)
_OPENING = longest((*_LISTS["head_adverbs"], *_LISTS["region_words"], *COMMITMENTS))
HEAD = re.compile(
    rf"(?:(?:到|至|截至|截止|自|从|于|在)?(?:{_YEARISH})+(?:以来|期间|之?前|止|起|共|内)?[，]?|主要[是系]|{_OPENING.pattern}"
    r"|[一二三四五六七八九十]是|[①-⑳]|[（(]\d{1,2}[）)]|\d{1,2}[.．、](?=[一-龥])|[、]|以(?=[一-龥]{2,}为)|年(?=新增)|实际(?=投入|完成|招[生收聘录]|新[增建]|建成|开工|引进|培训|发放|拨付)|需要?(?=新增|新建|投入|补充|增加|安排|使用|占用|征用|追加|招聘|配备|征收))"
)
# Words that begin like an adverb of HEAD and are nouns or verbs of their own.
NOT_HEAD = re.compile(
    r"共(?:建|享|同|青|育|产|有产)|将军|要[点素求]|再生|再就业|并[轨购联]|也门|又好|还[款贷建]|只增|现[代场行金货价状]|由于|使用|"
    r"让利|新[质型能建增]|由\S|集中供|重点(?!培|建(?!设[一-龥]{0,2}(?:用地|项目|工程|任务))|引|推|打|支|扶|实|研)|创新(?!开|推|实|组)|加快$|"
    r"平均[一-龥]*寿命|计划(?:生育|财政|总?投资)|目标|和谐|和平|与会|及格|及时雨|联合国|联合(?:会|体|学院|实验|培养基地)|"
    r"科学(?!确|制|编|规|组|合)|统筹(?!推|开|实|建)|分级(?!诊)|高效(?!完|开|推)|高质量(?!完|建|推|开|做)|"
    r"高水平(?!建|打|推|开|举)|高标准(?!建|推|完|打|开|编)|主要(?!开|推|建|[是系]\S)|全面(?!完|推|开|启|建|落|组|实|清|排)|"
    r"普遍(?!开)|成功率|持续性|定期存|一般(?!都|为|在|不|由)|初步(?!建|形|完)|直接(?=[经融投税])|"
    r"间接(?=[融投])|当年(?=价)"
)
# A verb found here is half of a noun (获得感, 创建工作, 培训中心, 建设项目).
NOUN_AFTER_VERB = re.compile(
    r"获得感|获奖|学习(?:会|班|型|日|教育|活动|小组|平台|成果)|"
    r"(?:创建|建设|改造|培训|实施|组织|培育|培养|指导|服务|整治|治理|签约|推进|发展|管理|保障|开展|建立|资助|实现|升级|储备|供应|交付|"
    r"种植|转化|修复|启动|改扩建|装配|发布|整改|孵化|认定|提供)(?:工作|中心|基地|单位|机构|站|点|班|活动|项目|工程|部门|体系|计划|行动|"
    r"方案|领导|组|处|局|委员|办法|机制|资金|经费|指南|标准|任务|者|学校|师|员|率|额|量|仪式|式|器|法|性|水平|情况|成效|以来|贷款|集团|"
    r"有限|公司|券|收入|总投资|用地|园|区|期|面积|的)|组织部|组织生活|党组织|办理(?=答复)|成立以来|建成区|培训(?:学校|校(?![长医内外园级]))|"
    r"完成(?:率|额|量|度)|覆盖(?:率|面|范围|广)|录取(?:率|分|线|通知)|招收(?:人数|计划)|立项(?:数|建设)|吸纳比例|建成率|"
    r"排查率|受理(?:数|量)|落实(?:率|情况)|设立以来|装配(?:率|式)|建设用地|服务业|服务(?:平台|体系)|获批数|派出(?:所|机构)|"
    r"发现力|发现率|新建商品|新增(?:债券|专项债|长率)|发展(?:中国家|区|改革)"
)
# At the head of a clause fewer nouns begin like a verb (培训班, 服务站).
NOUN_AT_HEAD = re.compile(
    r"(?:创建|建设|改造|培训|实施|组织|培育|培养|指导|服务|整治|治理|签约|推进|发展|管理|保障|扶持|储备|种植|孵化|发布|开发|投资|出口|进口|销售|生产|调整)"
    r"(?:工作|中心|基地|单位|机构|者|率|额|量|体系|方案|办法|机制|标准|班|站|点|师(?!资|生)|员(?!工)|校(?![长医内外园级])|区|园|器|总额|总值|规模|业|强度)"
    r"|[一-龥]{2}率|组织部|组织生活|生产(?:安全|总值|性|力|线|企业|经营|用|资料)|获得感|办理率|评选表彰|服务贸易|服务业|投资(?:额|总额|规模|强度|者)|出口(?:额|总额|交货)|进口(?:额|总额)"
)
