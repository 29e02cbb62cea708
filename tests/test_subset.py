"""The subsets of faces that PDFs embed, as fontTools reads them back."""

from __future__ import annotations

import io

import pytest
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.sfnt import calcChecksum

from govdoc.fonts import SLOTS, Slot, load_faces
from govdoc.fonts.subset import Cutter

FACES = load_faces(user=False)
TEXT = "公文2025年é《Ágq》—"


def drawn(font: TTFont, number: int) -> object:
    pen = DecomposingRecordingPen(font.getGlyphSet())
    font.getGlyphSet()[font.getGlyphName(number)].draw(pen)
    return pen.value


@pytest.mark.parametrize("slot", SLOTS)
def test_glyphs_are_the_same_in_the_order_asked_for(slot: Slot) -> None:
    face = FACES.used[slot]
    glyphs = [0, *(face.glyph(char) for char in TEXT if face.has(char))]
    cut = TTFont(io.BytesIO(Cutter(face.file).cut(glyphs)), checkChecksums=2)
    whole = TTFont(face.path)
    assert cut["maxp"].numGlyphs >= len(glyphs)
    for new, old in enumerate(glyphs):
        assert drawn(cut, new) == drawn(whole, old)
        assert cut["hmtx"][cut.getGlyphName(new)] == whole["hmtx"][whole.getGlyphName(old)]


def test_the_parts_of_a_composed_glyph_come_with_it() -> None:
    face = FACES.latin
    whole = TTFont(face.path)
    number = face.glyph("é")
    parts = whole["glyf"][whole.getGlyphName(number)].getComponentNames(whole["glyf"])
    assert parts, "the face draws é in parts"
    cut = TTFont(io.BytesIO(Cutter(face.file).cut([0, number])))
    assert cut["maxp"].numGlyphs == 2 + len(parts)
    assert drawn(cut, 1) == drawn(whole, number)


def test_a_second_subset_of_a_face_is_as_right_as_the_first() -> None:
    cutter = Cutter(FACES.face("fangsong").file)
    glyphs = [0, *(FACES.face("fangsong").glyph(char) for char in "教育局")]
    assert cutter.cut(glyphs) == cutter.cut(glyphs)


def test_the_checksum_of_the_whole_is_right() -> None:
    data = Cutter(FACES.face("heiti").file).cut([0, 40, 41, 42])
    assert calcChecksum(data) == 0xB1B0AFBA
