"""`scormkit explain`: what a message means, and which there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from scormkit.cli import options

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scormkit.model.problem import Rule


@click.command(
    short_help="Says what messages mean, and what to do.",
    epilog=options.examples("scormkit explain QST001", "scormkit explain MAN", "scormkit explain --all"),
)
@click.argument("identifiers", metavar="[ID...]", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="List all messages.")
def explain(identifiers: tuple[str, ...], everything: bool) -> None:
    """Says what messages mean, why they matter and what to do.

    The first three letters of an ID list the messages of a subject.
    """
    from scormkit.check import catalogue, messages

    rules = catalogue()
    if everything:
        click.echo(messages.listed(rules))
    elif not identifiers:
        raise click.UsageError("say which message, such as QST001, or --all")
    else:
        parts = [_said(name.upper(), rules) for name in identifiers]
        click.echo("\n\n".join(part.rstrip() for part in parts))


def _said(name: str, rules: Mapping[str, Rule]) -> str:
    from scormkit.check import messages
    from scormkit.model.problem import meant

    if name in rules:
        return messages.explain(rules[name])
    if name in messages.SUBJECTS:
        return messages.listed({key: rule for key, rule in rules.items() if key.startswith(name)})
    raise click.BadParameter(f"there is no message {name}{meant(name, [*rules, *messages.SUBJECTS], '{}')}")
