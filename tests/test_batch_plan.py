"""What a batch plans from what is recorded, the job ledger, and what the version of a product covers."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from govdoc.batch.jobs import MIGRATIONS, Made, Record, Result, open_ledger
from govdoc.batch.plan import Condition, Sight, make_plan
from govdoc.batch.versions import DEPENDS, KINDS, code_files
from govdoc.errors import OutputError
from govdoc.inputs import Input
from test_architecture import Import, imports, modules

ITEM = Input(Path("a.txt"), "a.txt", Path("a"))
SIGHT = Sight(ITEM, "/x/a.txt", "11", 5, 1, {"text": "k1", "pdf": "k2"})
DONE = Record(
    "a", "/x/a.txt", "11", 5, 1, "done", 1, keys=dict(SIGHT.keys),
    products=(Made("a.txt", "text", "s", 1, 1), Made("a.pdf", "pdf", "s", 1, 1)),
)  # fmt: skip
FAILED = replace(DONE, state="failed", error="e", exit_status=3, products=())


@pytest.mark.parametrize(
    ("record", "condition", "retry", "expected"),
    [
        (None, "as made", False, ("new", ("text", "pdf"))),
        (DONE, "as made", False, None),
        (DONE, "changed", False, None),
        (replace(DONE, sha256="22"), "as made", False, ("changed", ("text", "pdf"))),
        (replace(DONE, keys={"text": "k1", "pdf": "old"}), "as made", False, ("stale", ("pdf",))),
        (replace(DONE, keys={"text": "k1"}), "as made", False, ("stale", ("pdf",))),
        (replace(DONE, products=DONE.products[1:]), "missing", False, ("stale", ("pdf",))),
        (FAILED, "as made", False, None),
        (FAILED, "as made", True, ("retried", ("text", "pdf"))),
        (replace(FAILED, exit_status=OutputError.exit_status), "as made", False, ("retried", ("text", "pdf"))),
        (replace(FAILED, keys={"text": "old", "pdf": "k2"}), "as made", False, ("stale", ("text", "pdf"))),
    ],
)
def test_what_is_done_follows_from_what_is_recorded(
    record: Record | None, condition: Condition, retry: bool, expected: tuple[str, tuple[str, ...]] | None
) -> None:
    plan = make_plan([(SIGHT, record)], (), lambda made: condition, lambda origin: True, retry_failed=retry)
    assert [(step.reason, step.kinds) for step in plan.steps] == ([expected] if expected else [])


def test_what_a_person_changed_is_made_again_by_force() -> None:
    plan = make_plan([(SIGHT, DONE)], (), lambda made: "changed", lambda origin: True, force=True)
    assert [(step.reason, step.kinds) for step in plan.steps] == [("stale", ("text", "pdf"))]


def test_only_a_source_that_is_gone_is_removed() -> None:
    sources = [("a", "/gone"), ("b", "/gone"), ("c", "/there")]
    plan = make_plan([(SIGHT, DONE)], sources, lambda made: "as made", lambda origin: origin == "/there")
    assert plan.removed == {"b": "/gone"}, "what is seen is there"


def test_a_ledger_of_a_newer_govdoc_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "jobs.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    with pytest.raises(OutputError, match="newer govdoc"), open_ledger(path):
        pass


def test_a_record_comes_back_as_it_was_stored(tmp_path: Path) -> None:
    record = replace(DONE, notices={"D101": 2}, finished="2025-01-01T00:00:00+00:00", seconds=0.5)
    with open_ledger(tmp_path / "jobs.sqlite") as ledger:
        with ledger.transaction():
            ledger.store(record)
        ledger.store_results(Result("a", b"documents", None))
        stored = replace(record, products=tuple(sorted(record.products)))
        assert (list(ledger.records()), ledger.record("a"), ledger.record("b")) == ([stored], stored, None)
        assert list(ledger.results()) == [("a", b"documents", None, None)]
        ledger.drop("a")
        assert (list(ledger.records()), list(ledger.results())) == ([], [])


BEFORE = ("cleaning", "readers", "parsing", "supplying")
ENTRIES = {
    "text": ("cleaning", "readers", "ledger"),
    "json": BEFORE,
    "markdown": (*BEFORE, "markdown"),
    "docx": (*BEFORE, "exporting.docx"),
    "pdf": (*BEFORE, "exporting.pdf"),
    "indicators": (*BEFORE, "measuring"),
}
"""Kind of product → the modules that its making enters by."""


@pytest.fixture(scope="module")
def edges() -> list[Import]:
    return imports()


@pytest.mark.parametrize("kind", KINDS)
def test_a_products_version_covers_all_the_code_it_is_made_by(kind: str, edges: list[Import]) -> None:
    todo = [module for module in modules() for name in ENTRIES[kind] if f"{module}.".startswith(f"govdoc.{name}.")]
    reached: set[str] = set()
    while todo:
        module = todo.pop()
        if module not in reached:
            reached.add(module)
            todo += [edge.target for edge in edges if edge.importer == module]
    covered = {path.resolve() for pattern in DEPENDS[kind] for path in code_files(pattern)}
    left_out = {module for module in reached if modules()[module].resolve() not in covered}
    assert left_out <= {"govdoc", "govdoc.errors"}, "add these to DEPENDS"
