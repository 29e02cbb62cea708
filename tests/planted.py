"""Typeset files with one thing wrong in each: a tampered style sheet, moved or redrawn lines, edited Word XML."""

# ruff: noqa: E501
from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import govdoc
from govdoc.exporting.pdf import draw
from govdoc.fonts import load_faces
from govdoc.layout.compose import compose
from govdoc.layout.pages import Page, Rule, TextLine
from govdoc.layout.paginate import paginate
from govdoc.model import Document
from govdoc.style import load_style

MM = 72 / 25.4
BODY = """为切实做好全市防汛工作，保障广大师生生命财产安全，根据有关规定，结合我市教育系统实际，现就做好防汛工作有关事项通知如下，请认真贯彻执行。
一、总体要求
坚持以人民为中心的发展思想，坚持预防为主、防抗救相结合，全面落实防汛工作责任制，全力保障学校安全度汛，确保不发生重大安全事故，为全市经济社会发展营造良好环境。
（一）指导思想。坚持统一领导、分级负责、属地管理，做到早部署、早准备、早落实，把各项防范措施抓紧抓实抓细，切实筑牢安全防线，守护师生安全。
（二）工作目标。各地各校要健全防汛组织体系，明确责任分工，细化工作措施，形成齐抓共管的工作合力，确保责任到岗到人，工作落到实处。
1.健全体系。各地各校要建立健全防汛组织体系，明确责任分工，细化工作措施，形成齐抓共管的工作合力，确保责任到岗到人，工作取得实效。
2.排查隐患。各地各校要对校舍、围墙、护坡、低洼地带等重点部位开展全面排查，建立台账，限期整改，消除安全隐患，确保万无一失。
二、工作要求
各地各校要高度重视，加强组织领导，强化协调配合，严肃工作纪律，确保政令畅通。要加强值班值守，严格执行领导带班和值班制度，遇有突发情况及时报告、妥善处置。
"""
NOTICE = f"""000001
机密★1年
特急
苏州市教育局办公室文件
苏教办〔2024〕15号
关于做好2024年全市教育系统防汛工作的通知
各县级市（区）教育局，各直属学校：
{BODY}附件：1.防汛工作责任清单
2.防汛值班电话一览表
苏州市教育局办公室
2024年3月1日
（此件发至县级）
附件1
防汛工作责任清单
各地要做好有关工作，认真落实责任，及时报告情况，确保学校安全度汛，切实维护广大师生生命财产安全和教育系统和谐稳定。
附件2
防汛值班电话一览表
各单位要做好值班工作，认真落实责任，及时报告情况，确保学校安全度汛，切实维护广大师生生命财产安全和教育系统和谐稳定。
抄送：市财政局、市水利局，市防汛抗旱指挥部办公室。
苏州市教育局办公室　2024年3月2日印发
"""
REQUEST = f"""苏州市教育局文件
苏教〔2024〕15号　签发人：张三
苏州市教育局关于申请防汛经费的请示
市政府：
{BODY}妥否，请批示。
苏州市教育局
2024年3月1日
（联系人：李四，电话：12345678）
抄送：市财政局。
苏州市教育局办公室　2024年3月2日印发
"""
LONG_TITLE = "关于进一步加强和改进全市教育系统汛期安全管理工作切实保障广大师生生命财产安全的紧急通知"
MINUTES = f"""苏州市人民政府专题会议纪要
〔2024〕15号
2024年3月1日，张三副市长在市政府主持召开会议，研究防汛工作，现将会议议定事项纪要如下：
{BODY}出席：张三，李四，王五
请假：赵六
列席：孙七
"""
LETTER = f"""苏州市教育局
苏教函〔2024〕15号
苏州市教育局关于商请支持防汛工作的函
市水利局：
{BODY}苏州市教育局
2024年3月1日
抄送：市财政局。
"""
NAMED_TITLE = "苏州市教育局关于印发《全市教育系统汛期安全管理办法》的通知"
TEXTS = {
    "letter": LETTER,
    "named": NOTICE.replace("关于做好2024年全市教育系统防汛工作的通知", NAMED_TITLE),
    "notice": NOTICE,
    "request": REQUEST,
    "long": NOTICE.replace("关于做好2024年全市教育系统防汛工作的通知", LONG_TITLE),
    "minutes": MINUTES,
}
ORDINARY = BODY.partition("（一）")[0]
SOUND = {
    "items": "太仓市教育局关于学校管理的规定\n第一条　为规范学校管理，保障师生安全，根据有关法律法规，制定本规定。\n"
    "第二条　本规定所称学校，包括：\n（一）中小学；\n（二）幼儿园，含民办幼儿园、看护点和其他面向学龄前儿童的托管机构。\n"
    "第三条　学校应当做到下列各项，并向教育局报告：\n（一）建立台账；\n（二）按时报送。\n",
    "a reply by items": "苏州市教育局关于设立幼儿园的批复\n苏教复〔2024〕3号\n苏州工业园区教育局：\n你局来文收悉。现批复如下：\n"
    "一、同意设立幼儿园，由你局负责管理，经费在年度预算内统筹安排，有关手续按规定程序办理，并报我局备案。\n"
    "二、请你局加强监管。\n苏州市教育局\n2024年3月1日\n",
    "rare hanzi": f"苏州市教育局文件\n苏教〔2024〕15号\n关于做好防汛工作的通知\n各单位：\n{ORDINARY}"
    "围绕《從活字到雲端：臺灣印刷百年》開展研討。\n苏州市教育局\n2024年3月1日\n（联系人：孙昇，电话：0512-12345678）\n",
    "a summary of two lines": "云溪县教育体育局2021年工作总结及2022年工作打算\n2021年，我局在县委、县政府的坚强领导下，坚持以人民为"
    "中心发展教育，各项工作取得新进展，现将有关情况总结如下。\n一、主要工作\n全年新建学校12所，新增学位3600个。\n",
    "a label below the date": f"澜教体〔2024〕9号\n关于做好2024年中小学生视力监测工作的通知\n各学校：\n{ORDINARY}"
    "附件：1.监测汇总表\n2.联络员信息表\n澜溪市教育局\n2024年3月8日\n附件1\n监测汇总表\n各校按要求填报。\n附件2\n联络员信息表\n"
    "各校按要求填报。\n",
    "several signers": f"苏州市教育局\n苏州市财政局\n苏州市审计局文件\n签发人：张三　李四明\n苏教〔2024〕15号　王五\n"
    f"关于申请防汛经费的请示\n市政府：\n{ORDINARY}妥否，请批示。\n苏州市教育局\n苏州市财政局\n苏州市审计局\n2024年3月1日\n",
    "digits in every line": "关于2023年教育经费的通知\n苏教〔2024〕15号\n各单位：\n"
    + "2023年投入1234万元，比2022年的1111万元增长11.07%，其中小学567万元，中学667万元，占45.9%和54.1%。" * 4
    + "\n苏州市教育局\n2024年3月1日\n",
    "minutes that are signed": "平江县人民政府常务会议纪要\n〔2024〕第6次\n平江县人民政府办公室　2024年3月12日\n2024年3月8日，县长李明主持召开常务会议，纪要如下：\n"
    "一、研究春季农业生产\n会议原则同意工作方案，由县农业农村局按程序印发。\n出席：李明、王芳、赵强\n请假：周涛\n",
}
"""Texts that our exporter sets as the standard asks, and that were once said to be wrong."""
Pages = tuple[Page, ...]
Tamper = Callable[[Pages], Pages]
Parts = dict[str, str]


