"""`scormkit print`: the course as a handout."""

from __future__ import annotations

from pathlib import Path

import click

from scormkit.cli import options
from scormkit.cli.sheets import readable, write_sheets


@click.command("print", epilog="Example:  scormkit print course/hygiene --answers")
@click.argument("folder", metavar="[DIR]", type=click.Path(exists=True, path_type=Path), required=False)
@click.option("--answers", is_flag=True, help="With what is right, the feedback and hints.")
@click.option("-o", "--out", type=click.Path(path_type=Path), help="Default: build/<course>-<version>-handout.html")
def print_course(folder: Path | None, answers: bool, out: Path | None) -> None:
    """Writes the course as a handout: one accessible HTML file, ready to print or to save as PDF from a browser."""
    from scormkit.review import handout

    courses = readable(folder or options.here())
    write_sheets(courses, "answers" if answers else "handout", lambda course: handout(course, answers), out)
