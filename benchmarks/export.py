"""Exporting PDF and DOCX beside what others do with the same text, each engine in a process of its own.

Every round sets a document that the engine has not seen: 7,000 characters in paragraphs below headings of two levels,
in the shipped faces, with a title and page numbers. Printed are the median processor time of a warm document; cold, the
processor time of a whole process up to the end of its first document (the interpreter, what is imported, the faces, the
making of the text); the peak of memory; the size of the file; and the ratios that matter. Processor time is that of all
threads, user and system. Every engine runs once uncounted beforehand, so that its modules are compiled, as they are
where a package is installed. Peers run in the Python named by --peers (any where they are installed); one that is
missing is named and left out (typst, reportlab's platypus, python-docx, docxtpl).

usage: python benchmarks/export.py [--rounds N] [--passes N] [--peers PYTHON] [--pages]
"""

from __future__ import annotations

import argparse
import io
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FONTS = ROOT / "src" / "govdoc" / "fonts" / "data"
HANZI = "".join(
    bytes([row, cell]).decode("gb2312", "ignore") for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF)
)
CHARACTERS = 7000
GRID = 156 / 28 / 25.4 * 72  # points, a cell of 28 in 156 mm
PITCH = (225 / 25.4 * 72 - 16) / 21
Part = tuple[str, str]
"""``title``, ``heading1``, ``heading2`` or ``body``, and its text."""
Work = Callable[[list[Part]], bytes]


def unseen(seed: int) -> list[Part]:
    """A document of its own for every seed; characters are as unevenly frequent as in real text."""
    chance = random.Random(seed)  # noqa: S311 (nothing is secret here)
    order = list(HANZI)
    random.Random(9704).shuffle(order)  # noqa: S311
    weights = [1 / (rank + 12) ** 1.6 for rank in range(len(order))]

    def text(count: int) -> str:
        return "".join(chance.choices(order, weights, k=count))

    parts = [("title", "关于" + text(22) + "的通知")]
    written, first, second = 0, 0, 0
    while written < CHARACTERS:
        kind = ("heading1", "heading2", "body", "body", "body")[len(parts) % 5]
        if kind == "heading1":
            first += 1
            parts.append((kind, f"第{first}部分、{text(12)}"))
        elif kind == "heading2":
            second += 1
            parts.append((kind, f"（{second}）{text(14)}"))
        else:
            sentences = (text(chance.randint(8, 24)) for _ in range(chance.randint(4, 10)))
            parts.append((kind, "，".join(sentences) + f"，共{chance.randint(10, 9999)}项。"))
        written += len(parts[-1][1])
    return parts


# Ours


def _document(parts: list[Part]) -> Any:
    from govdoc.model import Block, Document, Main, SourceInfo

    levels: dict[str, int] = {"heading1": 1, "heading2": 2}
    body = tuple(
        Block("heading", level=levels[kind], heading=text)  # type: ignore[arg-type]
        if kind in levels
        else Block("paragraph", text=text)
        for kind, text in parts[1:]
    )
    return Document(
        schema="govdoc.document/1",
        id="0#1",
        source=SourceInfo(name="made.txt", sha256="0" * 64, bytes=1, encoding="utf-8"),
        official=False,
        main=Main(title=parts[0][1], body=body),
    )


def ours(kind: str) -> Work:
    """The exporter of ours, style and faces found once as in any run."""
    write = import_module(f"govdoc.exporting.{kind}").write
    style = import_module("govdoc.style").load_style("plain")
    return lambda parts: bytes(write(_document(parts), style).data)


# PDF


def typst() -> Work:
    """One compiler for all documents, the text as its source; untagged, as ours is."""
    compiler = import_module("typst").Compiler(font_paths=[str(FONTS)], ignore_system_fonts=True)
    head = (
        "#set page(width: 210mm, height: 297mm, margin: (top: 37mm, left: 28mm, right: 26mm, bottom: 35mm),"
        ' footer: context align(right, text(size: 14pt, font: "Noto Serif SC")[— #counter(page).display() —]))\n'
        f'#set text(font: ("Liberation Serif", "FandolFang R"), size: 16pt, tracking: {GRID - 16:.3f}pt, lang: "zh")\n'
        f"#set par(justify: true, leading: {PITCH - 16:.3f}pt, spacing: {PITCH - 16:.3f}pt,"
        " first-line-indent: (amount: 2em, all: true))\n"
        '#show heading.where(level: 1): it => align(center, text(size: 22pt, font: "Noto Serif SC", weight: 700,'
        " it.body))\n"
        '#show heading.where(level: 2): it => par(text(size: 16pt, font: "Noto Sans SC", weight: 500, it.body))\n'
        '#show heading.where(level: 3): it => par(text(size: 16pt, font: "FandolKai", weight: 400, it.body))\n'
    )
    signs = {"title": "= ", "heading1": "== ", "heading2": "=== ", "body": ""}

    def work(parts: list[Part]) -> bytes:
        text = head + "\n\n".join(signs[kind] + text for kind, text in parts)
        return bytes(compiler.compile(text.encode(), pdf_tags=False, timestamp=0))

    return work


