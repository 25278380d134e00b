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
    short_help="Says what is wrong with courses and packages.",
    epilog=options.examples(
        "scormkit check course", "scormkit check build/*.zip --profile moodle --format html -o report.html"
    ),
)
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--format", "report", type=click.Choice(REPORTS), default="text", show_default=True, help="Of the report."
)
@click.option("-o", "--out", type=click.Path(path_type=Path), help="Write the report to this file.")
@options.profiles
@click.option("--statements", is_flag=True, help="The files are lists of xAPI statements in JSON.")
@click.option("--log", "log", is_flag=True, help="The files are recorded SCORM calls in JSON.")
@click.option("--run", "run", is_flag=True, help="Also try packages out in a browser without network.")
@click.option("--items", type=click.IntRange(1, 1000), default=20, show_default=True, help="Items tried out by --run.")
@click.option(
    "--record", type=click.Path(file_okay=False, path_type=Path), help="Keep what --run saw called in this folder."
)
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
    log: bool,
    run: bool,
    items: int,
    record: Path | None,
    changes: tuple[str, ...],
    severities: Path | None,
    strict: bool,
    budget: bool,
    verbose: bool,
) -> None:
    """Checks course folders and packages (of any tool) and says what is wrong, where, and what to do."""
    from scormkit.pipeline import examine, examine_all, refuses

    if statements and log:
        raise click.UsageError("--statements and --log are for different files; give one of them")
    subjects = []
    one_by_one = (examine(path, statements=statements, log=log) for path in paths)
    checked = one_by_one if statements or log else examine_all(paths, profiles)
    with Bar() as bar:
        for number, path in enumerate(paths):
            bar.step(str(path), number, len(paths))
            subject = next(checked)
            subjects.append(_tried(subject, path, items, record) if run and subject.report else subject)
    subjects = _with_severities(subjects, changes, severities)
    if report == "text" and out is None:
        for subject in subjects:
            show_problems(subject.problems, verbose)
            _sum_up(subject, budget, hosts=verbose or len(subjects) == 1)
    else:
        write_report(_written(subjects, report, strict), out)
    sys.exit(1 if refuses([problem for subject in subjects for problem in subject.problems], strict) else 0)


def _tried(subject: Subject, path: Path, items: int, record: Path | None) -> Subject:
    """The subject with what its package did when it was tried out in a browser; told where it cannot be started."""
    from scormkit.preview.browser import NotPossible, find_browser
    from scormkit.preview.trial import added, recordings, try_out

    try:
        find_browser()
    except NotPossible as error:
        raise click.ClickException(str(error)) from error
    try:
        tried = try_out(path, items=items)
    except NotPossible as error:
        click.echo(f"{path}: not tried out: {error}", err=True)
        return subject
    if record is not None:
        record.mkdir(parents=True, exist_ok=True)
        for name, data in recordings(tried):
            write_report(json.dumps(data, indent=1, ensure_ascii=False) + "\n", record / f"{path.stem}-{name}.json")
    return added(subject, tried)


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


def _sum_up(subject: Subject, budget: bool, hosts: bool) -> None:
    """What was left out, what was checked and how much was found; where it works, and budgets, where asked for."""
    from scormkit.check.report import summary
    from scormkit.check.report_html import verdicts

    if subject.report:
        for rule, count in subject.report.more:
            click.echo(f"{subject.path}: {count} more of {rule}")
    click.echo(summary(subject), err=True)
    if hosts and subject.report and subject.report.verdicts:
        click.echo(verdicts(subject.report), err=True)
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
