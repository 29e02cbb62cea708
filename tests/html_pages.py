"""Pages of twelve makes with the text and the metadata that are right for them, and pages made worse."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from govdoc.cleaned import Cleaned, Decoded
from govdoc.cleaning import clean
from govdoc.decode import decode
from govdoc.readers.html import read_html
from govdoc.source import Source

PAGES = Path(__file__).parent / "data" / "pages"
FILES = sorted(PAGES.glob("*.htm*"))
PIECES = [
    "<p>", "</p>", "<div>", "</div>", "<br>", "<table>", "</table>", "<tr>", "<td>", "</td>",
    "<td rowspan=3 colspan=2>",
    "<a href=", '<a href="', "<a ", "</a>", "<!--", "-->", "<![CDATA[", "]]>", "<script>", "</script>", "<style>",
    "<pre>", "</pre>", "<span style='display:none'>", "</span>", "<b>", "</b>", "&nbsp;", "&#8220;", "&#x", "&amp", "&",
    "<", ">", '"', "'", "=", "\n", "\t", "  ", "\u3000", "\ufeff", "工作", "。", "附件：", "索引号：", "<h1>", "</h1>",
    "<img src=a.jpg alt=图>", "<iframe width='100%'>", "<textarea>", "<title>", "</title>", "<?xml", "<o:p></o:p>",
    "\ud800",
    "<form>", "<li>", "<ul>", "</ul>",
    "<select><option>", "\x00", "<plaintext>", "<svg><path/></svg>", "<center>",
]  # fmt: skip


@dataclass(frozen=True)
class Score:
    """The share of the right text that was found, the share of what was found that is not right."""

    recall: float
    chrome: float


def read_page(data: bytes, name: str = "page.html") -> Decoded:
    return read_html(decode(Source(data, name=name)))


def read_markup(text: str) -> Decoded:
    return read_html(Decoded(Source(b""), text, "utf-8", "given", 1.0))


def plain(text: str) -> str:
    return read_markup(text).plain


def expected(path: Path) -> tuple[str, dict[str, str]]:
    text = path.with_suffix(".expected.txt").read_text("utf-8")
    return text, json.loads(path.with_suffix(".expected.json").read_text("utf-8"))


def clean_page(path: Path) -> Cleaned:
    return clean(read_page(path.read_bytes(), path.name))


def score(path: Path, text: str) -> Score:
    right, found = ("".join(one.split()) for one in (expected(path)[0], text))
    blocks = SequenceMatcher(None, right, found, autojunk=False).get_matching_blocks()
    common = sum(block.size for block in blocks)
    return Score(common / len(right), (len(found) - common) / max(1, len(found)))


def mutants(chance: random.Random) -> Iterator[str]:
    """Pages cut, spliced and strewn with pieces of markup; and markup put together at random. Without end."""
    pages = [decode(Source(path.read_bytes())).text for path in FILES]
    while True:
        if chance.random() < 0.2:
            yield "".join(chance.choices(PIECES, k=chance.randrange(1, 200)))
            continue
        text = chance.choice(pages)
        for _ in range(chance.randrange(1, 9)):
            at, length = chance.randrange(len(text) + 1), chance.choice((0, 0, 1, 7, 60, 900))
            text = text[:at] + chance.choice(PIECES) * chance.choice((1, 1, 1, 3, 40)) + text[at + length :]
        if chance.random() < 0.2:
            text = text[: chance.randrange(len(text) + 1)]
        yield text
