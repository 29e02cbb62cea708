"""Where a document contradicts itself in its years: number against date, title against text, title against title."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from govdoc.model import Block, DocNumber
from govdoc.parsing.found import Found
from govdoc.wording.dates import DateRead

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?=年|\s*[—-]\s*(?:19|20)\d{2}年|学年)")
_OPENING = re.compile(r"(?P<year>(?:19|20)\d{2})年(?:度|是|，|以来|，?[^。]{0,4}(?:我|全)[省市县区校局院厅])")


class Contradiction(NamedTuple):
    """What contradicts what, and the place of the second in the cleaned text."""

    code: str
    level: str
    message: str
    start: int
    stop: int


def number_against_date(number: Found[DocNumber] | None, date: Found[DateRead] | None) -> Iterator[Contradiction]:
    """A 发文字号 of another year than the 成文日期 (D107); at the turn of a year it may be meant."""
    year = number.value.year if number else None
    iso = date.value.iso if date else None
    if number is None or date is None or year is None or iso is None or int(iso[:4]) == year:
        return
    turn = (int(iso[:4]) - year, iso[5:7]) in {(1, "01"), (-1, "12")}
    message = f"the number is of {year}, the date of {iso[:4]}"
    yield Contradiction("D107", "info" if turn else "warning", message, date.start, date.stop)


def title_against_text(title: str | None, blocks: Sequence[Block]) -> Iterator[Contradiction]:
    """A title of one year over a text that never names it and opens with another (D108)."""
    years = set(_YEAR.findall(title or ""))
    first = next((block for block in blocks if block.type == "paragraph"), None)
    if len(years) != 1 or first is None:
        return
    opening = _OPENING.match(first.line)
    known = {year for block in blocks for year in _YEAR.findall(block.line)}
    if opening and not years & known:
        start = first.span[0] + opening.start("year")
        message = f"the title is of {years.pop()}, the text of {opening['year']}"
        yield Contradiction("D108", "warning", message, start, start + 4)


def title_against_title(titles: Sequence[str], others: Sequence[Found[str]]) -> Iterator[Contradiction]:
    """A text that is called of one year in one place and of another in the next (D109)."""
    for other in others:
        for title in titles:
            same = _YEAR.sub("", title) == _YEAR.sub("", other.value)
            if same and title != other.value:
                message = f"called 《{title}》 elsewhere"
                yield Contradiction("D109", "warning", message, other.start, other.stop)
                break
