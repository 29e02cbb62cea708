"""Start-up is quick because nothing heavy is loaded before it is used."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

HEAVY = {"chardet", "dask", "docx", "fontTools", "lxml", "openpyxl", "pandas", "pyarrow", "reportlab", "rich"}

REPORT = (
    "; import json, sys; print(json.dumps(sorted({name.partition('.')[0] for name in sys.modules})), file=sys.stderr)"
)

COMMAND_LINE = """
import sys
from govdoc.cli import main
sys.argv = ["govdoc", *{arguments!r}]
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
"""


def loaded(code: str) -> set[str]:
    """The top-level modules a fresh interpreter holds after running code."""
    run = subprocess.run([sys.executable, "-c", code + REPORT], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return set(json.loads(run.stderr.splitlines()[-1]))


@pytest.mark.parametrize(
    "arguments", [["--help"], ["--version"], ["export", "--help"], ["batch", "--help"]], ids=" ".join
)
def test_the_command_line_speaks_without_heavy_libraries(arguments: list[str]) -> None:
    assert not loaded(COMMAND_LINE.format(arguments=arguments) + "pass") & HEAVY


def test_import_loads_nothing_heavy() -> None:
    assert not loaded("import govdoc") & HEAVY


def test_every_public_name_can_be_had() -> None:
    assert "govdoc" in loaded("import govdoc; [getattr(govdoc, name) for name in govdoc.__all__]")


def test_asking_for_a_verb_loads_nothing_heavy() -> None:
    assert not loaded("import govdoc; govdoc.clean, govdoc.parse, govdoc.measure, govdoc.export") & HEAVY


def test_the_probe_sees_a_heavy_library() -> None:
    assert {"docx", "lxml"} <= loaded("import docx") & HEAVY
