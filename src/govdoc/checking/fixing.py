"""Mending what is mechanical: the fixes of findings as edits in a ledger, to a fixed point."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from govdoc.checking.finding import Finding, Report
from govdoc.checking.textual import check_documents
from govdoc.cleaned import Cleaned, Decoded
from govdoc.config import CleanConfig
from govdoc.edits import AppliedEdit, Pass, apply
from govdoc.errors import InputError, UsageError

AS_SHIPPED = CleanConfig()
ROUNDS = 5
"""Rounds before mending gives up on a fixed point: a fix may bring a further finding to light."""
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")


def check_text(name: str, decoded: Decoded, config: CleanConfig = AS_SHIPPED) -> Report:
    """The report on a decoded text; ``config`` says how it is cleaned to be read."""
    from govdoc.cleaning import clean
    from govdoc.parsing import parse

    cleaned = clean(decoded, disable=config.disable, chrome=config.patterns)
    return check_documents(name, parse(cleaned), cleaned)


def fix_text(
    name: str, decoded: Decoded, config: CleanConfig = AS_SHIPPED, disable: Collection[str] = ()
) -> tuple[Cleaned, Report]:
    """The text with every mechanical fix made, its ledger, and the report on what is left.

    Nothing but the places of those findings changes; ``disable`` holds codes of checks that are not made.
    ``UsageError`` for what is no plain text, ``InputError`` where it holds bytes or controls that no product may hold.
    """
    if decoded.media_type != "text/plain":
        raise UsageError("--fix mends plain text", place=name, remedy="clean it first and check the product")
    if _NO_TEXT.search(decoded.text):
        raise InputError("holds bytes that are no text", place=name, remedy="clean it first and fix the product")
    text, passes = decoded.text, list[Pass]()
    report = check_text(name, decoded, config).without(disable)
    for _ in range(ROUNDS):
        edits = _edits(text, report.findings)
        if not edits:
            break
        text = apply(text, edits)
        passes.append(Pass(edits))
        report = check_text(name, replace(decoded, text=text, byte_patches=()), config).without(disable)
    return Cleaned(decoded, text, tuple(passes)), report


def _edits(text: str, findings: Sequence[Finding]) -> tuple[AppliedEdit, ...]:
    """The fixes that do not overlap; the others wait for the next round."""
    kept: list[AppliedEdit] = []
    end = -1
    fixable = [finding for finding in findings if finding.span and finding.fix is not None]
    for finding in sorted(fixable, key=lambda one: one.span or (0, 0)):
        start, stop = finding.span or (0, 0)
        old = text[start:stop]
        if start > end and old != finding.fix and "\n" not in old:
            kept.append(AppliedEdit(finding.code, start, stop, old, finding.fix or ""))
            end = max(stop, start)
    return tuple(kept)
