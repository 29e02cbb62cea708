"""C: the furniture of web pages: toolbars, menus, neighbours, footers, page numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby, pairwise

from govdoc.edits import Edit
from govdoc.rules.registry import Finding, rule
from govdoc.rules.text import STRUCTURAL, Line, Text, alternation, beginnings, drop_line, page_words

TOOL = alternation(page_words("tools"))
TOOLBAR = re.compile(
    # Possessive: 字体大小 is several words in several ways.
    rf"(?:[\s|｜┃◆▲●☆★/·:：、,，【】\[\]〖〗()（）<>《》-]|{TOOL})++"
)
TOOLS = re.compile(TOOL)
TOOLBAR_BEGINS = beginnings(page_words("tools")) + "|┃◆▲●☆★/·:：、,，【】[]〖〗()（）<>《》-"
COUNT = re.compile(r"(?<=\D)\d{1,6}")
COUNTED = re.compile(r"(?:(?:点赞|收藏|分享|评论|转发|在看)\s?[（(]?\d{0,6}[）)]?\s*){3}")
NEIGHBOUR = re.compile(r"[【\[<]?(?:上|下|前|后)一(?:篇|条|则|主题)(?:文章|新闻|信息)?[】\]>]?\s*(?:[:：].{0,120})?")
EDITOR = re.compile(
    r"(?:【[^】]{2,8}】)*[（(\[【]?\s*(?:(?:责任编辑|责\s{0,4}编|编\s{0,4}辑|审\s{0,4}核|校\s{0,4}对|一审|二审|三审|初审|复审|终审|审校|供稿|撰稿|"
    r"通讯员|作者|摄影|文章录入|录入员?|发布人|信息员|文字|图文|来源|排版)"
    r"\s*[:：|｜]\s*[^\s：:。，]{1,12}[\s|｜/]*){1,6}[）)\]】]?"
)
STRONG_FOOTER = re.compile(r"友情链接[:：]|ICP备|ICP证|公网安备|网站标识码|版权所有|[Cc]opyright|©|All [Rr]ights")
FOOTER = re.compile(r"[^。；]{4,160}")
WEAK_FOOTER = re.compile(
    r"(?:(?:主办|承办|主管|协办)(?:单位)?|技术支持|技术维护|运行维护(?:单位)?|联系电话|电话[:：]|传真[:：]|地址|邮编|电子邮箱|"
    r"网站管理|联系我们|网站地图|关于我们|网站声明|站点地图|建议使用|隐私声明|政府网站找错)[^。；]{0,100}"
)
QR_PROMPT = re.compile(
    r"[^。；，]{0,10}(?:扫一扫|扫码|扫描二维码|扫描上方二维码|长按识别)[^。；]{0,20}(?:手机|当前页|本页|分享|关注|二维码|公众号|微信)[^。；]{0,15}"
)
BUTTONS = frozenset(page_words("buttons"))
MENU_WORDS = frozenset(page_words("menu"))
COLUMN_WORDS = MENU_WORDS | {word for word in page_words("tools") if len(word) > 1}
LONGEST_WORD = max(10, *map(len, COLUMN_WORDS))
BETWEEN = r"\s|｜┃·•◆>»<«/：:▲"
BETWEEN_WORDS = re.compile(f"[{BETWEEN}]+")
FIRST_WORD = re.compile(rf"[{BETWEEN}]*+([^{BETWEEN}]{{1,{LONGEST_WORD}}}+)(?:[{BETWEEN}]|\Z)")
THREE_WORDS = re.compile(rf"[{BETWEEN}]*+(?:[^{BETWEEN}]{{1,{LONGEST_WORD}}}+(?:[{BETWEEN}]++|\Z)){{3}}")
ABOUT = re.compile(r"关于.{2,60}的?(?:通知|决定|意见|通报|报告|请示|批复|函|公告|通告|公示|方案|办法|规定)")
PAGE_NUMBER = re.compile(
    r"[—－\-–―─]{1,2}\s*\d{1,4}\s*[—－\-–―─]{1,2}|第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*[（(]?共\s*\d{1,4}\s*页[）)]?)?"
)
BARE_NUMBER = re.compile(r"\d{1,3}(?:\s*/\s*\d{1,3})?")
PUBLISHED_BY = alternation(page_words("publication"))
LABELLED = r"[^\s:：]{2,6}[:：][^\s:：]{1,12}"
GLUED_TOOLS = re.compile(
    rf"[ \u3000]*(?:(?:【(?:{TOOL})】){{2,}}(?:{LABELLED}(?:\s+{LABELLED})*)?|"
    rf"(?:[ \u3000]?[\[【](?:{PUBLISHED_BY})[:：][^\[\]【】]{{0,20}}[\]】]){{2,}})$"
)
PRINT_FOOT = re.compile(r"(?:https?|file)://\S{4,300}\s+\d{1,3}\s?/\s?\d{1,3}")
PRINT_HEAD = re.compile(
    r"\d{2,4}[/-]\d{1,2}[/-]\d{1,2}[ ,，]{1,2}(?:[上下]午)?\d{1,2}:\d{2}(?::\d{2})?(?: [AP]M)?\s+\S.{1,150}"
)
MORE = re.compile(r"[>＞》]{2,}\s?(?:更多|点击|查看|阅读|详细|详情|全文)[^。；>＞》]{0,12}$")
SITES = ("网", "论坛", "站点", "频道")
LONGEST_MENU = 200
TAIL = 8
TOP = 4
DECORATION_BEGINS = "▼▽↓⬇#-—E[【═━─┃│║╔╗╚╝☆★◆◇●○▲△※=_~*·"
DECORATION = re.compile(
    r"[-—\s]*END[-—\s]*|[\[【]图片[\]】]|[▼▽↓⬇]{1,6}|#[^\s#]{1,20}\s+\d{1,4}\s?个|[═━─┃│║╔╗╚╝☆★◆◇●○▲△※=_~*·\s-]{4,}"
)
GREETING = re.compile(
    r"(?:今天是|现在是)[:：]?\s?\d{4}年.{0,60}|\W{0,12}欢迎(?:您?访问|光临|来到)[^。，]{2,30}(?:网站?|门户|信息港|平台)\W{0,12}"
    r"|滚动[:：].{0,80}|原创[\s　].{2,40}\d{4}-\d{2}-\d{2}.{0,20}"
)
SITE_NAME = re.compile(r"[^，。；：]{2,20}(?:门户网站|新闻网|信息网|政府网|教育网|官方网站|网站|信息港)")
ADDRESS = re.compile(r"https?://[!-~]+")
FARM = re.compile("|".join(map(re.escape, page_words("farm"))))
TITLE_END = re.compile(r"(?:通知|决定|意见|报告|请示|批复|函|公告|通告|通报|纪要|要点|总结|方案|规划|办法)\Z")
SENTENCE_MARK = re.compile(r"[。；：，]")
SENTENCE_OPEN = re.compile(r"[^。！？；：…”’」』）》)]\Z")
RELATED = re.compile(
    r"(?:【.{2,40}】)?[【\[]?(?:相关|关联|猜你)(?:稿件|解读|链接|文章|阅读|新闻|信息|搜索|推荐|资讯|文件|文档|喜欢)[】\]]?\s*(?:[:：].{0,80})?"
)
BULLET = re.compile(r"(?:[·•◆▪■►-]|\d{1,2}[.、])\s*\S.{2,60}$")


@rule("C520", "页面工具栏", stage="chrome", effect="removes", looks_at="line")
def toolbar(text: Text) -> Iterator[Finding]:
    """A line of nothing but page tools is removed: font size, print, close, share, favourites.

    Before: 【字体：大 中 小】【打印】【关闭】 — After: nothing
    Keeps: 打印, 关闭, 分享 in prose; a line of one such word that a document may hold (打印, 微信).
    """
    yield from (drop_line(text.line(i), text) for i in text.where(is_toolbar, TOOLBAR_BEGINS))


def is_toolbar(line: str) -> bool:
    """Whether a line holds nothing but page tools: two, one in brackets, or one that is a button by itself."""
    if not TOOLBAR.fullmatch(line) and not (COUNTED.search(line) and TOOLBAR.fullmatch(COUNT.sub("", line))):
        return False
    words = TOOLS.findall(line)
    bracketed = line[0] in "【[〖" and line[-1] in "】]〗"
    return len(words) > 1 or (bool(words) and (bracketed or words[0] in BUTTONS))


@rule("C521", "上一篇、下一篇", stage="chrome", effect="removes", looks_at="line")
def neighbour_link(text: Text) -> Iterator[Finding]:
    """The links to the page before and after are removed.

    Before: 上一篇：关于开展安全检查的通知 — After: nothing
    Keeps: 上一篇 in prose; a line that goes on without a colon.
    """
    yield from (drop_line(text.line(i), text) for i in text.where(NEIGHBOUR.fullmatch, "【[<上下前后"))


@rule("C522", "责任编辑", stage="chrome", effect="removes")
def editor_line(text: Text) -> Iterator[Finding]:
    """A line at the end that names the page's editors is removed.

    Before: （责任编辑：张三 审核：李四） — After: nothing
    Keeps: such words anywhere but in the last lines; 签发人 and 联系人, which are the document's.
    """
    last = len(text.line_texts)
    for i in range(max(0, last - TAIL), last):
        if EDITOR.fullmatch(text.line_texts[i]):
            yield drop_line(text.line(i), text)


def is_certain_footer(line: str) -> bool:
    """Whether a line is of the footer by itself, and not only beside another."""
    # Most lines are sentences.
    return "。" not in line and FOOTER.fullmatch(line) is not None and STRONG_FOOTER.search(line) is not None


@rule("C523", "网站页脚", stage="chrome", effect="removes")
def site_footer(text: Text) -> Iterator[Finding]:
    """The footer of a site is removed: ICP and 公安 numbers, 版权所有, and the lines beside them on 主办 and 技术支持.

    Before: 版权所有：某市教育局 苏ICP备05000000号-1 ⏎ 主办单位：某市教育局 — After: nothing
    Keeps: 版权, 主办, 地址 in the body: 主办单位 goes only beside a line that is certain.
    """
    lines = text.line_texts
    dropped = {*text.where(is_certain_footer)}
    for step in (1, -1):
        for i in sorted(dropped):
            while 0 <= (i := i + step) < len(lines) and i not in dropped and WEAK_FOOTER.fullmatch(lines[i]):
                dropped.add(i)
    for i in sorted(dropped):
        yield drop_line(text.line(i), text)


@rule("C524", "扫码提示", stage="chrome", effect="removes", looks_at="line")
def qr_prompt(text: Text) -> Iterator[Finding]:
    """The prompt beside a QR code is removed.

    Before: 扫一扫在手机打开当前页 — After: nothing
    Keeps: 扫黑除恶, 扫码 in sentences.
    """
    for i in text.holding("扫", "长按识别"):
        line = text.line(i)
        if len(line.text) <= 40 and QR_PROMPT.fullmatch(line.text):
            yield drop_line(line, text)


@rule("C525", "导航菜单", stage="chrome", effect="removes")
def navigation_menu(text: Text) -> Iterator[Finding]:
    """The menu of a site is removed: one line of its words, or a column of three and more.

    Before: 首页 机构概况 政务公开 办事服务 互动交流 — After: nothing
    A single such word goes only where it heads a page: above its title.
    Keeps: lines of which fewer than two thirds are words known from menus; a single such word, which may be a heading.
    """
    lines = [*text.line_texts, ""]
    column: list[int] = []
    behind = 0  # the first line not looked at
    for i in (*text.where(_may_be_menu), len(lines) - 1):
        if i > behind:
            yield from _drop_column(column, lines[behind], text)
            column = []
        words = [word for word in BETWEEN_WORDS.split(lines[i]) if word] if len(lines[i]) <= LONGEST_MENU else []
        if _is_menu(words, lines[i]):
            yield drop_line(text.line(i), text)
        elif words and len(words) < 4 and all(word in COLUMN_WORDS for word in words):
            column.append(i)
        else:
            yield from _drop_column(column, lines[i], text)
            column = []
        behind = i + 1


def _may_be_menu(line: str) -> bool:
    """Whether a line begins with a word of menus, or with three short words."""
    first = FIRST_WORD.match(line)
    return first is not None and (first[1] in COLUMN_WORDS or THREE_WORDS.match(line) is not None)


def _drop_column(column: list[int], following: str, text: Text) -> Iterator[Finding]:
    """Menu words line by line are dropped where they are three or more, or one above the title."""
    if len(column) > 2 or (column == [0] and ABOUT.search(following)):
        yield from (drop_line(text.line(i), text) for i in column)


def _is_menu(words: list[str], line: str) -> bool:
    """Whether a line is a menu by itself: four words, or three between bars, most of them known from menus."""
    barred = "|" in line or "｜" in line
    enough = len(words) > 3 or (len(words) == 3 and barred)
    if not enough or max(map(len, words)) > 10:
        return False
    known = sum(word in MENU_WORDS or (barred and word.endswith(SITES)) for word in words)
    return words[0].endswith("首页") or 3 * known >= 2 * len(words)


@rule("C526", "页码", stage="chrome", effect="removes")
def page_number(text: Text) -> Iterator[Finding]:
    """The numbers of printed pages are removed, so that the sentence they stand in can be joined.

    Before: 全面落实市委 ⏎ — 2 — ⏎ 教育工作部署。 — After: 全面落实市委教育工作部署。
    A bare number counts only where three and more of them run on by ones through the text.
    Keeps: numbers in tables and lists; 第3页 in prose.
    """
    for i in _page_numbers(text):
        yield _close_pages(text, i, i)
    bare = text.where(BARE_NUMBER.fullmatch, "0")
    if len(bare) > 2 and all(_runs_on(text.line(i), text.line(j)) for i, j in pairwise(bare)):
        yield from (drop_line(text.line(i), text) for i in bare)


def _page_numbers(text: Text) -> list[int]:
    return text.where(PAGE_NUMBER.fullmatch, "—－-–―─第")


@rule("C539", "浏览器打印的页眉页脚", stage="chrome", effect="removes", needs="/")
def browser_print(text: Text) -> Iterator[Finding]:
    """What a browser prints at the edges of each page is removed: time and title above, address and page below.

    Before: https://www.example.gov.cn/a.html 1/3 ⏎ 2024/6/12 10:41 关于…的通知_某市人民政府 — After: nothing
    Needs the address with the number of its page on a line of their own; the line of the time goes only with one.
    Keeps: an address by itself; a time with a title in a text that has no such address.
    """
    feet = text.where(PRINT_FOOT.fullmatch, "hf")
    edges = sorted({*feet, *text.where(PRINT_HEAD.fullmatch, "0")}) if feet else []
    for _, numbers in groupby(enumerate(edges), key=lambda each: each[1] - each[0]):
        block = [i for _, i in numbers]
        yield _close_pages(text, block[0], block[-1])


def _runs_on(before: Line, after: Line) -> bool:
    """Whether bare numbers count pages: up by one each, and a page's worth of text between them."""
    number, following = (int(line.text.partition("/")[0]) for line in (before, after))
    return following == number + 1 and after.start - before.stop > 200


