"""Measuring indicators and writing the workbook, beside what others do; each engine in a process of its own.

Measuring: MB/s of cleaned text (UTF-8, processor time), with how many of the values labelled by hand it finds: where
the number stands, its value, its unit. jieba's posseg tags words (``m`` a number) and recognizers-text reads numbers,
percentages, currencies and dimensions, sentence by sentence; neither names anything, nor leaves out what is no
indicator: how much each finds beyond the labelled is in the column ``found``.

Writing: rows a second and peak memory of the process. govdoc writes all its sheets, with styles, links and red values;
the others write the 22 columns of 指标明细 alone, as plain cells.

Peers (jieba, recognizers-text-suite, XlsxWriter, openpyxl) run in the Python named by --peers; one that is missing is
named and left out.

usage: python benchmarks/indicators.py [--rows N] [--rounds N] [--peers PYTHON] [--only measure | write]
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
Found = list[tuple[int, int, str]]
"""Where each value stands in the text, and its number as a decimal where the engine gives one."""
_SENTENCE = re.compile(r"[^。！？；\n]+")


def measure_govdoc(texts: list[str]) -> Callable[[], list[Found]]:
    """Names and all fields; the documents are parsed beforehand."""
    import govdoc

    sources = [govdoc.Source(text.encode(), name=f"{i}.txt") for i, text in enumerate(texts)]
    parsed = [govdoc.parse(source) for source in sources]

    def work() -> list[Found]:
        return [
            [(one.start, one.end, one.value or "") for one in govdoc.measure(documents) if one.layer == "core"]
            for documents in parsed
        ]

    return work


def measure_jieba(texts: list[str]) -> Callable[[], list[Found]]:
    """Words tagged as numbers."""
    posseg = import_module("jieba.posseg")
    import_module("jieba").initialize()

    def found(text: str) -> Found:
        at, some = 0, []
        for word in posseg.cut(text):
            if word.flag == "m":
                some.append((at, at + len(word.word), word.word))
            at += len(word.word)
        return some

    return lambda: [found(text) for text in texts]


def measure_recognizers(texts: list[str]) -> Callable[[], list[Found]]:
    """Numbers, percentages, currencies and dimensions; of spans that begin together the longest."""
    culture = import_module("recognizers_text").Culture.Chinese
    numbers, units = import_module("recognizers_number"), import_module("recognizers_number_with_unit")
    models = [
        numbers.NumberRecognizer(culture).get_number_model(),
        numbers.NumberRecognizer(culture).get_percentage_model(),
        units.NumberWithUnitRecognizer(culture).get_currency_model(),
        units.NumberWithUnitRecognizer(culture).get_dimension_model(),
    ]

    def found(text: str) -> Found:
        longest: dict[int, tuple[int, int, str]] = {}
        for sentence in _SENTENCE.finditer(text):
            for model in models:
                for one in model.parse(sentence[0]):
                    start, stop = sentence.start() + one.start, sentence.start() + one.end + 1
                    value = str((one.resolution or {}).get("value") or "").rstrip("%")
                    if start not in longest or stop > longest[start][1]:
                        longest[start] = start, stop, value
        return sorted(longest.values())

    return lambda: [found(text) for text in texts]


MEASURING = {
    "govdoc, with names": measure_govdoc,
    "jieba posseg": measure_jieba,
    "recognizers-text": measure_recognizers,
}


def write_govdoc(folder: Path, rows: int, target: Path) -> None:
    """All sheets; the records are made one by one of those of the seeds, each with its own document and place."""
    import msgspec

    from govdoc.indicator import Indicator
    from govdoc.model import Document
    from govdoc.workbook import Shelf, save_xlsx

    records = msgspec.json.decode((folder / "records.json").read_bytes(), type=list[Indicator])
    heads = msgspec.json.decode((folder / "documents.json").read_bytes(), type=list[Document])
    documents: list[Document] = []

    def key(text: str, copy: int) -> str:
        return hashlib.sha256(f"{copy}{text}".encode()).hexdigest()[:12]

    def made() -> Iterator[Indicator]:
        for i in range(rows):
            copy, at = divmod(i, len(records))
            if not at:
                for head in heads:
                    info = msgspec.structs.replace(head.source, name=f"{copy}/{head.source.name}")
                    documents.append(msgspec.structs.replace(head, id=key(head.id, copy), source=info))
            one = records[at]
            yield msgspec.structs.replace(
                one, id=key(one.id, copy), document_id=key(one.document_id, copy), source=f"{copy}/{one.source}",
                region=f"第{copy}区", link=key(one.link, copy) if one.link else None,
            )  # fmt: skip

    shelf = Shelf(Indicator, made())
    with target.open("wb") as file:
        save_xlsx(file, shelf, documents)


def _plain_rows(folder: Path, rows: int) -> Iterator[list[Any]]:
    some = json.loads((folder / "rows.json").read_text("utf-8"))
    for i in range(rows):
        yield [i + 1, f"{i // len(some)}.txt", *some[i % len(some)][2:]]


def write_openpyxl(folder: Path, rows: int, target: Path) -> None:
    """In write-only mode."""
    book = import_module("openpyxl").Workbook(write_only=True)
    sheet = book.create_sheet("指标明细")
    for row in _plain_rows(folder, rows):
        sheet.append(row)
    book.save(target)


def write_xlsxwriter(folder: Path, rows: int, target: Path) -> None:
    """With constant_memory."""
    book = import_module("xlsxwriter").Workbook(target, {"constant_memory": True})
    sheet = book.add_worksheet("指标明细")
    for i, row in enumerate(_plain_rows(folder, rows)):
        sheet.write_row(i, 0, row)
    book.close()


WRITING = {
    "govdoc, all sheets": write_govdoc,
    "openpyxl write-only": write_openpyxl,
    "xlsxwriter constant_memory": write_xlsxwriter,
}


def run_engine(name: str, folder: Path, rows: int, rounds: int) -> dict[str, Any]:
    """One engine in this process."""
    try:
        if name in WRITING:
            start = time.process_time()
            WRITING[name](folder, rows, folder / "out.xlsx")
            took = time.process_time() - start
            size = (folder / "out.xlsx").stat().st_size
            # Linux counts ru_maxrss in KiB.
            return {"took": took, "mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "mb": size / 1e6}
        texts = json.loads((folder / "texts.json").read_text("utf-8"))
        start = time.process_time()
        work = MEASURING[name](texts)
        ready = time.process_time() - start
        took_all, found = [], []
        for _ in range(rounds):
            start = time.process_time()
            found = work()
            took_all.append(time.process_time() - start)
    except ImportError as error:
        return {"missing": str(error.name)}
    return {"ready": ready, "took": statistics.median(took_all), "found": found}


def measured(name: str, python: str, folder: Path, rows: int, rounds: int) -> dict[str, Any] | None:
    """The same in a process of its own; ``None`` where the engine is not installed, which is said."""
    command = [
        python,
        __file__,
        "--engine",
        name,
        "--folder",
        str(folder),
        "--rows",
        str(rows),
        "--rounds",
        str(rounds),
    ]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "PYTHONUTF8": "1"})
    if done.returncode:
        sys.exit(f"{name}: {done.stderr[-2000:]}")
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    if "missing" in result:
        print(f"{name:28}not installed ({result['missing']}): name a Python that has it with --peers")
        return None
    return result


def prepare(folder: Path) -> list[list[tuple[int, int, str, str]]]:
    """Write what the engines work on; the labelled values by place in the cleaned text: start, end, value, unit."""
    import msgspec

    import govdoc
    from govdoc.model import Main

    sys.path.insert(0, str(ROOT / "tests"))
    score = import_module("score_indicators")
    cleaned = {path.name[:3]: govdoc.clean(path) for path in sorted((ROOT / "seeds").glob("0*.txt"))}
    (folder / "texts.json").write_text(json.dumps([one.text for one in cleaned.values()]), "utf-8")
    documents = [document for one in cleaned.values() for document in govdoc.parse(one)]
    records = govdoc.measure(documents)
    heads = [
        msgspec.structs.replace(
            one, main=Main(title=one.main.title, issue_date=one.main.issue_date), spans={}, notices=(), references=()
        )
        for one in documents
    ]
    (folder / "records.json").write_bytes(msgspec.json.encode(records))
    (folder / "documents.json").write_bytes(msgspec.json.encode(heads))
    (folder / "rows.json").write_text(json.dumps(_detail_rows(records, documents)), "utf-8")
    wanted = []
    for name, one in cleaned.items():
        path = ROOT / f"tests/data/indicators/{name}.jsonl"
        forward = {at: i for i in range(len(one.text)) if isinstance(at := one.back(i), int)}
        spans = {
            (forward[start], score.flat(label["raw"]), str(label["value"]), score.flat(label["unit"]))
            for label in (score.labels(path) if path.exists() else [])
            if label["layer"] == "core" and label["value"] is not None
            and (start := score.label_key(label)[0]) in forward
        }  # fmt: skip
        wanted.append(sorted((at, at + len(raw), value, unit) for at, raw, value, unit in spans))
    return wanted


def _detail_rows(records: Any, documents: Any) -> list[list[Any]]:
    from govdoc.workbook.columns import COLUMNS
    from govdoc.workbook.laws import Limits
    from govdoc.workbook.plan import Plan

    plan = Plan(records, documents, Limits())
    return [[column.content(one, plan) for column in COLUMNS] for one in plan.records]


def report_measuring(python: str, folder: Path, rounds: int, wanted: list[list[tuple[int, int, str, str]]]) -> None:
    """Speed and what was found of the labelled values, each engine beside govdoc."""
    texts: list[str] = json.loads((folder / "texts.json").read_text("utf-8"))
    size, total = sum(len(text.encode()) for text in texts) / 1e6, sum(map(len, wanted))
    print(f"Measuring {size:.2f} MB, {total} values labelled in it")
    head = ("ready s", "MB/s", "found", "number", "value", "with unit")
    print(f"{'':28}" + "".join(f"{word:>11}" for word in head))
    speeds: dict[str, float] = {}
    for name in MEASURING:
        result = measured(name, sys.executable if name.startswith("govdoc") else python, folder, 0, rounds)
        if result is None:
            continue
        speeds[name] = size / result["took"]
        right = [0, 0, 0]
        for text, found, labels in zip(texts, result["found"], wanted, strict=True):
            for i, share in enumerate(shares(text, found, labels)):
                right[i] += share
        cells = f"{result['ready']:11.2f}{speeds[name]:11.3f}{sum(map(len, result['found'])):11}"
        print(f"{name:28}{cells}" + "".join(f"{count / total:11.3f}" for count in right))
    report_ratios(speeds)


def shares(text: str, found: Found, labels: list[tuple[int, int, str, str]]) -> tuple[int, int, int]:
    """How many labelled numbers a found span begins at (第 may stand before); of how many its value; and its unit."""
    at = {}
    for start, stop, value in found:
        number = start + 1 if text[start : start + 1] == "第" else start
        at[number] = text[number:stop], value
    numbers = values = units = 0
    for start, _, value, unit in labels:
        if start not in at:
            continue
        numbers += 1
        words, read = at[start]
        is_right = _same(read, value)
        values += is_right
        units += is_right and "".join(words.split()).endswith(unit)
    return numbers, values, units


def _same(read: str, value: str) -> bool:
    try:
        return abs(float(read) - float(value)) <= 1e-9 * abs(float(value))
    except ValueError:
        return False


def report_writing(python: str | None, folder: Path, rows: int) -> None:
    """Rows a second and memory, each engine beside govdoc."""
    print(f"Writing {rows} rows")
    print(f"{'':28}{'s':>9}{'rows/s':>9}{'MiB peak':>10}{'MB file':>9}")
    speeds: dict[str, float] = {}
    for name in WRITING:
        own = sys.executable if name.startswith("govdoc") else python
        result = measured(name, own, folder, rows, 1) if own else None
        if result:
            speeds[name] = rows / result["took"]
            cells = f"{result['took']:9.1f}{speeds[name]:9.0f}{result['mib']:10.0f}{result['mb']:9.1f}"
            print(f"{name:28}{cells}")
    report_ratios(speeds)


def report_ratios(speeds: dict[str, float]) -> None:
    """How many times as fast as each peer govdoc is."""
    mine, *others = speeds
    for other in others:
        print(f"{mine} / {other}: {speeds[mine] / speeds[other]:.2f}")
    print()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--peers", default=sys.executable, help="the Python that has the peers")
    parser.add_argument("--no-peers", action="store_true", help="write the workbook with govdoc alone")
    parser.add_argument("--only", choices=("measure", "write"))
    parser.add_argument("--engine", choices=[*MEASURING, *WRITING], help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.engine:
        print(json.dumps(run_engine(options.engine, options.folder, options.rows, options.rounds)))
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        wanted = prepare(folder)
        if options.only != "write":
            report_measuring(options.peers, folder, options.rounds, wanted)
        if options.only != "measure":
            report_writing(None if options.no_peers else options.peers, folder, options.rows)


if __name__ == "__main__":
    main()
