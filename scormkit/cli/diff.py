"""`scormkit diff`: what changed between two versions of a course, and who loses what."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from scormkit.cli import options
from scormkit.cli.terminal import write_report


@click.command(
    short_help="Says what changed, and what learners lose.",
    epilog=options.examples("scormkit diff build/hygiene-1.0.0-scorm12.zip course/hygiene"),
)
@click.argument("old", type=click.Path(exists=True, path_type=Path))
@click.argument("new", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--format",
    "report",
    type=click.Choice(["text", "json", "html"]),
    default="text",
    show_default=True,
    help="Of the report.",
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option("-o", "--out", type=click.Path(path_type=Path), help="Write the report to this file.")
def diff(old: Path, new: Path, report: str, as_json: bool, out: Path | None) -> None:
    """Says what changed between two versions of a course, and what learners under way lose.

    OLD and NEW are packages or course folders. Exit status: 1 when somebody loses something.
    """
    from scormkit.compare import Effect
    from scormkit.compare.report import as_html, as_json_text, as_text
    from scormkit.releases import CannotCompare
    from scormkit.releases import diff as compare

    try:
        comparisons = compare(old, new)
    except CannotCompare as error:
        raise click.UsageError(str(error)) from error
    if as_json or report == "json":
        text = as_json_text(comparisons)
    else:
        text = as_html(comparisons) if report == "html" else "\n".join(as_text(one) for one in comparisons)
    write_report(text, out)
    sys.exit(1 if any(one.effect is not Effect.NOTHING for one in comparisons) else 0)
