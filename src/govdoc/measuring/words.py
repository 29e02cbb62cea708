"""Reading the word lists under ``data/``: lists are kept as text, one key a list, words parted by blanks."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """The table ``data/<name>.toml``."""
    return tomllib.loads((files(__package__) / "data" / f"{name}.toml").read_text(encoding="utf-8"))


def words(text: str) -> tuple[str, ...]:
    """The words of a list, in order."""
    return tuple(text.split())


def longest(choice: Iterable[str], *, at_end: bool = False) -> re.Pattern[str]:
    """A pattern of all words, longest first; with ``at_end`` only at the end of a text."""
    ordered = sorted(set(choice), key=lambda word: (-len(word), word))
    return re.compile("(?:" + "|".join(re.escape(word) for word in ordered) + ")" + ("$" if at_end else ""))
