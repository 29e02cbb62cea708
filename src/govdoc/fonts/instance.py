"""Instances of the user's variable fonts, at the weight a role is set in, kept in the user's cache folder."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path

from govdoc.fonts.fontfile import FontFile
from govdoc.fonts.roles import Slot

WEIGHTS: dict[Slot, int] = {"xiaobiaosong": 700, "heiti": 500}
"""The weight (OS/2) of roles that are not set in a regular one, 400."""


def instance(file: FontFile, slot: Slot, folder: Path) -> FontFile:
    """The static face of a variable one for ``slot``, made once and kept below ``folder``.

    UnreadableFontError where the font is damaged, OSError where it cannot be read or the instance not be kept.
    """
    status = file.path.stat()
    told = f"{file.path}#{file.index} {status.st_mtime_ns} {status.st_size} {weight_of(slot)}"
    kept = folder / f"{hashlib.sha256(told.encode()).hexdigest()[:24]}.font"
    if not kept.exists():
        data = file.at_weight(weight_of(slot))
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder) as own:
            Path(own, kept.name).write_bytes(data)
            Path(own, kept.name).replace(kept)
    return FontFile(kept, remedy=f"take {kept} away: it is made again")


def weight_of(slot: Slot) -> int:
    """The weight a slot is set in."""
    return WEIGHTS.get(slot, 400)
