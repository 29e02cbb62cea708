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
from govdoc.rules.text import Text
from govdoc.span import Mark, Notice

Effect = Literal["layout", "removes", "alters"]
Applied = Literal["always", "on-request"]
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
class Rule:
    """A rule, by its code and its Chinese name.

    ``effect`` says what kind of change it makes, ``applied`` whether only on request (``--unsafe``). ``needs`` holds
    the characters of which a text must have one for the rule to find anything; empty where any text may do.
    """

    code: str
    chinese: str
    stage: Stage
    effect: Effect
    applied: Applied
    find: Finder
    needs: frozenset[str] = frozenset()

    @property
    def slug(self) -> str:
        """The name, as people write it: ``space-beside-hanzi``."""
        return self.find.__name__.replace("_", "-")

    @property
    def page(self) -> str:
        """The manual page."""
        from inspect import cleandoc

        return cleandoc(self.find.__doc__ or "")

    @property
    def summary(self) -> str:
        """The first line of the page."""
        return self.page.partition("\n")[0]


EVERYDAY = frozenset(map(chr, range(0x20, 0x7F))) | {*"\t\n\u3000（）【】：；，。“”"}
"""Characters that stand in any text: to ask for each is quicker than to gather all."""


_REGISTER: dict[str, Rule] = {}


def rule(
    code: str, chinese: str, *, stage: Stage, effect: Effect, applied: Applied = "always", needs: Iterable[str] = ()
) -> Callable[[Finder], Finder]:
    """Register a rule under its code; ``ValueError`` where the code is taken."""

    def register(find: Finder) -> Finder:
        if code in _REGISTER:
            raise ValueError(f"rule {code} is registered twice")
        _REGISTER[code] = Rule(code, chinese, stage, effect, applied, find, frozenset(needs))
        return find

    return register


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule, by stage and then by code."""
    import govdoc.rules as families

    for module in iter_modules(families.__path__):
        import_module(f"govdoc.rules.{module.name}")
    return tuple(sorted(_REGISTER.values(), key=lambda one: (STAGES.index(one.stage), one.code)))


def characters_of(text: str) -> set[str]:
    """Those of the characters that rules need which a text holds; the rare ones are looked for in one scan."""
    rare, everyday = _needed()
    return set(rare.findall(text)).union(filter(text.__contains__, everyday))


@cache
def _needed() -> tuple[re.Pattern[str], frozenset[str]]:
    needed = frozenset[str]().union(*(rule.needs for rule in all_rules()))
    # Written as ranges, thousands of characters compile in a millisecond.
    numbered = enumerate(sorted(map(ord, needed - EVERYDAY)))
    runs = [[code for _, code in run] for _, run in groupby(numbered, key=lambda each: each[1] - each[0])]
    rare = "".join(f"{re.escape(chr(run[0]))}-{re.escape(chr(run[-1]))}" for run in runs)
    return re.compile(f"[{rare}]"), needed & EVERYDAY
