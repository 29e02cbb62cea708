"""What a person should know of how a Word document was read: counted on the way, said once each."""

from __future__ import annotations

from typing import Final, Literal

from govdoc.span import Notice

Finding = Literal[
    "changes", "comments", "hidden", "running", "head", "notes", "equations", "contents", "symbols", "objects",
    "outside", "ruby", "placeholders", "diagrams",
]  # fmt: skip

_SAID: Final[dict[Finding, tuple[str, Literal["info", "warning"], str]]] = {
    "changes": ("W101", "warning", "{} tracked changes resolved: what was inserted is in, what was deleted is out"),
    "comments": ("W102", "warning", "{} comments left out"),
    "hidden": ("W103", "warning", "{} runs of hidden text left out"),
    "running": ("W104", "info", "headers and footers left out: {}"),
    "head": ("W105", "info", "the 版头 stands in a page header and was taken in: {}"),
    "notes": ("W106", "info", "{} footnotes and endnotes stand after the paragraphs that refer to them"),
    "equations": ("W107", "warning", "{} equations written as one line: compare them with the source"),
    "contents": ("W108", "info", "{} tables of contents left out: their headings are in the text"),
    "symbols": ("W109", "warning", "{} signs of a symbol font are not known and stand as U+FFFD"),
    "objects": ("W110", "warning", "{} embedded objects or charts were not read"),
    "outside": ("W111", "warning", "{} parts in another format (altChunk, subdocument) were not read"),
    "ruby": ("W112", "info", "{} readings above the text (拼音指南) left out"),
    "placeholders": ("W113", "info", "{} prompts of empty form fields left out"),
    "diagrams": ("W114", "info", "{} diagrams read as the text in them"),
}
_MOST_SAID = 120  # characters of running text quoted


class Findings:
    """Counts findings, and keeps the words of those that have some."""

    def __init__(self) -> None:
        self._counts: dict[Finding, int] = {}
        self._words: dict[Finding, dict[str, None]] = {}

    def add(self, finding: Finding, count: int = 1) -> None:
        """Count a finding."""
        if count:
            self._counts[finding] = self._counts.get(finding, 0) + count

    def say(self, finding: Finding, words: str) -> None:
        """Keep the words of a finding, each once."""
        self._words.setdefault(finding, {})[words] = None

    def notices(self) -> list[Notice]:
        """A notice for each kind of finding, in the order of their codes."""
        found = []
        for finding, (code, level, message) in _SAID.items():
            if finding in self._words:
                words = "; ".join(self._words[finding])
                shown = words if len(words) <= _MOST_SAID else words[: _MOST_SAID - 1] + "…"
                found.append(Notice(code, level, message.format(shown)))
            elif finding in self._counts:
                found.append(Notice(code, level, message.format(self._counts[finding])))
        return found
