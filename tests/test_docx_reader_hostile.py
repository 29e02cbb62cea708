"""Broken and hostile Word files: refused in one line that names the file and the remedy, in bounded time and memory."""

from __future__ import annotations

import io
import os
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from govdoc.errors import GovdocError, InputError
from govdoc.readers import read_source
from govdoc.readers.docx import package, read
from govdoc.source import Source
from word_files import docx, lines, p, packed, parts, r, relations, tbl, tc, xml

CPU_SECONDS, MEMORY = 60, 1 << 30
"""What a file within the reader's own bounds may take at most, the interpreter and libraries included."""


def with_document(data: bytes) -> bytes:
    return packed({**parts(""), "word/document.xml": data})


def with_doctype(declarations: str, inside: str) -> bytes:
    root = xml("w:document", f"<w:body><w:p><w:r><w:t>{inside}</w:t></w:r></w:p></w:body>").decode()
    return with_document(root.replace("?>", f"?><!DOCTYPE w:document [{declarations}]>", 1).encode())


def bomb(size: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts("").items():
            archive.writestr(name, b"<w:p/>" * (size // 6) if name == "word/document.xml" else data)
    return out.getvalue()


def lying(data: bytes) -> bytes:
    """A bomb whose directory says that it is small."""
    changed = bytearray(data)
    at = changed.rindex(b"word/document.xml") - 46
    struct.pack_into("<I", changed, at + 24, 1000)
    return bytes(changed)


def twice() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts(p("甲")).items():
            archive.writestr(name, data)
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("word/document.xml", parts(p("乙"))["word/document.xml"])
    return out.getvalue()


def locked() -> bytes:
    data = bytearray(docx(p("甲")))
    at = 0
    while (at := data.find(b"PK\x01\x02", at + 1)) > 0:
        data[at + 8] |= 1
    return bytes(data)


def other(kind: str) -> dict[str, bytes]:
    """A container of another format."""
    return {
        "_rels/.rels": relations(("rId1", "officeDocument", f"{kind}/main.xml", False)),
        f"{kind}/main.xml": f'<x xmlns="{kind}"/>'.encode(),
    }


LAUGHS = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10 if i else "哈" * 10}">' for i in range(10))
REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "a zip bomb": (lambda: bomb(60_000_000), "a zip bomb"),
    "a zip bomb that lies": (lambda: lying(bomb(60_000_000)), "is damaged"),
    "a bomb that packs badly": (
        lambda: packed({**parts(""), "word/document.xml": os.urandom(34_000_000).hex().encode()}, zipfile.ZIP_STORED),
        "more than",
    ),
    "more tags than any document": (lambda: packed(parts(p(r("x")) * 350_000), zipfile.ZIP_STORED), "tags"),
    "many files": (lambda: packed({**parts(p("甲")), **{f"x{i}": b"" for i in range(21_000)}}), "files"),
    "entities": (lambda: with_doctype(LAUGHS, "&a9;"), "declares entities"),
    "entities never used": (lambda: with_doctype(LAUGHS, "甲"), "declares entities"),
    "an external entity": (lambda: with_doctype('<!ENTITY x SYSTEM "file:///etc/passwd">', "&x;"), "declares entities"),
    "parameter entities": (lambda: with_doctype('<!ENTITY % x SYSTEM "http://x/y"> %x;', "甲"), "declares entities"),
    "entities in another part": (
        lambda: packed({**parts(p("甲"), styles=""), "word/styles.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}),
        "declares entities",
    ),
    "nesting": (lambda: docx("<w:sdt><w:sdtContent>" * 10_000 + "</w:sdtContent></w:sdt>" * 10_000), "depth"),
    "nesting short of the XML library's limit": (lambda: docx("<w:ins>" * 200 + "</w:ins>" * 200), "deep"),
    "runs in runs": (lambda: docx(p("<w:ins>" * 200 + "</w:ins>" * 200)), "deep"),
    "tables in tables": (lambda: docx(nested_tables(80)), "deep"),
    "no document part": (lambda: packed({k: v for k, v in parts("").items() if "document" not in k}), "without a Word"),
    "nothing but a directory": (lambda: packed({"x": b""}), "without a Word"),
    "no body": (lambda: with_document(xml("w:document", "")), "without a body"),
    "no XML": (lambda: with_document(b"PK"), "no XML"),
    "another root": (lambda: with_document(b"<html/>"), "without a body"),
    "cut short": (lambda: docx(p("甲"))[:-30], "cut short"),
    "cut to its first bytes": (lambda: b"PK\x03\x04rest", "cut short"),
    "a part twice": (twice, "twice"),
    "a password": (locked, "password"),
    "packed otherwise": (lambda: packed(parts(p("甲")), zipfile.ZIP_LZMA), "does not know"),
    "an Excel workbook": (lambda: packed(other("xl")), "Excel"),
    "a PowerPoint presentation": (lambda: packed(other("ppt")), "PowerPoint"),
    "an OpenDocument file": (lambda: packed({"mimetype": b"", "content.xml": b"<x/>"}), "OpenDocument"),
    "an EPUB": (lambda: packed({"mimetype": b"", "META-INF/container.xml": b"<x/>"}), "EPUB"),
    "an OFD": (lambda: packed({"OFD.xml": b"<x/>"}), "OFD"),
}


def nested_tables(depth: int) -> str:
    body = p("甲")
    for _ in range(depth):
        body = tbl(tc(body) + tc("乙"))
    return body


@pytest.mark.parametrize("what", REFUSED)
def test_refused_in_one_line_that_says_what_and_what_to_do(what: str) -> None:
    make, words = REFUSED[what]
    with pytest.raises(InputError, match=words) as raised:
        read_source(Source(make(), name="坏.docx"))
    said = str(raised.value)
    assert said.startswith("坏.docx: ")
    assert "\n" not in said
    assert raised.value.remedy
    assert raised.value.exit_status == 3


def test_every_part_cut_anywhere_is_refused_or_read() -> None:
    whole = docx(p("甲") + tbl(tc("乙") + tc("丙")), styles="", numbering="")
    for stop in range(4, len(whole), 7):
        with pytest.raises(InputError):
            read(Source(whole[:stop], name="坏.docx"))


TO_NOTE = '<w:r><w:footnoteReference w:id="1"/></w:r>'
STRANGE = {
    "names that lead out": ({**parts(p("甲")), "../../etc/x": b"", "/abs": b"", "C:\\x": b""}, ["甲"]),
    "a target that leads out": (
        parts(p('<w:r><w:drawing><wp:inline><pic:pic><a:blip r:embed="rId9"/></pic:pic></wp:inline></w:drawing></w:r>'),
              ("rId9", "image", "../../../etc/passwd", False)),
        ["[图片1]"],
    ),
    "relationships to parts that are not there": (parts(p("甲"), ("rId5", "styles", "none.xml", False)), ["甲"]),
    "relationships to other machines": (parts(p("甲"), ("rId5", "styles", "http://x/styles.xml", True)), ["甲"]),
    "no relationships": ({k: v for k, v in parts(p("甲")).items() if not k.endswith(".rels")}, ["甲"]),
    "notes that are not there": (parts(p(r("甲") + '<w:r><w:footnoteReference w:id="7"/></w:r>')), ["甲"]),
    "a note that refers to itself": (
        parts(p(r("甲") + TO_NOTE), footnotes=f'<w:footnote w:id="1">{p(r("乙") + TO_NOTE)}</w:footnote>'),
        ["甲[1]", "[1]乙"],
    ),
    "numbers beyond reason": (
        parts(p("甲", '<w:numPr><w:ilvl w:val="99999999999999"/><w:numId w:val="1"/></w:numPr><w:ind w:left="9e9"/>')),
        ["甲"],
    ),
    "a table without rows": (parts("<w:tbl/>" + p("甲")), ["甲"]),
    "a cell without anything": (parts(tbl("<w:tc/>" + tc("甲")) + p("乙")), ["\t甲", "乙"]),
    "merged cells that nothing begins": (parts(tbl(tc("甲", "<w:vMerge/>") + tc("乙", "<w:vMerge/>"))), ["甲\t乙"]),
    "text outside paragraphs": (parts("甲" + r("乙") + p("丙")), ["丙"]),
}  # fmt: skip


@pytest.mark.parametrize("what", STRANGE)
def test_what_is_strange_but_harmless_is_read(what: str) -> None:
    files, wanted = STRANGE[what]
    assert read(Source(packed(files), name="x.docx")).text.splitlines() == wanted


def test_tables_may_nest_as_deep_as_word_allows() -> None:
    assert "甲" in lines(nested_tables(40))[0]


HEAVY: dict[str, Callable[[], bytes]] = {
    "paragraphs": lambda: docx(p(r("教育", "<w:b/>"), '<w:jc w:val="center"/>') * 160_000),
    "empty elements": lambda: docx('<w:p w:rsidR="00AB12CD"/>' * 1_990_000),
    "cells": lambda: docx(tbl(*[tc("1") * 60] * 2_700)),
    "fields in fields": lambda: docx(
        p("".join(f'<w:r><w:fldChar w:fldCharType="{way}"/></w:r>' * 220_000 for way in ("begin", "end")))
    ),
    "line breaks in a heading": lambda: docx(p((r("x") + "<w:r><w:br/></w:r>") * 200_000, '<w:outlineLvl w:val="0"/>')),
    "columns": lambda: docx(p((r("x") + "<w:r><w:tab/></w:r>") * 200_000)),
    "styles on styles": lambda: docx(
        "".join(p("x", f'<w:pStyle w:val="s{i}"/>') for i in range(60_000)),
        styles="".join(
            f'<w:style w:type="paragraph" w:styleId="s{i}"><w:basedOn w:val="s{i + 1}"/></w:style>'
            for i in range(60_000)
        ),
    ),
    "notes": lambda: docx(
        p("".join(f'<w:r><w:footnoteReference w:id="{i}"/></w:r>' for i in range(60_000))),
        footnotes="".join(f'<w:footnote w:id="{i}">{p("x")}</w:footnote>' for i in range(60_000)),
    ),
    "floating tables": lambda: docx(
        '<w:tbl><w:tblPr><w:tblpPr w:vertAnchor="page" w:tblpYSpec="bottom"/></w:tblPr></w:tbl><w:p/>' * 200_000
    ),
}  # fmt: skip
MEASURED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_CPU, ({cpu}, {cpu}))
resource.setrlimit(resource.RLIMIT_AS, ({memory}, {memory}))
from govdoc.readers.docx import package, read
from govdoc.source import Source
package.MAX_RATIO = 2_000
print(len(read(Source(open(sys.argv[1], "rb").read(), name="x.docx")).text))
"""


@pytest.mark.slow
@pytest.mark.parametrize("what", HEAVY)
def test_the_heaviest_that_is_read_is_read_in_bounded_time_and_memory(what: str, tmp_path: Path) -> None:
    path = tmp_path / "heavy.docx"
    path.write_bytes(HEAVY[what]())
    code = MEASURED.format(cpu=CPU_SECONDS, memory=MEMORY)
    done = subprocess.run([sys.executable, "-c", code, path], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-500:]


def test_the_bounds_are_what_they_are_said_to_be() -> None:
    assert package.MAX_TAGS == 2_000_000
    assert package.MAX_PART <= package.MAX_TOTAL <= MEMORY // 8
    with pytest.raises(GovdocError, match="zip bomb"):
        read(Source(bomb(5_000_000), name="x.docx"))
