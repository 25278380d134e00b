"""The catalogue of messages as people read it: docs/messages.md, and what `scormkit explain` says.

In: Rules, and for each an example of its message. Out: text. Nothing is written here that does not stand on a rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from string import Formatter

from scormkit.model.problem import Rule

SUBJECTS = {
    "SRC": "Files and encodings",
    "YML": "YAML",
    "SET": "Settings",
    "PGE": "Pages",
    "DIR": "Blocks and their fences",
    "MDN": "Markdown and raw HTML",
    "LNK": "Links",
    "MED": "Media files",
    "AXS": "Accessibility of a course",
    "QST": "Questions",
    "ASM": "Assessments and completion",
    "RUL": "Navigation and completion",
    "BLK": "Content blocks",
    "THM": "Themes",
    "LCK": "The lock",
    "BUD": "Saved progress",
    "PRF": "Hosts",
    "LNG": "Translations of a course",
    "XCH": "What comes back from translators and question programs",
    "OUT": "Output",
    "PKG": "Packages: the container",
    "MAN": "Packages: imsmanifest.xml",
    "SEQ": "Packages: sequencing",
    "TIN": "Packages: tincan.xml",
    "CMI": "Packages: cmi5.xml",
    "CON": "Packages: content",
    "ACC": "Packages: accessibility",
    "RUN": "Packages: what they do at run time",
    "XAP": "xAPI statements",
    "C5R": "cmi5 at run time",
    "HST": "Packages: hosts",
    "NHS": "NHS platforms",
}
"""What the first three characters of an ID stand for, in the order of the page."""

HEAD = """\
# Messages

What `scormkit build` and `scormkit check` can say, why, and what to do about it; `scormkit explain ID` shows the same.
This page is printed from the code: `make rewrite` writes it anew. Words in ‹angle brackets› stand for what was found.

A course can give a check another severity in `course.yaml`, such as `checks: {SET119: off}`. Errors stay errors: they are
what breaks a package or fails a learner. In the messages on courses, numbers below 100 are of mistakes found while a file is
read, the others of what shows once the whole course is known.
"""


def explain(rule: Rule, example: str = "") -> str:
    """One rule as plain text, for a terminal."""
    parts = [
        f"{rule.id} ({rule.severity})",
        shown(rule.text),
        f"What to do: {shown(rule.remedy)}",
        f"Why: {rule.reason}",
    ]
    if rule.source:
        parts.append(f"Source: {rule.source}")
    if example:
        parts.append(f"Example: {example}")
    return "\n\n".join(parts)


def listed(rules: Mapping[str, Rule]) -> str:
    """Rules as a list for a terminal: by subject, a line for each."""
    parts = []
    for subject, group in _by_subject(rules):
        lines = [f"{rule.id}  {rule.severity:<7}  {shown(rule.text)}" for rule in group]
        parts.append("\n".join([f"{subject}: {SUBJECTS[subject]}", *lines]))
    return "\n\n".join(parts)


def page(rules: Mapping[str, Rule], examples: Mapping[str, str]) -> str:
    """All rules as the Markdown of docs/messages.md. Raises KeyError for a rule whose subject has no name."""
    parts = [HEAD]
    for subject, group in _by_subject(rules):
        parts.append(f"## {subject}: {SUBJECTS[subject]}\n")
        parts += [_entry(rule, examples.get(rule.id, "")) for rule in group]
    return "\n".join(parts)


def _by_subject(rules: Mapping[str, Rule]) -> Iterator[tuple[str, Iterator[Rule]]]:
    order = list(SUBJECTS)
    found = sorted(rules.values(), key=lambda rule: (order.index(rule.id[:3]), rule.id))
    return groupby(found, key=lambda rule: rule.id[:3])


def shown(template: str) -> str:
    """A rule's text with its `{names}` as ‹names›."""
    pieces = Formatter().parse(template)
    return "".join(text + (f"‹{name.replace('_', ' ')}›" if name else "") for text, name, _, _ in pieces)


def _entry(rule: Rule, example: str) -> str:
    lines = [
        f"### {rule.id}",
        "",
        f"**{rule.severity}**: {_plain(shown(rule.text))}",
        "",
        f"- What to do: {_plain(shown(rule.remedy))}",
        f"- Why: {_plain(rule.reason)}",
    ]
    if rule.source:
        lines.append(f"- Source: {_plain(rule.source)}")
    if example:
        lines += ["", f"      {example}"]
    return "\n".join([*lines, ""])


def _plain(text: str) -> str:
    """Text in which Markdown's signs stay what they are."""
    for sign in "\\`*_[]<>#":
        text = text.replace(sign, f"\\{sign}")
    return text
