"""`scormkit export`: what is to be translated, for translators."""

from __future__ import annotations

import re
from pathlib import Path

import click

from scormkit.cli import options
from scormkit.cli.terminal import show_problems, write_report


@click.command(
    short_help="Writes out texts to translate, or questions.",
    epilog=options.examples(
        "scormkit export course/hygiene --xliff --to fr", "scormkit export --po --to cy -o to-translate/"
    ),
)
@click.argument("folder", metavar="[DIR]", type=click.Path(exists=True, path_type=Path), required=False)
@click.option("--xliff", is_flag=True, help="All texts as XLIFF, which translation agencies take.")
@click.option("--po", is_flag=True, help="All texts as PO, for Poedit, Weblate and the like.")
@click.option("--questions", type=click.Choice(("gift", "csv")), help="The questions, for Moodle or a spreadsheet.")
@click.option(
    "--to", metavar="TAG", default="", help="The language, such as fr; default: those of the course's settings."
)
@click.option("--version", type=click.Choice(("1.2", "2.1")), default="2.1", show_default=True, help="Of XLIFF.")
@click.option("-o", "--out", type=click.Path(path_type=Path), help="Default: build/<course>-<language>.xlf or .po")
def export(
    folder: Path | None, xliff: bool, po: bool, questions: str | None, to: str, version: str, out: Path | None
) -> None:
    """Writes out what a course says, to be translated, or its questions; `scormkit import` takes over what comes back.

    What has been translated is in the file already. What has changed since is marked, with what the text said before.
    """
    from scormkit.translations import exported

    if xliff + po + bool(questions) != 1:
        raise click.UsageError("say one thing to write: --xliff, --po or --questions")
    if questions and to:
        raise click.UsageError("--to is about translations; questions are written in the course's own language")
    if questions:
        write_questions(folder or options.here(), questions, out)
        return
    if to and not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", to):
        raise click.UsageError(f"'{to}' is not a language tag; write one such as fr, cy or pt-BR")
    folder = folder or options.here()
    ending = "po" if po else "xlf"
    found = list(exported(folder, to, "po" if po else version))
    if not found:
        raise click.ClickException(f"there is no course in {folder}; name the folder that holds course.yaml")
    into_folder = out is not None and (out.is_dir() or len(found) > 1 or not out.suffix)
    for course, catalogue, data in found:
        if to == course.language:
            raise click.UsageError(
                f"{course.id} is written in {to}; name the language that it is to be translated into"
            )
        name = f"{course.slug}-{catalogue.language or 'texts'}.{ending}"
        path = Path("build") / name if out is None else out / name if into_folder else out
        write_report(data.decode(), path)
        states = [entry.state for entry in catalogue.entries]
        told = [f"{len(states)} texts"]
        told += [
            f"{states.count(state)} {words}"
            for state, words in (("new", "to translate"), ("changed", "to look at again"))
            if state in states
        ]
        click.echo(f"{path}: {', '.join(told)}")


def write_questions(folder: Path, format: str, out: Path | None) -> None:
    """A file for each course; what the format cannot carry is told."""
    from scormkit.banks import questions_of

    made = questions_of(folder, format)
    if not made:
        raise click.ClickException(f"there is no course in {folder}; name the folder that holds course.yaml")
    for course, taken, text in made:
        name = f"{course.settings.slug}-questions.{format}"
        one = out is not None and out.suffix and len(made) == 1 and not out.is_dir()
        path = Path("build") / name if out is None else out if one else out / name
        write_report(text, path)
        show_problems(taken.problems, verbose=True)
        left = sum(problem.id == "XCH020" for problem in taken.problems)
        click.echo(f"{path}: {len(taken.questions)} of {len(taken.questions) + left} questions")
