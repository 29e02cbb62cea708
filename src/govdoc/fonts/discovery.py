"""Finds the user's own fonts by what their name tables say, never by what their files are called."""

from __future__ import annotations

import hashlib
import logging
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import msgspec

from govdoc.fonts.fontfile import FontFile, UnreadableFontError, count_faces
from govdoc.fonts.roles import USUAL, Slot, fold

_log = logging.getLogger(__name__)

_SUFFIXES = (".ttf", ".ttc", ".otf", ".otc")
_INDEX_NAME = "fonts.json"
_INDEX_VERSION = 3

VARIABLE = "GOVDOC_FONTS"
"""The environment variable that names further folders with fonts."""


class Candidate(msgspec.Struct, frozen=True):
    """A face on this machine that bears a wanted name.

    ``rank`` is the place of that name among the slot's wanted ones, 0 best; ``refusal`` says why the face cannot be
    embedded, or is None.
    """

    slot: Slot
    rank: int
    family: str
    path: str
    index: int
    slanted: bool
    weight: int
    variable: bool
    refusal: str | None


class _Scanned(msgspec.Struct, frozen=True):
    mtime_ns: int
    size: int
    candidates: tuple[Candidate, ...]


class _Index(msgspec.Struct, frozen=True):
    wanted: str
    files: dict[str, _Scanned]


def font_folders(environment: Mapping[str, str] = os.environ) -> tuple[Path, ...]:
    """Folders that may hold fonts, GOVDOC_FONTS's (separated as PATH is) first; some may not exist."""
    named = [Path(part).expanduser() for part in environment.get(VARIABLE, "").split(os.pathsep) if part]
    return (*named, *_system_folders(environment, sys.platform))


def _system_folders(environment: Mapping[str, str], platform: str) -> list[Path]:
    home = Path.home()
    if platform == "win32":
        local = environment.get("LOCALAPPDATA", str(home / "AppData/Local"))
        return [Path(environment.get("WINDIR", r"C:\Windows")) / "Fonts", Path(local) / "Microsoft/Windows/Fonts"]
    if platform == "darwin":
        downloaded = sorted(Path("/System/Library/AssetsV2").glob("com_apple_MobileAsset_Font*"))
        office = sorted(Path("/Applications").glob("Microsoft *.app/Contents/Resources/DFonts"))
        return [home / "Library/Fonts", Path("/Library/Fonts"), Path("/System/Library/Fonts"), *downloaded, *office]
    own = environment.get("XDG_DATA_HOME") or str(home / ".local/share")
    shared = environment.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    return [Path(own) / "fonts", home / ".fonts", *(Path(part) / "fonts" for part in shared.split(":") if part)]


def discover(folders: tuple[Path, ...]) -> tuple[Candidate, ...]:
    """Every wanted face in ``folders``, best first for each slot; scanned files are remembered between runs."""
    remembered = _remembered()
    files: dict[str, _Scanned] = {}
    order: dict[str, int] = {}
    for path in _font_files(folders):
        try:
            status = path.stat()
            known = remembered.get(str(path))
            if known is None or (known.mtime_ns, known.size) != (status.st_mtime_ns, status.st_size):
                known = _Scanned(status.st_mtime_ns, status.st_size, tuple(_candidates(path)))
        except OSError as error:
            _log.info("font passed over: %s", error)
            continue
        order.setdefault(str(path), len(order))
        files[str(path)] = known
    if files != remembered:
        _remember(files)
    found = [candidate for known in files.values() for candidate in known.candidates]
    return tuple(
        sorted(found, key=lambda one: (one.rank, one.slanted, abs(one.weight - 400), order[one.path], one.index))
    )


def _font_files(folders: tuple[Path, ...]) -> Iterator[Path]:
    visited: set[str] = set()
    for top in folders:
        for folder, below, names in os.walk(top, followlinks=True):
            real = os.path.realpath(folder)
            if real in visited:
                below.clear()
                continue
            visited.add(real)
            below.sort()
            for name in sorted(names):
                path = Path(folder, name)
                if path.suffix.casefold() in _SUFFIXES and _utf8(path):
                    yield path


def _utf8(path: Path) -> bool:
    """Whether the index of fonts, a JSON file, can hold this path."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        _log.info("font passed over: its path is not UTF-8: %a", str(path))
        return False
    return True


def _candidates(path: Path) -> Iterator[Candidate]:
    try:
        for index in range(count_faces(path)):
            yield from _candidate(FontFile(path, index))
    except UnreadableFontError as error:
        _log.info("font passed over: %s", error)


def _candidate(file: FontFile) -> Iterator[Candidate]:
    ranked = sorted((_ranks()[fold(name)], name) for _, name in file.names if fold(name) in _ranks())
    if ranked:
        (rank, slot), family = ranked[0]
        slanted, weight = file.style
        yield Candidate(slot, rank, family, str(file.path), file.index, slanted, weight, file.variable, _refusal(file))


@cache
def _ranks() -> dict[str, tuple[int, Slot]]:
    return {fold(name): (rank, slot) for slot, usual in USUAL.items() for rank, name in enumerate(usual.wanted)}


def _refusal(file: FontFile) -> str | None:
    refusals = (
        (file.outlines == "none", "it has no outlines"),
        (not file.embeddable, "its licence bits (OS/2 fsType) forbid embedding"),
    )
    reason = next((reason for applies, reason in refusals if applies), None)
    if reason is None:
        try:
            file.check()
        except UnreadableFontError as error:
            return error.message
    return reason


def cache_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """Where this user's caches of govdoc are kept."""
    home = Path.home()
    usual = {
        "win32": environment.get("LOCALAPPDATA", str(home / "AppData/Local")),
        "darwin": str(home / "Library/Caches"),
    }
    return Path(environment.get("XDG_CACHE_HOME") or usual.get(sys.platform, str(home / ".cache"))) / "govdoc"


@cache
def _wanted() -> str:
    """Changes whenever what is looked for, or how an answer is kept, does."""
    said = f"{_INDEX_VERSION} {sorted(_ranks().items())}"
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def _remembered() -> dict[str, _Scanned]:
    path = cache_folder() / _INDEX_NAME
    try:
        index = msgspec.json.decode(path.read_bytes(), type=_Index)
    except FileNotFoundError:
        return {}
    except (OSError, msgspec.DecodeError) as error:
        _log.info("the index of fonts is made anew: %s", error)
        return {}
    return index.files if index.wanted == _wanted() else {}


def _remember(files: dict[str, _Scanned]) -> None:
    folder = cache_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, prefix=_INDEX_NAME, delete=False) as file:
            file.write(msgspec.json.encode(_Index(_wanted(), files)))
        Path(file.name).replace(folder / _INDEX_NAME)
    except OSError as error:
        # Only speed is lost: the next start scans again.
        _log.info("the index of fonts is not kept: %s", error)
