"""PDFs that are broken, locked or made to hurt; each is a few kilobytes, or some megabytes of nothing."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

TEXT = "Notice on the work of schools in the year 2024"


def pdf(objects: dict[int, bytes], root: int = 1, trailer: bytes = b"") -> bytes:
    """A PDF of numbered objects."""
    out = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        out += b"%d 1\n%010d 00000 n \n" % (number, place)
    out += b"trailer\n<< /Root %d 0 R /Size %d %s>>\nstartxref\n%d\n%%%%EOF\n" % (
        root,
        max(objects) + 1,
        trailer,
        start,
    )
    return bytes(out)


def stream(data: bytes, extra: bytes = b"", *, deflate: bool = False, times: int = 1) -> bytes:
    """A stream object."""
    filters = b""
    if deflate:
        for _ in range(times):
            data = zlib.compress(data, 9)
        filters = b"/Filter [%s] " % (b"/FlateDecode " * times)
    return b"<< %s%s/Length %d >>\nstream\n%s\nendstream" % (extra, filters, len(data), data)


FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
PAGE = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> %s>> >>"
)


def one_page(content: bytes, resources: bytes = b"", more: dict[int, bytes] | None = None) -> bytes:
    """A PDF of one page with this content stream."""
    return pdf(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            3: PAGE % resources,
            4: content,
            5: FONT,
            **(more or {}),
        }
    )


def locked(user: str) -> bytes:
    """Encrypted; with an empty user password anyone may open it."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, encrypt=StandardEncryption(user, "owner", canCopy=0, canPrint=0), invariant=1)
    canvas.drawString(72, 720, TEXT)
    canvas.save()
    return buffer.getvalue()


def plain() -> bytes:
    """Nothing wrong."""
    return one_page(stream(b"BT /F1 14 Tf 72 720 Td (%s) Tj ET" % TEXT.encode()))


def cyclic_pages() -> bytes:
    """A page tree whose nodes hold one another."""
    return pdf(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Kids [3 0 R 3 0 R] /Count 1000000 /Parent 3 0 R >>",
            3: b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 1000000 /Parent 2 0 R >>",
        }
    )


def bomb(times: int = 1) -> bytes:
    """A content stream of 3 GB of blanks, deflated again and again."""
    packer = zlib.compressobj(9)
    chunk = b" " * (1 << 20)
    packed = b"".join(packer.compress(chunk) for _ in range(3 << 10)) + packer.flush()
    for _ in range(times - 1):
        packed = zlib.compress(packed, 9)
    filters = b"/FlateDecode " * times
    return one_page(b"<< /Filter [%s] /Length %d >>\nstream\n%s\nendstream" % (filters, len(packed), packed))


def laughs() -> bytes:
    """Forms that draw forms ten times each, ten deep: 10^10 words."""
    forms = {}
    for depth in range(10):
        inner = b"/X%d 0 R" % (depth + 1)
        names = b"/XObject << /X%d %d 0 R >>" % (depth + 1, 11 + depth) if depth < 9 else b""
        content = b"/X%d Do " % (depth + 1) * 10 if depth < 9 else b"BT /F1 9 Tf 72 700 Td (ha) Tj ET"
        extra = b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /Font << /F1 5 0 R >> %s >> " % names
        forms[10 + depth] = stream(content, extra)
        assert inner
    return one_page(stream(b"/X0 Do " * 10), b"/XObject << /X0 10 0 R >> ", forms)


def many_pages(count: int = 100_000) -> bytes:
    """So many pages."""
    kids = b" ".join(b"3 0 R" for _ in range(count))
    return pdf(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count),
            3: PAGE % b"",
            4: stream(b"BT /F1 14 Tf 72 720 Td (page) Tj ET"),
            5: FONT,
        }
    )


def many_glyphs(count: int = 1_000_000) -> bytes:
    """One page with so many characters, each set by itself."""
    content = b"BT /F1 9 Tf " + b"".join(
        b"1 0 0 1 %d %d Tm (a) Tj " % (i * 7 % 595, i // 85 * 9 % 842) for i in range(count)
    )
    return one_page(stream(content + b"ET", deflate=True))


def one_line(count: int = 90_000) -> bytes:
    """So many characters at one and the same place."""
    return one_page(stream(b"BT /F1 9 Tf " + b"1 0 0 1 72 700 Tm (ab) Tj " * (count // 2) + b"ET", deflate=True))


def many_rules(count: int = 100_000) -> bytes:
    """A grid of lines that cross."""
    half = count // 2
    lines = b"".join(b"%.3f 0 m %.3f 842 l S " % (i * 595 / half, i * 595 / half) for i in range(half))
    lines += b"".join(b"0 %.3f m 595 %.3f l S " % (i * 842 / half, i * 842 / half) for i in range(half))
    return one_page(stream(lines + b"BT /F1 14 Tf 72 720 Td (%s) Tj ET" % TEXT.encode(), deflate=True))


def grid(columns: int = 118, rows: int = 160) -> bytes:
    """A page that is one table of narrow cells."""
    lines = b"".join(b"%d 0 m %d 800 l S " % (i * 5, i * 5) for i in range(columns + 1))
    lines += b"".join(b"0 %d m 590 %d l S " % (i * 5, i * 5) for i in range(rows + 1))
    return one_page(stream(lines + b"BT /F1 14 Tf 72 720 Td (%s) Tj ET" % TEXT.encode(), deflate=True))


def deep_page_tree(depth: int = 10_000) -> bytes:
    """A page at the end of so long a branch."""
    objects = {1: b"<< /Type /Catalog /Pages 10 0 R >>", 4: stream(b""), 5: FONT}
    for i in range(depth):
        objects[10 + i] = b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % (11 + i)
    objects[10 + depth] = PAGE % b""
    return pdf(objects)


def deep_arrays(depth: int = 100_000) -> bytes:
    """Arrays in arrays."""
    return one_page(stream(b"[" * depth + b"]" * depth + b" TJ"))


def junk_xref() -> bytes:
    """A table of objects that points nowhere."""
    return plain().replace(b"startxref\n", b"startxref\n99999").replace(b" 00000 n", b"77 0000x n")


def truncated() -> bytes:
    """The first half of a download."""
    return plain()[: len(plain()) // 2]


HOSTILE: dict[str, Callable[[], bytes]] = {
    "locked": lambda: locked("secret"),
    "cyclic": cyclic_pages,
    "bomb": bomb,
    "bomb twice": lambda: bomb(2),
    "laughs": laughs,
    "100,000 pages": many_pages,
    "a million glyphs": many_glyphs,
    "truncated": truncated,
    "header only": lambda: b"%PDF-1.7\n",
    "header and noise": lambda: b"%PDF-1.7\n" + bytes(range(256)) * 400,
}
"""What must be refused."""
HARD_TO_READ: dict[str, Callable[[], bytes]] = {
    "open to all": lambda: locked(""),
    "one line": one_line,
    "many rules": many_rules,
    "grid": grid,
    "deep page tree": deep_page_tree,
    "deep arrays": deep_arrays,
    "junk xref": junk_xref,
    "junk before": lambda: b"\r\n<html>\n" + plain(),
}
"""What may be read or refused, within the bounds."""
