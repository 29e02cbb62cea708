"""Records, pairings and a document for the tests of the workbook, made by hand after seed 000."""

from __future__ import annotations

import hashlib
import io
from typing import Any

import msgspec
import openpyxl

from govdoc.indicator import Indicator
from govdoc.measuring.pairing import Pairing
from govdoc.model import DocNumber, Document, Header, Main, SourceInfo

SHA = hashlib.sha256(b"source").hexdigest()
SENTENCES = [
    "评选优秀共产党员、优秀党务工作者各30名，先进基层党组织12个。",
    "苏州线上教育中心太仓分中心总资源数45160个，累计观看资源2320.76万次。",
    "中小学幼儿园食堂量化等级优秀率达97.6%，省市优质园占比92.35%。",
    "夺得省赛2金7银9铜，连续四年获评优秀等次，居全省第一。",
    "组建教师团队2—4个，资助学生6369人次，资助金额555.9万元。",
]


def record(raw: str, sentence: str, number: str | None, unit: str, **changes: Any) -> Indicator:
    """A record as the measure stage makes it; the sentence begins at 1000 in the source."""
    at = 1000 + max(0, sentence.find(raw))
    key = f"{sentence}{raw}{changes}"
    fields: dict[str, Any] = dict.fromkeys(Indicator.__struct_fields__)
    fields |= {
        "schema": "govdoc.indicator/1", "id": hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:12],
        "document_id": f"{SHA[:12]}#1", "source": "seeds/000.txt", "section": ["一、资源建设", "（一）扩优提质"],
        "sentence": sentence, "sent_start": 1000, "sent_end": 1000 + len(sentence), "start": at, "end": at + len(raw),
        "raw": raw, "name": f"指标{raw}", "number": number, "scale": "", "value": number, "unit": unit,
        "unit_norm": unit, "bound": "eq", "approximate": False, "role": "actual", "kind": "count", "period": "2024",
        "region": "太仓市", "category": "资源建设", "salience": "normal", "layer": "core", "confidence": 0.93,
    }  # fmt: skip
    return msgspec.convert(fields | changes, Indicator)


def standard() -> list[Indicator]:
    """Records of every kind a workbook must show."""
    one, two, three, four, five = SENTENCES
    amount = {"kind": "amount", "value": "5559000", "scale": "万"}
    where = {"sent_start": 2000, "sent_end": 2000 + len(two)}
    return [
        record("30名", one, "30", "名", name="评选优秀共产党员", distribution="各"),
        record("12个", one, "12", "个", name="评选先进基层党组织"),
        record("45160个", two, "45160", "个", salience="key", **where),
        record("2320.76万次", two, "2320.76", "次", scale="万", value="23207600", salience="key", **where),
        record("97.6%", three, "97.6", "%", kind="ratio", sent_start=3000, sent_end=3000 + len(three)),
        record("92.35%", three, "92.35", "%", kind="ratio", sent_start=3000, sent_end=3000 + len(three)),
        record("2金", four, "2", "金", unit_norm="枚", kind="award", grade="金", sent_start=4000, sent_end=4027),
        record("四年", four, "4", "年", kind="streak", sent_start=4000, sent_end=4027),
        record("第一", four, "1", "", unit_norm="名", kind="rank", layer="ext", sent_start=4000, sent_end=4027),
        record("2—4个", five, None, "个", value=None, value_min="2", value_max="4", bound="range", role="target",
               sent_start=5000, sent_end=5000 + len(five)),
        record("6369人次", five, "6369", "人次", confidence=0.41, sent_start=5000, sent_end=5000 + len(five)),
        record("555.9万元", five, "555.9", "元", **amount, sent_start=5000, sent_end=5000 + len(five)),
        record("50个", "建设智慧校园不少于50个。", "50", "个", name="建设智慧校园", role="target", bound="ge",
               sent_start=6000, sent_end=6013),
        record("61个", "建设智慧校园61个。", "61", "个", name="建设智慧校园", sent_start=7000, sent_end=7010),
    ]  # fmt: skip


def pairs() -> list[Pairing]:
    """A pairing of every verdict over the standard records."""
    records = standard()

    def one(
        targets: list[int], actuals: list[int], verdict: Any, rate: str | None = None, gap: str | None = None
    ) -> Pairing:
        ids = tuple(records[i].id for i in targets), tuple(records[i].id for i in actuals)
        return Pairing(*ids, verdict, rate, gap, f"说明{verdict}", "", None, None)

    return [
        one([12], [13], "exceeded", "122", "11"),
        one([12], [0, 1], "not met", "84", "-8"),
        one([9], [1], "unclear", "400", "9"),
        one([9], [], "no result found"),
        one([], [10], "result without target"),
    ]


def document(**main: Any) -> Document:
    info = SourceInfo("seeds/000.txt", SHA, 18195, "utf-8")
    number = DocNumber("太教〔2025〕2号", "太教", 2025, 2)
    text = Main(**({"title": "2024年度教育工作总结", "issue_date": "2025-02-07"} | main))
    return Document(
        "govdoc.document/1", info.sha256[:12] + "#1", info, True, header=Header(doc_number=number), main=text
    )


def load(data: bytes, **options: Any) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data), **options)


def texts(book: openpyxl.Workbook, title: str) -> list[str]:
    return [str(cell.value) for row in book[title].iter_rows() for cell in row if cell.value is not None]
