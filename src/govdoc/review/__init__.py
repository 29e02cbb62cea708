"""The review page: one self-contained HTML file, in Chinese, with every edit of a cleaning in its place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from importlib.resources import files
from string import Template

from govdoc.cleaned import Cleaned
from govdoc.readers.steps import STEPS, Step
from govdoc.review.alignment import Piece, align
from govdoc.rules.registry import Rule, all_rules
from govdoc.span import Notice

LINE = re.compile(r"[^\n]*\n+|[^\n]+")
NEWLINE = "\n"
VISIBLE = str.maketrans({" ": "␣", "\n": "⏎", "\t": "⇥", "\N{IDEOGRAPHIC SPACE}": "□"})
LEVELS = {"info": "说明", "warning": "注意", "error": "错误"}
EFFECTS = {"removes": "删去网页内容", "alters": "改动文字", "layout": "只动版式"}
"""What an edit does, the gravest first."""


def review_page(cleaned: Cleaned) -> str:
    """The page as HTML: source and cleaned text side by side, each edit marked with its rule, notices listed."""
    template = Template(files("govdoc.review").joinpath("page.html").read_text("utf-8"))
    counts = Counter(edit.rule for one in cleaned.ledger for edit in one.edits)
    used = [rule for rule in _rules().values() if counts[rule.code]]
    source = cleaned.decoded.source
    return template.substitute(
        name=escape(source.name),
        sha256=source.sha256,
        encoding=f"{cleaned.decoded.encoding}（依据：{escape(cleaned.decoded.evidence)}）",
        total=sum(counts.values()),
        filters="".join(_filter(rule, counts[rule.code]) for rule in used),
        rows="".join(_rows(align(cleaned))),
        notices="".join(_notice(notice, cleaned.decoded.text) for notice in cleaned.notices) or "<li>没有提示。</li>",
        notice_count=len(cleaned.notices),
    )


def _rules() -> dict[str, Rule | Step]:
    """What an edit's code means: the steps of reading, then the rules."""
    steps: dict[str, Rule | Step] = {step.code: step for step in STEPS}
    return steps | {rule.code: rule for rule in all_rules()}


def _filter(rule: Rule | Step, count: int) -> str:
    return (
        f'<label class="{rule.stage}" title="{escape(rule.page)}"><input type="checkbox" checked value="{rule.code}"'
        f' data-count="{count}"><b>{rule.chinese}</b> <i>{rule.code} {EFFECTS[rule.effect]}</i>'
        f" <output>{count}</output></label>"
    )


def _rows(pieces: Sequence[Piece]) -> Iterator[str]:
    """A row a paragraph of the cleaned text, its source on the left; a removed line has a row of its own."""
    left: list[str] = []
    right: list[str] = []
    rules = _rules()
    for piece in pieces:
        attributes = _attributes(piece, rules)
        for line in LINE.findall(piece.source):
            left.append(f"<del {attributes}>{escape(line.translate(VISIBLE))}</del>" if attributes else escape(line))
            if attributes and line.endswith("\n") and line.strip() and not any(right) and not piece.cleaned:
                yield _row(left, right)
            elif not attributes:
                right.append(escape(line))
                if line.endswith("\n"):
                    yield _row(left, right)
        if attributes and piece.cleaned:
            right.append(f"<ins {attributes}>{escape(piece.cleaned.strip(NEWLINE).translate(VISIBLE))}</ins>")
            if piece.cleaned.endswith("\n"):
                yield _row(left, right)
    if any(left) or any(right):
        yield _row(left, right)


def _attributes(piece: Piece, rules: Mapping[str, Rule | Step]) -> str:
    """The class and rules of a changed piece: coloured by the edit that matters most; empty for a kept one."""
    if not piece.edits:
        return ""
    codes = list(dict.fromkeys(edit.rule for edit in piece.edits))
    stage = min((rules[code] for code in codes), key=lambda rule: list(EFFECTS).index(rule.effect)).stage
    return f'class="edit {stage}" data-rules="{" ".join(codes)}"'


def _row(left: list[str], right: list[str]) -> str:
    row = f"<tr><td>{''.join(left)}</td><td>{''.join(right)}</td></tr>\n"
    left.clear()
    right.clear()
    return row


def _notice(notice: Notice, source: str) -> str:
    place = f"第{source.count(chr(10), 0, notice.span[0]) + 1}行：" if notice.span else ""
    return (
        f'<li class="{notice.level}"><b>{LEVELS[notice.level]} {notice.code}</b> {place}{escape(notice.message)}</li>'
    )
