"""What follows the 正文: 附件说明, 署名, 成文日期, 附注, 出席, and the 版记 (§7.3.4–7.3.6, §7.4)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from govdoc.layout.composition import FootRow, Paragraph, Run
from govdoc.layout.elements import paragraph, run_of
from govdoc.layout.titles import title_width
from govdoc.model import Attendance, Colophon, Recipients, Signatory
from govdoc.style import StyleSheet
from govdoc.wording.carried import FILE_END

_COLON = "："
_SIGNER = re.compile(r"(?P<office>\S+)\s+(?P<name>[\u3400-\u9fff\U00020000-\U0003ffff·]{2,6})")
_STOPS = "。．.；;，,、"


def attachment_notes(names: Sequence[str], style: StyleSheet) -> Iterator[Paragraph]:
    """附件说明: several are numbered; wrapped lines stand under the first character of the name (§7.3.4).

    What a page's link names is a file (名单.xlsx); its suffix is not set.
    """
    notes = style.notes
    for i, name in enumerate(names):
        number = f"{i + 1}." if len(names) > 1 else ""
        label = notes.label if i == 0 else ""
        hang = notes.number_at + title_width(number)
        yield paragraph(
            style,
            "attachment_note",
            *(part for part in (label + number, FILE_END.sub("", name)) if part),
            indent_left=hang,
            indent_first=(notes.label_at if label else notes.number_at) - hang,
            blank_before=style.text["attachment_note"].blank_before if i == 0 else 0.0,
        )


def printed_date(raw: str | None, iso: str | None) -> str | None:
    """A date as it is printed: as the source has it, else 2024年1月5日 from its ISO form (§7.3.5.4)."""
    if raw or not iso:
        return raw or None
    return "".join(f"{int(part)}{unit}" for part, unit in zip(iso.split("-"), "年月日", strict=False) if part.isdigit())


def signature(orgs: Sequence[str], date: str | None, style: StyleSheet) -> Iterator[Paragraph]:
    """署名 and 成文日期, indented from the right by the formulas of §7.3.5.1 (sealed) or §7.3.5.2 (unsealed)."""
    if style.signature.sealed and len(orgs) > 1:
        yield from _sealed_grid(orgs, date, style)
        return
    names, date_indent = _indents(orgs, date, style)
    look = style.text["signature"]
    blank = style.signature.sealed_blank if style.signature.sealed else look.blank_before
    for org, indent in zip(orgs, names, strict=True):
        yield paragraph(style, "signature", org, indent_right=indent, blank_before=blank)
        blank = 0.0
    if date:
        yield paragraph(style, "date", date, indent_right=date_indent, blank_before=blank)


def _sealed_grid(orgs: Sequence[str], date: str | None, style: StyleSheet) -> Iterator[Paragraph]:
    """Names of a sealed joint issue in rows, each in the middle of its column, as far apart as seals need (§7.3.5.1).

    The last name stands in the last column, the date below it, so that the last seal presses both.
    """
    rules, room = style.signature, float(style.page.chars)
    widest = max(map(title_width, orgs))
    across = max(1, min(rules.seal_columns, len(orgs), int(room // widest) if widest else 1))
    column = room / across
    short = len(orgs) % across
    rows = [orgs[i : i + across] for i in range(0, len(orgs) - short, across)] + ([orgs[-short:]] if short else [])
    for i, row in enumerate(rows):
        # From the right: what stands behind a name in its own column, and before the next one's.
        edges = [(column - title_width(org)) / 2 for org in row]
        gaps = [edges[j] + edges[j + 1] for j in range(len(row) - 1)]
        text = "".join(org + "　" * round(gap) for org, gap in zip(row, [*gaps, 0.0], strict=True))
        blank = rules.seal_blank if i else rules.sealed_blank
        yield paragraph(style, "signature", text, indent_right=max(0.0, edges[-1]), blank_before=blank)
    if date:
        indent = max(0.0, (column - title_width(date)) / 2)
        yield paragraph(style, "date", date, indent_right=indent)


def _indents(orgs: Sequence[str], date: str | None, style: StyleSheet) -> tuple[list[float], float]:
    """Right indents in 字 of each name and of the date; names of a joint issue begin under each other."""
    rules = style.signature
    room = float(style.page.chars)
    widths = [min(title_width(org), room) for org in orgs]
    widest, dated = max(widths, default=0.0), title_width(date or "")
    if rules.sealed or not orgs:
        edge = rules.sealed_date_indent
        name = edge + (dated - widest) / 2
        date_indent = edge - min(0.0, name)
        name = max(0.0, name)
    elif widest >= dated + rules.date_offset:
        name = rules.name_indent
        date_indent = name + widest - dated - rules.date_offset
    else:
        date_indent = rules.name_indent
        name = date_indent + rules.date_offset + dated - widest if dated else rules.name_indent
    name = max(0.0, min(name, room - widest))
    return [name + widest - width for width in widths], max(0.0, min(date_indent, room - dated))


def signers_of(orgs: Sequence[str]) -> tuple[list[str], list[Signatory]]:
    """署名 that are agencies', and those that are an office and a name: the further 签署人 of a joint 命令."""
    found = [_SIGNER.fullmatch(org) for org in orgs]
    agencies = [org for org, match in zip(orgs, found, strict=True) if not match]
    return agencies, [Signatory(match["office"], match["name"]) for match in found if match]


