"""The same 公文 taken from two places, and the lines that a site puts around all its documents."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from govdoc.batch.facts import DIGITS, INK, Facts, hashes, likeness

NEAR = 0.8
"""From this likeness on, two texts of one title are the same."""
VERY_NEAR = 0.93
"""… and two texts of different titles, where no number, date or year speaks against it."""
LEAST = 100
"""Characters a text must have to be judged by its likeness."""
PROBES = 6
"""Of two texts as near as this, one of the so many smallest hashes is nearly always common."""
CROWD = 50
"""Of what more texts than this have in common, all begin alike: it tells none from another."""
OFTEN, SHARE = 5, 0.2
"""A line is a site's own where it stands in so many of its documents, and in this share of them."""


class Name(NamedTuple):
    """A document in the collection: its source's products, and its part."""

    stem: str
    part: int

    def __str__(self) -> str:
        return f"{self.stem}#{self.part}"


class Suggestion(NamedTuple):
    """A line that stands in ``documents`` of a site's documents, as a pattern for ``[[clean.chrome]]``."""

    site: str
    line: str
    pattern: str
    documents: int


def find_duplicates(collection: Iterable[tuple[Name, Facts]]) -> dict[Name, Name]:
    """Each document that stands in the collection before → the first it is the same as.

    The same are those of one 文号 and title, and those of near-equal text, unless numbers, dates or the years in their
    titles differ.
    """
    first: dict[Name, Name] = {}
    by_number: dict[tuple[str, str], Name] = {}
    by_hash: defaultdict[int, list[tuple[Name, Facts]]] = defaultdict(list)
    for name, facts in collection:
        number, title = _bare(facts.number), _bare(facts.title)
        original = by_number.get((number, title)) if number and title else None
        if original is None and facts.characters >= LEAST:
            near = (other for value in hashes(facts.sketch)[:PROBES] for other in by_hash.get(value, ()))
            original = next((other for other, seen in near if _is_same(facts, seen)), None)
        if original is not None:
            first[name] = original
            continue
        if number and title:
            by_number[number, title] = name
        if facts.characters >= LEAST:
            for value in hashes(facts.sketch)[:PROBES]:
                if len(by_hash[value]) < CROWD:
                    by_hash[value].append((name, facts))
    return first


def _is_same(one: Facts, other: Facts) -> bool:
    said = [(_bare(one.number), _bare(other.number)), (one.date, other.date)]
    if any(mine and theirs and mine != theirs for mine, theirs in said):
        return False
    titles = _bare(one.title), _bare(other.title)
    if titles[0] == titles[1]:
        return likeness(one.sketch, other.sketch) >= NEAR
    years = [DIGITS.findall(title) for title in titles]
    return years[0] == years[1] and likeness(one.sketch, other.sketch) >= VERY_NEAR


def _bare(text: str | None) -> str:
    return INK.sub("", text or "").casefold()


class SiteLines:
    """Counts the lines at the ends of documents, site by site."""

    def __init__(self) -> None:
        self._documents: Counter[str] = Counter()
        self._lines: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def add(self, site: str, edges: Iterable[str]) -> None:
        """Count the lines of one source; copies of a document must be left out."""
        self._documents[site] += 1
        self._lines[site].update(edges)

    def suggestions(self) -> Iterator[Suggestion]:
        """The lines that stand in many documents of a site, the most frequent first."""
        for site, counts in sorted(self._lines.items()):
            least = max(OFTEN, SHARE * self._documents[site])
            for line, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
                if count < least:
                    break
                yield Suggestion(site, line, r"\d+".join(re.escape(piece) for piece in DIGITS.split(line)), count)


def as_toml(suggestions: Iterable[Suggestion]) -> str:
    """The suggestions as tables of a configuration file."""
    return "\n".join(
        f"[[clean.chrome]]  # {one.documents} ×\nsite = {_toml(one.site)}\npattern = {_toml(one.pattern)}\n"
        for one in suggestions
    )


def _toml(text: str) -> str:
    return f"'{text}'" if "'" not in text and text.isprintable() else _basic(text)


_ESCAPES = str.maketrans({"\\": r"\\", '"': r"\""})


def _basic(text: str) -> str:
    escaped = text.translate(_ESCAPES)
    return '"' + "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in escaped) + '"'
