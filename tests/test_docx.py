"""The DOCX: its XML says what the standard asks, and LibreOffice's rendering shows it."""

from __future__ import annotations

import dataclasses
import io
import re
import zipfile
from pathlib import Path
from typing import Any

import docx as python_docx
import pdfplumber
import pytest
from lxml import etree

import govdoc
import page_documents as made
from govdoc.errors import ExportError
from govdoc.export import docx
from govdoc.export.docx_package import Core
from govdoc.layout.compose import compose
from govdoc.layout.composition import Paragraph, Run
from govdoc.model import Attachment, Block, Cell, Colophon, Document, Main, Printing
from govdoc.style import StyleSheet, load_style, pick_style
from rendering import render_docx

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
    for tag in ("widowControl", "snapToGrid", "adjustRightInd", "autoSpaceDE", "autoSpaceDN", "overflowPunct"):
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


@pytest.mark.parametrize("paragraphs", range(1, 9))
def test_the_colophon_stands_where_the_pages_of_the_layout_have_it(paragraphs: int) -> None:
    """On the text's last page where that is even and has room; else in a section that begins on an even page."""
    document = made.notice(paragraphs)
    root = part(written(document))
    sections = list(root.iter(W + "sectPr"))
    ends_even = len(sections) == 1
    kinds = values(root, "type")
    assert ends_even or "evenPage" in kinds
    single = part(written(document, load_style("gbt9704", {"page.duplex": False})))
    assert len(list(single.iter(W + "sectPr"))) == 1


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


# LibreOffice's eyes.


def lines_of(page: Any) -> list[list[dict[str, Any]]]:
    """The lines of a page from top to bottom, each its characters from left to right, the 页码 apart."""
    rows: list[list[dict[str, Any]]] = []
    for char in sorted(page.chars, key=lambda char: char["bottom"]):
        if char["top"] > 262 * MM or not char["text"].strip():
            continue
        if rows and char["bottom"] - rows[-1][-1]["bottom"] < 8:
            rows[-1].append(char)
        else:
            rows.append([char])
    return [sorted(row, key=lambda char: char["x0"]) for row in rows]


def rendered(document: Document, folder: Path, style: StyleSheet | None = None) -> Any:
    path = folder / "x.docx"
    path.write_bytes(docx.write(document, style or load_style("gbt9704")).data)
    return pdfplumber.open(render_docx(path, folder / "out"))


def test_libreoffice_sets_22_lines_of_28_characters(tmp_path: Path) -> None:
    with rendered(made.pure_hanzi(70), tmp_path) as pdf:
        page = pdf.pages[1]
        assert (float(page.width), float(page.height)) == pytest.approx((210 * MM, 297 * MM), abs=1)
        lines = lines_of(page)
        assert len(lines) == 22
        assert {len(line) for line in lines} == {28}
        assert lines[0][0]["x0"] == pytest.approx(28 * MM, abs=1)
        assert lines[0][-1]["x1"] == pytest.approx(184 * MM, abs=1.5)
        assert "FandolFang" in lines[0][0]["fontname"]


def red_and_rules(page: Any) -> tuple[list[Any], list[Any]]:
    edges = [*page.lines, *page.rects]
    red = [edge for edge in edges if (edge["stroking_color"] or edge["non_stroking_color"]) in [(1, 0, 0), [1, 0, 0]]]
    return red, [edge for edge in edges if edge not in red]


@pytest.mark.slow
def test_libreoffice_shows_the_head_where_it_belongs(tmp_path: Path) -> None:
    with rendered(made.notice(), tmp_path) as pdf:
        page = pdf.pages[0]
        mark = [char for char in page.chars if char["size"] > 40]
        assert "".join(char["text"] for char in mark) == "太仓市教育局文件"
        middle = (mark[0]["x0"] + mark[-1]["x1"]) / 2
        assert middle == pytest.approx(106 * MM, abs=1.5)
        image = page.to_image(resolution=150).original.convert("RGB")
        pixels = image.load()
        red = [y for y in range(image.height) if any(_is_red(pixels[x, y]) for x in range(0, image.width, 2))]
        assert red[0] / 150 * 25.4 == pytest.approx(72, abs=1)
        assert red[-1] / 150 * 25.4 == pytest.approx(_ink_bottom(page, "太教〔2025〕2号") + 4, abs=1)


def _is_red(pixel: tuple[int, int, int]) -> bool:
    return pixel[0] > 180 and pixel[1] < 90 and pixel[2] < 90


def _ink_bottom(page: Any, text: str) -> float:
    """Lower edge of a line's type, mm: its baseline, and the little that Han ink stands below it."""
    line = next(line for line in lines_of(page) if "".join(char["text"] for char in line) == text)
    char = line[0]
    baseline = float(page.height) - char["matrix"][5]
    return (baseline + 0.14 * char["size"]) / MM


@pytest.mark.slow
@pytest.mark.parametrize("paragraphs", [1, 2, 3, 4, 5])
def test_libreoffice_shows_the_colophon_at_the_foot_of_an_even_page(paragraphs: int, tmp_path: Path) -> None:
    with rendered(made.notice(paragraphs), tmp_path) as pdf:
        page = pdf.pages[-1]
        rules = [edge for edge in (*page.lines, *page.rects) if edge["x1"] - edge["x0"] > 150 * MM]
        assert max(max(edge["top"], edge["bottom"]) for edge in rules) / MM == pytest.approx(262, abs=1)
        assert min(edge["x0"] for edge in rules) / MM == pytest.approx(28, abs=0.5)
        assert max(edge["x1"] for edge in rules) / MM == pytest.approx(184, abs=0.5)
        text = page.extract_text().replace(" ", "")
        assert "2025年2月7日印发" in text
        number = re.search(r"—(\d+)—", text)
        assert number is None or int(number[1]) % 2 == 0
        if number:
            dash = min(char["x0"] for char in page.chars if char["top"] > 262 * MM)
            assert dash / MM == pytest.approx(33.6, abs=1)


@pytest.mark.slow
def test_libreoffice_ends_lines_of_han_where_the_pdf_does(tmp_path: Path, seeds: list[Path]) -> None:
    """Lines without Latin in paragraphs without Latin: LibreOffice 7 widens the joint of Han and digits."""
    from govdoc.fonts import load_faces
    from govdoc.layout.paper import paper_of

    document = govdoc.parse(seeds[1])[0]
    style = pick_style(document)
    paper = paper_of(style, load_faces(user=False))
    flow = [item for item in compose(document, style).flow if isinstance(item, Paragraph) and item.element == "body"]
    pure = [item for item in flow if not re.search("[!-~]", item.text)]
    expected = {item.text[line.start : line.stop] for item in pure for line in paper.lines(item)}
    with rendered(document, tmp_path, style) as pdf:
        shown = {"".join(char["text"] for char in line) for page in pdf.pages for line in lines_of(page)}
    assert len(expected) > 20
    assert len(expected & shown) / len(expected) > 0.85


def test_the_printing_row_alone_is_a_colophon() -> None:
    colophon = Colophon(printing=Printing("太仓市教育局办公室", None, None))
    document = made.document(main=Main(title="通知", body=(made.text("正文。"),)), colophon=colophon)
    root = part(written(document))
    assert texts(root, "Colophon") == ["太仓市教育局办公室"]
