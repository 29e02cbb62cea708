"""Hard PDFs in the manner of real sites, each with the text a reader should give: written by hand before it ran."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path

from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

import govdoc

SHIPPED = Path(govdoc.__file__).parent / "fonts" / "data"
FACES = {"fang": "FandolFang-Regular.ttf", "hei": "NotoSansSC-Medium.ttf", "kai": "FandolKai-Regular.ttf"}
A4 = (595.28, 841.89)
LEFT, RIGHT, TOP, BOTTOM = 79.0, 521.0, 737.0, 105.0
NEVER_FIRST = "，。；：、！？）》”"
P1 = (
    "为深入贯彻落实全国教育大会精神，进一步规范全市中小学校课后服务工作，切实减轻学生过重课业负担，不断增强人民群众的教育获得感，"
    "根据上级有关文件要求，结合我市实际，现就做好2024年秋季学期有关工作通知如下。"
)
P2 = (
    "各学校要充分认识课后服务的重要意义，把这项工作摆上重要议事日程，建立校长负总责、分管副校长具体抓、各处室协同配合的工作机制，做到"
    "有方案、有台账、有检查。全市208所义务教育学校课后服务覆盖率要达到100%，参与学生比例不低于92.5%，教师参与率不低于95%。"
)
P3 = (
    "课后服务坚持学生家长自愿原则，严禁以任何方式强制学生参加。学校要因校制宜开发课程，开设阅读、体育、艺术、科普、劳动等课程12类以上，"
    "对学习有困难的学生加强辅导，为学有余力的学生拓展空间，每周至少安排2次体育活动，每次不少于40分钟。"
)
P4 = (
    "市教育局将课后服务纳入年度考核，每学期开展1次专项督导，对工作不力、群众反映强烈的学校予以通报。各地要设立并公布监督电话，及时受理"
    "群众诉求，做到件件有着落、事事有回音，办结率达到98%以上。"
)


@dataclass
class Hard:
    """A PDF, the lines its text should be of, and the codes of the notices it should bring."""

    data: bytes
    lines: list[str]
    notices: set[str] = field(default_factory=set)

    @property
    def text(self) -> str:
        """The text a reader should give."""
        return "".join(line + "\n" for line in self.lines)


@dataclass(frozen=True)
class Score:
    """Parts of the ink found, of it in order, and of the paragraph breaks (F1); 1 is all."""

    recall: float
    order: float
    breaks: float


def score(found: str, expected: str) -> Score:
    """How near a text is to what it should be."""
    ink, wanted = "".join(found.split()), "".join(expected.split())
    shared = sum((Counter(ink) & Counter(wanted)).values())
    matcher = SequenceMatcher(None, ink, wanted, autojunk=False)
    blocks = matcher.get_matching_blocks()
    ours, theirs = _breaks(found), _breaks(expected)
    moved = {place + block.b - block.a for block in blocks for place in ours if block.a < place <= block.a + block.size}
    right = len(moved & theirs)
    breaks = 2 * right / (len(ours) + len(theirs)) if ours or theirs else 1.0
    size = max(1, len(wanted), len(ink))
    return Score(shared / size, sum(block.size for block in blocks) / size, breaks)


def _breaks(text: str) -> set[int]:
    places, at = set(), 0
    for line in text.splitlines():
        at += len("".join(line.split()))
        places.add(at)
    return places


class Paper:
    """Sets Chinese text on pages: what a word processor would do, in a few lines."""

    def __init__(self, size: tuple[float, float] = A4) -> None:
        for name, file in FACES.items():
            pdfmetrics.registerFont(TTFont(name, str(SHIPPED / file)))
        self.buffer = io.BytesIO()
        self.canvas = Canvas(self.buffer, pagesize=size, invariant=1)
        self.y = TOP
        self.number = 1
        self.edge: Callable[[Paper], None] = lambda paper: None
        self.left, self.right, self.bottom = LEFT, RIGHT, BOTTOM

    def put(self, x: float, y: float, text: str, size: float = 16, face: str = "fang", pitch: float = 0.0) -> float:
        """Text at a place; gives where it ends."""
        line = self.canvas.beginText(x, y)
        line.setFont(face, size)
        line.setCharSpace(pitch)
        line.textOut(text)
        self.canvas.drawText(line)
        return x + pdfmetrics.stringWidth(text, face, size) + pitch * len(text)

    def width(self, text: str, size: float, face: str = "fang") -> float:
        """The width of a text."""
        return float(pdfmetrics.stringWidth(text, face, size))

    def centre(self, text: str, size: float = 22, face: str = "hei", pitch: float = 0.0, lead: float = 32) -> None:
        """A centred line."""
        middle = (self.left + self.right) / 2
        self.put(middle - (self.width(text, size, face) + pitch * (len(text) - 1)) / 2, self.y, text, size, face, pitch)
        self.y -= lead

    def right_line(self, text: str, indent: float = 64, size: float = 16) -> None:
        """A line at the right."""
        self.put(self.right - indent - self.width(text, size), self.y, text, size)
        self.y -= 29

    def paragraph(
        self, text: str, size: float = 16, lead: float = 29, first: float = 2, hang: float = 0, face: str = "fang"
    ) -> None:
        """A paragraph, over pages where it must be."""
        line, x = "", self.left + first * size
        for char in text:
            if x + self.width(line + char, size, face) > self.right + 0.5 and char not in NEVER_FIRST:
                self._line(x, line, size, face, lead)
                line, x = "", self.left + hang * size
            line += char
        self.end = x + self.width(line, size, face)
        self._line(x, line, size, face, lead)

    def _line(self, x: float, text: str, size: float, face: str, lead: float) -> None:
        if self.y < self.bottom:
            self.turn()
        self.put(x, self.y, text, size, face)
        self.y -= lead

    def turn(self) -> None:
        """The next page."""
        self.edge(self)
        self.canvas.showPage()
        self.number += 1
        self.y = TOP

    def rule(self, x0: float, y0: float, x1: float, y1: float, width: float = 0.75) -> None:
        """A line."""
        self.canvas.setLineWidth(width)
        self.canvas.line(x0, y0, x1, y1)

    def grid(self, rows: Sequence[Sequence[str]], edges: Sequence[float], height: float = 24, size: float = 12) -> None:
        """A ruled table; a cell of None's place is marked by '<' (belongs to the left) or '^' (to the one above)."""
        top = self.y + 8
        for r, row in enumerate(rows):
            for c, text in enumerate(row):
                y0, y1 = top - r * height, top - (r + 1) * height
                if text != "<":
                    self.rule(edges[c], y0, edges[c], y1)
                if text != "^":
                    self.rule(edges[c], y0, edges[c + 1], y0)
                if text not in "<^":
                    self.put(edges[c] + 4, y0 - height / 2 - size / 3, text, size)
            self.rule(edges[-1], top - r * height, edges[-1], top - (r + 1) * height)
        bottom = top - len(rows) * height
        self.rule(edges[0], bottom, edges[-1], bottom)
        self.y = bottom - 24

    def done(self) -> bytes:
        """The PDF."""
        self.edge(self)
        self.canvas.save()
        return self.buffer.getvalue()


