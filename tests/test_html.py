"""Web pages: the document found in pages of many makes, what stands around it left out, every page given back."""

from __future__ import annotations

import random
import re
import time
from itertools import islice
from pathlib import Path
from statistics import mean

import pytest

from govdoc.edits import undo_passes
from govdoc.parsing import parse
from govdoc.readers.steps import STEPS
from html_pages import FILES, clean_page, expected, mutants, plain, read_markup, read_page, score

CODES = {step.code for step in STEPS}


def marks(text: str, kind: str) -> list[tuple[str, str | None, str | None]]:
    return [(text[m.start : m.stop], m.value, m.key) for m in read_markup(text).marks if m.kind == kind]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_document_of_each_make_of_page(path: Path) -> None:
    cleaned = clean_page(path)
    text, metadata = expected(path)
    found = score(path, cleaned.text)
    assert found.recall >= 0.995
    assert found.chrome <= 0.005
    assert cleaned.text.splitlines() == text.splitlines()
    said = {mark.key: mark.value for mark in cleaned.marks if mark.kind == "metadata"}
    assert metadata.items() <= said.items()
    assert cleaned.undo() == path.read_bytes()


def check_whole(text: str) -> None:
    read = read_markup(text)
    assert undo_passes(read.plain, read.reading) == text
    assert {edit.rule for one in read.reading for edit in one.edits} <= CODES
    assert all(0 <= mark.start <= mark.stop <= len(text) for mark in read.marks)
    assert all(notice.span is None or 0 <= notice.span[0] <= notice.span[1] <= len(text) for notice in read.notices)


@pytest.mark.parametrize("part", range(4))
def test_damaged_pages_are_given_back(part: int) -> None:
    for text in islice(mutants(random.Random(part)), 250):  # noqa: S311 the same ones every time
        check_whole(text)


