"""The wheel is all a user has: installed alone, with no network and no font of the machine's, it sets a seed as PDF."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pdfplumber
import pytest
from fontTools.ttLib import TTFont

import govdoc

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parent.parent

NO_NETWORK = '''
"""Python loads this first: any way out of the machine is an error."""
import socket

def refuse(*arguments, **options):
    raise RuntimeError(f"the network was asked for: {arguments[1:]}")

for name in ("connect", "connect_ex", "sendto"):
    setattr(socket.socket, name, refuse)
for name in ("getaddrinfo", "gethostbyname", "create_connection"):
    setattr(socket, name, refuse)
'''


def run(*arguments: object, **options: object) -> str:
    """The standard output of a program that must end well."""
    words = [str(argument) for argument in arguments]
    done = subprocess.run(words, capture_output=True, encoding="utf-8", check=False, **options)  # type: ignore[call-overload]
    assert done.returncode == 0, f"{' '.join(words)} ended with {done.returncode}:\n{done.stdout}\n{done.stderr}"
    return str(done.stdout)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, made as a release is: from the sdist, so that what the sdist lacks is missed here."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", folder, cwd=ROOT)
    (sdist,) = folder.glob("*.tar.gz")
    run(sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", folder, sdist)
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bin folder of a virtual environment that holds the wheel and what it asks for, nothing else."""
    venv = tmp_path_factory.mktemp("installed") / "venv"
    run(sys.executable, "-m", "venv", venv)
    run(venv / "bin/python", "-m", "pip", "install", "-q", wheel)
    return venv / "bin"


@pytest.fixture
def bare(tmp_path: Path) -> dict[str, str]:
    """The environment of a machine with no network, no fonts, no home and a plain C locale."""
    (tmp_path / "blocked").mkdir()
    (tmp_path / "blocked/sitecustomize.py").write_text(NO_NETWORK, encoding="utf-8")
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(tmp_path / "blocked"),
        "HOME": str(tmp_path / "home"),
        "XDG_DATA_HOME": str(tmp_path / "home"),
        "XDG_DATA_DIRS": str(tmp_path / "home"),
        "LC_ALL": "C",
    }


def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_the_wheel_holds_all_that_runs_and_only_that(wheel: Path) -> None:
    held = names(wheel)
    source = ROOT / "src/govdoc"
    ours = {f"govdoc/{p.relative_to(source).as_posix()}" for p in source.rglob("*") if p.is_file()}
    ours = {name for name in ours if "__pycache__" not in name}
    styles = {f"govdoc/styles/{p.name}" for p in (ROOT / "styles").glob("*.toml")}
    assert "govdoc/py.typed" in ours
    assert styles
    assert not (ours | styles) - held
    assert {name.partition("/")[0] for name in held} == {"govdoc", f"govdoc-{govdoc.__version__}.dist-info"}


def test_the_licences_go_along(wheel: Path) -> None:
    licences = {name for name in names(wheel) if ".dist-info/licenses/" in name}
    beside_fonts = {p.name for g in ("OFL*", "COPYING*", "LICENSE*") for p in (ROOT / "src/govdoc/fonts/data").glob(g)}
    assert beside_fonts
    assert {"LICENSE", *beside_fonts} <= {Path(name).name for name in licences}


def test_the_block_on_the_network_holds(installed: Path, bare: dict[str, str], tmp_path: Path) -> None:
    code = "import socket; socket.create_connection(('192.0.2.1', 80), 1)"
    done = subprocess.run([installed / "python", "-c", code], env=bare, cwd=tmp_path, capture_output=True, check=False)
    assert b"the network was asked for" in done.stderr


def test_it_is_the_installed_one_and_says_its_version(installed: Path, bare: dict[str, str], tmp_path: Path) -> None:
    assert govdoc.__version__ in run(installed / "govdoc", "--version", env=bare, cwd=tmp_path)
    where = run(installed / "python", "-c", "import govdoc; print(govdoc.__file__)", env=bare, cwd=tmp_path)
    assert Path(where.strip()).is_relative_to(installed.parent)


def test_a_seed_becomes_a_pdf_with_the_shipped_fonts(
    installed: Path, bare: dict[str, str], tmp_path: Path, seeds: list[Path]
) -> None:
    (tmp_path / seeds[0].name).write_bytes(seeds[0].read_bytes())
    run(installed / "govdoc", "export", seeds[0].name, "--pdf", "--docx", "-o", "out", env=bare, cwd=tmp_path)
    assert {p.name for p in (tmp_path / "out").iterdir()} == {f"{seeds[0].stem}.pdf", f"{seeds[0].stem}.docx"}

    shipped = {
        TTFont(path)["name"].getDebugName(6) for path in (installed.parent / "lib").glob("**/govdoc/fonts/data/*.ttf")
    }
    with pdfplumber.open(io.BytesIO((tmp_path / f"out/{seeds[0].stem}.pdf").read_bytes())) as pdf:
        drawn = {char["fontname"].partition("+")[2] for page in pdf.pages for char in page.chars}
        words = "".join(char["text"] for char in pdf.pages[0].chars)
    assert len(shipped) >= 5
    assert drawn
    assert drawn <= shipped
    assert "关于印发《2024年度教育工作总结》的通知" in words.replace(" ", "")
