"""The engine of cleaning: rules in passes, to a fixed point, with a ledger of every edit."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable
from functools import lru_cache
from itertools import cycle, groupby, islice, repeat
from operator import attrgetter, le, lt

from govdoc.cleaned import Cleaned, Decoded
from govdoc.edits import AppliedEdit, Edit, Pass, Trace, splice
from govdoc.errors import EmptyError, RuleError
from govdoc.rules.chrome import site_rule
from govdoc.rules.registry import STAGES, Finding, Rule, all_rules, rare_characters
from govdoc.rules.text import Memory, Text
from govdoc.span import Mark, Notice

ROUNDS = 8
"""Rounds before the engine gives up on a fixed point; three are the most that real texts have needed."""


def ink(text: str) -> str:
    """Han characters, letters and digits of a text, compatibility forms folded: what a layout rule may not change."""
    return "".join(char for char in unicodedata.normalize("NFKC", text) if char.isalnum())


def select_rules(
    *, unsafe: bool = False, disable: Collection[str] = (), chrome: Collection[str] = ()
) -> tuple[Rule, ...]:
    """The rules that apply: all but those switched off, those on request only with ``unsafe``, and a site's own.

    ``disable`` holds codes or slugs, ``chrome`` patterns of lines to remove.
    """
    off = frozenset(disable)
    wanted = [
        rule
        for rule in all_rules()
        if (unsafe or rule.applied == "always") and not (off and {rule.code, rule.slug} & off)
    ]
    if not chrome:
        return tuple(wanted)  # in the order of their stages
    return tuple(sorted([*wanted, site_rule(tuple(chrome))], key=lambda rule: STAGES.index(rule.stage)))


def clean(
    decoded: Decoded, *, unsafe: bool = False, disable: Collection[str] = (), chrome: Collection[str] = ()
) -> Cleaned:
    """Clean a decoded text, with the rules that :func:`select_rules` gives for the same options.

    ``EmptyError`` where nothing but blanks is left, ``RuleError`` where a rule misbehaves.
    """
    if not decoded.plain.strip("\ufeff \t\r\n\u3000"):
        raise EmptyError("holds no text", place=decoded.source.name, remedy="check that the download is complete")
    rules = select_rules(unsafe=unsafe, disable=disable, chrome=chrome)
    text, passes = decoded.plain, list(decoded.reading)
    marks, notices = list(decoded.marks), dict.fromkeys(decoded.notices)
    stages = [list(stage_rules) for _, stage_rules in groupby(rules, key=lambda rule: rule.stage)]
    settled: set[int] = set()  # the stages that found nothing to do on the text as it stands
    trace = Trace(decoded.text, text, passes)
    rare, memory = rare_characters(text), Memory()
    shared = Text(text, trace, marks, rare, memory)
    for number, stage_rules in islice(cycle(enumerate(stages)), ROUNDS * len(stages)):
        edits, found_marks, found_notices = _run_stage(stage_rules, shared, trace)
        marks += found_marks
        notices.update(zip(found_notices, repeat(None)))
        if edits:
            text = splice(text, edits)
            passes.append(Pass(edits))
            trace = Trace(decoded.text, text, passes)
            rare.update("".join([edit.new for edit in edits]))
            shared = Text(text, trace, marks, rare, memory)
            settled.clear()
        else:
            settled.add(number)
        if len(settled) == len(stages):
            break
    else:
        message = f"no fixed point after {ROUNDS} rounds of cleaning; cleaning the result again may change it"
        notices[Notice("C001", "warning", message)] = None
    if not text.strip():
        raise EmptyError("holds no document, only page chrome", place=decoded.source.name, remedy="look at the source")
    ordered = sorted(sorted(dict.fromkeys(marks), key=attrgetter("stop")), key=attrgetter("start"))
    return Cleaned(decoded, text, tuple(passes), tuple(ordered), tuple(notices))


def _run_stage(
    rules: list[Rule], shared: Text, trace: Trace
) -> tuple[tuple[AppliedEdit, ...], list[Mark], list[Notice]]:
    """All findings of a stage's rules on one text; of overlapping edits the first stands, the rest wait a round."""
    proposed: list[AppliedEdit] = []
    marks: list[Mark] = []
    notices: list[Notice] = []
    for rule in rules:
        found = [*_find(rule, shared)]
        if not found:
            continue
        edits = [finding for finding in found if isinstance(finding, Edit)]
        if edits:
            proposed += _stamped(rule, edits, shared.text)
        for finding in found if len(edits) < len(found) else ():
            if isinstance(finding, Mark):
                marks.append(finding if trace.is_identity else _in_source(finding, trace))
            elif isinstance(finding, Notice):
                span = trace.back_span(*finding.span) if finding.span else None
                notices.append(Notice(finding.code, finding.level, finding.message, span))
    kept = _disjoint(proposed)
    waiting = {edit.rule for edit in proposed} if len(kept) < len(proposed) else set[str]()
    shared.keep_looked_at(rule.code for rule in rules if rule.looks_at == "line" and rule.code not in waiting)
    return kept, marks, notices


def _in_source(mark: Mark, trace: Trace) -> Mark:
    start, stop = trace.back_span(mark.start, mark.stop)
    return Mark(mark.kind, start, stop, mark.value, mark.key)


def _find(rule: Rule, text: Text) -> Iterable[Finding]:
    """What a rule finds in a text, looked for only where there may be something."""
    if rule.needs and not text.holds_any(rule.needs):
        return ()
    fresh = text.since_looked_at(rule.code)
    if fresh is not None and not (fresh.text and any(_find(rule, fresh))):
        return ()
    return rule.find(text)


def _stamped(rule: Rule, edits: list[Edit], text: str) -> list[AppliedEdit]:
    """The edits as the ledger keeps them. ``RuleError`` where one leaves the text, or ink changes and may not."""
    code = rule.code
    starts, stops = [edit.start for edit in edits], [edit.stop for edit in edits]
    if min(starts) < 0 or max(stops) > len(text) or not all(map(le, starts, stops)):
        raise RuleError(f"rule {code} ({rule.slug}) edits outside the text of {len(text)} characters")
    applied = [AppliedEdit(code, edit.start, edit.stop, text[edit.start : edit.stop], edit.new) for edit in edits]
    if rule.effect == "layout":
        for old, new in {(edit.old, edit.new) for edit in applied}:
            if not _same_ink(old, new):
                raise RuleError(f"rule {code} ({rule.slug}) is a layout rule but changes ink: {old!r} to {new!r}")
    return applied


@lru_cache(maxsize=1024)
def _same_ink(old: str, new: str) -> bool:
    return ink(old) == ink(new)


def _disjoint(proposed: list[AppliedEdit]) -> tuple[AppliedEdit, ...]:
    stops, starts = [edit.stop for edit in proposed], [edit.start for edit in proposed]
    if all(map(lt, stops, islice(starts, 1, None))) and all(edit.old != edit.new for edit in proposed):
        return tuple(proposed)  # as most often where one rule made them all
    kept: list[AppliedEdit] = []
    end = -1
    proposed.sort(key=attrgetter("stop"))
    proposed.sort(key=attrgetter("start"))
    for edit in proposed:
        free = edit.start > end or (edit.start == end and kept[-1].start != edit.start)
        if free and edit.old != edit.new:
            kept.append(edit)
            end = edit.stop
    return tuple(kept)
