"""Documents flattened to one line: parted at their own structure, never inside a sentence, and only once."""

from __future__ import annotations

import re
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govdoc import api
from govdoc.errors import EmptyError

DATA = Path(__file__).parent / "data"
SOUND = sorted([*(DATA / "clean").glob("*.txt"), *(DATA / "scrapes").glob("*.clean.txt")])
PIECES = """关于做好防汛工作的通知|苏教〔2023〕2号|各区教育局：|为做好工作，现通知如下：|一、提高认识。|二、抓好落实。
|（一）加强领导。|1.开展排查。|第一条　|《管理办法》|“一校一品”|苏州市教育局|2023年3月23日|（此件公开发布）|附件：
|工作方案|特此通知。|　| |首页 > 公告| 发布时间：2023-03-01| 来源：市教育局| 【打印】|印发
|市政府令第3号|文件|签发人：|张三|（|”|《|为|。|："""


def ends(lines: list[str]) -> set[int]:
    """How much ink stands before the end of each line."""
    found: set[int] = set()
    size = 0
    for line in lines:
        size += len("".join(line.split()))
        found.add(size)
    return found


@pytest.mark.parametrize("between", ["", " "])
def test_flattened_documents_are_parted_where_their_lines_ended(between: str) -> None:
    right, wrong, lines = 0, 0, 0
    for path in SOUND:
        source = [line for line in path.read_text("utf-8").splitlines() if "\t" not in line]
        flat = between.join(source)
        cleaned = api.clean(flat + "\n")
        assert cleaned.undo() == (flat + "\n").encode()
        assert api.clean(cleaned.text).text == cleaned.text
        found, wanted = ends(cleaned.text.splitlines()[:-1]), ends(source[:-1])
        if any(edit.rule != "B104" and re.search(r"\w", edit.old) for one in cleaned.ledger for edit in one.edits):
            continue  # what stands between is no longer the same
        right, wrong, lines = right + len(found & wanted), wrong + len(found - wanted), lines + len(wanted)
    print(f"flattened, {between!r} between the lines: {right} of {lines} ends found, {wrong} cuts where no line ended")
    assert wrong <= 2
    assert right * 3 >= lines * 2


@pytest.mark.parametrize("path", SOUND, ids=lambda path: path.stem)
def test_documents_with_their_lines_are_left_alone(path: Path) -> None:
    ledger = api.clean(path).ledger
    assert not [edit for one in ledger for edit in one.edits if edit.rule == "B104"]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES.replace("\n", "").split("|")), min_size=3, max_size=40).map("".join))
def test_any_flattened_text_is_parted_once_and_comes_back(text: str) -> None:
    try:
        cleaned = api.clean(text + "\n")
    except EmptyError:
        return
    assert cleaned.undo() == (text + "\n").encode()
    assert api.clean(cleaned.text).text == cleaned.text
    assert not any(notice.code == "C001" for notice in cleaned.notices)


def test_parting_is_linear() -> None:
    units = (
        "一、甲。|第一条　甲。|　|。　|。 |关于的通知 |。苏州市教育局2023年3月23日|附件：1.甲表|（|《"
        "|：|特此通知。| 来源：甲|苏教〔2023〕2号各区："
    )
    head = "关于做好工作的通知苏教〔2023〕2号各区教育局："
    for unit in units.split("|"):
        seconds = []
        for size in (2**14, 2**16):
            start = perf_counter()
            api.clean(head + unit * (size // len(unit)) + "\n")
            seconds.append(perf_counter() - start)
        assert seconds[1] < 10 * seconds[0] + 0.5, (unit, seconds)
