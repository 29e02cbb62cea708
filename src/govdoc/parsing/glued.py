"""Elements of an end that stand on one line with what is before them: parted into lines, never a character dropped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from govdoc.parsing.lines import Line
from govdoc.wording.dates import DATE
from govdoc.wording.vocabulary import HAN, is_strong_agency

_REACH: Final = 120
_COPIES = re.compile(r"\s*(?:抄\s*送|抄\s*报|分\s*送|抄|主\s*送)\s*[：:]")
_PRINTED = re.compile(
    rf"[。；](?P<cut>[\s\u3000]*[{HAN}（）()、]{{3,40}}?[\s\u3000]*{DATE}[\s\u3000]*印\s*发[\s\u3000]*)$"
)
_SIGNED = re.compile(rf"[。！](?P<org>[\s\u3000]*[{HAN}（）()]{{3,40}}?)(?P<date>[\s\u3000]*{DATE}[\s\u3000]*)$")
_NAMED = re.compile(
    rf"[。！](?P<note>\s*附\s*件\s*[：:][^。；：]{{2,120}}?)(?P<org>[\s\u3000]+[{HAN}（）()]{{3,40}}?)(?P<date>[\s\u3000]*{DATE})[\s\u3000]*$"
)
_NOTED = re.compile(
    rf"{DATE}(?P<cut>[\s\u3000]*[（(](?:此件|联系人|本文|主动|依申请)[^（）()]{{0,80}}[）)][\s\u3000]*)$"
)


def part_glued(lines: Sequence[Line]) -> list[Line]:
    """The lines; what of an end stands behind 抄送, behind the last paragraph or behind a date on a line of its own."""
    found: list[Line] = []
    for line in lines:
        end = line.text[-_REACH:].rstrip()
        cuts = _cuts(line.text) if line.table is None and "年" in end and end[-1] in "日号发）)" else []
        found += line.cut(*cuts) if cuts else [line]
    return found


def _cuts(text: str) -> list[int]:
    """Offsets where a line that holds several elements is parted."""
    base = max(0, len(text) - _REACH)
    end = text[base:]
    noted = _NOTED.search(end)
    cuts = [base + noted.start("cut")] if noted else []
    end = end[: noted.start("cut")] if noted else end
    printed = _PRINTED.search(end) if _COPIES.match(text) else None
    if printed:
        return [*cuts, base + printed.start("cut")]
    named = _NAMED.search(end)
    if named and is_strong_agency(named["org"]):
        return [*cuts, *(base + named.start(part) for part in ("note", "org", "date"))]
    signed = _SIGNED.search(end)
    if signed and is_strong_agency(signed["org"]):
        cuts += [base + signed.start("org"), base + signed.start("date")]
    return cuts
