"""Placing the 版记 at the foot of the last page, and the 页码 (§7.4, §7.5)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from govdoc.layout.composition import Foot, FootRow
from govdoc.layout.elements import run_of
from govdoc.layout.lines import SetLine, break_lines, measure
from govdoc.layout.paper import Leaf, Paper
from govdoc.style import POINTS_PER_MM


class FootLine(NamedTuple):
    """A line of the 版记: its parts with their x from the 版心's left edge, and whether a rule stands above it."""

    parts: tuple[tuple[SetLine, float], ...]
    rule_above: bool


def foot_lines(foot: Foot, paper: Paper) -> list[FootLine]:
    """The lines of the 版记 from top to bottom."""
    return [line for row in foot.rows for line in _row_lines(row, paper)]


def _row_lines(row: FootRow, paper: Paper) -> list[FootLine]:
    """Left text with its hanging indent; the right text stands at the end of the last line, or of one more."""
    style = paper.style
    size = style.text["colophon"].size
    inset = style.foot.inset * paper.cell
    room = paper.width - 2 * inset
    hang = row.hanging * size
    right = paper.one_line(measure([run_of(style, "colophon", row.right)], paper.setting)) if row.right else None
    made = break_lines(
        measure([run_of(style, "colophon", row.left)], paper.setting),
        lambda i: max(room - (hang if i else 0.0), size),
        paper.setting,
        justify=bool(row.hanging),
    )
    lines = [[(line, inset + (hang if i else 0.0))] for i, line in enumerate(made)]
    if right:
        at = inset + room - right.width
        if not lines or lines[-1][0][1] + lines[-1][0][0].width + size > at:
            lines.append([])
        lines[-1].append((right, at))
    return [FootLine(tuple(parts), row.rule_above and i == 0) for i, parts in enumerate(lines)]


def foot_height(lines: Sequence[FootLine], paper: Paper) -> float:
    """Height of the 版记 in points."""
    return len(lines) * paper.style.foot.pitch


def place_foot(lines: Sequence[FootLine], leaf: Leaf, paper: Paper) -> None:
    """Draw the 版记 upward from the lower edge of the 版心, with which its last line coincides."""
    rules = paper.style.foot
    size = paper.style.text["colophon"].size
    top = paper.bottom - foot_height(lines, paper)
    outer, inner = rules.outer_line * POINTS_PER_MM, rules.inner_line * POINTS_PER_MM
    for i, line in enumerate(lines):
        y = top + i * rules.pitch
        if rules.lines and (i == 0 or line.rule_above):
            leaf.rule(0.0, y, paper.width, y, inner if i else outer)
        for part, x in line.parts:
            leaf.put(part, x, y + (rules.pitch - size) / 2 + paper.ascent * size)
    if rules.lines:
        leaf.rule(0.0, paper.bottom, paper.width, paper.bottom, outer)


def place_number(leaf: Leaf, paper: Paper) -> None:
    """Draw — n — below the 版心: odd pages at the right, even pages at the left, a 字 in (§7.5)."""
    rules, look = paper.style.number, paper.style.text["page_number"]
    run = run_of(paper.style, "page_number", rules.format.format(leaf.number))
    line = paper.one_line(measure([run], paper.setting))
    spare = paper.width - line.width
    inset = rules.inset * paper.cell
    outer = spare - inset if leaf.number % 2 else inset
    y = paper.bottom + rules.drop * POINTS_PER_MM + rules.dash * look.size
    leaf.put(line, {"outer": outer, "centre": spare / 2}[rules.position], y)
