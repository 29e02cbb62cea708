"""Web archives: the page in them, in its own charset, given back as it stands in the archive."""

from __future__ import annotations

import time

import pytest

from govdoc.cleaning import clean
from govdoc.errors import GovdocError, InputError
from govdoc.readers import read_source
from govdoc.readers.mht import read
from govdoc.source import Source

PAGE = "<html><body><h1>关于某事的通知</h1><p>请认真做好各项工作，并及时上报。</p></body></html>"


def archive(page: bytes, charset: str, *, first: str = "") -> bytes:
    import base64

    head = (
        "From: <Saved by a browser>\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; start="<page@x>"; type="text/html"; boundary="b"\r\n\r\n'
    )
    part = (
        f"--b\r\nContent-Type: text/html; charset={charset}\r\nContent-ID: <page@x>\r\n"
        "Content-Transfer-Encoding: base64\r\nContent-Location: http://www.example.gov.cn/a.html\r\n\r\n"
    )
    picture = "\r\n--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n--b--\r\n"
    return (head + first + part).encode() + base64.encodebytes(page) + picture.encode()


@pytest.mark.parametrize("charset", ["utf-8", "gb2312"])
def test_the_page_of_an_archive_is_read(charset: str) -> None:
    data = PAGE.encode(charset)
    cleaned = clean(read_source(Source(archive(data, charset), name="a.mht")))
    assert cleaned.text == "关于某事的通知\n请认真做好各项工作，并及时上报。\n"
    assert cleaned.undo() == data
    assert cleaned.decoded.source.url == "http://www.example.gov.cn/a.html"


def test_the_part_that_the_archive_starts_with_is_its_page() -> None:
    frame = "--b\r\nContent-Type: text/html\r\nContent-ID: <frame@x>\r\n\r\n<p>frame</p>\r\n"
    assert "某事" in read(Source(archive(PAGE.encode(), "utf-8", first=frame))).plain


def test_an_archive_without_a_page_is_refused() -> None:
    head = b"Content-Type: multipart/related; boundary=b\r\n\r\n"
    with pytest.raises(InputError, match="without a page"):
        read(Source(head + b"--b\r\nContent-Type: image/png\r\n\r\nAAAA\r\n--b--"))


def test_a_hostile_archive_is_refused_in_time() -> None:
    nested = b"".join(b"Content-Type: multipart/related; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(3_000))
    start = time.process_time()
    with pytest.raises(GovdocError):
        read(Source(nested))
    assert time.process_time() - start < 15
