"""Equations as a line of text: what ``m:t`` holds, with signs for what stands above, below and under a root."""

from __future__ import annotations

from lxml.etree import _Element

from govdoc.readers.docx.wml import name

_BETWEEN = {"m:f": "/", "m:sSup": "^", "m:sSub": "_", "m:sPre": ""}
_LEFT_OUT = frozenset(("m:ctrlPr", "m:rPr", "w:rPr", "m:fPr", "m:radPr", "m:dPr", "m:naryPr", "m:sSupPr", "m:sSubPr"))


def linear(element: _Element, depth: int = 0) -> str:
    """An equation on one line: ``(a+b)/c``, ``x^2``, ``√(x)``."""
    kind = name(element)
    if kind == "m:t":
        return element.text or ""
    if depth > 60 or kind in _LEFT_OUT:
        return ""
    parts = [linear(each, depth + 1) for each in element]
    if kind in _BETWEEN:
        kept = [_held(part) if kind == "m:f" else part for part in parts if part]
        return _BETWEEN[kind].join(kept)
    if kind == "m:rad":
        return "√" + _held(parts[-1] if parts else "")
    if kind == "m:d":
        return f"({''.join(parts)})"
    return "".join(parts)


def _held(text: str) -> str:
    return text if len(text) < 2 or text.isalnum() else f"({text})"
