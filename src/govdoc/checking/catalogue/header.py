"""H: 版头 (GB/T 9704-2012 §7.2; 条例 Art. 9)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govdoc.checking.draft import Draft
from govdoc.checking.matching import in_raw
from govdoc.checking.registry import Found, check
from govdoc.model import IssuerMark

_UPWARD = ("请示", "报告")
_MAY_GO_UP = (*_UPWARD, "意见", "议案")
_HAN_TERM = re.compile(r"[一二三四五六七八九十]{1,3}(?=\s*(?:年|个月))")
_WRONG_STAR = re.compile(r"[☆*＊]")
_OTHER_TERM = re.compile(r"长期|永久|启封前")
_HALF_COLON = re.compile(r"(?<=签发人):|(?<=签发人\s):")
_HEAD_LINES = 6
_GENRE_IN_MARK = re.compile(
    r"(?:决议|决定|公报|(?<!人民代表大会)(?<!人民代表大会常务委员会)公告|通告|意见|通知|通报|报告|请示|批复|议案|函)(?:文件)?$"
)


def mark_text(mark: IssuerMark) -> str:
    """发文机关标志 as one line."""
    return "".join(mark.agencies) + (mark.suffix or "")


@check("H01", "份号与密级", "error", "GB/T 9704-2012 §7.2.1; 条例 Art. 9(1)")
def copy_number(draft: Draft) -> Iterator[Found]:
    """A classified document carries a 份号, of six digits; an open one needs none.

    Irregular: 机密★1年 without a 份号 (error); 份号 12 (warning); a 份号 without 密级 (info).
    """
    header = draft.document.header
    secrecy = draft.piece("/header/secrecy", header.secrecy.level if header.secrecy else None)
    number = draft.piece("/header/copy_number", header.copy_number)
    if secrecy and not number:
        message = f"{secrecy.text} without a 份号"
        yield Found(secrecy, 0, len(secrecy.text), message, "give each copy its number, as 000001")
    if number and header.copy_number and not re.fullmatch(r"\d{6}", header.copy_number):
        message = f"the 份号 {header.copy_number} has not six digits"
        yield Found(number, 0, len(number.text), message, "write six digits, as 000001", severity="warning")
    if number and not secrecy:
        yield Found(number, 0, len(number.text), "a 份号 without 密级", "check whether it is needed", severity="info")


@check("H02", "保密期限", "warning", "GB/T 9704-2012 §7.2.2")
def secrecy_term(draft: Draft) -> Iterator[Found]:
    """密级 and term are parted by ★, and the term is in Arabic digits: 机密★1年.

    Irregular: 机密☆1年, 机密★一年, 秘密★长期
    """
    pointer = "/header/secrecy"
    for match, base in in_raw(draft, pointer, _WRONG_STAR):
        yield Found(None, base + match.start(), base + match.end(), f"{match[0]} for ★", "write ★", "★")
    secrecy = draft.document.header.secrecy
    piece = draft.piece(pointer, f"{secrecy.level}★{secrecy.term}" if secrecy and secrecy.term else None)
    if piece is None:
        return
    for match in _HAN_TERM.finditer(piece.text):
        yield Found(piece, *match.span(), f"the term {match[0]} is in hanzi", "write Arabic digits")
    for match in _OTHER_TERM.finditer(piece.text):
        yield Found(piece, *match.span(), f"{match[0]} is no term the law knows", "state years, months or a date")


@check("H03", "紧急程度", "warning", "GB/T 9704-2012 §7.2.3; 条例 Art. 9(3)")
def urgency(draft: Draft) -> Iterator[Found]:
    """紧急程度 is 特急 or 加急 (of a telegram: 特提, 特急, 加急, 平急).

    Irregular: 急件, 紧急
    """
    piece = draft.piece("/header/urgency", draft.document.header.urgency)
    if piece and draft.document.header.urgency not in ("特提", "特急", "加急", "平急"):
        yield Found(piece, 0, len(piece.text), f"{piece.text} is no 紧急程度", "write 特急 or 加急")


@check("H04", "签发人与行文方向", "error", "GB/T 9704-2012 §7.2.6; 条例 Art. 9(6)")
def signer_and_direction(draft: Draft) -> Iterator[Found]:
    """A 请示 or 报告 with a 版头 names its 签发人 (error where it does not); what goes down names none (warning)."""
    document = draft.document
    header, genre = document.header, document.genre
    if genre in _UPWARD and header.issuer_mark and header.doc_number and not header.signers:
        piece = draft.piece("/header/doc_number", header.doc_number.raw)
        if piece:
            yield Found(piece, 0, len(piece.text), f"a {genre} without 签发人", "name who signed it")
    if genre and genre not in _MAY_GO_UP and header.signers:
        piece = draft.piece("/header/signers", "、".join(header.signers))
        if piece:
            message = f"签发人 on a {genre}, which does not go upwards"
            yield Found(piece, 0, len(piece.text), message, "leave it out", severity="warning")


@check("H05", "签发人冒号", "error", "GB/T 9704-2012 §7.2.6", needs_source=True)
def signer_colon(draft: Draft) -> Iterator[Found]:
    """A full-width colon stands behind 签发人.

    Irregular: 签发人:张三 — right: 签发人：张三
    """
    for match, base in in_raw(draft, "/header/signers", _HALF_COLON):
        yield Found(None, base + match.start(), base + match.end(), "half-width colon behind 签发人", "write ：", "：")


@check("H06", "标志含文种", "warning", "GB/T 9704-2012 §7.2.4")
def genre_in_mark(draft: Draft) -> Iterator[Found]:
    """发文机关标志 is the agency's name, with 文件 or without; a 文种 belongs to the title.

    Irregular: ××市教育局通知 as a mark. A people's congress publishes under its own 公告.
    """
    header = draft.document.header
    mark = draft.piece("/header/issuer_mark", mark_text(header.issuer_mark) if header.issuer_mark else None)
    signed = draft.document.main.signature_orgs
    above = [line for line in draft.lines[:_HEAD_LINES] if line.text.startswith(signed or "\n")]
    for piece in [mark] if mark else above:
        name = next((each for each in signed if piece.text.startswith(each)), "")
        match = _GENRE_IN_MARK.search(piece.text)
        if match and (mark or match.start() == len(name)):
            yield Found(piece, *match.span(), f"发文机关标志 carries the 文种 {match[0]}", "write the agency and 文件")
            return
