"""By hand (make soak): from bytes to products on damaged and invented input, GOVDOC_SOAK seconds for each test."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import govdoc
import word_files as word
from govdoc.edits import undo_passes
from govdoc.errors import GovdocError, InputError
from govdoc.exporting import export_document
from govdoc.readers.docx import read as read_word
from govdoc.readers.pdf import process
from govdoc.readers.pdf import read as read_pdf
from html_pages import mutants as page_mutants
from html_pages import read_markup
from pdf_documents import HARD
from test_clean import PIECES
from test_docx_reader import BOXES, NOTES, RUNS, STYLES, section
from test_docx_reader_lists import CHINESE, TABLES, item

SEEDS = [path.read_bytes() for path in sorted((Path(__file__).parent.parent / "seeds").glob("*.txt"))]
SECONDS = float(os.environ.get("GOVDOC_SOAK", "120"))
ENCODINGS = ("utf-8", "gb18030", "big5", "utf-16", "hz")


def mutants(chance: random.Random) -> Iterator[bytes]:
    """Seeds cut, spliced, recoded and damaged; and texts put together from what pages hold."""
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        if chance.random() < 0.3:
            text = "".join(chance.choices(PIECES, k=chance.randrange(200)))
        else:
            text = chance.choice(SEEDS).decode()
            for _ in range(chance.randrange(8)):
                at, length = chance.randrange(len(text)), chance.randrange(60)
                text = text[:at] + chance.choice(PIECES) * chance.randrange(4) + text[at + length :]
        data = bytearray(text.encode(chance.choice(ENCODINGS), "ignore"))
        for _ in range(chance.choice((0, 0, 0, 3, 30))):
            if data:
                data[chance.randrange(len(data))] = chance.randrange(256)
        yield bytes(data)


@pytest.mark.soak
def test_cleaning_never_raises_and_always_comes_back() -> None:
    done = 0
    for data in mutants(random.Random()):  # noqa: S311 new inputs every time
        try:
            cleaned = govdoc.clean(govdoc.Source(data))
        except GovdocError:
            continue
        assert cleaned.undo() == data, data
        if not any(notice.code == "C001" for notice in cleaned.notices):
            assert govdoc.clean(cleaned.text + "\n").text == cleaned.text, data
        done += 1
    print(f"{done} texts cleaned and undone")


@pytest.mark.soak
def test_the_whole_line_never_raises() -> None:
    done = 0
    for data in mutants(random.Random()):  # noqa: S311 new inputs every time
        try:
            documents = govdoc.parse(govdoc.Source(data))
        except GovdocError:
            continue
        govdoc.measure(documents)
        for document in documents[:2]:
            for name in ("pdf", "docx", "json", "md"):
                export_document(document, name)
        done += 1
    print(f"{done} texts taken through the whole line")


def damaged_pdfs(chance: random.Random) -> Iterator[bytes]:
    """PDFs with bytes changed, cut out, doubled, and numbers put where others stood."""
    whole = [path.read_bytes() for path in sorted((Path(__file__).parent / "data" / "pdf").glob("*.pdf"))]
    whole += [make().data for make in HARD.values()]
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        data = bytearray(chance.choice(whole))
        for _ in range(chance.choice((1, 3, 10, 100))):
            at, other = chance.randrange(len(data)), chance.randrange(len(data))
            number = str(chance.choice((-1, 0, 1e9, 99999999999, 0.00001))).encode()
            new = chance.choice((bytes([chance.randrange(256)]), b"", bytes(data[other : other + 200]), number))
            data[at : at + chance.choice((1, 1, 100))] = new
        yield bytes(data)


@pytest.mark.soak
def test_damaged_pdfs_are_read_or_refused_within_the_bounds() -> None:
    done = refused = 0
    for data in damaged_pdfs(random.Random()):  # noqa: S311 new inputs every time
        began = time.monotonic()
        try:
            decoded = read_pdf(govdoc.Source(data))
        except InputError:
            refused += 1
        else:
            assert all(0 <= mark.start <= mark.stop <= len(decoded.text) for mark in decoded.marks), data
        assert time.monotonic() - began < process.SECONDS, data
        done += 1
    print(f"{done} damaged PDFs, {refused} of them refused")


def whole_word_files() -> list[bytes]:
    """Word files of ours, of each seed, and one that holds everything the tests of the reader hold."""
    documents = [document for seed in SEEDS for document in govdoc.parse(govdoc.Source(seed))]
    whole = [export_document(document, "docx").data for document in documents]
    body = "".join(body for body, _ in [*RUNS.values(), *BOXES.values(), *TABLES.values()])
    body += "".join(item("甲", place) for place in (0, 1, 2, 0)) + section("first", title=True)
    head = word.p("某县人民政府文件")
    return [*whole, word.docx(body, styles=STYLES, numbering=CHINESE, footnotes=NOTES, header1=head, settings="")]


@pytest.mark.soak
def test_damaged_word_files_are_read_or_refused_within_the_bounds() -> None:
    chance, whole = random.Random(), whole_word_files()  # noqa: S311 new inputs every time
    until, done, refused = time.monotonic() + SECONDS, 0, 0
    while time.monotonic() < until:
        data = word.damaged(chance, chance.choice(whole))
        start = time.process_time()
        try:
            decoded = read_word(govdoc.Source(data))
        except InputError:
            refused += 1
        else:
            assert all(0 <= mark.start <= mark.stop <= len(decoded.text) for mark in decoded.marks), data
            decoded.text.encode()
        assert time.process_time() - start < 5, data
        done += 1
    print(f"{done} damaged Word files, {refused} of them refused")


@pytest.mark.soak
def test_reading_pages_never_raises_and_always_comes_back() -> None:
    until, done = time.monotonic() + SECONDS, 0
    for text in page_mutants(random.Random()):  # noqa: S311 new inputs every time
        start = time.process_time()
        read = read_markup(text)
        assert undo_passes(read.plain, read.reading) == text, text
        assert time.process_time() - start < 1 + len(text) / 20_000, text
        done += 1
        if time.monotonic() > until:
            break
    print(f"{done} pages read and given back")
