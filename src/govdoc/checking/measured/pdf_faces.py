"""Faces and sizes of the elements of a PDF, and what is embedded (GB/T 9704-2012 §5.2.2, §7)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from govdoc.checking.measured.faces import LABELS, LEVEL_FACES, common, face_of
from govdoc.checking.measured.fault import Fault, Outcome, Register, Skip
from govdoc.checking.measured.pdf_page import HANZI, Char, Paragraph, PdfSheet
from govdoc.fonts.roles import FaceRole

CHECKS: Register[PdfSheet] = Register()
FEW = 0.1
"""The part of an element's hanzi that may be in another face."""
THIRD, SECOND, FOURTH = (15.7, 16.05), (21.7, 22.05), (13.7, 14.05)
"""3号, 2号, 4号 in points; 15.75 pt is 3号 that fills its cell."""


class Type:
    """What an element's type should be, gathered over its paragraphs so that each fault and doubt is said once."""

    def __init__(self, role: FaceRole, sizes: tuple[float, float] | None = THIRD) -> None:
        self.role = role
        self.sizes = sizes
        self._substitutes: Counter[str] = Counter()

    def faults(
        self, chars: Sequence[Char], what: str, paragraph: Paragraph, also: FaceRole | None = None
    ) -> Iterator[Fault]:
        """The faults of one paragraph's characters, which may be in the face ``also`` too."""
        # What GB 2312 has not, many a face has not: such a character may be drawn with another.
        hanzi = [char for char in chars if HANZI.match(char.text) and common(char.text)]
        if not hanzi:
            return
        faces = Counter(face_of(char.font) for char in hanzi)
        wrong = {face: count for face, count in faces.items() if face.role not in (self.role, also)}
        if sum(wrong.values()) > FEW * len(hanzi):
            worst = max(wrong, key=lambda face: wrong[face])
            yield fault(f"{what} is in {worst.name}, not in {LABELS[self.role]}", paragraph)
        self._substitutes.update(face.name for face in faces if not face.genuine and face.role == self.role)
        sizes = Counter(round(char.size, 2) for char in hanzi)
        size, _ = sizes.most_common(1)[0]
        if self.sizes and not self.sizes[0] <= size <= self.sizes[1]:
            yield fault(f"{what} is of {size:g} pt, not {round(self.sizes[1])}", paragraph)

    def doubts(self) -> Iterator[Skip]:
        """What cannot be said of a face that stands in for the standard's."""
        if self._substitutes:
            names = ", ".join(sorted(self._substitutes))
            yield Skip(f"{LABELS[self.role]} is drawn with {names}, a substitute; only size and place were measured")


def fault(message: str, paragraph: Paragraph) -> Fault:
    """A fault at a paragraph."""
    return Fault(message, paragraph.lines[0].text, paragraph.page)


def _typed(sheet: PdfSheet, names: Sequence[str], what: str, rule: Type) -> Iterator[Outcome]:
    for paragraph, role in sheet.of(*names):
        yield from rule.faults(paragraph.chars(role.start, role.stop), what, paragraph)
    yield from rule.doubts()


@CHECKS.measures("M06")
def body_type(sheet: PdfSheet) -> Iterator[Outcome]:
    """3号仿宋, apart from headings, tables and what an attachment sets as it likes."""
    rule = Type("fangsong")
    for paragraph, role in sheet.of("body", "attached"):
        if role.apart or (role.level in (1, 2) and role.heading >= role.stop - role.start):
            continue
        start = role.start + (role.heading if role.level in (1, 2) else 0)
        also = None if role.heading else LEVEL_FACES.get(role.level)
        yield from rule.faults(paragraph.chars(start, role.stop), "the text", paragraph, also)
    yield from rule.doubts()


def _heading(sheet: PdfSheet, levels: tuple[int, ...], face: FaceRole, what: str) -> Iterator[Outcome]:
    rule = Type(face)
    for paragraph, role in sheet.of("body", "attached"):
        if role.level in levels and role.heading and not role.apart:
            chars = paragraph.chars(role.start, role.start + role.heading)
            yield from rule.faults(chars, what, paragraph)
    yield from rule.doubts()


@CHECKS.measures("M15")
def first_level(sheet: PdfSheet) -> Iterator[Outcome]:
    """黑体."""
    yield from _heading(sheet, (1,), "heiti", "a heading of the first level")


@CHECKS.measures("M16")
def second_level(sheet: PdfSheet) -> Iterator[Outcome]:
    """楷体."""
    yield from _heading(sheet, (2,), "kaiti", "a heading of the second level")


@CHECKS.measures("M17")
def third_level(sheet: PdfSheet) -> Iterator[Outcome]:
    """仿宋."""
    yield from _heading(sheet, (3, 4), "fangsong", "a heading of the third or fourth level")


@CHECKS.measures("M29")
def embedded(sheet: PdfSheet) -> Iterator[Outcome]:
    """Every font."""
    for name, inside in sorted(sheet.fonts.items()):
        if not inside and name:
            yield Fault(f"{name} is not embedded", page=1)


@CHECKS.measures("M31")
def signers(sheet: PdfSheet) -> Iterator[Outcome]:
    """The label in 仿宋, the names in 楷体, on the line of the number."""
    label, names = Type("fangsong"), Type("kaiti")
    for paragraph, role in sheet.of("signers"):
        text = paragraph.text[role.start : role.stop]
        cut = text.find("：") + 1
        if cut:
            yield from label.faults(paragraph.chars(role.start, role.start + cut), "签发人", paragraph)
        yield from names.faults(paragraph.chars(role.start + cut, role.stop), "the name behind 签发人", paragraph)
    last = [paragraph for paragraph, _ in sheet.of("signers")][-1:]
    number = next((paragraph for paragraph, _ in sheet.of("number")), None)
    if last and number and abs(last[0].lines[0].baseline - number.lines[0].baseline) > 1.5:
        yield fault("发文字号 is not on the line of the last 签发人", number)
    yield from label.doubts()
    yield from names.doubts()


@CHECKS.measures("M36")
def attendance(sheet: PdfSheet) -> Iterator[Outcome]:
    """The labels in 黑体."""
    rule = Type("heiti")
    for paragraph, _ in sheet.of("attendance"):
        if paragraph.text.lstrip()[:2] in ("出席", "请假", "列席"):
            start = len(paragraph.text) - len(paragraph.text.lstrip())
            yield from rule.faults(
                paragraph.chars(start, start + 2), f"the label {paragraph.text.lstrip()[:2]}", paragraph
            )
    yield from rule.doubts()
