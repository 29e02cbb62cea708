"""How long each stage takes over the seeds, and the command line to start: medians of a few runs, on this machine.

usage: python benchmarks/run.py [--runs N] [--json]
"""

from __future__ import annotations

import argparse
import json
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import govdoc

ROOT = Path(__file__).resolve().parent.parent


def median(runs: int, work: Callable[[], object]) -> float:
    """The median of several runs, in milliseconds."""
    took = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        took.append((time.perf_counter() - start) * 1000)
    return statistics.median(took)


def stages(path: Path, runs: int, out: Path) -> dict[str, float]:
    """Milliseconds of each stage for one source. The first export of a process loads the fonts: it is not counted."""
    source = govdoc.read(path)
    cleaned = govdoc.clean(source)
    documents = govdoc.parse(cleaned)

    def export(suffix: str) -> Callable[[], object]:
        def write() -> None:
            for document in documents:
                govdoc.export(document, out / f"{document.id}{suffix}", force=True)

        write()
        return write

    return {
        "clean": median(runs, lambda: govdoc.clean(source)),
        "parse": median(runs, lambda: govdoc.parse(cleaned)),
        "measure": median(runs, lambda: govdoc.measure(documents)),
        "docx": median(runs, export(".docx")),
        "pdf": median(runs, export(".pdf")),
    }


def start_up(runs: int) -> float:
    """Milliseconds of `govdoc --help`, interpreter included."""
    command = [str(Path(sys.executable).parent / "govdoc"), "--help"]
    return median(runs, lambda: subprocess.run(command, check=True, capture_output=True))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="runs whose median is taken")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as out:
        rows = {p.name: stages(p, options.runs, Path(out)) for p in sorted((ROOT / "seeds").glob("*.txt"))}
    result = {
        "version": govdoc.__version__,
        "python": platform.python_version(),
        "start_up_ms": start_up(options.runs),
        # Linux counts ru_maxrss in KiB.
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "stages_ms": rows,
    }
    if options.json:
        print(json.dumps(result, indent=1))
        return
    names = list(next(iter(rows.values())))
    print(f"govdoc {result['version']}, Python {result['python']}, medians of {options.runs} runs in milliseconds")
    print(f"{'source':28}" + "".join(f"{name:>10}" for name in names))
    for source, row in rows.items():
        print(f"{source:28}" + "".join(f"{row[name]:10.1f}" for name in names))
    print(f"govdoc --help: {result['start_up_ms']:.0f} ms; peak memory: {result['peak_mib']:.0f} MiB")


if __name__ == "__main__":
    main()
