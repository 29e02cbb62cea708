"""Which encoding bytes are in, and what says so: the strongest evidence first.

BOM → a declared charset where the bytes agree and are Chinese → strict UTF-8 (its tail may be cut) → HZ → UTF-16,
GB18030 and Big5-HKSCS scored by common hanzi → the same with bad bytes allowed → for pages that are not Chinese,
NULs of UTF-16, the declared charset, what chardet is sure of; last, a few hanzi usual in their character set.
``gb2312`` and ``gbk`` are read as gb18030, ``big5`` as big5hkscs: what pages mean by those names.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import NamedTuple

from govdoc.decode.doublebyte import DOUBLE_BYTE, read_double_byte
from govdoc.errors import InputError
from govdoc.hanzi import SAMPLE, big5_level_one, chinese_share, level_one, usual_share


class Verdict(NamedTuple):
    """An encoding (a Python codec name), the evidence that decided, and a confidence from 0 to 1."""

    encoding: str
    evidence: str
    confidence: float


# UTF-32's little-endian BOM begins with UTF-16's; the last is GB 18030's.
BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
UTF16 = ("utf-16-le", "utf-16-be")
READ_AS = {
    "gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "cp936": "gb18030", "ms936": "gb18030",
    "x-gbk": "gb18030", "euc-cn": "gb18030", "hz-gb-2312": "hz", "big5": "big5hkscs", "big5-hkscs": "big5hkscs",
    "x-x-big5": "big5hkscs", "cp950": "big5hkscs", "utf8": "utf-8", "utf-8-sig": "utf-8", "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be", "utf-16": "utf-16-le", "unicode": "utf-16-le", "ascii": "utf-8", "us-ascii": "utf-8",
}  # fmt: skip
DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_\-]{3,20})""")
HZ_OPENS, HZ_CLOSES = b"~{", b"~}"
BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
ESCAPED = re.compile("[\udc80-\udcff]")
ON_THE_WEB = re.compile(r"cp125\d|cp874|cp866|iso8859|koi8|tis-620|utf|big5|gb|hz|euc|shift|cp932|cp949|iso2022")
CLEARLY_CHINESE = 0.4
MOSTLY_USUAL = 0.6
CHARDET_KNOWS = 0.3  # below, its answers are any of forty Western code pages
FREQUENT = {"gb18030": level_one, "big5hkscs": big5_level_one}
DAMAGED_SAMPLE = UTF16_SAMPLE = 8192


def normalise_encoding(name: str) -> str:
    """The codec govdoc uses for a charset label; ``InputError`` for a label no codec knows."""
    label = name.strip().lower().replace("_", "-")
    if label in READ_AS:
        return READ_AS[label]
    try:
        found = codecs.lookup(label).name
        _is_text_encoding(found)
    except LookupError:
        raise InputError(
            f"unknown encoding {name!r}", remedy="use a name such as utf-8, gb18030, big5 or utf-16"
        ) from None
    return READ_AS.get(found, found)


def _is_text_encoding(name: str) -> None:
    """Raise ``LookupError`` for codecs that give no text (base64) or take no bad bytes (idna)."""
    try:
        b"abcd".decode(name, "surrogateescape")
    except UnicodeDecodeError:
        return
    except UnicodeError as error:
        raise LookupError(name) from error


def detect(data: bytes, content_type: str | None = None) -> Verdict:
    """The verdict on ``data``; ``content_type`` is the HTTP header, where there was one."""
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return Verdict(encoding, "bom", 1.0)
    for step in (_declared, _utf8, _scored, _damaged, _nul_bytes, _believed, _not_common):
        if verdict := step(data, content_type):
            return verdict
    return Verdict("utf-8" if data.isascii() else "gb18030", "nothing", 0.1)


def _decodes(data: bytes, encoding: str) -> str | None:
    """The text, a character cut off at the end forgiven; ``None`` where the bytes are not in ``encoding``."""
    try:
        return codecs.getincrementaldecoder(encoding)("strict").decode(data, final=False)
    except UnicodeDecodeError:
        return None


def _labels(data: bytes, content_type: str | None) -> Iterator[tuple[str, str]]:
    """The encodings that were declared, each with who says so."""
    head = data[:4096]
    is_markup = b"<meta" in head.lower() or head.lstrip().startswith(b"<?xml")
    for source, where in (("content-type", (content_type or "").encode()), ("meta", head if is_markup else b"")):
        for match in DECLARED.finditer(where):
            try:
                yield normalise_encoding(match.group(1).decode("ascii")), source
            except InputError:
                continue


def _declared(data: bytes, content_type: str | None) -> Verdict | None:
    for encoding, source in _labels(data, content_type):
        text = _decodes(data, encoding)
        # A charset that lies: the bytes may decode by chance, the text is not Chinese then, and UTF-8 says otherwise.
        lies = encoding != "utf-8" and (_looks_utf8(data) or not (text is None or _plausible(text)))
        if text is not None and not lies:
            return Verdict(encoding, source, 0.98)
    return None


def _believed(data: bytes, content_type: str | None) -> Verdict | None:
    """What was declared, where nothing speaks for Chinese and the bytes do not contradict."""
    for encoding, source in _labels(data, content_type):
        if _decodes(data, encoding) is not None:
            return Verdict(encoding, source, 0.8)
    return None


def _plausible(text: str) -> bool:
    share = chinese_share(text)
    return share >= CLEARLY_CHINESE or all(char < "\x80" for char in text[:SAMPLE])


