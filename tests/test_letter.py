"""信函格式 (GB/T 9704-2012 §10.1): where its lines, number and lists stand, measured on the PDF."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

import pdfplumber
import pytest

import page_documents as made
from govdoc.exporting.pdf import write
from govdoc.fonts import load_faces
from govdoc.model import Document
from govdoc.style import load_style

STYLE = load_style("letter")
FACES = load_faces(user=False)
MM = 72 / 25.4


@cache
def pages_of(long: bool = False) -> list[Any]:
    found = made.letter()
    if long:
        found = made.with_main(found, body=(made.text(made.FILLER * 8),))
    return list(pdfplumber.open(io.BytesIO(write(found, STYLE, FACES).data)).pages)


def row(page: Any, text: str) -> list[dict[str, Any]]:
    """The characters of the first place where ``text`` stands on one baseline."""
    chars = page.chars
    whole = "".join(char["text"] for char in chars)
    start = whole.index(text)
    found: list[dict[str, Any]] = chars[start : start + len(text)]
    return found


def test_two_double_lines_of_170_mm_thick_outside() -> None:
    page = pages_of()[0]
    lines = sorted(page.lines, key=lambda line: line["top"])
    assert len(lines) == 4
    assert all(line["stroking_color"] == (1, 0, 0) for line in lines)
    assert all((line["x1"] - line["x0"]) / MM == pytest.approx(170, abs=0.01) for line in lines)
    thick, thin, lower_thin, lower_thick = (line["linewidth"] for line in lines)
    assert thick > thin
    assert lower_thick > lower_thin
    assert (lines[2]["top"] + lines[3]["top"]) / 2 / MM == pytest.approx(277, abs=0.5)
    mark = row(page, "太仓市教育局")
    assert {char["non_stroking_color"] for char in mark} == {(1, 0, 0)}
    assert lines[0]["top"] / MM == pytest.approx(30 + mark[0]["size"] / MM + 4, abs=0.5)


def test_the_mark_is_the_lead_agencys_name_alone() -> None:
    large = "".join(char["text"] for char in pages_of()[0].chars if char["size"] > 30)
    assert large == "太仓市教育局"


def test_number_at_the_right_edge_on_the_line_of_the_copy_number() -> None:
    page = pages_of()[0]
    number, copy, secrecy = row(page, "太教函〔2025〕2号"), row(page, "000012"), row(page, "机密★1年")
    assert number[-1]["x1"] == pytest.approx(184 * MM, abs=1)
    assert copy[0]["x0"] == pytest.approx(28 * MM, abs=1)
    assert number[0]["matrix"][5] == pytest.approx(copy[0]["matrix"][5])
    assert copy[0]["matrix"][5] - secrecy[0]["matrix"][5] == pytest.approx((225 * MM - 16) / 21, abs=0.01)


def test_signers_stand_below_the_other_lines() -> None:
    found = made.upward()
    page = pdfplumber.open(io.BytesIO(write(found, STYLE, FACES).data)).pages[0]
    assert "签发人：张三　李四明　王五" in "".join(char["text"] for char in page.chars)


@pytest.mark.parametrize("long", [False, True])
def test_no_number_on_page_one_and_no_lines_around_the_copies(long: bool) -> None:
    pages = pages_of(long)
    texts = ["".join(char["text"] for char in page.chars) for page in pages]
    assert "— 1 —" not in texts[0]
    assert all(f"— {i} —" in text for i, text in enumerate(texts[1:], 2))
    assert len(pages) == 1 + long
    assert "印发" not in texts[-1]
    assert not any(page.lines for page in pages[1:])
    copies = row(pages[-1], "抄送：市政府办公室，市委宣传部。")
    assert (262 * MM) - copies[0]["bottom"] < 8


def test_the_bottom_of_a_letter_without_a_mark_is_bare() -> None:
    found: Document = made.plain()
    assert not pdfplumber.open(io.BytesIO(write(found, STYLE, FACES).data)).pages[0].lines
