"""What every test may lean on."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import hypothesis
import pytest

from govdoc.fonts import discovery

ROOT = Path(__file__).resolve().parent.parent

# A loaded machine is no failure of ours: only what a test asserts may fail it, not the clock. The same checkout gives
# the same result every day; make soak goes looking for new examples.
hypothesis.settings.register_profile("govdoc", deadline=None, derandomize=True)
hypothesis.settings.register_profile("soak", deadline=None, max_examples=2000)
hypothesis.settings.load_profile("govdoc")


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def seeds() -> list[Path]:
    """The five seed documents, in order."""
    found = sorted((ROOT / "seeds").glob("*.txt"))
    if len(found) != 5:
        pytest.fail(f"seeds/ should hold five .txt files, it holds {len(found)}")
    return found


@pytest.fixture(scope="session")
def require_tool() -> Callable[[str], str]:
    """`require_tool("soffice")` is the path of a program; the test fails, with the remedy, where it is missing."""

    def find(name: str) -> str:
        path = shutil.which(name)
        if path is None:
            pytest.fail(
                f"{name} is not on PATH: run scripts/install_system_packages.sh (or make test as root on Debian)"
            )
        return path

    return find


@pytest.fixture
def font_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder with fonts on this machine, and an empty cache."""
    fonts = tmp_path / "fonts"
    fonts.mkdir()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("GOVDOC_FONTS", str(fonts))
    monkeypatch.setattr(discovery, "_system_folders", lambda environment, platform: [])
    return fonts
