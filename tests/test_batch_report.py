"""The report of ten thousand documents, alive in a browser: sorted, filtered, turned over; holes in the coverage."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest

from govdoc.batch.duplicates import Name
from govdoc.batch.facts import Facts
from govdoc.batch.jobs import Record
from govdoc.batch.report import report_page
from govdoc.batch.survey import Survey
from test_review import CHROMIUM

DOCUMENTS = 10_000
CITIES = ("苏州市", "常州市", "无锡市")
FAILED = range(0, DOCUMENTS, 100)
USE = """<script>{
const said = {}, byName = id => document.getElementById(id);
const texts = selector => [...document.querySelectorAll(selector)].map(each => each.textContent);
const set = (id, value, event) => { byName(id).value = value; byName(id).dispatchEvent(new Event(event)); };
const head = texts("#documents th");
const click = title => document.querySelectorAll("#documents th")[head.indexOf(title)].click();
const column = title => texts(`#documents td:nth-child(${head.indexOf(title) + 1})`);
said.rows = column("秒").length;
click("秒"); said.quickest = column("秒").slice(0, 3);
click("秒"); said.slowest = column("秒").slice(0, 3);
byName("on").click(); said.second = [column("秒")[0], byName("page").textContent];
set("filter", "常州市 2015年", "input"); said.found = byName("shown").textContent;
said.titles = [...new Set(column("标题"))];
set("filter", "", "input"); set("state", "failed", "change"); said.failed = byName("shown").textContent;
said.reasons = [...new Set(column("失败原因"))];
set("level", "2", "change");
said.places = texts("#coverage tbody td:first-child");
said.holes = [...document.querySelectorAll("#coverage tbody tr")].map(row => row.querySelectorAll(".hole").length);
byName("holes").click(); said.lacking = texts("#coverage tbody td:first-child");
document.body.setAttribute("data-said", JSON.stringify(said));
}</script>"""


def record(number: int) -> Record:
    failed = number in FAILED
    error = f"/x/{number}.txt: holds no text; look into the file" if failed else None
    return Record(
        f"{number:05}", f"/x/{number}.txt", "", 2048, 1, "failed" if failed else "done",
        seconds=number / 100, error=error, notices={"D101": 1},
    )  # fmt: skip


def facts(number: int) -> Facts:
    """Every city has something of every year from 2010 to 2019, but 常州 nothing of 2012."""
    city, year = CITIES[number % 3], 2010 + number // 3 % 10
    year += city == "常州市" and year == 2012
    return Facts(
        1, str(number), f"{city}{year}年工作要点", None, f"{year}-03-01", "通知", True, None, "江苏省", city, None,
        None, 500, 10, b"", (),
    )  # fmt: skip


@pytest.fixture(scope="module")
def page() -> str:
    found = {Name(f"{number:05}", 1): facts(number) for number in range(DOCUMENTS) if number not in FAILED}
    return report_page(map(record, range(DOCUMENTS)), Survey(found, {}, ()))


def test_the_page_of_ten_thousand_is_light_and_says_what_failed_and_was_slow(page: str) -> None:
    assert len(page) < 400 * DOCUMENTS
    assert "<b>100</b> holds no text; look into the file" in page
    slowest = page.partition("最慢的文件")[2].partition("</table>")[0]
    assert re.findall(r'<td>(\d+)</td><td class="number">([\d.]+)', slowest)[:2] == [
        ("09999", "99.99"), ("09998", "99.98")
    ]  # fmt: skip


def test_a_failed_file_is_named_whole() -> None:
    """One whose stem has its suffix already, and a row of a table, as they are."""
    failed = [
        Record(stem, source, "", 1, 1, "failed", seconds=1, error="x: holds no text")
        for stem, source in (("混合/坏", "/in/混合/坏.docx"), ("甲.txt", "/in/甲.txt"), ("表/1", "/in/表.csv"))
    ]
    listed = report_page(failed, Survey({}, {}, ())).partition("<details>")[2].partition("</details>")[0]
    assert re.findall("<li>(.*?)</li>", listed) == ["混合/坏.docx", "甲.txt", "表/1"]


@pytest.mark.slow
def test_ten_thousand_rows_are_sorted_filtered_and_turned_over_in_a_browser(
    page: str, tmp_path: Path, require_tool: Callable[[str], str]
) -> None:
    (tmp_path / "page.html").write_text(page + USE, "utf-8")
    command = [require_tool("chromium"), *CHROMIUM, f"--user-data-dir={tmp_path}/profile", "--dump-dom"]
    done = subprocess.run(
        [*command, f"file://{tmp_path}/page.html"], capture_output=True, text=True, check=True, timeout=120
    )
    found = re.search(r'data-said="([^"]*)"', done.stdout)
    assert found, "the script of the page came to its end"
    expected = sum(facts(number).title == "常州市2015年工作要点" for number in range(DOCUMENTS) if number not in FAILED)
    assert json.loads(unescape(found[1])) == {
        "rows": 200, "quickest": ["0", "0.01", "0.02"], "slowest": ["99.99", "99.98", "99.97"],
        "second": ["97.99", "2 / 50"], "found": str(expected), "titles": ["常州市2015年工作要点"], "failed": "100",
        "reasons": ["holds no text; look into the file"], "places": ["江苏省常州市", "江苏省苏州市", "江苏省无锡市"],
        "holes": [1, 0, 0],
        "lacking": ["江苏省常州市"],
    }  # fmt: skip
