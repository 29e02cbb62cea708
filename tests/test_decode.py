"""Encodings: the ladder of evidence, and bytes that come back."""

from __future__ import annotations

import encodings.aliases
import runpy
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govdoc.decode import decode, detect
from govdoc.decode.evidence import READ_AS
from govdoc.errors import InputError
from govdoc.ledger import restore_bytes
from govdoc.source import Source, read

ROOT = Path(__file__).parent.parent
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
MATRIX = runpy.run_path(str(ROOT / "benchmarks" / "detect.py"))
TEXT = "各镇（区）社会事业办，各中小学、幼教中心：现将工作要点印发给你们，请结合实际认真贯彻落实。"
ENCODINGS = {
    "utf-8": "utf-8", "utf-8-sig": "utf-8", "gbk": "gb18030", "gb18030": "gb18030", "big5": "big5hkscs",
    "utf-16": "utf-16-le", "utf-16-le": "utf-16-le", "utf-16-be": "utf-16-be", "hz": "hz",
}  # fmt: skip


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.stem)
@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("size", [None, 2000, 400])
def test_the_seeds_in_every_encoding(seed: Path, encoding: str, size: int | None) -> None:
    data = seed.read_text("utf-8").encode(encoding, "ignore")[:size]
    decoded = decode(Source(data))
    assert decoded.encoding == ENCODINGS[encoding]
    assert restore_bytes(decoded.text, decoded.encoding, decoded.byte_patches) == data


def test_the_answer_says_which_evidence_decided() -> None:
    text = "教育局关于印发工作要点的通知"
    page = f'<html><head><meta charset="gb2312"></head>{text}'
    evidence = {
        decode(Source(b"\xef\xbb\xbf" + text.encode())).evidence,
        decode(Source(text.encode("gbk"), content_type="text/plain; charset=gbk")).evidence,
        decode(Source(page.encode("gbk"))).evidence,
        decode(Source(text.encode())).evidence,
        decode(Source(text.encode("gbk") * 4)).evidence,
        decode(Source(text.encode("gbk"), encoding="gbk")).evidence,
        decode(Source(text.encode("hz"))).evidence,
        decode(Source(b"plain")).evidence,
    }
    assert evidence == {"bom", "content-type", "meta", "strict", "score", "given", "hz-escapes", "ascii"}


@pytest.mark.parametrize("encoding", ["utf-32-le", "utf-32-be", "gb18030", "utf-16-be"])
def test_a_byte_order_mark_decides_and_stays_in_the_text(encoding: str) -> None:
    text = "\N{ZERO WIDTH NO-BREAK SPACE}extra"
    decoded = decode(Source(text.encode(encoding)))
    assert (decoded.encoding, decoded.evidence, decoded.text) == (encoding, "bom", text)


def test_ascii_that_looks_like_hz_is_ascii() -> None:
    code = "a=~{b};c=~{d}\nx ~} y"
    assert decode(Source(code.encode())).text == code


def test_a_charset_that_lies_is_not_believed() -> None:
    page = '<meta charset="gb2312">教育局关于印发工作要点的通知'.encode()
    assert decode(Source(page)).encoding == "utf-8"


def test_a_damaged_page_keeps_its_encoding_and_its_bytes() -> None:
    data = read(SEEDS[0]).data[:3000] + b"\x81\xff" + read(SEEDS[0]).data[3000:]
    decoded = decode(Source(data))
    assert (decoded.encoding, decoded.evidence) == ("utf-8", "score-damaged")
    assert restore_bytes(decoded.text, decoded.encoding, decoded.byte_patches) == data


@pytest.mark.parametrize(
    ("data", "what"), [(b"%PDF-1.7 x", "PDF"), (b"PK\x03\x04x", "ZIP"), (bytes(range(256)) * 4, "binary")]
)
def test_what_is_no_text_is_refused(data: bytes, what: str) -> None:
    with pytest.raises(InputError, match=what):
        decode(Source(data, name="x"))


