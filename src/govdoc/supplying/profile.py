"""A unit's profile: what is the same in every document of an agency, and how it issues a text that is no 公文."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import msgspec

from govdoc.errors import UsageError
from govdoc.model import Document, SourceInfo
from govdoc.parsing.elements import BY_NAME, ELEMENTS
from govdoc.parsing.supply import find_element, read_fields, supply, value_at
from govdoc.span import Notice
from govdoc.supplying.issuing import TITLE, Issue, is_issued, issue_text
from govdoc.supplying.tables import nearest, read_table
from govdoc.supplying.wanted import takes
from govdoc.wording.vocabulary import GENRES, agency_in_title, genre_of

_OF_A_UNIT: Final = (
    "/header/issuer_mark",
    "/header/signers",
    "/main/recipients",
    "/main/signature_orgs",
    "/main/signatory",
    "/main/annotation",
    "/colophon/recipients",
    "/colophon/cc",
    "/colophon/printing/org",
    "/colophon/printing/date",
)
_NAMES: Final = ("/header/issuer_mark", "/main/signature_orgs")
_PRINTED: Final = "/colophon/printing/date"
_SAME_DATE: Final = "同成文日期"
_STYLE: Final = ("版式", "style")
_ISSUE: Final = ("印发", "issue")
_ISSUE_KEYS: Final = {"标题": "title", "title": "title", "主送": "recipients", "recipients": "recipients",
                      "正文": "body", "body": "body"}  # fmt: skip


@dataclass(frozen=True)
class Profile:
    """What a unit supplies: values by pointer, more of them by 文种, how it issues a text, and its style."""

    place: str
    elements: Mapping[str, Any] = field(default_factory=dict)
    of_genre: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    issue: Issue | None = None
    style: str | None = None

    def fill(self, document: Document) -> Document:
        """The document with what it lacks and the profile has; ``origins`` says of each that a person gave it.

        A document issued by another agency is left as it is, with notice K201.
        """
        other = self._other_agency(document)
        if other:
            message = f"issued by {other}, not by the unit of {self.place}: its profile fills nothing"
            return _noticed(document, Notice("K201", "warning", message))
        issued = self._issued(document)
        plain = msgspec.to_builtins(issued)
        given = {at: value for at, value in self._values(issued).items() if not value_at(plain, at)}
        if given.get(_PRINTED) == _SAME_DATE:
            del given[_PRINTED]
            if issued.main.issue_date and not value_at(plain, f"{_PRINTED}_raw"):
                given[_PRINTED] = issued.main.issue_date_raw or issued.main.issue_date
        return supply(issued, given) if given else issued

    def _issued(self, document: Document) -> Document:
        """The document issued as the profile says; with notice K202 where a 文种 that was given stands against it."""
        if self.issue is None:
            return document
        against = "/genre" in document.origins and document.genre and genre_of(document.main.title) is None
        if against and not is_issued(document, self.issue):
            message = f"文种 is given as {document.genre}: the text is not issued as [印发] of {self.place} says"
            return _noticed(document, Notice("K202", "warning", message))
        return issue_text(document, self.issue)

    def _values(self, document: Document) -> dict[str, Any]:
        own = self.of_genre.get(document.genre or "", {})
        general = {at: value for at, value in self.elements.items() if takes(document.genre, at)}
        return {**general, **own}

    def _other_agency(self, document: Document) -> str | None:
        """The agency that issued the document, where it is surely none of the profile's."""
        mark = document.header.issuer_mark
        in_title = agency_in_title(document.main.title)
        issuers = (*(mark.agencies if mark else ()), *document.main.signature_orgs, *([in_title] if in_title else ()))
        own = self.agencies
        if not issuers or not own or any(a.endswith(b) or b.endswith(a) for a in issuers for b in own):
            return None
        return str(issuers[0])

    @property
    def agencies(self) -> tuple[str, ...]:
        """The unit's own names: those of its 机关标志 and 署名."""
        own = {at: value for at, value in self.elements.items() if at in _NAMES}
        named = supply(_EMPTY, own) if own else _EMPTY
        mark = named.header.issuer_mark
        return (*(mark.agencies if mark else ()), *named.main.signature_orgs)


_EMPTY = Document("govdoc.document/1", "#1", SourceInfo("", "", 0, "utf-8"), official=False)


