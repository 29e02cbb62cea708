"""C: the lines at the head and the tail of a page that only their place gives away: amid its furniture."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from govdoc.rules.chrome import BREADCRUMB, DAY, HOT_WORDS, MONTH, VIEW_COUNT
from govdoc.rules.furniture import (
    ABOUT,
    COLUMN_WORDS,
    EDITOR,
    GREETING,
    NEIGHBOUR,
    QR_PROMPT,
    RELATED,
    TITLE_END,
    TOOLBAR,
    is_certain_footer,
    is_toolbar,
)
from govdoc.rules.page_metadata import is_index_line, is_publication_line
from govdoc.rules.registry import Finding, rule
from govdoc.rules.text import DATE_LINE, DOC_NUMBER_LINE, MARKED_FRONT, Text, drop_line, squeeze

HEAD: Final = 80
TAIL: Final = 160
LONGEST_WORD: Final = 6
LONGEST: Final = 80
LONGEST_ABOVE: Final = 40
FURNITURE: Final = (
    is_toolbar,
    BREADCRUMB.fullmatch,
    NEIGHBOUR.fullmatch,
    VIEW_COUNT.fullmatch,
    HOT_WORDS.fullmatch,
    GREETING.fullmatch,
)
OF_A_DOCUMENT = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十百\d]{1,5}[章节条]|附\s*[件表](?!下载|【)"
    r"|(?:抄送|抄报|分送|主送|抄|签发人|联系人|出席|列席)\s*[：:]|[（(](?:此[件文页]|本文|联系|信息公开|公开|主动|依申请)"
    r"|.*印发\Z|.*\t|.*[。；]"
)
PAGE_DATE = re.compile(r".*[\[（(]?\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?[\]）)]?\Z")
OF_A_SITE = re.compile("本站|本网站?|网友评论|免责声明")
READINGS = re.compile(r"(?:政策|相关|部门|专家|图片|视频|文字|媒体)*解读[:：]?")
MAIL = re.compile(r"(?:发件人|收件人|抄送人?|日期|时间|发送时间|主题|附件)\s?[:：]")
FILE_NAME = re.compile(
    r"(?:附件\s*\d{0,2}\s*[:：]?\s*)?[【\[]?\s*(?:\d{1,2}[.、．])?\s*(?P<name>[^\t。；]{1,80}?)\.(?:docx?|xlsx?|pptx?|pdf|wps|et|ofd|zip|rar|jpe?g|png)"
    r"\s*[】\]]?\s*(?:[（(]\s?[\d.]{1,8}\s?[KMkm]?[Bb]?\s?[）)]\s*)?(?P<load>[（(]?\s*(?:点击)?已?(?:下载|预览)[^。；]{0,20})?",
    re.IGNORECASE,
)
FILE_HEADING = re.compile(
    r"[【\[]?(?:相关|资料)?附件(?:下载|列表)?[】\]]?\s*[:：]?|[【\[]?(?:相关|资料|文件)下载[】\]]?\s*[:：]?"
)


def _is_furniture(line: str) -> bool:
    return any(test(line) for test in FURNITURE)


def _closes_page(line: str) -> bool:
    """Whether a line stands only under a document: furniture, editors, QR prompts, the footer."""
    short = len(line) <= LONGEST_ABOVE
    named = EDITOR.fullmatch(line) or (short and QR_PROMPT.fullmatch(line))
    return _is_furniture(line) or bool(named) or is_certain_footer(line)


def _is_title(line: str) -> bool:
    return bool(ABOUT.search(line) or TITLE_END.search(line))


@rule("C533", "面包屑以上的页头", stage="chrome", effect="removes")
def page_head(text: Text) -> Iterator[Finding]:
    """Short lines above the breadcrumb, and between two pieces of furniture above the document, are removed.

    Why: no list knows the columns of every site; but what stands over the path of a page belongs to the page.
    Before: 省情 ⏎ 小桂在线 ⏎ 当前位置：首页 > 公告 ⏎ 关于… — After: 关于…
    Keeps: a title there that does not stand again below; 文号, 密级, 紧急程度, …文件; everything once a sentence began.
    """
    lines = text.line_texts
    stop = next((i for i, line in enumerate(lines[:HEAD]) if _begins_document(line)), min(HEAD, len(lines)))
    known = [i for i in range(stop) if _is_furniture(lines[i]) or is_publication_line(lines[i])]
    paths = [i for i in known if BREADCRUMB.fullmatch(lines[i])]
    above = range(paths[-1] if paths else 0)
    dropped = {i for i in above if i not in known and _is_above(lines, i, stop)}
    for before, after in pairwise(known):
        between = range(before + 1, after)
        if all(_is_between(lines[i]) for i in between):
            dropped.update(between)
    for i in known:
        dropped.update(j for j in (i - 1, i + 1) if 0 <= j < stop and _is_beside(lines[j]))
    yield from (drop_line(text.line(i), text) for i in sorted(dropped))


def _is_prose(line: str) -> bool:
    """Whether a line holds a sentence that no site says of itself."""
    return "。" in line and not OF_A_SITE.search(line)


def _begins_document(line: str) -> bool:
    return _is_prose(line) or DOC_NUMBER_LINE.fullmatch(line) is not None


def _is_above(lines: Sequence[str], i: int, stop: int) -> bool:
    """Whether a line above the breadcrumb is the page's: short, no mark of a document, or a title said again below."""
    line = lines[i]
    if _is_title(line):
        title = squeeze(line)
        title = title[max(0, title.find("关于")) :]
        return any(title in squeeze(other) for other in lines[i + 1 : stop])
    kept = (OF_A_DOCUMENT.match, MARKED_FRONT.match, DAY.fullmatch, MONTH.fullmatch)  # a lone figure is C505's
    return len(line) <= LONGEST_ABOVE and not any(test(line) for test in kept)


