"""A PDF file (ISO 32000-1) as numbered objects: just what printed pages need, the same bytes for the same input."""

from __future__ import annotations

import hashlib
import zlib

_LEVEL = 2  # against 6: a third less time for a page, 5 % more bytes


def name(text: str) -> bytes:
    """A name object; what is not a plain letter or digit is written ``#xx`` (§7.3.5)."""
    plain = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-_."
    return b"/" + b"".join(bytes([byte]) if byte in plain else b"#%02X" % byte for byte in text.encode())


def text_string(text: str) -> bytes:
    """A text string: UTF-16BE with its mark, in hexadecimal (§7.9.2.2)."""
    return b"<FEFF" + text.encode("utf-16-be", "replace").hex().upper().encode() + b">"


def number(value: float) -> bytes:
    """A number with at most three decimals."""
    written = f"{value:.3f}".rstrip("0").rstrip(".")
    return b"0" if written in ("", "-0") else written.encode()


class PdfFile:
    """Objects of a PDF, numbered as they are reserved; ``data`` puts the file together."""

    def __init__(self) -> None:
        self._objects: list[bytes | None] = []

    def reserve(self) -> int:
        """A number for an object to be set later."""
        self._objects.append(None)
        return len(self._objects)

    def set(self, number: int, body: bytes) -> int:
        """Give a reserved number its object."""
        self._objects[number - 1] = body
        return number

    def add(self, body: bytes) -> int:
        """Number an object."""
        return self.set(self.reserve(), body)

    def stream(self, content: bytes, entries: bytes = b"") -> int:
        """Number a stream, deflated."""
        packed = zlib.compress(content, _LEVEL)
        head = b"<< /Length %d /Filter /FlateDecode %s>>" % (len(packed), entries + b" " if entries else b"")
        return self.add(head + b"\nstream\n" + packed + b"\nendstream")

    def data(self, root: int, info: int) -> bytes:
        """The whole file."""
        parts = [b"%PDF-1.7\n%\xe5\x85\xac\xe6\x96\x87\n"]
        at = len(parts[0])
        offsets: list[int] = []
        for i, body in enumerate(self._objects, 1):
            if body is None:
                raise ValueError(f"object {i} was reserved and never set")
            whole = b"%d 0 obj\n%s\nendobj\n" % (i, body)
            offsets.append(at)
            at += len(whole)
            parts.append(whole)
        digest = hashlib.md5(b"".join(parts), usedforsecurity=False).hexdigest().encode()
        count = len(offsets) + 1
        parts.append(b"xref\n0 %d\n0000000000 65535 f \n" % count)
        parts += [b"%010d 00000 n \n" % offset for offset in offsets]
        named = b"/Root %d 0 R /Info %d 0 R /ID [<%s> <%s>]" % (root, info, digest, digest)
        parts.append(b"trailer\n<< /Size %d %s >>\n" % (count, named))
        parts.append(b"startxref\n%d\n%%%%EOF\n" % at)
        return b"".join(parts)
