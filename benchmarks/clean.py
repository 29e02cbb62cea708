"""Cleaning with its ledger, in MB/s, beside what others do to the same text in the same run.

None of the others keeps a ledger, and none does the same work; the ratio says what the work costs. A peer that is not
installed is named and left out (ftfy, autocorrect-py, opencc-python-reimplemented).

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
from govdoc.rules.registry import all_rules

ROOT = Path(__file__).resolve().parent.parent
Work = Callable[[str], object]


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


PEERS: dict[str, Callable[[], Work]] = {
    "govdoc clean, with ledger": lambda: lambda text: govdoc.clean(text + "\n"),
    "ftfy, encoding steps": with_ftfy,
    "autocorrect": with_autocorrect,
    "opencc-python t2s": with_opencc,
    "decode and encode": lambda: lambda text: text.encode().decode(),
}


def main() -> None:
    """Print each median with its ratio to govdoc's."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    text = "".join(path.read_text("utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))) * 4
    size = len(text.encode()) / 1e6
    works: dict[str, Work] = {}
    for name, load in PEERS.items():
        try:
            works[name] = load()
            works[name](text[:1000])
        except ImportError as error:
            works.pop(name, None)
            print(f"{name:28}not installed ({error.name})")
    speeds: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            start = time.perf_counter()
            work(text)
            speeds[name].append(size / (time.perf_counter() - start))
    ours = statistics.median(next(iter(speeds.values())))
    print(f"{len(all_rules())} rules, {size:.2f} MB, median of {rounds} rounds taken in turn")
    for name, found in speeds.items():
        speed = statistics.median(found)
        print(f"{name:28}{speed:8.2f} MB/s   govdoc is {ours / speed:.2f} x as fast")


if __name__ == "__main__":
    main()
