"""One face: where its file is, what it is called, which characters it has and how wide they are."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

import msgspec

from govdoc.errors import StyleError
from govdoc.fonts.fontfile import FontFile
from govdoc.fonts.instance import instance
from govdoc.fonts.roles import USUAL, Slot

DATA = Path(__file__).parent / "data"
_INSTALL = "install govdoc again: its fonts are part of the package"


@dataclass(frozen=True)
class Face:
    """A face for a ``role`` that may be embedded. Of a variable font, ``file`` is the instance, ``path`` the font's.

    ``family`` is what the font calls itself, ``standard`` the family the standard's custom knows (仿宋_GB2312) and a
    DOCX names; ``index`` is its number in a collection. Lengths are fractions of the em. Its file is read when a
    character is first asked for; UnreadableFontError (a StyleError) where it is damaged.
    """

    role: Slot
    family: str
    path: Path
    index: int
    shipped: bool
    file: FontFile = field(compare=False, repr=False)

    @cached_property
    def name(self) -> str:
        """An ASCII name unique among faces, fit for a PDF."""
        name = re.sub(r"[^A-Za-z0-9_-]", "", self.file.postscript) or "Face"
        # Two fonts of one name may stand on one machine; a PDF must not take one for the other.
        digest = hashlib.sha256(f"{self.path}#{self.index}".encode("utf-8", "surrogatepass")).hexdigest()[:6]
        return name if self.shipped else f"{name}-{digest}"

    @property
    def standard(self) -> str:
        """The Chinese family name to write into a DOCX for this role."""
        return USUAL[self.role].standard

    def has(self, char: str) -> bool:
        """Whether the face draws ``char``."""
        return ord(char) in self.file.cmap

    def glyph(self, char: str) -> int:
        """Glyph number of ``char``; 0 (.notdef) where the face has none."""
        return self.file.cmap.get(ord(char), 0)

    @cached_property
    def advances(self) -> Mapping[str, float]:
        """How far each character moves the pen, in em."""
        return _Advances(self.file)

    def advance(self, char: str) -> float:
        """How far ``char`` moves the pen, in em."""
        return self.advances[char]

    def ink(self, char: str) -> tuple[float, float] | None:
        """Lowest and highest ink of ``char`` above the baseline, in em; None where it draws nothing."""
        bounds = self.file.bounds(self.glyph(char))
        return (bounds[1] / self.file.units_per_em, bounds[3] / self.file.units_per_em) if bounds else None

    @cached_property
    def ascent(self) -> float:
        """Typographic ascent, in em."""
        return self.file.vertical[0] / self.file.units_per_em

    @cached_property
    def descent(self) -> float:
        """Typographic descent below the baseline, in em (negative)."""
        return self.file.vertical[1] / self.file.units_per_em


class _Advances(dict[str, float]):
    """The advances of the characters met so far: every line of text asks for them."""

    def __init__(self, file: FontFile) -> None:
        super().__init__()
        self._file = file

    def __missing__(self, char: str) -> float:
        glyph = self._file.cmap.get(ord(char), 0)
        self[char] = advance = self._file.metrics[glyph][0] / self._file.units_per_em
        return advance


class ShippedFont(msgspec.Struct, frozen=True):
    """A font of the package, as its manifest tells of it: from where it is, under what licence, what it was."""

    slot: Slot
    file: str
    family: str
    characters: int
    package: str
    registry: str
    version: str
    member: str
    member_sha256: str
    modified: bool
    licence: str
    licence_files: tuple[str, ...]
    sha256: str


class Manifest(msgspec.Struct, frozen=True):
    """The manifest of the fonts that ship: ``data/manifest.json``."""

    made_with: str
    faces: tuple[ShippedFont, ...]


@cache
def manifest() -> Manifest:
    """What ships. Raises StyleError where the installation is not whole."""
    path = DATA / "manifest.json"
    try:
        return msgspec.json.decode(path.read_bytes(), type=Manifest)
    except (OSError, msgspec.DecodeError) as error:
        raise _not_whole(path, error) from error


@cache
def shipped_face(slot: Slot) -> Face:
    """The face that ships for ``slot``. Raises StyleError where its file is missing."""
    font = next(font for font in manifest().faces if font.slot == slot)
    path = DATA / font.file
    try:
        path.open("rb").close()
    except OSError as error:
        raise _not_whole(path, error) from error
    return Face(slot, font.family, path, 0, shipped=True, file=FontFile(path, remedy=_INSTALL))


def user_face(slot: Slot, family: str, path: Path, index: int, instances: Path | None = None) -> Face:
    """A face from a font of the user's; of a variable one the instance for ``slot``, kept in ``instances``.

    Raises OSError where its file cannot be opened or an instance not be kept, UnreadableFontError where it is damaged.
    """
    path.open("rb").close()  # said now, not in the middle of a document
    file = FontFile(path, index)
    return Face(slot, family, path, index, shipped=False, file=instance(file, slot, instances) if instances else file)


def _not_whole(path: Path, error: Exception) -> StyleError:
    return StyleError(
        f"a font that govdoc ships cannot be read ({type(error).__name__})",
        place=str(path),
        remedy=_INSTALL,
    )