@rule("C527", "分隔线", stage="chrome", effect="removes", looks_at="line")
def decoration_line(text: Text) -> Iterator[Finding]:
    """A line drawn from signs alone is removed.

    Before: ═══════════ — After: nothing
    So are arrows that point down, and the tag of an account's collection (#全民阅读 12个).
    Keeps: —— and …… , and every line with ink.
    """
    yield from (drop_line(text.line(i), text) for i in text.where(DECORATION.fullmatch, DECORATION_BEGINS))


@rule("C528", "欢迎语与站名", stage="chrome", effect="removes")
def site_greeting(text: Text) -> Iterator[Finding]:
    """A site's name, greeting or clock is removed.

    Before: 今天是2020年7月3日 星期五 欢迎访问某某学校网站！ — After: nothing
    A name alone goes only at the top of the page.
    Keeps: 欢迎 and 网站 in prose.
    """
    names = {i for i, line in enumerate(text.line_texts[:TOP]) if SITE_NAME.fullmatch(line)}
    yield from (drop_line(text.line(i), text) for i in sorted(names.union(text.where(GREETING.fullmatch))))


@rule("C529", "范文网与客户端用语", stage="chrome", effect="removes", looks_at="line")
def farm_line(text: Text) -> Iterator[Finding]:
    """A line in which a content farm, a document library or an app speaks of itself is removed.

    Before: 以下是小编为大家整理的通知范文，仅供参考，希望能够帮助到大家。 — After: nothing
    Keeps: lines of more than 80 characters, addresses aside; the words 下载, 收藏, 分享 by themselves.
    """
    yield from (drop_line(text.line(i), text) for i in text.where(_is_of_farm))


