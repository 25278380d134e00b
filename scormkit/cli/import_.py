"""`scormkit import`: translations that came back."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from scormkit.cli import options
from scormkit.cli.terminal import show_counts, show_problems


@click.command(
    "import", epilog="Examples:  scormkit import hygiene-fr.xlf       scormkit import back/*.xlf --into course/hygiene"
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
def import_files(files: tuple[Path, ...], folder: Path | None, to: str) -> None:
    """Takes over translations (.xlf, .xliff, .po) into locales/<language>.po of the course that they belong to.

    Texts that are translated in none of the files stay as they were.
    """
    from scormkit.model.problem import Problem, Severity
    from scormkit.translations import imported

    failed = False
    problems: list[Problem] = []
    for file in files:
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
