"""Signs of the symbol faces (Wingdings, Symbol) as the characters they look like."""

from __future__ import annotations

import re
from typing import Final

LOST = "\N{REPLACEMENT CHARACTER}"
_WINGDINGS: Final = dict(
    zip(
        (0x21, 0x22, 0x28, 0x2A, 0x36, 0x3F, 0x4A, 0x52, 0x6C, 0x6D, 0x6E, 0x6F, 0x70, 0x71, 0x72, 0x74, 0x75, 0x76),
        "✏✂☎✉⌛✍☺☑●❍■□□❑❒◆◆❖",
        strict=True,
    )
) | dict(
    zip(
        (0x77, 0x9F, 0xA1, 0xA2, 0xA4, 0xA7, 0xA8, 0xAB, 0xB0, 0xD8, 0xDF, 0xE0, 0xE8, 0xF0, 0xFB, 0xFC, 0xFD, 0xFE),
        "◆•○○◉▪□★❍➢←→➔⇨✗✓☒☑",
        strict=True,
    )
)
_WINGDINGS_2: Final = {0x50: "✓", 0x4F: "✗", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x98: "●", 0xA3: "□"}
_SYMBOL: Final = {0x61 + i: char for i, char in enumerate("αβχδεφγηιϕκλμνοπθρστυϖωξψζ")} | {
    0x44: "Δ", 0x57: "Ω", 0x53: "Σ", 0xA3: "≤", 0xB3: "≥", 0xB1: "±", 0xB4: "×", 0xB8: "÷", 0xB7: "•", 0xB0: "°",
    0xB9: "≠", 0xBB: "≈", 0xA5: "∞", 0xD6: "√", 0xAE: "→", 0xDE: "⇒", 0x2D: "−", 0xB2: "″", 0xA2: "′",
}  # fmt: skip
_FACES: Final = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "symbol": _SYMBOL}
# Symbol faces keep their signs here (the private use area); of a sign alone the face is not always said.
_PRIVATE: Final = re.compile("[\uf020-\uf0ff]")


def symbol(code: int, face: str) -> str | None:
    """The character that a sign of a symbol face looks like; ``None`` where this is not known."""
    table = _FACES.get(face.lower())
    if table is None:
        return chr(code) if 0x20 <= code < 0xE000 and not 0xD800 <= code < 0xE000 else None
    return table.get(code & 0xFF)


def plain_symbols(text: str, face: str = "") -> tuple[str, int]:
    """``text`` with the signs of symbol faces as characters, and how many of them are not known."""
    lost = 0

    def replaced(match: re.Match[str]) -> str:
        nonlocal lost
        code = ord(match[0]) & 0xFF
        table = _FACES.get(face.lower(), _WINGDINGS)
        found = table.get(code) or _SYMBOL.get(code)
        lost += found is None
        return found or LOST

    return _PRIVATE.sub(replaced, text), lost