def _is_of_farm(line: str) -> bool:
    short = len(line) <= 80 or ("://" in line and len(ADDRESS.sub("", line)) <= 80)
    return short and FARM.search(line) is not None and (line[0] == "【" or not STRUCTURAL.match(line))


@rule("C530", "页眉", stage="chrome", effect="removes")
def running_head(text: Text) -> Iterator[Finding]:
    """A line that stands on page after page, cutting sentences, is removed.

    Why: PDF text has the head of each page in the middle of its paragraphs.
    Needs two equal lines of ten characters and more without a terminal, one of them inside a sentence.
    Keeps: equal lines between paragraphs; table rows.
    """
    lines = text.line_texts
    if text.distinct == len(lines):
        return
    counts = Counter([line for line in lines if 10 <= len(line) <= 60])
    repeated = {each for each, count in counts.items() if count > 1 and not SENTENCE_MARK.search(each)}
    # A title said twice, and a row of a table, are none.
    beside = {line for line, following in pairwise(lines) if line == following} if repeated else set[str]()
    repeated = {line for line in repeated - beside if "\t" not in line}
    if not repeated:
        return
    edges = sorted({*_page_numbers(text), *(i for i, line in enumerate(lines) if line in repeated)})
    heads: set[str] = set()
    for _, numbers in groupby(enumerate(edges), key=lambda each: each[1] - each[0]):
        block = [i for _, i in numbers]
        before, after = block[0] - 1, block[-1] + 1
        here = {lines[i] for i in block} & repeated
        if here and before >= 0 and after < len(lines) and _cuts(lines[before], lines[after]):
            heads |= here
            yield Edit(text.line(before).stop, text.line(after).start, "")
    # Where the head repeats the document's own title, that title stays.
    heads = {head for head in heads if not TITLE_END.search(head)}
    yield from (drop_line(text.line(i), text) for i, line in enumerate(lines) if line in heads)


