"""``govdoc check``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from govdoc.checking.finding import SEVERITIES, Report
from govdoc.cli.options import Settings, paths_argument, shared_options
from govdoc.cli.run import input_paths, run_each, store
from govdoc.cli.talk import put, say
from govdoc.errors import UsageError
from govdoc.inputs import STDIN, Input, find_inputs
from govdoc.source import Source

ERRORS_FOUND = 1


@click.command()
@paths_argument
@click.option("--format", "name_of_format", type=click.Choice(("text", "json")), default="text", help="How it is told.")
@click.option("--fix", is_flag=True, help="Mend what is mechanical, into -o DIR (default: out), with a ledger.")
@shared_options
def check(paths: tuple[str, ...], name_of_format: str, fix: bool, settings: Settings) -> None:
    """Check text, canonical JSON, .docx or .pdf against GB/T 9704 and the rules of the written language.

    Findings go to stdout: file, line and column, the line with a caret; or JSON Lines, and with each file what was
    checked and what was not. Exit status 1 where one is an error. `govdoc checks` lists the checks.
    """
    items = find_inputs(paths, output=settings.folder, tell=settings.tell)
    if settings.to_stdout and fix:
        raise UsageError("--fix writes a text and its ledger", remedy="use -o DIR")
    off, reports = _switched_off(settings), list[Report]()

    def one(item: Input) -> None:
        source = item.read(settings.encoding)
        report = _fix(item, source, settings, input_paths(items), off) if fix else _check(item, source, settings)
        report = report.without(off)
        reports.append(report)
        _tell(report, name_of_format, settings)

    run_each(items, one, settings)
    if any(report.errors for report in reports):
        sys.stdout.flush()
        raise click.exceptions.Exit(ERRORS_FOUND)


def suffix_of(item: Input, source: Source) -> str:
    """What an input is: by its suffix, standard input by how it begins."""
    begins = source.data.lstrip()[:1] in (b"{", b"[") and b'"govdoc.document/1"' in source.data[:200]
    return ".json" if item.path == STDIN and begins else item.path.suffix.lower()


def _check(item: Input, source: Source, settings: Settings) -> Report:
    from govdoc.checking import check_source

    return check_source(source, suffix_of(item, source), settings.config.clean)


def _switched_off(settings: Settings) -> frozenset[str]:
    """The codes of the checks that the configuration switches off."""
    from govdoc.checking.listing import codes_of

    return codes_of(settings.config.check.disable) if settings.config.check.disable else frozenset()


def _fix(item: Input, source: Source, settings: Settings, inputs: list[Path], off: frozenset[str]) -> Report:
    from govdoc.checking.fixing import fix_text
    from govdoc.checking.report import counted
    from govdoc.filing import cleaned_products
    from govdoc.readers import read_source

    if suffix_of(item, source) in (".json", ".docx", ".pdf"):
        raise UsageError("--fix mends text", place=item.shown, remedy="check without --fix, mend the source")
    item.require_reader()
    fixed, report = fix_text(source.name, read_source(source), settings.config.clean, off)
    for product in cleaned_products(fixed):
        store(settings, item, product.tail, product.data, inputs)
    made = sum(len(each.edits) for each in fixed.ledger)
    if settings.verbosity:
        say(f"{item.shown}: {counted(made, 'place')} mended, {counted(len(report.findings), 'finding')} left")
    return report


def _tell(report: Report, name_of_format: str, settings: Settings) -> None:
    from govdoc.checking.report import counted, coverage_lines, report_lines

    if name_of_format == "json":
        put(b"".join(finding.to_json() + b"\n" for finding in report.findings))
        put(report.coverage.to_json() + b"\n")
        return
    lines = [*report_lines(report), *(coverage_lines(report) if report.unchecked else ())]
    put("".join(f"{line}\n" for line in lines).encode("utf-8", "backslashreplace"))
    if settings.verbosity:
        counts = [sum(finding.severity == each for finding in report.findings) for each in SEVERITIES]
        fixable = sum(finding.fix is not None for finding in report.findings)
        words = ", ".join(
            counted(count, each) for count, each in zip(counts, ("error", "warning", "note"), strict=True)
        )
        say(
            f"{report.file}: {words} in {counted(len(report.checked), 'check')}"
            + (f"; {fixable} can be mended with --fix" if fixable else "")
        )
