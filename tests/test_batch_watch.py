"""Watching a folder: files are taken up once they rest, written in pieces or before the start; then the workbook."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from govdoc.batch.watch import is_growing, watch_rounds
from govdoc.inputs import Input

PAGE = "关于印发工作要点的通知\n教发〔2024〕{number}号\n各学校：\n全年新增学位{number}00个。\n教育局\n2024年3月1日\n"
PATIENCE = 60.0


def wait_for(what: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.1)


@pytest.fixture
def watching(tmp_path: Path) -> Iterator[Callable[[], subprocess.Popen[str]]]:
    """Starts `govdoc batch scraped --watch`; whatever was started is ended."""
    (tmp_path / "scraped").mkdir()
    started = []

    def start() -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "govdoc", "batch", "scraped", "-o", "out", "--json", "--indicators"]
        with (tmp_path / "log").open("a") as log:
            run = subprocess.Popen([*command, "--jobs", "1", "--watch"], cwd=tmp_path, stderr=log, text=True)
        started.append(run)
        return run

    yield start
    for run in started:
        run.kill()
        run.wait()


@pytest.mark.slow
def test_what_arrives_in_pieces_or_while_nobody_watches_is_done_once_it_is_whole(
    tmp_path: Path, watching: Callable[[], subprocess.Popen[str]]
) -> None:
    out, scraped = tmp_path / "out", tmp_path / "scraped"
    (scraped / "早.txt").write_text(PAGE.format(number=1), "utf-8")
    first = watching()
    wait_for((out / "indicators.xlsx").exists)
    before = (out / "indicators.xlsx").read_bytes()
    with (scraped / "慢.txt").open("w", encoding="utf-8") as slow:
        for line in PAGE.format(number=2).splitlines(keepends=True):
            slow.write(line)
            slow.flush()
            assert not (out / "慢.json").exists(), "still growing"
            time.sleep(0.5)
    wait_for((out / "慢.json").exists)
    assert "2024年3月1日" in (out / "慢.txt").read_text("utf-8")
    wait_for(lambda: (out / "indicators.xlsx").read_bytes() != before)
    first.send_signal(signal.SIGTERM)
    assert first.wait(PATIENCE) == 130
    assert "stopped watching; the same command goes on from there" in (tmp_path / "log").read_text("utf-8")
    (scraped / "间.txt").write_text(PAGE.format(number=3), "utf-8")
    watching()
    wait_for((out / "间.json").exists)
    assert (tmp_path / "log").read_text("utf-8").count("慢.txt") == 0, "what is done is done"


def test_a_file_grows_while_it_was_written_to_a_moment_ago(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("a", "utf-8")
    item = Input(path, "a.txt", Path("a"))
    os.utime(path, (1000, 1000))
    assert is_growing(item, now=1001.5)
    assert not is_growing(item, now=1002.5)
    assert not is_growing(Input(tmp_path / "gone.txt", "gone.txt", Path("gone")), now=1000)


def test_a_round_follows_every_change_and_another_whatever_is_left_growing(tmp_path: Path) -> None:
    growing = [True, False, False]
    done: list[set[str]] = []

    def work() -> bool:
        done.append({path.name for path in tmp_path.iterdir()})
        return growing.pop(0) if growing else False

    rounds = watch_rounds([tmp_path], work, quiet=0.2)
    next(rounds)
    next(rounds)
    assert len(done) == 2, "what was still growing is looked at again without a change"
    timer = threading.Timer(0.5, lambda: (tmp_path / "b.txt").write_text("b", "utf-8"))
    timer.start()
    next(rounds)
    rounds.close()  # type: ignore[attr-defined]
    assert done[-1] == {"b.txt"}
