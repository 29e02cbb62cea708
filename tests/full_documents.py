"""A full document of each format: every element it can have, long ones and many, names with rare characters."""

from __future__ import annotations

import page_documents as made
from govdoc.model import (
    Attachment,
    Attendance,
    Block,
    Cell,
    Colophon,
    DocNumber,
    Document,
    Header,
    IssuerMark,
    Main,
    Printing,
    Secrecy,
    SerialNumber,
    Signatory,
)  # fmt: skip

NAMES = "张𫖯、李玥、王堃、赵喆、周昇、朱镕"
FIVE = ("太仓市教育局", "太仓市发展和改革委员会", "太仓市财政局", "太仓市人力资源和社会保障局", "太仓市卫生健康委员会")
RECIPIENTS = (
    "各镇（区）人民政府（管委会），市委宣传部、市委编办，市发展和改革委员会、市公安局、市民政局、市司法局、"
    "市财政局、市人力资源和社会保障局、市自然资源和规划局、市住房和城乡建设局，各中小学、幼儿园"
)
COPIES = (
    "苏州市教育局、苏州市财政局，市委办公室、市人大常委会办公室、市政府办公室、市政协办公室，市纪委监委，"
    "市中级人民法院、市人民检察院，各民主党派，市总工会、团市委、市妇联"
)
ATTACHED = (
    "2025年全市义务教育优质均衡发展重点任务分解表（含责任单位、完成时限和年度阶段性目标要求）",
    "2025年教育经费安排明细表",
    "学校建设项目清单",
    "校园安全专项整治行动计划",
    "教师队伍建设若干措施",
    "学生心理健康服务工作指引",
    "课后服务质量提升实施办法",
    "教育数字化转型任务清单",
    "集团化办学结对名单",
    "督导评估指标体系",
    "工作联系人名单",
)


def long_table(rows: int) -> Block:
    """A table of ``rows`` below its head, with a name of rare characters and a web address here and there."""
    head = tuple(map(Cell, ("序号", "重点任务", "责任单位", "完成时限", "备注")))
    places = ("基础教育科", "人事师资科", "计划财务科")
    lines = (
        (
            str(i),
            f"推进第{i}项重点工作，巩固义务教育基本均衡成果",
            places[i % 3],
            f"2025年{i % 12 + 1}月",
            ("联系人：朱镕堃", "https://example.gov.cn/projects/2025/a-long-name", "——")[i % 3],
        )
        for i in range(1, rows + 1)
    )
    return Block("table", rows=(head, *(tuple(map(Cell, line)) for line in lines)))


def body(times: int = 1) -> tuple[Block, ...]:
    """Text with headings of all levels, rare names, long numbers, dashes, dots and an address."""
    return (
        made.text(
            "为贯彻落实《中华人民共和国义务教育法》和“十四五”规划部署，现就有关事项通知如下——请认真遵照执行……"
            "经费总额123456789.55元，详见https://example.gov.cn/notices/2025/02/07/compulsory-education-development。"
        ),
        made.text(f"领导小组由{NAMES}同志组成，办公室设在市教育局（联系电话：0512-53500000）。{made.FILLER}"),
        *made.levels(times),
    )


def attachments() -> tuple[Attachment, ...]:
    """Eleven: the first a table of three pages, the last a list of names."""
    last = len(ATTACHED)
    return tuple(
        Attachment(
            "attachment",
            number=i,
            title=name,
            body=(long_table(26),) if i == 1 else (made.text(NAMES if i == last else made.FILLER * 2),),
        )
        for i, name in enumerate(ATTACHED, 1)
    )


def general() -> Document:
    """A 通知 with every element of the general form."""
    return made.document(
        genre="通知",
        header=Header(
            copy_number="000012",
            secrecy=Secrecy("机密", "1年"),
            urgency="特急",
            issuer_mark=IssuerMark(("太仓市教育局",), "文件"),
            doc_number=DocNumber("太教〔2025〕2号", "太教", 2025, 2),
        ),
        main=Main(
            title="太仓市教育局关于印发《太仓市义务教育优质均衡发展三年行动计划（2025—2027年）》的通知",
            recipients=made.recipients(RECIPIENTS),
            body=body(2),
            attachment_notes=ATTACHED,
            signature_orgs=("太仓市教育局",),
            issue_date_raw="2025年2月7日",
            annotation="此件公开发布",
            attachments=attachments(),
        ),
        colophon=Colophon(
            cc=made.copies("抄送", COPIES), printing=Printing("太仓市教育局办公室", "2025-02-07", "2025年2月7日")
        ),
    )


