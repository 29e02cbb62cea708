"""Old Word and WPS files (``.doc``, ``.wps``) and RTF: made into DOCX by LibreOffice where it is installed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Final, NamedTuple

from govdoc.cleaned import Decoded
from govdoc.errors import InputError
from govdoc.source import Source
from govdoc.span import Notice

SECONDS = 120
"""How long LibreOffice may take for one file."""
MEMORY = 4 << 20
"""Kilobytes of address space it may take (POSIX only)."""
MAX_BYTES = 200 << 20
"""Bytes of a file that is handed to it."""
PROGRAMS = ("soffice", "libreoffice")
_DIRECTORY_STEP = 128  # bytes of an entry of an OLE 2 directory
_ENCRYPTED = 0x100  # fEncrypted of the FIB


class _Format(NamedTuple):
    """A format LibreOffice reads: its suffix, media type, and the name of the filter."""

    suffix: str
    media_type: str
    filter: str


_WORD: Final = _Format(".doc", "application/msword", "MS Word 97")
_RTF: Final = _Format(".rtf", "application/rtf", "Rich Text Format")
# Streams of an OLE 2 container, and what their presence says of it.
_OTHERS: Final = (
    ("EncryptedPackage", "is encrypted with a password", "save it without its password"),
    ("Workbook", "is an old Excel workbook (.xls), not a document", "save it as .xlsx, or its text as .txt"),
    ("Book", "is an old Excel workbook (.xls), not a document", "save it as .xlsx, or its text as .txt"),
    ("PowerPoint Document", "is an old PowerPoint presentation (.ppt)", "save its text as .txt or .docx"),
    ("VisioDocument", "is a Visio drawing", "save its text as .txt"),
    ("__properties_version1.0", "is an Outlook message (.msg)", "save the document attached to it"),
)


def read(source: Source) -> Decoded:
    """The text of a ``.doc``, ``.wps`` or ``.rtf``. ``InputError`` where it is none, or LibreOffice is missing."""
    from govdoc.readers.docx import made_by
    from govdoc.readers.docx import read as read_docx

    format_ = _identify(source)
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        raise InputError(
            f"is a {format_.suffix} file, which LibreOffice must read, and that is not installed",
            place=source.name,
            remedy="install LibreOffice, or save the file as .docx",
        )
    data = _convert(source, format_, program)
    decoded = read_docx(replace(source, data=data))
    through = made_by(data) or "LibreOffice"
    notice = Notice("W116", "info", f"read from {format_.suffix} through {through}: its layout may have changed")
    return replace(
        decoded,
        source=source,
        evidence=f"{format_.suffix[1:]} through {through}",
        media_type=format_.media_type,
        notices=(notice, *decoded.notices),
    )


def _identify(source: Source) -> _Format:
    if source.data.startswith(b"{\\rtf"):
        return _RTF
    for stream, what, remedy in _OTHERS:
        if _entry(source.data, stream) is not None:
            raise InputError(what, place=source.name, remedy=remedy)
    entry = _entry(source.data, "WordDocument")
    if entry is None:
        raise InputError(
            "is an old Office file without a Word document in it",
            place=source.name,
            remedy="download it again, or save it as .docx in the program that made it",
        )
    sector = int.from_bytes(source.data[entry + 0x74 : entry + 0x78], "little")
    size = 1 << min(16, int.from_bytes(source.data[0x1E:0x20], "little"))
    begin = (sector + 1) * size
    if int.from_bytes(source.data[begin + 10 : begin + 12], "little") & _ENCRYPTED:
        raise InputError("is encrypted with a password", place=source.name, remedy="save it without its password")
    return _WORD


def _entry(data: bytes, stream: str) -> int | None:
    """Where the directory of an OLE 2 container ([MS-CFB] 2.6.1) has its entry for a stream."""
    named = stream.encode("utf-16-le") + b"\0\0"
    at = data.find(named)
    while at >= 0:
        length = int.from_bytes(data[at + 0x40 : at + 0x42], "little")
        if at % _DIRECTORY_STEP == 0 and length == len(named):
            return at
        at = data.find(named, at + 1)
    return None


def _convert(source: Source, format_: _Format, program: str) -> bytes:
    if len(source.data) > MAX_BYTES:
        raise InputError(f"is larger than {MAX_BYTES:,} bytes", place=source.name, remedy="save it as .docx")
    with tempfile.TemporaryDirectory(prefix="govdoc-office-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        (home / f"source{format_.suffix}").write_bytes(source.data)
        command = [
            program, f"-env:UserInstallation={(home / 'profile').as_uri()}", "--headless", "--norestore",
            "--nolockcheck", f"--infilter={format_.filter}", "--convert-to", "docx:MS Word 2007 XML",
            "--outdir", str(home / "made"), str(home / f"source{format_.suffix}"),
        ]  # fmt: skip
        if os.name == "posix":
            command = ["/bin/sh", "-c", f'ulimit -v {MEMORY}; exec "$@"', "sh", *command]
        said = _run(command, home, source)
        made = home / "made" / "source.docx"
        if not made.is_file():
            raise InputError(
                f"LibreOffice cannot read it ({said})",
                place=source.name,
                remedy="open it in Word or WPS and save as .docx",
            )
        return made.read_bytes()


def _run(command: list[str], home: Path, source: Source) -> str:
    """Run a program and all it starts for ``SECONDS`` at most; the last line of what it says."""
    process = subprocess.Popen(  # noqa: S603 no shell reads the file's name
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, "HOME": str(home)},
        start_new_session=True,
    )
    try:
        out, _ = process.communicate(timeout=SECONDS)
    except subprocess.TimeoutExpired:
        raise InputError(
            f"LibreOffice did not finish within {SECONDS} s", place=source.name, remedy="save it as .docx"
        ) from None
    finally:
        _end(process)
    lines = out.decode("utf-8", "replace").split("\n")
    return next((line.strip()[:120] for line in reversed(lines) if line.strip()), "it says nothing")


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process with all it started: soffice goes on in a child of its own."""
    if os.name == "posix":
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            return
    else:
        process.kill()
    process.wait()
