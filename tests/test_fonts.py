"""The fonts that ship are whole and cover what is typeset; the user's are found by name; nothing is drawn blank."""

from __future__ import annotations

import hashlib
import io
import os
import pickle
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pdfplumber
import pypdfium2
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection, TTFont
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont as EmbeddedFont
from reportlab.pdfbase.ttfonts import TTFontFile
from reportlab.pdfgen.canvas import Canvas

from govdoc.errors import StyleError
from govdoc.exporting.pdf import draw
from govdoc.fonts import FACE_ROLES, SLOTS, USUAL, Face, FaceRole, FaceSet, Slot, describe, discovery, face, load_faces
from govdoc.fonts.fontconfig import fontconfig_file
from govdoc.fonts.fontfile import FontFile, UnreadableFontError
from govdoc.layout.pages import Glyphs, Page, TextLine
from govdoc.style import load_style

HANZI = [
    char
    for row in range(0xB0, 0xF8)
    for cell in range(0xA1, 0xFF)
    if (char := bytes([row, cell]).decode("gb2312", "ignore"))
]
RARE_NAMES = "𫖯玥堃喆昇镕璟旻"
NO_SUCH = "\U0003fffd"


@pytest.fixture(scope="module")
def shipped() -> FaceSet:
    return load_faces(user=False)


# What ships


def test_every_shipped_file_is_the_one_the_manifest_names() -> None:
    listed = {font.file: font.sha256 for font in face.manifest().faces}
    there = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in face.DATA.glob("*.ttf")}
    assert there == listed
    assert {font.slot for font in face.manifest().faces} == set(SLOTS)


def test_every_shipped_font_has_its_licence_beside_it() -> None:
    for font in face.manifest().faces:
        for name in font.licence_files:
            assert name.startswith(("COPYING", "LICENSE", "OFL"))
            assert (face.DATA / name).stat().st_size > 1000


def test_the_script_that_makes_the_fonts_and_the_manifest_name_the_same_packages() -> None:
    script = Path(__file__).resolve().parent.parent / "scripts" / "build_fonts.py"
    said = script.read_text(encoding="utf-8")
    for font in face.manifest().faces:
        assert f'"{font.file}"' in said
        assert f'"{font.package}"' in said
        assert f'"{font.version}"' in said


@pytest.mark.parametrize("role", FACE_ROLES)
def test_every_role_covers_gb2312(shipped: FaceSet, role: FaceRole) -> None:
    assert len(HANZI) == 6763
    assert not [char for char in HANZI if not shipped.face(role).has(char)]


@pytest.mark.parametrize("role", FACE_ROLES)
def test_dashes_and_dots_fill_their_cells(shipped: FaceSet, role: FaceRole) -> None:
    own = shipped.face(role)
    em = own.file.units_per_em
    assert {char: own.advance(char) for char in "国，。“”‘’—…·《》〔〕①"} == dict.fromkeys("国，。“”‘’—…·《》〔〕①", 1)
    left, _, right, _ = own.file.bounds(own.glyph("—")) or (em, 0, 0, 0)
    assert (left, right) == pytest.approx((0, em), abs=em / 50)


def test_a_missing_shipped_font_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = (face.DATA / "NotoSerifSC-Regular.ttf").read_bytes()
    monkeypatch.setattr(face, "DATA", tmp_path)
    with pytest.raises(StyleError, match=r"NotoSerifSC-Regular\.ttf.*install govdoc again"):
        face.shipped_face.__wrapped__("songti")
    (tmp_path / "NotoSerifSC-Regular.ttf").write_bytes(whole[:9704])
    with pytest.raises(StyleError, match=r"NotoSerifSC-Regular\.ttf.*install govdoc again"):
        face.shipped_face.__wrapped__("songti").has("公")


