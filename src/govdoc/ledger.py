r"""The ledger (``govdoc.ledger/1``): every edit of a cleaning, as JSON Lines, and the way back from it.

The first line is the head, then one edit a line in pass order. Lone surrogates stand as ``\udcXX`` escapes, so the
file is ASCII-safe UTF-8; see docs/contract.md.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from govdoc.cleaned import Cleaned
from govdoc.edits import AppliedEdit, Pass, undo_passes
from govdoc.errors import InputError
from govdoc.patches import BytePatch, restore_bytes

SCHEMA = "govdoc.ledger/1"
JSON = json.JSONEncoder(ensure_ascii=False)
SURROGATE = re.compile(r"[\ud800-\udfff]")
RULES_VERSION = "1.0"


def digest(text: str) -> str:
    """SHA-256 of a cleaned text as it stands on disk (UTF-8)."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _dump(value: object) -> str:
    # Lone surrogates are not UTF-8; everything else stays readable.
    return SURROGATE.sub(lambda match: f"\\u{ord(match.group()):04x}", JSON.encode(value))


def write_ledger(cleaned: Cleaned) -> str:
    """The ledger of a cleaning as JSON Lines. ``line`` counts lines of the pass's input from 1."""
    return "".join(line + "\n" for line in _ledger_lines(cleaned))


def _ledger_lines(cleaned: Cleaned) -> Iterator[str]:
    decoded = cleaned.decoded
    source = decoded.source
    yield _dump(
        {
            "schema": SCHEMA,
            "source": {"name": source.name, "sha256": source.sha256, "bytes": len(source.data)},
            "encoding": decoded.encoding,
            "media_type": decoded.media_type,
            "cleaned": {"sha256": digest(cleaned.text)},
            "rules": RULES_VERSION,
            "byte_patches": [
                [patch.start, patch.stop, base64.b64encode(patch.data).decode("ascii")]
                for patch in decoded.byte_patches
            ],
        }
    )
    text = decoded.text
    for number, one in enumerate(cleaned.ledger, start=1):
        line, counted = 1, 0
        pieces: list[str] = []
        end = 0
        for edit in one.edits:
            line += text.count("\n", counted, edit.start)
            counted = edit.start
            yield _dump(
                {
                    "pass": number,
                    "rule": edit.rule,
                    "start": edit.start,
                    "end": edit.stop,
                    "old": edit.old,
                    "new": edit.new,
                    "line": line,
                }
            )
            pieces += (text[end : edit.start], edit.new)
            end = edit.stop
        pieces.append(text[end:])
        text = "".join(pieces)


@dataclass(frozen=True)
class Ledger:
    """A ledger read back from its file."""

    head: dict[str, Any]
    passes: tuple[Pass, ...]

    @property
    def byte_patches(self) -> tuple[BytePatch, ...]:
        """The head's byte patches."""
        return tuple(BytePatch(a, b, base64.b64decode(c)) for a, b, c in self.head["byte_patches"])

    def undo(self, text: str) -> bytes:
        """The source bytes from the cleaned text. ``InputError`` where the text was edited since."""
        if digest(text) != self.head["cleaned"]["sha256"]:
            raise InputError(
                "the cleaned text was changed since this ledger was written",
                remedy="clean the source again, or name the right text with --text",
            )
        try:
            source = undo_passes(text, self.passes)
        except ValueError as error:
            raise InputError(f"the ledger does not fit the text: {error}") from error
        return restore_bytes(source, self.head["encoding"], self.byte_patches)


def read_ledger(data: str) -> Ledger:
    """A ledger from its JSON Lines. ``InputError`` says which line is not one."""
    rows: list[dict[str, Any]] = []
    for number, line in enumerate(data.removesuffix("\n").split("\n"), start=1):
        try:
            rows.append(json.loads(line))
        except ValueError:
            raise InputError(f"not a ledger: line {number} is not JSON") from None
    if not rows or not isinstance(rows[0], dict) or rows[0].get("schema") != SCHEMA:
        raise InputError(f"not a ledger: the first line is no {SCHEMA} head")
    try:
        passes = tuple(
            Pass(tuple(AppliedEdit(r["rule"], r["start"], r["end"], r["old"], r["new"]) for r in group))
            for _, group in groupby(rows[1:], key=lambda row: row["pass"])
        )
    except (KeyError, TypeError) as error:
        raise InputError(f"not a ledger: an edit lacks {error}") from None
    return Ledger(rows[0], passes)
