"""Which encoding bytes are in, and what says so: the strongest evidence first.

BOM → a declared charset where the bytes agree → strict UTF-8 (its tail may be cut) → HZ → UTF-16, GB18030 and
Big5-HKSCS scored by common hanzi → the same with bad bytes allowed → chardet for pages that are not Chinese.
``gb2312`` and ``gbk`` are read as gb18030, ``big5`` as big5hkscs: what pages mean by those names.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from typing import NamedTuple

from govdoc.decode.hanzi import SAMPLE, chinese_share
from govdoc.errors import InputError


class Verdict(NamedTuple):
    """An encoding (a Python codec name), the evidence that decided, and a confidence from 0 to 1."""

    encoding: str
    evidence: str
    confidence: float


BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
CANDIDATES = ("utf-16-le", "utf-16-be", "gb18030", "big5hkscs")
READ_AS = {
    "gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "cp936": "gb18030", "ms936": "gb18030",
    "x-gbk": "gb18030", "euc-cn": "gb18030", "hz-gb-2312": "hz", "big5": "big5hkscs", "big5-hkscs": "big5hkscs",
    "x-x-big5": "big5hkscs", "cp950": "big5hkscs", "utf8": "utf-8", "utf-8-sig": "utf-8", "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be", "utf-16": "utf-16-le", "unicode": "utf-16-le", "ascii": "utf-8", "us-ascii": "utf-8",
}  # fmt: skip
DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_\-]{3,20})""")
HZ = re.compile(rb"~\{[\x21-\x7e]{2,}?~\}")
CLEARLY_CHINESE = 0.4


def normalise_encoding(name: str) -> str:
    """The codec govdoc uses for a charset label; ``InputError`` for a label no codec knows."""
    label = name.strip().lower().replace("_", "-")
    if label in READ_AS:
        return READ_AS[label]
    try:
        return READ_AS.get(found := codecs.lookup(label).name, found)
    except LookupError:
        raise InputError(
            f"unknown encoding {name!r}", remedy="use a name such as utf-8, gb18030, big5 or utf-16"
        ) from None


def detect(data: bytes, content_type: str | None = None) -> Verdict:
    """The verdict on ``data``; ``content_type`` is the HTTP header, where there was one."""
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return Verdict(encoding, "bom", 1.0)
    for step in (_declared, _utf8, _hz, _scored, _scored_damaged, _chardet):
        if verdict := step(data, content_type):
            return verdict
    return Verdict("gb18030" if max(data, default=0) > 0x7F else "utf-8", "nothing", 0.1)


def _decodes(data: bytes, encoding: str) -> str | None:
    """The text, a character cut off at the end forgiven; ``None`` where the bytes are not in ``encoding``."""
    try:
        return codecs.getincrementaldecoder(encoding)("strict").decode(data, final=False)
    except UnicodeDecodeError:
        return None


def _declared(data: bytes, content_type: str | None) -> Verdict | None:
    labels = [match.group(1).decode("ascii") for match in DECLARED.finditer((content_type or "").encode())]
    sources = ["content-type"] * len(labels)
    head = data[:4096]
    if b"<meta" in head.lower() or head.lstrip().startswith(b"<?xml"):
        found = [match.group(1).decode("ascii") for match in DECLARED.finditer(head)]
        labels += found
        sources += ["meta"] * len(found)
    for label, source in zip(labels, sources, strict=True):
        try:
            encoding = normalise_encoding(label)
        except InputError:
            continue
        text = _decodes(data, encoding)
        # A charset that lies: the bytes may decode by chance, the text is not Chinese then, and UTF-8 says otherwise.
        lies = encoding != "utf-8" and (_looks_utf8(data) or not (text is None or _plausible(text)))
        if text is not None and not lies:
            return Verdict(encoding, source, 0.98)
    return None


def _plausible(text: str) -> bool:
    share = chinese_share(text)
    return share >= CLEARLY_CHINESE or all(char < "\x80" for char in text[:SAMPLE])


def _looks_utf8(data: bytes) -> bool:
    return max(data, default=0) > 0x7F and _decodes(data, "utf-8") is not None


def _utf8(data: bytes, _: str | None) -> Verdict | None:
    if b"\0" in data or _decodes(data, "utf-8") is None:
        return None
    if max(data, default=0) > 0x7F:
        return Verdict("utf-8", "strict", 0.99)
    return None if HZ.search(data) else Verdict("utf-8", "ascii", 0.99)


def _hz(data: bytes, _: str | None) -> Verdict | None:
    if max(data, default=0) > 0x7F or not HZ.search(data):
        return None
    try:
        return Verdict("hz", "hz-escapes", 0.95) if chinese_share(data.decode("hz")) > CLEARLY_CHINESE else None
    except UnicodeDecodeError:
        return None


def _best(data: bytes, encodings: tuple[str, ...], read: Callable[[bytes, str], str | None]) -> Verdict | None:
    best = Verdict("", "score", 0.0)
    for encoding in encodings:
        sample = data[:SAMPLE]
        text = read(sample, encoding)
        if text is None or (encoding.startswith("utf-16") and "\0" in text):
            continue
        score = chinese_share(text)
        if score > best.confidence:
            best = Verdict(encoding, "score", round(score, 3))
    return best if best.confidence >= CLEARLY_CHINESE else None


def _scored(data: bytes, _: str | None) -> Verdict | None:
    if b"\0" in data:
        # BOM-less UTF-16 with ASCII in it has NULs on one side only.
        even, odd = data[0::2].count(0), data[1::2].count(0)
        if max(even, odd) > 4 * min(even, odd):
            encoding = "utf-16-be" if even > odd else "utf-16-le"
            if _decodes(data, encoding) is not None:
                return Verdict(encoding, "nul-bytes", 0.9)
    return _best(data, CANDIDATES, _decodes)


def _scored_damaged(data: bytes, _: str | None) -> Verdict | None:
    def read(sample: bytes, encoding: str) -> str | None:
        text = sample.decode(encoding, "replace")
        # What was lost counts against the score too: U+FFFD is no common character.
        return text if text.count("\ufffd") * 5 <= len(text) else None

    verdict = _best(data, ("utf-8", *CANDIDATES), read)
    return verdict and verdict._replace(evidence="score-damaged")


def _chardet(data: bytes, _: str | None) -> Verdict | None:
    import chardet

    found = chardet.detect(data[: 4 * SAMPLE])
    name = found["encoding"]
    if not name:
        return None
    try:
        return Verdict(normalise_encoding(name), "chardet", round(float(found["confidence"] or 0.0), 3))
    except InputError:
        return None
