"""T: 标题 (GB/T 9704-2012 §7.3.1; 条例 Art. 9(7); GB/T 15834-2011)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import get_args

from govdoc.checking.draft import Draft, Piece
from govdoc.checking.finding import Severity
from govdoc.checking.matching import sweep
from govdoc.checking.registry import Found, check
from govdoc.layout.titles import title_width
from govdoc.model import Genre, Header

_END_MARK = re.compile(r"[。．.；;：:，,、！!]+$")
_READS_LIKE_TITLE = re.compile(rf"^.{{0,30}}关于.{{2,60}}的(?:{'|'.join(get_args(Genre))})[。；;，,！!.]$")
_MARK_INSIDE = re.compile(r"[，,；;：:！!？?。](?=.)")
_PAUSE = re.compile("、")
_LINE = 20
"""字 of a line of a title; a name in 《》 that is longer must be broken somewhere."""
_ANSWER_END = re.compile(r"(?:提案|建议|议案|信访|来信)[^，。]{0,12}(?:答复|复函)$")
_PASSED_ON = re.compile("转发|批转|印发")
_QUOTED = re.compile(r"《[^》]*》|“[^”]*”|（[^）]*）|[(][^)]*[)]")
_GENRE_END = re.compile(rf"(?:{'|'.join(get_args(Genre))}|令)[》”]?(?:（[^（）]{{1,20}}）)?$")
_TWO_GENRES = re.compile(r"请示报告$|(?<!的)(?:请示|通知|报告)函$")
_NOTICE_OF_NOTICE = re.compile(r"(?:通知|意见|通报|决定)(?:》)?的通知$")
_NESTED = re.compile(r"《[^《》\n]*《[^《》\n]*》[^《》\n]*》")
_INNER = re.compile(r"(?<!^)《|》(?!$)")


def _title(draft: Draft) -> Piece | None:
    if draft.title:
        return draft.title
    first = draft.paragraphs[:1]
    return first[0] if first and _READS_LIKE_TITLE.match(first[0].text) else None


def _outside_quotes(text: str) -> str:
    """The text with what stands in 《》, “” or （） blotted out, at the same length."""
    return _QUOTED.sub(lambda match: "□" * len(match[0]), text)


@check("T01", "标题末尾标点", "error", "GB/T 15834-2011 B.4")
def mark_after_title(draft: Draft) -> Iterator[Found]:
    """No punctuation stands at the end of a title.

    Irregular: 关于做好防汛工作的通知。 — right: 关于做好防汛工作的通知
    """
    piece = _title(draft)
    if piece and (match := _END_MARK.search(piece.text)):
        yield Found(piece, *match.span(), f"{match[0]} at the end of the title", "leave it out", "")


@check("T02", "标题中的标点", "warning", "custom; GB/T 9704-2012 §7.3.1")
def mark_in_title(draft: Draft) -> Iterator[Found]:
    """But for 《》, “” and （）, a title has no punctuation; 、 in a row of things is tolerated (info).

    Irregular: 关于加强管理，做好工作的通知
    """
    piece = _title(draft)
    if piece is None or not draft.document.official:
        return
    bare = _outside_quotes(piece.text)
    for match in _MARK_INSIDE.finditer(bare):
        yield Found(piece, *match.span(), f"{match[0]} inside the title", "word it without")
    for match in _PAUSE.finditer(bare):
        yield Found(piece, *match.span(), "、 inside the title", "word it without where that is easy", severity="info")


@check("T03", "标题文种", "error", "条例 Art. 9(7)")
def genre_of_title(draft: Draft) -> Iterator[Found]:
    """The title of a 公文 ends in one of the 15 文种, and in one only.

    Irregular: 关于做好防汛工作 (no 文种), 关于解决经费的请示报告 (two), 关于印发的通知的通知 (info only inside 《》)
    What is passed on may be named without 《》, as in 转发教育部关于…意见的通知. 答复 to a proposal is custom: warning.
    """
    piece, document = _title(draft), draft.document
    if piece is None or not document.official:
        return
    if two := _TWO_GENRES.search(piece.text):
        yield Found(piece, *two.span(), f"two 文种 at once: {two[0]}", "choose one")
    elif notice := _on_another(_outside_quotes(piece.text)):
        yield Found(
            piece,
            *notice.span(),
            f"{notice[0]}: one 文种 on another",
            "name what is forwarded in 《》",
            None,
            "warning",
        )
    elif issued(document.header) and document.genre is None and not _GENRE_END.search(_END_MARK.sub("", piece.text)):
        customary = document.kind or _ANSWER_END.search(piece.text)
        grave: Severity | None = "warning" if customary else None
        message = "the title ends in none of the 15 文种"
        yield Found(piece, 0, len(piece.text), message, "say what kind of 公文 it is", None, grave)


def _on_another(title: str) -> re.Match[str] | None:
    """Where a notice is of a notice, or of something that it neither passes on nor issues."""
    notice = _NOTICE_OF_NOTICE.search(title)
    return None if notice and not notice[0].startswith("通知") and _PASSED_ON.search(title) else notice


def issued(header: Header) -> bool:
    """Whether a document was issued as 公文: with 发文机关标志 or 发文字号."""
    return bool(header.issuer_mark or header.doc_number)


@check("T04", "标题断行", "warning", "GB/T 9704-2012 §7.3.1", needs_source=True)
def title_lines(draft: Draft) -> Iterator[Found]:
    """A title of several lines breaks by sense: not inside 《》 or a number, not before 的, no line beyond 20 字.

    Irregular: 关于印发《全市教育 / 工作要点》的通知
    """
    span, source = draft.document.spans.get("/main/title"), draft.source
    if span is None or source is None:
        return
    raw = source[span[0] : span[1]]
    if draft.title is None or "".join(raw.split()) != "".join(draft.title.text.split()):
        return
    lines = [(match.start(), match[0]) for match in re.finditer(r"[^\r\n]+", raw) if match[0].strip()]
    if len(lines) < 2:
        return
    for at, line in lines[:-1]:
        end = at + len(line)
        before, after = raw[:end], raw[end:].lstrip()
        place = span[0] + at, span[0] + end
        name = raw[before.rfind("《") :].partition("》")[0] + "》"
        if before.count("《") > before.count("》") and title_width("".join(name.split())) <= _LINE:
            yield Found(None, *place, "a line of the title ends inside 《》", "break before 《 or behind 》")
        elif after.startswith("的"):
            yield Found(None, *place, "a line of the title ends before 的", "break behind 的")
    for at, line in lines:
        if title_width(line.strip()) > _LINE:
            yield Found(None, span[0] + at, span[0] + at + len(line), "a line of the title has over 20 字", "break it")


@check("T05", "书名号套用", "error", "GB/T 15834-2011 §4.15.3.5")
def nested_titles(draft: Draft) -> Iterator[Found]:
    """Inside 《》, further titles stand in 〈〉.

    Irregular: 《关于印发《办法》的通知》 — right: 《关于印发〈办法〉的通知》
    """

    def turn(match: re.Match[str]) -> str:
        return _INNER.sub(lambda mark: "〈" if mark[0] == "《" else "〉", match[0])

    yield from sweep(draft.prose, _NESTED, "《》 inside 《》", "write 〈〉 inside", new=turn)
