"""Front matter: a key and a value a line, in the simple YAML that people write by hand."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from govdoc.errors import InputError

_FENCE = re.compile(r"---[ \t]*\r?$")
_END = re.compile(r"(?:---|\.\.\.)[ \t]*\r?$")
_KEY = re.compile(r"(?P<key>[^\s:：#\"'\[{-][^:：]*?)[ \t]*(?:：|:(?=\s|$))[ \t]*(?P<value>.*?)\s*$")
_ITEM = re.compile(r"[ \t]*-(?:[ \t]+|$)(?P<value>.*?)\s*$")
_REMARK = re.compile(r"(?:^|[ \t])#.*$")
# What YAML reads as a text as it stands, and we too.
_BARE = re.compile(
    r"(?![\d.,+-]*$)(?!(?:null|true|false|yes|no|on|off|y|n|[\d-]+|0[xo]\w+)$)[\w〔（《“★○〇](?:.*\S)?", re.IGNORECASE
)
_NOT_BARE = re.compile(r": |:$| #|[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]|--")
_WORDS: Final = {"": None, "null": None, "~": None, "true": True, "false": False}


@dataclass(frozen=True)
class Entry:
    """A key with its value, and the value's place in the source."""

    key: str
    value: Any
    start: int
    stop: int


def find_front(text: str) -> tuple[int, int, int] | None:
    """Where the front matter's lines begin and end, and where the text behind it begins; ``None`` without any."""
    begin = 1 if text.startswith("\ufeff") else 0
    first = text.find("\n", begin)
    if first < 0 or not _FENCE.match(text[begin:first]):
        return None
    at = first + 1
    while at < len(text):
        stop = text.find("\n", at)
        stop = len(text) if stop < 0 else stop
        if _END.match(text[at:stop]):
            return first + 1, at, min(stop + 1, len(text))
        at = stop + 1
    return None


def read_entries(text: str, start: int, stop: int) -> list[Entry]:
    """The entries of ``[start, stop)``. ``InputError`` names the line that is none."""
    entries: list[Entry] = []
    for begin, line in _lines(text, start, stop):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        item = _ITEM.match(line)
        if item and entries and isinstance(entries[-1].value, list | None):
            last = entries.pop()
            place = last.start if last.value else begin + item.start("value")
            entries.append(
                Entry(last.key, [*(last.value or ()), _scalar(item["value"])], place, begin + item.end("value"))
            )
            continue
        found = _KEY.match(line)
        if found is None:
            number = text.count("\n", 0, begin) + 1
            raise InputError(
                f"line {number} is no entry: {line.strip()[:40]}", remedy="write, say, 发文字号: 太教〔2025〕2号"
            )
        entries.append(
            Entry(found["key"], _scalar(found["value"]), begin + found.start("value"), begin + found.end("value"))
        )
    return entries


def _lines(text: str, start: int, stop: int) -> Iterator[tuple[int, str]]:
    while start < stop:
        end = text.find("\n", start, stop)
        end = stop if end < 0 else end
        yield start, text[start:end].rstrip("\r")
        start = end + 1


def _scalar(raw: str) -> Any:
    """A value: JSON, a text in single quotes, a list in brackets, or the text as it stands."""
    if raw[:1] in ('"', "[", "{"):
        try:
            value, end = json.JSONDecoder().raw_decode(raw)
        except ValueError:
            value, end = None, -1
        if end >= 0 and not _REMARK.sub("", raw[end:]).strip():
            return value
    if raw[:1] == "[" and raw[-1:] == "]":
        return [one.strip().strip("\"'") for one in re.split("[,，、]", raw[1:-1]) if one.strip()]
    if raw[:1] == "'" and raw[-1:] == "'" and len(raw) > 1:
        return raw[1:-1].replace("''", "'")
    bare = _REMARK.sub("", raw).rstrip()
    return _WORDS.get(bare, bare)


def write_entry(key: str, value: Any) -> str:
    """The line of an entry, or the lines of a list of several texts."""
    if isinstance(value, list) and value and all(isinstance(one, str) for one in value):
        return "\n".join((f"{key}:", *(f"  - {_written(one)}" for one in value)))
    return f"{key}: {_written(value)}"


def _written(value: Any) -> str:
    if isinstance(value, str) and _BARE.fullmatch(value) and not _NOT_BARE.search(value):
        return value
    # Two dashes would end a comment, in which entries may stand.
    return json.dumps(value, ensure_ascii=not str(value).isprintable()).replace("--", "-\\u002d")
