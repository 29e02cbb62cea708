"""C: a title that the page printed for itself above the document's own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from govdoc.rules.chrome import LONGEST_TITLE, NOT_IN_TITLES, TOP
from govdoc.rules.furniture import ABOUT
from govdoc.rules.registry import Finding, rule
from govdoc.rules.text import HANZI, MARKED_FRONT, STRUCTURAL, Text, drop_line, squeeze
from govdoc.wording.vocabulary import TITLE_END, is_agency

SHORTEST: Final = 10
MOST_LINES: Final = 3  # of a title
# 政务服务丨…的意见: the column of the site; a forum puts it in brackets and its button behind the title.
COLUMN = re.compile(r"(?:[^《》〈〉。，：\s]{2,8}\s?[丨｜|]|\[[^\[\]]{2,8}\])\s?(?P<title>\S.*?)(?:\s?\[复制链接\])?")
LABELLED = re.compile(r"(?:信息|文件|文章)?(?:标题|名称)\s?[：:]\s?(?P<title>\S.*)")
# 鲁政发〔2014〕20号《…的意见》: as lists of a legal database name a document.
LISTED = re.compile(r"(?:[^\s，。《》]{1,20}[〔\[（(]\d{4}[〕\]）)]第?\d{1,5}号\s?)?《(?P<title>[^《》]{8,})》")
PLAIN_WORD = re.compile(rf"[{HANZI}]{{2,12}}")


@rule("C537", "页面另印的标题", stage="chrome", effect="removes")
def page_title(text: Text) -> Iterator[Finding]:
    """A title at the head of a page is removed where the document's own stands below it.

    Why: sites print the title of a page above the article, which has it again under its red head: the same, the same
    on several lines, or without the column, label or 文号 that the page put to it. Only an agency may stand between;
    or plain words of the page (an account's name, its region), which go with it.
    Before: 关于…的通知 ⏎ 某省某市人民政府 ⏎ 关于…的通知 ⏎ 某政发〔2020〕1号 — After: 某省某市人民政府 ⏎ 关于…的通知 ⏎ …
    Before: 某政发〔2014〕20号《…的意见》 ⏎ …的意见 ⏎ 某政发〔2014〕20号 — After: …的意见 ⏎ 某政发〔2014〕20号
    Keeps: a title that stands once; the title of an issued text, which has a sentence above it; equal lines that are
    no title.
    """
    head = text.line_texts[:TOP]
    stop = next((i for i, line in enumerate(head) if "。" in line), len(head))
    for i in range(stop - 1):
        below = _said_again(head, i, stop)
        if below:
            between = [j for j in range(i + 1, below) if not is_agency(squeeze(head[j]))]
            yield from (drop_line(text.line(j), text) for j in (i, *between))


def _said_again(lines: Sequence[str], i: int, stop: int) -> int:
    """Where the title of line ``i`` stands again below it; 0 where it does not."""
    changed = COLUMN.fullmatch(lines[i]) or LABELLED.fullmatch(lines[i]) or LISTED.fullmatch(lines[i])
    title = changed["title"] if changed else lines[i]
    if not SHORTEST <= len(title) <= LONGEST_TITLE or NOT_IN_TITLES.search(title):
        return 0
    if not (ABOUT.search(title) or TITLE_END.search(title)):
        return 0
    wanted = {squeeze(title), squeeze(f"《{title}》")} - {squeeze(lines[i])}
    if not changed:
        wanted = {squeeze(title)}
    for below in range(i + 1, stop):
        if any(_joined(lines, below, below + count, stop) in wanted for count in range(1, MOST_LINES + 1)):
            again = below > i + 1 or squeeze(lines[below]) not in wanted or changed is not None
            return below if again else 0
        if not is_agency(squeeze(lines[below])) and not _is_plain(lines[below]):
            return 0
    return 0


def _is_plain(line: str) -> bool:
    """Whether a line is a word or two that no document has above its title."""
    kept = (MARKED_FRONT.match, STRUCTURAL.match, TITLE_END.search)
    return PLAIN_WORD.fullmatch(line) is not None and not any(test(line) for test in kept)


def _joined(lines: Sequence[str], begin: int, end: int, stop: int) -> str:
    return squeeze("".join(lines[begin:end])) if end <= stop else ""