HOSTILE = {
    "open tags": "<a " * 80_000,
    "comments": "<!--" * 80_000,
    "declarations": "<!" * 200_000,
    "sections": "<![CDATA[" * 80_000,
    "quotes": '<a x="' * 80_000,
    "mixed quotes": "<a x=\"'" * 80_000,
    "quoted ends": '<a x=">" ' * 60_000,
    "values never closed": '<a x="> ' * 60_000,
    "equal signs": "<a " + "= " * 300_000 + '"',
    "scripts": "<script>" * 60_000,
    "scripts that nearly end": "<script>" + "</scripty>" * 60_000,
    "deep blocks": "<div>" * 10_000 + "工作。",
    "deep text": "<div>x" * 10_000,
    "deep inline": "<b><i>" * 20_000 + "x" + "</b></i>" * 20_000,
    "stray ends": "<div>" * 5_000 + "</p></span></td>" * 20_000,
    "tables": "<table>" * 10_000,
    "tables in cells": "<table><tr><td>x" * 10_000,
    "spans": "<table>" + ("<tr>" + "<td rowspan=9999 colspan=9999>x" * 10) * 300,
    "one attribute": '<p class="' + "x " * 1_000_000 + '">工作',
    "one attribute never closed": '<p class="' + "x " * 1_000_000,
    "ampersands": "&" * 1_000_000,
    "references": "&#x" * 300_000,
    "one reference": "&#" + "1" * 1_000_000,
    "angles": "<" * 500_000,
    "blanks": "<p>x" + " " * 2_000_000 + "y",
    "lines": "<pre>" + "x\n" * 50_000,
    "titles": "<title>" + "关于_" * 50_000 + "</title><p>工作。",
    "metas": "<meta name=a content=" * 20_000,
    "labels": "<tr><td>索引号：" * 10_000,
    "links": "<a href=x.doc>附件</a>" * 20_000,
    "headings": "<h1>关于某某工作的通知" * 4_000,
    "hidden": "<span hidden>" * 8_000 + "</span>" * 8_000,
    "lists": "<ul><li>" * 8_000 + "x",
    "selectors of lists": "<style>" + "li, " * 50_000 + "</style>" + "li, " * 50_000,
    "styles of lists": "<style>li {" + "list-style: " * 20_000 + "</style>x",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_markup_takes_time_in_proportion(name: str) -> None:
    text = HOSTILE[name]
    start = time.process_time()
    check_whole(text)
    # The slowest takes about 1 s here; what is quadratic takes minutes.
    assert time.process_time() - start < 15


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<p>甲</p><p>乙</p>", "甲\n乙\n"),
        ("<p>甲<br>乙<br/>丙</p>", "甲\n乙\n丙\n"),
        ("<p>甲</p><p><br></p><p>乙</p>", "甲\n\n乙\n"),
        ("<p><span>根据</span><span lang=EN-US>2021</span><b>年</b>工作<o:p></o:p></p>", "根据2021年工作\n"),
        ("<div>第一行\n第二行 third\nfourth</div>", "第一行第二行 third fourth\n"),
        ("<p>甲 <b> 乙</b></p>", "甲 乙\n"),
        ("<p> \n 甲\t\n</p>", "甲\n"),
        ("<p>&nbsp;&#12288;甲</p>", "\u00a0\u3000甲\n"),
        ("<p>&ldquo;甲&#8221;&#x4e59;&#147;丙&#148;&lt;丁&gt;&nbsp戊&bsp;</p>", "“甲”乙“丙”<丁>\u00a0戊&bsp;\n"),
        ("<p>&amp;nbsp;</p>", "&nbsp;\n"),
        ("<p>甲&#10;乙&#0;丙</p>", "甲 乙\ufffd丙\n"),
        ("<pre>  甲\n\n乙 &amp; 丙</pre>", "  甲\n\n乙 & 丙\n"),
        ("<b><p>甲</b>乙</p>", "甲乙\n"),
        ("<div>甲<p>乙<div>丙</div>丁", "甲\n乙\n丙\n丁\n"),
        ("<ul><li>甲<li>乙</ul>", "甲\n乙\n"),
        ("<!--[if gte mso 9]><xml>x</xml><![endif]--><p>甲<![if !supportLists]>乙<![endif]></p>", "甲乙\n"),
        ("<p>甲<script>if (a<b) document.write('<p>x</p>')</script>乙</p>", "甲乙\n"),
        ("<p>甲</p><script src=x.js /><p>乙</p>", "甲\n乙\n"),
        ("<p>甲</p><script>var a = 1;", "甲\n"),
        ("<p>甲</p><!-- 乙 <p>丙</p>", "甲\n乙\n丙\n"),
        ("<p>甲<textarea>x</textarea><select><option>y</select><button>z</button>乙</p>", "甲乙\n"),
        ("<p>甲</p><iframe width='100%'>100%</iframe>", "甲\n"),
        ("<p>甲<span style='display: none'>x</span><i hidden>y</i>乙</p>", "甲乙\n"),
        ("<p aria-hidden=true style='overflow: hidden'>甲</p>", "甲\n"),
        ("<p>面积500m<sup>2</sup>，10<SUP>4</SUP>元，注<sup>见后</sup></p>", "面积500m²，10⁴元，注见后\n"),
        ("<p><ruby>玥<rp>(</rp><rt>yuè</rt><rp>)</rp></ruby>湖<ruby>喆<rt>zhé</ruby>片区</p>", "玥湖喆片区\n"),
        ("<p>PM<2.5，3<b，且a<丙</p>", "PM<2.5，3<b，且a<丙\n"),
        ("<p title='a>b' data-x=\"<p>\">甲</p>", "甲\n"),
        ("<p class=\"x>甲</p><p class=\"y\">乙</p>", "甲\n乙\n"),
        ("<span style='display:block'>甲</span><span style='display:block'>乙</span>", "甲\n乙\n"),
        ("甲", "甲\n"),
        ("甲\n  乙 <b>丙</b>\n", "甲\n  乙 丙\n"),
        ("", ""),
        ("<p></p>", ""),
    ],
)  # fmt: skip
def test_lines_are_those_a_browser_shows(page: str, text: str) -> None:
    assert plain(page) == text
    check_whole(page)


def test_a_page_hidden_until_its_script_runs_is_read() -> None:
    assert plain("<div style='visibility: hidden'><p>经研究，决定召开会议。</p></div>") == "经研究，决定召开会议。\n"


TABLE = """<p>现将安排印发如下，请遵照执行。</p><table border=1>
<tr><th rowspan=2>档次</th><th colspan=2>标准<br>（元）</th></tr><tr><td>县</td><td>省</td></tr>
<tr><td><p>甲</p></td><td></td><td>30</td></tr><tr><td colspan=3></td></tr>
<tr><td></td><td>张三<br>李四</td><td></td></tr>
</table><p>特此通知。</p>"""


