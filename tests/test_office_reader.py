"""Old Word files and RTF: told from their bytes, read through LibreOffice where it is, refused with a remedy else."""

from __future__ import annotations

import struct
import sys
import time
from pathlib import Path

import pytest

from govdoc.errors import InputError
from govdoc.readers import office, read_source
from govdoc.source import Source

HEADER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(22) + b"\x09\x00" + bytes(480)


def container(stream: str, first_sector: int = 1, content: bytes = b"") -> bytes:
    """An OLE 2 container with one stream in its directory, as far as it is looked at."""
    name = stream.encode("utf-16-le") + b"\0\0"
    entry = bytearray(name.ljust(128, b"\0"))
    struct.pack_into("<H", entry, 0x40, len(name))
    struct.pack_into("<I", entry, 0x74, first_sector)
    return HEADER + bytes(entry).ljust(512, b"\0") + content.ljust(512, b"\0")


def fake_office(folder: Path, monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """A program called soffice that runs some Python."""
    program = folder / "soffice"
    program.write_text(f"#!{sys.executable}\nimport os, sys, time\n{code}\n", "utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))


REFUSED = {
    "EncryptedPackage": "encrypted with a password",
    "Workbook": r"Excel workbook \(.xls\)",
    "Book": r"Excel workbook \(.xls\)",
    "PowerPoint Document": "PowerPoint",
    "__properties_version1.0": "Outlook",
    "Something": "without a Word document",
}


@pytest.mark.parametrize("stream", REFUSED)
def test_other_files_of_that_kind_are_refused_by_name(stream: str) -> None:
    with pytest.raises(InputError, match=REFUSED[stream]) as raised:
        read_source(Source(container(stream), name="坏.doc"))
    assert str(raised.value).startswith("坏.doc: ")
    assert raised.value.remedy


def test_a_name_that_only_stands_in_the_text_is_no_stream() -> None:
    data = container("WordDocument") + b"x" + "Workbook\0".encode("utf-16-le")
    with pytest.raises(InputError, match="LibreOffice"):
        read_source(Source(data, name="x.doc"))


def test_an_encrypted_doc_is_named_as_such() -> None:
    with pytest.raises(InputError, match="encrypted with a password"):
        read_source(Source(container("WordDocument", 1, bytes(10) + b"\x00\x01"), name="x.doc"))


@pytest.mark.parametrize("data", [container("WordDocument"), b"{\\rtf1 x}"])
def test_without_libreoffice_it_is_said_what_to_do(
    data: bytes, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(InputError, match="not installed") as raised:
        read_source(Source(data, name="x.doc"))
    assert raised.value.remedy == "install LibreOffice, or save the file as .docx"
    assert raised.value.exit_status == 3


def test_libreoffice_that_hangs_is_ended_with_all_it_started(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    code = f"if os.fork() == 0:\n    time.sleep(4)\n    open({str(trace)!r}, 'w')\ntime.sleep(60)"
    fake_office(tmp_path, monkeypatch, code)
    monkeypatch.setattr(office, "SECONDS", 1)
    with pytest.raises(InputError, match="did not finish within 1 s"):
        read_source(Source(b"{\\rtf1 x}", name="x.rtf"))
    time.sleep(4)
    assert not trace.exists()


def test_libreoffice_that_cannot_is_quoted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    fake_office(tmp_path, monkeypatch, "print('Error: source file could not be loaded')")
    with pytest.raises(InputError, match="source file could not be loaded") as raised:
        read_source(Source(b"{\\rtf1 x}", name="x.rtf"))
    assert "\n" not in str(raised.value)


def test_what_is_larger_than_anyone_writes_is_not_handed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "MAX_BYTES", 5)
    monkeypatch.setattr(office.shutil, "which", lambda name: name)
    with pytest.raises(InputError, match="larger than"):
        read_source(Source(b"{\\rtf1 x}", name="x.rtf"))


RTF = (
    "{\\rtf1\\ansi\\ansicpg936\\uc1 \\pard\\qc "
    + "".join(f"\\u{ord(char)}?" for char in "关于做好教育工作的通知")
    + "\\par\\pard\\ql "
    + "".join(f"\\u{ord(char)}?" for char in "各单位：")
    + "\\par}"
)


def test_an_rtf_is_read_and_it_is_said_through_what(require_tool: object) -> None:
    require_tool("soffice")  # type: ignore[operator]
    found = read_source(Source(RTF.encode("ascii"), name="x.wps"))
    assert found.text == "关于做好教育工作的通知\n各单位：\n"
    assert (found.media_type, found.encoding) == ("application/rtf", "utf-8")
    assert [(mark.start, mark.stop) for mark in found.marks if mark.kind == "centred"] == [(0, 11)]
    assert found.notices[0].message.startswith("read from .rtf through LibreOffice")
    assert any(digit in found.notices[0].message for digit in "123456789")


def test_a_broken_doc_is_refused_by_libreoffice_too(require_tool: object) -> None:
    require_tool("soffice")  # type: ignore[operator]
    with pytest.raises(InputError):
        read_source(Source(container("WordDocument"), name="x.doc"))