def dashed_number(paper: Paper) -> None:
    """— 3 — at the outer side, as GB/T 9704 has it."""
    text = f"— {paper.number} —"
    x = RIGHT - 14 - paper.width(text, 14) if paper.number % 2 else LEFT + 14
    paper.put(x, 76, text, 14)


def table_over_pages() -> Hard:
    """A 通知 whose table goes on over the page with its head repeated; merged cells; 版记."""
    paper = Paper()
    paper.edge = dashed_number
    paper.centre("关于做好课后服务工作的通知")
    paper.y -= 10
    paper.paragraph("各县（区）教育局，市直各学校：", first=0)
    paper.paragraph(P1)
    paper.paragraph("一、提高思想认识，加强组织领导")
    paper.paragraph(P2)
    paper.paragraph("附件：2024年秋季学期课后服务任务分解表")
    paper.y -= 29
    paper.right_line("某某市教育局", 72)
    paper.right_line("2024年8月30日")
    paper.turn()
    paper.put(LEFT, paper.y, "附件", 16, "hei")
    paper.y -= 40
    paper.centre("2024年秋季学期课后服务任务分解表", 18)
    edges = [LEFT, 150, 290, 420, RIGHT]
    head = ["序号", "学校", "任务", "<"]
    under = ["^", "^", "服务人数", "课程数"]
    rows = [[str(i), f"第{i}实验学校", f"{i * 37}", f"{i % 5 + 8}"] for i in range(1, 31)]
    paper.grid([head, under, *rows[:20]], edges)
    paper.turn()
    paper.grid([head, under, *rows[20:]], edges)
    paper.y -= 60
    paper.rule(LEFT, paper.y + 20, RIGHT, paper.y + 20, 1)
    paper.paragraph(
        "抄送：市委办公室，市政府办公室，市人大教科文卫委，市政协文化文史委，各县（区）人民政府。", 14, 24, 1, 4
    )
    paper.rule(LEFT, paper.y + 17, RIGHT, paper.y + 17, 0.7)
    paper.put(LEFT + 14, paper.y, "某某市教育局办公室", 14)
    paper.put(RIGHT - 14 - paper.width("2024年8月30日印发", 14), paper.y, "2024年8月30日印发", 14)
    paper.rule(LEFT, paper.y - 6, RIGHT, paper.y - 6, 1)
    lines = [
        "关于做好课后服务工作的通知", "各县（区）教育局，市直各学校：", P1, "一、提高思想认识，加强组织领导", P2,
        "附件：2024年秋季学期课后服务任务分解表", "某某市教育局", "2024年8月30日",
        "附件", "2024年秋季学期课后服务任务分解表",
        "序号\t学校\t任务", "服务人数\t课程数", *("\t".join(row) for row in rows),
        "抄送：市委办公室，市政府办公室，市人大教科文卫委，市政协文化文史委，各县（区）人民政府。",
        "某某市教育局办公室　2024年8月30日印发",
    ]  # fmt: skip
    return Hard(paper.done(), lines, {"P111", "P113"})


