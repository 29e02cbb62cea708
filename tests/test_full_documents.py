"""Full documents of each format measured as anyone's PDF is; hard ones set sensibly with a notice."""

from __future__ import annotations

import io
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import msgspec
import pdfplumber
import pypdfium2
import pytest

import full_documents as full
import govdoc
import page_documents as made
from govdoc.checking.measured import measure_pdf
from govdoc.exporting import Exported, docx
from govdoc.exporting.pdf import write
from govdoc.fonts import load_faces
from govdoc.model import Block, Document, Header, IssuerMark, Main
from govdoc.style import StyleSheet, load_style, pick_style
from rendering import render_docx

FACES = load_faces(user=False)
RED = (1, 0, 0)


def style_of(name: str) -> StyleSheet:
    return load_style("letter") if name == "letter" else pick_style(full.FULL[name]())


@cache
def product(name: str) -> Exported:
    return write(full.FULL[name](), style_of(name), FACES)


@pytest.mark.parametrize("name", full.FULL)
def test_a_full_document_shows_no_violation(name: str) -> None:
    data = product(name).data
    report = measure_pdf(f"{name}.pdf", data)
    assert [(one.code, one.page, one.message) for one in report.findings] == []
    assert len(report.checked) + len(report.unchecked) > 30


@pytest.mark.parametrize("kind", [".docx", ".pdf"])
@pytest.mark.parametrize("name", full.FULL)
def test_a_full_document_has_no_error_by_its_xml_or_its_text(name: str, kind: str, tmp_path: Path) -> None:
    path = tmp_path / f"{name}{kind}"
    path.write_bytes(product(name).data if kind == ".pdf" else docx.write(full.FULL[name](), style_of(name)).data)
    report = govdoc.check(path)
    assert [(one.code, one.message, one.line_text) for one in report.findings if one.severity == "error"] == []
    assert [one.code for one in report.findings if one.code.startswith("M")] == []


@pytest.mark.slow
@pytest.mark.parametrize("name", full.FULL)
def test_libreoffices_rendering_of_our_docx_shows_no_violation(name: str, tmp_path: Path) -> None:
    path = tmp_path / f"{name}.docx"
    path.write_bytes(docx.write(full.FULL[name](), style_of(name)).data)
    report = measure_pdf(f"{name}.pdf", render_docx(path, tmp_path / "out").read_bytes())
    assert [(one.code, one.page, one.message) for one in report.findings] == []
    assert len(report.checked) + len(report.unchecked) > 30


def test_a_sealed_joint_document_shows_no_violation() -> None:
    sealed = load_style("gbt9704", {"signature.sealed": True})
    report = measure_pdf("sealed.pdf", write(full.joint(), sealed, FACES).data)
    assert [(one.code, one.message) for one in report.findings] == []


@pytest.mark.parametrize("name", full.FULL)
def test_a_full_document_is_whole(name: str) -> None:
    """Every character of every text is on the page, but what a 信函 has no place for."""
    found = full.FULL[name]()
    pdf = pypdfium2.PdfDocument(product(name).data)
    # pdfium takes a hyphen at the end of a line for one that was put there.
    seen = Counter("".join(page.get_textpage().get_text_range() for page in pdf).replace("\ufffe", "-"))
    main = msgspec.to_builtins(found.main)
    wanted = Counter("".join(_texts(main)))
    assert {char for char in wanted - seen if not char.isspace() and ord(char) < 0x10000} == set()


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in ("type", "names", "issue_date", "role", "rowspan"):
                yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)
    elif isinstance(value, str):
        yield value


@pytest.mark.parametrize("name", full.FULL)
def test_red_stands_where_the_standard_has_it_and_nowhere_else(name: str) -> None:
    pages = pdfplumber.open(io.BytesIO(product(name).data)).pages
    red = [char for page in pages for char in page.chars if char["non_stroking_color"] == RED]
    assert all(char["page_number"] == 1 and char["size"] > 22 for char in red)
    lines = [line for page in pages for line in page.lines if line["stroking_color"] == RED]
    assert len(lines) == {"order": 0, "plain": 0, "letter": 4}.get(name, 1)
    assert bool(red) == (name != "plain")


@pytest.mark.parametrize("name", full.FULL)
def test_the_bytes_hang_on_no_date_and_no_time_zone(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    first = product(name).data
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 500 * 86400.0)
    monkeypatch.setenv("TZ", "America/Anchorage")
    time.tzset()
    try:
        assert write(full.FULL[name](), style_of(name), FACES).data == first
    finally:
        monkeypatch.undo()
        time.tzset()


def test_every_name_of_rare_characters_is_drawn() -> None:
    notices = product("general").notices
    assert not [notice for notice in notices if notice.level == "error"]
    pdf = pypdfium2.PdfDocument(product("general").data)
    text = "".join(page.get_textpage().get_text_range() for page in pdf).encode("utf-16", "surrogatepass")
    assert full.NAMES in text.decode("utf-16").replace("\r\n", "")


# Hard ones


