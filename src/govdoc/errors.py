"""The errors govdoc raises: each says what is wrong, where, and what to do, and knows its exit status."""

from __future__ import annotations


class GovdocError(Exception):
    """Base of every error govdoc raises on purpose.

    ``message`` says what is wrong, ``place`` names the file or option concerned, ``remedy`` says what to do.
    ``exit_status`` is what the command line ends with when this is the only input.
    """

    exit_status = 70

    def __init__(self, message: str, *, place: str | None = None, remedy: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.place = place
        self.remedy = remedy

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else ""
        what_to_do = f"; {self.remedy}" if self.remedy else ""
        return f"{where}{self.message}{what_to_do}".replace("\n", "\\n").replace("\r", "\\r")

    def __reduce__(self) -> tuple[object, ...]:
        # Raised in one process of a pool and shown in another.
        return _rebuild, (type(self), self.message, self.place, self.remedy)


def _rebuild(kind: type[GovdocError], message: str, place: str | None, remedy: str | None) -> GovdocError:
    return kind(message, place=place, remedy=remedy)


class UsageError(GovdocError):
    """The command or call cannot mean anything (exit 2)."""

    exit_status = 2


class InputError(GovdocError):
    """An input cannot be read: missing, unreadable, binary, refused (exit 3)."""

    exit_status = 3


class EmptyError(GovdocError):
    """An input holds no document: empty, blank, or a folder without any (exit 4)."""

    exit_status = 4


class StyleError(GovdocError):
    """A style sheet or a font cannot be used (exit 5)."""

    exit_status = 5


class ExportError(GovdocError):
    """A product could not be made (exit 6)."""

    exit_status = 6


class OutputError(GovdocError):
    """A product cannot be written where it should go (exit 7)."""

    exit_status = 7


class RuleError(GovdocError):
    """A rule broke its own promise; an error of govdoc's own (exit 70)."""