def platypus() -> Work:
    """Paragraphs of reportlab with wordWrap CJK."""
    metrics, ttfonts = import_module("reportlab.pdfbase.pdfmetrics"), import_module("reportlab.pdfbase.ttfonts")
    flow, styles = import_module("reportlab.platypus"), import_module("reportlab.lib.styles")
    names = {
        "title": "NotoSerifSC-Bold", "heading1": "NotoSansSC-Medium", "heading2": "FandolKai-Regular",
        "body": "FandolFang-Regular", "number": "NotoSerifSC-Regular",
    }  # fmt: skip
    for name in names.values():
        metrics.registerFont(ttfonts.TTFont(name, str(FONTS / f"{name}.ttf")))
    looks = {
        kind: styles.ParagraphStyle(
            kind, fontName=name, fontSize=22 if kind == "title" else 15.75, leading=PITCH, wordWrap="CJK",
            alignment=1 if kind == "title" else 4, firstLineIndent=0 if kind == "title" else 31.5,
        )
        for kind, name in names.items()
    }  # fmt: skip
    mm = 72 / 25.4

    def number(canvas: Any, page: Any) -> None:
        canvas.setFont(names["number"], 14)
        canvas.drawRightString(178 * mm, 24 * mm, f"— {page.page} —")

    def work(parts: list[Part]) -> bytes:
        out = io.BytesIO()
        page = flow.SimpleDocTemplate(
            out, pagesize=(210 * mm, 297 * mm), topMargin=37 * mm, bottomMargin=35 * mm, leftMargin=28 * mm,
            rightMargin=26 * mm, invariant=1, initialFontName=names["body"],
        )  # fmt: skip
        page.build([flow.Paragraph(text, looks[kind]) for kind, text in parts], number, number)
        return out.getvalue()

    return work


# DOCX


FACES = {
    "title": ("方正小标宋简体", 22),
    "heading1": ("黑体", 16),
    "heading2": ("楷体_GB2312", 16),
    "body": ("仿宋_GB2312", 16),
}


def scratch() -> Work:
    """python-docx with direct formatting, as the usual scripts do it."""
    docx, shared, ns = import_module("docx"), import_module("docx.shared"), import_module("docx.oxml.ns")

    def work(parts: list[Part]) -> bytes:
        document = docx.Document()
        section = document.sections[0]
        section.page_width, section.page_height = shared.Mm(210), shared.Mm(297)
        section.top_margin, section.bottom_margin = shared.Mm(37), shared.Mm(35)
        section.left_margin, section.right_margin = shared.Mm(28), shared.Mm(26)
        for kind, text in parts:
            paragraph = document.add_paragraph()
            form = paragraph.paragraph_format
            form.line_spacing, form.space_after = shared.Pt(28.95), shared.Pt(0)
            form.alignment = 1 if kind == "title" else 3
            if kind != "title":
                form.first_line_indent = shared.Pt(31.6)
            run = paragraph.add_run(text)
            face, size = FACES[kind]
            run.font.name, run.font.size = "Times New Roman", shared.Pt(size)
            run._element.rPr.rFonts.set(ns.qn("w:eastAsia"), face)
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()

    return work


def docxtpl() -> Work:
    """A template of one paragraph in a loop, filled by docxtpl."""
    tpl = import_module("docxtpl").DocxTemplate
    docx, shared, ns = import_module("docx"), import_module("docx.shared"), import_module("docx.oxml.ns")
    made = docx.Document()
    for kind, (face, size) in FACES.items():
        style = made.styles.add_style(kind, 1)
        style.font.size = shared.Pt(size)
        style.element.get_or_add_rPr().get_or_add_rFonts().set(ns.qn("w:eastAsia"), face)
    made.add_paragraph("{%p for kind, text in parts %}")
    for kind in FACES:
        made.add_paragraph(f"{{%p if kind == '{kind}' %}}")
        made.add_paragraph("{{ text }}", style=kind)
        made.add_paragraph("{%p endif %}")
    made.add_paragraph("{%p endfor %}")
    kept = io.BytesIO()
    made.save(kept)

    def work(parts: list[Part]) -> bytes:
        template = tpl(io.BytesIO(kept.getvalue()))
        template.render({"parts": parts})
        out = io.BytesIO()
        template.save(out)
        return out.getvalue()

    return work


