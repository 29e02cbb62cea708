"""The package of the DOCX: nothing of the template shows, and nothing of the day or the machine."""

from __future__ import annotations

import datetime
import io
import time
import zipfile
from collections.abc import Callable

import docx as python_docx
import pytest
from docx.enum.section import WD_SECTION_START

import full_documents as full
import page_documents as made
from govdoc.errors import ExportError
from govdoc.exporting import docx
from govdoc.exporting.docx_package import Core
from govdoc.layout.compose import compose
from govdoc.model import Block, Cell, Document, Main
from govdoc.style import load_style


def opened(data: bytes) -> python_docx.document.Document:
    return python_docx.Document(io.BytesIO(data))


def written(document: Document) -> bytes:
    return docx.write(document, load_style("gbt9704")).data


def drawn(core: Core) -> bytes:
    style = load_style("gbt9704")
    return docx.draw(compose(made.plain(), style), style, core).data


def across() -> Document:
    """A document with a table that lies across between two texts."""
    wide = Block("table", rows=tuple(tuple(Cell(f"{row}{i}") for i in range(16)) for row in "甲乙丙"))
    return made.document(main=Main(title="关于列表的通知", body=(made.text("如下。"), wide, made.text("完。"))))


def test_the_parts_are_those_a_document_has_and_no_others() -> None:
    archive = zipfile.ZipFile(io.BytesIO(written(made.notice())))
    assert archive.testzip() is None
    assert archive.namelist() == [
        "[Content_Types].xml", "_rels/.rels", "docProps/core.xml", "word/document.xml",
        "word/_rels/document.xml.rels", "word/styles.xml", "word/settings.xml", "word/footer1.xml",
        "word/footer2.xml", "docProps/app.xml",
    ]  # fmt: skip
    assert b"<Application>govdoc</Application>" in archive.read("docProps/app.xml")


def test_the_gallery_shows_no_style_of_the_template() -> None:
    shown = {style.name for style in opened(written(made.notice())).styles}
    known = {style.name for style in python_docx.Document().styles}
    kept = {"Normal", "Default Paragraph Font", "Normal Table", "Title", *(f"Heading {i}" for i in range(1, 5))}
    assert shown & known == kept


def test_the_bytes_are_the_same_on_another_day(monkeypatch: pytest.MonkeyPatch) -> None:
    first = written(made.notice())
    monkeypatch.setattr(time, "time", lambda: datetime.datetime(2031, 5, 6, 7, 8, 9).timestamp())
    assert written(made.notice()) == first


@pytest.mark.parametrize("zone", ["America/Anchorage", "Pacific/Kiritimati"])
@pytest.mark.parametrize(
    ("document", "options"),
    [
        (full.general, {}),
        (full.letter, {}),
        (across, {}),
        (full.order, {"word.embed_fonts": True}),
        (across, {"word.embed_fonts": True}),
    ],
)
def test_the_bytes_hang_on_no_date_and_no_time_zone(
    document: Callable[[], Document], options: dict[str, bool], zone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sections laid across and embedded fonts, which have dates of their own, too."""
    style = load_style("letter" if document is full.letter else "gbt9704", options)
    made_here, first = document(), docx.write(document(), style).data
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 500 * 86400.0)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        assert docx.write(made_here, style).data == first
    finally:
        monkeypatch.undo()
        time.tzset()


def test_the_bytes_are_those_of_no_system() -> None:
    entries = zipfile.ZipFile(io.BytesIO(written(made.notice()))).infolist()
    assert {entry.create_system for entry in entries} == {0}


def test_a_document_leaves_nothing_in_the_next() -> None:
    first = written(made.plain())
    assert written(made.notice()) != first
    assert written(made.plain()) == first


def test_sections_share_the_footers_of_the_first() -> None:
    first, last = opened(written(made.notice(9))).sections
    assert (first.start_type, last.start_type) == (WD_SECTION_START.NEW_PAGE, WD_SECTION_START.EVEN_PAGE)
    assert not first.footer.is_linked_to_previous
    assert not first.even_page_footer.is_linked_to_previous
    assert last.footer.is_linked_to_previous
    assert [p.text for p in last.even_page_footer.paragraphs] == ["— 1 —"]
    assert (first.page_width.twips, last.page_width.twips) == (11906, 11906)


def test_properties_hold_what_is_known_and_nothing_of_the_template() -> None:
    properties = opened(drawn(Core("题", "", "", None))).core_properties
    assert (properties.title, properties.author, properties.subject) == ("题", "", "")
    assert (properties.comments, properties.keywords, properties.last_modified_by) == ("", "", "")
    assert str(properties.created) == str(properties.modified) == "1980-01-01 00:00:00+00:00"


def test_a_title_longer_than_a_property_may_be_is_cut_there_and_whole_in_the_text() -> None:
    title = "关于" + "进一步" * 90 + "的通知"
    document = opened(written(made.document(False, main=Main(title=title, body=(made.text("正文。"),)))))
    assert document.core_properties.title == title[:254] + "…"
    assert title in "".join(p.text for p in document.paragraphs).replace("\n", "")


@pytest.mark.parametrize("day", ["2025-02-30", "2025-02", None])
def test_a_day_that_is_none_is_not_written(day: str | None) -> None:
    document = made.document(False, main=Main(title="通知", body=(made.text("正文。"),), issue_date=day))
    assert opened(written(document)).core_properties.created.year == 1980


def test_a_property_xml_cannot_hold_is_refused() -> None:
    with pytest.raises(ExportError, match=r"文档属性: U\+000B"):
        drawn(Core("题\x0b", "", "", None))


def test_markup_in_a_property_is_text() -> None:
    assert opened(drawn(Core("a < b & c", "", "", None))).core_properties.title == "a < b & c"
