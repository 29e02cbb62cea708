"""What looks like noise and is none: left alone by itself and inside a document."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from govdoc import api
from govdoc.source import Source

FILE = Path(__file__).parent / "cases" / "counterexamples.toml"
CASES = [(kind, text) for kind, texts in tomllib.loads(FILE.read_text("utf-8")).items() for text in texts]
BEFORE = "某市教育局关于做好有关工作的通知\n某教〔2024〕3号\n各学校：\n现将有关事项通知如下，请认真贯彻落实。\n"
BEHIND = "\n请各单位结合实际认真落实，并于月底前报送情况。\n某市教育局\n2024年3月1日\n"


@pytest.mark.parametrize(("kind", "text"), CASES)
def test_it_stays_as_it_is(kind: str, text: str) -> None:
    for whole in (f"{text}\n", f"{BEFORE}{text}{BEHIND}"):
        cleaned = api.clean(Source(whole.encode(), name=kind))
        assert cleaned.text == whole
        assert cleaned.ledger == ()
