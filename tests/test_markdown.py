"""Markdown: every element is there, and what stands in it can be read back."""

from __future__ import annotations

import json
import re

import pytest

import page_documents as made
from govdoc.exporting import export_document, markdown
from govdoc.model import Block, Cell, Document, Main
from govdoc.style import load_style


def written(document: Document) -> str:
    return markdown.write(document, load_style("plain")).data.decode()


def front(text: str) -> dict[str, object]:
    """The front matter, read as people would."""
    opening, block, _ = text.split("---\n", 2)
    assert opening == ""
    pairs = (line.split(": ", 1) for line in block.splitlines())
    return {key: json.loads(value) for key, value in pairs}


def unescaped(text: str) -> str:
    return re.sub(r"\\([\\`*_\[\]<>#|~&.)+=-])", r"\1", text)


def body(document: Document) -> list[str]:
    return written(document).split("---\n\n", 1)[1].rstrip("\n").split("\n\n")


def test_the_front_matter_has_the_elements() -> None:
    found = front(written(made.notice()))
    assert found["文种"] == "通知"
    assert found["发文字号"] == "太教〔2025〕2号"
    assert found["发文机关标志"] == ["太仓市教育局"]
    assert found["主送机关"] == "各镇（区）社会事业办，各中小学、幼教中心及有关单位"
    assert (found["成文日期"], found["成文日期原文"]) == ("2025-02-07", "2025年2月7日")
    assert found["抄送"] == ["抄送", "苏州市教育局办公室，市委办公室、市人大办公室、市政府办公室、市政协秘书处"]
    assert found["印发机关"] == "太仓市教育局党政办公室"
    assert "签发人" not in found, "what a document lacks is not there"


def test_the_upward_form_has_its_own_elements() -> None:
    found = front(written(made.upward()))
    assert (found["份号"], found["密级"], found["保密期限"], found["紧急程度"]) == ("000012", "机密", "1年", "特急")
    assert found["签发人"] == ["张三", "李四明", "王五"]
    assert len(found["附件说明"]) == 2  # type: ignore[arg-type]


def test_levels_are_headings_and_run_in_headings_are_strong() -> None:
    lines = body(made.plain())
    assert lines[0] == "# 2024年武进教育工作要点"
    assert "## 一、强化党建全面领航，凝聚教育高质量发展思政引领力" in lines
    assert "### （二）党建阵地建设持续夯实" in lines
    assert any(line.startswith("**（一）党的全面领导持续强化**。深入") for line in lines)


def test_every_block_is_a_line_that_reads_back() -> None:
    blocks = made.levels(2)
    lines = body(made.document(False, main=Main(body=blocks)))
    read = [unescaped(re.sub(r"^#+ |^\*\*|(?<=[^。])\*\*", "", line)) for line in lines]
    assert read == [block.line for block in blocks]


@pytest.mark.parametrize(
    "text",
    [
        "*星*与_线_",
        "1. 加强领导",
        "- 一项",
        "+ 一项",
        "<b>&amp;</b>",
        "a|b",
        "# 号",
        "`代码`",
        "[链接](x)",
        "\\",
        "---",
        "===",
        "3) 三",
    ],
)
def test_signs_of_markdown_are_text(text: str) -> None:
    (line,) = body(made.document(False, main=Main(body=(made.text(text),))))
    assert unescaped(line) == text
    assert not re.match(r"(#+ |[-+*] |\d+[.)] |-{3,}$|=+$|<|`|\[)", line)


def test_a_table_is_a_pipe_table_of_whole_rows() -> None:
    rows = ((Cell("单位", rowspan=2), Cell("指标|值", colspan=2)), (Cell("2024年"), Cell("2025年\n上半年")))
    (table,) = body(made.document(False, main=Main(body=(Block("table", rows=rows),))))
    assert table.splitlines() == [
        "| 单位 | 指标\\|值 |  |",
        "| --- | --- | --- |",
        "|  | 2024年 | 2025年<br>上半年 |",
    ]


def test_an_attachment_stands_behind_a_rule_with_its_label() -> None:
    lines = body(made.upward())
    at = lines.index("附件1")
    assert lines[at - 1] == "---"
    assert lines[at + 1].startswith("# 2025年全市教育系统重点建设项目")
    assert "附件2" in lines


def test_the_registry_finds_it_and_two_runs_agree() -> None:
    first, second = (export_document(made.notice(), "md").data for _ in range(2))
    assert first == second == written(made.notice()).encode()
    assert first.endswith(b"\n")