def joint() -> Document:
    """A 通知 of five agencies."""
    return made.document(
        genre="通知",
        header=Header(issuer_mark=IssuerMark(FIVE, "文件"), doc_number=DocNumber("太教〔2025〕15号")),
        main=Main(
            title="关于进一步加强中小学生近视防控和心理健康工作的通知",
            recipients=made.recipients("各镇（区）社会事业办，各中小学"),
            body=body(),
            signature_orgs=FIVE,
            issue_date_raw="2025年12月17日",
        ),
        colophon=Colophon(
            cc=made.copies("抄送", COPIES), printing=Printing("太仓市教育局办公室", None, "2025年12月17日")
        ),
    )


def upward() -> Document:
    """A 请示 with four 签发人."""
    return made.document(
        genre="请示",
        header=Header(
            copy_number="000012",
            secrecy=Secrecy("秘密", "2年"),
            urgency="加急",
            issuer_mark=IssuerMark(FIVE[:3], "文件"),
            doc_number=DocNumber("太教〔2025〕12号"),
            signers=("张𫖯", "李玥明", "王堃", "赵喆"),
        ),
        main=Main(
            title="关于追加2025年义务教育学校建设专项资金的请示",
            recipients=made.recipients("市人民政府"),
            body=(*body(), made.text("妥否，请批示。")),
            attachment_notes=("资金安排明细表",),
            signature_orgs=FIVE[:3],
            issue_date_raw="2025年3月15日",
            annotation="联系人：朱镕，联系电话：0512-53500000",
            attachments=(Attachment("attachment", title="资金安排明细表", body=(long_table(12),)),),
        ),
        colophon=Colophon(printing=Printing("太仓市教育局办公室", None, "2025年3月15日")),
    )


def order() -> Document:
    """A 令 of two pages."""
    return made.document(
        genre="命令",
        header=Header(issuer_mark=IssuerMark(("太仓市人民政府",), "令"), order_number=SerialNumber("第12号", 12)),
        main=Main(
            body=(
                made.text(
                    "《太仓市义务教育学校管理办法》已经2025年3月20日市政府第3次常务会议通过，现予公布，自2025年5月1日起施行。"
                ),
                made.text(made.FILLER * 4),
            ),
            signatory=Signatory("市长", "朱镕堃"),
            issue_date_raw="2025年4月1日",
        ),
    )


def minutes() -> Document:
    """A 纪要 with its number, 出席, 请假, 列席 and 版记."""
    return made.document(
        genre="纪要",
        header=Header(issuer_mark=IssuerMark(("太仓市教育局",), "会议纪要"), issue_no=SerialNumber("第3期", 3)),
        main=Main(
            title="关于研究校园安全工作的会议纪要",
            body=body(),
            attendance=Attendance(
                f"教育局{NAMES}，公安局张𫖯、李喆，" * 2 + "住建局王堃", "财政局赵昇", "应急管理局朱镕"
            ),
        ),
        colophon=Colophon(
            cc=made.copies("分送", COPIES), printing=Printing("太仓市教育局办公室", None, "2025年4月1日")
        ),
    )


def letter() -> Document:
    """A 函 with every element of the form, of two pages."""
    return made.with_main(made.letter(), body=body(), attachment_notes=ATTACHED)


def plain() -> Document:
    """A text that is no 公文."""
    return made.document(
        official=False, main=Main(title="2025年武进区教育工作要点", body=(*body(2), long_table(20), made.text("完。")))
    )


FULL = {
    "general": general,
    "joint": joint,
    "upward": upward,
    "order": order,
    "minutes": minutes,
    "letter": letter,
    "plain": plain,
}
