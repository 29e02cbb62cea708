"""Reading web pages with the ledger, in MB/s, beside what others do to the same pages in the same run.

The pages are those of the tests, of a dozen and a half makes, with the right text beside each; recall and what is too
much are shares of characters, lines the share of the right lines that were found whole. A peer that is not installed
is named and left out (trafilatura, gne, readability-lxml).

usage: python benchmarks/web_pages.py [--rounds N] [PAGE…]      with pages of one's own only the speed is measured
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import govdoc
from govdoc.readers import read_source

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))
Work = Callable[[govdoc.Source], str]


def text_of(source: govdoc.Source) -> str:
    """The page decoded, for those who take no bytes."""
    return read_source(source).text


def with_trafilatura() -> Work:
    """Trafilatura, set to find all it can, with its tables."""
    extract = import_module("trafilatura").extract
    return lambda source: extract(text_of(source), favor_recall=True, include_tables=True) or ""


def with_gne() -> Work:
    """GeneralNewsExtractor: text density for Chinese news."""
    gne = import_module("gne")
    extractor, nothing = gne.GeneralNewsExtractor(), gne.exceptions.NoContentException

    def extract(source: govdoc.Source) -> str:
        try:
            return str(extractor.extract(text_of(source))["content"])
        except nothing:
            return ""

    return extract


def with_readability() -> Work:
    """Readability-lxml, its summary's text."""
    document, html = import_module("readability").Document, import_module("lxml.html")
    return lambda source: str(html.fromstring(document(text_of(source)).summary()).text_content())


PEERS: dict[str, Callable[[], Work]] = {
    "govdoc read, with ledger": lambda: lambda source: read_source(source).plain,
    "govdoc read and clean": lambda: lambda source: govdoc.clean(source).text,
    "trafilatura": with_trafilatura,
    "gne": with_gne,
    "readability-lxml": with_readability,
}


def quality(work: Work, pages: list[tuple[Path, govdoc.Source]]) -> str:
    """Recall, what is too much, and lines kept, over all pages."""
    scores = import_module("html_pages")
    recall, chrome, kept, lines = [], [], 0, 0
    for path, source in pages:
        found = work(source)
        one = scores.score(path, found)
        recall.append(one.recall)
        chrome.append(one.chrome)
        right = ["".join(line.split()) for line in scores.expected(path)[0].splitlines()]
        got = {"".join(line.split()) for line in found.splitlines()}
        lines += len(right)
        kept += sum(line in got for line in right)
    return f"recall {statistics.mean(recall):.3f}   too much {statistics.mean(chrome):.3f}   lines {kept / lines:.3f}"


def main() -> None:
    """Print each median speed with what it found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("pages", nargs="*", type=Path)
    options = parser.parse_args()
    rounds: int = options.rounds
    files: list[Path] = options.pages or import_module("html_pages").FILES
    pages = [(path, govdoc.read(path)) for path in files]
    size = sum(len(source.data) for _, source in pages) / 1e6
    works: dict[str, Work] = {}
    for name, load in PEERS.items():
        try:
            works[name] = load()
        except ImportError as error:
            print(f"{name:28}not installed ({error.name})")
    speeds: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            start = time.process_time()
            for _, source in pages:
                work(source)
            speeds[name].append(size / (time.process_time() - start))
    print(f"{len(pages)} pages, {size:.2f} MB, median of {rounds} rounds taken in turn, processor time")
    for name, found in speeds.items():
        what = "" if options.pages else quality(works[name], pages)
        print(f"{name:28}{statistics.median(found):6.2f} MB/s   {what}")


if __name__ == "__main__":
    main()
