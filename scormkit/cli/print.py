"""`scormkit print`: the course as a handout."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from scormkit.cli import options
from scormkit.cli.sheets import readable, write_sheets

if TYPE_CHECKING:
    from scormkit.model.course import Course


@click.command(
    "print",
    short_help="Writes a handout, as HTML or PDF.",
    epilog=options.examples("scormkit print course/hygiene --answers", "scormkit print course/hygiene --pdf"),
)
@click.argument("folder", metavar="[DIR]", type=click.Path(exists=True, path_type=Path), required=False)
@click.option("--answers", is_flag=True, help="With what is right, the feedback and hints.")
@click.option("--pdf", "as_pdf", is_flag=True, help="As PDF; needs Chromium, Chrome or Edge on this machine.")
@click.option("-o", "--out", type=click.Path(path_type=Path), help="Default: build/<course>-<version>-handout.html")
def print_course(folder: Path | None, answers: bool, as_pdf: bool, out: Path | None) -> None:
    """Writes the course as a handout: one accessible file, HTML ready to print or (--pdf) a tagged PDF.

    A name that ends in .pdf asks for a PDF, too.
    """
    from scormkit.review import handout

    kind = "answers" if answers else "handout"
    if as_pdf and out is not None and out.suffix.lower() != ".pdf":
        raise click.UsageError(f"--pdf writes a PDF, but {out} does not end in .pdf; change one of the two")
    courses = readable(folder or options.here())
    if as_pdf or (out is not None and out.suffix.lower() == ".pdf"):
        write_sheets(courses, kind, lambda course: _printed(course, answers), out, ".pdf")
    else:
        write_sheets(courses, kind, lambda course: handout(course, answers).encode(), out)


def _printed(course: Course, answers: bool) -> bytes:
    from scormkit.preview.browser import NotPossible, find_browser, sandbox
    from scormkit.review import handout
    from scormkit.review.pdf import NotPrinted, pdf

    try:
        return pdf(handout(course, answers), find_browser(), sandbox())
    except (NotPossible, NotPrinted) as error:
        raise click.ClickException(f"{error}; or leave out --pdf, and print the HTML file from any browser") from error