def test_loading_the_names_of_the_roles_and_faces_loads_no_heavy_library() -> None:
    heavy = "{name.partition('.')[0] for name in sys.modules} & {'fontTools', 'reportlab', 'docx', 'lxml'}"
    code = (
        "import sys, govdoc.fonts; assert 'govdoc.fonts.faceset' not in sys.modules;"
        f"faces = govdoc.fonts.load_faces(user=False); print(*sorted({heavy}));"
        f"faces.split('公文', 'fangsong'); print(*sorted({heavy}));"
        "print(*(slot for slot, face in faces.used.items() if '_measured' in vars(face.file)))"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout
    assert said == "\n\nfangsong\n"


# Which face draws what


def test_a_text_its_face_has_is_one_run(shipped: FaceSet) -> None:
    assert shipped.split("公文2025年", "fangsong") == [(shipped.face("fangsong"), "公文2025年")]
    assert shipped.split("", "fangsong") == []


@pytest.mark.parametrize("role", FACE_ROLES)
@pytest.mark.parametrize("char", RARE_NAMES)
def test_rare_names_are_drawn(shipped: FaceSet, role: FaceRole, char: str) -> None:
    drawn_by = shipped.drawn_by(char, role)
    assert drawn_by is not None
    assert drawn_by.ink(char)


def test_what_the_face_lacks_is_drawn_from_songti_with_a_notice(shipped: FaceSet) -> None:
    fangsong, songti = shipped.face("fangsong"), shipped.face("songti")
    assert shipped.split("陈玥镕同志", "fangsong") == [(fangsong, "陈"), (songti, "玥镕"), (fangsong, "同志")]
    (notice,) = shipped.missing("陈玥镕玥同志", "fangsong")
    assert (notice.code, notice.level) == ("F103", "info")
    assert "玥 (U+73A5) 镕 (U+9555)" in notice.message
    assert songti.family in notice.message
    assert shipped.missing("陈同志", "fangsong") == []


def test_what_no_face_has_is_an_error_and_never_a_blank(shipped: FaceSet) -> None:
    fangsong = shipped.face("fangsong")
    assert shipped.split(f"公{NO_SUCH}文", "fangsong") == [(fangsong, "公"), (None, NO_SUCH), (fangsong, "文")]
    (notice,) = shipped.missing(f"公{NO_SUCH}文", "fangsong")
    assert (notice.code, notice.level, notice.message) == ("F104", "error", "no face has U+3FFFD")


def test_latin_is_set_in_latin_only_when_asked(shipped: FaceSet) -> None:
    text = "第2条“GB/T”‘é’—…·×"
    runs = [(run_face, run) for run_face, run in shipped.split(text, "fangsong", latin=True)]
    assert [run for run_face, run in runs if run_face is shipped.latin] == ["2", "GB/T", "é"]
    assert all(shipped.drawn_by(char, "fangsong", latin=True) is shipped.face("fangsong") for char in "“”‘’—…·×")
    assert shipped.latin not in [run_face for run_face, _ in shipped.split(text, "fangsong")]


def test_a_face_set_goes_to_another_process(shipped: FaceSet) -> None:
    shipped.split("公文", "fangsong")
    assert pickle.loads(pickle.dumps(shipped)).split("公文", "fangsong") == shipped.split("公文", "fangsong")  # noqa: S301


def test_every_face_can_be_embedded_and_read_back(shipped: FaceSet) -> None:
    page = io.BytesIO()
    canvas = Canvas(page, pagesize=(400, 400), initialFontName=_register(shipped.face("songti")), invariant=1)
    for line, role in enumerate(FACE_ROLES):
        canvas.setFont(_register(shipped.face(role)), 16)
        canvas.drawString(20, 360 - 30 * line, "关于印发——2025年要点")
    canvas.save()
    with pdfplumber.open(page) as pdf:
        assert pdf.pages[0].extract_text().split("\n") == ["关于印发——2025年要点"] * len(FACE_ROLES)
        fonts = {char["fontname"].partition("+")[2] for char in pdf.pages[0].chars}
    assert fonts == {shipped.face(role).name for role in FACE_ROLES}


def _register(own: Face) -> str:
    pdfmetrics.registerFont(EmbeddedFont(own.name, str(own.path), subfontIndex=own.index))
    return own.name


# Reading fonts


@pytest.mark.parametrize("slot", ["fangsong", "heiti", "latin"])
def test_the_reader_agrees_with_reportlab(shipped: FaceSet, slot: Slot) -> None:
    own = shipped.used[slot].file
    other = TTFontFile(str(own.path))
    shared = own.cmap.keys() - {0xA0}  # which reportlab always draws as a space
    assert {point: other.charToGlyph[point] for point in shared} == {point: own.cmap[point] for point in shared}
    assert [(advance, bearing & 0xFFFF) for advance, bearing in own.metrics] == other.hmetrics
    assert own.offsets == other.glyphPos
    left, bottom, right, top = own.box
    for char in "Ag2é":
        xmin, ymin, xmax, ymax = own.bounds(own.cmap[ord(char)]) or (0, 0, 0, 0)
        assert left <= xmin < xmax <= right
        assert bottom <= ymin < ymax <= top
    assert own.bounds(own.cmap[ord(" ")]) is None


def test_every_way_a_font_is_cut_short_is_said(shipped: FaceSet, tmp_path: Path) -> None:
    whole = shipped.latin.path.read_bytes()
    for length in (0, 3, 11, 13, 100, 400, 5000, len(whole) // 2, len(whole) - 400):
        path = tmp_path / f"{length}.ttf"
        path.write_bytes(whole[:length])
        with pytest.raises(UnreadableFontError):
            FontFile(path).check()


def test_no_damage_to_a_font_breaks_the_reader(tmp_path: Path) -> None:
    make_font("宋体", "公文一二三").save(tmp_path / "whole.ttf")
    whole = (tmp_path / "whole.ttf").read_bytes()
    chance = random.Random(9704)  # noqa: S311
    refused = 0
    for _ in range(1500):
        damaged = bytearray(whole)
        for _ in range(chance.choice((1, 3, 10))):
            damaged[chance.randrange(len(damaged))] = chance.choice((0, 1, 0x7F, 0xFF, chance.randrange(256)))
        (tmp_path / "a.ttf").write_bytes(damaged)
        try:
            file = FontFile(tmp_path / "a.ttf")
            _ = file.names, file.style, file.outlines, file.embeddable, file.vertical, file.box
            file.check()
            for glyph in file.cmap.values():
                _ = file.metrics[glyph], file.bounds(glyph)
        except UnreadableFontError:
            refused += 1
    assert 100 < refused < 1500


# The user's own

MakeFont = Callable[..., TTFont]


def make_font(
    family: str, chars: str = "公文", *, language: int = 0x0804, cff: bool = False, fs_type: int = 0, weight: int = 400
) -> TTFont:
    """A small font: a square for each character; its name stands in the name table in one language only."""
    builder = FontBuilder(1000, isTTF=not cff)
    names = [".notdef", *(f"u{ord(char):X}" for char in chars)]
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(char): f"u{ord(char):X}" for char in chars})
    pens = {name: T2CharStringPen(1000, None) if cff else TTGlyphPen(None) for name in names}
    for pen in pens.values():
        pen.moveTo((0, 0))
        pen.lineTo((0, 800))
        pen.lineTo((900, 800))
        pen.closePath()
    if cff:
        builder.setupCFF("Made", {}, {name: pen.getCharString() for name, pen in pens.items()}, {})
    else:
        builder.setupGlyf({name: pen.glyph() for name, pen in pens.items()})
    builder.setupHorizontalMetrics(dict.fromkeys(names, (1000, 0)))
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupOS2(fsType=fs_type, usWeightClass=weight, sTypoAscender=880, sTypoDescender=-120)
    builder.setupPost()
    builder.setupNameTable({})
    for name_id, name in ((1, family), (2, "Regular"), (4, family)):
        builder.font["name"].setName(name, name_id, 3, 1, language)
    return builder.font


