"""What stands above a title and is no part of it: menus, names of sections, stray letters of a page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from govdoc.parsing.collected import is_part_label
from govdoc.parsing.lines import Line
from govdoc.parsing.titles import balance, join_title, read_title, title_like
from govdoc.wording.numbers import read_doc_number, read_issue_number, read_order_number
from govdoc.wording.recipients import is_recipients
from govdoc.wording.vocabulary import HAN, TITLE_END, agency_in_title, genre_of, is_agency, squeeze

_MOST_ABOVE: Final = 6
_LONGEST_SECTION: Final = 8
_SHORTEST: Final = 6
_MENU = re.compile(r"[|｜＞>»›→]|^(?!.*(?:\d{4}年|关于)).*[/／]")
_SPEAKS = re.compile(rf"[{HAN}（）()、\d\s\u3000·“”]{{0,60}}?关于|(?:转发|印发|批转|公布|发布|修订|废止|对)(?=.)")
_CARRIES = re.compile(r"(?:转发|印发|批转|公布|发布)$")
_ISSUER = re.compile(r".*(?:等.{1,4}(?:部门|单位|机关)|第.{1,6}次(?:全体)?会议|常委会|会议上?|大会上|\d{4}年度?)")
_SECTION = re.compile(
    r"(?:政府|主动|依申请|信息|公开|政务|政策|法规|法律|规章|规范性|行政|文件|公文|通知|公告|通告|公示|通报|公报|目录|专栏|栏目|"
    r"专题|解读|最新|动态|(?:新闻|下载)(?:中心)?|要闻|重要|重点|领域|工作|发布|首页|正文|内容|详情|标题|列表|其他|部门|本级|本局|及|和|与)+"
)
_SECTION_AT_END = re.compile(rf"{_SECTION.pattern}$")
_NO_SECTION = re.compile(r"\d|关于|[》）]")
_MEANS = re.compile(rf"[{HAN}]|\d{{4}}")
_SECTION_END = re.compile(r"(?:通知|公告|通告|公报|通报|公示|目录|指南|制度|规定|总结|计划|规划)$")


def title_start(lines: Sequence[Line], i: int, end: int) -> int:
    """Where the title begins that the line at ``i`` begins or stands above; ``i`` where no title is below it.

    Lines between are no title: a menu, a section, an agency the page has parted from the title.
    """
    if i >= end or not title_like(lines[i]) or speaks_out(lines, i, end):
        return i
    stray = is_stray(lines[i].text)
    short = not stray and _short_section(lines[i].text)
    if not stray and (_stands(lines, i, end) or (_is_whole(lines[i].text) and not short)):
        return i
    for at in range(i + 1, min(i + 1 + _MOST_ABOVE, end)):
        if stray and read_doc_number(lines[at].text):
            continue
        if not title_like(lines[at]):
            break
        strong = speaks_out(lines, at, end)
        if not strong and is_stray(lines[at].text):
            continue
        settled = _stands(lines, at, end)
        if strong and (settled or not (short or _lists(lines, at, end))):
            return _first_of_title(lines, i, at, strong=True)
        if settled and not short and _may_stand(lines[at].text):
            return _first_of_title(lines, i, at, strong=False)
    marked = _marked_title(lines, i, end)
    if marked is not None:
        return marked
    apart = _is_menu(lines[i].text) or is_part_label(lines[i].text)
    return i + 1 if apart and i + 1 < end and title_like(lines[i + 1]) else i


def _marked_title(lines: Sequence[Line], i: int, end: int) -> int | None:
    """The first line under one that is neither heading nor centred which the source's format makes a main heading."""
    if lines[i].level is not None or lines[i].centred:
        return None
    for at in range(i + 1, min(i + 1 + _MOST_ABOVE, end)):
        if not title_like(lines[at]):
            return None
        if lines[at].level == 1 and not is_stray(lines[at].text):
            return at
    return None


