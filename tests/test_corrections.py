"""Corrections people made in a workbook: applied by record id, kept over the next runs, none lost."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from govdoc import workbook
from govdoc.cli.app import app
from govdoc.errors import InputError
from govdoc.indicator import Indicator
from govdoc.workbook import Corrected, apply_corrections, read_corrections
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
    assert read_corrections(data, "a.xlsx") == []
    assert list(corrected(data, standard()).records) == standard()


def test_corrections_are_applied_by_record() -> None:
    records = standard()
    found = corrected(edited(made(records), by_hand), records)
    assert found.records[0].name == "评选市级优秀共产党员"
    assert found.records[0].note is not None
    assert "原为“评选优秀共产党员”" in found.records[0].note
    assert (found.records[1].value, found.records[1].raw) == ("13", "12个")
    assert found.records[3].confidence == 1.0
    assert records[2] not in found.counted()
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

    (one,) = read_corrections(edited(data, change), "a.xlsx")
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
