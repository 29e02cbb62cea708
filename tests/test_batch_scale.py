"""By hand (make soak): ten thousand documents in flat memory, in time that grows with their number."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARK = Path(__file__).resolve().parent.parent / "benchmarks/batch.py"
KILOBYTES = 4
"""What the parent may keep of a document."""
LINE = re.compile(
    r"(\d+) documents .*peak (\d+) MB parent, (\d+) MB worker, (\d+) MB writer   second [\d.]+ s, ([\d.]+)% of"
)
RATIO = re.compile(r"a document takes ([\d.]+) x")


@pytest.mark.soak
def test_ten_thousand_documents_take_a_hundred_times_as_long_as_a_hundred() -> None:
    run = subprocess.run(
        [sys.executable, BENCHMARK, "--sizes", "100", "1000", "10000"],
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    print(run.stdout)
    found = [tuple(map(float, each)) for each in LINE.findall(run.stdout)]
    assert [each[0] for each in found] == [100, 1000, 10000]
    assert max(float(ratio) for ratio in RATIO.findall(run.stdout)) < 1.5
    (_, parent, worker, _, _), (_, last_parent, last_worker, writer, share) = found[1], found[2]
    assert last_parent - parent < 9_000 * KILOBYTES / 1024, "of a document the plan is kept, nothing else"
    assert last_worker < 1.5 * worker, "workers are recycled"
    assert writer < 1500
    assert share < 3
