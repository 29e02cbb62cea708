"""The review page: whole, self-contained, and alive in a browser."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from govdoc import api
from govdoc.review import review_page
from govdoc.review.alignment import align

SEEDS = sorted((Path(__file__).parent.parent / "seeds").glob("*.txt"))
CHROMIUM = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-sync",
]
CLICK = """<script>
const said = [];
const count = () => document.querySelectorAll(".off").length;
const tell = () => said.push(document.getElementById("shown").textContent + "/" + count());
tell();
document.querySelector('#filters input[value="P301"]').click(); tell();
document.getElementById("none").click(); tell();
document.getElementById("all").click(); tell();
document.body.setAttribute("data-said", said.join(" "));
</script>"""


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.stem)
def test_the_pieces_are_the_whole_of_both_texts(seed: Path) -> None:
    cleaned = api.clean(seed)
    pieces = align(cleaned)
    assert "".join(piece.source for piece in pieces) == cleaned.decoded.text
    assert "".join(piece.cleaned for piece in pieces) == cleaned.text
    assert sum(len(piece.edits) for piece in pieces) == sum(len(one.edits) for one in cleaned.ledger)
    assert all(piece.source == piece.cleaned for piece in pieces if not piece.edits)


def test_the_page_needs_nothing_from_outside() -> None:
    page = review_page(api.clean(SEEDS[4]))
    assert not re.search(r"""(?:src|href)\s*=|url\(|@import|https?:""", page)
    assert "清洗核对" in page


def test_text_is_never_markup() -> None:
    page = review_page(api.clean("<script>alert(1)</script>教育局, <b>通知</b>\x01"))
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_notices_are_listed_with_their_line() -> None:
    page = review_page(api.clean("教育局\n□学校\n"))
    assert "第2行" in page


@pytest.mark.slow
def test_a_filter_changes_the_counts_in_a_browser(tmp_path: Path, require_tool: Callable[[str], str]) -> None:
    cleaned = api.clean(SEEDS[4])
    total = sum(len(one.edits) for one in cleaned.ledger)
    commas = sum(edit.rule == "P301" for one in cleaned.ledger for edit in one.edits)
    (tmp_path / "page.html").write_text(review_page(cleaned) + CLICK, "utf-8")
    command = [require_tool("chromium"), *CHROMIUM, f"--user-data-dir={tmp_path}/profile", "--dump-dom"]
    done = subprocess.run(
        [*command, f"file://{tmp_path}/page.html"], capture_output=True, text=True, check=True, timeout=120
    )
    said = re.search(r'data-said="([^"]*)"', done.stdout)
    assert said
    first, filtered, none, everything = (tuple(map(int, each.split("/"))) for each in said.group(1).split())
    assert first == everything == (total, 0)
    assert filtered[0] == total - commas
    assert filtered[1] > 0
    assert none[0] == 0
    assert none[1] >= total - commas - 200