def test_a_table_of_merged_cells_stays_rectangular() -> None:
    assert plain(TABLE).splitlines()[1:-1] == ["档次\t标准（元）", "县\t省", "甲\t\t30", "\t张三 李四\t"]
    (table,) = marks(TABLE, "table")
    assert table[0].startswith("<th rowspan=2>档次")
    cells = [value for _, value, _ in marks(TABLE, "cell")]
    assert cells[:5] == ["0,0,2,1", "0,1,1,2", "1,1,1,1", "1,2,1,1", "2,0,1,1"]
    assert cells[-3:] == ["3,0,1,1", "3,1,1,1", "3,2,1,1"]


def test_the_parser_takes_the_cells_of_a_table() -> None:
    from govdoc.cleaning import clean

    (document,) = parse(clean(read_markup(TABLE)))
    (block,) = (block for block in document.main.body if block.type == "table")
    assert block.rows is not None
    spans = [[(cell.text, cell.rowspan, cell.colspan) for cell in row] for row in block.rows]
    assert spans[0] == [("档次", 2, 1), ("标准（元）", 1, 2)]
    assert spans[3] == [("", 1, 1), ("张三 李四", 1, 1), ("", 1, 1)]


def test_a_table_that_lays_out_the_page_is_none() -> None:
    inner = "".join(f"<p>第{n}段，认真做好各项工作，确保完成全年目标任务。</p>" for n in range(9))
    page = f"<table border=1><tr><td>标题</td></tr><tr><td>{inner}</td><td>侧栏</td></tr></table>"
    assert not marks(page, "table")
    assert len(plain(page).splitlines()) >= 9


def test_the_columns_of_an_imprint_are_one_line() -> None:
    page = "<p>各单位要认真贯彻落实，并及时上报。</p><table><tr><td>某市教育局办公室</td>"
    page += "<td><p>2024年1月2日印发</p></td></tr></table>"
    assert plain(page).splitlines()[1:] == ["某市教育局办公室\u3000\u30002024年1月2日印发"]


def test_pages_whose_elements_have_no_names_are_read_by_what_they_hold() -> None:
    nameless = re.compile(r"""\s(?:class|id|role|itemprop|data-[\w-]+)=(?:"[^"]*"|'[^']*'|[^\s>]+)""")
    found = [score(path, read_markup(nameless.sub("", read_page(path.read_bytes()).text)).plain) for path in FILES]
    assert mean(one.recall for one in found) >= 0.99
    assert mean(one.chrome for one in found) <= 0.04


def test_structure_becomes_marks() -> None:
    page = (
        "<h2 align=center>办法</h2><p style='text-indent:2em'><strong>一、总则。</strong>为规范工作，制定本办法。</p>"
        "<p style='text-align: right'>教育局</p><center>附</center><p class='has-text-align-right'>2025年</p>"
    )
    assert marks(page, "heading") == [("办法", "2", None)]
    assert [text for text, *_ in marks(page, "centred")] == ["办法", "附"]
    assert [text for text, *_ in marks(page, "right-aligned")] == ["教育局", "2025年"]
    assert [text.startswith("一、总则。") for text, *_ in marks(page, "bold")] == [True]
    assert len(marks(page, "indented")) == 1


def test_pictures_and_files_become_marks() -> None:
    page = (
        "<p>流程见下图，请各单位遵照执行。</p><p><img src='a/flow.jpg' alt='流程图'></p><p><img src=b.jpg></p>"
        "<p><img src=/icons/dot.gif width=10>详见附件。</p>"
        "<p><a href='x.pdf?id=1'>附件1.名单</a> <a href=y.html>首页</a></p>"
    )
    assert "[图片：流程图]\n[图片2]\n详见附件。" in plain(page)
    assert [(value, key) for _, value, key in marks(page, "image")] == [("a/flow.jpg", "流程图"), ("b.jpg", None)]
    assert marks(page, "link") == [("附件1.名单", "x.pdf?id=1", None)]
    assert [notice.code for notice in read_markup(page).notices] == ["H302", "H302"]


def test_a_picture_is_a_block_of_its_own() -> None:
    from govdoc.cleaning import clean

    page = "<p>为做好工作，现将流程公布如下。</p><p><img src='a/flow.jpg' alt='流程图'></p><p>特此通知。</p>"
    (document,) = parse(clean(read_markup(page)))
    (block,) = (block for block in document.main.body if block.type == "image")
    assert (block.text, block.src) == ("流程图", "a/flow.jpg")


REST = "<p>青山县教育局关于放假的通知</p><p>各学校：</p><p>放假一天。</p><p>青山县教育局</p><p>2024年3月1日</p>"


