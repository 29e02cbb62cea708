"""What sites do to a text leaves its fields readable: the changes of ``benchmarks/parse.py`` to every document."""

from __future__ import annotations

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

BENCHMARK = Path(__file__).parent.parent / "benchmarks" / "parse.py"


def test_fields_survive_what_sites_do_to_a_text() -> None:
    spec = spec_from_file_location("parse_benchmark", BENCHMARK)
    assert spec is not None
    assert spec.loader is not None
    benchmark = module_from_spec(spec)
    spec.loader.exec_module(benchmark)
    found = benchmark.robustness()
    assert len(found) == len(benchmark.CHANGES) + len(benchmark.MOVES) + len(benchmark.DROPS)
    assert {title: tally.f1 for title, (_, tally) in found.items() if tally.f1 <= 0.97} == {}
