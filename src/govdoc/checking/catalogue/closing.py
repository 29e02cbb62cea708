"""D, S, F: 成文日期, 署名, 附注 (GB/T 9704-2012 §7.3.5, §7.3.6)."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from govdoc.checking.draft import Draft, Piece
from govdoc.checking.matching import sweep
from govdoc.checking.registry import Found, check

PLAIN_DATE = re.compile(r"(?:19|20)\d{2}年(?:[1-9]|1[0-2])月(?:[1-9]|[12]\d|3[01])日")
_WEEKDAY = re.compile(r"((?:19|20)\d{2})年(\d{1,2})月(\d{1,2})日[（(](?:星期|周)([一二三四五六日天])[）)]")
_DAY = r"(?:19|20)\d{2}年\d{1,2}月\d{1,2}日"
_PAST = re.compile(
    rf"已(?:经)?于(?P<after>{_DAY})"
    rf"|(?P<before>{_DAY})[^，。；：、（）将拟]{{0,10}}?(?:召开了|印发了|发布了|举行了|举办了|(?:印发|发布|公布|通过|签订|作出)的)"
)
_CITED_YEAR = re.compile(r"〔(20\d{2})〕\d{1,5}号")
_ANY_DAY = re.compile(
    r"(?<![\d.])(?:(?P<year>(?:19|20)\d{2})年)?(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日|(?<=年\d\d月)(?![\d个]))"
)
_LEAP_YEAR, _MONTHS = 2024, 12
_WEEK = "一二三四五六日"
_NO_TEXT = re.compile("此页无正文")
IN_FORCE = "2012-07-01"
"""When GB/T 9704-2012 came into force; the edition of 1999 before it asked for dates in hanzi and for 主题词."""
_HAN_DATE = re.compile(
    r"[一二][〇○零一二三四五六七八九]{3}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十廿]{1,3}日"
)
_OWN_FORMAT = ("纪要", "命令")
_BRACKETS = re.compile(r"^[(].*[)]$|^[(].*）$|^（.*[)]$")


def day(iso: str | None) -> date | None:
    """A full ISO date; ``None`` where the day is missing or there is no such day."""
    try:
        return date.fromisoformat(iso) if iso and len(iso) == 10 else None
    except ValueError:
        return None


def before_the_standard(iso: str | None) -> bool:
    """Whether an ISO date lies before GB/T 9704-2012 was in force."""
    return iso is not None and iso < IN_FORCE


def written(when: date) -> str:
    """A date as the standard writes it: 2024年1月5日."""
    return f"{when.year}年{when.month}月{when.day}日"


def misspelt(piece: Piece, iso: str | None) -> Found | None:
    """What is wrong with a date's form (§7.3.5.4), if anything."""
    text = piece.text.removesuffix("印发").strip()
    if PLAIN_DATE.fullmatch(text):
        return None
    start = piece.text.find(text)
    when = day(iso)
    new = written(when) if when else None
    remedy = f"write {new}" if new else "write year, month and day in Arabic digits, as 2024年1月5日"
    return Found(piece, start, start + len(text), f"{text} is not written as 2024年1月5日", remedy, new)


@check("D01", "成文日期写法", "error", "GB/T 9704-2012 §7.3.5.4")
def date_form(draft: Draft) -> Iterator[Found]:
    """成文日期 is in Arabic digits with the full year and without padding: 2024年1月5日.

    Irregular: 2024年01月05日, 24年1月5日, 二〇二四年一月五日, 2024.1.5, 2024-01-05, 2024年2月30日. In hanzi before July
    2012, as the standard then was: info.
    """
    main = draft.document.main
    piece = draft.piece("/main/issue_date_raw", main.issue_date_raw)
    if piece is None:
        return
    found = misspelt(piece, main.issue_date)
    if found and before_the_standard(main.issue_date) and _HAN_DATE.fullmatch(piece.text.strip()):
        yield found._replace(message=f"{piece.text.strip()} is in hanzi, as the rule was until 2012", severity="info")
    elif found:
        yield found
    elif day(main.issue_date) is None:
        yield Found(piece, 0, len(piece.text), f"there is no such day as {piece.text}", "check it")


@check("D02", "日期矛盾", "warning", "consistency")
def dates_at_odds(draft: Draft) -> Iterator[Found]:
    """A weekday in brackets behind a date is that day's, and nothing told as done is later than 成文日期.

    Irregular: 2024年3月1日（星期四） — it was a Friday; 2024年6月1日召开了, or 苏教〔2025〕3号 cited, in a document of
    2024年3月1日
    """
    yield from _later_than_issued(draft)
    for piece in draft.paragraphs:
        for match in _WEEKDAY.finditer(piece.text):
            when = day(f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}")
            said = match[4].replace("天", "日")
            if when is not None and _WEEK[when.weekday()] != said:
                message = f"that day is a 星期{_WEEK[when.weekday()]}, not a 星期{said}"
                yield Found(piece, *match.span(), message, "check the date")


