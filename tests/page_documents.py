"""Documents built in code for the tests of the page: what stands where does not wait for a parser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from govdoc.fonts import Face
from govdoc.layout.pages import Glyphs
from govdoc.model import (
    Attachment,
    Attendance,
    Block,
    Cell,
    Colophon,
    CopyList,
    DocNumber,
    Document,
    Header,
    IssuerMark,
    Main,
    Printing,
    Recipients,
    Secrecy,
    SerialNumber,
    Signatory,
    SourceInfo,
    split_names,
)  # fmt: skip

SEEDS = Path(__file__).parents[1] / "seeds"

FILLER = (
    "深入学习贯彻党的创新理论，坚持把立德树人作为根本任务，统筹推进城乡义务教育一体化发展，"
    "进一步扩大优质教育资源覆盖面，努力办好人民满意的教育。"
)
ALPHABET = "汉字教育，。、；：？！）》”’】（《“‘【—…·％%2024abcXYZ .,-/ 年个"
HANZI = "坚持优先发展教育事业深化综合改革提高育人质量促进公平正义"


def source(name: str = "made.txt") -> SourceInfo:
    return SourceInfo(name=name, sha256="0" * 64, bytes=1, encoding="utf-8")


def document(official: bool = True, **parts: Any) -> Document:
    """A document of these parts."""
    return Document(schema="govdoc.document/1", id="000000000000#1", source=source(), official=official, **parts)


def recipients(text: str) -> Recipients:
    return Recipients(text, split_names(text))


def copies(label: str, text: str) -> CopyList:
    return CopyList(label, text, split_names(text))


def text(line: str) -> Block:
    return Block("paragraph", text=line)


def notice(paragraphs: int = 3, **main: Any) -> Document:
    """A 通知 with red head, 署名, 附注 and 版记, forwarding a text of headings of every level."""
    issued = Attachment(
        "issued",
        title="2024年度教育工作总结",
        body=(text(f"2024年，{FILLER}"), *levels(paragraphs)),
    )
    parts = {
        "title": "太仓市教育局关于印发《2024年度教育工作总结》的通知",
        "recipients": recipients("各镇（区）社会事业办，各中小学、幼教中心及有关单位"),
        "body": (text("现将《2024年度教育工作总结》印发给你们，请认真学习，结合实际，推动2025年工作再上新台阶。"),),
        "signature_orgs": ("太仓市教育局",),
        "issue_date": "2025-02-07",
        "issue_date_raw": "2025年2月7日",
        "annotation": "此件公开发布",
        "attachments": (issued,),
    }
    return document(
        genre="通知",
        header=Header(
            issuer_mark=IssuerMark(("太仓市教育局",), "文件"),
            doc_number=DocNumber("太教〔2025〕2号", "太教", 2025, 2),
        ),
        main=Main(**(parts | main)),
        colophon=Colophon(
            cc=copies("抄送", "苏州市教育局办公室，市委办公室、市人大办公室、市政府办公室、市政协秘书处"),
            printing=Printing("太仓市教育局党政办公室", "2025-02-07", "2025年2月7日"),
        ),
    )


def levels(times: int) -> tuple[Block, ...]:
    """Headings of all four levels with text, ``times`` over."""
    one = (
        Block("heading", level=1, label="一、", heading="强化党建全面领航，凝聚教育高质量发展思政引领力"),
        Block("paragraph", level=2, label="（一）", heading="党的全面领导持续强化。", text=FILLER * 3),
        Block("heading", level=2, label="（二）", heading="党建阵地建设持续夯实"),
        Block("paragraph", level=3, label="1.", heading="基层党建。", text=f"立项74个“书记项目”，评选20名。{FILLER}"),
        Block("paragraph", level=4, label="（1）", heading="组织活动。", text=f"活动60余次，占比98.5%。{FILLER}"),
    )
    return one * times


def upward() -> Document:
    """A 请示: 份号, 密级, 紧急程度, three 签发人, 附件说明 and 附件."""
    names = ("2025年全市教育系统重点建设项目安排及资金来源明细表（含分年度计划与责任分工）", "有关情况说明")
    table = Block("table", rows=tuple(tuple(Cell(cell) for cell in row.split()) for row in TABLE.splitlines()))
    return document(
        genre="请示",
        header=Header(
            copy_number="000012",
            secrecy=Secrecy("机密", "1年"),
            urgency="特急",
            issuer_mark=IssuerMark(("太仓市教育局", "太仓市发展和改革委员会", "太仓市财政局"), "文件"),
            doc_number=DocNumber("太教〔2025〕12号"),
            signers=("张三", "李四明", "王五"),
        ),
        main=Main(
            title="太仓市教育局太仓市发展和改革委员会太仓市财政局关于追加2025年义务教育学校建设专项资金的请示",
            recipients=recipients("市人民政府"),
            body=(text(FILLER * 2), text(FILLER), text("妥否，请批示。")),
            attachment_notes=names,
            signature_orgs=("太仓市教育局", "太仓市发展和改革委员会", "太仓市财政局"),
            issue_date_raw="2025年3月15日",
            annotation="联系人：赵六，联系电话：0512-53500000",
            attachments=(
                Attachment("attachment", number=1, title=names[0], body=(table, text(FILLER))),
                Attachment("attachment", number=2, title=names[1], body=(text(FILLER * 4),)),
            ),
        ),
    )


TABLE = """序号 项目名称 责任单位 完成时限 备注
1 新建城东小学 基建科 2025年12月 列入市政府实事项目，确保按期交付使用
2 改扩建实验中学 基建科 2026年6月 ——
3 教室照明改造 后勤中心 2025年8月 涉及42所学校1200间教室
4 智慧校园平台 信息中心 2025年10月 https://example.gov.cn/projects/2025/smart-campus"""


