"""Parsing: every field of documents of many kinds, stated by hand in ``cases/parse``, and what holds for any text."""

from __future__ import annotations

from typing import Any

import pytest

import govdoc
from govdoc.cleaned import Cleaned
from govdoc.edits import AppliedEdit, Pass
from govdoc.errors import UsageError
from govdoc.model import Cell, Document
from govdoc.parsing import parse, supply
from govdoc.parsing.elements import ELEMENTS
from govdoc.span import Mark
from govdoc.wording.numbers import read_doc_number
from parse_cases import (
    CASES,
    HERE,
    all_blocks,
    cleaned_case,
    cleaned_text,
    expected_fields,
    fields,
    plain,
    spans_of,
    stated,
    uncovered,
)


@pytest.mark.parametrize(("group", "case"), CASES, ids=[f"{group}: {case['name']}" for group, case in CASES])
def test_every_field_is_as_stated_by_hand(group: str, case: dict[str, Any]) -> None:
    documents = parse(cleaned_case(case))
    assert [fields(one) for one in documents] == [expected_fields(one) for one in case["documents"]]
    for document, expected in zip(documents, case["documents"], strict=True):
        if "notices" in expected:
            assert [notice.code for notice in document.notices] == expected["notices"]


@pytest.mark.parametrize(("group", "case"), CASES, ids=[f"{group}: {case['name']}" for group, case in CASES])
def test_no_ink_is_outside_every_span(group: str, case: dict[str, Any]) -> None:
    cleaned = cleaned_case(case)
    documents = parse(cleaned)
    forward = [
        (cleaned.trace.forward(start), cleaned.trace.forward(stop))
        for document in documents
        for start, stop in spans_of(document)
    ]
    assert uncovered(cleaned.text, forward) == ""


@pytest.mark.parametrize("case", [case for group, case in CASES if group == "seeds"], ids=lambda case: case["name"][:3])
def test_the_span_of_a_field_is_where_the_source_says_it(case: dict[str, Any]) -> None:
    cleaned = cleaned_case(case)
    source = cleaned.decoded.text
    for document in parse(cleaned):
        known = list(stated(document))
        assert known
        for pointer, value in known:
            start, stop = document.spans[pointer]
            assert plain(value) in plain(source[start:stop]), pointer
            assert len(plain(source[start:stop])) <= len(plain(value)) + 4, pointer
        number = document.header.doc_number
        if number:
            assert read_doc_number(source[slice(*document.spans["/header/doc_number"])]) == number
        for block in all_blocks(document):
            letters = [char for char in plain(block.line) if char.isalnum()]
            there = [char for char in plain(source[slice(*block.span)]) if char.isalnum()]
            assert len(there) - len(letters) in range(-1, 5)
            assert letters[:10] == there[:10]
            assert letters[-10:] == there[-10:]


def test_ids_name_the_source_and_the_part() -> None:
    documents = govdoc.parse(HERE.parent / "seeds" / "004_5d772f7a14c4d914.txt")
    assert [one.id for one in documents] == [f"{documents[0].source.sha256[:12]}#{part}" for part in (1, 2)]
    assert [(one.source.part, one.source.parts) for one in documents] == [(1, 2), (2, 2)]


def test_the_words_of_the_page_stay_out_of_the_documents() -> None:
    for document in govdoc.parse(HERE.parent / "seeds" / "004_5d772f7a14c4d914.txt"):
        words = str(document.main.title) + "".join(block.line for block in all_blocks(document))
        assert "有哪些" not in words
        assert "浏览量" not in words
        assert "2023.09.15" not in words


