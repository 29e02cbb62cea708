"""What is made over a whole collection: Parquet, the report, copies known as such, a site's own lines."""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import tomllib
from collections.abc import Iterator
from html import unescape
from pathlib import Path, PosixPath
from typing import Any

import duckdb
import openpyxl
import pyarrow.dataset
import pytest

from govdoc.batch.duplicates import Name
from govdoc.batch.facts import SHINGLE, likeness, sketch
from govdoc.batch.finishing import write_collection
from govdoc.batch.jobs import MIGRATIONS, open_ledger
from govdoc.batch.survey import survey
from govdoc.errors import GovdocError, OutputError
from test_batch import SEEDS, Ended, batch

README = Path(__file__).resolve().parent.parent / "README.md"
NOTICE = """江苏省{city}教育局文件
{city}教发〔{year}〕{number}号
关于印发{year}年教育工作要点的通知
各县（市、区）教育局：
现将{year}年教育工作要点印发给你们，请结合实际，认真贯彻落实。
一、发展目标
全年新建学校{number}所，新增学位{number}000个，学前教育普及率达到9{number}.5%。第{number}片区先行，其他片区在年底以前跟上。
二、重点工作
{body}
{city}教育局
{year}年3月{number}日
"""
TOPICS = ("招生", "师资", "安全", "体育", "财务", "督导", "语言文字", "民办", "特殊教育", "职业教育", "高考", "营养餐")


