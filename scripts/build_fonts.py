"""Makes the fonts that govdoc ships from the packages that carry their originals.

    python scripts/build_fonts.py [OUT] [--archives FOLDER]

Needs apt-get and dpkg-deb (Debian 12) and npm, or a FOLDER with the archives they give. Every archive and every font
taken from it is known by its SHA-256; the same fontTools gives the same bytes. Writes the fonts, their licences and
manifest.json to OUT (where they ship) and prints ``sha256  file`` lines.
"""

from __future__ import annotations

import argparse
import bz2
import gzip
import hashlib
import io
import json
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import fontTools
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, newTable

SHIPPED = Path(__file__).resolve().parent.parent / "src/govdoc/fonts/data"
MAX_ERROR = 1.0  # of a quadratic curve against the cubic one, in thousandths of the em


@dataclass(frozen=True)
class Package:
    """An archive: its registry, name and version, and the SHA-256 of the archive."""

    registry: str
    name: str
    version: str
    sha256: str

    @property
    def archive(self) -> str:
        """The archive's file name."""
        return {
            "debian": f"{self.name}_{self.version}_all.deb",
            "npm": f"{self.name.removeprefix('@').replace('/', '-')}-{self.version}.tgz",
        }[self.registry]


@dataclass(frozen=True)
class Recipe:
    """How one shipped font is made: reduced, with every character of the original, or its file as it is."""

    slot: str
    file: str
    package: Package
    member: str
    licence: str
    licence_files: tuple[str, ...]
    keeps: Literal["wanted characters", "all characters", "every byte"] = "wanted characters"


FANDOL = Package(
    "debian", "texlive-lang-chinese", "2022.20230122-1",
    "9cfa07bd44e7b9098e26f0ecac1b5ad210d2249d474c8074d53de92d650b0ec0",
)  # fmt: skip
LIBERATION = Package(
    "debian", "fonts-liberation2", "2.1.5-1", "35ffaa54f117e633e89a5da89af235a073b34dbe582726fbf6989568f7fd9bda"
)
UNICODE = Package(
    "debian", "unicode-data", "15.0.0-1", "5efef23bbb1c6a133ecbdd63a2cfa07159ccacf5466a49e2426101c5ecd691fc"
)
NOTO_SERIF = Package(
    "npm",
    "@expo-google-fonts/noto-serif-sc",
    "0.4.3",
    "ff6bcf5ba68d92dfecc05544bb150f9e724741a932354a0dd97e7289c40a3f5e",
)
NOTO_SANS = Package(
    "npm",
    "@expo-google-fonts/noto-sans-sc",
    "0.4.3",
    "0d69d0f4971d2ff574e3d93cbc218dc950bf3f3f8f8e2c008d97687ed53aee59",
)

FANDOL_FONTS = "usr/share/texlive/texmf-dist/fonts/opentype/public/fandol"
FANDOL_LICENCE = "usr/share/doc/texlive-doc/fonts/fandol/COPYING.gz"
GPL, OFL = "GPL-3.0-only WITH Font-exception-2.0", "OFL-1.1"
GPL_FILES = ("COPYING-Fandol", "LICENSE-Fandol-exception")

RECIPES = (
    Recipe("fangsong", "FandolFang-Regular.ttf", FANDOL, f"{FANDOL_FONTS}/FandolFang-Regular.otf", GPL, GPL_FILES),
    Recipe("xiaobiaosong", "NotoSerifSC-Bold.ttf", NOTO_SERIF, "package/700Bold/NotoSerifSC_700Bold.ttf", OFL,
           ("OFL-NotoSerifSC.txt",)),
    Recipe("heiti", "NotoSansSC-Medium.ttf", NOTO_SANS, "package/500Medium/NotoSansSC_500Medium.ttf", OFL,
           ("OFL-NotoSansSC.txt",)),
    Recipe("kaiti", "FandolKai-Regular.ttf", FANDOL, f"{FANDOL_FONTS}/FandolKai-Regular.otf", GPL, GPL_FILES),
    Recipe("songti", "NotoSerifSC-Regular.ttf", NOTO_SERIF, "package/400Regular/NotoSerifSC_400Regular.ttf", OFL,
           ("OFL-NotoSerifSC.txt",), keeps="all characters"),
    # As it is: a modified version may not be called Liberation (its reserved name).
    Recipe("latin", "LiberationSerif-Regular.ttf", LIBERATION,
           "usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf", OFL, ("OFL-LiberationSerif.txt",),
           keeps="every byte"),
)  # fmt: skip

