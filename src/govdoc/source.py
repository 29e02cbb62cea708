"""What govdoc is given: bytes and what the outside knows of them."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from govdoc.errors import InputError

SIDECAR_SUFFIX = ".meta.json"
"""What a crawler's note on a file is called: the file's whole name with this behind it."""


@dataclass(frozen=True)
class Source:
    """Bytes as found, with their name, address and the ``Content-Type`` they came with."""

    data: bytes
    name: str = "stdin"
    url: str | None = None
    content_type: str | None = None
    fetched_at: str | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)
    encoding: str | None = None  # what a person says it is; overrides detection

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of the bytes, in hex."""
        return hashlib.sha256(self.data).hexdigest()


def read(path: str | Path, *, encoding: str | None = None) -> Source:
    """The file at ``path`` as a :class:`Source`, with what its sidecar says of it (:func:`read_about`).

    ``InputError`` where either file cannot be read.
    """
    path = Path(path)
    return replace(read_about(path, encoding=encoding), data=_read_bytes(path))


def read_about(path: Path, *, encoding: str | None = None) -> Source:
    """What is said of the file at ``path``, without its bytes.

    The crawler's sidecar ``<file>.meta.json`` may hold ``url``, ``fetched_at``, ``charset`` and ``content_type``; its
    other strings and numbers become metadata. ``InputError`` where it cannot be read or is no JSON object.
    """
    said = _read_sidecar(path.with_name(path.name + SIDECAR_SUFFIX))
    charset, content_type = said.pop("charset", None), said.pop("content_type", None)
    if charset and "charset=" not in (content_type or "").lower():
        content_type = f"{content_type or ''}; charset={charset}"
    return Source(
        b"",
        name=_shown(path),
        url=said.pop("url", None),
        content_type=content_type,
        fetched_at=said.pop("fetched_at", None),
        metadata=said,
        encoding=encoding,
    )


def _read_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise InputError("no such file", place=str(path), remedy="check the name") from None
    except OSError as error:
        raise InputError(
            f"cannot be read ({error.strerror})", place=str(path), remedy="check its permissions"
        ) from None


def _read_sidecar(path: Path) -> dict[str, str]:
    if not os.path.isfile(path):  # a name longer than the file system takes is none; Path.is_file raises for it
        return {}
    try:
        said = json.loads(_read_bytes(path).decode("utf-8-sig"))
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict):
        raise InputError(
            "is no JSON object", place=_shown(path), remedy="mend it, or delete it: it is only about a page"
        )
    return {name: str(value) for name, value in said.items() if isinstance(value, str | int | float)}


def _shown(path: Path) -> str:
    # A name that is no text in this locale is shown with its bytes escaped.
    return str(path).encode("utf-8", "backslashreplace").decode()
