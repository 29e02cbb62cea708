"""A batch over a made-up collection: documents a second, peak memory, how it grows, two jobs against one, a second run.

The collection is made from the seeds and the test pages: texts in several encodings, web pages, Word files and PDFs,
Chinese names in nested folders, damage and duplicates. Each text is its own: figures and numbers are changed.

usage: python benchmarks/batch.py [--sizes 100 1000] [--seed N] [--compare N] [--only PATH]

--only makes the collection at PATH, of the last size, and measures nothing.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import govdoc
from govdoc.exporting import export_document

ROOT = Path(__file__).resolve().parent.parent
PLACES = {
    "苏州市": ("太仓市", "昆山市", "常熟市", "吴江区", "相城区"), "常州市": ("武进区", "天宁区", "溧阳市", "金坛区"),
    "无锡市": ("江阴市", "宜兴市", "惠山区"), "南通市": ("启东市", "如皋市", "海安市", "通州区"),
    "杭州市": ("余杭区", "萧山区", "桐庐县", "建德市"), "宁波市": ("慈溪市", "余姚市", "象山县"),
    "合肥市": ("肥东县", "长丰县", "巢湖市"), "青岛市": ("胶州市", "平度市", "莱西市"),
    "成都市": ("双流区", "郫都区", "彭州市", "金堂县"), "武汉市": ("江夏区", "黄陂区", "新洲区"),
    "长沙市": ("望城区", "浏阳市", "宁乡市"), "福州市": ("福清市", "闽侯县", "连江县"),
}  # fmt: skip
SITES = ("政务公开", "教育在线")
YEARS_BACK = 20
ENCODINGS = ("utf-8", "utf-8", "gb18030", "gb18030", "utf-8-sig", "utf-16", "big5")
SHARES = {"text": 0.6, "html": 0.25, "docx": 0.06, "pdf": 0.04, "copy": 0.03, "damaged": 0.02}
"""Of what the collection is made."""


def make_collection(folder: Path, size: int, seed: int) -> None:
    """Write ``size`` files below ``folder``, the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 no secret
    texts = [path.read_text("utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))]
    pages = sorted((ROOT / "tests/data/pages").glob("*.htm*"))
    written: list[Path] = []
    makers: dict[str, Callable[[], tuple[str, bytes]]] = {
        "text": lambda: (".txt", _encoded(_varied(chance.choice(texts), chance), chance)),
        "html": lambda: (".html", _page(chance, pages, texts)),
        "docx": lambda: (".docx", _printed("docx", _varied(chance.choice(texts), chance))),
        "pdf": lambda: (".pdf", _printed("pdf", _varied(chance.choice(texts), chance))),
        "copy": lambda: (written[-1].suffix, written[-1].read_bytes()),
        "damaged": lambda: (".txt", _damaged(_varied(chance.choice(texts), chance), chance)),
    }
    for number in range(size):
        kind = chance.choices(list(SHARES), list(SHARES.values()))[0] if number else "text"
        suffix, data = makers[kind]()
        path = folder / chance.choice(SITES) / chance.choice(list(PLACES)) / f"{number:06}工作要点{suffix}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        written.append(path)


def _varied(text: str, chance: random.Random) -> str:
    """The text as of another year and place: its figures changed, some of its lines left out."""
    shift, back = chance.randrange(1, 90), chance.randrange(YEARS_BACK)
    city = chance.choice(list(PLACES))
    county = chance.choice(PLACES[city])
    lines = "\n".join(line for line in text.splitlines() if len(line) < 30 or chance.random() > 0.08)
    for old, new in (("苏州", city[:-1]), ("太仓市", county), ("武进区", county)):
        lines = lines.replace(old, new)
    for old, new in (
        ("太仓", county[:-1]),
        ("武进", county[:-1]),
        ("太教", f"{county[0]}教"),
        ("苏教", f"{city[0]}教"),
    ):
        lines = lines.replace(old, new)
    lines = re.sub(r"20[12]\d", lambda found: str(int(found[0]) - back), lines)
    return re.sub(r"(?<!\d)\d{1,2}(?!\d|\s*[月日])", lambda found: str((int(found[0]) + shift) % 100), lines) + "\n"


def _encoded(text: str, chance: random.Random) -> bytes:
    encoding = chance.choice(ENCODINGS)
    return text.encode(encoding, "ignore")


def _page(chance: random.Random, pages: list[Path], texts: list[str]) -> bytes:
    if chance.random() < 0.5:
        return chance.choice(pages).read_bytes()
    title, *lines = _varied(chance.choice(texts), chance).splitlines()
    body = "".join(f"<p>{line}</p>\n" for line in lines)
    return f"<html><meta charset=utf-8><title>{title}</title><div class=nav>首页 | 导航</div>{body}</html>".encode()


def _damaged(text: str, chance: random.Random) -> bytes:
    data = bytearray(text.encode())
    for _ in range(20):
        data[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(data[: chance.randrange(len(data))]) if chance.random() < 0.5 else bytes(data)


def _printed(kind: str, text: str) -> bytes:
    return export_document(govdoc.parse(text)[0], kind).data


@dataclass(frozen=True)
class Run:
    """One batch: its seconds, those of processors, and in MB the peaks of memory of its processes.

    ``worker`` is one that does documents, ``writer`` one that writes what is made over all of them.
    """

    seconds: float
    processor: float
    parent: float
    worker: float
    writer: float
    finished: dict[str, Any]


def run_batch(source: Path, out: Path, jobs: int) -> Run:
    """Run a batch, watching what it and its workers hold."""
    command = [sys.executable, "-m", "govdoc", "batch", str(source), "-o", str(out), "--jobs", str(jobs), "--parquet"]
    command += ["--log", "json", "-v"]
    began, used = time.perf_counter(), _used()
    with tempfile.NamedTemporaryFile() as log:
        process = subprocess.Popen(command, stderr=log, cwd=ROOT)
        parent, children, workers = 0.0, {0: 0.0}, {0}
        while process.poll() is None:
            parent = max(parent, _peak(process.pid))
            children |= {pid: _peak(pid) or children.get(pid, 0.0) for pid in _children(process.pid)}
            if "writing" not in _events(Path(log.name)):
                workers.update(children)
            time.sleep(0.2)
        seconds, events = time.perf_counter() - began, _events(Path(log.name))
        worker = max(peak for pid, peak in children.items() if pid in workers)
        writer = max((peak for pid, peak in children.items() if pid not in workers), default=0.0)
        return Run(seconds, _used() - used, parent, worker, writer, events["finished"])


def _events(log: Path) -> dict[str, dict[str, Any]]:
    """The last event of each kind near the end of a log in JSON lines."""
    with log.open("rb") as lines:
        lines.seek(max(0, lines.seek(0, os.SEEK_END) - 20_000))
        whole = [line for line in lines if line.startswith(b'{"event"') and line.endswith(b"}\n")]
    return {event["event"]: event for event in map(json.loads, whole)}


def _used() -> float:
    """Seconds of processors used by all that was started and has ended: what else the machine does is left out."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _peak(pid: int) -> float:
    """The most memory a process ever held, in MB; 0 where the system does not tell."""
    try:
        status = Path(f"/proc/{pid}/status").read_text("utf-8")
    except OSError:
        return 0.0
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found[1]) / 1024 if found else 0.0


def _children(pid: int) -> list[int]:
    try:
        return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text("utf-8").split()]
    except OSError:
        return []


def measure(size: int, seed: int, folder: Path) -> Run:
    """One size: the first run, the second over what is unchanged; printed."""
    source, out = folder / "scraped", folder / "archive"
    make_collection(source, size, seed)
    first = run_batch(source, out, os.cpu_count() or 1)
    second = run_batch(source, out, os.cpu_count() or 1)
    print(
        f"{size:7} documents{first.seconds:9.1f} s{size / first.seconds:8.1f} a second"
        f"   processors {first.processor:.1f} s"
        f"   peak {first.parent:.0f} MB parent, {first.worker:.0f} MB worker, {first.writer:.0f} MB writer"
        f"   second {second.seconds:.1f} s, {second.processor / first.processor:.1%} of the processors' time"
    )
    print(f"        {_told(first)}", flush=True)
    return first


def _told(run: Run) -> str:
    """How a batch ended, and where its time went."""
    told = {name: value for name, value in run.finished.items() if name not in ("event", "seconds")}
    seconds = ", ".join(f"{value:.1f} s {phase}" for phase, value in run.finished["seconds"].items())
    return f"{', '.join(f'{value} {name}' for name, value in told.items())}; {seconds}"


def compare_jobs(size: int, seed: int, folder: Path) -> None:
    """Two jobs against one, over the same documents."""
    make_collection(folder / "scraped", size, seed)
    one, two = (run_batch(folder / "scraped", folder / f"jobs-{jobs}", jobs) for jobs in (1, 2))
    print(
        f"two jobs do {one.seconds / two.seconds:.2f} x the documents of one"
        f" ({size} documents, {one.seconds:.1f} s and {two.seconds:.1f} s; processors {one.processor:.1f} s and"
        f" {two.processor:.1f} s)"
    )
    for run in (one, two):
        print(f"        {_told(run)}", flush=True)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1000])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--compare", type=int, metavar="N", help="documents for two jobs against one")
    parser.add_argument("--only", type=Path)
    given = parser.parse_args()
    if given.only:
        make_collection(given.only, given.sizes[-1], given.seed)
        return
    first: tuple[int, float] | None = None
    for size in given.sizes:
        folder = Path(tempfile.mkdtemp(prefix="govdoc-batch-"))
        try:
            took = measure(size, given.seed, folder).processor / size
        finally:
            shutil.rmtree(folder)
        if first:
            print(
                f"        a document takes {took / first[1]:.2f} x the processors' time it took among {first[0]}",
                flush=True,
            )
        first = first or (size, took)
    folder = Path(tempfile.mkdtemp(prefix="govdoc-batch-"))
    try:
        compare_jobs(given.compare or given.sizes[0], given.seed, folder)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
