#!/usr/bin/env bash
# Make the virtual environment VENV with the interpreter PYTHON and install the lock and this checkout into it.
# usage: scripts/make_venv.sh PYTHON VENV
set -euo pipefail
cd "$(dirname "$0")/.."
python=$1
venv=$2

if ! command -v "$python" >/dev/null; then
    echo "$python is not on PATH: install Python 3.11 or later, or name one with make PYTHON=…" >&2
    exit 1
fi
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "$("$python" --version) is too old: govdoc needs Python 3.11 or later; name one with make PYTHON=…" >&2
    exit 1
fi

# Debian parts ensurepip from python3: without it venv leaves a folder that has no pip.
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    package=python$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv
    scripts/install_system_packages.sh "$package"
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        echo "$python cannot make virtual environments: install $package first" >&2
        exit 1
    fi
fi

if ! "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
    "$python" -m venv --clear "$venv"
fi
"$venv/bin/python" -m pip install --quiet --require-hashes --requirement requirements-dev.lock
"$venv/bin/python" -m pip install --quiet --no-deps --no-build-isolation --editable .
