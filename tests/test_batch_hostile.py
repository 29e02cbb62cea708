"""What a folder of scrapes can hold, what a disk can refuse: only that fails, with its reason; nothing leaks."""

from __future__ import annotations

import os
import re
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from test_batch import SEEDS, batch, govdoc, products

PAGE = "关于印发工作要点的通知\n教发〔2024〕3号\n各学校：\n请认真贯彻执行。\n教育局\n2024年3月1日\n"


def tree(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


def test_odd_files_fail_alone_each_with_its_reason(tmp_path: Path) -> None:
    scraped = tmp_path / "scraped"
    (scraped / "x.txt").mkdir(parents=True)
    (scraped / "x.txt/好.txt").write_text(PAGE, "utf-8")
    (scraped / "断\n行.txt").write_text(PAGE, "utf-8")
    Path(os.fsdecode(bytes(scraped) + b"/\xd6\xd0\xce\xc4.txt")).write_text(PAGE, "utf-8")
    (scraped / "dangling.txt").symlink_to("nowhere")
    (scraped / "circle.txt").symlink_to("circle.txt")
    os.mkfifo(scraped / "pipe.txt")
    with (scraped / "big.txt").open("wb") as file:
        file.truncate(500 << 20)
    first = batch("scraped", "-o", "out", "--json", cwd=tmp_path)
    assert first.returncode == 1
    reasons = dict(re.findall(r"^govdoc: scraped/(\w+)\.txt: (.*)$", first.stderr, re.MULTILINE))
    assert reasons == {
        "big": "is 500 MB, more than 64; split it, or raise --max-size",
        "circle": "cannot be read (Too many levels of symbolic links); check its permissions",
        "dangling": "no such file; check the name",
        "pipe": "is no file but a pipe or device; save it as a file first",
    }
    assert "out: 3 of 7 done, 4 failed" in first.stderr
    assert {name for name in products(tmp_path / "out") if name.endswith(".json")} == {
        "x.txt/好.json", "断\n行.json", os.fsdecode(b"\xd6\xd0\xce\xc4.json")
    }  # fmt: skip
    again = batch("scraped", "-o", "out", "--json", "--dry-run", cwd=tmp_path)
    assert "0 new, 0 changed, 0 stale, 0 retried, 3 unchanged, 4 failed, 0 removed" in again.stdout
    status = batch("scraped", "-o", "out", "--status", cwd=tmp_path).stdout
    assert status.startswith("3 done, 4 failed\n")


@pytest.mark.parametrize("name", ["..txt", "...txt", "...csv"])
def test_nothing_is_written_outside_the_output_folder(name: str, tmp_path: Path) -> None:
    text = "url,title,text\nhttp://a.cn/../../b,../../../c,教育局工作要点。\n" if name.endswith("csv") else PAGE
    (tmp_path / name).write_text(text, "utf-8")
    before = tree(tmp_path)
    done = batch(name, "-o", "out", "--json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert all(path.startswith("out") for path in tree(tmp_path) - before)
    assert sum(path.endswith(".json") for path in tree(tmp_path)) == 1


def test_a_source_whose_name_has_a_line_break_is_not_taken_for_gone(tmp_path: Path) -> None:
    (tmp_path / "scraped").mkdir()
    (tmp_path / "scraped/断\n行.txt").write_text(PAGE, "utf-8")
    (tmp_path / "scraped/别的.txt").write_text(PAGE, "utf-8")
    batch("scraped", "-o", "out", "--json", cwd=tmp_path)
    pruned = batch("-o", "out", "--prune", "--yes", cwd=tmp_path)
    assert pruned.returncode == 0, pruned.stderr
    assert (tmp_path / "out/断\n行.json").exists()


@pytest.fixture
def two(tmp_path: Path) -> Path:
    (tmp_path / "scraped").mkdir()
    shutil.copy(SEEDS[3], tmp_path / "scraped/要点.txt")
    shutil.copy(SEEDS[4], tmp_path / "scraped/合集.txt")
    return tmp_path


@pytest.mark.slow
@pytest.mark.parametrize("kilobytes", [8, 120, 400])
def test_a_disk_that_takes_no_more_costs_nothing(two: Path, kilobytes: int) -> None:
    """No file may grow beyond so much: first the job ledger cannot, then the products, then the workbook."""
    command = [sys.executable, "-m", "govdoc", "batch", "scraped", "-o", "out", "--jobs", "1"]
    refused = subprocess.run(
        command, cwd=two, capture_output=True, encoding="utf-8", check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (kilobytes << 10,) * 2),
    )  # fmt: skip
    assert refused.returncode in (0, 1, 7), refused.stderr
    assert "Traceback" not in refused.stderr
    assert "own" not in refused.stderr, "an error of the disk's, not of govdoc's"
    after = govdoc("scraped", "-o", "out", "--jobs", "1", cwd=two)
    assert after.returncode == 0, after.stderr
    govdoc("scraped", "-o", "undisturbed", "--jobs", "1", cwd=two)
    expected = products(two / "undisturbed")
    assert products(two / "out") == expected


@pytest.fixture
def read_only() -> Iterator[Path]:
    """A folder with a page in it that one may read and not write, root or not; and one is there."""
    folder = Path(tempfile.mkdtemp())
    (folder / "scraped").mkdir()
    (folder / "scraped/a.txt").write_text(PAGE, "utf-8")
    batch("scraped", "-o", "warm", "--json", cwd=folder)  # somebody else may not read what is still to import
    here, was = Path.cwd(), os.geteuid()
    os.chdir(folder)
    folder.chmod(0o555)
    try:
        if was == 0:
            os.seteuid(65534)
        yield folder
    finally:
        os.seteuid(was)
        os.chdir(here)
        folder.chmod(0o755)
        shutil.rmtree(folder)


def test_an_output_folder_one_may_not_write_is_refused_in_a_line(read_only: Path) -> None:
    refused = batch("scraped", "-o", "out", "--json", cwd=read_only)
    assert (refused.returncode, refused.stderr.count("\n")) == (7, 1), refused.stderr
    assert "cannot be written (Permission denied); check the folder" in refused.stderr


def test_an_interrupt_stops_cleanly_and_says_how_to_go_on(tmp_path: Path) -> None:
    (tmp_path / "scraped").mkdir()
    for number in range(60):
        (tmp_path / f"scraped/{number}.txt").write_text(PAGE.replace("3号", f"{number}号"), "utf-8")
    command = [sys.executable, "-m", "govdoc", "batch", "scraped", "-o", "out", "--jobs", "1", "--log", "json"]
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, encoding="utf-8") as run:
        assert run.stderr is not None
        run.stderr.readline()
        run.send_signal(signal.SIGTERM)
        said = run.stderr.read()
    assert run.returncode == 130
    assert "the same command goes on from there" in said.splitlines()[-1]
    assert not list((tmp_path / "out").rglob(".govdoc-*"))
    with sqlite3.connect(tmp_path / "out/.govdoc/jobs.sqlite") as ledger:
        (done,) = ledger.execute("SELECT count(*) FROM documents").fetchone()
    assert 0 < done < 60
