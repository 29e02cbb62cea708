"""Cleaned text in, canonical 公文 out."""

from __future__ import annotations

from govdoc.cleaned import Cleaned
from govdoc.model import Document, SourceInfo
from govdoc.parsing.document import read_document
from govdoc.parsing.lines import read_lines
from govdoc.parsing.split import Part, split_documents
from govdoc.parsing.supply import supply
from govdoc.wording.vocabulary import squeeze

__all__ = ["parse", "supply"]


def parse(cleaned: Cleaned) -> list[Document]:
    """The documents in a cleaned text, in order; none where it holds no ink.

    Every ink of the text lies in the span of a field or a block of one of them.
    """
    parts = split_documents(read_lines(cleaned))
    metadata = _metadata(cleaned, parts)
    return [
        read_document(part, _source_info(cleaned, i, len(parts), metadata[i]), cleaned.trace)
        for i, part in enumerate(parts)
    ]


def _source_info(cleaned: Cleaned, i: int, parts: int, metadata: dict[str, str]) -> SourceInfo:
    source = cleaned.decoded.source
    return SourceInfo(
        name=source.name,
        sha256=source.sha256,
        bytes=len(source.data),
        encoding=cleaned.decoded.encoding,
        media_type=cleaned.decoded.media_type,
        part=i + 1,
        parts=parts,
        url=source.url,
        fetched_at=source.fetched_at,
        metadata=metadata,
    )


def _metadata(cleaned: Cleaned, parts: list[Part]) -> list[dict[str, str]]:
    """What the page said, given to the part it stands in; what came with the source belongs to every part."""
    found = [dict(cleaned.decoded.source.metadata) for _ in parts]
    stops = [part.lines[-1].stop for part in parts]
    for mark in cleaned.marks:
        if mark.kind == "metadata" and mark.key and found:
            place = cleaned.trace.forward(mark.start)
            i = next((n for n, stop in enumerate(stops) if place < stop), len(parts) - 1)
            found[i].setdefault(squeeze(mark.key).strip("【】[]：:"), (mark.value or "").strip())
    return found
