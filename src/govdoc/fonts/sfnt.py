"""Reads what typesetting needs of a TrueType or OpenType file: names, characters, widths and heights of ink.

Opening a font of 30,000 characters with fontTools and asking its character map takes some 0.1 s, and its import
as much again; a folder of fonts is asked for its names at every start. This reads only the tables it is asked for.
Offsets and formats are those of the OpenType specification 1.9 (ISO/IEC 14496-22).
"""

from __future__ import annotations

import os
import struct
import sys
from array import array
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

Outlines = Literal["glyf", "cff", "none"]

_NAME_IDS = frozenset({1, 4, 6})  # family, full name, PostScript name
_MAC_ENCODINGS = {0: "mac_roman", 1: "shift_jis", 2: "big5", 3: "euc_kr", 25: "gb2312"}
_WINDOWS_ENCODINGS = {3: "gb18030", 4: "big5hkscs", 2: "shift_jis", 5: "euc_kr"}


class UnreadableFontError(ValueError):
    """The file is no sfnt font, is cut short, or points outside itself."""


class Sfnt:
    """One face of a font file; ``index`` is its number in a collection (TTC). Raises UnreadableFontError, OSError."""

    def __init__(self, path: Path, index: int = 0) -> None:
        self.path = path
        self.index = index
        offsets = face_offsets(path)
        if not 0 <= index < len(offsets):
            raise UnreadableFontError(f"no face {index} in {path}")
        with path.open("rb") as file:
            file.seek(offsets[index] + 4)
            (count,) = _unpack(">H6x", file.read(8))
            directory = file.read(16 * count)
            size = file.seek(0, os.SEEK_END)
        self._tables: dict[str, tuple[int, int]] = {}
        for position in range(0, 16 * count, 16):
            tag, offset, length = _unpack(">4s4xLL", directory, position)
            if offset + length > size:
                raise UnreadableFontError(f"{path} is cut short: its {tag!r} table is not all there")
            self._tables[tag.decode("latin-1")] = (offset, length)

    def __reduce__(self) -> tuple[type[Sfnt], tuple[Path, int]]:
        return Sfnt, (self.path, self.index)

    def table(self, tag: str) -> bytes:
        """The bytes of a table."""
        if tag not in self._tables:
            raise UnreadableFontError(f"no {tag!r} table in {self.path}")
        offset, length = self._tables[tag]
        with self.path.open("rb") as file:
            file.seek(offset)
            return file.read(length)

    @property
    def outlines(self) -> Outlines:
        """What the glyphs are drawn with; only glyf can be embedded as it is."""
        if "glyf" in self._tables:
            return "glyf"
        return "cff" if {"CFF ", "CFF2"} & self._tables.keys() else "none"

    @property
    def variable(self) -> bool:
        """Whether the face is a variable font."""
        return "fvar" in self._tables

    @cached_property
    def names(self) -> tuple[tuple[int, str], ...]:
        """Family, full and PostScript names in every language, as (name ID, name)."""
        return tuple(_names(self.table("name")))

    @cached_property
    def units_per_em(self) -> int:
        """Font units of one em."""
        units: int = _unpack(">H", self.table("head"), 18)[0]
        if not units:
            raise UnreadableFontError(f"an em of no units in {self.path}")
        return units

    @cached_property
    def style(self) -> tuple[bool, int]:
        """Whether the face is slanted, and its weight (400 is regular)."""
        (mac_style,) = _unpack(">H", self.table("head"), 44)
        return bool(mac_style & 2), _unpack(">4xH", self.table("OS/2"))[0] if "OS/2" in self._tables else 400

    @cached_property
    def embeddable(self) -> bool:
        """Whether the font's own licence bits (OS/2 fsType) allow embedding a subset."""
        if "OS/2" not in self._tables:
            return True
        (bits,) = _unpack(">8xH", self.table("OS/2"))
        return bits & 0x000F != 0x0002 and not bits & 0x0300

    @cached_property
    def vertical(self) -> tuple[int, int]:
        """Ascender and descender (negative) in font units: OS/2's typographic ones, else hhea's."""
        ascender, descender = _unpack(">68xhh", self.table("OS/2")) if "OS/2" in self._tables else (0, 0)
        if ascender or descender:
            return ascender, descender
        ascender, descender = _unpack(">4xhh", self.table("hhea"))
        return ascender, descender

    @cached_property
    def cmap(self) -> dict[int, int]:
        """Glyph number of every code point the face has."""
        return _cmap(self.table("cmap"))

    @cached_property
    def _widths(self) -> array[int]:
        (count,) = _unpack(">34xH", self.table("hhea"))
        pairs = _words(self.table("hmtx")[: 4 * count], "H")
        if not pairs:
            raise UnreadableFontError(f"no widths in {self.path}")
        return pairs[::2]

    def width(self, glyph: int) -> int:
        """Advance of a glyph in font units."""
        widths = self._widths
        return widths[min(glyph, len(widths) - 1)]

    @cached_property
    def _glyf(self) -> bytes:
        return self.table("glyf")

    @cached_property
    def _loca(self) -> array[int]:
        (long,) = _unpack(">h", self.table("head"), 50)
        offsets = _words(self.table("loca"), "I" if long else "H")
        return offsets if long else array("I", (2 * offset for offset in offsets))

    def bounds(self, glyph: int) -> tuple[int, int, int, int] | None:
        """Ink of a glyph as (xmin, ymin, xmax, ymax) in font units; None where it draws nothing."""
        start, stop = self._loca[glyph], self._loca[glyph + 1]
        if start == stop:
            return None
        xmin, ymin, xmax, ymax = _unpack(">2xhhhh", self._glyf, start)
        return xmin, ymin, xmax, ymax

    def check(self) -> None:
        """Raise UnreadableFontError if a table that typesetting needs is missing, cut short or out of bounds."""
        last = max(self.cmap.values(), default=0)
        if not self.cmap or last + 1 >= len(self._loca) or not self._widths or not self.units_per_em:
            raise UnreadableFontError(f"glyphs are missing in {self.path}")
        if self._loca[-1] > len(self._glyf) or any(start > stop for start, stop in pairwise(self._loca)):
            raise UnreadableFontError(f"outlines are missing in {self.path}")


