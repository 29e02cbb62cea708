"""Fields a person gives: by the Chinese name of the element, or by JSON pointer."""

from __future__ import annotations

import contextlib
import difflib
from collections.abc import Mapping
from typing import Any

import msgspec

from govdoc.errors import UsageError
from govdoc.model import Document
from govdoc.parsing.elements import BY_NAME, BY_POINTER, Element
from govdoc.parsing.verdict import judge

_NOT_GIVEN = ("/schema", "/id", "/source", "/official", "/origins", "/spans", "/notices", "/references")


def supply(document: Document, assignments: Mapping[str, str]) -> Document:
    """The document with fields set: ``{"文号": "太教〔2025〕3号", "/main/body/0/text": "…"}``.

    ``origins`` says of each that a person gave it, and its span goes. ``UsageError`` names an unknown element with the
    nearest right one, and a value that does not fit with an example of one that does.
    """
    value: dict[str, Any] = msgspec.json.decode(document.to_json())
    for name, text in assignments.items():
        for pointer, given in _fields(value, name.strip(), text).items():
            _put(value, pointer, given)
            value["origins"][pointer] = "user"
            value["spans"] = {at: span for at, span in value["spans"].items() if not _within(at, pointer)}
    changed = judge(_convert(value, ", ".join(assignments)))
    return changed.with_trace(document.trace)


def _fields(value: dict[str, Any], name: str, text: str) -> Mapping[str, Any]:
    element = BY_NAME.get("".join(name.split())) or BY_POINTER.get(name)
    if element:
        return _read(element, name, text)
    if not name.startswith("/"):
        near = _nearest(name, BY_NAME)
        raise UsageError(f"there is no element {name}", remedy=near or f"the elements are {'、'.join(BY_NAME)}")
    if name.startswith(_NOT_GIVEN):
        raise UsageError(f"{name} follows from the source and cannot be given")
    return {name: _fitting(value, name, text)}


def _read(element: Element, name: str, text: str) -> Mapping[str, Any]:
    fields = element.fields(text)
    if fields is None:
        raise UsageError(f"{text!r} is no {element.names[0]}", place=name, remedy=f"write it like {element.example}")
    return fields


def _nearest(name: str, known: Mapping[str, object]) -> str | None:
    """The known name most like one; of equals the first."""
    near = max(known, key=lambda one: difflib.SequenceMatcher(None, name, one).ratio(), default=None)
    close = near is not None and difflib.SequenceMatcher(None, name, near).ratio() >= 0.4
    return f"did you mean {near}?" if close else None


def _fitting(value: dict[str, Any], pointer: str, text: str) -> Any:
    """The text itself where the field takes it, else the JSON it is; ``UsageError`` where neither fits."""
    parent, key = _parent(value, pointer)
    if key not in (parent if isinstance(parent, dict) else range(len(parent))):
        paths = {f"{pointer.rsplit('/', 1)[0]}/{one}": None for one in parent} if isinstance(parent, dict) else {}
        raise UsageError(f"there is no field {pointer}", remedy=_nearest(pointer, {**paths, **BY_POINTER}))
    readings: list[Any] = [text]
    with contextlib.suppress(msgspec.DecodeError):
        readings.append(msgspec.json.decode(text))
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
    raise UsageError(f"{text!r} does not fit the field", place=pointer, remedy="see govdoc schema document")


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
    if isinstance(place, list) and step.isdecimal() and int(step) < len(place):
        return place[int(step)]
    return None


def _put(value: dict[str, Any], pointer: str, given: Any) -> None:
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
