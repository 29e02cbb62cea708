"""Scoring of the passages found for tasks against those labelled by hand: hit@1 and hit@3."""

from __future__ import annotations

from pathlib import Path

import govdoc
from govdoc.measuring.tasks import Passage, Task, answers, passages_of, tasks_of

HERE = Path(__file__).resolve().parent


def labelled() -> dict[tuple[str, str], dict[str, list[str]]]:
    """Plan and summary (seeds), then task → the words of which a right passage holds one."""
    found: dict[tuple[str, str], dict[str, list[str]]] = {}
    for line in (HERE / "data" / "tasks" / "labels.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            plan, summary, task, words = line.split("\t")
            found.setdefault((plan, summary), {})[task] = words.split("|")
    return found


def read_pair(plan: str, summary: str) -> tuple[list[Task], list[Passage]]:
    """The tasks of one seed and the passages of another."""
    paths = [next((HERE.parent / "seeds").glob(f"{number}_*.txt")) for number in (plan, summary)]
    planned, done = (govdoc.parse(path)[0] for path in paths)
    return tasks_of(planned), passages_of(done)


def hits() -> tuple[int, int, int, list[str]]:
    """How many tasks are labelled, found first, found among three; and those that are not."""
    total = first = third = 0
    missed: list[str] = []
    for (plan, summary), wanted in labelled().items():
        tasks, passages = read_pair(plan, summary)
        found = dict(zip((task.label for task in tasks), answers(tasks, passages), strict=True))
        for label, words in wanted.items():
            texts = [passages[one.passage].text for one in found.get(label, [])]
            right = [any(word in text for word in words) for text in texts]
            total, first, third = total + 1, first + any(right[:1]), third + any(right[:3])
            if not any(right[:1]):
                missed.append(f"{plan} {label} {any(right)} {texts}")
    return total, first, third, missed
