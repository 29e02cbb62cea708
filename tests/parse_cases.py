"""The documents stated by hand in ``cases/parse``: reading them, and how near a parse comes to what they state."""

from __future__ import annotations

import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, NamedTuple

import govdoc
from govdoc.cleaned import Cleaned, Decoded
from govdoc.model import Attachment, Block, Document
from govdoc.parsing import parse
from govdoc.source import Source
from govdoc.span import Mark

HERE = Path(__file__).parent
CASES: list[tuple[str, dict[str, Any]]] = [
    (path.stem, case)
    for path in sorted((HERE / "cases" / "parse").glob("*.toml"))
    for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
]


def cleaned_text(text: str, marks: tuple[Mark, ...] = (), source: str | None = None) -> Cleaned:
    """A text as if cleaning had found nothing to do."""
    return Cleaned(
        Decoded(Source((source or text).encode("utf-8", "surrogatepass")), text, "utf-8", "given", 1.0),
        text,
        marks=marks,
    )


def cleaned_case(case: dict[str, Any]) -> Cleaned:
    """What a case gives the parser: a seed or a ``source`` cleaned, or a ``text`` that is clean."""
    if "seed" in case:
        return govdoc.clean(HERE.parent / "seeds" / case["seed"])
    if "source" in case:
        return govdoc.clean(case["source"])
    return cleaned_text(case["text"])


def squeezed(text: str | None) -> str:
    """A text without blanks."""
    return "".join((text or "").split())


def outline(blocks: tuple[Block, ...]) -> list[str]:
    """An entry a block: its letter, level, label and heading."""
    letters = {"heading": "H", "paragraph": "P", "table": "T", "image": "I"}
    rows = []
    for block in blocks:
        head = squeezed(block.label) + squeezed(block.heading)
        if block.heading and block.label and block.label.startswith("第"):
            head = f"{block.label}　{squeezed(block.heading)}"
        gap = " " if head[:1].isdigit() else ""
        rows.append(f"{letters[block.type]}{block.level or ''}{gap}{head}")
    return rows


def attached_fields(one: Attachment) -> dict[str, Any]:
    """The fields of an attached text under the names the cases use."""
    number = one.doc_number
    return {
        "role": one.role,
        "number": one.number,
        "title": squeezed(one.title),
        "number_of": [number.code or "", number.year or 0, number.seq or 0] if number else None,
        "recipients": list(one.recipients.names) if one.recipients else [],
        "body": outline(one.body),
        "orgs": list(one.signature_orgs),
        "date": one.issue_date,
        "annotation": one.annotation,
        "attachments": [attached_fields(inner) for inner in one.attachments],
    }


def fields(document: Document) -> dict[str, Any]:
    """The fields of a document under the names the cases use."""
    header, main, colophon = document.header, document.main, document.colophon
    mark, number, printing, attendance = header.issuer_mark, header.doc_number, colophon.printing, main.attendance
    return {
        "official": document.official,
        "genre": document.genre,
        "kind": document.kind,
        "copy_number": header.copy_number,
        "secrecy": [header.secrecy.level, header.secrecy.term] if header.secrecy else None,
        "urgency": header.urgency,
        "mark": list(mark.agencies) if mark else [],
        "suffix": mark.suffix if mark else None,
        "number": [number.code or "", number.year or 0, number.seq or 0] if number else None,
        "order": header.order_number.seq if header.order_number else None,
        "issue": header.issue_no.seq if header.issue_no else None,
        "signers": list(header.signers),
        "title": squeezed(main.title),
        "subtitle": squeezed(main.subtitle),
        "recipients": list(main.recipients.names) if main.recipients else [],
        "body": outline(main.body),
        "notes": list(main.attachment_notes),
        "orgs": list(main.signature_orgs),
        "signatory": [main.signatory.office, main.signatory.name] if main.signatory else None,
        "date": main.issue_date,
        "annotation": main.annotation,
        "attendance": [attendance.present, attendance.leave, attendance.observers] if attendance else None,
        "cc_label": colophon.cc.label if colophon.cc else None,
        "cc": list(colophon.cc.names) if colophon.cc else [],
        "cc_main": list(colophon.recipients.names) if colophon.recipients else [],
        "print": [printing.org, printing.date] if printing else None,
        "metadata": dict(document.source.metadata),
        "attachments": [attached_fields(one) for one in main.attachments],
    }


BLANK = fields(Document("govdoc.document/1", "", parse(cleaned_text("甲"))[0].source, official=False))
"""The fields of a document without any."""


def expected_fields(stated: dict[str, Any]) -> dict[str, Any]:
    """The stated fields, all others empty; ``notices`` is stated apart."""
    full = {**BLANK, **{name: value for name, value in stated.items() if name != "notices"}}
    full["title"], full["subtitle"] = squeezed(full["title"]), squeezed(full["subtitle"])
    full["secrecy"] = full["secrecy"] and [one or None for one in full["secrecy"]]
    full["attendance"] = full["attendance"] and [one or None for one in full["attendance"]]
    full["attachments"] = [expected_attached(one) for one in full["attachments"]]
    return full


