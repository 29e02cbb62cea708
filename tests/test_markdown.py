"""Markdown: what is written reads back as the same document, and what people write or mend is read."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import govdoc
import page_documents as made
from generated_documents import WORDS, documents, texts
from govdoc.edits import undo_passes
from govdoc.errors import EmptyError, GovdocError, InputError
from govdoc.exporting import export_document
from govdoc.markdown.blocks import bare, read_blocks
from govdoc.markdown.front import find_front, read_entries, write_entry
from govdoc.markdown.inline import apply_edits, escape, inline_edits
from govdoc.markdown.pieces import read_pieces
from govdoc.markdown.reader import read_markdown
from govdoc.markdown.writer import write_text
from govdoc.model import Block, Cell, DocNumber, Document, Genre, Main
from govdoc.parsing.verdict import judge
from govdoc.source import Source
from test_cli import govdoc as run

SEEDS = sorted((Path(__file__).parents[1] / "seeds").glob("*.txt"))


def value_of(document: Document) -> Any:
    """The document without its source, places and notices."""

    def without_places(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: without_places(each) for key, each in value.items() if key != "span"}
        return [without_places(each) for each in value] if isinstance(value, list) else value

    value = json.loads(document.to_json())
    for name in ("source", "spans", "notices"):
        del value[name]
    return without_places(value)


def read(text: str, name: str = "made.md") -> Document:
    [document] = read_markdown(Source(text.encode(), name=name, encoding="utf-8"))
    return document


def front(text: str) -> dict[str, Any]:
    place = find_front(text)
    assert place
    return {entry.key: entry.value for entry in read_entries(text, place[0], place[1])}


def body(*blocks: Block) -> list[str]:
    return write_text(made.document(False, main=Main(body=blocks))).split("\n---\n\n", 1)[1].rstrip("\n").split("\n\n")


@given(documents)
def test_any_document_reads_back_as_it_was(document: Document) -> None:
    text = write_text(document)
    assert value_of(read(text)) == value_of(document)
    assert value_of(read(text.replace("\n", "\r\n"))) == value_of(document), "saved on Windows"


@pytest.mark.soak
@settings(settings.get_profile("soak"))
@given(documents)
def test_any_document_reads_back_as_it_was_at_length(document: Document) -> None:
    assert value_of(read(write_text(document))) == value_of(document)


@pytest.mark.parametrize("genre", get_args(Genre))
def test_every_genre_reads_back_without_a_note_beside_it(genre: Genre) -> None:
    document = made.notice(title=f"关于教育工作的{genre}")
    text = write_text(judge(document))
    assert read(text).genre == genre
    assert "其他" not in text
    assert "<!-- 块" not in text


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name[:3])
def test_the_seeds_read_back_with_every_place(path: Path) -> None:
    for document in govdoc.parse(path):
        text = write_text(document)
        found = read(text)
        assert value_of(found) == value_of(document)
        assert "<!-- 块" not in text, "an ordinary text needs no notes"
        blocks = [*found.main.body, *(block for one in found.main.attachments for block in one.body)]
        assert found.trace is not None
        for block in blocks:
            assert block.type == "table" or block.line in found.trace.text
            shown = text[slice(*block.span)].replace("*", "").replace("\\", "").lstrip("# ")
            assert block.type == "table" or shown == block.line
        assert len(govdoc.measure([found])) == len(govdoc.measure([document]))


def test_every_span_of_an_element_is_its_text() -> None:
    text = write_text(made.upward())
    found = read(text)
    shown = {pointer: text[slice(*span)] for pointer, span in found.spans.items()}
    assert shown["/header/secrecy"] == "机密★1年"
    assert shown["/main/title"] == made.upward().main.title
    assert shown["/main/attachments/1/title"] == "有关情况说明"
    assert "1.有关" not in shown["/main/attachment_notes"]
    assert shown["/main/attachment_notes"].endswith("有关情况说明")


def test_the_front_matter_has_the_elements_as_people_write_them() -> None:
    found = front(write_text(judge(made.notice())))
    assert found == {
        "格式": "govdoc.document/1",
        "编号": "000000000000#1",
        "来源": "made.txt",
        "文种": "通知",
        "内容种类": "工作总结",
        "发文机关标志": "太仓市教育局文件",
        "发文字号": "太教〔2025〕2号",
        "主送机关": "各镇（区）社会事业办，各中小学、幼教中心及有关单位",
        "发文机关署名": "太仓市教育局",
        "成文日期": "2025年2月7日",
        "附注": "此件公开发布",
        "抄送机关": "苏州市教育局办公室，市委办公室、市人大办公室、市政府办公室、市政协秘书处",
        "印发机关": "太仓市教育局党政办公室",
        "印发日期": "2025年2月7日",
    }


def test_levels_are_headings_and_run_in_headings_are_strong() -> None:
    lines = write_text(made.plain()).split("\n\n")
    assert lines[1] == "# 2024年武进教育工作要点"
    assert "## 一、强化党建全面领航，凝聚教育高质量发展思政引领力" in lines
    assert "### （二）党建阵地建设持续夯实" in lines
    assert any(line.startswith("**（一）党的全面领导持续强化**。深入") for line in lines)


SIGNS = (
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
)


@pytest.mark.parametrize(
    "text", [*SIGNS, "3) 三", "> 引", "~~~", "<!-- 附件 -->", "\u3000首行", "句末 ", "上\n下", "&#35;"]
)
def test_signs_of_markdown_are_text(text: str) -> None:
    block = made.text(text)
    lines = body(block)
    assert [bare(one) for one in read_blocks(read_pieces("\n\n".join(lines)))] == [Block("paragraph", text=text)] or (
        lines[0].startswith("<!-- 块")
    )
    assert read(write_text(made.document(False, main=Main(body=(block,))))).main.body[0].line == text


@given(texts)
def test_escaped_text_is_what_it_was(text: str) -> None:
    for opens in (False, True):
        escaped = escape(text, opens=opens)
        assert apply_edits(escaped, 0, len(escaped), inline_edits(escaped, 0, len(escaped))) == text
        assert "\n" not in escaped


def test_a_plain_table_is_one_of_bars_and_one_with_spans_of_tags() -> None:
    plain = Block("table", rows=((Cell("单位"), Cell("指标|值")), (Cell(""), Cell("2025年\n上半年"))))
    wide = Block("table", rows=((Cell("单位", rowspan=2), Cell("指*标", colspan=2)), (Cell("甲"), Cell("乙"))))
    assert body(plain, wide) == [
        "| 单位 | 指标\\|值 |\n| --- | --- |\n|  | 2025年<br>上半年 |",
        '<table>\n<tr><td rowspan="2">单位</td><td colspan="2">指&#42;标</td></tr>\n'
        "<tr><td>甲</td><td>乙</td></tr>\n</table>",
    ]


def test_a_block_that_its_line_does_not_give_back_has_a_note() -> None:
    odd = Block("paragraph", level=2, label="甲", heading="乙丙。", text="丁")
    assert body(odd) == ['<!-- 块: {"type": "paragraph", "level": 2, "label": 1, "heading": 3} -->\n甲乙丙。丁']


def test_the_registry_finds_it_and_two_runs_agree() -> None:
    first, second = (export_document(made.notice(), "md").data for _ in range(2))
    assert first == second == write_text(made.notice()).encode()


def test_what_a_person_mends_is_the_document() -> None:
    text = write_text(made.notice())
    mended = (
        text.replace("发文字号: 太教〔2025〕2号", "文号：太教〔2025〕12号   # 改过")
        .replace("各中小学、幼教中心及有关单位", "各中小学")
        .replace("# 太仓市教育局关于印发", "# 太仓市关于印发")
        .replace("### （二）党建阵地", "新的一段。\n\n### （二）党建阵地", 1)
        .replace("**（一）党的全面领导持续强化**。", "**（一）党的领导**。", 1)
    )
    found = read(mended)
    assert found.header.doc_number == DocNumber("太教〔2025〕12号", "太教", 2025, 12)
    assert found.main.recipients is not None
    assert found.main.recipients.names == ("各镇（区）社会事业办", "各中小学")
    assert found.main.title == "太仓市关于印发《2024年度教育工作总结》的通知"
    issued = found.main.attachments[0].body
    assert [(block.label, block.heading) for block in issued if block.level == 2][:2] == [
        ("（一）", "党的领导。"),
        ("（二）", "党建阵地建设持续夯实"),
    ]
    assert "新的一段。" in [block.text for block in issued]


HAND = """# 关于做好*安全*工作的通知

