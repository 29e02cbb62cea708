"""There and back: a DOCX of ours, and one of LibreOffice's, read again is the same canonical document."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

import govdoc
import page_documents as made
from govdoc.exporting import export_document
from govdoc.model import Document
from govdoc.source import Source

# What speaks of the file and not of the document. Genre and kind are read from the fields that are compared.
OF_THE_FILE = ("id", "source", "spans", "notices", "origins")


def value(document: Document) -> dict[str, Any]:
    """A document as plain values, without what speaks of its file, and no place in any block."""
    found = msgspec.to_builtins(document)
    for name in OF_THE_FILE:
        found.pop(name, None)
    return _without_places(found)


def _without_places(found: Any) -> Any:
    if isinstance(found, dict):
        return {key: _without_places(each) for key, each in found.items() if key != "span"}
    return [_without_places(each) for each in found] if isinstance(found, list | tuple) else found


def back(document: Document) -> Document:
    data = export_document(document, ".docx", "auto").data
    (found,) = govdoc.parse(Source(data, name="back.docx"))
    return found


@pytest.mark.parametrize("number", range(5))
def test_a_docx_made_of_a_seed_reads_as_that_seed(number: int, seeds: list[Path]) -> None:
    for document in govdoc.parse(seeds[number]):
        assert value(back(document)) == value(document)


HEAD = ("copy_number", "secrecy", "urgency", "issuer_mark", "signers")
MADE: dict[str, Callable[[], Document]] = {"a notice": made.notice, "a request upward": made.upward}


@pytest.mark.parametrize("kind", MADE)
def test_a_whole_head_comes_back(kind: str) -> None:
    document = MADE[kind]()
    found = back(document)
    for name in HEAD:
        assert getattr(found.header, name) == getattr(document.header, name)
    number, wanted = found.header.doc_number, document.header.doc_number
    assert (number and number.raw) == (wanted and wanted.raw)
    assert found.main.title == document.main.title
    assert found.main.recipients == document.main.recipients
    assert [block.line for block in found.main.body] == [block.line for block in document.main.body]
    assert value(found)["colophon"] == value(document)["colophon"]


def converted(files: list[Path], to: str, folder: Path, soffice: str, *, text: bool = False) -> list[Path]:
    """Files as LibreOffice writes them in another format."""
    filters = {"docx": "docx:MS Word 2007 XML", "doc": "doc:MS Word 97", "rtf": "rtf:Rich Text Format"}
    given = ["--infilter=Text (encoded):UTF8"] if text else []
    command = [soffice, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore", *given]
    command += ["--convert-to", filters[to], "--outdir", str(folder / to), *map(str, files)]
    subprocess.run(command, check=True, capture_output=True, timeout=300, env={**os.environ, "HOME": str(folder)})
    return [folder / to / f"{file.stem}.{to}" for file in files]


@pytest.mark.slow
@pytest.mark.parametrize("to", ["docx", "doc", "rtf"])
def test_the_text_of_a_seed_saved_by_libreoffice_reads_as_that_seed(
    to: str, seeds: list[Path], tmp_path: Path, require_tool: Callable[[str], str]
) -> None:
    for seed, file in zip(seeds, converted(seeds, to, tmp_path, require_tool("soffice"), text=True), strict=True):
        wanted = [value(document) for document in govdoc.parse(seed)]
        assert [value(document) for document in govdoc.parse(file)] == wanted, seed.name


@pytest.mark.slow
@pytest.mark.parametrize("to", ["docx", "doc", "rtf"])
def test_our_docx_saved_again_by_libreoffice_reads_as_the_seed(
    to: str, seeds: list[Path], tmp_path: Path, require_tool: Callable[[str], str]
) -> None:
    documents = [document for seed in seeds for document in govdoc.parse(seed)]
    files = [tmp_path / f"{number}.docx" for number in range(len(documents))]
    for file, document in zip(files, documents, strict=True):
        file.write_bytes(export_document(document, ".docx", "auto").data)
    for file, document in zip(converted(files, to, tmp_path, require_tool("soffice")), documents, strict=True):
        (found,) = govdoc.parse(file)
        assert value(found) == value(document), document.source.name
