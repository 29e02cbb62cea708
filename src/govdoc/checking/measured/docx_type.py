"""Faces, sizes and colours of the elements of a Word file (GB/T 9704-2012 §5.2, §7)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from govdoc.checking.measured.docx_package import DocxSheet, Paragraph, Run
from govdoc.checking.measured.faces import LABELS, LEVEL_FACES, face_of
from govdoc.checking.measured.fault import Fault, Outcome, Register, Skip
from govdoc.fonts.roles import FaceRole

CHECKS: Register[DocxSheet] = Register()
HANZI = re.compile("[\u3400-\u9fff\uf900-\ufaff〇]")
FEW = 0.1
THIRD, SECOND, FOURTH = 16.0, 22.0, 14.0
RED, BLACK = "FF0000", ("auto", "000000")


def fault(message: str, paragraph: Paragraph) -> Fault:
    """A fault at a paragraph."""
    return Fault(message, paragraph.text[:60], place=f"paragraph {paragraph.number}")


class Type:
    """What an element's type should be; substitutes and unnamed faces are doubts, said once."""

    def __init__(self, role: FaceRole, size: float | None = THIRD) -> None:
        self.role = role
        self.size = size
        self._doubts: dict[str, None] = {}

    def faults(
        self, runs: Sequence[Run], what: str, paragraph: Paragraph, also: FaceRole | None = None
    ) -> Iterator[Fault]:
        """The faults of some runs of a paragraph, which may be in the face ``also`` too."""
        counts: Counter[str | None] = Counter()
        sizes: Counter[float] = Counter()
        for run in runs:
            hanzi = len(HANZI.findall(run.text))
            counts[run.face] += hanzi
            sizes[run.size] += hanzi
        total = sum(counts.values())
        if not total:
            return
        if counts[None] or counts[""]:
            self._doubts[f"no face is named for the hanzi of {what}"] = None
        wrong = {name: n for name, n in counts.items() if name and n and face_of(name).role not in (self.role, also)}
        if sum(wrong.values()) > FEW * total:
            yield fault(
                f"{what} is in {max(wrong, key=lambda name: wrong[name])}, not in {LABELS[self.role]}", paragraph
            )
        for name in counts:
            face = face_of(name or "")
            if name and face.role == self.role and not face.genuine:
                self._doubts[f"{LABELS[self.role]} is {name}, a substitute"] = None
        size, _ = sizes.most_common(1)[0]
        if self.size and abs(size - self.size) > 0.3:
            yield fault(f"{what} is of {size:g} pt, not {self.size:g}", paragraph)

    def doubts(self) -> Iterator[Skip]:
        """What cannot be said."""
        yield from (Skip(reason) for reason in self._doubts)


def typed(sheet: DocxSheet, names: Sequence[str], what: str, rule: Type) -> Iterator[Outcome]:
    """The type of some elements."""
    for paragraph, role in sheet.of(*names):
        yield from rule.faults(paragraph.between(role.start, role.stop), what, paragraph)
    yield from rule.doubts()


def _heading(sheet: DocxSheet, levels: tuple[int, ...], face: FaceRole, what: str) -> Iterator[Outcome]:
    rule = Type(face)
    for paragraph, role in sheet.of("body", "attached"):
        if role.level in levels and role.heading and not role.apart and not paragraph.in_table:
            runs = paragraph.between(role.start, role.start + role.heading)
            yield from rule.faults(runs, what, paragraph)
    yield from rule.doubts()


@CHECKS.measures("M06")
def body_type(sheet: DocxSheet) -> Iterator[Outcome]:
    """3号仿宋, apart from headings and tables."""
    rule = Type("fangsong")
    for paragraph, role in sheet.of("body", "attached"):
        alone = role.level in (1, 2) and role.heading >= role.stop - role.start
        if role.apart or alone or paragraph.in_table:
            continue
        start = role.start + (role.heading if role.level in (1, 2) else 0)
        also = None if role.heading else LEVEL_FACES.get(role.level)
        yield from rule.faults(paragraph.between(start, role.stop), "the text", paragraph, also)
    yield from rule.doubts()


@CHECKS.measures("M12")
def title_type(sheet: DocxSheet) -> Iterator[Outcome]:
    """Face, size, alignment."""
    rule = Type("xiaobiaosong", SECOND)
    for paragraph, role in sheet.of("title"):
        if paragraph.has("mark"):
            continue  # a 令 or 纪要: its title is its mark
        yield from rule.faults(paragraph.between(role.start, role.stop), "the title", paragraph)
        if paragraph.align not in ("center", "distribute"):
            yield fault("the title is not centred", paragraph)
    yield from rule.doubts()


@CHECKS.measures("M15")
def first_level(sheet: DocxSheet) -> Iterator[Outcome]:
    """黑体."""
    yield from _heading(sheet, (1,), "heiti", "a heading of the first level")


@CHECKS.measures("M16")
def second_level(sheet: DocxSheet) -> Iterator[Outcome]:
    """楷体."""
    yield from _heading(sheet, (2,), "kaiti", "a heading of the second level")


@CHECKS.measures("M17")
def third_level(sheet: DocxSheet) -> Iterator[Outcome]:
    """仿宋."""
    yield from _heading(sheet, (3, 4), "fangsong", "a heading of the third or fourth level")


@CHECKS.measures("M28")
def colour(sheet: DocxSheet) -> Iterator[Outcome]:
    """Text is black or auto, 发文机关标志 apart."""
    for paragraph in sheet.read:
        marked = paragraph.has("mark") or any(run.size > 24 for run in paragraph.runs)
        for run in paragraph.runs:
            if run.text.strip() and run.colour not in BLACK and not (marked and run.colour == RED):
                yield fault(f"text in colour {run.colour}", paragraph)
                return


@CHECKS.measures("M29")
def embedded(sheet: DocxSheet) -> Iterator[Outcome]:
    """Whether the file has its fonts."""
    if not sheet.embedded:
        yield Skip("the faces are named, not embedded: what draws them on another machine cannot be told")


@CHECKS.measures("M31")
def signers(sheet: DocxSheet) -> Iterator[Outcome]:
    """The label in 仿宋, the names in 楷体."""
    label, names = Type("fangsong"), Type("kaiti")
    for paragraph, role in sheet.of("signers"):
        text = paragraph.text[role.start : role.stop]
        cut = text.find("：") + 1
        if cut:
            yield from label.faults(paragraph.between(role.start, role.start + cut), "签发人", paragraph)
        yield from names.faults(paragraph.between(role.start + cut, role.stop), "the name behind 签发人", paragraph)
    yield from label.doubts()
    yield from names.doubts()


@CHECKS.measures("M36")
def attendance(sheet: DocxSheet) -> Iterator[Outcome]:
    """The labels in 黑体."""
    rule = Type("heiti")
    for paragraph, _ in sheet.of("attendance"):
        text = paragraph.text.lstrip()
        if text[:2] in ("出席", "请假", "列席"):
            start = len(paragraph.text) - len(text)
            yield from rule.faults(paragraph.between(start, start + 2), f"the label {text[:2]}", paragraph)
    yield from rule.doubts()
