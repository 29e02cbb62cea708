"""Characters that the face of their role lacks, in runs of 宋体: where fonts are embedded, theirs is in the file too.

Without embedded fonts the reader's own 仿宋_GB2312 may have them, or Word finds another face.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from govdoc.exporting.docx_styles import STYLES, TABLE_TEXT
from govdoc.exporting.docx_xml import FACE_STYLES, NAMESPACES, fonts
from govdoc.fonts import FaceRole, FaceSet
from govdoc.style import StyleSheet

INSTEAD: FaceRole = "songti"


def is_lent(char: str, role: FaceRole, faces: FaceSet) -> bool:
    """Whether 宋体 draws a character for the face of ``role``, which lacks it."""
    own, songti = faces.face(role), faces.face(INSTEAD)
    return own is not songti and faces.drawn_by(char, role, latin=True) is songti


def put_into_songti(document: Document, style: StyleSheet, faces: FaceSet) -> None:
    """Give runs of their own, in 宋体, to the characters it lends the other faces."""
    roles = {named.id: style.text[element].face for element, named in STYLES.items()}
    roles |= {TABLE_TEXT: style.table.face} | {id_: role for role, id_ in FACE_STYLES.items()}
    songti = f"<w:rPr {NAMESPACES}>{fonts(INSTEAD, style, chinese=True)}</w:rPr>"
    for run in list(document.element.body.iter(qn("w:r"))):
        role = roles.get(_style_of(run), style.text["body"].face)
        text = "".join(each.text or "" for each in run.iterchildren(qn("w:t")))
        if any(is_lent(char, role, faces) for char in set(text)):
            for piece in _pieces(run, role, faces, songti):
                run.addprevious(piece)
            run.getparent().remove(run)


def _style_of(run: Any) -> str:
    """The style that says a run's face: its own, or its paragraph's."""
    for at, path in ((run, "w:rPr/w:rStyle"), (run.getparent(), "w:pPr/w:pStyle")):
        first, second = (qn(name) for name in path.split("/"))
        found = at.find(f"{first}/{second}")
        if found is not None:
            return str(found.get(qn("w:val")))
    return ""


def _pieces(run: Any, role: FaceRole, faces: FaceSet, songti: str) -> Iterator[Any]:
    """The same run as several, cut where lent characters begin and end."""
    own = run.find(qn("w:rPr"))
    for child in run:
        if child is own:
            continue
        text = child.text or "" if child.tag == qn("w:t") else ""
        for lent, chars in groupby(text, key=lambda char: is_lent(char, role, faces)) if text else [(False, "")]:
            piece = copy.deepcopy(run)
            for other in list(piece):
                if other.tag != qn("w:rPr"):
                    piece.remove(other)
            inside = copy.deepcopy(child)
            inside.text = "".join(chars) if text else child.text
            piece.append(inside)
            if lent:
                _set_fonts(piece, songti)
            yield piece


def _set_fonts(run: Any, songti: str) -> None:
    properties, wanted = run.find(qn("w:rPr")), parse_xml(songti)
    if properties is None:
        run.insert(0, wanted)
        return
    for named in properties.findall(qn("w:rFonts")):
        properties.remove(named)
    after = properties.find(qn("w:rStyle"))
    properties.insert(0 if after is None else 1, wanted[0])
