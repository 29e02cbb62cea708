"""What documents a text names, and where it contradicts itself."""

from __future__ import annotations

import pytest

from govdoc.model import Document
from govdoc.parsing import parse
from parse_cases import cleaned_text


def parsed(text: str) -> Document:
    [document] = parse(cleaned_text(text))
    return document


def relations(document: Document) -> dict[str | None, tuple[str | None, str]]:
    return {one.title: (one.doc_number and one.doc_number.raw, one.relation) for one in document.references}


def test_what_a_text_cites_repeals_and_forwards() -> None:
    text = """关于转发《省教育厅关于减负工作的通知》的通知
各学校：
现将《省教育厅关于减负工作的通知》转发给你们。各校要按照《关于规范办学的意见》（苏教基〔2020〕3号）执行。
《太仓市学校作业管理办法》（太教〔2015〕8号）同时废止。
太仓市教育局
2024年3月1日
"""
    assert relations(parsed(text)) == {
        "省教育厅关于减负工作的通知": (None, "forwards"),
        "关于规范办学的意见": ("苏教基〔2020〕3号", "cites"),
        "太仓市学校作业管理办法": ("太教〔2015〕8号", "repeals"),
    }


def test_what_is_attached_is_no_reference() -> None:
    text = """关于印发《2024年度教育工作总结》的通知
各学校：
现将《2024年度教育工作总结》印发给你们。
太仓市教育局
2025年2月7日
2024年度教育工作总结
2024年，全市教育系统认真落实各项工作。
"""
    [document] = parse(cleaned_text(text))
    assert document.main.attachments[0].title == "2024年度教育工作总结"
    assert document.references == ()


def test_a_list_of_what_is_repealed() -> None:
    text = """厦门市人民政府关于废止《厦门市户外广告管理办法》等三件规章的决定
经市人民政府常务会议研究，决定废止下列规章：
一、《厦门市户外广告管理办法》（厦府〔1999〕83号）
二、《厦门市暂住人口登记管理规定》
三、《厦门市燃气管理办法》
涉及户外广告的，按照《厦门市市容环境卫生管理条例》执行。
厦门市人民政府
2020年12月1日
"""
    assert relations(parsed(text)) == {
        "厦门市户外广告管理办法": ("厦府〔1999〕83号", "repeals"),
        "厦门市暂住人口登记管理规定": (None, "repeals"),
        "厦门市燃气管理办法": (None, "repeals"),
        "厦门市市容环境卫生管理条例": (None, "cites"),
    }


def test_numbers_alone_titles_within_titles_and_short_names() -> None:
    text = """关于落实国家有关部署的通知
各单位：
根据鲁发改重大〔2023〕90号文件和《关于印发〈重点项目管理办法〉的通知》（鲁发改〔2022〕5号，以下简称《通知》）要求，抓好《办法》落实。
鲁发改〔2022〕5号印发以来成效明显。《财政部关于贯彻〈预算法〉的意见》一并执行。
潍坊市发展和改革委员会
2023年2月27日
"""
    assert [(one.title, one.doc_number and one.doc_number.raw) for one in parsed(text).references] == [
        ("关于印发〈重点项目管理办法〉的通知", "鲁发改〔2022〕5号"),
        (None, "鲁发改重大〔2023〕90号"),
        ("财政部关于贯彻〈预算法〉的意见", None),
    ]


def test_what_is_forwarded_by_the_title_alone() -> None:
    text = """县教育局转发市教育局关于做好汛期安全工作的通知
各学校：
现转发给你们，请遵照执行。
如东县教育局
2024年6月1日
"""
    assert relations(parsed(text)) == {"市教育局关于做好汛期安全工作": (None, "forwards")}


NOTICE = "关于印发《2024年工作要点》的通知\n苏教〔{number}〕3号\n各学校：\n现将要点印发给你们。\n苏州市教育局\n{date}\n"
PLAN = "{title}\n{opening}要抓好各项工作。\n一、德育\n继续开展主题教育。\n"


@pytest.mark.parametrize(
    ("text", "notices"),
    [
        (
            NOTICE.format(number="2024", date="2024年2月1日") + PLAN.format(title="2024年工作要点", opening="2024年，"),
            [],
        ),
        (NOTICE.format(number="2023", date="2024年6月1日"), [("D107", "warning", "2024年6月1日")]),
        (NOTICE.format(number="2023", date="2024年1月5日"), [("D107", "info", "2024年1月5日")]),
        (PLAN.format(title="2024年学校工作计划", opening="2023年是关键一年，"), [("D108", "warning", "2023")]),
        (PLAN.format(title="2024年学校工作计划", opening="2023年是丰收年，2024年，"), []),
        (PLAN.format(title="2023—2024学年工作计划", opening="2024年，"), []),
        (PLAN.format(title="学校工作计划", opening="2023年，"), []),
        (
            NOTICE.format(number="2024", date="2024年2月1日") + PLAN.format(title="2023年工作要点", opening=""),
            [("D109", "warning", "2023年工作要点")],
        ),
    ],
)
def test_years_that_contradict_each_other(text: str, notices: list[tuple[str, str, str]]) -> None:
    found = parsed(text).notices
    assert [(one.code, one.level, one.span and text[slice(*one.span)]) for one in found] == notices
