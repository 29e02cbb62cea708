"""附件说明: the names of what is attached, under the body (§7.3.4)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from govdoc.parsing.found import Found
from govdoc.parsing.lines import Line
from govdoc.parsing.signatures import match_signatory, sign_like
from govdoc.wording.vocabulary import (
    TITLE_END,
    ends_sentence,
    is_agency,
)

# A page's own 附件下载 names files.
NOTE = re.compile(
    r"附\s*件?\s*(?:下载(?=\s*[：:].*\.[A-Za-z]{3,4}\s*$))?(?P<first>\d{1,2}|[一二三四五六七八九十]{1,2})?\s*[：:]\s*(?P<rest>.*)$"
)
_NOTE_NUMBER = re.compile(r"(?:附\s*件\s*)?(?P<n>\d{1,2})\s*[.．、：:]\s*(?P<name>\S.*)$")
_NOTE_INLINE = re.compile(r"(?<=[\s\u3000；;。])(?=\d{1,2}\s*[.．、]\s*[^\d\s])")
_NARROW: Final = 16
FILE_END: Final = re.compile(r"\.[A-Za-z]{3,4}$")
_NAME_END = re.compile(rf"(?:{TITLE_END.pattern}|[表图书函册稿单卡证]|\.[A-Za-z]{{3,4}})$")


def note_block(lines: Sequence[Line], begin: int, end: int) -> tuple[list[Found[str]], int]:
    """附件说明 beginning at a line: 附件：1.甲 and the 2.乙 under it; the names, and where they stop."""
    line = lines[begin]
    first = NOTE.match(line.text.strip())
    if first is None:
        return [], begin
    lead = len(line.text) - len(line.text.lstrip())
    notes = [_note(piece) for piece in _note_pieces(line, lead + first.start("rest"), first["rest"])]
    repeated = first["first"] is not None
    i = begin + 1
    while i < end and (not notes or _continues(notes, lines[i], repeated) or _wraps(notes, lines, i, end)):
        if notes and not _continues(notes, lines[i], repeated):
            notes[-1] = Found(notes[-1].value + lines[i].text.strip(), notes[-1].start, lines[i].stop)
            i += 1
            continue
        pieces = _note_pieces(lines[i], 0, lines[i].text)
        if not notes and (len(lines[i].text) > 80 or ends_sentence(lines[i].text)):
            break
        notes += [_note(piece) for piece in pieces]
        i += 1
    return notes, i if notes else begin


def _note_pieces(line: Line, offset: int, text: str) -> list[Line]:
    if not text.strip():
        return []
    pieces = line.cut(offset, *(offset + found.start() for found in _NOTE_INLINE.finditer(text)))
    return pieces[1 if offset else 0 :]


def _continues(notes: Sequence[Found[str]], line: Line, repeated: bool) -> bool:
    """Whether a line is the next name: 2.乙, or 附件2：乙 after 附件1：甲, in order and no sentence."""
    text = line.text.strip()
    found = _NOTE_NUMBER.match(text)
    if found is None or len(text) > 100 or "。" in text[:-1]:
        return False
    return int(found["n"]) == len(notes) + 1 and (text.startswith("附") == repeated or not repeated)


def _wraps(notes: Sequence[Found[str]], lines: Sequence[Line], i: int, end: int) -> bool:
    """Whether a line is the rest of the name above it, which a narrow page has broken."""
    line, text = lines[i], lines[i].text.strip()
    open_name = len(lines[i - 1].text.strip()) >= _NARROW and _NAME_END.search(notes[-1].value) is None
    links_file = (
        FILE_END.search(text) is not None and len(notes) > 1 and not any(FILE_END.search(n.value) for n in notes)
    )
    return (
        open_name
        and not links_file
        and len(text) < len(lines[i - 1].text.strip())
        and sign_like(line)
        and not is_agency(text)
        and match_signatory(text) is None
        and not line.right
    )


def _note(piece: Line) -> Found[str]:
    text = piece.text.strip()
    numbered = _NOTE_NUMBER.match(text)
    name = numbered["name"] if numbered else text
    return Found(name.strip().rstrip("。；;，,、"), piece.start, piece.stop)
