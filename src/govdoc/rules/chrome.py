"""C: what the website put around the document. Removal needs positive evidence; what is unknown stays."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import compress, count
from operator import eq, itemgetter

from govdoc.edits import Edit
from govdoc.rules.registry import Finding, Rule, rule
from govdoc.rules.text import HANZI, Text, drop_line, squeeze
from govdoc.span import Mark

BREADCRUMB = re.compile(
    r"(?:您|你)?(?:现在|当前|所在)*的?(?:当前|所在)?位置(?:是)?\s*[:：](?:.*[>»›＞].*|\s*(?:网站)?首页\s*/.*)"
    # Without a label: steps of a path, the home page first or two arrows and more.
    r"|[>»\s]*(?:网站|学校|学院|文库)?首页\s*(?:>+|»|›|＞+)[^。；]{2,80}"
    r"|\s*(?:>>)?(?:[^<>»›＞。；，]{2,24}(?:>+|»|›|＞+)){2,6}[^<>»›＞。；，]{0,40}"
)
VIEW_COUNT = re.compile(
    r"(?:本页|本文|共|已|被)*(?:浏览|阅读|点击|访问)[:：]?\s*\d+\s*(?:人次|次)?(?:[\s　]+\S{1,4}[:：]?\s*\w{1,12}){0,3}"
    r"|[|｜\s•·●-]*(?:浏览(?:量|次数|数)|点击(?:量|数|次数|率)?|阅读(?:量|数|次数)|访问(?:量|次数))\s*[:：]\s*[\d,]*\s*次?"
)
HOT_WORDS = re.compile(r"(?:相关)?(?:热词|热门)(?:搜索|标签|推荐)?\s*[:：].*")
PART_START = re.compile(r"篇[一二三四五六七八九十\d]{1,3}\s*[:：]")
DAY, MONTH = re.compile(r"\d{1,2}"), re.compile(r"\d{4}[-./]\d{1,2}")
WINDOW_SIGN = re.compile("[_|｜—.-]")
WINDOW_TITLE = re.compile(r"(.{8,}?)(?:\s?[_|｜—-]{1,2}\s?[^_|｜。]{2,20}|\.(?:docx?|pdf|wps|txt))")
NOT_IN_TITLES = re.compile(r"[。；！？：\t]")
AGENCY = re.compile(rf"[{HANZI}]{{4,30}}")
FIRST = itemgetter(slice(1))
LONGEST_TITLE = 200
TOP = 12  # lines that the head of a page has
COLLECTION_TITLE = re.compile(r".*(?:有哪些|范文|模板|大全|[(（](?:精选|通用|合集|共|推荐)*\s*\d+\s*篇[)）]).*")
TITLE = re.compile(r"\S*关于\S+的(?:通知|决定|意见|通报|报告|请示|批复|函|公告|通告|议案)\S{0,8}")


TITLED = re.compile(
    r"[>»›＞/]\s*([^>»›＞\s]*关于[^>»›＞\s]{2,80}(?:通知|决定|意见|通报|报告|请示|批复|函|公告|通告|公示))(?![^>]*[>»›＞])"
)


def _breadcrumbs(text: Text) -> list[int]:
    """The numbers of the lines that are one; all have an arrow, or the slashes of a path."""
    signs = ">»›＞/" if "首页" in text.text else ">»›＞"
    candidates = text.holding(*filter(text.holds, signs))
    return [i for i in candidates if BREADCRUMB.fullmatch(text.line_texts[i])]


@rule("C501", "当前位置", stage="chrome", effect="removes", needs=">»›＞/")
def breadcrumb(text: Text) -> Iterator[Finding]:
    """A breadcrumb line is removed.

    Before: 当前位置: 默读范文网 > 范文大全 > 工作要点 > — After: nothing
    Keeps: 位置 in prose; a line without the colon and at least one “>”; a title at its end that stands nowhere else.
    """
    for number, i in enumerate(_breadcrumbs(text)):
        line = text.line(i)
        title = TITLED.search(line.text) if number < TOP else None
        if title and text.text.count(title[1]) == 1:
            yield Edit(line.start, line.start + title.start(1), "")
        else:
            yield drop_line(line, text)


@rule("C502", "浏览量", stage="chrome", effect="removes", looks_at="line")
def view_counter(text: Text) -> Iterator[Finding]:
    """A line that only counts views is removed.

    Before: | 浏览量: — After: nothing
    Keeps: 浏览, 点击, 阅读 in prose; a counter inside a longer line.
    """
    yield from (drop_line(text.line(i), text) for i in text.where(VIEW_COUNT.fullmatch, "本共已被浏阅点访|｜•·●-"))


@rule("C503", "热词搜索", stage="chrome", effect="removes", looks_at="line")
def hot_words(text: Text) -> Iterator[Finding]:
    """A line of search keywords is removed.

    Before: 相关热词搜索: 教育局 工作要点 有哪些 — After: nothing
    Keeps: 热词 and 搜索 in prose; a line without the colon.
    """
    yield from (drop_line(text.line(i), text) for i in text.where(HOT_WORDS.fullmatch, "相热"))


@rule("C504", "篇一、篇二", stage="chrome", effect="removes")
def part_marker(text: Text) -> Iterator[Finding]:
    """Lines such as 篇一:… of a collection page are removed; each part begins a document.

    Before: 篇二:教育局工作要点有哪些篇三:教育局工作要点有哪些 — After: nothing, and a boundary
    Keeps: a lone 篇一： in a text that is no collection; 篇 in prose.
    """
    found = [text.line(i) for i in text.where(PART_START.match, "篇")]
    if sum(len(PART_START.findall(line.text)) for line in found) < 2:
        return
    for line in found:
        yield drop_line(line, text)
        yield Mark("boundary", line.start, line.stop, value=line.text)


@rule("C505", "网页日期", stage="chrome", effect="removes", needs=">»›＞/")
def page_date(text: Text) -> Iterator[Finding]:
    """The date block that a page puts above its breadcrumb is removed: a day alone, then year and month.

    Before: 12 ⏎ 2025-02 ⏎ 当前位置: … — After: nothing
    Keeps: figures on lines of their own anywhere else (page numbers, table cells, list items).
    """
    crumb = next(iter(_breadcrumbs(text)), None)
    if crumb is None:
        return
    for i in text.where(DAY.fullmatch, "0"):
        if i + 1 < crumb and MONTH.fullmatch(text.line_texts[i + 1]):
            yield Edit(text.line(i).start, min(text.line(i + 1).stop + 1, len(text.text)), "")


@rule("C506", "合集标题", stage="chrome", effect="removes", needs=">»›＞/")
def collection_title(text: Text) -> Iterator[Finding]:
    """The page's own title between its breadcrumb and its first part is removed, and kept as a mark.

    Before: 2023教育局工作要点有哪些(3篇) — After: nothing
    Keeps: every title that does not stand directly under a breadcrumb and speak of a collection.
    """
    crumb = next(iter(_breadcrumbs(text)), None)
    if crumb is None or crumb + 1 >= len(text.line_texts):
        return
    line = text.line(crumb + 1)
    if COLLECTION_TITLE.fullmatch(line.text):
        yield drop_line(line, text)
        yield Mark("page-title", line.start, line.stop, value=line.text)


@rule("C509", "重复的标题", stage="chrome", effect="removes")
def repeated_title(text: Text) -> Iterator[Finding]:
    """A title that stands twice in direct succession is kept once: the second.

    Why: pages print the title as a heading of their own above the document, or with the site's name behind it
    (…的通知_某市教育局) as the window's title.
    Keeps: the title of an issued text that differs from the notice's, and equal lines that are no title.
    """
    for i in _begun_alike(text.line_texts):
        line = text.line_texts[i]
        if not 2 < len(line) <= LONGEST_TITLE or squeeze(line) != squeeze(text.line_texts[i + 1]):
            continue
        if TITLE.fullmatch(line) or (i < TOP and len(line) > 9 and not NOT_IN_TITLES.search(line)):
            yield drop_line(text.line(i), text)
    top = text.line_texts[:TOP]
    for i, line in enumerate(top):
        window = WINDOW_TITLE.fullmatch(line) if WINDOW_SIGN.search(line, 8) else None
        if window and _stands_among(top, window.group(1)):
            yield drop_line(text.line(i), text)


def _stands_among(lines: Sequence[str], title: str) -> bool:
    """Whether a title is one of the lines, or the end of one that has its agency before it."""
    agencies = [line.removesuffix(title) for line in lines if line.endswith(title)] if title.startswith("关于") else []
    return title in lines or any(AGENCY.fullmatch(agency) for agency in agencies)


def _begun_alike(lines: Sequence[str]) -> list[int]:
    """The numbers of the lines that have their first character, blanks aside, in common with the next."""
    # Most lines differ there from the next.
    firsts = [*map(FIRST, map(str.lstrip, lines))]
    return [*compress(count(), map(eq, firsts, firsts[1:]))]


def site_rule(patterns: tuple[str, ...]) -> Rule:
    """The rule C900, which removes the lines that match a user's own patterns whole (``[[clean.chrome]]``)."""
    compiled = [re.compile(pattern) for pattern in patterns]

    def site_chrome(text: Text) -> Iterator[Finding]:
        """A line that a pattern of the configuration matches as a whole is removed."""
        for i in sorted({i for pattern in compiled for i in text.where(pattern.fullmatch)}):
            yield drop_line(text.line(i), text)

    return Rule("C900", "站点自定规则", "chrome", "removes", "always", site_chrome)
