"""Web archives (``.mht``, RFC 2557): the page in them, read as any other page."""

from __future__ import annotations

import email
import email.policy
from dataclasses import replace
from email.message import EmailMessage

from govdoc.cleaned import Decoded
from govdoc.decode import decode
from govdoc.errors import InputError
from govdoc.readers.html import read_html
from govdoc.source import Source

__all__ = ["read"]


def read(source: Source) -> Decoded:
    """The page of a web archive.

    The decoded source is the HTML part, out of its transfer encoding: offsets count in it, and undoing gives its
    bytes, not the archive's. The part is the one that the archive's ``start`` names, else the first web page.
    Raises ``InputError`` where there is none.
    """
    try:
        part = _page(email.message_from_bytes(source.data, policy=email.policy.default))
    except RecursionError:
        raise InputError(
            "is a web archive nested too deep", place=source.name, remedy="save the page again, as .html"
        ) from None
    data = part.get_payload(decode=True) if part else None
    if part is None or not isinstance(data, bytes):
        raise InputError(
            "is a web archive without a page in it", place=source.name, remedy="save the page again, as .html"
        )
    charset = part.get_param("charset")
    location = str(part["Content-Location"] or "") or None
    page = replace(
        source,
        data=data,
        url=source.url or location,
        content_type=f"text/html; charset={charset}" if isinstance(charset, str) else "text/html",
    )
    return replace(read_html(decode(page)), source=replace(source, url=page.url))


def _page(message: EmailMessage) -> EmailMessage | None:
    pages = [part for part in message.walk() if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    start = message.get_param("start")
    named = [part for part in pages if isinstance(start, str) and part["Content-ID"] == start]
    return next(iter(named or pages), None)