@pytest.mark.parametrize("colon", ["", "："])
def test_an_index_may_have_its_labels_in_one_row_and_its_values_in_the_next(colon: str) -> None:
    entries = {
        "索引号": "000014349/2018-00222",
        "主题分类": "教育",
        "发文机关": "青山县教育局",
        "成文日期": "2024年3月1日",
    }
    rows = ([f"{key}{colon}" for key in entries], entries.values())
    table = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    page = f"<html><body><table>{table}</table><div>{REST}</div></body></html>"
    assert {key: value for _, value, key in marks(page, "metadata")} == entries
    assert "索引号" not in plain(page)
    assert "000014349" not in plain(page)


def test_a_list_of_documents_is_no_index() -> None:
    rows = (("文件名称", "公开形式", "发文日期"), ("甲办法", "网站", "2024-03-01"), ("乙办法", "网站", "2024-03-02"))
    table = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    page = f"<html><body><div>{REST}<table border=1>{table}</table></div></body></html>"
    assert "甲办法" in plain(page)
    assert not marks(page, "metadata")


def test_what_the_page_says_of_itself_becomes_metadata() -> None:
    page = (
        "<title>关于某事的通知_某局</title><meta name=PubDate content='2020-01-02'><div>来源：<span>某局</span></div>"
        "<table><tr><td>索 引 号：</td><td>1/2-3</td><td>公开范围：</td><td>面向<b>社会</b></td></tr>"
        "<tr><td>有效性：</td><td></td></tr></table>"
        "<div id=zoom><p>各单位：</p><p>请认真做好工作，并及时上报。</p><p>某局</p></div>"
    )
    said = {key: value for _, value, key in marks(page, "metadata")}
    assert said == {"索引号": "1/2-3", "公开范围": "面向社会", "来源": "某局", "发布时间": "2020-01-02"}
    assert marks(page, "page-title") == [("关于某事的通知_某局", "关于某事的通知_某局", None)]
    assert plain(page) == "各单位：\n请认真做好工作，并及时上报。\n某局\n"


def test_a_sentence_outside_the_article_is_left_in_with_a_notice() -> None:
    page = (
        "<div id=zoom>" + "<p>一、认真做好各项工作，确保完成全年目标任务。</p>" * 5 + "</div>"
        "<div><p>各地在执行中遇到的问题，请及时报告省人民政府办公厅，并抄送有关部门研究处理。</p></div>"
        "<div><a href=1.html>关于某事的通知</a></div>"
    )
    read = read_markup(page)
    assert "研究处理。" in read.plain
    assert "关于某事的通知" not in read.plain
    assert [notice.code for notice in read.notices] == ["H301"]


def test_addresses_of_mail_are_no_links_to_other_pages() -> None:
    page = (
        "<html><body><div><p>关于公示拟推荐项目名单的通知</p><p>各学院：</p>"
        "<p>经学院推荐、专家评审和学校审定，现将拟推荐项目名单予以公示，公示期为五个工作日，有异议的可以来信来电反映。</p>"
        '<p>电子邮箱：<a href="mailto:jwb@example.edu.cn">jwb@example.edu.cn</a>（教务部）</p>'
        '<p><a href="mailto:jcc@example.edu.cn">jcc@example.edu.cn</a>（监察处）</p>'
        "<p>教务部</p><p>2019年5月10日</p></div></body></html>"
    )
    assert "\njcc@example.edu.cn（监察处）\n" in read_markup(page).plain


BODY = "<p>为做好汛期工作，现就有关事项通知如下。</p><p>各单位要认真落实，确保安全度汛。</p>"

