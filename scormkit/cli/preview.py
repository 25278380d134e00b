"""`scormkit preview`: the course in the browser, beside an LMS."""

from __future__ import annotations

from pathlib import Path

import click

from scormkit.cli import options

OPENS = ("course.yaml", "programme.yaml", "imsmanifest.xml", "tincan.xml")
"""By one of these files a folder shows that there is something to preview."""


@click.command(
    short_help="Shows a course beside an emulated LMS.",
    epilog=options.examples("scormkit preview", "scormkit preview course --profile moodle --no-open"),
)
@click.argument("folder", metavar="[DIR|PACKAGE]", type=click.Path(path_type=Path), required=False)
@click.option("--port", type=click.IntRange(1, 65535), help="Default: 8642, or the next free one.")
@click.option("--no-open", is_flag=True, help="Do not open the browser.")
@options.profiles
def preview(folder: Path | None, port: int | None, no_open: bool, profiles: tuple[str, ...]) -> None:
    """Shows the course in the browser, inside an emulated LMS that shows every call; reloads on save.

    A finished package of any tool can be shown, too. Only this machine can see it. Stop it with Ctrl-C.
    """
    from scormkit.preview import serve

    shown = folder or options.here()
    if not shown.exists() or not (shown.is_file() or any((shown / name).is_file() for name in OPENS)):
        raise click.UsageError(
            f"there is no course and no package in {shown}; name the folder that holds course.yaml or programme.yaml"
        )
    try:
        serve(shown, port, open_browser=not no_open, profiles=profiles)
    except ModuleNotFoundError as error:
        raise click.ClickException(
            f"the preview needs {error.name}, which is not installed; run: pip install 'scormkit[preview]'"
        ) from error
    except OSError as error:
        raise click.ClickException(f"cannot serve on port {port}: {error.strerror}; choose another --port") from error
