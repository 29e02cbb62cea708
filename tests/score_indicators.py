"""Scoring of indicator records against labelled ones: spans with value and unit, names, fields.

A span's key is the start of its number, its value or range, and its unit without blanks. A name is self-sufficient
where it holds all the `must` strings of the label (``a|b``: either) and is at most twice as long as the label's (20
characters are always allowed).
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from govdoc.indicator import Indicator

NUMERAL = re.compile(r"[0-9０-９一二三四五六七八九十百千两零〇]")
CHANGE_WORDS = ("同比", "环比", "增速", "增幅", "涨幅", "降幅", "位次", "排名", "名次")
FIELDS = ("bound", "role", "kind", "period")
Label = Mapping[str, Any]


@dataclass(frozen=True)
class Score:
    """Counts over the core layer of one or more documents."""

    labelled: int
    found: int
    right: int
    names: int
    fields: Mapping[str, int]

    @property
    def f1(self) -> float:
        """F1 of unique spans with value and unit."""
        return 2 * self.right / (self.labelled + self.found) if self.labelled + self.found else 0.0

    @property
    def name_share(self) -> float:
        """The share of self-sufficient names among the records found."""
        return self.names / self.right if self.right else 0.0

    def field_share(self, name: str) -> float:
        """The share of right values of a field among the records found."""
        return self.fields[name] / self.right if self.right else 0.0


def flat(text: str | None) -> str:
    """Without blanks and quotes, in one width."""
    return re.sub(r"[\s“”\"‘’'「」『』]", "", unicodedata.normalize("NFKC", text or ""))


def labels(path: Path) -> list[dict[str, Any]]:
    """The labelled records of a file."""
    return [json.loads(line, parse_float=Decimal) for line in path.read_text(encoding="utf-8").splitlines() if line]


def _figure(value: object) -> str | None:
    return None if value is None else format(Decimal(str(value)).normalize(), "f")


def _start(start: int, raw: str) -> int:
    found = NUMERAL.search(raw)
    return start + found.start() if found else start


def label_key(one: Label) -> tuple[Any, ...]:
    """The span key of a label."""
    figures = tuple(_figure(one[name]) for name in ("value", "value_min", "value_max"))
    return _start(one["start"], one["raw"]), figures, flat(one["unit"])


def record_key(one: Indicator) -> tuple[Any, ...]:
    """The span key of a record."""
    figures = tuple(_figure(value) for value in (one.value, one.value_min, one.value_max))
    return _start(one.start, one.raw), figures, flat(one.unit)


def self_sufficient(label: Label, name: str) -> bool:
    """Whether a name says by itself what its label's name says."""
    mine, theirs = flat(name), flat(label["name"])
    held = all(any(flat(word) in mine for word in item.split("|")) for item in label["must"])
    level = label["kind"] not in ("change", "rank")
    misled = level and any(word in mine and word not in theirs for word in CHANGE_WORDS)
    return held and not misled and len(mine) <= max(2 * len(theirs), 20)


def score(wanted: Sequence[Label], records: Iterable[Indicator]) -> Score:
    """Core labels against records; what lies on a span of layer ``ext`` is set aside."""
    core = [one for one in wanted if one["layer"] == "core"]
    ext = [(one["start"], one["end"]) for one in wanted if one["layer"] == "ext"]
    keys = {label_key(one) for one in core}
    mine: dict[tuple[Any, ...], list[Indicator]] = {}
    for one in records:
        key = record_key(one)
        if key in keys or not any(one.start < end and start < one.end for start, end in ext):
            mine.setdefault(key, []).append(one)
    names, fields = 0, dict.fromkeys(FIELDS, 0)
    for label in core:
        choice = mine.get(label_key(label), [])
        if not choice:
            continue
        best = max(choice, key=lambda one: (self_sufficient(label, one.name), flat(one.name) == flat(label["name"])))
        names += self_sufficient(label, best.name)
        for name in FIELDS:
            fields[name] += getattr(best, name) == label[name]
    right = sum(label_key(label) in mine for label in core)
    extra = sum(len(choice) for key, choice in mine.items() if key not in keys)
    return Score(len(core), right + extra, right, names, fields)
