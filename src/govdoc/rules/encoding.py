"""E: text that went through the wrong decoder, or through none, before it came here."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import lru_cache
from html import unescape
from html.entities import html5

from govdoc.edits import Edit
from govdoc.rules import mojibake
from govdoc.rules.registry import Finding, rule
from govdoc.rules.text import Text
from govdoc.span import Notice

ENTITY = re.compile(
    r"&(?:amp;)*(?P<name>#[0-9]{1,7};|#[xX][0-9a-fA-F]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};|nbsp(?![A-Za-z0-9=;]))"
)
MISSPELT_SPACE = frozenset(("bsp;", "nsp;", "nbp;", "nbs;", "nbps;", "npsp;", "nbspn;"))
# A line that speaks of markup may show an entity on purpose.
ABOUT_MARKUP = re.compile(
    r"(?i)(?<![A-Z])(?:X?HTML|XML|entity|entities)(?![A-Z])|转义|字符实体|实体(?:字符|符号|引用|编码)"
)
QUOTED = re.compile(r"“[^”]”|‘[^’]’|「[^」]」|\"[^\"]\"|'[^']'|`[^`]`")
# A letter or sign of Latin-1 from ¡ on, and one more character that is not ASCII: what both Western readings give.
LATIN = frozenset(map(chr, range(0xA1, 0x100)))
BEYOND_LATIN = r"[^\x00-\x7f\u3000-\uffff]"
LEADS = frozenset(map(chr, range(0xC2, 0xF5)))  # of the shapes of UTF-8, read as Latin-1
NO_CHARACTER = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\N{REPLACEMENT CHARACTER}]|^$")


@rule("E101", "残留实体", stage="entities", effect="alters", needs="&")
def literal_entity(text: Text) -> Iterator[Finding]:
    """An HTML entity that stands in the text as letters becomes its character, however often it was escaped.

    Why: text copied out of markup, or escaped twice, keeps its entities: `&nbsp;` `&#8203;` `&amp;ldquo;`.
    Before: 关于印发&amp;ldquo;双减&amp;rdquo;方案的通知 — After: 关于印发“双减”方案的通知
    A space whose name lost a letter on the way (&bsp;) is one too.
    Keeps: a bare & (AT&T), names that are no entity, addresses (?a=1&copy=2), an entity alone in quotation marks, and
    lines that speak of HTML, XML or 转义.
    """
    line_stop, about_markup = -1, False
    for match in ENTITY.finditer(text.text):
        start, stop = match.span()
        if start > line_stop:
            line_start, line_stop = text.text.rfind("\n", 0, start) + 1, text.text.find("\n", start)
            line_stop = len(text.text) if line_stop < 0 else line_stop
            about_markup = ABOUT_MARKUP.search(text.text, line_start, line_stop) is not None
        new = _character(match["name"])
        quoted = QUOTED.fullmatch(text.text[start - 1 : start] + "x" + text.text[stop : stop + 1])
        if not NO_CHARACTER.search(new) and not about_markup and not quoted:
            yield Edit(start, stop, new)


def _goes_beyond_latin(text: Text) -> bool:
    # Most often it is the middle dot of names: one character is found ten times as fast as any of many.
    present = "".join(sorted(filter(text.holds, text.rare & LATIN)))
    return bool(present) and re.search(f"[{present}]{BEYOND_LATIN}", text.text) is not None


def _may_be_misread(text: Text) -> bool:
    """Whether UTF-8 read in another encoding can stand in the text: a lead byte, or the pairs that GBK makes of it."""
    if not text.rare.isdisjoint(LEADS):
        return True
    first = text.places(text.rare & mojibake.GBK_FIRST)
    return any(text.text[at + 1 : at + 2] in mojibake.GBK_SECOND for at in first)


@lru_cache(maxsize=1024)
def _character(name: str) -> str:
    if name in MISSPELT_SPACE:
        return " "
    if name.startswith("#"):
        return unescape(f"&{name}")
    return html5.get(name if name.endswith(";") else f"{name};", "")


def _repair(code: str, damage: Iterable[mojibake.Damage], what: str) -> Iterator[Finding]:
    found = mojibake.repairable(list(damage))
    yield from (Edit(each.start, each.stop, each.new) for each in found)
    if found:
        span = (found[0].start, found[-1].stop)
        yield Notice(
            code, "warning", f"{what}: {len(found)} place(s) read anew; the ledger keeps what stood there", span
        )


@rule("E102", "UTF-8 误读为西文", stage="encoding", effect="alters", needs=LATIN)
def utf8_read_as_western(text: Text) -> Iterator[Finding]:
    """UTF-8 that someone read as Latin-1 or Windows-1252 is read as UTF-8.

    Why: the bytes are all there and have the shape of UTF-8, which Western text never has for long.
    Before: æ•™è‚²å·¥ä½œ — After: 教育工作
    Keeps: Western words (café, naïve, MANHÃ), signs (××, ±, “”) and single shapes that a word could end in (café”…).
    """
    if _goes_beyond_latin(text):
        damage = _with_what_lies_beneath(text.text, mojibake.repairable(mojibake.utf8_as_western(text.text)))
        yield from _repair("E102", damage, "UTF-8 was read as Latin-1 or Windows-1252")


def _with_what_lies_beneath(text: str, damage: list[mojibake.Damage]) -> list[mojibake.Damage]:
    """The damage; whole lines where GBK lies beneath: its soft hyphens and C1 must not be taken out in between."""
    if not damage:
        return []
    once = mojibake.repaired(text, damage)
    beneath = mojibake.repairable(mojibake.gbk_as_western(once))
    if not beneath:
        return damage
    lines: list[mojibake.Damage] = []
    start = 0
    # No repair makes or takes a line end: the lines of all three are the same ones.
    states = (text, once, mojibake.repaired(once, beneath))
    for old, half, new in zip(*(each.split("\n") for each in states), strict=True):
        if half != new and mojibake.is_utf8_throughout(old):
            lines.append(mojibake.Damage(start, start + len(old), new, mojibake.VOUCHES))
        start += len(old) + 1
    starts = [line.start for line in lines]
    apart = [each for each in damage if not (i := bisect_right(starts, each.start)) or lines[i - 1].stop <= each.start]
    return sorted([*lines, *apart])


@rule("E103", "GBK 误读为西文", stage="encoding", effect="alters", needs=LATIN)
def gbk_read_as_western(text: Text) -> Iterator[Finding]:
    """GBK that someone read as Latin-1 or Windows-1252 is read as GBK.

    Why: the bytes are all there. Kept only where all such places together give common hanzi.
    Before: ½ÌÓý¾Ö¹¤×÷Òªµã — After: 教育局工作要点
    Keeps: Western words, one or two hanzi that might be a word (Ää), other encodings read as Latin-1.
    """
    if _goes_beyond_latin(text):
        yield from _repair("E103", mojibake.gbk_as_western(text.text), "GBK was read as Latin-1 or Windows-1252")


@rule("E104", "UTF-8 误读为 GBK", stage="encoding", effect="alters", needs=LEADS | mojibake.GBK_FIRST)
def utf8_read_as_gbk(text: Text) -> Iterator[Finding]:
    """UTF-8 that someone read as GBK is read as UTF-8.

    Why: the bytes are all there. Kept only where rare hanzi become common ones.
    Before: 鏁欒偛宸ヤ綔 — After: 教育工作
    Keeps: rare names and old characters; places where bytes were lost (銆�), which E105 repairs on request.
    """
    if not _may_be_misread(text):
        return
    yield from _repair("E104", mojibake.utf8_as_gbk(text.text), "UTF-8 was read as GBK")
    if lost := mojibake.utf8_with_losses(text.text):
        message = (
            f"{len(lost)} place(s) are UTF-8 read in another encoding with bytes lost; --unsafe reads what is left"
        )
        yield Notice("E104", "warning", message, (lost[0].start, lost[-1].stop))


@rule("E105", "缺字节的乱码", stage="encoding", effect="alters", applied="on-request", needs=LEADS | mojibake.GBK_FIRST)
def utf8_with_bytes_lost(text: Text) -> Iterator[Finding]:
    """UTF-8 that someone read in another encoding, losing bytes, is read as UTF-8; each lost character is U+FFFD.

    Why: nine characters in ten come back, but what was lost is gone, and where the loss is can be doubtful.
    Before: 鍏充簬鍗板彂銆� — After: 关于印发, and U+FFFD for the sign that was lost
    Keeps: 锟斤拷 and U+FFFD by themselves: nothing is left of those (G403 points at them).
    """
    for each in mojibake.utf8_with_losses(text.text) if _may_be_misread(text) else ():
        yield Edit(each.start, each.stop, each.new)
        if lost := each.new.count(mojibake.LOST):
            message = f"{lost} character(s) were lost here when UTF-8 was read in another encoding"
            yield Notice("E105", "warning", message, (each.start, each.stop))