def test_an_unknown_encoding_is_a_clear_error() -> None:
    with pytest.raises(InputError, match="unknown encoding 'klingon'"):
        decode(Source(b"x", encoding="klingon"))


def test_the_matrix_of_encodings_sizes_and_damage() -> None:
    """A third of what benchmarks/detect.py measures: 99.5 % and more are right."""
    cases = list(MATRIX["cases"](thin=3))
    assert len(cases) > 900
    wrong = [case for case in cases if not MATRIX["is_right"](case, detect(case.data).encoding)]
    assert len(wrong) <= 0.005 * len(cases), [(case.variant, case.size, case.data[:24]) for case in wrong]


def test_the_matrix_sees_a_wrong_answer() -> None:
    case = next(case for case in MATRIX["cases"]() if case.variant == "gbk")
    assert MATRIX["is_right"](case, "gb2312")
    assert not MATRIX["is_right"](case, "latin-1")
    assert not MATRIX["is_right"](case, None)


@pytest.mark.parametrize(
    ("declared", "real"),
    [("gb2312", "utf-8"), ("gbk", "utf-8"), ("utf-8", "gb18030"), ("big5", "gb18030"), ("iso-8859-1", "gb18030"),
     ("iso-8859-1", "utf-8"), ("windows-1252", "gb18030"), ("utf-16", "utf-8"),
     ("utf-16", "gb18030"), ("klingon", "gb18030"), ("us-ascii", "gb18030"), ("shift_jis", "gb18030"),
     ("euc-kr", "gb18030")],
)  # fmt: skip
@pytest.mark.parametrize("where", ["meta", "content-type"])
def test_charsets_that_lie(declared: str, real: str, where: str) -> None:
    head = f'<html><head><meta charset="{declared}"></head>' if where == "meta" else "<html>"
    header = f"text/html; charset={declared}" if where == "content-type" else None
    decoded = decode(Source((head + TEXT).encode(real), content_type=header))
    assert decoded.encoding == real
    assert decoded.text == head + TEXT


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5hkscs", "hz"])
@pytest.mark.parametrize("before", [20_000, 150_000, 600_000])
def test_a_page_whose_only_chinese_comes_late(encoding: str, before: int) -> None:
    line = "教育局工作要点" if encoding == "big5hkscs" else TEXT
    page = '<div class="nav"><a href="/index.html">Home</a></div>\n' * (before // 52) + line + "\n</html>\n"
    assert decode(Source(page.encode(encoding))).text == page


def test_stray_symbols_before_the_chinese_do_not_decide() -> None:
    page = "<p>\N{MULTIPLICATION SIGN}</p>\n" * 40 + "<br>\n" * 20_000 + TEXT
    assert decode(Source(page.encode("gb18030"))).text == page


@pytest.mark.parametrize("encoding", ["gb18030", "big5hkscs"])
def test_a_menu_of_uncommon_hanzi_is_chinese_all_the_same(encoding: str) -> None:
    words = {"gb18030": "浏览 搜索 微博 邮箱 扫码 访谈", "big5hkscs": "瀏覽 搜索 微博 郵箱 掃碼 訪談"}[encoding]
    page = '<ul class="nav">' + "".join(f"<li>{word}</li>\n" for word in words.split()) + "</ul>" + "<br>\n" * 300
    decoded = decode(Source(page.encode(encoding)))
    assert (decoded.text, decoded.evidence) == (page, "score-usual")
    assert decoded.notices


LATIN = {
    "english": "The Department’s “annual report” covers 2024 – 25; naïve estimates won’t do. It cost £5 and €7.",
    "french": "L’éducation à l’école primaire a été réformée : les élèves, les maîtres et l’État y sont très attachés.",
    "german": "Für die Prüfung der Schülerinnen und Schüler gelten die Übergangsvorschriften gemäß § 5 Absätze 2, 3.",
    "spanish": "¿Qué año? La educación pública española atenderá a más niños; ¡también en la montaña!",
    "portuguese": "A educação é um direito de todos; não há exceções à obrigação de matrícula das crianças.",
}


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8"])
@pytest.mark.parametrize("language", LATIN)
@pytest.mark.parametrize("times", [1, 30])
def test_western_pages_do_not_turn_into_chinese(language: str, encoding: str, times: int) -> None:
    text = LATIN[language] * times
    found = decode(Source(text.encode(encoding)))
    assert not [char for char in found.text if "\u3400" <= char <= "\u9fff"]
    if encoding == "utf-8" or language in ("english", "french"):
        assert found.text == text


def test_what_is_declared_is_believed_where_nothing_is_chinese() -> None:
    page = f'<meta charset="iso-8859-15">{LATIN["french"].replace("’", "")}'
    assert decode(Source(page.encode("iso-8859-15"))).text == page
    page = '<meta charset="shift_jis">これはペンです。ここはどこですか。'
    assert decode(Source(page.encode("shift_jis"))).text == page


@pytest.mark.parametrize("encoding", ["gb18030", "big5hkscs"])
@pytest.mark.parametrize("damage", ["lost", "added", "first"])
def test_a_byte_lost_or_added_costs_no_more_than_its_neighbours(encoding: str, damage: str) -> None:
    text = "現將工作要點印發，請結合實際貫徹實施。" * 4 if encoding == "big5hkscs" else TEXT * 4
    data = text.encode(encoding)
    data = {"lost": data[:41] + b"\xff" + data[42:], "added": data[:40] + b"\xff" + data[40:], "first": data[1:]}[
        damage
    ]
    decoded = decode(Source(data))
    assert decoded.encoding == encoding
    assert decoded.text.endswith(text[28:])
    assert restore_bytes(decoded.text, decoded.encoding, decoded.byte_patches) == data


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=4, max_size=12))
def test_rare_hanzi_are_not_taken_for_a_file_cut_in_a_character(text: str) -> None:
    assert decode(Source(text.encode("gb18030"), encoding="gbk")).text == text


