"""What govdoc is given: bytes and what the outside knows of them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from govdoc.errors import InputError


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
    """The file at ``path`` as a :class:`Source`. ``InputError`` where it is missing or cannot be read."""
    try:
        data = Path(path).read_bytes()
    except FileNotFoundError:
        raise InputError("no such file", place=str(path), remedy="check the name") from None
    except OSError as error:
        raise InputError(
            f"cannot be read ({error.strerror})", place=str(path), remedy="check its permissions"
        ) from None
    # A name that is no text in this locale is shown with its bytes escaped.
    name = str(path).encode("utf-8", "backslashreplace").decode()
    return Source(data, name=name, encoding=encoding)
