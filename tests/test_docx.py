"""The DOCX: its XML says what the standard asks, and LibreOffice's rendering shows it."""

from __future__ import annotations

import dataclasses
import io
import re
import zipfile

import docx as python_docx
import pytest
from lxml import etree

import page_documents as made
from govdoc.errors import ExportError
from govdoc.exporting import docx
from govdoc.exporting.docx_package import Core
from govdoc.layout.compose import compose
from govdoc.layout.composition import Paragraph, Run
from govdoc.model import Attachment, Block, Cell, Colophon, Document, Main, Printing
from govdoc.style import StyleSheet, load_style, pick_style

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MM = 72 / 25.4


def written(document: Document, style: StyleSheet | None = None) -> zipfile.ZipFile:
    data = docx.write(document, style or load_style("gbt9704")).data
    return zipfile.ZipFile(io.BytesIO(data))


def part(archive: zipfile.ZipFile, name: str = "word/document.xml") -> etree._Element:
    return etree.fromstring(archive.read(name))


def values(root: etree._Element, tag: str, attribute: str = "val") -> list[str]:
    return [found.get(W + attribute) for found in root.iter(W + tag)]


def texts(root: etree._Element, style_id: str) -> list[str]:
    """The texts of the paragraphs of a style, line ends as ``|``."""
    found = []
    for paragraph in root.iter(W + "p"):
        named = paragraph.find(f"{W}pPr/{W}pStyle")
        if named is not None and named.get(W + "val") == style_id:
            found.append(
                "".join("|" if node.tag == W + "br" else node.text or "" for node in paragraph.iter(W + "t", W + "br"))
            )
    return found


ALL = {
    "notice": made.notice(),
    "long": made.notice(9),
    "upward": made.upward(),
    "plain": made.plain(),
    "minutes": made.minutes(),
    "hanzi": made.pure_hanzi(),
}


@pytest.mark.parametrize("name", ALL)
def test_every_section_is_a4_with_the_margins_of_the_standard(name: str) -> None:
    root = part(written(ALL[name]))
    for section in root.iter(W + "sectPr"):
        size, margins = section.find(W + "pgSz"), section.find(W + "pgMar")
        assert (size.get(W + "w"), size.get(W + "h")) == ("11906", "16838")
        assert [margins.get(W + side) for side in ("top", "bottom", "left", "right")] == [
            "2098",
            "1984",
            "1587",
            "1474",
        ]
        assert margins.get(W + "footer") == "1440"
        assert section.find(W + "docGrid") is None


def test_the_geometry_of_33476_has_its_own_margins_and_pitch() -> None:
    style = load_style("gbt9704", {"word.geometry": "gbt33476"})
    archive = written(made.notice(), style)
    margins = part(archive).find(f".//{W}pgMar")
    assert (margins.get(W + "top"), margins.get(W + "bottom")) == ("1960", "1847")
    assert "592" in values(part(archive, "word/styles.xml"), "spacing", "line")


def test_text_stands_on_the_grid_by_its_style_alone() -> None:
    archive = written(made.notice())
    styles = part(archive, "word/styles.xml")
    body = next(found for found in styles.iter(W + "style") if found.get(W + "styleId") == "DocBody")
    spacing = body.find(f"{W}pPr/{W}spacing")
    assert dict(spacing.attrib) == {
        W + "before": "0", W + "after": "0", W + "line": "579", W + "lineRule": "exact"
    }  # fmt: skip
    indent = body.find(f"{W}pPr/{W}ind")
    assert (indent.get(W + "firstLine"), indent.get(W + "firstLineChars")) == ("632", "200")
    assert body.find(f"{W}rPr/{W}spacing").get(W + "val") == "-5"
    normal = next(found for found in styles.iter(W + "style") if found.get(W + "styleId") == "Normal")
    for tag in ("widowControl", "snapToGrid", "adjustRightInd", "autoSpaceDE", "autoSpaceDN"):
        assert normal.find(f"{W}pPr/{W}{tag}").get(W + "val") == "0"
    running = made.document(False, main=Main(title="总结", body=(made.text(made.FILLER),) * 3))
    plain = [p for p in part(written(running)).iter(W + "p") if p.find(f"{W}pPr/{W}pStyle").get(W + "val") == "DocBody"]
    bare = [p for p in plain if {child.tag for child in p.find(W + "pPr")} == {W + "pStyle"}]
    assert bare, "running text should need no formatting beside its style"