def plain() -> Document:
    """A text that is no 公文: a title and a body."""
    return document(
        official=False,
        main=Main(title="2024年武进教育工作要点", body=(text(f"2024年，{FILLER * 2}"), *levels(2))),
    )


def minutes() -> Document:
    """A 纪要 with its attendance."""
    return document(
        genre="纪要",
        header=Header(issuer_mark=IssuerMark(("太仓市教育局",), "会议纪要")),
        main=Main(
            title="关于研究校园安全工作的会议纪要",
            body=(text(FILLER * 2),),
            attendance=Attendance("教育局张三，公安局李四，" * 4 + "住建局王五", None, "应急管理局赵六"),
        ),
    )


def order() -> Document:
    """A 令: mark, 令号, 签署人 and date; no title, no 主送."""
    return document(
        genre="命令",
        header=Header(issuer_mark=IssuerMark(("太仓市人民政府",), "令"), order_number=SerialNumber("第12号", 12)),
        main=Main(
            body=(text("《太仓市义务教育学校管理办法》已经市政府常务会议通过，现予公布，自2025年5月1日起施行。"),),
            signatory=Signatory("市长", "张三"),
            issue_date_raw="2025年4月1日",
        ),
    )


def letter() -> Document:
    """A 函 of two agencies with 份号, 密级 and 紧急程度, 抄送 and 印发."""
    return document(
        genre="函",
        header=Header(
            copy_number="000012",
            secrecy=Secrecy("机密", "1年"),
            urgency="特急",
            issuer_mark=IssuerMark(("太仓市教育局", "太仓市财政局"), "文件"),
            doc_number=DocNumber("太教函〔2025〕2号"),
        ),
        main=Main(
            title="关于商请支持2025年中小学校园足球联赛场地保障工作的函",
            recipients=recipients("市体育局"),
            body=(text(FILLER), text("特此函商，请予支持。")),
            signature_orgs=("太仓市教育局", "太仓市财政局"),
            issue_date_raw="2025年3月15日",
            annotation="联系人：赵六，联系电话：0512-53500000",
        ),
        colophon=Colophon(
            cc=copies("抄送", "市政府办公室，市委宣传部"),
            printing=Printing("太仓市教育局办公室", None, "2025年3月15日"),
        ),
    )


def pure_hanzi(lines: int = 60) -> Document:
    """A body of nothing but full-width characters that may stand anywhere."""
    return document(False, main=Main(title="测试", body=(text(HANZI * lines),)))


def from_lines(lines: list[str], **header: Any) -> Document:
    """A document whose body is these lines as they are, the first its title."""
    return document(header=Header(**header), main=Main(title=lines[0], body=tuple(text(line) for line in lines[1:])))


def with_main(found: Document, **changes: Any) -> Document:
    """The document with fields of its 主体 changed."""
    return msgspec.structs.replace(found, main=msgspec.structs.replace(found.main, **changes))


def glyph(char: str, face: Face | None) -> Glyphs:
    """A character of 16 pt at the beginning of its line."""
    return Glyphs(char, face, 16.0, 0.0)
