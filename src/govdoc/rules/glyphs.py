"""G: characters that are not what was written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from itertools import chain

from govdoc.edits import Edit
from govdoc.rules.registry import Finding, rule
from govdoc.rules.text import HANZI, Text
from govdoc.span import Notice

AND = re.compile(rf" and (?<=[{HANZI}] and )(?=[{HANZI}])")
TRADITIONAL_TEXT = 0.04  # above this share of traditional forms the text is meant to be traditional
SURNAMES = frozenset("陳劉黃趙吳孫楊鄭謝韓馮鄧蔣蕭盧閻鍾譚鄒賈顧賴龔龐蘇莊湯錢張許葉歐羅鄔")
NEAR = 12  # characters beside a traditional one that tell whether it stands among simplified ones
HANZI_RUN = re.compile(f"[{HANZI}]+")
HANZI_BEFORE = re.compile(f"[{HANZI}]+$")
HANZI_ALONE = re.compile(f"[{HANZI}]")
# FULLWIDTH digits, letters, %; ． only between digits.
FULL_WIDTH_FORMS = frozenset(map(chr, (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)))) | {
    *"％＋"
}
FULL_WIDTH = re.compile(f"[{''.join(sorted(FULL_WIDTH_FORMS))}]")
DECIMAL_POINT = re.compile(r"．(?<=[\d０-９]．)(?=[\d０-９])")
RADICAL = re.compile(r"[\u2e80-\u2fdf]")
# CJK radicals of simplified characters, which Unicode gives no character for (U+2E80 to U+2EF3).
SIMPLIFIED_RADICALS = {
    "⺠": "民", "⻁": "虎", "⻄": "西", "⻅": "见", "⻆": "角", "⻉": "贝", "⻋": "车", "⻓": "长",
    "⻔": "门", "⻘": "青", "⻙": "韦", "⻚": "页", "⻛": "风", "⻜": "飞", "⻝": "食", "⻢": "马",
    "⻣": "骨", "⻤": "鬼", "⻥": "鱼", "⻦": "鸟", "⻧": "卤", "⻨": "麦", "⻩": "黄", "⻬": "齐",
    "⻮": "齿", "⻰": "龙", "⻳": "龟",
}  # fmt: skip
SIMPLIFIED_RADICAL = re.compile(f"[{''.join(SIMPLIFIED_RADICALS)}]")
PINYIN = "a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿ"
ANNOTATED = re.compile(rf"(?:[{HANZI}][（(][{PINYIN}]{{1,7}}[）)]){{3,}}")
ANNOTATION = re.compile(rf"[（(][{PINYIN}]{{1,7}}[）)]")
ANNOTATIONS = [re.compile(rf"{opening}[{PINYIN}]{{1,7}}[）)]") for opening in ("（", r"\(")]  # found by their brackets
READ = "读讀练練拼繁"  # what labels of readings begin with, but for pinyin
LABEL_ENDS = [re.compile(rf"{colon}(?<=[读讀练練拼音n繁体體字]{colon})") for colon in "：:"]
TONES = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜḿ"
# A pattern for each bracket: begun with one literal, it is found ten times as fast.
SPRINKLED = [
    re.compile(
        rf"{re.escape(opening)}(?:读|讀|练|練|拼|拼音|pinyin|pīnyīn|繁|繁体|繁體|繁体字)[：:]\s?(?:[{PINYIN}]{{1,7}}|[{HANZI}])[）)\]}}》〕】｝]"
    )
    for opening in "（([{《〔【｛"
]
SPRINKLED_PINYIN = [
    re.compile(rf"{opening}(?<=[{HANZI}].)(?=[a-zü]*[{TONES}])[{PINYIN}]{{1,6}}[）)](?=[^，。；]|$)")
    for opening in ("（", r"\(")
]
LOST = frozenset("\ufffd□?锟")
LOST_HERE = re.compile(r"[\ufffd□]|锟斤拷|(?<=[\u4e00-\u9fff])\?(?=[\u4e00-\u9fff])")


@rule("G401", "“and”应为“和”", stage="glyphs", effect="alters", looks_at="line")
def and_for_he(text: Text) -> Iterator[Finding]:
    """An English “and” between two hanzi becomes 和.

    Why: machine translation of the page left it; both sides are Chinese.
    Before: 党的二十大精神 and 习近平总书记 — After: 党的二十大精神和习近平总书记
    Keeps: every “and” with a Latin letter on either side (Research and Development).
    """
    for match in AND.finditer(text.text):
        yield Edit(match.start(), match.end(), "和")


@cache
def traditional_forms() -> dict[str, str]:
    """Traditional characters with one simplified form: ``data/traditional.txt``, which names its source."""
    lines = files("govdoc.rules").joinpath("data/traditional.txt").read_text("utf-8").splitlines()
    return {line[0]: line[1] for line in lines if line and not line.startswith("#")}


@rule("G402", "零星繁体字", stage="glyphs", effect="alters", needs=traditional_forms())
def stray_traditional_character(text: Text) -> Iterator[Finding]:
    """A lone traditional character in a simplified text becomes its simplified form.

    Why: converters slip; 學 in a mainland 公文 of simplified characters is no one's choice.
    Before: 中小學生、家長 — After: 中小学生、家长
    Keeps: texts that are traditional as a whole (4 % and more); names and forms that 通用规范汉字表 knows (昇 堃 喆
    淼 乾 著); titles in 《》, which may be a Taiwan or Hong Kong work's. With a notice: three and more together
    (臺灣師範), two with nothing simplified about them (“國語”), and what may be a person's name (陳德銘).
    """
    table = traditional_forms()
    found = text.places(text.rare & table.keys())
    if not found or len(found) > TRADITIONAL_TEXT * _beyond_ascii(text.text):
        return
    looked_at, in_title = 0, False
    for start, stop in _together(text.text, found):
        in_title = _is_in_title(text.text, looked_at, start, in_title)
        looked_at = start
        if in_title:
            continue
        if _is_deliberate(text.text, start, stop):
            message = (
                f"{text.text[start:stop]!r}: left as it is, for it may be a name or quoted; correct it if it is not"
            )
            yield Notice("G402", "warning", message, (start, stop))
        else:
            yield from (
                Edit(at, at + 1, table[char]) for at, char in enumerate(text.text[start:stop], start) if char in table
            )


def _together(text: str, places: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Places as spans: those side by side, or with one hanzi between, are one."""
    spans: list[tuple[int, int]] = []
    for at in places:
        if spans and (at == spans[-1][1] or HANZI_ALONE.fullmatch(text, spans[-1][1], at)):
            spans[-1] = spans[-1][0], at + 1
        else:
            spans.append((at, at + 1))
    yield from spans


