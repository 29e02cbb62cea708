"""A 信函 (GB/T 9704-2012 §10.1) as DOCX: its lines hang in the first page's header, its mark stands in a frame."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pdfplumber
import pytest
from lxml import etree

import page_documents as made
from govdoc.exporting import docx
from govdoc.style import load_style
from rendering import render_docx

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MM = 72 / 25.4


@pytest.fixture(scope="module")
def letter() -> bytes:
    return docx.write(made.letter(), load_style("letter")).data


def test_page_1_has_the_double_lines_and_no_number(letter: bytes) -> None:
    archive = zipfile.ZipFile(io.BytesIO(letter))
    body = etree.fromstring(archive.read("word/document.xml"))
    assert body.find(f".//{W}titlePg") is not None
    references = {node.get(W + "type") for node in body.iter(W + "headerReference")}
    assert references == {"first"}
    header = archive.read("word/header1.xml").decode()
    assert header.count('cx="6120000"') == 8  # extent and shape of four bars, 170 mm each
    assert "first" not in {node.get(W + "type") for node in body.iter(W + "footerReference")}


def test_the_mark_stands_above_the_text_and_the_colophon_has_no_lines(letter: bytes) -> None:
    body = etree.fromstring(zipfile.ZipFile(io.BytesIO(letter)).read("word/document.xml"))
    frame = body.find(f".//{W}framePr")
    assert (frame.get(W + "vAnchor"), frame.get(W + "y")) == ("page", "1701")
    assert not list(body.iter(W + "tcBorders"))


@pytest.mark.slow
def test_libreoffice_shows_the_lines_where_the_standard_has_them(letter: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    path.write_bytes(letter)
    with pdfplumber.open(render_docx(path, tmp_path / "out")) as pdf:
        page = pdf.pages[0]
        bars = sorted((rect["top"], rect["bottom"], rect["x0"], rect["x1"]) for rect in (*page.rects, *page.curves))
        assert len(bars) == 4
        heights = [(bottom - top) / MM for top, bottom, _, _ in bars]
        assert heights == pytest.approx([0.7, 0.25, 0.25, 0.7], abs=0.05)
        assert [(x0 / MM, x1 / MM) for _, _, x0, x1 in bars] == [pytest.approx((21, 191), abs=0.2)] * 4
        assert (bars[2][0] + bars[3][1]) / 2 / MM == pytest.approx(277, abs=0.5)
        assert not [char for char in page.chars if char["text"] == "—" and char["top"] > 262 * MM]
        image = page.to_image(resolution=150).original.convert("RGB")
        red = next(
            y for y in range(image.height) if any(image.getpixel((x, y))[1] < 90 for x in range(0, image.width, 2))
        )
        assert red / 150 * 25.4 == pytest.approx(30, abs=1)
