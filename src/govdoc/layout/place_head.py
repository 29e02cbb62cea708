"""Placing the 版头 on page 1 (§7.2)."""

from __future__ import annotations

from collections.abc import Sequence

from govdoc.layout.composition import Head, Run
from govdoc.layout.elements import run_of
from govdoc.layout.head import head_rows, signer_rows
from govdoc.layout.lines import SetLine, measure
from govdoc.layout.pages import Glyphs
from govdoc.layout.paper import Leaf, Paper
from govdoc.layout.titles import title_width
from govdoc.style import POINTS_PER_MM


def place_head(head: Head, leaf: Leaf, paper: Paper) -> int:
    """Draw the 版头; the number of grid rows it takes, the blank ones below its line included."""
    style = paper.style
    number_top, rule, end = (mm * POINTS_PER_MM for mm in head_rows(head, style))
    row = 0.0
    top = number_top if style.letter.enabled else paper.top
    for line in head.lines:
        row += line.blank_before
        for number, made in enumerate(paper.lines(line)):
            leaf.put(made, paper.start(line, made, number), _baseline(top + row * paper.pitch, line.runs, paper))
            row += 1
    if head.mark:
        _place_mark(head, leaf, paper)
    if style.letter.enabled:
        _place_double_lines(leaf, rule, paper)
    rows = signer_rows(head, style)
    if head.number:
        top = number_top + (rows - 1) * paper.pitch
        made = paper.one_line(measure(head.number.runs, paper.setting))
        leaf.put(made, paper.start(head.number, made, 0), _baseline(top, head.number.runs, paper))
    if head.signers:
        _place_signers(head.signers, leaf, number_top, paper)
    if head.rule:
        leaf.rule(0.0, rule, paper.width, rule, style.head.rule_width * POINTS_PER_MM, style.head.rule_red)
    return round((end - paper.top) / paper.pitch)


def _place_double_lines(leaf: Leaf, top: float, paper: Paper) -> None:
    """The red double lines of a 信函: below the mark the thick one above, at the foot the thin one (§10.1)."""
    letter, foot = paper.style.letter, paper.style.page.height - paper.style.letter.bottom
    x0 = (paper.width - letter.width * POINTS_PER_MM) / 2
    at = top / POINTS_PER_MM
    whole = letter.thick + letter.between + letter.thin
    for edge, thickness in (
        (at, letter.thick),
        (at + whole - letter.thin, letter.thin),
        (foot - whole / 2, letter.thin),
        (foot + whole / 2 - letter.thick, letter.thick),
    ):
        y = (edge + thickness / 2) * POINTS_PER_MM
        leaf.rule(x0, y, x0 + letter.width * POINTS_PER_MM, y, thickness * POINTS_PER_MM, red=True)


def _baseline(top: float, runs: Sequence[Run], paper: Paper) -> float:
    return top + paper.ascent * max((run.size for run in runs), default=0.0)


def _place_mark(head: Head, leaf: Leaf, paper: Paper) -> None:
    """发文机关标志: its first ink at its height; a joint issue's names stretched to one width, 文件 beside them."""
    style = paper.style
    top = style.head.mark_top * POINTS_PER_MM
    lines = [paper.one_line(measure([run], paper.setting)) for run in head.mark]
    size = head.mark[0].size
    ink = max(_ink(run, paper) for run in head.mark)
    pitch = size * style.head.mark_stack_pitch
    suffix = paper.one_line(measure([head.mark_suffix], paper.setting)) if head.mark_suffix else None
    names = max(line.width for line in lines)
    left = (paper.width - names - (suffix.width if suffix else 0.0)) / 2
    for i, line in enumerate(lines):
        leaf.put(_stretched(line, names), left, top + ink * size + i * pitch)
    if suffix:
        leaf.put(suffix, left + names, top + ink * size + pitch * (len(lines) - 1) / 2)


def _ink(run: Run, paper: Paper) -> float:
    """Highest ink of a run over its baseline, em."""
    tops = [
        bounds[1]
        for face, chars in paper.faces.split(run.text, run.face, latin=run.face in paper.setting.latin)
        if face
        for char in chars
        if (bounds := face.ink(char))
    ]
    return max(tops, default=paper.ascent)


def _stretched(line: SetLine, width: float) -> SetLine:
    """The line's glyphs spread evenly over ``width``."""
    count = sum(len(piece.text) for piece in line.glyphs)
    gap = (width - line.width) / (count - 1) if count > 1 else 0.0
    if gap <= 0:
        return line
    spread: list[Glyphs] = []
    before = 0
    for piece in line.glyphs:
        spread.append(piece._replace(x=piece.x + before * gap, spacing=piece.spacing + gap))
        before += len(piece.text)
    return line._replace(glyphs=tuple(spread), width=width)


def _place_signers(names: Sequence[str], leaf: Leaf, top: float, paper: Paper) -> None:
    """签发人: two names a row, later rows under the first name (§7.2.6)."""
    rules, look = paper.style.head, paper.style.text["signer"]
    label = paper.one_line(measure([run_of(paper.style, "signer", rules.signer_label)], paper.setting))
    across = min(rules.signers_per_row, len(names))
    # A blank behind a name that another follows: names that are copied stay apart.
    apart = [name + "\u3000" * ((i + 1) % across and i + 1 < len(names)) for i, name in enumerate(names)]
    made = [paper.one_line(measure([Run(name, rules.signer_face, look.size)], paper.setting)) for name in apart]
    column = (max(map(title_width, names)) + rules.signer_gap) * paper.cell
    first = paper.width - rules.signer_indent * paper.cell - column * across + rules.signer_gap * paper.cell
    leaf.put(label, first - label.width, top + paper.ascent * look.size)
    for i, line in enumerate(made):
        row, place = divmod(i, rules.signers_per_row)
        leaf.put(line, first + place * column, top + row * paper.pitch + paper.ascent * look.size)
