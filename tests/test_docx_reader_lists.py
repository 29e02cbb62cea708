"""Automatic numbers as a reader sees them, and tables as the grid their cells cover."""

from __future__ import annotations

import pytest

import govdoc
from govdoc.readers.numerals import numeral
from govdoc.source import Source
from word_files import decoded, docx, lines, p, r, tbl, tc

NUMERALS = {
    "decimal": {1: "1", 12: "12"},
    "decimalZero": {7: "07", 12: "12"},
    "decimalFullWidth": {10: "１０"},
    "decimalEnclosedCircle": {1: "①", 20: "⑳", 21: "㉑", 35: "㉟", 36: "㊱", 50: "㊿", 51: "51"},
    "decimalEnclosedCircleChinese": {3: "③"},
    "decimalEnclosedParen": {1: "⑴", 20: "⒇", 21: "21"},
    "decimalEnclosedFullstop": {1: "⒈", 20: "⒛"},
    "chineseCounting": {1: "一", 10: "十", 11: "十一", 20: "二十", 21: "二十一", 99: "九十九", 101: "一〇一"},
    "chineseCountingThousand": {10: "十", 100: "一百", 101: "一百零一", 110: "一百一十",
                                1002: "一千零二", 12000: "一万二千"},
    "japaneseCounting": {11: "十一"},
    "taiwaneseCountingThousand": {21: "二十一"},
    "ideographDigital": {10: "一〇", 205: "二〇五"},
    "chineseLegalSimplified": {1: "壹", 10: "壹拾", 21: "贰拾壹"},
    "ideographTraditional": {1: "甲", 10: "癸", 11: "甲"},
    "ideographZodiac": {1: "子", 12: "亥"},
    "ideographEnclosedCircle": {1: "㊀", 10: "㊉"},
    "upperRoman": {4: "IV", 9: "IX", 1999: "MCMXCIX", 4000: "4000"},
    "lowerRoman": {3: "iii"},
    "upperLetter": {1: "A", 26: "Z", 27: "AA", 53: "AAA", 10**9: "1000000000"},
    "lowerLetter": {2: "b"},
    "ordinal": {1: "1st", 2: "2nd", 11: "11th", 23: "23rd"},
    "numberInDash": {3: "- 3 -"},
    "none": {3: ""},
    "someFormatOfTomorrow": {3: "3"},
}  # fmt: skip


@pytest.mark.parametrize("style", NUMERALS)
def test_numbers_in_every_format(style: str) -> None:
    assert {number: numeral(number, style) for number in NUMERALS[style]} == NUMERALS[style]


