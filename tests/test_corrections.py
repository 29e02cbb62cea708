"""Corrections people made in a workbook: applied by record id, kept over the next runs, none lost."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pandas as pd
import pytest
from click.testing import CliRunner, Result

from govdoc import workbook
from govdoc.cli.app import app
from govdoc.errors import InputError
from govdoc.indicator import Indicator
from govdoc.workbook import Corrected, apply_corrections, read_corrections
from test_tasks import PLAN
from test_workbook_tasks import SUMMARY
from workbook_records import document, load, standard


def edited(data: bytes, change: Callable[[openpyxl.Workbook], None]) -> bytes:
    """The workbook as a person saved it."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    change(book)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def by_hand(book: openpyxl.Workbook) -> None:
    sheet = book["指标明细"]
    sheet["D2"] = "评选市级优秀共产党员"
    sheet["E3"] = 13
    sheet["R3"] = "数值有误"
    sheet["R4"] = "不是指标"
    sheet["R5"] = "正确"


def corrected(data: bytes, records: list[Indicator]) -> Corrected:
    return apply_corrections(records, read_corrections(data, "a.xlsx"))


def made(records: list[Indicator] | Corrected) -> bytes:
    return workbook.write_xlsx(records, [document()])


def test_an_untouched_workbook_corrects_nothing() -> None:
    data = edited(made(standard()), lambda book: None)
    assert read_corrections(data, "a.xlsx") == ([], [])
    assert list(corrected(data, standard()).records) == standard()


def test_corrections_are_applied_by_record() -> None:
    records = standard()
    found = corrected(edited(made(records), by_hand), records)
    assert found.records[0].name == "评选市级优秀共产党员"
    assert found.records[0].note is not None
    assert "原为“评选优秀共产党员”" in found.records[0].note
    assert (found.records[1].value, found.records[1].raw) == ("13", "12个")
    assert found.records[3].confidence == 1.0
    assert not found.counts(records[2])
    assert (found.used, list(found.stale)) == (4, [])
    assert list(found.records[4:]) == records[4:]


def test_corrections_outlive_the_next_runs() -> None:
    records = standard()
    data = edited(made(records), by_hand)
    for _ in range(3):
        found = corrected(data, records)
        assert found.records[0].name == "评选市级优秀共产党员"
        assert found.records[1].value == "13"
        assert found.reviews[records[2].id] == "不是指标"
        assert found.used == 4
        data = made(found)


def test_what_fits_no_more_is_kept() -> None:
    records = standard()
    data = edited(made(records), by_hand)
    for _ in range(2):
        found = corrected(data, records[2:])
        assert {one.key for one in found.stale} == {records[0].id, records[1].id}
        data = made(found)
        assert "未用更正" in load(data).sheetnames
    back = corrected(data, records)
    assert back.records[0].name == "评选市级优秀共产党员"
    assert back.records[1].value == "13"
    assert not back.stale


def test_a_review_on_the_list_of_doubts_counts() -> None:
    records = standard()
    data = made(records)
    names = [cell.value for cell in load(data)["待复核"][1]]
    column = names.index("复核") + 1

    def change(book: openpyxl.Workbook) -> None:
        book["待复核"].cell(2, column).value = "名称有误"

    (one,) = read_corrections(edited(data, change), "a.xlsx").records
    assert (one.review, one.name, one.value) == ("名称有误", None, None)


def test_other_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no Excel workbook"):
        read_corrections(b"text", "a.xlsx")
    target = io.BytesIO()
    openpyxl.Workbook().save(target)
    with pytest.raises(InputError, match="no records"):
        read_corrections(target.getvalue(), "a.xlsx")


