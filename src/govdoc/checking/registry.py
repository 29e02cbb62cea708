"""What a check is, and the register of all of them.

A check looks at a draft (a text and the documents read from it) and yields what it finds; it changes nothing. Its
function's name is its slug, its docstring its manual page, its cases the file ``tests/cases/check/<CODE>.toml``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import NamedTuple

from govdoc.checking.draft import Draft, Piece
from govdoc.checking.finding import Severity
from govdoc.manual import Documented


class Found(NamedTuple):
    """``[start, stop)`` of a piece (of the decoded source where there is none), and what is wrong there.

    ``new`` replaces it where the remedy is mechanical; ``severity`` is the check's own where it is ``None``.
    """

    piece: Piece | None
    start: int
    stop: int
    message: str
    remedy: str | None = None
    new: str | None = None
    severity: Severity | None = None


Finder = Callable[[Draft], Iterator[Found]]


@dataclass(frozen=True)
class Check(Documented):
    """A check of a text or a canonical document, by its code and its Chinese name.

    ``severity`` is its gravest; ``needs_source`` says that the canonical document alone does not show what it looks at.
    """

    code: str
    chinese: str
    severity: Severity
    clause: str
    find: Finder
    needs_source: bool = False


_REGISTER: dict[str, Check] = {}


def check(
    code: str, chinese: str, severity: Severity, clause: str, *, needs_source: bool = False
) -> Callable[[Finder], Finder]:
    """Register a check under its code; ``ValueError`` where the code is taken."""

    def register(find: Finder) -> Finder:
        if code in _REGISTER:
            raise ValueError(f"check {code} is registered twice")
        _REGISTER[code] = Check(code, chinese, severity, clause, find, needs_source)
        return find

    return register


@cache
def all_checks() -> tuple[Check, ...]:
    """Every check of texts, by code."""
    import govdoc.checking.catalogue as families

    for module in iter_modules(families.__path__):
        import_module(f"govdoc.checking.catalogue.{module.name}")
    return tuple(sorted(_REGISTER.values(), key=lambda one: one.code))
