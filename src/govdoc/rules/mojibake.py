"""Text that was read in the wrong encoding: where the damage stands, and what it was before.

Each finder names damaged runs, as short as they can be, that a reading of their bytes turns into Chinese with no
character lost. Single-byte readings are those of browsers: cp1252, its five holes as C1 controls; latin-1 differs
only in C1, so one table reads both.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from govdoc.hanzi import CHINESE_PUNCTUATION, COMMON, big5_level_one, chinese_share, level_one

CP1252 = {bytes((byte,)).decode("cp1252", "ignore") or chr(byte): byte for byte in range(0x80, 0xA0)}
TO_BYTES = str.maketrans({char: chr(byte) for char, byte in CP1252.items()})
HIGH = "\x80-\xff" + "".join(char for char in CP1252 if char > "\xff")
CONTINUATION = HIGH.replace("\x80-\xff", "\x80-\xbf")
LEAD = HIGH.replace("\N{EURO SIGN}", "").replace("\x80-\xff", "\x81-\xfe")

WESTERN_RUN = re.compile(f"[{HIGH}]{{2,}}")
NOT_WESTERN = re.compile(f"[^\x00-\x7f{HIGH}\ufeff]")
UTF8_SHAPED = re.compile(rb"(?:[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3})+")
UTF8_OR_LETTER = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}|[@-~]")
SPACED_SHAPE = re.compile(f"[\xe2-\xef](?:[{CONTINUATION}] | [{CONTINUATION}])")
BEGUN, CONTINUED = re.compile(rb"[\xe0-\xef][\x80-\xbf]"), re.compile(rb"[\x80-\xbf]{2}")
BEYOND_ASCII = re.compile(r"[^\x00-\x7f]{3,}")
# What Chinese pages are written in: Latin, Greek, Cyrillic, then from the general punctuation on all but the PUA.
# Ranges, not patterns: a pattern of many characters takes milliseconds to compile, and most texts need none.
HANZI = (("\u3400", "\u4dbf"), ("\u4e00", "\u9fff"), ("\uf900", "\ufaff"), ("\U00020000", "\U000323af"))
SIGNS = (("\u2010", "\u203b"), ("\u2460", "\u24ff"), ("\u25a0", "\u25ff"), ("\u3000", "\u30ff"), ("\uff01", "\uff5e"))
WRITTEN = (
    ("\x80", "\u024f"), ("\u0370", "\u04ff"), ("\u2000", "\u9fff"), ("\uac00", "\ud7a3"), ("\uf900", "\ufaff"),
    ("\ufe10", "\uffef"), ("\U00010000", "\U000323af"),
)  # fmt: skip
LETTER = re.compile("[\xc0-\xd6\xd8-\xf6\xf8-\xff]")
WESTERN_WORD = re.compile("[A-Za-z][\xc0-\xd6\xd8-\xf6\xf8-\xff]|[\xc0-\xd6\xd8-\xf6\xf8-\xff][a-z]")
# Of words in any 8-bit encoding: all or none in capitals, or the first letter; in KOI8-R the cases are exchanged.
NO_LETTER = re.compile("[^\xc0-\xff]")
NATURAL_CASE = re.compile("[\xc0-\xde]?[\xdf-\xff]+|[\xdf-\xff]?[\xc0-\xde]+")
COUNTED = frozenset("年月日号时分秒万亿元个名人所项次家件岁条章节页期")
PINYIN = frozenset("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüêɑ\ue7c7ńň\ue7c8ɡ")
FEW = 12
ONE_SCRIPT = re.compile(f"[{HIGH}]{{4,}}|[\u0400-\u04ff]{{4,}}")
LOST = "\N{REPLACEMENT CHARACTER}"
SHAPES_WITH_LOSSES = re.compile(
    rb"(?:[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef](?:[\x80-\xbf]{2}|[\x80-\xbf]?\xff[\x80-\xbf]?)|[@-~])+"
)
BROKEN_SHAPE = re.compile(f"[\xe0-\xef](?:{LOST}[{CONTINUATION}{LOST}]|[{CONTINUATION}]{LOST})")
WITH_LOSSES = re.compile(r"(?:[^\x00-\x7f]|(?<=[^\x00-\x7f])\?){2,}")
CLEARLY_CHINESE = 0.4
CLEARLY_RISES = 0.3
ENOUGH_FOR_TRADITIONAL = 6  # pairs of bytes: a third of GBK is traditional, so few of them prove nothing

DOUBTFUL, CERTAIN, VOUCHES = range(3)
"""Damage that needs another's word; that stands by itself; that vouches for what is doubtful in the same text."""


