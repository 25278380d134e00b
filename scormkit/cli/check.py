"""`scormkit check`: what is wrong with course folders, packages of any tool and lists of statements."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scormkit.cli import options
from scormkit.cli.terminal import Bar, show_budgets, show_problems, write_report

if TYPE_CHECKING:
    from scormkit.check.report import Subject

REPORTS = ("text", "json", "sarif", "junit", "html")


@click.command(
    epilog="Examples:  scormkit check course        scormkit check build/*.zip --profile moodle --format html -o report.html"
)
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--format", "report", type=click.Choice(REPORTS), default="text", show_default=True)
@click.option("-o", "--out", type=click.Path(path_type=Path), help="Write the report to this file.")
@options.profiles
@click.option("--statements", is_flag=True, help="The files are lists of xAPI statements in JSON.")
@click.option("--run", "run", is_flag=True, help="Also try packages out in a browser without network.")
@click.option("--severity", "changes", multiple=True, metavar="ID=LEVEL", help="Such as ACC004=error, or CON=off.")
@click.option(
    "--severities", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A file of such lines."
)
@options.strict
@options.budget
@options.verbose
def check(
    paths: tuple[Path, ...],
    report: str,
    out: Path | None,
    profiles: tuple[str, ...],
    statements: bool,
    run: bool,
    changes: tuple[str, ...],
    severities: Path | None,
    strict: bool,
    budget: bool,
    verbose: bool,
) -> None:
    """Checks course folders and packages (of any tool) and says what is wrong, where, and what to do."""
    from scormkit.pipeline import examine, refuses

    subjects = []
    with Bar() as bar:
        for number, path in enumerate(paths):
            bar.step(str(path), number, len(paths))
            subject = examine(path, profiles, statements=statements)
            subjects.append(_tried(subject, path) if run and subject.report else subject)
    subjects = _with_severities(subjects, changes, severities)
    if report == "text" and out is None:
        for subject in subjects:
            show_problems(subject.problems, verbose)
            _sum_up(subject, budget)
    else:
        write_report(_written(subjects, report, strict), out)
    sys.exit(1 if refuses([problem for subject in subjects for problem in subject.problems], strict) else 0)


def _tried(subject: Subject, path: Path) -> Subject:
    """The subject with what its package did when it was tried out in a browser; told where it cannot be started."""
    from scormkit.preview.trial import NotPossible, added, find_browser, try_out

    try:
        find_browser()
    except NotPossible as error:
        raise click.ClickException(str(error)) from error
    try:
        return added(subject, try_out(path))
    except NotPossible as error:
        click.echo(f"{path}: not tried out: {error}", err=True)
        return subject


def _with_severities(subjects: list[Subject], changes: Sequence[str], file: Path | None) -> list[Subject]:
    """The subjects with the severities that the user asked for, those of the command line before those of the file."""
    from scormkit.check import catalogue
    from scormkit.check.severities import apply, parse

    try:
        lines = file.read_text(encoding="utf-8").splitlines() if file else []
        if not lines and not changes:
            return subjects
        wanted = parse([*lines, *changes], catalogue())
    except (OSError, ValueError) as error:
        raise click.UsageError(str(error)) from error
    return [replace(subject, problems=apply(subject.problems, wanted)) for subject in subjects]


def _sum_up(subject: Subject, budget: bool) -> None:
    """What was left out, what was checked and how much was found; budgets, where asked for."""
    from scormkit.check.report import summary

    if subject.report:
        for rule, count in subject.report.more:
            click.echo(f"{subject.path}: {count} more of {rule}")
    click.echo(summary(subject), err=True)
    if budget:
        show_budgets(subject.budgets, whole=True)


def _written(subjects: Sequence[Subject], report: str, strict: bool) -> str:
    from scormkit.check import report as plain

    if report == "json":
        return json.dumps(plain.data(subjects), indent=2, ensure_ascii=False) + "\n"
    if report == "sarif":
        from scormkit.check.report_sarif import sarif

        return json.dumps(sarif(subjects), indent=2, ensure_ascii=False) + "\n"
    if report == "junit":
        from scormkit.check.report_junit import junit

        return junit(subjects, strict)
    if report == "html":
        from scormkit.check.report_html import page

        return page(subjects)
    return plain.text(subjects)
