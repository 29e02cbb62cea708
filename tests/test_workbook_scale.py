"""The workbook of many records in little memory: each size is written by a process of its own."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARK = Path(__file__).resolve().parent.parent / "benchmarks/indicators.py"
LINE = re.compile(r"^govdoc, all sheets +([\d.]+) +(\d+) +(\d+) ", re.M)


def peak(rows: int) -> int:
    """MiB of the process that writes so many rows."""
    command = [sys.executable, str(BENCHMARK), "--only", "write", "--no-peers", "--rows", str(rows)]
    said = subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout
    print(said)
    (found,) = LINE.findall(said)
    return int(found[2])


@pytest.mark.slow
def test_memory_hardly_grows_with_the_rows() -> None:
    # Where records, links and bytes stand in memory, 15,000 more of them take 40 MiB.
    assert peak(20_000) - peak(5_000) < 18


@pytest.mark.soak
def test_two_hundred_thousand_rows_take_no_more_than_120_megabytes() -> None:
    assert peak(200_000) <= 120
