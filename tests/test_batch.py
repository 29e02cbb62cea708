"""Batches: only what is new or changed, one bad document stopping no other, nothing of anybody's lost."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from filelock import FileLock

from govdoc.batch.collection import Collection
from govdoc.batch.document import DATABASE, LEDGER_FOLDER, Job, Order, Outcome, run_job
from govdoc.batch.jobs import open_ledger
from govdoc.batch.local import run_jobs
from govdoc.cli import main
from govdoc.inputs import Input, find_inputs
from govdoc.source import Source

SEEDS = sorted((Path(__file__).parent.parent / "seeds").glob("*.txt"))


class Bomb(str):
    """A value that ends the process it is handed to, before the job begins."""

    def __reduce__(self) -> tuple[object, ...]:
        return os._exit, (9,)


class Crashing(Input):
    """An input that takes the interpreter down when it is read."""

    def read(self, encoding: str | None = None) -> Source:
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError


class CrashingOnce(Input):
    """An input whose worker is killed from outside, the first time."""

    def read(self, encoding: str | None = None) -> Source:
        if not (flag := self.path.with_suffix(".seen")).exists():
            flag.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return super().read(encoding)


class Hanging(Input):
    """An input that is never done."""

    def read(self, encoding: str | None = None) -> Source:
        while True:
            pass


@dataclass(frozen=True)
class Ended:
    """What a command came to."""

    returncode: int
    stdout: str
    stderr: str


def write_here(names: Sequence[str], folder: Path, *, force: bool, workers: int | None) -> Iterator[tuple[str, int]]:
    """What is made over the collection, in this process."""
    with open_ledger(folder / LEDGER_FOLDER / DATABASE) as ledger:
        collection = Collection(ledger, folder, force=force)
        yield from ((name, count) for name in names if (count := collection.write(name)) is not None)


def batch(*args: str | Path, cwd: Path, answer: str = "") -> Ended:
    """`govdoc batch` as it is typed, in this process; the jobs too, which need a process of their own elsewhere."""
    streams = [io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2)]
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(streams[0]), redirect_stderr(streams[1]):
        patch.chdir(cwd)
        patch.setattr(sys, "argv", ["govdoc", "batch", *map(str, args)])
        patch.setattr(sys, "excepthook", sys.excepthook)
        patch.setattr(sys, "stdin", io.StringIO(answer))
        patch.setattr("govdoc.batch.finishing.write_collection", write_here)
        patch.setattr("govdoc.batch.run.run_jobs", lambda jobs, workers, timeout: (run_job(job) for job in jobs))
        with pytest.raises(SystemExit) as end:
            main()
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    out, err = (stream.buffer.getvalue().decode() for stream in streams)  # type: ignore[attr-defined]
    return Ended(int(end.value.code or 0), out, err)


def govdoc(*args: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """`govdoc batch` in a process of its own."""
    command = [sys.executable, "-m", "govdoc", "batch", *map(str, args)]
    return subprocess.run(command, cwd=cwd, capture_output=True, check=False, encoding="utf-8")


def products(folder: Path) -> dict[str, bytes]:
    """Everything but the ledger's own folder and the report, which tells of the runs, by its path."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and ".govdoc" not in path.relative_to(folder).parts and path.name != "report.html"
    }


@pytest.fixture
def scraped(tmp_path: Path) -> Path:
    folder = tmp_path / "scraped"
    (folder / "武进").mkdir(parents=True)
    shutil.copy(SEEDS[3], folder / "武进/要点.txt")
    shutil.copy(SEEDS[4], folder / "合集.txt")
    return folder


@pytest.fixture
def done(scraped: Path, tmp_path: Path) -> Path:
    """A folder with a batch of JSON and Markdown done."""
    first = again(tmp_path)
    assert first.returncode == 0, first.stderr
    return tmp_path


def again(done: Path, *args: str) -> Ended:
    return batch("scraped", "-o", "out", "--json", "--markdown", *args, cwd=done)


def test_everything_is_made_and_a_second_run_changes_nothing(scraped: Path, tmp_path: Path) -> None:
    first = govdoc("scraped", "-o", "out", cwd=tmp_path)
    assert first.returncode == 0, first.stderr
    made = products(tmp_path / "out")
    assert set(made) == {
        *(f"武进/要点{tail}" for tail in (".txt", ".edits.jsonl", ".json", ".docx", ".pdf")),
        *(f"合集{tail}" for tail in (".txt", ".edits.jsonl", ".json", "-1.docx", "-2.docx", "-1.pdf", "-2.pdf")),
        "indicators.xlsx",
    }
    times = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*.*") if ".govdoc" not in path.parts}
    second = batch("scraped", "-o", "out", cwd=tmp_path)
    assert (second.returncode, second.stderr) == (0, "out: 2 of 2 done, 2 unchanged, 0 failed\n")
    assert made == products(tmp_path / "out")
    assert times == {path: path.stat().st_mtime_ns for path in times}, "what is done is not written again"


