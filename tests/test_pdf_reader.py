"""Reading PDFs: their text as it was meant, what their pages add left out, and nothing that hurts."""

from __future__ import annotations

import json
import multiprocessing
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import govdoc
from govdoc.cleaning import clean
from govdoc.errors import GovdocError, InputError
from govdoc.model import Document
from govdoc.parsing import parse
from govdoc.readers.pdf import process, read
from govdoc.source import Source
from pdf_documents import HARD, P1, P2, Paper
from pdf_hostile import HARD_TO_READ, HOSTILE, TEXT, locked, plain

DATA = Path(__file__).parent / "data" / "pdf"
SLOW_TO_MAKE = {"bomb", "bomb twice", "laughs", "a million glyphs"}


def text_of(data: bytes) -> str:
    return read(Source(data, name="x.pdf")).text


def marked(data: bytes, kind: str) -> list[str]:
    decoded = read(Source(data, name="x.pdf"))
    return [decoded.text[mark.start : mark.stop] for mark in decoded.marks if mark.kind == kind]


def content(documents: list[Document]) -> list[Any]:
    """What documents say, without where they came from."""

    def bare(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: bare(each) for key, each in value.items() if key != "span"}
        return [bare(each) for each in value] if isinstance(value, list) else value

    kept = ("official", "genre", "kind", "header", "main", "colophon", "references")
    values = [json.loads(document.to_json()) for document in documents]
    return [{key: bare(value[key]) for key in kept} for value in values]


@pytest.mark.parametrize("name", [name for name in HARD if name != "scan"])
def test_hard_pdfs_are_read_as_they_were_meant(name: str) -> None:
    hard = HARD[name]()
    decoded = read(Source(hard.data, name=f"{name}.pdf"))
    assert decoded.text == hard.text
    assert {notice.code for notice in decoded.notices} == hard.notices


@pytest.mark.parametrize("path", sorted(DATA.glob("*.pdf")), ids=lambda path: path.stem)
def test_pdfs_of_a_word_processor_are_read_as_they_were_meant(path: Path) -> None:
    # The white that a word processor sets between hanzi and Latin letters looks like a space; the cleaner takes it out.
    expected = path.with_suffix(".txt").read_text(encoding="utf-8")
    assert text_of(path.read_bytes()).replace(" ", "") == expected.replace(" ", "")


def test_a_scan_is_named_as_one_with_the_remedy() -> None:
    with pytest.raises(InputError, match=r"x\.pdf: is a scanned PDF: 2 page\(s\).*ocrmypdf -l chi_sim") as raised:
        text_of(HARD["scan"]().data)
    assert raised.value.exit_status == 3


def test_what_a_page_shows_becomes_marks() -> None:
    data = HARD["red_head"]().data
    assert marked(data, "right-aligned") == ["某某市教育局", "2024年9月2日"]
    assert marked(data, "centred") == ["某某市教育局文件", "某某市教育局关于申请课后服务专项经费的请示"]
    assert marked(data, "column-gap") == ["\u3000"]
    assert marked(data, "indented")[0].startswith("各学校要充分认识")


def test_a_table_keeps_its_merged_cells_and_is_one_over_pages() -> None:
    decoded = read(Source(HARD["table_over_pages"]().data, name="x.pdf"))
    tables = [mark for mark in decoded.marks if mark.kind == "table"]
    cells = [mark.value for mark in decoded.marks if mark.kind == "cell"]
    assert len(tables) == 1
    assert cells[:6] == ["0,0,2,1", "0,1,2,1", "0,2,1,2", "1,2,1,1", "1,3,1,1", "2,0,1,1"]
    assert cells[-1] == "31,3,1,1"
    document = parse(clean(decoded))[0]
    blocks = [block for part in document.main.attachments for block in part.body if block.type == "table"]
    assert [len(row) for row in blocks[0].rows[:3]] == [3, 2, 4]


def test_undo_gives_the_extracted_text() -> None:
    decoded = read(Source(HARD["running_heads"]().data, name="x.pdf"))
    assert clean(decoded).undo() == decoded.text.encode()
    assert (decoded.encoding, decoded.evidence, decoded.media_type) == ("utf-8", "pdf", "application/pdf")


