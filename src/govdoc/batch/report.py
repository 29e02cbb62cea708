"""``report.html``: what became of a collection, as one self-contained page that ten thousand documents do not slow."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from heapq import heappush, heappushpop
from html import escape
from importlib.resources import files
from pathlib import PurePosixPath
from string import Template
from typing import Any

import govdoc
from govdoc.batch.duplicates import Name, as_toml
from govdoc.batch.jobs import Record
from govdoc.batch.survey import Survey

SLOWEST = 20
COLUMNS = ("stem", "title", "number", "date", "place", "kind", "site", "seconds", "notices", "duplicate", "error")
"""What the page's script finds in each row, in order; the error empty where the source was done."""


class _Seen:
    """What the page says of the sources, gathered from one pass over their records."""

    def __init__(self) -> None:
        self.sources, self.failed, self.seconds = 0, 0, 0.0
        self.notices: Counter[str] = Counter()
        self.reasons: defaultdict[str, list[str]] = defaultdict(list)
        self.slowest: list[tuple[float, str, int]] = []

    def add(self, record: Record) -> None:
        self.sources += 1
        self.seconds += record.seconds
        self.notices.update(record.notices)
        if record.state == "failed":
            self.failed += 1
            self.reasons[_reason(record)].append(_file(record))
        one = (record.seconds, record.stem, record.bytes)
        (heappush if len(self.slowest) < SLOWEST else heappushpop)(self.slowest, one)


def report_page(records: Iterable[Record], survey: Survey) -> str:
    """The page as HTML, from what the ledger says of every source and the survey of its documents."""
    seen = _Seen()
    rows = ",".join(_script_json(row) for row in _rows(records, survey, seen))
    template = Template(files("govdoc.batch").joinpath("report.html").read_text("utf-8"))
    return template.substitute(
        version=govdoc.__version__,
        sources=seen.sources,
        done=seen.sources - seen.failed,
        failed=seen.failed,
        documents=len(survey.facts),
        duplicates=len(survey.duplicates),
        seconds=f"{seen.seconds:.0f}",
        failures="".join(_failures(seen.reasons)) or "<p>没有失败的文件。</p>",
        notices="".join(_counts(seen.notices.most_common())) or '<tr><td colspan="2">没有提示。</td></tr>',
        slowest="".join(_slowest(seen.slowest)),
        toml=escape(as_toml(survey.suggestions)) or "没有发现各文件之间重复的行。",
        suggestions=len(survey.suggestions),
        data=f'{{"columns":{_script_json(COLUMNS)},"places":{_script_json(list(_places(survey)))},"rows":[{rows}]}}',
    )


def _rows(records: Iterable[Record], survey: Survey, seen: _Seen) -> Iterator[list[Any]]:
    """A row a document; a row a source where it failed."""
    documents: dict[str, list[Name]] = {}
    for name in survey.facts:
        documents.setdefault(name.stem, []).append(name)
    for record in records:
        seen.add(record)
        names = documents.get(record.stem, []) if record.state == "done" else []
        if not names:
            shown = _file(record) if record.state == "failed" else record.stem
            yield [shown, "", "", "", "", "", "", round(record.seconds, 2), 0, "", _reason(record)]
        for name in names:
            one = survey.facts[name]
            of = survey.duplicates.get(name)
            shown = str(name) if len(names) > 1 else record.stem
            yield [
                shown, one.title or "", one.number or "", one.date or "",
                "".join(dict.fromkeys(part for part in (one.province, one.city, one.county) if part)), one.kind or "",
                one.site(record.stem), round(record.seconds, 2), sum(record.notices.values()), str(of) if of else "",
                "",
            ]  # fmt: skip


def _places(survey: Survey) -> Iterator[list[Any]]:
    """Province, city, county, year and how many documents; copies are left out."""
    counts: Counter[tuple[str, str, str, int]] = Counter()
    for name, one in survey.facts.items():
        if one.year and name not in survey.duplicates:
            counts[one.province or "", one.city or "", one.county or "", one.year] += 1
    yield from ([*key, count] for key, count in sorted(counts.items()))


def _failures(reasons: Mapping[str, list[str]]) -> Iterator[str]:
    """The failed sources under their reasons, the most frequent first."""
    for reason, stems in sorted(reasons.items(), key=lambda item: -len(item[1])):
        sources = "".join(f"<li>{escape(_shown(stem))}</li>" for stem in stems)
        yield f"<details><summary><b>{len(stems)}</b> {escape(_shown(reason))}</summary><ul>{sources}</ul></details>"


def _file(record: Record) -> str:
    """The name of a source's file below its folder; of a row of a table its stem."""
    whole = record.stem + PurePosixPath(record.source).suffix
    return whole if record.source.replace("\\", "/").endswith(whole) else record.stem


def _reason(record: Record) -> str:
    """What is wrong, without which file it is wrong with."""
    before, found, after = (record.error or "").partition(": ")
    return after if found and PurePosixPath(record.source).suffix in before else record.error or ""


def _slowest(slowest: list[tuple[float, str, int]]) -> Iterator[str]:
    for seconds, stem, size in sorted(slowest, reverse=True):
        figures = "".join(f'<td class="number">{each}</td>' for each in (f"{seconds:.2f}", f"{size / 1024:.0f} KB"))
        yield f"<tr><td>{escape(_shown(stem))}</td>{figures}</tr>"


def _counts(counts: list[tuple[str, int]]) -> Iterator[str]:
    for code, count in counts:
        yield f"<tr><td>{escape(code)}</td><td>{count}</td></tr>"


def _shown(name: str) -> str:
    return name.encode("utf-8", "backslashreplace").decode()


def _script_json(data: object) -> str:
    """JSON that nothing in it can end the script of."""
    return json.dumps(data, ensure_ascii=True, separators=(",", ":")).replace("</", "<\\/").replace("<!--", "<\\!--")
