"""Encodings: the ladder of evidence, and bytes that come back."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govdoc.decode import decode
from govdoc.errors import InputError
from govdoc.ledger import restore_bytes
from govdoc.source import Source, read

SEEDS = sorted((Path(__file__).parent.parent / "seeds").glob("*.txt"))
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


@given(st.binary(max_size=200), st.sampled_from([None, *sorted(ENCODINGS)]))
@settings(max_examples=400, deadline=None)
def test_any_bytes_come_back(data: bytes, encoding: str | None) -> None:
    try:
        decoded = decode(Source(data, encoding=encoding))
    except InputError:
        return
    assert restore_bytes(decoded.text, decoded.encoding, decoded.byte_patches) == data
