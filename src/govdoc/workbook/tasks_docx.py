"""任务落实对照 as a Word file, A4 landscape: what a leader reads and a department fills in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from govdoc.errors import EmptyError
from govdoc.measuring.tasks import Answer, Passage
from govdoc.workbook.beside import Beside, titled
from govdoc.workbook.entries import STATE, TASKS, UNIT, Entries
from govdoc.workbook.laws import without_controls
from govdoc.workbook.package import FixedZip

_HEADS = ("序号", "任务", "任务内容", "总结中的相关内容", "落实情况", "责任单位")
_WIDTHS = (1.2, 3.6, 7.2, 8.6, 3.0, 2.1)  # centimetres, 25.7 between margins of 2
_NONE = "总结中没有找到相近的内容（不等于没有落实）"
_REMARK = (
    "相关内容按用词相近程度由程序选出，括号内为相似度（0至1）和所在标题，不表示任务是否完成；落实情况由责任单位填写。"
)


def write_tasks_docx(beside: Beside, entries: Entries) -> bytes:
    """The tables of all plans that have their summary here, each from a new page; the same bytes every time.

    What people filled into a workbook stands in its place.

    ``EmptyError`` where no plan has its summary here.
    """
    import docx

    if not any(beside.tasks(b) for b in range(len(beside.results))):
        raise EmptyError("no plan stands beside the summary of its year", remedy="name both files, or use --pair")
    document: Any = docx.Document()
    _set_page(document)
    for b in range(len(beside.results)):
        if b:
            document.add_page_break()
        _write(document, beside, b, entries)
    properties = document.core_properties
    properties.author, properties.title, properties.comments = "govdoc", "任务落实对照", ""
    properties.created = properties.modified = datetime(1980, 1, 1)
    target = BytesIO()
    document.save(target)
    return _fixed(target)


def _fixed(made: BytesIO) -> bytes:
    """The package again, without the time of day."""
    target = BytesIO()
    with ZipFile(made) as source, FixedZip(target, "w", ZIP_DEFLATED) as archive:
        for name in source.namelist():
            archive.writestr(name, source.read(name))
    return target.getvalue()


def _set_page(document: Any) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.shared import Cm

    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21.0)
    section.left_margin = section.right_margin = Cm(2.0)
    section.top_margin, section.bottom_margin = Cm(2.0), Cm(1.8)


def _write(document: Any, beside: Beside, bond: int, entries: Entries) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm

    found = beside.results[bond]
    plan, summary = beside.documents[found.plan], beside.documents[found.other]
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(title, f"{found.year or ''}{'年' if found.year else ''}任务落实对照", "方正小标宋简体", 18)
    names = [one.main.title or one.source.name for one in (plan, summary)]
    for text in (f"计划：{names[0]}　　总结：{names[1]}　　（{found.why}）", _REMARK):
        _run(document.add_paragraph(), text, "仿宋_GB2312", 10.5)
    table = document.add_table(rows=1, cols=len(_HEADS), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = Cm(width)
    _row(table.rows[0], [[head] for head in _HEADS], "黑体")
    _repeat(table.rows[0])
    for t, (task, some) in enumerate(zip(beside.tasks(bond), beside.answers[bond], strict=True)):
        passages = [_passage(beside.passages(bond)[one.passage], one) for one in some] or [_NONE]
        said = entries.look(TASKS, beside.task_key(bond, t))
        filled = [[str(said.get(head, ""))] for head in (STATE, UNIT)]
        texts = [[str(t + 1)], [titled(task)], task.text.split("\n"), passages, *filled]
        _row(table.add_row(), texts, "仿宋_GB2312")


def _passage(passage: Passage, answer: Answer) -> str:
    where = passage.section[-1] if passage.section else ""
    return f"{passage.text}（{'，'.join(part for part in (f'{answer.likeness:.2f}', where) if part)}）"


def _row(row: Any, texts: Sequence[Sequence[str]], face: str) -> None:
    from docx.shared import Cm

    for cell, paragraphs, width in zip(row.cells, texts, _WIDTHS, strict=True):
        cell.width = Cm(width)
        for i, text in enumerate(paragraphs):
            _run(cell.paragraphs[0] if i == 0 else cell.add_paragraph(), text, face, 10.5)


def _repeat(row: Any) -> None:
    """The row stands on every page the table goes over."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _run(paragraph: Any, text: str, face: str, size: float) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt

    paragraph.paragraph_format.space_after = Pt(0 if size < 12 else 6)
    run = paragraph.add_run(without_controls(text))
    run.font.name, run.font.size = "Times New Roman", Pt(size)
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)
