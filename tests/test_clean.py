"""Cleaning as a whole: the gold, undo over any bytes, idempotence, ink."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govdoc import api
from govdoc.cleaning import ink
from govdoc.errors import EmptyError, GovdocError, InputError
from govdoc.ledger import read_ledger, write_ledger
from govdoc.rules.registry import all_rules
from govdoc.source import Source

HERE = Path(__file__).parent
SEEDS = sorted((HERE.parent / "seeds").glob("*.txt"))
GOLD = HERE / "data" / "clean"
PIECES = [
    *(
        "教育局",
        "2024年",
        " ",
        "  ",
        "\n",
        "\n\n",
        "，",
        "。",
        ",",
        "(",
        ")",
        "（",
        "）",
        "“",
        "”",
        "《",
        "》",
        "1.",
        "一、",
    ),
    *(
        " and ",
        "學",
        "\u3000",
        "\t",
        "12%",
        "ABC",
        "当前位置: 首页 > ",
        "篇一:",
        "篇二:",
        "【字号】",
        "【时效性】有效",
        ":",
    ),
    *("\r\n", "\ufeff", "\u200b", "\x01", "关于做好工作的通知", "2025年2月7日", "抄送：", "?", "□", "&nbsp;", "    "),
    *("【打印】", "来源：教育局", "— 2 —", "索引号：", "首页", "分享到：", "版权所有"),
]
SCRAPS = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


def test_the_seeds_are_here() -> None:
    assert len(SEEDS) == 5


@pytest.mark.parametrize("number", ["000", "002", "003"])
def test_gold(number: str) -> None:
    seed = next(path for path in SEEDS if path.name.startswith(number))
    assert api.clean(seed).text == (GOLD / f"{number}.txt").read_text("utf-8")


@pytest.mark.parametrize("path", sorted(GOLD.glob("*.txt")), ids=lambda path: path.stem)
def test_official_text_that_is_clean_comes_back_without_an_edit(path: Path) -> None:
    assert api.clean(path).ledger == ()


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.stem)
def test_undo_gives_back_every_seed(seed: Path) -> None:
    cleaned = api.clean(seed)
    assert cleaned.undo() == seed.read_bytes()
    assert read_ledger(write_ledger(cleaned)).undo(cleaned.text) == seed.read_bytes()


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.stem)
def test_cleaned_text_is_clean(seed: Path) -> None:
    cleaned = api.clean(seed)
    assert api.clean(cleaned.text).ledger == ()
    assert all(line and line == line.strip() for line in cleaned.text.splitlines())
    assert cleaned.text.endswith("\n")


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.stem)
def test_only_rules_that_say_so_change_ink(seed: Path) -> None:
    cleaned = api.clean(seed)
    effects = {rule.code: rule.effect for rule in all_rules()}
    for one in cleaned.ledger:
        for edit in one.edits:
            if ink(edit.old) != ink(edit.new):
                assert effects[edit.rule] in ("removes", "alters")


def test_the_six_intended_spaces_are_all_that_is_left() -> None:
    left = [text[at - 2 : at + 3] for text in (api.clean(seed).text for seed in SEEDS) for at in _spaces(text)]
    assert left == ["十大 争做", "成海 合创", "融合 推进", "光晖 艺术", "校园 环保", "英烈 传承"]


def _spaces(text: str) -> list[int]:
    return [at for at, char in enumerate(text) if char == " "]


@given(SCRAPS)
@settings(max_examples=300, deadline=None)
def test_any_scrap_cleans_once_and_comes_back(text: str) -> None:
    try:
        cleaned = api.clean(text)
    except EmptyError:
        return
    assert cleaned.undo() == text.encode()
    assert api.clean(cleaned.text).text == cleaned.text
    for offset, char in enumerate(cleaned.text):
        origin = cleaned.back(offset)
        if isinstance(origin, int):
            assert cleaned.decoded.text[origin] == char


@given(st.binary(max_size=300))
@settings(max_examples=400, deadline=None)
def test_any_bytes_come_back(data: bytes) -> None:
    try:
        cleaned = api.clean(Source(data))
    except (EmptyError, InputError):
        return
    assert cleaned.undo() == data
    assert read_ledger(write_ledger(cleaned)).undo(cleaned.text) == data
    cleaned.text.encode()


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.stem)
def test_a_damaged_seed_comes_back(seed: Path) -> None:
    chance = random.Random(seed.name)  # noqa: S311 a fixed series of damages
    data = bytearray(seed.read_bytes())
    for _ in range(200):
        data[chance.randrange(len(data))] = chance.randrange(256)
    cleaned = api.clean(Source(bytes(data)))
    assert cleaned.decoded.encoding == "utf-8"
    assert cleaned.undo() == bytes(data)


def test_an_edited_text_is_not_undone() -> None:
    cleaned = api.clean("教育局 2024 年工作")
    with pytest.raises(GovdocError, match="changed since"):
        read_ledger(write_ledger(cleaned)).undo(cleaned.text + "甲")


HOSTILE = {
    "blanks": "　" * 200_000,
    "brackets": "（" * 200_000,
    "one line": "甲" * 300_000,
    "digits": "1" * 300_000,
    "open quotes": "“\n" * 60_000,
    "straight quotes": '"甲"' * 60_000,
    "tools glued": "2024年1月1日【打印】【关闭】" + "ab:cd" * 20_000,
    "tools in many readings": "字体大小" * 20_000 + "甲",
    "titles without an end": ("关于" * 20_000 + "的\n") * 2,
    "menus": "首页|" * 50_000,
    "paths": "首页 > " * 50_000,
    "labels": "索引号：" * 40_000,
    "marks": "，，。。" * 50_000,
    "pinyin": "甲（a）" * 50_000,
    "brackets line by line": "（\n" * 60_000,
    "spaced titles": "".join(f"《甲{i:05}乙 丙丁戊己》\n" for i in range(12_000)),
}


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_ends(hostile: str) -> None:
    try:
        cleaned = api.clean(hostile)
    except EmptyError:
        return
    assert cleaned.undo() == hostile.encode()


@pytest.mark.parametrize("closing", ["）", "）\n" * 300, "）" * 300])
def test_brackets_opened_line_after_line_settle(closing: str) -> None:
    cleaned = api.clean("（\n" * 300 + closing + "\n")
    assert not any(notice.code == "C001" for notice in cleaned.notices)
    assert api.clean(cleaned.text).ledger == ()
