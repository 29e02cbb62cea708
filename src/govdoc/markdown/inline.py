"""Text inside a line of Markdown: what would be taken for a sign is escaped, and what is a sign is taken out."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator

from govdoc.edits import Edit

_SIGNS = re.compile(r"[\\`*_\[\]<>#|~]|&(?=#?\w+;)")
_OPENS = re.compile(r"^(\d+)([.)])(?=\s|$)|^([+-])(?=\s|$)|^(={1,}|-{1,})(?=\s*$)")
_ESCAPED = r"\\(?P<sign>[!-/:-@\[-`{-~])"
_ENTITY = r"&(?:#(?P<code>\d{1,7})|#[xX](?P<hex>[0-9a-fA-F]{1,6})|(?P<name>[A-Za-z]\w{1,30}));"
_BREAK = r"(?P<break><[bB][rR]\s*/?>)"
_ADDRESS = r"<(?P<address>[A-Za-z][\w+.-]{1,30}:[^<>\s]*)>"
_TAG = r"(?P<tag></?(?:a|b|big|center|code|del|div|em|font|i|ins|mark|p|s|small|span|strong|sub|sup|u)\b[^<>]*>)"
_NEWLINE = r"(?P<newline>\s*\n\s*)"
_LINK = r"(?P<link>\[(?P<words>(?:\\.|[^\[\]\\])*)\]\((?:<[^<>]*>|[^()\s]*)(?:\s+\"[^\"]*\")?\))"
# Markdown often wants a blank beside stress where a Chinese text has none.
_STRESS = (
    r"(?:(?<=[^\x00-\x7f]) )?(?P<stress>\*{1,3}|__|~~|`+)(?=\S)"
    r"(?P<inner>(?:\\.|(?!(?P=stress))[^\\]){1,2000}?)(?<=\S)(?P=stress)(?: (?=[^\x00-\x7f]))?"
)
_TOKEN = re.compile("|".join((_ESCAPED, _ENTITY, _BREAK, _ADDRESS, _TAG, _NEWLINE, _LINK, _STRESS)))
_INVISIBLE = ("Cc", "Zl", "Zp", "Cf")


def escape(text: str, *, opens: bool = False) -> str:
    """``text`` with Markdown's own signs escaped; one that ``opens`` a line is no mark of a list or heading either."""
    escaped = _SIGNS.sub(r"\\\g<0>", text)
    if opens:
        escaped = _OPENS.sub(lambda match: f"{match[1]}\\{match[2]}" if match[1] else f"\\{match[0]}", escaped)
    return hide(escaped)


def escape_tagged(text: str) -> str:
    """``text`` for the inside of an HTML tag, where no backslash escapes."""
    return hide(_SIGNS.sub(lambda found: f"&#{ord(found[0])};", text))


def hide(text: str) -> str:
    """White space at either end, and what cannot be seen, as entities; a line break as ``<br>``."""
    body = text.strip()
    left = text[: len(text) - len(text.lstrip())] if body else text
    right = text[len(text.rstrip()) :] if body else ""
    ends = "".join(map(_entity, left)), "".join(map(_entity, right))
    inner = "".join(_entity(char) if unicodedata.category(char) in _INVISIBLE else char for char in body)
    return ends[0] + inner + ends[1]


def _entity(char: str) -> str:
    return "<br>" if char == "\n" else f"&#{ord(char)};"


def inline_edits(text: str, start: int, stop: int) -> Iterator[Edit]:
    """The edits that leave of ``[start, stop)`` what a reader of the page sees."""
    for found in _TOKEN.finditer(text, start, stop):
        match found.lastgroup:
            case "sign":
                yield Edit(found.start(), found.start() + 1, "")
            case "code" | "hex" | "name":
                yield from _seen(found)
            case "break":
                yield Edit(found.start(), found.end(), "\n")
            case "tag" | "newline":
                yield Edit(found.start(), found.end(), "")
            case _:
                yield from _wrapped(text, found)


def _seen(found: re.Match[str]) -> Iterator[Edit]:
    if found["name"]:
        char = html.unescape(found[0])
    else:
        number = int(found["code"]) if found["code"] else int(found["hex"], 16)
        char = chr(number) if number <= 0x10FFFF and not 0xD800 <= number < 0xE000 else found[0]
    if char != found[0]:
        yield Edit(found.start(), found.end(), char)


def _wrapped(text: str, found: re.Match[str]) -> Iterator[Edit]:
    """What stands inside a link, an address or stress, without what makes it one."""
    name = next(name for name in ("address", "words", "inner") if found[name] is not None)
    begin, end = found.span(name)
    yield Edit(found.start(), begin, "")
    if name == "words" or (name == "inner" and not found["stress"].startswith("`")):
        yield from inline_edits(text, begin, end)
    yield Edit(end, found.end(), "")


def apply_edits(text: str, start: int, stop: int, edits: Iterator[Edit] | tuple[Edit, ...]) -> str:
    """``[start, stop)`` of a text with edits made."""
    pieces = []
    for edit in edits:
        pieces += [text[start : edit.start], edit.new]
        start = edit.stop
    return "".join((*pieces, text[start:stop]))