def _is_deliberate(text: str, start: int, stop: int) -> bool:
    """Whether traditional characters side by side are likelier a name or a quotation than a slip."""
    table = traditional_forms()
    count = sum(char in table for char in text[start:stop])
    before, behind = HANZI_BEFORE.search(text, max(start - NEAR, 0), start), HANZI_RUN.match(text, stop, stop + NEAR)
    beside = (before[0] if before else "") + (behind[0] if behind else "")
    if text[start] in SURNAMES and (count > 1 or (not before and 1 <= len(beside) <= 3)):
        return True
    return count > 2 or (count == 2 and _simplified_forms().isdisjoint(beside))


@cache
def _simplified_forms() -> frozenset[str]:
    return frozenset(traditional_forms().values())


def _is_in_title(text: str, before: int, at: int, was_in_title: bool) -> bool:
    """Whether a 《 is open on the line of ``at``, when it is known whether one was at an offset before."""
    line = text.rfind("\n", before, at)
    opens, closes = text.rfind("《", max(before, line), at), text.rfind("》", max(before, line), at)
    return opens > closes if max(opens, closes) >= 0 else was_in_title and line < 0


def _beyond_ascii(text: str) -> int:
    return len(text) - len(text.encode("ascii", "ignore"))


@rule("G403", "丢失的字", stage="glyphs", effect="alters", needs=LOST, looks_at="line")
def lost_character(text: Text) -> Iterator[Finding]:
    """A place where a character was lost (U+FFFD, □, 锟斤拷, a ? between hanzi) gets a notice; nothing is changed.

    Why: what stood there is gone; a guess would be a forgery.
    """
    for at in text.places(LOST):
        match = LOST_HERE.match(text.text, at)
        if not match:
            continue
        yield Notice(
            "G403", "warning", f"{match.group()!r}: a character was lost here; look it up in the original", match.span()
        )


