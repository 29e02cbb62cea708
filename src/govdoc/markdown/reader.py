"""Markdown in: what govdoc wrote reads back as it was; what a person wrote is read as any other text."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import msgspec

from govdoc.cleaned import Cleaned, Decoded
from govdoc.decode import decode, require_fit
from govdoc.edits import AppliedEdit, Pass, apply
from govdoc.errors import EmptyError, InputError, UsageError
from govdoc.markdown.blocks import read_blocks
from govdoc.markdown.fields import REST, attached_name, read_element
from govdoc.markdown.front import Entry, find_front, read_entries
from govdoc.markdown.pieces import Piece, all_segments, read_pieces
from govdoc.model import Attachment, Document, Pair, SourceInfo
from govdoc.parsing import parse
from govdoc.parsing.elements import BY_NAME
from govdoc.parsing.supply import put_at
from govdoc.parsing.verdict import judge
from govdoc.source import Source
from govdoc.span import Mark, Notice

FORMAT: Final = "govdoc.document/1"
ROLES: Final = {"附件": "attachment", "印发件": "issued"}
SUFFIXES: Final = (".md", ".markdown")
_ATTACHED = re.compile(rf"(?P<word>{'|'.join(ROLES)})(?=\s|$)")
_WRITTEN = re.compile(rf"\ufeff?---[ \t]*\r?\n\s*格式[ \t]*[:：][ \t]*\"?{re.escape(FORMAT)}")
_OWN_KEYS: Final = ("格式", "编号", "来源", "网址", "引用文件", "人工补正", REST)
_EDIT: Final = "markdown"


def is_markdown(source: Source) -> bool:
    """Whether a source is Markdown: by its name, or by the front matter that govdoc writes."""
    return Path(source.name).suffix.lower() in SUFFIXES or bool(
        _WRITTEN.match(source.data[:400].decode(errors="replace"))
    )


def read_markdown(source: Source) -> list[Document]:
    """The documents of a Markdown source: what govdoc wrote as it was, with what people changed in it; any other text
    parsed, and its front matter, where it has any, on top.

    ``InputError`` for a value or a note that does not fit, ``EmptyError`` where there is no text.
    """
    decoded = decode(source)
    require_fit(decoded)
    decoded = Decoded(source, decoded.text, decoded.encoding, decoded.evidence, decoded.confidence,
                      decoded.byte_patches, "text/markdown", (), decoded.notices)  # fmt: skip
    if _WRITTEN.match(decoded.text):
        return [_placed(read_exact(decoded.text), decoded)]
    return _read_plain(decoded)


def read_exact(text: str) -> Document:
    """A document as :mod:`govdoc.markdown.writer` writes it; its source is not known here."""
    front = find_front(text)
    if front is None:
        raise InputError("its front matter does not end", remedy="write --- on a line of its own behind it")
    form = _Form(msgspec.json.decode(_EMPTY.to_json()))
    form.enter(read_entries(text, front[0], front[1]))
    sections = list(_sections(text, read_pieces(text, front[2])))
    form.opening(sections[0], 1)
    form.value["main"]["attachments"] = _nested(sections[1:], form)
    document = _converted(form.value)
    judged = judge(document)
    kept = {name: getattr(document, name) for name in ("official", "genre", "kind") if f"/{name}" in form.given}
    return msgspec.structs.replace(judged, spans=form.spans, notices=tuple(form.notices), **kept)


_EMPTY = Document("govdoc.document/1", "#1", SourceInfo("", "", 0, "utf-8"), official=False)


@dataclass
class _Section:
    """A text of its own: the word and entries of the note before it, and its pieces."""

    word: str
    entries: list[Entry]
    pieces: list[Piece]


def _sections(text: str, pieces: Sequence[Piece]) -> Iterator[_Section]:
    section = _Section("", [], [])
    for piece in pieces:
        found = _ATTACHED.match(piece.note) if piece.kind == "note" else None
        if found is None:
            section.pieces.append(piece)
            continue
        yield section
        begin = text.index(found["word"], piece.start) + len(found["word"])
        section = _Section(found["word"], read_entries(text, begin, piece.stop - 3), [])
    yield section


@dataclass
class _Form:
    """A document in plain JSON while it is filled in, with the places of what was filled in."""

    value: Any
    spans: dict[str, Pair] = field(default_factory=dict)
    notices: list[Notice] = field(default_factory=list)
    given: set[str] = field(default_factory=set)

    def enter(self, entries: Sequence[Entry]) -> None:
        """Fill in the entries of the front matter; an unknown key is notice M101."""
        for entry in entries:
            for pointer, value in self._fields(entry).items():
                put_at(self.value, pointer, value)
                self.given.add(pointer)
                if entry.key not in _OWN_KEYS:
                    self.spans[pointer] = (entry.start, entry.stop)

    def _fields(self, entry: Entry) -> dict[str, Any]:
        if entry.key == REST and isinstance(entry.value, dict):
            return {pointer: value for pointer, value in entry.value.items() if pointer.startswith("/")}
        own = {"编号": "/id", "网址": "/source/url", "引用文件": "/references"}
        if entry.key in own and entry.value is not None:
            return {own[entry.key]: entry.value}
        if entry.key == "人工补正" and isinstance(entry.value, list):
            return {"/origins": dict.fromkeys(map(str, entry.value), "user")}
        if entry.key in _OWN_KEYS:
            return {}
        try:
            return read_element(entry)
        except UsageError:
            near = difflib.get_close_matches(entry.key, BY_NAME, 1)
            hint = f"; did you mean {near[0]}?" if near else ""
            self.notices.append(
                Notice("M101", "warning", f"no element {entry.key}: left out{hint}", (entry.start, entry.stop))
            )
            return {}

    def opening(self, section: _Section, depth: int) -> None:
        """Title and body of the main text."""
        main = self.value["main"]
        pieces = section.pieces
        if main["title"] is None and _is_title(pieces, depth):
            main["title"] = pieces[0].text
            self.spans["/main/title"] = (pieces[0].segments[0].start, pieces[0].segments[0].stop)
            pieces = pieces[1:]
        main["body"] = msgspec.to_builtins(read_blocks(pieces))


def _is_title(pieces: Sequence[Piece], depth: int) -> bool:
    return bool(pieces) and pieces[0].kind == "heading" and pieces[0].depth == depth


def label_of(number: int | None) -> str:
    """What stands above an attachment."""
    return f"附件{'' if number is None else number}"


def _nested(sections: Sequence[_Section], form: _Form) -> list[Any]:
    """The attached texts of all depths, each in the one it is attached to."""
    top: list[Any] = []
    open_lists = [top]
    pointers = ["/main/attachments"]
    for section in sections:
        depth = next((_number(entry) for entry in section.entries if entry.key == "层次"), 1)
        depth = max(1, min(depth, len(open_lists)))
        del open_lists[depth:], pointers[depth:]
        pointer = f"{pointers[-1]}/{len(open_lists[-1])}"
        attached = _attached(section, depth, pointer, form)
        open_lists[-1].append(attached)
        open_lists.append(attached["attachments"])
        pointers.append(f"{pointer}/attachments")
    return top


def _attached(section: _Section, depth: int, pointer: str, form: _Form) -> Any:
    value: Any = msgspec.json.decode(
        Attachment("issued" if ROLES[section.word] == "issued" else "attachment").to_json()
    )
    for entry in section.entries:
        for name, given in _attached_fields(entry, form).items():
            value[name] = given
            form.spans[f"{pointer}/{name}"] = (entry.start, entry.stop)
    pieces = section.pieces
    if value["role"] == "attachment" and pieces and pieces[0].kind == "paragraph":
        pieces = pieces[1:] if pieces[0].text == label_of(value["number"]) else pieces
    if value["title"] is None and _is_title(pieces, depth):
        value["title"] = pieces[0].text
        form.spans[f"{pointer}/title"] = (pieces[0].segments[0].start, pieces[0].segments[0].stop)
        pieces = pieces[1:]
    value["body"] = msgspec.to_builtins(read_blocks(pieces))
    return value


def _attached_fields(entry: Entry, form: _Form) -> dict[str, Any]:
    if entry.key == REST and isinstance(entry.value, dict):
        return entry.value
    if entry.key == "序号":
        return {"number": _number(entry)}
    if entry.key == "层次":
        return {}
    found = {attached_name(pointer): value for pointer, value in form._fields(entry).items()}
    return {name: value for name, value in found.items() if name}


def _number(entry: Entry) -> int:
    if not str(entry.value).isdecimal():
        raise InputError(f"{entry.key}: {entry.value!r} is no number", remedy="write it like 1")
    return int(entry.value)


def _converted(value: Any) -> Document:
    try:
        return msgspec.convert(value, Document)
    except msgspec.ValidationError as error:
        raise InputError(f"a value does not fit: {error}", remedy="see govdoc schema document") from None


def _placed(document: Document, decoded: Decoded) -> Document:
    """The document knowing its source, and the way to it."""
    source = decoded.source
    info = SourceInfo(source.name, source.sha256, len(source.data), decoded.encoding, decoded.media_type,
                      url=document.source.url or source.url, fetched_at=source.fetched_at)  # fmt: skip
    name = document.id if document.id != _EMPTY.id else f"{source.sha256[:12]}#1"
    notices = (*decoded.notices, *document.notices)
    placed = msgspec.structs.replace(document, id=name, source=info, notices=notices)
    return placed.with_trace(_cleaned(decoded, read_pieces(decoded.text, _body_start(decoded.text))).trace)


def _read_plain(decoded: Decoded) -> list[Document]:
    """A text that a person wrote: parsed as any other, what its front matter says on top."""
    text = decoded.text
    front = find_front(text)
    documents = parse(_cleaned(decoded, read_pieces(text, _body_start(text))))
    if not documents:
        raise EmptyError("holds no text", remedy="check that it is the right file")
    entries = read_entries(text, front[0], front[1]) if front else []
    documents[0] = _with_front(documents[0], entries, decoded.notices)
    return documents


def _body_start(text: str) -> int:
    """Where the text behind front matter, or behind a mark of byte order, begins."""
    front = find_front(text)
    return front[2] if front else int(text.startswith("\ufeff"))


def _with_front(document: Document, entries: Sequence[Entry], notices: Sequence[Notice]) -> Document:
    form = _Form(msgspec.json.decode(document.to_json()), dict(document.spans), [*notices, *document.notices])
    form.enter(entries)
    judged = judge(_converted(form.value))
    kept = {name: form.value[name] for name in ("official", "genre", "kind") if f"/{name}" in form.given}
    changed = msgspec.structs.replace(judged, spans=form.spans, notices=tuple(form.notices), **kept)
    return changed.with_trace(document.trace)


def _cleaned(decoded: Decoded, pieces: Sequence[Piece]) -> Cleaned:
    """The text of a page as people see it: what is Markdown taken out by edits, what it says kept as marks."""
    text, at, edits = decoded.text, 0, list[AppliedEdit]()
    for segment, before in all_segments(pieces):
        gap, wanted = text[at : segment.start], before if edits or at else before.strip("\n\t")
        if gap != wanted:
            edits.append(AppliedEdit(_EDIT, at, segment.start, gap, wanted))
        edits += [AppliedEdit(_EDIT, e.start, e.stop, text[e.start : e.stop], e.new) for e in segment.edits]
        at = segment.stop
    if text[at:] != "\n":
        edits.append(AppliedEdit(_EDIT, at, len(text), text[at:], "\n" if at else ""))
    return Cleaned(decoded, apply(text, edits), (Pass(tuple(edits)),), tuple(_marks(pieces)), decoded.notices)


def _marks(pieces: Sequence[Piece]) -> Iterator[Mark]:
    for piece in pieces:
        if piece.kind == "heading":
            kind, value = ("centred", None) if piece.depth == 1 else ("heading", str(piece.depth - 1))
            yield Mark("centred" if kind == "centred" else "heading", piece.start, piece.stop, value)
        if piece.kind == "image":
            yield Mark("image", piece.start, piece.stop, piece.src, piece.text or None)
        if piece.rows:
            yield Mark("table", piece.start, piece.stop)
        for r, row in enumerate(piece.rows):
            for c, (cell, down, across) in enumerate(row):
                yield Mark("cell", cell.start, cell.stop, f"{r},{c},{down},{across}")
