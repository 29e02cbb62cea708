"""Where the article of a page is, and which lines outside it are its too."""

from __future__ import annotations

import re
from typing import Final

from govdoc.readers.html.names import is_article, is_title
from govdoc.readers.html.page import Page
from govdoc.rules.text import DATE_LINE, DOC_NUMBER_LINE, page_words, squeeze

NAMED: Final = 0.6
"""The share of the page's prose that an element must hold to be taken by its name."""
DENSE: Final = 0.8
"""The share that it must hold to be taken without one."""
SMALL: Final = frozenset(
    ("p", "li", "ul", "ol", "dl", "dd", "dt", "tr", "tbody", "thead", "h1", "h2", "h3", "h4", "span")
)
FEWEST_LINES: Final = 3
TITLE_PARTS: Final = re.compile(r"\s*[_|｜—–]+\s*|\s*-+\s*|\s{2,}")
OPENING: Final = re.compile(r"附\s*[件表图：:]|抄\s*[送报]|[（(](?:此|本)(?:件|文)|主题词|主送")
IMPRINT: Final = re.compile(
    r"(?i)版权所有|copyright|©|ICP备|公网安备|网站标识码|技术支持|主办[单：:]|承办[单：:]|浏览器|分辨率|(?:信息中心|网络中心|公司).{0,8}(?:制作|维护|开发)|javascript|免责声明|扫一扫|二维码"
)
LONGEST_TITLE: Final = 120
LONGEST_WINDOW: Final = 300
"""Characters of a window's title that are looked at."""
SHORTEST_TITLE: Final = 6
READS_AS_TITLE: Final = re.compile(
    r".*关于.{2,}的?(?:通知|决定|意见|通报|报告|请示|批复|函|公告|通告|议案|答复|说明|讲话|公示|倡议书)[（(]?.{0,12}"
    r"|[^，。；]{4,}(?:办法|规定|细则|条例|方案|预案|规划|计划|要点|安排|总结|纪要|公告|公示|通告|名单|决议|公报|简报|令|报告|讲话|意见|通知|决定|章程|制度|标准|启事|倡议书|清单)(?:[（(].{1,20}[）)])?"
)
SITE: Final = re.compile(
    r"(?:局|厅|委员会|委|政府|网|网站|平台|办公室|大学|学院|学校|中学|小学|中心|首页|栏目|频道|文件库?|公开)$"
)
"""Ends of the names of sites and those who run them."""
RED_HEAD: Final = re.compile(r"[\u4e00-\u9fff（）()]{3,40}(?:文件|令|公报)")
STAMP: Final = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}[\s\d:]*")
LONGEST_AGENCY: Final = 30
LONGEST_LABEL: Final = 14
ITEM: Final = re.compile(r"[\s\u3000\u00a0]*\d{1,2}[.．、]")
MOST_ITEMS: Final = 30
WORDS: Final = re.compile(r"[\u4e00-\u9fffA-Za-z+-]+|\d+")
TOOLS: Final = frozenset(
    (*page_words("tools"), *page_words("buttons"), *page_words("publication"), "次", "人次", "T", "A", "-", "+")
)
TITLE_LINES: Final = 4


def find_article(page: Page) -> int:
    """The number of the element that holds the article; 0 where the whole page does."""
    weights = (
        page.prose
        if sum(page.prose) >= 30
        else [max(0, ink - line.linked) for ink, line in zip(page.ink, page.lines, strict=True)]
    )
    weights = [0 if page.around[line.element] else weight for line, weight in zip(page.lines, weights, strict=True)]
    sums = page.totals(weights)
    if not sums[0]:
        return 0
    named = [
        number
        for number, element in enumerate(page.elements)
        if sums[number] >= NAMED * sums[0]
        and (element.name in ("article", "main") or is_article(page.names[number]))
        and element.name not in ("html", "body", "form")
    ]
    return _roomy(page, named[-1] if named else _densest(page, sums))


def _densest(page: Page, sums: list[int]) -> int:
    """The smallest element that holds nearly all of the prose."""
    found = 0
    for number in range(1, len(sums)):
        if page.elements[number].parent == found and sums[number] >= DENSE * sums[0]:
            found = number
    return found


def _roomy(page: Page, number: int) -> int:
    """An element of several lines: not the paragraph, the row or the list that holds most of the words."""
    counts = page.totals([1] * len(page.lines))
    while number and (page.elements[number].name in SMALL or counts[number] < FEWEST_LINES):
        number = page.elements[number].parent
    return number


