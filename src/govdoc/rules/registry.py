"""What a cleaning rule is, and the register of all of them.

A rule looks at a text and yields findings; it never returns a string. Its function's name is its slug, its docstring
its manual page, its cases the file ``tests/cases/rules/<CODE>.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from itertools import groupby
from pkgutil import iter_modules
from typing import Literal

from govdoc.edits import Edit
from govdoc.manual import Documented
from govdoc.rules.text import EVERYDAY, Text
from govdoc.span import Mark, Notice

Effect = Literal["layout", "removes", "alters"]
Applied = Literal["always", "on-request"]
Scope = Literal["line", "text"]
Stage = Literal["entities", "encoding", "characters", "lines", "chrome", "breaks", "glyphs", "spacing", "punctuation"]
Finding = Edit | Mark | Notice
Finder = Callable[[Text], Iterator[Finding]]

STAGES: tuple[Stage, ...] = (
    "entities",
    "encoding",
    "characters",
    "lines",
    "chrome",
    "breaks",
    "glyphs",
    "spacing",
    "punctuation",
)
"""The passes of a round, in order; a family of rules is a module of this package."""


@dataclass(frozen=True)
class Rule(Documented):
    """A rule, by its code and its Chinese name.

    ``effect`` says what kind of change it makes, ``applied`` whether only on request (``--unsafe``). ``needs`` holds
    the characters of which a text must have one for the rule to find anything; empty where any text may do. A rule
    that ``looks_at`` a line finds there what it would find if that line were all the text.
    """

    code: str
    chinese: str
    stage: Stage
    effect: Effect
    applied: Applied
    find: Finder
    needs: frozenset[str] = frozenset()
    looks_at: Scope = "text"


_REGISTER: dict[str, Rule] = {}


def rule(
    code: str,
    chinese: str,
    *,
    stage: Stage,
    effect: Effect,
    applied: Applied = "always",
    needs: Iterable[str] = (),
    looks_at: Scope = "text",
) -> Callable[[Finder], Finder]:
    """Register a rule under its code; ``ValueError`` where the code is taken."""

    def register(find: Finder) -> Finder:
        if code in _REGISTER:
            raise ValueError(f"rule {code} is registered twice")
        _REGISTER[code] = Rule(code, chinese, stage, effect, applied, find, frozenset(needs), looks_at)
        return find

    return register


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule, by stage and then by code."""
    import govdoc.rules as families

    for module in iter_modules(families.__path__):
        import_module(f"govdoc.rules.{module.name}")
    return tuple(sorted(_REGISTER.values(), key=lambda one: (STAGES.index(one.stage), one.code)))


def rare_characters(text: str) -> set[str]:
    """The characters beyond ``EVERYDAY`` that a rule needs and a text holds, found in one scan."""
    return set(_any_rare().findall(text))


@cache
def _any_rare() -> re.Pattern[str]:
    needed = frozenset[str]().union(*(rule.needs for rule in all_rules()))
    # Written as ranges, thousands of characters compile in a millisecond.
    numbered = enumerate(sorted(map(ord, needed - EVERYDAY)))
    runs = [[code for _, code in run] for _, run in groupby(numbered, key=lambda each: each[1] - each[0])]
    return re.compile("[" + "".join(f"{re.escape(chr(run[0]))}-{re.escape(chr(run[-1]))}" for run in runs) + "]")