def signed(signatories: Sequence[Signatory], date: str | None, style: StyleSheet) -> Iterator[Paragraph]:
    """签署人 of a 命令 or 议案, one a line: title, then the name; the date a blank line below (§7.3.5.3)."""
    gap = "　" * int(style.signature.signatory_gap)
    blank = style.text["signatory"].blank_before
    for each in signatories:
        yield paragraph(style, "signatory", f"{each.office}{gap}{each.name}", blank_before=blank)
        blank = 0.0
    if date:
        indent = style.text["signatory"].indent_right
        yield paragraph(style, "date", date, indent_right=indent, blank_before=1)


def annotation(text: str, style: StyleSheet) -> Paragraph:
    """附注 in full-width brackets (§7.3.6)."""
    bracketed = text if text[:1] in "（(" else f"（{text}）"
    return paragraph(style, "annotation", bracketed)


def attendance(found: Attendance, style: StyleSheet) -> Iterator[Paragraph]:
    """出席, 请假, 列席 of a 纪要: label in 黑体, wrapped lines after its colon (§10.3)."""
    look = style.text["attendance"]
    blank = look.blank_before
    for label, text in (("出席", found.present), ("请假", found.leave), ("列席", found.observers)):
        if text:
            named = Run(label, style.text["heading1"].face, look.size)
            hang = title_width(label + _COLON)
            yield paragraph(
                style,
                "attendance",
                named,
                run_of(style, "attendance", _COLON + text),
                indent_left=look.indent_left + hang,
                indent_first=-hang,
                blank_before=blank,
            )
            blank = 0.0


def foot_rows(colophon: Colophon, moved: Recipients | None, style: StyleSheet) -> tuple[FootRow, ...]:
    """The rows of the 版记: 主送 (moved or printed there), 抄送, 印发机关 and 印发日期 (§7.4)."""
    foot = style.foot
    lists: list[tuple[str, str]] = []
    if moved:
        lists.append((foot.main_label, moved.text))
    lists += [(found.label, found.text) for found in (colophon.recipients, colophon.cc) if found]
    rows = [_list_row(label, text, i, lists, style) for i, (label, text) in enumerate(lists)]
    printing = colophon.printing if foot.printing else None
    day = printed_date(printing.date_raw, printing.date) if printing else None
    if printing and (printing.org or day):
        date = f"{day.removesuffix(foot.printed)}{foot.printed}" if day else None
        rows.append(FootRow(left=printing.org or "", hanging=0.0, right=date))
    return tuple(rows)


def _list_row(label: str, text: str, i: int, lists: Sequence[tuple[str, str]], style: StyleSheet) -> FootRow:
    after_main = i > 0 and lists[i - 1][0] == style.foot.main_label
    return FootRow(
        left=f"{label}{_COLON}{text.rstrip(_STOPS)}{style.foot.end}",
        hanging=title_width(label) + 1,
        rule_above=not after_main,
    )


def foot_paragraphs(rows: Sequence[FootRow], style: StyleSheet) -> Iterator[Paragraph]:
    """The same rows as paragraphs, for a style without 版记."""
    for i, row in enumerate(rows):
        joined = "　".join(part for part in (row.left, row.right) if part)
        yield paragraph(
            style, "colophon", joined, indent_left=row.hanging, indent_first=-row.hanging, blank_before=float(i == 0)
        )
