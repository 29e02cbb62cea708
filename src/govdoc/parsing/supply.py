"""Fields a person gives: by the Chinese name of the element, or by JSON pointer."""

from __future__ import annotations

import contextlib
import datetime
import difflib
from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec

from govdoc.errors import UsageError
from govdoc.model import Document, SourceInfo
from govdoc.parsing.elements import BY_NAME, BY_POINTER, Element
from govdoc.parsing.verdict import judge

_EMPTY = Document("govdoc.document/1", "#1", SourceInfo("", "", 0, "utf-8"), official=False)
_NOT_GIVEN = ("/schema", "/id", "/source", "/official", "/origins", "/spans", "/notices", "/references")
BY_FIELD: Final[dict[str, Element]] = {
    pointer.split("/", 2)[-1].replace("/", "_").removesuffix("_raw"): element
    for pointer, element in reversed(BY_POINTER.items())
}
"""Elements by the name of their field: ``doc_number``, ``printing_org``; of two of one name the first."""


def supply(document: Document, assignments: Mapping[str, Any]) -> Document:
    """The document with fields set: ``{"文号": "太教〔2025〕3号", "/main/body/0/text": "…"}``.

    A name is that of an element in Chinese (文号), its field (``doc_number``) or a JSON pointer; a value is text as it
    is printed, the JSON value of the field, or ``None`` to empty it. ``origins`` says of each that a person gave it,
    and its span goes. ``UsageError`` names an unknown element with the nearest right one, and a value that does not
    fit with an example of one that does.
    """
    value: dict[str, Any] = msgspec.json.decode(document.to_json())
    for name, given in assignments.items():
        for pointer, read in _fields(value, name.strip(), given).items():
            put_at(value, pointer, read)
            value["origins"][pointer] = "user"
            value["spans"] = {at: span for at, span in value["spans"].items() if not _within(at, pointer)}
    changed = judge(_convert(value, ", ".join(assignments)))
    return changed.with_trace(document.trace)


def find_element(name: str) -> Element | None:
    """The element of a Chinese name, a field's name or a pointer; ``None`` for any other pointer.

    ``UsageError`` where it is neither, with the nearest right name, or follows from the source.
    """
    element = BY_NAME.get("".join(name.split())) or BY_FIELD.get(name) or BY_POINTER.get(name)
    if element is None and not name.startswith("/"):
        near = _nearest(name, BY_NAME if not name.isascii() else BY_FIELD)
        raise UsageError(f"there is no element {name}", remedy=near or f"the elements are {'、'.join(BY_NAME)}")
    if element is None and name.startswith(_NOT_GIVEN):
        raise UsageError(f"{name} follows from the source and cannot be given")
    return element


def read_fields(document: Document, name: str, given: Any) -> dict[str, Any]:
    """The fields a value sets in a document, as JSON pointers and plain values; ``UsageError`` as :func:`supply`."""
    return dict(_fields(msgspec.json.decode(document.to_json()), name.strip(), given))


def _fields(value: dict[str, Any], name: str, given: Any) -> Mapping[str, Any]:
    element = find_element(name)
    if given is None:
        return _emptied(value, element.pointer if element else name)
    if element:
        return _read(element, name, given)
    return {name: _fitting(value, name, given)}


def _read(element: Element, name: str, given: Any) -> Mapping[str, Any]:
    """The fields of an element from its text, from texts in a list, or from the JSON value of its field."""
    if isinstance(given, str | int | datetime.date) and not isinstance(given, bool):
        fields = element.fields(str(given))
    else:
        fields = _structured(element, given)
    if fields is None:
        raise UsageError(f"{given!r} is no {element.names[0]}", place=name, remedy=f"write it like {element.example}")
    return fields


