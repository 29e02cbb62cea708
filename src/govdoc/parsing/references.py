"""Documents a text names: 《…》, with the number behind it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from govdoc.model import Block, Reference
from govdoc.wording.carried import same_title
from govdoc.wording.numbers import read_doc_number
from govdoc.wording.vocabulary import TITLE_END

_CITED = re.compile(
    r"《(?P<title>[^《》]{2,120})》(?:[（(](?P<number>[^（）()]{4,30}号)[，,；;、]?[^（）()]{0,60}[）)])?"
)
_REPEALED = re.compile(r"^[^。]{0,60}(?:同时)?废止")
_MOST = 500


def read_references(
    blocks: Iterable[Block], carried: Sequence[str], attached: Sequence[str] = ()
) -> tuple[Reference, ...]:
    """Every other document the blocks name, once: repealed where 废止 follows, forwarded where it is ``carried``.

    What is ``attached`` is part of this document and no reference.
    """
    found: dict[str, Reference] = {}
    for block in blocks:
        for match in _CITED.finditer(block.line):
            title = match["title"]
            number = read_doc_number(match["number"]) if match["number"] else None
            if len(found) >= _MOST or (number is None and TITLE_END.search(title) is None and not title.endswith("法")):
                continue
            known = found.get(title)
            if any(same_title(title, one) for one in attached):
                continue
            if known is None or (known.doc_number is None and number):
                repealed = _REPEALED.match(block.line[match.end() : match.end() + 80])
                forwarded = any(same_title(title, one) for one in carried)
                found[title] = Reference(title, number, "forwards" if forwarded else "repeals" if repealed else "cites")
    return tuple(found.values())