def _is_between(line: str) -> bool:
    """Whether a line between two pieces of furniture is the page's: an entry of its index, or its words."""
    words = line.split()
    return bool(words) and (is_index_line(line) or all(word in COLUMN_WORDS for word in words))


def _is_beside(line: str) -> bool:
    """Whether a line beside furniture belongs to it: a tool alone, or a row of words of one kind."""
    words = line.split()
    row = len(words) > 3 and len(set(map(len, words))) == 1 and len(words[0]) <= LONGEST_WORD
    return bool(line) and (TOOLBAR.fullmatch(line) is not None or row)


@rule("C534", "正文以下的页尾", stage="chrome", effect="removes")
def page_tail(text: Text) -> Iterator[Finding]:
    """What follows the first furniture under a document is removed with it, to the end of the page.

    Why: links to other sites, related titles and slogans have no sign of their own; but nothing of a document stands
    under 【打印】【关闭】, 扫一扫, 上一篇 or 责任编辑 unless it says so.
    Before: 2022年7月20日 ⏎ 打印本页 关闭窗口 ⏎ 部门网站 ⏎ 乡镇网站 — After: 2022年7月20日
    Keeps: everything where a mark of a document follows: a sentence, a numeral, 附件, 抄送, a date alone, a table, a
    title that is none of the related ones; lines before the furniture.
    """
    lines = text.line_texts
    last = len(lines)
    begin = next((i + 1 for i in range(last - 1, max(-1, last - TAIL), -1) if _is_prose(lines[i])), None)
    if begin is None:
        return
    dropped: list[int] = []
    inside = listed = dated = False
    for i in range(begin, last):
        dated = dated or DATE_LINE.fullmatch(lines[i]) is not None
        heads = (dated or inside) and (RELATED.fullmatch(lines[i]) or READINGS.fullmatch(lines[i]))
        tool = dated and len(lines[i]) > 1 and TOOLBAR.fullmatch(lines[i])
        if heads or tool or _closes_page(lines[i]):
            inside, listed = True, listed or bool(heads)
            if heads or tool:
                dropped.append(i)
        elif inside and not OF_A_SITE.search(lines[i]) and _of_document(lines, i, listed):
            dropped, inside, listed = [], False, False
        elif inside:
            dropped.append(i)
    yield from (drop_line(text.line(i), text) for i in dropped)


def _of_document(lines: Sequence[str], i: int, listed: bool) -> bool:
    """Whether a line under the furniture is a document's: marked as one, a date alone, or a title of no list."""
    line = lines[i]
    title = _is_title(line) and not listed and not PAGE_DATE.match(line)
    return len(line) > LONGEST or bool(OF_A_DOCUMENT.match(line) or DATE_LINE.fullmatch(line)) or title


@rule("C535", "附件下载链接", stage="chrome", effect="removes")
def attachment_link(text: Text) -> Iterator[Finding]:
    """Under the date of a document, the page's links to its files are removed, with the heading over them.

    Before: 2023年11月2日 ⏎ 附件【1.工作进程表.xlsx】已下载312次 — After: 2023年11月2日
    Needs the name of a file, and 下载 behind it or the same name in the document above.
    Keeps: the 附件说明, which stands above the date, whatever the names in it end in.
    """
    lines = text.line_texts
    dates = text.date_lines
    if not dates:
        return
    above = ""
    heading: list[int] = []
    for i in range(dates[-1] + 1, len(lines)):
        found = FILE_NAME.fullmatch(lines[i])
        if found and not above:
            above = squeeze("\n".join(lines[: dates[-1]]))
        if FILE_HEADING.fullmatch(lines[i]):
            heading = [i]
        elif found and (found["load"] or squeeze(found["name"]) in above):
            yield from (drop_line(text.line(j), text) for j in (*heading, i))
            heading = []
        else:
            heading = []


@rule("C536", "邮件头", stage="chrome", effect="removes", needs=":：")
def mail_head(text: Text) -> Iterator[Finding]:
    """The head of a mail that a document was sent in is removed: 发件人, 收件人, 日期, 主题.

    Before: 发件人：省卫生健康委 ⏎ 日期：2020-05-12 16:20 ⏎ 主题：转发通知 — After: nothing
    Needs 发件人 and two more such lines at the top of the text.
    Keeps: 日期 and 主题 anywhere else.
    """
    lines = text.line_texts
    stop = next((i for i, line in enumerate(lines) if not MAIL.match(line)), len(lines))
    if stop > 2 and any(line.startswith("发件人") for line in lines[:stop]):
        yield from (drop_line(text.line(i), text) for i in range(stop))