def test_without_the_usual_faces_each_substitution_is_said(font_folder: Path) -> None:
    faces = load_faces()
    assert all(faces.used[slot].shipped for slot in SLOTS)
    messages = [notice.message for notice in faces.substitutions]
    assert [notice.code for notice in faces.substitutions] == ["F101"] * len(SLOTS)
    assert "方正小标宋简体 not found: Noto Serif SC Bold used" in messages


def test_a_face_is_found_by_its_chinese_name_under_any_file_name(font_folder: Path) -> None:
    make_font("方正小标宋简体").save(font_folder / "arial.ttf")
    make_font("Comic Neue", language=0x0409).save(font_folder / "simsun.ttf")
    faces = load_faces()
    title = faces.face("xiaobiaosong")
    assert (title.family, title.path, title.shipped) == ("方正小标宋简体", font_folder / "arial.ttf", False)
    assert faces.face("songti").shipped
    assert not any("方正小标宋简体" in notice.message for notice in faces.substitutions)
    (row,) = [row for row in describe() if row.role == "xiaobiaosong"]
    assert (row.why, row.path, row.licence) == ("found on this machine", str(font_folder / "arial.ttf"), None)


def test_what_the_users_face_lacks_comes_from_the_shipped_face_of_the_role(font_folder: Path) -> None:
    make_font("FangSong", "公文", language=0x0409).save(font_folder / "a.ttf")
    faces = load_faces()
    assert [(own and own.family, run) for own, run in faces.split("公文学玥", "fangsong")] == [
        ("FangSong", "公文"),
        ("FandolFang R", "学"),
        ("Noto Serif SC Regular", "玥"),
    ]


