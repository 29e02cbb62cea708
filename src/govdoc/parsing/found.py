"""A value with the place it was read from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from govdoc.parsing.lines import Line

T = TypeVar("T")
U = TypeVar("U")


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A value read from ``[start, stop)`` of the cleaned text."""

    value: T
    start: int
    stop: int

    def map(self, function: Callable[[T], U]) -> Found[U]:
        """Another value of the same place."""
        return Found(function(self.value), self.start, self.stop)


def at(value: T, lines: Sequence[Line]) -> Found[T]:
    """A value read from whole lines."""
    return Found(value, lines[0].start, lines[-1].stop)
