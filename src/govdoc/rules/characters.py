"""T: characters that are no text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govdoc.edits import Edit
from govdoc.rules.registry import Finding, rule
from govdoc.rules.text import Text
from govdoc.span import Notice

UNDECODED = frozenset(map(chr, (*range(0xD800, 0xE000), 0xFFFE, 0xFFFF)))
ODD_SPACES = frozenset(map(chr, (0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F)))
# Unicode ranges: C0 and C1 controls but TAB and line ends, surrogates, noncharacters at the end of the BMP.
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]+")
UNDECODABLE = re.compile(r"[\ud800-\udfff\ufffe\uffff]")
CONTROLS = frozenset(filter(CONTROL.match, map(chr, range(0xA0))))
LINE_END = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# ZERO WIDTH SPACE … RIGHT-TO-LEFT MARK, bidi controls, WORD JOINER …, BOM, SOFT HYPHEN. Variation selectors stay:
# they choose the form of a rare name's character.
INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u00ad]+")
INVISIBLES = frozenset(filter(INVISIBLE.match, map(chr, (0xAD, *range(0x2000, 0x2070), 0xFEFF))))
NOTICES = 10  # of one kind are shown one by one
# NO-BREAK SPACE, EN QUAD … HAIR SPACE, NARROW NO-BREAK SPACE, MEDIUM MATHEMATICAL SPACE.
ODD_SPACE = re.compile(r"[\u00a0\u2000-\u200a\u202f\u205f]")


@rule("T101", "控制字符", stage="characters", effect="alters", needs=CONTROLS, looks_at="line")
def control_character(text: Text) -> Iterator[Finding]:
    """Control characters are removed.

    Why: no writer takes them (XLSX, DOCX and UTF-8 readers refuse or hide them) and they carry no ink.
    Keeps: TAB and line ends.
    """
    for match in CONTROL.finditer(text.text):
        yield Edit(match.start(), match.end(), "")
        yield Notice("T101", "warning", f"control character {match.group()!r} removed", match.span())


@rule("T102", "无法解码的字节", stage="characters", effect="alters", needs=UNDECODED, looks_at="line")
def undecodable_byte(text: Text) -> Iterator[Finding]:
    """A byte that is no character in the file's encoding becomes U+FFFD, with a notice.

    Why: a lone surrogate cannot be written as UTF-8; the ledger keeps the byte, so undo gives it back.
    """
    count = 0
    for count, match in enumerate(UNDECODABLE.finditer(text.text), start=1):
        yield Edit(match.start(), match.end(), "\N{REPLACEMENT CHARACTER}")
        if count <= NOTICES:
            byte = ord(match.group()) - 0xDC00
            what = f"byte 0x{byte:02X}" if 0x80 <= byte <= 0xFF else f"U+{ord(match.group()):04X}"
            message = f"{what} is no character here: something was lost at this place"
            yield Notice("T102", "error", message, match.span())
    if count > NOTICES:
        yield Notice("T102", "error", f"{count} places in all hold bytes that are no characters; the file is damaged")


@rule("T103", "换行符", stage="characters", effect="layout", needs="\r\x0b\x0c\x85\u2028\u2029")
def line_end(text: Text) -> Iterator[Finding]:
    """Every line end becomes LF: CRLF, CR, VT, FF, NEL, LS, PS."""
    for match in LINE_END.finditer(text.text):
        yield Edit(match.start(), match.end(), "\n")


@rule("T104", "看不见的字符", stage="characters", effect="layout", needs=INVISIBLES, looks_at="line")
def invisible_character(text: Text) -> Iterator[Finding]:
    """Zero-width and bidirectional controls, soft hyphens and stray BOMs are removed.

    Why: they break searching and line breaking and nobody sees them.
    Keeps: variation selectors, which choose the form of a character.
    """
    for match in INVISIBLE.finditer(text.text):
        yield Edit(match.start(), match.end(), "")


@rule("T105", "特殊空格", stage="characters", effect="layout", needs=ODD_SPACES, looks_at="line")
def odd_space(text: Text) -> Iterator[Finding]:
    """No-break, en, thin and other typographic spaces become U+0020.

    Keeps: U+3000, the ideographic space.
    """
    for match in ODD_SPACE.finditer(text.text):
        yield Edit(match.start(), match.end(), " ")
