"""`scormkit build`: a course or programme becomes packages."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scormkit.cli import options
from scormkit.cli.terminal import Bar, show_budgets, show_counts, show_problems, size

if TYPE_CHECKING:
    from scormkit.pipeline import Built


@click.command(
    short_help="Checks a course and writes its packages.",
    epilog=options.examples("scormkit build", "scormkit build course/co-production -f scorm12 --strict"),
)
@click.argument("folder", metavar="[DIR]", type=click.Path(path_type=Path), required=False)
@click.option(
    "-f",
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(options.FORMATS),
    help="What to build, once for each; default: what the settings say.",
)
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path),
    default=Path("build"),
    show_default=True,
    help="The folder for the packages.",
)
@options.profiles
@options.strict
@click.option("--new-course", is_flag=True, help="Allow changes after which learners under way lose their progress.")
@options.budget
@options.verbose
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object, for CI.")
def build(
    folder: Path | None,
    formats: tuple[str, ...],
    out: Path,
    profiles: tuple[str, ...],
    strict: bool,
    new_course: bool,
    budget: bool,
    verbose: bool,
    as_json: bool,
) -> None:
    """Checks the course or programme in DIR and writes its packages.

    DIR is by default the course or programme in the folder you are in, else the one in course/.
    """
    from scormkit import pipeline

    with Bar(quiet=as_json) as bar:
        built = pipeline.build(
            folder or options.here(),
            formats=formats,
            out=out,
            profiles=profiles,
            strict=strict,
            new_course=new_course,
            progress=bar.step,
        )
    if as_json:
        import json

        click.echo(json.dumps(_as_data(built), indent=2, ensure_ascii=False))
    else:
        _show(built, verbose, budget)
    sys.exit(1 if built.refused else 0)


def _show(built: Built, verbose: bool, budget: bool) -> None:
    show_problems(built.problems, verbose)
    show_counts(built.problems, verbose)
    if built.packages or budget:
        show_budgets(built.budgets, whole=budget)
    for package in built.packages:
        click.echo(f"{package.path}  {size(package.size)}")
    if built.refused and not built.packages:
        click.echo("Nothing was built.", err=True)


def _as_data(built: Built) -> dict[str, Any]:
    from scormkit.check.report import problem

    return {
        "built": not built.refused,
        "packages": [
            {
                "course": package.course,
                "format": package.format,
                "path": package.path.as_posix(),
                "bytes": package.size,
                "sha256": package.sha256,
                "beside": [path.as_posix() for path in package.beside],
            }
            for package in built.packages
        ],
        "budgets": [asdict(budget) for budget in built.budgets],
        "problems": [problem(one) for one in built.problems],
    }
