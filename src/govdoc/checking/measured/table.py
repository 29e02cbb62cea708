"""The table of what is measured on a PDF or Word file: clause, tolerance, strength (GB/T 9704-2012)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from govdoc.checking.finding import Severity

Kind = Literal["pdf", "docx"]
Strength = Literal["required", "usual"]
"""``usual``: the standard says 一般 or 推荐, or practice alone does."""


@dataclass(frozen=True)
class Measure:
    """One thing that is measured, on which kinds of file, how strictly."""

    code: str
    slug: str
    chinese: str
    clause: str
    tolerance: str
    kinds: tuple[Kind, ...]
    page: str
    strength: Strength = "required"
    needs: tuple[str, ...] = ()  # elements (or level1 … level4) of which one must be there for it to be measured

    @property
    def severity(self) -> Severity:
        """An error where the standard requires it."""
        return "error" if self.strength == "required" else "warning"

    @property
    def summary(self) -> str:
        """The page is one sentence or two."""
        return self.page


_BOTH: tuple[Kind, ...] = ("pdf", "docx")
_PDF: tuple[Kind, ...] = ("pdf",)
_DOCX: tuple[Kind, ...] = ("docx",)

MEASURES: tuple[Measure, ...] = (
    Measure(
        "M01", "paper", "纸张", "§5.1", "±1 pt", _BOTH, "The paper is A4, 210 × 297 mm; across for wide tables only."
    ),
    Measure(
        "M02",
        "type-area",
        "版心",
        "§5.2.1",
        "±1 mm",
        _BOTH,
        "The text stands 28 to 184 mm from the left edge, 37 to 262 mm from the top; in Word, margins 37/35/28/26 mm "
        "or those of GB/T 33476.2 (34.58/32.58/28/26).",
    ),
    Measure(
        "M03",
        "lines-a-page",
        "每面行数",
        "§5.2.3",
        "28.9–29.7 pt; the count is exact",
        _BOTH,
        "A page has 22 lines that fill the 版心.",
        "usual",
    ),
    Measure(
        "M04",
        "characters-a-line",
        "每行字数",
        "§5.2.3",
        "15.6–15.85 pt; ±1 with squeezed marks",
        _BOTH,
        "A line has 28 characters that fill the 版心.",
        "usual",
    ),
    Measure(
        "M05",
        "paragraph-gap",
        "段间距",
        "§5.2.3",
        "±0.5 pt",
        _BOTH,
        "Nothing stands between two paragraphs: every line is on the grid.",
        "usual",
    ),
    Measure(
        "M06",
        "body-type",
        "正文字体字号",
        "§5.2.2, §7.3.3",
        "15.7–16.05 pt",
        _BOTH,
        "The text is set in 3号仿宋.",
        needs=("body", "attached"),
    ),
    Measure(
        "M07",
        "first-line-indent",
        "首行缩进",
        "§7.3.3",
        "±0.4 mm",
        _BOTH,
        "A paragraph begins 2 字 in; its further lines begin at the edge.",
        needs=("body", "attached"),
    ),
    Measure(
        "M08",
        "secrecy-and-urgency",
        "份号、密级、紧急程度",
        "§7.2.1–7.2.3",
        "±1 mm",
        _BOTH,
        "份号 is in 3号, 密级 and 紧急程度 in 3号黑体; all begin at the left edge of the 版心, on its first lines.",
        needs=("copy_number", "secrecy", "urgency"),
    ),
    Measure(
        "M09",
        "mark",
        "发文机关标志",
        "§7.2.4, §10",
        "±1 mm",
        _BOTH,
        "发文机关标志 is red and centred, in 小标宋; its upper edge is at 72 mm (命令 57, 信函 30).",
    ),
    Measure(
        "M10",
        "number",
        "发文字号",
        "§7.2.5",
        "±1.5 mm",
        _BOTH,
        "发文字号 is in 3号仿宋, two lines below the mark, centred, or 1 字 from the left beside 签发人.",
    ),
    Measure(
        "M11",
        "red-rule",
        "版头分隔线",
        "§7.2.7",
        "±1 mm",
        _BOTH,
        "A red line as wide as the 版心 stands 4 mm below 发文字号.",
    ),
    Measure(
        "M12",
        "title-type",
        "标题字体字号",
        "§7.3.1",
        "21.7–22.05 pt, ±1 mm",
        _BOTH,
        "The title is in 2号小标宋, black and centred.",
        needs=("title",),
    ),
    Measure(
        "M13",
        "title-shape",
        "标题排列",
        "§7.3.1",
        "20 字",
        _BOTH,
        "A title of several lines is a trapezoid or a diamond, of at most 20 字 a line, not broken inside 《》.",
        "usual",
        needs=("title",),
    ),
    Measure(
        "M14",
        "recipients-place",
        "主送机关",
        "§7.3.2",
        "±0.5 mm",
        _BOTH,
        "主送机关 is in 3号仿宋, at the left edge, one line below the title.",
        needs=("recipients",),
    ),
    Measure("M15", "first-level", "一级标题", "§7.3.3", "–", _BOTH, "Headings 一、 are in 3号黑体."),
    Measure("M16", "second-level", "二级标题", "§7.3.3", "–", _BOTH, "Headings （一） are in 3号楷体."),
    Measure("M17", "third-level", "三级、四级标题", "§7.3.3", "–", _BOTH, "Headings 1. and （1） are in 3号仿宋."),
    Measure(
        "M18",
        "attachment-note",
        "附件说明",
        "§7.3.4",
        "±0.5 mm",
        _BOTH,
        "附件说明 begins 2 字 in, in 3号仿宋; wrapped names align with their first character.",
        needs=("note",),
    ),
    Measure(
        "M19",
        "signature",
        "发文机关署名",
        "§7.3.5",
        "±1 mm",
        _BOTH,
        "署名 stands as 成文日期 and the seal ask: without one 2 字 from the right or so that the date fits, with one "
        "centred on the date.",
    ),
    Measure(
        "M20",
        "date",
        "成文日期",
        "§7.3.5",
        "±1 mm",
        _BOTH,
        "成文日期 stands 4 字 from the right with a seal; without one it begins 2 字 right of 署名, or stands 2 字 off "
        "the right edge where it is the longer.",
    ),
    Measure(
        "M21",
        "attachment-page",
        "附件",
        "§7.3.7",
        "±1 mm",
        _BOTH,
        "An attachment begins on a new page: its label in 3号黑体 at the left edge of line 1, its title on line 3.",
        needs=("attachment_label",),
    ),
    Measure(
        "M22",
        "colophon-rules",
        "版记分隔线",
        "§7.4.1",
        "±1 mm; ±0.08 mm",
        _BOTH,
        "The lines of the 版记 are black, as wide as the 版心, the outer 0.35 mm, the inner 0.25 mm; the last "
        "one is the lower edge of the 版心 of the last page.",
        "usual",
    ),
    Measure(
        "M23",
        "colophon-type",
        "版记文字",
        "§7.4.2, §7.4.3",
        "13.7–14.05 pt, ±1 mm",
        _BOTH,
        "版记 is in 4号仿宋, 1 字 from either side.",
        needs=("colophon",),
    ),
    Measure(
        "M24",
        "page-number-form",
        "页码样式",
        "§7.5",
        "13.7–14.05 pt",
        _BOTH,
        "A page number is in 4号宋体 between two 一字线: — 1 —.",
    ),
    Measure(
        "M25",
        "page-number-place",
        "页码位置",
        "§7.5",
        "±1 mm",
        _BOTH,
        "It stands 7 mm below the 版心, 1 字 from the right on odd pages and from the left on even ones.",
    ),
    Measure("M26", "first-page-text", "首页正文", "§7.3.3", "–", _PDF, "The first page shows text of the body."),
    Measure(
        "M27",
        "line-edges",
        "避头尾",
        "GB/T 15834-2011 §5.1",
        "–",
        _PDF,
        "No line begins with 。，、；：？！）》” and none ends with （《“.",
        "usual",
        needs=("body", "attached"),
    ),
    Measure(
        "M28",
        "colour",
        "颜色",
        "§5.2.4, §6.2",
        "–",
        _BOTH,
        "All is black but 发文机关标志, the line below it and seals, which are red.",
    ),
    Measure(
        "M29", "embedded-fonts", "字体嵌入", "archiving practice", "–", _BOTH, "Every font is in the file.", "usual"
    ),
    Measure("M30", "annotation", "附注", "§7.3.6", "±0.5 mm", _BOTH, "附注 is in 3号仿宋 and begins 2 字 in."),
    Measure(
        "M31",
        "signers",
        "签发人",
        "§7.2.6",
        "–",
        _BOTH,
        "签发人 is in 3号仿宋, the names behind it in 3号楷体, on the line of 发文字号.",
        needs=("signers",),
    ),
    Measure(
        "M32", "title-gap", "标题位置", "§7.3.1", "±1.5 mm", _PDF, "The title stands two lines below the red line."
    ),
    Measure(
        "M33",
        "letter-lines",
        "信函双线",
        "§10.1",
        "±1 mm",
        _PDF,
        "A 信函 has two red double lines of 170 mm, the lower one 20 mm above the sheet's edge.",
    ),
    Measure("M34", "colophon-page", "版记所在面", "§7.4", "–", _PDF, "版记 stands on the last page."),
    Measure(
        "M35",
        "spacing-by-blanks",
        "空行空格排版",
        "practice",
        "–",
        _DOCX,
        "No empty paragraph makes room, and no row of blanks or tabs sets a place.",
        "usual",
    ),
    Measure(
        "M36",
        "attendance",
        "出席、请假、列席",
        "§10.3",
        "–",
        _BOTH,
        "The labels 出席, 请假 and 列席 of a 纪要 are in 3号黑体.",
        needs=("attendance",),
    ),
)

BY_CODE = {one.code: one for one in MEASURES}