def notice(city: str, year: int, number: int) -> str:
    body = "\n".join(
        f"第{i}项，推进{topic}改革，由第{number * i}处负责，{year}年底前办结。" for i, topic in enumerate(TOPICS)
    )
    return NOTICE.format(city=city, year=year, number=number, body=body)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two sites with six notices each, one of them on both; a file that is none; all made."""
    folder = tmp_path_factory.mktemp("archive")
    for site, city in (("苏州", "苏州市"), ("常州", "常州市")):
        (folder / "scraped" / site).mkdir(parents=True)
        for number in range(1, 7):
            text = notice(city, 2017 + number + (number > 3), number)
            page = f"{text}\n{site}教育人的掌上家园\n师生佳作第{number}31期展播\n"
            (folder / f"scraped/{site}/{number}.txt").write_text(page, "utf-8")
    copied = notice("苏州市", 2019, 2).replace("其他片区", "其它片区")
    (folder / "scraped/常州/转载.txt").write_text(f"来源：苏州市教育局\n{copied}", "utf-8")
    (folder / "scraped/坏.txt").write_bytes(b"\x89PNG")
    assert make(folder).returncode == 1
    return folder


def make(folder: Path) -> Ended:
    return batch("scraped", "-o", "archive", "--json", "--parquet", cwd=folder)


class Deadly(PosixPath):
    """A folder that takes down the processes it is handed to, as many as the file beside it has letters."""

    def __reduce__(self) -> tuple[object, ...]:
        return _open_deadly, (str(self),)


def _open_deadly(name: str) -> Path:
    deaths = Path(name).with_name("deaths")
    if left := deaths.read_text():
        deaths.write_text(left[1:])
        os._exit(9)
    return Path(name)


@pytest.fixture
def changing(archive: Path, tmp_path: Path) -> Path:
    shutil.copytree(archive, tmp_path, dirs_exist_ok=True)
    return tmp_path


def rows(folder: Path, table: str) -> list[dict[str, Any]]:
    data = pyarrow.dataset.dataset(folder / "archive/parquet" / table, partitioning="hive")
    return data.to_table().to_pylist()  # type: ignore[no-any-return]


def test_documents_are_rows_of_their_year(archive: Path) -> None:
    found = rows(archive, "documents")
    assert len(found) == 13
    one = next(row for row in found if row["path"] == "苏州/3")
    expected = {
        "year": 2020, "title": "关于印发2020年教育工作要点的通知", "doc_number": "苏州市教发〔2020〕3号",
        "genre": "通知", "doc_year": 2020, "doc_seq": 3, "issue_date": "2020-03-03",
        "city": "苏州市", "site": "苏州", "part": 1,
        "products": ["苏州/3.edits.jsonl", "苏州/3.json", "苏州/3.txt"], "duplicate_of": None,
    }  # fmt: skip
    assert {name: one[name] for name in expected} == expected
    assert one["indicators"] == sum(row["path"] == "苏州/3" for row in rows(archive, "indicators")) > 0
    assert one["paragraphs"] == sum(row["path"] == "苏州/3" for row in rows(archive, "paragraphs")) > 10


def test_a_copy_is_linked_and_its_figures_stand_in_the_workbook_once(archive: Path) -> None:
    copies = {row["path"]: row["duplicate_of"] for row in rows(archive, "documents") if row["duplicate_of"]}
    assert copies == {"苏州/2": "常州/转载#1"}
    assert {row["duplicate_of"] for row in rows(archive, "paragraphs") if row["path"] == "苏州/2"} == {"常州/转载#1"}
    sheet = openpyxl.load_workbook(archive / "archive/indicators.xlsx", read_only=True)["指标明细"]
    counted = sum(1 for _ in sheet.iter_rows(min_row=2, max_col=1, values_only=True))
    assert counted == sum(row["duplicate_of"] is None for row in rows(archive, "indicators"))


def test_a_sites_own_lines_are_offered_as_patterns_that_remove_them(archive: Path, tmp_path: Path) -> None:
    page = (archive / "archive/report.html").read_text("utf-8")
    offered = tomllib.loads(unescape(re.search(r"<pre>(.*?)</pre>", page, re.DOTALL)[1]))["clean"]["chrome"]  # type: ignore[index]
    left = {"苏州教育人的掌上家园", "师生佳作第131期展播"}
    assert left <= set((archive / "archive/苏州/1.txt").read_text("utf-8").splitlines()), "no rule knows them"
    assert {one["site"] for one in offered} == {"苏州", "常州"}
    for line in left:
        assert any(one["site"] == "苏州" and re.fullmatch(one["pattern"], line) for one in offered), line
    bodies = notice("苏州市", 2019, 2).splitlines()
    assert not [line for line in bodies for one in offered if re.fullmatch(one["pattern"], line)]
    (tmp_path / "config.toml").write_text(
        "\n".join(f"[[clean.chrome]]\nsite = '{one['site']}'\npattern = '{one['pattern']}'" for one in offered), "utf-8"
    )
    again = batch(archive / "scraped/苏州", "-o", "out", "--json", "--config", "config.toml", cwd=tmp_path)
    assert again.returncode == 0, again.stderr
    assert not left & set((tmp_path / "out/1.txt").read_text("utf-8").splitlines())


def test_the_report_says_what_failed_and_where_there_are_holes(archive: Path) -> None:
    page = (archive / "archive/report.html").read_text("utf-8")
    assert re.search(r"<summary><b>1</b> is a PNG picture[^<]*</summary><ul><li>坏.txt</li></ul>", page)
    data = json.loads(re.search(r'type="application/json">(.*?)</script>', page, re.DOTALL)[1])  # type: ignore[index]
    assert ["江苏省", "苏州市", "", 2021] not in [each[:4] for each in data["places"]], "2021 is missing"
    assert {each[3] for each in data["places"] if each[1] == "苏州市"} == {2018, 2019, 2020, 2022, 2023, 2024}
    assert len(data["rows"]) == 14
    assert not re.findall(r"(?:src|href)=|https?://", page.partition('<script id="data"')[0]), "self-contained"


def test_what_is_up_to_date_is_not_written_again(changing: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in (changing / "archive").rglob("*.*") if path.is_file()}
    make(changing)
    ours = {path: time for path, time in before.items() if ".govdoc" not in path.parts}
    assert ours == {path: path.stat().st_mtime_ns for path in ours}


def test_a_process_that_dies_writing_for_the_collection_is_tried_again(changing: Path) -> None:
    folder, deaths = Deadly(changing / "archive"), changing / "deaths"
    deaths.write_text("xx")
    with pytest.raises(GovdocError, match=r"report.html: the process that writes it came to an end, twice"):
        list(write_collection(["report.html"], folder, force=False))
    deaths.write_text("x")
    assert list(write_collection(["report.html"], folder, force=False)) == [("report.html", 14)]


@pytest.mark.parametrize("workers", [1, 2])
def test_a_workbook_that_a_person_changed_keeps_nobody_from_the_report(changing: Path, workers: int) -> None:
    folder = changing / "archive"
    (folder / "indicators.xlsx").write_bytes(b"a person's")
    (folder / "report.html").unlink()
    written = write_collection(["indicators.xlsx", "report.html"], folder, force=False, workers=workers)
    assert next(written) == ("report.html", 14)
    with pytest.raises(OutputError, match=r"indicators\.xlsx"):
        next(written)


def test_a_year_without_documents_is_taken_away_and_a_strangers_file_is_not(changing: Path) -> None:
    for site in ("苏州", "常州"):
        (changing / f"scraped/{site}/6.txt").write_text(notice(f"{site}市", 2018, 6), "utf-8")
    make(changing)
    years = {path.name for path in (changing / "archive/parquet/documents").iterdir()}
    assert "year=2024" not in {path.parent.name for path in (changing / "archive/parquet").rglob("*.parquet")}
    assert "year=2018" in years
    (changing / "archive/parquet/documents/year=2018/part-0.parquet").write_bytes(b"somebody's")
    (changing / "scraped/苏州/6.txt").write_text(notice("苏州市", 2019, 6), "utf-8")
    refused = make(changing)
    assert refused.returncode == 7
    assert "part-0.parquet: exists with other content" in refused.stderr
    assert not list((changing / "archive").glob(".govdoc-*"))


def test_facts_that_another_version_found_are_found_again(changing: Path) -> None:
    path = changing / "archive/.govdoc/jobs.sqlite"
    with open_ledger(path) as ledger:
        before = survey(ledger)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE results SET facts = NULL")
    with open_ledger(path) as ledger:
        after = survey(ledger)
    assert (after.duplicates, after.facts.keys()) == (before.duplicates, before.facts.keys())
    assert Name("苏州/2", 1) in after.duplicates


def test_a_ledger_of_an_older_govdoc_is_brought_to_the_present_schema(tmp_path: Path) -> None:
    path = tmp_path / "jobs.sqlite"
    with sqlite3.connect(path) as connection:
        connection.executescript(f"{MIGRATIONS[0]}; PRAGMA user_version = 1;")
        connection.execute("INSERT INTO documents VALUES ('a','/a','1',1,1,'done',1,1,NULL,0,'{}','')")
        connection.execute("INSERT INTO results VALUES ('a', x'00', NULL)")
    with open_ledger(path) as ledger:
        assert [result.facts for result in ledger.results()] == [None]
        assert [record.stem for record in ledger.records()] == ["a"]


@pytest.mark.parametrize(
    "other",
    [
        notice("苏州市", 2019, 2),
        notice("苏州市", 2019, 2).replace("其他片区", "其它片区"),
        notice("常州市", 2023, 6),
        SEEDS[0].read_text("utf-8"),
    ],
    ids=["itself", "a word changed", "another year's", "another text"],
)
def test_likeness_is_near_the_share_of_shingles_that_texts_have_in_common(other: str) -> None:
    text = notice("苏州市", 2019, 2)
    mine, theirs = ({each[i : i + SHINGLE] for i in range(len(each) - SHINGLE + 1)} for each in (text, other))
    assert likeness(sketch(text), sketch(other)) == pytest.approx(len(mine & theirs) / len(mine | theirs), abs=0.12)


def queries() -> Iterator[Any]:
    for number, match in enumerate(re.finditer(r"```sql\n(.*?)```", README.read_text("utf-8"), re.DOTALL), start=1):
        yield pytest.param(match[1], id=str(number))


@pytest.mark.parametrize("query", list(queries()))
def test_the_queries_of_the_readme_find_something(query: str, archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(archive)
    assert duckdb.sql(query).fetchall()


def test_the_readme_has_three_queries() -> None:
    assert len(list(queries())) == 3


def test_seeds_are_no_copies_of_each_other(tmp_path: Path) -> None:
    (tmp_path / "scraped").mkdir()
    for seed in SEEDS:
        shutil.copy(seed, tmp_path / "scraped")
    batch("scraped", "-o", "out", "--json", cwd=tmp_path)
    with open_ledger(tmp_path / "out/.govdoc/jobs.sqlite") as ledger:
        assert not survey(ledger).duplicates
