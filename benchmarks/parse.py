"""Parsing: how well fields survive what sites do to a text, and how fast, in MB/s of cleaned text.

Every document of tests/cases/parse is changed as sites change texts, cleaned and parsed again, and its fields are
compared with what was stated by hand: the field F1 of each change. Then the speed over the same documents and the
seeds, and over texts made to be hard, whole and a quarter of each: what takes more than 4 times the quarter grows.

usage: python benchmarks/parse.py [--misses] [--rounds N] [--hostile]
"""

from __future__ import annotations

import argparse
import re
import statistics
import sys
import time
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import govdoc
from govdoc.errors import EmptyError
from govdoc.model import Document
from govdoc.parsing import parse

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))
from parse_cases import (  # type: ignore[import-not-found]  # noqa: E402
    CASES,
    Miss,
    Tally,
    cleaned_case,
    cleaned_text,
    compare,
    expected_fields,
    fields,
)

Text = str
Change = Callable[[Text, int], Text]
"""A change of a text; the number is that of the case, so that cases are changed in different ways."""
_BRACKETS = (("〔", "〕", "[", "]"), ("〔", "〕", "［", "］"), ("〔", "〕", "（", "）"), ("（", "）", "(", ")"))
_DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")


def source_of(case: dict[str, Any]) -> Text:
    """The text of a case as a site would have it."""
    given: str | None = case.get("text") or case.get("source")
    return given or (ROOT / "seeds" / case["seed"]).read_text("utf-8")


def varied_brackets(text: Text, number: int) -> Text:
    """〔2024〕 as [2024], ［2024］ or （2024）, or （一） as (一)."""
    left, right, new_left, new_right = _BRACKETS[number % len(_BRACKETS)]
    return text.replace(left, new_left).replace(right, new_right)


def spaced(text: Text, number: int) -> Text:
    """Indents, blanks at the ends of lines, and blanks around figures in dates and numbers."""
    text = _DATE.sub(r"\1 年 \2 月 \3 日", text)
    text = re.sub(r"〔(\d{4})〕(\d+)号", r"〔 \1 〕 \2 号", text) if number % 2 else text
    return re.sub(r"^(?=\S)", "\u3000\u3000", text, flags=re.M).replace("\n", "  \n")


CHANGES: dict[str, Change] = {
    "as stated": lambda text, _: text,
    "blank lines doubled": lambda text, _: text.replace("\n", "\n\n"),
    "blank lines removed": lambda text, _: re.sub(r"\n\s*\n", "\n", text),
    "brackets varied": varied_brackets,
    "spaces inserted": spaced,
    "carriage returns, tabs for indents": lambda text, _: re.sub(r"^(?=[^\t\n]+$)", "\t", text, flags=re.M).replace(
        "\n", "\r\n"
    ),
}


def lines_of(document: Document, text: Text, pointer: str) -> tuple[int, int] | None:
    """The whole lines of a field; ``None`` where it shares its line or is not there."""
    span = document.spans.get(pointer)
    if span is None:
        return None
    start = text.rfind("\n", 0, span[0]) + 1
    stop = text.find("\n", span[1]) + 1 or len(text)
    whole = not text[start : span[0]].strip() and not text[span[1] : stop].strip("\n ：:")
    return (start, stop) if whole else None


def moved(text: Text, pointer: str, behind: str) -> Text | None:
    """A text with the lines of one field put behind those of another."""
    [document, *rest] = parse(cleaned_text(text))
    line, place = lines_of(document, text, pointer), lines_of(document, text, behind)
    if rest or line is None or place is None or line == place:
        return None
    piece = text[slice(*line)]
    if place[1] <= line[0]:
        return text[: place[1]] + piece + text[place[1] : line[0]] + text[line[1] :]
    return text[: line[0]] + text[line[1] : place[1]] + piece + text[place[1] :]


MOVES = {
    "发文字号 behind the title": ("/header/doc_number", "/main/title"),
    "印发 above 抄送": ("/colophon/cc", "/colophon/printing/date"),
    "附件说明 behind the date": ("/main/attachment_notes", "/main/issue_date"),
    "署名 behind the date and the 附注": ("/main/signature_orgs", "/main/annotation"),
    "署名 behind the date": ("/main/signature_orgs", "/main/issue_date"),
}
DROPS = {
    "发文机关标志 dropped": ("/header/issuer_mark", ("mark", "suffix")),
    "发文字号 dropped": ("/header/doc_number", ("number",)),
    "主送机关 dropped": ("/main/recipients", ("recipients",)),
    "成文日期 dropped": ("/main/issue_date", ("date",)),
}


def dropped(text: Text, pointer: str) -> Text | None:
    """A text without the lines of a field."""
    [document, *rest] = parse(cleaned_text(text))
    line = lines_of(document, text, pointer)
    if rest or line is None or document.genre in ("命令", "纪要"):
        return None
    return text[: line[0]] + text[line[1] :]


