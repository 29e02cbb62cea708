"""The DOCX as LibreOffice renders it, in the faces that ship."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pdfplumber
import pytest

import govdoc
import page_documents as made
from govdoc.exporting import docx
from govdoc.fonts import load_faces
from govdoc.layout.compose import compose
from govdoc.layout.composition import Paragraph
from govdoc.layout.paginate import paginate
from govdoc.layout.paper import paper_of
from govdoc.model import Block, Cell, Document, Main
from govdoc.style import StyleSheet, load_style
from rendering import render_docx

MM = 72 / 25.4


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
@pytest.mark.parametrize(
    ("paragraphs", "geometry"), [(1, "strict"), (2, "strict"), (3, "strict"), (4, "strict"), (5, "strict"),
                                 (1, "gbt33476"), (3, "gbt33476")],
)  # fmt: skip
def test_libreoffice_shows_the_colophon_at_the_foot_of_an_even_page(
    paragraphs: int, geometry: str, tmp_path: Path
) -> None:
    with rendered(made.notice(paragraphs), tmp_path, load_style("gbt9704", {"word.geometry": geometry})) as pdf:
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
def test_libreoffice_ends_lines_where_the_layout_does_and_loses_nothing(tmp_path: Path, seeds: list[Path]) -> None:
    """Real text without digits, whose joints with Han LibreOffice 7 widens come what may; it cannot squeeze."""
    cleaned = govdoc.clean(seeds[1]).text.splitlines()
    body = tuple(made.text(han) for line in cleaned if (han := re.sub("[ -~]", "", line)))
    style = load_style("gbt9704", {"body.squeeze": False})
    document = made.document(False, main=Main(title="总结", body=body))
    paper = paper_of(style, load_faces(user=False))
    flow = [item for item in compose(document, style).flow if isinstance(item, Paragraph)]
    expected = [item.text[line.start : line.stop] for item in flow for line in paper.lines(item)]
    with rendered(document, tmp_path, style) as pdf:
        shown = ["".join(char["text"] for char in line) for page in pdf.pages for line in lines_of(page)]
    assert "".join(shown) == "".join(item.text for item in flow)
    assert len(expected) > 200
    assert len(set(expected) & set(shown)) / len(set(expected)) > 0.95


@pytest.mark.slow
def test_libreoffice_breaks_a_table_where_the_layout_does_with_its_head_again(tmp_path: Path) -> None:
    rows = (("序号", "项目"), *((f"第{i}", "新建小学") for i in range(60)))
    table = Block("table", rows=tuple(tuple(Cell(cell) for cell in row) for row in rows))
    document = made.document(False, main=Main(title="表", body=(table,)))
    style = load_style("gbt9704")
    pages = paginate(compose(document, style), style, load_faces(user=False))
    with rendered(document, tmp_path, style) as pdf:
        shown = ["".join("".join(char["text"] for char in line) for line in lines_of(page)) for page in pdf.pages]
    assert len(shown) == len(pages) > 2
    assert all(text.startswith("序号项目第") for text in shown[1:])
