"""All that people give for the documents of a run, in its order: corrections, elements, then what still lacks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from govdoc.model import Document
from govdoc.parsing.supply import supply
from govdoc.supplying.overrides import Overrides, load_overrides
from govdoc.supplying.profile import Profile, load_profile


@dataclass(frozen=True)
class Given:
    """Corrections of fields by source, elements for a source's first document, and a unit's profile."""

    elements: Mapping[str, Any] = field(default_factory=dict)
    profile: Profile | None = None
    overrides: Overrides | None = None

    def apply(self, documents: Sequence[Document]) -> list[Document]:
        """The documents of one source corrected, supplied and filled; ``UsageError`` for a value that does not fit."""
        done = list(documents)
        if self.overrides:
            done = self.overrides.apply(done)
        if self.elements and done:
            done[0] = supply(done[0], self.elements)
        return [self.profile.fill(one) for one in done] if self.profile else done


def read_given(
    elements: Mapping[str, Any] | None = None,
    profile: Profile | str | Path | None = None,
    overrides: Overrides | str | Path | None = None,
) -> Given:
    """What people give, files read."""
    return Given(
        elements or {},
        load_profile(profile) if isinstance(profile, str | Path) else profile,
        load_overrides(overrides) if isinstance(overrides, str | Path) else overrides,
    )
