"""Fonts inside the DOCX: obfuscated as ECMA-376 says, under the standard's names, read where the faces are absent."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import uuid
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from lxml import etree

import govdoc
import page_documents as made
from govdoc.exporting import Exported, docx
from govdoc.exporting.docx_fonts import obfuscated
from govdoc.fonts import load_faces
from govdoc.fonts.fontfile import FontFile
from govdoc.model import Block, Cell, Main
from govdoc.style import load_style

EMBEDDING = load_style("gbt9704", {"word.embed_fonts": True})


@pytest.fixture(scope="module")
def exported() -> Exported:
    return docx.write(made.notice(), EMBEDDING)


def fonts_of(data: bytes) -> dict[str, TTFont]:
    """The fonts of a package by the family each stands for, their obfuscation undone."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    table = archive.read("word/fontTable.xml").decode()
    relations = etree.fromstring(archive.read("word/_rels/fontTable.xml.rels"))
    places = {relation.get("Id"): relation.get("Target") for relation in relations}
    found = {}
    for family, id_, key in re.findall('<w:font w:name="(.*?)">.*?r:id="(.*?)" w:fontKey="{(.*?)}"', table):
        data = archive.read(f"word/{places[id_]}")
        found[family] = TTFont(io.BytesIO(obfuscated(data, uuid.UUID(key))))
    return found


def test_the_key_is_laid_over_the_first_32_bytes_from_its_end() -> None:
    key = uuid.UUID("00112233-4455-6677-8899-AABBCCDDEEFF")
    hidden = obfuscated(bytes(40), key)
    assert hidden == bytes.fromhex("FFEEDDCCBBAA99887766554433221100") * 2 + bytes(8)
    assert obfuscated(hidden, key) == bytes(40)


def test_every_face_used_is_there_under_the_name_the_runs_ask_for(exported: Exported) -> None:
    fonts = fonts_of(exported.data)
    assert set(fonts) == {"仿宋_GB2312", "方正小标宋简体", "黑体", "楷体_GB2312", "宋体", "Times New Roman"}
    for family, font in fonts.items():
        assert font["name"].getDebugName(1) == font["name"].getDebugName(4) == family
        assert ord("，") in font.getBestCmap() or family == "Times New Roman"
    assert {ord(char) for char in "太仓市教育局文件"} <= set(fonts["方正小标宋简体"].getBestCmap())
    assert len({font["name"].getDebugName(6) for font in fonts.values()}) == len(fonts)


def test_the_package_says_that_it_embeds_and_is_the_same_twice(exported: Exported) -> None:
    archive = zipfile.ZipFile(io.BytesIO(exported.data))
    assert "<w:embedTrueTypeFonts/><w:saveSubsetFonts/>" in archive.read("word/settings.xml").decode()
    assert "obfuscatedFont" in archive.read("[Content_Types].xml").decode()
    assert exported.data == docx.write(made.notice(), EMBEDDING).data
    assert exported.notices[0].code == "F105"
    assert len(exported.data) < 400_000


def test_without_the_option_no_font_is_embedded() -> None:
    names = zipfile.ZipFile(io.BytesIO(docx.write(made.notice(), load_style("gbt9704")).data)).namelist()
    assert not [name for name in names if "font" in name]


def test_a_rare_character_that_is_not_embedded_is_said() -> None:
    named = made.with_main(made.notice(), body=(made.text("联系人：李\U0002b5af、陆\u3618、朱镕基、陳喆。"),))
    plain = load_style("gbt9704")
    [said] = [one for one in docx.write(named, plain).notices if one.code == "F106"]
    assert said.level == "warning"
    assert "\U0002b5af (U+2B5AF) \u3618 (U+3618):" in said.message
    assert "--embed-fonts" in said.message
    common = made.with_main(named, body=(made.text("联系人：朱镕基、陳喆。"),))
    for fitting, style in ((named, EMBEDDING), (common, plain)):
        assert "F106" not in {one.code for one in docx.write(fitting, style).notices}


def test_a_character_that_a_face_lacks_is_embedded_in_songti_and_asks_for_it() -> None:
    table = Block("table", rows=((Cell("姓名"), Cell("单位")), (Cell("朱镕昇"), Cell("甲\n𫖯"))))
    document = made.document(False, main=Main(title="名单", body=(made.text("由李玥、王𫖯（AB）同志负责。"), table)))
    fangsong = load_faces(user=False).face("fangsong")
    lent = {char for char in "朱镕昇𫖯李玥王" if not fangsong.has(char)}
    assert lent
    found = docx.write(document, EMBEDDING)
    assert lent <= {chr(code) for code in fonts_of(found.data)["宋体"].getBestCmap()}
    assert not [notice for notice in found.notices if notice.level == "warning" and "not embedded" in notice.message]
    body = etree.fromstring(zipfile.ZipFile(io.BytesIO(found.data)).read("word/document.xml"))
    word = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    for run in body.iter(f"{word}r"):
        text = "".join(part.text or "" for part in run.iter(f"{word}t"))
        fonts = run.find(f"{word}rPr/{word}rFonts")
        assert bool(lent & set(text)) == (fonts is not None and fonts.get(f"{word}eastAsia") == "宋体"), text
    texts = ["".join(part.text or "" for part in one.iter(f"{word}t")) for one in body.iter(f"{word}p")]
    assert texts[:2] == ["名单", "由李玥、王𫖯（AB）同志负责。"]
    assert "朱镕昇" in texts
    (read,) = govdoc.parse(govdoc.Source(found.data, name="x.docx"))
    assert read.main.body[0].line == "由李玥、王𫖯（AB）同志负责。"


@pytest.mark.parametrize(("bits", "editable"), [(0, True), (8, True), (4, False), (2, False), (0x100, False)])
def test_licence_bits_are_respected(bits: int, editable: bool, tmp_path: Path) -> None:
    path = tmp_path / "x.ttf"
    with TTFont(load_faces(user=False).latin.path) as font:
        font["OS/2"].fsType = bits
        font.save(path)
    assert FontFile(path).editable == editable


@pytest.mark.slow
def test_libreoffice_draws_with_them_where_no_chinese_face_is_installed(
    exported: Exported, tmp_path: Path, require_tool: Callable[[str], str]
) -> None:
    (tmp_path / "x.docx").write_bytes(exported.data)
    (tmp_path / "western").mkdir()  # LibreOffice does not start without any font
    shutil.copy(load_faces(user=False).latin.path, tmp_path / "western")
    configuration = tmp_path / "fonts.conf"
    configuration.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<dir>{tmp_path / 'western'}</dir><cachedir>{tmp_path / 'cache'}</cachedir></fontconfig>"
    )
    command = [require_tool("soffice"), f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / "x.docx")]
    environment = {**os.environ, "FONTCONFIG_FILE": str(configuration)}
    subprocess.run(command, check=True, capture_output=True, timeout=180, env=environment)
    listed = subprocess.run(
        [require_tool("pdffonts"), str(tmp_path / "x.pdf")], check=True, capture_output=True, text=True
    ).stdout
    for slot in ("fangsong", "xiaobiaosong", "heiti", "kaiti", "songti", "latin"):
        assert f"Embedded-{slot}" in listed
