"""The edit algebra: apply, undo, and offsets both ways, on random ledgers of many passes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from govdoc.edits import AppliedEdit, Edit, OffsetMap, Pass, Trace, apply, undo

LETTERS = st.text(alphabet="甲乙丙丁，。 \nab1", max_size=40)


@st.composite
def one_pass(draw: st.DrawFn, text: str) -> Pass:
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    edits: list[AppliedEdit] = []
    for start, stop in zip(cuts[::2], cuts[1::2], strict=False):
        if edits and edits[-1].stop == start == stop and edits[-1].start == start:
            continue
        edits.append(AppliedEdit("X1", start, stop, text[start:stop], draw(st.text("戊己x ", max_size=3))))
    return Pass(tuple(edits))


@st.composite
def traces(draw: st.DrawFn) -> Trace:
    source = text = draw(LETTERS)
    passes = []
    for _ in range(draw(st.integers(0, 4))):
        one = draw(one_pass(text))
        text = apply(text, one.edits)
        passes.append(one)
    return Trace(source, text, passes)


@given(traces())
def test_undo_gives_back_the_source(trace: Trace) -> None:
    text = trace.text
    for one in reversed(trace.passes):
        text = undo(text, one.edits)
    assert text == trace.source


@given(traces())
def test_every_character_has_a_source_or_the_edit_that_inserted_it(trace: Trace) -> None:
    for offset, char in enumerate(trace.text):
        found = trace.back(offset)
        if isinstance(found, int):
            assert trace.source[found] == char
        else:
            assert char in found.new


@given(traces())
def test_kept_characters_keep_their_order_and_come_forward_again(trace: Trace) -> None:
    kept = [(trace.back(i), i) for i in range(len(trace.text))]
    origins = [origin for origin, _ in kept if isinstance(origin, int)]
    assert origins == sorted(set(origins))
    for origin, i in kept:
        if isinstance(origin, int):
            assert trace.forward(origin) == i


@given(traces(), st.data())
def test_the_source_span_of_a_span_holds_its_kept_characters(trace: Trace, data: st.DataObject) -> None:
    if not trace.text:
        return
    start = data.draw(st.integers(0, len(trace.text) - 1))
    stop = data.draw(st.integers(start + 1, len(trace.text)))
    span = trace.back_span(start, stop)
    for i in range(start, stop):
        origin = trace.back(i)
        if isinstance(origin, int):
            assert span.start <= origin < span.stop


def test_offsets_of_one_pass() -> None:
    edits = (AppliedEdit("S1", 1, 2, " ", ""), AppliedEdit("S1", 4, 6, "ab", "x"))
    one = OffsetMap(edits)
    assert apply("甲 乙丙ab丁", edits) == "甲乙丙x丁"
    assert [one.back(i) for i in range(5)] == [0, 2, 3, edits[1], 6]
    assert [one.forward(i) for i in range(7)] == [0, 1, 1, 2, 3, 4, 4]


def test_an_edit_that_does_not_fit_is_refused() -> None:
    import pytest

    assert Edit(0, 1, "").new == ""
    with pytest.raises(ValueError, match="does not fit"):
        apply("甲乙", (AppliedEdit("X", 0, 1, "丙", ""),))
    with pytest.raises(ValueError, match="out of order"):
        apply("甲乙", (AppliedEdit("X", 1, 2, "乙", ""), AppliedEdit("X", 0, 1, "甲", "")))
    with pytest.raises(ValueError, match="changed since"):
        undo("丙乙", (AppliedEdit("X", 0, 1, "甲", "丁"),))
