"""Documents as Markdown, to read and to mend, and back."""

from __future__ import annotations

from govdoc.markdown.reader import is_markdown, read_markdown
from govdoc.markdown.writer import write

__all__ = ["is_markdown", "read_markdown", "write"]
