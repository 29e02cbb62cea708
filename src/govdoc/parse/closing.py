"""Where the end of a text begins: at a signature, a date, an 附注, an 附件说明 or a 版记."""

from __future__ import annotations

import re
from collections.abc import Sequence

from govdoc.parse.dates import read_date
from govdoc.parse.lines import Line
from govdoc.parse.tail import (
    EXTRA,
    NOTE,
    annotation_length,
    attach_label,
    match_org_date,
    match_signatory,
    note_block,
    print_at,
    sign_block,
    sign_like,
    split_orgs,
)
from govdoc.parse.vocabulary import is_agency, is_strong_agency, squeeze


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
    return re.match(r"(?:抄\s*送|抄\s*报|分\s*送|抄)\s*[：:]", text) is not None


def _leads_out(lines: Sequence[Line], i: int, end: int, known: Sequence[str]) -> bool:
    """Whether within a few short lines an end follows: a signature, a date, an 附件 page, a 版记."""
    for j in range(i, min(i + 3, end)):
        if _out_after(lines, j, end) or _signed_at(lines, j, i, end, known):
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
        return date.full and (line.right or last or _out_after(lines, i + 1, end))
    found = match_org_date(text)
    if found:
        return (
            line.right
            or last
            or squeeze(found[0]) in known
            or is_strong_agency(found[0])
            or _out_after(lines, i + 1, end)
        )
    if match_signatory(text) and not last and (read_date(lines[i + 1].text) or match_signatory(lines[i + 1].text)):
        return True
    if not sign_like(line):
        return False
    settled = i == begin or not sign_like(lines[i - 1])
    names = all(is_agency(one.value) for one in split_orgs(line))
    count = sign_block(lines, i, end)
    if count:
        full = read_date(lines[i + count].text)
        dated = full is not None and (
            full.full or i + count + 1 >= end or line.right or _out_after(lines, i + count + 1, end)
        )
        return dated and (names or line.right or squeeze(text) in known or (count == 1 and settled and len(text) <= 25))
    alone = names and (squeeze(text) in known or is_strong_agency(text)) and settled
    return alone and (last or _out_after(lines, i + 1, end))


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