@cache
def document(name: str) -> Document:
    """One of the texts above, read."""
    return govdoc.parse(TEXTS[name])[0]


def style_of(name: str) -> str:
    return name if name in ("minutes", "letter") else "gbt9704"


def make_pdf(name: str, options: dict[str, Any], tamper: Tamper | None = None) -> bytes:
    """The PDF of a document in a tampered style, its placed lines tampered with before they are drawn."""
    sheet = load_style(style_of(name), options)
    pages = paginate(compose(document(name), sheet), sheet, load_faces())
    return draw(tamper(pages) if tamper else pages, sheet)


def make_docx(name: str, options: dict[str, Any], edits: tuple[tuple[str, str, str], ...] = ()) -> bytes:
    """The Word file of a document in a tampered style, with (part, old, new) replaced in its XML."""
    from govdoc.exporting import export_document

    data = export_document(document(name), "docx", load_style(style_of(name), options)).data
    source, sink = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(sink, "w") as target:
        for part in source.namelist():
            text = source.read(part)
            for wanted, old, new in edits:
                if part == f"word/{wanted}":
                    changed = text.decode().replace(old, new)
                    assert changed != text.decode(), f"{old!r} is not in {part}"
                    text = changed.encode()
            target.writestr(part, text)
    return sink.getvalue()


def text_of(line: TextLine) -> str:
    return "".join(piece.text for piece in line.glyphs)


