"""The Python API of the contract."""

from __future__ import annotations

import os
import pickle
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import govdoc
from govdoc.errors import InputError

SEED = next((Path(__file__).parent.parent / "seeds").glob("000_*.txt"))


def test_clean_takes_a_source_a_path_and_a_text() -> None:
    data = SEED.read_bytes()
    texts = {
        govdoc.clean(govdoc.Source(data, name="x.txt", url="u", content_type="text/plain; charset=utf-8")).text,
        govdoc.clean(SEED).text,
        govdoc.clean(str(SEED)).text,
        govdoc.clean(data.decode()).text,
        govdoc.clean(govdoc.read(SEED)).text,
    }
    assert len(texts) == 1


def test_a_text_too_long_for_a_name_is_a_text_whatever_its_end() -> None:
    line = f"请将报名表发至邮箱，{'并做好各项准备工作，' * 12}附件：报名表.docx"
    assert govdoc.clean(line).text == f"{line}\n"
    with pytest.raises(InputError):
        govdoc.clean(Path(f"{'表' * 200}.docx"))
    with pytest.raises(InputError, match="no such file"):
        govdoc.clean("报名表.docx")


def test_a_cleaned_text_leads_back() -> None:
    cleaned = govdoc.clean(SEED)
    at = cleaned.text.index("太教〔2025〕2号")
    back = cleaned.back(at)
    assert isinstance(back, int)
    assert cleaned.decoded.text[back:].startswith("太教〔2025〕2号")
    assert cleaned.undo() == SEED.read_bytes()
    assert cleaned.ledger
    assert cleaned.notices == ()


def test_documents_and_records_are_values() -> None:
    documents = govdoc.parse(SEED)
    records = govdoc.measure(documents)
    assert records
    for value in (*documents, *records[:5]):
        assert type(value).from_json(value.to_json()) == value
        assert pickle.loads(pickle.dumps(value)) == value  # noqa: S301


def test_what_the_outside_knew_goes_along() -> None:
    source = govdoc.Source(
        SEED.read_bytes(), name="x", url="http://a.example/1", fetched_at="2025-02-08", metadata={"栏目": "总结"}
    )
    (document,) = govdoc.parse(source)
    assert (document.source.url, document.source.fetched_at) == ("http://a.example/1", "2025-02-08")
    assert document.source.metadata == {"栏目": "总结"}


@pytest.mark.parametrize("suffix", ["pdf", "docx", "json", "md"])
def test_the_suffix_picks_the_exporter(tmp_path: Path, suffix: str) -> None:
    (document,) = govdoc.parse(SEED)
    target = tmp_path / "deep" / f"x.{suffix}"
    govdoc.export(document, target, style="gbt9704")
    first = target.read_bytes()
    govdoc.export(document, target, style="gbt9704")
    assert target.read_bytes() == first
    target.write_bytes(b"mine")
    with pytest.raises(govdoc.GovdocError, match="exists with other content"):
        govdoc.export(document, target)


def test_an_unknown_suffix_is_a_clear_error(tmp_path: Path) -> None:
    (document,) = govdoc.parse(SEED)
    with pytest.raises(govdoc.GovdocError, match="no exporter"):
        govdoc.export(document, tmp_path / "x.rtf")


def test_threads_agree() -> None:
    with ThreadPoolExecutor(4) as pool:
        parsed = list(pool.map(govdoc.parse, [SEED] * 8))
    assert all(each == parsed[0] for each in parsed)


@pytest.mark.skipif(os.name == "nt", reason="Windows names are Unicode")
def test_a_file_name_that_is_no_text(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/\xff\xfe.txt"
    with open(path, "wb") as sink:
        sink.write(SEED.read_bytes())
    (document,) = govdoc.parse(Path(os.fsdecode(path)))
    assert document.to_json()
    assert "\\xff" in document.source.name or "\\udcff" in document.source.name


def test_errors_name_the_place_and_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(govdoc.GovdocError) as caught:
        govdoc.clean(tmp_path / "none.txt")
    assert caught.value.exit_status == 3
    assert "none.txt" in str(caught.value)
    again = pickle.loads(pickle.dumps(caught.value))  # noqa: S301
    assert str(again) == str(caught.value)
