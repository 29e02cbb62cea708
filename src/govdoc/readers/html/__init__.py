"""Web pages: the article as text, what surrounds it left out, what the page knows of both as marks."""

from __future__ import annotations

from dataclasses import replace

from govdoc.cleaned import Decoded
from govdoc.edits import AppliedEdit, Pass
from govdoc.readers.html.paragraphs import Paragraph, changes, read_paragraphs
from govdoc.readers.html.tree import Item, Tree, build_tree

__all__ = ["read_html"]


def read_html(decoded: Decoded) -> Decoded:
    """A page read: ``plain`` is its article, one paragraph a line, cells of a table split by TAB.

    Everything taken out is an edit of ``reading``, so that undoing gives the page. Never raises; never keeps less than
    it can prove to be no part of the article.
    """
    tree = build_tree(decoded.text)
    lines = read_paragraphs(tree, _shown(tree), {})
    return replace(decoded, media_type="text/html", reading=(Pass(_edits(decoded.text, lines)),))


def _shown(tree: Tree) -> list[Item]:
    hidden: list[bool] = []
    for element in tree.elements:
        hidden.append(element.hidden or (element.parent >= 0 and hidden[element.parent]))
    return [item for item in tree.items if not hidden[item.element]]


def _edits(text: str, lines: list[Paragraph]) -> tuple[AppliedEdit, ...]:
    edits = []
    at = 0
    for number, line in enumerate(lines):
        new = "\n" * (1 + min(line.blanks, 9)) if number else ""
        edits.append(AppliedEdit("H101", at, line.start, text[at : line.start], new))
        edits += (AppliedEdit("H102", e.start, e.stop, text[e.start : e.stop], e.new) for e in changes(line))
        at = line.stop
    edits.append(AppliedEdit("H101", at, len(text), text[at:], "\n" if lines else ""))
    return tuple(edit for edit in edits if edit.old != edit.new)