def test_elements_have_their_named_styles_and_their_text() -> None:
    root = part(written(made.notice()))
    assert texts(root, "IssuerMark") == ["太仓市教育局文件"]
    assert texts(root, "DocNumber") == ["太教〔2025〕2号"]
    assert "".join(texts(root, "DocTitle")).replace("|", "") == "太仓市教育局关于印发《2024年度教育工作总结》的通知"
    assert "|" in texts(root, "DocTitle")[0]
    assert texts(root, "Recipients") == ["各镇（区）社会事业办，各中小学、幼教中心及有关单位："]
    assert texts(root, "Signature1") == ["太仓市教育局"]
    assert texts(root, "IssueDate") == ["2025年2月7日"]
    assert texts(root, "Annotation") == ["（此件公开发布）"]
    assert texts(root, "AttachmentTitle") == ["2024年度教育工作总结"]
    assert len(texts(root, "HeadingOne")) == 3
    assert texts(root, "Colophon")[1] == "太仓市教育局党政办公室2025年2月7日印发"


def test_all_styles_named_are_defined_and_readable_by_another_library() -> None:
    for document in ALL.values():
        archive = written(document)
        defined = set(values(part(archive, "word/styles.xml"), "style", "styleId"))
        root = part(archive)
        used = {*values(root, "pStyle"), *values(root, "rStyle"), *values(root, "tblStyle")}
        assert used <= defined
    data = docx.write(made.notice(), load_style("gbt9704")).data
    opened = python_docx.Document(io.BytesIO(data))
    names = {paragraph.style.name for paragraph in opened.paragraphs}
    assert {"公文标题", "主送机关", "公文正文", "一级标题", "二级标题", "成文日期"} <= names
    assert opened.core_properties.title == "太仓市教育局关于印发《2024年度教育工作总结》的通知"
    assert opened.core_properties.author == "太仓市教育局"
    assert str(opened.core_properties.created).startswith("2025-02-07")


def test_headings_have_levels_for_the_navigation_pane() -> None:
    archive = written(made.notice())
    styles = {found.get(W + "styleId"): found for found in part(archive, "word/styles.xml").iter(W + "style")}
    for i, style_id in enumerate(("DocTitle", "HeadingOne", "HeadingTwo", "HeadingThree", "HeadingFour")):
        assert styles[style_id].find(f"{W}pPr/{W}outlineLvl").get(W + "val") == str(i)
    assert styles["HeadingOne"].find(f"{W}basedOn").get(W + "val") == "Heading1"
    run_in = [
        p.find(f"{W}pPr/{W}outlineLvl").get(W + "val")
        for p in part(archive).iter(W + "p")
        if p.find(f"{W}pPr/{W}pStyle").get(W + "val") == "DocBody" and p.find(f"{W}pPr/{W}outlineLvl") is not None
    ]
    assert set(run_in) == {"2", "3", "4"}


