"""Documents of any shape, made by hypothesis: all 15 文种, every element, texts with what Markdown takes for signs."""

from __future__ import annotations

from typing import get_args

import hypothesis.strategies as st

from govdoc.model import (
    Attachment,
    Attendance,
    Block,
    Cell,
    Colophon,
    CopyList,
    DocNumber,
    Document,
    Genre,
    Header,
    IssuerMark,
    Main,
    Printing,
    Recipients,
    Reference,
    Secrecy,
    SerialNumber,
    Signatory,
    SourceInfo,
    split_names,
)

WORDS = (
    "现将工作要点印发给你们",
    "一、",
    "（一）",
    "1.",
    "1. ",
    "12) ",
    "（1）",
    "第一章 总则",
    "①",
    "一是",
    "关于印发《要点》的通知",
    "附件1",
    "附件：",
    "各学校：",
    "太仓市教育局",
    "2025年2月7日",
    "*",
    "**",
    "_",
    "__",
    "#",
    "# ",
    "## ",
    "|",
    "| --- |",
    "<",
    ">",
    "> ",
    "`",
    "```",
    "[x](y)",
    "![x](y)",
    "\\",
    "\\\\",
    "&amp;",
    "&#35;",
    "<br>",
    "<b>",
    "<!-- 附件 -->",
    "-->",
    "--",
    "---",
    "===",
    "- ",
    "+ ",
    "~~~",
    "$",
    "~",
    "!",
    ":",
    "：",
    "。",
    " ",
    "\u3000",
    "\t",
    "\n",
    "\r",
    "\x85",
    "\u2028",
    "\ufeff",
    "\u200b",
    "\x00",
    "\x7f",
    '"',
    "'",
    "{",
    "}",
    ", ",
    "、",
    "；",
    "％",
    "𫖯",
    "格式: govdoc.document/1",
)
texts = st.one_of(
    st.lists(st.sampled_from(WORDS), max_size=8).map("".join),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
)
some = st.none() | texts
names = st.lists(texts, max_size=3).map(tuple)
whole = st.none() | st.integers(0, 99999)
genres = st.none() | st.sampled_from(get_args(Genre))
levels = st.sampled_from((None, 1, 2, 3, 4))
numbers = st.one_of(
    st.builds(DocNumber, texts, some, whole, whole),
    st.integers(1, 99).map(lambda n: DocNumber(f"太教〔2025〕{n}号", "太教", 2025, n)),
)
serials = st.builds(SerialNumber, texts, whole) | st.integers(1, 99).map(lambda n: SerialNumber(f"第{n}号", n))
recipients = st.one_of(
    st.builds(Recipients, texts, names), st.just(Recipients("各镇，各学校", split_names("各镇，各学校")))
)
copies = st.builds(CopyList, st.sampled_from(("抄送", "抄", "分送", "主送")) | texts, texts, names)
dates = st.one_of(
    st.tuples(some, some),
    st.just(("2025-02-07", "2025年2月7日")),
    st.just((None, "2025年2月30日")),
    st.just((None, None)),
)
cells = st.builds(Cell, texts, st.just(1) | st.integers(1, 3), st.just(1) | st.integers(1, 3))
plain_rows = st.integers(1, 3).flatmap(
    lambda width: st.lists(st.lists(texts.map(Cell), min_size=width, max_size=width).map(tuple), min_size=1, max_size=3)
)
tables = (plain_rows | st.lists(st.lists(cells, max_size=3).map(tuple), max_size=3)).map(tuple)
spans = st.tuples(st.integers(0, 9), st.integers(0, 9))
blocks = st.one_of(
    st.builds(Block, st.just("paragraph"), text=texts, span=spans),
    st.builds(Block, st.just("paragraph"), levels, some, some, texts, spans),
    st.builds(Block, st.just("heading"), levels, some, some, st.just(""), spans),
    st.sampled_from(("一、", "（二）", "3.", "（4）")).map(lambda label: Block("heading", None, label, "加强领导")),
    st.builds(Block, st.just("table"), rows=tables),
    st.builds(Block, st.just("image"), text=texts, src=some),
    st.builds(
        Block,
        st.sampled_from(("paragraph", "heading", "table", "image")),
        levels,
        some,
        some,
        texts,
        spans,
        st.none() | tables,
        some,
    ),
)
bodies = st.lists(blocks, max_size=5).map(tuple)


def attachments(depth: int) -> st.SearchStrategy[tuple[Attachment, ...]]:
    inner = attachments(depth - 1) if depth else st.just(())
    made = st.tuples(
        dates,
        st.fixed_dictionaries(
            {
                "role": st.sampled_from(("issued", "attachment")),
                "number": st.none() | st.integers(0, 20),
                "title": some,
                "recipients": st.none() | recipients,
                "doc_number": st.none() | numbers,
                "body": bodies,
                "signature_orgs": names,
                "annotation": some,
                "attachments": inner,
            },
        ),
    )
    return st.lists(
        made.map(lambda pair: Attachment(issue_date=pair[0][0], issue_date_raw=pair[0][1], **pair[1])), max_size=2
    ).map(tuple)


marks = st.one_of(
    st.builds(IssuerMark, names, some),
    st.just(IssuerMark(("太仓市教育局",), "文件")),
    st.just(IssuerMark(("甲局", "乙局"), None)),
)
headers = st.builds(
    Header,
    some,
    st.none() | st.builds(Secrecy, texts, some) | st.just(Secrecy("机密", "1年")),
    some,
    st.none() | marks,
    st.none() | numbers,
    st.none() | serials,
    st.none() | serials,
    names,
)


@st.composite
def mains(draw: st.DrawFn) -> Main:
    iso, raw = draw(dates)
    return Main(
        draw(some),
        draw(some),
        draw(st.none() | recipients),
        draw(bodies),
        draw(names),
        draw(names),
        draw(st.none() | st.builds(Signatory, texts, texts)),
        iso,
        raw,
        draw(some),
        draw(attachments(2)),
        draw(st.none() | st.builds(Attendance, some, some, some)),
    )


printings = dates.flatmap(lambda pair: st.builds(Printing, some, st.just(pair[0]), st.just(pair[1])))
colophons = st.builds(Colophon, st.none() | copies, st.none() | copies, st.none() | printings)
references = st.builds(Reference, some, st.none() | numbers, st.sampled_from(("cites", "repeals", "forwards")))
origins = st.dictionaries(st.sampled_from(("/main/title", "/genre", "/header/doc_number")), st.just("user") | texts)
documents = st.builds(
    Document,
    st.just("govdoc.document/1"),
    texts,
    st.builds(SourceInfo, texts, texts, st.just(1), st.just("utf-8"), url=some),
    st.booleans(),
    genres,
    some,
    headers,
    mains(),
    colophons,
    st.lists(references, max_size=2).map(tuple),
    origins,
)
