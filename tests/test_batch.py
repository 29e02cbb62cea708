"""Batches: every product made, one bad document stopping no other, a worker's death survived."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from govdoc.batch.document import Job
from govdoc.batch.local import run_jobs
from govdoc.inputs import find_inputs

SEEDS = sorted((Path(__file__).parent.parent / "seeds").glob("*.txt"))


class Bomb(str):
    """A value that ends the process it is handed to."""

    def __reduce__(self) -> tuple[object, ...]:
        return os._exit, (9,)


def batch(*args: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from govdoc.cli import main; main()", "batch", *args]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


@pytest.fixture
def scraped(tmp_path: Path) -> Path:
    folder = tmp_path / "scraped"
    (folder / "武进").mkdir(parents=True)
    shutil.copy(SEEDS[3], folder / "武进/要点.txt")
    shutil.copy(SEEDS[4], folder / "合集.txt")
    return folder


def test_everything_is_made_and_a_second_run_changes_nothing(scraped: Path, tmp_path: Path) -> None:
    first = batch("scraped", "-o", "out", cwd=tmp_path)
    assert first.returncode == 0, first.stderr
    made = {str(path.relative_to(tmp_path / "out")): path.read_bytes() for path in (tmp_path / "out").rglob("*.*")}
    assert set(made) == {
        *(f"武进/要点{tail}" for tail in (".txt", ".edits.jsonl", ".json", ".docx", ".pdf")),
        *(f"合集{tail}" for tail in (".txt", ".edits.jsonl", ".json", "-1.docx", "-2.docx", "-1.pdf", "-2.pdf")),
        "indicators.xlsx",
    }
    assert batch("scraped", "-o", "out", cwd=tmp_path).returncode == 0
    assert made == {name: (tmp_path / "out" / name).read_bytes() for name in made}


def test_a_bad_document_stops_no_other(scraped: Path, tmp_path: Path) -> None:
    (scraped / "坏.txt").write_bytes(b"PK\x03\x04")
    (scraped / "页.html").write_text("<p>通知</p>", "utf-8")
    done = batch("scraped", "-o", "out", "--json", cwd=tmp_path)
    assert done.returncode == 1
    assert "坏.txt: is a ZIP container" in done.stderr
    assert "页.html: is a web page" in done.stderr
    assert "2 of 4 done, 2 failed" in done.stderr
    assert (tmp_path / "out/武进/要点.json").exists()


def test_a_document_that_takes_its_worker_down_is_set_aside(scraped: Path, tmp_path: Path) -> None:
    items = find_inputs([str(scraped)])
    jobs = [Job(item, tmp_path / "out", (), encoding=Bomb() if "合集" in item.shown else None) for item in items]
    outcomes = {outcome.item.stem.name: outcome for outcome in run_jobs(jobs, workers=2)}
    assert outcomes["要点"].error is None
    assert "took its worker process down" in (outcomes["合集"].error or "")


def test_batch_reads_no_standard_input(tmp_path: Path) -> None:
    assert batch("-", cwd=tmp_path).returncode == 2