def _looks_utf8(data: bytes) -> bool:
    return not data.isascii() and _decodes(data, "utf-8") is not None


def _utf8(data: bytes, _: str | None) -> Verdict | None:
    if b"\0" in data or _decodes(data, "utf-8") is None:
        return None
    if not data.isascii():
        return Verdict("utf-8", "strict", 0.99)
    return _hz(data, None) or Verdict("utf-8", "ascii", 0.99)


def _hz(data: bytes, _: str | None) -> Verdict | None:
    text = _decodes(data, "hz") if _has_hz_shifts(data) else None
    # Nothing before the first shift is Chinese, and its bytes are its characters.
    chinese = text and chinese_share(text[data.find(HZ_OPENS) :]) > CLEARLY_CHINESE
    return Verdict("hz", "hz-escapes", 0.95) if chinese else None


def _has_hz_shifts(data: bytes) -> bool:
    return HZ_OPENS in data and data.rfind(HZ_CLOSES) > data.find(HZ_OPENS) and data.isascii()


def _sample(data: bytes) -> bytes:
    """Up to 64 kB of the lines that are not ASCII, each from its first such byte: markup says nothing of Chinese."""
    pieces: list[bytes] = []
    found, size = BEYOND_ASCII.search(data), 0
    while found and size < SAMPLE:
        end = data.find(b"\n", found.start())
        end = len(data) if end < 0 else end + 1
        pieces.append(data[found.start() : min(end, found.start() + SAMPLE - size)])
        size += len(pieces[-1])
        found = BEYOND_ASCII.search(data, end)
    return b"".join(pieces)


def _scored(data: bytes, _: str | None) -> Verdict | None:
    sample = _sample(data)
    readings: dict[str, str | None] = {encoding: _decodes(sample, encoding) for encoding in DOUBLE_BYTE}
    readings |= {encoding: _decodes(_utf16_sample(data), encoding) for encoding in UTF16}
    shares = {encoding: chinese_share(text) for encoding, text in readings.items() if text and "\0" not in text}
    return _best(shares, "score")


def _damaged(data: bytes, _: str | None) -> Verdict | None:
    """The same, bad bytes allowed: each counts as its part of a character that is not common."""
    sample = _sample(data)[:DAMAGED_SAMPLE]
    # Three bytes in step by chance are rare: where UTF-8 gives Chinese, nothing else need be asked.
    utf8 = {"utf-8": _damaged_share(sample.decode("utf-8", "surrogateescape"), 3)}
    if verdict := _best(utf8, "score-damaged"):
        return verdict
    shares = {
        encoding: max(_damaged_share(read_double_byte(part, encoding), 2) for part in (sample, sample[1:]))
        for encoding in DOUBLE_BYTE
    }
    shares |= {encoding: chinese_share(_utf16_sample(data).decode(encoding, "replace")) for encoding in UTF16}
    return _best(shares, "score-damaged")


def _damaged_share(text: str, width: int) -> float:
    sound = ESCAPED.sub("", text)
    characters = sum(char > "\x7f" for char in sound)
    return chinese_share(sound) * characters / (characters + (len(text) - len(sound)) / width) if characters else 0.0


def _utf16_sample(data: bytes) -> bytes:
    return data[: min(UTF16_SAMPLE, len(data) & ~1)]


def _best(shares: dict[str, float], evidence: str) -> Verdict | None:
    encoding = max(shares, key=shares.__getitem__, default="")
    if not encoding or shares[encoding] < CLEARLY_CHINESE:
        return None
    return Verdict(encoding, evidence, round(shares[encoding], 3))


def _nul_bytes(data: bytes, _: str | None) -> Verdict | None:
    """UTF-16 without BOM that is mostly ASCII has NULs on one side only."""
    even, odd = data[0::2].count(0), data[1::2].count(0)
    encoding = "utf-16-be" if even > odd else "utf-16-le"
    one_sided = max(even, odd) > 4 * min(even, odd)
    return Verdict(encoding, "nul-bytes", 0.9) if one_sided and _decodes(data, encoding) is not None else None


def _not_common(data: bytes, _: str | None) -> Verdict | None:
    """What chardet knows; else a page of a few hanzi, none of them common (menus, names); else what chardet guesses."""
    guess = _chardet(data)
    if guess and guess.confidence >= CHARDET_KNOWS:
        return guess
    sample = _sample(data)[:DAMAGED_SAMPLE]
    shares = {
        encoding: usual_share(text, FREQUENT[encoding]())
        for encoding in DOUBLE_BYTE
        if (text := _decodes(sample, encoding))
    }
    encoding = max(shares, key=shares.__getitem__, default="")
    if encoding and shares[encoding] >= MOSTLY_USUAL:
        return Verdict(encoding, "score-usual", 0.5)
    # No page is written in the code pages of DOS and the old Macintosh; what chardet takes for one is Windows-1252.
    return guess and (guess if ON_THE_WEB.match(guess.encoding) else guess._replace(encoding="cp1252"))


def _chardet(data: bytes) -> Verdict | None:
    import chardet

    found = chardet.detect(data[: 4 * SAMPLE])
    name = found["encoding"]
    if not name:
        return None
    try:
        return Verdict(normalise_encoding(name), "chardet", round(float(found["confidence"] or 0.0), 3))
    except InputError:
        return None
