"""Somebody else's eyes: LibreOffice's rendering of what we write, in the faces that ship."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

from govdoc.fonts.fontconfig import fontconfig_file


def render_docx(path: Path, out_dir: Path) -> Path:
    """The PDF that LibreOffice makes of a DOCX, in ``out_dir``; the test fails where it cannot."""
    return _render(path, out_dir)


def render_xlsx(path: Path, out_dir: Path) -> Path:
    """The PDF that LibreOffice makes of a workbook, in ``out_dir``; the test fails where it cannot."""
    return _render(path, out_dir)


def _render(path: Path, out_dir: Path) -> Path:
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.fail("soffice is not on PATH: run scripts/install_system_packages.sh (or make test as root on Debian)")
    out_dir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="govdoc-lo-") as folder:
        home = Path(folder)
        fonts = home / "fonts.conf"
        cache = f"  <cachedir>{home / 'cache'}</cachedir>\n</fontconfig>"
        fonts.write_text(fontconfig_file().replace("</fontconfig>", cache), encoding="utf-8")
        command = [
            soffice, f"-env:UserInstallation=file://{home / 'profile'}", "--headless", "--norestore",
            "--convert-to", "pdf", "--outdir", str(out_dir), str(path),
        ]  # fmt: skip
        done = subprocess.run(
            command, env={**os.environ, "FONTCONFIG_FILE": str(fonts)}, capture_output=True, text=True, timeout=180
        )
    made = out_dir / f"{path.stem}.pdf"
    if done.returncode or not made.is_file():
        pytest.fail(f"soffice made no PDF of {path.name} (status {done.returncode}): {done.stderr[-400:]}")
    return made