def on_lines(pick: Callable[[str], bool], change: Callable[[TextLine], TextLine], first_only: bool = True) -> Tamper:
    """Change the lines whose text is picked (the first of them)."""

    def tamper(pages: Pages) -> Pages:
        done = False
        changed = []
        for page in pages:
            lines = []
            for line in page.lines:
                hit = pick(text_of(line)) and not (done and first_only)
                done = done or hit
                lines.append(change(line) if hit else line)
            changed.append(page._replace(lines=tuple(lines)))
        assert done, "no line was picked"
        return tuple(changed)

    return tamper


def on_rules(change: Callable[[Rule], Rule], pick: Callable[[Rule], bool]) -> Tamper:
    """Change the ruled lines that are picked."""
    return lambda pages: tuple(
        page._replace(rules=tuple(change(rule) if pick(rule) else rule for rule in page.rules)) for page in pages
    )


def redden(line: TextLine) -> TextLine:
    return line._replace(glyphs=tuple(piece._replace(red=True) for piece in line.glyphs))


def longer(line: TextLine) -> TextLine:
    last = line.glyphs[-1]
    return line._replace(glyphs=(*line.glyphs[:-1], last._replace(text=last.text + "安")))


def shifted(across: float, down: float = 0.0) -> Callable[[TextLine], TextLine]:
    return lambda line: line._replace(x=line.x + across * MM, y=line.y + down * MM)


def put_first(char: str) -> Callable[[TextLine], TextLine]:
    def change(line: TextLine) -> TextLine:
        first = line.glyphs[0]
        return line._replace(glyphs=(first._replace(text=char + first.text[1:]), *line.glyphs[1:]))

    return change


def put_last(char: str) -> Callable[[TextLine], TextLine]:
    def change(line: TextLine) -> TextLine:
        last = line.glyphs[-1]
        return line._replace(glyphs=(*line.glyphs[:-1], last._replace(text=last.text[:-1] + char)))

    return change


