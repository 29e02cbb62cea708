"""What a reader sees of a Word file, and nothing else: text boxes once, changes resolved, fields as their results."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

import govdoc
from govdoc.ledger import read_ledger, write_ledger
from govdoc.readers.docx import MEDIA_TYPE, read
from govdoc.source import Source
from govdoc.span import Mark
from word_files import STRICT, decoded, docx, lines, p, packed, parts, r, tbl, tc


def field(instruction: str, result: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r(result)}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def bare_field(instruction: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve">{instruction}</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def box(inside: str, *, top: int = 0, origin: str = "paragraph", fallback: bool = True) -> str:
    """A text box as Word writes it: DrawingML, and VML for older programs."""
    vml = (
        '<mc:Fallback><w:pict><v:shape style="position:absolute;margin-top:0pt"><v:textbox>'
        f"<w:txbxContent>{inside}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback>"
    )
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor>'
        f'<wp:positionV relativeFrom="{origin}"><wp:posOffset>{top}</wp:posOffset></wp:positionV>'
        '<wp:docPr id="1" name="文本框 1"/><a:graphic><a:graphicData><wps:wsp><wps:txbx>'
        f"<w:txbxContent>{inside}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor>"
        f"</w:drawing></mc:Choice>{vml if fallback else ''}</mc:AlternateContent></w:r>"
    )


def vml_box(inside: str) -> str:
    return (
        f"<w:r><w:pict><v:rect><v:textbox><w:txbxContent>{inside}</w:txbxContent></v:textbox></v:rect></w:pict></w:r>"
    )


def mt(text: str) -> str:
    return f"<m:r><m:t>{text}</m:t></m:r>"


def old_shape(inside: str) -> str:
    return f"<w:r><w:pict><v:shape>{inside}</v:shape></w:pict></w:r>"


def prompt(text: str) -> str:
    return f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{r(text)}</w:sdtContent></w:sdt>"


def picture(alt: str = "", name: str = "图片 1") -> str:
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="2" name="{name}" descr="{alt}"/><a:graphic><a:graphicData><pic:pic>'
        '<pic:blipFill><a:blip r:embed="rId9"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline>'
        "</w:drawing></w:r>"
    )


RUBY = (
    "<w:r><w:ruby><w:rt><w:r><w:t>yì</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>艺</w:t></w:r></w:rubyBase></w:ruby></w:r>"
)
RUNS = {
    "runs are one line": (p(r("关于") + r("做好") + r("工作的通知")), ["关于做好工作的通知"]),
    "insertions are in": (p(r("甲") + f'<w:ins w:id="1">{r("乙")}</w:ins>'), ["甲乙"]),
    "deletions are out": (p(r("甲") + '<w:del w:id="1"><w:r><w:delText>乙</w:delText></w:r></w:del>'), ["甲"]),
    "what was moved is where it went": (
        p(f"<w:moveFrom>{r('甲')}</w:moveFrom>" + r("乙") + f"<w:moveTo>{r('甲')}</w:moveTo>"),
        ["乙甲"],
    ),
    "a deleted paragraph mark joins two paragraphs": (p("甲", "<w:rPr><w:del/></w:rPr>") + p("乙"), ["甲乙"]),
    "a hidden paragraph mark joins two paragraphs": (p("甲", "<w:rPr><w:vanish/></w:rPr>") + p("乙"), ["甲乙"]),
    "a drop cap": (p("各", '<w:framePr w:dropCap="drop"/>') + p("单位"), ["各单位"]),
    "links": (p(f'<w:hyperlink r:id="rId8">{r("办法")}</w:hyperlink>'), ["办法"]),
    "smart tags": (p(f"<w:smartTag>{r('北京')}</w:smartTag>" + r("市")), ["北京市"]),
    "content controls in a line": (p(f"<w:sdt><w:sdtPr/><w:sdtContent>{r('甲')}</w:sdtContent></w:sdt>"), ["甲"]),
    "content controls around paragraphs": (
        f"<w:sdt><w:sdtContent>{p('甲')}{p('乙')}</w:sdtContent></w:sdt>",
        ["甲", "乙"],
    ),
    "custom XML around paragraphs": (f"<w:customXml>{p('甲')}</w:customXml>", ["甲"]),
    "prompts of empty form fields": (
        p(r("姓名：") + prompt("单击此处")),
        ["姓名："],
    ),
    "results of fields": (p(field("REF _Ref1", "见附件")), ["见附件"]),
    "simple fields": (p(f'<w:fldSimple w:instr=" DATE ">{r("2025年")}</w:fldSimple>'), ["2025年"]),
    "page numbers in the body": (p(r("—") + field(" PAGE ", "3") + r("—")), ["——"]),
    "a table of contents": (
        p(
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \\o</w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
            + r("一、总体要求")
            + "<w:r><w:tab/></w:r>"
            + field("PAGEREF", "1")
        )
        + p(r("二、任务") + field("PAGEREF", "2"))
        + p('<w:r><w:fldChar w:fldCharType="end"/></w:r>')
        + p("正文"),
        ["正文"],
    ),
    "a field that never ends hides nothing": (
        p(
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + r("甲")
        )
        + p("乙"),
        ["甲", "乙"],
    ),
    "带圈字符": (p(r("第") + bare_field(" eq \\o\\ac(○,3)") + r("条")), ["第③条"]),
    "hidden text": (p(r("甲") + r("乙", "<w:vanish/>") + r("丙")), ["甲丙"]),
    "text shown again": (p(r("甲", '<w:vanish w:val="0"/>')), ["甲"]),
    "line breaks": (p(r("甲") + "<w:r><w:br/></w:r>" + r("乙")), ["甲", "乙"]),
    "carriage returns": (p(r("甲") + "<w:r><w:cr/></w:r>" + r("乙")), ["甲", "乙"]),
    "page breaks": (p(r("甲") + '<w:r><w:br w:type="page"/></w:r>' + r("乙")), ["甲", "乙"]),
    "a TAB between columns": (p(r("办公室") + "<w:r><w:tab/><w:tab/></w:r>" + r("2025年")), ["办公室\u30002025年"]),
    "a TAB that indents": (p("<w:r><w:tab/></w:r>" + r("甲")), ["甲"]),
    "a TAB after a number": (p(r("一、") + "<w:r><w:tab/></w:r>" + r("甲")), ["一、甲"]),
    "hyphens": (p(r("A") + "<w:r><w:noBreakHyphen/></w:r>" + r("B") + "<w:r><w:softHyphen/></w:r>" + r("C")), ["A-BC"]),
    "spaces Word does not keep": (p("<w:r><w:t> 甲 </w:t></w:r>"), ["甲"]),
    "a line end inside a run": (p("<w:r><w:t>甲\n乙</w:t></w:r>"), ["甲 乙"]),
    "ruby": (p(r("文") + RUBY), ["文艺"]),
    "signs": (p('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>' + r("是")), ["☑是"]),
    "signs not known": (p('<w:r><w:sym w:font="Webdings" w:char="F021"/></w:r>'), ["\ufffd"]),
    "signs written as text": (p(r("\uf0a8", '<w:rFonts w:ascii="Wingdings"/>') + r("否")), ["□否"]),
    "equations": (p(f"<m:oMath><m:f><m:num>{mt('a+b')}</m:num><m:den>{mt('c')}</m:den></m:f></m:oMath>"), ["(a+b)/c"]),
    "pictures": (p(picture()), ["[图片1]"]),
    "pictures are numbered": (p(picture("图")) + p(picture()), ["[图片：图]", "[图片2]"]),
    "pictures with words": (p(picture("组织机构图")), ["[图片：组织机构图]"]),
    "a picture whose words are a file's name": (p(picture("C:\\\\图\\\\1.png")), ["[图片1]"]),
    "old pictures": (p(old_shape('<v:imagedata r:id="rId9"/>')), ["[图片1]"]),
    "WordArt of old": (p(old_shape('<v:textpath string="县政府文件"/>')), ["县政府文件"]),
    "comments": (p('<w:commentRangeStart w:id="0"/>' + r("甲") + '<w:r><w:commentReference w:id="0"/></w:r>'), ["甲"]),
    "empty paragraphs": (p("甲") + p("") + p("乙"), ["甲", "乙"]),
    "blanks at both ends": (p("　　甲 ") + p("乙"), ["甲", "乙"]),
}


@pytest.mark.parametrize(("body", "wanted"), RUNS.values(), ids=RUNS)
def test_a_paragraph_is_what_a_reader_sees(body: str, wanted: list[str]) -> None:
    assert lines(body) == wanted


BOXES = {
    "once, not again for older programs": (p(box(p("县政府文件"))) + p("甲"), ["县政府文件", "甲"]),
    "above the paragraph it hangs on": (p(r("甲") + box(p("盒"), top=-900_000)), ["盒", "甲"]),
    "under the paragraph it hangs on": (p(r("甲") + box(p("盒"), top=400_000)) + p("乙"), ["甲", "盒", "乙"]),
    "at the foot of the page": (p(box(p("盒"), top=9_000_000, origin="page") + r("甲")), ["甲", "盒"]),
    "two, from the top": (
        p(box(p("下"), top=-100_000) + box(p("上"), top=-900_000) + r("甲")),
        ["上", "下", "甲"],
    ),
    "only the older way": (p(vml_box(p("县政府文件")) + r("甲")), ["县政府文件", "甲"]),
    "in a box": (p(box(p(box(p("内")) + r("外"))) + r("甲")), ["内", "外", "甲"]),
    "with a table": (p(box(tbl(tc("甲") + tc("乙"))) + r("丙")), ["甲\t乙", "丙"]),
}


@pytest.mark.parametrize(("body", "wanted"), BOXES.values(), ids=BOXES)
def test_a_text_box_stands_where_it_is_seen(body: str, wanted: list[str]) -> None:
    assert lines(body) == wanted


def marks(body: str, **others: str) -> set[tuple[str, str, str | None]]:
    found = decoded(body, **others)
    return {(mark.kind, found.text[mark.start : mark.stop], mark.value) for mark in found.marks}


STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="2"><w:name w:val="标题 2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="3"><w:name w:val="小节"/><w:basedOn w:val="2"/>'
    '<w:pPr><w:jc w:val="center"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="4"><w:name w:val="大纲"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="5"><w:name w:val="圈"/><w:basedOn w:val="5"/></w:style>'
    '<w:style w:type="character" w:styleId="b"><w:rPr><w:vanish/></w:rPr></w:style>'
)
LOOKS = {
    "a style's name": (p("甲", '<w:pStyle w:val="1"/>'), ("heading", "甲", "1")),
    "a Chinese style's name": (p("甲", '<w:pStyle w:val="2"/>'), ("heading", "甲", "2")),
    "a style based on a heading": (p("甲", '<w:pStyle w:val="3"/>'), ("heading", "甲", "2")),
    "a style's outline level": (p("甲", '<w:pStyle w:val="4"/>'), ("heading", "甲", "3")),
    "an outline level of its own": (p("甲", '<w:outlineLvl w:val="0"/>'), ("heading", "甲", "1")),
    "a style's alignment": (p("甲", '<w:pStyle w:val="3"/>'), ("centred", "甲", None)),
    "centred": (p("甲", '<w:jc w:val="center"/>'), ("centred", "甲", None)),
    "right": (p("甲", '<w:jc w:val="right"/>'), ("right-aligned", "甲", None)),
    "pushed right by an indent": (p("甲局", '<w:ind w:left="5000"/>'), ("right-aligned", "甲局", None)),
    "pushed right by blanks": (p("　　　　　　　　甲局"), ("right-aligned", "甲局", None)),
    "pushed right by TABs": (p("<w:r>" + "<w:tab/>" * 7 + "</w:r>" + r("甲局")), ("right-aligned", "甲局", None)),
    "bold at its head": (p(r("一是建。", "<w:b/>") + r("甲")), ("bold", "一是建。", None)),
    "楷体 at its head": (p(r("建。", '<w:rFonts w:eastAsia="楷体_GB2312"/>') + r("甲")), ("bold", "建。", None)),
    "columns": (p(r("甲") + "<w:r><w:tab/></w:r>" + r("乙")), ("column-gap", "\u3000", None)),
    "a picture": (p(picture("图")), ("image", "[图片：图]", None)),
}


@pytest.mark.parametrize(("body", "wanted"), LOOKS.values(), ids=LOOKS)
def test_what_the_format_knows_becomes_a_mark(body: str, wanted: tuple[str, str, str | None]) -> None:
    assert wanted in marks(body, styles=STYLES)


def test_an_indent_is_no_place_at_the_right() -> None:
    body = p("甲", '<w:ind w:left="1600" w:firstLine="640"/>') + p("　　乙") + p("丙" * 30, '<w:ind w:left="5000"/>')
    assert not [mark for mark in decoded(body).marks if mark.kind == "right-aligned"]


def test_text_is_text_whatever_its_style() -> None:
    body = p("甲", '<w:pStyle w:val="1"/><w:outlineLvl w:val="9"/>') + p("乙", '<w:pStyle w:val="5"/>')
    assert not [mark for mark in decoded(body, styles=STYLES).marks if mark.kind == "heading"]


def test_a_run_style_hides() -> None:
    assert lines(p(r("甲") + r("乙", '<w:rStyle w:val="b"/>')), styles=STYLES) == ["甲"]


def test_a_heading_broken_by_sense_is_one_line_and_two_things_are_two() -> None:
    brk = "<w:r><w:br/></w:r>"
    head = '<w:pStyle w:val="1"/>'
    assert lines(p(r("某市关于") + brk + r("做好工作的通知"), head), styles=STYLES) == ["某市关于做好工作的通知"]
    assert lines(p(r("附件1") + brk + r("名单"), head), styles=STYLES) == ["附件1", "名单"]
    joint = [r("某市教育局"), r("某市发展和改革委员会"), r("某市财政局关于某事的请示")]
    assert lines(p(brk.join(joint), head), styles=STYLES) == ["某市教育局某市发展和改革委员会某市财政局关于某事的请示"]
    found = decoded(p(r("某市关于", "<w:b/>") + brk + r("做好", "<w:b/>") + r("工作"), head), styles=STYLES)
    assert [mark for mark in found.marks if mark.kind == "bold"] == [Mark("bold", 0, 6)]


def codes(body: str, **others: str) -> set[str]:
    return {notice.code for notice in decoded(body, **others).notices}


NOTICES = {
    "W101": p(f"<w:ins>{r('甲')}</w:ins>"),
    "W102": p(r("甲") + "<w:r><w:commentReference/></w:r>"),
    "W103": p(r("甲") + r("乙", "<w:vanish/>")),
    "W107": p(r("甲") + "<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>"),
    "W108": p(r("甲") + field("TOC \\o", "目录")),
    "W109": p(r("甲") + '<w:r><w:sym w:font="Webdings" w:char="F021"/></w:r>'),
    "W110": p(r("甲") + '<w:r><w:object><v:shape><v:imagedata r:id="rId9"/></v:shape></w:object></w:r>'),
    "W111": p("甲") + '<w:altChunk r:id="rId7"/>',
    "W112": p(r("甲") + RUBY),
    "W115": p(picture()),
}


@pytest.mark.parametrize("code", NOTICES)
def test_what_is_left_out_or_changed_is_said(code: str) -> None:
    assert code in codes(NOTICES[code])
    assert not codes(p("甲"))


NOTES = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:t>线</w:t></w:r></w:p></w:footnote>'
    f'<w:footnote w:id="1">{p("注一。")}</w:footnote><w:footnote w:id="2">{p("注二。")}</w:footnote>'
)


def reference(id_: int) -> str:
    return f'<w:r><w:footnoteReference w:id="{id_}"/></w:r>'


def test_notes_stand_after_the_sentence_that_refers_to_them() -> None:
    body = (
        p(r("标题") + reference(1), '<w:jc w:val="center"/>')
        + p("各单位：")
        + p(r("正文") + reference(2) + r("。"))
        + p("尾")
    )
    assert lines(body, footnotes=NOTES) == ["标题[1]", "各单位：", "正文[2]。", "[1]注一。", "[2]注二。", "尾"]
    assert "W106" in codes(body, footnotes=NOTES)


def test_notes_in_circles() -> None:
    settings = '<w:footnotePr><w:numFmt w:val="decimalEnclosedCircleChinese"/></w:footnotePr>'
    assert lines(p(r("正文") + reference(2)), footnotes=NOTES, settings=settings) == ["正文①", "①注二。"]


def section(kind: str = "default", *, title: bool = False) -> str:
    page = "<w:titlePg/>" if title else ""
    return f'<w:sectPr><w:headerReference w:type="{kind}" r:id="id-header1"/>{page}</w:sectPr>'


def test_headers_and_footers_are_no_text_but_are_said() -> None:
    found = decoded(p("甲") + section(), header1=p("内部资料"))
    assert found.text == "甲\n"
    assert [notice.message for notice in found.notices] == ["headers and footers left out: 内部资料"]


def test_a_page_number_is_not_worth_a_notice() -> None:
    assert not decoded(p("甲") + section(), header1=p(r("— ") + field("PAGE", "1") + r(" —"))).notices


def test_the_red_head_in_the_header_of_the_first_page_is_taken_in() -> None:
    head = p("某县人民政府文件") + p("某政发〔2025〕1号")
    found = decoded(p("关于某事的通知") + section("first", title=True), header1=head)
    assert found.text.splitlines() == ["某县人民政府文件", "某政发〔2025〕1号", "关于某事的通知"]
    assert [notice.code for notice in found.notices] == ["W105"]
    again = decoded(head + p("关于某事的通知") + section("first", title=True), header1=p("某县人民政府文件"))
    assert again.text.count("某县人民政府文件") == 1


def test_the_strict_edition_reads_the_same() -> None:
    body = (
        p(r("甲") + box(p("盒")), '<w:jc w:val="center"/>')
        + tbl(tc("乙") + tc("丙"))
        + p("丁", '<w:pStyle w:val="1"/>')
    )
    files = parts(body, styles=STYLES)
    strict = dict(files)
    for old, new in STRICT:
        strict = {name: data.replace(old.encode(), new.encode()) for name, data in strict.items()}
    usual, other = (read(Source(packed(each), name="x.docx")) for each in (files, strict))
    assert (other.text, other.marks) == (usual.text, usual.marks)


def test_macros_templates_and_odd_names_are_read() -> None:
    files = parts(p("甲"))
    files["[Content_Types].xml"] = files["[Content_Types].xml"].replace(
        b"openxmlformats-officedocument.wordprocessingml.document.main", b"ms-word.document.macroEnabled.main"
    )
    files["word/vbaProject.bin"] = b"\xd0\xcf\x11\xe0"
    assert read(Source(packed(files))).text == "甲\n"
    moved = {name.replace("word/document.xml", "WORD\\\\Document2.XML"): data for name, data in parts(p("甲")).items()}
    moved["_rels/.rels"] = moved["_rels/.rels"].replace(b"word/document.xml", b"/word/document2.xml")
    assert read(Source(packed(moved, zipfile.ZIP_STORED))).text == "甲\n"


def test_what_a_container_gives_and_what_undo_gives_back() -> None:
    source = Source(docx(p("关于某事的通知") + p("推动 36 个学校")), name="x.docx")
    cleaned = govdoc.clean(source)
    assert (cleaned.decoded.encoding, cleaned.decoded.media_type) == ("utf-8", MEDIA_TYPE)
    assert cleaned.text == "关于某事的通知\n推动36个学校\n"
    assert cleaned.undo().decode() == cleaned.decoded.text
    ledger = read_ledger(write_ledger(cleaned))
    assert ledger.head["source"] == {"name": "x.docx", "sha256": source.sha256, "bytes": len(source.data)}
    assert ledger.undo(cleaned.text).decode() == cleaned.decoded.text


def test_the_path_of_a_word_file_is_taken_as_any_other(tmp_path: Path) -> None:
    (tmp_path / "x.docx").write_bytes(docx(p("关于做好某事的通知") + p("正文。")))
    assert govdoc.parse(tmp_path / "x.docx")[0].main.title == "关于做好某事的通知"


def field_mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def instruction(text: str) -> str:
    return f'<w:r><w:instrText xml:space="preserve">{text}</w:instrText></w:r>'


def alternatives(needed: str, choice: str, fallback: str) -> str:
    shape = f"<w:pict><v:shape><v:textbox><w:txbxContent>{fallback}</w:txbxContent></v:textbox></v:shape></w:pict>"
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="{needed}">{choice}</mc:Choice>'
        f"<mc:Fallback>{shape}</mc:Fallback></mc:AlternateContent></w:r>"
    )


GROUP = "".join(f"<wps:wsp><wps:txbx><w:txbxContent>{p(text)}</w:txbxContent></wps:txbx></wps:wsp>" for text in "甲乙")
DRAWN = f"<w:drawing><wp:anchor><a:graphic><a:graphicData>{GROUP}</a:graphicData></a:graphic></wp:anchor></w:drawing>"
AS_WORD_WRITES = {
    "controls in controls": (
        "<w:sdt><w:sdtPr><w:alias w:val='标题'/></w:sdtPr><w:sdtContent>"
        + p(f"<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>{r('苏教')}</w:sdtContent></w:sdt>" + r("〔2024〕5号"))
        + "</w:sdtContent></w:sdt>",
        ["苏教〔2024〕5号"],
    ),
    "controls around a row and a cell": (
        "<w:tbl><w:tblPr><w:tblBorders><w:insideV w:val='single'/></w:tblBorders></w:tblPr><w:sdt><w:sdtContent><w:tr>"
        + tc("甲")
        + f"<w:sdt><w:sdtContent>{tc('乙')}</w:sdtContent></w:sdt></w:tr></w:sdtContent></w:sdt></w:tbl>",
        ["甲\t乙"],
    ),
    "smart tags in smart tags": (
        p(f"<w:smartTag><w:smartTagPr/><w:smartTag>{r('2024年')}</w:smartTag>{r('3月5日')}</w:smartTag>"),
        ["2024年3月5日"],
    ),
    "deleted inside of inserted": (
        p(f"<w:ins>{r('新')}<w:del><w:r><w:delText>旧</w:delText></w:r></w:del></w:ins>{r('文')}"),
        ["新文"],
    ),
    "a paragraph's end deleted": (
        p(r("前半句"), "<w:rPr><w:del w:id='1'/></w:rPr>") + p("后半句"),
        ["前半句后半句"],
    ),
    "a paragraph moved": (
        p(f"<w:moveFrom>{r('搬走')}</w:moveFrom>", "<w:rPr><w:moveFrom w:id='3'/></w:rPr>")
        + p("留下")
        + p(f"<w:moveTo>{r('搬走')}</w:moveTo>", "<w:rPr><w:moveTo w:id='6'/></w:rPr>"),
        ["留下", "搬走"],
    ),
    "how a run looked before": (
        p("<w:r><w:rPr><w:rPrChange w:id='1'><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr><w:t>文</w:t></w:r>"),
        ["文"],
    ),
    "boxes in a group": (p(alternatives("wpg", DRAWN, p("旧"))) + p("正文"), ["甲", "乙", "正文"]),
    "a choice in a language nobody knows": (p(alternatives("zzz", DRAWN, p("旧"))) + p("正文"), ["旧", "正文"]),
    "a field in a field's question": (
        p(
            field_mark("begin") + instruction(" IF ") + field_mark("begin") + instruction(" PAGE ")
            + field_mark("separate") + r("1") + field_mark("end") + instruction(' = 1 "甲" "乙" ')
            + field_mark("separate") + r("甲") + field_mark("end") + r("文")
        ),
        ["甲文"],
    ),
    "a sign of the font of the text": (p('<w:r><w:sym w:font="宋体" w:char="2605"/></w:r>' + r("1年")), ["★1年"]),
    "directions": (p(f'<w:bdo w:val="ltr">{r("甲")}</w:bdo><w:dir w:val="ltr">{r("乙")}</w:dir>'), ["甲乙"]),
    "permissions, proofs and bookmarks": (
        p("<w:permStart w:id='1'/>" + r("甲") + "<w:proofErr/><w:bookmarkStart w:id='0'/>" + r("乙")),
        ["甲乙"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("strict", [False, True], ids=["transitional", "strict"])
@pytest.mark.parametrize(("body", "wanted"), AS_WORD_WRITES.values(), ids=AS_WORD_WRITES)
def test_what_word_itself_writes_is_read(body: str, wanted: list[str], strict: bool) -> None:
    files = parts(body)
    if strict:
        for old, new in STRICT:
            files = {name: data.replace(old.encode(), new.encode()) for name, data in files.items()}
    assert read(Source(packed(files), name="made.docx")).text.splitlines() == wanted