class Damage(NamedTuple):
    """A run ``[start, stop)`` of a text and what it was, with how sure that is."""

    start: int
    stop: int
    new: str
    certainty: int


def repairable(damage: list[Damage]) -> list[Damage]:
    """What of a text's damage to repair: all where one vouches for it, else what is certain."""
    least = DOUBTFUL if any(each.certainty == VOUCHES for each in damage) else CERTAIN
    return [each for each in damage if each.certainty >= least]


def repaired(text: str, damage: list[Damage]) -> str:
    """The text with some damage, sorted and disjoint, repaired."""
    pieces: list[str] = []
    end = 0
    for each in damage:
        pieces += (text[end : each.start], each.new)
        end = each.stop
    return "".join([*pieces, text[end:]])


def _western_bytes(run: str) -> bytes:
    return run.translate(TO_BYTES).encode("latin-1")


def is_utf8_throughout(line: str) -> bool:
    """Whether all of a line, as Western bytes, is UTF-8."""
    return NOT_WESTERN.search(line) is None and LOST not in _western_bytes(line).decode("utf-8", "replace")


def utf8_as_western(text: str) -> list[Damage]:
    """UTF-8 that was read as latin-1 or cp1252; where that is sure, also where NO-BREAK SPACE became a space since."""
    damage = list(_utf8_shapes(text))
    if any(each.certainty == VOUCHES for each in damage):
        for match in SPACED_SHAPE.finditer(text):
            new = _western_bytes(match.group().replace(" ", "\xa0")).decode("utf-8", "replace")
            if _is_usual(new):
                damage.append(Damage(match.start(), match.end(), new, DOUBTFUL))
    return list(_not_beside_sound(text, sorted(damage)))


def _utf8_shapes(text: str) -> Iterator[Damage]:
    for run in WESTERN_RUN.finditer(text):
        for shaped in UTF8_SHAPED.finditer(_western_bytes(run.group())):
            start = run.start() + shaped.start()
            new = again = shaped.group().decode("utf-8", "replace")
            while LOST not in again and WESTERN_RUN.fullmatch(again):  # misread more than once
                again = _western_bytes(again).decode("utf-8", "replace")
                deeper = all(char <= "\xff" or "\u0800" <= char != LOST for char in again)
                new = again if deeper else new
            if all(_within(char, WRITTEN) for char in new):  # no overlong forms, no surrogates, no other scripts
                yield Damage(
                    start, run.start() + shaped.end(), new, _utf8_certainty(new, text[max(start - 1, 0) : start])
                )


def _not_beside_sound(text: str, damage: list[Damage]) -> Iterator[Damage]:
    """The damage, less what is doubtful on a line that also holds text no Western reading gives."""
    line_stop, sound = -1, False
    for each in damage:
        if each.start > line_stop:
            line_start, line_stop = text.rfind("\n", 0, each.start) + 1, text.find("\n", each.start)
            line_stop = len(text) if line_stop < 0 else line_stop
            sound = NOT_WESTERN.search(text, line_start, line_stop) is not None
        if not sound or each.certainty > DOUBTFUL:
            yield each


