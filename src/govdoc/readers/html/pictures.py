"""The pictures of a page that belong to its article: what stands for them in the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape
from typing import Final

from govdoc.readers.html.tree import Item, Tree

ATTRIBUTE: Final = re.compile(
    r"""(?i)[\s"'](src|data-src|data-original|orisrc|alt|width|height|class)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))"""
)
SIZE: Final = re.compile(r"(?i)(?<![\w-])(?:width|height)\s*:\s*(\d+)(?:\.\d+)?(?:px|pt)?\s*[;\"']")
DECORATION: Final = re.compile(
    r"(?i)(?:^|[/_.-])(?:icon|ico|dot|spacer|blank|pixel|logo|print|close|share|save|arrow|line|bg|btn|button|banner|qr|qrcode"
    r"|ewm|weixin|weibo|loading|emoji|face|smiley|new|hot|top|back|file|filetype|icon_\w+)\d*[._-]|/icons?/|/images?/(?:icon|common)/|^data:image/gif|wx_fmt=gif|fileTypeImages"
)
FILE_NAME: Final = re.compile(
    r"(?i)\.(?:jpe?g|png|gif|bmp|webp|tiff?)$|^[\w.-]{12,}$|^(?:img|image|图片|未标题|微信图片)[\w-]*$"
)
SMALLEST: Final = 50
"""Pixels; what is smaller on a side decorates the page."""
LONGEST_ALT: Final = 100


class Picture:
    """A picture: its address and its alternative text, empty where it has none that people wrote."""

    def __init__(self, tag: str) -> None:
        found = {
            match[1].lower(): unescape(match[2] or match[3] or match[4] or "") for match in ATTRIBUTE.finditer(tag)
        }
        self.address = next(
            (found[key] for key in ("orisrc", "data-src", "data-original", "src") if found.get(key)), ""
        )
        alt = " ".join(found.get("alt", "").split()).replace("[", "").replace("]", "")[:LONGEST_ALT]
        self.alt = "" if FILE_NAME.search(alt) else alt
        sizes = [found.get("width", ""), found.get("height", ""), *SIZE.findall(tag)]
        small = any(size.rstrip("px").isdecimal() and int(size.rstrip("px")[:6]) < SMALLEST for size in sizes)
        self.decorates = small or not self.address or DECORATION.search(self.address) is not None


def captions(tree: Tree, items: Sequence[Item]) -> dict[int, str]:
    """What stands for each picture that is more than decoration, by the place of its tag."""
    found: dict[int, str] = {}
    for item in items:
        if item.kind == "image":
            picture = Picture(tree.text[item.start : item.stop])
            if not picture.decorates:
                number = len(found) + 1
                found[item.start] = f"[图片：{picture.alt}]" if picture.alt else f"[图片{number}]"
    return found
