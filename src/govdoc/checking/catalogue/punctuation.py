"""P: 标点符号 (GB/T 15834-2011)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govdoc.checking.draft import Draft
from govdoc.checking.matching import mended, sweep
from govdoc.checking.registry import Found, check
from govdoc.rules.text import HANZI

_HALF_WIDTH_RULES = frozenset(("P301", "P302", "P303", "P305", "P306"))
_HALF_STOP = re.compile(rf"(?<=[{HANZI}》”）])[.](?=$|[{HANZI}《“（])")
_HALF_QUERY = re.compile(rf"(?<=[{HANZI}》”）])[?](?=$|[{HANZI}《“（”])")
_WIDE_IN_NUMBER = re.compile(r"(?<=\d)。(?=\d)")
_PAUSE_BETWEEN = re.compile(r"(?<=”)、(?=“)|(?<=》)、(?=《)")
_ELLIPSIS = re.compile(r"(?<!…)…(?!…)|…{3,}|。{2,}|(?<![.\d])\.{3,}|、{2,}|·{3,}")
_ELLIPSIS_ETC = re.compile(r"……\s?等")
_DASH = re.compile(rf"(?<=[{HANZI}])(?:--+|－－+|─{{1,3}}|――|-—|—-)(?=[{HANZI}])")
_APPROXIMATE = re.compile(
    r"(?<![第初高大十百、一二三四五六七八九周])(?:一、二|二、三|两、三|三、四|三、五|四、五|五、六|六、七|七、八|八、九)"
    r"(?=[十百千万亿]?[个名天次项人家条所位件份种间年])(?!年级|个方面|项[规要])"
)
_DATE_PAUSE = re.compile(r"(?<!\d)(?:19|20)\d{2}、\d{1,2}、\d{1,2}(?!\d)")
_PAUSE_ETC = re.compile(r"、(?=等(?![级次第待同于距额]))")
_NOT_A_WORK = re.compile(r"《[^《》]{2,20}(?:会议|大会|大赛|比赛|竞赛|活动|论坛|培训班|课程)》")


@check("P01", "半角标点", "error", "GB/T 15834-2011 §4, §5.1")
def half_width_marks(draft: Draft) -> Iterator[Found]:
    """Between hanzi, punctuation is full width; in numbers it is not; quotation marks are “”.

    Irregular: 贯彻落实,机关各处室 or 开展"双减"工作 — right: 贯彻落实，机关各处室, 开展“双减”工作
    """
    yield from mended(draft, _HALF_WIDTH_RULES, "half-width {}", "write it full width")
    yield from sweep(draft.prose, _HALF_STOP, "half-width . behind hanzi", "write 。")
    yield from sweep(draft.prose, _HALF_QUERY, "half-width ? behind hanzi", "write ？, or what was lost there")
    yield from sweep(draft.prose, _WIDE_IN_NUMBER, "。 inside a number", "write .", new=lambda match: ".")


@check("P02", "引号、书名号间顿号", "warning", "GB/T 15834-2011 §4.5.3.5")
def pause_between_quotes(draft: Draft) -> Iterator[Found]:
    """No 、 stands between one pair of “” or 《》 and the next.

    Irregular: “双减”、“五项管理” — right: “双减”“五项管理”
    """
    yield from sweep(draft.prose, _PAUSE_BETWEEN, "{} between pairs", "leave it out", new=lambda match: "")


@check("P03", "省略号", "warning", "GB/T 15834-2011 §4.11, A.9")
def ellipses(draft: Draft) -> Iterator[Found]:
    """An ellipsis is six dots, ……, and never stands beside 等.

    Irregular: 。。。 ... … 、、 — right: ……
    """
    yield from sweep(draft.prose, _ELLIPSIS, "{} for an ellipsis", "write ……", new=lambda match: "……")
    yield from sweep(draft.prose, _ELLIPSIS_ETC, "{}: both say the same", "keep one of them")


@check("P04", "破折号", "warning", "GB/T 15834-2011 §4.10")
def dashes(draft: Draft) -> Iterator[Found]:
    """A dash is ——, two signs U+2014 without a gap.

    Irregular: 教育--民生之本 — right: 教育——民生之本
    """
    yield from sweep(draft.prose, _DASH, "{} for a dash", "write ——", new=lambda match: "——")


@check("P05", "概数与日期中的顿号", "warning", "GB/T 15835-2011 §5.2; GB/T 15834-2011 A.4")
def pause_in_numbers(draft: Draft) -> Iterator[Found]:
    """No 、 stands between two numerals that together say “about”, nor between the parts of a date.

    Irregular: 三、四个, 2024、1、5 — right: 三四个, 2024年1月5日
    """

    def joined(match: re.Match[str]) -> str:
        return match[0].replace("、", "")

    yield from sweep(draft.paragraphs, _APPROXIMATE, "、 inside {}", "leave it out", new=joined)
    yield from sweep(draft.paragraphs, _DATE_PAUSE, "、 inside the date {}", "write 年, 月 and 日")


@check("P06", "“等”前顿号", "warning", "GB/T 15834-2011 B.1.2")
def pause_before_etc(draft: Draft) -> Iterator[Found]:
    """No 、 stands before 等.

    Irregular: 学校、家庭、等方面 — right: 学校、家庭等方面
    """
    yield from sweep(draft.prose, _PAUSE_ETC, "{} before 等", "leave it out", new=lambda match: "")


@check("P08", "书名号误用", "info", "GB/T 15834-2011 A.13")
def titles_of_no_work(draft: Draft) -> Iterator[Found]:
    """《》 hold titles of works and documents, not meetings, activities, awards or courses.

    Irregular: 召开《全市教育工作会议》 — right: 召开全市教育工作会议
    """
    yield from sweep(draft.paragraphs, _NOT_A_WORK, "{} names no work", "leave 《》 out, or write “”")
