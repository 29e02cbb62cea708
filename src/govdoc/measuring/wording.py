"""The words of a sentence around a figure: what leads up to it and what is said of it after (indicators.md §8)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from govdoc.indicator import Indicator

_NUMBERED = re.compile(r"^(?:[（(]?[\d一二三四五六七八九十]{1,3}[）).．、])+(?=\D)")
_STOP = re.compile(r"[。；;！!：:｜]")
_COMMA = re.compile(r"[，,]")
# What goes on about the figures before it: 均已开工, 其中3所尚未完工.
_BACK = re.compile(r"(?:以上|上述|目前|现)?(?:项目|工程|学校)?(?:均|全部|都|皆)")


class Wording(NamedTuple):
    """The words around a figure, without its own.

    ``label``: what stands before a colon there (县一中：…); ``lead``: from the head of the sentence to the figure;
    ``near``: of that the clause of the figure; ``tail``: the rest of its clause and the clauses on that say something
    of it; ``whole``: the whole stretch with its figures.
    """

    label: str
    lead: str
    near: str
    tail: str
    whole: str

    @property
    def clause(self) -> str:
        """What is said of the figure by itself."""
        return self.near + self.tail


def wording(one: Indicator) -> Wording:
    """The words around the figure of a record."""
    return _around(one.sentence, one.raw, one.start - one.sent_start, one.sent_end - one.sent_start)


@lru_cache(maxsize=4096)  # a target is read again beside every result, a result beside every target
def _around(sentence: str, raw: str, offset: int, spread: int) -> Wording:
    start, end = _where(sentence, raw, offset, spread)
    before, after = sentence[:start], sentence[end:]
    parts = _STOP.split(before)
    labelled = len(parts) > 1 and before[: len(before) - len(parts[-1])].endswith(("：", ":"))
    lead, rest = _NUMBERED.sub("", parts[-1]), _STOP.split(after)[0]
    own, *later = _COMMA.split(rest)
    tail, owned = [own], True
    for clause in later:
        counted = bool(re.search(r"\d", clause))
        if (owned and (not counted or clause.startswith("其中"))) or _BACK.match(clause):
            tail.append(clause)
        owned = owned and not counted
    label = _NUMBERED.sub("", parts[-2]) if labelled else ""
    return Wording(label, lead, _COMMA.split(lead)[-1], "，".join(tail), lead + sentence[start:end] + rest)


def _where(sentence: str, raw: str, offset: int, spread: int) -> tuple[int, int]:
    """Where the figure stands in the sentence: of the places where it is written the one nearest to where it should."""
    raw = "".join(raw.split())
    expected = offset * len(sentence) / max(1, spread)
    places = [found.start() for found in re.finditer(rf"(?<![\d.]){re.escape(raw)}", sentence)] if raw else []
    start = min(places, key=lambda at: abs(at - expected), default=len(sentence))
    return start, min(len(sentence), start + len(raw))