def _utf8_certainty(new: str, before: str) -> int:
    wide = sum(char >= "\u0800" for char in new)
    if ONE_SCRIPT.fullmatch(new):
        return VOUCHES
    if wide >= 2:
        return (
            VOUCHES
            if _mostly_usual(new, 0.6)
            else CERTAIN
            if all(_within(char, HANZI + SIGNS) for char in new)
            else DOUBTFUL
        )
    if wide:
        # café”… has the shape of 锅: after a letter one shape alone proves nothing.
        return CERTAIN if all(map(_is_usual, new)) and not before.isalpha() else DOUBTFUL
    # No language has Â or Ã before a sign (Â·, Ã©); before a quotation mark, ª or º some have.
    sign = all("\xa1" <= char <= "\xff" and char not in "\xaa\xab\xba\xbb\xbf" for char in new)
    return CERTAIN if sign and not before.isupper() else DOUBTFUL


@cache
def _western_pairs() -> re.Pattern[str]:
    """Runs of what GBK's pairs and GB 18030's fours become, the second byte perhaps an ASCII letter."""
    return re.compile(f"(?:[{LEAD}][{HIGH}@-~]|[{LEAD}][0-9][{LEAD}][0-9])+")


class _Reading(NamedTuple):
    """What a run is in GBK, how sure that is, and whether it is made as no word of letters is."""

    new: str
    certainty: int
    is_word: bool


def _read_as_gbk(run: str) -> _Reading | None:
    new = _western_bytes(run).decode("gb18030", "replace")
    if LOST in new or not (_mostly_usual(new, 0.5) or all(char in PINYIN for char in new)):
        return None
    return _Reading(new, _gbk_certainty(new) if LETTER.search(run) else DOUBTFUL, _is_word(run, new))


def gbk_as_western(text: str) -> list[Damage]:
    """GBK that was read as latin-1 or cp1252."""
    runs: list[tuple[Damage, bool]] = []  # and whether it is Chinese by what it is made of
    evidence: dict[str, None] = {}  # each run once, and none of signs only (10¹², ×÷°§)
    western = WESTERN_WORD.search(text) is not None
    seen: dict[str, _Reading | None] = {}
    for run in _western_pairs().finditer(text):
        if run.group() not in seen:
            seen[run.group()] = _read_as_gbk(run.group())
        if reading := seen[run.group()]:
            new, certainty, is_word = reading
            likely = not western and (is_word or _is_beside_figure(text, run, new))
            runs.append((Damage(run.start(), run.end(), new, certainty), likely))
            if LETTER.search(run.group()):
                evidence[new] = None
    together = "".join(evidence)
    # One run may look Chinese by chance (Russian read as latin-1); all of them together do not.
    if chinese_share(together) < CLEARLY_CHINESE and not (
        len(together) <= FEW and any(likely for _, likely in runs) and _mostly_usual(together, 0.65)
    ):
        return []
    if len(together) >= 3 and _gbk_certainty(together, pooled=True) != DOUBTFUL:
        return list(_not_beside_sound(text, [each._replace(certainty=VOUCHES) for each, _ in runs]))
    doubtful = [each for each, _ in runs]
    bare = [each._replace(certainty=DOUBTFUL) for each in doubtful]
    alone = {each.start for each in _not_beside_sound(text, bare)}
    sure = [
        each._replace(certainty=CERTAIN) if likely and each.start in alone and each.certainty < CERTAIN else each
        for each, likely in runs
    ]
    return list(_not_beside_sound(text, list(_with_signs(text, sure))))


def _with_signs(text: str, damage: list[Damage]) -> Iterator[Damage]:
    """The damage, on lines with some that is certain also what is only punctuation, pinyin or one hanzi."""
    lines: dict[int, int] = {}
    stop = -1
    for each in damage:
        if each.start > stop:
            stop = text.find("\n", each.start)
            stop = len(text) if stop < 0 else stop
        lines[each.start] = stop
    certain = {lines[each.start] for each in damage if each.certainty >= CERTAIN}
    for each in damage:
        sign = each.new in COMMON or all(char in CHINESE_PUNCTUATION or char in PINYIN for char in each.new)
        beside = sign and lines[each.start] in certain
        yield each._replace(certainty=CERTAIN) if beside and each.certainty < CERTAIN else each