NUMBERED = {
    "decimal": ("<ol><li>摸清底数。<li>建立台账。</ol>", ["1.摸清底数。", "2.建立台账。"]),
    "start and value": (
        "<ol start='3'><li>摸清底数。</li><li value=7>建立台账。</li><li>按时上报。</li></ol>",
        ["3.摸清底数。", "7.建立台账。", "8.按时上报。"],
    ),
    "reversed": ("<ol reversed><li>摸清底数。</li><li>建立台账。</li></ol>", ["2.摸清底数。", "1.建立台账。"]),
    "ideographs": (
        "<ol style='list-style-type: cjk-ideographic' start=10><li>摸清底数。</li><li>建立台账。</li></ol>",
        ["十、摸清底数。", "十一、建立台账。"],
    ),
    "nested": (
        '<ol style="list-style-type:simp-chinese-informal"><li><p>摸清底数。</p>'
        "<ol><li>逐户登记。</li><li>逐户核对。</li></ol></li><li>建立台账。</li></ol>",
        ["一、摸清底数。", "1.逐户登记。", "2.逐户核对。", "二、建立台账。"],
    ),
    "type": ("<ol type=a><li>摸清底数。</li><li>建立台账。</li></ol>", ["a.摸清底数。", "b.建立台账。"]),
    "own numbers": ("<ol><li>1.摸清底数。</li><li>2.建立台账。</li></ol>", ["1.摸清底数。", "2.建立台账。"]),
    "own ideographs": (
        "<ol><li>（一）摸清底数。</li><li>（二）建立台账。</li></ol>",
        ["（一）摸清底数。", "（二）建立台账。"],
    ),
    "none": ("<ol style='list-style:none'><li>摸清底数。</li><li>建立台账。</li></ol>", ["摸清底数。", "建立台账。"]),
    "none by the page": (
        "<style>ul, ol{margin:0;list-style:none}</style><ol><li>摸清底数。</li><li>建立台账。</li></ol>",
        ["摸清底数。", "建立台账。"],
    ),
    "bullets": ("<ul><li>摸清底数。</li><li>建立台账。</li></ul>", ["摸清底数。", "建立台账。"]),
}


@pytest.mark.parametrize("name", NUMBERED)
def test_numbers_a_browser_draws_are_in_the_text(name: str) -> None:
    markup, lines = NUMBERED[name]
    page = f"<div id='zoom'>{BODY}{markup}</div>"
    assert plain(page).splitlines()[2:] == lines
    check_whole(page)


INDENTED = (
    "<div id='zoom'>　　为确保水库安全度汛，现就有关事项通知如下：<br>　　{}<br>　　二、加强值守<br>"
    "　　实行24小时值班。<br>　　各地要抓好落实。</div>"
)

BROKEN = {
    "flush among indented": (
        INDENTED.format("一、对落实防汛责任制不力的镇村干部<br>由区水务局约谈，情节严重的移送处理。"),
        "一、对落实防汛责任制不力的镇村干部由区水务局约谈，情节严重的移送处理。",
    ),
    "a word left open": (
        f"<div id='zoom'>{BODY}<p>一、对不落实防汛责任的<br>单位，予以通报批评</p></div>",
        "一、对不落实防汛责任的单位，予以通报批评",
    ),
    "an amount": (
        f"<div id='zoom'>{BODY}<p>一、全年投入1.2<br>亿元用于除险加固。</p></div>",
        "一、全年投入1.2亿元用于除险加固。",
    ),
    "a stop at the beginning": (
        f"<div id='zoom'>{BODY}<p>一、严格执行值班制度<br>，按时上报信息。</p></div>",
        "一、严格执行值班制度，按时上报信息。",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_break_inside_a_sentence_is_no_end(name: str) -> None:
    page, line = BROKEN[name]
    assert line in [one.strip() for one in plain(page).splitlines()]
    assert "H106" in {edit.rule for one in read_markup(page).reading for edit in one.edits}
    check_whole(page)


MEANT = {
    "a heading over its text": (
        f"<div id='zoom'>{BODY}<p>一、提高认识，加强领导<br>各单位要高度重视，认真落实。</p></div>"
    ),
    "a heading over indented text": INDENTED.format(
        "一、落实防汛责任，加强巡查值守工作<br>　　严格落实责任制，加强巡查。"
    ),
    "a title": "<div id='zoom'><p align=center>关于做好全市水库安全度汛的<br>若干意见，规定和办法</p>"
    + BODY
    + "</div>",
    "a signature": f"<div id='zoom'>{BODY}<p>曲江区水务局和<br>曲江区财政局<br>2020年5月15日</p></div>",
    "a list of names": f"<div id='zoom'>{BODY}<p>曲江区第一中学<br>曲江区第二中学<br>曲江区第三中学</p></div>",
    "an item": f"<div id='zoom'>{BODY}<p>一、目的<br>1.摸清底数，建立台账。</p></div>",
    "an empty line": f"<div id='zoom'>{BODY}<p>一、对落实不力的<br><br>单位，予以通报。</p></div>",
}


@pytest.mark.parametrize("name", MEANT)
def test_a_break_that_is_meant_stays(name: str) -> None:
    assert "H106" not in {edit.rule for one in read_markup(MEANT[name]).reading for edit in one.edits}
