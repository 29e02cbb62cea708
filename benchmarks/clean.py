"""Cleaning with its ledger, in MB/s, beside what others do to the same text in the same run; then hostile text.

None of the others keeps a ledger, and none does the same work; the ratio says what the work costs. A peer that is not
installed is named and left out (ftfy, autocorrect-py, opencc-python-reimplemented). Processor time, so that what else
the machine does matters less.

usage: python benchmarks/clean.py [--rounds N]
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import govdoc
from govdoc.errors import EmptyError
from govdoc.rules.registry import all_rules

ROOT = Path(__file__).resolve().parent.parent
Work = Callable[[str], object]

MEGABYTE = 1_000_000
HOSTILE = {
    "blanks": "　",
    "brackets": "（",
    "brackets, line by line": "（\n",
    "one line of hanzi": "甲",
    "digits": "1",
    "short lines": "12\n",
    "quotes, line by line": "“\n",
    "straight quotes": '"甲"',
    "commas": "甲,",
    "spaces": " 甲",
    "indented lines": "　甲\n",
    "menus": "首页|",
    "arrows": "首页 > ",
    "labels": "索引号：",
    "marks": "，，。。",
    "entities": "&amp;",
    "lost characters": "甲?",
}
"""What a megabyte of is to be cleaned in a second."""


def with_ftfy() -> Work:
    """Ftfy, its encoding steps only: the rest would flatten ，：“”."""
    ftfy = import_module("ftfy")
    config = ftfy.TextFixerConfig(
        uncurl_quotes=False, fix_character_width=False, fix_latin_ligatures=False, fix_line_breaks=False
    )
    return lambda text: ftfy.fix_text(text, config)


def with_autocorrect() -> Work:
    """AutoCorrect (Rust): spaces and punctuation."""
    return lambda text: import_module("autocorrect_py").format(text)


def with_opencc() -> Work:
    """OpenCC in Python: traditional to simplified."""
    converter = import_module("opencc").OpenCC("t2s")
    return lambda text: converter.convert(text)


def with_govdoc() -> Work:
    """Govdoc, decoding and the ledger included; the newline says that the text is no file's name."""
    return lambda text: govdoc.clean(text + "\n")


PEERS: dict[str, Callable[[], Work]] = {
    "govdoc clean, with ledger": with_govdoc,
    "ftfy, encoding steps": with_ftfy,
    "autocorrect": with_autocorrect,
    "opencc-python t2s": with_opencc,
    "decode and encode": lambda: lambda text: text.encode().decode(),
}


def load_peers() -> dict[str, Work]:
    """Those that are installed."""
    works: dict[str, Work] = {}
    for name, load in PEERS.items():
        try:
            work = load()
            work("教育局 2024 年工作要点\n")
            works[name] = work
        except ImportError as error:
            print(f"{name:28}not installed ({error.name})")
    return works


def seconds(work: Callable[[], object]) -> float:
    """The processor time of one run."""
    start = time.process_time()
    work()
    return time.process_time() - start


def compare(title: str, texts: list[str], works: dict[str, Work], rounds: int) -> None:
    """Print each median with its ratio to govdoc's."""
    size = sum(len(text.encode()) for text in texts) / 1e6
    speeds: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            speeds[name].append(size / seconds(lambda work=work: [work(text) for text in texts]))  # type: ignore[misc]
    ours = statistics.median(next(iter(speeds.values())))
    print(f"\n{title}: {size:.2f} MB, median of {rounds} rounds taken in turn")
    for name, found in speeds.items():
        speed = statistics.median(found)
        print(f"{name:28}{speed:8.2f} MB/s   govdoc is {ours / speed:.2f} x as fast")


def clean_hostile(unit: str) -> str:
    """What becomes of a megabyte of ``unit``."""
    try:
        cleaned = govdoc.clean(unit * (MEGABYTE // len(unit.encode())) + "\n")
    except EmptyError:
        return "nothing left"
    settled = "not settled" if any(notice.code == "C001" for notice in cleaned.notices) else "settled"
    return f"{settled} in {len(cleaned.ledger)} passes"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    works = load_peers()
    seeds = [path.read_text("utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))]
    cleaned = [govdoc.clean(text + "\n").text for text in seeds]
    print(f"{len(all_rules())} rules")
    compare("the seeds four times over, as one text", ["".join(seeds) * 4], works, rounds)
    compare("each seed by itself", seeds, works, rounds)
    compare("the seeds, cleaned before, as one text", ["".join(cleaned) * 4], works, rounds)
    print("\na megabyte of hostile text")
    for name, unit in HOSTILE.items():
        start = time.process_time()
        outcome = clean_hostile(unit)
        print(f"{name:28}{time.process_time() - start:8.2f} s   {outcome}")


if __name__ == "__main__":
    main()
