"""Tables of scraped pages and crawlers' sidecars: each page a source that knows where it came from."""

from __future__ import annotations

import csv
import datetime
import json
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

import govdoc
from govdoc.errors import GovdocError, InputError
from govdoc.readers.rows import TABLES, Columns, read_rows
from govdoc.source import Source, read

TITLE = "关于做好秋季开学工作的通知"
BODY = "各中小学校：\n请做好秋季开学准备工作，确保平稳有序。\n海陵市教育局\n2025年8月20日"
PAGES = [
    {"title": TITLE, "content": BODY, "url": "https://example.org/1", "date": "2025-08-20", "栏目": "通知公告"},
    {"title": TITLE, "content": f"{TITLE}\n{BODY}", "url": "https://example.org/2", "date": "", "栏目": ""},
    {"title": "", "content": "", "url": "", "date": "", "栏目": ""},
    {"title": TITLE, "content": "", "url": "https://example.org/4", "date": "", "栏目": ""},
]


def write_table(path: Path, encoding: str = "utf-8") -> Path:
    if path.suffix == ".jsonl":
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in PAGES), encoding)
    elif path.suffix == ".xlsx":
        book = openpyxl.Workbook()
        sheet = book.worksheets[0]
        sheet.append(list(PAGES[0]))
        for row in PAGES:
            sheet.append(list(row.values()))
        book.save(path)
    else:
        with path.open("w", encoding=encoding, newline="") as file:
            writer = csv.DictWriter(file, list(PAGES[0]), delimiter="\t" if path.suffix == ".tsv" else ",")
            writer.writeheader()
            writer.writerows(PAGES)
    return path


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "govdoc", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, check=False, encoding="utf-8")


@pytest.mark.parametrize("suffix", sorted(TABLES))
def test_each_row_is_a_page_with_its_address_and_date(tmp_path: Path, suffix: str) -> None:
    rows = dict(read_rows(read(write_table(tmp_path / f"pages{suffix}"))))
    assert list(rows) == [1, 2, 4], "a blank row is no page"
    first, second = rows[1], rows[2]
    assert isinstance(first, Source)
    assert isinstance(second, Source)
    assert (first.url, first.metadata) == ("https://example.org/1", {"栏目": "通知公告", "date": "2025-08-20"})
    assert first.data.decode() == f"{TITLE}\n{BODY}", "the title stands above a text that lacks it"
    assert second.data.decode() == f"{TITLE}\n{BODY}", "and not twice"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_a_table_is_read_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    rows = dict(read_rows(read(write_table(tmp_path / "pages.csv", encoding))))
    assert isinstance(rows[1], Source)
    assert rows[1].data.decode().startswith(TITLE)


def test_a_page_longer_than_a_csv_field_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "pages.csv"
    path.write_text(f'content\n"{"学" * 200_000}"\n', "utf-8")
    (_, row) = next(iter(read_rows(read(path))))
    assert isinstance(row, Source)
    assert len(row.data.decode()) == 200_000


def test_a_date_cell_is_an_iso_date(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["正文", "发布日期"])
    book.worksheets[0].append([BODY, datetime.datetime(2025, 8, 20)])
    book.save(tmp_path / "pages.xlsx")
    (_, row) = next(iter(read_rows(read(tmp_path / "pages.xlsx"))))
    assert isinstance(row, Source)
    assert row.metadata == {"发布日期": "2025-08-20T00:00:00"}


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".xlsx"])
def test_columns_of_other_names_are_named(tmp_path: Path, suffix: str) -> None:
    columns = Columns(text="content", url="栏目")
    rows = dict(read_rows(read(write_table(tmp_path / f"pages{suffix}")), columns))
    assert isinstance(rows[1], Source)
    assert rows[1].url == "通知公告"


@pytest.mark.parametrize(
    ("name", "data", "options", "said"),
    [
        ("a.csv", b"name,age\nx,1\n", {}, "has no column of texts; name one of name, age: --text-column"),
        ("a.csv", b"name,age\nx,1\n", {"text": "body"}, "has no column 'body'; it has name, age: --text-column"),
        ("a.xlsx", b"no workbook", {}, "is no workbook"),
        ("a.xlsx", b"PK\x03\x04 no workbook", {}, "is no workbook"),
    ],
)
def test_what_is_no_table_of_pages_is_refused_in_a_line(
    name: str, data: bytes, options: dict[str, str], said: str
) -> None:
    with pytest.raises(GovdocError) as raised:
        list(read_rows(Source(data, name=name), Columns(**options)))
    assert said in str(raised.value)
    assert str(raised.value).startswith(name)


