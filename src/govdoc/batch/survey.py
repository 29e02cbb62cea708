"""A collection at a glance, which the workbook, the data set and the report each ask for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import msgspec

from govdoc.batch.document import unpack_documents
from govdoc.batch.duplicates import Name, SiteLines, Suggestion, find_duplicates
from govdoc.batch.facts import Facts, find_facts, unpack_facts
from govdoc.batch.jobs import JobLedger


@dataclass(frozen=True)
class Survey:
    """A collection at a glance: the facts of its documents in order, which of them are copies, its sites' own lines."""

    facts: Mapping[Name, Facts]
    duplicates: Mapping[Name, Name]
    suggestions: tuple[Suggestion, ...]


def survey(ledger: JobLedger) -> Survey:
    """Survey everything done. The texts are not read again, unless another version looked at them."""
    facts = {Name(stem, one.part): one for stem, found in _all_facts(ledger) for one in found}
    duplicates = find_duplicates(facts.items())
    lines = SiteLines()
    for name, one in facts.items():
        if name.part == 1 and name not in duplicates:
            lines.add(one.site(name.stem), one.edges)
        # What two texts have in common is known: most of the memory is given back.
        facts[name] = msgspec.structs.replace(one, sketch=b"", edges=())
    return Survey(facts, duplicates, tuple(lines.suggestions()))


def _all_facts(ledger: JobLedger) -> Iterator[tuple[str, tuple[Facts, ...]]]:
    for stem, packed in ledger.facts():
        found = unpack_facts(packed)
        yield stem, find_facts(unpack_documents(ledger.documents(stem)), None) if found is None else found
