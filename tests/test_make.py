"""What the make targets make of pytest's status, and of a checkout that changed."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
NOTHING_COLLECTED = 5


def script(path: Path, body: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(0o755)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout whose virtual environment, package script and (empty) tests are stand-ins."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    for name in ("pyproject.toml", "requirements-dev.lock", "tests/test_a.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    script(tmp_path / "scripts/make_venv.sh", "echo venv made")
    script(tmp_path / "scripts/install_system_packages.sh", "")
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv/.ready").touch()
    return tmp_path


def make(checkout: Path, target: str, status: int) -> subprocess.CompletedProcess[str]:
    """Run a target while pytest ends with a status."""
    script(checkout / ".venv/bin/pytest", f"exit {status}")
    clean = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    return subprocess.run(["make", target], cwd=checkout, env=clean, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("target", ["test", "test-slow", "soak"])
@pytest.mark.parametrize("status", [1, 2, 3, 4])
def test_a_failure_is_a_failure(checkout: Path, target: str, status: int) -> None:
    assert make(checkout, target, status).returncode != 0


@pytest.mark.parametrize("target", ["test", "test-slow", "soak"])
def test_a_success_is_a_success(checkout: Path, target: str) -> None:
    assert make(checkout, target, 0).returncode == 0


def test_nothing_collected_fails_the_tests_of_every_day(checkout: Path) -> None:
    assert make(checkout, "test", NOTHING_COLLECTED).returncode != 0


@pytest.mark.parametrize(("target", "mark"), [("test-slow", "slow"), ("soak", "soak")])
def test_nothing_collected_is_right_only_where_nothing_is_marked(checkout: Path, target: str, mark: str) -> None:
    run = make(checkout, target, NOTHING_COLLECTED)
    assert run.returncode == 0
    assert f"no test is marked {mark}" in run.stdout
    (checkout / "tests/test_a.py").write_text(f"pytestmark = pytest.mark.{mark}\n", encoding="utf-8")
    assert make(checkout, target, NOTHING_COLLECTED).returncode != 0


@pytest.mark.parametrize("name", ["pyproject.toml", "requirements-dev.lock"])
def test_the_environment_is_made_again_when_what_it_rests_on_changed(checkout: Path, name: str) -> None:
    assert "venv made" not in make(checkout, "venv", 0).stdout
    later = (checkout / ".venv/.ready").stat().st_mtime + 10
    os.utime(checkout / name, (later, later))
    assert "venv made" in make(checkout, "venv", 0).stdout
