"""Comparison -> text for a terminal, data for other programs, one self-contained HTML page for people."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator, Sequence
from typing import Any

from scormkit.compare import Change, Comparison, Effect, Release

HEADINGS = {
    "identifier": "Identifiers",
    "setting": "Settings",
    "objective": "Objectives",
    "page": "Pages",
    "question": "Questions",
    "wording": "Wording",
    "file": "Files",
}
"""Subjects in the order in which they are told."""


def as_text(comparison: Comparison) -> str:
    """What to say on a terminal: the verdict first, wording as lines with - and +."""
    old, new = comparison.old, comparison.new
    lines = [f"{_named(old)} -> {_named(new)}", comparison.verdict, *filter(None, [comparison.guessed])]
    if comparison.harmful:
        lines += ["", "What learners under way lose:"]
        lines += [f"  {change.what}" for change in comparison.harmful]
    for heading, changes in grouped(comparison):
        lines += ["", f"{heading}:"]
        for change in changes:
            lines.append(f"  {change.what}")
            lines += [f"      {mark} {text}" for mark, text in differing(change) if mark != " "]
    lines += ["", "When you upload it:", *(f"  {host}: {what}" for host, what in comparison.hosts.items())]
    return "\n".join(lines) + "\n"


def as_data(comparison: Comparison) -> dict[str, Any]:
    """The same as plain data for JSON."""
    return {
        "old": _data(comparison.old),
        "new": _data(comparison.new),
        "effect": comparison.effect.name.lower(),
        "verdict": comparison.verdict,
        "guessed": comparison.guessed,
        "hosts": comparison.hosts,
        "changes": [
            {
                "subject": change.subject,
                "what": change.what,
                "effect": change.effect.name.lower(),
                **({"old": list(change.old), "new": list(change.new)} if change.old or change.new else {}),
            }
            for change in comparison.changes
        ],
    }


def as_json_text(comparisons: Sequence[Comparison]) -> str:
    """The data of one or more comparisons as JSON."""
    return json.dumps([as_data(one) for one in comparisons], ensure_ascii=False, indent=2) + "\n"


def as_html(comparisons: Sequence[Comparison]) -> str:
    """One page for one or more comparisons, with its style in it; every word of a package is escaped."""
    from jinja2 import Environment, PackageLoader

    environment = Environment(
        loader=PackageLoader("scormkit.compare", "."), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    template = environment.get_template("report.html")
    return template.render(comparisons=comparisons, grouped=grouped, differing=differing, named=_named)


def grouped(comparison: Comparison) -> Iterator[tuple[str, tuple[Change, ...]]]:
    """The harmless changes by subject, each subject with its heading."""
    harmless = [change for change in comparison.changes if change.effect is Effect.NOTHING]
    for subject, heading in HEADINGS.items():
        changes = tuple(change for change in harmless if change.subject == subject)
        if changes:
            yield heading, changes


def differing(change: Change) -> Iterator[tuple[str, str]]:
    """The paragraphs of a change in words: `-` for what went, `+` for what came, ` ` for the one before and after."""
    if not (change.old or change.new):
        return
    matcher = difflib.SequenceMatcher(None, change.old, change.new, autojunk=False)
    for group in matcher.get_grouped_opcodes(1):
        for kind, old_from, old_to, new_from, new_to in group:
            if kind == "equal":
                yield from ((" ", text) for text in change.old[old_from:old_to])
                continue
            yield from (("-", text) for text in change.old[old_from:old_to])
            yield from (("+", text) for text in change.new[new_from:new_to])


def _named(release: Release) -> str:
    return f"{release.title} {release.version} ({release.name})" if release.known else release.name


def _data(release: Release) -> dict[str, Any]:
    return {
        "path": release.name,
        "format": release.format,
        "id": release.id,
        "title": release.title,
        "version": release.version,
        "pages": len(release.pages),
        "questions": len(release.questions),
    }
