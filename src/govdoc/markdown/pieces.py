"""The lines of a Markdown text as pieces: headings, paragraphs, tables, images and our own notes, with their places."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from govdoc.edits import Edit
from govdoc.markdown.inline import apply_edits, inline_edits

Kind = Literal["heading", "paragraph", "table", "image", "note"]

_HEADING = re.compile(r"[ \t]*(?P<hashes>#{1,6})(?:[ \t]+|(?=[^\x00-\x7f]))(?P<text>\S.*?)(?:[ \t]+#+)?[ \t]*$")
_RULE = re.compile(r"[ \t]*(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|(?:=){3,}[ \t]*)$")
_UNDERLINE = re.compile(r"[ ]{0,3}(?:={2,}|-{2,})[ \t]*$")
_DELIMITER = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_IMAGE = re.compile(
    r"[ \t]*!\[(?P<text>(?:\\.|[^\[\]\\])*)\]\((?:<(?P<quoted>[^<>]*)>|(?P<src>[^()\s]*))(?:\s+\"[^\"]*\")?\)[ \t]*$"
)
_BULLET = re.compile(r"\s*(?:[-+*][ \t]+|(?:>[ \t]?)+)")
_NUMBERED = re.compile(r"(?P<label>\d{1,3}[.)])[ \t]+(?=\S)")
_FENCE = re.compile(r"[ \t]*(?:`{3,}|~{3,})[^`]*$")
_STRONG = re.compile(r"\*\*(?P<lead>(?:\\.|[^*\\])+)\*\*")
_TABLE = re.compile(r"[ \t]*<table\b", re.IGNORECASE)
_TABLE_END = re.compile(r"</table>", re.IGNORECASE)
_NOTE_END = re.compile("-->")
_ROW = re.compile(r"<tr\b[^>]*>(?P<row>.*?)(?=</tr>|<tr\b|\Z)", re.IGNORECASE | re.DOTALL)
_CELL = re.compile(r"<(?P<tag>t[dh])\b(?P<how>[^>]*)>(?P<text>.*?)(?=</t[dh]>|<t[dh]\b|\Z)", re.IGNORECASE | re.DOTALL)
_SPAN = re.compile(r"(?P<way>row|col)span\s*=\s*[\"']?(?P<count>\d{1,4})", re.IGNORECASE)
_BAR = re.compile(r"\\.|(?P<bar>\|)")


@dataclass(frozen=True)
class Segment:
    """A visible stretch of a text: its place, and what is taken out of it."""

    start: int
    stop: int
    edits: tuple[Edit, ...]
    text: str


@dataclass(frozen=True)
class Piece:
    """A piece: ``depth`` is a heading's hashes; ``strong`` how much of a paragraph's text opens it in strong type.

    ``rows`` are a table's cells with their rowspan and colspan; ``note`` is the text of a comment, ``src`` an address.
    """

    kind: Kind
    start: int
    stop: int
    segments: tuple[Segment, ...] = ()
    depth: int = 0
    strong: int = 0
    rows: tuple[tuple[tuple[Segment, int, int], ...], ...] = ()
    note: str = ""
    src: str | None = None

    @property
    def text(self) -> str:
        """What stands in a line."""
        return "".join(segment.text for segment in self.segments)


@dataclass
class _Lines:
    """A text by lines, read from ``at`` on: each is ``[start, stop)`` without its break."""

    text: str
    places: list[tuple[int, int]] = field(default_factory=list)
    at: int = 0
    endless: set[re.Pattern[str]] = field(default_factory=set)

    def end(self, pattern: re.Pattern[str], start: int) -> re.Match[str] | None:
        """The next end of something; looked for no more once there is none."""
        found = None if pattern in self.endless else pattern.search(self.text, start)
        if found is None:
            self.endless.add(pattern)
        return found

    def line(self, ahead: int = 0) -> str:
        if self.at + ahead >= len(self.places):
            return ""
        start, stop = self.places[self.at + ahead]
        return self.text[start:stop]


def read_pieces(text: str, start: int = 0) -> list[Piece]:
    """The pieces of a Markdown text from ``start`` on. A line of text is a paragraph of its own."""
    lines = _Lines(text, list(_places(text, start)))
    pieces: list[Piece] = []
    while lines.at < len(lines.places):
        found = next((piece for read in _READERS if (piece := read(lines)) is not None), None)
        if found:
            pieces.append(found)
    return pieces


def _places(text: str, start: int) -> Iterator[tuple[int, int]]:
    while start < len(text):
        stop = text.find("\n", start)
        end = len(text) if stop < 0 else stop
        yield start, end - 1 if text[start:end].endswith("\r") else end
        start = end + 1


def segment(text: str, start: int, stop: int) -> Segment:
    """The visible stretch of ``[start, stop)``, blanks at its ends left out."""
    raw = text[start:stop]
    start, stop = start + len(raw) - len(raw.lstrip()), stop - (len(raw) - len(raw.rstrip()) if raw.strip() else 0)
    start = min(start, stop)
    edits = tuple(inline_edits(text, start, stop))
    return Segment(start, stop, edits, apply_edits(text, start, stop, edits))


def _note(lines: _Lines) -> Piece | None:
    """A comment that begins a line, to its end; one that never ends is text."""
    start = lines.places[lines.at][0]
    begin = start + len(lines.line()) - len(lines.line().lstrip(" \t"))
    end = lines.end(_NOTE_END, begin) if lines.text.startswith("<!--", begin) else None
    if end is None:
        return None
    stop = end.start()
    while lines.at < len(lines.places) and lines.places[lines.at][0] < stop + 3:
        lines.at += 1
    return Piece("note", begin, stop + 3, note=lines.text[begin + 4 : stop].strip())


def _table_of_bars(lines: _Lines) -> Piece | None:
    if "|" not in lines.line() or "-" not in lines.line(1) or not _DELIMITER.match(lines.line(1)):
        return None
    start, rows = lines.places[lines.at][0], [_bar_cells(lines)]
    lines.at += 2
    stop = lines.places[lines.at - 1][1]
    while lines.at < len(lines.places) and "|" in lines.line():
        rows.append(_bar_cells(lines))
        stop = lines.places[lines.at][1]
        lines.at += 1
    width = max(map(len, rows))
    end = [row[-1][0].stop for row in rows]
    filled = (row + [(Segment(at, at, (), ""), 1, 1)] * (width - len(row)) for row, at in zip(rows, end, strict=True))
    return Piece("table", start, stop, rows=tuple(map(tuple, filled)))


def _bar_cells(lines: _Lines) -> list[tuple[Segment, int, int]]:
    start, stop = lines.places[lines.at]
    bars = [found.start() for found in _BAR.finditer(lines.text, start, stop) if found["bar"]]
    edges = [start - 1, *bars, stop]
    if not lines.text[start : edges[1]].strip():
        edges.pop(0)
    if len(edges) > 2 and not lines.text[edges[-2] + 1 : stop].strip():
        edges.pop()
    return [(segment(lines.text, a + 1, b), 1, 1) for a, b in itertools.pairwise(edges)]


def _table_of_tags(lines: _Lines) -> Piece | None:
    start = lines.places[lines.at][0]
    end = lines.end(_TABLE_END, start) if _TABLE.match(lines.line()) else None
    if end is None:
        return None
    while lines.at < len(lines.places) and lines.places[lines.at][0] < end.end():
        lines.at += 1
    rows = tuple(
        tuple(_tag_cell(lines.text, cell) for cell in _CELL.finditer(lines.text, *row.span("row")))
        for row in _ROW.finditer(lines.text, start, end.start())
    )
    return Piece("table", start, end.end(), rows=rows)


def _tag_cell(text: str, found: re.Match[str]) -> tuple[Segment, int, int]:
    spans = {each["way"].lower(): max(1, int(each["count"])) for each in _SPAN.finditer(found["how"])}
    return segment(text, *found.span("text")), spans.get("row", 1), spans.get("col", 1)


def _image(lines: _Lines) -> Piece | None:
    found = _IMAGE.match(lines.line())
    if found is None:
        return None
    start = lines.places[lines.at][0]
    lines.at += 1
    words = segment(lines.text, start + found.start("text"), start + found.end("text"))
    src = found["quoted"] if found["quoted"] is not None else found["src"]
    return Piece("image", start, start + found.end(), (words,), src=src or None)


def _heading(lines: _Lines) -> Piece | None:
    start, stop = lines.places[lines.at]
    found = _HEADING.match(lines.line())
    if found:
        lines.at += 1
        words = segment(lines.text, start + found.start("text"), start + found.end("text"))
        return Piece("heading", start, stop, (words,), depth=len(found["hashes"]))
    if _UNDERLINE.match(lines.line(1)) and lines.line().strip() and not _skipped(lines.line()):
        depth = 1 if "=" in lines.line(1) else 2
        lines.at += 2
        return Piece("heading", start, stop, (segment(lines.text, start, stop),), depth=depth)
    return None


def _skipped(line: str) -> bool:
    return not line.strip() or _RULE.match(line) is not None or _FENCE.match(line) is not None


def _paragraph(lines: _Lines) -> Piece | None:
    start, stop = lines.places[lines.at]
    line = lines.line()
    lines.at += 1
    if _skipped(line):
        return None
    hard = len(line) - len(line.rstrip("\\"))
    stop -= hard % 2  # a lone backslash at the end asks for a new line, which the next one is anyway
    begin = start + (found.end() if (found := _BULLET.match(line)) else len(line) - len(line.lstrip()))
    numbered = _NUMBERED.match(lines.text, begin, stop)
    segments = [segment(lines.text, begin, numbered.end("label"))] if numbered else []
    begin = numbered.end() if numbered else begin
    strong = _STRONG.match(lines.text, begin, stop)
    segments.append(segment(lines.text, begin, stop))
    lead = (
        apply_edits(lines.text, *strong.span("lead"), inline_edits(lines.text, *strong.span("lead"))) if strong else ""
    )
    offset = len(segments[0].text) if numbered else 0
    return Piece("paragraph", start, stop, tuple(segments), strong=offset + len(lead) if lead else 0)


_READERS = (_note, _table_of_bars, _table_of_tags, _image, _heading, _paragraph)


def all_segments(pieces: Sequence[Piece]) -> Iterator[tuple[Segment, str]]:
    """The visible stretches in order, each with what stands before it in plain text: a line break, a TAB, nothing."""
    for piece in pieces:
        if piece.kind == "note":
            continue
        if piece.rows:
            for row in piece.rows:
                yield from ((cell, "\t" if i else "\n") for i, (cell, _, _) in enumerate(row))
        elif piece.kind == "image":
            yield Segment(piece.start, piece.start, (), ""), "\n"
            yield piece.segments[0], "[图片："
            yield Segment(piece.stop, piece.stop, (), ""), "]"
        else:
            yield from ((each, "" if i else "\n") for i, each in enumerate(piece.segments))