@check("D03", "不存在的日期", "error", "GB/T 7408.1-2023")
def no_such_day(draft: Draft) -> Iterator[Found]:
    """Every date in the text is a day of the calendar.

    Irregular: 2月30日, 2023年2月29日, 4月31日, 13月5日, 2024年13月
    """
    for piece in draft.prose:
        for match in _ANY_DAY.finditer(piece.text):
            year = int(match["year"]) if match["year"] else _LEAP_YEAR
            if not _exists(year, int(match["month"]), int(match["day"] or 1)):
                yield Found(piece, *match.span(), f"there is no {match[0]}", "check the date")


def _exists(year: int, month: int, date_of_month: int) -> bool:
    return 1 <= month <= _MONTHS and 1 <= date_of_month <= monthrange(year, month)[1]


def _later_than_issued(draft: Draft) -> Iterator[Found]:
    """What a document of one day tells as past, or cites by number, that is later than it."""
    issued = day(draft.document.main.issue_date)
    own = [piece for piece in draft.paragraphs if piece.pointer.startswith("/main/body/")] if issued else []
    for piece in own:
        for match in _PAST.finditer(piece.text):
            parts = match["after"] or match["before"]
            year, month, date_of_month = (int(part) for part in re.findall(r"\d+", parts))
            when = day(f"{year}-{month:02}-{date_of_month:02}")
            if issued and when and when > issued:
                message = f"{parts} is told as past in a document of {written(issued)}"
                yield Found(piece, *match.span(), message, "check both dates")
        for match in _CITED_YEAR.finditer(piece.text):
            if issued and int(match[1]) > issued.year:
                message = f"a number of {match[1]} cited in a document of {written(issued)}"
                yield Found(piece, *match.span(), message, "check both years")


@check("S01", "署名与发文机关标志", "warning", "条例 Art. 9(11); GB/T 9704-2012 §7.3.5")
def signature_and_mark(draft: Draft) -> Iterator[Found]:
    """Who signs is who issues: the same agencies as in 发文机关标志, in the same order.

    Irregular: 苏州市教育局文件 signed 苏州市教育局办公室. The mark of a 纪要 names a meeting, and a 命令 is signed by a
    person: neither is compared.
    """
    if draft.document.genre in _OWN_FORMAT:
        return
    mark, signed = draft.document.header.issuer_mark, draft.document.main.signature_orgs
    if mark is None or not signed or set(mark.agencies) == set(signed) == set():
        return
    joint = len(signed) > 1 and len(mark.agencies) > 1
    if (joint and mark.agencies != signed) or not (set(mark.agencies) <= set(signed)):
        piece = draft.piece("/main/signature_orgs/0", signed[0])
        if piece:
            message = f"signed {'、'.join(signed)}, issued by {'、'.join(mark.agencies)}"
            yield Found(piece, 0, len(piece.text), message, "make them agree")


@check("S03", "此页无正文", "warning", "GB/T 9704-2012 §7.3.5.5")
def page_without_text(draft: Draft) -> Iterator[Found]:
    """“此页无正文” is a device of the standard of 1999 and gone since 2012.

    Irregular: （此页无正文） above the signature.
    """
    yield from sweep(draft.lines, _NO_TEXT, "{} is no longer a device", "space the text so that it reaches the page")


@check("F01", "附注写法", "warning", "GB/T 9704-2012 §7.3.6")
def annotation_form(draft: Draft) -> Iterator[Found]:
    """附注 stands in full-width brackets behind 成文日期; a 请示 names whom to call there (info).

    Irregular: (此件公开发布), 此件公开发布 without brackets, or above the date.
    """
    main, spans = draft.document.main, draft.document.spans
    piece = draft.piece("/main/annotation", main.annotation)
    if piece is None:
        if draft.document.genre == "请示" and draft.document.official and draft.title:
            message = "a 请示 without a 附注 that names whom to call"
            yield Found(draft.title, 0, len(draft.title.text), message, "write （联系人：…，电话：…）", None, "info")
        return
    raw = piece.raw.strip()
    if piece.start is not None and not (raw.startswith("（") and raw.endswith("）")):
        message = "half-width brackets around 附注" if _BRACKETS.match(raw) else "附注 without brackets"
        span = piece.span(0, len(piece.text))
        if span:
            new = "（" + raw.strip("()（）") + "）"
            start = span.start + piece.raw.find(raw)
            yield Found(None, start, start + len(raw), message, "write it in （）", new)
    date_span, own = spans.get("/main/issue_date_raw"), spans.get("/main/annotation")
    if date_span and own and own[0] < date_span[0] and not _NO_TEXT.search(piece.text):
        yield Found(piece, 0, len(piece.text), "附注 above 成文日期", "set it on the line behind the date")
