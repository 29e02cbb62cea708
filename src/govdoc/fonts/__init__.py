"""The faces a 公文 is set in: the user's own where they have the usual ones, else free ones that ship."""

from __future__ import annotations

from govdoc.fonts.face import Face
from govdoc.fonts.faceset import FaceRow, FaceSet, describe, is_latin, load_faces
from govdoc.fonts.roles import FACE_ROLES, SLOTS, USUAL, FaceRole, Slot

__all__ = [
    "FACE_ROLES", "SLOTS", "USUAL",
    "Face", "FaceRole", "FaceRow", "FaceSet", "Slot",
    "describe", "is_latin", "load_faces",
]  # fmt: skip