各中小学：
　　现将有关事项通知如下：

## 一、提高认识

各校要 **高度重视** 安全，见[附件](x.docx)。

1. 落实责任
- 压实到人

| 学校 | 人数 |
|---|---|
| 一中 | 30 |

![平面图](img/a.png)

附件：名单

太仓市教育局
2025年2月7日

（此件公开发布）
"""


def test_what_a_person_writes_without_front_matter_is_parsed() -> None:
    found = read(HAND)
    main = found.main
    assert (found.genre, main.title) == ("通知", "关于做好安全工作的通知")
    assert main.recipients is not None
    assert main.recipients.names == ("各中小学",)
    assert [(block.type, block.line) for block in main.body] == [
        ("paragraph", "现将有关事项通知如下："),
        ("heading", "一、提高认识"),
        ("paragraph", "各校要高度重视安全，见附件。"),
        ("heading", "1.落实责任"),
        ("paragraph", "压实到人"),
        ("table", ""),
        ("image", "平面图"),
    ]
    assert [HAND[slice(*block.span)] for block in main.body[-2:]] == [
        "学校 | 人数 |\n|---|---|\n| 一中 | 30",
        "![平面图](img/a.png)",
    ]
    assert main.body[-1].src == "img/a.png"
    assert main.body[-2].rows == ((Cell("学校"), Cell("人数")), (Cell("一中"), Cell("30")))
    assert (main.attachment_notes, main.signature_orgs, main.issue_date) == (("名单",), ("太仓市教育局",), "2025-02-07")
    assert main.annotation == "此件公开发布"
    start, stop = found.spans["/main/title"]
    assert HAND[start:stop] == "关于做好*安全*工作的通知"
    assert (found.source.media_type, found.origins) == ("text/markdown", {})


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_markdown_in_any_encoding_is_read(encoding: str) -> None:
    for text in (HAND, write_text(made.notice()), "---\n令号: 第5号\n---\n" + HAND):
        [found] = read_markdown(Source(text.replace("\n", "\r\n").encode(encoding), name="made.md"))
        assert value_of(found) | {"id": ""} == value_of(read(text)) | {"id": ""}


def test_front_matter_by_hand_stands_on_top() -> None:
    text = "---\n发文机关标志: 太仓市教育局文件\nsigners: [张三，李四]\n发文子号: x\ntags: y\n---\n" + HAND
    found = read(text)
    assert found.header.issuer_mark is not None
    assert found.header.issuer_mark.suffix == "文件"
    assert found.header.signers == ("张三", "李四")
    assert found.main.issue_date == "2025-02-07"
    assert [notice.code for notice in found.notices if notice.code == "M101"] == ["M101", "M101"]
    assert "did you mean 发文字号" in found.notices[-2].message
    assert text[slice(*found.spans["/header/signers"])] == "[张三，李四]"


@pytest.mark.parametrize(
    ("text", "error", "says"),
    [
        ("---\n成文日期: 昨天\n---\n# 要点\n", InputError, "成文日期: '昨天' is no 成文日期"),
        ("---\n随便\n---\n# 要点\n", InputError, "line 2 is no entry"),
        ("---\n格式: govdoc.document/1\n", InputError, "does not end"),
        ("---\n格式: govdoc.document/1\n---\n<!-- 块: {x -->\n一\n", InputError, "is damaged"),
        ("---\n格式: govdoc.document/1\n---\n<!-- 附件\n序号: 一\n-->\n", InputError, "is no number"),
        ("<!-- 空 -->\n\n---\n", EmptyError, "holds no text"),
    ],
)
def test_what_does_not_fit_is_refused(text: str, error: type[Exception], says: str) -> None:
    with pytest.raises(error, match=says):
        read(text)


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("键: 值", "值"),
        ("键：值 # 注", "值"),
        ('键: "a: b # c"', "a: b # c"),
        ("键: 'it''s'", "it's"),
        ('键: ["甲", "乙"]', ["甲", "乙"]),
        ("键: [甲, 乙]", ["甲", "乙"]),
        ("键:\n  - 甲\n  - 乙：丙", ["甲", "乙：丙"]),
        ("键: null", None),
        ("键:", None),
        ("键: 2025-02-07", "2025-02-07"),
    ],
)
def test_front_matter_as_people_write_it(line: str, value: Any) -> None:
    [entry] = read_entries(line, 0, len(line))
    assert (entry.key, entry.value) == ("键", value)


@given(texts)
def test_any_value_of_front_matter_reads_back(text: str) -> None:
    for value in (text, [text, text], {"甲": text}):
        line = write_entry("键", value)
        [entry] = read_entries(line, 0, len(line))
        assert entry.value == value
        assert "--" not in line


def test_the_command_line_takes_markdown(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/手写.md").write_text(HAND, "utf-8")
    assert run("parse", "in", cwd=tmp_path).returncode == 4, "a folder is not walked for it"
    made_again = run("export", "in/手写.md", "--markdown", "--json", "-o", "out", cwd=tmp_path)
    assert made_again.returncode == 0, made_again.stderr.decode()
    [parsed] = json.loads((tmp_path / "out/手写.json").read_bytes())
    again = run("parse", "-", cwd=tmp_path, stdin=(tmp_path / "out/手写.md").read_bytes())
    assert json.loads(again.stdout)["main"]["title"] == parsed["main"]["title"]
    refused = run("export", "in/手写.md", "--markdown", "-o", "in", "--force", cwd=tmp_path)
    assert refused.returncode == 7
    assert (tmp_path / "in/手写.md").read_text("utf-8") == HAND
    assert run("export", "没有.md", cwd=tmp_path).returncode == 3
    assert govdoc.parse(tmp_path / "in/手写.md")[0].main.title == parsed["main"]["title"]


PARTS = (
    *WORDS, "\n", "\n\n", "| a | b |\n|---|---|\n", "<table><tr><td>一", "</table>\n", "标题: 一\n", "<!-- 附件\n",
    "![一](x)\n",
)  # fmt: skip


@given(st.sampled_from(("", "---\n格式: govdoc.document/1\n---\n")), st.lists(st.sampled_from(PARTS)).map("".join))
def test_any_text_is_read_or_refused_and_none_of_it_is_lost(opening: str, rest: str) -> None:
    try:
        found = read_markdown(Source((opening + rest).encode(), name="x.md", encoding="utf-8"))
    except GovdocError:
        return
    for document in found:
        assert document.trace is not None
        assert undo_passes(document.trace.text, document.trace.passes) == opening + rest


@pytest.mark.parametrize("unit", ["*a ", "[", "<!-- ", "<table>", "| a |\n|-|\n", "![", "&#", "一、加强\n\n", "\\"])
def test_reading_takes_time_in_step_with_the_text(unit: str) -> None:
    def seconds(length: int) -> float:
        text = unit * (length // len(unit))
        started = time.process_time()
        for _ in range(3):
            read_pieces(text)
        return time.process_time() - started

    short = seconds(20_000)
    assert seconds(80_000) < 8 * short + 0.2


def test_the_page_in_docs_shows_what_is_written() -> None:
    page = (Path(__file__).parents[1] / "docs/markdown.md").read_text("utf-8")
    shown = page.split("```markdown\n", 1)[1].split("```", 1)[0]
    found = read(shown)
    assert found.notices == ()
    assert write_text(found) == shown.replace("文种:", "来源: made.md\n文种:", 1)
