"""What was checked and found in, one self-contained HTML page for designers out."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from scormkit import __version__
from scormkit.check.report import count, summary
from scormkit.model.problem import Severity

if TYPE_CHECKING:
    from scormkit.check.package import Report, Verdict
    from scormkit.check.report import Subject
    from scormkit.model.problem import Problem

HOSTS = ("HST", "NHS")
MOST_SHOWN = 120  # characters of a value
MOST_CALLS = 200  # of an item that are shown
HEADINGS = {
    Severity.FATAL: "Nothing works until this is mended",
    Severity.ERROR: "Errors: this will go wrong",
    Severity.WARNING: "Warnings: this may go wrong",
    Severity.INFO: "For your information",
    Severity.ADVICE: "Good practice",
}


@dataclass(frozen=True)
class Group:
    """Findings of one rule: what each says and where it stands."""

    first: Problem
    places: tuple[tuple[str, str], ...]
    more: int


def page(subjects: Sequence[Subject]) -> str:
    """The whole page, with its style in it and nothing to fetch; every word of a package is escaped."""
    from jinja2 import Environment, PackageLoader

    environment = Environment(
        loader=PackageLoader("scormkit.check", "."), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["size"] = _size
    sections = [_section(number, subject) for number, subject in enumerate(subjects, 1)]
    return environment.get_template("report.html").render(sections=sections, version=__version__)


def _section(number: int, subject: Subject) -> dict[str, Any]:
    report = subject.report
    return {
        "number": number,
        "path": subject.path,
        "summary": summary(subject).removeprefix(subject.path + ": "),
        "verdict": _verdict(subject.problems),
        "what": subject.what,
        "hosts": [(v.title, _verdict(v.problems), _only(report, v)) for v in report.verdicts] if report else [],
        "found": [(severity, HEADINGS[severity], _groups(subject, severity)) for severity in Severity],
        "pictures": {name: "data:image/png;base64," + b64encode(image).decode() for name, image in subject.pictures},
        "runs": [_run(run, subject) for run in subject.runs],
    }


def _run(run: Mapping[str, Any], subject: Subject) -> tuple[str, list[str], int]:
    """An item's title, what it called in the order in which it did, and how much is left out."""
    items = subject.what.items if subject.what else ()
    titles = {inner.identifier: inner.title for item in items for inner in item.walk}
    said = [_call(call) for call in run["calls"]] or [f"{one['method']} {one['url']}" for one in run["requests"]]
    return titles.get(run["item"]) or run["item"], said[:MOST_CALLS], max(0, len(said) - MOST_CALLS)


def _call(call: Mapping[str, Any]) -> str:
    given = ", ".join(json.dumps(one, ensure_ascii=False)[:MOST_SHOWN] for one in call["arguments"])
    return f"{call['call']}({given}) → {json.dumps(call['result'], ensure_ascii=False)[:MOST_SHOWN]}"


def _only(report: Report, verdict: Verdict) -> list[Problem]:
    """What holds on this host and is not told further down."""
    return [problem for problem in verdict.problems if problem.id.startswith(HOSTS) and problem not in report.problems]


def _groups(subject: Subject, severity: Severity) -> list[Group]:
    by_rule: dict[str, list[Problem]] = {}
    for problem in subject.problems:
        if problem.severity is severity:
            by_rule.setdefault(problem.id, []).append(problem)
    more = dict(subject.report.more) if subject.report else {}
    return [
        Group(problems[0], tuple((_place(subject, p), p.message) for p in problems), more.get(rule, 0))
        for rule, problems in by_rule.items()
    ]


def _place(subject: Subject, problem: Problem) -> str:
    """The place without the path of the package, which stands in the heading."""
    place = str(problem.span).removeprefix(subject.path).lstrip("!/:")
    return place or "the package"


def _verdict(problems: Sequence[Problem]) -> str:
    errors, warnings = count(problems, Severity.ERROR), count(problems, Severity.WARNING)
    if errors:
        return f"{errors} error{'s' * (errors != 1)}"
    return f"works; {warnings} warning{'s' * (warnings != 1)}" if warnings else "works"


def verdicts(report: Report) -> str:
    """One line for a terminal: "Moodle: works; NHS Learning Hub: 2 errors"."""
    return "; ".join(f"{verdict.title}: {_verdict(verdict.problems)}" for verdict in report.verdicts)


def _size(number: int) -> str:
    if number >= 10**6:
        return f"{number / 10**6:,.1f} MB"
    return f"{number / 10**3:,.1f} kB" if number >= 1000 else f"{number} bytes"