def test_only_what_is_new_or_changed_is_done(done: Path) -> None:
    shutil.copy(SEEDS[0], done / "scraped/新.txt")
    with (done / "scraped/合集.txt").open("a", encoding="utf-8") as file:
        file.write("又一句话。\n")
    planned = again(done, "--dry-run").stdout.splitlines()
    assert planned[:2] == [
        "changed   scraped/合集.txt  (text, json, markdown)",
        "new       scraped/新.txt  (text, json, markdown)",
    ]
    assert planned[-1] == "1 new, 1 changed, 0 stale, 0 retried, 1 unchanged, 0 failed, 0 removed"
    assert not (done / "out/新.json").exists(), "a dry run does nothing"
    assert again(done).stderr.endswith("\nout: 3 of 3 done, 1 unchanged, 0 failed\n")


def test_a_product_that_was_deleted_is_made_again(done: Path) -> None:
    before = products(done / "out")
    (done / "out/武进/要点.md").unlink()
    assert "stale     scraped/武进/要点.txt  (markdown)" in again(done, "--dry-run").stdout
    again(done)
    assert products(done / "out") == before


def test_a_product_that_a_person_changed_is_kept_and_said(done: Path) -> None:
    mine = done / "out/武进/要点.md"
    mine.write_text("人改过的", "utf-8")
    assert again(done, "--dry-run").stdout.splitlines()[-2] == "edited    out/武进/要点.md"
    with (done / "scraped/武进/要点.txt").open("a", encoding="utf-8") as file:
        file.write("又一句话。\n")
    kept = again(done)
    assert (kept.returncode, mine.read_text("utf-8")) == (0, "人改过的")
    assert "out/武进/要点.md: was changed since it was made; kept" in kept.stderr
    assert "又一句话。" in (done / "out/武进/要点.txt").read_text("utf-8"), "what nobody changed is replaced"
    assert "out/武进/要点.md: was changed since it was made; kept" in again(done).stderr, "in every run"
    (done / "scraped/武进/要点.txt").write_bytes(SEEDS[3].read_bytes())
    again(done, "--force")
    assert (done / "out/武进/要点.md.bak").read_text("utf-8") == "人改过的"


