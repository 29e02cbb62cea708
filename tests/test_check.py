"""Checks of texts and canonical documents: every one by its cases, and the register as a whole."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

import govdoc
from govdoc.checking.finding import Report
from govdoc.checking.fixing import check_text, fix_text
from govdoc.checking.listing import all_listed
from govdoc.checking.registry import Check, all_checks
from govdoc.checking.textual import check_documents
from govdoc.cleaned import Decoded
from govdoc.cli.app import app
from govdoc.decode import decode
from govdoc.errors import EmptyError, InputError
from govdoc.model import read_documents, write_documents

FOLDER = Path(__file__).parent / "cases" / "check"
FRAME = """苏州市教育局文件
苏教〔2024〕15号
关于做好防汛工作的通知
各县级市（区）教育局：
{}
苏州市教育局
2024年3月1日
"""


def decoded(text: str) -> Decoded:
    return decode(govdoc.Source(text.encode(), name="case.txt"))


def report(text: str) -> Report:
    return check_text("case.txt", decoded(text))


def load(code: str) -> dict[str, list[dict[str, str]]]:
    return tomllib.loads((FOLDER / f"{code}.toml").read_text("utf-8"))


def text_of(case: dict[str, str]) -> str:
    """A case is a whole document, or the body of one that is right but for that."""
    return case["text"] if "text" in case else FRAME.format(case["body"].strip("\n"))


def cases(kind: str) -> list[Any]:
    return [
        pytest.param(one.code, case, id=f"{one.code}-{i}")
        for one in all_checks()
        for i, case in enumerate(load(one.code).get(kind, []))
    ]


@pytest.mark.parametrize(("code", "case"), cases("find"))
def test_find(code: str, case: dict[str, str]) -> None:
    text = text_of(case)
    found = [finding for finding in report(text).findings if finding.code == code]
    assert case["at"] in [text[slice(*finding.span)] for finding in found if finding.span]
    for finding in found:
        assert finding.span
        assert finding.line == text.count("\n", 0, finding.span[0]) + 1
        assert finding.column == finding.span[0] - (text.rfind("\n", 0, finding.span[0]) + 1) + 1


@pytest.mark.parametrize(("code", "case"), cases("pass"))
def test_pass(code: str, case: dict[str, str]) -> None:
    assert code not in {finding.code for finding in report(text_of(case)).findings}


@pytest.mark.parametrize(("code", "case"), cases("find"))
def test_what_is_mended_is_no_finding_again_and_can_be_undone(code: str, case: dict[str, str]) -> None:
    text = text_of(case)
    fixed, left = fix_text("case.txt", decoded(text))
    assert not [finding for finding in left.findings if finding.fix is not None]
    assert fixed.undo() == text.encode()


PIECES = st.sampled_from(
    [
        "苏州市教育局文件", "苏教〔2024]015号", "关于做好工作的通知", "各单位:", "一、", "（一）、", "1、", "⑴",
        "附件：1、名单；", "附件1：", "2024年03月01日", "(此件公开发布)", "抄送:市财政局", "印发", "《", "》", "“”、“”",
        "...", "--", ",", "３～５%", "x", "😀", "**重点**", "第一、", "二零二四年", "机密☆一年", "签发人:张三",
        "\n", "\n\n", "\t", " ", "\u3000", "\r\n", "\ufeff",
    ]
)  # fmt: skip


@given(st.lists(PIECES | st.text(max_size=5), min_size=1, max_size=40).map("".join))
@settings(max_examples=150)
def test_any_text_is_checked_and_mended_without_an_error_of_our_own(text: str) -> None:
    try:
        found = report(text)
        fixed, _ = fix_text("case.txt", decoded(text))
    except (InputError, EmptyError):
        return
    assert fixed.undo() == text.encode()
    for finding in found.findings:
        if finding.span:
            start, stop = finding.span
            assert 0 <= start <= stop <= len(fixed.decoded.text)
            assert finding.line
            assert finding.column


@given(st.lists(PIECES, min_size=1, max_size=30).map("".join))
@settings(max_examples=60)
def test_what_was_parsed_of_any_text_can_be_checked_without_it(text: str) -> None:
    try:
        documents = govdoc.parse(govdoc.Source(text.encode(), name="case.txt"))
    except (InputError, EmptyError):
        return
    for document in documents:
        assert all(finding.span is None for finding in govdoc.check(document).findings)


def test_the_frame_of_the_cases_is_right() -> None:
    assert report(FRAME.format("现就做好防汛工作通知如下。")).findings == ()


@pytest.mark.parametrize("one", all_checks(), ids=lambda one: one.code)
def test_every_check_has_its_page_and_cases(one: Check) -> None:
    assert one.code[0].isupper()
    assert one.code[1:].isdigit()
    assert not one.chinese.isascii()
    assert one.clause
    assert one.summary.endswith(".") or one.summary.endswith("：")
    found = load(one.code)
    assert set(found) == {"find", "pass"}
    for row in found["find"]:
        assert set(row) in ({"text", "at"}, {"body", "at"})


def test_no_case_file_without_its_check() -> None:
    assert {path.stem for path in FOLDER.glob("*.toml")} == {one.code for one in all_checks()}


def test_slugs_are_unique() -> None:
    slugs = [one.slug for one in all_checks()]
    assert len(set(slugs)) == len(slugs)


def run(*arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(app, ["check", *arguments], input=stdin, catch_exceptions=False)


def seed_codes(path: Path) -> dict[str, int]:
    cleaned = govdoc.clean(path)
    found = check_documents(path.name, govdoc.parse(cleaned), cleaned).findings
    counts: dict[str, int] = {}
    for finding in found:
        if finding.severity == "error":
            counts[finding.code] = counts.get(finding.code, 0) + 1
    return counts


def test_the_seeds_have_no_errors_but_their_own(seeds: list[Path]) -> None:
    # 000: a half-width colon behind 主送机关, no 。 behind the copies. 001, 004: half-width marks throughout, and in
    # 004 behind 主送机关. 002: no 。 behind the copies. 003: none.
    first, second, third, fourth, fifth = map(seed_codes, seeds)
    assert first == {"R01": 1, "C01": 1}
    assert set(second) == {"P01"}
    assert third == {"C01": 1}
    assert fourth == {}
    assert set(fifth) == {"P01", "R01"}


def test_a_half_width_mark_in_the_seeds_stands_in_the_source(seeds: list[Path]) -> None:
    for path in seeds:
        source = path.read_bytes().decode("utf-8-sig")
        cleaned = govdoc.clean(path)
        shift = len(cleaned.decoded.text) - len(source)
        for finding in check_documents(path.name, govdoc.parse(cleaned), cleaned).findings:
            if finding.code == "P01" and finding.span:
                start, stop = (offset - shift for offset in finding.span)
                assert set(source[start:stop].strip()) <= set(",:;()!\"'.?")


def test_findings_of_a_seed_mended_are_gone_and_undo_gives_the_seed(seeds: list[Path]) -> None:
    for path in seeds:
        fixed, left = fix_text(path.name, decode(govdoc.read(path)))
        assert fixed.undo() == path.read_bytes()
        assert not [finding for finding in left.findings if finding.fix is not None]


def test_only_the_places_found_are_mended() -> None:
    text = "\ufeff" + FRAME.format("  各地要高度重视,加强领导。\r\n\r\n") + "第一页,共二页\r\n"
    fixed, _ = fix_text("case.txt", decoded(text))
    assert fixed.text == text.replace("重视,", "重视，").replace("一页,", "一页，")
    assert [edit.rule for one in fixed.ledger for edit in one.edits] == ["P01", "P01"]


def test_text_shows_the_line_with_a_caret_below_the_place(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(FRAME.format("各地要高度重视,加强领导。"), encoding="utf-8")
    result = run(str(path))
    lines = result.stdout.splitlines()
    assert result.exit_code == 1
    assert lines[0].startswith(f"{path}:5:8: error P01 半角标点: half-width ,")
    assert lines[1] == "    各地要高度重视,加强领导。"
    assert lines[2] == "    " + " " * 14 + "^"


def test_nothing_found_is_exit_0(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(FRAME.format("现就做好防汛工作通知如下。"), encoding="utf-8")
    result = run(str(path))
    assert (result.exit_code, result.stdout) == (0, "")


def test_json_lines_give_findings_and_then_what_was_checked(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(FRAME.format("各地要高度重视,加强领导。"), encoding="utf-8")
    rows = [json.loads(line) for line in run("--format", "json", str(path)).stdout.splitlines()]
    assert [row["schema"] for row in rows] == ["govdoc.finding/1", "govdoc.coverage/1"]
    assert (rows[0]["code"], rows[0]["line"], rows[0]["column"], rows[0]["fix"]) == ("P01", 5, 8, "，")
    assert set(rows[1]["checked"]) == {one.code for one in all_checks()}


def test_canonical_json_is_checked_and_what_needs_a_source_is_said_to_be_unchecked(tmp_path: Path) -> None:
    text = FRAME.format("具体名单见附件。").replace("2024年3月1日", "2024年03月01日")
    path = tmp_path / "a.json"
    path.write_bytes(write_documents(govdoc.parse(text)))
    result = run("--format", "json", str(path))
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 1
    assert [(row["code"], row["pointer"]) for row in rows[:-1]] == [
        ("A07", "/main/body/0"),
        ("D01", "/main/issue_date_raw"),
    ]
    assert {one["code"] for one in rows[-1]["unchecked"]} == {one.code for one in all_checks() if one.needs_source}
    assert run("-", stdin=path.read_text(encoding="utf-8")).exit_code == 1
    assert len(read_documents(path.read_bytes())) == 1


def test_fix_writes_the_mended_text_and_a_ledger_that_undoes_it(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    text = FRAME.format("1、加强领导,落实责任。").replace("苏教〔2024〕15号", "苏教[2024]015号")
    path.write_text(text, encoding="utf-8")
    result = run("--fix", "-o", str(tmp_path / "out"), str(path))
    assert result.exit_code == 0
    assert path.read_text(encoding="utf-8") == text
    mended = (tmp_path / "out" / "a.txt").read_text(encoding="utf-8")
    assert mended == text.replace("[2024]015", "〔2024〕15").replace("1、", "1.").replace("领导,", "领导，")
    undone = CliRunner().invoke(app, ["undo", str(tmp_path / "out" / "a.edits.jsonl")])
    assert undone.stdout_bytes == path.read_bytes()


@pytest.mark.parametrize("name", ["a.json", "a.pdf", "a.docx"])
def test_fix_mends_text_only(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(write_documents(govdoc.parse(FRAME.format("现通知如下。"))))
    result = CliRunner().invoke(app, ["check", "--fix", "-o", str(tmp_path / "out"), str(path)])
    assert isinstance(result.exception, govdoc.GovdocError)
    assert result.exception.exit_status == 2


def test_fix_refuses_what_no_product_may_hold(tmp_path: Path) -> None:
    with pytest.raises(govdoc.GovdocError, match="bytes that are no text"):
        fix_text("a.txt", decode(govdoc.Source("教育局\x07通知,各校".encode(), name="a.txt")))


def config(tmp_path: Path, text: str) -> str:
    path = tmp_path / "govdoc.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_a_check_that_is_switched_off_finds_and_mends_nothing_and_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(FRAME.format("1、加强领导,落实责任。"), encoding="utf-8")
    off = config(tmp_path, '[check]\ndisable = ["half-width-marks", "M16"]\n')
    rows = [json.loads(line) for line in run("--config", off, "--format", "json", str(path)).stdout.splitlines()]
    assert [row.get("code") for row in rows] == ["L02", None]
    assert {"code": "P01", "reason": "switched off in the configuration"} in rows[-1]["unchecked"]
    assert "not checked: P01 (switched off in the configuration)" in run("--config", off, str(path)).stdout
    assert run("--config", off, "--fix", "-o", str(tmp_path / "out"), str(path)).exit_code == 0
    assert "1.加强领导,落实责任。" in (tmp_path / "out" / "a.txt").read_text(encoding="utf-8")


def test_a_check_there_is_none_of_cannot_be_switched_off(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(FRAME.format("现通知如下。"), encoding="utf-8")
    off = config(tmp_path, '[check]\ndisable = ["half-with-marks"]\n')
    result = CliRunner().invoke(app, ["check", "--config", off, str(path)])
    assert isinstance(result.exception, govdoc.GovdocError)
    assert result.exception.exit_status == 2
    assert "half-width-marks" in str(result.exception.remedy)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("各地要重视,加强领导。", "1 error, 0 warnings, 0 notes in"),
        ("各地要重视,加强领导,落实。", "2 errors, 0 warnings, 0 notes in"),
    ],
)
def test_what_was_found_is_counted_in_words(tmp_path: Path, body: str, said: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(FRAME.format(body), encoding="utf-8")
    assert said in run(str(path)).stderr


def test_checks_lists_them_and_shows_a_page() -> None:
    listing = CliRunner().invoke(app, ["checks"]).stdout
    assert [line.split()[0] for line in listing.splitlines()] == [one.code for one in all_listed()]
    assert "U+3014" in CliRunner().invoke(app, ["checks", "year-brackets"]).stdout
