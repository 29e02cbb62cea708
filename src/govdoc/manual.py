"""What rules and checks have in common: a function that is its own manual page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any


class Documented:
    """Something done by a function: its name is the slug, its docstring the page."""

    find: Callable[[Any], Iterator[Any]]

    @property
    def slug(self) -> str:
        """The name, as people write it: ``space-beside-hanzi``."""
        return self.find.__name__.replace("_", "-")

    @property
    def page(self) -> str:
        """The manual page."""
        from inspect import cleandoc

        return cleandoc(self.find.__doc__ or "")

    @property
    def summary(self) -> str:
        """The first line of the page."""
        return self.page.partition("\n")[0]
