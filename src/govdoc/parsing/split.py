"""Several documents in one text: where each begins."""

from __future__ import annotations

import re
from collections.abc import Sequence

from govdoc.parsing.header import Head, read_head
from govdoc.parsing.lines import Line
from govdoc.parsing.tail import attach_label, match_org_date, print_at
from govdoc.wording.carried import carried_titles, same_title
from govdoc.wording.dates import read_date
from govdoc.wording.vocabulary import genre_of

_CLOSED = re.compile(r"(?:抄\s*送|抄\s*报|抄|分\s*送)\s*[：:]|[（(](?:此件|联系人|本文|主动|依申请)")


def split_documents(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines of each document: parted where a mark says so, and before a second head after an end."""
    parts: list[list[Line]] = []
    for chapter in _at_boundaries(lines):
        parts += _at_heads(chapter)
    return [part for part in parts if part]


def _at_boundaries(lines: Sequence[Line]) -> list[list[Line]]:
    parts: list[list[Line]] = [[]]
    for line in lines:
        if line.boundary and parts[-1]:
            parts.append([])
        parts[-1].append(line)
    return parts


def _at_heads(lines: list[Line]) -> list[list[Line]]:
    parts: list[list[Line]] = []
    begin = 0
    first = read_head(lines, 0, len(lines))
    carried = _carried(first, lines)
    for i in range(max(first.stop, 1), len(lines)):
        if i < begin + 3 or not _is_end(lines, i - 1):
            continue
        head = read_head(lines, i, min(i + 20, len(lines)))
        if _is_carried(head, carried):
            carried += _carried(head, lines)
        elif _is_new(head):
            parts.append(lines[begin:i])
            begin, carried = i, _carried(head, lines)
    parts.append(lines[begin:])
    return parts


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


def _is_new(head: Head) -> bool:
    """A head of its own: a title in a 文种 with number or recipients."""
    if head.title is None or genre_of(head.title.value) is None:
        return False
    return head.doc_number is not None or (head.recipients is not None and head.mark is not None)
