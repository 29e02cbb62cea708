"""E, G: elements that are missing, and what was left behind."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govdoc.checking.catalogue.closing import before_the_standard
from govdoc.checking.catalogue.titles import issued
from govdoc.checking.draft import Draft
from govdoc.checking.finding import Severity
from govdoc.checking.matching import sweep
from govdoc.checking.registry import Found, check
from govdoc.supplying import missing

_HAVE_CHECKS = frozenset(("/genre", "/header/copy_number", "/header/signers", "/main/annotation"))
"""T03, H01, H04 and F01 see to these."""
_OF_A_PUBLIC_OFFICE = frozenset(("/main/title", "/main/body"))
"""What is asked of a text that was not issued as 公文: a speech, a summary, a regulation."""
_IN_A_NOTE = frozenset(("/main/signature_orgs", "/main/recipients"))
_DATED_NOTE = re.compile(r"^（.*\d{4}年\d{1,2}月\d{1,2}日")
"""题注: who adopted the text and when, in place of 署名 and 主送机关."""
_OFTEN_APART = frozenset(("/header/issuer_mark", "/main/attachments"))
_PLACEHOLDER = re.compile(
    r"[×xX]{2,}(?=[省市县区局厅委办校部年月日〔\[（])|【[^】]{0,12}(?:填写|待补|待定|姓名|单位名称|插入|占位)[^】]{0,12}】"
    r"|\{\{[^}]*\}\}|(?:此处|请在此)(?:填写|插入)"
)
_CHATTER = re.compile(
    r"作为(?:一个|一名)?(?:AI|人工智能)|以下是(?:我)?为您|希望(?:这|以上).{0,12}对您有(?:所)?帮助|^(?:好的|当然)[，,！]"
)
_MARKDOWN = re.compile(r"\*\*[^*\n]{1,80}\*\*|^#{1,6} (?=\S)|^```")
_TABS = re.compile(r"(?<=\S)\t+(?=\S)|(?<=[^\s]) {3,}(?=\S)")
_SUBJECT_WORDS = re.compile(r"^主题词\s*[：:]")
_OLD_STANDARD = re.compile(r"GB/T\s?9704\s?[-—–]\s?(?:1999|2021|2022)")


@check("E01", "缺少要素", "warning", "GB/T 9704-2012 §7; 条例 Art. 9")
def missing_elements(draft: Draft) -> Iterator[Found]:
    """What the 文种 of a 公文 asks for is there: 标题, 发文字号, 主送机关, 正文, 署名, 成文日期 and the rest.

    发文机关标志 and attachments are often pictures and files of their own where a page comes from: that they are
    missing is an info. A text of no 文种 with neither 发文机关标志 nor 发文字号 is no 公文 that could lack one, nor is
    a 政府工作报告; where a 题注 says who adopted a text and when, it needs no 署名. `govdoc parse --missing` lists
    all, with what is usual besides.
    """
    place = draft.title or (draft.prose[0] if draft.prose else None)
    if not draft.document.official or place is None:
        return
    document, let_be = draft.document, _HAVE_CHECKS
    if _DATED_NOTE.match(document.main.subtitle or ""):
        let_be |= _IN_A_NOTE
    spoken = document.genre is None or document.kind == "政府工作报告"
    for one in missing(document):
        if spoken and not issued(document.header) and one.pointer not in _OF_A_PUBLIC_OFFICE:
            continue
        if one.need == "required" and one.pointer not in let_be:
            remedy = f"supply it: --set {one.element}={one.example}" if one.example else "supply it"
            grave: Severity = "info" if one.pointer in _OFTEN_APART else "warning"
            yield Found(place, 0, len(place.text), f"no {one.element}", remedy, None, grave)


@check("G02", "残留内容", "error", "practice")
def leftovers(draft: Draft) -> Iterator[Found]:
    """Nothing of a template, of Markdown or of a chat is left in the text, and nothing is aligned with blanks.

    Irregular: ××市教育局, 【填写单位名称】, **重点工作**, 作为AI (errors); runs of blanks or tabs in a line (warning)
    """
    yield from sweep(draft.lines, _PLACEHOLDER, "{} is a placeholder", "fill it in")
    yield from sweep(draft.lines, _CHATTER, "{} is left over from a chat", "remove it")
    yield from sweep(draft.lines, _MARKDOWN, "{} is Markdown", "remove the marks", severity="warning")
    yield from sweep(
        draft.paragraphs,
        _TABS,
        "blanks or tabs inside a paragraph",
        "align by layout, not by blanks",
        severity="warning",
    )


@check("G03", "废止的要素与标准", "warning", "GB/T 9704-2012")
def gone_elements(draft: Draft) -> Iterator[Found]:
    """主题词 is gone since 2012, and GB/T 9704 has no later edition than that of 2012.

    Irregular: 主题词：教育 通知; GB/T 9704-1999, GB/T 9704-2022 cited as in force. A document of before July
    2012 had to have 主题词.
    """
    if not before_the_standard(draft.document.main.issue_date):
        yield from sweep(draft.lines, _SUBJECT_WORDS, "主题词 is no element since 2012", "remove the line")
    yield from sweep(draft.lines, _OLD_STANDARD, "{} is not in force", "cite GB/T 9704-2012")
