"""Where the end of a text begins: at a signature, a date, an 附注, an 附件说明 or a 版记."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from govdoc.parsing.lines import Line
from govdoc.parsing.notes import FILE_END, NOTE, note_block
from govdoc.parsing.signatures import (
    attach_label,
    is_known,
    match_org_date,
    match_signatory,
    sign_block,
    sign_like,
    split_orgs,
)
from govdoc.parsing.tail import EXTRA, annotation_length, print_at
from govdoc.wording.dates import read_date
from govdoc.wording.vocabulary import ends_sentence, is_agency, is_strong_agency, squeeze

_COPIES = re.compile(r"(?:抄\s*送|抄\s*报|分\s*送|抄)\s*[：:]")
_MOST_UNKNOWN: Final = 3
_MOST_UNDATED: Final = 12
_OF_ONE: Final = 5  # characters that the names of two offices of one house share
_LONGEST_UNKNOWN: Final = 25


def closing_at(lines: Sequence[Line], i: int, begin: int, end: int, known: Sequence[str]) -> bool:
    """Whether the end of a text begins at a line. ``known`` are names of agencies the head gave."""
    line = lines[i]
    text = line.text.strip()
    if line.table is not None or len(text) > 400:
        return False
    if annotation_length(lines, i, end, under_date=False) or print_at(lines, i, end) or _closing_copy(text):
        return True
    if EXTRA.match(text) and "主题词" in squeeze(text):
        return True
    notes, stop = note_block(lines, i, end)
    if notes:
        return stop >= end or _leads_out(lines, stop, end, known)
    return _signed_at(lines, i, begin, end, known)


def _closing_copy(text: str) -> bool:
    return _COPIES.match(text) is not None


def _leads_out(lines: Sequence[Line], i: int, end: int, known: Sequence[str]) -> bool:
    """Whether within a few short lines behind names of 附件 an end follows: a signature, an 附件 page, a 版记."""
    for j in range(i, min(i + 3, end)):
        if _out_after(lines, j, end) or _signed_at(lines, j, i - 1, end, known):
            return True
        if FILE_END.search(lines[j].text.strip()) and j + 1 == end:  # the page's link to the file, under its names
            return True
        if len(lines[j].text) > 60:
            return False
    return False


def _signed_at(lines: Sequence[Line], i: int, begin: int, end: int, known: Sequence[str]) -> bool:
    line = lines[i]
    text = line.text.strip()
    last = i + 1 >= end
    date = read_date(text)
    if date:
        below = i + 1 < end and i > begin and not sign_like(lines[i - 1]) and is_known(lines[i + 1], known)
        signed = below or _undated_at(lines, i + 1, end, known)
        return date.full and (line.right or _out_after(lines, i + 1, end) or signed)
    found = match_org_date(text)
    if found:
        return (
            line.right
            or last
            or squeeze(found[0]) in known
            or is_strong_agency(found[0])
            or _out_after(lines, i + 1, end)
        )
    if match_signatory(text) and (
        (last and i > begin and ends_sentence(lines[i - 1].text))
        or (not last and (read_date(lines[i + 1].text) or match_signatory(lines[i + 1].text)))
    ):
        return True
    if not sign_like(line):
        return False
    settled = i == begin or not sign_like(lines[i - 1])
    count = sign_block(lines, i, end)
    if count:
        return _dated(lines, i, i + count, end) and _signs(lines, i, count, known, settled=settled)
    return i > begin and (settled or squeeze(text) in known) and _undated_at(lines, i, end, known)


def _undated_at(lines: Sequence[Line], i: int, end: int, known: Sequence[str]) -> bool:
    """Whether agencies alone, known or beyond doubt, stand from a line to the end: signatures that lost their date."""
    j = i
    while j < end and j - i < _MOST_UNDATED and sign_like(lines[j]) and _certain(lines[j], known):
        j += 1
    return j > i and _out_after(lines, j, end)


def _certain(line: Line, known: Sequence[str]) -> bool:
    if not _named(line):
        return False
    return is_known(line, known) or all(is_strong_agency(one.value) for one in split_orgs(line))


def _dated(lines: Sequence[Line], i: int, at: int, end: int) -> bool:
    """Whether the date at a line dates the signatures from ``i`` on; one without its day only at an end."""
    date = read_date(lines[at].text)
    return date is not None and (date.full or at + 1 >= end or lines[i].right or _out_after(lines, at + 1, end))


def _signs(lines: Sequence[Line], i: int, count: int, known: Sequence[str], *, settled: bool) -> bool:
    """Whether the block of short lines over a date is signatures from ``i`` on, and not the end of a list before it."""
    block = lines[i : i + count]
    first = next((n for n, line in enumerate(block) if line.right or is_known(line, known)), None)
    if first is not None:
        return first == 0
    if count > 1:
        of_one = squeeze(block[-1].text).startswith(squeeze(lines[i].text)[:_OF_ONE])
        return settled and count <= _MOST_UNKNOWN and (_named(lines[i]) or (of_one and _named(block[-1])))
    return _named(lines[i]) or (
        settled and len(lines[i].text.strip()) <= _LONGEST_UNKNOWN and "、" not in lines[i].text
    )


def _named(line: Line) -> bool:
    return all(is_agency(one.value) for one in split_orgs(line))


def _out_after(lines: Sequence[Line], i: int, end: int) -> bool:
    """Whether what follows belongs to an end or begins an 附件."""
    if i >= end:
        return True
    text = lines[i].text.strip()
    return bool(
        annotation_length(lines, i, end, under_date=True)
        or print_at(lines, i, end)
        or _closing_copy(text)
        or attach_label(text)
        or NOTE.match(text)
        or EXTRA.match(text)
    )
