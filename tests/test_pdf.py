"""The PDF as others see it: measured with pdfplumber, poppler and pdfium on products set in the shipped faces."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pdfplumber
import pypdfium2
import pytest

import govdoc
import page_documents as made
from govdoc.errors import UsageError
from govdoc.exporting import export_document, find_exporter
from govdoc.exporting.pdf import write
from govdoc.fonts import load_faces
from govdoc.model import Document, Main, read_documents, write_documents
from govdoc.style import load_style, pick_style

FACES = load_faces(user=False)
MM = 72 / 25.4
DOCUMENTS: dict[str, Callable[[], Document]] = {
    "notice": made.notice,
    "upward": made.upward,
    "plain": made.plain,
    "minutes": made.minutes,
    "hanzi": made.pure_hanzi,
}


@cache
def product(name: str) -> bytes:
    found = DOCUMENTS[name]()
    return write(found, pick_style(found), FACES).data


@cache
def pages(name: str) -> list[Any]:
    return list(pdfplumber.open(io.BytesIO(product(name))).pages)


def lines_of(page: Any, size: float | None = None) -> list[list[dict[str, Any]]]:
    """Characters of a page by baseline, from top to bottom."""
    rows: dict[int, list[dict[str, Any]]] = {}
    for char in page.chars:
        if size is None or abs(char["size"] - size) < 0.1:
            rows.setdefault(round(char["matrix"][5] * 10), []).append(char)
    return [sorted(rows[y], key=lambda char: char["x0"]) for y in sorted(rows, reverse=True)]


def ink(data: bytes, page: int, box: tuple[float, float, float, float] | None = None) -> tuple[float, ...]:
    """Edges of what is dark or red on a page, mm: left, top, right, bottom; ``box`` in mm limits where to look."""
    scale = 4.0
    bitmap = pypdfium2.PdfDocument(data)[page].render(scale=scale).to_pil().convert("RGB").split()[1]
    unit = scale * MM
    if box:
        bitmap = bitmap.crop(tuple(round(edge * unit) for edge in box))
    found = bitmap.point(lambda value: 255 if value < 160 else 0).getbbox()
    assert found
    left, top = (box[0], box[1]) if box else (0.0, 0.0)
    return found[0] / unit + left, found[1] / unit + top, found[2] / unit + left, found[3] / unit + top


# Paper and grid (§5)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_page_is_a4_and_text_stays_in_the_block(name: str) -> None:
    for page in pages(name):
        assert (page.width, page.height) == pytest.approx((595.28, 841.89), abs=0.01)
        for char in page.chars:
            if char["matrix"][5] < 841.89 - 263 * MM:
                continue  # the page number
            assert char["x0"] >= 27 * MM
            assert char["x1"] <= 185 * MM + char["size"] / 2  # the white half of a sign may stand outside


def test_the_block_is_filled_from_37_to_262_mm() -> None:
    left, top, right, bottom = ink(product("hanzi"), 1, (0, 0, 210, 265))
    assert left == pytest.approx(28, abs=1)
    assert top == pytest.approx(37, abs=1)
    assert right == pytest.approx(184, abs=1)
    assert bottom == pytest.approx(262, abs=1)


def test_22_lines_of_28_characters() -> None:
    rows = lines_of(pages("hanzi")[1], 16)
    assert len(rows) == 22
    assert {len(row) for row in rows} == {28}
    steps = {round(after["x0"] - before["x0"], 2) for before, after in pairwise(rows[0])}
    assert max(steps) - min(steps) < 0.03
    assert sum(steps) / len(steps) == pytest.approx(15.793, abs=0.01)
    baselines = [row[0]["matrix"][5] for row in rows]
    assert [a - b for a, b in pairwise(baselines)] == pytest.approx([29.61] * 21, abs=0.02)


def test_paragraphs_are_indented_two_characters() -> None:
    row = next(row for row in lines_of(pages("plain")[0], 16) if row[0]["text"] == "2")
    assert row[0]["x0"] == pytest.approx((28 + 2 * 5.5714) * MM, abs=0.6)


# 版头 (§7.2)


def test_the_mark_is_red_centred_and_72_mm_down() -> None:
    chars = [char for char in pages("notice")[0].chars if char["size"] > 30]
    assert "".join(char["text"] for char in chars) == "太仓市教育局文件"
    assert {char["non_stroking_color"] for char in chars} == {(1.0, 0.0, 0.0)}
    assert (chars[0]["x0"] + chars[-1]["x1"]) / 2 == pytest.approx(106 * MM, abs=1)
    assert ink(product("notice"), 0)[1] == pytest.approx(72, abs=0.3)


def test_number_and_red_line() -> None:
    page = pages("notice")[0]
    rule = next(line for line in page.lines if line["stroking_color"] == (1.0, 0.0, 0.0))
    assert (rule["x0"], rule["x1"]) == pytest.approx((28 * MM, 184 * MM), abs=0.1)
    assert rule["linewidth"] == pytest.approx(0.5 * MM, abs=0.01)
    mark_bottom = ink(product("notice"), 0, (20, 60, 190, 100))[3]
    number = ink(product("notice"), 0, (20, mark_bottom + 5, 190, rule["top"] / MM - 1))
    assert 19.8 <= number[1] - mark_bottom <= 27.3  # 空二行
    assert rule["top"] / MM - number[3] == pytest.approx(4, abs=0.5)
    title = ink(product("notice"), 0, (20, rule["top"] / MM + 1, 190, 200))
    assert 19.7 <= title[1] - rule["top"] / MM <= 27.3


def test_joint_issue_stretches_the_names_and_signers_share_the_number_line() -> None:
    page = pages("upward")[0]
    marks = [row for row in lines_of(page) if row[0]["size"] > 30]
    names = [row for row in marks if row[0]["text"] == "太"]
    assert len(names) == 3
    assert {round(row[0]["x0"]) for row in names} == {round(names[0][0]["x0"])}
    rows = ["".join(char["text"] for char in row) for row in lines_of(page, 16)]
    assert any(row.startswith("签发人：张三") and row.endswith("李四明") for row in rows)
    assert any(row.startswith("太教〔2025〕12号") and row.endswith("王五") for row in rows)
    kai = [char for char in page.chars if "Kai" in char["fontname"]]
    assert "".join(char["text"] for char in kai) == "张三\u3000李四明王五"


def test_an_order_has_its_mark_at_57_mm_and_no_red_line() -> None:
    data = write(made.order(), load_style("order"), FACES).data
    page = pdfplumber.open(io.BytesIO(data)).pages[0]
    assert ink(data, 0)[1] == pytest.approx(57, abs=0.3)
    assert not page.lines
    rows = ["".join(char["text"] for char in row) for row in lines_of(page, 16)]
    assert rows[0] == "第12号"
    assert [re.sub(r"\s", "", row) for row in rows[-2:]] == ["市长张三", "2025年4月1日"]


def test_minutes_have_their_attendance_in_black_type() -> None:
    data = write(made.minutes(), load_style("minutes"), FACES).data
    page = pdfplumber.open(io.BytesIO(data)).pages[0]
    assert ink(data, 0)[1] == pytest.approx(72, abs=0.3)
    row = next(row for row in lines_of(page, 16) if row[0]["text"] == "出")
    assert [char["fontname"].split("+")[1] for char in row[:3]] == ["NotoSansSC-Medium"] * 2 + ["FandolFang-Regular"]


def test_a_stretched_name_is_found_as_it_is_written(tmp_path: Path, require_tool: Callable[[str], str]) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(product("upward"))
    command = [require_tool("pdftotext"), "-l", "1", path, "-"]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert text.count("太仓市财政局") == 2
    assert "太 仓" not in text


def test_copy_number_secrecy_and_urgency_stand_on_the_first_three_lines() -> None:
    rows = lines_of(pages("upward")[0], 16)[:3]
    assert ["".join(char["text"] for char in row) for row in rows] == ["000012", "机密★1年", "特急"]
    assert [row[0]["x0"] for row in rows[1:]] == pytest.approx([28 * MM] * 2, abs=0.6)
    assert all("Sans" in row[0]["fontname"] for row in rows[1:])


# 主体 (§7.3)


def test_faces_of_the_levels() -> None:
    rows = [row for page in pages("notice")[1:] for row in lines_of(page, 16)]
    by_start = {"".join(char["text"] for char in row)[:2]: row for row in rows}
    assert all("Sans" in char["fontname"] for char in by_start["一、"])
    run_in = next(row for row in rows if "".join(char["text"] for char in row).startswith("（一）"))
    faces = [char["fontname"].split("+")[1] for char in run_in]
    assert faces[:12] == ["FandolKai-Regular"] * 12
    assert faces[-1] == "FandolFang-Regular"


def test_title_lines_are_centred() -> None:
    for row in lines_of(pages("notice")[0], 22):
        assert (row[0]["x0"] + row[-1]["x1"]) / 2 == pytest.approx(106 * MM, abs=3)


def test_title_of_exactly_the_measure_is_not_broken_inside_a_word() -> None:
    found = made.document(main=Main(title="关于印发《2023年全市教育工作总结》的通知"))
    page = pdfplumber.open(io.BytesIO(write(found, load_style("gbt9704"), FACES).data)).pages[0]
    assert len(lines_of(page, 22)) == 1


# 版记 and 页码 (§7.4, §7.5)


def test_colophon_ends_at_262_mm_on_an_even_page() -> None:
    assert len(pages("notice")) % 2 == 0
    rules = sorted(pages("notice")[-1].lines, key=lambda line: line["top"])
    assert rules[-1]["top"] == pytest.approx(262 * MM, abs=0.1)
    assert [line["linewidth"] / MM for line in rules] == pytest.approx([0.35, 0.25, 0.35], abs=0.01)
    assert all((line["x0"], line["x1"]) == pytest.approx((28 * MM, 184 * MM), abs=0.1) for line in rules)
    text = pages("notice")[-1].extract_text()
    assert re.search(r"抄送：苏州市教育局办公室.*。", text, re.S)
    assert re.search(r"太仓市教育局党政办公室\s*2025年2月7日印发", text)


def test_page_numbers_stand_outside_seven_mm_below() -> None:
    for page in pages("notice"):
        row = next(row for row in lines_of(page, 14) if row[0]["text"] == "—")
        assert "".join(char["text"] for char in row) == f"— {page.page_number} —"
        outer = row[-1]["x1"] if page.page_number % 2 else row[0]["x0"]
        assert outer == pytest.approx((184 - 5.57 if page.page_number % 2 else 28 + 5.57) * MM, abs=0.5)
    box = (170.0, 263.0, 180.0, 275.0)
    dash = ink(product("notice"), 0, box)
    assert (dash[1] + dash[3]) / 2 == pytest.approx(269, abs=0.6)


# Fonts and text


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_font_is_embedded_and_subset(name: str, tmp_path: Path, require_tool: Callable[[str], str]) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(product(name))
    listed = subprocess.run([require_tool("pdffonts"), path], capture_output=True, text=True, check=True)
    assert listed.stderr == ""
    rows = listed.stdout.splitlines()[2:]
    assert rows
    for row in rows:
        assert re.match(r"[A-Z]{6}\+", row), row
        assert row.split()[-5:-2] == ["yes", "yes", "yes"], row
    families = [row.split()[0].split("+")[1] for row in rows]
    assert max(Counter(families).values()) == 1


@pytest.mark.parametrize("name", DOCUMENTS)
def test_no_glyph_is_missing_and_the_text_copies(name: str) -> None:
    copied = "".join(char["text"] for page in pages(name) for char in page.chars)
    assert "�" not in copied
    assert "cid:" not in copied
    for block in DOCUMENTS[name]().main.body:
        assert Counter(block.line) <= Counter(copied)
    pdfium = pypdfium2.PdfDocument(product(name))
    seen = "".join(page.get_textpage().get_text_range() for page in pdfium)
    assert Counter(re.sub(r"\s", "", copied)) == Counter(re.sub(r"\s", "", seen))


def test_a_rare_character_comes_from_another_face_with_a_notice() -> None:
    found = made.document(main=Main(title="人员名单", body=(made.text("王玥、李喆。"),)))
    exported = write(found, load_style("plain"), FACES)
    page = pdfplumber.open(io.BytesIO(exported.data)).pages[0]
    faces = {char["text"]: char["fontname"].split("+")[1] for char in page.chars}
    assert faces["王"] == "FandolFang-Regular"
    assert faces["玥"] == "NotoSerifSC-Regular"
    assert [notice.level for notice in exported.notices if "玥" in notice.message] == ["info"]


def test_characters_that_share_a_glyph_copy_as_themselves() -> None:
    songti = FACES.face("songti")
    assert songti.glyph("①") == songti.glyph("➀")
    body = made.text("甲①➀…⋯é𫖯乙")
    data = write(made.document(main=Main(title="①➀…⋯", body=(body,))), load_style("plain"), FACES).data
    chars = pdfplumber.open(io.BytesIO(data)).pages[0].chars
    assert "".join(char["text"] for char in chars if char["size"] == 22) == "①➀…⋯"
    assert "甲①➀…⋯é𫖯乙" in "".join(char["text"] for char in chars)
    page = pypdfium2.PdfDocument(data)[0]
    assert page.get_textpage().get_text_range().split()[:2] == ["①➀…⋯", "甲①➀…⋯é𫖯乙"]
    for char in (each for each in chars if not each["text"].isspace()):
        box = (char["x0"] / MM, char["top"] / MM, char["x1"] / MM, char["bottom"] / MM)
        assert ink(data, 0, box), char["text"]


def test_a_character_no_face_has_is_a_box_and_an_error_notice() -> None:
    found = made.document(main=Main(body=(made.text("前\U000f0000后"),)))
    exported = write(found, load_style("plain"), FACES)
    errors = [notice for notice in exported.notices if notice.level == "error"]
    assert len(errors) == 1
    assert "U+F0000" in errors[0].message
    page = pdfplumber.open(io.BytesIO(exported.data)).pages[0]
    before, after = page.chars[0], page.chars[1]
    box = page.rects[0]
    assert before["x1"] - 1 < box["x0"] < box["x1"] < after["x0"] + 1
    assert box["bottom"] - box["top"] > 10


def test_titles_digits_are_the_titles_face() -> None:
    page = pages("plain")[0]
    assert {char["fontname"].split("+")[1] for char in page.chars if char["size"] == 22} == {"NotoSerifSC-Bold"}


# The file


def test_outline_and_metadata() -> None:
    pdf = pypdfium2.PdfDocument(product("notice"))
    entries = [(item.level, item.get_title()) for item in pdf.get_toc()]
    assert entries[0] == (0, "太仓市教育局关于印发《2024年度教育工作总结》的通知")
    assert (0, "2024年度教育工作总结") in entries
    assert (1, "一、强化党建全面领航，凝聚教育高质量发展思政引领力") in entries
    assert (2, "（一）党的全面领导持续强化。") in entries
    assert pdf.get_metadata_dict()["Title"] == "太仓市教育局关于印发《2024年度教育工作总结》的通知"
    assert pdf.get_metadata_dict()["Author"] == "太仓市教育局"


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_same_document_gives_the_same_bytes(name: str) -> None:
    found = DOCUMENTS[name]()
    assert write(found, pick_style(found), FACES).data == product(name)


def test_the_bytes_do_not_hang_on_the_process(tmp_path: Path) -> None:
    source = tmp_path / "x.json"
    source.write_bytes(write_documents([made.notice()]))
    program = (
        "import sys; from govdoc.exporting.pdf import write; from govdoc.fonts import load_faces;"
        "from govdoc.model import read_documents; from govdoc.style import load_style;"
        "found = read_documents(open(sys.argv[1], 'rb').read())[0];"
        "sys.stdout.buffer.write(write(found, load_style('gbt9704'), load_faces(user=False)).data)"
    )
    command = [sys.executable, "-c", program, str(source)]
    made_by = [
        subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True).stdout
        for seed in ("1", "2")
    ]
    assert made_by == [product("notice")] * 2


def test_the_bytes_do_not_hang_on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    found = made.plain()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    try:
        assert write(found, pick_style(found), FACES).data == product("plain")
    finally:
        monkeypatch.delenv("TZ")
        time.tzset()


def test_the_identity_of_a_file_is_that_of_its_content() -> None:
    identities = {re.search(rb"/ID\s*\[\s*<(\w+)>", product(name)) for name in DOCUMENTS}
    assert None not in identities
    assert len({found[1] for found in identities if found}) == len(DOCUMENTS)


def test_other_readers_find_nothing_wrong(tmp_path: Path, require_tool: Callable[[str], str]) -> None:
    for name in DOCUMENTS:
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(product(name))
        info = subprocess.run([require_tool("pdfinfo"), path], capture_output=True, text=True, check=True)
        assert info.stderr == ""
        drawn = subprocess.run(
            [require_tool("pdftoppm"), "-r", "20", path, tmp_path / name], capture_output=True, text=True, check=True
        )
        assert drawn.stderr == ""


def test_seeds_are_set_whole(seeds: list[Path]) -> None:
    for path in seeds:
        for found in govdoc.parse(path):
            exported = write(found, pick_style(found), FACES)
            assert not [notice for notice in exported.notices if notice.level == "error"]
            pdf = pypdfium2.PdfDocument(exported.data)
            seen = Counter("".join(page.get_textpage().get_text_range() for page in pdf))
            blocks = [*found.main.body, *(block for each in found.main.attachments for block in each.body)]
            wanted = Counter("".join(block.line for block in blocks)) - seen
            assert not {char for char in wanted if not char.isspace()}, path.name


# The registry


def test_exporters_by_suffix() -> None:
    found = made.plain()
    assert export_document(found, "pdf").data.startswith(b"%PDF-1.7")
    assert read_documents(export_document(found, ".JSON").data) == [found]
    with pytest.raises(UsageError, match="did you mean pdf"):
        find_exporter("pfd")
