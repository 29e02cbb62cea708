"""``report.html``: what became of a collection, as one self-contained page that ten thousand documents do not slow."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from html import escape
from importlib.resources import files
from pathlib import PurePosixPath
from string import Template
from typing import TYPE_CHECKING, Any

import govdoc
from govdoc.batch.duplicates import Name, as_toml
from govdoc.batch.jobs import Record

if TYPE_CHECKING:
    from govdoc.batch.collection import Survey

SLOWEST = 20
COLUMNS = ("stem", "title", "number", "date", "place", "kind", "site", "seconds", "notices", "duplicate", "error")
"""What the page's script finds in each row, in order; the error empty where the source was done."""


def report_page(records: Mapping[str, Record], survey: Survey) -> str:
    """The page as HTML, from what the ledger says of every source and the survey of its documents."""
    rows = list(_rows(records, survey))
    failed = [record for record in records.values() if record.state == "failed"]
    notices: Counter[str] = Counter()
    for record in records.values():
        notices.update(record.notices)
    template = Template(files("govdoc.batch").joinpath("report.html").read_text("utf-8"))
    return template.substitute(
        version=govdoc.__version__,
        sources=len(records),
        done=len(records) - len(failed),
        failed=len(failed),
        documents=len(survey.facts),
        duplicates=len(survey.duplicates),
        seconds=f"{sum(record.seconds for record in records.values()):.0f}",
        failures="".join(_failures(failed)) or "<p>没有失败的文件。</p>",
        notices="".join(_counts(notices.most_common())) or '<tr><td colspan="2">没有提示。</td></tr>',
        slowest="".join(_slowest(records)),
        toml=escape(as_toml(survey.suggestions)) or "没有发现各文件之间重复的行。",
        suggestions=len(survey.suggestions),
        data=_script_json({"columns": COLUMNS, "rows": rows, "places": list(_places(survey))}),
    )


def _rows(records: Mapping[str, Record], survey: Survey) -> Iterator[list[Any]]:
    """A row a document; a row a source where it failed."""
    documents: dict[str, list[Name]] = {}
    for name in survey.facts:
        documents.setdefault(name.stem, []).append(name)
    for stem, record in records.items():
        names = documents.get(stem, []) if record.state == "done" else []
        if not names:
            yield [stem, "", "", "", "", "", "", round(record.seconds, 2), 0, "", record.error or ""]
        for name in names:
            one = survey.facts[name]
            of = survey.duplicates.get(name)
            shown = str(name) if len(names) > 1 else stem
            yield [
                shown, one.title or "", one.number or "", one.date or "",
                "".join(dict.fromkeys(part for part in (one.province, one.city, one.county) if part)), one.kind or "",
                one.site(stem), round(record.seconds, 2), sum(record.notices.values()), str(of) if of else "", "",
            ]  # fmt: skip


def _places(survey: Survey) -> Iterator[list[Any]]:
    """Province, city, county, year and how many documents; copies are left out."""
    counts: Counter[tuple[str, str, str, int]] = Counter()
    for name, one in survey.facts.items():
        if one.year and name not in survey.duplicates:
            counts[one.province or "", one.city or "", one.county or "", one.year] += 1
    yield from ([*key, count] for key, count in sorted(counts.items()))


def _failures(failed: list[Record]) -> Iterator[str]:
    """The failed sources under their reasons, the most frequent first."""
    reasons: dict[str, list[Record]] = {}
    for record in failed:
        reasons.setdefault(_reason(record), []).append(record)
    for reason, some in sorted(reasons.items(), key=lambda item: -len(item[1])):
        sources = "".join(f"<li>{escape(_shown(record.stem))}</li>" for record in some)
        yield f"<details><summary><b>{len(some)}</b> {escape(_shown(reason))}</summary><ul>{sources}</ul></details>"


def _reason(record: Record) -> str:
    """What is wrong, without which file it is wrong with."""
    before, found, after = (record.error or "").partition(": ")
    return after if found and PurePosixPath(record.source).suffix in before else record.error or ""


def _slowest(records: Mapping[str, Record]) -> Iterator[str]:
    for record in sorted(records.values(), key=lambda record: -record.seconds)[:SLOWEST]:
        size = f"{record.bytes / 1024:.0f} KB"
        yield f"<tr><td>{escape(_shown(record.stem))}</td><td>{record.seconds:.2f}</td><td>{size}</td></tr>"


def _counts(counts: list[tuple[str, int]]) -> Iterator[str]:
    for code, count in counts:
        yield f"<tr><td>{escape(code)}</td><td>{count}</td></tr>"


def _shown(name: str) -> str:
    return name.encode("utf-8", "backslashreplace").decode()


def _script_json(data: object) -> str:
    """JSON that nothing in it can end the script of."""
    return json.dumps(data, ensure_ascii=True, separators=(",", ":")).replace("</", "<\\/").replace("<!--", "<\\!--")
