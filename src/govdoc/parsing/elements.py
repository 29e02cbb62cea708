"""The elements a person may give by name: 文号=太教〔2025〕3号, and what each value must look like (条例 Art. 9)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from govdoc.model import CopyList, DocNumber, IssuerMark, Recipients, Secrecy, Signatory, split_names
from govdoc.parsing.signatures import is_office
from govdoc.wording.dates import DateRead, read_date
from govdoc.wording.numbers import (
    read_copy_number,
    read_doc_number,
    read_issue_number,
    read_order_number,
    read_secrecy,
)
from govdoc.wording.vocabulary import CC_LABELS, GENRES, URGENCIES, squeeze

_BRACKETED: Final = re.compile(r"^[^\d\s]+[^\w\s]\d{4}年?[^\w\s]第?\d+[号號]$")
"""One 发文字号 with its year in brackets, not the 2024年第3号 of a 公告, nor several side by side."""
_IN_DIGITS: Final = re.compile(r"[\d\s年月日号./．-]+")

Read = Callable[[str], Any]
"""A value from its text; ``None`` where the text is no such value."""


@dataclass(frozen=True)
class Element:
    """An element: its names, the JSON pointer of its field, how its text is read, and what the text looks like."""

    names: tuple[str, ...]
    pointer: str
    read: Read
    example: str

    def fields(self, text: str) -> Mapping[str, Any] | None:
        """The fields a text sets, as JSON pointers and plain values; ``None`` where the text is no such element."""
        value = self.read(text.strip())
        if value is None or value == "":
            return None
        if self.pointer.endswith("date"):
            return {self.pointer: value.iso, f"{self.pointer}_raw": value.raw} if value.iso else None
        return {self.pointer: msgspec.to_builtins(value)}


def _text(text: str) -> str | None:
    return text if "\n" not in text else None


def _number(text: str) -> DocNumber | None:
    """A 发文字号 as the standard writes it (§7.2.5), whatever its brackets: 临教发(2024)005号 is 临教发〔2024〕5号."""
    number = read_doc_number(text)
    if number is None or not (number.code and number.year and number.seq) or _BRACKETED.search(number.raw) is None:
        return number
    return msgspec.structs.replace(number, raw=f"{number.code}〔{number.year}〕{number.seq}号")


def _date(text: str) -> DateRead | None:
    """A date in digits as the standard writes it (§7.3.5.4): 2024-03-05, 2024.3.5, 2024/3/5 are 2024年3月5日."""
    date = read_date(text)
    if date is None or date.iso is None or not date.full or not _IN_DIGITS.fullmatch(date.raw):
        return date
    year, month, day = (int(part) for part in date.iso.split("-"))
    return date._replace(raw=f"{year}年{month}月{day}日")


def _bare(text: str) -> str:
    """A text without the brackets it is set in."""
    return text[1:-1].strip() if text[:1] in "（(" and text[-1:] in "）)" else text


def _one_of(words: Iterable[str]) -> Read:
    known = frozenset(words)
    return lambda text: squeeze(text) if squeeze(text) in known else None


def _names(text: str) -> tuple[str, ...]:
    return tuple(name for part in split_names(text) for name in re.split(r"[\s\u3000]+", part) if name)


def _mark(text: str) -> IssuerMark | None:
    bare = re.sub(r"文\s*件$", "", text).strip()
    agencies = _names(bare)
    return IssuerMark(agencies, None if bare == text else "文件") if agencies else None


def _secrecy(text: str) -> Secrecy | None:
    return read_secrecy(text)


def _recipients(text: str) -> Recipients:
    bare = text.rstrip("：:").strip()
    return Recipients(bare, split_names(bare))


def _copies(default: str, labels: Iterable[str]) -> Read:
    pattern = re.compile(rf"(?:(?P<label>{'|'.join(labels)})\s*[：:])?\s*(?P<text>.+)", re.S)

    def read(text: str) -> CopyList | None:
        found = pattern.fullmatch(text)
        bare = found["text"].strip().rstrip("。") if found else ""
        return CopyList((found and found["label"]) or default, bare, split_names(bare)) if bare else None

    return read


def _signatory(text: str) -> Signatory | None:
    office, _, name = text.replace("\u3000", " ").partition(" ")
    return Signatory(office, squeeze(name)) if office and (name.strip() or is_office(office)) else None


def _notes(text: str) -> tuple[str, ...]:
    parts = re.split(r"[\n；;]|(?<=\S)\s+(?=\d{1,2}[.．])", text)
    names = (re.sub(r"^\s*\d{1,2}[.．、]\s*", "", part).strip() for part in parts)
    return tuple(name for name in names if name)


ELEMENTS: Final[tuple[Element, ...]] = (
    Element(("份号",), "/header/copy_number", read_copy_number, "000001"),
    Element(("密级", "密级和保密期限"), "/header/secrecy", _secrecy, "机密★1年"),
    Element(("紧急程度",), "/header/urgency", _one_of(URGENCIES), "特急"),
    Element(("机关标志", "发文机关标志", "发文机关"), "/header/issuer_mark", _mark, "太仓市教育局文件"),
    Element(("文号", "发文字号", "字号"), "/header/doc_number", _number, "太教〔2025〕2号"),
    Element(("令号",), "/header/order_number", read_order_number, "第707号"),
    Element(("期号",), "/header/issue_no", read_issue_number, "第5期"),
    Element(("签发人",), "/header/signers", _names, "王建国、李卫"),
    Element(("标题",), "/main/title", _text, "关于印发《2024年度教育工作总结》的通知"),
    Element(("题注", "副标题"), "/main/subtitle", _text, "（2024年1月5日通过）"),
    Element(("主送", "主送机关"), "/main/recipients", _recipients, "各镇（区）社会事业办，各中小学"),
    Element(("附件说明", "附件"), "/main/attachment_notes", _notes, "1.日程安排 2.名单"),
    Element(("署名", "发文机关署名"), "/main/signature_orgs", _names, "太仓市教育局"),
    Element(("签署人", "签名"), "/main/signatory", _signatory, "市长 徐华东"),
    Element(("成文日期", "日期"), "/main/issue_date", _date, "2025年2月7日"),
    Element(("附注",), "/main/annotation", lambda text: _bare(text), "此件公开发布"),
    Element(("出席",), "/main/attendance/present", _text, "王建国、李卫"),
    Element(("请假",), "/main/attendance/leave", _text, "赵强"),
    Element(("列席",), "/main/attendance/observers", _text, "办公室负责人"),
    Element(("版记主送",), "/colophon/recipients", _copies("主送", ["主送"]), "各镇人民政府"),
    Element(("抄送", "抄送机关"), "/colophon/cc", _copies("抄送", CC_LABELS), "市委办公室，市政府办公室"),
    Element(("印发机关",), "/colophon/printing/org", _text, "太仓市教育局办公室"),
    Element(("印发日期",), "/colophon/printing/date", _date, "2025年2月7日"),
    Element(("文种",), "/genre", lambda text: GENRES.get(squeeze(text)), "通知"),
    Element(("内容种类",), "/kind", _text, "工作要点"),
)
"""Every element that can be supplied, in the order of the canonical document."""

BY_NAME: Final[dict[str, Element]] = {name: element for element in ELEMENTS for name in element.names}
BY_POINTER: Final[dict[str, Element]] = {element.pointer: element for element in ELEMENTS} | {
    f"{element.pointer}_raw": element for element in ELEMENTS if element.pointer.endswith("date")
}
