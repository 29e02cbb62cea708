"""Copies: documents that say the same figures in the same sentences, taken from two places; each counts once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from govdoc.indicator import Indicator

Where = tuple[str, str]
"""Source and document id: two files of the same bytes have the same id."""
_FEWEST = 3
"""Documents of fewer records may agree by chance."""


def copies_in(records: Iterable[Indicator]) -> dict[Where, Where]:
    """Each copy → the first document with the same records: sentence, value, name, place and year, in order."""
    said: dict[Where, tuple[int, bytes]] = {}
    for one in records:
        where = one.source, one.document_id
        count, before = said.get(where, (0, b""))
        parts = (one.sentence, "".join(one.raw.split()), one.name, one.region or "", one.period or "", one.role)
        text = "\x1f".join(parts).encode("utf-8", "surrogatepass")
        said[where] = count + 1, hashlib.blake2b(before + text, digest_size=16).digest()
    first: dict[bytes, Where] = {}
    found = {}
    for where, (count, digest) in said.items():
        original = first.setdefault(digest, where)
        if original != where and count >= _FEWEST:
            found[where] = original
    return found
