"""The canonical 公文 (``govdoc.document/1``): frozen values, JSON in and out, JSON Schema.

Element names and their order follow 《党政机关公文处理工作条例》 Art. 9 and GB/T 9704-2012 §7. What a source lacks is
null or empty, never invented. ``spans`` maps a JSON pointer to ``[start, end)`` in the decoded source.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, Self

import msgspec

from govdoc.edits import Trace
from govdoc.errors import InputError
from govdoc.span import Notice

Genre = Literal[
    "决议", "决定", "命令", "公报", "公告", "通告", "意见", "通知", "通报", "报告", "请示", "批复", "议案", "函", "纪要"
]
"""The 15 文种 of 条例 Art. 8."""

Pair = tuple[int, int]


class Value(msgspec.Struct, frozen=True):
    """A frozen value with JSON both ways."""

    def to_json(self) -> bytes:
        """UTF-8 JSON, keys in declared order."""
        return msgspec.json.encode(self)

    @classmethod
    def from_json(cls, data: bytes | str) -> Self:
        """Read what :meth:`to_json` wrote; ``InputError`` names the field that does not fit."""
        try:
            return msgspec.json.decode(data, type=cls)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise InputError(f"not a valid {cls.__name__}: {error}") from error


class SourceInfo(Value, frozen=True):
    """Where a document came from: the file, its part, and what the page itself said of it."""

    name: str
    sha256: str
    bytes: int
    encoding: str
    media_type: str = "text/plain"
    part: int = 1
    parts: int = 1
    url: str | None = None
    fetched_at: str | None = None
    metadata: dict[str, str] = {}


class Secrecy(Value, frozen=True):
    """密级和保密期限."""

    level: str
    term: str | None = None


class IssuerMark(Value, frozen=True):
    """发文机关标志: one agency, or several of a joint issue, and the suffix 文件 where printed."""

    agencies: tuple[str, ...]
    suffix: str | None = None


class DocNumber(Value, frozen=True):
    """发文字号: 机关代字, 年份, 发文顺序号; ``raw`` as cleaned."""

    raw: str
    code: str | None = None
    year: int | None = None
    seq: int | None = None


class SerialNumber(Value, frozen=True):
    """令号 or 期号."""

    raw: str
    seq: int | None = None


class Header(Value, frozen=True):
    """版头."""

    copy_number: str | None = None
    secrecy: Secrecy | None = None
    urgency: str | None = None
    issuer_mark: IssuerMark | None = None
    doc_number: DocNumber | None = None
    order_number: SerialNumber | None = None
    issue_no: SerialNumber | None = None
    signers: tuple[str, ...] = ()


class Recipients(Value, frozen=True):
    """主送机关: the text as grouped in the source, without its colon, and the names in it."""

    text: str
    names: tuple[str, ...]


class CopyList(Value, frozen=True):
    """抄送机关: the label as printed (抄送, 抄, 分送 …), the text without it, and the names."""

    label: str
    text: str
    names: tuple[str, ...]


class Printing(Value, frozen=True):
    """印发机关和印发日期."""

    org: str | None = None
    date: str | None = None
    date_raw: str | None = None


class Cell(Value, frozen=True):
    """A table cell."""

    text: str
    rowspan: int = 1
    colspan: int = 1


class Block(Value, frozen=True):
    """One piece of a body.

    ``heading``: on its own line, ``text`` empty. ``paragraph``: with ``label`` and ``heading`` (with its 。) where a
    heading runs into it. ``level`` follows the form of the numeral: 一、 1, （一） 2, 1. 3, （1） 4 (§7.3.3).
    ``label + heading + text`` is the cleaned line, verbatim.
    """

    type: Literal["heading", "paragraph", "table", "image"]
    level: Literal[1, 2, 3, 4] | None = None
    label: str | None = None
    heading: str | None = None
    text: str = ""
    span: Pair = (0, 0)
    rows: tuple[tuple[Cell, ...], ...] | None = None
    src: str | None = None

    @property
    def line(self) -> str:
        """The whole cleaned line: label, heading and text."""
        return (self.label or "") + (self.heading or "") + self.text


class Attachment(Value, frozen=True):
    """An attached text: ``issued`` (印发、转发、批转的文件) or ``attachment`` (附件)."""

    role: Literal["issued", "attachment"]
    number: int | None = None
    title: str | None = None
    recipients: Recipients | None = None
    doc_number: DocNumber | None = None
    body: tuple[Block, ...] = ()
    signature_orgs: tuple[str, ...] = ()
    issue_date: str | None = None
    issue_date_raw: str | None = None
    annotation: str | None = None
    attachments: tuple[Attachment, ...] = ()


class Signatory(Value, frozen=True):
    """签署人 of a 命令 or 议案."""

    office: str
    name: str


class Attendance(Value, frozen=True):
    """出席、请假、列席 of a 纪要."""

    present: str | None = None
    leave: str | None = None
    observers: str | None = None


class Main(Value, frozen=True):
    """主体."""

    title: str | None = None
    subtitle: str | None = None
    recipients: Recipients | None = None
    body: tuple[Block, ...] = ()
    attachment_notes: tuple[str, ...] = ()
    signature_orgs: tuple[str, ...] = ()
    signatory: Signatory | None = None
    issue_date: str | None = None
    issue_date_raw: str | None = None
    annotation: str | None = None
    attachments: tuple[Attachment, ...] = ()
    attendance: Attendance | None = None


class Colophon(Value, frozen=True):
    """版记."""

    recipients: CopyList | None = None
    cc: CopyList | None = None
    printing: Printing | None = None


class Reference(Value, frozen=True):
    """Another document this one cites, repeals or forwards."""

    title: str | None
    doc_number: DocNumber | None = None
    relation: Literal["cites", "repeals", "forwards"] = "cites"


class Document(Value, frozen=True, dict=True):
    """One 公文, or one text that is none (``official`` false)."""

    schema: Literal["govdoc.document/1"]
    id: str
    source: SourceInfo
    official: bool
    genre: Genre | None = None
    kind: str | None = None
    header: Header = Header()
    main: Main = Main()
    colophon: Colophon = Colophon()
    references: tuple[Reference, ...] = ()
    origins: dict[str, str] = {}
    spans: dict[str, Pair] = {}
    notices: tuple[Notice, ...] = ()

    @property
    def trace(self) -> Trace | None:
        """The way back to the source text; ``None`` for a document read from JSON. Not part of the value."""
        found = self.__dict__.get("trace")
        return found if isinstance(found, Trace) else None

    def with_trace(self, trace: Trace | None) -> Document:
        """The same value, knowing its source text."""
        known = msgspec.structs.replace(self)
        known.__dict__["trace"] = trace
        return known


def split_names(text: str) -> tuple[str, ...]:
    """The names of a recipient list: split at every ``，`` ``、`` ``；`` outside brackets."""
    names: list[str] = []
    depth, start = 0, 0
    for i, char in enumerate(text):
        if char in "（(《〈“〔":
            depth += 1
        elif char in "）)》〉”〕":
            depth -= 1
        elif depth <= 0 and char in "，、；":
            names.append(text[start:i])
            start = i + 1
    names.append(text[start:])
    return tuple(name.strip() for name in names if name.strip())


def read_documents(data: bytes | str) -> list[Document]:
    """Documents from canonical JSON: one object, an array, or JSON Lines. ``InputError`` names the misfit."""
    raw = data.encode() if isinstance(data, str) else data
    try:
        if raw.lstrip()[:1] == b"[":
            return msgspec.json.decode(raw, type=list[Document])
        return [msgspec.json.decode(line, type=Document) for line in raw.splitlines() if line.strip()]
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InputError(f"not canonical documents: {error}") from error


def write_documents(documents: Sequence[Document]) -> bytes:
    """Documents as an indented JSON array with a final newline."""
    return msgspec.json.format(msgspec.json.encode(list(documents)), indent=1) + b"\n"


def document_schema() -> dict[str, Any]:
    """JSON Schema of a canonical document."""
    return msgspec.json.schema(Document)