BLOCKS = (
    range(0x20, 0x7F), range(0xA0, 0x180), range(0x2010, 0x2028), range(0x2030, 0x205F),  # Latin, punctuation
    range(0x2070, 0x209D), range(0x20A0, 0x20C1), range(0x2100, 0x2190),  # superscripts, currencies, №, numerals
    range(0x2190, 0x2300), range(0x2460, 0x2580), range(0x25A0, 0x2670),  # arrows, operators, ①, boxes, ★
    range(0x2713, 0x2718), range(0x2776, 0x2794), range(0x3000, 0x3040), range(0x3200, 0x3400),  # ✓ ❶ 〔〕 ㈠ ㎡
    range(0xFE10, 0xFE50), range(0xFF01, 0xFFEF),  # vertical and full-width forms
)  # fmt: skip

EXCEPTION = """\
The fonts {files} in this folder are modified versions of fonts of the
Fandol project, Copyright (c) 2012-2013 the Fandol team (Clerk Ma and Jie Su), taken from the Debian package
{package} {version}. They were modified on {date} by the govdoc project: reduced to the characters listed
in README.md and converted from cubic (CFF) to quadratic (TrueType) outlines, with scripts/build_fonts.py of the
govdoc source repository. The originals are the fonts named in README.md, in that Debian package.

They are licensed, as the originals are, under the GNU General Public License, version 3 (file COPYING-Fandol),
with the font exception that stands at the end of that file. The govdoc project extends this exception to its
modified versions:

As a special exception, if you create a document which uses this font, and embed this font or unaltered portions
of this font into the document, this font does not by itself cause the resulting document to be covered by the
GNU General Public License. This exception does not however invalidate any other reasons why the document might be
covered by the GNU General Public License. If you modify this font, you may extend this exception to your version of
the font, but you are not obligated to do so. If you do not wish to do so, delete this exception statement from your
version.

The fonts are data beside the program. The program govdoc is licensed on its own terms (see LICENSE at its root).
"""
MODIFIED_ON = "2026-11-22"


def main() -> None:
    parser = argparse.ArgumentParser(description="Make the fonts that govdoc ships.")
    parser.add_argument("out", type=Path, nargs="?", default=SHIPPED, help="folder to write to")
    parser.add_argument("--archives", type=Path, help="folder with the archives, instead of downloading them")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        archives = Archives(options.archives or Path(scratch), download=options.archives is None)
        build(archives, options.out)
    for path in sorted(options.out.iterdir()):
        print(f"{sha256(path.read_bytes())}  {path.name}")


class Archives:
    """The packages' archives in a folder, fetched there where they may be."""

    def __init__(self, folder: Path, *, download: bool) -> None:
        self.folder = folder.resolve()
        self.download = download
        self._members: dict[Package, dict[str, bytes]] = {}

    def member(self, package: Package, name: str) -> bytes:
        """The bytes of a file in a package."""
        if package not in self._members:
            self._members[package] = dict(_files(package, self._archive(package)))
        return self._members[package][name]

    def _archive(self, package: Package) -> bytes:
        path = self.folder / package.archive
        if self.download:
            commands = {
                "debian": ["apt-get", "download", f"{package.name}={package.version}"],
                "npm": ["npm", "pack", "--silent", f"{package.name}@{package.version}"],
            }
            subprocess.run(commands[package.registry], cwd=self.folder, check=True, stdout=sys.stderr)
        data = path.read_bytes()
        if sha256(data) != package.sha256:
            sys.exit(f"{path.name}: not the archive these fonts were made from (SHA-256 {sha256(data)})")
        return data


