"""A coverage-guided fuzzer (atheris) over cleaning: make fuzz. What it finds becomes a case.

The input's first byte says what the rest is: raw bytes, or indices into the scraps that pages are made of.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["govdoc"]):
    import govdoc
    from govdoc.errors import GovdocError
    from govdoc.ledger import read_ledger, write_ledger
    from govdoc.rules.registry import all_rules

    # What is imported on use must be imported here to be followed.
    govdoc.clean("教育局的通知\n")
    all_rules()

from test_clean import PIECES


def one(data: bytes) -> None:
    """Clean it, undo it, clean the result again."""
    if not data:
        return
    body = data[1:]
    if data[0] % 2:
        body = "".join(PIECES[byte % len(PIECES)] for byte in body).encode()
    try:
        cleaned = govdoc.clean(govdoc.Source(body))
    except GovdocError:
        return
    if cleaned.undo() != body or read_ledger(write_ledger(cleaned)).undo(cleaned.text) != body:
        raise AssertionError("undo does not give the source back")
    settled = not any(notice.code == "C001" for notice in cleaned.notices)
    if settled and govdoc.clean(govdoc.Source(cleaned.text.encode(), encoding="utf-8")).text != cleaned.text:
        raise AssertionError("cleaning again changes the text")


if __name__ == "__main__":
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()
