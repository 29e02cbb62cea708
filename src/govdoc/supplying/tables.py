"""The files people write: TOML, or JSON by its suffix."""

from __future__ import annotations

import difflib
import json
import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from govdoc.errors import UsageError

# TOML wants quotes around every key that is not ASCII; outside strings and comments such a word is none but a key.
_STRING = r'"{3}.*?"{3}|\'{3}.*?\'{3}|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\''
_TOKEN = re.compile(rf"{_STRING}|#[^\n]*|(?P<word>[\w-]+)(?=\s*[=.\]])", re.DOTALL)


def _quote_keys(text: str) -> str:
    """TOML with its Chinese keys put in quotes, so that people need not."""
    return _TOKEN.sub(lambda found: f'"{found[0]}"' if found["word"] and not found[0].isascii() else found[0], text)


def read_table(path: str | Path, what: str) -> dict[str, Any]:
    """The top table of a file; ``UsageError`` where it cannot be read or is no ``what``."""
    place = str(path)
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UsageError(f"cannot be read ({error.strerror})", place=place, remedy="check the name") from None
    except UnicodeDecodeError:
        raise UsageError(f"is no {what}: it is not UTF-8", place=place, remedy="save it as UTF-8") from None
    try:
        table = json.loads(text) if Path(path).suffix.lower() == ".json" else tomllib.loads(_quote_keys(text))
    except ValueError as error:
        raise UsageError(f"is no {what}: {error}", place=place, remedy="text stands in quotes") from None
    if not isinstance(table, dict):
        raise UsageError(f"is no {what}: it holds no table", place=place)
    return table


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Words that name the known one most like a name; ``None`` where none is."""
    found = difflib.get_close_matches(name, list(known), 1, cutoff=0.4)
    return f"did you mean {found[0]}?" if found else None
