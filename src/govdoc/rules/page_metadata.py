"""C: what a page says of its document in labelled lines: taken out of the text, kept as metadata of the source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from govdoc.edits import Edit
from govdoc.rules.registry import Finding, rule
from govdoc.rules.text import Line, Text, alternation, beginnings, drop_line, page_words
from govdoc.span import Mark
from govdoc.wording.vocabulary import TITLE_END

BLANK = "[ \\u3000]*"
METADATA = re.compile(r"【(?<=^【)([^】]{1,14})】([^\n]*)$", re.MULTILINE)
METADATA_LABELS = frozenset(page_words("database"))
SECTION_LABELS = frozenset(("文章属性", "正文", "法规属性", "文件属性", "基本信息"))
LOST_AFTER_DATE = re.compile(r"(?<=\d)\?$")
DISCLOSURE = frozenset(page_words("disclosure"))
INDEX_WORDS = frozenset(page_words("index"))
_INDEX = alternation(page_words("index"), between=BLANK)
INDEX_LABEL = re.compile(
    rf"(?:^|(?<=[\s|｜]))(?: *({_INDEX})[ \u3000]*[:：]| *[\[【] ?({_INDEX}) ?[\]】][:：]?)[ \t\u3000]*"
)

PUBLICATION_LABEL = re.compile(
    rf"(?:^|(?<=[\s|｜【\[]))({alternation(page_words('publication'), between=BLANK)})[ \u3000]*[:：][ \t\u3000]*"
)
LEADS = "|｜◆◇·•●▪* -"  # what a list or a table of text puts before its entries
LABEL_FIRST = re.compile(rf"[【\[|｜◆◇·•●▪* -]*+{alternation(page_words('publication'), between=BLANK)}[ \u3000]*[:：]")
INDEX_BEGINS = beginnings(INDEX_WORDS) + LEADS + "【["
LABEL_BEGINS = beginnings(page_words("publication")) + LEADS + "【["
DATABASE_LINK = re.compile(
    r"[\[【](?:本法变迁史?|(?:相关|法宝|期刊|案例)联想[^\]】\n]{0,40}|法宝引证码[^\]】\n]{0,40})[\]】]"
)
TIMESTAMP = re.compile(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:[ \u3000]*\d{1,2}:\d{2}(?::\d{2})?)?")
FIGURES_DATE = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}")
COUNT_BELOW = re.compile(r"[\[【(（]\s?\d{1,7}\s?次?\s?[\]】)）]")
PUBLISHED = frozenset(("发布时间", "发布日期", "更新时间", "更新日期", "发表时间"))
ORIGIN = frozenset(("来源", "信息来源", "文章来源", "稿件来源", "作者", "供稿", "供稿单位", "发布机构", "发布单位"))
TITLE_KEYS = frozenset(("标题", "名称", "信息名称", "文件名称"))
LONGEST = 160
NEAR = 8  # lines from the top or the bottom of a page where single labels stand


LABEL_MARK = re.compile(r"[:：\]】]")


class Labelled(NamedTuple):
    """A label of a line with its value."""

    key: str
    value: str


def _labelled(line: str, label: re.Pattern[str]) -> list[Labelled]:
    """The labels and values that make up the whole line; empty where it begins with none or is prose."""
    if len(line) > LONGEST or not LABEL_MARK.search(line) or "。" in line or "；" in line:
        return []
    found = list(label.finditer(line))
    if not found or found[0].start():
        return []
    ends = [match.start() for match in found[1:]] + [len(line)]
    return [
        Labelled(
            "".join((match.group(1) or match.group(match.lastindex or 1)).split()),
            line[match.end() : end].strip(" \t\u3000|｜[]【】"),
        )
        for match, end in zip(found, ends, strict=True)
    ]


def is_index_line(line: str) -> bool:
    """Whether a line holds nothing but entries of an index table."""
    return bool(_labelled(line.lstrip(LEADS), INDEX_LABEL))


def _may_index(line: str) -> bool:
    """Whether a line, behind what a list puts before it, begins with a label of an index table."""
    return INDEX_LABEL.match(line.lstrip(LEADS)) is not None


def is_publication_line(line: str) -> bool:
    """Whether a line says when or by whom a page was put up, in two labels or in one with a date."""
    pairs = _labelled(line.lstrip("【[" + LEADS), PUBLICATION_LABEL)
    return len(pairs) > 1 or any(pair.key in PUBLISHED and TIMESTAMP.match(pair.value) for pair in pairs)


def _metadata_marks(line: Line, pairs: list[Labelled]) -> Iterator[Mark]:
    for key, value in pairs:
        if value:
            yield Mark("metadata", line.start, line.stop, value=value, key=key)


def _metadata(text: Text) -> list[re.Match[str]]:
    found = [m for m in METADATA.finditer(text.text) if "".join(m.group(1).split()) in METADATA_LABELS]
    return found if len(found) >= 2 else []


@rule("C507", "法规库属性", stage="chrome", effect="removes", needs="【")
def metadata_block(text: Text) -> Iterator[Finding]:
    """The 【label】 lines of a legal database are removed; each survives as metadata of the source.

    Before: 【制定机关】苏州市教育局 — After: nothing
    A ? that a lossy recode left after a complete date is not part of the value. The metadata never fills a field of
    the document: the body's date and number win.
    Keeps: 【】 in prose; labels that are not in the known set; a single such line.
    """
    for match in _metadata(text):
        yield Edit(match.start(), min(match.end() + 1, len(text.text)), "")
        key, value = "".join(match.group(1).split()), LOST_AFTER_DATE.sub("", match.group(2).strip())
        yield Mark("metadata", match.start(), match.end(), value=value, key=key)


@rule("C508", "属性栏标题", stage="chrome", effect="removes", needs="【")
def section_label(text: Text) -> Iterator[Finding]:
    """The section labels around a metadata block (文章属性, 正文) are removed.

    Keeps: 正文 in prose, and on a line of its own in a text without such a block.
    """
    if not _metadata(text):
        return
    for i in text.where(SECTION_LABELS.__contains__, "文正法基"):
        line = text.line(i)
        yield drop_line(line, text)
        yield Mark("label", line.start, line.stop, value=line.text)


@rule("C510", "索引号信息表", stage="chrome", effect="removes")
def index_block(text: Text) -> Iterator[Finding]:
    """The index table of an information-disclosure page is removed; its entries survive as metadata.

    Before: 索 引 号：000014349/2018-00222 ⏎ 主题分类：教育 ⏎ 发文机关：国务院 ⏎ … — After: nothing
    Needs three labelled lines in succession, one of them of the kind only such tables have; a value may stand on the
    line after its label, a bullet or a bar before it.
    In rows of cells, values stand beside their labels or all in the row below, colons or none.
    Keeps: 主题词：… and 发布日期：… by themselves; labelled lines in the body; a list of documents under such a head.
    """
    run: list[tuple[Line, list[Labelled]]] = []
    below = False  # a table has its values either beside its labels or all below them
    labelled = {
        i: pairs
        for i in text.where(_may_index, INDEX_BEGINS)
        if (pairs := _labelled(text.line_texts[i].lstrip(LEADS), INDEX_LABEL))
    }
    values = set()
    for i in filter(lambda i: _may_row(text.line_texts[i]), text.holding("\t")):
        pairs, under = _row(text.line_texts, i)
        if pairs:
            labelled[i] = pairs
            values |= {i + 1} if under else set()
    # Each label and the two lines behind it: a value may follow it, any other line ends the table.
    for i in sorted({i + ahead for i in labelled for ahead in range(3) if i + ahead <= len(text.line_texts)}):
        line = text.line(i) if i < len(text.line_texts) else Line(len(text.text), len(text.text), "")
        if i in values:
            run.append((line, []))
        elif pairs := labelled.get(i, []):
            below = below if run else not pairs[0].value
            run.append((line, pairs))
        elif below and run and run[-1][1] and not run[-1][1][-1].value and _is_value(line.text, run[-1][1][-1].key):
            run[-1][1][-1] = Labelled(run[-1][1][-1].key, line.text)
            run.append((line, []))
        else:
            yield from _drop_index(run, text)
            run = []


def _may_row(line: str) -> bool:
    return len(line) <= LONGEST and _key(line.partition("\t")[0]) in INDEX_WORDS


def _key(cell: str) -> str:
    return "".join(cell.split()).strip("[]【】：:")


def _row(lines: Sequence[str], i: int) -> tuple[list[Labelled], bool]:
    """The entries of a row of cells, and whether their values are the row below; none where it is no row of an index.

    Many rows below one of labels are a list of documents, and no index of this one.
    """
    cells = [cell.strip() for cell in lines[i].split("\t")]
    keys = [_key(cell) for cell in cells]
    known = [key in INDEX_WORDS for key in keys]
    if not all(known):
        beside = len(cells) % 2 == 0 and all(known[::2]) and not any(known[1::2])
        return [Labelled(*pair) for pair in zip(keys[::2], cells[1::2], strict=True)] if beside else [], False
    under, after = ([cell.strip() for cell in line.split("\t")] for line in (*lines[i + 1 : i + 3], "", "")[:2])
    rows = len(under) == len(cells) != len(after) or (len(under) == len(cells) and _key(after[0]) in INDEX_WORDS)
    if not rows or any(_key(cell) in INDEX_WORDS or "。" in cell for cell in under):
        return [], False
    return [Labelled(*pair) for pair in zip(keys, under, strict=True)], True


def _is_value(text: str, key: str) -> bool:
    """Whether a line may be the value of the label above it: short, and no title that begins the document."""
    titled = TITLE_END.search(text) is not None and key not in TITLE_KEYS
    return 0 < len(text) <= 60 and not titled and ("。" not in text or key == "内容概述")


def _drop_index(run: list[tuple[Line, list[Labelled]]], text: Text) -> Iterator[Finding]:
    keys = [pair.key for _, pairs in run for pair in pairs]
    if len(keys) < 3 - ("索引号" in keys) or DISCLOSURE.isdisjoint(keys):
        return
    for line, pairs in run:
        yield drop_line(line, text)
        yield from _metadata_marks(line, pairs)


@rule("C511", "发布信息行", stage="chrome", effect="removes")
def publication_line(text: Text) -> Iterator[Finding]:
    """The line that says when and by whom a page was put up is removed; it survives as metadata.

    Before: 发布时间：2023-03-01 10:21 来源：市教育局 浏览次数：128 — After: nothing
    Needs two labels on the line; or one that dates a publication, with a date; or an origin near the page's top or
    bottom. The page's date is never the document's.
    Keeps: 时间：… and 来源：… in the body of a notice; prose.
    """
    last = len(text.line_texts) - 1
    for i in text.where(LABEL_FIRST.match, LABEL_BEGINS):
        line = text.line(i)
        pairs = _labelled(line.text.lstrip("【[" + LEADS), PUBLICATION_LABEL)
        if not pairs:
            continue
        key, value = pairs[0]
        dated = key in PUBLISHED and TIMESTAMP.match(value)
        origin = key in ORIGIN and min(i, last - i) < NEAR and len(value) <= 30
        if len(pairs) > 1 or dated or origin:
            yield drop_line(line, text)
            if not pairs[-1].value and i < last and COUNT_BELOW.fullmatch(text.line_texts[i + 1]):
                yield drop_line(text.line(i + 1), text)
            yield from _metadata_marks(line, pairs)


@rule("C512", "网页发布时间", stage="chrome", effect="removes")
def page_timestamp(text: Text) -> Iterator[Finding]:
    """A date with its hour near the top of a page is removed: it says when the page was put up.

    Before: 2023-03-01 10:21:05 来源：市教育局 — After: nothing
    So is 2023-03-01 alone on the line under a title, where the document is dated further down in its own form.
    Keeps: other dates without an hour, and every date further down.
    """
    for i in range(min(NEAR, len(text.line_texts))):
        line = text.line(i)
        match = TIMESTAMP.match(line.text)
        if not match or (":" not in match.group() and not _dates_page(text, i)):
            continue
        rest = line.text[match.end() :].strip(" \t\u3000|｜")
        pairs = _labelled(rest, PUBLICATION_LABEL)
        if not rest or pairs:
            yield drop_line(line, text)
            yield from _metadata_marks(line, [Labelled("发布时间", match.group()), *pairs])


def _dates_page(text: Text, i: int) -> bool:
    """Whether a date in figures alone, under a title, is the page's: the document has its own at its end."""
    lines = text.line_texts
    dated = FIGURES_DATE.fullmatch(lines[i]) is not None and i > 0 and TITLE_END.search(lines[i - 1]) is not None
    return dated and any(place > i + 2 for place in text.date_lines)


@rule("C513", "文中的关联链接", stage="chrome", effect="removes", needs="]】", looks_at="line")
def database_link(text: Text) -> Iterator[Finding]:
    """The links that a legal database puts inside sentences are removed.

    Before: 根据《节约用水条例》[本法变迁史]，结合实际 — After: 根据《节约用水条例》，结合实际
    Keeps: every other text in brackets.
    """
    if not any(word in text.text for word in ("本法变迁", "联想", "法宝引证码")):
        return
    for match in DATABASE_LINK.finditer(text.text):
        yield Edit(match.start(), match.end(), "")