def variants() -> Iterator[tuple[str, str, Text, list[dict[str, Any]]]]:
    """Change, case, changed text and the fields it should give."""
    for number, (group, case) in enumerate(CASES):
        name, text = f"{group}: {case['name']}", source_of(case)
        wanted = [expected_fields(one) for one in case["documents"]]
        for title, change in CHANGES.items():
            yield title, name, change(text, number), wanted
        if "text" not in case or len(wanted) > 1:
            continue
        for title, (pointer, behind) in MOVES.items():
            if changed := moved(text, pointer, behind):
                yield title, name, changed, wanted
        for title, (pointer, lost) in DROPS.items():
            if changed := dropped(text, pointer):
                yield title, name, changed, [{**wanted[0], **dict.fromkeys((*lost, "official"))}]


def folded(value: Any) -> Any:
    """A value as neither width of signs nor blanks change it."""
    if isinstance(value, dict):
        return {key: folded(one) for key, one in value.items()}
    if isinstance(value, list):
        return [folded(one) for one in value]
    return "".join(unicodedata.normalize("NFKC", value).split()) if isinstance(value, str) else value


def robustness(*, misses: bool = False) -> dict[str, tuple[int, Tally]]:
    """For every change how many documents it was made to, and how their fields came out."""
    tallies: dict[str, tuple[int, Tally]] = {}
    for title, name, text, wanted in variants():
        try:
            found = [fields(one) for one in govdoc.parse(govdoc.Source(text.encode(), encoding="utf-8"))]
        except EmptyError:
            found = []
        if title in DROPS and found:
            found[0]["official"] = None
        tally, lacking = compare(folded(wanted), folded(found))
        count, before = tallies.get(title, (0, Tally()))
        tallies[title] = count + 1, before.plus(tally)
        if misses and lacking:
            show(title, name, lacking)
    return tallies


def table(tallies: dict[str, tuple[int, Tally]]) -> None:
    """Print the field F1 of every change."""
    for title, (count, tally) in tallies.items():
        print(f"{tally.f1:.4f}  {title} ({count} documents, {tally.wrong} wrong, {tally.missing} missing)")


def show(title: str, name: str, lacking: list[Miss]) -> None:
    """Print what was not found as stated."""
    print(f"[{title}] {name}")
    for field, stated, read in lacking:
        print(f"    {field}: {stated!r} was read as {read!r}")


def speed(rounds: int) -> None:
    """Print the speed over the cases and over the seeds with their ledgers."""
    texts = [cleaned_text(cleaned_case(case).text) for _, case in CASES]
    seeds = [govdoc.clean(path) for path in sorted((ROOT / "seeds").glob("0*.txt"))]
    for name, cleaned in {"cases, without a ledger": texts, "seeds, with their ledgers": seeds}.items():
        size = sum(len(one.text.encode()) for one in cleaned) / 1e6
        took = []
        for _ in range(rounds):
            start = time.process_time()
            for one in cleaned:
                parse(one)
            took.append(time.process_time() - start)
        print(f"{size / statistics.median(took):.2f} MB/s  {name} ({size:.2f} MB)")


HOSTILE = {
    "one line": "字",
    "一、 on one line": "一、",
    "一、 on lines": "一、\n",
    "附件： on one line": "附件：",
    "附件： on lines": "附件：\n",
    "附件1 on lines": "附件1\n",
    "附件：1. on lines": "附件：1.表\n2.表\n",
    "dates on one line": "2024年1月1日",
    "dates on lines": "2024年1月1日\n",
    "short lines": "短行\n",
    "agencies on lines": "太仓市教育局\n",
    "agencies and dates": "太仓市教育局\n2024年1月1日\n",
    "heads and dates": "关于放假的通知\n各学校：\n放假。\n太仓市教育局\n2024年1月1日\n",
    "open brackets on lines": "（甲\n",
    "titles on lines": "关于放假的通知\n",
    "抄送 on lines": "抄送：市委，\n",
    "rows of a table": "甲\t乙\n",
    "blanks on one line": " ",
    "numbers on lines": "太教〔2025〕2号\n",
    "quoted titles": "印发《关于放假的通知》",
    "篇 on lines": "总结篇一\n",
}


def hostile(size: int = 1_000_000) -> None:
    """Print the seconds that a megabyte of each hard text takes, and how many times a quarter of it."""
    for name, piece in HOSTILE.items():
        took = []
        for part in (size // 4, size):
            text = "甲" + piece * (part // len(piece.encode())) + "乙"
            cleaned = cleaned_text(text)
            start = time.process_time()
            parse(cleaned)
            took.append(time.process_time() - start)
        print(f"{took[1]:6.2f} s  {took[1] / took[0]:5.1f} x  {name}")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--misses", action="store_true", help="show every field that is not as stated")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--hostile", action="store_true", help="a megabyte of each hard text too")
    options = parser.parse_args()
    table(robustness(misses=options.misses))
    speed(options.rounds)
    if options.hostile:
        hostile()


if __name__ == "__main__":
    main()
