"""Several documents in one text: where each begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from govdoc.parsing.collected import at_parts
from govdoc.parsing.front import Head
from govdoc.parsing.glued import part_glued
from govdoc.parsing.header import read_head
from govdoc.parsing.lines import Line
from govdoc.parsing.notes import NOTE
from govdoc.parsing.signatures import attach_label, match_org_date
from govdoc.parsing.tail import print_at, read_tail
from govdoc.parsing.titles import title_like
from govdoc.wording.carried import carried_titles, same_title
from govdoc.wording.dates import read_date
from govdoc.wording.vocabulary import TITLE_END, ends_sentence, genre_of, is_agency, is_strong_agency, squeeze

_CLOSED = re.compile(r"(?:抄\s*送|抄\s*报|抄|分\s*送)\s*[：:]|[（(](?:此件|联系人|本文|主动|依申请)")

_ARTICLE: Final = 25


class Part(NamedTuple):
    """The lines of one document, and its head where that was read over all of them."""

    lines: Sequence[Line]
    head: Head | None = None


def split_documents(lines: Sequence[Line]) -> list[Part]:
    """The lines of each document: parted where a mark says so, and before a second head after an end."""
    parts: list[Part] = []
    for chapter in _at_boundaries(at_parts(part_glued(lines))):
        first = read_head(chapter, 0, len(chapter))
        found = [Part(part) for part in _at_heads(chapter, first) if part]
        parts += found if len(found) > 1 else [Part(one.lines, first) for one in found]
    return parts


def _at_boundaries(lines: Sequence[Line]) -> list[list[Line]]:
    parts: list[list[Line]] = [[]]
    for line in lines:
        if line.boundary and parts[-1]:
            parts.append([])
        parts[-1].append(line)
    return parts


def _at_heads(lines: list[Line], first: Head) -> list[list[Line]]:
    parts: list[list[Line]] = []
    begin = 0
    carried = _carried(first, lines)
    for i in range(max(first.stop, 1), len(lines)):
        if i < begin + 3 or not _is_end(lines, i - 1):
            continue
        head = read_head(lines, i, min(i + 20, len(lines)))
        if _is_carried(head, carried):
            carried += _carried(head, lines)
        elif _is_new(head) or (
            (_is_addressed(head) or _signs_itself(lines, i, head)) and not (carried or _names_attached(lines[begin:i]))
        ):
            parts.append(lines[begin:i])
            begin, carried = i, _carried(head, lines)
    cut = len(lines) if carried else _filler(lines, begin)
    return [*parts, lines[begin:cut], lines[cut:]]


def _names_attached(lines: Sequence[Line]) -> bool:
    return any(NOTE.match(line.text.strip()) or attach_label(line.text) for line in lines)


def _filler(lines: Sequence[Line], begin: int) -> int:
    """Where, behind the signed end of the last document, a text of the page begins that is no part of it."""
    ends = (i for i in range(len(lines) - 1, begin + 2, -1) if _is_signed(lines, i))
    at = next(ends, len(lines)) + 1
    if at + 1 >= len(lines) or not _may_be_filler(lines, at) or _names_attached(lines[begin:]):
        return len(lines)
    return at


def _is_signed(lines: Sequence[Line], i: int) -> bool:
    """Whether a document with a signature ends at a line."""
    text = lines[i].text.strip()
    dated = read_date(text) is not None and is_agency(lines[i - 1].text)
    return bool(dated or match_org_date(text) or print_at(lines, i, len(lines)) or _CLOSED.match(text))


def _may_be_filler(lines: Sequence[Line], at: int) -> bool:
    """A line like the title of an article, in no word of a 公文, over a paragraph."""
    title, below = lines[at], lines[at + 1].text
    return (
        title_like(title)
        and TITLE_END.search(title.text.strip()) is None
        and not is_agency(title.text)
        and read_tail(lines, at, len(lines))[1] == at
        and ends_sentence(below)
        and len(below) >= _ARTICLE
        and not re.search("附后|附件|附表", "".join(line.text for line in lines[:at]))
    )


def _carried(head: Head, lines: Sequence[Line]) -> list[str]:
    paragraphs = [line.text for line in lines[head.stop : head.stop + 3]]
    return carried_titles(head.title.value if head.title else None, paragraphs)


def _is_end(lines: Sequence[Line], i: int) -> bool:
    """Whether a document may end with a line: a date, an 附注, 抄送, 印发."""
    text = lines[i].text.strip()
    if len(text) > 200 or attach_label(text):
        return False
    return bool(
        read_date(text)
        or match_org_date(text)
        or _CLOSED.match(text)
        or print_at(lines, i, len(lines))
        or (i and print_at(lines, i - 1, len(lines)) == 2)
    )


def _is_carried(head: Head, carried: Sequence[str]) -> bool:
    """A head of a text the document carries along."""
    title = head.title.value if head.title else ""
    return bool(title) and any(same_title(title, one) or one in title for one in carried)


def _is_addressed(head: Head) -> bool:
    """A head with a title in a 文种 over recipients."""
    return head.title is not None and head.recipients is not None and genre_of(head.title.value) is not None


def _signs_itself(lines: Sequence[Line], i: int, head: Head) -> bool:
    """A head whose title opens with the agency that signs the next end: 白鹭市教育局2024年工作思路 … 白鹭市教育局."""
    title = squeeze(head.title.value) if head.title and not print_at(lines, i, len(lines)) else ""
    below = next((at for at in range(i + 2, len(lines)) if _is_end(lines, at)), None) if title else None
    if below is None:
        return False
    signed = match_org_date(lines[below].text)
    agency = squeeze(signed[0] if signed else lines[below - 1].text)
    return is_strong_agency(agency) and title != agency and title.startswith(agency)


def _is_new(head: Head) -> bool:
    """A head of its own: a title in a 文种 with number or recipients."""
    if head.title is None or genre_of(head.title.value) is None:
        return False
    return head.doc_number is not None or (head.recipients is not None and head.mark is not None)
