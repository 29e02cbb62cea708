"""Byte patches: what a codec cannot give back of a source, so that undo restores the file to the byte."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class BytePatch:
    """Bytes ``[start, stop)`` of the re-encoded text are really ``data``: where a codec cannot give its bytes back."""

    start: int
    stop: int
    data: bytes


def encode_text(text: str, encoding: str) -> bytes:
    """The bytes of a decoded text, lone surrogates as the bytes they stand for, ``?`` where the codec has nothing."""
    try:
        return text.encode(encoding, "surrogateescape")
    except UnicodeEncodeError:
        return text.encode(encoding, "replace")


def restore_bytes(text: str, encoding: str, patches: Iterable[BytePatch]) -> bytes:
    """The source bytes of a decoded text."""
    data = encode_text(text, encoding)
    pieces: list[bytes] = []
    end = 0
    for patch in patches:
        pieces += (data[end : patch.start], patch.data)
        end = patch.stop
    pieces.append(data[end:])
    return b"".join(pieces)


def find_patches(text: str, encoding: str, data: bytes) -> tuple[BytePatch, ...]:
    """What :func:`restore_bytes` needs besides the text to give ``data``: line by line where the lines agree."""
    encoded = encode_text(text, encoding)
    if encoded == data:
        return ()
    ours, theirs = encoded.splitlines(keepends=True), data.splitlines(keepends=True)
    if len(ours) != len(theirs):
        ours, theirs = [encoded], [data]
    patches: list[BytePatch] = []
    offset = 0
    for mine, real in zip(ours, theirs, strict=True):
        if mine != real:
            patches.append(BytePatch(offset, offset + len(mine), real))
        offset += len(mine)
    return tuple(patches)
