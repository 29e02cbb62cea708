"""From the bytes of a PDF to its reading: text, marks, and notices of what a person should know."""

from __future__ import annotations

from collections.abc import Iterator

from govdoc.errors import InputError
from govdoc.readers.pdf.compose import Composition, compose
from govdoc.readers.pdf.extract import extract
from govdoc.readers.pdf.page import Extract
from govdoc.readers.pdf.process import Reading
from govdoc.readers.pdf.writing import write
from govdoc.span import Notice


def make_reading(data: bytes) -> Reading:
    """Read a PDF; what is wrong with it is told in the reading."""
    try:
        found = extract(data)
        _refuse_scan(found)
    except InputError as error:
        return Reading(error=error.message, remedy=error.remedy)
    made = compose(found)
    text, marks = write(made.blocks)
    return Reading(text, marks, (*_notices(found), *_layout_notices(made)))


def _refuse_scan(found: Extract) -> None:
    if any(page.glyphs for page in found.pages):
        return
    if found.counts.get("scan"):
        raise InputError(
            f"is a scanned PDF: {found.page_count} page(s) of pictures without text",
            remedy="recognise its text first, with ocrmypdf -l chi_sim",
        )
    raise InputError("is a PDF without text", remedy="recognise its text first, with ocrmypdf -l chi_sim")


COUNTED = {
    "scan": ("P101", "warning", "no text on page(s) {pages}, only pictures: recognise them with ocrmypdf -l chi_sim"),
    "layer": ("P102", "warning", "page(s) {pages} are scans; their text is what someone's OCR read"),
    "unmapped": (
        "P103",
        "warning",
        "{count} character(s) on page(s) {pages} have no meaning in their font: read as U+FFFD",
    ),
    "unpainted": ("P104", "warning", "{count} invisible character(s) left out on page(s) {pages}"),
    "white": ("P104", "warning", "{count} white character(s) on white left out on page(s) {pages}"),
    "tiny": ("P104", "warning", "{count} character(s) too small to read left out on page(s) {pages}"),
    "outside": ("P104", "warning", "{count} character(s) outside the visible page left out on page(s) {pages}"),
    "askew": ("P105", "info", "{count} character(s) set aslant (a watermark) left out on page(s) {pages}"),
    "filled": ("P108", "info", "{count} form field(s) or typed remark(s) on page(s) {pages} read where they stand"),
    "vertical": ("P109", "info", "page(s) {pages} are set vertically: read column by column from the right"),
    "unreadable": ("P106", "warning", "page(s) {pages} are damaged and were not read"),
}


def _notices(found: Extract) -> Iterator[Notice]:
    for what, (code, level, message) in COUNTED.items():
        if pages := found.counts.get(what):
            shown = ", ".join(map(str, sorted(pages)))
            yield Notice(code, level, message.format(pages=shown, count=sum(pages.values())))  # type: ignore[arg-type]
    if found.attachments:
        names = ", ".join(found.attachments)
        yield Notice("P107", "warning", f"{len(found.attachments)} file(s) embedded in the PDF were not read: {names}")


def _layout_notices(made: Composition) -> Iterator[Notice]:
    if heads := sorted(made.furniture.heads):
        yield Notice("P110", "info", f"page heads and feet left out: {' | '.join(heads)}")
    if numbered := made.furniture.numbered:
        yield Notice("P111", "info", f"page numbers left out on {len(numbered)} page(s)")
    if columned := sorted(set(made.columned)):
        yield Notice("P112", "info", f"page(s) {', '.join(map(str, columned))} read column by column")
    if made.heads_joined:
        yield Notice("P113", "info", f"{made.heads_joined} repeated table head(s) left out where a table goes on")