def newsletter() -> Hard:
    """A newsletter: a title over two columns, a heading across, two columns again."""
    paper = Paper()

    def head(sheet: Paper) -> None:
        sheet.put(LEFT, 790, "教育简报", 9)
        sheet.put(RIGHT - 60, 790, f"2024年第{3}期", 9)
        sheet.put(295, 60, str(sheet.number), 9)

    paper.edge = head
    paper.centre("某某市教育简报")
    paper.paragraph(
        "编者按：现将两校经验印发，供各地学习借鉴，并请结合实际创造性开展工作，有关情况及时报送市教育局办公室。", 12, 20
    )
    gutter, middle = 12.0, (LEFT + RIGHT) / 2
    columns = [("第一实验小学：办好课后服务", [P2, P3]), ("第二实验小学：强化督导考核", [P4, P1])]
    lowest = start = paper.y - 10
    for k, (title, texts) in enumerate(columns):
        paper.left, paper.right = (LEFT, middle - gutter) if k == 0 else (middle + gutter, RIGHT)
        paper.y = start
        paper.put(paper.left, paper.y, title, 14, "hei")
        paper.y -= 24
        for text in texts:
            paper.paragraph(text, 10.5, 17)
        lowest = min(lowest, paper.y)
    paper.left, paper.right, paper.y = LEFT, RIGHT, lowest - 10
    paper.paragraph(
        "以上经验由市教育局基础教育科整理，欢迎来稿，来稿请发送至办公室邮箱，电话12345678，联系人王老师，长期征集不设截止日期。",
        12,
        20,
    )
    paper.turn()
    paper.paragraph(P3, 12, 20)
    lines = [
        "某某市教育简报",
        "编者按：现将两校经验印发，供各地学习借鉴，并请结合实际创造性开展工作，有关情况及时报送市教育局办公室。",
        "第一实验小学：办好课后服务", P2, P3, "第二实验小学：强化督导考核", P4, P1,
        "以上经验由市教育局基础教育科整理，欢迎来稿，来稿请发送至办公室邮箱，电话12345678，联系人王老师，长期征集不设截止日期。",
        P3,
    ]  # fmt: skip
    return Hard(paper.done(), lines, {"P110", "P111", "P112"})