def test_the_command(tmp_path: Path) -> None:
    source, target = tmp_path / "a.txt", tmp_path / "a.xlsx"
    source.write_text("安平县教育局2024年工作总结\n\n全年新增学位300个。招聘教师120人。\n", encoding="utf-8")
    first = CliRunner().invoke(app, ["indicators", str(source), "-o", str(target)])
    assert first.exit_code == 0, first.output

    def change(book: openpyxl.Workbook) -> None:
        book["指标明细"]["D2"] = "新增公办学位"
        book["指标明细"]["E3"] = 121

    target.write_bytes(edited(target.read_bytes(), change))
    run = ["indicators", str(source), "-o", str(target), "--corrections", str(target), "--force"]
    assert CliRunner().invoke(app, run).exit_code == 0
    sheet = load(target.read_bytes())["指标明细"]
    assert (sheet["D2"].value, sheet["E3"].value) == ("新增公办学位", 121)
    source.write_text("安平县教育局2024年工作总结\n\n招聘教师120人。\n", encoding="utf-8")
    again = CliRunner().invoke(app, run)
    assert again.exit_code == 0
    assert "fits no record any more" in again.stderr
    assert [row[0].value for row in load(target.read_bytes())["未用更正"].iter_rows(min_row=2)] != []


def test_of_two_changes_on_two_sheets_the_newer_counts() -> None:
    """What a sheet merely repeats from the last run does not go before what a person changed since on the other."""
    records = standard()

    def at_first(book: openpyxl.Workbook) -> None:
        book["指标明细"]["D12"], book["指标明细"]["R12"] = "资助困难学生", "待查"

    data = made(corrected(edited(made(records), at_first), records))
    sheet = load(data)["待复核"]
    heads = [cell.value for cell in sheet[1]]
    row = next(row for row in sheet.iter_rows(min_row=2) if row[heads.index("记录键")].value == records[10].id)

    def then(book: openpyxl.Workbook) -> None:
        for head, text in (("指标名称", "资助家庭困难学生"), ("复核", "正确")):
            book["待复核"].cell(row[0].row, heads.index(head) + 1).value = text

    found = corrected(edited(data, then), records)
    assert found.records[10].name == "资助家庭困难学生"
    assert found.reviews == {records[10].id: "正确"}
    assert corrected(edited(data, lambda book: None), records).reviews == {records[10].id: "待查"}


def test_a_correction_taken_back_is_gone() -> None:
    records = standard()
    data = made(corrected(edited(made(records), by_hand), records))

    def back(book: openpyxl.Workbook) -> None:
        book["指标明细"]["D2"], book["指标明细"]["R4"] = records[0].name, None

    found = corrected(edited(data, back), records)
    assert found.records[0] == records[0]
    assert list(found.reviews) == [records[1].id, records[3].id]


# What is filled in beside tasks and targets


def fill(book: openpyxl.Workbook) -> None:
    for title, row, words in (
        ("任务落实对照", 2, {"落实情况": "推进中", "责任单位": "基础教育科", "备注": "=看附件"}),
        ("目标完成对照", 2, {"分值": 10, "偏差原因分析及改进措施": "建设用地\n批复较晚", "结论": "完成"}),
    ):
        heads = [cell.value for cell in book[title][1]]
        for head, content in words.items():
            cell = book[title].cell(row, heads.index(head) + 1)
            cell.value = content
            if content == "=看附件":
                cell.data_type = "s"


def shown(data: bytes, title: str, row: int) -> dict[str, object]:
    sheet = load(data)[title]
    return dict(zip([cell.value for cell in sheet[1]], [cell.value for cell in sheet[row]], strict=True))


@pytest.fixture
def pages(tmp_path: Path) -> list[Path]:
    texts = {"plan.txt": PLAN, "summary.txt": SUMMARY}
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return [tmp_path / name for name in texts]


def run(pages: list[Path], target: Path, *more: str) -> Result:
    done = CliRunner().invoke(app, ["indicators", *map(str, pages), "-o", str(target), "--force", *more])
    assert done.exit_code == 0, done.output
    return done


