"""The indicator record (``govdoc.indicator/1``): one flat frozen value a figure."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from govdoc.model import Value

Bound = Literal["eq", "approx", "approx_above", "approx_below", "gt", "ge", "lt", "le", "range"]
Role = Literal["target", "actual", "baseline"]
Kind = Literal["count", "amount", "ratio", "change", "rank", "award", "streak", "frequency", "qualitative"]


class Indicator(Value, frozen=True):
    """One indicator. ``start``/``end`` are offsets in the decoded source and ``source[start:end] == raw`` always.

    ``number``, ``value``, ``value_min``, ``value_max`` are exact decimals written as strings.
    """

    schema: Literal["govdoc.indicator/1"]
    id: str
    document_id: str
    source: str
    url: str | None
    title: str | None
    doc_number: str | None
    issuer: str | None
    issue_date: str | None
    province: str | None
    city: str | None
    county: str | None
    adcode: str | None
    period: str | None
    section: tuple[str, ...]
    sentence: str
    sent_start: int
    sent_end: int
    start: int
    end: int
    raw: str
    name: str
    number: str | None
    scale: str
    value: str | None
    value_min: str | None
    value_max: str | None
    unit: str
    unit_norm: str
    qualifier: str | None
    bound: Bound | None
    approximate: bool
    commitment: str | None
    role: Role
    kind: Kind
    action: str | None
    direction: str | None
    comparison: str | None
    region: str | None
    subject: str | None
    category: str | None
    salience: Literal["key", "normal", "low"]
    scope: str | None
    grade: str | None
    distribution: str | None
    group: str | None
    link: str | None
    relation: str | None
    layer: Literal["core", "ext"]
    confidence: float
    note: str | None


def indicator_schema() -> dict[str, Any]:
    """JSON Schema of an indicator record."""
    return msgspec.json.schema(Indicator)
