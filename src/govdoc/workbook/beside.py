"""Documents beside one another: tasks with the passages that answer them, a plan with last year's, row by row."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from itertools import accumulate

from govdoc.measuring.tasks import Answer, Kinship, Passage, Task, answers, kinships
from govdoc.measuring.together import Bond, Read, find_bonds, named, read_together
from govdoc.model import Document

Given = Sequence[tuple[str, str]]
"""Names of sources a person set together: a plan and its result."""


class Beside:
    """What a collection sets beside what, and on which row of a sheet each stands (from 0)."""

    def __init__(self, documents: Sequence[Document], given: Given = ()) -> None:
        self.documents = documents
        pairs = [(named(documents, plan, plan=True), named(documents, result, plan=False)) for plan, result in given]
        self.given = [(documents[plan].id, documents[result].id) for plan, result in pairs]
        self.read: list[Read] = [read_together(document) for document in documents]
        self.bonds: list[Bond] = find_bonds(self.read, pairs)
        self.results = [bond for bond in self.bonds if bond.kind == "result"]
        self.plans = [bond for bond in self.bonds if bond.kind == "last plan"]
        self.answers: list[list[list[Answer]]] = [
            answers(self.read[bond.plan].tasks, self.read[bond.other].passages) for bond in self.results
        ]
        counts = (len(self.read[bond.plan].tasks) for bond in self.results)
        self._first_task = [0, *accumulate(counts)]
        self.summaries = list(dict.fromkeys(bond.other for bond in self.results))
        counts = (len(self.read[i].passages) for i in self.summaries)
        self._first_passage = dict(zip(self.summaries, [0, *accumulate(counts)], strict=False))

    def tasks(self, bond: int) -> list[Task]:
        """The tasks of a bond's plan."""
        return self.read[self.results[bond].plan].tasks

    def task_key(self, bond: int, task: int) -> str:
        """任务键: outlives a new run as a record's id does; a plan's second summary has keys of its own."""
        found, one = self.results[bond], self.tasks(bond)[task]
        same = sum(other.start == one.start for other in self.tasks(bond)[:task])
        first = next(other for other in self.results if other.plan == found.plan)
        beyond = "" if first is found else self.documents[found.other].source.sha256
        key = f"{self.documents[found.plan].source.sha256}:{one.start}:{same}{beyond}"
        return hashlib.sha256(key.encode()).hexdigest()[:12]

    def passages(self, bond: int) -> list[Passage]:
        """The passages of a bond's summary."""
        return self.read[self.results[bond].other].passages

    def task_row(self, bond: int, task: int) -> int:
        """The row of a task among all tasks."""
        return self._first_task[bond] + task

    def passage_row(self, document: int, passage: int) -> int:
        """The row of a passage among all passages."""
        return self._first_passage[document] + passage

    def answered(self) -> dict[tuple[int, int], list[tuple[int, int]]]:
        """Document and passage → the tasks (bond, task) they stand beside, the likest first."""
        found: defaultdict[tuple[int, int], list[tuple[float, int, int]]] = defaultdict(list)
        for b, bond in enumerate(self.results):
            for t, some in enumerate(self.answers[b]):
                for answer in some:
                    found[bond.other, answer.passage].append((-answer.likeness, b, t))
        return {key: [(b, t) for _, b, t in sorted(some)] for key, some in found.items()}

    def kin(self, bond: Bond) -> list[Kinship]:
        """A plan's tasks beside last year's; an outline does not say what was dropped."""
        found = kinships(self.read[bond.plan].tasks, self.read[bond.other].tasks)
        return [kin for kin in found if kin.state != "dropped"] if self.outlined(bond) else found

    def outlined(self, bond: Bond) -> bool:
        """Whether the year's plan is only an outline at the end of a report: fewer tasks than passages and than before.

        Half as many tasks as the year before are a plan of their own (a short 要点).
        """
        plan, before = self.read[bond.plan], self.read[bond.other]
        return len(plan.tasks) < len(plan.passages) and 2 * len(plan.tasks) < len(before.tasks)


def titled(task: Task) -> str:
    """A task in short: its label and heading, else the beginning of its text."""
    words = task.heading or task.text
    return task.label + (words if len(words) <= 40 else f"{words[:39]}…")


def placed(passage: Passage) -> str:
    """Where a passage stands: its headings, the last in full."""
    return " / ".join(passage.section)