def test_a_pdf_made_from_a_seed_reads_back_as_the_same_document(seeds: list[Path], tmp_path: Path) -> None:
    for seed in seeds:
        documents = govdoc.parse(seed)
        found: list[Document] = []
        for i, document in enumerate(documents):
            govdoc.export(document, tmp_path / f"{seed.stem}-{i}.pdf")
            found += parse(clean(read(govdoc.read(tmp_path / f"{seed.stem}-{i}.pdf"))))
        assert content(found) == content(documents), seed.name


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["txt", "docx"])
def test_a_pdf_made_by_libreoffice_reads_back_as_the_same_document(
    kind: str, seeds: list[Path], tmp_path: Path, require_tool: Any
) -> None:
    command = [require_tool("soffice"), f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    for seed in seeds:
        documents = govdoc.parse(seed)
        if kind == "docx":
            for i, document in enumerate(documents):
                govdoc.export(document, tmp_path / f"{seed.stem}-{i}.docx")
        else:
            (tmp_path / f"{seed.stem}-0.txt").write_bytes(seed.read_bytes())
    options = ["--infilter=Text (encoded):UTF8"] if kind == "txt" else []
    made = sorted(str(path) for path in tmp_path.glob(f"*.{kind}"))
    subprocess.run(
        [*command, *options, "--convert-to", "pdf", "--outdir", str(tmp_path), *made], check=True, capture_output=True
    )
    for seed in seeds:
        found: list[Document] = []
        for path in sorted(tmp_path.glob(f"{seed.stem}-*.pdf")):
            found += parse(clean(read(govdoc.read(path))))
        assert content(found) == content(govdoc.parse(seed)), seed.name


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[pytest.mark.slow] if name in SLOW_TO_MAKE else []) for name in HOSTILE]
)
def test_hostile_pdfs_are_refused_in_one_line_within_the_bounds(name: str) -> None:
    data = HOSTILE[name]()
    began = time.monotonic()
    with pytest.raises(InputError) as raised:
        text_of(data)
    assert time.monotonic() - began < process.SECONDS
    said = str(raised.value)
    assert said.startswith("x.pdf: ")
    assert "; " in said
    assert "\n" not in said


@pytest.mark.parametrize("name", HARD_TO_READ)
def test_pdfs_that_are_hard_to_read_come_back(name: str) -> None:
    data = HARD_TO_READ[name]()
    try:
        text = text_of(data)
    except InputError as error:
        text = str(error)
    assert text


def test_a_pdf_open_to_all_is_read_though_it_forbids_copying() -> None:
    assert text_of(locked("")) == TEXT + "\n"


def test_junk_around_a_pdf_and_in_its_table_does_no_harm() -> None:
    assert text_of(HARD_TO_READ["junk before"]()) == text_of(HARD_TO_READ["junk xref"]()) == TEXT + "\n"


def test_a_pdf_that_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "SECONDS", 0.001)
    with pytest.raises(InputError, match="takes longer"):
        text_of(plain())


def test_a_pdf_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "MAX_BYTES", 100)
    with pytest.raises(InputError, match="larger than"):
        text_of(plain())


def test_an_error_of_our_own_is_not_laid_on_the_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "WORKER", "govdoc.readers.pdf.nowhere")
    with pytest.raises(GovdocError) as raised:
        text_of(plain())
    assert raised.value.exit_status == 70


def test_pdfs_are_read_in_a_pool_of_processes_and_in_threads() -> None:
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        assert pool.map(text_of, [plain()]) == [TEXT + "\n"]
    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(text_of, [plain()] * 2)) == [TEXT + "\n"] * 2


def test_the_library_is_loaded_only_where_a_pdf_is_read() -> None:
    code = "import sys, govdoc.readers.pdf; print(sorted(name for name in sys.modules if 'pdfium' in name))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout.strip() == "[]"


def test_a_number_on_a_page_of_its_own_stays_where_it_may_be_text() -> None:
    paper = Paper()
    paper.paragraph(P1)
    paper.put(295, 60, "12", 12)
    assert text_of(paper.done()) == f"{P1}\n12\n"


def test_lines_that_differ_from_page_to_page_are_no_heads() -> None:
    paper = Paper()
    for number in (1, 2, 3):
        paper.put(79, 770, f"附件{number}", 16, "hei")
        paper.paragraph(P1)
        paper.turn()
    paper.paragraph(P1)
    assert text_of(paper.done()).count("附件") == 3


def test_pages_are_read_as_they_are_turned() -> None:
    for turn, (across, up) in {90: (842, 0), 180: (595, 842), 270: (0, 595)}.items():
        paper = Paper()
        paper.canvas.setPageRotation(turn)
        paper.canvas.translate(across, up)
        paper.canvas.rotate(turn if turn != 270 else -90)
        paper.y = 500
        paper.paragraph(P1)
        assert text_of(paper.done()) == P1 + "\n", turn


def test_what_lies_outside_the_crop_box_is_left_out_with_a_notice() -> None:
    paper = Paper()
    paper.paragraph(P1)
    paper.put(20, 830, "裁切标记")
    paper.canvas.setCropBox((50, 50, 560, 800))
    decoded = read(Source(paper.done()))
    assert decoded.text == P1 + "\n"
    assert [notice.message for notice in decoded.notices] == [
        "4 character(s) outside the visible page left out on page(s) 1"
    ]


def test_what_was_filled_into_a_form_is_read_in_its_place() -> None:
    paper = Paper()
    paper.put(79, 737, "姓名：")
    paper.canvas.acroForm.textfield(name="name", x=130, y=732, width=100, height=18, value="Wang Li")
    decoded = read(Source(paper.done()))
    assert decoded.text == "姓名：Wang Li\n"
    assert [notice.code for notice in decoded.notices] == ["P108"]


