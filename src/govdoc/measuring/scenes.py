"""Clauses without a number: they give those after them topic, subject and whole (indicators.md §7.6, §7.12)."""

from __future__ import annotations

import re

from govdoc.measuring.complete import opens_whole
from govdoc.measuring.drafts import Context
from govdoc.measuring.lexicon import SCENE_WORD
from govdoc.measuring.names import parse_left, topic

_AMONG = re.compile(
    r"(?:在)?(?P<whole>(?!其|过程|工作|活动|会议|年|期)[一-龥]{2,14}(?<![程作动议期赛]))(?:当中|之中|中|里面)"
)


def set_scene(text: str, context: Context) -> None:
    """A clause without a number: it gives the next ones their topic and subject."""
    context.verb = ""
    context.bound = None
    context.part = opens_whole(text)
    if counted := _AMONG.fullmatch(text.strip()):
        context.whole = counted["whole"]
    if SCENE_WORD.match(text.strip()):
        return
    context.prefix = ""
    if text.rstrip().endswith(("起", "以来", "后", "来")):
        return
    about = topic(text)
    if 2 <= len(about) <= 24:
        context.topic = about
    parsed = parse_left(text)
    if 2 <= len(parsed.subject) <= 16:
        context.subject = parsed.subject
