"""Which characters a composition sets in which face."""

from __future__ import annotations

from collections.abc import Iterator

from govdoc.layout.composition import Composition, FaceRole, Paragraph, Run, Table
from govdoc.layout.elements import run_of
from govdoc.style import StyleSheet


def used_characters(composition: Composition, style: StyleSheet) -> dict[FaceRole, str]:
    """For each face the characters it is asked for, each once, in order of their first use."""
    return {face: "".join(dict.fromkeys(text)) for face, text in used_text(composition, style).items()}


def used_text(composition: Composition, style: StyleSheet) -> dict[FaceRole, str]:
    """For each face all the text that is to be set in it."""
    found: dict[FaceRole, list[str]] = {}
    for run in _runs(composition, style):
        found.setdefault(run.face, []).append(run.text)
    return {face: "".join(texts) for face, texts in found.items()}


def _runs(composition: Composition, style: StyleSheet) -> Iterator[Run]:
    head = composition.head
    if head:
        yield from head.mark
        yield from (head.mark_suffix,) if head.mark_suffix else ()
        for paragraph in (*head.lines, *((head.number,) if head.number else ())):
            yield from paragraph.runs
        if head.signers:
            yield run_of(style, "signer", style.head.signer_label)
        for name in head.signers:
            yield Run(name, style.head.signer_face, style.text["signer"].size)
    for item in composition.flow:
        yield from item.runs if isinstance(item, Paragraph) else _cells(item)
    for row in composition.foot.rows if composition.foot else ():
        yield run_of(style, "colophon", row.left + (row.right or ""))


def _cells(table: Table) -> Iterator[Run]:
    for row in table.rows:
        for cell in row:
            yield Run(cell.text, table.face, table.size)
