"""Putting a document together: values into their fields, places into spans of the decoded source."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import msgspec

from govdoc.edits import Trace
from govdoc.model import Attachment, Block, Document, Pair
from govdoc.parsing.attachments import Attached
from govdoc.parsing.found import Found
from govdoc.span import Notice
from govdoc.wording.dates import DateRead

T = TypeVar("T")


class Build:
    """Collects the spans and notices of one document while its fields are filled."""

    def __init__(self, trace: Trace) -> None:
        self.trace = trace
        self.spans: dict[str, Pair] = {}
        self.notices: list[Notice] = []

    def source_span(self, start: int, stop: int) -> Pair:
        """The place in the decoded source of a place in the cleaned text."""
        span = self.trace.back_span(start, stop)
        return (span.start, span.stop)

    def value(self, pointer: str, found: Found[T] | None) -> T | None:
        """The value, its place noted under the pointer."""
        if found is None:
            return None
        self.spans[pointer] = self.source_span(found.start, found.stop)
        return found.value

    def values(self, pointer: str, found: Sequence[Found[T]]) -> tuple[T, ...]:
        """The values of a list, each with its place; one under the list's own pointer covers them all."""
        if not found:
            return ()
        self.spans[pointer] = self.source_span(found[0].start, found[-1].stop)
        for i, one in enumerate(found):
            self.spans[f"{pointer}/{i}"] = self.source_span(one.start, one.stop)
        return tuple(one.value for one in found)

    def date(self, pointer: str, found: Found[DateRead] | None) -> tuple[str | None, str | None]:
        """ISO date and the date as printed; a notice where it is no date of the calendar."""
        date = self.value(pointer, found)
        if date is None or found is None:
            return None, None
        self.spans[f"{pointer}_raw"] = self.spans[pointer]
        if date.iso is None:
            said = "no year in the date" if date.yearless else "no such date"
            self.notice("D106", "warning", f"{said}: {date.raw}", found.start, found.stop)
        elif not date.sound:
            self.notice("D106", "warning", f"{date.raw} is taken for {date.iso}", found.start, found.stop)
        return date.iso, date.raw

    def blocks(self, blocks: Sequence[Block]) -> tuple[Block, ...]:
        """The blocks with their places in the source."""
        return tuple(msgspec.structs.replace(block, span=self.source_span(*block.span)) for block in blocks)

    def attachment(self, pointer: str, one: Attached) -> Attachment:
        """An attached text and what is attached to it."""
        self.value(f"{pointer}/role" if one.number is None else f"{pointer}/number", one.label)
        iso, raw = self.date(f"{pointer}/issue_date", one.tail.date)
        if one.tail.notes:
            self.values(f"{pointer}/attachments", one.tail.notes)
        return Attachment(
            role="issued" if one.role == "issued" else "attachment",
            number=one.number,
            title=self.value(f"{pointer}/title", one.title),
            recipients=self.value(f"{pointer}/recipients", one.recipients),
            doc_number=self.value(f"{pointer}/doc_number", one.doc_number),
            body=self.blocks(one.body),
            signature_orgs=self.values(f"{pointer}/signature_orgs", one.orgs),
            issue_date=iso,
            issue_date_raw=raw,
            annotation=self.value(f"{pointer}/annotation", one.tail.annotation),
            attachments=tuple(
                self.attachment(f"{pointer}/attachments/{i}", inner) for i, inner in enumerate(one.attached)
            ),
        )

    def notice(self, code: str, level: str, message: str, start: int, stop: int) -> None:
        """A doubt for a person to look at."""
        self.notices.append(
            Notice(code, "info" if level == "info" else "warning", message, self.source_span(start, stop))
        )

    def finish(self, document: Document) -> Document:
        """The document with its spans and notices, knowing its source."""
        done = msgspec.structs.replace(document, spans=self.spans, notices=tuple(self.notices))
        return done.with_trace(self.trace)
