"""Tables of a TrueType or OpenType file (OpenType 1.9), read as bytes and unpacked whole.

Setting a page asks a face for its characters, their widths and their places, and for nothing else: unpacked here they
are there in a few milliseconds, where fontTools takes longer to be imported.
"""

from __future__ import annotations

import struct
import sys
from array import array
from typing import BinaryIO

_SIGNATURES = (b"\0\1\0\0", b"true", b"OTTO")
_ENCODINGS = ((3, 10), (3, 1), (0, 6), (0, 4), (0, 3), (0, 2), (0, 1), (0, 0))  # Unicode's, best first


class Sfnt:
    """One face of an open font file. ValueError, LookupError or struct.error where the file is damaged."""

    def __init__(self, file: BinaryIO, index: int) -> None:
        self._file = file
        start = 0
        signature = file.read(4)
        if signature == b"ttcf":
            _, count = struct.unpack(">II", file.read(8))
            if index >= count:
                raise ValueError(f"no face {index}")
            file.seek(12 + 4 * index)
            (start,) = struct.unpack(">I", file.read(4))
            file.seek(start)
            signature = file.read(4)
        elif index:
            raise ValueError(f"no face {index}")
        if signature not in _SIGNATURES:
            raise ValueError("no TrueType or OpenType face")
        (count,) = struct.unpack(">H", file.read(2))
        file.seek(start + 12)
        entries = struct.iter_unpack(">4sIII", file.read(16 * count))
        self.places = {tag.decode("latin-1"): (offset, length) for tag, _, offset, length in entries}

    def table(self, tag: str) -> bytes:
        """A table's bytes."""
        offset, length = self.places[tag]
        self._file.seek(offset)
        data = self._file.read(length)
        if len(data) < length:
            raise ValueError(f"the table {tag} is cut short")
        return data

    def postscript_names(self) -> list[str]:
        """The PostScript names that are ASCII, in the order of the table ``name``."""
        data = self.table("name")
        _, count, strings = struct.unpack_from(">HHH", data)
        found = []
        for i in range(count):
            _, _, _, name_id, length, offset = struct.unpack_from(">6H", data, 6 + 12 * i)
            # ASCII in UTF-16, or in GBK kept as words, has a zero byte before it.
            name = data[strings + offset : strings + offset + length].replace(b"\0", b"").strip()
            if name_id == 6 and name and name.isascii():
                found.append(name.decode("ascii"))
        return found

    def characters(self) -> dict[int, int]:
        """Glyph number of every code point that has one, by the best Unicode map of ``cmap``."""
        data = self.table("cmap")
        (count,) = struct.unpack_from(">H", data, 2)
        records = (struct.unpack_from(">HHI", data, 4 + 8 * i) for i in range(count))
        places = {(platform, encoding): offset for platform, encoding, offset in records}
        for encoding in _ENCODINGS:
            if encoding in places:
                at = places[encoding]
                (kind,) = struct.unpack_from(">H", data, at)
                if kind in _MAPS:
                    found = _MAPS[kind](data, at)
                    return {point: glyph for point, glyph in found.items() if glyph}
        raise ValueError("no Unicode character map")

    def metrics(self) -> list[tuple[int, int]]:
        """Advance and left bearing of every glyph."""
        (glyphs,) = struct.unpack_from(">H", self.table("maxp"), 4)
        (whole,) = struct.unpack_from(">H", self.table("hhea"), 34)
        data = self.table("hmtx")
        whole = min(whole, glyphs)
        bearings = _numbers("h", data)
        if not whole or len(bearings) < whole + glyphs:
            raise ValueError("the table hmtx is cut short")
        advances = _numbers("H", data)[: 2 * whole : 2].tolist()
        last = [advances[-1]] * (glyphs - whole)
        return list(zip(advances + last, [*bearings[1 : 2 * whole : 2], *bearings[2 * whole :]], strict=False))

    def outlines(self) -> list[int]:
        """Where in ``glyf`` every glyph begins, and the last one's end."""
        (long,) = struct.unpack_from(">h", self.table("head"), 50)
        data = self.table("loca")
        return _numbers("I", data).tolist() if long else [2 * place for place in _numbers("H", data)]


def _numbers(code: str, data: bytes) -> array[int]:
    """Big-endian integers; bytes that make no whole one are left out."""
    numbers = array(code)
    numbers.frombytes(data[: len(data) - len(data) % numbers.itemsize])
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers


def _segments(data: bytes, at: int) -> dict[int, int]:
    """Format 4: stretches of the basic plane."""
    length, _, doubled = struct.unpack_from(">HHH", data, at + 2)
    count = doubled // 2
    words = _numbers("H", data[at + 14 : at + max(length, 16 + 4 * doubled)])
    stops, starts = words[:count], words[count + 1 : 2 * count + 1]
    deltas, ranges = words[2 * count + 1 : 3 * count + 1], words[3 * count + 1 : 4 * count + 1]
    found: dict[int, int] = {}
    for i, (start, stop, delta, offset) in enumerate(zip(starts, stops, deltas, ranges, strict=True)):
        points = range(start, min(stop, 0xFFFE) + 1)  # U+FFFF only ends the table
        if not offset:
            found.update((point, (point + delta) & 0xFFFF) for point in points)
            continue
        first = 3 * count + 1 + i + offset // 2
        glyphs = words[first : first + len(points)]
        if len(glyphs) < len(points):
            raise ValueError("the character map points outside itself")
        found.update((point, (glyph + delta) & 0xFFFF) for point, glyph in zip(points, glyphs, strict=True) if glyph)
    return found


def _groups(data: bytes, at: int) -> dict[int, int]:
    """Format 12: stretches of all of Unicode."""
    (count,) = struct.unpack_from(">I", data, at + 12)
    found: dict[int, int] = {}
    for start, stop, glyph in struct.iter_unpack(">III", data[at + 16 : at + 16 + 12 * count]):
        if stop > sys.maxunicode or stop < start:
            raise ValueError("the character map points outside Unicode")
        found.update(zip(range(start, stop + 1), range(glyph, glyph + stop - start + 1), strict=True))
    return found


_MAPS = {4: _segments, 12: _groups}
