"""`scormkit review`: a copy for reviewers, their comments, and the fingerprint that a sign-off names."""

from __future__ import annotations

from pathlib import Path

import click

from scormkit.cli import options
from scormkit.cli.sheets import readable, write_sheets


@click.command(
    short_help="Writes a copy to comment on; lists comments.",
    epilog=options.examples("scormkit review course/hygiene", "scormkit review --import comments.json course/hygiene"),
)
@click.argument("folder", metavar="[DIR]", type=click.Path(exists=True, path_type=Path), required=False)
@click.option("-o", "--out", type=click.Path(path_type=Path), help="Default: build/<course>-<version>-review.html")
@click.option(
    "--import", "comments", type=click.Path(exists=True, path_type=Path), help="List the comments in this file."
)
@click.option("--hash", "only_hash", is_flag=True, help="Print the hash of the content, for review.signed-off.")
def review(folder: Path | None, out: Path | None, comments: Path | None, only_hash: bool) -> None:
    """Writes the course as one HTML file in which reviewers comment: every page, all answers, feedback and branches.

    Reviewers need no more than a browser. What they save and send back is listed at file and line by --import.
    """
    from scormkit.model.fingerprint import fingerprint
    from scormkit.review import CommentsUnreadable, read_comments, review_copy

    if comments and only_hash:
        raise click.UsageError("--import and --hash are two things to do; choose one")
    courses = readable(folder or options.here())
    if only_hash:
        for course in courses:
            click.echo(f"{fingerprint(course)}  {course.settings.id}")
    elif comments:
        if len(courses) > 1:
            raise click.UsageError("comments belong to one course; name its folder as DIR")
        try:
            found = read_comments(comments, courses[0].settings.id, review_copy(courses[0])[1].units)
        except CommentsUnreadable as error:
            raise click.ClickException(str(error)) from error
        for comment in found:
            click.echo(str(comment))
    else:
        write_sheets(courses, "review", lambda course: review_copy(course)[0].encode(), out)
