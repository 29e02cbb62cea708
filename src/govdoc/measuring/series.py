"""Which records are of one measure over years and places (indicators.md §8: 年度对比, 地区对比).

Two records are of one measure only where nothing that is counted differs: a missed pair costs a row, a wrong one makes
a false comparison. So names must be equal once the place's own name, marks and words that say the same are set aside.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from govdoc.indicator import Indicator
from govdoc.measuring.units import unit_class
from govdoc.measuring.words import longest, table, words

Level = Literal["省级", "市级", "县级", "级别不明的市", "乡级"]
LEVELS: tuple[Level, ...] = ("省级", "市级", "县级", "级别不明的市", "乡级")
_YEAR = re.compile(r"\d{4}")
_SILENT = re.compile(r"[\s“”‘’\"'《》、，·的]|同比")
_PART = re.compile(r"上半年|下半年|前?[一二三四]季度|\d{1,2}[-—–~至]\d{1,2}月|半年|学期")
_RISE = re.compile(r"(?:上升|提高|提升|增加|增幅|增速|上涨)$")
_FALL = re.compile(r"(?:减少|降低|降幅)$")
_FORMS: tuple[tuple[re.Pattern[str], Level], ...] = (
    (re.compile(r"(?:省|自治区|特别行政区)$"), "省级"),
    (re.compile(r"(?:自治州|地区|盟)$"), "市级"),
    (re.compile(r"[县区旗]$"), "县级"),
    (re.compile(r"市$"), "级别不明的市"),
    (re.compile(r"(?:[镇乡]|街道)$"), "乡级"),
)


def _alike(part: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """A pattern of the words of a part of the table, the longest first, and what each is to be read as."""
    meant = {same: word for word, others in table("series")[part].items() for same in words(others)}
    return longest(meant), meant


_VERBS, _WORDS = _alike("verbs"), _alike("words")


class Measure(NamedTuple):
    """What must agree: the name without place and synonyms, who, role, kind, unit, and the part of the year."""

    name: str
    subject: str
    role: str
    kind: str
    unit: str
    scope: str
    part: str


class Spot(NamedTuple):
    """A place as one column: its level, its code or full name, and how it is called."""

    level: Level
    key: str
    name: str


def measure_of(record: Indicator) -> Measure | None:
    """The measure a record is of; ``None`` where it has no single value or no year."""
    if record.value is None or not record.period or not _YEAR.fullmatch(record.period):
        return None
    own = _own(record)
    name = _plain(record.name, own, record.kind)
    unit = record.unit if record.unit == "成" else unit_class(record.unit_norm or record.unit)
    scope = "" if record.scope and own and record.scope == f"全{own[-1]}" else record.scope or ""
    part = _PART.search(record.title or "")
    subject = _without_place(_SILENT.sub("", record.subject or ""), own)
    return Measure(name, subject, record.role, record.kind, unit, scope, part[0] if part else "")


def name_of(record: Indicator) -> str:
    """The name of a record without the place's own name before it, which stands in a column or head of its own."""
    return _without_place(record.name, _own(record)) or record.name


def _own(record: Indicator) -> str:
    return record.region or record.county or record.city or record.province or ""


@lru_cache(maxsize=4096)
def _plain(name: str, own: str, kind: str) -> str:
    bare = _without_place(_SILENT.sub("", name), own)
    pattern, meant = _WORDS
    bare = pattern.sub(lambda found: meant[found[0]], bare)
    pattern, meant = _VERBS
    if found := pattern.match(bare):
        bare = meant[found[0]] + bare[found.end() :]
    if kind == "change":
        bare = _FALL.sub("下降", _RISE.sub("增长", bare))
    return bare


def _without_place(text: str, own: str) -> str:
    """The text without the place's own name, or 全市, 我市, 本市, before it; those of other places stay."""
    if not own:
        return text
    last = re.split(r"[省市州盟](?=.)", own)[-1]
    return re.sub(rf"^(?:{re.escape(own)}|{re.escape(last)}|[全我本]{own[-1]})", "", text)


def spot_of(record: Indicator) -> Spot | None:
    """The place a record speaks of as a column of its level; ``None`` where the place or its level is not known."""
    names = [part for part in (record.province, record.city, record.county) if part]
    shown = record.region or "".join(dict.fromkeys(names))
    level = _level(record, shown)
    return Spot(level, record.adcode or "".join(dict.fromkeys(names)) + shown, shown) if level else None


def _level(record: Indicator, shown: str) -> Level | None:
    if record.adcode:
        return "省级" if record.adcode.endswith("0000") else "市级" if record.adcode.endswith("00") else "县级"
    if record.county or (record.city and not shown.endswith(record.city)):
        return "县级"
    if record.city:
        return "市级"
    return next((level for form, level in _FORMS if form.search(shown)), None)