def _is_word(run: str, new: str) -> bool:
    """Whether a run is two hanzi and more that no word of letters is made like: signs or capitals inside it."""
    hanzi = [char for char in new if _within(char, HANZI)]
    if len(hanzi) < 2 or len(set(new)) < 2 or min(new.encode("gb18030")) < 0xA1 or not LETTER.search(run):
        return False
    first = sum(char in level_one() for char in hanzi)
    no_letters = NO_LETTER.search(run) is not None or not NATURAL_CASE.fullmatch(run)
    if no_letters:
        return first * 3 >= len(hanzi) * 2
    return first == len(hanzi) and bool(COMMON & set(hanzi)) and not _is_alphabet(run)


def _is_alphabet(run: str) -> bool:
    """Whether letters are listed in their order: ÀÉÈÊËÎÏÔ."""
    plain = [unicodedata.normalize("NFD", char)[0].lower() for char in run]
    return len(run) > 4 and plain == sorted(plain)


def _is_beside_figure(text: str, run: re.Match[str], new: str) -> bool:
    """Whether a run is one hanzi with a figure (2023年, 第268号), or a line of its own that reads well."""
    before, after = text[max(0, run.start() - 1) : run.start()], text[run.end() : run.end() + 1]
    if len(new) > 1:
        return before + after in ("", "\n", "\n\n") and set(new) <= COMMON and len(set(run.group())) > 2
    return (new in COUNTED and before.isdecimal()) or (new == "第" and after.isdecimal())


def _gbk_certainty(new: str, *, pooled: bool = False) -> int:
    common = len(COMMON & set(new))
    if len(new) >= 4:
        usual = _mostly_usual(new, traditional=len(new) >= ENOUGH_FOR_TRADITIONAL and not pooled)
        sure = common and len(set(new)) > 1 and usual and chinese_share(new) >= CLEARLY_CHINESE
        return VOUCHES if sure else DOUBTFUL
    # Few characters might be letters of a Western word. Signs (½ ¡ ·) between letters are in none.
    data = new.encode("gb18030")
    enough = 1 if len(new) == 2 and min(data) < 0xC0 <= max(data) else 2
    in_gb2312 = min(data, default=0) >= 0xA1
    return CERTAIN if in_gb2312 and len(new) >= 2 and common >= enough and _mostly_usual(new) else DOUBTFUL


def _within(char: str, ranges: tuple[tuple[str, str], ...]) -> bool:
    return any(first <= char <= last for first, last in ranges)


def _is_usual(char: str, traditional: bool = False) -> bool:
    usual = char in COMMON or char in CHINESE_PUNCTUATION or char in level_one() or _within(char, SIGNS)
    return usual or (traditional and char in big5_level_one())


def _mostly_usual(new: str, part: float = 0.9, *, traditional: bool = False) -> bool:
    beyond_ascii = [char for char in new if char > "\x7f"]
    return sum(_is_usual(char, traditional) for char in beyond_ascii) >= len(beyond_ascii) * part


LEADS = (*range(0xE3, 0xEA), 0xEF)  # of the three-byte shapes of Chinese
GBK_FIRST = frozenset(b"".join(bytes((lead, trail)) for lead in LEADS for trail in range(0x80, 0xC0)).decode("gb18030"))
"""What every three-byte shape read as GBK begins with: E4 B8 and the like."""
GBK_SECOND = frozenset(
    b"".join(bytes((lead, trail)) for lead in range(0x81, 0xC0) for trail in LEADS).decode("gb18030") + "\N{EURO SIGN}"
)
"""What follows: a pair whose second byte is the lead of the next shape."""


@cache
def _utf8_as_gbk() -> re.Pattern[str]:
    return re.compile(f"[{''.join(sorted(GBK_FIRST))}][{''.join(sorted(GBK_SECOND))}]")


def utf8_as_gbk(text: str) -> Iterator[Damage]:
    """UTF-8 that was read as GBK, as Windows reads it: byte 0x80 as the euro sign. Runs with losses are left out."""
    pattern = _utf8_as_gbk()
    if not pattern.search(text):
        return
    for run in BEYOND_ASCII.finditer(text):
        if LOST not in run.group() and pattern.search(run.group()):
            yield from _utf8_in_gbk(run.group(), run.start())


