"""What a batch has to do: each input against what the job ledger says of it. Nothing here touches a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
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


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class Step:
    """One document to do: the ``kinds`` of products to make, and why."""

    sight: Sight
    reason: Reason
    kinds: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    """What to do, how much is done already, what failed before and is left, and whose source (by stem) is gone.

    ``edited`` are the products that a person changed.
    """

    steps: tuple[Step, ...]
    unchanged: int
    failed: tuple[Record, ...]
    removed: Mapping[str, str]
    edited: tuple[str, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """How many of each."""
        counted = Counter(step.reason for step in self.steps)
        return {
            **{reason: counted[reason] for reason in REASONS},
            "unchanged": self.unchanged,
            "failed": len(self.failed),
            "removed": len(self.removed),
        }


def make_plan(
    seen: Iterable[tuple[Sight, Record | None]],
    sources: Iterable[tuple[str, str]],
    condition: Callable[[Made], Condition],
    exists: Callable[[str], bool],
    *,
    retry_failed: bool = False,
    force: bool = False,
) -> Plan:
    """The plan for the inputs as seen, each with what is recorded of it; ``sources`` are all recorded, by stem.

    ``condition`` says how a product lies there, ``exists`` whether a source does. What a person changed is made again
    with ``force`` only.
    """
    steps: list[Step] = []
    failed: list[Record] = []
    edited: list[str] = []
    unchanged, stems = 0, set()
    for sight, record in seen:
        stems.add(sight.stem)
        conditions = [(made, condition(made)) for made in record.products] if record else []
        edited += [made.path for made, found in conditions if found == "changed"]
        lacking = {made.kind for made, found in conditions if found == "missing" or (force and found == "changed")}
        step = _step(sight, record, lacking, retry_failed)
        if step:
            steps.append(step)
        elif record and record.state == "failed":
            failed.append(record)
        else:
            unchanged += 1
    removed = {stem: source for stem, source in sources if stem not in stems and not exists(source)}
    return Plan(tuple(steps), unchanged, tuple(failed), removed, tuple(edited))


def _step(sight: Sight, record: Record | None, lacking: Collection[str], retry_failed: bool) -> Step | None:
    everything = tuple(sight.keys)
    if record is None:
        return Step(sight, "new", everything)
    if record.sha256 != sight.sha256:
        return Step(sight, "changed", everything)
    stale = tuple(kind for kind, key in sight.keys.items() if record.keys.get(kind) != key or kind in lacking)
    if record.state == "failed":
        # What the disk refused is tried again by itself; what the document caused only when it or the rules change.
        if stale or record.exit_status == OutputError.exit_status:
            return Step(sight, "stale" if stale else "retried", everything)
        return Step(sight, "retried", everything) if retry_failed else None
    return Step(sight, "stale", stale) if stale else None
