"""The command line: arguments in, problems and an exit status out. All else is imported where a command needs it.

Exit status: 0 clean, 1 problems found, 2 misuse.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scormkit import __version__

if TYPE_CHECKING:
    from scormkit.model.problem import Problem
    from scormkit.pipeline import Built

FORMATS = ("scorm12", "xapi")
PROFILES = ("generic", "moodle", "nhs-learning-hub", "aicc-relay", "cornerstone", "open-edx")
COLOURS = {"fatal": "red", "error": "red", "warning": "yellow", "info": "cyan", "usage": "cyan"}

profile_option = click.option(
    "--profile", "profiles", multiple=True, type=click.Choice(PROFILES), help="A host the course must work on."
)
strict_option = click.option("--strict", is_flag=True, help="Warnings stop the build too.")


@click.group(
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Start with:  scormkit new my-course   then   scormkit build my-course",
)
@click.version_option(__version__, prog_name="scormkit")
@click.pass_context
def main(context: click.Context) -> None:
    """Compiles a plain-text course folder into packages that any LMS can run."""
    if os.environ.get("NO_COLOR"):
        context.color = False


@main.command(epilog="Example:  scormkit new my-course --title 'Safe sleep at home'")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--title", default="My first course", show_default=True, help="The course's title.")
@click.option("--id", "identifier", help="Its permanent id, an IRI that you control; default: a fresh urn:uuid.")
def new(folder: Path, title: str, identifier: str | None) -> None:
    """Makes a course in the new folder DIR, ready to build."""
    from scormkit.starter import make

    problem = make(folder, title, identifier)
    if problem:
        _finish([problem], strict=False)
    click.echo(
        f"A course is in {folder}. Next:\n\n    scormkit build {folder}\n\nThen change {folder}/course.yaml first."
    )


@main.command(epilog="Examples:  scormkit build            scormkit build course/co-production -f scorm12 --strict")
@click.argument("folder", metavar="[DIR]", type=click.Path(path_type=Path), required=False)
@click.option("-f", "--format", "formats", multiple=True, type=click.Choice(FORMATS), help="Default: the course's own.")
@click.option("-o", "--out", type=click.Path(path_type=Path), default=Path("build"), show_default=True)
@profile_option
@strict_option
@click.option("--new-course", is_flag=True, help="Allow changes after which learners under way lose their progress.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object, for CI.")
def build(
    folder: Path | None,
    formats: tuple[str, ...],
    out: Path,
    profiles: tuple[str, ...],
    strict: bool,
    new_course: bool,
    as_json: bool,
) -> None:
    """Checks the course or programme in DIR and writes its packages.

    DIR is by default the course or programme in the folder you are in, else the one in course/.
    """
    from scormkit import pipeline

    with _Bar(quiet=as_json) as bar:
        built = pipeline.build(
            folder or _here(),
            formats=formats,
            out=out,
            profiles=profiles,
            strict=strict,
            new_course=new_course,
            progress=bar.step,
        )
    if as_json:
        _print_json(_as_data(built))
        sys.exit(1 if built.refused else 0)
    _print_problems(built.problems)
    for package in built.packages:
        click.echo(f"{package.path}  {_size(package.size)}")
    if built.refused and not built.packages:
        click.echo("Nothing was built.", err=True)
    sys.exit(1 if built.refused else 0)


@main.command(epilog="Examples:  scormkit check course        scormkit check build/*.zip --profile moodle")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--format", "report", type=click.Choice(["text", "json", "sarif", "junit", "html"]), default="text")
@click.option("-o", "--out", type=click.Path(path_type=Path), help="Write the report to this file.")
@profile_option
@strict_option
def check(paths: tuple[Path, ...], report: str, out: Path | None, profiles: tuple[str, ...], strict: bool) -> None:
    """Checks course folders and packages (of any tool) and says what is wrong, where, and what to do."""
    from scormkit.pipeline import examine

    problems = [problem for path in paths for problem in examine(path, profiles)]
    _finish(problems, strict)


@main.command(epilog="Examples:  scormkit preview            scormkit preview course --profile moodle --no-open")
@click.argument("folder", metavar="[DIR]", type=click.Path(path_type=Path), required=False)
@click.option("--port", type=click.IntRange(1, 65535), help="Default: 8642, or the next free one.")
@click.option("--no-open", is_flag=True, help="Do not open the browser.")
@profile_option
def preview(folder: Path | None, port: int | None, no_open: bool, profiles: tuple[str, ...]) -> None:
    """Shows the course in the browser, inside an emulated LMS that shows every call; reloads on save.

    Only this machine can see it. Stop it with Ctrl-C.
    """
    from scormkit.preview import serve

    try:
        serve(folder or _here(), port, open_browser=not no_open, profiles=profiles)
    except ModuleNotFoundError as error:
        raise click.ClickException(
            f"the preview needs {error.name}, which is not installed; run: pip install 'scormkit[preview]'"
        ) from error
    except OSError as error:
        raise click.ClickException(f"cannot serve on port {port}: {error.strerror}; choose another --port") from error


@main.command(epilog="Example:  scormkit diff build/hygiene-1.0.0-scorm12.zip course/hygiene")
@click.argument("old", type=click.Path(exists=True, path_type=Path))
@click.argument("new", type=click.Path(exists=True, path_type=Path))
@click.option("--format", "report", type=click.Choice(["text", "json", "html"]), default="text", show_default=True)
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
    try:
        with click.open_file(str(out or "-"), "w", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise click.ClickException(f"cannot write {out}: {error.strerror}") from error
    sys.exit(1 if any(one.effect is not Effect.NOTHING for one in comparisons) else 0)


@main.command(epilog="Example:  scormkit explain QST001")
@click.argument("identifier", metavar="ID")
def explain(identifier: str) -> None:
    """Says what a message means, why it matters and what to do."""
    from scormkit.check import catalogue, messages
    from scormkit.model.problem import nearest

    rules = catalogue()
    rule = rules.get(identifier.upper())
    if rule is None:
        near = nearest(identifier.upper(), rules)
        raise click.BadParameter(f"there is no message {identifier}" + (f"; did you mean {near}?" if near else ""))
    click.echo(messages.explain(rule))


def _here() -> Path:
    """The folder that a command without DIR means."""
    here = Path()
    settled = any((here / name).exists() for name in ("programme.yaml", "course.yaml"))
    return here if settled or not Path("course").is_dir() else Path("course")


def _finish(problems: Sequence[Problem], strict: bool) -> None:
    """Prints what was found and leaves with the fitting exit status."""
    from scormkit.pipeline import refuses

    _print_problems(problems)
    sys.exit(1 if refuses(problems, strict) else 0)


def _print_problems(problems: Sequence[Problem]) -> None:
    for problem in problems:
        severity = click.style(f"{problem.severity} {problem.id}", fg=COLOURS[problem.severity], bold=True)
        click.echo(f"{problem.span}: {severity}: {problem.message}; {problem.remedy}")
    if problems:
        counts = {name: sum(p.severity == name for p in problems) for name in COLOURS}
        click.echo(", ".join(f"{n} {name}{'s' if n > 1 else ''}" for name, n in counts.items() if n), err=True)


def _as_data(built: Built) -> dict[str, Any]:
    return {
        "built": not built.refused,
        "packages": [
            {
                "course": package.course,
                "format": package.format,
                "path": package.path.as_posix(),
                "bytes": package.size,
                "sha256": package.sha256,
                "codebook": [path.as_posix() for path in package.codebook],
            }
            for package in built.packages
        ],
        "problems": [
            {
                "id": problem.id,
                "severity": str(problem.severity),
                "path": problem.span.path,
                "line": problem.span.line,
                "column": problem.span.column,
                "message": problem.message,
                "remedy": problem.remedy,
            }
            for problem in built.problems
        ],
    }


def _print_json(data: dict[str, Any]) -> None:
    import json

    click.echo(json.dumps(data, indent=2, ensure_ascii=False))


def _size(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(1, round(size / 1000))} KB"


class _Bar:
    """A progress bar that appears when a build takes long and somebody is watching a terminal."""

    def __init__(self, quiet: bool) -> None:
        self._watched = not quiet and sys.stderr.isatty()
        self._bar: Any = None
        self._task: Any = None
        self._began = 0.0

    def __enter__(self) -> _Bar:
        import time

        self._began = time.monotonic()
        return self

    def step(self, what: str, done: int, total: int) -> None:
        """Shows `what` was done, `done` of `total` steps."""
        import time

        if self._bar is None and self._watched and time.monotonic() - self._began > 0.5 and done < total:
            from rich.console import Console
            from rich.progress import Progress

            self._bar = Progress(console=Console(stderr=True), transient=True)
            self._bar.start()
            self._task = self._bar.add_task("", total=total)
        if self._bar is not None:
            self._bar.update(self._task, completed=done, description=what)

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()