def test_a_file_that_was_never_ours_is_not_replaced(scraped: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out/合集.json").write_text("somebody's", "utf-8")
    first = batch("scraped", "-o", "out", "--json", cwd=tmp_path)
    assert first.returncode == 1
    assert "out/合集.json: exists with other content" in first.stderr
    (tmp_path / "out/合集.json").unlink()
    assert batch("scraped", "-o", "out", "--json", cwd=tmp_path).returncode == 0, "what the disk refused is tried again"


def test_products_that_a_source_no_longer_gives_are_taken_away(done: Path) -> None:
    assert (done / "out/合集-2.md").exists()
    shutil.copy(SEEDS[0], done / "scraped/合集.txt")
    again(done)
    assert sorted(path.name for path in (done / "out").glob("合集*")) == [
        "合集.edits.jsonl", "合集.json", "合集.md", "合集.txt"
    ]  # fmt: skip


def test_products_whose_source_is_gone_stay_until_pruned(done: Path) -> None:
    (done / "scraped/合集.txt").unlink()
    (done / "out/合集-1.md").write_text("人改过的", "utf-8")
    assert "out: 1 document has lost its source; --prune removes the products" in again(done).stderr
    left = products(done / "out")
    shown = again(done, "--prune", "--dry-run").stderr
    assert shown.startswith(f"  合集 (was {done}/scraped/合集.txt)\nout: would remove 5 products of 1 document")
    refused = batch("-o", "out", "--prune", cwd=done, answer="n\n").stderr
    assert "Remove 5 products of 1 document whose source is gone?" in refused
    assert refused.endswith("out: nothing removed\n")
    unanswered = batch("-o", "out", "--prune", cwd=done)
    assert (unanswered.returncode, "say --yes" in unanswered.stderr) == (2, True)
    assert products(done / "out") == left
    pruned = again(done, "--prune", "--yes")
    assert sorted(path.name for path in (done / "out").glob("合集*")) == ["合集-1.md"]
    assert pruned.stderr.splitlines()[1:] == [
        "out/合集-1.md: was changed since it was made; kept",
        *(f"  out/合集{tail}: removed" for tail in ("-2.md", ".edits.jsonl", ".json", ".txt")),
        "out: 4 products of 1 document removed",
        "out/report.html: what became of 1 source",
    ]
    assert "1 done, 0 failed" in batch("-o", "out", "--status", cwd=done).stdout
    assert again(done, "--prune").stderr == "out: nothing to prune, every source is there\n"


def test_a_folder_that_lost_everything_may_not_be_mounted(done: Path) -> None:
    before = products(done / "out")
    (done / "scraped").rename(done / "elsewhere")
    (done / "scraped").mkdir()
    assert "no document in here" in again(done).stderr
    for paths in (("scraped",), ()):
        refused = batch(*paths, "-o", "out", "--prune", "--yes", cwd=done)
        assert (refused.returncode, products(done / "out")) == (4, before)
        assert "none of the sources that were here is left; check that the folder is mounted" in refused.stderr
    assert batch("scraped", "-o", "out", "--prune", "--prune-all", "--yes", cwd=done).returncode == 0
    assert products(done / "out") == {}


def test_a_sidecar_is_part_of_its_document(done: Path) -> None:
    (done / "scraped/合集.txt.meta.json").write_text('{"url": "https://example.org/1"}', "utf-8")
    assert "stale     scraped/合集.txt" in again(done, "--dry-run").stdout
    again(done)
    assert json.loads((done / "out/合集.json").read_bytes())[0]["source"]["url"] == "https://example.org/1"


def test_a_bad_document_stops_no_other_and_is_not_tried_for_ever(scraped: Path, tmp_path: Path) -> None:
    (scraped / "坏.txt").write_bytes(b"\x89PNG")
    (scraped / "空.html").write_text("<p> </p>", "utf-8")
    first = batch("scraped", "-o", "out", "--json", cwd=tmp_path)
    assert first.returncode == 1
    assert "坏.txt: is a PNG picture" in first.stderr
    assert "空.html: holds no text" in first.stderr
    assert "2 of 4 done, 2 failed" in first.stderr
    assert (tmp_path / "out/武进/要点.json").exists()
    second = batch("scraped", "-o", "out", "--json", cwd=tmp_path)
    assert second.returncode == 1
    assert second.stderr.count("(failed before; --retry-failed tries again)") == 2
    (scraped / "坏.txt").write_bytes(SEEDS[0].read_bytes())
    third = batch("scraped", "-o", "out", "--json", "--retry-failed", cwd=tmp_path)
    assert "3 of 4 done, 2 unchanged, 1 failed" in third.stderr
    with sqlite3.connect(tmp_path / "out/.govdoc/jobs.sqlite") as ledger:
        attempts = dict(ledger.execute("SELECT stem, attempts FROM documents WHERE stem IN ('坏', '空')"))
    assert attempts == {"坏": 2, "空": 2}


def jobs_with(scraped: Path, out: Path, odd: type[Input] = Input, encoding: str | None = None) -> list[Job]:
    """Jobs for six documents, the fourth of them an odd one."""
    for number in range(6):
        shutil.copy(SEEDS[3], scraped / f"{number}.txt")
    (scraped / "合集.txt").unlink()
    (scraped / "武进/要点.txt").unlink()
    order = Order(out, ("text",))
    jobs = [Job(item, order, ("text",)) for item in find_inputs([str(scraped)])]
    fourth = jobs[3].item
    jobs[3] = replace(
        jobs[3], item=odd(fourth.path, fourth.shown, fourth.stem), order=replace(order, encoding=encoding)
    )
    return jobs


@pytest.mark.parametrize(
    ("odd", "encoding", "error"),
    [
        (Crashing, None, "3.txt: took its worker process down, twice; it is set aside"),
        (Input, Bomb(), "3.txt: took its worker process down, twice; it is set aside"),
        (Hanging, None, "3.txt: took longer than 6 seconds; raise --timeout, or look into the file"),
        (CrashingOnce, None, None),
    ],
)
def test_a_document_that_takes_its_worker_with_it_takes_no_other(
    scraped: Path, tmp_path: Path, odd: type[Input], encoding: str | None, error: str | None
) -> None:
    jobs = jobs_with(scraped, tmp_path / "out", odd, encoding)
    errors = {one.item.stem.name: one.error for one in run_jobs(jobs, workers=2, timeout=6)}
    said = errors.pop("3")
    assert (said and said.removeprefix(f"{scraped}/")) == error
    assert list(errors.values()) == [None] * 5


def test_a_source_over_the_limit_is_refused_unread(scraped: Path, tmp_path: Path) -> None:
    with (scraped / "大.txt").open("wb") as file:
        file.truncate(3 << 20)
    first = batch("scraped", "-o", "out", "--json", "--max-size", "2", cwd=tmp_path)
    assert "大.txt: is 3 MB, more than 2; split it, or raise --max-size" in first.stderr
    assert "2 of 3 done, 1 failed" in first.stderr


def test_two_batches_do_not_share_a_folder(scraped: Path, tmp_path: Path) -> None:
    (tmp_path / "out/.govdoc").mkdir(parents=True)
    with FileLock(tmp_path / "out/.govdoc/lock"):
        second = batch("scraped", "-o", "out", cwd=tmp_path)
        assert batch("scraped", "-o", "out", "--dry-run", cwd=tmp_path).returncode == 0, "looking is free"
    assert (second.returncode, second.stderr.count("\n")) == (7, 1)
    assert "another batch is at work in this folder" in second.stderr


@pytest.mark.skipif(os.geteuid() == 0 and not Path("/proc/self").exists(), reason="root writes everywhere")
def test_an_output_folder_that_cannot_be_written_is_refused_in_a_line(scraped: Path, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file", "utf-8")
    refused = batch("scraped", "-o", "out", cwd=tmp_path)
    assert (refused.returncode, refused.stderr.count("\n")) == (7, 1)


def test_what_a_killed_run_left_is_ours(done: Path) -> None:
    """A product written but not recorded, and a file half written, as a kill between the two leaves them."""
    before = products(done / "out")
    left = done / "out/合集.json"
    written = left.read_bytes()
    with sqlite3.connect(done / "out/.govdoc/jobs.sqlite") as ledger:
        ledger.execute("PRAGMA foreign_keys = ON")
        ledger.execute("DELETE FROM documents WHERE stem = '合集'")
    left.write_bytes(b"of another version")
    import hashlib

    digest = hashlib.sha256(b"of another version").hexdigest()
    journal = done / "out/.govdoc/journal"
    (journal / "1.jsonl").write_text(json.dumps({"合集.json": digest}) + '\n{"cut', "utf-8")
    (done / "out/.govdoc-half").write_bytes(b"half")
    (done / "out/.govdoc-parquet/documents").mkdir(parents=True)
    (done / "out/.govdoc-parquet/documents/part-0.parquet").write_bytes(b"half")
    rerun = again(done)
    assert rerun.returncode == 0, rerun.stderr
    assert left.read_bytes() == written
    assert products(done / "out") == before, "and nothing half-written is left"
    assert not list(journal.iterdir())
    assert not list((done / "out").rglob(".govdoc-*"))


def test_the_log_as_json_lines(scraped: Path, tmp_path: Path) -> None:
    run = batch("scraped", "-o", "out", "--json", "--log", "json", "-q", cwd=tmp_path)
    *events, writing, finished = [json.loads(line) for line in run.stderr.splitlines()]
    assert sorted((each["event"], each["reason"], each["input"]) for each in events) == [
        ("done", "new", "scraped/合集.txt"),
        ("done", "new", "scraped/武进/要点.txt"),
    ]
    assert {(each["done"], each["total"]) for each in events} == {(1, 2), (2, 2)}
    assert writing == {"event": "writing", "products": ["report.html"]}
    assert finished["seconds"].keys() == {"documents", "collection"}
    assert {"event": "finished", "done": 2, "unchanged": 0, "failed": 0}.items() <= finished.items()


@pytest.mark.parametrize("name", ["govdoc.service", "crontab", "windows-task.xml"])
def test_the_commands_of_the_examples_are_understood(name: str, scraped: Path, tmp_path: Path) -> None:
    text = (SEEDS[0].parent.parent / "examples/nightly" / name).read_text("utf-8")
    (command,) = re.findall(
        r"govdoc(?:</Command>\s*<Arguments>)? batch (scraped[^\n<]*?)(?: 2>>.*)?(?:\n|<)",
        text.replace("<Arguments>batch", "<Arguments> batch"),
    )
    planned = batch(*command.split(), "--dry-run", cwd=tmp_path)
    assert (planned.returncode, planned.stdout.splitlines()[-1].split(",")[0]) == (0, "2 new")


def test_looking_leaves_no_trace(scraped: Path, tmp_path: Path) -> None:
    planned = batch("scraped", "-o", "out", "--dry-run", cwd=tmp_path)
    assert planned.stdout.splitlines()[-1].startswith("2 new, ")
    status = batch("-o", "out", "--status", cwd=tmp_path)
    assert (status.returncode, "no batch has been here" in status.stderr) == (4, True)
    assert not (tmp_path / "out").exists()


def test_batch_reads_no_standard_input(tmp_path: Path) -> None:
    assert batch("-", cwd=tmp_path).returncode == 2
    assert batch("-o", "out", cwd=tmp_path).returncode == 2, "nor none at all"


def test_outcomes_tell_every_failure_apart(tmp_path: Path) -> None:
    missing = Input(tmp_path / "no.txt", "no.txt", Path("no"))
    (outcome,) = run_jobs([Job(missing, Order(tmp_path / "out", ("text",)), ("text",))], workers=1)
    assert isinstance(outcome, Outcome)
    assert (outcome.exit_status, outcome.error) == (3, f"{tmp_path}/no.txt: no such file; check the name")