def test_faces_are_the_standard_ones_and_quotation_marks_chinese() -> None:
    archive = written(made.notice())
    styles = {found.get(W + "styleId"): found for found in part(archive, "word/styles.xml").iter(W + "style")}
    faces = {
        id_: {key.removeprefix(W): value for key, value in styles[id_].find(f"{W}rPr/{W}rFonts").attrib.items()}
        for id_ in ("DocBody", "DocTitle", "HeadingOne", "HeadingTwo", "PageNumber1")
    }
    latin = "Times New Roman"
    assert faces["DocBody"] == {"ascii": latin, "hAnsi": latin, "eastAsia": "仿宋_GB2312", "cs": latin}
    assert faces["DocTitle"] == dict.fromkeys(("ascii", "hAnsi", "eastAsia"), "方正小标宋简体") | {"cs": latin}
    assert faces["HeadingOne"]["eastAsia"] == "黑体"
    assert faces["HeadingTwo"]["eastAsia"] == "楷体_GB2312"
    assert faces["PageNumber1"]["ascii"] == "宋体"
    for run in part(archive).iter(W + "r"):
        text = "".join(node.text or "" for node in run.iter(W + "t"))
        if re.search("[“”—…]", text) and re.search("[一-鿿]", text) and "书记项目" in text:
            fonts = run.find(f"{W}rPr/{W}rFonts")
            assert (fonts.get(W + "hint"), fonts.get(W + "ascii")) == ("eastAsia", "仿宋_GB2312")


@pytest.mark.parametrize("name", ALL)
def test_no_paragraph_is_empty_but_those_word_needs_around_a_floating_table(name: str) -> None:
    root = part(written(ALL[name]))
    for paragraph in root.iter(W + "p"):
        if any(node.text for node in paragraph.iter(W + "t")):
            continue
        in_cell = paragraph.getparent().tag == W + "tc"
        merged = in_cell and paragraph.getparent().find(f"{W}tcPr/{W}vMerge") is not None
        beside = [node for node in (paragraph.getprevious(), paragraph.getnext()) if node is not None]
        anchor = any(node.tag == W + "tbl" for node in beside)
        assert merged or anchor, etree.tostring(paragraph)


def test_page_numbers_are_fields_at_the_outer_edge() -> None:
    archive = written(made.notice())
    assert part(archive, "word/settings.xml").find(W + "evenAndOddHeaders") is not None
    sides = {}
    for name in ("word/footer1.xml", "word/footer2.xml"):
        root = part(archive, name)
        assert [node.text.strip() for node in root.iter(W + "instrText")] == ["PAGE"]
        assert "".join(node.text for node in root.iter(W + "t")) == "— 1 —"
        indent = root.find(f".//{W}ind")
        sides[values(root, "jc")[0]] = (indent.get(W + "left"), indent.get(W + "right"))
    assert sides == {"right": ("0", "316"), "left": ("316", "0")}
    references = {node.get(W + "type") for node in part(archive).iter(W + "footerReference")}
    assert references == {"default", "even"}


def test_numbers_in_the_middle_need_one_footer() -> None:
    archive = written(made.notice(), load_style("gbt9704", {"number.position": "centre"}))
    assert part(archive, "word/settings.xml").find(W + "evenAndOddHeaders") is None
    assert values(part(archive, "word/footer1.xml"), "jc") == ["center"]
    assert "word/footer2.xml" not in archive.namelist()


def test_the_head_is_red_and_ruled_over_the_whole_width() -> None:
    root = part(written(made.notice()))
    number = next(p for p in root.iter(W + "p") if p.find(f"{W}pPr/{W}pStyle").get(W + "val") == "DocNumber")
    edge = number.find(f"{W}pPr/{W}pBdr/{W}bottom")
    assert (edge.get(W + "color"), edge.get(W + "sz")) == ("FF0000", "11")
    assert number.find(f"{W}pPr/{W}ind") is None, "an indent would shorten the rule"
    styles = part(written(made.notice()), "word/styles.xml")
    mark = next(found for found in styles.iter(W + "style") if found.get(W + "styleId") == "IssuerMark")
    assert mark.find(f"{W}rPr/{W}color").get(W + "val") == "FF0000"
    assert mark.find(f"{W}pPr/{W}jc").get(W + "val") == "center"


def test_a_joint_mark_is_a_table_with_its_suffix_merged() -> None:
    root = part(written(made.upward()))
    table = next(root.iter(W + "tbl"))
    assert values(table, "vMerge") == ["restart", "continue", "continue"]
    assert "".join(node.text for node in table.iter(W + "t")) == "太仓市教育局文件太仓市发展和改革委员会太仓市财政局"
    assert values(table, "jc").count("distribute") == 3
    assert not list(table.iter(W + "tblBorders"))


