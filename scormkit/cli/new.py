"""`scormkit new`: a course from the starter."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from scormkit.cli import options
from scormkit.cli.terminal import show_problems


@click.command(
    short_help="Makes a course, ready to build.",
    epilog=options.examples('scormkit new my-course --title "Safe sleep at home"'),
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--title", default="My first course", show_default=True, help="The course's title.")
@click.option("--id", "identifier", help="Its permanent id, an IRI that you control; default: a fresh urn:uuid.")
def new(folder: Path, title: str, identifier: str | None) -> None:
    """Makes a course in the new folder DIR, ready to build."""
    from scormkit.starter import make

    if not title.strip():
        raise click.BadParameter("it is empty; leave it out, or say what the course is called", param_hint="--title")
    if identifier is not None:
        _expect_identity(identifier, title)
    problem = make(folder, title, identifier)
    if problem:
        show_problems([problem], verbose=True)
        sys.exit(1)
    named = f'"{folder}"' if " " in str(folder) else folder
    click.echo(
        f"A course is in {folder}. See it in the browser, and make packages of it:\n\n"
        f"    scormkit preview {named}\n    scormkit build {named}\n\n"
        f"Then change {folder / 'course.yaml'}: its title, summary and objectives; and the pages in {folder / 'pages'}."
    )


def _expect_identity(identifier: str, title: str) -> None:
    """Raises BadParameter for an id that the check of the course would refuse."""
    from scormkit.check.course.settings import identity
    from scormkit.model.course import Course
    from scormkit.model.problem import Severity
    from scormkit.model.settings import CourseSettings

    for problem in identity(Course(settings=CourseSettings(id=identifier or " ", title=title))):
        if problem.severity.rank <= Severity.ERROR.rank:
            raise click.BadParameter(problem.told, param_hint="--id")
