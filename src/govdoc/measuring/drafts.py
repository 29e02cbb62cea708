"""What the clause grammar makes: drafts of records, and what a sentence has said so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from govdoc.indicator import Bound, Kind
from govdoc.measuring.quantities import Quantity


@dataclass(slots=True)
class Draft:
    """A record in the making: ``quantity`` in line offsets and what the grammar found out about it."""

    quantity: Quantity
    name: str
    kind: Kind
    noun: str = ""
    action: str | None = None
    subject: str | None = None
    bound: Bound | None = "eq"
    qualifier: str | None = None
    direction: str | None = None
    comparison: str | None = None
    commitment: str | None = None
    distribution: str | None = None
    grade: str | None = None
    unit_norm: str = ""
    role: str | None = None
    since: int | None = None
    needed: bool = False
    relation: str | None = None
    link: int | None = None
    group: int | None = None
    far: bool = False
    note: str | None = None
    year: int | None = None
    promised: bool = False
    clause: str = ""
    scope: str | None = None
    whole: str = ""
    layer: Literal["core", "ext"] = "core"

    @property
    def measure(self) -> str:
        """What was measured, as a change of it is named: with its owner, without the verb of doing (生猪出栏)."""
        owned = self.action is None and self.name.endswith(self.noun) and self.relation is None
        return self.name if owned else self.noun


@dataclass(slots=True)
class Context:
    """What a sentence has said so far.

    ``whole`` is what its counts are taken from (专任教师中，…); ``standing`` is the measure a streak of the clause
    speaks of (满意度连续5年超过95%).
    """

    topic: str = ""
    subject: str = ""
    verb: str = ""
    noun: str = ""
    level: int | None = None
    per: str = ""
    owner: str = ""
    prefix: str = ""
    part: bool = False
    bound: tuple[Bound, str] | None = None
    drafts: list[Draft] = field(default_factory=list)
    heading: str = ""
    whole: str = ""
    standing: str = ""