def test_signers_stand_on_tab_stops_beside_the_number() -> None:
    root = part(written(made.upward()))
    rows = [p for p in root.iter(W + "p") if p.find(f"{W}pPr/{W}pStyle").get(W + "val") == "DocNumber"]
    found = [
        "".join(
            "→" if node.tag == W + "tab" else node.text
            for node in row.iter(W + "t", W + "tab")
            if node.getparent().tag == W + "r"
        )
        for row in rows
    ]
    assert found == ["→签发人：张三→李四明", "太教〔2025〕12号→王五"]
    stops = [[int(tab.get(W + "pos")) for tab in row.iter(W + "tab") if tab.get(W + "pos")] for row in rows]
    assert stops[1][0] == pytest.approx(stops[0][0] + 4 * 15.793 * 20, abs=2)


def test_tables_are_tables_with_their_head_repeated() -> None:
    rows = (
        (Cell("单位", rowspan=2), Cell("指标", colspan=2)),
        (Cell("2024年"), Cell("2025年")),
        (Cell("太仓"), Cell("1"), Cell("2")),
    )
    root = part(written(made.document(False, main=Main(body=(Block("table", rows=rows), made.text("完。"))))))
    table = next(root.iter(W + "tbl"))
    heads = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in table.iter(W + "tr")]
    assert heads == [True, True, False]
    assert values(table, "gridSpan") == ["2"]
    assert values(table, "vMerge") == ["restart", "continue"]
    assert sum(int(width) for width in values(table, "gridCol", "w")) == pytest.approx(8844, abs=3)
    assert values(table, "tblStyle") == ["DocTable"]


def test_an_attachment_that_is_a_table_begins_a_page_without_an_empty_paragraph() -> None:
    rows = ((Cell("序号"), Cell("项目")), (Cell("1"), Cell("新建")))
    main = Main(
        title="通知",
        body=(made.text("正文。"),),
        attachments=(Attachment("issued", body=(Block("table", rows=rows),)),),
    )
    root = part(written(made.document(False, main=main)))
    table = next(root.iter(W + "tbl"))
    assert [node.getparent().getparent().getparent().tag for node in root.iter(W + "pageBreakBefore")] == [W + "tc"]
    assert next(table.iter(W + "pageBreakBefore")) is not None


def test_the_colophon_floats_at_the_foot_with_its_rules() -> None:
    root = part(written(made.notice()))
    table = list(root.iter(W + "tbl"))[-1]
    place = table.find(f"{W}tblPr/{W}tblpPr")
    assert place.get(W + "vertAnchor") == "margin"
    rows = list(table.iter(W + "tr"))
    assert [values(row, "top", "sz") for row in rows] == [["8"], ["6"]]
    assert values(rows[-1], "bottom", "sz") == ["8"]
    assert {*values(table, "top", "color"), *values(table, "bottom", "color")} == {"000000"}


def lines_and_colophon(lines: int) -> Document:
    """A text of so many lines of 28 characters below its title, and a 版记 of one row."""
    body = tuple(made.text(made.HANZI[:26]) for _ in range(lines))
    colophon = Colophon(printing=Printing("太仓市教育局办公室", None, "2025年2月7日"))
    return made.document(main=Main(title="总结", body=body), colophon=colophon)


@pytest.mark.parametrize(
    ("lines", "types", "bare"),
    [
        (12, ["evenPage"], False),  # the text ends on page 1: the 版记 on page 2, numbered
        (30, [], False),  # it ends on page 2 and leaves room there
        (41, ["evenPage"], True),  # it fills page 2: page 3 is blank, and page 4 has no number (§7.5)
        (50, ["evenPage"], False),
    ],
)
def test_the_colophon_is_on_an_even_page(lines: int, types: list[str], bare: bool) -> None:
    root = part(written(lines_and_colophon(lines)))
    assert values(root, "type") == types
    assert (root.find(f".//{W}titlePg") is not None) == bare
    place = root.find(f".//{W}tblpPr")
    assert (place.get(W + "tblpYSpec") is None) == (types == ["evenPage"] and not bare)