def level(place: int, style: str, text: str, more: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{place}"><w:start w:val="{start}"/><w:numFmt w:val="{style}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def abstract(id_: int, *levels: str, more: str = "") -> str:
    return f'<w:abstractNum w:abstractNumId="{id_}">{more}{"".join(levels)}</w:abstractNum>'


def num(id_: int, of: int, more: str = "") -> str:
    return f'<w:num w:numId="{id_}"><w:abstractNumId w:val="{of}"/>{more}</w:num>'


def item(text: str, place: int | None = 0, list_: int = 1, more: str = "") -> str:
    ilvl = "" if place is None else f'<w:ilvl w:val="{place}"/>'
    return p(text, f'{more}<w:numPr>{ilvl}<w:numId w:val="{list_}"/></w:numPr>')


CHINESE = abstract(
    0,
    level(0, "chineseCountingThousand", "%1、"),
    level(1, "chineseCountingThousand", "（%2）"),
    level(2, "decimal", "%3."),
    level(3, "decimal", "（%4）"),
    level(4, "decimalEnclosedCircle", "%5"),
) + num(1, 0)


def test_the_levels_of_a_document() -> None:
    body = item("总体要求") + item("目标", 1) + item("原则", 1) + item("任务") + item("建设", 1) + item("甲", 2)
    body += item("乙", 2) + item("丙", 3) + item("丁", 4) + item("保障")
    assert lines(body, numbering=CHINESE) == [
        "一、总体要求", "（一）目标", "（二）原则", "二、任务", "（一）建设",
        "1.甲", "2.乙", "（1）丙", "①丁", "三、保障",
    ]  # fmt: skip


def test_numbers_of_higher_levels_in_a_number() -> None:
    numbering = abstract(
        0, level(0, "upperRoman", "%1."), level(1, "decimal", "%1.%2"), level(2, "decimal", "%1.%2.%3", "<w:isLgl/>")
    ) + num(1, 0)
    body = item("甲") + item("乙", 1) + item("丙", 2) + item("丁", 2) + item("戊") + item("己", 2)
    wanted = ["I.甲", "I.1 乙", "1.1.1 丙", "1.1.2 丁", "II.戊", "2.1.1 己"]
    assert lines(body, numbering=numbering) == wanted


def test_a_list_goes_on_after_text_and_begins_anew_where_it_says_so() -> None:
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbering = abstract(0, level(0, "decimal", "%1.")) + num(1, 0) + num(2, 0) + num(3, 0, override)
    body = item("甲") + p("正文") + item("乙") + item("丙", list_=2) + item("丁", list_=3) + item("戊", list_=3)
    assert lines(body, numbering=numbering) == ["1.甲", "正文", "2.乙", "3.丙", "1.丁", "2.戊"]


def test_levels_that_do_not_begin_anew() -> None:
    never = abstract(0, level(0, "decimal", "%1."), level(1, "decimal", "(%2)", '<w:lvlRestart w:val="0"/>')) + num(
        1, 0
    )
    body = item("甲") + item("乙", 1) + item("丙") + item("丁", 1)
    assert lines(body, numbering=never) == ["1.甲", "(1)乙", "2.丙", "(2)丁"]


def test_a_level_of_a_list_overridden_whole() -> None:
    override = f'<w:lvlOverride w:ilvl="0">{level(0, "upperLetter", "%1、", start=3)}</w:lvlOverride>'
    numbering = abstract(0, level(0, "decimal", "%1.")) + num(1, 0, override)
    assert lines(item("甲") + item("乙"), numbering=numbering) == ["C、甲", "D、乙"]


def test_numbers_that_styles_bring() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/>'
        "</w:numPr></w:pPr></w:style>"
        '<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/><w:basedOn w:val="1"/>'
        '<w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="3"><w:name w:val="条"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
        "</w:pPr></w:style>"
    )
    numbering = abstract(
        0,
        level(0, "chineseCounting", "%1、"),
        level(1, "chineseCounting", "（%2）"),
        level(2, "decimal", "第%3条", '<w:pStyle w:val="3"/>'),
    ) + num(1, 0)
    body = p("甲", '<w:pStyle w:val="1"/>') + p("乙", '<w:pStyle w:val="2"/>') + p("丙", '<w:pStyle w:val="3"/>')
    body += p("丁", '<w:pStyle w:val="1"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    assert lines(body, numbering=numbering, styles=styles) == ["一、甲", "（一）乙", "第1条\u3000丙", "丁"]


def test_a_list_that_a_style_of_lists_holds() -> None:
    styles = (
        '<w:style w:type="numbering" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    )
    numbering = abstract(0, more='<w:numStyleLink w:val="L"/>') + abstract(1, level(0, "decimal", "%1）"))
    numbering += num(1, 0) + num(2, 1)
    assert lines(item("甲") + item("乙"), numbering=numbering, styles=styles) == ["1）甲", "2）乙"]


def test_empty_items_count_and_are_not_shown() -> None:
    assert lines(item("甲") + item("") + item("乙"), numbering=CHINESE) == ["一、甲", "三、乙"]


def test_bullets_and_lists_that_are_not_there() -> None:
    bullets = abstract(0, level(0, "bullet", "\uf06c")) + num(1, 0) + num(3, 99)
    assert lines(item("甲") + item("乙", list_=2) + item("丙", list_=3), numbering=bullets) == ["●甲", "乙", "丙"]


def test_a_custom_format_stands_beside_the_old_one() -> None:
    custom = (
        '<mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" w:format="01, 02, 03"/></mc:Choice>'
        '<mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent>'
    )
    of = f'<w:lvl w:ilvl="0"><w:start w:val="1"/>{custom}<w:lvlText w:val="%1、"/></w:lvl>'
    assert lines(item("甲"), numbering=abstract(0, of) + num(1, 0)) == ["01、甲"]


def test_links_of_lists_that_go_round_end() -> None:
    styles = (
        '<w:style w:type="numbering" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    numbering = abstract(0, more='<w:numStyleLink w:val="L"/>') + num(1, 0)
    assert lines(item("甲"), numbering=numbering, styles=styles) == ["甲"]


# Tables.


def grid(body: str) -> list[tuple[str, str]]:
    """The cells of a table: text and place."""
    found = decoded(body)
    return [(found.text[m.start : m.stop], m.value or "") for m in found.marks if m.kind == "cell"]


DOWN, ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
TWO = '<w:gridSpan w:val="2"/>'
TABLES = {
    "plain": (tbl(tc("甲") + tc("乙"), tc("1") + tc("2")), ["甲\t乙", "1\t2"]),
    "an empty cell": (tbl(tc("甲") + tc("乙"), tc("") + tc("2")), ["甲\t乙", "\t2"]),
    "spans": (
        tbl(tc("序", DOWN) + tc("计划", TWO), tc("", ON) + tc("甲") + tc("乙"), tc("1") + tc("2") + tc("3")),
        ["序\t计划", "甲\t乙", "1\t2\t3"],
    ),
    "paragraphs in a cell": (tbl(tc(p("甲。") + p("乙。")) + tc("1")), ["甲。 乙。\t1"]),
    "words set upright": (tbl(tc(p("序") + p("号")) + tc("1")), ["序号\t1"]),
    "rows in content controls": (
        "<w:tbl><w:tblPr><w:tblBorders><w:insideV w:val='single'/></w:tblBorders></w:tblPr>"
        f"<w:sdt><w:sdtContent><w:tr>{tc('甲')}<w:sdt><w:sdtContent>{tc('乙')}</w:sdtContent></w:sdt></w:tr>"
        "</w:sdtContent></w:sdt></w:tbl>",
        ["甲\t乙"],
    ),
    "a deleted row": (
        tbl(tc("甲") + tc("乙"), "<w:trPr><w:del/></w:trPr>" + tc("丙") + tc("丁")),
        ["甲\t乙"],
    ),
    "a table in a cell": (
        tbl(tc("甲") + tc(tbl(tc("乙") + tc("丙")) + p("")), tc("1") + tc("2")),
        ["甲\t乙 丙", "1\t2"],
    ),
    "one column": (tbl(tc(p("甲") + p("乙")), tc("丙")), ["甲", "乙", "丙"]),
    "版记": (
        tbl(tc(p("抄送：某局。")), tc(p(r("某办") + "<w:r><w:tab/></w:r>" + r("2025年1月2日印发")))),
        ["抄送：某局。", "某办\u30002025年1月2日印发"],
    ),
    "without lines, only placed": (
        tbl(tc("某办公室") + tc("2025年1月2日印发"), ruled=False),
        ["某办公室\u30002025年1月2日印发"],
    ),
    "without lines, yet a table": (
        tbl(*(tc(f"{i}") + tc(f"{i}") for i in range(3)), ruled=False),
        ["0\t0", "1\t1", "2\t2"],
    ),
    "a joint mark": (
        tbl(tc("某市教育局") + tc("文件", DOWN), tc("某市财政局") + tc("", ON), ruled=False),
        ["某市教育局", "某市财政局文件"],
    ),
    "two tables": (tbl(tc("甲") + tc("乙")) + p("") + tbl(tc("丙") + tc("丁")), ["甲\t乙", "丙\t丁"]),
}


@pytest.mark.parametrize(("body", "wanted"), TABLES.values(), ids=TABLES)
def test_a_row_is_a_line(body: str, wanted: list[str]) -> None:
    assert lines(body) == wanted


def test_cells_know_their_places() -> None:
    body = tbl(tc("序", DOWN) + tc("计划", TWO), tc("", ON) + tc("甲") + tc("乙"), tc("1") + tc("2") + tc("3"))
    assert grid(body) == [
        ("序", "0,0,2,1"), ("计划", "0,1,1,2"), ("甲", "1,1,1,1"), ("乙", "1,2,1,1"),
        ("1", "2,0,1,1"), ("2", "2,1,1,1"), ("3", "2,2,1,1"),
    ]  # fmt: skip


def test_rows_of_nothing_are_left_out_and_spans_shrink() -> None:
    body = tbl(tc("甲", DOWN) + tc("1"), tc("", ON) + tc(""), tc("", ON) + tc("2"), tc("", DOWN) + tc("", DOWN))
    assert grid(body) == [("甲", "0,0,2,1"), ("1", "0,1,1,1"), ("2", "1,1,1,1")]


def test_the_old_way_of_merging_across() -> None:
    body = tbl(tc("甲", '<w:hMerge w:val="restart"/>') + tc("", "<w:hMerge/>") + tc("乙"), tc("1") + tc("2") + tc("3"))
    assert grid(body)[:2] == [("甲", "0,0,1,2"), ("乙", "0,2,1,1")]


def test_a_span_beyond_words_own_limit_is_cut() -> None:
    assert grid(tbl(tc("甲", '<w:gridSpan w:val="999999999"/>') + tc("乙")))[0] == ("甲", "0,0,1,63")


def test_a_merged_table_is_rectangular_in_the_canonical_document() -> None:
    body = p("关于下达计划的通知") + p("各单位：") + p("现将计划下达给你们，请认真执行。")
    body += tbl(tc("序", DOWN) + tc("计划", TWO), tc("", ON) + tc("甲") + tc("乙"), tc("1") + tc("2") + tc("3"))
    document = govdoc.parse(Source(docx(body), name="x.docx"))[0]
    table = next(block for block in document.main.body if block.type == "table")
    assert table.rows is not None
    assert [[(cell.text, cell.rowspan, cell.colspan) for cell in row] for row in table.rows] == [
        [("序", 2, 1), ("计划", 1, 2)],
        [("甲", 1, 1), ("乙", 1, 1)],
        [("1", 1, 1), ("2", 1, 1), ("3", 1, 1)],
    ]