def _structured(element: Element, given: Any) -> Mapping[str, Any] | None:
    """An element from the JSON value of its field, as it stands, or from its parts in a list."""
    empty: dict[str, Any] = msgspec.json.decode(_EMPTY.to_json())
    put_at(empty, element.pointer, given)
    with contextlib.suppress(msgspec.ValidationError):
        whole = msgspec.to_builtins(msgspec.convert(empty, Document))
        return {element.pointer: value_at(whole, element.pointer)}
    if not isinstance(given, Sequence) or not all(isinstance(one, str) for one in given):
        return None
    return element.fields("、".join(given))


def _emptied(value: dict[str, Any], pointer: str) -> Mapping[str, Any]:
    if value_at(value, pointer.rpartition("/")[0]) is None:
        return {}
    parent, key = _parent(value, pointer)
    if not isinstance(parent, dict) or key not in parent:
        raise UsageError("only a whole field can be emptied", place=pointer)
    pointers = [pointer, f"{pointer}_raw"] if f"{key}_raw" in parent else [pointer]
    return {one: [] if isinstance(value_at(value, one), list) else None for one in pointers}


def value_at(value: Any, pointer: str) -> Any:
    """What stands at a JSON pointer in plain JSON; ``None`` where nothing does."""
    for step in pointer.split("/")[1:]:
        value = _step(value, step.replace("~1", "/").replace("~0", "~"))
    return value


def _nearest(name: str, known: Mapping[str, object]) -> str | None:
    """The known name most like one; of equals the first."""
    near = max(known, key=lambda one: difflib.SequenceMatcher(None, name, one).ratio(), default=None)
    close = near is not None and difflib.SequenceMatcher(None, name, near).ratio() >= 0.4
    return f"did you mean {near}?" if close else None


def _fitting(value: dict[str, Any], pointer: str, given: Any) -> Any:
    """The value itself where the field takes it, else the JSON it is; ``UsageError`` where neither fits."""
    parent, key = _parent(value, pointer)
    if key not in (parent if isinstance(parent, dict) else range(len(parent))):
        paths = {f"{pointer.rsplit('/', 1)[0]}/{one}": None for one in parent} if isinstance(parent, dict) else {}
        raise UsageError(f"there is no field {pointer}", remedy=_nearest(pointer, {**paths, **BY_POINTER}))
    readings: list[Any] = [given]
    with contextlib.suppress(msgspec.DecodeError):
        readings += [msgspec.json.decode(given)] if isinstance(given, str) else []
    kept = parent[key]
    for reading in readings:
        parent[key] = reading
        try:
            msgspec.convert(value, Document)
        except msgspec.ValidationError:
            continue
        finally:
            parent[key] = kept
        return reading
    raise UsageError(f"{given!r} does not fit the field", place=pointer, remedy="see govdoc schema document")


def _parent(value: dict[str, Any], pointer: str) -> tuple[Any, Any]:
    """The object or array a pointer's last step is in, and that step."""
    *path, last = (step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:])
    place: Any = value
    for step in path:
        place = _step(place, step)
    if isinstance(place, list):
        return place, int(last) if last.isdecimal() else last
    if not isinstance(place, dict):
        raise UsageError(f"there is no field {pointer}", remedy=_nearest(pointer, BY_POINTER))
    return place, last


def _step(place: Any, step: str) -> Any:
    if isinstance(place, dict):
        return place.get(step)
    if isinstance(place, list | tuple) and step.isdecimal() and int(step) < len(place):
        return place[int(step)]
    return None


def put_at(value: dict[str, Any], pointer: str, given: Any) -> None:
    """Set a field, making the object it belongs to where the document has none."""
    *path, last = pointer.split("/")[1:]
    place: Any = value
    for step in path:
        if isinstance(place, list):
            place = place[int(step)]
        else:
            place[step] = {} if place[step] is None else place[step]
            place = place[step]
    place[int(last) if isinstance(place, list) else last] = given


def _within(pointer: str, above: str) -> bool:
    return pointer == above or pointer.startswith(f"{above}/")


def _convert(value: dict[str, Any], place: str) -> Document:
    try:
        return msgspec.convert(value, Document)
    except msgspec.ValidationError as error:
        raise UsageError(f"the value does not fit: {error}", place=place) from error
