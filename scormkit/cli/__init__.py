"""The command line: arguments in, problems and an exit status out. One module a command.

Exit status: 0 clean, 1 problems found, 2 misuse. What a command needs is imported when it runs, so that `--help` is
there at once.
"""

from __future__ import annotations

import gc
import os

import click

from scormkit import __version__
from scormkit.cli.build import build
from scormkit.cli.check import check
from scormkit.cli.diff import diff
from scormkit.cli.explain import explain
from scormkit.cli.export import export
from scormkit.cli.import_ import import_files
from scormkit.cli.new import new
from scormkit.cli.preview import preview
from scormkit.cli.print import print_course
from scormkit.cli.review import review


@click.group(
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="\b\nStart with:\n  scormkit new my-course\n  scormkit preview my-course",
)
@click.version_option(__version__, prog_name="scormkit")
@click.pass_context
def main(context: click.Context) -> None:
    """Compiles a plain-text course folder into packages that any LMS can run."""
    # A command needs nearly all it makes until it ends; to look for garbage after every 700 objects is 7 % of a small build.
    gc.set_threshold(50_000)
    if os.environ.get("NO_COLOR"):
        context.color = False


for command in (new, build, check, preview, diff, explain, review, print_course, export, import_files):
    main.add_command(command)
