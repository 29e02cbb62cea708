"""All checks there are, of texts and of typeset files, as one list for people."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

import msgspec

from govdoc.checking.finding import Severity
from govdoc.checking.measured.table import MEASURES
from govdoc.checking.registry import all_checks
from govdoc.errors import UsageError


class Listed(msgspec.Struct, frozen=True):
    """A check as it is listed: what it looks at, how strictly, by which clause."""

    code: str
    slug: str
    chinese: str
    severity: Severity
    clause: str
    kinds: tuple[str, ...]
    page: str
    tolerance: str | None = None

    @property
    def summary(self) -> str:
        """The first line of the page."""
        return self.page.partition("\n")[0]


def codes_of(names: Iterable[str]) -> frozenset[str]:
    """The codes of checks named by code or slug; ``UsageError`` names the nearest where there is none."""
    known = {name: one.code for one in all_listed() for name in (one.code, one.slug)}
    for name in names:
        if name not in known:
            nearest = difflib.get_close_matches(name, known, 1)
            raise UsageError(
                f"no check {name!r} to switch off",
                place="[check] disable",
                remedy=f"did you mean {nearest[0]!r}" if nearest else "see `govdoc checks`",
            )
    return frozenset(known[name] for name in names)


def all_listed() -> tuple[Listed, ...]:
    """The checks of texts by code, then the measurements."""
    texts = [
        Listed(
            one.code, one.slug, one.chinese, one.severity, one.clause,
            ("text",) if one.needs_source else ("text", "json"), one.page,
        )
        for one in all_checks()
    ]  # fmt: skip
    measured = [
        Listed(one.code, one.slug, one.chinese, one.severity, one.clause, one.kinds, one.page, one.tolerance)
        for one in MEASURES
    ]
    return (*texts, *measured)
