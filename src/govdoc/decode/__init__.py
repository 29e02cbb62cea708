"""Bytes → text: no newline translation, nothing repaired, every byte recoverable."""

from __future__ import annotations

import codecs
import re

from govdoc.cleaned import Decoded
from govdoc.decode.doublebyte import DOUBLE_BYTE, escaped, read_double_byte
from govdoc.decode.evidence import Verdict, detect, normalise_encoding
from govdoc.errors import InputError
from govdoc.patches import BytePatch, find_patches
from govdoc.source import Source
from govdoc.span import Notice

__all__ = ["Verdict", "decode", "detect", "require_fit"]

# First bytes of files that a reader of their own takes, but not where text is called for: a table of pages, Markdown.
READ_AS_THEMSELVES = (
    (b"%PDF-", "a PDF", ".pdf"),
    (b"PK\x03\x04", "a ZIP container (DOCX, XLSX, WPS …)", ".docx"),
    (b"\xd0\xcf\x11\xe0", "an old Word or WPS file", ".doc"),
    (b"{\\rtf", "an RTF file", ".doc"),
)
# First bytes of files that nothing here reads.
CONTAINERS = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
)
CONTROLS = bytes((*range(0x09), *range(0x0E, 0x20)))
CONTROL = re.compile(f"[{CONTROLS.decode()}]")
UNDECODED = re.compile(r"[\ud800-\udfff]")
UNSURE = 0.6
STRAY_CONTROLS = 3  # so few may stand in a short text by accident


def decode(source: Source) -> Decoded:
    """The text of ``source``, with the evidence for its encoding. ``InputError`` where it is no text at all."""
    data = source.data
    for magic, what, suffix in READ_AS_THEMSELVES:
        if data.startswith(magic):
            raise InputError(f"is {what}, where text is wanted", place=source.name, remedy=f"name it {suffix} if it is")
    for magic, what in CONTAINERS:
        if data.startswith(magic):
            raise InputError(f"is {what}, not text", place=source.name, remedy="save its text as .txt first")
    if source.encoding:
        verdict = Verdict(normalise_encoding(source.encoding), "given", 1.0)
    else:
        verdict = detect(data, source.content_type)
    text, patches = _read(data, verdict.encoding)
    controls = _count_controls(data, text, verdict.encoding)
    if not source.encoding and controls > STRAY_CONTROLS and controls * 20 > len(text):
        raise InputError(
            "is binary, not text", place=source.name, remedy="give a text file, or --encoding if it is one"
        )
    notices: tuple[Notice, ...] = ()
    if verdict.confidence < UNSURE:
        notices = (
            Notice(
                "E001",
                "warning",
                f"encoding {verdict.encoding} is a guess ({verdict.evidence}, confidence {verdict.confidence});"
                " check the text, or name the encoding with --encoding",
            ),
        )
    return Decoded(
        source=source,
        text=text,
        encoding=verdict.encoding,
        evidence=verdict.evidence,
        confidence=verdict.confidence,
        byte_patches=patches,
        notices=notices,
    )


def _count_controls(data: bytes, text: str, encoding: str) -> int:
    # In these a control character is one byte, and no byte of any other character.
    if encoding in ("utf-8", *DOUBLE_BYTE):
        return len(data) - len(data.translate(None, CONTROLS))
    return len(CONTROL.findall(text))


def require_fit(decoded: Decoded) -> None:
    """Raise ``InputError`` where the encoding that a person gave leaves much of the text undecoded."""
    source, lost = decoded.source, len(UNDECODED.findall(decoded.text))
    if source.encoding and lost > STRAY_CONTROLS and lost * 20 > len(decoded.text):
        found = detect(source.data, source.content_type)
        other = f"it reads as {found.encoding}" if found.encoding != decoded.encoding else "it may be damaged"
        raise InputError(
            f"is not {decoded.encoding}: {lost} places do not decode",
            place=source.name,
            remedy=f"{other}; leave out --encoding",
        )


def _escape(error: UnicodeError) -> tuple[str, int]:
    # surrogateescape refuses bytes below 0x80; those become U+FFFD here and a byte patch in the ledger.
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return escaped(error.object[error.start : error.end]), error.end


codecs.register_error("govdoc-escape", _escape)


def _read(data: bytes, encoding: str) -> tuple[str, tuple[BytePatch, ...]]:
    if encoding == "utf-8":
        try:
            return data.decode(), ()  # sound UTF-8 has one form: its text gives its bytes back
        except UnicodeDecodeError:
            pass
    text = _to_text(data, encoding)
    return text, find_patches(text, encoding, data)


def _to_text(data: bytes, encoding: str) -> str:
    if encoding in DOUBLE_BYTE:
        return read_double_byte(data, encoding)
    try:
        return data.decode(encoding, "surrogateescape")
    except UnicodeDecodeError:
        return data.decode(encoding, "govdoc-escape")
