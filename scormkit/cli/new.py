"""`scormkit new`: a course from the starter."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from scormkit.cli.terminal import show_problems


@click.command(epilog="Example:  scormkit new my-course --title 'Safe sleep at home'")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--title", default="My first course", show_default=True, help="The course's title.")
@click.option("--id", "identifier", help="Its permanent id, an IRI that you control; default: a fresh urn:uuid.")
def new(folder: Path, title: str, identifier: str | None) -> None:
    """Makes a course in the new folder DIR, ready to build."""
    from scormkit.starter import make

    problem = make(folder, title, identifier)
    if problem:
        show_problems([problem], verbose=True)
        sys.exit(1)
    click.echo(
        f"A course is in {folder}. Next:\n\n    scormkit build {folder}\n\nThen change {folder}/course.yaml first."
    )
