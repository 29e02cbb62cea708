"""What the repository says of itself agrees with itself."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import tomllib
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from packaging.requirements import Requirement

import govdoc

ROOT = Path(__file__).resolve().parent.parent
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
LOCK = (ROOT / "requirements-dev.lock").read_text(encoding="utf-8")
TARGETS = set(re.findall(r"^([a-z][a-z-]*):", MAKEFILE, re.MULTILINE))

SEEDS = {
    "000_b55ff41b29548a8e.txt": "9bd1b783e67757b04ce8405be291c9ffdfbe9939056847e4533e1ba1b6ed4faf",
    "001_e679b9ad53005a23.txt": "80f45a4b61a7dc36edb5148f6adc43ea9193ea2b8f3120193b43040c27950f35",
    "002_4dfda354a9c2e969.txt": "33239927f608ff6af5a5ed05d244a690fa3c32256a36af57751311a6b0fc9486",
    "003_d18a6a7790fde8dd.txt": "c3a44680f26ef6ff92ea3fd1534b7e0fe3dc50b736393976fe0263adde9ae29e",
    "004_5d772f7a14c4d914.txt": "20a497bdff084f2e87d1e1beb206e695f9bcd74631d808175679b78775a8d129",
}


@pytest.fixture(scope="module")
def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def pins() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, version in re.findall(r"^([a-z0-9-]+)==(\S+)", LOCK, re.MULTILINE):
        found.setdefault(name, []).append(version)
    return found


def test_the_seeds_are_as_they_were_scraped() -> None:
    found = {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in (ROOT / "seeds").glob("*.txt")}
    assert found == SEEDS


def test_the_seeds_readme_names_each(seeds: list[Path]) -> None:
    text = (ROOT / "seeds/README.md").read_text(encoding="utf-8")
    assert not [p.name for p in seeds if f"`{p.name}`" not in text]


def test_the_lock_pins_all_that_is_asked_for(project: dict[str, Any], pins: dict[str, list[str]]) -> None:
    asked = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    wrong = [
        text
        for text in asked
        for wanted in [Requirement(text)]
        if not any(wanted.specifier.contains(v) for v in pins.get(wanted.name.lower().replace("_", "-"), []))
    ]
    assert not wrong, "run make lock"


def test_the_lock_is_hashed_and_names_no_place() -> None:
    entries = LOCK.replace("\\\n", " ").splitlines()
    assert len(entries) > 20
    assert not [entry[:60] for entry in entries if "--hash=sha256:" not in entry]
    assert not re.findall(r"https?://|file:|--(?:extra-)?index", LOCK)


def test_the_version_is_said_once(project: dict[str, Any]) -> None:
    version = project["project"]["version"]
    assert govdoc.__version__ == version
    assert re.search(rf"^## {re.escape(version)}\b", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)


def test_heavy_tests_are_not_run_unasked(project: dict[str, Any]) -> None:
    assert "not slow and not soak" in project["tool"]["pytest"]["ini_options"]["addopts"]


def test_targets_are_phony_and_listed_in_the_help() -> None:
    phony = re.search(r"^\.PHONY: (.+)$", MAKEFILE, re.MULTILINE)
    assert phony is not None
    assert set(phony.group(1).split()) == TARGETS
    helped = subprocess.run(
        ["make", "--no-print-directory", "help"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert {line.split()[0] for line in helped.stdout.splitlines()} == TARGETS


def test_each_script_a_target_calls_is_there() -> None:
    called = set(re.findall(r"\b((?:scripts|benchmarks)/\w+\.(?:py|sh))", MAKEFILE))
    assert called
    assert not [name for name in sorted(called) if not (ROOT / name).is_file()]


def test_ci_calls_the_targets_one_calls_by_hand() -> None:
    script = (ROOT / ".ci/run").read_text(encoding="utf-8")
    loop = re.search(r"^for target in (.+); do$", script, re.MULTILINE)
    assert loop is not None
    assert loop.group(1).split() == ["test", "test-slow", "check"]
    assert set(loop.group(1).split()) <= TARGETS
    assert "run: .ci/run" in (ROOT / ".github/workflows/ci.yml").read_text(encoding="utf-8")


def test_scripts_can_be_run() -> None:
    listing = subprocess.run(
        ["git", "ls-files", "--stage", ".ci/run", "scripts/*.sh"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert len(listing) >= 3
    assert not [line for line in listing if not line.startswith("100755")]


def test_each_shipped_font_has_its_licence_beside_it() -> None:
    data = ROOT / "src/govdoc/fonts/data"
    faces = {face["file"]: face for face in json.loads((data / "manifest.json").read_text(encoding="utf-8"))["faces"]}
    assert faces.keys() == {path.name for path in data.glob("*.ttf")}
    assert all(face["licence"] and face["licence_files"] for face in faces.values())
    assert not [name for face in faces.values() for name in face["licence_files"] if not (data / name).is_file()]


def test_the_font_licences_go_with_the_package(project: dict[str, Any]) -> None:
    data = "src/govdoc/fonts/data"
    globs = project["project"]["license-files"]
    named = {n for f in json.loads((ROOT / data / "manifest.json").read_bytes())["faces"] for n in f["licence_files"]}
    assert not [name for name in named if not any(PurePosixPath(data, name).match(glob) for glob in globs)]