ENGINES: dict[str, Callable[[], Work]] = {
    "govdoc PDF": lambda: ours("pdf"),
    "typst": typst,
    "platypus": platypus,
    "govdoc DOCX": lambda: ours("docx"),
    "python-docx from scratch": scratch,
    "docxtpl": docxtpl,
}
GOALS = {("govdoc PDF", "typst"): 0.35, ("govdoc DOCX", "python-docx from scratch"): 0.4}
MOST_MEMORY = 100.0  # MiB


def run_engine(name: str, rounds: int, seed: int, keep: Path | None) -> dict[str, Any]:
    """One engine in this process: its first document, then ``rounds`` more."""
    try:
        work = ENGINES[name]()
    except ImportError as error:
        return {"missing": str(error.name)}
    data = work(unseen(seed))
    cold = time.process_time()
    took = []
    for i in range(1, rounds + 1):
        parts = unseen(seed + i)
        start = time.process_time()
        data = work(parts)
        took.append((time.process_time() - start) * 1000)
    if keep:
        keep.write_bytes(data)
    # Linux counts ru_maxrss in KiB.
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"warm": took, "cold": cold, "mib": peak, "kb": len(data) / 1000}


def measure(name: str, python: str, rounds: int, seed: int, keep: Path | None, compiled: str) -> dict[str, Any]:
    """The same in a process of its own, which finds its modules ``compiled`` in that folder, or puts them there."""
    command = [python, __file__, "--engine", name, "--rounds", str(rounds), "--seed", str(seed)]
    command += ["--keep", str(keep)] if keep else []
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": compiled}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    if done.returncode:
        sys.exit(f"{name}: {done.stderr[-2000:]}")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def report(found: dict[str, list[dict[str, Any]]]) -> None:
    """Print a row an engine, then the ratios beside their goals."""
    print(f"{'engine':26}{'warm ms':>9}{'cold ms':>9}{'MiB':>7}{'KB':>7}")
    warm: dict[str, float] = {}
    for name, runs in found.items():
        missing = next((run["missing"] for run in runs if "missing" in run), None)
        if missing:
            print(f"{name:26}not installed ({missing})")
            continue
        warm[name] = statistics.median(ms for run in runs for ms in run["warm"])
        cold, mib, kb = (statistics.median(run[key] for run in runs) for key in ("cold", "mib", "kb"))
        print(f"{name:26}{warm[name]:9.1f}{cold * 1000:9.0f}{mib:7.0f}{kb:7.0f}")
    for suffix in ("PDF", "DOCX"):
        mine = f"govdoc {suffix}"
        peers = {"PDF": ("typst", "platypus"), "DOCX": ("python-docx from scratch", "docxtpl")}[suffix]
        for peer in peers:
            if mine in warm and peer in warm:
                goal = GOALS.get((mine, peer))
                print(f"{mine} / {peer}: {warm[mine] / warm[peer]:.2f}" + (f" (goal {goal})" if goal else ""))
        if mine in warm:
            most = max(run["mib"] for run in found[mine])
            print(f"{mine} memory: {most:.0f} MiB (goal {MOST_MEMORY:.0f})")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=9, help="documents an engine sets after its first")
    parser.add_argument("--passes", type=int, default=2, help="processes of each engine, taken in turn")
    parser.add_argument("--peers", default=sys.executable, help="the Python that has the peers")
    parser.add_argument("--out", type=Path, help="a folder where the last document of each engine is kept")
    parser.add_argument("--engine", choices=ENGINES, help=argparse.SUPPRESS)
    parser.add_argument("--seed", type=int, default=1, help=argparse.SUPPRESS)
    parser.add_argument("--keep", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.engine:
        print(json.dumps(run_engine(options.engine, options.rounds, options.seed, options.keep)))
        return
    if options.out:
        options.out.mkdir(parents=True, exist_ok=True)
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in ENGINES}
    with tempfile.TemporaryDirectory() as compiled:
        for turn in range(-1, options.passes):
            for name in ENGINES:
                python = sys.executable if name.startswith("govdoc") else options.peers
                suffix = ".docx" if "doc" in name.lower().removeprefix("govdoc") else ".pdf"
                keep = options.out / f"{name.replace(' ', '-')}{suffix}" if options.out else None
                made = measure(name, python, options.rounds if turn >= 0 else 0, 1000 * turn, keep, compiled)
                if turn >= 0:
                    found[name].append(made)
    report(found)


if __name__ == "__main__":
    main()
