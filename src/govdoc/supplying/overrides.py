"""Corrections people made, kept in a file and applied again on every run."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import msgspec

from govdoc.errors import UsageError
from govdoc.model import Document, SourceInfo
from govdoc.parsing.supply import find_element, read_fields, supply, value_at
from govdoc.span import Notice
from govdoc.supplying.tables import read_table

_KEY: Final = re.compile(r"(?P<hash>[0-9a-f]{12,64})(?:#(?P<part>[1-9]\d*))?", re.IGNORECASE)
_WAS, _IS = ("旧", "old"), ("新", "new")
_EMPTY = Document("govdoc.document/1", "#1", SourceInfo("", "", 0, "utf-8"), official=False)


@dataclass(frozen=True)
class Correction:
    """One field of one document put right: ``old`` is what stood there when a person looked, where recorded."""

    hash: str
    part: int
    name: str
    new: Any
    old: Any = None
    recorded: bool = False

    @property
    def shown(self) -> str:
        """The correction as people find it in their file."""
        return f"{self.hash}#{self.part} {self.name}"


@dataclass(frozen=True)
class Overrides:
    """The corrections of a file, by the first digits of the SHA-256 of the source they belong to."""

    place: str
    corrections: tuple[Correction, ...] = ()

    def apply(self, documents: Iterable[Document]) -> list[Document]:
        """The documents with their corrections; a stale one becomes notice K101 (old value) or K102 (no such part).

        A correction of an element whose recorded old value no longer stands there is made all the same; one of a
        block, which is found by its place, is not.
        """
        changed = [self._apply(document) for document in documents]
        parts = {(one.source.sha256, one.source.part) for one in changed}
        for i, document in enumerate(changed):
            digits = document.source.sha256
            if any(one.source.sha256 == digits for one in changed[:i]):
                continue
            stale = [
                each for each in self.corrections if digits.startswith(each.hash) and (digits, each.part) not in parts
            ]
            notices = [Notice("K102", "warning", f"{self.place}: {one.shown}: no such part") for one in stale]
            changed[i] = _noticed(document, notices)
        return changed

    def unmet(self, hashes: Collection[str]) -> list[Notice]:
        """Notice K103 for each source that none of ``hashes`` is."""
        keys = dict.fromkeys(one.hash for one in self.corrections)
        return [
            Notice("K103", "warning", f"{self.place}: {key}: no such source in this run")
            for key in keys
            if not any(one.startswith(key) for one in hashes)
        ]

    def _apply(self, document: Document) -> Document:
        source, notices, given = document.source, [], dict[str, Any]()
        for one in self.corrections:
            if not source.sha256.startswith(one.hash) or source.part != one.part:
                continue
            fits = _fits(document, one)
            if fits is not True:
                applied = find_element(one.name) is not None
                done = "the correction is made all the same" if applied else "the correction is not made"
                notices.append(Notice("K101", "warning", f"{self.place}: {one.shown}: {fits}; {done}"))
                if not applied:
                    continue
            given[one.name] = one.new
        try:
            changed = supply(document, given) if given else document
        except UsageError as error:
            raise UsageError(
                error.message, place=f"{self.place}: {error.place or source.sha256[:12]}", remedy=error.remedy
            ) from None
        return _noticed(changed, notices)


def _fits(document: Document, one: Correction) -> str | bool:
    """Whether the recorded old value, or already the new one, stands in the document; else why not."""
    plain = msgspec.to_builtins(document)
    element = find_element(one.name)
    pointer = element.pointer if element else one.name
    if element is None and value_at(plain, pointer.rpartition("/")[0]) is None:
        return "there is no such place any more"
    if (
        not one.recorded
        or _stands(document, plain, pointer, one.name, one.new)
        or _stands(document, plain, pointer, one.name, one.old)
    ):
        return True
    return f"the old value is no longer {one.old!r} but {_printed(plain, pointer)!r}"


def _stands(document: Document, plain: Any, pointer: str, name: str, given: Any) -> bool:
    if given is None:
        return not value_at(plain, pointer)
    if given in (value_at(plain, pointer), _printed(plain, pointer), value_at(plain, f"{pointer}_raw")):
        return True
    try:
        fields = read_fields(document, name, given)
    except UsageError:
        return False
    return all(value_at(plain, at) == value for at, value in fields.items())


def _printed(plain: Any, pointer: str) -> Any:
    """What stands at a pointer, as people see it where it has a text of its own."""
    value = value_at(plain, pointer)
    if isinstance(value, Mapping):
        return next((value[key] for key in ("raw", "text") if key in value), value)
    return value


def _noticed(document: Document, notices: list[Notice]) -> Document:
    if not notices:
        return document
    changed = msgspec.structs.replace(document, notices=(*document.notices, *notices))
    return changed.with_trace(document.trace)


def load_overrides(path: str | Path) -> Overrides:
    """The corrections in a TOML or JSON file: tables named by a source's SHA-256 (or 12 digits of it) and ``#part``.

    ``UsageError`` names the file, the key, and what is allowed.
    """
    place = str(path)
    found: list[Correction] = []
    for key, table in read_table(path, "file of corrections").items():
        match = _KEY.fullmatch(key)
        if match is None or not isinstance(table, dict):
            remedy = 'write ["3f9c0a1b2c3d#1"]: 12 digits or more of its SHA-256, # and the part'
            raise UsageError(f"{key!r} names no source", place=place, remedy=remedy)
        digits, part = match["hash"].lower(), int(match["part"] or 1)
        found += [_correction(digits, part, name, value, f"{place}: {key}") for name, value in table.items()]
    return Overrides(place, tuple(found))


def _correction(digits: str, part: int, name: str, value: Any, place: str) -> Correction:
    pair = value if isinstance(value, dict) and value and value.keys() <= {*_WAS, *_IS} else None
    recorded = pair is not None and any(key in pair for key in _WAS)
    if pair is None:
        one = Correction(digits, part, name, None if value == "" else value)
    elif any(key in pair for key in _IS):
        one = Correction(digits, part, name, _either(pair, _IS), _either(pair, _WAS), recorded)
    else:
        raise UsageError(f"{name} lacks its new value", place=place, remedy=f'write {name} = {{旧 = "…", 新 = "…"}}')
    try:
        element = find_element(name)
        if element:
            read_fields(_EMPTY, name, one.new)
    except UsageError as error:
        raise UsageError(error.message, place=f"{place}: {name}", remedy=error.remedy) from None
    if element is None and not recorded:
        remedy = 'write {旧 = "…", 新 = "…"}'
        raise UsageError("a place in the text needs its old value", place=f"{place}: {name}", remedy=remedy)
    return one


def _either(table: Mapping[str, Any], names: Iterable[str]) -> Any:
    """The value under one of two names; empty text is no value."""
    value = next((table[name] for name in names if name in table), None)
    return None if value == "" else value
