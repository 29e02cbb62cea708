"""What a page says of its document: the 索引号 table, the line of source and date, its meta elements."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Final, NamedTuple

from govdoc.readers.html.page import Page
from govdoc.readers.html.tree import Tree
from govdoc.rules.text import alternation, page_words, squeeze
from govdoc.span import Mark

EDGE: Final = "\x1f"
"""Stands between the pieces of a line: a label may begin where an inline element does."""
BLANK: Final = "[ \\u3000\\u00a0\x1f]*"
LABELS: Final = frozenset((*page_words("index"), *page_words("publication")))
DISCLOSURE: Final = frozenset(page_words("disclosure"))
LABEL: Final = re.compile(
    rf"(?:^|(?<=[\s|｜【\[（(\x1f]))({alternation(LABELS, between=BLANK)}){BLANK}[:：][\s\u3000\x1f]*"
)
NO_VALUE: Final = frozenset(("", "次", "人次", *page_words("tools"), *page_words("buttons")))
STAMP: Final = re.compile(r"(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:[ \x1f]*\d{1,2}:\d{2}(?::\d{2})?)?)[\s\u3000|｜\x1f]+")
AMBIGUOUS: Final = frozenset(
    ("时间", "日期", "名称", "标题", "编辑", "分类", "类别", "审核", "发布", "阅读", "主题词", "文号")
)
"""Labels that a document's own lines begin with as well."""
LONGEST: Final = 160
LONGEST_VALUE: Final = 120
WIDEST: Final = 24
META_ATTRIBUTE: Final = re.compile(r"""(?i)[\s"'](name|property|content)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
META_KEYS: Final = {
    "articletitle": "标题", "og:title": "标题", "dc.title": "标题", "pubdate": "发布时间", "publishdate": "发布时间",
    "article:published_time": "发布时间", "dc.date": "发布时间", "contentsource": "来源", "dc.source": "来源",
    "author": "作者", "article:author": "作者", "og:article:author": "作者", "columnname": "栏目",
    "sitename": "网站名称",
}  # fmt: skip


class Said(NamedTuple):
    """A label and its value, with the place of both."""

    key: str
    value: str
    start: int
    stop: int


def spoken(page: Page, i: int) -> list[Said]:
    """The labels and values that make up a whole line; empty where it begins with none, or is prose."""
    line = page.lines[i]
    text = EDGE.join(piece.text for piece in line.pieces).strip(" \u3000\u00a0|｜【[（(")
    if len(text) > LONGEST or "。" in text or not ("：" in text or ":" in text):
        return []
    dated = STAMP.match(text)
    begin = dated.end() if dated else 0
    found = list(LABEL.finditer(text, begin))
    if not found or found[0].start() > begin:
        return []
    ends = [match.start() for match in found[1:]] + [len(text)]
    stamp = [Said("发布时间", _value(dated[1]), line.start, line.stop)] if dated else []
    return stamp + [
        Said(_bare(match[1]), _value(text[match.end() : end]), line.start, line.stop)
        for match, end in zip(found, ends, strict=True)
    ]


def _bare(label: str) -> str:
    return squeeze(label.replace(EDGE, ""))


def _value(text: str) -> str:
    """A value without the tools of the page that stand behind it on the line."""
    parts = text.split(EDGE)
    while len(parts) > 1 and squeeze(parts[-1].strip("[]【】|｜（）()")) in NO_VALUE:
        parts.pop()
    return " ".join("".join(parts).strip(" \t\u3000\u00a0|｜[]【】（）()").split())


class Records:
    """The lines of a page that describe its document, by number, with what they say."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.table: dict[int, list[Said]] = {}
        self._read_table()

    def _read_table(self) -> None:
        """Runs of labels with their values; kept where enough of them are of the kind only such tables have."""
        run: dict[int, list[Said]] = {}
        i = 0
        while i < len(self.page.lines):
            count = self._entry(i, run)
            if not count:
                self._keep(run)
                run = {}
            i += count or 1
        self._keep(run)

    def _entry(self, i: int, run: dict[int, list[Said]]) -> int:
        """Read the entry that begins at line ``i`` into ``run``; the number of lines it takes, 0 where none begins."""
        page = self.page
        said = spoken(page, i)
        if said and (len(said) > 1 or said[0].value):
            run[i] = said
            return 1
        pieces = page.lines[i].pieces
        if len(pieces) > 1 and (label := squeeze(pieces[0].text)) in LABELS:  # two inline elements, no colon
            value = _value("".join(piece.text for piece in pieces[1:]))
            run[i] = [Said(label, value, page.lines[i].start, page.lines[i].stop)]
            return 1
        label = squeeze(page.texts[i].rstrip("：: \u3000"))
        if label not in LABELS:
            return 0
        if count := self._entries_over_values(i, run):
            return count
        values: list[int] = []
        n = i + 1
        while n < len(page.lines) and self._is_value(i, n):
            values.append(n)
            n += 1
        value = " ".join(page.texts[n].strip() for n in values)[:LONGEST_VALUE]
        end = values[-1] if values else i
        run[i] = [Said(label, value, page.lines[i].start, page.lines[end].stop)]
        run.update({n: [] for n in values})
        return 1 + len(values)

    def _entries_over_values(self, i: int, run: dict[int, list[Said]]) -> int:
        """Read a row of labels over one row of as many values; the number of lines of both, 0 where there is none."""
        page = self.page
        heads = self._row(i)
        under = self._row(i + len(heads))
        if not 1 < len(heads) == len(under):
            return 0
        after = self._row(i + len(heads) + len(under))
        keys = [squeeze(page.texts[n].rstrip("：: \u3000")) for n in heads]
        values = [page.texts[n].strip() for n in under]
        listed = len(after) == len(heads) and squeeze(page.texts[after[0]].rstrip("：: \u3000")) not in LABELS
        if listed or not LABELS.issuperset(keys):
            return 0
        if any(squeeze(value.rstrip("：:")) in LABELS or len(value) > LONGEST_VALUE for value in values):
            return 0
        for n, key, m, value in zip(heads, keys, under, values, strict=True):
            run[n], run[m] = [Said(key, value, page.lines[m].start, page.lines[m].stop)], []
        return len(heads) + len(under)

    def _row(self, i: int) -> list[int]:
        """The lines from ``i`` on that stand in one row of a table with it, ``WIDEST`` at most."""
        page = self.page
        row = page.row_of(page.lines[i].element) if i < len(page.lines) else 0
        if not row:
            return []
        stop = i
        while stop < min(len(page.lines), i + WIDEST) and page.within(row, page.lines[stop].element):
            stop += 1
        return list(range(i, stop))

    def _is_value(self, label: int, i: int) -> bool:
        """Whether line ``i`` stands beside its label: in one row, or in the next of like elements; and is no label."""
        page = self.page
        if page.ink[i] > LONGEST_VALUE or squeeze(page.texts[i].rstrip("：: \u3000")) in LABELS or spoken(page, i):
            return False
        here, there = page.lines[i].element, page.lines[label].element
        row = page.row_of(there)
        beside = i == label + 1 and here != there and page.elements[here].parent == page.elements[there].parent
        return (row > 0 and page.within(row, here)) or (row == 0 and beside)

    def _keep(self, run: dict[int, list[Said]]) -> None:
        keys = [said.key for entries in run.values() for said in entries]
        if len(keys) >= 3 - ("索引号" in keys) and not DISCLOSURE.isdisjoint(keys):
            self.table.update(run)

    def publication(self, i: int, *, inside: bool) -> list[Said]:
        """What line ``i`` says of when and by whom the page was put up."""
        said = spoken(self.page, i)
        if not said or (inside and len(said) == 1 and (said[0].key in AMBIGUOUS or len(said[0].value) > 40)):
            return []
        return said


def marks_of(entries: list[Said]) -> Iterator[Mark]:
    """The marks of labels that have values."""
    for key, value, start, stop in entries:
        if squeeze(value) not in NO_VALUE:  # a script fills in the count: 点击数：　次
            yield Mark("metadata", start, stop, value=value, key=key)


def meta_entries(tree: Tree) -> list[Said]:
    """What the page's meta elements say."""
    found: list[Said] = []
    for start, stop in tree.metas:
        attributes = META_ATTRIBUTE.finditer(tree.text, start, stop)
        tag = {one[1].lower(): unescape(one[2] or one[3] or one[4] or "") for one in attributes}
        key = META_KEYS.get((tag.get("name") or tag.get("property") or "").lower())
        value = " ".join(tag.get("content", "").split())
        if key and value:
            found.append(Said(key, value, start, stop))
    return found


def window_title(tree: Tree) -> Said | None:
    """The content of the page's title element."""
    for element in tree.elements:
        if element.name == "title" and element.stop > element.inner:
            raw = tree.text[element.start : element.stop]
            start = element.start + raw.find(">") + 1
            stop = element.start + max(raw.rfind("</"), raw.find(">") + 1)
            value = " ".join(unescape(tree.text[start:stop]).split())
            return Said("", value, start, stop) if value else None
    return None
