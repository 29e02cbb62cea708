"""C: the furniture of web pages: toolbars, menus, neighbours, footers, page numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from govdoc.rules.registry import Finding, rule
from govdoc.rules.text import Line, Text, alternation, drop_line, page_words

TOOL = alternation(page_words("tools"))
TOOLBAR = re.compile(rf"(?:[\s|｜/·:：、,，【】\[\]〖〗()（）<>《》-]|{TOOL})+")
TOOLS = re.compile(TOOL)
NEIGHBOUR = re.compile(r"[【\[<]?(?:上|下|前|后)一(?:篇|条|页|则|主题)(?:文章|新闻|信息)?[】\]>]?\s*[:：]?.{0,120}")
NEIGHBOUR_START = re.compile(r"[【\[<]?(?:上|下|前|后)一(?:篇|条|则|主题)(?:文章|新闻|信息)?[】\]>]?\s*(?:[:：]|$)")
EDITOR = re.compile(
    r"[（(\[【]?\s*(?:(?:责任编辑|责编|编辑|审核|校对|初审|复审|终审|审校|供稿|撰稿|通讯员|作者|摄影|信息员|文字|图文)"
    r"\s*[:：]\s*[^\s：:。，]{1,12}[\s|｜/]*){1,6}[）)\]】]?"
)
STRONG_FOOTER = re.compile(
    r"(?=.*(?:ICP备|ICP证|公网安备|网站标识码|版权所有|[Cc]opyright|©|All [Rr]ights [Rr]eserved))[^。；]{4,160}"
)
WEAK_FOOTER = re.compile(
    r"(?:(?:主办|承办|主管|协办)(?:单位)?|技术支持|技术维护|运行维护|联系电话|地址|邮编|电子邮箱|网站管理|联系我们|网站地图|关于我们|"
    r"网站声明|站点地图|建议使用|隐私声明|政府网站找错)[^。；]{0,100}"
)
QR_PROMPT = re.compile(
    r"[^。；，]{0,10}(?:扫一扫|扫码|扫描二维码|扫描上方二维码|长按识别)[^。；]{0,20}(?:手机|当前页|本页|分享|关注|二维码|公众号|微信)[^。；]{0,15}"
)
BUTTONS = frozenset(page_words("buttons"))
MENU_WORDS = frozenset(page_words("menu"))
BETWEEN_WORDS = re.compile(r"[\s|｜·>»/]+")
PAGE_NUMBER = re.compile(
    r"[—－\-–―─]{1,2}\s*\d{1,4}\s*[—－\-–―─]{1,2}|第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*[（(]?共\s*\d{1,4}\s*页[）)]?)?"
)
BARE_NUMBER = re.compile(r"\d{1,3}(?:\s*/\s*\d{1,3})?")
TAIL = 8


@rule("C520", "页面工具栏", stage="chrome", effect="removes")
def toolbar(text: Text) -> Iterator[Finding]:
    """A line of nothing but page tools is removed: font size, print, close, share, favourites.

    Before: 【字体：大 中 小】【打印】【关闭】 — After: nothing
    Keeps: 打印, 关闭, 分享 in prose; a line of one such word that a document may hold (打印, 微信).
    """
    for line in text.lines:
        if not TOOLBAR.fullmatch(line.text):
            continue
        words = TOOLS.findall(line.text)
        bracketed = line.text[0] in "【[〖" and line.text[-1] in "】]〗"
        if len(words) > 1 or (words and (bracketed or words[0] in BUTTONS)):
            yield drop_line(line, text)


@rule("C521", "上一篇、下一篇", stage="chrome", effect="removes")
def neighbour_link(text: Text) -> Iterator[Finding]:
    """The links to the page before and after are removed.

    Before: 上一篇：关于开展安全检查的通知 — After: nothing
    Keeps: 上一篇 in prose; a line that goes on without a colon.
    """
    for line in text.lines:
        if NEIGHBOUR_START.match(line.text) and NEIGHBOUR.fullmatch(line.text):
            yield drop_line(line, text)


@rule("C522", "责任编辑", stage="chrome", effect="removes")
def editor_line(text: Text) -> Iterator[Finding]:
    """A line at the end that names the page's editors is removed.

    Before: （责任编辑：张三 审核：李四） — After: nothing
    Keeps: such words anywhere but in the last lines; 签发人 and 联系人, which are the document's.
    """
    for line in text.lines[-TAIL:]:
        if EDITOR.fullmatch(line.text):
            yield drop_line(line, text)


@rule("C523", "网站页脚", stage="chrome", effect="removes")
def site_footer(text: Text) -> Iterator[Finding]:
    """The footer of a site is removed: ICP and 公安 numbers, 版权所有, and the lines beside them on 主办 and 技术支持.

    Before: 版权所有：某市教育局 苏ICP备05000000号-1 ⏎ 主办单位：某市教育局 — After: nothing
    Keeps: 版权, 主办, 地址 in the body: 主办单位 goes only beside a line that is certain.
    """
    lines = text.lines
    dropped = {i for i, line in enumerate(lines) if STRONG_FOOTER.fullmatch(line.text)}
    for step in (1, -1):
        for i in sorted(dropped):
            while 0 <= (i := i + step) < len(lines) and i not in dropped and WEAK_FOOTER.fullmatch(lines[i].text):
                dropped.add(i)
    for i in sorted(dropped):
        yield drop_line(lines[i], text)


@rule("C524", "扫码提示", stage="chrome", effect="removes")
def qr_prompt(text: Text) -> Iterator[Finding]:
    """The prompt beside a QR code is removed.

    Before: 扫一扫在手机打开当前页 — After: nothing
    Keeps: 扫黑除恶, 扫码 in sentences.
    """
    for line in text.lines:
        if len(line.text) <= 40 and QR_PROMPT.fullmatch(line.text):
            yield drop_line(line, text)


@rule("C525", "导航菜单", stage="chrome", effect="removes")
def navigation_menu(text: Text) -> Iterator[Finding]:
    """The menu of a site is removed: one line of its words, or a column of three and more.

    Before: 首页 机构概况 政务公开 办事服务 互动交流 — After: nothing
    Keeps: lines of which fewer than two thirds are words known from menus; a single such word, which may be a heading.
    """
    column: list[Line] = []
    for line in [*text.lines, Line(len(text.text), len(text.text), "")]:
        words = [word for word in BETWEEN_WORDS.split(line.text) if word]
        known = sum(word in MENU_WORDS for word in words)
        if len(words) == 1 and known:
            column.append(line)
            continue
        if len(column) > 2:
            yield from (drop_line(each, text) for each in column)
        column = []
        if len(words) > 3 and 3 * known >= 2 * len(words) and max(map(len, words)) <= 10:
            yield drop_line(line, text)


@rule("C526", "页码", stage="chrome", effect="removes")
def page_number(text: Text) -> Iterator[Finding]:
    """The numbers of printed pages are removed, so that the sentence they stand in can be joined.

    Before: 全面落实市委 ⏎ — 2 — ⏎ 教育工作部署。 — After: 全面落实市委教育工作部署。
    A bare number counts only where three and more of them run on by ones through the text.
    Keeps: numbers in tables and lists; 第3页 in prose.
    """
    bare: list[Line] = []
    for line in text.lines:
        if PAGE_NUMBER.fullmatch(line.text):
            yield drop_line(line, text)
        elif BARE_NUMBER.fullmatch(line.text):
            bare.append(line)
    if len(bare) > 2 and _run_on(bare, text):
        yield from (drop_line(line, text) for line in bare)


def _run_on(bare: list[Line], text: Text) -> bool:
    """Whether bare numbers count pages: up by one each, and a page's worth of text between them."""
    numbers = [int(line.text.partition("/")[0]) for line in bare]
    by_ones = all(after == before + 1 for before, after in pairwise(numbers))
    apart = all(after.start - before.stop > 200 for before, after in pairwise(bare))
    return by_ones and apart
