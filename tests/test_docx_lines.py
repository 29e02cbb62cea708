"""Lines of the DOCX are set just so tight that LibreOffice ends them, and pages, where the layout does."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any

import pdfplumber
import pytest

import govdoc
from govdoc.exporting import docx, export_document
from govdoc.exporting.docx_lines import fitted
from govdoc.fonts import load_faces
from govdoc.layout.composition import Paragraph, Run
from govdoc.layout.paper import paper_of
from govdoc.style import load_style
from rendering import render_docx

MM = 72 / 25.4


def body(*texts: str) -> Paragraph:
    return Paragraph("body", tuple(Run(text, "fangsong", 16.0) for text in texts), indent_first=2.0)


def fit(made: Paragraph) -> tuple[tuple[int, int, int, bool], ...]:
    return tuple(tuple(each) for each in fitted(made, paper_of(load_style("gbt9704"), load_faces(user=False))))


def test_lines_of_pure_han_need_no_help() -> None:
    assert fit(body("公" * 26 + "文" * 28 + "稿" * 10)) == ()


def test_a_line_that_makes_room_for_a_stop_is_set_tighter() -> None:
    ((start, stop, closer, _),) = fit(body("公" * 26 + "，" + "文" * 28))
    assert (start, stop) == (0, 27)
    assert 27 * (320 - 5 - closer) <= 8844 - 632 < 27 * (320 - 5 - closer + 3)


def test_a_line_with_numbers_makes_room_for_the_joints() -> None:
    ((start, stop, closer, _),) = fit(body("公" * 20 + "2025年" + "文" * 31))
    assert (start, stop) == (0, 28)  # of 28 cells two are its indent: 20 + 4 halves + 1 + 3
    assert 0 < closer < 10


@pytest.mark.parametrize(("sign", "parted"), [("，", True), ("”", True), ("；", False), ("文", False)])
def test_a_word_that_begins_a_line_behind_a_closing_sign_is_said_to_be_chinese(sign: str, parted: bool) -> None:
    found = fit(body("公" * 25 + sign + "2025年" + "文" * 31))
    assert [each[:2] for each in found if each[3]] == ([(26, 30)] if parted else [])


def test_a_numbered_name_of_an_attachment_begins_at_a_tab() -> None:
    note = Paragraph("attachment_note", body("附件：1.", "名" * 40).runs, indent_first=-4.0, indent_left=6.0)
    single = Paragraph("attachment_note", body("附件：", "名" * 40).runs, indent_first=-3.0, indent_left=5.0)
    assert docx.paragraph(note, load_style("gbt9704")).count("<w:tab/>") == 1
    assert docx.paragraph(note, load_style("gbt9704"), lines=[*fitted_of(note)]).count("<w:tab/>") == 1
    assert "<w:tab/>" not in docx.paragraph(single, load_style("gbt9704"))


def test_runs_are_cut_where_lines_end() -> None:
    made = body("公" * 20, "公" * 6 + "，" + "文" * 28)
    cut = docx.paragraph(made, load_style("gbt9704"), lines=[*fitted_of(made)])
    texts = [piece.partition("</w:t>")[0] for piece in cut.split('xml:space="preserve">')[1:]]
    assert texts == ["公" * 20, "公" * 6 + "，", "文" * 28]
    assert cut.count("<w:spacing w:val=") == 2


def fitted_of(made: Paragraph) -> Sequence[Any]:
    return fitted(made, paper_of(load_style("gbt9704"), load_faces(user=False)))


def line_ends(path: Path) -> tuple[str, set[int], list[int]]:
    """The text of a PDF without its 页码, where its lines end in it, and where its pages do."""
    lines: list[str] = []
    pages = []
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            rows: list[tuple[float, list[dict[str, Any]]]] = []
            for char in sorted(page.chars, key=lambda char: char["bottom"]):
                if char["top"] > 262 * MM or not char["text"].strip():
                    continue
                base = float(page.height) - char["matrix"][5]
                if rows and abs(base - rows[-1][0]) < 7:
                    rows[-1][1].append(char)
                else:
                    rows.append((base, [char]))
            lines += ["".join(c["text"] for c in sorted(row, key=lambda c: c["x0"])) for _, row in rows]
            pages.append(sum(map(len, lines)))
    return "".join(lines), set(accumulate(map(len, lines))), pages


@pytest.mark.slow
@pytest.mark.parametrize("number", range(5))
def test_a_seeds_lines_and_pages_end_where_the_pdfs_do(number: int, seeds: list[Path], tmp_path: Path) -> None:
    document = govdoc.parse(seeds[number])[0]
    path = tmp_path / "x.docx"
    path.write_bytes(export_document(document, ".docx", "auto").data)
    (tmp_path / "x.pdf").write_bytes(export_document(document, ".pdf", "auto").data)
    text, ends, pages = line_ends(tmp_path / "x.pdf")
    shown, shown_ends, shown_pages = line_ends(render_docx(path, tmp_path / "out"))
    assert shown == text
    assert len(ends & shown_ends) / len(ends) > 0.98
    assert len(pages) == len(shown_pages)
    assert max(abs(a - b) for a, b in zip(pages, shown_pages, strict=True)) <= 2 * 30  # give or take a line