def by_libreoffice(data: bytes, folder: Path, soffice: str) -> bytes:
    """The workbook opened and saved again: other types of cells, sheets of other XML."""
    (folder / "book.xlsx").write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [soffice, profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir"]
    subprocess.run([*command, str(folder / "saved"), "book.xlsx"], cwd=folder, check=True, capture_output=True)
    return (folder / "saved" / "book.xlsx").read_bytes()


@pytest.mark.parametrize("saved_by", ["openpyxl", "libreoffice"])
def test_what_people_filled_in_is_there_again(
    saved_by: str, pages: list[Path], tmp_path: Path, require_tool: Callable[[str], str]
) -> None:
    target, word = tmp_path / "a.xlsx", tmp_path / "tasks.docx"
    soffice = require_tool("soffice") if saved_by == "libreoffice" else ""
    run(pages, target)
    before = shown(target.read_bytes(), "目标完成对照", 2)
    assert before["结论"] == "未完成"
    target.write_bytes(edited(target.read_bytes(), fill))
    for _ in range(2):
        if soffice:
            target.write_bytes(by_libreoffice(target.read_bytes(), tmp_path, soffice))
        run(pages, target, "--corrections", str(target), "--tasks", str(word))
        task, pair = (shown(target.read_bytes(), title, 2) for title in ("任务落实对照", "目标完成对照"))
        assert (task["落实情况"], task["责任单位"], task["备注"]) == ("推进中", "基础教育科", "=看附件")
        assert load(target.read_bytes())["任务落实对照"]["M2"].data_type == "s"
        assert (pair["分值"], pair["偏差原因分析及改进措施"]) == (10, "建设用地\n批复较晚")
        assert pair["结论"] == "完成"
        assert str(pair["对照说明"]).startswith("结论经人更正，原为“未完成”")
        assert "未用更正" not in load(target.read_bytes()).sheetnames
        cells = [cell.text for cell in docx.Document(str(word)).tables[0].rows[1].cells]
        assert cells[-2:] == ["推进中", "基础教育科"]


def _refuse(book: openpyxl.Workbook) -> None:
    """A person gives points to the first target and says it was not reached."""
    sheet = book["目标完成对照"]
    heads = [cell.value for cell in sheet[1]]
    sheet.cell(2, heads.index("分值") + 1).value = 10
    sheet.cell(2, heads.index("结论") + 1).value = "未完成"


def test_a_score_never_speaks_against_the_verdict_of_a_person(
    tmp_path: Path, require_tool: Callable[[str], str]
) -> None:
    soffice, target = require_tool("soffice"), tmp_path / "a.xlsx"
    pages = [tmp_path / f"{kind}.txt" for kind in ("工作要点", "工作总结")]
    for page in pages:
        item = "一、任务\n\n新增学位450个。\n\n安平县教育局\n2024年12月30日\n"
        page.write_text(f"安平县教育局2024年{page.stem}\n\n{item}", encoding="utf-8")
    run(pages, target)
    assert shown(target.read_bytes(), "目标完成对照", 2)["结论"] == "完成"
    said: Callable[[openpyxl.Workbook], None]
    for said in (_refuse, lambda _: None):
        saved = by_libreoffice(edited(target.read_bytes(), said), tmp_path, soffice)
        sheet = openpyxl.load_workbook(io.BytesIO(saved), data_only=True)["目标完成对照"]
        row = dict(zip(*list(sheet.values)[:2], strict=True))
        assert (row["分值"], row["结论"], row["得分"] or "") == (10, "未完成", "")
        target.write_bytes(saved)
        run(pages, target, "--corrections", str(target))
    again = shown(target.read_bytes(), "目标完成对照", 2)
    assert again["完成率"] is None
    assert "请自行填写" in str(again["对照说明"])


def test_what_is_filled_in_and_fits_no_row_is_kept(pages: list[Path], tmp_path: Path) -> None:
    target = tmp_path / "a.xlsx"
    run(pages, target)
    target.write_bytes(edited(target.read_bytes(), fill))
    for _ in range(2):
        said = run(pages[1:], target, "--corrections", str(target)).stderr
        assert "落实情况, 责任单位, 备注 of 任务落实对照 '1.扩大学位供给' fits no row any more" in said
        rows = pd.read_excel(target, sheet_name="未用更正")
        assert rows["填写内容"].tolist() == ["推进中", "基础教育科", "=看附件", 10, "建设用地\n批复较晚", "完成"]
        assert rows["所在表"].tolist() == ["任务落实对照"] * 3 + ["目标完成对照"] * 3
        assert rows["指标名称"].tolist()[0] == "1.扩大学位供给"
    run(pages, target, "--corrections", str(target))
    assert "未用更正" not in load(target.read_bytes()).sheetnames
    assert shown(target.read_bytes(), "任务落实对照", 2)["责任单位"] == "基础教育科"
    assert shown(target.read_bytes(), "目标完成对照", 2)["结论"] == "完成"
