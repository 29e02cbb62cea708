"""Tables that lie across (GB/T 9704-2012 §8) as DOCX: sections of sheets turned, numbered where upright pages are."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pdfplumber
import pytest
from lxml import etree

import page_documents as made
from govdoc.exporting import docx, export_document
from govdoc.model import Attachment, Block, Cell, Colophon, Main, Printing
from govdoc.style import load_style
from rendering import render_docx

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WIDE = Block("table", rows=tuple(tuple(Cell(f"第{c}列指标名称{r}") for c in range(16)) for r in range(30)))
TEXT = made.text(made.FILLER)


def root(main: Main, colophon: Colophon | None = None) -> etree._Element:
    document = made.document(False, main=main, **({"colophon": colophon} if colophon else {}))
    data = docx.write(document, load_style("gbt9704")).data
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))


def sections(found: etree._Element) -> list[str]:
    """Each section's paper: ``up``, ``across``, or ``even`` where it begins on an even page."""
    papers = []
    for section in found.iter(W + "sectPr"):
        size, kind = section.find(W + "pgSz"), section.find(W + "type")
        even = kind is not None and kind.get(W + "val") == "evenPage"
        papers.append("even" if even else "across" if size.get(W + "orient") == "landscape" else "up")
    return papers


def attached(*body: Block) -> tuple[Attachment, ...]:
    return (Attachment("attachment", number=1, title="计划总表", body=body),)


PRINTING = Colophon(printing=Printing("太仓市教育局办公室", None, "2025年2月7日"))


@pytest.mark.parametrize(
    ("main", "colophon", "wanted"),
    [
        (Main(title="通知", body=(TEXT, WIDE, TEXT)), None, ["up", "across", "up"]),
        (Main(title="通知", body=(TEXT, WIDE)), None, ["up", "across"]),
        (Main(title="通知", body=(TEXT,), attachments=attached(WIDE)), None, ["up", "across"]),
        (Main(title="通知", body=(TEXT, WIDE, TEXT), attachments=attached(WIDE)), None, ["up", "across"] * 2),
        (Main(title="通知", body=(TEXT, WIDE, WIDE, TEXT)), None, ["up", "across", "across", "up"]),
        (Main(title="通知", body=(TEXT, WIDE)), PRINTING, ["up", "across", "even"]),
    ],
)
def test_a_wide_table_has_a_section_laid_across(main: Main, colophon: Colophon | None, wanted: list[str]) -> None:
    assert sections(root(main, colophon)) == wanted


def test_the_turned_sheet_has_the_upright_margins_turned() -> None:
    section = list(root(Main(title="通知", body=(TEXT, WIDE, TEXT))).iter(W + "sectPr"))[1]
    size, margins = section.find(W + "pgSz"), section.find(W + "pgMar")
    assert (size.get(W + "w"), size.get(W + "h")) == ("16838", "11906")
    assert [margins.get(W + side) for side in ("top", "bottom", "left", "right")] == ["1587", "1474", "1984", "2098"]
    assert len(list(section.iter(W + "footerReference"))) == 2


def test_what_hangs_together_with_the_table_stands_on_its_sheet() -> None:
    found = root(Main(title="通知", body=(TEXT,), attachments=attached(WIDE)))
    closing = next(p for p in found.iter(W + "p") if p.find(f"{W}pPr/{W}sectPr") is not None)
    label = next(p for p in found.iter(W + "p") if "".join(t.text or "" for t in p.iter(W + "t")) == "附件1")
    assert closing.getparent().index(closing) < label.getparent().index(label)
    assert label.find(f"{W}pPr/{W}pageBreakBefore") is None


@pytest.mark.slow
def test_libreoffice_has_the_pages_of_the_pdf(tmp_path: Path) -> None:
    main = Main(title="通知", body=(TEXT, WIDE, TEXT), attachments=attached(WIDE))
    document = made.document(False, main=main)
    path = tmp_path / "x.docx"
    path.write_bytes(export_document(document, ".docx", "gbt9704").data)
    (tmp_path / "x.pdf").write_bytes(export_document(document, ".pdf", "gbt9704").data)
    with pdfplumber.open(tmp_path / "x.pdf") as own, pdfplumber.open(render_docx(path, tmp_path / "out")) as shown:
        assert len(shown.pages) == len(own.pages)
        turned = [page for page in shown.pages if page.width > page.height]
        assert len(turned) >= 2
        for page in turned:
            dash = [char for char in page.chars if char["text"] == "—"]
            # 7 mm below the upright 版心 (262 mm): 28 mm from the turned sheet's left edge
            assert {round((char["x0"] + char["x1"]) / 2 / 72 * 25.4) for char in dash} <= {27, 28, 29}
            assert len(dash) == 2
