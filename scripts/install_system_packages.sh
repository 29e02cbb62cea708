#!/usr/bin/env bash
# Install what the tests look at our products with: LibreOffice, poppler, fontconfig; or the packages named.
# Without the right to install, it prints the command and goes on: a test that lacks a program then fails and says which.
# usage: scripts/install_system_packages.sh [PACKAGE…]
set -euo pipefail

if [ $# -eq 0 ]; then
    set -- libreoffice-writer libreoffice-calc poppler-utils fontconfig
fi

installed() { dpkg-query --show --showformat='${Status}' "$1" 2>/dev/null | grep -q '^install ok installed$'; }

if ! command -v apt-get >/dev/null; then
    if command -v soffice >/dev/null && command -v pdftoppm >/dev/null && command -v fc-list >/dev/null; then
        exit 0
    fi
    echo "not a Debian system: install the counterparts of these packages by hand: $*" >&2
    exit 0
fi

missing=()
for package in "$@"; do
    installed "$package" || missing+=("$package")
done
if [ ${#missing[@]} -eq 0 ]; then
    exit 0
fi
if [ "$(id -u)" -ne 0 ]; then
    echo "missing system packages; run: sudo apt-get install --no-install-recommends ${missing[*]}" >&2
    exit 0
fi

echo "installing system packages: ${missing[*]}" >&2
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! { apt-get update -qq && apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    echo "could not install: ${missing[*]}; run: apt-get update && apt-get install --no-install-recommends ${missing[*]}" >&2
fi
