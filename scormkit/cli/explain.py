"""`scormkit explain`: what a message means."""

from __future__ import annotations

import click


@click.command(epilog="Example:  scormkit explain QST001")
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
