"""The tags of a page with their places, in time linear in the page, whatever it holds.

The HTML standard's tokenizer (§13.2.5) without its error recovery by the rest of the file: a comment, a quoted value
or a script that never closes hides nothing behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

TokenKind = Literal["open", "close", "gone", "raw"]


class Token(NamedTuple):
    """A tag, a stretch without text (comment, declaration), or an element whose content is no markup (script)."""

    kind: TokenKind
    name: str
    start: int
    stop: int


RAW_TEXT = frozenset(("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"))
"""Elements whose content holds no tags (§13.1.2)."""
# Possessive quantifiers: a tag that does not match is given up at once.
PLAIN_TAG = re.compile(
    r"""<(/?)([A-Za-z][A-Za-z0-9:_.-]*+)(?=[\s/>])(?:[^<>"'=]++|=\s*+"[^"<>]*+"|=\s*+'[^'<>]*+'|=)*+>"""
)
TAG_START = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:_.-]*+)(?=[\s/>])")
ATTRIBUTE = re.compile(r"[\s/]*+(?:(>)|[^\s/>=]++(?:\s*+(=)\s*+)?|(=)\s*+)")
UNQUOTED = re.compile(r"[^\s>]*+")


def tokenize(text: str) -> Iterator[Token]:
    """The tokens of a page in order; what stands between them is text."""
    return _Tokenizer(text).run()


class _Tokenizer:
    def __init__(self, text: str) -> None:
        self.text = text
        self.absent: dict[str, int] = {}  # what is not found from that place on, so that it is looked for once
        self.quotes_hold = True

    def run(self) -> Iterator[Token]:
        text, at, plain_tag = self.text, 0, PLAIN_TAG.match
        while (at := text.find("<", at)) >= 0:
            if match := plain_tag(text, at):
                closing, name = match.groups()
                token = Token("close" if closing else "open", name.lower(), at, match.end())
            else:
                found = self._other(at)
                if found is None:
                    at += 1
                    continue
                token = found
            if token.kind == "open" and token.name in RAW_TEXT:
                token = self._raw(token)
            yield token
            at = token.stop

    def _find(self, what: str, start: int) -> int:
        """Like ``str.find``, but what was not found once is not looked for again."""
        if start >= self.absent.get(what, len(self.text) + 1):
            return -1
        found = self.text.find(what, start)
        if found < 0:
            self.absent[what] = start
        return found

    def _other(self, at: int) -> Token | None:
        """What a ``<`` begins that is no plain tag; ``None`` where it is a character of the text."""
        text = self.text
        following = text[at + 1 : at + 2]
        if following == "!" or following == "?":
            return self._declaration(at)
        match = TAG_START.match(text, at)
        if not match:
            if text.startswith("</", at) and text[at + 2 : at + 3].strip():
                stop = self._find(">", at)
                return Token("gone", "", at, stop + 1) if 0 <= stop - at <= 80 else None
            return None
        stop = self._tag_end(match.end())
        if stop < 0:
            return None
        return Token("close" if match.group(1) else "open", match.group(2).lower(), at, stop)

    def _declaration(self, at: int) -> Token | None:
        text = self.text
        for opening, closing in (("<!--", "-->"), ("<![CDATA[", "]]>")):
            if text.startswith(opening, at):
                if text.startswith(("<!-->", "<!--->"), at):
                    return Token("gone", "", at, text.index(">", at) + 1)
                stop = self._find(closing, at + len(opening))
                if stop >= 0:
                    return Token("gone", "", at, stop + len(closing))
                return Token("gone", "", at, at + len(opening))  # never closed: what follows is text
        stop = self._find(">", at)
        return Token("gone", "", at, stop + 1) if stop >= 0 else None

    def _tag_end(self, at: int) -> int:
        """The place behind the ``>`` of a tag whose name ends at ``at``; -1 where there is none."""
        text, first = self.text, at
        while self.quotes_hold:
            match = ATTRIBUTE.match(text, at)
            if not match:
                break
            at = match.end()
            if match.lastindex is None:
                continue
            if match.lastindex == 1:
                return at
            quote = text[at : at + 1]
            if quote and quote in "\"'":
                stop = self._find(quote, at + 1)
                if stop < 0:
                    break
                if text[stop - 1] == "=" and (end := text.find(">", at, stop)) >= 0:
                    return end + 1  # the quote opens the value of a later tag: this one was never closed
                at = stop + 1
            elif unquoted := UNQUOTED.match(text, at):
                at = unquoted.end()
        self.quotes_hold = False
        stop = self._find(">", first)
        return stop + 1 if stop >= 0 else -1

    def _raw(self, token: Token) -> Token:
        """An element whose content is no markup, up to its end tag; only its tag where it has none."""
        text, name = self.text, token.name
        closing = f"</{name}"
        if token.stop < self.absent.get(closing, len(text) + 1):
            match = re.compile(rf"</{name}(?=[\s/>])[^>]*+>?", re.I).search(text, token.stop)
            if match:
                return Token("raw", name, token.start, match.end())
            self.absent[closing] = token.stop
        # The file was cut inside a script: nothing is closed any more behind it.
        rest_is_raw = self._find("</", token.stop) < 0
        return Token("raw", name, token.start, len(text) if rest_is_raw else token.stop)