def _files(package: Package, archive: bytes) -> Iterator[tuple[str, bytes]]:
    if package.registry == "debian":
        unpack = ["dpkg-deb", "--fsys-tarfile", "/dev/stdin"]
        archive = subprocess.run(unpack, input=archive, check=True, capture_output=True).stdout
    wanted = ("fandol", "Liberation", "copyright", "Unihan_Other", "00", "LICENSE")
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        for entry in tar:
            content = tar.extractfile(entry) if entry.isfile() and any(part in entry.name for part in wanted) else None
            if content is not None:
                yield entry.name.removeprefix("./"), content.read()


def build(archives: Archives, out: Path) -> None:
    """Write every font, licence and the manifest to ``out``."""
    charset = wanted_characters(archives)
    faces = []
    for recipe in RECIPES:
        original = archives.member(recipe.package, recipe.member)
        chosen = charset if recipe.keeps == "wanted characters" else None
        data = original if recipe.keeps == "every byte" else reduce_font(original, chosen)
        (out / recipe.file).write_bytes(data)
        faces.append(_entry(recipe, original, data))
    for name, text in licences(archives):
        (out / name).write_text(text, encoding="utf-8", newline="\n")
    manifest = {"made_with": f"fontTools {fontTools.version}", "faces": faces}
    text = json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"
    (out / "manifest.json").write_text(text, encoding="utf-8", newline="\n")


def _entry(recipe: Recipe, original: bytes, data: bytes) -> dict[str, object]:
    font = TTFont(io.BytesIO(data), lazy=True)
    return {
        "slot": recipe.slot,
        "file": recipe.file,
        "family": font["name"].getDebugName(4),
        "characters": len(font.getBestCmap()),
        "package": recipe.package.name,
        "registry": recipe.package.registry,
        "version": recipe.package.version,
        "member": recipe.member,
        "member_sha256": sha256(original),
        "modified": recipe.keeps != "every byte",
        "licence": recipe.licence,
        "licence_files": list(recipe.licence_files),
        "sha256": sha256(data),
    }


def wanted_characters(archives: Archives) -> frozenset[int]:
    """GB 2312 and GBK's symbols, the 8105 of 通用规范汉字表 (Unihan's kTGH), Latin and what stands among Chinese."""
    rows = range(0xA1, 0xF8)
    cells = [*range(0x40, 0x7F), *range(0x80, 0xFF)]
    text = "".join(bytes([row, cell]).decode("gb2312", "ignore") for row in rows for cell in range(0xA1, 0xFF))
    text += "".join(bytes([row, cell]).decode("gbk", "ignore") for row in range(0xA1, 0xAA) for cell in cells)
    unihan = bz2.decompress(archives.member(UNICODE, "usr/share/unicode/Unihan_OtherMappings.txt.bz2")).decode()
    lines = [line.split("\t") for line in unihan.splitlines() if "\tkTGH\t" in line and line.startswith("U+")]
    if len(lines) != 8105:
        sys.exit(f"kTGH names {len(lines)} characters, not 8105")
    normative = {int(line[0][2:], 16) for line in lines}
    return frozenset(map(ord, text)) | normative | {point for block in BLOCKS for point in block}


def reduce_font(original: bytes, charset: frozenset[int] | None) -> bytes:
    """The font with glyf outlines, only ``charset`` (None: all), and no layout tables; its dates are the original's."""
    font = TTFont(io.BytesIO(original), recalcTimestamp=False)
    options = Options()
    options.layout_features = []
    options.drop_tables += ["BASE", "GDEF", "GPOS", "GSUB", "STAT", "VORG", "vhea", "vmtx"]
    options.name_IDs = ["*"]
    options.name_languages = ["*"]
    options.name_legacy = True
    options.glyph_names = False
    options.notdef_outline = True
    options.recalc_timestamp = False
    subsetter = Subsetter(options)
    own = font.getBestCmap().keys()
    subsetter.populate(unicodes=own if charset is None else charset & own)
    subsetter.subset(font)
    if "CFF " in font:
        to_truetype(font)
    fill_cells(font)
    for record in font["name"].names:
        if record.nameID == 5:
            record.string = f"{record.toUnicode()}; reduced for govdoc {MODIFIED_ON}"
    out = io.BytesIO()
    font.save(out, reorderTables=True)
    return out.getvalue()


