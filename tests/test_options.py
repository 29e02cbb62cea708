"""Local customs as options of a style sheet: each does what it says, and none is on by default."""

from __future__ import annotations

import io
import re
from itertools import pairwise
from pathlib import Path

import pdfplumber
import pypdfium2
import pytest

import full_documents as full
import page_documents as made
from govdoc.exporting.pdf import write
from govdoc.fonts import load_faces
from govdoc.layout.compose import compose
from govdoc.layout.composition import Paragraph
from govdoc.layout.pages import Page, TextLine
from govdoc.layout.paginate import paginate
from govdoc.model import Document
from govdoc.style import StyleSheet, load_style

FACES = load_faces(user=False)
STYLE = load_style("gbt9704")
MM = 72 / 25.4


def pages_of(found: Document, style: StyleSheet = STYLE) -> tuple[Page, ...]:
    return paginate(compose(found, style), style, FACES)


def line_with(pages: tuple[Page, ...], text: str) -> TextLine:
    lines = (line for page in pages for line in page.lines)
    return next(line for line in lines if text in "".join(piece.text for piece in line.glyphs))


def centre(line: TextLine) -> float:
    """Of a line of full-width characters of 16 pt, points."""
    first, last = line.glyphs[0], line.glyphs[-1]
    step = last.size + last.spacing
    return line.x + (first.x + last.x + step * len(last.text)) / 2


def test_bold_second_level() -> None:
    bold = load_style("gbt9704", {"text.heading2.bold": True})
    line = line_with(pages_of(made.notice(), bold), "（一）党的全面领导")
    assert [piece.bold for piece in line.glyphs] == [piece.face is FACES.face("kaiti") for piece in line.glyphs]
    assert not any(piece.bold for page in pages_of(made.notice()) for row in page.lines for piece in row.glyphs)
    data = pypdfium2.PdfDocument(write(made.notice(), bold, FACES).data)
    plain = pypdfium2.PdfDocument(write(made.notice(), STYLE, FACES).data)

    def dark(pdf: pypdfium2.PdfDocument) -> float:
        return sum(
            value * count for value, count in enumerate(pdf[1].render(scale=2).to_pil().convert("L").histogram())
        )

    assert dark(data) < dark(plain)
    assert data[1].get_textpage().get_text_range() == plain[1].get_textpage().get_text_range()


def test_a_page_number_in_the_middle() -> None:
    middle = load_style("gbt9704", {"number.position": "centre"})
    for page in pdfplumber.open(io.BytesIO(write(made.notice(), middle, FACES).data)).pages:
        dashes = [char for char in page.chars if char["text"] == "—" and abs(char["size"] - 14) < 0.1]
        assert (dashes[0]["x0"] + dashes[-1]["x1"]) / 2 == pytest.approx(106 * MM, abs=1)


def test_a_pitch_of_28_points() -> None:
    tight = load_style("gbt9704", {"page.pitch": 28.0})
    body = sorted({round(line.y, 2) for line in pages_of(made.pure_hanzi(60), tight)[1].lines})[:-1]
    assert len(body) == 22
    assert [below - above for above, below in pairwise(body)] == pytest.approx([28.0] * 21, abs=0.02)


def test_a_local_sheet_of_all_customs(tmp_path: Path) -> None:
    path = tmp_path / "ours.toml"
    path.write_text(
        'name = "ours"\nsummary = "ours"\nextends = "gbt9704"\n'
        "[page]\npitch = 28.0\nduplex = false\nmirror_margins = true\n"
        "[text.heading2]\nbold = true\n[number]\nposition = \"centre\"\n[word]\ngeometry = \"gbt33476\"\n",
        encoding="utf-8",
    )  # fmt: skip
    assert write(full.general(), load_style(path), FACES).data.startswith(b"%PDF")


# 署名 with seals (§7.3.5.1)


def test_sealed_names_stand_in_rows_far_enough_apart() -> None:
    sealed = load_style("gbt9704", {"signature.sealed": True})
    short = made.with_main(full.joint(), signature_orgs=("甲某局", "乙某局", "丙某局", "丁某局"))
    pages = pages_of(short, sealed)
    first, second = line_with(pages, "甲某局"), line_with(pages, "丁某局")
    date = line_with(pages, "2025年12月17日")
    assert "".join(piece.text for piece in first.glyphs).split("　") != ["甲某局"]
    assert line_with(pages, "丙某局") is first
    assert second.y - first.y > 42 * MM, "seals of 42 mm do not touch"
    assert date.y - second.y == pytest.approx((225 * MM - 16) / 21, abs=0.1)
    assert centre(second) == pytest.approx((184 - 26) * MM, abs=8), "in the last column"
    assert re.search("甲某局　+乙某局　+丙某局", "".join(piece.text for piece in first.glyphs))


def test_no_sealed_name_leaves_the_block() -> None:
    sealed = load_style("gbt9704", {"signature.sealed": True})
    for orgs in (full.FIVE, ("某" * 40, "某局"), ("某局",) * 9):
        for page in pages_of(made.with_main(full.joint(), signature_orgs=orgs), sealed):
            assert all(27 * MM < line.x < 185 * MM and line.y < 273 * MM for line in page.lines)


# What stays together


def test_attachment_names_may_stand_on_the_page_before_the_signature() -> None:
    flow = [item for item in compose(full.general(), STYLE).flow if isinstance(item, Paragraph)]
    notes = [item for item in flow if item.element == "attachment_note"]
    assert [note.keep_with_next for note in notes] == [False] * 10 + [True]
    assert next(item for item in flow if item.element == "signature").keep_with_next


# The file


def test_labels_of_pages_are_their_numbers() -> None:
    body = tuple(made.text("一段文字。") for _ in range(23))
    found = made.with_main(made.notice(), body=body, attachments=())
    for length in range(18, 32):
        body = tuple(made.text("一段文字。") for _ in range(length))
        found = made.with_main(made.notice(), body=body, attachments=())
        data = write(found, STYLE, FACES).data
        pdf = pypdfium2.PdfDocument(data)
        labels = [pdf.get_page_label(i) for i in range(len(pdf))]
        if len(pdf) == 4 and not pdf[2].get_textpage().get_text_range().strip():
            assert labels == ["1", "2", "[3]", "[4]"]
            return
        assert labels == [str(i + 1) for i in range(len(pdf))]
    pytest.fail("no length left a page blank")