def test_a_boundary_parts_documents_and_each_keeps_what_the_page_said_of_it() -> None:
    first, second = "关于放假的通知\n各学校：\n放假一天。\n", "2024年工作总结\n一年来，工作顺利。\n"
    marks = (
        Mark("metadata", 0, 0, value="教育局", key="【制定机关】"),
        Mark("boundary", len(first), len(first)),
        Mark("metadata", len(first), len(first), value="网站", key="来源："),
    )
    documents = parse(cleaned_text(first + second, marks))
    assert [one.main.title for one in documents] == ["关于放假的通知", "2024年工作总结"]
    assert [one.source.metadata for one in documents] == [{"制定机关": "教育局"}, {"来源": "网站"}]


def test_the_cells_of_a_table_keep_the_spans_the_source_gave_them() -> None:
    text = "2024年工作总结\n全年工作情况如下，请审阅。\n甲\t乙\n丙\t丁\n其他工作顺利完成。\n"
    start, stop = text.index("甲"), text.index("丁") + 1
    cells = [("甲", "0,0,2,1"), ("乙", "0,1,1,1"), ("丙", "1,1,1,1"), ("丁", "1,2,1,3")]
    marks = [Mark("cell", text.index(char), text.index(char) + 1, value=value) for char, value in cells]
    [document] = parse(cleaned_text(text, (Mark("table", start, stop), *marks)))
    table = document.main.body[1]
    assert table.rows == ((Cell("甲", 2, 1), Cell("乙")), (Cell("丙"), Cell("丁", 1, 3)))
    assert text[slice(*table.span)] == "甲\t乙\n丙\t丁"


@pytest.mark.parametrize("marked", [True, False])
def test_the_rows_of_a_table_have_equal_numbers_of_cells(*, marked: bool) -> None:
    table = "学校\t班级\t人数\t备注\n一中\t12\t600\t\n二中\t10\t\t\n三中\t8\n"
    text = f"2024年工作总结\n各校情况如下，请审阅。\n{table}其他工作顺利完成。\n"
    start = text.index("学校")
    marks = (Mark("table", start, start + len(table) - 1),) if marked else ()
    [document] = parse(cleaned_text(text, marks))
    found = document.main.body[1]
    assert [[cell.text for cell in row] for row in found.rows or ()] == [
        ["学校", "班级", "人数", "备注"],
        ["一中", "12", "600", ""],
        ["二中", "10", "", ""],
        ["三中", "8", "", ""],
    ]
    assert text[slice(*found.span)] == table[:-1]


def test_a_table_of_one_column_is_the_page_and_no_table() -> None:
    text = "关于放假的通知\n各学校：\n放假一天，请遵照执行。\n太仓市教育局\n2024年3月1日\n"
    [document] = parse(cleaned_text(text, (Mark("table", 0, len(text)),)))
    assert document.main.title == "关于放假的通知"
    assert document.main.signature_orgs == ("太仓市教育局",)


def test_text_behind_the_end_that_is_nothing_known_stays_in_the_body_with_a_notice() -> None:
    text = (
        "关于放假的通知\n各学校：\n放假一天。\n太仓市教育局\n2024年3月1日\n本网讯，记者从市教育局获悉，全市学校放假。\n"
    )
    [document] = parse(cleaned_text(text))
    assert [block.text[:4] for block in document.main.body] == ["放假一天", "本网讯，"]
    [notice] = document.notices
    assert (notice.code, notice.span) == ("D104", (text.index("本网讯"), len(text) - 1))


def test_text_above_the_title_stays_before_the_body_with_a_notice() -> None:
    text = "信息公开目录\n首页 | 政务公开\n关于放假的通知\n各学校：\n放假一天。\n太仓市教育局\n2024年3月1日\n"
    [document] = parse(cleaned_text(text))
    assert document.main.title == "关于放假的通知"
    assert [block.line for block in document.main.body] == ["信息公开目录", "首页 | 政务公开", "放假一天。"]
    [notice] = document.notices
    assert (notice.code, notice.span) == ("D104", (0, text.index("\n关于")))