def expected_attached(stated: dict[str, Any]) -> dict[str, Any]:
    """The stated fields of an attached text, all others empty."""
    full = {**attached_fields(Attachment("issued")), **stated}
    full["title"] = squeezed(full["title"])
    full["attachments"] = [expected_attached(one) for one in full["attachments"]]
    return full


class Tally(NamedTuple):
    """Items found right, found wrongly, and not found."""

    right: int = 0
    wrong: int = 0
    missing: int = 0

    def plus(self, other: Tally) -> Tally:
        """Both together."""
        return Tally(self.right + other.right, self.wrong + other.wrong, self.missing + other.missing)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 1 where there was nothing to find and nothing found."""
        told = 2 * self.right + self.wrong + self.missing
        return 2 * self.right / told if told else 1.0


Miss = tuple[str, Any, Any]
"""A field, what is stated of it, what was found."""


def compare(expected: Sequence[dict[str, Any]], found: Sequence[dict[str, Any]]) -> tuple[Tally, list[Miss]]:
    """Documents or attached texts in order, field by field: a name of a list and a block of a body count each."""
    tally, misses = Tally(), list[Miss]()
    for i in range(max(len(expected), len(found))):
        empty: dict[str, Any] = dict.fromkeys((*expected, *found)[0]) | {"attachments": []}
        left, right = (side[i] if i < len(side) else empty for side in (expected, found))
        for name in left:
            if name == "attachments":
                inner, lacking = compare(left[name], right[name])
                misses += [(f"attachments/{at}", stated, read) for at, stated, read in lacking]
            else:
                inner = _compare_field(left[name], right[name])
                if inner.wrong or inner.missing:
                    misses.append((name, left[name], right[name]))
            tally = tally.plus(inner)
    return tally, misses


def _compare_field(expected: Any, found: Any) -> Tally:
    left, right = (list(_items(value)) for value in (expected, found))
    if isinstance(expected, list) and len(left) > 1:
        blocks = SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks()
        same = sum(block.size for block in blocks)
    else:
        same = (Counter(left) & Counter(right)).total()
    return Tally(same, len(right) - same, len(left) - same)


def _items(value: Any) -> Iterator[str]:
    """What counts of a value: each name or block of a list, each entry of a table, else the value if it is one."""
    if isinstance(value, dict):
        yield from (f"{key}={one}" for key, one in value.items())
    elif isinstance(value, list):
        yield from (str(one) for one in value)
    elif value or value is False:
        yield str(value)


def score(case: dict[str, Any], documents: Sequence[Document]) -> tuple[Tally, list[Miss]]:
    """How near documents come to what a case states."""
    return compare([expected_fields(one) for one in case["documents"]], [fields(one) for one in documents])


def all_blocks(document: Document) -> list[Block]:
    """Every block of a document, those of attached texts too."""
    return [*document.main.body, *(block for one in document.main.attachments for block in attached_blocks(one))]


def attached_blocks(one: Attachment) -> list[Block]:
    """Every block of an attached text and of those attached to it."""
    return [*one.body, *(block for inner in one.attachments for block in attached_blocks(inner))]


def spans_of(document: Document) -> list[tuple[int, int]]:
    """The places of fields and blocks; of a list those of its members, not what lies between them."""
    spans = document.spans
    members = [span for pointer, span in spans.items() if f"{pointer}/0" not in spans]
    return [*members, *(block.span for block in all_blocks(document))]


def uncovered(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The ink of a text that lies in none of the spans."""
    covered = bytearray(len(text))
    for start, stop in spans:
        covered[start:stop] = b"\1" * (stop - start)
    return "".join(char for char, known in zip(text, covered, strict=True) if not known and not char.isspace())


def plain(text: str) -> str:
    """A text as neither spacing nor the width of signs changes it: only what was written."""
    return squeezed(unicodedata.normalize("NFKC", text))


def stated(document: Document) -> Iterator[tuple[str, str]]:
    """Pointers and verbatim values of the fields that are text."""
    main, colophon, number = document.main, document.colophon, document.header.doc_number
    values = {
        "/main/title": main.title,
        "/main/subtitle": main.subtitle,
        "/main/recipients": main.recipients and main.recipients.text,
        "/main/issue_date": main.issue_date_raw,
        "/main/annotation": main.annotation,
        "/header/doc_number": number and number.raw,
        "/colophon/cc": colophon.cc and colophon.cc.text,
        "/colophon/printing/org": colophon.printing and colophon.printing.org,
        "/colophon/printing/date": colophon.printing and colophon.printing.date_raw,
        **{f"/main/signature_orgs/{i}": org for i, org in enumerate(main.signature_orgs)},
        **{f"/main/attachments/{i}/title": one.title for i, one in enumerate(main.attachments)},
    }
    return ((pointer, value) for pointer, value in values.items() if value)
