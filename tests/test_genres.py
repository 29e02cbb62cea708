"""Measuring documents of other kinds and provinces than the seeds."""

from __future__ import annotations

import pytest

import govdoc
from genre_documents import read_genres
from score_indicators import FIELDS, score

GENRES = list(read_genres())
# F1 and share of names of documents held out (README), as they were measured once.
FLOORS = {"17": (0.98, 0.94), "18": (0.98, 0.83)}


@pytest.mark.parametrize(("name", "text", "wanted"), GENRES, ids=[name for name, _, _ in GENRES])
def test_documents_of_other_kinds(name: str, text: str, wanted: list[dict[str, object]]) -> None:
    records = [one for one in govdoc.measure(govdoc.parse(text)) if one.layer == "core"]
    assert all(text[one.start : one.end] == one.raw for one in records)
    result = score(wanted, records)
    f1, names = FLOORS.get(name, (0.98, 0.9))
    assert result.f1 >= f1
    assert result.name_share >= names
    if name in FLOORS:
        return
    assert {field: result.field_share(field) >= 0.95 for field in FIELDS} == dict.fromkeys(FIELDS, True)


def test_there_are_enough_labels() -> None:
    assert len(GENRES) >= 12
    assert sum(len(wanted) for _, _, wanted in GENRES) >= 350


def test_a_wrong_document_scores_nothing() -> None:
    (_, _, wanted), (_, other, _) = GENRES[3], GENRES[6]
    assert score(wanted, govdoc.measure(govdoc.parse(other))).f1 < 0.1
