"""C: 版记 (GB/T 9704-2012 §7.4)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govdoc.checking.catalogue.closing import day, misspelt
from govdoc.checking.draft import Draft
from govdoc.checking.matching import in_raw
from govdoc.checking.registry import Found, check
from govdoc.supplying.wanted import UPWARD

_CC = "/colophon/cc"
_OFFICE = re.compile(r"(?:办公厅|办公室|秘书局|秘书处|综合处)$")
_BELOW = re.compile(
    r"各(?:[县旗镇乡村]|[市区][、（）]|街道|直属|所属|下属|基层|中小学|学校|幼儿园|[科处股]室)|(?:直属|所属|下属)(?!部门)"
)
_OF_MINUTES = ("分送", "发")
_HALF_COLON = re.compile(r"^\s*[^\s:：]{1,6}\s?(:)")


@check("C01", "抄送写法", "error", "GB/T 9704-2012 §7.4.2")
def copies(draft: Draft) -> Iterator[Found]:
    """抄送 is followed by a full-width colon, and its list ends in 。; other labels than 抄送 are old (warning).

    Irregular: 抄送:市财政局, 抄：市财政局 — right: 抄送：市财政局。 A 纪要 is 分送 by custom.
    """
    cc = draft.document.colophon.cc
    piece = draft.piece(_CC, cc.text if cc else None)
    if cc is None or piece is None:
        return
    for match, base in in_raw(draft, _CC, _HALF_COLON):
        start, stop = match.span(1)
        yield Found(None, base + start, base + stop, f"half-width colon behind {cc.label}", "write ：", "：")
    of_minutes = draft.document.genre == "纪要" and cc.label in _OF_MINUTES
    if cc.label != "抄送" and not of_minutes:
        stop = len(cc.label) if piece.text.startswith(cc.label) else len(piece.text)
        yield Found(piece, 0, stop, f"{cc.label} for 抄送", "write 抄送", None, "warning")
    span = draft.document.spans.get(_CC)
    source = draft.source
    if span is None or source is None:
        return
    text = piece.text.rstrip()
    if not text.endswith("。") and source[span[1] : span[1] + 1] != "。":
        mark = text[-1:] in "；;，,."
        yield Found(piece, len(text) - mark, len(text), "the list of copies does not end in 。", "write 。", "。")


@check("C02", "主送又抄送", "warning", "条例 Art. 15")
def sent_twice(draft: Draft) -> Iterator[Found]:
    """No agency is both 主送 and 抄送, and what goes upwards is not copied downwards.

    Irregular: 市财政局： above and 抄送：市财政局。 below; a 请示 with 抄送：各县（市、区）教育局。
    """
    cc, recipients = draft.document.colophon.cc, draft.document.main.recipients
    piece = draft.piece(_CC, cc.text if cc else None)
    if cc is None or piece is None:
        return
    for name in cc.names if draft.document.genre in UPWARD else ():
        if _BELOW.match(name):
            at = max(piece.text.find(name), 0)
            message = f"a {draft.document.genre} copied downwards, to {name}"
            yield Found(piece, at, min(at + len(name), len(piece.text)), message, "leave it out")
    if recipients is None:
        return
    for name in sorted(set(cc.names) & set(recipients.names)):
        at = max(piece.text.find(name), 0)
        yield Found(piece, at, min(at + len(name), len(piece.text)), f"{name} is 主送机关 too", "leave it out here")


@check("C03", "印发机关和日期", "error", "GB/T 9704-2012 §7.4.3")
def printing_line(draft: Draft) -> Iterator[Found]:
    """印发日期 is unpadded, 印发 follows it, and who prints is an office (warning where it is the agency itself).

    Irregular: 苏州市教育局办公室　2024年01月05日 — right: 苏州市教育局办公室　2024年1月5日印发. An office that
    issues a document prints it too.
    """
    printing = draft.document.colophon.printing
    if printing is None:
        return
    piece = draft.piece("/colophon/printing/date_raw", printing.date_raw)
    if piece:
        found = misspelt(piece, printing.date)
        if found:
            yield found
        if piece.start is not None and not piece.text.rstrip().endswith("印发"):
            yield Found(
                piece, len(piece.text), len(piece.text), "印发日期 without 印发", "write 印发 behind it", "印发"
            )
    org = draft.piece("/colophon/printing/org", printing.org)
    if org and printing.org in draft.document.main.signature_orgs and not _OFFICE.search(printing.org or ""):
        message = "the issuing agency itself is named as 印发机关"
        yield Found(org, 0, len(org.text), message, "name the office that prints it", None, "warning")


@check("C04", "印发早于成文", "error", "consistency")
def printed_before_issued(draft: Draft) -> Iterator[Found]:
    """印发日期 is not before 成文日期.

    Irregular: 成文日期 2024年3月5日, 2024年3月1日印发.
    """
    printing = draft.document.colophon.printing
    printed, issued = day(printing.date if printing else None), day(draft.document.main.issue_date)
    piece = draft.piece("/colophon/printing/date_raw", printing.date_raw if printing else None)
    if piece and printed and issued and printed < issued:
        yield Found(piece, 0, len(piece.text), f"printed on {printed}, issued on {issued}", "check both dates")