def test_a_bad_line_of_json_lines_stops_no_other(tmp_path: Path) -> None:
    table = Source(f'{{"content": "{TITLE}"}}\nnot json\n[1]\n{{"content": "二"}}\n'.encode(), name="pages.jsonl")
    rows = dict(read_rows(table))
    assert [type(row) for row in rows.values()] == [Source, InputError, InputError, Source]
    assert str(rows[2]) == "pages.jsonl, line 2: is no JSON object; mend the line"


def test_pages_of_html_are_read_as_pages(tmp_path: Path) -> None:
    page = "".join(f"<p>{line}</p>" for line in BODY.split("\n"))
    table = Source(json.dumps({"title": TITLE, "content": page}).encode(), name="pages.jsonl")
    (_, row) = next(iter(read_rows(table)))
    assert isinstance(row, Source)
    (document,) = govdoc.parse(row)
    assert (document.main.title, document.main.signature_orgs) == (TITLE, ("海陵市教育局",))


def test_every_row_is_cleaned_and_the_bad_one_said(tmp_path: Path) -> None:
    table = write_table(tmp_path / "pages.csv")
    done = run("clean", table, "-o", tmp_path / "out")
    made = sorted(path.name for path in (tmp_path / "out" / "pages").glob("*.txt"))
    assert (done.returncode, made) == (1, ["1.txt", "2.txt"])
    assert done.stderr.startswith(f"govdoc: {table}, row 4: holds no text")
    assert (tmp_path / "out" / "pages" / "1.txt").read_text("utf-8") == f"{TITLE}\n{BODY}\n"


def test_parsing_a_table_keeps_addresses_and_dates(tmp_path: Path) -> None:
    done = run("parse", write_table(tmp_path / "pages.jsonl"), "--date-column", "date", "-q")
    source = json.loads(done.stdout.splitlines()[0])["source"]
    assert (source["url"], source["metadata"]["date"]) == ("https://example.org/1", "2025-08-20")
    assert source["name"].endswith("pages.jsonl, row 1")


def test_a_crawlers_sidecar_is_believed(tmp_path: Path) -> None:
    page = tmp_path / "x.txt"
    page.write_bytes(f"{TITLE}\n{BODY}".encode("gb18030"))
    said = {"url": "https://example.org/x", "fetched_at": "2025-09-01T02:00:00", "charset": "gbk", "site": "海陵"}
    (tmp_path / "x.txt.meta.json").write_text(json.dumps(said), "utf-8")
    cleaned = govdoc.clean(page)
    source = cleaned.decoded.source
    assert (cleaned.decoded.encoding, cleaned.decoded.evidence) == ("gb18030", "content-type")
    assert (source.url, source.fetched_at, source.metadata) == (said["url"], said["fetched_at"], {"site": "海陵"})
    assert govdoc.parse(cleaned)[0].source.fetched_at == said["fetched_at"]


def test_a_sidecar_that_lies_about_the_charset_is_doubted(tmp_path: Path) -> None:
    page = tmp_path / "x.txt"
    page.write_text(f"{TITLE}\n{BODY}", "utf-8")
    (tmp_path / "x.txt.meta.json").write_text('{"charset": "gbk"}', "utf-8")
    assert govdoc.clean(page).decoded.encoding == "utf-8"


def test_a_broken_sidecar_is_named(tmp_path: Path) -> None:
    page = tmp_path / "x.txt"
    page.write_text(BODY, "utf-8")
    (tmp_path / "x.txt.meta.json").write_text("{", "utf-8")
    with pytest.raises(InputError, match=r"x\.txt\.meta\.json: is no JSON object; mend it"):
        read(page)


def test_a_table_is_no_page_for_the_python_verbs(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is a table of pages"):
        govdoc.parse(write_table(tmp_path / "pages.csv"))


def test_a_table_in_a_folder_is_passed_over_in_one_line_with_the_remedy(tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "notice.txt").write_text(f"{TITLE}\n{BODY}\n", "utf-8")
    table = write_table(pages / "a.csv")
    write_table(pages / "b.jsonl")
    (pages / "indicators.xlsx").write_bytes(b"a product of an earlier run")
    words = f"govdoc: {table} and 1 more: tables passed over; name a table of pages itself to read its rows"
    done = run("parse", pages)
    assert (done.returncode, len(done.stdout.splitlines())) == (0, 1)
    assert done.stderr == f"{words} (--text-column)\n"
    assert run("parse", pages, "-q").stderr == ""
    assert "passed over" not in run("parse", pages, table, pages / "b.jsonl", "-q").stderr
    (pages / "notice.txt").unlink()
    empty = run("parse", pages)
    assert empty.returncode == 4
    assert empty.stderr == f"govdoc: {pages}: no document in here; name {table} itself to read its rows as pages\n"
