"""Blocks of a body as pieces of Markdown, and back: what a piece cannot say of its block, a note before it does."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

import msgspec

from govdoc.errors import InputError
from govdoc.markdown.inline import escape, escape_tagged
from govdoc.markdown.pieces import Piece, read_pieces
from govdoc.model import Block, Cell
from govdoc.wording.labels import read_label

NOTE: Final = "块"
_DEEPEST = 6  # a heading's, in Markdown
_STOPS: Final = "。：:；;！？"


def hashes(depth: int) -> str:
    """The mark of a heading."""
    return "#" * min(depth, _DEEPEST)


def write_blocks(blocks: Sequence[Block], depth: int) -> Iterator[str]:
    """The Markdown of each block below a title of ``depth`` hashes."""
    for block in blocks:
        yield _exact(bare(block), depth)


def bare(block: Block) -> Block:
    """The block without its place."""
    return msgspec.structs.replace(block, span=(0, 0))


def _exact(block: Block, depth: int) -> str:
    """A piece that reads back as the block; with a note of what it cannot say, or as a note alone."""
    plain = _WRITERS[block.type](block, depth)
    lengths = [None if one is None else len(one) for one in (block.label, block.heading)]
    hint = {"type": block.type, "level": block.level, "label": lengths[0], "heading": lengths[1]}
    line = f"{write_note(NOTE, hint)}\n{escape(block.line, opens=True)}"
    for text in (plain, line):
        if text and _read_back(text) == [block]:
            return text
    return write_note(NOTE, msgspec.to_builtins(block))


def _read_back(text: str) -> list[Block]:
    return [bare(block) for block in read_blocks(read_pieces(text))]


def write_note(kind: str, value: Any) -> str:
    """A note that no reader of the page sees."""
    # Two dashes would end the comment for some readers.
    return f"<!-- {kind}: {json.dumps(value, ensure_ascii=False).replace('--', '-' + chr(92) + 'u002d')} -->"


def _heading(block: Block, depth: int) -> str:
    return f"{hashes(depth + (block.level or 1))} {escape(block.line)}"


def _paragraph(block: Block, depth: int) -> str:
    """A paragraph; the heading that runs into it is strong, but for its 。, behind which ``**`` would not close."""
    if not block.heading:
        return escape(block.line, opens=True)
    heading = block.heading.rstrip(_STOPS)
    rest = block.heading[len(heading) :] + block.text
    return f"**{escape((block.label or '') + heading)}**{escape(rest)}"


def _image(block: Block, depth: int) -> str:
    return f"![{escape(block.line)}](<{block.src or ''}>)"


def _table(block: Block, depth: int) -> str:
    """A table of bars where no cell spans others and all rows are of one width, else one of tags."""
    rows = block.rows or ()
    widths = {len(row) for row in rows}
    spans = any((cell.rowspan, cell.colspan) != (1, 1) for row in rows for cell in row)
    if spans or len(widths) != 1 or 0 in widths:
        return "\n".join(("<table>", *map(_tagged_row, rows), "</table>"))
    lines = ["| " + " | ".join(escape(cell.text) for cell in row) + " |" for row in rows]
    lines.insert(1, "|" + " --- |" * widths.pop())
    return "\n".join(lines)


def _tagged_row(row: Sequence[Cell]) -> str:
    cells = []
    for cell in row:
        spans = {"rowspan": cell.rowspan, "colspan": cell.colspan}
        how = "".join(f' {name}="{count}"' for name, count in spans.items() if count != 1)
        cells.append(f"<td{how}>{escape_tagged(cell.text)}</td>")
    return f"<tr>{''.join(cells)}</tr>"


_WRITERS: Final[dict[str, Callable[[Block, int], str]]] = {
    "heading": _heading,
    "paragraph": _paragraph,
    "table": _table,
    "image": _image,
}


def read_blocks(pieces: Sequence[Piece]) -> list[Block]:
    """The blocks of pieces, with their places. ``InputError`` for a note of ours that is damaged."""
    blocks: list[Block] = []
    hint: dict[str, Any] | None = None
    for piece in pieces:
        if piece.kind == "note":
            hint = _read_hint(piece) or hint
            if hint and "text" in hint:
                blocks.append(_converted(hint, piece))
                hint = None
            continue
        block = _hinted(piece, hint) if hint else _READERS[piece.kind](piece)
        hint = None
        if block.line or block.type in ("table", "image"):
            blocks.append(block)
    return blocks


def _read_hint(piece: Piece) -> dict[str, Any] | None:
    kind, colon, value = piece.note.partition(":")
    if kind.strip() != NOTE or not colon:
        return None
    try:
        hint = json.loads(value)
    except ValueError:
        hint = None
    if not isinstance(hint, dict):
        raise InputError(
            f"the note <!-- {NOTE} … --> is damaged: {value.strip()[:40]}", remedy="remove it, or undo the change"
        )
    return hint


def _converted(hint: dict[str, Any], piece: Piece) -> Block:
    try:
        return msgspec.convert({**hint, "span": (piece.start, piece.stop)}, Block)
    except msgspec.ValidationError as error:
        raise InputError(
            f"the note <!-- {NOTE} … --> is damaged: {error}", remedy="remove it, or undo the change"
        ) from None


def _hinted(piece: Piece, hint: dict[str, Any]) -> Block:
    """A block whose label and heading are so many characters of its line."""
    line, parts = piece.text, []
    for name in ("label", "heading"):
        length = hint.get(name)
        parts.append(line[:length] if isinstance(length, int) else None)
        line = line[length:] if isinstance(length, int) else line
    fields = {"type": hint.get("type"), "level": hint.get("level"), "label": parts[0], "heading": parts[1]}
    return _converted({**fields, "text": line}, piece)


def _read_heading(piece: Piece) -> Block:
    label = read_label(piece.text)
    if label is None:
        return Block("heading", heading=piece.text, span=(piece.start, piece.stop))
    rest = piece.text[len(label.text) :]
    return Block("heading", label.level, label.text, rest, span=(piece.start, piece.stop))


def _read_paragraph(piece: Piece) -> Block:
    text, span = piece.text, (piece.start, piece.stop)
    label = read_label(text)
    begin = len(label.text) if label else 0
    cut = 0
    if piece.strong > begin:
        cut = piece.strong
        while cut < len(text) and text[cut] in _STOPS:
            cut += 1
    if label is None:
        return Block("paragraph", heading=text[:cut] or None, text=text[cut:], span=span)
    return Block("paragraph", label.level, label.text, text[begin:cut] or None, text[max(begin, cut) :], span)


def _read_table(piece: Piece) -> Block:
    rows = tuple(tuple(Cell(cell.text, down, across) for cell, down, across in row) for row in piece.rows)
    return Block("table", span=(piece.start, piece.stop), rows=rows)


def _read_image(piece: Piece) -> Block:
    return Block("image", text=piece.text, src=piece.src, span=(piece.start, piece.stop))


_READERS: Final[dict[str, Callable[[Piece], Block]]] = {
    "heading": _read_heading,
    "paragraph": _read_paragraph,
    "table": _read_table,
    "image": _read_image,
}
