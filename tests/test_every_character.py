"""Every 通用规范汉字 and every mark of punctuation is drawn in every role, by its face or by the one behind it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pypdfium2
import pytest

import page_documents as made
from govdoc.exporting.pdf import draw, write
from govdoc.fonts import FACE_ROLES, FaceRole, load_faces
from govdoc.layout.pages import Page, TextLine
from govdoc.model import Main
from govdoc.style import load_style

FACES = load_faces(user=False)
STYLE = load_style("plain")
PUNCTUATION = "，。、；：？！“”‘’（）《》〈〉【】〔〕［］｛｝「」『』—…·～％‰℃°′″×÷±＝＋－／＆＃＠＊§№★○●①②③⑩㈠㎡々〇—"
DIGITS = "0123456789０１２３４５６７８９ABCXYZabcxyzⅠⅡⅢⅣⅩ.,:;!?()[]%/-+="


@cache
def characters() -> str:
    text = (Path(__file__).parent / "data" / "characters" / "tongyong.txt").read_text(encoding="utf-8")
    hanzi = text.replace("\n", "")
    assert len(set(hanzi)) == 8105
    return hanzi + PUNCTUATION + DIGITS


@pytest.mark.parametrize("role", FACE_ROLES)
def test_every_character_has_a_glyph_with_ink(role: FaceRole) -> None:
    without = [
        char
        for char in characters()
        if (face := FACES.drawn_by(char, role)) is None or face.glyph(char) == 0 or not face.ink(char)
    ]
    assert without == []


@pytest.mark.parametrize("role", FACE_ROLES)
def test_every_character_is_seen_on_the_page(role: FaceRole) -> None:
    """Each stands alone in a square of 20 points; the picture of the page has ink in every square."""
    side, across, down = 20, 25, 35
    whole = characters()
    sheets = [whole[at : at + across * down] for at in range(0, len(whole), across * down)]
    pages = []
    for number, chars in enumerate(sheets, 1):
        lines = []
        for i, char in enumerate(chars):
            row, column = divmod(i, across)
            glyph = made.glyph(char, FACES.drawn_by(char, role))
            lines.append(TextLine(40.0 + column * side, 60.0 + row * side, (glyph,)))
        pages.append(Page(number, tuple(lines), ()))
    pdf = pypdfium2.PdfDocument(draw(pages, STYLE))
    blank = []
    for number, chars in enumerate(sheets):
        image = pdf[number].render(scale=1, grayscale=True).to_pil()
        # A character of 16 pt has its ink within 2 pt left of its origin and 4 pt below its baseline.
        squares = image.crop((38, 44, 38 + across * side, 44 + down * side)).reduce(side)
        blank += [char for i, char in enumerate(chars) if squares.getpixel((i % across, i // across)) == 255]
    assert blank == []


def test_all_of_them_in_a_document_give_no_error() -> None:
    body = tuple(made.text(characters()[i : i + 500]) for i in range(0, len(characters()), 500))
    exported = write(made.document(False, main=Main(title="通用规范汉字表", body=body)), STYLE, FACES)
    assert {notice.code for notice in exported.notices} == {"F101", "F103"}
    pdf = pypdfium2.PdfDocument(exported.data)
    seen = set("".join(page.get_textpage().get_text_range() for page in pdf))
    assert {char for char in characters() if char not in seen and ord(char) < 0x10000} == set()
