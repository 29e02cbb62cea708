"""What a measurement says: a fault, or that it could not be made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple, Protocol, TypeVar

from govdoc.checking.measured.roles import Reading
from govdoc.checking.measured.table import BY_CODE


class Fault(NamedTuple):
    """Something that is not as the standard asks: what, and on which line or paragraph of which page."""

    message: str
    text: str = ""
    page: int | None = None
    place: str | None = None


class Skip(NamedTuple):
    """Why something could not be measured, in whole or in part."""

    reason: str


Outcome = Fault | Skip


class Typeset(Protocol):
    """What is measured: a file whose paragraphs were read."""

    @property
    def reading(self) -> Reading:
        """The documents in it, and the roles of its paragraphs."""


Sheet = TypeVar("Sheet", bound=Typeset)


class Register(dict[str, Callable[[Sheet], Iterator[Outcome]]]):
    """The measurements of one kind of file, by the code of the table."""

    def measures(
        self, code: str
    ) -> Callable[[Callable[[Sheet], Iterator[Outcome]]], Callable[[Sheet], Iterator[Outcome]]]:
        """Register a function as the measurement of ``code``; ``ValueError`` where it is taken or not in the table."""

        def register(make: Callable[[Sheet], Iterator[Outcome]]) -> Callable[[Sheet], Iterator[Outcome]]:
            if code in self or code not in BY_CODE:
                raise ValueError(f"measurement {code} is registered twice or not in the table")
            self[code] = make
            return make

        return register