def _close_pages(text: Text, first: int, last: int) -> Edit:
    """The edit that removes lines ``first`` to ``last`` of printed pages' edges, and joins the sentence they cut."""
    lines = text.line_texts
    if first > 0 and last < len(lines) - 1 and _cuts(lines[first - 1], lines[last + 1]):
        return Edit(text.line(first - 1).stop, text.line(last + 1).start, "")
    return Edit(text.line(first).start, min(text.line(last).stop + 1, len(text.text)), "")


def _cuts(before: str, after: str) -> bool:
    """Whether a sentence goes on from one line to the other."""
    is_open = len(before) > 15 and SENTENCE_OPEN.search(before) and SENTENCE_MARK.search(before)
    return bool(is_open and SENTENCE_MARK.search(after) and not STRUCTURAL.match(after))


@rule("C531", "文后的相关链接", stage="chrome", effect="removes")
def related_links(text: Text) -> Iterator[Finding]:
    """The list of related pages behind a document is removed.

    Before: 2024年3月1日 ⏎ 相关稿件 ⏎ · 一图读懂… — After: 2024年3月1日
    Begins after the document's last date, with 相关稿件, 相关解读 and the like; goes on over bulleted lines.
    Keeps: 相关链接 anywhere in the body; what follows the date and is no bulleted line (附注, 抄送, 附件).
    """
    lines = text.line_texts
    last_date = max(text.date_lines, default=len(lines))
    behind = 0
    for start in text.where(RELATED.fullmatch, "【[相关猜"):
        if start > last_date and start >= behind:
            behind = start + 1
            while behind < len(lines) and (BULLET.match(lines[behind]) or RELATED.fullmatch(lines[behind])):
                behind += 1
            yield from (drop_line(text.line(i), text) for i in range(start, behind))