def test_vertical_text_is_read_column_by_column_from_the_right() -> None:
    paper = Paper()
    for x, column in ((500, "竖排文字自上而下逐字排列"), (470, "第二列在其左边继续排列。")):
        for i, char in enumerate(column):
            paper.put(x, 700 - 16 * i, char)
    decoded = read(Source(paper.done()))
    assert decoded.text == "竖排文字自上而下逐字排列第二列在其左边继续排列。\n"
    assert [notice.code for notice in decoded.notices] == ["P109"]


def test_words_hyphenated_at_the_end_of_a_line_are_whole_again() -> None:
    paper = Paper()
    lines = (
        "The action plan improves the quality of teach-",
        "ing and learning in all schools of the country",
        "by 2030.",
    )
    for i, line in enumerate(lines):
        paper.put(79, 700 - 24 * i, line, 16)
    assert text_of(paper.done()) == (
        "The action plan improves the quality of teaching and learning in all schools of the country by 2030.\n"
    )


def test_an_embedded_file_is_noticed() -> None:
    name = b"/Names << /EmbeddedFiles << /Names [(list.xlsx) 9 0 R] >> >> >>"
    whole = plain().replace(b"/Pages 2 0 R >>", b"/Pages 2 0 R " + name, 1)
    spec = b"9 0 obj\n<< /Type /Filespec /F (list.xlsx) /UF (list.xlsx) /EF << /F 4 0 R >> >>\nendobj\n"
    decoded = read(Source(whole.replace(b"xref\n0 1", spec + b"xref\n0 1", 1)))
    assert [notice.message for notice in decoded.notices] == ["1 file(s) embedded in the PDF were not read: list.xlsx"]


def test_one_wide_line_does_not_move_the_edge_of_the_text() -> None:
    paper = Paper()
    paper.put(79, 760, "索引号：000014349", 10)
    paper.put(560, 760, "主题", 10)
    paper.right = 400
    for _ in range(3):
        paper.paragraph(P1)
    assert text_of(paper.done()).splitlines()[1:] == [P1] * 3


def test_names_in_columns_are_not_run_together() -> None:
    paper = Paper()
    paper.paragraph(P1)
    for row in (("王建国", "李晓明", "张海燕"), ("刘志强", "陈思远", "赵文静")):
        for x, name in zip((79, 278, 473), row, strict=True):
            paper.put(x, paper.y, name)
        paper.y -= 29
    assert text_of(paper.done()).splitlines()[1:] == ["王建国　李晓明　张海燕", "刘志强　陈思远　赵文静"]


def in_columns(rows: Sequence[Sequence[str]], places: Sequence[float], *, right: bool = False) -> str:
    """What is read of rows of pieces between two paragraphs, set at places (their ends where ``right``)."""
    paper = Paper()
    paper.paragraph(P1)
    for row in rows:
        for i, (x, text) in enumerate(zip(places, row, strict=True)):
            paper.put(x - 16 * len(text) if right and i else x, paper.y, text)
        paper.y -= 29
    paper.paragraph(P2)
    return text_of(paper.done())


def test_tables_without_lines_are_tables_where_their_cells_stand_under_each_other() -> None:
    rows = [
        ("学校名称", "班级数", "学生数"),
        ("第一小学", "36", "1620"),
        ("城东实验小学", "42", "1893"),
        ("白鹭中学", "48", "2304"),
    ]
    assert in_columns(rows, (90, 280, 430)).splitlines() == [P1, *("\t".join(row) for row in rows), P2]
    people = [("姓名", "单位"), ("王建国", "市教育局"), ("李晓", "太仓市第一中学"), ("欧阳明", "城厢镇人民政府")]
    assert in_columns(people, (90, 300)).splitlines() == [P1, *("\t".join(row) for row in people), P2]
    figures = [
        ("收入项目", "预算数", "决算数"),
        ("税收", "三百", "2"),
        ("非税", "二百", "1"),
        ("其他收入", "五十", "3"),
    ]
    assert in_columns(figures, (90, 300, 460), right=True).splitlines() == [
        P1,
        *("\t".join(row) for row in figures),
        P2,
    ]


def test_what_stands_in_columns_and_is_no_table_stays_in_lines() -> None:
    names = [("王建国", "李晓明", "张海燕"), ("刘志强", "陈思远", "赵文静"), ("周立新", "吴春梅", "郑国庆")]
    assert in_columns(names, (79, 278, 473)).splitlines() == [P1, *("　".join(row) for row in names), P2]
    offices = [("苏州市教育局", "苏州市财政局"), ("苏州市民政局", "苏州市公安局"), ("苏州市审计局", "苏州市司法局")]
    assert "\t" not in in_columns(offices, (90, 320))
    two = [("学校名称", "班级数"), ("第一小学", "36")]
    assert "\t" not in in_columns(two, (90, 320))