def test_detection_is_linear_on_hostile_bytes() -> None:
    """Four times the bytes, not sixteen times the time."""
    from time import perf_counter

    def seconds(data: bytes) -> float:
        start = perf_counter()
        detect(data)
        return perf_counter() - start

    for unit in (
        b"\xe4\xb8",
        b"\xff\n",
        b"a" * 99 + b"\x80",
        b"~{~}",
        b"~{",
        b"~{!!",
        b"\x81\x30",
        b"\0\xff",
        b"<meta charset=x>\xff",
    ):
        short, long = (min(seconds(unit * (size // len(unit))) for _ in range(2)) for size in (2**16, 2**18))
        assert long < 10 * short + 0.5, unit


CODECS = sorted({*ENCODINGS, *READ_AS, *encodings.aliases.aliases.values()})


@given(st.binary(max_size=200), st.sampled_from([None, *CODECS]))
@settings(max_examples=600, deadline=None)
def test_any_bytes_come_back(data: bytes, encoding: str | None) -> None:
    try:
        decoded = decode(Source(data, encoding=encoding))
    except InputError:
        return
    assert restore_bytes(decoded.text, decoded.encoding, decoded.byte_patches) == data


@given(st.text(alphabet="教育局工作，。《》abc 1\n", max_size=60), st.sampled_from(sorted(ENCODINGS)), st.data())
@settings(max_examples=400, deadline=None)
def test_damaged_bytes_come_back(text: str, encoding: str, data: st.DataObject) -> None:
    damaged = bytearray(text.encode(encoding))
    for place in data.draw(st.lists(st.integers(0, len(damaged)), max_size=4)):
        damaged[place : place + 1] = data.draw(st.binary(max_size=2))
    try:
        decoded = decode(Source(bytes(damaged)))
    except InputError:
        return
    assert restore_bytes(decoded.text, decoded.encoding, decoded.byte_patches) == damaged


@pytest.mark.parametrize("name", ["base64", "rot13", "zlib", "idna", "punycode", "undefined", "hex", "mbcs"])
def test_a_codec_that_gives_no_text_is_a_clear_error(name: str) -> None:
    with pytest.raises(InputError, match="unknown encoding"):
        decode(Source(b"x", encoding=name))
