"""What the names that pages give their elements say of them: the article, or what stands around it."""

from __future__ import annotations

import re
from typing import Final

from govdoc.readers.html.tree import Tree

NAME: Final = re.compile(
    r"""(?i)[\s"'](?:id|class|role|itemprop|data-testid)\s*=\s*(?:"([^"]{1,400})"|'([^']{1,400})'|([^\s"'>]{1,200}))"""
)
HUMP: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|[^A-Za-z0-9\u4e00-\u9fff]+")
DIGITS: Final = re.compile(r"\d+$")

ARTICLE: Final = re.compile(
    r"trs_?u?editor|custom_unionstyle|ucap-?content|v_news_content|vsb_?content|wp_articlecontent|js_content"
    r"|rich_media_content|\b(?:font)?zoom(?:con|content)?\b|article-?_?body|\bbt_content\b"
    r"|(?:article|news|detail|details|text|info|page|pages|entry|post|main|xxgk|art|cont|con|show|view|wz|nr|zw|gk|inner)"
    r"(?:[-_]?|s[-_]?)(?:content|body|text|txt|con|cont|nr|article|detail|wz)\b"
    r"|\b(?:content|article|zhengwen|neirong|wenzhang|body-?text|conts?|contents?|wzcon|contentbox|conbox|articletext"
    r"|text-formatted|entry|arti|fulltext|txtcontent|contxt)\b"
)
"""Names of the element that holds an article: of the content systems of government and school sites, and of others."""

# Each name below is that of a part of a page around its article: English, and the initials of the Chinese words.
AROUND: Final = frozenset((
    "nav", "navbar", "navigation", "menu", "submenu", "breadcrumb", "breadcrumbs", "crumb", "crumbs", "crumbsnav",
    "position", "location", "weizhi", "dqwz", "wzdh", "mbx", "mianbaoxie", "lujing", "path",
    "header", "head", "hd", "top", "topbar", "banner", "masthead", "logo",
    "footer", "foot", "footbox", "bottom", "bottombar", "copyright", "colophon", "contentinfo", "copy", "dibu",
    "sidebar", "side", "sider", "aside", "complementary", "widget", "leftnav", "rightnav",
    "share", "sharebox", "bdshare", "bdsharebuttonbox", "sharedaddy", "fenxiang", "jiathis", "addthis", "sharethis",
    "print", "printbox", "dayin", "tool", "tools", "toolbar", "toolbox", "btns", "fontsize", "fontsizer",
    "comment", "comments", "reply", "pinglun", "liuyan", "message",
    "related", "relate", "relevant", "recommend", "recommended", "recommendation", "hot", "rank", "ranking", "tuijian",
    "xgwj", "xgxx", "xglj", "xgyd", "xgxw", "xgwz", "xgjd", "xgnr", "xiangguan", "xgzx",
    "prevnext", "pager", "pagination", "paging", "pagebar", "shangxia", "sxt", "syxy", "prev", "next",
    "links", "friendlink", "friendlinks", "yqlj", "link", "tags", "taglist", "search", "searchbox", "sousuo", "login",
    "qr", "qrcode", "ewm", "erweima", "ewmbox", "wechat", "weixin", "ad", "ads", "advert", "guanggao",
    "meta", "byline", "submitted", "popup", "modal", "dialog", "float", "layer", "tooltip", "cookie",
    "skip", "catalog", "mulu",
))  # fmt: skip
SURELY: Final = AROUND - frozenset((
    "header", "head", "hd", "top", "bottom", "foot", "side", "position", "location", "path", "link", "links", "message",
    "layer", "float", "copy", "widget", "tool", "tools", "print", "catalog", "banner", "search", "skip", "next", "hot",
))  # fmt: skip
"""Those of them that no part of an article is called."""
NEVER_SHOWN: Final = re.compile(r"screen-reader-text|visually-hidden|\bsr-only\b|skip-link")
TITLE: Final = re.compile(r"\b(?:title|tit|bt|biaoti|headline|subject|wzbt|xl_?tit\w*|tt)\b")
ROLES: Final = frozenset(("nav", "aside", "footer", "header", "form", "dialog", "menu", "search"))
"""Elements whose name says that they stand around an article."""


def names_of(tree: Tree, number: int) -> str:
    """The id, classes and role of an element, with blanks between."""
    element = tree.elements[number]
    if element.inner - element.start < len(element.name) + 6:
        return ""
    found = NAME.findall(tree.text, element.start, min(element.inner, element.start + 2000))
    return " ".join(one or two or three for one, two, three in found)


def is_article(names: str) -> bool:
    """Whether an element's names say that it holds the article."""
    return ARTICLE.search(names.lower()) is not None


def is_around(names: str, *, surely: bool = False) -> bool:
    """Whether an element's names say that it stands around the article; ``surely`` leaves out the doubtful ones."""
    words = {DIGITS.sub("", word).lower() for word in (*HUMP.split(names), *names.split())}
    return not words.isdisjoint(SURELY if surely else AROUND) or NEVER_SHOWN.search(names) is not None


def is_title(names: str) -> bool:
    """Whether an element's names say that it holds a title."""
    return TITLE.search(names.lower().replace("_", "-")) is not None