def _noticed(document: Document, notice: Notice) -> Document:
    noticed = msgspec.structs.replace(document, notices=(*document.notices, notice))
    return noticed.with_trace(document.trace)


def load_profile(path: str | Path) -> Profile:
    """The profile in a TOML file. ``UsageError`` names the file, the key, what is allowed and the nearest right key."""
    place = str(path)
    table = read_table(path, "profile")
    style = _take(table, _STYLE)
    issue = _take(table, _ISSUE)
    genres = {name: table.pop(name) for name in list(table) if name in GENRES}
    if style is not None and not isinstance(style, str):
        raise UsageError(
            f"{style!r} is no style", place=f"{place}: {_STYLE[0]}", remedy="give its name or a .toml file"
        )
    if style and style.endswith(".toml"):
        style = str(Path(path).parent / style)
    return Profile(
        place,
        _elements(table, place),
        {
            GENRES[name]: _elements(_table(own, f"{place}: [{name}]"), f"{place}: [{name}]")
            for name, own in genres.items()
        },
        _issue(issue, place) if issue is not None else None,
        style,
    )


def _take(table: dict[str, Any], names: tuple[str, ...]) -> Any:
    return next((table.pop(name) for name in names if name in table), None)


def _table(value: Any, place: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise UsageError("is no table", place=place)
    return value


def _elements(table: Mapping[str, Any], place: str) -> dict[str, Any]:
    """The values of a table by pointer, each tried on an empty document."""
    found: dict[str, Any] = {}
    for key, value in _flat(table):
        pointer = _of_a_unit(key, place)
        if pointer != _PRINTED:
            _try(pointer, key, value, place)
        elif value != _SAME_DATE:
            raise UsageError(f"{value!r} is of one document", place=f"{place}: {key}", remedy=f'write "{_SAME_DATE}"')
        found[pointer] = value
    return found


def _of_a_unit(key: str, place: str) -> str:
    """The pointer of an element that a profile may have; ``UsageError`` for any other key."""
    try:
        element = find_element(key)
    except UsageError:
        element = None
    if element and element.pointer in _OF_A_UNIT:
        return element.pointer
    if element is None:
        remedy = nearest(key, _OF_A_UNIT if key.startswith("/") else _known())
        raise UsageError(f"there is no element {key}", place=place, remedy=remedy)
    names = "、".join(one.names[0] for one in ELEMENTS if one.pointer in _OF_A_UNIT)
    remedy = f"give it with --set; a profile has {names}"
    raise UsageError(f"{key} is of one document, not of a unit", place=place, remedy=remedy)


def _try(pointer: str, key: str, value: Any, place: str) -> None:
    try:
        read_fields(_EMPTY, pointer, value)
    except UsageError as error:
        raise UsageError(error.message, place=f"{place}: {key}", remedy=error.remedy) from None


def _known() -> list[str]:
    return [*(name for name, one in BY_NAME.items() if one.pointer in _OF_A_UNIT), *_STYLE, *_ISSUE, *GENRES]


def _flat(table: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    """The values of a table; tables named as the document's own (``[colophon.printing]``) are pointers."""
    for key, value in table.items():
        pointer = f"{above}/{key}"
        inside = any(one.startswith(f"{pointer}/") for one in _OF_A_UNIT)
        if isinstance(value, dict) and inside:
            yield from _flat(value, pointer)
        else:
            yield (pointer if above else key), value


def _issue(value: Any, place: str) -> Issue:
    place = f"{place}: [{_ISSUE[0]}]"
    fields: dict[str, Any] = {}
    for key, given in _table(value, place).items():
        if key not in _ISSUE_KEYS:
            raise UsageError(f"there is no key {key}", place=place,
                             remedy=nearest(key, _ISSUE_KEYS) or "it has 标题, 主送, 正文")  # fmt: skip
        texts = [given] if isinstance(given, str) else given
        if not isinstance(texts, list) or not all(isinstance(one, str) and one.strip() for one in texts):
            raise UsageError(f"{given!r} is no text", place=f"{place} {key}", remedy="write it in quotes")
        fields[_ISSUE_KEYS[key]] = tuple(texts) if _ISSUE_KEYS[key] == "body" else "，".join(texts)
    for name in ("标题", "正文"):
        if _ISSUE_KEYS[name] not in fields:
            raise UsageError(f"lacks {name}", place=place, remedy=f'write, say, 标题 = "关于印发《{TITLE}》的通知"')
    return Issue(**fields)