def _utf8_in_gbk(run: str, offset: int) -> Iterator[Damage]:
    pieces = _gbk_pieces(run)
    data = b"".join(pieces)
    # Where a character of the run begins, by byte: a repair begins and ends between characters.
    places = {byte: char for char, byte in enumerate(accumulate(map(len, pieces), initial=0))}
    start = stop = end = -1
    for shape in (*UTF8_OR_LETTER.finditer(data), None):
        if shape is None or shape.start() != end:
            if stop > start:
                yield from _judge_gbk(data[start:stop], run[places[start] : places[stop]], offset + places[start])
            start = stop = -1
        if shape is None:
            return
        end = shape.end()
        if start < 0 and shape.start() in places:
            start = stop = shape.start()
        if start >= 0 and end in places:
            stop = end


def _gbk_pieces(run: str) -> list[bytes]:
    pieces = [b"\x80" if char == "\N{EURO SIGN}" else char.encode("gb18030", "replace") for char in run]
    for i, piece in enumerate(pieces):
        # A2 E3 is the euro sign too. It ends one shape and begins the next, so two more bytes of that one follow.
        before, after = b"".join(pieces[max(i - 2, 0) : i])[-2:], b"".join(pieces[i + 1 : i + 3])[:2]
        if piece == b"\x80" and BEGUN.fullmatch(before) and CONTINUED.fullmatch(after):
            pieces[i] = b"\xa2\xe3"
    return pieces


def _judge_gbk(data: bytes, old: str, start: int) -> Iterator[Damage]:
    new = data.decode("utf-8", "replace")
    wide = sum(char >= "\u0800" for char in new)
    if "\ufffd" in new or not wide:
        return
    rises = chinese_share(new) >= max(CLEARLY_CHINESE, chinese_share(old) + CLEARLY_RISES)
    usual_only = all(char in level_one() for char in new if _within(char, HANZI)) and _mostly_usual(new)
    rarer = wide >= 2 and usual_only and not all(char in level_one() for char in old if _within(char, HANZI))
    certainty = DOUBTFUL
    if (rises or rarer) and wide >= 2 and _mostly_usual(new, traditional=True):
        certainty = VOUCHES if rises and wide >= 4 else CERTAIN
    if rises or rarer or chinese_share(new) > chinese_share(old):
        yield Damage(start, start + len(old), new, certainty)


def utf8_with_losses(text: str) -> list[Damage]:
    """UTF-8 that was read in another encoding with bytes lost (U+FFFD, ``?``): what is left of it, the rest U+FFFD."""
    if LOST not in text and "?" not in text:
        return []
    damage: list[Damage] = []
    if any(each.certainty == VOUCHES for each in _utf8_shapes(text)):
        damage += [Damage(*match.span(), LOST, CERTAIN) for match in BROKEN_SHAPE.finditer(text)]
    if _utf8_as_gbk().search(text):
        damage += [found for run in WITH_LOSSES.finditer(text) if (found := _judge_losses(run))]
    return repairable(damage)


def _judge_losses(run: re.Match[str]) -> Damage | None:
    old = run.group().replace("?", LOST)
    if LOST not in old:
        return None
    data = b"".join(b"\xff" if char == LOST else piece for char, piece in zip(old, _gbk_pieces(old), strict=True))
    new = re.sub(f"{LOST}+", LOST, data.decode("utf-8", "replace"))
    known = new.replace(LOST, "")
    rises = chinese_share(known) >= max(CLEARLY_CHINESE, chinese_share(old) + CLEARLY_RISES)
    if rises and len(known) >= max(2, 2 * new.count(LOST)):
        return Damage(run.start(), run.end(), new, VOUCHES)
    return Damage(run.start(), run.end(), new, DOUBTFUL) if SHAPES_WITH_LOSSES.fullmatch(data) else None