@rule("G404", "全角数字、字母", stage="glyphs", effect="layout", needs=FULL_WIDTH_FORMS | {"．"}, looks_at="line")
def full_width_digit_or_letter(text: Text) -> Iterator[Finding]:
    """Full-width digits, Latin letters, ％ and ＋ become half width, and ． between digits.

    Before: ２０２３年，达９７．６％ — After: 2023年，达97.6%
    Keeps: full-width punctuation.
    """
    for match in chain(FULL_WIDTH.finditer(text.text), DECIMAL_POINT.finditer(text.text)):
        yield Edit(match.start(), match.end(), unicodedata.normalize("NFKC", match.group()))


@rule("G405", "康熙部首", stage="glyphs", effect="layout", needs=map(chr, range(0x2E80, 0x2FE0)), looks_at="line")
def radical_for_hanzi(text: Text) -> Iterator[Finding]:
    """A Kangxi radical that stands for a character becomes that character.

    Why: text taken from PDFs holds ⼀ (U+2F00) where 一 is meant; it looks the same and is never found.
    Keeps: radicals that Unicode gives no character for.
    """
    for match in RADICAL.finditer(text.text):
        yield Edit(match.start(), match.end(), unicodedata.normalize("NFKC", match.group()))


@rule("G406", "简化字部首", stage="glyphs", effect="alters", needs=SIMPLIFIED_RADICALS, looks_at="line")
def simplified_radical_for_hanzi(text: Text) -> Iterator[Finding]:
    """A CJK radical of a simplified character becomes that character.

    Why: text taken from PDFs holds ⻅ (U+2EC5) where 见 is meant.
    """
    for match in SIMPLIFIED_RADICAL.finditer(text.text):
        yield Edit(match.start(), match.end(), SIMPLIFIED_RADICALS[match.group()])


@rule("G408", "插入的注音与繁体", stage="glyphs", effect="removes", needs=TONES + READ + "p")
def sprinkled_reading(text: Text) -> Iterator[Finding]:
    """Readings and traditional forms that a farm of texts sprinkled among the characters are removed.

    Why: such pages disguise copied text: 入园[繁体：園]难, 二（读：èr）、, 發（fā）布.
    Before: 化解入园[繁体：園]难，办好幼儿园{pinyin：yuán} — After: 化解入园难，办好幼儿园
    Needs two with a label, or six bare ones, each behind one character.
    Keeps: a reading that the author gave; labels with more than one form behind them.
    """
    labelled = _found(SPRINKLED, text) if any(end.search(text.text) for end in LABEL_ENDS) else []
    bare = _found(SPRINKLED_PINYIN, text) if any(map(text.holds, TONES)) else []
    found = (labelled if len(labelled) > 1 else []) + (bare if len(bare) > 5 else [])
    yield from (Edit(match.start(), match.end(), "") for match in found)


def _found(patterns: Iterable[re.Pattern[str]], text: Text) -> list[re.Match[str]]:
    return sorted(chain.from_iterable(each.finditer(text.text) for each in patterns), key=re.Match.start)


@rule("G407", "逐字注音", stage="glyphs", effect="removes", looks_at="line")
def running_pinyin(text: Text) -> Iterator[Finding]:
    """Pinyin in brackets behind every character of a run is removed: a reading aid of the page.

    Before: 关（guān）于（yú）开（kāi）展（zhǎn） — After: 关于开展
    Keeps: pinyin behind one or two characters, which the author put there (乐亭的“乐”（lào）).
    """
    if not any(annotation.search(text.text) for annotation in ANNOTATIONS):
        return
    for run in ANNOTATED.finditer(text.text):
        for match in ANNOTATION.finditer(text.text, run.start(), run.end()):
            yield Edit(match.start(), match.end(), "")
