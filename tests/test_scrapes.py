"""Thirty scrapes in the manner of thirty kinds of sites, with the right answer beside each."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest

from govdoc import api

FOLDER = Path(__file__).parent / "data" / "scrapes"
SCRAPES = sorted(path for path in FOLDER.glob("*.txt") if not path.name.endswith(".clean.txt"))


def wrong_lines(scrape: Path) -> list[str]:
    """The lines by which the cleaned text and the right answer differ."""
    answer = scrape.with_name(scrape.name.replace(".txt", ".clean.txt")).read_text("utf-8").splitlines()
    cleaned = api.clean(scrape).text.splitlines()
    return [line for line in difflib.ndiff(answer, cleaned) if line[:2] in ("- ", "+ ")]


def test_all_thirty_are_here() -> None:
    assert len(SCRAPES) == 30


@pytest.mark.parametrize("scrape", SCRAPES, ids=lambda path: path.stem)
def test_undo_and_idempotence(scrape: Path) -> None:
    cleaned = api.clean(scrape)
    assert cleaned.undo() == scrape.read_bytes()
    assert api.clean(cleaned.text).text == cleaned.text


def test_no_scrape_comes_out_worse_than_it_did() -> None:
    """The rules were tuned on these after their first run (72 lines missed, 227 extra of 604): no held-out figure."""
    wrong = [line for scrape in SCRAPES for line in wrong_lines(scrape)]
    assert sum(line.startswith("- ") for line in wrong) <= 23
    assert sum(line.startswith("+ ") for line in wrong) <= 45
