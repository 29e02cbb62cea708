"""Any text at all is read: nothing raises, nothing is lost, and a value stands where its span says."""

from __future__ import annotations

import json
import re
from collections import Counter
from itertools import pairwise
from typing import Any, get_args

from hypothesis import given, settings
from hypothesis import strategies as st

import govdoc
from govdoc.errors import EmptyError
from govdoc.model import Document
from govdoc.parsing import parse
from govdoc.span import Mark, MarkKind
from parse_cases import CASES, HERE, all_blocks, cleaned_text, plain, spans_of, stated, uncovered

PIECES = (HERE / "cases" / "parse" / "pieces.txt").read_text(encoding="utf-8").splitlines()
DOCUMENTS = [case["text"] for _, case in CASES if "text" in case]
LINES = sorted({line for text in DOCUMENTS for line in text.splitlines() if line.strip()})
LINE = st.sampled_from(PIECES) | st.sampled_from(LINES) | st.text(max_size=30)
JOINTS = st.sampled_from(["\n", "\n", "\n", "\n\n", "\n\u3000\u3000", "", "\u3000", " ", "\t", "\r\n", "\u2028"])
SHAPES = st.lists(st.tuples(LINE, JOINTS), max_size=30).map(
    lambda parts: "".join(line + joint for line, joint in parts)
)
LABELS = set(
    "附件表录抄送报主分印发签人份号密级紧急程度出席请假列缺参加会议员单位领导同志篇范本模板第字文编公开制刷共数校对打录入题词"
    "一二三四五六七八九十"
)
"""Characters of the labels that stand before values, and of 篇一 behind a title: no part of the value."""


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """A stated document, or two, after some lines were lost, doubled, moved, broken or run together."""
    lines = [
        line for text in draw(st.lists(st.sampled_from(DOCUMENTS), min_size=1, max_size=2)) for line in text.split("\n")
    ]
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, len(lines) - 1))
        match draw(st.sampled_from(["lose", "double", "move", "break", "join", "put"])):
            case "lose" if len(lines) > 1:
                del lines[at]
            case "double":
                lines.insert(at, lines[at])
            case "move":
                lines.insert(draw(st.integers(0, len(lines) - 1)), lines.pop(at))
            case "break":
                cut = draw(st.integers(0, len(lines[at])))
                lines[at : at + 1] = [lines[at][:cut], lines[at][cut:]]
            case "join":
                lines[at : at + 2] = ["".join(lines[at : at + 2])]
            case _:
                lines.insert(at, draw(LINE))
    return "\n".join(lines)


ANY = damaged() | SHAPES


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, tuple[Mark, ...]]:
    """A text with marks of every kind, right or not."""
    text = draw(ANY)
    marks = []
    for _ in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, len(text)))
        stop = draw(st.integers(start, len(text)))
        kind = draw(st.sampled_from(get_args(MarkKind)))
        value = {"cell": "0,0,1,2", "heading": "2", "blank-lines": "3"}.get(kind, draw(st.text(max_size=5)))
        marks.append(Mark(kind, start, stop, value=value, key="来源" if kind == "metadata" else None))
    return text, tuple(marks)


def check(text: str, documents: list[Document]) -> None:
    """Nothing of the text is lost: it lies in spans, its words are in values, and each value is in its span."""
    assert uncovered(text, [span for document in documents for span in spans_of(document)]) == ""
    kept = Counter(word for document in documents for word in strings(json.loads(document.to_json())))
    for document in documents:  # 附件说明 of an attached text are the titles of what is attached to it
        for one in document.main.attachments:
            kept.update(char for inner in one.attachments for char in inner.title or "")
    wanted = Counter(re.findall(r"[\u4e00-\u9fff]", text))
    assert {char: n for char, n in wanted.items() if char not in LABELS and kept[char] < n} == {}
    for document in documents:
        assert Document.from_json(document.to_json()) == document
        for pointer, value in stated(document):
            there = plain(text[slice(*document.spans[pointer])])
            assert all(plain(line) in there for line in value.split("\n")), pointer
        places = sorted(block.span for block in all_blocks(document))
        assert all(left[1] <= right[0] for left, right in pairwise(places))
        for block in all_blocks(document):
            if block.type != "table":
                assert block.line == text[slice(*block.span)]


def strings(value: Any) -> list[str]:
    """Every character of every text in a JSON value, keys of metadata too; what was derived is left out."""
    derived = ("notices", "spans", "references", "names", "issue_date", "kind", "genre", "schema", "label_of")
    if isinstance(value, dict):
        return [char for key, one in value.items() if key not in derived for char in [*key, *strings(one)]]
    if isinstance(value, list):
        return [char for one in value for char in strings(one)]
    return list(value) if isinstance(value, str) else []


@settings(max_examples=300)
@given(ANY)
def test_any_text_is_read_without_loss_and_without_error(text: str) -> None:
    check(text, parse(cleaned_text(text)))


@settings(max_examples=200)
@given(marked())
def test_marks_right_or_wrong_lose_nothing(given_text: tuple[str, tuple[Mark, ...]]) -> None:
    text, marks = given_text
    documents = parse(cleaned_text(text, marks))
    assert uncovered(text, [span for document in documents for span in spans_of(document)]) == ""


@settings(max_examples=60)
@given(ANY)
def test_what_cleaning_left_is_read_without_loss(text: str) -> None:
    try:
        cleaned = govdoc.clean(govdoc.Source(text.encode("utf-8", "replace"), encoding="utf-8"))
    except EmptyError:
        return
    forward = [
        (cleaned.trace.forward(start), cleaned.trace.forward(stop))
        for document in parse(cleaned)
        for start, stop in spans_of(document)
    ]
    assert uncovered(cleaned.text, forward) == ""