def speaks_out(lines: Sequence[Line], i: int, end: int) -> bool:
    """Whether a title through its 文种 begins at a line that names its 事由: [agency]关于…的通知."""
    text = lines[i].text.strip() if i < end else ""
    if not _opens(text) or not title_like(lines[i]):
        return False
    title = squeeze(join_title(lines[i : i + read_title(lines, i, end)]))
    return genre_of(title) is not None or (text.startswith("关于") and TITLE_END.search(title) is not None)


def _opens(text: str) -> bool:
    """Whether a line begins a 事由: 关于…, 转发…, alone or behind an agency."""
    return _SPEAKS.match(text) is not None or agency_in_title(text) is not None


def _lists(lines: Sequence[Line], i: int, end: int) -> bool:
    """Whether the title at a line is one of a list: another is right under it."""
    return speaks_out(lines, i + read_title(lines, i, end), end)


def _may_stand(text: str) -> bool:
    """Whether a line in a 文种 is more than the end of a title: not 的通知, not 通知 alone, no menu."""
    return len(squeeze(text)) >= _SHORTEST and text.strip()[0] not in "的和及等" and not is_stray(text)


def _is_whole(text: str) -> bool:
    return balance(text) <= 0 and TITLE_END.search(squeeze(text)) is not None


def _settled(lines: Sequence[Line], i: int, end: int) -> bool:
    """Whether a title in a 文种 at a line has its number or its recipients under it."""
    count = read_title(lines, i, end)
    under = i + count
    if not count or under >= end or genre_of(join_title(lines[i:under])) is None:
        return False
    text = lines[under].text
    readers = (read_doc_number, read_order_number, read_issue_number)
    return is_recipients(text) or any(read(text) for read in readers)


def _stands(lines: Sequence[Line], i: int, end: int) -> bool:
    """Whether a title begins at a line with its number or recipients under it, and none with its 事由 within it."""
    within = range(i + 1, i + read_title(lines, i, end))
    return _settled(lines, i, end) and not any(speaks_out(lines, at, end) for at in within)


def _first_of_title(lines: Sequence[Line], i: int, at: int, *, strong: bool) -> int:
    """The first line of the title whose 事由 or 文种 is at ``at``: as far up as lines join it, not above ``i``."""
    start = at
    while start > i and _joins(lines[start - 1], lines[start], strong=strong):
        start -= 1
    return start


def _joins(line: Line, below: Line, *, strong: bool) -> bool:
    """Whether a line is part of the title that goes on below it: an agency next to it, or a 事由 left open."""
    text = line.text.strip()
    if is_stray(text) or read_doc_number(text):
        return False
    if balance(text) > 0 or _CARRIES.search(text):
        return True
    if _is_whole(text):
        return False
    if _is_agency_line(line):
        return not below.parted and (_opens(below.text.strip()) or _is_agency_line(below) or not strong)
    return not strong or _opens(text)


def _is_agency_line(line: Line) -> bool:
    name = squeeze(line.text)
    return is_agency(name) or _ISSUER.fullmatch(name) is not None


def is_stray(text: str) -> bool:
    """Whether a line is none of a title's by its own look: a menu, a section of a site, a letter."""
    return _is_menu(text) or _is_section(squeeze(text)) or is_part_label(text)


def _is_menu(text: str) -> bool:
    """首页 | 政务公开, 青山县教育局/政务公开, X."""
    bare = squeeze(text)
    return len(bare) < 2 or _MENU.search(bare) is not None or not _MEANS.search(bare)


def _is_section(bare: str) -> bool:
    """通知公告, 信息公开目录, or 青山县教育局信息公开目录."""
    found = _SECTION_AT_END.search(bare)
    above = bare[: found.start()] if found else bare
    return found is not None and len(found[0]) >= 4 and (not above or is_agency(above))


def _short_section(text: str) -> bool:
    """人事公告: short, ending as a section may, with no year and no agency."""
    bare = squeeze(text)
    return (
        len(bare) <= _LONGEST_SECTION
        and _SECTION_END.search(bare) is not None
        and not _NO_SECTION.search(bare)
        and not is_agency(bare[:-2])
    )