def without_unicode() -> Hard:
    """A document whose headline font has no way to Unicode."""
    paper = Paper()
    paper.centre("红头文件", 30, "kai", lead=60)
    paper.paragraph(P1)
    paper.paragraph(P2)
    data = paper.done()
    at = data.find(b"/ToUnicode", data.find(b"FandolKai"))
    first = data.rfind(b"\n", 0, data.find(b"FandolKai"))
    kai = data.find(b"/ToUnicode", data.rfind(b" obj", 0, first))
    at = kai if kai > 0 else at
    data = data[:at] + b"/XoUnicode" + data[at + 10 :]
    return Hard(data, ["\ufffd" * 4, P1, P2], {"P103"})


def picture() -> ImageReader:
    """A grey page of a scan."""
    from PIL import Image

    return ImageReader(Image.new("L", (310, 438), 225))


def scan() -> Hard:
    """Two pages of pictures, no text."""
    paper = Paper()
    for _ in range(2):
        paper.canvas.drawImage(picture(), 0, 0, *A4)
        paper.turn()
    return Hard(paper.done(), [])


def ocr_layer() -> Hard:
    """Scans with the invisible text of an OCR program, its lines a little off; one page without text."""
    paper = Paper()
    for text in (P1, P3):
        paper.canvas.drawImage(picture(), 0, 0, *A4)
        paper.canvas._code.append("3 Tr")
        paper.paragraph(text)
        paper.canvas._code.append("0 Tr")
        paper.turn()
    paper.canvas.drawImage(picture(), 0, 0, *A4)
    return Hard(paper.done(), [P1, P3], {"P101", "P102"})


def running_heads() -> Hard:
    """The document's name at the head of each page, 第3页 共4页 at the foot, footnotes, a superscript."""
    paper = Paper()
    notes = {1: "①参与学生比例按学籍人数计算。", 2: "②含民办学校。"}

    def edge(sheet: Paper) -> None:
        sheet.put(LEFT, 790, "某某市课后服务工作指南", 10.5)
        sheet.rule(LEFT, 784, RIGHT, 784, 0.5)
        sheet.put(255, 50, f"第 {sheet.number} 页 共 3 页", 10.5)
        if sheet.number in notes:
            sheet.rule(LEFT, 104, LEFT + 120, 104, 0.5)
            sheet.put(LEFT, 90, notes[sheet.number], 9)

    paper.edge = edge
    paper.bottom = 125
    paper.centre("某某市课后服务工作指南")
    texts = [P1, "一、总体要求", P2, P3, "二、工作措施", P4, P1, P2, P3, "三、保障机制", P4, P2, P1]
    for i, text in enumerate(texts):
        paper.paragraph(text)
        if i == 0:
            paper.put(paper.end, paper.y + 29 + 6, "①", 8)
    data = paper.done()
    texts[0] += "①"
    # A footnote stands behind the paragraph in which its page ends.
    lines = ["某某市课后服务工作指南", *texts[:7], notes[1], *texts[7:12], notes[2], *texts[12:]]
    return Hard(data, lines, {"P110", "P111"})


