"""Elements as entries of front matter: text as it is printed where that reads back as the value, else the value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import msgspec

from govdoc.errors import InputError, UsageError
from govdoc.markdown.front import Entry
from govdoc.model import Document, SourceInfo
from govdoc.parsing.elements import BY_POINTER, ELEMENTS, Element
from govdoc.parsing.supply import find_element, read_fields, value_at

REST: Final = "其他"
"""The key of fields by pointer that no entry can say."""
_LONG_NAMES: Final = {
    "/header/secrecy": "密级和保密期限",
    "/header/issuer_mark": "发文机关标志",
    "/header/doc_number": "发文字号",
    "/main/recipients": "主送机关",
    "/main/signature_orgs": "发文机关署名",
    "/colophon/cc": "抄送机关",
}
_OF_ATTACHED: Final = {
    "title": "/main/title",
    "recipients": "/main/recipients",
    "doc_number": "/header/doc_number",
    "signature_orgs": "/main/signature_orgs",
    "issue_date": "/main/issue_date",
    "annotation": "/main/annotation",
}
_EMPTY = Document("govdoc.document/1", "#1", SourceInfo("", "", 0, "utf-8"), official=False)


def write_elements(document: Any) -> Iterator[tuple[str, Any]]:
    """The elements that a document in plain JSON has but its title, as keys and values that read back."""
    for element in sorted(ELEMENTS, key=lambda one: one.pointer not in ("/genre", "/kind")):
        fields = {element.pointer: value_at(document, element.pointer)}
        if _is_date(element):
            fields[f"{element.pointer}_raw"] = value_at(document, f"{element.pointer}_raw")
        yield from _entries(element, fields)


def write_attached(attached: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The elements that an attached text in plain JSON has but its title, as keys and values that read back."""
    for name, pointer in _OF_ATTACHED.items():
        element = BY_POINTER[pointer]
        fields = {pointer: attached[name]}
        if _is_date(element):
            fields[f"{pointer}_raw"] = attached[f"{name}_raw"]
        yield from _entries(element, fields)


def _entries(element: Element, fields: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The entry of an element, where there is one that says it; a title stands in a heading."""
    if element.pointer == "/main/title" or not any(fields.values()):
        return
    value, raw = fields[element.pointer], fields.get(f"{element.pointer}_raw")
    text = _printed(value, raw)
    key = _LONG_NAMES.get(element.pointer, element.names[0])
    if text and msgspec.json.encode(element.fields(text)) == msgspec.json.encode(fields):
        yield key, text
    elif _is_date(element):
        yield key, {"iso": value, "raw": raw}
    elif not isinstance(value, str):
        yield key, value


def _is_date(element: Element) -> bool:
    return element.pointer.endswith("date")


def _printed(value: Any, raw: str | None) -> str | None:
    """A value as people write it."""
    if isinstance(value, list):
        return "、".join(value)
    if not isinstance(value, dict):
        return raw or value
    if "agencies" in value:
        return "、".join(value["agencies"]) + (value["suffix"] or "")
    if "level" in value:
        return "★".join(part for part in (value["level"], value["term"]) if part)
    if "office" in value:
        return f"{value['office']} {value['name']}"
    label = value.get("label")
    text = str(value.get("raw") or value.get("text") or "")
    return text if label in (None, "抄送", "主送") else f"{label}：{text}"


def read_element(entry: Entry) -> dict[str, Any]:
    """The fields an entry sets, by pointer. ``UsageError`` for an unknown key, ``InputError`` for a wrong value."""
    element = find_element(entry.key)
    if element is None:
        raise UsageError(f"there is no element {entry.key}")
    if entry.value is None:
        return {}
    if _is_date(element) and isinstance(entry.value, dict):
        return {element.pointer: entry.value.get("iso"), f"{element.pointer}_raw": entry.value.get("raw")}
    try:
        return read_fields(_EMPTY, element.pointer, entry.value)
    except UsageError as error:
        raise InputError(f"{entry.key}: {error.message}", remedy=error.remedy) from None


def attached_name(pointer: str) -> str | None:
    """The name in an attached text of the field at a pointer; ``None`` where such a text has none."""
    name = pointer.rsplit("/", 1)[-1]
    return name if name.removesuffix("_raw") in _OF_ATTACHED else None