def cut(line: TextLine) -> TextLine:
    """The line with its middle alone, where it was."""
    piece = max(line.glyphs, key=lambda one: len(one.text))
    count = len(piece.text)
    moved = piece._replace(text=piece.text[count // 2 - 2 : count // 2 + 2])
    advance = piece.size + piece.spacing
    return line._replace(glyphs=(moved._replace(x=piece.x + advance * (count // 2 - 2)),))


def one_page_more(pages: Pages) -> Pages:
    last = pages[-1]
    body = next(line for page in pages for line in page.lines if text_of(line).startswith("各地各校要高度重视"))
    return (*pages, Page(last.number + 1, (body._replace(y=41.86 * MM),), ()))


@dataclass(frozen=True)
class Planted:
    """A file that fails the check ``code``; ``also`` are checks that the same fault must fail too."""

    code: str
    kind: str
    what: str
    options: dict[str, Any] = field(default_factory=dict)
    name: str = "notice"
    tamper: Tamper | None = None
    edits: tuple[tuple[str, str, str], ...] = ()
    also: frozenset[str] = frozenset()

    def data(self) -> bytes:
        """The bytes of the file."""
        if self.kind == "pdf":
            return make_pdf(self.name, self.options, self.tamper)
        return make_docx(self.name, self.options, self.edits)


def pdf(
    code: str, what: str, options: dict[str, Any] | None = None, tamper: Tamper | None = None, **more: Any
) -> Planted:
    return Planted(code, "pdf", what, options or {}, tamper=tamper, **more)


def docx(
    code: str, what: str, options: dict[str, Any] | None = None, *edits: tuple[str, str, str], **more: Any
) -> Planted:
    return Planted(code, "docx", what, options or {}, edits=edits, **more)


FULL_LINE = "心的发展思想，坚持预防为主"
RED_RULE = on_rules(lambda rule: rule._replace(x0=18 * MM, x1=192 * MM), lambda rule: rule.red)


def starts(text: str) -> Callable[[str], bool]:
    return lambda line: line.startswith(text)


def full(line: str) -> bool:
    return len(line) == 28 and line.isprintable() and not line.isascii()


PLANTED: list[Planted] = [
    pdf("M01", "letter paper", {"page.width": 215.9, "page.height": 279.4}),
    pdf("M02", "a line beyond the edge", tamper=on_lines(full, longer)),
    pdf("M03", "20 lines", {"page.lines": 21}),
    pdf("M04", "27 characters", {"page.chars": 27}, also=frozenset(("M07", "M18"))),
    pdf("M05", "a line between paragraphs", {"text.body.blank_before": 1}),
    pdf("M06", "宋体", {"text.body.face": "songti"}),
    pdf("M06", "4号", {"text.body.size": 14}, also=frozenset(("M03", "M05"))),
    pdf("M07", "no indent", {"text.body.indent_first": 0}, also=frozenset(("M05", "M06"))),
    pdf("M08", "密级 in 仿宋", {"text.secrecy.face": "fangsong"}),
    pdf("M08", "特急 in the middle", {"text.urgency.align": "centre"}),
    pdf("M09", "a black mark", {"text.mark.red": False}),
    pdf("M09", "a mark too low", {"head.mark_top": 80.0}),
    pdf("M09", "a mark in 黑体", {"text.mark.face": "heiti"}),
    pdf("M10", "a number in 黑体", {"text.doc_number.face": "heiti"}),
    pdf("M10", "a number at the left", {"text.doc_number.align": "left"}),
    pdf("M10", "a number four lines below", {"head.number_blank": 4}),
    pdf("M11", "no red line", {"head.rule": False}),
    pdf("M11", "a red line too low", {"head.rule_gap": 9.0}),
    pdf("M11", "a thick red line", {"head.rule_width": 2.0}),
    pdf("M12", "a title in 黑体", {"text.title.face": "heiti"}),
    pdf("M12", "a title of 18 pt", {"text.title.size": 18}),
    pdf("M12", "a title at the left", {"text.title.align": "left"}, name="request"),
    pdf("M13", "an hourglass", name="long", tamper=on_lines(lambda line: 6 < len(line) < 22 and line in LONG_TITLE[10:], cut)),
    pdf("M10", "a letter's number at the left", name="letter", tamper=on_lines(starts("苏教函〔2024〕15号"), shifted(-60))),
    pdf("M24", "a letter without numbers", {"number.enabled": False}, name="letter"),
    pdf("M14", "主送机关 indented", {"text.recipients.indent_first": 2}),
    pdf("M14", "three lines above 主送机关", {"title.blank_after": 3}),
    pdf("M15", "level 1 in 仿宋", {"text.heading1.face": "fangsong"}),
    pdf("M16", "level 2 in 黑体", {"text.heading2.face": "heiti"}),
    pdf("M17", "level 3 in 黑体", {"text.heading3.face": "heiti"}),
    pdf("M18", "附件说明 at the edge", {"notes.label_at": 0}),
    pdf("M19", "署名 6 字 from the right", tamper=on_lines(lambda line: line == "苏州市教育局办公室", shifted(-25)), also=frozenset(("M20",))),
    pdf("M20", "a date in the middle", tamper=on_lines(lambda line: line == "2024年3月1日", shifted(-30))),
    pdf("M21", "the label of an attachment in 仿宋", {"text.attachment_label.face": "fangsong"}),
    pdf("M21", "the title of an attachment on line 6", {"attached.title_blank": 4}),
    pdf("M22", "thick lines of the 版记", {"foot.outer_line": 0.7}),
    pdf("M22", "a 版记 higher up", tamper=on_rules(lambda rule: rule._replace(y0=rule.y0 - 40, y1=rule.y1 - 40), lambda rule: not rule.red)),
    pdf("M23", "版记 in 3号", {"text.colophon.size": 16}),
    pdf("M23", "版记 3 字 in", {"foot.inset": 3}),
    pdf("M24", "a bare number", {"number.format": "{}"}),
    pdf("M24", "a number in 黑体", {"text.page_number.face": "heiti"}),
    pdf("M24", "no numbers", {"number.enabled": False}),
    pdf("M25", "numbers in the middle", {"number.position": "centre"}),
    pdf("M25", "numbers too high", {"number.drop": 3.0}),
    pdf("M26", "no text on page 1", {"title.blank_after": 15}),
    pdf("M27", "， at the beginning of a line", tamper=on_lines(full, put_first("，"))),
    pdf("M27", "（ at the end of a line", tamper=on_lines(full, put_last("（"))),
    pdf("M28", "a red line of text", tamper=on_lines(full, redden)),
    pdf("M30", "附注 at the edge", {"text.annotation.indent_first": 0}),
    pdf("M31", "a signer in 黑体", {"head.signer_face": "heiti"}, name="request"),
    pdf("M32", "five lines above the title", {"text.title.blank_before": 5}),
    pdf("M33", "a line of a 信函, alone", tamper=RED_RULE, also=frozenset(("M10",))),
    pdf("M34", "text behind the 版记", tamper=one_page_more, also=frozenset(("M05", "M06", "M07", "M24"))),
    docx("M01", "letter paper", None, ("document.xml", 'w:w="11906" w:h="16838"', 'w:w="12240" w:h="15840"'), also=frozenset(("M03", "M04"))),
    docx("M02", "margins of 31.7 mm", None, ("document.xml", 'w:left="1587"', 'w:left="1797"'), also=frozenset(("M04",))),
    docx("M03", "30 pt", None, ("styles.xml", 'w:line="579"', 'w:line="600"'), ("document.xml", 'w:line="579"', 'w:line="600"'), also=frozenset(("M05",))),
    docx("M03", "single spacing", None, ("styles.xml", 'w:line="579" w:lineRule="exact"', 'w:line="240" w:lineRule="auto"')),
    docx("M04", "no tracking", None, ("styles.xml", '<w:spacing w:val="-5"/>', '<w:spacing w:val="0"/>')),
    docx("M06", "宋体", {"text.body.face": "songti"}),
    docx("M06", "4号", {"text.body.size": 14}, also=frozenset(("M04",))),
    docx("M07", "no indent", {"text.body.indent_first": 0}),
    docx("M08", "密级 in 仿宋", {"text.secrecy.face": "fangsong"}),
    docx("M09", "a black mark", {"text.mark.red": False}),
    docx("M09", "a mark in 黑体", {"text.mark.face": "heiti"}),
    docx("M10", "a number at the left", {"text.doc_number.align": "left"}),
    docx("M11", "no line", {"head.rule": False}),
    docx("M11", "a black line", {"head.rule_red": False}),
    docx("M12", "a title in 黑体", {"text.title.face": "heiti"}),
    docx("M12", "a title of 18 pt", {"text.title.size": 18}),
    docx("M13", "a line that begins with 的", None, ("document.xml", "》的", "》</w:t><w:br/><w:t>的"), name="named"),
    docx("M13", "a name in 《》 cut", None, ("document.xml", "《全市教育系统", "《全市教育系统</w:t><w:br/><w:t>"), name="named"),
    docx("M19", "署名 10 字 from the right", None, ("document.xml", 'w:right="632"', 'w:right="3159"'), also=frozenset(("M20",))),
    docx("M20", "a date 8 字 from the right", None, ("document.xml", 'w:right="948"', 'w:right="2527"')),
    docx("M24", "a letter without numbers", {"number.enabled": False}, name="letter", also=frozenset(("M25",))),
    docx("M14", "主送机关 indented", {"text.recipients.indent_first": 2}),
    docx("M15", "level 1 in 仿宋", {"text.heading1.face": "fangsong"}),
    docx("M16", "level 2 in 黑体", {"text.heading2.face": "heiti"}),
    docx("M17", "level 3 in 黑体", {"text.heading3.face": "heiti"}),
    docx("M18", "附件说明 at the edge", {"notes.label_at": 0}),
    docx("M21", "the label of an attachment in 仿宋", {"text.attachment_label.face": "fangsong"}),
    docx("M21", "an attachment in the flow", None, ("document.xml", "<w:pageBreakBefore/>", "")),
    docx("M22", "thick lines of the 版记", {"foot.outer_line": 0.7}),
    docx("M22", "a 版记 in the flow", None, ("document.xml", 'w:tblpYSpec="bottom"', ""), ("document.xml", "<w:tblpPr", "<w:tblpNo")),
    docx("M23", "版记 in 3号", {"text.colophon.size": 16}),
    docx("M24", "a bare number", {"number.format": "{}"}),
    docx("M24", "no field", None, ("footer1.xml", " PAGE ", " DATE ")),
    docx("M25", "the same footers", None, ("settings.xml", "<w:evenAndOddHeaders/>", "")),
    docx("M25", "a footer 10 mm from the edge", None, ("document.xml", 'w:footer="1440"', 'w:footer="567"')),
    docx("M28", "blue text", None, ("document.xml", "<w:r><w:t xml:space=\"preserve\">各地各校要高度重视", "<w:r><w:rPr><w:color w:val=\"0000FF\"/></w:rPr><w:t xml:space=\"preserve\">各地各校要高度重视")),
    docx("M30", "附注 at the edge", {"text.annotation.indent_first": 0}),
    docx("M31", "a signer in 黑体", {"head.signer_face": "heiti"}, name="request"),
    docx("M35", "an empty paragraph", None, ("document.xml", '<w:p><w:pPr><w:pStyle w:val="Recipients"/>', '<w:p/><w:p><w:pPr><w:pStyle w:val="Recipients"/>')),
    docx("M35", "blanks for an indent", None, ("document.xml", ">各地各校要高度重视", ">\u3000\u3000各地各校要高度重视")),
]  # fmt: skip
