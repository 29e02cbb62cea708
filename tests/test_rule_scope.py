"""What rules declare of themselves, which the engine trusts: the characters they need, the scope they look at."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from govdoc.edits import Edit, Trace
from govdoc.rules.registry import Finding, Rule, all_rules, rare_characters
from govdoc.rules.text import Lines, LineTest, Memory, Text, page_words
from govdoc.span import Mark, Notice
from test_clean import PIECES, SEEDS
from test_rules import load

CASES = [
    value
    for rule in all_rules()
    for rows in load(rule.code).values()
    for row in rows
    for name, value in row.items()
    if name != "why"
]
MORE = [
    *(
        "\xa0",
        "２０",
        "．",
        '"',
        "，，",
        "⻅",
        "⼀",
        "（a）",
        "http://a.b,c",
        "@",
        "[2024]",
        "(2024)15号",
        "1",
        "首页|",
    ),
    *(
        "责任编辑：张三",
        "上一篇：",
        "■",
        "=====",
        "|",
        "浏览量: 3",
        "\x85",
        "｡",
        "通 知",
        "几 个",
        ";",
        "!",
        "%，",
        "[打印]",
    ),
]
SCRAPS = st.lists(st.sampled_from([*PIECES, *MORE, *CASES]), max_size=25).map("".join)
LINE_RULES = [rule for rule in all_rules() if rule.looks_at == "line"]


def text_of(text: str) -> Text:
    return Text(text, Trace(text, text, ()), (), rare_characters(text), Memory())


def moved(findings: Iterator[Finding], by: int, end: int) -> Iterator[tuple[object, ...]]:
    """Findings as tuples, ``by`` further on; an edit that takes a line's newline ends at the text's end at most."""
    for finding in findings:
        if isinstance(finding, Edit):
            yield "edit", finding.start + by, min(finding.stop + by, end), finding.new
        elif isinstance(finding, Mark):
            yield "mark", finding.kind, finding.start + by, finding.stop + by, finding.value, finding.key
        else:
            assert isinstance(finding, Notice)
            span = finding.span and (finding.span[0] + by, finding.span[1] + by)
            yield "notice", finding.code, finding.message, span


def line_by_line(rule: Rule, text: str) -> Iterator[tuple[object, ...]]:
    start = 0
    for line in text.split("\n"):
        yield from moved(rule.find(text_of(f"{line}\n")), start, len(text))
        start += len(line) + 1


@given(SCRAPS)
@settings(max_examples=300, deadline=None)
@example("\n".join(CASES))
@example("\n".join(seed.read_text("utf-8") for seed in SEEDS))
def test_a_rule_that_looks_at_a_line_finds_there_what_it_finds_in_the_text(text: str) -> None:
    for rule in LINE_RULES:
        whole = sorted(moved(rule.find(text_of(text)), 0, len(text)), key=repr)
        assert whole == sorted(line_by_line(rule, text), key=repr), rule.code


@given(SCRAPS)
@settings(max_examples=300, deadline=None)
def test_a_rule_finds_nothing_without_the_characters_it_needs(text: str) -> None:
    for rule in all_rules():
        if rule.needs and rule.needs.isdisjoint(text):
            assert not any(rule.find(text_of(text))), rule.code
        if rule.needs:
            assert text_of(text).holds_any(rule.needs) or rule.needs.isdisjoint(text), rule.code


def test_no_line_that_passes_a_test_begins_as_that_test_said_none_does(monkeypatch: pytest.MonkeyPatch) -> None:
    """``begins`` spares a rule the lines that begin otherwise: it must spare none that would have passed."""
    narrowed: list[str] = []

    def beginning(lines: Lines, firsts: str) -> list[str]:
        likely = set(narrow(lines, firsts))
        narrowed.append(firsts)
        spared[:] = [line for line in lines.distinct if line not in likely]
        return sorted(likely)

    def where(text: Text, test: LineTest, begins: str = "") -> list[int]:
        spared.clear()
        found = ask(text, test, begins)
        assert not [*filter(test, spared)], (test, begins)
        return found

    narrow, ask = Lines.beginning, Text.where
    spared: list[str] = []
    monkeypatch.setattr(Lines, "beginning", beginning)
    monkeypatch.setattr(Text, "where", where)
    pieces = [*PIECES, *MORE, *CASES]
    lines = "\n".join([*pieces, *(f"{word}{piece}" for word in page_words("tools") for piece in MORE)])
    for rule in all_rules():
        list(rule.find(text_of(lines)))
    assert len(set(filter(None, narrowed))) > 10
