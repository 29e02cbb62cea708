"""Numbers of the 版头: 发文字号, 令号, 期号, 份号."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from govdoc.model import DocNumber, Secrecy, SerialNumber
from govdoc.wording.dates import number_of
from govdoc.wording.vocabulary import HAN, squeeze

_OPEN, _CLOSE = r"[〔\[【（(﹝［〈<{｛〖]", r"[〕\]】）)﹞］〉>}｝〗]"
_YEAR = r"(?:\d{4}|[〇○零Ｏ一二三四五六七八九]{4})"
_SEQ = r"(?:第\s*)?(?P<{0}>\d{{1,5}}|[一二三四五六七八九十百〇]{{1,6}}|[×xX＊*]{{1,4}})\s*[号號]"
_CODE = rf"(?P<{{0}}>[{HAN}A-Za-z·]{{{{1,14}}}}?)"
_BRACKETED = rf"{_CODE.format('code')}?\s*{_OPEN}\s*(?P<year>{_YEAR})\s*年?\s*{_CLOSE}\s*{_SEQ.format('seq')}"
_YEARED = rf"{_CODE.format('code2')}?\s*(?P<year2>\d{{4}})\s*年\s*{_SEQ.format('seq2')}"
_OLD = rf"{_OPEN}\s*(?P<year3>\d{{2}}|\d{{4}})\s*{_CLOSE}\s*{_CODE.format('code3')}\s*{_SEQ.format('seq3')}"
_BETWEEN = re.compile(r"[\s\u3000、，]+")
_LABELLED = re.compile(r"^(?:发\s*文\s*(?:字\s*)?号|文\s*件\s*编\s*号|文\s*号|字\s*号)\s*[：:]\s*")
_JOINT_YEARED = re.compile(
    rf"(?P<code>[{HAN}A-Za-z·\s\u3000]{{2,60}}(?:公告|通告|令))[\s\u3000]*(?P<year>\d{{4}})\s*年\s*{_SEQ.format('seq')}"
)
DOC_NUMBER: Final = re.compile(f"(?:{_BRACKETED}|{_YEARED}|{_OLD})")
"""苏教〔2023〕2号 in any bracket, the 2024年第3号 of a 公告, and the （83）国发字112号 of old."""
_PARTS: Final = (("code", "code2", "code3"), ("year", "year2", "year3"), ("seq", "seq2", "seq3"))
_ORDER = re.compile(r"[（(]?\s*第?\s*(?P<seq>\d{1,5}|[一二三四五六七八九十百〇零]{1,7})\s*号\s*[）)]?")
_ISSUE = re.compile(
    r"[（(〔\[]?\s*(?:\d{4}\s*年?\s*[〕\])）]?\s*)?(?:第\s*(?P<seq>\d{1,4}|[一二三四五六七八九十百〇]{1,6})\s*(?:期|次)|总第\s*\d+\s*期)"
    r"\s*(?:[（(]\s*总(?:第)?\s*\d+\s*期\s*[）)])?\s*[）)〕\]]?"
)
_LONGEST: Final = 200
_COPY = re.compile(r"(?:份\s*号\s*[：:]\s*)?(?:No\.?|№|NO\.?)?\s*(\d{3,7})")
_SECRECY = re.compile(
    r"(?:密级\s*[：:]\s*)?(绝\s*密|机\s*密|秘\s*密)\s*(?:[★☆*＊]\s*(\d{1,2}\s*(?:年|个月|月|日|天)|[一二三四五六七八九十]{1,3}(?:年|个月)|长期|启封前))?"
)


def read_doc_number(raw: str) -> DocNumber | None:
    """A 发文字号 that is the whole text, outer brackets and its label aside; ``None`` where it is none."""
    return _read_doc_number(raw) if len(raw) <= _LONGEST else None


@lru_cache(maxsize=4096)
def _read_doc_number(raw: str) -> DocNumber | None:
    text = _LABELLED.sub("", raw.strip())
    if text[:1] in "（(" and text[-1:] in "）)" and text[1:-1].count("号") == 1:
        text = text[1:-1].strip()
    found = DOC_NUMBER.fullmatch(text) or _JOINT_YEARED.fullmatch(text)
    if found is None:
        return _read_several(text)
    code, year, seq = (_first_of(found, names) for names in _PARTS)
    return DocNumber(squeeze(text), squeeze(code) if code else None, _year(year), number_of(seq) if seq else None)


def _read_several(text: str) -> DocNumber | None:
    """The numbers of a joint issue side by side: code, year and seq are those of the first."""
    pieces = [piece for piece in _BETWEEN.split(text) if piece]
    if len(pieces) < 2 or not all(DOC_NUMBER.fullmatch(piece) for piece in pieces):
        return None
    first = _read_doc_number(pieces[0])
    return DocNumber("\u3000".join(pieces), first.code, first.year, first.seq) if first else None


def _first_of(found: re.Match[str], names: Sequence[str]) -> str | None:
    groups = found.groupdict()
    return next((groups[name] for name in names if groups.get(name)), None)


def _year(text: str | None) -> int | None:
    """A year; of two digits one of the last century, since 1949."""
    year = number_of(text) if text else None
    if year is None or year >= 1000:
        return year
    return 1900 + year if year >= 49 else None


def read_order_number(raw: str) -> SerialNumber | None:
    """第707号, （第四十八号）: 令号; ``None`` where the text is none."""
    found = _ORDER.fullmatch(raw.strip()) if "号" in raw else None
    return SerialNumber(squeeze(raw), number_of(found["seq"])) if found else None


def read_issue_number(raw: str) -> SerialNumber | None:
    """第5期, 〔2024〕第5期: 期号; ``None`` where the text is none."""
    found = _ISSUE.fullmatch(raw.strip()) if "期" in raw or "次" in raw else None
    return SerialNumber(squeeze(raw), number_of(found["seq"]) if found["seq"] else None) if found else None


def read_copy_number(raw: str) -> str | None:
    """份号, 000001; ``None`` where the text is none."""
    found = _COPY.fullmatch(raw.strip())
    return found[1] if found else None


def read_secrecy(raw: str) -> Secrecy | None:
    """密级和保密期限, 机密★1年; ``None`` where the text is none."""
    found = _SECRECY.fullmatch(raw.strip()) if "密" in raw else None
    return Secrecy(squeeze(found[1]), squeeze(found[2]) if found[2] else None) if found else None
