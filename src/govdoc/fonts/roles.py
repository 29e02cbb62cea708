"""The faces a 公文 is set in (GB/T 9704-2012 §5.2.2, §7.2–7.4), and the names under which a user may have them."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Literal, get_args

FaceRole = Literal["fangsong", "xiaobiaosong", "heiti", "kaiti", "songti"]
"""仿宋, 小标宋, 黑体, 楷体, 宋体: the faces the standard names."""

Slot = Literal["fangsong", "xiaobiaosong", "heiti", "kaiti", "songti", "latin"]
"""A face role, or the Latin face that custom sets digits and letters in."""

FACE_ROLES: tuple[FaceRole, ...] = get_args(FaceRole)
SLOTS: tuple[Slot, ...] = get_args(Slot)


@dataclass(frozen=True)
class Usual:
    """What a slot usually is: its Chinese ``label``, the ``standard`` family to write into a DOCX, and the
    families and PostScript names (name table IDs 1, 4, 6, in any language) to look for, best first.
    """

    label: str
    standard: str
    wanted: tuple[str, ...]


USUAL: dict[Slot, Usual] = {
    "fangsong": Usual(
        "仿宋",
        "仿宋_GB2312",
        (
            "仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong",
            "方正仿宋_GBK", "FZFangSong-Z02", "FZFSK--GBK1-0", "方正仿宋简体", "FZFangSong-Z02S", "FZFSJW--GB1-0",
            "华文仿宋", "STFangsong",
            "朱雀仿宋", "Zhuque Fangsong", "朱雀仿宋(预览测试版)", "Zhuque Fangsong (technical preview)",
        ),
    ),
    "xiaobiaosong": Usual(
        "小标宋",
        "方正小标宋简体",
        (
            "方正小标宋简体", "FZXiaoBiaoSong-B05S", "FZXBSJW--GB1-0",
            "方正小标宋_GBK", "FZXiaoBiaoSong-B05", "FZXBSK--GBK1-0",
        ),
    ),
    "heiti": Usual("黑体", "黑体", ("黑体", "SimHei", "华文黑体", "STHeiti")),
    "kaiti": Usual(
        "楷体", "楷体_GB2312", ("楷体_GB2312", "KaiTi_GB2312", "楷体", "KaiTi", "华文楷体", "STKaiti")
    ),
    "songti": Usual("宋体", "宋体", ("宋体", "SimSun", "华文宋体", "STSong")),
    "latin": Usual("西文", "Times New Roman", ("Times New Roman",)),
}  # fmt: skip


def fold(name: str) -> str:
    """A font name as names are compared: NFKC, without case or outer blanks."""
    return unicodedata.normalize("NFKC", name).strip().casefold()
