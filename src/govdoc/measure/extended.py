"""The second layer: measures without a number (indicators.md §3)."""

from __future__ import annotations

from collections.abc import Sequence

from govdoc.measure.clauses import Piece
from govdoc.measure.drafts import Draft
from govdoc.measure.quantities import Quantity


def read_extended(
    line: str, piece: Piece, found: Sequence[Quantity], depth: list[int], year: int | None
) -> list[Draft]:
    """The drafts of layer ``ext`` in a sentence."""
    return []