@pytest.mark.parametrize(
    ("between", "title", "agencies"),
    [
        ("", "江苏省教育厅关于放假的通知", None),
        ("\n \u3000\n", "江苏省教育厅关于放假的通知", None),
        ("首页　政务公开\n", "关于放假的通知", ("江苏省教育厅",)),
    ],
)
def test_an_agency_is_of_the_title_only_where_the_source_has_them_together(
    between: str, title: str, agencies: tuple[str, ...] | None
) -> None:
    banner, rest = "江苏省教育厅\n", "关于放假的通知\n各学校：\n放假一天。\n江苏省教育厅\n2024年3月1日\n"
    source = banner + between + rest
    removed = AppliedEdit("lines", len(banner), len(banner) + len(between), between, "")
    decoded = cleaned_text(source).decoded
    [document] = parse(Cleaned(decoded, banner + rest, (Pass((removed,)),) if between else ()))
    assert document.main.title == title
    mark = document.header.issuer_mark
    assert (mark and mark.agencies) == agencies


def marked(text: str, *marks: tuple[str, str, str | None]) -> Cleaned:
    """A clean text with marks: their kind, the words they stand on, their value."""
    places = [(kind, text.index(words), text.index(words) + len(words), value) for kind, words, value in marks]
    return cleaned_text(text, tuple(Mark(kind, start, stop, value) for kind, start, stop, value in places))


@pytest.mark.parametrize(
    ("line", "bold", "heading"),
    [
        ("（一）加强领导：各级各部门要高度重视。", "（一）加强领导：", "加强领导："),
        ("（一）加强领导：各级各部门要高度重视。", "（一）加强领导", "加强领导："),
        ("（一）坚持原则。统筹兼顾。各地要抓好落实。", "（一）坚持原则。统筹兼顾。", "坚持原则。统筹兼顾。"),
        ("（一）加强领导　各级各部门要高度重视。", "（一）加强领导", "加强领导"),
        ("（一）加强领导。各级各部门要高度重视。", "（一）加强领导。各级", "加强领导。"),
        ("（一）2024年完成投资3亿元，增长5%；", "（一）2024年完成", None),
        ("（一）加强领导：各级各部门要高度重视。", "（一）", None),
    ],
)
def test_bold_type_ends_a_heading_where_the_text_does_not_contradict(line: str, bold: str, heading: str) -> None:
    text = f"关于做好安全工作的通知\n各校：\n现通知如下。\n{line}\n请认真落实。\n"
    [document] = parse(marked(text, ("bold", bold, None)))
    block = document.main.body[1]
    assert (block.heading, block.line) == (heading, line)


def test_a_short_line_in_bold_is_a_heading_and_lines_all_in_bold_are_none() -> None:
    text = "关于做好安全工作的通知\n各校：\n现通知如下。\n总体要求\n完善制度，落实责任\n请认真落实。\n"
    [one] = parse(marked(text, ("bold", "总体要求", None)))
    assert [(block.type, block.line) for block in one.main.body][1:3] == [
        ("heading", "总体要求"),
        ("paragraph", "完善制度，落实责任"),
    ]
    [all_bold] = parse(marked(text, ("bold", "总体要求", None), ("bold", "完善制度，落实责任", None)))
    assert all_bold.main.body[1].type == "paragraph"


def test_the_line_that_the_source_makes_a_main_heading_is_the_title() -> None:
    text = "梅川动态\n梅川市召开教育工作会议\n本网讯，今天上午召开会议，部署工作。\n"
    [document] = parse(marked(text, ("heading", "梅川市召开教育工作会议", "1")))
    assert document.main.title == "梅川市召开教育工作会议"
    assert [block.line for block in document.main.body] == ["梅川动态", "本网讯，今天上午召开会议，部署工作。"]


