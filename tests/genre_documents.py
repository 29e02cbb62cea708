"""The documents of ``data/genres``: their text, and their labels in the form ``score_indicators`` takes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent / "data" / "genres"


def _whole(raw: str) -> re.Pattern[str]:
    """A figure that is no part of a longer one."""
    return re.compile(rf"(?<![\d.,]){re.escape(raw)}" + (r"(?!\d)" if raw[-1].isdigit() else ""))


def read_genres() -> Iterator[tuple[str, str, list[dict[str, Any]]]]:
    """Name, text and labels of each document."""
    for path in sorted((*FOLDER.glob("*.txt"), *FOLDER.glob("*.html"))):
        text, _, below = path.read_text(encoding="utf-8").partition("----\n")
        yield path.stem, text, list(_labels(text, below.splitlines()))


def _labels(text: str, lines: list[str]) -> Iterator[dict[str, Any]]:
    role = period = ""
    start = end = text.index("</h1>" if "</h1>" in text else "\n")  # the title is not measured
    for line in lines:
        if line.startswith("#"):
            role, period = line[1:].split()
            continue
        raw, value, unit, kind, name, must, *rest = line.split("|")
        if raw.startswith("="):
            raw = raw[1:]
        else:
            found = _whole(raw).search(text, end)
            assert found, f"{raw} is not in the text"
            start, end = found.span()
        low, _, high = value.partition("~")
        changed = dict(part.split("=") for part in rest if "=" in part)
        bound = next((part for part in rest if part and "=" not in part), "eq")
        yield {
            "start": start, "end": end, "raw": raw, "unit": unit, "kind": kind, "name": name, "must": must.split(";"),
            "value": None if high else Decimal(value), "value_min": Decimal(low) if high else None,
            "value_max": Decimal(high) if high else None, "bound": bound, "role": role, "period": period,
            "layer": "core", **changed,
        }  # fmt: skip
