"""What a reader does to a page on the way to its text, as the ledger, the review and the catalogue name it.

A step is to reading what a rule is to cleaning, but it cannot be switched off.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal


@dataclass(frozen=True)
class Step:
    """A step of reading: its code, its names, what kind of change it makes, and its manual page."""

    code: str
    slug: str
    chinese: str
    effect: Literal["layout", "removes", "alters"]
    page: str
    stage: Literal["reading"] = "reading"
    applied: Literal["always"] = "always"

    @property
    def summary(self) -> str:
        """The first line of the page."""
        return self.page.partition("\n")[0]


STEPS: Final[tuple[Step, ...]] = (
    Step(
        "H101",
        "markup",
        "标记",
        "layout",
        "Tags, comments and what no browser shows are taken out; where a block or <br> ends a line, a newline is left.",
    ),
    Step(
        "H102",
        "page-white-space",
        "源码空白",
        "layout",
        "White space of the source is drawn together as a browser does; a line break between two hanzi is none.",
    ),
    Step(
        "H103",
        "character-reference",
        "字符实体",
        "alters",
        "A character reference (&nbsp; &#8220;) becomes its character.",
    ),
    Step(
        "H104", "table-row", "表格行列", "layout", "The cells of a table's row come to stand on one line, split by TAB."
    ),
    Step(
        "H105",
        "picture",
        "图片占位",
        "alters",
        "A picture of the article is named by its alternative text, or by 图片; its address survives as a mark.",
    ),
    Step(
        "H106",
        "break-in-sentence",
        "句中换行",
        "layout",
        "A <br> inside a sentence is no end of a paragraph.\n"
        "Joined is a line without a stop to a next that begins nothing of its own, where a word or figure is left\n"
        "open, or where the page begins its paragraphs with blanks and the next line has none.\n"
        "Keeps: breaks of titles, of lines centred or set right, and before numerals, dates, labels and signatures.",
    ),
    Step(
        "H107",
        "drawn-number",
        "列表编号",
        "alters",
        "The number that a browser draws before an item of an ordered list is written out: 1. or 一、\n"
        "Keeps: lists whose items bring their own numbers, and those that a style takes them off.",
    ),
    Step(
        "H201",
        "page-furniture",
        "网页框架",
        "removes",
        "Menus, headers, footers, forms and tools of the page, known by their elements or names, are left out.",
    ),
    Step(
        "H202",
        "beside-the-article",
        "正文以外",
        "removes",
        "What stands outside the article found and is no prose is left out: menus, lists of links, lines of labels.\n"
        "Keeps: prose, the document's title, number, signature and attachments, wherever they stand.",
    ),
    Step(
        "H203",
        "hidden",
        "隐藏内容",
        "removes",
        "What the page hides (display: none) is left out, unless it is the article.",
    ),
    Step(
        "H204",
        "page-record",
        "页面著录",
        "removes",
        "The 索引号 table and the line of source and date are left out of the text; they survive as metadata.",
    ),
    Step(
        "H205", "list-of-links", "链接列表", "removes", "A list of links to other pages inside the article is left out."
    ),
)
"""Every step, by code."""