def test_the_better_name_wins_and_the_regular_weight(font_folder: Path) -> None:
    make_font("STFangsong", language=0x0409).save(font_folder / "1.ttf")
    make_font("仿宋_GB2312").save(font_folder / "2.ttf")
    make_font("Times New Roman", "A", weight=700).save(font_folder / "3.ttf")
    make_font("Times New Roman", "A").save(font_folder / "4.ttf")
    faces = load_faces()
    assert faces.face("fangsong").path == font_folder / "2.ttf"
    assert faces.latin.path == font_folder / "4.ttf"


def test_a_face_inside_a_collection_is_found(font_folder: Path) -> None:
    collection = TTCollection()
    collection.fonts = [make_font("NSimSun", language=0x0409), make_font("SimSun", language=0x0409)]
    collection.save(font_folder / "a.ttc")
    songti = load_faces().face("songti")
    assert (songti.family, songti.index) == ("SimSun", 1)
    assert songti.has("公")
    assert songti.advance("公") == 1
    assert _register(songti) in pdfmetrics.getRegisteredFontNames()


def test_what_thickens_a_character_has_its_colour(shipped: FaceSet) -> None:
    """A box for a character no face has stands between two, and a red one beside a black one."""
    songti = shipped.face("songti")
    shown = [
        Glyphs(char, songti if char else None, 20.0, 30.0 * i, red=char == "红", bold=True)
        for i, char in enumerate(("红", "黑", "", "字"))
    ]
    data = draw([Page(1, (TextLine(100.0, 300.0, tuple(shown)),), ())], load_style("plain"))
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        chars = pdf.pages[0].chars
    assert [char["text"] for char in chars] == ["红", "黑", "字"]
    assert [char["stroking_color"] for char in chars] == [char["non_stroking_color"] for char in chars]
    assert len({char["stroking_color"] for char in chars}) == 2


def test_a_face_of_a_collection_named_in_chinese_only_is_embedded(font_folder: Path) -> None:
    whole = make_font("宋体", "公文件\U0002b5af")
    composed = TTGlyphPen({"u516C": None, "u6587": None})
    composed.addComponent("u6587", (1, 0, 0, 1, 0, 0))
    composed.addComponent("u516C", (-1, 0, 0, -1, 900, 800))  # turned round: the other half
    whole["glyf"]["u4EF6"] = composed.glyph()
    collection = TTCollection()
    collection.fonts = [make_font("Other"), whole]
    collection.save(font_folder / "a.ttc")
    songti = load_faces().face("songti")
    shown = Glyphs("件\U0002b5af公", songti, 100.0, 0.0)
    data = draw([Page(1, (TextLine(100.0, 300.0, (shown,)),), ())], load_style("plain"))
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        assert [char["text"] for char in pdf.pages[0].chars] == ["件", "\U0002b5af", "公"]
        assert [round(char["x0"]) for char in pdf.pages[0].chars] == [100, 200, 300]
        assert pdf.pages[0].chars[0]["fontname"].endswith(f"+{songti.name}")
    page = pypdfium2.PdfDocument(data)[0].render(scale=1).to_pil().convert("L")
    dark = [sum(page.crop((left, 200, left + 100, 300)).histogram()[:128]) for left in (100, 200, 300)]
    assert dark == pytest.approx([90 * 80, 90 * 80 / 2, 90 * 80 / 2], rel=0.05)