def face_offsets(path: Path) -> tuple[int, ...]:
    """Where the faces of a font file begin: one for a plain font, several for a collection."""
    with path.open("rb") as file:
        magic = file.read(12)
        if magic[:4] != b"ttcf":
            if magic[:4] not in (b"\0\1\0\0", b"true", b"OTTO"):
                raise UnreadableFontError(f"{path} is no TrueType or OpenType font")
            return (0,)
        (count,) = _unpack(">8xL", magic)
        offsets = file.read(4 * min(count, 256))
    return tuple(_unpack(">L", offsets, 4 * number)[0] for number in range(min(count, 256)))


def _unpack(layout: str, data: bytes, offset: int = 0) -> tuple[Any, ...]:
    try:
        return struct.unpack_from(layout, data, offset)
    except struct.error as error:
        raise UnreadableFontError(f"the font is cut short: {error}") from error


def _words(data: bytes, kind: Literal["H", "I"]) -> array[int]:
    """Big-endian 16-bit (H) or 32-bit (I) numbers."""
    words = array(kind)
    words.frombytes(data[: len(data) - len(data) % words.itemsize])
    if sys.byteorder == "little":
        words.byteswap()
    return words


def _names(table: bytes) -> Iterator[tuple[int, str]]:
    count, storage = _unpack(">2xHH", table)
    for position in range(6, 6 + 12 * count, 12):
        platform, encoding, _language, name_id, length, offset = _unpack(">6H", table, position)
        if name_id in _NAME_IDS:
            name = _decode(table[storage + offset : storage + offset + length], platform, encoding)
            if name:
                yield name_id, name


def _decode(name: bytes, platform: int, encoding: int) -> str:
    if platform == 1:
        codec = _MAC_ENCODINGS.get(encoding, "mac_roman")
    elif platform == 3 and encoding in _WINDOWS_ENCODINGS:
        # Old Chinese fonts keep GBK bytes here, each pair as one word, ASCII with a zero byte before it.
        codec, name = _WINDOWS_ENCODINGS[encoding], name.replace(b"\0", b"")
    else:
        codec = "utf-16-be"
    return name.decode(codec, "ignore").strip("\0 ")


_CMAP_PREFERENCE = {(3, 10): 0, (0, 6): 1, (0, 4): 2, (3, 1): 3, (0, 3): 4, (0, 2): 5, (0, 1): 6, (0, 0): 7}


def _cmap(table: bytes) -> dict[int, int]:
    (count,) = _unpack(">2xH", table)
    found = []
    for position in range(4, 4 + 8 * count, 8):
        platform, encoding, offset = _unpack(">HHL", table, position)
        (layout,) = _unpack(">H", table, offset)
        if (platform, encoding) in _CMAP_PREFERENCE and layout in _CMAP_LAYOUTS:
            found.append((_CMAP_PREFERENCE[platform, encoding], offset, layout))
    if not found:
        raise UnreadableFontError("the font has no Unicode character map")
    _, offset, layout = min(found)
    pairs = _CMAP_LAYOUTS[layout](table, offset)
    return {point: glyph for point, glyph in pairs if glyph}


def _segments(table: bytes, offset: int) -> Iterator[tuple[int, int]]:
    """Format 4: segments of the basic plane, each with a shift or a list of glyphs."""
    length, count = _unpack(">2xH2xH", table, offset)
    count //= 2
    words = _words(table[offset + 14 : offset + max(length, 16 + 8 * count)], "H")
    ends, starts = words[:count], words[count + 1 : 2 * count + 1]
    shifts, ranges = words[2 * count + 1 : 3 * count + 1], words[3 * count + 1 : 4 * count + 1]
    if len(ranges) < count:
        raise UnreadableFontError("the character map is cut short")
    done = -1
    for number, (start, end, shift, reach) in enumerate(zip(starts, ends, shifts, ranges, strict=True)):
        for point in range(max(start, done + 1), min(end, 0xFFFE) + 1):
            done = point
            glyph = point
            if reach:
                place = 3 * count + 1 + number + reach // 2 + point - start
                glyph = words[place] if place < len(words) else 0
                if not glyph:
                    continue
            yield point, (glyph + shift) & 0xFFFF


def _groups(table: bytes, offset: int) -> Iterator[tuple[int, int]]:
    """Format 12: groups of consecutive code points and glyphs, over all planes."""
    (count,) = _unpack(">12xL", table, offset)
    if len(table) < offset + 16 + 12 * count:
        raise UnreadableFontError("the character map is cut short")
    numbers = _words(table[offset + 16 : offset + 16 + 12 * count], "I")
    done = -1
    for start, end, glyph in zip(numbers[::3], numbers[1::3], numbers[2::3], strict=True):
        if not done < start <= end <= 0x10FFFF:
            raise UnreadableFontError("the groups of the character map are out of order")
        done = end
        yield from zip(range(start, end + 1), range(glyph, glyph + end - start + 1), strict=True)


_CMAP_LAYOUTS = {4: _segments, 12: _groups}
