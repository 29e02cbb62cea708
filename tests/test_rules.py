"""Every rule by its cases, and the register as a whole."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from govdoc import api
from govdoc.cleaned import Cleaned
from govdoc.rules.registry import STAGES, Rule, all_rules

FOLDER = Path(__file__).parent / "cases" / "rules"
KINDS = {"change": {"before", "after"}, "keep": {"text", "why"}, "known-failure": {"before", "wanted", "why"}}


def load(code: str) -> dict[str, list[dict[str, str]]]:
    return tomllib.loads((FOLDER / f"{code}.toml").read_text("utf-8"))


def cases(kind: str) -> list[Any]:
    return [
        pytest.param(rule.code, case, id=f"{rule.code}-{i}")
        for rule in all_rules()
        for i, case in enumerate(load(rule.code).get(kind, []))
    ]


def clean(text: str) -> Cleaned:
    # A case is written without its final newline.
    return api.clean(text)


def rules_used(cleaned: Cleaned) -> set[str]:
    return {edit.rule for one in cleaned.ledger for edit in one.edits}


@pytest.mark.parametrize(("code", "case"), cases("change"))
def test_change(code: str, case: dict[str, str]) -> None:
    cleaned = clean(case["before"])
    assert cleaned.text == case["after"] + "\n"
    assert code in rules_used(cleaned)
    assert clean(cleaned.text).ledger == ()


@pytest.mark.parametrize(("code", "case"), cases("keep"))
def test_keep(code: str, case: dict[str, str]) -> None:
    assert clean(case["text"] + "\n").text == case["text"] + "\n"


@pytest.mark.parametrize(("code", "case"), cases("known-failure"))
def test_known_failure(code: str, case: dict[str, str]) -> None:
    """A known failure that comes right must become a change case."""
    assert clean(case["before"]).text != case["wanted"] + "\n"


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_every_rule_has_its_page_and_cases(rule: Rule) -> None:
    assert rule.code[0].isupper()
    assert rule.code[1:].isdigit()
    assert rule.stage in STAGES
    assert rule.chinese
    assert not rule.chinese.isascii()
    assert rule.summary.endswith(".") or rule.summary.endswith("newline.")
    found = load(rule.code)
    assert set(found) <= set(KINDS), f"unknown kind of case in {rule.code}.toml"
    for kind, rows in found.items():
        for row in rows:
            assert set(row) <= KINDS[kind]
    assert found.get("change") or found.get("keep")


def test_no_case_file_without_its_rule() -> None:
    assert {path.stem for path in FOLDER.glob("*.toml")} == {rule.code for rule in all_rules()}


def test_slugs_are_unique() -> None:
    slugs = [rule.slug for rule in all_rules()]
    assert len(set(slugs)) == len(slugs)


def test_an_undecodable_byte_becomes_a_noticed_replacement() -> None:
    source = "教育".encode() + b"\x81" + "局做好通知工作".encode()
    cleaned = api.clean(api.Source(source))
    assert cleaned.text == "教育\N{REPLACEMENT CHARACTER}局做好通知工作\n"
    assert "0x81" in cleaned.notices[-1].message or "0x81" in cleaned.notices[0].message
    assert cleaned.undo() == source


def test_lost_characters_are_noticed_and_kept() -> None:
    text = "一□二\n王?明\n教育\N{REPLACEMENT CHARACTER}局\n锟斤拷\n"
    cleaned = clean(text)
    assert cleaned.text == text
    assert [text[slice(*notice.span)] for notice in cleaned.notices if notice.span] == [
        "□", "?", "\N{REPLACEMENT CHARACTER}", "锟斤拷",
    ]  # fmt: skip


def test_a_layout_rule_that_changes_ink_is_an_error_naming_it(monkeypatch: pytest.MonkeyPatch) -> None:
    import importlib

    from govdoc.edits import Edit
    from govdoc.errors import RuleError

    engine = importlib.import_module("govdoc.cleaning")

    def eats_a_character(text: Any) -> Any:
        """Eat a character."""
        yield Edit(0, 1, "")

    monkeypatch.setattr(
        engine, "all_rules", lambda: (Rule("L999", "吃字", "lines", "layout", "always", eats_a_character),)
    )
    with pytest.raises(RuleError, match="L999"):
        clean("教育局")
