"""R: 主送机关 (GB/T 9704-2012 §7.3.2) and what a 报告 may ask (条例 Art. 15)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govdoc.checking.draft import Draft
from govdoc.checking.matching import sweep
from govdoc.checking.registry import Found, check

_ASKS = re.compile(
    r"(?:妥否|当否|是否妥当)[，,]?请?(?:批示|指示|批复)?|请(?:予)?(?:批准|批示|审批|批复)|恳请.{0,12}(?:批准|审批|解决)"
)
_LOOKS_ADDRESSED = re.compile(r"^[^，。；：！？]{0,40}(?:局|委|办|部门|单位|学校|政府|厅|处室|公司)[:。；;，]$")


@check("R01", "主送机关冒号", "error", "GB/T 9704-2012 §7.3.2", needs_source=True)
def recipient_colon(draft: Draft) -> Iterator[Found]:
    """A full-width colon stands behind the last 主送机关.

    Irregular: 各有关单位: or 各有关单位。 — right: 各有关单位：
    """
    recipients = draft.document.main.recipients
    span, source = draft.document.spans.get("/main/recipients"), draft.source
    if recipients and span and source is not None:
        raw = source[span[0] : span[1]].rstrip()
        at = span[0] + len(raw)
        tail = raw[-1:] if raw[-1:] in ":：。；;，," else source[at : at + 1]
        if raw[-1:] == tail:
            at -= 1
        if tail not in ("：", ""):
            wrong = tail in ":。；;，,"
            message = f"{tail!r} behind 主送机关, not ：" if wrong else "no colon behind 主送机关"
            yield Found(None, at, at + wrong, message, "write ：", "：")
        return
    first = draft.paragraphs[:1] if draft.title and not recipients else []
    for piece in first:
        if _LOOKS_ADDRESSED.match(piece.text):
            end = len(piece.text)
            yield Found(piece, end - 1, end, "what reads like 主送机关 ends in no full-width colon", "write ：", "：")


@check("R02", "请示主送", "warning", "条例 Art. 15")
def one_recipient(draft: Draft) -> Iterator[Found]:
    """A 请示 goes to one agency, in principle.

    Irregular: 市政府、市财政局： on a 请示.
    """
    main = draft.document.main
    if draft.document.genre != "请示" or main.recipients is None or len(main.recipients.names) < 2:
        return
    piece = draft.piece("/main/recipients", main.recipients.text)
    if piece:
        message = f"a 请示 to {len(main.recipients.names)} agencies"
        yield Found(piece, 0, len(piece.text), message, "send it to one and copy it to the others")


@check("R03", "报告夹带请示", "error", "条例 Art. 15")
def request_in_report(draft: Draft) -> Iterator[Found]:
    """A 报告 asks for nothing.

    Irregular: 妥否，请批示。 in a 报告.
    """
    if draft.document.genre == "报告" and draft.document.official:
        own = [piece for piece in draft.paragraphs if piece.pointer.startswith("/main/body/")]
        yield from sweep(own, _ASKS, "a 报告 that asks: {}", "send a 请示 of its own")
