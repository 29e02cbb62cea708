"""Quantities, names, roles and pairing: from documents to indicators (docs/indicators.md)."""

from __future__ import annotations

from collections.abc import Sequence

from govdoc.indicator import Indicator
from govdoc.model import Document


def measure(documents: Sequence[Document]) -> list[Indicator]:
    """The indicators of ``documents``, in reading order; offsets are those of each document's decoded source."""
    from govdoc.measuring.records import measure_document

    return [record for document in documents for record in measure_document(document)]