def to_truetype(font: TTFont) -> None:
    """Replace the CFF outlines of ``font`` by quadratic ones."""
    order = font.getGlyphOrder()
    glyphs = font.getGlyphSet()
    drawn = {}
    for name in order:
        pen = TTGlyphPen(None)
        glyphs[name].draw(Cu2QuPen(pen, MAX_ERROR, reverse_direction=True))
        drawn[name] = pen.glyph()
    font["loca"] = newTable("loca")
    font["glyf"] = glyf = newTable("glyf")
    glyf.glyphOrder = order
    glyf.glyphs = drawn
    for name in order:
        drawn[name].recalcBounds(glyf)
        font["hmtx"][name] = (font["hmtx"][name][0], getattr(drawn[name], "xMin", 0))
    del font["CFF "]
    maxp = font["maxp"]
    maxp.tableVersion = 0x00010000
    maxp.maxZones = 1
    maxp.maxTwilightPoints = maxp.maxStorage = maxp.maxFunctionDefs = maxp.maxInstructionDefs = 0
    maxp.maxStackElements = maxp.maxSizeOfInstructions = maxp.maxComponentElements = 0
    font["post"].formatType = 3.0
    font["head"].glyphDataFormat = 0
    font.sfntVersion = "\x00\x01\x00\x00"


def fill_cells(font: TTFont) -> None:
    """Give — and · the whole em they take in Chinese text: — from edge to edge, so that —— is one line, · centred."""
    em = font["head"].unitsPerEm
    for char in "\N{EM DASH}\N{MIDDLE DOT}":
        name = font.getBestCmap()[ord(char)]
        glyph = font["glyf"][name]
        if font["hmtx"][name][0] != em:
            stretch = em / (glyph.xMax - glyph.xMin) if char == "\N{EM DASH}" else 1
            left = 0 if char == "\N{EM DASH}" else (em - glyph.xMax + glyph.xMin) // 2
            glyph.coordinates.translate((-glyph.xMin, 0))
            glyph.coordinates.scale((stretch, 1))
            glyph.coordinates.translate((left, 0))
            glyph.coordinates.toInt()
            glyph.recalcBounds(font["glyf"])
            font["hmtx"][name] = (em, glyph.xMin)


def licences(archives: Archives) -> Iterator[tuple[str, str]]:
    """File name and text of every licence."""
    yield "COPYING-Fandol", gzip.decompress(archives.member(FANDOL, FANDOL_LICENCE)).decode()
    files = " and ".join(recipe.file for recipe in RECIPES if recipe.package is FANDOL)
    yield (
        "LICENSE-Fandol-exception",
        EXCEPTION.format(files=files, package=FANDOL.name, version=FANDOL.version, date=MODIFIED_ON),
    )
    for recipe in RECIPES:
        if recipe.licence == OFL:
            yield recipe.licence_files[0], _ofl(archives, recipe)


def _ofl(archives: Archives, recipe: Recipe) -> str:
    """The licence text the package carries, below the copyright the font itself states."""
    font = TTFont(io.BytesIO(archives.member(recipe.package, recipe.member)), lazy=True)
    if recipe.package.registry == "npm":
        carried = archives.member(recipe.package, "package/LICENSE_FONT").decode()
    else:
        carried = archives.member(recipe.package, f"usr/share/doc/{recipe.package.name}/copyright").decode()
        carried = carried.partition("Files: debian/*")[0]
    holder = font["name"].getDebugName(0)
    text = f"{font['name'].getDebugName(1)}\n{holder}\n\nAs carried by the package:\n\n{carried}"
    return "\n".join(line.rstrip() for line in text.splitlines()) + "\n"


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


if __name__ == "__main__":
    main()
