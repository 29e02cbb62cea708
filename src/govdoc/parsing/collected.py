"""Texts collected in one: 篇一、篇二, 范文一、范文二, 第一篇、第二篇, each a document of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from govdoc.parsing.lines import Line
from govdoc.parsing.titles import title_like
from govdoc.wording.dates import number_of
from govdoc.wording.vocabulary import squeeze

_NUMERAL = r"[一二三四五六七八九十]{1,3}|\d{1,2}"
_PART = re.compile(
    rf"(?P<stem>.{{0,60}}?)[\s\u3000]*(?P<label>[（(【\[]?(?:篇|范文|范本|模板)(?P<n>{_NUMERAL})[）)】\]]?[：:]?"
    rf"|[（(【\[]?第(?P<nth>{_NUMERAL})篇[）)】\]]?[：:]?)[\s\u3000]*$"
)
_FEWEST: Final = 2
_LONGEST: Final = 90


def at_parts(lines: Sequence[Line]) -> list[Line]:
    """The lines, those with a boundary that open the parts of a collection: one stem, numbered from one on."""
    counted: list[tuple[int, str]] = []
    for i, line in enumerate(lines):
        match = _PART.match(line.text.strip()) if len(line.text) <= _LONGEST and title_like(line) else None
        if match is None:
            continue
        stem = squeeze(match["stem"])
        known = counted[0][1] if counted else stem
        if number_of(match["n"] or match["nth"]) == len(counted) + 1 and stem == known:
            counted.append((i, stem))
    if len(counted) < _FEWEST:
        return list(lines)
    opened = {i for i, _ in counted}
    return [replace(line, boundary=line.boundary or i in opened) for i, line in enumerate(lines)]


def is_part_label(text: str) -> bool:
    """Whether a line is 第一篇 or 范文二 and nothing else."""
    found = _PART.fullmatch(text.strip()) if len(text) <= _LONGEST else None
    return found is not None and not found["stem"].strip()


def without_part(title: str) -> str:
    """A title without the 篇一 or 范文一 behind it; a title that is nothing else stays."""
    found = _PART.fullmatch(title)
    return found["stem"] if found and found["stem"] else title
