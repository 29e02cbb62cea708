"""The faces a 公文 is set in: the user's own where they have the usual ones, else free ones that ship."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govdoc.fonts.roles import FACE_ROLES, SLOTS, USUAL, FaceRole, Slot

if TYPE_CHECKING:
    from govdoc.fonts.face import Face
    from govdoc.fonts.faceset import FaceRow, FaceSet, describe, is_latin, load_faces

__all__ = [
    "FACE_ROLES", "SLOTS", "USUAL", "Face", "FaceRole", "FaceRow", "FaceSet", "Slot",
    "describe", "is_latin", "load_faces",
]  # fmt: skip

_HOMES = {
    "Face": "face", "FaceRow": "faceset", "FaceSet": "faceset",
    "describe": "faceset", "is_latin": "faceset", "load_faces": "faceset",
}  # fmt: skip


def __getattr__(name: str) -> object:
    # A style sheet needs the names of the roles and no font.
    if name not in _HOMES:
        raise AttributeError(f"module 'govdoc.fonts' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"govdoc.fonts.{_HOMES[name]}"), name)
