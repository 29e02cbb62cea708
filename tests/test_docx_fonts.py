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

import page_documents as made
from govdoc.exporting import Exported, docx
from govdoc.exporting.docx_fonts import obfuscated
from govdoc.fonts import load_faces
from govdoc.fonts.fontfile import FontFile
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
