"""Documents as Markdown: elements as front matter, levels as headings, tables as tables.

What is written reads back as the same document: text that Markdown cannot carry is escaped, a block or field that its
plain form does not give back has a note beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import msgspec

from govdoc.errors import ExportError
from govdoc.exporting import Exported
from govdoc.markdown.blocks import hashes, write_blocks
from govdoc.markdown.fields import REST, write_attached, write_elements
from govdoc.markdown.front import write_entry
from govdoc.markdown.inline import escape
from govdoc.markdown.reader import FORMAT, ROLES, label_of, read_exact
from govdoc.model import Attachment, Document
from govdoc.style import StyleSheet

_DEEPEST_TITLE: Final = 5
_PLACES: Final = ("id", "official", "genre", "kind", "references", "origins")
_LISTS: Final = ("body", "attachments")


def write(document: Document, style: StyleSheet) -> Exported:
    """The Markdown of a document, UTF-8 with a final newline; no style changes it."""
    return Exported(write_text(document).encode(), document.notices)


def write_text(document: Document) -> str:
    """The Markdown of a document."""
    bare = msgspec.structs.replace(document, spans={}, notices=())
    text, rest = _text(bare, {}), dict[str, Any]()
    while more := _differences(_plain(bare), _plain(read_exact(text))):
        # What follows from a field that was only now given may differ in turn.
        if more.keys() <= rest.keys():
            raise ExportError(f"cannot be said in Markdown: {', '.join(more)}", remedy="export it as JSON")
        rest |= more
        text = _text(bare, rest)
    return text


def _plain(value: Document | Attachment) -> Any:
    return msgspec.json.decode(value.to_json())


def _differences(wanted: Any, read: Any) -> dict[str, Any]:
    """The fields in which what was read differs, by pointer; bodies and attached texts see to themselves."""
    pairs = [(f"/{name}", wanted[name], read[name]) for name in _PLACES]
    for part in ("header", "main", "colophon"):
        pairs += [(f"/{part}/{k}", v, read[part][k]) for k, v in wanted[part].items() if k not in _LISTS]
    return {pointer: value for pointer, value, other in pairs if value != other}


def _text(document: Document, rest: dict[str, Any]) -> str:
    parts = ["\n".join(("---", *(write_entry(*each) for each in _front(document, rest)), "---"))]
    if _in_heading(document.main.title, 1):
        parts.append(f"# {escape(document.main.title or '')}")
    parts += write_blocks(document.main.body, 1)
    for attached in document.main.attachments:
        parts += _attached(attached, 1)
    return "\n\n".join(parts) + "\n"


def _front(document: Document, rest: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    plain = _plain(document)
    yield "格式", FORMAT
    yield "编号", document.id
    yield "来源", document.source.name
    if document.source.url:
        yield "网址", document.source.url
    yield from ((key, value) for key, value in write_elements(plain))
    if document.references:
        yield "引用文件", plain["references"]
    if document.origins and set(document.origins.values()) == {"user"}:
        yield "人工补正", list(document.origins)
    if rest:
        yield REST, rest


def _in_heading(title: str | None, depth: int) -> bool:
    """Whether a title can stand as the heading of its text."""
    return bool(title) and depth <= _DEEPEST_TITLE


def _attached(attached: Attachment, depth: int) -> Iterator[str]:
    """An attached text behind a rule and a note of its elements; 附件N where it is an attachment."""
    plain = _plain(attached)
    entries: list[tuple[str, Any]] = [("序号", attached.number)] if attached.number is not None else []
    entries += write_attached(plain)
    alone = f"---\n格式: {FORMAT}\n---\n{_head(attached, entries, 1 if depth <= _DEEPEST_TITLE else depth)}"
    [read] = map(_plain, read_exact(alone).main.attachments)
    if rest := {name: value for name, value in plain.items() if name not in _LISTS and value != read[name]}:
        entries.append((REST, rest))
    yield "---"
    yield _head(attached, [*([("层次", depth)] if depth > 1 else []), *entries], depth)
    yield from write_blocks(attached.body, depth)
    for inner in attached.attachments:
        yield from _attached(inner, depth + 1)


def _head(attached: Attachment, entries: list[tuple[str, Any]], depth: int) -> str:
    word = next(word for word, role in ROLES.items() if role == attached.role)
    lines = (f"<!-- {word}", *(write_entry(*each) for each in entries), "-->")
    note = "\n".join(lines) if entries else " ".join(lines)
    label = label_of(attached.number) if attached.role == "attachment" else ""
    title = f"{hashes(depth)} {escape(attached.title or '')}" if _in_heading(attached.title, depth) else ""
    return "\n\n".join(part for part in (note, label, title) if part)
