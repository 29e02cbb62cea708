"""The README's examples run: Python blocks as they stand, and each command with the output it shows."""

from __future__ import annotations

import doctest
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
FENCE = re.compile(
    r"^(?P<indent> *)```(?P<language>\w+)[^\n]*\n(?P<body>.*?)^(?P=indent)```\s*$", re.MULTILINE | re.DOTALL
)
STATUS = re.compile(r"#\s*exits? (?:with )?(\d+)\s*$")


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, the line its body begins on, and the body."""

    language: str
    line: int
    body: str


@dataclass(frozen=True)
class Command:
    """A `$ …` line of a console block, the status it should end with, and the lines shown below it."""

    line: int
    text: str
    status: int
    shown: tuple[str, ...]


def blocks(text: str, language: str) -> list[Block]:
    return [
        Block(language, text.count("\n", 0, match.start("body")) + 1, match["body"])
        for match in FENCE.finditer(text)
        if match["language"] == language
    ]


def commands(block: Block) -> list[Command]:
    """The commands of a console block; `# exits N` at the end of one says it is not meant to end with 0."""
    found: list[Command] = []
    lines = block.body.splitlines()
    at = 0
    while at < len(lines):
        start, text = at, lines[at].strip()
        at += 1
        if not text.startswith("$ "):
            continue
        while text.endswith("\\") and at < len(lines):
            text = text[:-1] + lines[at].strip()
            at += 1
        shown = []
        while at < len(lines) and not lines[at].strip().startswith("$ "):
            shown.append(lines[at].rstrip())
            at += 1
        status = STATUS.search(text)
        found.append(
            Command(block.line + start, text[2:], int(status[1]) if status else 0, tuple(s for s in shown if s.strip()))
        )
    return found


def missing_lines(shown: tuple[str, ...], output: str) -> list[str]:
    """The shown lines that do not follow in order in the output; … in a shown line stands for anything."""
    lines = iter([line.strip() for line in output.splitlines()])
    missing = []
    for line in shown:
        pattern = re.compile(".*".join(re.escape(part) for part in re.split(r"…|\.\.\.", line.strip())))
        if pattern.pattern != ".*" and not any(pattern.fullmatch(candidate) for candidate in lines):
            missing.append(line)
    return missing


TEXT = README.read_text(encoding="utf-8")
PYTHON = blocks(TEXT, "python")
CONSOLE = [
    command for block in blocks(TEXT, "console") for command in commands(block) if command.text.startswith("govdoc")
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder such as a reader has: the seeds, the examples, and nothing else."""
    path = tmp_path_factory.mktemp("readme")
    for name in ("seeds", "examples"):
        shutil.copytree(ROOT / name, path / name)
    return path


def test_the_readme_has_examples_of_both_kinds() -> None:
    assert PYTHON, "README.md has no ```python block"
    assert CONSOLE, "README.md has no ```console block with a `$ govdoc …` line"


def test_no_example_hides_in_another_fence() -> None:
    others = [
        line for name in ("bash", "sh", "shell", "text") for b in blocks(TEXT, name) for line in b.body.splitlines()
    ]
    assert not [line for line in others if re.match(r"\s*(\$ )?govdoc ", line)], "put commands in ```console, with `$ `"


def test_the_python_blocks_run_one_after_the_other(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    names: dict[str, object] = {"__name__": "readme"}
    for block in PYTHON:
        if block.body.lstrip().startswith(">>>"):
            example = doctest.DocTestParser().get_doctest(block.body, names, "README", str(README), block.line)
            runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
            assert runner.run(example, clear_globs=False).failed == 0
            names.update(example.globs)
        else:
            exec(compile("\n" * (block.line - 1) + block.body, str(README), "exec"), names)  # noqa: S102


def test_the_commands_do_what_the_readme_shows(folder: Path) -> None:
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    wrong = []
    for command in CONSOLE:
        run = subprocess.run(
            ["bash", "-o", "pipefail", "-c", command.text],
            cwd=folder,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        told = f"README.md:{command.line} $ {command.text}"
        if run.returncode != command.status:
            wrong.append(f"{told}\n  ended with {run.returncode}, not {command.status}: {run.stderr[-600:]}")
        elif missing := missing_lines(command.shown, run.stdout + run.stderr):
            wrong.append(f"{told}\n  does not print: " + "\n  ".join(missing))
    assert not wrong, "\n".join(wrong)


def test_blocks_and_commands_are_read_as_meant() -> None:
    shown = "$ govdoc clean x \\\n    -o out\nwrote …\n\n$ govdoc check x   # exits 1\n"
    text = f"a\n```console\n{shown}```\n```python\nx\n```\n"
    console, python = blocks(text, "console"), blocks(text, "python")
    assert [b.line for b in console + python] == [3, 10]
    assert commands(console[0]) == [
        Command(3, "govdoc clean x -o out", 0, ("wrote …",)),
        Command(7, "govdoc check x   # exits 1", 1, ()),
    ]


@pytest.mark.parametrize(
    ("shown", "output", "missing"),
    [
        (("a", "c"), "a\nb\nc\n", []),
        (("c", "a"), "a\nb\nc\n", ["a"]),
        (("wrote …/x.pdf",), "wrote out/x.pdf\n", []),
        (("…", "b"), "a\nb\n", []),
        (("x.",), "xy\n", ["x."]),
    ],
)
def test_shown_lines_are_looked_for_in_order(shown: tuple[str, ...], output: str, missing: list[str]) -> None:
    assert missing_lines(shown, output) == missing
