"""The page: the grid, what stands where, and that no character is lost on the way to it."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import page_documents as made
from govdoc.fonts import load_faces
from govdoc.layout.compose import compose
from govdoc.layout.composition import Paragraph, Table, TableCell
from govdoc.layout.pages import Page
from govdoc.layout.paginate import paginate
from govdoc.layout.paper import paper_of
from govdoc.layout.tables import column_widths, table_grid, table_size
from govdoc.model import Attachment, Block, Cell, Colophon, DocNumber, Document, Header, IssuerMark, Main, Signatory
from govdoc.style import StyleSheet, load_style

FACES = load_faces(user=False)
STYLE = load_style("gbt9704")
PAPER = paper_of(STYLE, FACES)
MM = 72 / 25.4


def pages_of(document: Document, style: StyleSheet = STYLE) -> tuple[Page, ...]:
    return paginate(compose(document, style), style, FACES)


def lines_of(page: Page) -> list[tuple[float, str]]:
    """Text of a page line by line, parts on one baseline joined."""
    found: dict[float, str] = {}
    for line in page.lines:
        key = round(line.y, 1)
        found[key] = found.get(key, "") + "".join(piece.text for piece in line.glyphs)
    return sorted(found.items())


# The page


def test_the_body_is_22_lines_of_28() -> None:
    pages = pages_of(made.pure_hanzi(60))
    full = lines_of(pages[1])
    body = [text for _, text in full if not text.startswith("—")]
    assert len(body) == 22
    assert {len(text) for text in body} == {28}


@pytest.mark.parametrize(
    "found",
    [made.notice(), made.upward(), made.plain(), made.minutes()],
    ids=["notice", "upward", "plain", "minutes"],
)
def test_no_character_is_lost(found: Document) -> None:
    placed = "".join(page.text for page in pages_of(found))
    expected = "".join(texts(found))
    missing = {char: expected.count(char) - placed.count(char) for char in set(expected) - {"\n", " "}}
    assert {char: count for char, count in missing.items() if count > 0} == {}


def texts(found: Document) -> list[str]:
    """Every text of a document that belongs on paper."""
    data = msgspec.to_builtins(found)
    main, colophon, header = data["main"], data["colophon"], data["header"]
    words = [main["issue_date_raw"], main["annotation"], *main["signature_orgs"]]
    words += [main["recipients"]["text"]] if main["recipients"] else []
    words += main["attachment_notes"] + header["signers"]
    words += [header[key]["raw"] for key in ("doc_number", "order_number") if header[key]]
    words += [colophon["cc"]["text"]] if colophon["cc"] else []
    words += list((main["attendance"] or {}).values())
    for holder in (main, *main["attachments"]):
        words.append(holder["title"])
        for block in holder["body"]:
            words += [block["label"], block["heading"], block["text"]]
            words += [cell["text"] for row in block["rows"] or () for cell in row]
    return [word for word in words if word]


def test_the_signature_stays_with_the_last_line_of_the_text() -> None:
    for length in range(14, 24):
        body = tuple(made.text("一段文字。") for _ in range(length))
        found = made.document(main=Main(body=body, signature_orgs=("太仓市教育局",), issue_date_raw="2025年2月7日"))
        holders = [lines_of(page) for page in pages_of(found)]
        signed = next(lines for lines in holders if any("太仓市教育局" in text for _, text in lines))
        texts_of = [text for _, text in signed]
        assert texts_of.index("太仓市教育局") > 0, length
        assert "一段文字。" in texts_of[texts_of.index("太仓市教育局") - 1]
        assert "2025年2月7日" in texts_of


def test_a_heading_is_not_left_at_the_foot_of_a_page() -> None:
    heading = Block("heading", level=1, label="一、", heading="标题")
    body = (*(made.text("一段文字。") for _ in range(21)), heading, made.text("下文。"))
    pages = pages_of(made.document(main=Main(body=body)))
    assert "标题" in pages[1].text


def test_unsealed_date_stands_two_characters_in() -> None:
    found = made.document(main=Main(signature_orgs=("太仓市教育局某某委员会",), issue_date_raw="2025年2月7日"))
    page = pages_of(found)[0]
    name, date = (line for line in page.lines if "—" not in line.glyphs[0].text)
    assert date.x - name.x == pytest.approx(2 * PAPER.cell, abs=0.1)
    assert page.lines[0].x + 11 * PAPER.cell == pytest.approx(184 * MM - 2 * PAPER.cell, abs=0.2)


def test_long_date_is_the_one_two_characters_from_the_edge() -> None:
    found = made.document(main=Main(signature_orgs=("教育局",), issue_date_raw="2025年12月17日"))
    name, date = pages_of(found)[0].lines[:2]
    assert date.x - name.x == pytest.approx(2 * PAPER.cell, abs=0.1)
    assert date.x + 7 * PAPER.cell == pytest.approx(184 * MM - 2 * PAPER.cell, abs=0.2)


def test_sealed_name_is_centred_over_the_date() -> None:
    sealed = load_style("gbt9704", {"signature.sealed": True})
    found = made.document(main=Main(signature_orgs=("太仓市教育局某某委员会",), issue_date_raw="2025年2月7日"))
    name, date = pages_of(found, sealed)[0].lines[:2]
    assert name.x + 5.5 * PAPER.cell == pytest.approx(date.x + 3 * PAPER.cell, abs=0.2)
    assert date.x + 6 * PAPER.cell == pytest.approx(184 * MM - 4 * PAPER.cell, abs=0.2)


def test_wrapped_attachment_name_stands_under_its_first_character() -> None:
    page = pages_of(made.upward())[1]
    first = next(line for line in page.lines if line.glyphs[0].text.startswith("附件："))
    after = page.lines[page.lines.index(first) + 1]
    name = next(piece for piece in first.glyphs if piece.text.startswith("2025"))
    assert first.x + name.x == pytest.approx(after.x, abs=1.0)
    assert after.x == pytest.approx(28 * MM + 6 * PAPER.cell, abs=0.1)


def test_colophon_ends_the_last_even_page() -> None:
    for paragraphs in range(1, 6):
        pages = pages_of(made.notice(paragraphs))
        foot = pages[-1]
        assert len(pages) % 2 == 0
        assert max(rule.y0 for rule in foot.rules) == pytest.approx(262 * MM)
        assert all(rule.y0 < 200 * MM for page in pages[:-1] for rule in page.rules)


def test_blank_page_before_the_colophon_has_no_number_and_neither_has_the_colophon() -> None:
    single = load_style("gbt9704", {"page.duplex": False})
    blank = 0
    for length in range(18, 32):
        body = tuple(made.text("一段文字。") for _ in range(length))
        found = made.with_main(made.notice(), body=body, attachments=())
        pages = pages_of(found)
        if len(pages) == 4 and not pages[2].text:
            blank += 1
            assert "—" not in pages[3].text
            assert "— 2 —" in pages[1].text
            assert len(pages_of(found, single)) == 3
        else:
            assert all(f"— {page.number} —" in page.text for page in pages)
    assert blank


def test_many_recipients_move_to_the_colophon_so_that_page_one_shows_text() -> None:
    names = "，".join(f"第{i}实验小学" for i in range(90))
    found = made.with_main(made.notice(), recipients=made.recipients(names))
    composition = compose(found, STYLE)
    assert composition.foot is not None
    assert composition.foot.rows[0].left.startswith("主送：")
    assert not composition.foot.rows[1].rule_above
    assert not any(isinstance(item, Paragraph) and item.element == "recipients" for item in composition.flow)
    assert "现将" in pages_of(found)[0].text


def test_an_absent_element_is_absent() -> None:
    composition = compose(made.document(main=Main(title="只有标题")), STYLE)
    assert composition.head is None
    assert composition.foot is None
    assert [item.text for item in composition.flow if isinstance(item, Paragraph)] == ["只有标题"]


def test_the_suffix_is_never_invented() -> None:
    found = made.document(header=Header(issuer_mark=IssuerMark(("教育局",))))
    head = compose(found, STYLE).head
    assert head is not None
    assert [run.text for run in head.mark] == ["教育局"]


def test_what_plain_has_no_place_for_stands_in_the_flow() -> None:
    text = "".join(page.text for page in pages_of(made.notice(1), load_style("plain")))
    for word in ("太仓市教育局文件", "太教〔2025〕2号", "抄送：", "2025年2月7日印发"):
        assert word in text


def test_signatory_of_an_order() -> None:
    signed = made.document(main=Main(signatory=Signatory("市长", "张三"), issue_date_raw="2025年1月1日"))
    lines = [text for _, text in lines_of(pages_of(signed)[0])]
    assert lines[:2] == ["市长　　张三", "2025年1月1日"]


def test_the_signatories_of_a_joint_order_stand_in_their_order_below_no_title_that_repeats_the_mark() -> None:
    joint = made.document(
        genre="命令",
        header=Header(issuer_mark=IssuerMark(("省教育厅", "省财政厅"), "令")),
        main=Main(
            title="省教育厅、省财政厅令",
            body=(made.text("现予公布。"),),
            signatory=Signatory("教育厅厅长", "张三"),
            signature_orgs=("财政厅厅长\u3000李四明",),
            issue_date_raw="2025年1月1日",
        ),
    )
    lines = [text for _, text in lines_of(pages_of(joint, load_style("order"))[0])]
    assert lines[-4:-1] == ["教育厅厅长　　张三", "财政厅厅长　　李四明", "2025年1月1日"]
    assert not any("、" in line for line in lines)


# Tables


def test_spans_keep_the_grid() -> None:
    rows = ((TableCell("a", 2, 1), TableCell("b", 1, 2)), (TableCell("c"), TableCell("d")))
    cells, columns = table_grid(rows)
    assert columns == 3
    assert [(cell.text, cell.row, cell.column) for cell in cells] == [
        ("a", 0, 0), ("b", 0, 1), ("c", 1, 1), ("d", 1, 2),
    ]  # fmt: skip


@given(st.lists(st.lists(st.text("汉字ab1 ", max_size=30), min_size=1, max_size=8), min_size=1, max_size=5))
def test_columns_fill_the_width(rows: list[list[str]]) -> None:
    table = tuple(tuple(TableCell(text) for text in row) for row in rows)
    cells, columns = table_grid(table)
    widths = column_widths(cells, columns, table_size(table, STYLE), STYLE)
    assert sum(widths) == pytest.approx(156)
    assert min(widths) > 0


def test_a_long_table_repeats_its_head_row() -> None:
    rows = (("序号", "名称"), *((str(i), f"第{i}项") for i in range(120)))
    block = Block("table", rows=tuple(tuple(Cell(cell) for cell in row) for row in rows))
    pages = pages_of(made.document(main=Main(body=(block,))))
    assert len(pages) > 2
    assert all("名称" in page.text for page in pages)
    assert all(rule.y1 <= 262 * MM + 0.1 for page in pages for rule in page.rules)


@pytest.mark.parametrize("before", [0, 5, 15])
@pytest.mark.parametrize("rows", [5, 15, 20, 21, 22, 40])
def test_rows_that_hang_together_are_not_parted(rows: int, before: int) -> None:
    head = (Cell("部门"), Cell("任务"))
    spanned = [(Cell("教育局", rows, 1), Cell("任务0")), *((Cell(f"任务{i}"),) for i in range(1, rows))]
    body = (*(made.text("文。") for _ in range(before)), Block("table", rows=(head, *spanned)))
    pages = pages_of(made.document(main=Main(body=body)))
    placed = "".join(page.text for page in pages)
    assert placed.count("教育局") == 1
    assert all(f"任务{i}" in placed for i in range(rows))
    holders = [page.number for page in pages if "任务" in page.text.replace("部门任务", "")]
    assert len(holders) == 1 or rows > 22, holders
    assert all(line.y <= 272 * MM for page in pages for line in page.lines)


def test_a_row_of_a_cut_span_is_no_head_row() -> None:
    pages = pages_of(oddities()["span longer than a page"])
    assert len(pages) > 2
    assert sum(page.text.count("行0") for page in pages) == 1


def test_nested_attachments_begin_their_own_pages() -> None:
    inner = Attachment("attachment", number=1, title="责任分工表", body=(made.text("内容。"),))
    outer = Attachment(
        "issued",
        title="实施方案",
        doc_number=DocNumber("苏教〔2024〕3号"),
        recipients=made.recipients("各单位"),
        body=(made.text("方案。"),),
        signature_orgs=("苏州市教育局",),
        issue_date="2024-05-01",
        annotation="联系人：某某",
        attachments=(inner,),
    )
    pages = pages_of(made.document(main=Main(title="通知", body=(made.text("转发。"),), attachments=(outer,))))
    assert [text for _, text in lines_of(pages[1])[:-1]] == [
        "实施方案", "苏教〔2024〕3号", "各单位：", "方案。", "苏州市教育局", "2024年5月1日", "（联系人：某某）",
    ]  # fmt: skip
    rows = lines_of(pages[2])
    assert [text for _, text in rows[:3]] == ["附件1", "责任分工表", "内容。"]
    line = 225 * MM / 21
    assert 1.8 < (rows[1][0] - rows[0][0]) / line < 2.2, "the title stands on line 3"


# What must not break


def oddities() -> dict[str, Document]:
    cell = Cell("很长的单元格" * 500)
    spanning = tuple((Cell("跨", 80, 1), Cell(f"行{i}")) if i == 0 else (Cell(f"行{i}"),) for i in range(80))
    return {
        "nothing": made.document(),
        "title only": made.document(main=Main(title="题")),
        "long title": made.document(main=Main(title="关于" + "教育改革" * 75, body=(made.text("文。"),))),
        "no title": made.document(main=Main(body=(made.text(made.FILLER),))),
        "many paragraphs": made.document(main=Main(body=(made.text("短段落。"),) * 5000)),
        "cell longer than a page": made.document(main=Main(body=(Block("table", rows=((cell, Cell("x")),)),))),
        "span longer than a page": made.document(main=Main(body=(Block("table", rows=spanning),))),
        "many columns": made.document(main=Main(body=(Block("table", rows=((Cell("列"),) * 60,)),))),
        "word wider than a line": made.document(main=Main(body=(made.text("x" * 500),))),
        "long signature": made.document(main=Main(signature_orgs=("某" * 90,), issue_date_raw="2025年1月1日")),
        "many signatures": made.document(main=Main(signature_orgs=("某局",) * 60, issue_date_raw="2025年1月1日")),
        "many copies": made.document(colophon=Colophon(cc=made.copies("抄送", "某单位，" * 900))),
        "many headings": made.document(main=Main(body=(Block("heading", level=1, heading="标题"),) * 100)),
        "empty table": made.document(main=Main(body=(Block("table", rows=((),)), Block("table")))),
        "unknown characters": made.document(main=Main(title="\U000f0000\u200b", body=(made.text("\ue000\t\ufeff文"),))),
        "long mark": made.document(header=Header(issuer_mark=IssuerMark(("某" * 60,)))),
        "many agencies": made.document(header=Header(issuer_mark=IssuerMark(("某某局",) * 40, "文件"))),
    }  # fmt: skip


@pytest.mark.parametrize("name", oddities())
def test_odd_documents_are_set_all_the_same(name: str) -> None:
    found = oddities()[name]
    for style in (STYLE, load_style("plain")):
        pages = pages_of(found, style)
        assert pages
        for page in pages:
            for line in page.lines:
                assert 36 * MM <= line.y <= 272 * MM, page.number
    placed = "".join(page.text for page in pages_of(found))
    for block in found.main.body:
        assert block.text[:3].strip("\t\ue000\ufeff") in placed


BLOCKS = st.lists(
    st.one_of(
        st.builds(Block, st.just("paragraph"), text=st.text(made.ALPHABET, max_size=120)),
        st.builds(Block, st.just("heading"), level=st.sampled_from((1, 2, 3, 4)), heading=st.text("标题", min_size=1)),
        st.builds(
            Block,
            st.just("table"),
            rows=st.lists(
                st.lists(
                    st.builds(Cell, st.text("汉字1a", max_size=40), st.integers(1, 3), st.integers(1, 3)),
                    min_size=1,
                    max_size=4,
                ).map(tuple),
                min_size=1,
                max_size=6,
            ).map(tuple),
        ),
    ),
    max_size=12,
)


@settings(max_examples=40)
@given(BLOCKS, st.text("关于的通知教育", max_size=60), st.lists(st.text("某局办", min_size=1, max_size=30), max_size=4))
def test_any_document_is_placed_inside_the_page(blocks: list[Block], title: str, orgs: list[str]) -> None:
    found = made.document(main=Main(title=title or None, body=tuple(blocks), signature_orgs=tuple(orgs)))
    pages = pages_of(found)
    placed = "".join(page.text for page in pages)
    for block in blocks:
        for char in set(block.line) - set(" "):
            assert char in placed
    for page in pages:
        assert all(36 * MM < line.y < 272 * MM for line in page.lines)
        assert all(27 * MM < line.x < 185 * MM for line in page.lines)


TALL = st.lists(
    st.lists(
        st.builds(Cell, st.sampled_from(("短", "长" * 40, "很长" * 200, "")), st.integers(1, 25), st.integers(1, 3)),
        min_size=1,
        max_size=3,
    ).map(tuple),
    min_size=1,
    max_size=30,
)


@settings(max_examples=40)
@given(TALL, st.integers(0, 21))
def test_any_table_is_placed_inside_the_block(rows: list[tuple[Cell, ...]], before: int) -> None:
    body = (*(made.text("文。") for _ in range(before)), Block("table", rows=tuple(rows)), made.text("后文。"))
    pages = pages_of(made.document(main=Main(body=body)))
    placed = "".join(page.text for page in pages)
    for char in "短长很":
        assert placed.count(char) >= sum(cell.text.count(char) for row in rows for cell in row)
    for page in pages:
        assert all(36 * MM < line.y < 263 * MM for line in page.lines if line.glyphs[0].text[0] != "—")
        assert all(rule.y0 <= 262 * MM + 0.1 and rule.y1 <= 262 * MM + 0.1 for rule in page.rules)


def test_mirrored_margins_on_even_pages() -> None:
    mirrored = load_style("gbt9704", {"page.mirror_margins": True})
    pages = pages_of(made.pure_hanzi(60), mirrored)
    assert min(line.x for line in pages[0].lines[1:] if line.y < 260 * MM) == pytest.approx(28 * MM, abs=0.1)
    assert min(line.x for line in pages[1].lines if line.y < 260 * MM) == pytest.approx(26 * MM, abs=0.1)


def test_table_in_composition() -> None:
    composition = compose(made.upward(), STYLE)
    tables = [item for item in composition.flow if isinstance(item, Table)]
    assert [len(table.rows) for table in tables] == [5]


def test_the_suffix_of_a_linked_file_is_not_set() -> None:
    notes = ("2024年考核表.xlsx", "第2.0版细则", "Word.DOCX")
    made_of = compose(made.with_main(made.notice(), attachment_notes=notes), load_style("gbt9704"))
    texts = [item.text for item in made_of.flow if isinstance(item, Paragraph)]
    assert [text for text in texts if "考核表" in text or "细则" in text or "Word" in text] == [
        "附件：1.2024年考核表",
        "2.第2.0版细则",
        "3.Word",
    ]
