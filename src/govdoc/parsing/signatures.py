"""Lines of an end, one by one: 署名, 署名 with its date, 签署人, and the label of an 附件 page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from govdoc.model import Signatory
from govdoc.parsing.found import Found
from govdoc.parsing.lines import Line
from govdoc.wording.dates import DATE, number_of, read_date
from govdoc.wording.labels import read_label
from govdoc.wording.vocabulary import (
    HAN,
    TITLE_END,
    ends_sentence,
    is_agency,
    squeeze,
)

_WIDE_GAP = re.compile(r"[\u3000\t]+|\s{2,}")
_ATTACH_LABEL = re.compile(
    rf"(?:[{HAN}A-Za-z]{{1,14}}〔\d{{4}}〕\d{{1,5}}号)?\s*附\s*[件表录]?\s*(?P<n>\d{{1,2}}|[一二三四五六七八九十]{{1,3}})?\s*(?:[：:]|[-－—]\d{{1,2}})?\s*$"
)
_ATTACH_TITLED = re.compile(
    r"附\s*[件表]\s*(?P<n>\d{1,2}|[一二三四五六七八九十]{1,3})?\s*(?:[：:、.．]|[\s\u3000])\s*(?P<title>\S.*)$"
)
_ORG_DATE = re.compile(rf"(?P<org>[{HAN}（）()·\s\u3000]{{2,60}}?)[\s\u3000]*(?P<date>{DATE})$")
_ATTACH_GLUED = re.compile(rf"附\s*件\s*(?P<n>\d{{1,2}})(?P<title>[{HAN}“《（][^，。；：]*)")
_LONGEST_GLUED: Final = 60
_OFFICE: Final = (
    rf"[{HAN}]{{0,20}}(?:总理|主席|省长|市长|县长|区长|州长|旗长|盟长|镇长|乡长|部长|局长|厅长|署长|行长|主任|会长|院长|"
    "检察长|委员长|司令员|政委|书记|校长)"
)
_BARE_OFFICE = re.compile(_OFFICE)
_SIGNATORY = re.compile(
    rf"(?P<office>{_OFFICE})"
    rf"(?:[：:\s\u3000]+(?P<name>[{HAN}·]{{1,4}}(?:[\s\u3000]?[{HAN}·]{{1,8}})?)|(?P<glued>[{HAN}]{{2,3}}))$"
)
_NO_NAME = re.compile(r"[，。；：！？:;,《》“”\d]|——")
_MOST_SIGNERS: Final = 12
_LONGEST_SPACED: Final = 200


def match_org_date(text: str) -> tuple[str, str] | None:
    """The agency and the date of a line that is both; ``None`` where it is not."""
    found = org_and_date(text)
    return found if found and is_agency(found[0]) else None


def org_and_date(text: str) -> tuple[str, str] | None:
    """Words and the date behind them, on one line and nothing else; ``None`` where the line is another."""
    if "年" not in text or len(text) > _LONGEST_SPACED:
        return None
    found = _ORG_DATE.fullmatch(text.strip())
    return (found["org"], found["date"]) if found else None


def match_signatory(text: str) -> Signatory | None:
    """Office and name of a line that is both: 总理　李克强; ``None`` where it is not."""
    found = _SIGNATORY.fullmatch(text.strip())
    if found is None or is_agency(text):
        return None
    return Signatory(found["office"], squeeze(found["name"] or found["glued"]))


def is_office(text: str) -> bool:
    """Whether a text is the office of a person and no more: 省长, over which a stamp of the name stood."""
    return _BARE_OFFICE.fullmatch(squeeze(text)) is not None and not is_agency(text)


def split_orgs(line: Line) -> list[Found[str]]:
    """The agencies of a line of signatures, parted by blanks."""
    text = line.text
    pieces = [piece for piece in re.split(r"[\s\u3000]+", text) if piece]
    wide = [piece for piece in _WIDE_GAP.split(text.strip()) if piece.strip()]
    names = pieces if len(pieces) > 1 and all(is_agency(piece) for piece in pieces) else wide
    if not all(is_agency(name) for name in names):
        names = [text.strip()]
    found: list[Found[str]] = []
    place = 0
    for name in names:
        start = text.index(name, place)
        place = start + len(name)
        found.append(Found(squeeze(name) if is_agency(name) else name, line.start + start, line.start + place))
    return found


def sign_like(line: Line) -> bool:
    """Whether a line may be a 署名: short, no sentence, no numeral, no label."""
    return line.table is None and len(line.text) <= _LONGEST_SPACED and _sign_text(line.text.strip())


@lru_cache(maxsize=4096)
def _sign_text(text: str) -> bool:
    return (
        len(squeeze(text)) <= 40
        and not _NO_NAME.search(text)
        and read_label(text) is None
        and read_date(text) is None
        and attach_label(text) is None
    )


def is_known(line: Line, known: Sequence[str]) -> bool:
    """Whether a line names an agency of ``known``, in full or in short."""
    name = squeeze(line.text)
    return len(name) >= 2 and sign_like(line) and any(name in one or one in name for one in known)


def sign_block(lines: Sequence[Line], i: int, end: int) -> int:
    """How many lines of signatures stand from ``i`` on over a date line; 0 where no date follows them."""
    j = i
    while j < end and j - i < _MOST_SIGNERS and (sign_like(lines[j]) or match_signatory(lines[j].text)):
        j += 1
    return j - i if j > i and j < end and read_date(lines[j].text) else 0


def attach_label(text: str) -> tuple[int | None, str | None] | None:
    """The number and title of a line that opens an 附件 page: 附件, 附件1, 附件2 名单; ``None`` where it opens none."""
    return _attach_label(text) if len(text) <= _LONGEST_SPACED and "附" in text else None


@lru_cache(maxsize=4096)
def _attach_label(text: str) -> tuple[int | None, str | None] | None:
    bare = text.strip()
    label = _ATTACH_LABEL.fullmatch(bare)
    if label:
        return (number_of(label["n"]) if label["n"] else None), None
    titled = _ATTACH_TITLED.fullmatch(bare)
    if titled and len(bare) <= 80 and not ends_sentence(bare) and (titled["n"] or "：" not in bare):
        return (number_of(titled["n"]) if titled["n"] else None), titled["title"].strip()
    glued = _ATTACH_GLUED.fullmatch(bare)
    if glued and len(bare) <= _LONGEST_GLUED and TITLE_END.search(bare):
        return number_of(glued["n"]), glued["title"]
    return None
