"""Tasks of a plan and the passages of a summary that answer them (任务落实对照); a plan beside last year's.

Nothing here says whether a task was done: it finds what a person should read beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from govdoc.measuring.clauses import Piece, depths, sentences
from govdoc.measuring.sections import Section, bodies, sections, stance_of
from govdoc.measuring.similarity import Corpus
from govdoc.model import Block, Cell, Document

MOST = 3
"""So many passages stand beside a task at most."""
LEAST = 0.05
"""Less alike than this, a passage does not stand beside a task."""
_BESIDE = 0.4  # of the best one's likeness, for a second and a third
_WHOLE = 0.7  # how much the task as a whole weighs, beside its likest sentence
_SHORTEST = 8
_KEPT, _CHANGED = 0.8, 0.22
_YEAR = re.compile(r"(?:20\d\d年(?:度)?|今年|本年)")
_TASK_HEAD = re.compile(r"(?:任务|工作|事项|措施|举措)(?:内容|名称|清单)?$")
State = Literal["kept", "changed", "new", "dropped"]


class Task(NamedTuple):
    """A numbered task: its label and heading, the whole text, where it stands, and the year it is for."""

    label: str
    heading: str
    text: str
    section: tuple[str, ...]
    start: int
    end: int
    year: int | None


class Passage(NamedTuple):
    """A sentence of a summary with its headings and place."""

    text: str
    section: tuple[str, ...]
    start: int
    end: int
    year: int | None


class Answer(NamedTuple):
    """A passage, by its place in the list, and how alike it is to the task, 0 to 1."""

    passage: int
    likeness: float


class Kinship(NamedTuple):
    """A task of this year's plan beside one of last year's; either is ``None`` where the other stands alone."""

    state: State
    now: int | None
    before: int | None
    likeness: float


def tasks_of(document: Document) -> list[Task]:
    """The numbered tasks of what a document plans, in reading order."""
    return [task for body in bodies(document) for task in _tasks(sections(body, stance_of(body)))]


def _tasks(blocks: Iterator[tuple[Block, Section]]) -> Iterator[Task]:
    current: list[tuple[Block, Section]] = []
    for block, section in blocks:
        if block.type == "table" and section.stance.role == "target":
            yield from _rows(block.rows or (), block, section)
        elif block.label:
            yield from _task(current)
            current = [(block, section)] if section.stance.role == "target" else []
        elif current and block.type == "paragraph":
            current.append((block, section))
        else:
            yield from _task(current)
            current = []
    yield from _task(current)


def _task(item: Sequence[tuple[Block, Section]]) -> Iterator[Task]:
    """The task an item makes; a heading with nothing below it but other items makes none."""
    if not item:
        return
    (first, section), *_ = item
    text = "\n".join(block.text for block, _ in item if block.text).strip()
    heading = (first.heading or "").rstrip("。：:")
    if len(text) >= _SHORTEST or (heading and first.type == "paragraph"):
        place = section.path[:-1] if first.heading else section.path
        year = section.stance.year
        yield Task(first.label or "", heading, text, place, first.span[0], item[-1][0].span[1], year)


def _rows(rows: Sequence[Sequence[Cell]], block: Block, section: Section) -> Iterator[Task]:
    """The rows of a table of tasks (重点任务分解表)."""
    heads = ["".join(cell.text.split()) for cell in rows[0]] if rows else []
    at = next((i for i, head in enumerate(heads) if _TASK_HEAD.search(head)), None)
    if at is None:
        return
    for number, row in enumerate(rows[1:], 1):
        if at < len(row) and (name := "".join(row[at].text.split())):
            pairs = zip(heads, row, strict=False)
            rest = "；".join(f"{head}：{''.join(cell.text.split())}" for head, cell in pairs if cell.text and head)
            yield Task(f"{number}.", name, rest, section.path, *block.span, section.stance.year)


def passages_of(document: Document) -> list[Passage]:
    """The sentences of what a document reports as done, in reading order."""
    return [passage for body in bodies(document) for passage in _passages(sections(body, stance_of(body)))]


def _passages(blocks: Iterator[tuple[Block, Section]]) -> Iterator[Passage]:
    for block, section in blocks:
        if block.type == "paragraph" and section.stance.role == "actual" and not section.problems:
            for piece in _long(block.text):
                yield Passage(block.text[slice(*piece)].strip(), section.path, *block.span, section.stance.year)


def _long(text: str) -> Iterator[Piece]:
    """The sentences of a text, a very short one together with the next."""
    begun: int | None = None
    for piece in sentences(text, depths(text)):
        start = piece.start if begun is None else begun
        if piece.end - start < _SHORTEST and piece.end < len(text):
            begun = start
            continue
        begun = None
        if piece.end - start >= _SHORTEST:
            yield Piece(start, piece.end)


def _plain(text: str) -> str:
    return _YEAR.sub("", text)


def answers(tasks: Sequence[Task], passages: Sequence[Passage]) -> list[list[Answer]]:
    """For each task the one to three passages likest to it, the likest first; none where none is alike at all."""
    texts = [_plain(f"{' '.join(one.section[-1:])} {one.text}") for one in passages]
    parts = [[task.heading, *(task.text[slice(*piece)] for piece in _long(task.text))] for task in tasks]
    corpus = Corpus(texts, [_plain(part) for some in parts for part in some])
    found: list[list[Answer]] = []
    for task, some in zip(tasks, parts, strict=True):
        score: dict[int, float] = {}
        for part in some:
            for i, likeness in corpus.likeness(_plain(part)).items():
                score[i] = max(score.get(i, 0.0), likeness)
        whole = corpus.likeness(_plain(f"{task.heading} {task.text}"))
        ranked = sorted((_WHOLE * whole.get(i, 0.0) + (1 - _WHOLE) * score[i], -i) for i in score)[: -MOST - 1 : -1]
        best = ranked[0][0] if ranked else 0.0
        found.append([Answer(-i, round(s, 3)) for s, i in ranked if s >= max(LEAST, best * _BESIDE)])
    return found


def kinships(now: Sequence[Task], before: Sequence[Task]) -> list[Kinship]:
    """Tasks of this year beside last year's, in this year's order, then what was dropped; the likest go together."""
    corpus = Corpus([_plain(f"{one.heading} {one.text}") for one in before], [_plain(one.text) for one in now])
    pairs = [
        (likeness, -i, -j)
        for i, task in enumerate(now)
        for j, likeness in corpus.likeness(_plain(f"{task.heading} {task.text}")).items()
        if likeness >= _CHANGED
    ]
    kin: dict[int, tuple[int, float]] = {}
    used: set[int] = set()
    for likeness, i, j in sorted(pairs, reverse=True):
        if -i not in kin and -j not in used:
            kin[-i] = -j, likeness
            used.add(-j)
    found = [_kinship(i, kin.get(i)) for i in range(len(now))]
    return found + [Kinship("dropped", None, j, 0.0) for j in range(len(before)) if j not in used]


def _kinship(i: int, kin: tuple[int, float] | None) -> Kinship:
    if kin is None:
        return Kinship("new", i, None, 0.0)
    j, likeness = kin
    return Kinship("kept" if likeness >= _KEPT else "changed", i, j, round(likeness, 3))
