"""署名 and 成文日期 among the paragraphs of a typeset file, whatever its kind (§7.3.5)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol, TypeVar


class _Paragraph(Protocol):
    def has(self, *names: str) -> bool: ...


P = TypeVar("P", bound=_Paragraph)


def find_ends(
    signatures: Iterable[P], dates: Iterable[P], paragraphs: Sequence[P], placed: Callable[[P], bool]
) -> tuple[list[P], P | None]:
    """The 署名 and the 成文日期, of those read as such; ``placed`` tells a paragraph set apart at the right."""
    names = [one for one in dict.fromkeys(signatures) if not one.has("colophon", "mark")]
    before = paragraphs[: paragraphs.index(names[0])] if names else ()
    # A name above that was not read as one stands at the right too.
    names[:0] = [one for one in before[-1:] if placed(one) and one.has("body")]
    return names, next((one for one in dates if not one.has("colophon")), None)
