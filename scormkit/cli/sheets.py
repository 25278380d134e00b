"""What `review` and `print` have in common: the courses of a folder, and one HTML file for each of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scormkit.cli.terminal import make_room, show_problems, size, write_file

if TYPE_CHECKING:
    from scormkit.model.course import Course


def readable(folder: Path) -> tuple[Course, ...]:
    """The courses in a folder. What stood in the way of reading it is shown; raises ClickException where nothing is left."""
    from scormkit.load import load

    programme = load(folder)
    found = [*programme.problems, *(problem for course in programme.courses for problem in course.problems)]
    show_problems(sorted(one for one in found if one.severity in ("fatal", "error")), verbose=False)
    if not programme.courses:
        raise click.ClickException(f"there is no course to show in {folder}")
    return programme.courses


def write_sheets(
    courses: Sequence[Course], kind: str, make: Callable[[Course], bytes], out: Path | None, suffix: str = ".html"
) -> None:
    """One file a course: `out`, or a name in build/ that says what `kind` it is. Raises UsageError for several in one."""
    if out and len(courses) > 1:
        raise click.UsageError(
            f"there are {len(courses)} courses in the folder; --out names one file, so name one course"
        )
    from scormkit.package import package_name

    for course in courses:
        path = out or Path("build", package_name(course, kind)).with_suffix(suffix)
        data = make(course)
        make_room(path)
        write_file(data, path)
        click.echo(f"{path}  {size(len(data))}")
