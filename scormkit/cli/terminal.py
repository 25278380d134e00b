"""What the commands show on a terminal: problems in colour, budgets as a table, a bar for what takes long."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from scormkit.check.course.budget import Budget
    from scormkit.model.problem import Problem

COLOURS = {"fatal": "red", "error": "red", "warning": "yellow", "info": "cyan", "advice": "cyan"}
BITS = 6  # in a character of saved progress


def show_problems(problems: Sequence[Problem], verbose: bool) -> None:
    """A line for each problem; advice (`usage`) only when `verbose`."""
    for problem in problems:
        if verbose or problem.severity != "advice":
            severity = click.style(f"{problem.severity} {problem.id}", fg=COLOURS[problem.severity], bold=True)
            click.echo(f"{problem.span}: {severity}: {problem.told}")


def show_counts(problems: Sequence[Problem], verbose: bool) -> None:
    """How many problems there are of each severity, where there are any."""
    counts = {name: sum(problem.severity == name for problem in problems) for name in COLOURS}
    plural = {"error": "errors", "warning": "warnings"}
    told = [f"{n} {plural.get(name, name) if n > 1 else name}" for name, n in counts.items() if n]
    if told:
        click.echo(
            ", ".join(told) + (" (advice is shown with -v)" if counts["advice"] and not verbose else ""), err=True
        )


def show_budgets(budgets: Sequence[Budget], whole: bool) -> None:
    """How much of each course's saved progress there can be, in a line; with `whole` the questions too, dearest first."""
    for budget in budgets:
        click.echo(f"{budget.course}: saved progress takes at most {budget.characters} of {budget.limit} characters")
        if whole:
            practice = budget.characters - budget.without_practice
            click.echo(
                f"  {practice:>6}  of them are practice answers, which are left out first where there is no room"
            )
            for name, bits in sorted(budget.questions.items(), key=lambda pair: (-pair[1], pair[0])):
                click.echo(f"  {bits / BITS:>6.1f}  {name}")


def write_report(text: str, out: Path | None) -> None:
    """Writes a report to the file `out`, beside it first, or to standard output; raises ClickException where it cannot."""
    if out is None:
        click.echo(text, nl=not text.endswith("\n"))
    else:
        make_room(out)
        write_file(text.encode(), out)


def write_file(data: bytes, out: Path) -> None:
    """Writes `data` to the file `out`, beside it first; raises ClickException where it cannot."""
    from scormkit.model.archive import write_aside

    try:
        write_aside(out, data)
    except OSError as error:
        raise click.ClickException(f"cannot write {out}: {error.strerror or error}") from error


def make_room(path: Path) -> None:
    """The folder that a file is to stand in; raises ClickException where it cannot be made."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise click.ClickException(f"cannot make the folder {path.parent}: {error.strerror or error}") from error


def size(number: int) -> str:
    """Bytes in KB or MB."""
    return f"{number / 1_000_000:.1f} MB" if number >= 1_000_000 else f"{max(1, round(number / 1000))} KB"


class Bar:
    """A progress bar that appears when something takes long and somebody is watching a terminal."""

    def __init__(self, quiet: bool = False) -> None:
        self._watched = not quiet and sys.stderr.isatty()
        self._bar: Any = None
        self._task: Any = None
        self._began = time.monotonic()

    def __enter__(self) -> Bar:
        return self

    def step(self, what: str, done: int, total: int) -> None:
        """Shows that `what` was done: `done` of `total` steps."""
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
