"""The package of a workbook with fixed dates, so that the same records give the same bytes."""

from __future__ import annotations

import os
import shutil
from datetime import datetime
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.writer.excel import ExcelWriter

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment a zip can name


class FixedZip(ZipFile):
    """A zip whose members carry no time of day and no file mode of this machine."""

    def writestr(self, zinfo_or_arcname: ZipInfo | str, data: Any, *_: Any, **__: Any) -> None:
        """Add ``data``; the time is always the same."""
        name = zinfo_or_arcname.filename if isinstance(zinfo_or_arcname, ZipInfo) else zinfo_or_arcname
        super().writestr(_member(name), data)

    def write(self, filename: Any, arcname: Any = None, *_: Any, **__: Any) -> None:
        """Add an open file, as a stream."""
        member = _member(str(arcname))
        member.file_size = filename.seek(0, os.SEEK_END)
        filename.seek(0)
        with self.open(member, "w") as target:
            shutil.copyfileobj(filename, target, 1 << 20)


def _member(name: str) -> ZipInfo:
    member = ZipInfo(name, _EPOCH)
    member.compress_type = ZIP_DEFLATED
    member.external_attr = 0o600 << 16
    member.create_system = 3
    return member


def pack(book: Workbook, title: str, target: IO[bytes]) -> None:
    """Write the workbook. ``Workbook.save`` would put today's date into docProps; this does not."""
    book.properties.creator = "govdoc"
    book.properties.title = title
    book.properties.created = book.properties.modified = datetime(*_EPOCH)
    with FixedZip(target, "w", ZIP_DEFLATED, allowZip64=True) as archive:
        ExcelWriter(book, archive).write_data()