def landscape_table() -> Hard:
    """A portrait page, then a wide table on a page turned by 90°, then portrait text again."""
    paper = Paper()
    paper.edge = dashed_number
    paper.paragraph(P1)
    paper.turn()
    canvas = paper.canvas
    canvas.saveState()
    canvas.rotate(90)
    canvas.translate(0, -A4[0])
    paper.left, paper.right, paper.y = 105, 737, 500
    paper.centre("全市义务教育学校课后服务统计表", 18)
    edges = [105, 165, 305, 405, 505, 605, 737]
    head = ["序号", "学校名称", "学生数", "参与数", "参与率", "备注"]
    rows = [[str(i), f"第{i}中学", str(900 + i), str(850 + i), "94.4%", ""] for i in range(1, 11)]
    paper.grid([head, *rows], edges)
    canvas.restoreState()
    paper.left, paper.right = LEFT, RIGHT
    paper.turn()
    paper.paragraph(P4)
    lines = [P1, "全市义务教育学校课后服务统计表", "\t".join(head), *("\t".join(row) for row in rows), P4]
    return Hard(paper.done(), lines, {"P111"})


def red_head() -> Hard:
    """An upward 请示: 签发人 beside the 文号, a letter-spaced title, doubled glyphs, a watermark, white words."""
    paper = Paper()
    paper.edge = dashed_number
    canvas = paper.canvas
    canvas.saveState()
    canvas.translate(150, 250)
    canvas.rotate(45)
    canvas.setFillGray(0.85)
    paper.put(0, 0, "内部资料严禁外传", 48, "hei")
    canvas.restoreState()
    canvas.setFillGray(1)
    paper.put(LEFT, 770, "隐藏的关键词", 10)
    canvas.setFillColorRGB(1, 0, 0)
    paper.y = 690
    paper.centre("某某市教育局文件", 46, "hei", 4, 60)
    canvas.setFillGray(0)
    paper.put(LEFT + 16, paper.y, "某教〔2024〕18号", 16)
    paper.put(RIGHT - 16 - paper.width("签发人：王建国", 16), paper.y, "签发人：王建国", 16)
    canvas.setStrokeColorRGB(1, 0, 0)
    paper.rule(LEFT, paper.y - 12, RIGHT, paper.y - 12, 1.5)
    canvas.setStrokeGray(0)
    paper.y -= 60
    paper.centre("某某市教育局", 22, "hei", 6)
    paper.centre("关于申请课后服务专项经费的请示", 22, "hei")
    paper.y -= 10
    paper.paragraph("市人民政府：", first=0)
    paper.paragraph(P2)
    for off in (0, 0.3):
        paper.put(LEFT + 32 + off, paper.y, "妥否，请批示。", 16)
    paper.y -= 29
    paper.paragraph("附件：1.2024年课后服务专项经费测算明细表及测算依据的详细说明")
    paper.y += 0
    paper.put(LEFT + 5 * 16, paper.y, "2.课后服务收费标准", 16)
    paper.y -= 58
    paper.right_line("某某市教育局", 72)
    paper.right_line("2024年9月2日")
    paper.paragraph("（联系人：李晓明，联系电话：12345678）")
    lines = [
        "某某市教育局文件", "某教〔2024〕18号　签发人：王建国",
        "某某市教育局关于申请课后服务专项经费的请示", "市人民政府：", P2,
        "妥否，请批示。", "附件：1.2024年课后服务专项经费测算明细表及测算依据的详细说明", "2.课后服务收费标准",
        "某某市教育局", "2024年9月2日", "（联系人：李晓明，联系电话：12345678）",
    ]  # fmt: skip
    return Hard(paper.done(), lines, {"P104", "P105", "P111"})


HARD: dict[str, Callable[[], Hard]] = {
    each.__name__: each
    for each in (
        table_over_pages, newsletter, without_unicode, scan, ocr_layer, running_heads, landscape_table, red_head,
    )
}  # fmt: skip
