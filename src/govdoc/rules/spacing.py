"""S: spaces that no one wrote."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import get_args

from govdoc.edits import Edit
from govdoc.model import Genre
from govdoc.rules.registry import Finding, rule
from govdoc.rules.text import BLANKS, CJK, HANZI, Line, Text, alternation

# ASCII that print sets tight against hanzi: letters, digits, and the signs that end a figure.
TIGHT = "0-9A-Za-z%‰℃+"
OPENS, CLOSES, ENDS = "（《〈“‘〔【", "，。；：、？！）》〉”’〕】", "，。；：、？！）》〉〕】"
INK = f"[^{BLANKS}]"
# Patterns that begin with the space itself are found ten times as fast as those that look behind first.
BESIDE_HANZI = re.compile(rf" (?:(?<=[{HANZI}] )(?=[{TIGHT}])|(?<=[{TIGHT}] )(?=[{HANZI}]))")
BESIDE_MARK = re.compile(
    rf" (?:(?<=[{OPENS}{ENDS}] )(?={INK})|(?<={INK} )(?=[{CLOSES}])"
    rf"|(?<=[”》）] )(?=[{TIGHT}])|(?<=[{TIGHT}] )(?=[“《（]))"
)
BETWEEN_HANZI = re.compile(rf" (?<=[{HANZI}] )(?=[{HANZI}])")
LIST_NUMBER = re.compile(
    r"(?:附件[：:])?(?:\d{1,3}[.．、]|[一二三四五六七八九十百]{1,4}、|[（(][一二三四五六七八九十\d]{1,4}[）)])"
    rf"( +)(?=[{CJK}]|(?:19|20)\d\d年)"
)
YEAR_BEFORE = re.compile(r"\d{1,4} ?[年月日]\Z")
LETTER_SPACED = re.compile(rf"(?:[{HANZI}《》][ \u3000]){{3,}}[{HANZI}《》]")
# What a spaced-out line must spell to be a heading: names on one line (张 三 李 四) are spaced out too.
_GENRES = [genre for genre in get_args(Genre) if len(genre) > 1]
HEADING_WORD = re.compile("|".join([*_GENRES, "关于|方案|要点|总结|规划|办法|规定|细则|条例|文件|目录|附件|问题"]))
_SPACED = r"[ \u3000]{1,4}"
_LABELS = alternation(["抄送", "抄报", "主送", "分送", "附件", "出席", "列席", "请假", "签发人"], between=_SPACED)
SPACED_LABEL = re.compile(
    rf"^(?:{_LABELS})(?=[ \u3000]*[：:])|^附{_SPACED}件[ \u3000]*\d{{0,2}}$"
    rf"|(?<![ \u3000])(?:{alternation([*_GENRES, '名单', '方案', '总结', '要点', '办法', '规定'], between=_SPACED)})$",
    re.MULTILINE,
)
BLANK = re.compile(r"[ \u3000]+")
SPACERS = (" ", "\N{IDEOGRAPHIC SPACE}")
FULL_STOP_NUMBER = re.compile(rf"^(\d{{1,3}})．(?=[{CJK}])", re.MULTILINE)
MOST_UNITS = 200  # spaced titles and quotations that are looked for; no document has so many
UNIT_EDGE = re.compile(r"[《》“”〈〉\n，。；：、？！（）]")


@rule("S201", "汉字与数字、字母间的空格", stage="spacing", effect="layout", needs=" ", looks_at="line")
def space_beside_hanzi(text: Text) -> Iterator[Finding]:
    """A single space between hanzi and a figure or a Latin letter is removed.

    Why: converters insert it; no 公文 is printed with it (GB/T 15834, GB/T 15835 know no such space).
    Before: 推动 36 个直属学校，达 85.69% — After: 推动36个直属学校，达85.69%
    Keeps: runs of spaces (columns); spaces between Latin words and figures (Power BI, No. 5, GB/T 9704).
    """
    for match in BESIDE_HANZI.finditer(text.text):
        yield Edit(match.start(), match.end(), "")


@rule("S202", "序号后的空格", stage="spacing", effect="layout", needs=" ", looks_at="line")
def space_after_list_number(text: Text) -> Iterator[Finding]:
    """The space after a list number at the start of a line is removed.

    Before: 1. 夯实基层党建基础 — After: 1.夯实基层党建基础
    Keeps: numbered lines that go on in Latin letters.
    """
    for i in text.where(LIST_NUMBER.match, "0一二三四五六七八九十百（(附"):
        line = text.line(i)
        if match := LIST_NUMBER.match(line.text):
            yield Edit(line.start + match.start(1), line.start + match.end(1), "")


@rule("S203", "标点旁的空格", stage="spacing", effect="layout", needs=" ", looks_at="line")
def space_beside_mark(text: Text) -> Iterator[Finding]:
    """A single space on either side of a full-width mark is removed.

    Why: the mark brings its own white.
    Before: ESI 全球前 1%， 未来校区；（25 ） — After: ESI全球前1%，未来校区；（25）
    Keeps: a space after a closing quotation mark or before an opening one; runs of spaces.
    """
    for match in BESIDE_MARK.finditer(text.text):
        yield Edit(match.start(), match.end(), "")


@rule("S204", "汉字间的空格", stage="spacing", effect="layout", needs=" ")
def space_between_hanzi(text: Text) -> Iterator[Finding]:
    """A space between two hanzi is removed only where the text itself proves it wrong.

    Proof is a date before it (2023年 全市…), or the same title or quotation without the space elsewhere.
    Before: 《2023年 全市教育工作总结》 — After: 《2023年全市教育工作总结》
    Keeps: every other one: “学习二十大 争做接班人” is written so, and a lost space could not be found again.
    """
    proven: dict[str, bool] = {}
    for match in BETWEEN_HANZI.finditer(text.text):
        at = match.start()
        unit = _without_space(text.text, at)
        if unit and unit not in proven and len(proven) < MOST_UNITS:
            proven[unit] = unit in text.text
        after_date = text.text[at - 1] in "年月日" and YEAR_BEFORE.search(text.text, max(0, at - 8), at)
        if proven.get(unit) or after_date:
            yield Edit(at, at + 1, "")


def _without_space(text: str, at: int) -> str:
    """The title or quotation around the space at ``at``, without it; empty where there is none, or it is short."""
    start, stop = max(0, at - 60), min(len(text), at + 60)
    if text.rfind("《", max(0, start - 1), at) < 0 and text.rfind("“", max(0, start - 1), at) < 0:
        return ""
    opening = [m.end() for m in UNIT_EDGE.finditer(text, start, at)]
    closing = UNIT_EDGE.search(text, at, stop)
    left = opening[-1] if opening else start
    right = closing.start() if closing else stop
    unit = text[left:at] + text[at + 1 : right]
    return unit if text[left - 1 : left] in "《“" and len(unit) >= 6 else ""


@rule("S205", "逐字加空格的标题", stage="spacing", effect="layout", needs=" \u3000", looks_at="line")
def letter_spaced_heading(text: Text) -> Iterator[Finding]:
    """The blanks of a heading spaced out character by character are removed.

    Before: 几 个 问 题 的 通 知 — After: 几个问题的通知
    Keeps: a line that spells no word of headings (张 三 李 四: where one name ends cannot be known).
    """
    for line in _spaced_at_edge(text):
        if LETTER_SPACED.fullmatch(line.text) and HEADING_WORD.search(BLANK.sub("", line.text)):
            yield from _without_blanks(line, 0, len(line.text))


@rule("S206", "标签中的空格", stage="spacing", effect="layout", needs=" \u3000", looks_at="line")
def letter_spaced_label(text: Text) -> Iterator[Finding]:
    """The blanks inside the known labels and 文种 of two characters are removed.

    Before: 抄　送：市委办公室 — After: 抄送：市委办公室
    Before: 关于做好防汛工作的通　知 — After: 关于做好防汛工作的通知
    Keeps: 主 任, 张 三 and every other spaced pair.
    """
    for line in _spaced_at_edge(text):
        for match in SPACED_LABEL.finditer(line.text):
            yield from _without_blanks(line, *match.span())


def _spaced_at_edge(text: Text) -> Iterator[Line]:
    """The lines where a blank follows the first character or precedes the last: in what is spaced out, one does."""
    for line in map(text.line, text.holding(*SPACERS)):
        if line.text[1:2] in SPACERS or line.text[-2:-1] in SPACERS:
            yield line


def _without_blanks(line: Line, start: int, stop: int) -> Iterator[Edit]:
    for blank in BLANK.finditer(line.text, start, stop):
        yield Edit(line.start + blank.start(), line.start + blank.end(), "")


@rule("S207", "序号后的全角点", stage="spacing", effect="layout", needs="．", looks_at="line")
def full_width_stop_after_list_number(text: Text) -> Iterator[Finding]:
    """The full-width ． after a list number becomes a plain one (GB/T 15834 B.3.3 has one form; documents mix them).

    Before: 1．加强领导 — After: 1.加强领导
    """
    for match in FULL_STOP_NUMBER.finditer(text.text):
        yield Edit(match.end(1), match.end(), ".")
