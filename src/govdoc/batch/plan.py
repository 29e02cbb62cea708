"""What a batch has to do: each input against what the job ledger says of it. Nothing here touches a file."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from govdoc.batch.jobs import Made, Record
from govdoc.errors import OutputError
from govdoc.inputs import Input

Reason = Literal["new", "changed", "stale", "retried"]
REASONS: dict[Reason, str] = {
    "new": "not seen before",
    "changed": "its content or what is said of it changed",
    "stale": "made by other rules, style or exporter, or a product is gone",
    "retried": "failed before",
}
Condition = Literal["as made", "missing", "changed"]


@dataclass(frozen=True)
class Sight:
    """An input as it lies there: where, its content's SHA-256, size and time, and the key of each kind of product."""

    item: Input
    origin: str
    sha256: str
    bytes: int
    mtime_ns: int
    keys: Mapping[str, str]

    @property
    def stem(self) -> str:
        """Its products' path below the output folder."""
        return self.item.stem.as_posix()


@dataclass(frozen=True)
class Step:
    """One document to do: the ``kinds`` of products to make, and why."""

    sight: Sight
    reason: Reason
    kinds: tuple[str, ...]
    record: Record | None = None


@dataclass(frozen=True)
class Plan:
    """What to do, what is done already, what failed before and is left, and whose source is gone."""

    steps: tuple[Step, ...]
    unchanged: tuple[Record, ...]
    failed: tuple[Record, ...]
    removed: tuple[Record, ...]
    edited: tuple[str, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """How many of each."""
        counted = {reason: sum(step.reason == reason for step in self.steps) for reason in REASONS}
        return counted | {"unchanged": len(self.unchanged), "failed": len(self.failed), "removed": len(self.removed)}


def make_plan(
    sights: Sequence[Sight],
    records: Mapping[str, Record],
    condition: Callable[[Made], Condition],
    exists: Callable[[str], bool],
    *,
    retry_failed: bool = False,
) -> Plan:
    """The plan for the inputs as seen.

    ``condition`` says how a product lies there, ``exists`` whether a source does.
    """
    steps: list[Step] = []
    unchanged: list[Record] = []
    failed: list[Record] = []
    edited: list[str] = []
    for sight in sights:
        record = records.get(sight.stem)
        conditions = {made: condition(made) for made in record.products} if record else {}
        edited += [made.path for made, found in conditions.items() if found == "changed"]
        step = _step(
            sight, record, {made.kind for made, found in conditions.items() if found == "missing"}, retry_failed
        )
        if step:
            steps.append(step)
        elif record:
            (failed if record.state == "failed" else unchanged).append(record)
    seen = {sight.stem for sight in sights}
    removed = tuple(record for stem, record in records.items() if stem not in seen and not exists(record.source))
    return Plan(tuple(steps), tuple(unchanged), tuple(failed), removed, tuple(edited))


def _step(sight: Sight, record: Record | None, incomplete: Collection[str], retry_failed: bool) -> Step | None:
    everything = tuple(sight.keys)
    if record is None:
        return Step(sight, "new", everything, record)
    if record.sha256 != sight.sha256:
        return Step(sight, "changed", everything, record)
    stale = tuple(kind for kind, key in sight.keys.items() if record.keys.get(kind) != key or kind in incomplete)
    if record.state == "failed":
        # What the disk refused is tried again by itself; what the document caused only when it or the rules change.
        if stale or record.exit_status == OutputError.exit_status:
            return Step(sight, "stale" if stale else "retried", everything, record)
        return Step(sight, "retried", everything, record) if retry_failed else None
    return Step(sight, "stale", stale, record) if stale else None
