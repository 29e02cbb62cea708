"""Places: what an agency's name or a title says for certain, with its code of GB/T 2260 as of a year.

The table holds every province, city and county from 1980 to 2024 with the years it was in force; a name that several
places bear (朝阳区, 鼓楼区, 城关区) is certain only behind the name of a place it belongs to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

from govdoc.model import Document

_SHORTEST: Final = 2
_MUNICIPALITIES: Final = frozenset(["110000", "120000", "310000", "500000"])
_GENERIC: Final = frozenset(["城区", "郊区", "矿区", "市区"])
_PARTY = "中国共产党|中共|共青团|国家(?:税务|统计|金融监督管理)总?局"
_OPENING = re.compile(rf"^(?:关于)?(?:印发)?《?(?:\d{{4}}年度?)?(?:{_PARTY})?")
_REGION = re.compile(
    r"^(?P<region>(?:[一-龥]{2,3}省|[一-龥]{2,7}自治区)?(?:[一-龥]{2,5}?(?:市|自治州|地区|盟))?(?:[一-龥]{1,5}?(?:市|区|县|旗))?)"
    r"(?=人民政府|政府|教育|教体|卫生|财政|发展|统计|办公|[市县区省]?委|局|厅|国民经济|20\d\d|民政|人力|自然|住房|交通|农业|文化|文旅|科技|公安|司法|"
    r"生态|水利|商务|应急|审计|市场|医疗|体育|档案|林业|关于|工业|国资|人大|政协|机关)"
)
_NO_PLACE = re.compile(r"教育|学区|校区|学校|全[市区县]|各[市区县]|园区|社区|城区|地区[市区县]|工作")


class Place(NamedTuple):
    """Where a document comes from: the words of the text, and what they mean; each is ``None`` unless certain."""

    region: str | None = None
    province: str | None = None
    city: str | None = None
    county: str | None = None
    adcode: str | None = None


class _Known(NamedTuple):
    """A place of the table: code, name, the years it was in force, and the code of what it belongs to."""

    code: str
    name: str
    first: int
    last: int
    parent: str | None

    @property
    def province(self) -> str:
        return self.code[:2] + "0000"


class _Table(NamedTuple):
    names: dict[str, tuple[_Known, ...]]
    codes: dict[str, tuple[_Known, ...]]
    longest: int


def place_of_document(document: Document) -> Place:
    """The place of a document, as its signature, its mark or its title says, in the year of its date."""
    header, main = document.header, document.main
    agencies = (*main.signature_orgs, *(header.issuer_mark.agencies if header.issuer_mark else ()))
    number = header.doc_number
    year = int(main.issue_date[:4]) if main.issue_date else number.year if number else None
    return place_of(next(iter(agencies), None), main.title, year=year)


def place_of(*texts: str | None, year: int | None = None) -> Place:
    """The place the first of ``texts`` with one begins with, as of a year, else of the last year of the table."""
    for text in texts:
        bare = _OPENING.sub("", text or "")
        place = _in_table(bare, year)
        region = _by_form(bare)
        if place and region.startswith(place.region or "") and region != place.region:
            return Place(region, place.province, place.city)
        if place or region:
            return place or Place(region)
    return Place()


def _in_table(text: str, year: int | None) -> Place | None:
    """The place whose name, with the names of what it belongs to before it, the text begins with."""
    chain = list(_names(text))
    if not chain or (len(chain) == 1 and chain[0] in _GENERIC):
        return None
    known = _resolve(chain, year)
    region = "".join(chain)
    if len(known) != 1:
        above = _resolve(chain[:-1], year) if len(chain) > 1 else []
        return Place(region, *_parents(above[0], year)[:2]) if len(above) == 1 else Place(region)
    return Place(region, *_parents(known[0], year), known[0].code)


def _names(text: str) -> Iterator[str]:
    """The names of places a text begins with, the longest first; a province in short only before another place."""
    table = _table()
    at = 0
    while at < len(text):
        size = next((n for n in range(table.longest, _SHORTEST - 1, -1) if text[at : at + n] in table.names), 0)
        name = text[at : at + size]
        short = size > 0 and name[-1] not in "州县旗区" and all(one.name != name for one in table.names[name])
        if not size or (short and next(_names(text[at + size :]), None) is None):
            return
        yield name
        at += size


def _resolve(chain: Sequence[str], year: int | None) -> list[_Known]:
    """The places a chain of names can mean: the last name, within what the names before it can mean."""
    found: list[_Known] = []
    for i, name in enumerate(chain):
        here = _in_force(_table().names[name], year)
        within = [one for one in here if any(_belongs(one, above) for above in found)]
        found = within if i and within else [] if i else here
        if not found:
            return []
    return found


def _belongs(one: _Known, above: _Known) -> bool:
    return one.parent == above.code or (one.province == above.code and one.code != above.code)


def _in_force(places: Iterable[_Known], year: int | None) -> list[_Known]:
    """Those in force in a year; where none was, those nearest to it."""
    known = list(places)
    when = min(max(year or _LAST, _FIRST), _LAST)
    away = [max(one.first - when, when - one.last, 0) for one in known]
    nearest = min(away, default=0)
    return [one for one, gap in zip(known, away, strict=True) if gap == nearest]


def _parents(one: _Known, year: int | None) -> tuple[str, str | None, str | None]:
    """Province, city and county of a place; the districts of a municipality are in a city of its name."""
    province = _named(one.province, year)
    if one.code == one.province:
        return one.name, one.name if one.code in _MUNICIPALITIES else None, None
    if one.code.endswith("00"):
        return province, one.name, None
    in_city = _named(one.parent, year) if one.parent else province if one.province in _MUNICIPALITIES else None
    return province, in_city, one.name


def _named(code: str, year: int | None) -> str:
    return _in_force(_table().codes[code], year)[0].name


def _by_form(text: str) -> str:
    """The words of the form of a place that a text begins with, known or not: 苏州市高新区; else empty."""
    found = _REGION.match(text)
    region = found["region"] if found else ""
    return "" if _NO_PLACE.search(region) else region


_FIRST: Final = 1980
_LAST: Final = 2024


@cache
def _table() -> _Table:
    """The table by name and by code; read when first asked."""
    names: dict[str, list[_Known]] = {}
    codes: dict[str, list[_Known]] = {}
    text = files("govdoc.parsing").joinpath("data/places.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        code, name, first, last, parent, short = [*line.split("\t"), "", ""][:6]
        follows = code[:4] + "00" if code[4:] != "00" else code[:2] + "0000" if code[2:4] != "00" else None
        above = None if parent == "-" else parent or follows
        known = _Known(code, name, int(first), int(last), above)
        codes.setdefault(code, []).append(known)
        for one in (name, short):
            if one:
                names.setdefault(one, []).append(known)
    return _Table(
        {name: tuple(known) for name, known in names.items()},
        {code: tuple(known) for code, known in codes.items()},
        max(map(len, names)),
    )