def test_the_colophon_is_on_the_last_page_where_one_side_is_printed() -> None:
    root = part(written(lines_and_colophon(12), load_style("gbt9704", {"page.duplex": False})))
    assert len(list(root.iter(W + "sectPr"))) == 1
    assert root.find(f".//{W}tblpPr").get(W + "tblpYSpec") == "bottom"


def test_a_colophon_higher_than_a_page_follows_the_text() -> None:
    names = "、".join(f"某某县第{i}中学" for i in range(400))
    document = made.document(
        main=Main(title="通知", body=(made.text("正文。"),)), colophon=Colophon(cc=made.copies("抄送", names))
    )
    root = part(written(document))
    assert root.find(f".//{W}tblpPr") is None
    assert texts(root, "Colophon") == [f"抄送：{names}。"]


ORDERS = {
    "pPr": """pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs
        suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd
        snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment
        textboxTightWrap outlineLvl divId cnfStyle rPr sectPr""",
    "rPr": "rStyle rFonts b i caps strike color spacing w kern position sz szCs highlight u lang",
    "tcPr": "tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "tblPr": """tblStyle tblpPr tblOverlap bidiVisual tblW jc tblCellSpacing tblInd tblBorders shd tblLayout
        tblCellMar""",
}


@pytest.mark.parametrize("name", ALL)
def test_properties_stand_in_the_order_of_the_schema(name: str) -> None:
    """ECMA-376 §17: Word calls a file damaged where they do not."""
    archive = written(ALL[name])
    for file in ("word/document.xml", "word/styles.xml", "word/footer1.xml"):
        for node in part(archive, file).iter():
            order = ORDERS.get(etree.QName(node).localname, "").split()
            if order:
                places = [order.index(etree.QName(child).localname) for child in node]
                assert places == sorted(set(places)), etree.tostring(node)


@pytest.mark.parametrize("name", ALL)
def test_two_runs_give_the_same_bytes(name: str) -> None:
    style = pick_style(ALL[name])
    first, second = docx.write(ALL[name], style).data, docx.write(ALL[name], style).data
    assert first == second
    assert {entry.date_time for entry in zipfile.ZipFile(io.BytesIO(first)).infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("char", ["\x00", "\x0b", "\ud83d", "\uffff"])
def test_a_character_xml_cannot_hold_is_refused_by_its_place(char: str) -> None:
    style = load_style("gbt9704")
    composition = compose(made.notice(), style)
    bad = Paragraph("body", (Run(f"工作{char}总结", "fangsong", 16.0),))
    broken = dataclasses.replace(composition, flow=(*composition.flow, bad))
    with pytest.raises(ExportError, match=f"公文正文: U\\+{ord(char):04X} .*工作"):
        docx.draw(broken, style, Core("", "", "", None))


def test_markup_in_a_text_is_text() -> None:
    root = part(written(made.document(False, main=Main(title="<w:p>&amp;", body=(made.text("a < b & c > d"),)))))
    assert texts(root, "DocTitle") == ["<w:p>&amp;"]
    assert texts(root, "DocBody") == ["a < b & c > d"]


def test_every_character_of_the_text_is_there() -> None:
    document = made.notice(2)
    found = "".join(node.text or "" for node in part(written(document)).iter(W + "t"))
    composition = compose(document, load_style("gbt9704"))
    said = "".join(item.text for item in composition.flow if isinstance(item, Paragraph))
    assert said in found.replace("".join(texts(part(written(document)), "Colophon")), "")


def test_the_printing_row_alone_is_a_colophon() -> None:
    colophon = Colophon(printing=Printing("太仓市教育局办公室", None, None))
    document = made.document(main=Main(title="通知", body=(made.text("正文。"),)), colophon=colophon)
    root = part(written(document))
    assert texts(root, "Colophon") == ["太仓市教育局办公室"]
