"""Paragraphs of the elements, set as the style sets them."""

from __future__ import annotations

from typing import Any

from govdoc.layout.composition import Element, Paragraph, Run
from govdoc.layout.titles import break_title
from govdoc.style import StyleSheet


def paragraph(style: StyleSheet, element: Element, *runs: str | Run, **changes: Any) -> Paragraph:
    """A paragraph set as its element is; a plain string takes the element's face. ``changes`` override fields."""
    look = style.text[element]
    fields = {
        "align": look.align,
        "indent_first": look.indent_first,
        "indent_left": look.indent_left,
        "indent_right": look.indent_right,
        "blank_before": look.blank_before,
    }
    made = tuple(run if isinstance(run, Run) else run_of(style, element, run) for run in runs)
    return Paragraph(element, made, **{**fields, **changes})


def run_of(style: StyleSheet, element: Element, text: str) -> Run:
    """A run in the element's face, size and colour."""
    look = style.text[element]
    return Run(text, look.face, look.size, look.red, look.bold)


def broken_title(style: StyleSheet, element: Element, text: str, **changes: Any) -> Paragraph:
    """A title with its lines broken by sense (§7.3.1)."""
    return paragraph(style, element, text, breaks=break_title(text, style.title.max_chars), **changes)
