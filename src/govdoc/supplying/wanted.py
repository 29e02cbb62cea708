"""What each 文种 asks for (条例 Art. 9, Art. 15; GB/T 9704-2012 §7, §10), and what a document lacks of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final, Literal, get_args

import msgspec

from govdoc.model import Document, Genre
from govdoc.parsing.elements import BY_POINTER
from govdoc.parsing.supply import value_at

Need = Literal["required", "usual"]

_ALL: Final = frozenset(get_args(Genre))
_ADOPTED: Final = frozenset(("决议", "公报"))  # by a meeting: the date and the meeting stand under the title
_TO_ALL: Final = frozenset(("公告", "通告", "公报", "命令", "纪要", "决议"))
UPWARD: Final = frozenset(("请示", "报告"))
"""上行文, which name their 签发人 (条例 Art. 9)."""


@dataclass(frozen=True)
class Want:
    """One thing that 文种 ask for: any of ``pointers`` will do."""

    pointers: tuple[str, ...]
    genres: frozenset[str]
    clause: str
    need: Need = "required"
    others: bool = False  # whether documents of other 文种 may have it too


WANTS: Final[tuple[Want, ...]] = (
    Want(("/header/issuer_mark",), _ALL, "GB/T 9704 §7.2.4"),
    Want(("/header/doc_number",), _ALL - {"命令", "纪要", *_ADOPTED}, "GB/T 9704 §7.2.5"),
    Want(("/header/order_number",), frozenset(("命令",)), "GB/T 9704 §10.2"),
    Want(("/header/issue_no", "/header/doc_number"), frozenset(("纪要",)), "GB/T 9704 §10.3", "usual"),
    Want(("/header/signers",), UPWARD, "GB/T 9704 §7.2.6"),
    Want(("/main/title",), _ALL - {"命令"}, "GB/T 9704 §7.3.1"),
    Want(("/main/recipients", "/colophon/recipients"), _ALL - _TO_ALL - {"决定"}, "GB/T 9704 §7.3.2"),
    Want(("/main/body",), _ALL, "GB/T 9704 §7.3.3"),
    Want(("/main/signature_orgs",), _ALL - _ADOPTED - {"命令", "议案", "纪要"}, "GB/T 9704 §7.3.5"),
    Want(("/main/signatory",), frozenset(("命令", "议案")), "GB/T 9704 §7.3.5.3"),
    Want(("/main/issue_date", "/main/issue_date_raw", "/main/subtitle"), _ALL, "GB/T 9704 §7.3.5.4"),
    Want(("/main/annotation",), frozenset(("请示",)), "条例 Art. 9 (14)", "usual", others=True),
    Want(("/main/attendance/present",), frozenset(("纪要",)), "GB/T 9704 §10.3"),
    Want(("/colophon/printing/org",), _ALL - {"函", "公告", "通告", "公报", "决议"}, "GB/T 9704 §7.4.3", "usual"),
    Want(("/colophon/printing/date",), _ALL - {"函", "公告", "通告", "公报", "决议"}, "GB/T 9704 §7.4.3", "usual"),
)
"""In the order of the canonical document."""
_COMMON: Final = frozenset(("通知", "意见", "报告", "函"))  # what all these ask for, any 公文 should have


class Missing(msgspec.Struct, frozen=True):
    """An element a document lacks: its Chinese name and pointer, what asks for it, and how it is written.

    ``remark`` says what is asked for where the name alone may mislead.
    """

    element: str
    pointer: str
    need: Need
    clause: str
    example: str | None = None
    remark: str | None = None


def missing(document: Document) -> tuple[Missing, ...]:
    """What the 文种 of a document asks for and the document lacks; of one without 文种 what any 公文 has."""
    plain = msgspec.to_builtins(document)
    genres = frozenset((document.genre,)) if document.genre else _COMMON
    found = [] if document.genre else [_missing_genre(document)]
    for want in WANTS:
        if genres <= want.genres and not any(value_at(plain, one) for one in want.pointers):
            found.append(_missing(want.pointers[0], want.need, want.clause))
    return (*map(partial(_with_remark, document), found), *_missing_notes(document))


def _missing_genre(document: Document) -> Missing:
    """The 文种 that a text lacks; one of a known kind (工作总结) is none, but issued by a 通知."""
    genre = _missing("/genre", "required", "条例 Art. 8")
    if document.kind is None:
        return genre
    remark = f"a {document.kind} is issued by a 通知: --profile with [印发]"
    return msgspec.structs.replace(genre, example=None, remark=remark)


def _with_remark(document: Document, one: Missing) -> Missing:
    """What is lacking of a 公文 and is there of the text it issues is that of the 公文 itself."""
    issued = next((each for each in document.main.attachments if each.role == "issued"), None)
    field = one.pointer.removeprefix("/main/")
    own = getattr(issued, f"{field}_raw", None) if issued else None
    if not own:
        return one
    return msgspec.structs.replace(
        one, remark=f"of the {document.genre or '公文'}; {own} is that of the text it issues"
    )


def _missing(pointer: str, need: Need, clause: str) -> Missing:
    element = BY_POINTER.get(pointer)
    if element is None:
        return Missing("正文", pointer, need, clause)
    return Missing(element.names[0], pointer, need, clause, element.example)


def _missing_notes(document: Document) -> Sequence[Missing]:
    """附件说明 and 附件 go together, and 份号 with 密级 (条例 Art. 9)."""
    main, header = document.main, document.header
    attached = [one for one in main.attachments if one.role == "attachment"]
    found = []
    if header.secrecy and header.copy_number is None:
        found.append(_missing("/header/copy_number", "required", "GB/T 9704 §7.2.1"))
    if attached and not main.attachment_notes:
        found.append(_missing("/main/attachment_notes", "required", "GB/T 9704 §7.3.4"))
    if main.attachment_notes and not attached:
        found.append(Missing("附件", "/main/attachments", "required", "GB/T 9704 §7.3.7"))
    return found


def takes(genre: Genre | None, pointer: str) -> bool:
    """Whether documents of a 文种 have an element at all, as far as 文种 differ in it."""
    wants = [want for want in WANTS if pointer in want.pointers]
    return not wants or any(want.others or (genre or "通知") in want.genres for want in wants)
