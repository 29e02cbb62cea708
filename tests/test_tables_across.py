"""Tables wider than the page: turned a quarter (GB/T 9704-2012 §8), or their columns in parts."""

from __future__ import annotations

import io
from collections import Counter
from typing import Any

import pdfplumber
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import page_documents as made
from govdoc.exporting import Exported
from govdoc.exporting.pdf import write
from govdoc.fonts import load_faces
from govdoc.layout.compose import compose
from govdoc.layout.composition import Paragraph, Table, TableCell
from govdoc.layout.pages import Page
from govdoc.layout.paginate import paginate
from govdoc.layout.tables import in_parts, table_grid
from govdoc.model import Attachment, Block, Cell, Document
from govdoc.style import load_style

STYLE = load_style("gbt9704")
FACES = load_faces(user=False)
MM = 72 / 25.4


def table(columns: int, rows: int) -> Block:
    head = tuple(Cell(f"第{i}项指标名称") for i in range(columns))
    body = (tuple(Cell(f"{r * 37 + c}.5" if c else f"城东第{r}小学") for c in range(columns)) for r in range(rows))
    return Block("table", rows=(head, *body))


def attached(columns: int = 14, rows: int = 40) -> Document:
    sheet = Attachment(
        "attachment", number=1, title="学校情况统计表", body=(table(columns, rows), made.text("注：数据截至年底。"))
    )
    return made.with_main(made.notice(1), attachments=(sheet,))


def exported(found: Document) -> tuple[Exported, list[Any]]:
    product = write(found, STYLE, FACES)
    return product, list(pdfplumber.open(io.BytesIO(product.data)).pages)


def pages_of(found: Document) -> tuple[Page, ...]:
    return paginate(compose(found, STYLE), STYLE, FACES)


def test_a_wide_table_lies_across_with_its_head_at_the_left_edge() -> None:
    _, pages = exported(attached())
    turned = [page for page in pages if any(not char["upright"] for char in page.chars)]
    assert len(turned) > 1
    for page in turned:
        assert (page.width, page.height) == pytest.approx((210 * MM, 297 * MM), abs=0.1)
        across = [char for char in page.chars if not char["upright"]]
        # The table's own rows are to the right of the head row, and the text runs up the page.
        assert max(char["x1"] for char in across if char["text"] == "标") < min(
            char["x0"] for char in across if char["text"] == "城"
        )
        first, later = (next(char for char in across if char["text"] == each) for each in "第项")
        assert first["top"] > later["top"]
        assert all(28 * MM - 1 < char["x0"] < char["x1"] < 184 * MM + 1 for char in across)
        assert all(37 * MM - 1 < char["top"] < char["bottom"] < 262 * MM + 1 for char in across)


def test_the_page_number_stands_where_upright_pages_have_it() -> None:
    pages = pages_of(attached())
    turned = [page for page in pages if any(line.turned for line in page.lines)]
    numbers = [line for page in turned for line in page.lines if line.glyphs[0].text.startswith("—")]
    assert len(numbers) == len(turned)
    assert not any(line.turned for line in numbers)
    assert all(line.y == pytest.approx(269 * MM, abs=8) for line in numbers)


def test_label_and_title_stand_on_the_turned_page() -> None:
    _, pages = exported(attached())
    page = next(page for page in pages if any(not char["upright"] for char in page.chars))
    turned = "".join(char["text"] for char in page.chars if not char["upright"])
    assert turned.startswith("附件1学校情况统计表")
    label, title = (next(char for char in page.chars if char["text"] == each) for each in ("附", "学"))
    assert title["x0"] - label["x0"] == pytest.approx(2 * (225 * MM - 16) / 21, abs=6)


def test_the_text_after_a_turned_table_is_upright_on_a_page_of_its_own() -> None:
    pages = pages_of(attached())
    after = next(page for page in pages if "数据截至年底" in page.text)
    assert not any(line.turned for line in after.lines)


def test_a_narrow_table_stays_upright() -> None:
    assert not any(line.turned for page in pages_of(made.upward()) for line in page.lines)


def test_a_table_wider_than_a_page_across_is_parted_with_a_notice() -> None:
    product, pages = exported(made.document(main=made.Main(title="表", body=(table(60, 3), made.text("后文。")))))
    assert [notice.code for notice in product.notices if notice.code.startswith("F2")] == ["F205"]
    copied = Counter("".join(char["text"] for page in pages for char in page.chars))
    assert copied["标"] == 60 + copied["城"] // 3 - 1, "every column once, the first in every part"
    assert "后文" in "".join(char["text"] for char in pages[-1].chars)


CELLS = st.builds(Cell, st.text("汉字1a.", max_size=25), st.integers(1, 3), st.integers(1, 6))


@settings(max_examples=60)
@given(st.lists(st.lists(CELLS, min_size=1, max_size=40).map(tuple), min_size=1, max_size=6), st.integers(0, 30))
def test_any_wide_table_is_placed_whole_inside_the_block(rows: list[tuple[Cell, ...]], before: int) -> None:
    body = (*(made.text("文。") for _ in range(before)), Block("table", rows=tuple(rows)), made.text("后。"))
    pages = pages_of(made.document(main=made.Main(body=body)))
    placed = Counter("".join(page.text for page in pages))
    assert Counter("".join(cell.text for row in rows for cell in row)) <= placed
    for page in pages:
        assert all(36 * MM < line.y < 273 * MM and 27 * MM < line.x < 185 * MM for line in page.lines)
        for rule in page.rules:
            assert 27.9 * MM <= min(rule.x0, rule.x1) <= max(rule.x0, rule.x1) <= 184.1 * MM
            assert 36.9 * MM <= min(rule.y0, rule.y1) <= max(rule.y0, rule.y1) <= 262.1 * MM


@settings(max_examples=60)
@given(st.lists(st.lists(CELLS, min_size=1, max_size=40).map(tuple), min_size=1, max_size=6))
def test_parts_hold_every_cell_and_the_rows_stay(rows: list[tuple[Cell, ...]]) -> None:
    table = tuple(tuple(TableCell(cell.text, cell.rowspan, cell.colspan) for cell in row) for row in rows)
    whole = {(cell.row, cell.text) for cell in table_grid(table)[0]}
    parts = list(in_parts(table, STYLE))
    seen = {(cell.row, cell.text) for part in parts for cell in table_grid(part)[0]}
    assert seen == whole
    assert all(len(part) == len(table) for part in parts)


def test_a_cell_of_three_pages_is_said() -> None:
    tall = Block("table", rows=((Cell("事项"), Cell("说明")), (Cell("甲"), Cell("很长的单元格。" * 600))))
    product, pages = exported(made.document(main=made.Main(body=(tall,))))
    assert len(pages) >= 3
    assert [notice.code for notice in product.notices if notice.code.startswith("F2")] == ["F206"]
    assert Counter("".join(char["text"] for page in pages for char in page.chars))["很"] == 600


def test_flow_of_an_attachment_keeps_its_head_with_the_table() -> None:
    flow = compose(attached(), STYLE).flow
    at = next(i for i, item in enumerate(flow) if isinstance(item, Table))
    above = flow[at - 2 : at]
    assert all(isinstance(item, Paragraph) and item.keep_with_next for item in above)