def hard() -> dict[str, tuple[Document, str]]:
    """Documents that fit badly, each with the code of the notice that says so."""
    mark = Header(issuer_mark=IssuerMark(("太仓市教育局",), "文件"))
    tall = Block("table", rows=((made.Cell("甲"), made.Cell("很长的单元格。" * 900)),))
    wide = Block("table", rows=((made.Cell("列名称"),) * 80, (made.Cell("1"),) * 80))
    names = "，".join(f"第{i}实验小学" for i in range(200))
    return {
        "a title of 300": (
            made.document(
                header=mark, main=Main(title="关于" + "进一步加强教育" * 42 + "的通知", body=(made.text("文。"),))
            ),
            "F201",
        ),
        "a title that fills page 1": (
            made.document(
                header=mark, main=Main(title="关于" + "进一步加强教育" * 42 + "的通知", body=(made.text("文。"),))
            ),
            "F207",
        ),
        "a title of 200 letters": (
            made.document(header=mark, main=Main(title=f"关于{'A' * 200}的通知", body=(made.text("文。"),))),
            "F201",
        ),
        "no body": (made.document(header=mark, main=Main(title="关于开会的通知")), "F202"),
        "recipients of a page": (
            made.document(
                header=mark, main=Main(title="通知", recipients=made.recipients(names), body=(made.text("文。"),))
            ),
            "F203",
        ),
        "a letter of two": (made.letter(), "F204"),
        "a table wider than the page": (made.document(header=mark, main=Main(title="表", body=(wide,))), "F205"),
        "a cell of three pages": (made.document(header=mark, main=Main(title="表", body=(tall,))), "F206"),
    }


def test_lines_that_are_no_elements_are_said_not_to_be_set() -> None:
    notice = "各学校：\n请做好放假工作。\n县教育局\n2024年9月5日\n"
    for end, names in (("主题词：教育 通知\n抄送：县政府办公室\n", ["主题词"]), ("抄送：县政府办公室\n", [])):
        (read,) = govdoc.parse(f"县教育局关于放假的通知\n{notice}{end}")
        said = [one.message for one in docx.write(read, load_style("gbt9704")).notices if one.code == "F208"]
        assert [one.rpartition(": ")[2] for one in said] == names


@pytest.mark.parametrize("name", hard())
def test_what_fits_badly_is_said_of_a_docx_too(name: str) -> None:
    found, code = hard()[name]
    exported = docx.write(found, load_style("letter" if code == "F204" else "gbt9704"))
    assert code in {notice.code for notice in exported.notices}
    (read,) = govdoc.parse(govdoc.Source(exported.data, name="x.docx"))
    assert read.main.title or read.main.body


def test_a_title_that_fills_a_page_may_part_in_word() -> None:
    long, short = (
        docx.write(made.document(main=Main(title=f"关于{'进一步加强' * n}教育的通知")), style_of("plain"))
        for n in (40, 8)
    )
    marks = [zipfile.ZipFile(io.BytesIO(each.data)).read("word/document.xml").decode() for each in (long, short)]
    assert ['<w:keepLines w:val="0"/>' in each for each in marks] == [True, False]


@pytest.mark.parametrize("name", hard())
def test_what_fits_badly_is_set_and_said(name: str) -> None:
    found, code = hard()[name]
    exported = write(found, load_style("letter" if code == "F204" else "gbt9704"), FACES)
    assert code in {notice.code for notice in exported.notices}
    pages = pdfplumber.open(io.BytesIO(exported.data)).pages
    for page in pages:
        for char in page.chars:
            assert char["x0"] > 27 * 72 / 25.4, (page.page_number, char["text"])
            assert char["x1"] < 188 * 72 / 25.4, (page.page_number, char["text"])


def test_a_list_of_5000_is_set_in_a_few_seconds() -> None:
    items = tuple(Block("paragraph", text=f"{i}．第{i}项重点工作。") for i in range(1, 5001))
    found = made.document(main=Main(title="清单", body=items))
    start = time.process_time()
    exported = write(found, load_style("gbt9704"), FACES)
    assert time.process_time() - start < 20
    assert len(pypdfium2.PdfDocument(exported.data)) == pytest.approx(5000 / 22, abs=2)


def test_a_column_of_2000_rows_is_set_in_both_formats() -> None:
    table = Block("table", rows=tuple((made.Cell(f"第{i}行"),) for i in range(2000)))
    found = made.document(main=Main(title="清单", body=(table,)))
    text = "".join(
        page.extract_text()
        for page in pdfplumber.open(io.BytesIO(write(found, style_of("plain"), FACES).data)).pages[-2:]
    )
    assert "第1999行" in text
    assert b"1999" in zipfile.ZipFile(io.BytesIO(docx.write(found, style_of("plain")).data)).read("word/document.xml")


def test_an_ordinary_document_has_no_such_notice() -> None:
    for found in (made.notice(), made.upward(), made.plain()):
        codes = {notice.code for notice in write(found, pick_style(found), FACES).notices}
        assert not {code for code in codes if code.startswith("F2")}


@pytest.mark.parametrize("name", [name for name, made in full.FULL.items() if "𫖯" in made().to_json().decode()])
def test_rare_names_are_read_back_from_our_pdf(name: str) -> None:
    """PDFium gives a character beyond the BMP as two halves of a surrogate pair."""
    (document,) = govdoc.parse(govdoc.Source(product(name).data, name="x.pdf"))
    assert "张𫖯" in document.to_json().decode()