def test_an_agency_over_a_title_that_alone_is_a_heading_is_its_mark() -> None:
    text = "江苏省教育厅\n关于放假的通知\n各学校：\n放假一天。\n江苏省教育厅\n2024年3月1日\n"
    [document] = parse(marked(text, ("heading", "关于放假的通知", "1")))
    assert document.main.title == "关于放假的通知"
    assert document.header.issuer_mark is not None
    assert document.header.issuer_mark.agencies == ("江苏省教育厅",)
    [plain_text] = parse(cleaned_text(text))
    assert (plain_text.main.title, plain_text.header.issuer_mark) == ("江苏省教育厅关于放假的通知", None)


def test_a_date_that_is_none_is_kept_as_printed_with_a_notice() -> None:
    [document] = parse(cleaned_text("关于放假的通知\n各学校：\n放假一天。\n太仓市教育局\n2024年2月30日\n"))
    assert (document.main.issue_date, document.main.issue_date_raw) == (None, "2024年2月30日")
    assert [notice.code for notice in document.notices] == ["D106"]


def test_a_text_without_ink_holds_no_document() -> None:
    assert parse(cleaned_text("")) == []
    assert parse(cleaned_text("\n \n\u3000\n")) == []


BARE = "2024年武进教育工作要点\n2024年，武进教育将深入推进改革。\n"


def test_a_supplied_element_is_read_checked_and_remembered() -> None:
    [bare] = parse(cleaned_text(BARE))
    given = supply(bare, {"文号": "武教〔2024〕3号", "抄送": "区委办公室，区政府办公室。", "署名": "武进区教育局"})
    assert (bare.official, given.official) == (False, True)
    assert given.header.doc_number == read_doc_number("武教〔2024〕3号")
    assert given.colophon.cc is not None
    assert given.colophon.cc.names == ("区委办公室", "区政府办公室")
    assert given.origins == dict.fromkeys(("/header/doc_number", "/colophon/cc", "/main/signature_orgs"), "user")
    assert given.trace is bare.trace


def test_a_supplied_title_changes_genre_and_kind_and_loses_its_place() -> None:
    [bare] = parse(cleaned_text(BARE))
    given = supply(bare, {"标题": "关于印发《2024年教育工作总结》的通知", "/main/body/0/text": "改过的正文。"})
    assert (given.genre, given.kind) == ("通知", "工作总结")
    assert "/main/title" in bare.spans
    assert "/main/title" not in given.spans
    assert given.main.body[0].text == "改过的正文。"


@pytest.mark.parametrize("element", ELEMENTS, ids=lambda element: element.names[0])
def test_every_element_takes_its_own_example_by_every_name(element: Any) -> None:
    [bare] = parse(cleaned_text(BARE))
    by_name = [supply(bare, {name: element.example}) for name in (*element.names, element.pointer)]
    assert all(one == by_name[0] for one in by_name)
    assert by_name[0].origins[element.pointer] == "user"
    assert Document.from_json(by_name[0].to_json()) == by_name[0]


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("文好", "x", "文号"),
        ("成文日期", "昨天", "2025年2月7日"),
        ("成文日期", "2024年13月40日", "2025年2月7日"),
        ("成文日期", "2024年2月30日", "2025年2月7日"),
        ("/main/issue_date", "2023-02-29", "2025年2月7日"),
        ("印发日期", "2024年13月40日", "2025年2月7日"),
        ("印发日期", "某年某月", "2025年2月7日"),
        ("文号", "太教2025", "太教〔2025〕2号"),
        ("/main/titel", "x", "/main/title"),
        ("文种", "小说", "通知"),
        ("/main/body/0/level", "9", "does not fit"),
        ("/main/body/99/text", "x", "no field"),
        ("/id", "x", "cannot be given"),
        ("标题", "", "标题"),
    ],
)
def test_what_cannot_be_supplied_is_refused_with_the_right_way(name: str, value: str, says: str) -> None:
    [bare] = parse(cleaned_text(BARE))
    with pytest.raises(UsageError, match=says):
        supply(bare, {name: value})
