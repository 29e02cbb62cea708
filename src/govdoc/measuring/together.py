"""Which documents belong together: a plan and the summary of its year, a plan and last year's (indicators.md §8)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from govdoc.errors import UsageError
from govdoc.measuring.tasks import Passage, Task, passages_of, tasks_of
from govdoc.model import Document
from govdoc.parsing.places import place_of_document

_FEWEST = 2
_SMALL = 200
GIVEN = "由用户指定"
"""Why a bond holds that a person gave."""
_BODY = re.compile(r"(?:办公厅|办公室|委员会|厅|局|委|部|处|院|中心|党组)+$")
_PLACE = re.compile(r"^.{1,12}?[省市县区旗州盟](?=.{2})")
_COMMON = re.compile(
    r"关于|印发|的通知|20\d\d|学?年度?|上半年|下半年|全[国省市县区]|各|教育局?|体育局?|工作|重点|要点|总结|计划|报告|安排|"
    r"思路|任务|情况|打算|事业|发展|系统|办公室|通知|目标|清单|方案|主要|政府|[和及与暨的局委厅]|[^一-龥]"
)
Kind = Literal["result", "last plan"]


class Bond(NamedTuple):
    """Two documents, by their places in the collection: a plan and the summary of its year, or the plan before it."""

    kind: Kind
    plan: int
    other: int
    year: int | None
    why: str


class Read(NamedTuple):
    """What a document plans and what it reports, for which years, of which place and agency."""

    tasks: list[Task]
    passages: list[Passage]
    planned: int | None
    done: int | None
    region: str | None
    agency: str | None
    title: str = ""


def read_together(document: Document) -> Read:
    """What there is in a document to set beside another."""
    tasks, passages = tasks_of(document), passages_of(document)
    planned = _year(tasks) if len(tasks) >= _FEWEST else None
    done = _year(passages) if len(passages) >= _FEWEST else None
    return Read(
        tasks,
        passages,
        planned,
        done,
        place_of_document(document).region,
        agency_of(document),
        document.main.title or "",
    )


def _year(parts: Iterable[Task | Passage]) -> int | None:
    counted = Counter(part.year for part in parts if part.year)
    return counted.most_common(1)[0][0] if counted else None


def agency_of(document: Document) -> str | None:
    """The agency that issued a document: as signed, else as its mark says."""
    header = document.header
    marked = header.issuer_mark.agencies if header.issuer_mark else ()
    return next(iter((*document.main.signature_orgs, *marked)), None)


def own_words(title: str) -> str:
    """What a title says beyond its year and kind: the place or the field (2024年武进教育工作要点: 武进)."""
    return _COMMON.sub("", title)


def same_agency(one: str | None, other: str | None) -> bool:
    """Whether two names may be of one agency (教育局, 教育体育局); what is not known may be any."""
    if not one or not other or one == other:
        return True
    left, right = (_BODY.sub("", _PLACE.sub("", name)) for name in (one, other))
    if not left or not right:
        return left == right
    return bool({left[i : i + 2] for i in range(len(left) - 1)} & {right[i : i + 2] for i in range(len(right) - 1)})


def find_bonds(read: Sequence[Read], given: Sequence[tuple[int, int]] = ()) -> list[Bond]:
    """Documents that belong together, as a person said (``given``: plan, result) and then as they themselves say.

    Of a pair a person gave neither half is bound to another result. A document that does not say its place is bound
    only where no other would do.
    """
    bonds = [Bond("result", plan, result, read[plan].planned, GIVEN) for plan, result in given]
    plans, results = ({bond[at] for bond in bonds} for at in (1, 2))
    done, planned = _by_place_and_year(read, "done"), _by_place_and_year(read, "planned")
    for i, one in enumerate(read):
        if one.planned is None:
            continue
        year = one.planned
        for j in _candidates(done, one, year, read) if i not in plans else ():
            if j not in (i, *results) and _alike(one, read[j]):
                bonds.append(Bond("result", i, j, year, _why(one, read[j], f"{year}年的计划与总结")))
        for j in _candidates(planned, one, year - 1, read):
            if j != i and _alike(one, read[j]):
                bonds.append(Bond("last plan", i, j, year, _why(one, read[j], f"{year}年与{year - 1}年的计划")))
    return sorted(_best(bonds, read), key=lambda bond: (bond.kind == "last plan", bond.plan, bond.other))


_Index = dict[tuple[str | None, int | None], list[int]]


def _by_place_and_year(read: Sequence[Read], field: str) -> _Index:
    found: _Index = {}
    for i, one in enumerate(read):
        found.setdefault((one.region, getattr(one, field)), []).append(i)
    return found


def _candidates(index: _Index, one: Read, year: int, read: Sequence[Read]) -> list[int]:
    """Documents of a year that may belong to this one; what says no place is looked at in small collections only."""
    small = len(read) <= _SMALL
    if one.region is None:
        return [i for (_, when), some in index.items() if when == year and small for i in some]
    return index.get((one.region, year), []) + (index.get((None, year), []) if small else [])


def _alike(one: Read, other: Read) -> bool:
    if one.region and other.region:
        return one.region == other.region and same_agency(one.agency, other.agency)
    words = own_words(one.title), own_words(other.title)
    said = [f"{read.region or ''}{read.agency or ''}{read.title}" for read in (one, other)]
    agreed = all(not word or word in text for word, text in zip(words, reversed(said), strict=True))
    return agreed and same_agency(one.agency, other.agency)


def _why(one: Read, other: Read, what: str) -> str:
    place = one.region or other.region or ""
    unknown = "" if one.region and other.region else "；有一份未写明地区，请核对"
    agency = one.agency or other.agency
    return f"同为{agency or place or '未写明机关'}，{what}{unknown}"


def _best(bonds: list[Bond], read: Sequence[Read]) -> Iterator[Bond]:
    """Without the bonds on an unknown place where the plan, or the other, has one on a known place."""
    known = [bond for bond in bonds if read[bond.plan].region and read[bond.other].region]
    held = {(bond.kind, bond.plan) for bond in known} | {(bond.kind, ~bond.other) for bond in known}
    for bond in bonds:
        sure = bond in known or bond.why == GIVEN
        if sure or not {(bond.kind, bond.plan), (bond.kind, ~bond.other)} & held:
            yield bond


def named(documents: Sequence[Document], name: str, *, plan: bool) -> int:
    """The document a person names by its source: of several in one source the one that plans, or reports, most."""
    found = [i for i, one in enumerate(documents) if one.source.name == name]
    if not found:
        raise UsageError("holds no document to pair", place=name, remedy="name the files as they are read")
    weigh = tasks_of if plan else passages_of
    return max(found, key=lambda i: len(weigh(documents[i])))
