"""Batches that are killed: whatever moment it is, the rerun ends as an undisturbed run does."""

from __future__ import annotations

import hashlib
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from govdoc.batch.document import read_journal

DOCUMENTS = 16
TEXT = """关于印发第{number}号工作要点的通知
教发〔2024〕{number}号
各县（市、区）教育局，各直属学校：
现将工作要点印发给你们，请认真贯彻执行。
一、主要目标
全年新增学位{number}00个，建成学校{number}所，入学率达到9{number}.5%。
附件：任务分工表
某某市教育局
2024年3月{number}日
"""
COMMAND = (sys.executable, "-m", "govdoc", "batch", "scraped", "-o", "out", "--jobs", "2", "-q")


def start(folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(COMMAND, cwd=folder, stderr=subprocess.PIPE, encoding="utf-8")


def finish(folder: Path) -> None:
    run = subprocess.run(COMMAND, cwd=folder, capture_output=True, check=False, encoding="utf-8")
    assert run.returncode == 0, run.stderr


def children(pid: int) -> list[int]:
    """The worker processes of a batch, as the system lists them, at full width."""
    command = ["ps", "-ww", "-o", "pid=", "-o", "args=", "--ppid", str(pid)]
    listed = subprocess.run(command, capture_output=True, check=False, text=True)
    return [int(line.split()[0]) for line in listed.stdout.splitlines() if "spawn_main" in line]


def hashes(out: Path) -> dict[str, str]:
    """Every product by its path; the report tells of the run, and the batch's own folder is no product."""
    return {
        str(path.relative_to(out)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in out.rglob("*")
        if path.is_file() and ".govdoc" not in path.relative_to(out).parts and path.name != "report.html"
    }


def assert_sound(out: Path) -> None:
    """The ledger is whole and says of every file what it is; nothing unfinished is left."""
    with sqlite3.connect(out / ".govdoc/jobs.sqlite") as ledger:
        assert ledger.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert ledger.execute("PRAGMA foreign_key_check").fetchall() == []
        said = dict(ledger.execute("SELECT path, sha256 FROM products UNION SELECT path, sha256 FROM collection"))
        assert ledger.execute("SELECT count(*) FROM documents WHERE state = 'done'").fetchone() == (DOCUMENTS,)
        assert ledger.execute("SELECT count(*) FROM results").fetchone() == (DOCUMENTS,)
    said.pop("report.html", None)
    assert said == hashes(out)
    assert not list(out.rglob(".govdoc-*"))
    assert not list(read_journal(out))


def kill_at_random(folder: Path, within: float, chance: random.Random) -> str:
    """Start a batch and kill it, or one of its workers, at some moment; what was killed."""
    run = start(folder)
    prey = run.pid
    if chance.random() < 0.5:
        while not (found := children(run.pid)) and run.poll() is None:
            time.sleep(0.05)
        time.sleep(chance.uniform(0, within / 4))
        prey = chance.choice(children(run.pid) or found or [0])
    else:
        time.sleep(chance.uniform(0.1, within))
    try:
        if prey:
            os.kill(prey, signal.SIGKILL)
    except ProcessLookupError:
        prey = 0
    _, said = run.communicate()
    if prey == run.pid:
        assert run.returncode in (0, -signal.SIGKILL), said
        return "the batch"
    assert run.returncode == 0, said
    return "a worker" if prey else "nobody"


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, str], float]:
    """The products of a run that nobody disturbed, and how long it took."""
    folder = collection(tmp_path_factory.mktemp("undisturbed"))
    began = time.monotonic()
    finish(folder)
    took = time.monotonic() - began
    assert_sound(folder / "out")
    return hashes(folder / "out"), took


def collection(folder: Path) -> Path:
    (folder / "scraped/县").mkdir(parents=True)
    for number in range(DOCUMENTS):
        (folder / f"scraped/县/{number}.txt").write_text(TEXT.format(number=number + 1), "utf-8")
    return folder


@pytest.mark.parametrize(
    "rounds", [pytest.param(10, marks=pytest.mark.slow), pytest.param(100, marks=pytest.mark.soak)]
)
def test_a_batch_that_was_killed_ends_as_one_that_was_not(
    rounds: int, tmp_path: Path, undisturbed: tuple[dict[str, str], float]
) -> None:
    expected, took = undisturbed
    chance = random.Random(rounds)  # noqa: S311 no secret
    killed = []
    for number in range(rounds):
        folder = collection(tmp_path / str(number))
        # Some are killed twice: the second time while they go on from the first.
        killed += [kill_at_random(folder, took, chance) for _ in range(chance.choice((1, 1, 2)))]
        finish(folder)
        assert hashes(folder / "out") == expected, killed
        assert_sound(folder / "out")
    assert "the batch" in killed
    assert "a worker" in killed
