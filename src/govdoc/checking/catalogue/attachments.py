"""A: 附件说明 and 附件 (GB/T 9704-2012 §7.3.4, §7.3.7)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govdoc.checking.draft import Draft, Piece
from govdoc.checking.matching import in_raw
from govdoc.checking.registry import Found, check

_NOTES = "/main/attachment_notes"
_HALF_COLON = re.compile(r"(?<=附件)\s*:")
_HAN_NUMBER = re.compile(r"附\s*件\s*[一二三四五六七八九十]{1,3}\s*[：:]?")
_PAUSE = re.compile(r"(?:^|(?<=[：:\s]))\d{1,2}\s?([、，,])")
_NAME_END = re.compile(r"[。；;，,、．.]$")
_LABEL_COLON = re.compile(r"^附\s?件\s?\d{0,2}([：:])$")
_MENTION = re.compile(r"(?:详?见|按照|按|填写|附)附件(?!精神)|附件\d|附后")
_ASIDE = re.compile(r"[《》“”（）()\s]|\d{4}年")


@check("A01", "附件说明写法", "error", "GB/T 9704-2012 §7.3.4", needs_source=True)
def note_form(draft: Draft) -> Iterator[Found]:
    """附件说明 is 附件：name, or 附件：1.name 2.name; the colon is full width, the numbers are Arabic with a stop.

    Irregular: 附件:名单, 附件一：名单, 附件：1、名单 — right: 附件：1.名单
    """
    for match, base in in_raw(draft, _NOTES, _HALF_COLON):
        yield Found(None, base + match.start(), base + match.end(), "half-width colon behind 附件", "write ：", "：")
    for match, base in in_raw(draft, _NOTES, _HAN_NUMBER):
        message = f"{match[0]}: the number is in hanzi"
        yield Found(None, base + match.start(), base + match.end(), message, "write 附件：1.")
    for match, base in in_raw(draft, _NOTES, _PAUSE):
        start, stop = match.span(1)
        yield Found(None, base + start, base + stop, f"{match[1]} behind the number of an attachment", "write .", ".")


@check("A02", "附件名称后标点", "error", "GB/T 9704-2012 §7.3.4")
def mark_after_name(draft: Draft) -> Iterator[Found]:
    """No punctuation stands behind the name of an attachment.

    Irregular: 附件：1.名单； — right: 附件：1.名单
    """
    for i, name in enumerate(draft.document.main.attachment_notes):
        piece = draft.piece(f"{_NOTES}/{i}", name)
        if piece and (match := _NAME_END.search(piece.text)):
            yield Found(piece, *match.span(), f"{match[0]} behind the name of an attachment", "leave it out", "")


@check("A03", "附件编号", "error", "GB/T 9704-2012 §7.3.4", needs_source=True)
def note_numbers(draft: Draft) -> Iterator[Found]:
    """Several attachments are numbered (error where not), a single one is not (info)."""
    notes = draft.document.main.attachment_notes
    pieces = [draft.piece(f"{_NOTES}/{i}", name) for i, name in enumerate(notes)]
    numbered = re.compile(r"^(?:附(?:\s*件)?\s*[：:]?)?\s*(?:[一二三四五六七八九十]{1,3}|\d{1,2})\s*[.．、，,：:]")
    for piece in pieces:
        if piece is None or piece.start is None:
            continue
        is_numbered = numbered.match(piece.text) is not None
        if len(pieces) > 1 and not is_numbered:
            yield Found(piece, 0, len(piece.text), "one of several attachments without a number", "number them 1. 2.")
        if len(pieces) == 1 and is_numbered:
            yield Found(piece, 0, len(piece.text), "a single attachment with a number", "leave it out", None, "info")


@check("A04", "附件与附件说明", "error", "GB/T 9704-2012 §7.3.7")
def notes_and_attachments(draft: Draft) -> Iterator[Found]:
    """What 附件说明 names is what is attached: as many, in that order, of the same names.

    Nothing is said where no attachment is in the file at all: pages often keep them as files of their own.
    """
    main = draft.document.main
    attached = [(i, one) for i, one in enumerate(main.attachments) if one.role == "attachment"]
    if not attached or not main.attachment_notes:
        return
    first = draft.piece(f"{_NOTES}/0", main.attachment_notes[0])
    if len(attached) != len(main.attachment_notes) and first:
        message = f"附件说明 names {len(main.attachment_notes)} attachments, {len(attached)} are there"
        yield Found(first, 0, len(first.text), message, "make them agree")
        return
    for (i, one), name in zip(attached, main.attachment_notes, strict=True):
        piece = draft.piece(f"/main/attachments/{i}/title", one.title)
        if piece and one.title and _plain(one.title) != _plain(name):
            message = f"the attachment is called {one.title}, in 附件说明 {name}"
            yield Found(piece, 0, len(piece.text), message, "give it one name")


def _plain(name: str) -> str:
    return _ASIDE.sub("", _NAME_END.sub("", name))


@check("A05", "附件页标识", "error", "GB/T 9704-2012 §7.3.7", needs_source=True)
def label_colon(draft: Draft) -> Iterator[Found]:
    """The label above an attachment has no colon.

    Irregular: 附件1： on a line of its own — right: 附件1. Above the list of names in 附件说明 it has one.
    """
    for piece in draft.lines:
        match = _LABEL_COLON.match(piece.text)
        if match and not _heads_the_names(draft, piece):
            yield Found(piece, *match.span(1), "a colon behind the label of an attachment", "leave it out", "")


def _heads_the_names(draft: Draft, label: Piece) -> bool:
    """Whether a label stands above the names of 附件说明, a line each, and not above an attachment."""
    own, names = label.span(0, len(label.text)), draft.document.spans.get(f"{_NOTES}/0")
    if own is None or names is None or draft.source is None or names[1] <= own.start:
        return False
    return not draft.source[own.stop : names[0]].strip()


@check("A07", "提及而无附件", "warning", "consistency")
def mentioned_attachment(draft: Draft) -> Iterator[Found]:
    """Where the text says 见附件, there is an 附件说明 or an attachment.

    Irregular: 具体名单见附件。 in a document that has none.
    """
    main = draft.document.main
    if main.attachment_notes or main.attachments or not draft.document.official:
        return
    for piece in draft.paragraphs:
        if match := _MENTION.search(piece.text):
            yield Found(piece, *match.span(), f"{match[0]}, but there is no 附件说明", "name the attachment")
            return