class Titles:
    """What a page calls its document."""

    def __init__(self, page: Page, named: list[str]) -> None:
        self.page = page
        whole: list[str] = []
        for name in (name[:LONGEST_WINDOW] for name in named):
            parts = [part for part in TITLE_PARTS.split(name) if part]
            whole += [name, *parts, *("".join(parts[:n]) for n in range(2, len(parts) + 1))]
        squeezed = {squeeze(name) for name in whole}
        self.names = {name for name in squeezed if len(name) >= SHORTEST_TITLE and not SITE.search(name)}

    def stands_at(self, i: int, stop: int) -> int:
        """How many lines from ``i`` on, of one element or its neighbours, are the title; 0 where none is."""
        joined = ""
        for count in range(1, TITLE_LINES + 1):
            if i + count > stop or self.page.lines[i + count - 1].linked:
                return 0
            joined += squeeze(self.page.texts[i + count - 1])
            if joined in self.names:
                return count
            if len(joined) > LONGEST_TITLE:
                return 0
        return 0

    def is_heading(self, i: int) -> bool:
        """Whether a line is a heading of the page, or in an element named a title."""
        page = self.page
        if not SHORTEST_TITLE <= page.ink[i] <= LONGEST_TITLE:
            return False
        for number in list(page.up(page.lines[i].element))[:3]:
            if page.elements[number].name in ("h1", "h2", "h3"):
                return True
            if is_title(page.names[number]):
                return not page.lines[i].linked
        return False

    def is_named_as_one(self, i: int) -> bool:
        """Whether a line reads like the title of a document: 关于…的通知, …管理办法."""
        text = squeeze(self.page.texts[i])
        return (
            not self.page.lines[i].linked and len(text) <= LONGEST_TITLE and READS_AS_TITLE.fullmatch(text) is not None
        )


def is_head(page: Page, i: int) -> bool:
    """Whether a line stands above a document's title: 发文机关标志 with 文件, 发文字号."""
    text = squeeze(page.texts[i])
    return not page.lines[i].linked and bool(RED_HEAD.fullmatch(text) or DOC_NUMBER_LINE.fullmatch(text))


def names_agency(text: str) -> bool:
    """Whether a line is no more than the name of an agency, or of its site."""
    return len(squeeze(text)) <= LONGEST_AGENCY and SITE.search(squeeze(text)) is not None


def is_tool(page: Page, i: int) -> bool:
    """Whether a line holds nothing but the words of a page's tools and counters, or is a date in figures."""
    words = WORDS.findall(page.texts[i])
    named = [word for word in words if not word.isdecimal()]
    return all(word in TOOLS for word in named) and bool(named or STAMP.fullmatch(page.texts[i].strip()))


def heads_links(page: Page, i: int) -> bool:
    """Whether a line is the label of a list of links below it."""
    if i + 1 >= len(page.lines) or page.ink[i] > LONGEST_LABEL or page.prose[i] or is_tail(page, i):
        return False
    below = [href for _, href in page.links_of(i + 1)]
    return leads_away(page, i + 1) and not all(acts(href) for href in below)


def acts(href: str) -> bool:
    """Whether a link does something with the page instead of leading to another."""
    return not href or href.startswith("#") or href.lower().startswith("javascript:")


def reaches_people(href: str) -> bool:
    """Whether a link is an address that a document gives: of mail, or a telephone."""
    return href.strip().lower().startswith(("mailto:", "tel:"))


def leads_away(page: Page, i: int) -> bool:
    """Whether most of a line is a link that leads to no file."""
    links = [href for _, href in page.links_of(i) if not reaches_people(href)]
    return bool(links) and page.lines[i].linked * 2 >= page.ink[i] and not page.attached(i)


def is_tail(page: Page, i: int) -> bool:
    """Whether a line is an element that stands at a document's end, or a document's number."""
    text = page.texts[i].strip()
    if OPENING.match(text) or _is_attachment_item(page, i):
        return True
    if page.lines[i].linked:
        return bool(page.attached(i))
    below = page.texts[i + 1].strip() if i + 1 < len(page.texts) else ""
    return bool(
        DATE_LINE.fullmatch(text)
        or DOC_NUMBER_LINE.fullmatch(text)
        or (page.ink[i] <= 30 and DATE_LINE.fullmatch(below) and not IMPRINT.search(text))
        or page.attached(i)
    )


def _is_attachment_item(page: Page, i: int) -> bool:
    """Whether a line is a numbered item under 附件：, with the items between."""
    if not ITEM.match(page.texts[i]):
        return False
    for above in range(i - 1, max(-1, i - MOST_ITEMS), -1):
        if OPENING.match(page.texts[above].strip()):
            return True
        if not ITEM.match(page.texts[above]):
            return False
    return False


def is_imprint(text: str) -> bool:
    """Whether a line says who runs the site."""
    return IMPRINT.search(text) is not None