def _without_outlines() -> TTFont:
    font = make_font("黑体")
    for tag in ("glyf", "loca"):
        del font[tag]
    return font


@pytest.mark.parametrize(
    ("font", "role", "reason"),
    [
        (lambda: make_font("宋体", fs_type=2), "songti", "fsType"),
        (_without_outlines, "heiti", "no outlines"),
    ],
    ids=["forbidden", "outlines"],
)
def test_a_face_that_cannot_be_embedded_is_passed_over_and_said(
    font_folder: Path, font: Callable[[], TTFont], role: FaceRole, reason: str
) -> None:
    font().save(font_folder / "a.otf")
    faces = load_faces()
    assert faces.face(role).shipped
    (notice,) = [notice for notice in faces.substitutions if notice.code == "F102"]
    assert notice.level == "warning"
    assert reason in notice.message
    assert str(font_folder / "a.otf") in notice.message


def test_damaged_fonts_do_not_stop_the_search(font_folder: Path) -> None:
    make_font("宋体").save(font_folder / "b.ttf")
    (font_folder / "a.ttf").write_bytes((font_folder / "b.ttf").read_bytes()[:150])
    (font_folder / "c.ttc").write_bytes(b"ttcf")
    (font_folder / "d.otf").write_bytes(b"not a font at all")
    assert load_faces().face("songti").path == font_folder / "b.ttf"


def test_a_folder_that_is_not_there_is_said(font_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOVDOC_FONTS", f"{font_folder}{os.pathsep}{font_folder / 'nowhere'}")
    assert [notice.message for notice in load_faces().substitutions if notice.code == "F102"] == [
        f"GOVDOC_FONTS names {font_folder / 'nowhere'}, which is no folder"
    ]


def test_scanned_files_are_remembered_until_they_change(font_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = font_folder / "a.ttf"
    make_font("宋体").save(path)
    opened: list[Path] = []
    count = discovery.count_faces
    monkeypatch.setattr(discovery, "count_faces", lambda path: opened.append(path) or count(path))
    first = discovery.discover((font_folder,))
    assert discovery.discover((font_folder,)) == first
    assert opened == [path]
    make_font("黑体").save(path)
    os.utime(path, (1, 1))
    assert [candidate.slot for candidate in discovery.discover((font_folder,))] == ["heiti"]
    assert opened == [path, path]


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b'{"wanted": 3}'], ids=["empty", "object", "list", "type"])
def test_a_broken_index_is_made_anew(font_folder: Path, content: bytes) -> None:
    make_font("宋体").save(font_folder / "a.ttf")
    index = discovery.cache_folder() / "fonts.json"
    index.parent.mkdir(parents=True)
    index.write_bytes(content)
    assert [candidate.family for candidate in discovery.discover((font_folder,))] == ["宋体"]
    assert index.read_bytes() != content


def test_links_in_a_circle_end(font_folder: Path) -> None:
    make_font("宋体").save(font_folder / "a.ttf")
    (font_folder / "again").symlink_to(font_folder, target_is_directory=True)
    assert len(discovery.discover((font_folder,))) == 1


def test_fontconfig_sets_the_standard_faces_in_the_shipped_ones(tmp_path: Path) -> None:
    config = tmp_path / "fonts.conf"
    config.write_text(fontconfig_file(), encoding="utf-8")
    environment = {**os.environ, "FONTCONFIG_FILE": str(config), "XDG_CACHE_HOME": str(tmp_path)}
    shipped_files = {font.slot: font.file for font in face.manifest().faces}
    for slot in SLOTS:
        name = USUAL[slot].standard
        command = ["fc-match", "--format=%{file}", name]
        matched = subprocess.run(command, env=environment, capture_output=True, check=True, text=True).stdout
        assert Path(matched).name == shipped_files[slot], name
