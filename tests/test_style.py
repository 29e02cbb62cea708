"""Style sheets: what they hold, how they extend each other, and what is said of a wrong one."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

import page_documents as made
from govdoc.errors import StyleError
from govdoc.layout import remarks
from govdoc.model import DocNumber, Header
from govdoc.style import find_styles, load_style, pick_style


@pytest.mark.parametrize("name", sorted(find_styles()))
def test_every_shipped_style_loads(name: str) -> None:
    sheet = load_style(name)
    assert sheet.name == name
    assert sheet.page.cell == pytest.approx(5.5714, abs=1e-4)


def test_the_general_form_is_there() -> None:
    assert {"gbt9704", "plain"} <= set(find_styles())


def test_plain_has_nothing_red() -> None:
    plain = load_style("plain")
    assert not any(look.red for look in plain.text.values())
    assert not plain.head.enabled
    assert plain.text["body"] == load_style("gbt9704").text["body"]


def test_an_unknown_key_names_the_nearest() -> None:
    with pytest.raises(StyleError, match=r"unknown key page\.lnies; did you mean page\.lines\?") as caught:
        load_style("gbt9704", {"page.lnies": 22})
    assert caught.value.exit_status == 5


def test_an_unknown_element_names_the_nearest() -> None:
    with pytest.raises(StyleError, match=r"text\.titel; did you mean text\.title\?"):
        load_style("gbt9704", {"text.titel": {"size": 22}})


def test_an_unknown_key_of_a_file_names_the_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('name = "mine"\nsummary = ""\nextends = "gbt9704"\n[foot]\nouter_lin = 1.0\n')
    with pytest.raises(StyleError, match=r"mine\.toml: unknown key foot\.outer_lin; did you mean foot\.outer_line"):
        load_style(path)


def test_a_value_that_does_not_fit() -> None:
    with pytest.raises(StyleError, match=r"page\.lines"):
        load_style("gbt9704", {"page.lines": "many"})


def test_a_file_may_extend_a_shipped_style(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('name = "mine"\nsummary = "ours"\nextends = "gbt9704"\n[head]\nrule_width = 0.8\n')
    sheet = load_style(path)
    assert sheet.head.rule_width == 0.8
    assert sheet.head.mark_top == 72


def test_a_file_may_extend_the_file_beside_it(tmp_path: Path) -> None:
    (tmp_path / "base.toml").write_text('name = "base"\nsummary = ""\nextends = "gbt9704"\n[page]\nlines = 20\n')
    (tmp_path / "mine.toml").write_text('name = "mine"\nsummary = ""\nextends = "base.toml"\n')
    assert load_style(tmp_path / "mine.toml").page.lines == 20


def test_a_circle_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('name = "mine"\nsummary = ""\nextends = "mine.toml"\n')
    with pytest.raises(StyleError, match="extends itself"):
        load_style(path)


def test_an_unknown_style_names_the_nearest() -> None:
    with pytest.raises(StyleError, match="did you mean 'gbt9704'"):
        load_style("gbt974")


def test_broken_toml_is_an_error_of_the_style(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text("name = ")
    with pytest.raises(StyleError, match="cannot read"):
        load_style(path)


def test_auto_is_plain_only_without_mark_and_number() -> None:
    assert pick_style(made.plain()).name == "plain"
    assert pick_style(made.notice()).name == "gbt9704"
    assert pick_style(made.document(header=Header(doc_number=DocNumber("太教〔2025〕2号")))).name == "gbt9704"
    assert pick_style(made.notice(), "plain").name == "plain"


def test_auto_goes_by_the_genre_and_never_takes_the_letter() -> None:
    assert pick_style(made.order()).name == "order"
    assert pick_style(made.minutes()).name == "minutes"
    assert pick_style(made.document(genre="纪要", header=Header())).name == "plain"
    assert pick_style(made.letter()).name == "gbt9704"
    assert pick_style(made.letter(), "letter").name == "letter"


def test_word_geometry_is_chosen_by_option() -> None:
    assert load_style("gbt9704").word.margins.line == 579
    assert load_style("gbt9704", {"word.geometry": "gbt33476"}).word.margins.top == 34.58


def test_the_page_of_styles_names_what_there_is() -> None:
    page = (Path(__file__).parents[1] / "docs" / "styles.md").read_text(encoding="utf-8")
    for name in find_styles():
        assert f"| `{name}` |" in page
    for code in (
        remarks.LONG_TITLE,
        remarks.NO_BODY,
        remarks.MOVED,
        remarks.LEFT_OUT,
        remarks.PARTED,
        remarks.TALL_CELL,
        remarks.BARE,
        remarks.NOT_SET,
    ):
        assert f"| {code} |" in page
    customs = page.partition("## Customs")[2].partition("## What")[0]
    for table, key, value in re.findall(r"`\[([\w.]+)\] (\w+) = ([^`]+)`", customs):
        own = tomllib.loads(f"value = {value}")["value"]
        assert load_style("gbt9704", {f"{table}.{key}": own}) != load_style("gbt9704"), "no custom is on by default"


@pytest.mark.parametrize("options", [{"page.top": 300}, {"page.left": -1}, {"page.text_width": 300}, {"page.lines": 0}])
def test_a_text_block_off_the_sheet_is_refused(options: dict[str, float]) -> None:
    with pytest.raises(StyleError, match="the 版心 does not stand on the sheet"):
        load_style("gbt9704", options)
