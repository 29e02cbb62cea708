"""Which of the standard's faces a font is, by its name; the names are those of ``govdoc.fonts.roles``."""

from __future__ import annotations

import re
from typing import NamedTuple

from govdoc.fonts.roles import FACE_ROLES, USUAL, FaceRole, fold

_SUBSET = re.compile(r"^[A-Z]{6}\+")
_TAIL = re.compile(r"[-, ]?(?:regular|normal|mt|psmt|identity-h)$")
# Free faces of the same design, by the beginning of their name, and by weight where that parts two faces.
_SUBSTITUTES: tuple[tuple[str, FaceRole], ...] = (
    (r"fandolfang", "fangsong"),
    (r"fandolkai|arplukai|ukai|arplkaiti|lxgwwenkai|tw-kai", "kaiti"),
    (r"(?:notoserif(?:cjk|sc)|sourcehanserif|fandolsong|思源宋体).*(?:bold|black|heavy|semibold)", "xiaobiaosong"),
    (r"stzhongsong|华文中宋", "xiaobiaosong"),
    (r"notosans(?:cjk|sc)|sourcehansans|思源黑体|wenquanyi|wqy|fandolhei|microsoftyahei|微软雅黑|dengxian", "heiti"),
    (r"notoserif(?:cjk|sc)|sourcehanserif|fandolsong|arplum|uming|arplsungti|思源宋体", "songti"),
)
LEVEL_FACES: dict[int | None, FaceRole] = {1: "heiti", 2: "kaiti"}
"""The faces of the levels of headings that are not in 仿宋 (§7.3.3); items so numbered may be set in them."""
LABELS: dict[FaceRole, str] = {role: USUAL[role].label for role in FACE_ROLES}


def common(char: str) -> bool:
    """Whether GB 2312 has a character, and so every face of the standard's."""
    try:
        return bool(char.encode("gb2312"))
    except UnicodeEncodeError:
        return False


class Face(NamedTuple):
    """A font: the role it plays (``None``: none of the standard's), and whether by a face of that name."""

    name: str
    role: FaceRole | None
    genuine: bool


def _plain(name: str) -> str:
    return _TAIL.sub("", fold(name)).replace(" ", "")


_GENUINE = {_plain(wanted): role for role in FACE_ROLES for wanted in (USUAL[role].standard, *USUAL[role].wanted)}


def face_of(font: str) -> Face:
    """What a font's name says it is; a subset's prefix is dropped."""
    name = _SUBSET.sub("", font)
    plain = _plain(name)
    if plain in _GENUINE:
        return Face(name, _GENUINE[plain], True)
    for pattern, role in _SUBSTITUTES:
        if re.match(pattern, plain):
            return Face(name, role, False)
    return Face(name, None, False)
