"""What a product depends on beside its source: the code and data of the stages before it, and the libraries it uses.

A version is a fingerprint, never a number that somebody must remember to raise: a changed rule makes every product
after it stale, a changed exporter its own products only.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import govdoc
from govdoc.config import CleanConfig
from govdoc.source import Source
from govdoc.supplying import Given

PACKAGE = Path(govdoc.__file__).parent
TEXT = (
    "source.py", "span.py", "edits.py", "hanzi.py", "manual.py", "patches.py", "cleaned.py", "decode", "readers",
    "rules", "cleaning.py", "wording",
)  # fmt: skip
DOCUMENT = (*TEXT, "model.py", "parsing", "supplying")
PAGE = (*DOCUMENT, "style.py", "styles", "fonts", "layout", "exporting/__init__.py")
DEPENDS: dict[str, tuple[str, ...]] = {
    "text": (*TEXT, "ledger.py"),
    "json": DOCUMENT,
    "markdown": (*DOCUMENT, "markdown", "exporting/__init__.py", "style.py", "fonts/roles.py"),
    "docx": (*PAGE, "exporting/docx*.py"),
    "pdf": (*PAGE, "exporting/pdf*.py"),
    "indicators": (*DOCUMENT, "indicator.py", "measuring"),
}
"""Kind of product → the modules and rooms that make it, as patterns below the package."""
LIBRARIES: dict[str, tuple[str, ...]] = {
    "text": ("lxml", "pypdfium2"),
    "docx": ("python-docx", "lxml", "fonttools"),
    "pdf": ("reportlab", "fonttools", "deflate"),
}
KINDS = tuple(DEPENDS)


@cache
def kind_version(kind: str) -> str:
    """The fingerprint of all that makes a kind of product, in 16 hex digits."""
    digest = hashlib.sha256(room_version(*DEPENDS[kind]).encode())
    for name in (*LIBRARIES["text"], *LIBRARIES.get(kind, ())):
        digest.update(f"{name} {_installed(name)}\n".encode())
    return digest.hexdigest()[:16]


@cache
def room_version(*patterns: str) -> str:
    """The fingerprint of modules and rooms, given as patterns below the package."""
    digest = hashlib.sha256()
    for path in sorted({path for pattern in patterns for path in code_files(pattern)}):
        digest.update(f"{path.relative_to(PACKAGE).as_posix()} {_file_digest(path)}\n".encode())
    return digest.hexdigest()[:16]


def product_key(kind: str, source: Source, content: str, config: CleanConfig, style: str, given: Given) -> str:
    """The key of one source's products of a kind: the same key, the same bytes.

    ``content`` is the SHA-256 of the source's bytes; of ``source`` the rest is taken, what was said of the bytes.
    """
    said = [source.url, source.content_type, source.fetched_at, source.encoding, dict(sorted(source.metadata.items()))]
    parts = [kind, content, said, repr(config), kind_version(kind)]
    if kind != "text":
        corrections = given.overrides.corrections if given.overrides else ()
        parts.append([repr(one) for one in corrections if content.startswith(one.hash)])
        parts.append(repr(given.profile))
    if kind in ("docx", "pdf"):
        parts.append(_style_digest(style))
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]


def code_files(pattern: str) -> Iterator[Path]:
    """The files below the package that a pattern names; of a folder, all in it."""
    for path in PACKAGE.glob(pattern):
        if path.is_dir():
            yield from (each for each in path.rglob("*") if each.is_file() and "__pycache__" not in each.parts)
        else:
            yield path


@cache
def _file_digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"


@cache
def _style_digest(style: str) -> str:
    """A style sheet of the user's by its bytes; one of ours by its name, its bytes being part of the version."""
    path = Path(style)
    return _file_digest(path) if path.suffix == ".toml" and path.is_file() else style
