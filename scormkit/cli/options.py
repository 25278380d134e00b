"""What several commands take, and the folder that they mean when none is named."""

from __future__ import annotations

from pathlib import Path

import click

FORMATS = ("scorm12", "xapi")
PROFILES = ("generic", "moodle", "nhs-learning-hub", "aicc-relay", "cornerstone", "open-edx")

profiles = click.option(
    "--profile", "profiles", multiple=True, type=click.Choice(PROFILES), help="A host that it must work on."
)
strict = click.option("--strict", is_flag=True, help="Warnings count as errors.")
verbose = click.option("-v", "--verbose", is_flag=True, help="Show advice too.")
budget = click.option(
    "--budget", is_flag=True, help="Show how much learners' saved progress takes, by page and question."
)


def examples(*commands: str) -> str:
    """The end of a command's help: each example on a line of its own, to be copied as it stands."""
    return "\n".join(("\b", "Examples:" if len(commands) > 1 else "Example:", *(f"  {one}" for one in commands)))


def here() -> Path:
    """The folder that a command without DIR means: the course or programme here, else the one in course/."""
    folder = Path()
    settled = any((folder / name).exists() for name in ("programme.yaml", "course.yaml"))
    return folder if settled or not Path("course").is_dir() else Path("course")
