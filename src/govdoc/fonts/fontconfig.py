"""Tells fontconfig (Linux: LibreOffice, WPS, viewers) to set the standard's faces in those that ship."""

from __future__ import annotations

from xml.sax.saxutils import escape

from govdoc.fonts.face import DATA, shipped_face
from govdoc.fonts.roles import SLOTS, USUAL, Slot

_RULE = """\
  <match target="pattern">
    <test name="family"><string>{name}</string></test>
    <edit name="family" mode="assign" binding="same"><string>{family}</string></edit>
    <edit name="weight" mode="assign"><int>{weight}</int></edit>
  </match>
"""

# OS/2 weights in fontconfig's own numbers (FC_WEIGHT_REGULAR, _MEDIUM, _BOLD).
_WEIGHTS = {400: 80, 500: 100, 700: 200}


def fontconfig_file() -> str:
    """A fontconfig file (XML) that adds the shipped fonts and sets each usual family in its shipped face.

    To be kept as ``~/.config/fontconfig/conf.d/50-govdoc.conf``, or given as FONTCONFIG_FILE. It says nothing of
    families that are installed: put it there only where they are not. Raises StyleError where a shipped file is
    missing.
    """
    rules = "".join(_rules(slot) for slot in SLOTS)
    head = '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n'
    return f"{head}<fontconfig>\n  <dir>{escape(str(DATA))}</dir>\n{rules}</fontconfig>\n"


def _rules(slot: Slot) -> str:
    file = shipped_face(slot).file
    family = next(name for number, name in file.names if number == 1)
    weight = _WEIGHTS[file.style[1]]
    names = dict.fromkeys((USUAL[slot].standard, *USUAL[slot].wanted))
    return "".join(_RULE.format(name=escape(name), family=escape(family), weight=weight) for name in names)