@rule("C538", "句末的更多链接", stage="chrome", effect="removes", needs=">＞》")
def more_link(text: Text) -> Iterator[Finding]:
    """The link to another page behind a paragraph is cut off: >>>更多内容，点击阅读.

    Before: 出席会议。>>>更多内容，点击阅读 — After: 出席会议。
    Keeps: 更多, 点击, 阅读 in prose; arrows that no such words follow.
    """
    for i in text.holding(">>", "＞＞", "》》"):
        line = text.line(i)
        match = MORE.search(line.text)
        if match and match.start():
            yield Edit(line.start + match.start(), line.stop, "")


@rule("C532", "粘在日期后的工具栏", stage="chrome", effect="removes", needs="【[", looks_at="line")
def glued_tools(text: Text) -> Iterator[Finding]:
    """Page tools glued to the date or the title of a document are cut off.

    Before: 2021年12月20日【打印】【关闭】责任编辑：宁静 浏览：331 — After: 2021年12月20日
    Needs two bracketed tools or labels of a page in succession, and nothing but such behind them.
    Keeps: 【】 in prose.
    """
    for i in text.holding("】【", "] [", "】 【", "]["):
        line = text.line(i)
        match = GLUED_TOOLS.search(line.text)
        if match and match.start():
            yield Edit(line.start + match.start(), line.stop, "")
