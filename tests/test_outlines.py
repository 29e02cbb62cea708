"""The user's fonts with cubic outlines (CFF) and variable ones: embedded, read back by three readers, looked at."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Callable
from pathlib import Path

import pdfplumber
import pypdfium2
import pytest
from fontTools import subset
from fontTools.cffLib.CFFToCFF2 import convertCFFToCFF2
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.qu2cuPen import Qu2CuPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables.TupleVariation import TupleVariation

from govdoc.exporting.docx import write as write_docx
from govdoc.exporting.pdf import write
from govdoc.fonts import discovery, faceset, fontfile, load_faces
from govdoc.fonts.face import DATA
from govdoc.fonts.sfnt import Sfnt
from govdoc.model import Block, Document, Main, SourceInfo
from govdoc.style import load_style

TEXT = "各县（区）教育局，市直各学校：现将有关事项通知如下，请遵照执行。共计2024项。"
FANGSONG = DATA / "FandolFang-Regular.ttf"


def _document(text: str = TEXT) -> Document:
    return Document(
        schema="govdoc.document/1",
        id="0#1",
        source=SourceInfo(name="made.txt", sha256="0" * 64, bytes=1, encoding="utf-8"),
        official=False,
        main=Main(title="关于做好有关工作的通知", body=(Block("paragraph", text=text),)),
    )


def _names(font: TTFont, family: str) -> None:
    font["name"].names = []
    for name_id, name in ((1, family), (2, "Regular"), (4, family), (6, "Made-Regular")):
        font["name"].setName(name, name_id, 3, 1, 0x0409)


def cubic(family: str, chars: str, *, em: int = 1000) -> TTFont:
    """Some characters of the shipped 仿宋 as a CFF font of ``em`` units."""
    source = TTFont(FANGSONG)
    cmap, drawn = source.getBestCmap(), source.getGlyphSet()
    builder = FontBuilder(em, isTTF=False)
    names = [".notdef", *(f"u{ord(char):X}" for char in chars)]
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(char): f"u{ord(char):X}" for char in chars})
    cut = {}
    for name, char in zip(names, [None, *chars], strict=True):
        pen = T2CharStringPen(em, None)
        if char:
            drawn[cmap[ord(char)]].draw(Qu2CuPen(pen, 1.0, all_cubic=True))
        cut[name] = pen.getCharString()
    builder.setupCFF("Made-Regular", {}, cut, {})
    builder.setupHorizontalMetrics(dict.fromkeys(names, (em, 0)))
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupOS2(usWeightClass=400, sTypoAscender=880, sTypoDescender=-120)
    builder.setupPost()
    builder.setupNameTable({})
    _names(builder.font, family)
    return builder.font


def variable(family: str, chars: str) -> TTFont:
    """Some characters of the shipped 仿宋 as a variable font: at its heaviest they stand 200 units to the right."""
    font = TTFont(FANGSONG)
    options = subset.Options()
    options.notdef_outline = True
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=chars)
    subsetter.subset(font)
    builder = FontBuilder(font=font)
    builder.setupFvar([("wght", 400, 400, 900, "Weight")], [])
    varied = {}
    for name in font.getGlyphOrder():
        points = len(font["glyf"]._getCoordinatesAndControls(name, font["hmtx"].metrics)[0])
        moved = [(200, 0)] * (points - 4) + [(0, 0)] * 4
        varied[name] = [TupleVariation({"wght": (0.0, 1.0, 1.0)}, moved)]
    builder.setupGvar(varied)
    _names(font, family)
    return font


def _read(data: bytes, path: Path, tool: str) -> list[str]:
    """The text as pdfplumber, pypdfium2 and poppler read it, without blanks."""
    path.write_bytes(data)
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        plumber = "".join(char["text"] for page in pdf.pages for char in page.chars)
    pdfium = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data))
    poppler = subprocess.run([tool, "-raw", path, "-"], capture_output=True, text=True, check=True)
    assert poppler.stderr == ""
    return ["".join(text.split()) for text in (plumber, pdfium, poppler.stdout)]


def _ink(data: bytes) -> bytes:
    bitmap = pypdfium2.PdfDocument(data)[0].render(scale=1, grayscale=True)
    return bytes(bitmap.to_pil().tobytes())


MAKERS: dict[str, Callable[[str, str], TTFont]] = {"cff": cubic, "variable": variable}


@pytest.mark.parametrize("kind", MAKERS)
def test_the_text_of_a_face_is_read_back(
    font_folder: Path, tmp_path: Path, kind: str, require_tool: Callable[[str], str]
) -> None:
    chars = "".join(dict.fromkeys(char for char in TEXT if char > "\u2000"))
    MAKERS[kind]("FangSong", chars).save(font_folder / "a.otf")
    faces = load_faces()
    assert faces.face("fangsong").path == font_folder / "a.otf"
    assert not [notice for notice in faces.substitutions if notice.code == "F102"]
    data = write(_document(), load_style("plain"), faces).data
    for text in _read(data, tmp_path / "a.pdf", require_tool("pdftotext")):
        assert TEXT in text
    assert data == write(_document(), load_style("plain"), faces).data
    named = b"/FontFile3" in data, b"/CIDFontType0C" in data
    assert named == (kind == "cff",) * 2


@pytest.mark.parametrize("kind", MAKERS)
def test_a_face_draws_what_its_source_draws(font_folder: Path, kind: str) -> None:
    shipped = _ink(write(_document(), load_style("plain"), load_faces(user=False)).data)
    MAKERS[kind]("FangSong", "".join(dict.fromkeys(char for char in TEXT if char > "\u2000"))).save(
        font_folder / "a.otf"
    )
    own = _ink(write(_document(), load_style("plain"), load_faces()).data)
    assert len(own) == len(shipped)
    assert sum(abs(a - b) > 64 for a, b in zip(own, shipped, strict=True)) < 40
    assert sum(value < 128 for value in own) > 1500


def test_a_variable_face_is_set_at_the_weight_of_its_role(font_folder: Path) -> None:
    for name, family in (("a.ttf", "FangSong"), ("b.ttf", "FZXiaoBiaoSong-B05S")):
        variable(family, "关于公文").save(font_folder / name)
    faces = load_faces()
    body, title = faces.face("fangsong").file, faces.face("xiaobiaosong").file
    regular, bold = body.bounds(body.cmap[ord("文")]), title.bounds(title.cmap[ord("文")])
    assert regular
    assert bold
    assert bold[0] - regular[0] == 120  # three fifths of the way from 400 to 900
    assert not body.variable
    kept = sorted(path.read_bytes() for path in (discovery.cache_folder() / "instances").iterdir())
    assert len(kept) == 2
    said = {row.role: row.why for row in faces.describe()}
    assert said["fangsong"] == "found on this machine: variable, its instance of weight 400"
    assert said["xiaobiaosong"] == "found on this machine: variable, its instance of weight 700"


def test_an_instance_is_made_once(font_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    variable("FangSong", "公文").save(font_folder / "a.ttf")
    load_faces()
    faceset._load.cache_clear()
    monkeypatch.setattr(fontfile.FontFile, "at_weight", lambda self, weight: pytest.fail("made again"))
    assert not load_faces().face("fangsong").file.variable


def test_a_cff_face_says_so_and_stays_out_of_a_docx(font_folder: Path) -> None:
    cubic("FangSong", "公文").save(font_folder / "a.otf")
    (row,) = [row for row in load_faces().describe() if row.role == "fangsong"]
    assert row.why == "found on this machine: CFF outlines"
    notices = write_docx(_document("公文"), load_style("plain", {"word.embed_fonts": True})).notices
    kept_out = [notice.message for notice in notices if notice.level == "warning" and "not embedded" in notice.message]
    assert "FangSong not embedded: its outlines are CFF (OTF), and Word reads embedded TrueType alone" in kept_out


def test_a_damaged_cff_face_is_passed_over(font_folder: Path) -> None:
    path = font_folder / "a.otf"
    cubic("FangSong", "公文").save(path)
    with path.open("rb") as file:
        offset, _ = Sfnt(file, 0).places["CFF "]
    whole = bytearray(path.read_bytes())
    whole[offset + 4 : offset + 40] = b"\xff" * 36
    path.write_bytes(whole)
    faces = load_faces()
    assert faces.face("fangsong").shipped
    assert [notice.code for notice in faces.substitutions if str(path) in notice.message] == ["F102"]


def test_a_static_face_of_cff2_outlines_is_passed_over(font_folder: Path) -> None:
    font = cubic("FangSong", TEXT[:8])
    convertCFFToCFF2(font)
    font.save(font_folder / "a.otf")
    faces = load_faces()
    assert faces.face("fangsong").shipped
    assert [notice.code for notice in faces.substitutions if "a.otf" in notice.message] == ["F102"]


def test_a_cff_face_of_2048_units_is_as_large_as_others(font_folder: Path) -> None:
    font = cubic("FangSong", "公文", em=2048)
    font.save(font_folder / "a.otf")
    face = load_faces().face("fangsong")
    assert face.advance("公") == 1.0
    assert face.file.cut_cff([0, face.glyph("公")])[:1] == b"\1"
