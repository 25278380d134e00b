"""`scormkit import`: translations that came back."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from scormkit.cli import options
from scormkit.cli.terminal import show_counts, show_problems


@click.command(
    "import",
    short_help="Takes over translations and questions.",
    epilog=options.examples("scormkit import hygiene-fr.xlf", "scormkit import back/*.xlf --into course/hygiene"),
)
@click.argument(
    "files", metavar="FILE...", type=click.Path(exists=True, dir_okay=False, path_type=Path), nargs=-1, required=True
)
@click.option(
    "--into",
    "folder",
    metavar="DIR",
    type=click.Path(exists=True, path_type=Path),
    help="The course or programme; default: the one here.",
)
@click.option("--to", metavar="TAG", default="", help="The language, where the file does not say it.")
@click.option("--force", is_flag=True, help="Write over a question bank of the same name.")
def import_files(files: tuple[Path, ...], folder: Path | None, to: str, force: bool) -> None:
    """Takes over translations (.xlf, .xliff, .po), and questions of other programs (Moodle: .xml; GIFT: .gift, .txt; tables: .csv).

    Translations go into locales/<language>.po of the course that they belong to; texts that are translated in none of the files
    stay as they were. Questions become a question bank, banks/<name>.md, that tests of the course can draw on.
    """
    from scormkit.banks import holds_questions
    from scormkit.model.problem import Problem, Severity
    from scormkit.translations import imported

    failed = False
    problems: list[Problem] = []
    for file in files:
        if holds_questions(file):
            failed |= not take_questions(file, folder or options.here(), force)
            continue
        try:
            made = imported(file, folder or options.here(), to)
        except OSError as error:
            raise click.ClickException(f"cannot write {error.filename}: {error.strerror or error}") from error
        problems += made.problems
        show_problems(made.problems, verbose=True)
        if made.path:
            click.echo(f"{made.path}: {made.translated} of {made.of} texts are translated")
        failed |= made.path is None or any(p.severity.rank <= Severity.ERROR.rank for p in made.problems)
    show_counts(problems, verbose=True)
    sys.exit(1 if failed else 0)


def take_questions(file: Path, folder: Path, force: bool) -> bool:
    """Whether the questions of a file have become a bank of the course."""
    from scormkit.banks import imported
    from scormkit.load import load

    courses = load(folder).courses
    if len(courses) != 1:
        raise click.UsageError(f"there are {len(courses)} courses in {folder}; name one: --into DIR")
    try:
        made = imported(file, courses[0], force)
    except OSError as error:
        raise click.ClickException(f"cannot write {error.filename}: {error.strerror or error}") from error
    show_problems(made.problems, verbose=True)
    if made.path:
        click.echo(f"{made.path}: {made.questions} questions; tests draw on them with 'from: [{made.path.stem}]'")
    return made.path is not None
