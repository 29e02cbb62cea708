"""Documents a text names: 《…》 with the number behind it, or a number alone; cited, repealed or forwarded."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, Literal, NamedTuple

import msgspec

from govdoc.model import Block, DocNumber, Reference
from govdoc.wording.carried import same_title
from govdoc.wording.numbers import read_doc_number
from govdoc.wording.vocabulary import HAN, TITLE_END

Relation = Literal["cites", "repeals", "forwards"]

_CITED = re.compile(
    r"《(?P<title>[^《》]{2,120}(?:《[^《》]{2,80}》[^《》]{0,40})?)》"
    r"(?:[（(](?P<number>[^（）()]{4,30}号)[，,；;、]?[^（）()]{0,60}[）)])?"
)
_NUMBER = re.compile(rf"(?P<words>[{HAN}A-Za-z]{{2,24}})(?P<rest>[〔\[［【]\d{{4}}[〕\]］】]\s*第?\d{{1,5}}号)")
_BEFORE_CODE = re.compile(
    r"^.*(?:根据|按照|依据|依照|遵照|参照|执行|贯彻|落实|转发|印发|废止|下发|以及|有关|关于|经|原|的|由|在|对|见|和|与|及|以)"
)
_REPEALED_BEHIND = re.compile(r"[^。]{0,60}(?:废止|停止执行|失效)")
_REPEALED_BEFORE = re.compile(r"废止[^。；：》]{0,12}$")
_REPEALED_BELOW = re.compile(r"废止(?:下列|以下|如下)[^。]{0,30}[：:]$")
_PASSED_ON = re.compile(r"转发|批转")
_SHORTEST_ALONE: Final = 5  # 《意见》, 《通知》: what a document calls another after its first mention
_MOST: Final = 500


class _Named(NamedTuple):
    title: str | None
    number: DocNumber | None
    start: int
    stop: int


def read_references(
    title: str | None, blocks: Iterable[Block], carried: Sequence[str], attached: Sequence[str] = ()
) -> tuple[Reference, ...]:
    """Every other document the title and the blocks name, once.

    Repealed where 废止 stands before or behind it, or over the list it is in; forwarded where it is ``carried``. What
    is ``attached`` is part of this document and no reference.
    """
    found: dict[str, Reference] = {}
    listed = False
    for line, item in _lines(title, blocks):
        listed = listed and item
        for named in _named(line):
            key = named.title or (named.number.raw if named.number else "")
            known = found.get(key)
            if len(found) >= _MOST or (known and (known.doc_number or named.number is None)):
                continue
            if named.title and any(same_title(named.title, one) for one in attached):
                continue
            relation = known.relation if known else _relation(line, named, carried, listed=listed)
            found[key] = Reference(named.title, named.number, relation)
        listed = listed or _REPEALED_BELOW.search(line) is not None
    for one in carried if title and _PASSED_ON.search(title) else ():
        if not any(same_title(one, other) for other in (*found, *attached)):
            found[one] = Reference(one, None, "forwards")
    return _merged(found.values())


def _lines(title: str | None, blocks: Iterable[Block]) -> Iterator[tuple[str, bool]]:
    """The title and the lines of blocks, with whether each is an item of a list."""
    if title:
        yield title, False
    for block in blocks:
        yield block.line, block.label is not None or block.line.startswith("《")


def _named(line: str) -> Iterator[_Named]:
    """The documents a line names by title, then those it names by number alone."""
    taken: list[tuple[int, int]] = []
    for match in _CITED.finditer(line):
        number = read_doc_number(match["number"]) if match["number"] else None
        taken.append(match.span())
        plain = TITLE_END.search(match["title"]) or match["title"].endswith("法")
        if number or (plain and len(match["title"]) >= _SHORTEST_ALONE):
            yield _Named(match["title"], number, match.start(), match.end())
    for match in _NUMBER.finditer(line):
        code = _BEFORE_CODE.sub("", match["words"])
        number = read_doc_number(code + match["rest"]) if 2 <= len(code) <= 10 else None
        before = bisect_right(taken, (match.start("rest"), len(line))) - 1
        if number and (before < 0 or taken[before][1] <= match.start("rest")):
            yield _Named(None, number, match.start(), match.end())


def _relation(line: str, named: _Named, carried: Sequence[str], *, listed: bool) -> Relation:
    if named.title and any(same_title(named.title, one) for one in carried):
        return "forwards"
    behind = _REPEALED_BEHIND.match(line, named.stop, named.stop + 80)
    before = _REPEALED_BEFORE.search(line[max(0, named.start - 20) : named.start])
    return "repeals" if listed or behind or before else "cites"


def _merged(references: Iterable[Reference]) -> tuple[Reference, ...]:
    """The references, without a number alone that one with a title has."""
    found = list(references)
    titled = [msgspec.structs.replace(one.doc_number, raw="") for one in found if one.title and one.doc_number]
    return tuple(
        one
        for one in found
        if one.title or one.doc_number is None or msgspec.structs.replace(one.doc_number, raw="") not in titled
    )
